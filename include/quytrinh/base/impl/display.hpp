// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/display.hpp: one line of text as a terminal shows it, character by character.
// Columns and markers are both counted here, so that they cannot disagree.
#pragma once

#include <quytrinh/base/unicode.hpp>

#include <utf8proc.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace quytrinh::detail::display {

inline constexpr std::uint32_t tab_stop = 4;
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Moves along a line by user-perceived characters (UAX #29 grapheme clusters). An ill-formed byte
/// is a character of its own. Linear, however long a cluster is.
class walker {
public:
    explicit walker(std::string_view line) noexcept : line_(line) {}

    /// Steps to the next character; false at the end of the line.
    bool next() noexcept {
        begin_ = end_;
        if (end_ >= line_.size()) return false;
        if (begin_ > 0 || started_) ++column_;
        started_ = true;
        const decoded first = decode_utf8(line_, end_);
        end_ += first.length;
        if (!first.valid || stands_alone(first.code_point)) return true;
        char32_t before = first.code_point;
        utf8proc_int32_t state = 0;
        while (end_ < line_.size()) {
            const decoded one = decode_utf8(line_, end_);
            if (!one.valid || utf8proc_grapheme_break_stateful(
                                  static_cast<utf8proc_int32_t>(before),
                                  static_cast<utf8proc_int32_t>(one.code_point), &state))
                break;
            before = one.code_point;
            end_ += one.length;
        }
        return true;
    }

    /// Bytes of the present character, and its column counted from 1.
    [[nodiscard]] std::string_view bytes() const noexcept {
        return line_.substr(begin_, end_ - begin_);
    }
    [[nodiscard]] std::size_t begin() const noexcept { return begin_; }
    [[nodiscard]] std::size_t end() const noexcept { return end_; }
    [[nodiscard]] std::uint32_t column() const noexcept { return column_; }

private:
    /// Printable ASCII before ASCII: by far the most common, and never part of a cluster.
    [[nodiscard]] bool stands_alone(char32_t first) const noexcept {
        return first < 0x80 &&
               (end_ >= line_.size() || static_cast<unsigned char>(line_[end_]) < 0x80);
    }

    std::string_view line_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint32_t column_ = 1;
    bool started_ = false;
};

/// What is printed for one character that begins in cell `at`: tabs as spaces to the next stop,
/// what cannot be seen as an escape, everything else as it is.
inline std::string shown(std::string_view character, std::uint32_t at) {
    if (character == "\t") return std::string(tab_stop - at % tab_stop, ' ');
    return escape_controls(character);
}

/// Cells of shown(character, at), without making the text where that is not needed.
inline std::uint32_t width(std::string_view character, std::uint32_t at) {
    if (character.size() == 1 && character[0] >= 0x20 && character[0] < 0x7F) return 1;
    return text_width(shown(character, at));
}

}  // namespace quytrinh::detail::display
