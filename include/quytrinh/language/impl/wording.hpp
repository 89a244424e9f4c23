// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/wording.hpp: how a keyword is printed where it stands, for who writes a
// text anew.
#pragma once

#include <quytrinh/language/impl/lexer.hpp>
#include <quytrinh/language/impl/line_notes.hpp>

#include <cstddef>
#include <string_view>

namespace quytrinh::detail::grammar {

/// The one spelling of the word at `index` of a line, in a dialect. In English it may depend on its
/// neighbours: `1 working day`, `2 working days`, `a day is a working day`.
[[nodiscard]] std::string_view printed_word(const line_notes& notes, std::string_view text,
                                            const noted_line& line, std::size_t index,
                                            dialect words);

/// `là có trong KHTH`: one word of Vietnamese, `có trong`, for two, `yes` and `in`.
[[nodiscard]] bool is_yes_in(const line_notes& notes, const noted_line& line, std::size_t index);

}  // namespace quytrinh::detail::grammar
