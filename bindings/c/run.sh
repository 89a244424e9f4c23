# SPDX-License-Identifier: BSL-1.0
# C, for bindings/run.sh. The tests are those of the tree for everyday work, which has warnings on.
set_up() {
    # shellcheck disable=SC2086
    install_packages $QUYTRINH_PACKAGES
}

run_tests() {
    build dev quytrinh_c unit_c conformance_c c11 fuzz_c_calls example_c_walk example_c_first_case
    say "C: the tests"
    ctest --preset dev -R '^(unit_c|c|fuzz\.c_calls|example\.c)[./]|^fuzz\.c_calls$'
}

bench() {
    build/release/bin/quytrinh_bench --walks c "$1" "$2"
}
