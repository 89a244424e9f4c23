# SPDX-License-Identifier: BSL-1.0
# The examples by name: <name>.cpp and what it must print, <name>.expected.
set(QUYTRINH_EXAMPLES
    01_walk
    02_first_case
    03_own_procedure
    04_options_form
    05_two_stores
    06_linked_cases
    07_test_own_procedure
)
