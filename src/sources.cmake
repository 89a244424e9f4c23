# SPDX-License-Identifier: BSL-1.0
# Sources by target, listed by hand. Core: by module in the order data flows; each includes one
# impl/*.ipp of the same name.
set(QUYTRINH_CORE_SOURCES
    base/config.cpp
)

# quytrinh::sqlite (src/store/sqlite/).
set(QUYTRINH_SQLITE_SOURCES
)

# The program quytrinh (src/cli/).
set(QUYTRINH_CLI_SOURCES
)
