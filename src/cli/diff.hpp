// SPDX-License-Identifier: BSL-1.0
// src/cli/diff.hpp: what changed between two texts, line by line, as `diff -u` shows it.
#pragma once

#include <string>
#include <string_view>

namespace cli {

/// The unified difference with three lines around each change, safe to print; empty when the texts
/// are equal. `before` and `after` name the two texts in its head. Texts that differ in more than a
/// few thousand lines are shown as one removed and one added block. O((lines + changes) × changes).
[[nodiscard]] std::string unified_diff(std::string_view before_name, std::string_view before,
                                       std::string_view after_name, std::string_view after);

}  // namespace cli
