// SPDX-License-Identifier: BSL-1.0
// tests/engine/refusals.hpp: one way to each refusal of the kernel.
#pragma once

#include "engine/play.hpp"

#include <functional>
#include <string>
#include <vector>

namespace play {

/// A refusal, whom it names as able to act instead, and how a case comes to it.
struct refusal {
    errc rule;
    std::vector<std::string> who;
    const char* why_nobody;  ///< "" where somebody is named
    std::string text;
    std::function<void(one_case&)> act;
};

/// Every refusal of the kernel at least once. The texts use no letter with a mark and no English
/// word: whatever is one in a message is the library's.
[[nodiscard]] std::vector<refusal> all_refusals();

}  // namespace play
