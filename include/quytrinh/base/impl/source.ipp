// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/source.ipp: the index of lines, and where a byte stands for a reader.
#pragma once

#include <quytrinh/base/error.hpp>
#include <quytrinh/base/impl/display.hpp>
#include <quytrinh/base/source.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace quytrinh {

source_text::source_text(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
    // Places are 32 bits wide. Limits refuse such a text long before; this holds without them too.
    if (text_.size() >= std::numeric_limits<std::uint32_t>::max()) {
        error reason;
        reason.code = errc::limit_exceeded;
        reason.args = {"source_text",
                       std::to_string(std::numeric_limits<std::uint32_t>::max() - 1)};
        throw exception(std::move(reason));
    }
    if (text_.find('\r') == std::string::npos) {
        for (std::size_t at = 0; (at = text_.find('\n', at)) != std::string::npos;)
            line_starts_.push_back(static_cast<std::uint32_t>(++at));
        return;
    }
    for (std::size_t at = 0; at < text_.size(); ++at) {
        if (text_[at] != '\n' && text_[at] != '\r') continue;
        if (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n') ++at;
        line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    }
}

std::string_view source_text::slice(span range) const noexcept {
    const auto size = static_cast<std::uint32_t>(text_.size());
    const std::uint32_t begin = std::min(range.begin, size);
    const std::uint32_t end = std::clamp(range.end, begin, size);
    return std::string_view{text_}.substr(begin, end - begin);
}

std::uint32_t source_text::line_count() const noexcept {
    return static_cast<std::uint32_t>(line_starts_.size());
}

span source_text::line(std::uint32_t number) const noexcept {
    const auto size = static_cast<std::uint32_t>(text_.size());
    if (number == 0 || number > line_starts_.size()) return {size, size};
    const std::uint32_t begin = line_starts_[number - 1];
    std::uint32_t end = number < line_starts_.size() ? line_starts_[number] : size;
    if (end > begin && text_[end - 1] == '\n' && number < line_starts_.size()) --end;
    if (end > begin && text_[end - 1] == '\r' && number < line_starts_.size()) --end;
    return {begin, end};
}

line_column source_text::locate(std::uint32_t offset) const {
    offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    line_column where;
    where.line = static_cast<std::uint32_t>(after - line_starts_.begin());
    span range = line(where.line);
    // A byte order mark is no character of the text.
    if (where.line == 1 && text_.starts_with(detail::display::byte_order_mark))
        range.begin = static_cast<std::uint32_t>(detail::display::byte_order_mark.size());
    if (offset <= range.begin) return where;

    const std::size_t wanted = std::min(offset, range.end) - range.begin;
    detail::display::walker walk{slice(range)};
    while (walk.next()) {
        where.column = walk.column();
        if (wanted < walk.end()) return where;
        where.cell += detail::display::width(walk.bytes(), where.cell);
    }
    ++where.column;
    return where;
}

}  // namespace quytrinh
