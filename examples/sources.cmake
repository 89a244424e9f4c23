# SPDX-License-Identifier: BSL-1.0
# The examples by name: <name>.cpp and what it must print, <name>.expected.
set(QUYTRINH_EXAMPLES
)
