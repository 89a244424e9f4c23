# SPDX-License-Identifier: BSL-1.0
# Python, for bindings/run.sh: the package with the library inside, in an environment of its own.
python_environment=$root/build/python

set_up() {
    # shellcheck disable=SC2086
    install_packages python3-venv python3-pip python3-setuptools python3-wheel python3-pytest \
        mypy
    python=/usr/bin/python3
    [ -x $python ] || python=python3
    native_library
    say "Python: building the package into an environment of its own"
    rm -rf "$python_environment"
    # The packages above are those of the system; nothing is fetched.
    "$python" -m venv --system-site-packages "$python_environment" ||
        fail "no environment for Python"
    "$python_environment/bin/python" -m pip install -q --no-index --no-deps --no-build-isolation \
        ./bindings/python || fail "the Python package does not build"
    # From here on the copy inside the package is what is loaded.
    unset QUYTRINH_LIBRARY
}

run_tests() {
    say "Python: the types"
    (cd bindings/python && mypy --strict --cache-dir=../../build/mypy src/quytrinh) ||
        fail "mypy finds fault with the types"
    say "Python: the tests"
    (cd bindings/python && "$python_environment/bin/python" -m pytest -q -p no:cacheprovider)
}

bench() {
    "$python_environment/bin/python" bindings/python/bench.py "$1" "$2"
}
