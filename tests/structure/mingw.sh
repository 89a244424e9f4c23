#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Core and the C library are standard C++: each of their sources must pass the front end of
# mingw-w64, since many agencies run Windows. `sh tests/structure/mingw.sh`, after a build of the
# preset dev (for the embedded texts). Only headers are needed for -fsyntax-only, and Debian's are
# the same for every system.
set -eu
cd "$(dirname "$0")/../.."
. cmake/setup.sh

compiler=x86_64-w64-mingw32-g++-posix
command -v $compiler >/dev/null || fail "$compiler is missing (g++-mingw-w64-x86-64-posix)"
[ -f build/dev/generated/include/quytrinh/procedures/impl/texts.ipp ] || build dev quytrinh_texts

# The headers of the libraries alone: /usr/include itself would bring glibc's.
headers=$PWD/build/mingw/include
rm -rf build/mingw
mkdir -p "$headers/openssl"
ln -s /usr/include/boost "$headers/boost"
ln -s /usr/include/utf8proc.h "$headers/utf8proc.h"
for folder in /usr/include/openssl /usr/include/*/openssl; do
    for file in "$folder"/*.h; do
        [ -e "$file" ] && ln -sf "$file" "$headers/openssl/"
    done
done

sources=$(sed -n '/^set(QUYTRINH_CORE_SOURCES/,/^)/p' src/sources.cmake | grep '\.cpp' | tr -d ' ')
[ "$(echo "$sources" | wc -l)" -ge 10 ] || fail "no sources found in src/sources.cmake"
# The C library is for Windows, too; it needs no header of SQLite.
for source in bindings/c/*.cpp; do
    sources="$sources
../$source"
done
count=$(echo "$sources" | wc -l)
say "mingw-w64: the front end reads $count sources of core and of quytrinh::c"
echo "$sources" | xargs -P "$(jobs_for_build)" -I{} sh -c "
    $compiler -std=c++20 -fsyntax-only -Wall -Wextra -DBOOST_DISABLE_ASSERTS \
        -DQUYTRINH_C_BUILDING -Iinclude -Ibuild/dev/generated/include -isystem '$headers' \
        'src/{}' ||
        { echo 'mingw-w64 refuses src/{}' >&2; exit 255; }"
