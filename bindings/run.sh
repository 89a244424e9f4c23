#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Sets up what a language needs on Debian 12 and runs its tests:  sh bindings/run.sh [c|python]
# Without a name: all of them. Installs what is missing; safe to repeat.
set -eu
cd "$(dirname "$0")/.."
. cmake/setup.sh

run_c() {
    # shellcheck disable=SC2086
    install_packages $QUYTRINH_PACKAGES
    build dev quytrinh_c unit_c conformance_c c11 fuzz_c_calls example_c_walk example_c_first_case
    say "C: the tests"
    ctest --preset dev -R '^(unit_c|c|fuzz\.c_calls|example\.c)[./]|^fuzz\.c_calls$'
}

run_python() {
    # shellcheck disable=SC2086
    install_packages $QUYTRINH_PACKAGES python3-venv python3-pip python3-setuptools \
        python3-wheel python3-pytest
    python=/usr/bin/python3
    [ -x $python ] || python=python3
    environment=build/python
    say "Python: building the package into an environment of its own"
    rm -rf "$environment"
    # The packages above are those of the system; nothing is fetched.
    "$python" -m venv --system-site-packages "$environment" || fail "no environment for Python"
    "$environment/bin/python" -m pip install -q --no-index --no-deps --no-build-isolation \
        ./bindings/python || fail "the Python package does not build"
    say "Python: the tests"
    (cd bindings/python && ../../"$environment"/bin/python -m pytest -q -p no:cacheprovider)
}

case "${1-}" in
c) run_c ;;
python) run_python ;;
"")
    run_c
    run_python
    ;;
*)
    echo "usage: sh bindings/run.sh [c|python]" >&2
    exit 2
    ;;
esac
