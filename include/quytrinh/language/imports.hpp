// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/imports.hpp: where the texts that a text takes in come from.
#pragma once

#include <quytrinh/base/result.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace quytrinh {

/// Gives the text of an import by the name written in the file (already cleaned: relative, no `..`,
/// no backslash, no NUL), or why there is none. The library itself reads no file.
using import_resolver = std::function<result<std::string>(std::string_view name)>;

}  // namespace quytrinh
