// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/lines.hpp: level 1: a text as lines, each with the tokens that carry
// meaning. Every line is a point of recovery; a line goes on only after a trailing comma.
#pragma once

#include <quytrinh/language/impl/lexer.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace quytrinh::detail::grammar {

/// A logical line: one or more lines of the file.
struct text_line {
    std::vector<token> tokens;  ///< without trivia; the last is an `end` token
    std::vector<lexical_fault> faults;
    std::string doc;           ///< the `##` lines directly above
    std::uint32_t begin = 0;   ///< first byte of the first token
    std::uint32_t end = 0;     ///< past the last token
    bool blind = false;        ///< a fault makes complaints about its words worthless
    bool stray_comma = false;  ///< ended with a comma, and nothing went on

    [[nodiscard]] bool empty() const noexcept { return tokens.size() <= 1; }
    [[nodiscard]] const token& first() const noexcept { return tokens.front(); }
};

/// Reads lines one after another, holding one line ahead.
class line_reader {
public:
    /// `from` is where a line begins.
    line_reader(std::string_view text, const vocabulary& words, const limits& bounds,
                std::size_t from = 0);

    /// False after the last line. Lines without tokens are given only for their faults.
    bool next(text_line& line);
    /// `##` lines that no line has followed yet.
    [[nodiscard]] bool doc_left() const noexcept { return !doc_.empty(); }

private:
    void read_physical(text_line& line);
    [[nodiscard]] bool goes_on(const text_line& after) const;

    lexer lexer_;
    const vocabulary* words_;
    std::size_t tokens_allowed_;
    bool at_end_ = false;
    bool ahead_full_ = false;
    text_line ahead_;
    std::string doc_;
};

}  // namespace quytrinh::detail::grammar
