// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/line_state.hpp: level 2 without Spirit: the tokens of one line, what a
// rule wanted where it could go no further, and the words that were read.
#pragma once

#include <quytrinh/base/decimal.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/language/impl/lexer.hpp>
#include <quytrinh/model/condition.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

/// What may stand at a place. `word` carries the keyword, the others are kinds of token.
enum class wanted : std::uint8_t {
    word,
    number,
    amount,
    date,
    time,
    string,
    code,
    step,
    section,
    arrow,
    colon,
    dash,
    open,
    close,
    comma,
    offset,
    year,
    line_end,
};
struct expectation {
    wanted what = wanted::word;
    keyword id = keyword::none;
    friend bool operator==(const expectation&, const expectation&) = default;
};

/// A name, number or text with its place.
struct word_at {
    std::string text;
    span where;
    bool quoted = false;  ///< a text, where a code could stand too

    [[nodiscard]] bool written() const noexcept { return where.end != 0; }
};

/// A number of a limit as it was written.
struct number_at {
    decimal number;
    span where;
    bool doubtful = false;  ///< repaired or out of range, reported already: not judged any further

    [[nodiscard]] bool written() const noexcept { return where.end != 0; }
};

/// Something that the rules accept and that is wrong all the same.
struct complaint {
    std::uint16_t code = 0;
    span where;
    std::vector<std::string> args;
};

/// The tokens of a line and what reading them has found. One line at a time.
class line_state {
public:
    line_state(std::string_view text, std::uint32_t file, const vocabulary& words, keyword opener,
               std::vector<token>& tokens, std::uint64_t& steps_left)
        : opener_(opener),
          file_(file),
          text_(text),
          words_(&words),
          tokens_(&tokens),
          steps_left_(&steps_left) {}

    /// Forgets what was found, for another attempt over repaired tokens.
    void restart();
    /// From now on writes down which keyword each token was taken for, one entry a token.
    void remember_in(std::vector<keyword>* meanings) noexcept { meanings_ = meanings; }
    /// The token was taken for this word.
    void remember(const token* at, keyword id) noexcept {
        if (meanings_ != nullptr) (*meanings_)[static_cast<std::size_t>(at - begin())] = id;
    }

    [[nodiscard]] const token* begin() const noexcept { return tokens_->data(); }
    [[nodiscard]] const token* last() const noexcept {
        return tokens_->data() + tokens_->size() - 1;
    }
    [[nodiscard]] std::vector<token>& tokens() noexcept { return *tokens_; }
    [[nodiscard]] const vocabulary& words() const noexcept { return *words_; }
    [[nodiscard]] std::string_view text_of(const token& one) const noexcept {
        return text_.substr(one.begin, one.end - one.begin);
    }
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    /// The keyword by which the line was recognised.
    [[nodiscard]] keyword opener() const noexcept { return opener_; }
    [[nodiscard]] place at_place(span where) const noexcept { return {file_, where}; }

    // Primitives: each takes one token or records what it wanted. `at` is moved only on success.
    bool take_word(const token*& at, keyword id);
    bool take_kind(const token*& at, token_kind kind, wanted what);
    bool take_code(const token*& at, word_at& out);
    bool take_string(const token*& at, word_at& out);
    bool take_step(const token*& at, word_at& out);
    bool take_section(const token*& at, word_at& out);
    bool take_integer(const token*& at, number_at& out);
    bool take_amount(const token*& at, number_at& out);
    bool take_date(const token*& at, word_at& out, token_kind& kind);
    bool take_digits(const token*& at, word_at& out);
    bool take_time(const token*& at, word_at& out);
    bool take_line_end(const token* at);
    /// Is the token at `at` this word? Nothing is recorded.
    [[nodiscard]] bool peeks(const token* at, keyword id) const noexcept;

    /// Records that something else could stand at `at`. Always false.
    bool expected(const token* at, wanted what, keyword id = keyword::none);
    /// After this, nothing matches any more: the line is wrong past a word that decided its kind.
    bool give_up() noexcept {
        dead_ = true;
        return false;
    }
    [[nodiscard]] bool dead() const noexcept { return dead_; }
    /// The budget of rule steps of the whole text is spent.
    [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }

    [[nodiscard]] const token* furthest() const noexcept { return furthest_; }
    [[nodiscard]] std::span<const expectation> expectations() const noexcept {
        return {expectations_.data(), expected_};
    }

    /// Words that were recognised in spite of their spelling.
    struct respelling {
        const token* at;
        keyword meant;
    };
    [[nodiscard]] const std::vector<respelling>& respelled() const noexcept { return respelled_; }

    void complain(std::uint16_t code, span where, std::vector<std::string> args = {}) {
        complaints_.push_back({code, where, std::move(args)});
    }
    [[nodiscard]] const std::vector<complaint>& complaints() const noexcept { return complaints_; }

    /// Where the rules of conditions put what they read, and the levels of parentheses they are in.
    condition* reading = nullptr;
    struct level {
        std::uint32_t ands = 0, ors = 0;
        span both;
    };
    std::vector<level> levels;

private:
    bool step_left() noexcept;

    keyword opener_;
    std::uint32_t file_;
    std::string_view text_;
    const vocabulary* words_;
    std::vector<token>* tokens_;
    std::uint64_t* steps_left_;
    const token* furthest_ = nullptr;
    std::array<expectation, 40> expectations_;  ///< more than any place has
    std::size_t expected_ = 0;
    std::vector<respelling> respelled_;
    std::vector<complaint> complaints_;
    std::vector<keyword>* meanings_ = nullptr;
    bool dead_ = false;
    bool exhausted_ = false;
};

}  // namespace quytrinh::detail::grammar
