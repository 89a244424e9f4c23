// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/lexer_words.ipp: the lexer's numbers, codes and words; keywords by longest
// phrase.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/lexer.hpp>

#include <algorithm>
#include <string>

namespace quytrinh::detail::grammar {

namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Combining marks, as decomposed text has them.
bool is_mark(char32_t c) noexcept { return c >= 0x300 && c <= 0x36F; }

/// decode_utf8 with a short way for what the texts are made of.
decoded decode(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const auto goes_on = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    const unsigned char first = byte(0);
    if (first >= 0xC2 && first <= 0xDF && at + 1 < text.size() && goes_on(1))
        return {static_cast<char32_t>((first & 0x1Fu) << 6 | (byte(1) & 0x3Fu)), 2, true};
    if (first >= 0xE1 && first <= 0xEC && at + 2 < text.size() && goes_on(1) && goes_on(2))
        return {static_cast<char32_t>((first & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 |
                                      (byte(2) & 0x3Fu)),
                3, true};
    return decode_utf8(text, at);
}

struct letter_kind {
    bool letter = false;
    bool upper = false;
};
letter_kind kind_of_letter(char32_t c) noexcept {
    if (c >= 0x1EA0 && c <= 0x1EF9) return {true, c % 2 == 0};
    if (c >= 0xC0 && c <= 0xFF) return {c != 0xD7 && c != 0xF7, c <= 0xDE && c != 0xD7};
    if (!is_letter(c)) return {};
    return {true, is_upper(c)};
}

/// The letters that Vietnamese and English are written with, and their neighbours.
constexpr bool is_latin(char32_t c) noexcept {
    return c < 0x250 || (c >= 0x300 && c <= 0x36F) || (c >= 0x1E00 && c <= 0x1EFF);
}

constexpr bool looks_like_d(char32_t c) noexcept {
    return c == 0xD0 || c == 0x189 || c == 0xF0 || c == 0x256;
}

/// Small letter of a capital of Vietnamese or English; anything else as it is.
constexpr char32_t small_letter(char32_t c) noexcept {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)) return c + 0x20;
    if (c == 0x102 || c == 0x110 || c == 0x128 || c == 0x168 || c == 0x1A0) return c + 1;
    if (c == 0x1AF) return 0x1B0;
    if (c >= 0x1EA0 && c <= 0x1EF8 && c % 2 == 0) return c + 1;
    return c;
}

std::string lower_first(std::string_view word) {
    const decoded first = decode_utf8(word, 0);
    std::string out;
    append_utf8(out, small_letter(first.code_point));
    out += word.substr(first.length);
    return out;
}

}  // namespace

std::size_t lexer::digits(std::size_t from) const noexcept {
    while (is_digit(at(from))) ++from;
    return from;
}

token lexer::number() {
    const std::size_t first = digits(position_);
    const std::size_t length = first - position_;
    if (at(first) == '/' && is_digit(at(first + 1))) {
        const std::size_t second = digits(first + 1);
        if (at(second) == '/' && is_digit(at(second + 1)))
            return make(token_kind::date, digits(second + 1));
        return make(second - first - 1 == 4 ? token_kind::month : token_kind::pair, second);
    }
    if (length == 4 && at(first) == '-' && digits(first + 1) == first + 3 && at(first + 3) == '-' &&
        digits(first + 4) == first + 6)
        return make(token_kind::date, first + 6);
    if (length <= 2 && at(first) == ':' && digits(first + 1) == first + 3)
        return make(token_kind::time, first + 3);
    return after_digits(first);
}

token lexer::after_digits(std::size_t end) {
    if (at(end) == ',' && is_digit(at(end + 1))) return make(token_kind::decimal, digits(end + 1));
    bool plain = true;
    while (at(end) == '.' && is_digit(at(end + 1))) {
        end = digits(end + 1);
        plain = false;
    }
    // One letter belongs to the number (`6a`), more are a word of their own (`03ngày`).
    if (is_ascii_letter(at(end)) && !is_digit(at(end + 1)) && scan_word(end).end == end + 1) {
        ++end;
        plain = false;
    }
    return make(plain ? token_kind::integer : token_kind::step_id, end);
}

void lexer::letters(char32_t c, std::size_t from, std::size_t to) {
    if (looks_like_d(c))
        fault(diag::letter_like_d, from, to, c, false);
    else if (!is_latin(c))
        fault(diag::foreign_letter, from, to, c);
}

