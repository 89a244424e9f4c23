// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/layout.hpp: a text as rows (the lines of the file), which of them are left
// as typed, how far each is indented, and where a blank line belongs.
#pragma once

#include <quytrinh/language/impl/line_notes.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::grammar {

/// A line of the file. A `"""` block may make it longer than what an editor shows as a line.
struct layout_row {
    enum class kind : std::uint8_t { blank, comment, content };
    static constexpr std::uint32_t no_line = 0xFFFFFFFF;

    kind what = kind::blank;
    bool left = false;       ///< written byte for byte
    bool own_error = false;  ///< the reason stands in this row, not around it
    bool goes_on = false;    ///< inside a logical line, not at its beginning
    bool needs_blank = false;
    std::uint8_t depth = 0;
    std::uint32_t begin = 0, end = 0;    ///< without the line end
    std::uint32_t first = 0, count = 0;  ///< its tokens without blanks, in layout::tokens_
    std::uint32_t line = no_line;        ///< the logical line that it is part of
    std::uint32_t number = 0;            ///< in the file, from 1
};

class layout {
public:
    layout(std::string_view text, const noted& read, const limits& bounds);

    [[nodiscard]] std::string write() const;
    [[nodiscard]] std::vector<std::uint32_t> left() const;
    /// The line of the file, from 1, at which what was read of two texts differs; 0 when they say
    /// the same, comments included.
    [[nodiscard]] std::uint32_t differs_from(const layout& other) const;

private:
    void cut(const limits& bounds);
    void join_rows();
    void leave_wrong_rows();
    void leave_what_stands_between();
    void indent();
    void indent_silences();
    void indent_comments();
    void ask_for_blanks();
    void write_row(std::string& out, const layout_row& row) const;
    [[nodiscard]] std::string written(const layout_row& row, std::size_t index) const;
    [[nodiscard]] std::string token_text(const token& one) const;
    [[nodiscard]] std::size_t row_at(std::uint32_t offset) const;
    [[nodiscard]] std::string_view slice(std::uint32_t from, std::uint32_t to) const {
        return text_.substr(from, to - from);
    }

    std::string_view text_;
    const noted* read_;
    const line_notes* notes_;
    std::vector<token> tokens_;  ///< with comments, without blanks and line ends
    std::vector<layout_row> rows_;
    bool airy_ = false;  ///< there is a blank line somewhere between its lines
};

}  // namespace quytrinh::detail::grammar
