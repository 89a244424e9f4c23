// SPDX-License-Identifier: BSL-1.0
// tests/header_only.cpp: every body of the library in one unit, as a header-only user compiles it.
#include <quytrinh/src.hpp>
#include <quytrinh/testing/src.hpp>
