#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Installs quytrinh, static and shared, and builds examples/consumer against what was installed: by
# CMake (compiled and header-only) and by pkg-config. `sh tests/package/consumer.sh`, after set-up.
set -eu
cd "$(dirname "$0")/../.."
. cmake/setup.sh

root=$PWD/build/package
rm -rf "$root"
mkdir -p "$root" build

# expect_output <program>: the consumer must run and say what it did.
expect_output() {
    "$@" >"$root/output" 2>&1 || {
        cat "$root/output" >&2
        fail "$1 does not run"
    }
    grep -q "consumer: done" "$root/output" || {
        cat "$root/output" >&2
        fail "$1 did not do what it should"
    }
}

# expect_no_boost <prefix> <flags>…: the compiled library's user reads no header of Boost (nor of
# anything else that quytrinh is made with), whatever happens to lie in /usr/include.
expect_no_boost() {
    where=$1
    shift
    "${CXX:-c++}" -std=c++20 -DCONSUMER_HAS_SQLITE "-I$where/include" "$@" \
        -M examples/consumer/main.cpp >"$root/headers"
    if grep -nE '/(boost|openssl)/|utf8proc\.h|sqlite3\.h|/impl/' "$root/headers" >&2; then
        fail "a user of the compiled library was made to read the headers above"
    fi
    grep -q 'quytrinh/quytrinh.hpp' "$root/headers" || fail "the list of headers is empty"
}

# consume <name> <prefix> <cmake options>…
consume() {
    name=$1
    where=$2
    shift 2
    say "consumer: $name"
    cmake -G Ninja -S examples/consumer -B "$root/$name" -DCMAKE_PREFIX_PATH="$where" \
        -DCMAKE_BUILD_TYPE=Debug -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
        -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" "$@" >"$root/$name.log" 2>&1 &&
        cmake --build "$root/$name" >>"$root/$name.log" 2>&1 || {
        cat "$root/$name.log" >&2
        fail "consumer '$name' does not build"
    }
    expect_output "$root/$name/consumer"
}

# consume_c <name> <prefix>: examples/c, a project in C, by CMake and by pkg-config.
consume_c() {
    say "consumer: C, $1"
    cmake -G Ninja -S examples/c -B "$root/c-$1" -DCMAKE_PREFIX_PATH="$2" \
        -DCMAKE_BUILD_TYPE=Debug >"$root/c-$1.log" 2>&1 &&
        cmake --build "$root/c-$1" >>"$root/c-$1.log" 2>&1 || {
        cat "$root/c-$1.log" >&2
        fail "the consumer in C ($1) does not build"
    }
    rm -f "$root/c-$1.db"
    "$root/c-$1/example_c_walk" "$root/c-$1.db" >"$root/c-$1.out" &&
        diff examples/c/walk.expected "$root/c-$1.out" || fail "the walk in C ($1) differs"
    flags=$(PKG_CONFIG_PATH=$(dirname "$(find "$2" -name quytrinh-c.pc)") \
        pkg-config --cflags --libs quytrinh-c)
    # shellcheck disable=SC2086
    "${CC:-cc}" -std=c11 examples/c/first_case.c -o "$root/c-$1/first" $flags \
        "-Wl,-rpath,$(dirname "$(find "$2" -name libquytrinh_c.so)")" ||
        fail "pkg-config (quytrinh-c, $1) does not link"
    "$root/c-$1/first" >/dev/null || fail "the first case in C ($1) does not run"
    # What is loaded asks for nothing of the library's own but itself, where it was built static.
    if [ "$1" = static ] &&
        readelf -d "$(find "$2" -name libquytrinh_c.so)" | grep -E 'NEEDED.*libquytrinh' >&2; then
        fail "libquytrinh_c.so needs the libraries above beside it"
    fi
}

