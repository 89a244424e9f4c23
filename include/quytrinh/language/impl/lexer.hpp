// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/lexer.hpp: from bytes to tokens, losslessly: the tokens of a text, put
// together again, are the text.
#pragma once

#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/language/impl/vocabulary.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::grammar {

enum class token_kind : std::uint8_t {
    // what stands between
    byte_order_mark,
    blank,
    line_end,
    comment,
    doc_comment,
    // what a line is made of
    phrase,  ///< a keyword, of one or several words
    word,    ///< letters that are no keyword
    code,    ///< `QT.HTKH.03`
    integer,
    decimal,
    step_id,  ///< `5.8.1.1`, `6a`: more than digits
    date,     ///< `20/12/2026`, `2026-12-20`
    month,    ///< `12/2023`
    pair,     ///< `31/12`, `1/4`
    time,     ///< `08:00`
    offset,   ///< `+07:00`
    string,   ///< `"…"`
    block,    ///< `"""…"""`
    comma,
    colon,
    arrow,
    open,
    close,
    dash,
    junk,  ///< bytes that mean nothing here
    end,   ///< of a line, or of the text; no bytes
};

struct token {
    token_kind kind = token_kind::end;
    std::uint16_t phrase = no_phrase;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] span range() const noexcept { return {begin, end}; }
};

[[nodiscard]] constexpr bool is_trivia(token_kind kind) noexcept {
    return kind <= token_kind::doc_comment;
}

/// Blanks that Word and web pages leave behind; a reader takes them for a space.
[[nodiscard]] constexpr bool is_unusual_blank(char32_t c) noexcept {
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

/// Something wrong with bytes or characters, found while cutting the text into tokens. It is
/// reported with its line, when the heading is known.
struct lexical_fault {
    std::uint16_t code = 0;
    span where;
    char32_t code_point = 0;
    /// The line cannot be trusted: no other complaint about its words is worth reading.
    bool blinding = true;
};

/// Cuts one text. `next()` after the last token gives `end` tokens for ever. Linear in the length
/// of the text.
class lexer {
public:
    lexer(std::string_view text, const vocabulary& words, const limits& bounds,
          std::size_t from = 0);

    token next();
    /// What was found since the last call.
    [[nodiscard]] std::vector<lexical_fault> take_faults();
    [[nodiscard]] bool found_faults() const noexcept { return !faults_.empty(); }
    [[nodiscard]] std::string_view text() const noexcept { return text_; }

private:
    struct seen_word {
        std::uint32_t end = 0;
        bool capital = false;      ///< begins with a capital letter
        bool all_capital = false;  ///< has no lower-case letter
        bool ascii = true;
        bool composed = true;  ///< is its own NFC
    };

    token make(token_kind kind, std::size_t end);
    token blank_or_line_end();
    token comment();
    token string(std::size_t opening);
    token block();
    token number();
    token after_digits(std::size_t at);
    token upper_word();
    token lower_word();
    token keyword_or_word(const seen_word& first, bool as_written);
    token other();
    token sign();

    [[nodiscard]] seen_word scan_word(std::size_t at);
    [[nodiscard]] std::size_t scan_code(std::size_t at, bool& is_code);
    [[nodiscard]] std::size_t digits(std::size_t at) const noexcept;
    [[nodiscard]] std::size_t blanks(std::size_t at) const noexcept;
    [[nodiscard]] std::size_t any_blanks(std::size_t at) const noexcept;
    [[nodiscard]] bool only_marks_missing(std::uint16_t phrase, std::size_t from,
                                          std::size_t to) const;
    token make_phrase(std::uint16_t phrase, std::size_t end);
    [[nodiscard]] char at(std::size_t offset) const noexcept {
        return offset < text_.size() ? text_[offset] : '\0';
    }
    [[nodiscard]] bool line_ends(std::size_t offset) const noexcept {
        return offset >= text_.size() || text_[offset] == '\n' || text_[offset] == '\r';
    }
    [[nodiscard]] std::string_view slice(std::size_t from, std::size_t to) const noexcept {
        return text_.substr(from, to - from);
    }
    struct match {
        std::uint16_t phrase = no_phrase;
        std::size_t end = 0;
    };
    [[nodiscard]] match longest(spelling how, std::size_t from, bool first_lower);
    [[nodiscard]] bool unknown_after(std::size_t end);
    [[nodiscard]] std::size_t small_code(std::size_t end) const noexcept;
    void letters(char32_t code_point, std::size_t from, std::size_t to);
    void check_inside(std::size_t from, std::size_t to);
    void fault(std::uint16_t code, std::size_t from, std::size_t to, char32_t code_point = 0,
               bool blinding = true);

    std::string_view text_;
    const vocabulary* words_;
    std::size_t code_points_allowed_;
    std::size_t position_ = 0;
    bool line_start_ = true;
    seen_word scanned_;  ///< the word at `scanned_from_`: each is looked at two or three times
    std::size_t scanned_from_ = std::string_view::npos;
    match ahead_;  ///< of the word at `ahead_from_`
    std::size_t ahead_from_ = std::string_view::npos;
    bool no_more_block_ends_ = false;
    std::vector<lexical_fault> faults_;
};

/// The text of a name or code as it is compared: NFC, with Đ for its look-alikes.
[[nodiscard]] std::string name_text(std::string_view bytes);
/// A name with Latin letters for the Cyrillic and Greek ones that look like them.
[[nodiscard]] std::string latin_twin(std::string_view name);
/// What stands between the quotes of a string or block, in NFC, line ends as "\n".
[[nodiscard]] std::string string_text(std::string_view bytes);

}  // namespace quytrinh::detail::grammar
