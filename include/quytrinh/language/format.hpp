// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/format.hpp: the one way in which a text is laid out.
#pragma once

#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// A text as it should be laid out.
struct formatted {
    std::string text;
    /// Numbers, from 1, of the lines of the given text that were left byte for byte because
    /// something is wrong with them; ascending.
    std::vector<std::uint32_t> left;
    bool changed = false;
};

/// Lays a text out; there are no options. The same text comes out however the blanks, line ends,
/// capitals at the start of a line and synonyms were: one blank between words, one line end (LF),
/// two blanks before a clause, four before a column of a list and before a line that goes on, the
/// keyword's one spelling (also where it was written without its marks or in the other dialect),
/// straight quotes, `→`, NFC; no byte-order mark, no blanks at the end of a line, at most one blank
/// line, and one before each block. A text without any blank line between its lines is a short one
/// and stays so; one-line declarations (parties, terms, documents) may follow one another without.
///
/// Kept as typed: the order of everything, comments, what stands in quotes, where a clause goes on
/// in another line, numbers (`03`), the inside of `"""` (but for line ends), and every line that an
/// error points at or that was passed over; so is what stands between two such lines. The text is
/// read alone: names that it may have from an import are not missed.
///
/// The result is read again: if it did not say the same, the error is errc::rewriting_differs.
/// Other errors: errc::limit_exceeded, errc::text_is_wrong for bytes in another encoding.
/// format(format(x)) is format(x). Linear in the length of the text; thread-safe.
[[nodiscard]] QUYTRINH_DECL result<formatted> format(std::string_view text,
                                                     const limits& bounds = {});

}  // namespace quytrinh