lexer::seen_word lexer::scan_word(std::size_t from) {
    if (from == scanned_from_) return scanned_;
    seen_word seen;
    bool first = true;
    bool lower = false;
    std::size_t offset = from;
    while (offset < text_.size()) {
        const char c = text_[offset];
        if (is_ascii_letter(c)) {
            const bool upper = c <= 'Z';
            if (first) seen.capital = upper;
            lower = lower || !upper;
            ++offset;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            const decoded one = decode(text_, offset);
            if (!one.valid) break;
            const bool mark = is_mark(one.code_point);
            const letter_kind kind = mark ? letter_kind{} : kind_of_letter(one.code_point);
            if (!kind.letter && (first || !mark)) break;
            if (first) seen.capital = kind.upper;
            lower = lower || !(kind.upper || mark);
            seen.ascii = false;
            seen.composed =
                seen.composed && !mark &&
                (one.code_point < 0x300 || (one.code_point >= 0x1EA0 && one.code_point <= 0x1EF9));
            offset += one.length;
        } else if (c == '-' && !first && is_ascii_letter(at(offset + 1))) {
            ++offset;  // `make-up`
        } else {
            break;
        }
        first = false;
    }
    seen.all_capital = !lower;
    seen.end = static_cast<std::uint32_t>(offset);
    scanned_ = seen;
    scanned_from_ = from;
    return seen;
}

std::size_t lexer::scan_code(std::size_t from, bool& is_code) {
    bool in_first_segment = true;
    std::size_t count = 0;
    is_code = true;
    std::size_t offset = from;
    while (offset < text_.size()) {
        const char c = text_[offset];
        std::size_t length = 1;
        if (static_cast<unsigned char>(c) >= 0x80) {
            const decoded one = decode(text_, offset);
            const bool mark = is_mark(one.code_point);
            const letter_kind kind = kind_of_letter(one.code_point);
            if (!one.valid || !(kind.letter || mark)) break;
            if (in_first_segment && !kind.upper && !mark) is_code = false;
            length = one.length;
        } else if (c >= 'a' && c <= 'z') {
            if (in_first_segment) is_code = false;
        } else if (c == '.' || c == '-' || c == '&' || c == '_') {
            // These join: they are part of a code only when more of it follows.
            const char after = at(offset + 1);
            if (!is_ascii_letter(after) && !is_digit(after) &&
                static_cast<unsigned char>(after) < 0x80)
                break;
            if (static_cast<unsigned char>(after) >= 0x80) {
                const decoded one = decode_utf8(text_, offset + 1);
                if (!one.valid || !is_letter(one.code_point)) break;
            }
            if (c == '.') in_first_segment = false;
        } else if (!is_ascii_letter(c) && !is_digit(c)) {
            break;
        }
        offset += length;
        ++count;
        if (!is_code) return offset;
    }
    if (count > code_points_allowed_) fault(diag::code_too_long, from, offset);
    return offset;
}

token lexer::upper_word() {
    const seen_word word = scan_word(position_);
    if (line_start_) {
        // A capital first letter at the start of a line is only typography: `Bước 1`, `Ô 2`.
        const match found = longest(spelling::exact, position_, true);
        if (found.phrase != no_phrase) {
            return make_phrase(found.phrase, found.end);
        }
    }
    bool is_code = false;
    const std::size_t end = scan_code(position_, is_code);
    if (is_code) {
        const match found = longest(spelling::exact, position_, false);
        if (found.phrase != no_phrase && found.end == end) return keyword_or_word(word, true);
        for (std::size_t offset = position_; offset < end;) {
            const decoded one = decode_utf8(text_, offset);
            if (one.code_point >= 0x80 && !is_mark(one.code_point))
                letters(one.code_point, position_, end);
            if (one.code_point >= 0x80 &&
                (looks_like_d(one.code_point) || !is_latin(one.code_point)))
                break;
            offset += one.length;
        }
        return make(token_kind::code, end);
    }
    return keyword_or_word(word, false);
}

token lexer::lower_word() { return keyword_or_word(scan_word(position_), true); }

token lexer::keyword_or_word(const seen_word& first, bool as_written) {
    const match exact =
        ahead_from_ == position_ ? ahead_ : longest(spelling::exact, position_, false);
    match best = exact;
    // Spellings without marks are tried where the right ones end, and count only when they explain
    // a word that the right ones do not.
    if (exact.phrase == no_phrase || unknown_after(exact.end)) {
        const match unmarked = longest(spelling::unmarked, position_, false);
        if (unmarked.end > best.end && only_marks_missing(unmarked.phrase, position_, unmarked.end))
            best = unmarked;
    }
    if (best.phrase == no_phrase)
        best = longest(spelling::foreign, position_, line_start_ && !as_written);
    if (best.phrase != no_phrase) return make_phrase(best.phrase, best.end);
    const std::size_t end = small_code(first.end > position_ ? first.end : position_ + 1);
    for (std::size_t offset = position_; !first.ascii && offset < end;) {
        const decoded one = decode_utf8(text_, offset);
        offset += one.length > 0 ? one.length : 1;
        if (one.code_point < 0x80 || is_mark(one.code_point)) continue;
        if (!looks_like_d(one.code_point) && is_latin(one.code_point)) continue;
        letters(one.code_point, position_, end);
        break;
    }
    return make(token_kind::word, end);
}

