# SPDX-License-Identifier: BSL-1.0
# Unit tests; the folders mirror include/quytrinh. Compiled once, linked with both targets.
set(QUYTRINH_UNIT_TESTS
)
