// SPDX-License-Identifier: BSL-1.0
// tests/main.cpp: doctest's own main, once for every test program.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