# expect_missing <prefix> <component>: asked for and not there is an error that names it.
expect_missing() {
    mkdir -p "$root/missing"
    printf 'cmake_minimum_required(VERSION 3.22)\nproject(missing LANGUAGES CXX)\n%s\n' \
        "find_package(quytrinh 1 REQUIRED COMPONENTS core $2)" >"$root/missing/CMakeLists.txt"
    if cmake -G Ninja -S "$root/missing" -B "$root/missing/build" -DCMAKE_PREFIX_PATH="$1" \
        >"$root/missing.log" 2>&1; then
        fail "find_package found a component '$2' that does not exist"
    fi
    grep -q "component '$2' is not part of this" "$root/missing.log" || {
        cat "$root/missing.log" >&2
        fail "find_package did not say that component '$2' is missing"
    }
}

# Debug and without tests: what is checked here is the package, not the code.
for kind in static shared; do
    say "building and installing: $kind"
    [ "$kind" = shared ] && shared=ON || shared=OFF
    cmake -G Ninja -S . -B "build/package-$kind" -DBUILD_SHARED_LIBS=$shared \
        -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG="-O0 -g1" \
        -DCMAKE_INSTALL_PREFIX="$root/$kind" -DQUYTRINH_BUILD_TESTS=OFF \
        -DQUYTRINH_BUILD_EXAMPLES=OFF -DQUYTRINH_UNITY=$shared >"$root/$kind.log" 2>&1 &&
        cmake --build "build/package-$kind" -j "$(jobs_for_build)" >>"$root/$kind.log" 2>&1 &&
        cmake --install "build/package-$kind" >>"$root/$kind.log" 2>&1 || {
        cat "$root/$kind.log" >&2
        fail "quytrinh ($kind) cannot be built and installed"
    }
    # Moved after installation: nothing may remember where it was built or installed first.
    mv "$root/$kind" "$root/$kind-moved"
    where=$root/$kind-moved
    consume "$kind" "$where"
    if grep -qE -- '-(I|isystem) ?[^ ]*boost' "$root/$kind/compile_commands.json"; then
        fail "the compiled consumer was given a path of Boost"
    fi
    if [ "$kind" = shared ]; then
        # Hidden visibility: what is exported is the public interface, and nobody else's names.
        if nm -D --defined-only -C "$(find "$where" -name libquytrinh.so)" | cut -c 20- |
            grep -E '^(typeinfo for |vtable for )?(boost|quytrinh::detail)::' >&2; then
            fail "the shared library exports the names above"
        fi
        expect_no_boost "$where" -DQUYTRINH_SHARED
    else
        expect_no_boost "$where"
    fi

    consume_c "$kind" "$where"

    say "consumer: pkg-config, $kind"
    PKG_CONFIG_PATH=$(dirname "$(find "$where" -name quytrinh.pc)")
    export PKG_CONFIG_PATH
    make -s -C examples/consumer OUT="$root/consumer-$kind" CXXFLAGS="-O0" \
        LDFLAGS="-Wl,-rpath,${PKG_CONFIG_PATH%/pkgconfig}" ||
        fail "pkg-config ($kind) does not link"
    expect_output "$root/consumer-$kind"
    unset PKG_CONFIG_PATH

    find "$where" -path '*quytrinh/procedures/*.quytrinh' | grep -q . ||
        fail "the procedures were not installed as files"
    # With them what explains them: their page and the manuals of the language.
    for page in README.md language.vi.md language.en.md; do
        find "$where" -path "*quytrinh/procedures/$page" -size +0 | grep -q . ||
            fail "procedures/$page was not installed"
    done
    if [ -x "$where/bin/quytrinh" ]; then
        "$where/bin/quytrinh" --version >/dev/null || fail "the installed program does not run"
    fi
done
consume header-only "$root/static-moved" -DCONSUMER_HEADER_ONLY=ON
expect_missing "$root/static-moved" postgres
say "the package is sound: static and shared, compiled and header-only, CMake and pkg-config"
