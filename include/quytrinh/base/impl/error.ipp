// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/error.ipp: the words of base/messages/errors.inc, and the exceptions.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/error.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace quytrinh {

namespace detail::error_rows {

struct row {
    errc code;
    std::string_view name, vi, en;
};

#define QUYTRINH_ERROR(number, name, vi, en) row{errc::name, #name, vi, en},
inline constexpr row all[] = {
#include <quytrinh/base/messages/errors.inc>
};
#undef QUYTRINH_ERROR

constexpr bool ascending() {
    for (std::size_t i = 1; i < std::size(all); ++i)
        if (all[i - 1].code >= all[i].code) return false;
    return true;
}
static_assert(ascending(), "rows of errors.inc stand by ascending number, each number once");

inline const row* find(errc code) noexcept {
    const auto* found = std::lower_bound(std::begin(all), std::end(all), code,
                                         [](const row& r, errc c) { return r.code < c; });
    return found != std::end(all) && found->code == code ? found : nullptr;
}

/// "may not act[ at step {2}]": without the part in brackets when its argument is empty.
inline std::string chosen_words(std::string_view words, const std::vector<std::string>& args) {
    const auto open = words.find('[');
    const auto close = words.find(']', open);
    if (open == std::string_view::npos || close == std::string_view::npos)
        return std::string(words);
    const std::string_view part = words.substr(open + 1, close - open - 1);
    const auto slot = part.find('{');
    const std::size_t index =
        slot == std::string_view::npos ? 0 : static_cast<std::size_t>(part[slot + 1] - '0');
    std::string out(words.substr(0, open));
    if (index < args.size() && !args[index].empty()) out += part;
    return out.append(words.substr(close + 1));
}

/// More names than a reader takes in help nobody; the rest is counted.
inline constexpr std::size_t names_shown = 12;

}  // namespace detail::error_rows

std::string_view name_of(errc code) noexcept {
    const auto* row = detail::error_rows::find(code);
    return row != nullptr ? row->name : std::string_view{"unknown"};
}

std::string error::text(language words) const {
    const bool vi = words == language::vi;
    const auto* row = detail::error_rows::find(code);
    // A number without a row can only come from a newer store or library: say the number.
    std::string out =
        row != nullptr
            ? fill_in(detail::error_rows::chosen_words(vi ? row->vi : row->en, args), args)
            : (vi ? "lỗi " : "error ") + std::to_string(static_cast<int>(code));
    if (who_could.empty()) return out;
    out += vi ? "; người có thể làm: " : "; who could: ";
    const std::size_t shown = std::min(who_could.size(), detail::error_rows::names_shown);
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) out += ", ";
        out += fill_in("{0}", {who_could[i]});
    }
    if (const std::size_t rest = who_could.size() - shown; rest > 0)
        out += fill_in(vi ? " và {0} nơi khác" : " and {0} more", {std::to_string(rest)});
    return out;
}

exception::exception(struct error reason)
    : std::runtime_error(reason.text()),
      reason_(std::make_shared<struct error>(std::move(reason))) {}

}  // namespace quytrinh
