# SPDX-License-Identifier: BSL-1.0
# Node, for bindings/run.sh: what the package needs, the library inside of it, an app that uses it.
node_app=$root/build/node

set_up() {
    # A Node that is not Debian's brings its own npm.
    if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
        install_packages ca-certificates nodejs npm
    fi
    native_library
    say "Node: installing the package into an application of its own"
    rm -rf "$node_app" bindings/node/native
    mkdir -p "$node_app"
    echo '{ "private": true }' >"$node_app/package.json"
    (cd "$node_app" && npm install --no-audit --no-fund --prefer-offline ../../bindings/node) ||
        fail "the Node package does not install"
    # npm 11 asks before it runs scripts of packages.
    [ -f bindings/node/native/libquytrinh_c.so.1 ] ||
        (cd "$node_app" && npx --no-install quytrinh-build) ||
        fail "the Node package has no library"
    # What the tests need beside: types.
    (cd bindings/node && npm install --no-audit --no-fund --prefer-offline) ||
        fail "what the tests need does not install"
    # From here on the copy inside the package is what is loaded.
    unset QUYTRINH_LIBRARY
}

run_tests() {
    say "Node: the tests"
    (cd bindings/node && npm test)
}

bench() {
    node bindings/node/bench.js "$1" "$2"
}
