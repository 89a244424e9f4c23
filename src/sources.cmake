# SPDX-License-Identifier: BSL-1.0
# Sources of quytrinh::core, by module in the order data flows. Each includes one impl/*.ipp.
set(QUYTRINH_CORE_SOURCES
)
