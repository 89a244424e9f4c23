// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/impl/silence.ipp: findings that the text itself answers for.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace quytrinh {

namespace detail::silences {
namespace {

/// Silences by the line that they speak of. Lines do not overlap, so the last one that begins
/// before a finding is the only one it can stand on.
class by_line {
public:
    void add(const place& line, std::uint16_t code, std::size_t index) {
        if (line.range.end <= line.range.begin) return;
        ends_.try_emplace({line.file, line.range.begin}, line.range.end);
        // Of two that say the same the second is not needed.
        index_.try_emplace({line.file, line.range.begin, code}, index);
    }
    /// The silence for this finding, or `none`.
    [[nodiscard]] std::size_t find(const diagnostic& d) const {
        auto line = ends_.upper_bound({d.where.file, d.where.range.begin});
        if (line == ends_.begin()) return none;
        --line;
        if (line->first.first != d.where.file || d.where.range.begin >= line->second) return none;
        const auto at = index_.find({line->first.first, line->first.second, d.code});
        return at == index_.end() ? none : at->second;
    }
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

private:
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> ends_;
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint16_t>, std::size_t> index_;
};

/// Takes out what these lines answer for.
void take_out(const by_line& lines, std::vector<silence>& all, std::vector<diagnostic>& found,
              silenced& gone) {
    const auto answered = [&](const diagnostic& d) {
        if (d.level == severity::error) return false;
        const std::size_t at = lines.find(d);
        if (at == by_line::none) return false;
        all[at].met = true;
        ++(d.level == severity::warning ? gone.warnings : gone.hints);
        return true;
    };
    found.erase(std::remove_if(found.begin(), found.end(), answered), found.end());
}

}  // namespace
}  // namespace detail::silences

silenced hush(std::vector<silence>& all, std::vector<diagnostic>& found) {
    namespace own = detail::silences;
    silenced gone;
    if (all.empty() || found.empty()) return gone;
    own::by_line below, headers;
    for (std::size_t i = 0; i < all.size(); ++i) below.add(all[i].below, all[i].code, i);
    own::take_out(below, all, found, gone);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!all[i].met) headers.add(all[i].header, all[i].code, i);
    own::take_out(headers, all, found, gone);
    return gone;
}

}  // namespace quytrinh
