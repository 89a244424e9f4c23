// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/excerpt.hpp: the piece of a text that a diagnostic shows, with cells for its
// marker. Costs are bounded whatever the line: a hostile line of a megabyte is walked once a run,
// never once a finding.
#pragma once

#include <quytrinh/base/impl/display.hpp>
#include <quytrinh/base/source.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::excerpt {

inline constexpr std::uint32_t line_cells = 110;   ///< longest line printed whole
inline constexpr std::uint32_t cells_before = 40;  ///< kept before the marker of a longer one
inline constexpr std::size_t bytes_around =
    1'024;  ///< looked at on each side of the marker's begin

/// Escaped, and cut after so many characters.
inline std::string cut_end(std::string_view text, std::uint32_t characters) {
    display::walker walk{text.substr(0, std::size_t{characters} * 64)};
    std::size_t end = 0;
    while (walk.column() <= characters && walk.next()) {
        if (walk.column() > characters) break;
        end = walk.end();
    }
    std::string out = escape_controls(text.substr(0, end));
    if (end < text.size()) out += "…";
    return out;
}

/// Line and column without cells, remembering where it was: findings come sorted, so a long line is
/// walked once for all of them.
class locator {
public:
    struct position {
        std::uint32_t line = 1;
        std::uint32_t column = 1;
    };

    position find(const source_text& source, std::uint32_t file, std::uint32_t offset);

private:
    bool known_ = false;
    std::uint32_t file_ = 0;
    std::uint32_t line_ = 0;
    std::uint32_t base_ = 0;  ///< offset of the walked text
    display::walker walk_{std::string_view{}};
};

/// The bytes of a line as shown: without a byte order mark.
inline span visible_line(const source_text& source, std::uint32_t number) {
    span range = source.line(number);
    if (number == 1 && source.text().starts_with(display::byte_order_mark))
        range.begin =
            std::min(range.end, static_cast<std::uint32_t>(display::byte_order_mark.size()));
    return range;
}

/// The line of an offset; the last one for an offset past the end.
inline std::uint32_t line_of(const source_text& source, std::uint32_t offset) {
    std::uint32_t low = 1;
    std::uint32_t high = source.line_count();
    while (low < high) {
        const std::uint32_t middle = low + (high - low + 1) / 2;
        if (source.line(middle).begin <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

inline locator::position locator::find(const source_text& source, std::uint32_t file,
                                       std::uint32_t offset) {
    const std::uint32_t line = line_of(source, offset);
    const span range = visible_line(source, line);
    offset = std::clamp(offset, range.begin, range.end);
    if (!known_ || file != file_ || line != line_ || offset < base_ + walk_.begin()) {
        known_ = true;
        file_ = file;
        line_ = line;
        base_ = range.begin;
        walk_ = display::walker{source.slice(range)};
        if (!walk_.next()) return {line, 1};
    }
    const std::size_t wanted = offset - base_;
    while (wanted >= walk_.end()) {
        if (!walk_.next()) return {line, walk_.column() + (wanted > 0 ? 1u : 0u)};
    }
    return {line, walk_.column()};
}

/// A line as printed, and the cells of the marker under it.
struct piece {
    std::string text;
    std::uint32_t marker_cell = 0;
    std::uint32_t marker_cells = 1;
};

/// Start of the character that holds byte `at`, looking back a few bytes only.
inline std::size_t align(std::string_view text, std::size_t at) {
    for (int i = 0; i < 3 && at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u; ++i)
        --at;
    return at;
}

/// The piece of line `number` around `range`, which begins in it; a range of several lines is
/// marked to the end of this one.
inline piece around(const source_text& source, std::uint32_t number, span range) {
    const span whole = visible_line(source, number);
    const std::string_view line = source.slice(whole);
    const std::size_t from = std::clamp(range.begin, whole.begin, whole.end) - whole.begin;
    const std::size_t to = std::clamp(range.end, whole.begin, whole.end) - whole.begin;

    struct character {
        std::string text;
        std::uint32_t cells = 0;
        bool marked = false;
    };
    const std::size_t first = from > bytes_around ? align(line, from - bytes_around) : 0;
    const std::size_t last =
        from + bytes_around < line.size() ? align(line, from + bytes_around) : line.size();
    std::vector<character> characters;
    std::size_t marked_from = 0;
    std::uint32_t cells = 0;
    display::walker walk{line.substr(first, last - first)};
    while (walk.next()) {
        character one;
        one.text = display::shown(walk.bytes(), cells);
        one.cells = text_width(one.text);
        one.marked = first + walk.end() > from && first + walk.begin() < to;
        if (first + walk.end() <= from) marked_from = characters.size() + 1;
        cells += one.cells;
        characters.push_back(std::move(one));
    }

    // The window: all of the line when it fits, else some of it before the marker and the rest
    // after.
    std::size_t begin = 0;
    std::size_t end = characters.size();
    const bool fits = first == 0 && last == line.size() && cells <= line_cells;
    if (!fits) {
        std::uint32_t used = 0;
        for (begin = marked_from; begin > 0 && used + characters[begin - 1].cells <= cells_before;
             --begin)
            used += characters[begin - 1].cells;
        for (end = marked_from;
             end < characters.size() && used + characters[end].cells <= line_cells; ++end)
            used += characters[end].cells;
    }

    piece out;
    if (begin > 0 || first > 0) {
        out.text = "…";
        out.marker_cell = 1;
    }
    out.marker_cells = 0;
    for (std::size_t i = begin; i < end; ++i) {
        out.text += characters[i].text;
        if (i < marked_from) out.marker_cell += characters[i].cells;
        if (characters[i].marked) out.marker_cells += characters[i].cells;
    }
    if (end < characters.size() || last < line.size()) out.text += "…";
    // Something must stand under an empty range, the end of a line or a mark without width.
    out.marker_cells = std::max(out.marker_cells, 1u);
    return out;
}

}  // namespace quytrinh::detail::excerpt
