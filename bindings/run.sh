#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Sets up what a language needs on Debian 12 and runs its tests:
#   sh bindings/run.sh [c|python|node|java|php]…          without a name: all of them
#   sh bindings/run.sh bench [c|python|node|java|php]…    measures them instead (bindings/README.md)
# Installs what is missing; safe to repeat. Each language has its own part, bindings/<name>/run.sh,
# read with `.`, with three functions: set_up (packages, building), run_tests, and
# bench <walk.json> <count>, which prints one line and is called after set_up.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
. cmake/setup.sh
languages="c python node java php"

# native_library: the one library that every language loads, built once in the Release tree. Says
# where it is in QUYTRINH_LIBRARY; one that is named there already is taken as it is.
native_library() {
    [ -z "${QUYTRINH_LIBRARY-}" ] || return 0
    # shellcheck disable=SC2086
    install_packages $QUYTRINH_PACKAGES
    build release quytrinh_c
    QUYTRINH_LIBRARY=$root/build/release/bindings/c/libquytrinh_c.so.1
    export QUYTRINH_LIBRARY
}

# one <language>: in a shell of its own, so that the parts need not know of each other.
one() (
    language=$1
    # shellcheck disable=SC1090
    . "bindings/$language/run.sh"
    set_up
    run_tests
)

case "${1-}" in
bench)
    shift
    [ $# -gt 0 ] || set -- $languages
    native_library
    . bindings/bench/compare.sh
    compare "$@"
    exit
    ;;
-*)
    echo "usage: sh bindings/run.sh [bench] [c|python|node|java|php]..." >&2
    exit 2
    ;;
esac
[ $# -gt 0 ] || set -- $languages
for language in "$@"; do
    [ -f "bindings/$language/run.sh" ] || fail "no such binding: $language (there are: $languages)"
done
# C is tested in a tree of its own, with warnings and without optimisation.
[ "$*" = c ] || native_library
if [ $# -eq 1 ]; then
    one "$1"
    exit
fi
# A shell forgets `set -e` inside of a condition: each language is a script of its own.
failed=
for language in "$@"; do
    sh bindings/run.sh "$language" || failed="$failed $language"
done
[ -z "$failed" ] || fail "failed:$failed"
say "passed: $*"
