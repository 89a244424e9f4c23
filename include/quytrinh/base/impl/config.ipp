// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/config.ipp: what a failed QUYTRINH_ASSERT does.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/error.hpp>

#include <string>

namespace quytrinh {

void assertion_failed(const char* condition, const char* file, int line) {
    // The name of the file is enough to find the place; the folders before it are the builder's
    // own.
    std::string_view name = file;
    if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    std::string text = "quytrinh: assertion failed: ";
    text += condition;
    text += " (";
    text += name;
    text += ':';
    text += std::to_string(line);
    text += ')';
    throw programming_error(text);
}

}  // namespace quytrinh
