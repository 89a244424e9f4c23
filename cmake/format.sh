#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Formats C++ with clang-format 14: `sh cmake/format.sh [FILE…]`, without files everything.
set -eu
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046
    set -- $(git ls-files -- '*.hpp' '*.ipp' '*.cpp')
fi
clang-format-14 -i "$@"