/// `qt.05` is a code in small letters: one word, not a word, a stray mark and a number.
std::size_t lexer::small_code(std::size_t end) const noexcept {
    const auto goes_on = [this](std::size_t from) {
        return is_ascii_letter(at(from)) || is_digit(at(from));
    };
    for (;;) {
        const char c = at(end);
        const bool joins = c == '.' || c == '-' || c == '_' || c == '&';
        if (!goes_on(end) && !(joins && goes_on(end + 1))) return end;
        ++end;
    }
}

bool lexer::unknown_after(std::size_t end) {
    const std::size_t next = any_blanks(end);
    if (next == end) return false;
    const seen_word word = scan_word(next);
    if (word.end == next || word.all_capital) return false;
    // It is the next question that will be asked.
    ahead_ = longest(spelling::exact, next, false);
    ahead_from_ = next;
    return ahead_.phrase == no_phrase;
}

lexer::match lexer::longest(spelling how, std::size_t from, bool first_lower) {
    const phrase_trie& trie = words_->trie(how);
    match best;
    std::uint32_t node = phrase_trie::root;
    bool first = true;
    for (std::size_t offset = from; node != phrase_trie::nowhere;) {
        const seen_word seen = scan_word(offset);
        if (seen.end <= offset) break;
        const std::string_view raw = slice(offset, seen.end);
        if (how == spelling::unmarked) {
            node = trie.step(node, fold(name_text(raw)));
        } else if (seen.composed && !(first && first_lower && seen.capital)) {
            node = trie.step(node, raw);
        } else {
            std::string word = to_nfc(raw);
            if (first && first_lower && seen.capital) word = lower_first(word);
            node = trie.step(node, word);
        }
        if (node == phrase_trie::nowhere) break;
        if (trie.phrase_at(node) != no_phrase) best = {trie.phrase_at(node), seen.end};
        first = false;
        offset = any_blanks(seen.end);
        if (offset == seen.end) break;
    }
    return best;
}

token lexer::make_phrase(std::uint16_t phrase, std::size_t end) {
    for (std::size_t offset = position_; offset < end; ++offset) {
        const auto byte = static_cast<unsigned char>(text_[offset]);
        if (byte != 0xC2 && byte != 0xE2 && byte != 0xE3 && byte != 0xE1) continue;
        const decoded one = decode(text_, offset);
        if (is_unusual_blank(one.code_point))
            fault(diag::unusual_blank, offset, offset + one.length, one.code_point, false);
    }
    token one = make(token_kind::phrase, end);
    one.phrase = phrase;
    return one;
}

/// `thoi han` and `Thời Hạn` are `thời hạn` badly typed; `chủ` is not `chữ`, it is another word.
bool lexer::only_marks_missing(std::uint16_t phrase, std::size_t from, std::size_t to) const {
    const auto word_end = [](std::string_view text, std::size_t at) {
        while (at < text.size() && text[at] != ' ' && text[at] != '\t') ++at;
        return at;
    };
    const std::string written = to_nfc(slice(from, to));
    for (const keyword id : words_->at(phrase).ids) {
        const keyword_row& row = row_of(id);
        for (const std::string_view right :
             spellings(words_->words() == dialect::vi ? row.vi : row.en)) {
            std::size_t mine = 0;
            std::size_t theirs = 0;
            bool same = true;
            while (same && mine < written.size() && theirs < right.size()) {
                const std::size_t mine_end = word_end(written, mine);
                const std::size_t theirs_end = word_end(right, theirs);
                const std::string typed = lower_first(written.substr(mine, mine_end - mine));
                const std::string_view meant = right.substr(theirs, theirs_end - theirs);
                same = typed == meant || typed == fold(meant);
                mine = std::min(written.find_first_not_of(" \t", mine_end), written.size());
                theirs = std::min(theirs_end + 1, right.size());
            }
            if (same && mine >= written.size() && theirs >= right.size()) return true;
        }
    }
    return false;
}

}  // namespace quytrinh::detail::grammar
