// SPDX-License-Identifier: BSL-1.0
// tests/support/reached_elsewhere.hpp: rows of the catalogue that no text of the golden files can
// reach, where each is reached instead, and why only there.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>

#include <cstdint>

namespace reached_elsewhere {

struct excuse {
    std::uint16_t code;
    const char* test;
    const char* why;
};

inline constexpr excuse excuses[] = {
    {quytrinh::diag::text_too_long, "language/hostile.cpp", "needs a text of megabytes"},
    {quytrinh::diag::line_too_long, "language/hostile.cpp", "needs a line of thousands of words"},
    {quytrinh::diag::too_many_steps, "language/hostile.cpp", "needs thousands of steps"},
    {quytrinh::diag::content_too_long, "language/hostile.cpp", "needs thousands of fields"},
    {quytrinh::diag::too_much_work, "language/reached.cpp",
     "a guard: no text is known that spends it"},
    {quytrinh::diag::imports_too_deep, "language/parse.cpp", "needs a bound set by the host"},
    {quytrinh::diag::too_many_imports, "language/parse.cpp", "needs a bound set by the host"},
    {quytrinh::diag::imports_too_long, "language/parse.cpp", "needs a bound set by the host"},
    {quytrinh::diag::no_imports_here, "language/parse.cpp", "needs a host without imports"},
};

}  // namespace reached_elsewhere
