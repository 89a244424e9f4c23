#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Builds and runs every test. `-q`: unit tests only. Installs what it needs; safe to repeat.
set -eu
cd "$(dirname "$0")/.."
. cmake/setup.sh

quick=
case "${1-}" in
"") ;;
-q) quick=1 ;;
*)
    echo "usage: sh tests/run.sh [-q]    -q: unit tests only" >&2
    exit 2
    ;;
esac

# shellcheck disable=SC2086
install_packages $QUYTRINH_PACKAGES
if [ -n "$quick" ]; then
    build dev unit
    # The sweeps and the dice take an eighth of what they take without -q.
    say "running the unit tests"
    export QUYTRINH_COUNT="${QUYTRINH_COUNT:-1/8}"
    ctest --preset dev -L unit -j "$(nproc 2>/dev/null || echo 2)"
else
    build dev
    say "running every test"
    ctest --preset dev -j "$(nproc 2>/dev/null || echo 2)"
fi
