// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/wording.ipp: the first spelling of the table, and where English has more
// than one form.
#pragma once

#include <quytrinh/language/impl/wording.hpp>

#include <vector>

namespace quytrinh::detail::grammar {

namespace {

/// `days`, `day`, `a day`: three forms of one word, in this order in the table.
constexpr bool is_counted(keyword id) {
    return id == keyword::minute || id == keyword::hour || id == keyword::working_hour ||
           id == keyword::running_hour || id == keyword::day || id == keyword::working_day ||
           id == keyword::calendar_day || id == keyword::week || id == keyword::month ||
           id == keyword::year || id == keyword::times;
}
/// `start`, and `start of step 2`.
constexpr bool takes_of(keyword id) { return id == keyword::start || id == keyword::completion; }

}  // namespace

bool is_yes_in(const line_notes& notes, const noted_line& line, std::size_t index) {
    return index > 0 && notes.meanings[line.first + index] == keyword::among &&
           notes.meanings[line.first + index - 1] == keyword::is;
}

std::string_view printed_word(const line_notes& notes, std::string_view text,
                              const noted_line& line, std::size_t index, dialect words) {
    const keyword id = notes.meanings[line.first + index];
    std::size_t form = 0;
    if (words == dialect::en && is_yes_in(notes, line, index)) return "yes in";
    if (words == dialect::en && is_counted(id) && index > 0) {
        const token& before = notes.tokens[line.first + index - 1];
        const keyword said = notes.meanings[line.first + index - 1];
        if (said == keyword::a_day_is || said == keyword::an_hour_is) form = 2;
        if (before.kind == token_kind::integer && text.substr(before.begin, 1) == "1" &&
            before.end == before.begin + 1)
            form = 1;
    }
    if (words == dialect::en && takes_of(id) && index + 1 < line.count &&
        notes.meanings[line.first + index + 1] == keyword::step)
        form = 1;
    if (form == 0) return spelled(id, words);
    const std::vector<std::string_view> all =
        spellings(words == dialect::vi ? row_of(id).vi : row_of(id).en);
    return form < all.size() ? all[form] : all.front();
}

}  // namespace quytrinh::detail::grammar
