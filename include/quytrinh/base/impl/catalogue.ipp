// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/catalogue.ipp: the rows of base/messages/*.inc as a table.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <array>

namespace quytrinh {

namespace detail::catalogue_rows {

#define QUYTRINH_DIAGNOSTIC(number, name, level, vi, en, help_vi, help_en) +1
inline constexpr std::size_t rows = 0
#include <quytrinh/base/messages/all.inc>
    ;
#undef QUYTRINH_DIAGNOSTIC

#define QUYTRINH_DIAGNOSTIC(number, name, level, vi, en, help_vi, help_en) \
    catalogue_row{number, severity::level, #name, vi, en, help_vi, help_en},
inline constexpr std::array<catalogue_row, rows> all = {
#include <quytrinh/base/messages/all.inc>
};
#undef QUYTRINH_DIAGNOSTIC

constexpr bool ascending() {
    for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i - 1].code >= all[i].code) return false;
    return true;
}
static_assert(ascending(),
              "rows of base/messages/*.inc stand by ascending number, each number once");

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
    return detail::catalogue_rows::all;
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
