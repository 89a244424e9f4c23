# SPDX-License-Identifier: BSL-1.0
# Set-up shared by examples/run.sh, tests/run.sh and .ci/run; read with `.`, POSIX sh. Installs the
# Debian packages that are missing and says what it does. Never removes a package.

# What building and testing need, by Debian 12 names.
QUYTRINH_PACKAGES="cmake ninja-build g++ ccache pkg-config libboost1.81-dev libboost-json1.81-dev
    libutf8proc-dev libssl-dev libsqlite3-dev libcli11-dev libfmt-dev doctest-dev"
# What .ci/run needs beyond that.
QUYTRINH_CI_PACKAGES="clang-14 libclang-rt-14-dev g++-mingw-w64-x86-64-posix make"

say() { printf '\n== %s\n' "$*"; }
fail() {
    printf '\nerror: %s\n' "$*" >&2
    exit 1
}

# installed <package>: is it, in a state that can be used?
installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# as_root <command>…
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        fail "packages are missing ($missing), neither root nor sudo is at hand: install them first"
    fi
}

# install_packages <package>…: those that are missing. Silent and quick when none is.
install_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        echo "not a Debian system: taking the dependencies as they are (see README.md)"
        return 0
    fi
    missing=
    for package in "$@"; do
        installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "installing:$missing"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q ||
        echo "the package lists could not be refreshed; trying with those at hand" >&2
    # --no-remove: nothing of yours is taken away to make room.
    # shellcheck disable=SC2086
    if ! as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-remove --no-install-recommends $missing; then
        if installed libboost1.74-dev; then
            cat >&2 <<'END'

libboost1.74-dev (what libboost-dev is on Debian 12) is installed. quytrinh needs Boost 1.81, whose
packages conflict with it, and this script removes nothing. If you can do without 1.74, remove it:
    apt-get remove libboost1.74-dev libboost-dev
and run this again. Programs that are already built keep their libboost*1.74.0 libraries.
END
        fi
        fail "apt could not install:$missing"
    fi
}

# jobs: how many compilers at once. Some units of the grammar need 0.7 GB each.
jobs_for_build() {
    processors=$(nproc 2>/dev/null || echo 2)
    memory_kib=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo 2>/dev/null || echo 4000000)
    by_memory=$((${memory_kib:-4000000} / 800000))
    [ "$by_memory" -ge 1 ] || by_memory=1
    [ "$by_memory" -lt "$processors" ] && echo "$by_memory" || echo "$processors"
}

# build <preset> [target…]: configures when needed, then builds.
build() {
    preset=$1
    shift
    say "building (preset $preset)"
    mkdir -p build
    cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || {
        cat "build/$preset.configure.log" >&2
        fail "cmake could not configure preset $preset"
    }
    if [ $# -gt 0 ]; then
        cmake --build --preset "$preset" -j "$(jobs_for_build)" --target "$@"
    else
        cmake --build --preset "$preset" -j "$(jobs_for_build)"
    fi || fail "preset $preset does not build"
}
