// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/catalogue.ipp: the rows of base/messages/*.inc as a table.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/impl/word_table.hpp>
#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <array>
#include <iterator>

namespace quytrinh {

namespace detail::catalogue_rows {

struct numbers {
    std::uint16_t code;
    severity level;
};

#define QUYTRINH_DIAGNOSTIC(number, name, level, vi, en, help_vi, help_en) \
    numbers{number, severity::level},
inline constexpr numbers numbered[] = {
#include <quytrinh/base/messages/all.inc>
};
#undef QUYTRINH_DIAGNOSTIC

constexpr bool ascending() {
    for (std::size_t i = 1; i < std::size(numbered); ++i)
        if (numbered[i - 1].code >= numbered[i].code) return false;
    return true;
}
static_assert(ascending(),
              "rows of base/messages/*.inc stand by ascending number, each number once");

#define QUYTRINH_WORDS(name, vi, en, help_vi, help_en) \
#    name "\0" vi "\0" en "\0" help_vi "\0" help_en
#define QUYTRINH_DIAGNOSTIC(number, name, level, vi, en, help_vi, help_en) \
    char name[sizeof(QUYTRINH_WORDS(name, vi, en, help_vi, help_en))];
struct words {
#include <quytrinh/base/messages/all.inc>
};
#undef QUYTRINH_DIAGNOSTIC

#define QUYTRINH_DIAGNOSTIC(number, name, level, vi, en, help_vi, help_en) \
    QUYTRINH_WORDS(name, vi, en, help_vi, help_en),
inline constexpr words worded = {
#include <quytrinh/base/messages/all.inc>
};
#undef QUYTRINH_DIAGNOSTIC
#undef QUYTRINH_WORDS

using table = std::array<catalogue_row, std::size(numbered)>;

/// The rows, set out when the first of them is asked for.
inline const table& all() noexcept {
    static const table rows = [] {
        table out;
        words_in_turn word{worded};
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i].code = numbered[i].code;
            out[i].level = numbered[i].level;
            out[i].name = word.next();
            out[i].vi = word.next();
            out[i].en = word.next();
            out[i].help_vi = word.next();
            out[i].help_en = word.next();
        }
        return out;
    }();
    return rows;
}

/// An argument longer than this is cut: a message is a sentence, whatever a text holds.
inline constexpr std::size_t argument_code_points = 400;

inline void append_argument(std::string& out, std::string_view argument) {
    std::size_t at = 0;
    for (std::size_t count = 0; at < argument.size() && count < argument_code_points; ++count)
        at += decode_utf8(argument, at).length;
    out += escape_controls(argument.substr(0, at));
    if (at < argument.size()) out += "…";
}

}  // namespace detail::catalogue_rows

std::span<const catalogue_row> diagnostic_catalogue() noexcept {
    return detail::catalogue_rows::all();
}

const catalogue_row* find_diagnostic(std::uint16_t code) noexcept {
    const auto rows = diagnostic_catalogue();
    const auto row =
        std::lower_bound(rows.begin(), rows.end(), code,
                         [](const catalogue_row& r, std::uint16_t c) { return r.code < c; });
    return row != rows.end() && row->code == code ? &*row : nullptr;
}

std::string fill_in(std::string_view words, const std::vector<std::string>& args) {
    std::string out;
    out.reserve(words.size());
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool hole = words[at] == '{' && at + 2 < words.size() && words[at + 2] == '}' &&
                          words[at + 1] >= '0' && words[at + 1] <= '9';
        const auto which = hole ? static_cast<std::size_t>(words[at + 1] - '0') : args.size();
        if (which < args.size()) {
            detail::catalogue_rows::append_argument(out, args[which]);
            at += 2;
        } else {
            out += words[at];
        }
    }
    return out;
}

}  // namespace quytrinh
