// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/translate.hpp: a text in the other dialect.
#pragma once

#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/model/procedure_ptr.hpp>

#include <string>
#include <string_view>

namespace quytrinh {

/// Writes the keywords of a text in a dialect, line 1 included; every other byte is kept: names,
/// what stands in quotes, comments, blanks, line ends. The result says the same. A formatted text
/// comes back byte for byte when it is translated there and back; in another one, synonyms come
/// back as their first spelling.
///
/// A text in that dialect already comes back as it is. Only a text without errors is translated:
/// errc::text_is_wrong carries the findings (the text is read alone, names from imports are not
/// missed). The result is read again: errc::rewriting_differs if it did not say the same;
/// errc::limit_exceeded if the text, or its translation, is too long. Linear in the length of the
/// text; thread-safe.
[[nodiscard]] QUYTRINH_DECL result<std::string> translate(std::string_view text, dialect to,
                                                          const limits& bounds = {});

}  // namespace quytrinh
