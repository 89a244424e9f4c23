// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/lexer.ipp: the hand-written lexer: blanks, comments, strings, marks;
// numbers and words stand in lexer_words.ipp.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/lexer.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

constexpr std::string_view left_quote = "\xE2\x80\x9C";
constexpr std::string_view right_quote = "\xE2\x80\x9D";
constexpr std::string_view arrow_sign = "\xE2\x86\x92";
constexpr std::string_view en_dash = "\xE2\x80\x93";
constexpr std::string_view triple_quote = "\"\"\"";

}  // namespace

lexer::lexer(std::string_view text, const vocabulary& words, const limits& bounds, std::size_t from)
    : text_(text),
      words_(&words),
      code_points_allowed_(bounds.identifier_code_points),
      position_(from) {}

std::vector<lexical_fault> lexer::take_faults() { return std::exchange(faults_, {}); }

void lexer::fault(std::uint16_t code, std::size_t from, std::size_t to, char32_t code_point,
                  bool blinding) {
    const span where{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
    // A run of bad bytes, or of signs, is one mistake.
    const bool runs = code == diag::ill_formed_utf8 || code == diag::stray_character;
    if (!faults_.empty() && runs && faults_.back().code == code &&
        faults_.back().where.end == where.begin) {
        faults_.back().where.end = where.end;
        return;
    }
    faults_.push_back({code, where, code_point, blinding});
}

token lexer::make(token_kind kind, std::size_t end) {
    token one;
    one.kind = kind;
    one.begin = static_cast<std::uint32_t>(position_);
    one.end = static_cast<std::uint32_t>(end);
    position_ = end;
    // Behind a bullet the line still begins.
    if (kind == token_kind::line_end)
        line_start_ = true;
    else if (!is_trivia(kind) && kind != token_kind::junk && kind != token_kind::dash)
        line_start_ = false;
    return one;
}

token lexer::next() {
    if (position_ >= text_.size()) return make(token_kind::end, text_.size());
    if (position_ == 0 && text_.starts_with("\xEF\xBB\xBF"))
        return make(token_kind::byte_order_mark, 3);
    const char c = text_[position_];
    switch (c) {
    case ' ':
    case '\t':
    case '\n':
    case '\r': return blank_or_line_end();
    case '#': return comment();
    case '"':
        if (text_.substr(position_).starts_with(triple_quote)) return block();
        return string(1);
    case ',': return make(token_kind::comma, position_ + 1);
    case ':': return make(token_kind::colon, position_ + 1);
    case '(': return make(token_kind::open, position_ + 1);
    case ')': return make(token_kind::close, position_ + 1);
    case '-':
    case '+': return sign();
    default: break;
    }
    if (c >= '0' && c <= '9') return number();
    if (c >= 'A' && c <= 'Z') return upper_word();
    if (c >= 'a' && c <= 'z') return lower_word();
    return other();
}

token lexer::blank_or_line_end() {
    const char c = text_[position_];
    if (c == '\n') return make(token_kind::line_end, position_ + 1);
    if (c == '\r')
        return make(token_kind::line_end, position_ + (at(position_ + 1) == '\n' ? 2 : 1));
    return make(token_kind::blank, blanks(position_));
}

std::size_t lexer::blanks(std::size_t from) const noexcept {
    while (at(from) == ' ' || at(from) == '\t') ++from;
    return from;
}

std::size_t lexer::any_blanks(std::size_t from) const noexcept {
    for (;;) {
        from = blanks(from);
        if (from >= text_.size() || static_cast<unsigned char>(text_[from]) < 0x80) return from;
        const decoded one = decode_utf8(text_, from);
        if (!one.valid || !is_unusual_blank(one.code_point)) return from;
        from += one.length;
    }
}

token lexer::comment() {
    std::size_t end = position_;
    while (!line_ends(end)) ++end;
    check_inside(position_, end);
    const bool documents = line_start_ && at(position_ + 1) == '#';
    return make(documents ? token_kind::doc_comment : token_kind::comment, end);
}

void lexer::check_inside(std::size_t from, std::size_t to) {
    for (std::size_t offset = from; offset < to;) {
        const auto byte = static_cast<unsigned char>(text_[offset]);
        if (byte >= 0x20 && byte < 0x7F) {
            ++offset;
            continue;
        }
        const decoded one = decode_utf8(text_, offset);
        const std::size_t end = offset + one.length;
        if (!one.valid)
            fault(diag::ill_formed_utf8, offset, end);
        else if (is_invisible_control(one.code_point))
            fault(one.code_point < 0xA0 ? diag::control_character : diag::invisible_character,
                  offset, end, one.code_point, false);
        offset = end;
    }
}

token lexer::string(std::size_t opening) {
    const bool plain = opening == 1;
    const std::size_t from = position_ + opening;
    std::size_t end = from;
    std::size_t other_close = 0;  // the first quote of the other kind, should ours never come
    std::size_t close = 0;
    for (; !line_ends(end); ++end) {
        const bool straight = text_[end] == '"';
        const bool curly = text_[end] == '\xE2' && text_.substr(end).starts_with(right_quote);
        if (plain ? straight : curly) {
            close = end;
            break;
        }
        if (other_close == 0 && (straight || curly)) other_close = end;
    }
    std::size_t after = end;
    if (close != 0) {
        after = close + (plain ? 1 : right_quote.size());
    } else if (other_close != 0) {
        close = other_close;
        after = close + (plain ? right_quote.size() : 1);
        fault(diag::quotes_differ, position_, after, plain ? U'"' : U'\u201C', false);
    } else {
        close = end;
        fault(diag::unclosed_string, position_, end);
    }
    check_inside(from, close);
    return make(token_kind::string, after);
}

token lexer::block() {
    const std::size_t from = position_ + triple_quote.size();
    const std::size_t close =
        no_more_block_ends_ ? std::string_view::npos : text_.find(triple_quote, from);
    if (close != std::string_view::npos) {
        check_inside(from, close);
        // A line end inside belongs to the block; control characters other than it were judged
        // above.
        return make(token_kind::block, close + triple_quote.size());
    }
    // Never searched for again, or many openings would cost the square of the text.
    no_more_block_ends_ = true;
    std::size_t end = from;
    while (!line_ends(end)) ++end;
    fault(diag::unclosed_block, position_, position_ + triple_quote.size());
    check_inside(from, end);
    return make(token_kind::block, end);
}

token lexer::sign() {
    const char c = text_[position_];
    if (c == '-' && at(position_ + 1) == '>') return make(token_kind::arrow, position_ + 2);
    const bool first = position_ == 0 || text_[position_ - 1] == ' ' ||
                       text_[position_ - 1] == '\t' || text_[position_ - 1] == '(';
    const std::size_t end = digits(position_ + 1);
    if (first && end > position_ + 1) {
        if (at(end) == ':') {
            const std::size_t minutes = digits(end + 1);
            if (minutes == end + 3) return make(token_kind::offset, minutes);
        }
        if (c == '-') return after_digits(end);
    }
    if (c == '-') return make(token_kind::dash, position_ + 1);
    fault(diag::stray_character, position_, position_ + 1, U'+');
    return make(token_kind::junk, position_ + 1);
}

token lexer::other() {
    const std::string_view rest = text_.substr(position_);
    if (rest.starts_with(arrow_sign)) return make(token_kind::arrow, position_ + arrow_sign.size());
    if (rest.starts_with(left_quote)) return string(left_quote.size());
    if (rest.starts_with(en_dash)) return make(token_kind::dash, position_ + en_dash.size());
    const decoded one = decode_utf8(text_, position_);
    const std::size_t end = position_ + one.length;
    if (!one.valid) {
        fault(diag::ill_formed_utf8, position_, end);
        return make(token_kind::junk, end);
    }
    if (is_letter(one.code_point)) return is_upper(one.code_point) ? upper_word() : lower_word();
    if (is_unusual_blank(one.code_point)) {
        fault(diag::unusual_blank, position_, end, one.code_point, false);
        return make(token_kind::blank, end);
    }
    if (is_invisible_control(one.code_point)) {
        fault(one.code_point < 0xA0 ? diag::control_character : diag::invisible_character,
              position_, end, one.code_point);
        return make(token_kind::blank, end);
    }
    fault(diag::stray_character, position_, end, one.code_point);
    return make(token_kind::junk, end);
}

std::string latin_twin(std::string_view name) {
    static constexpr std::pair<char32_t, char> twins[] = {
        {0x391, 'A'}, {0x392, 'B'}, {0x395, 'E'}, {0x396, 'Z'}, {0x397, 'H'}, {0x399, 'I'},
        {0x39A, 'K'}, {0x39C, 'M'}, {0x39D, 'N'}, {0x39F, 'O'}, {0x3A1, 'P'}, {0x3A4, 'T'},
        {0x3A5, 'Y'}, {0x3A7, 'X'}, {0x3BF, 'o'}, {0x405, 'S'}, {0x406, 'I'}, {0x408, 'J'},
        {0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {0x41A, 'K'}, {0x41C, 'M'}, {0x41D, 'H'},
        {0x41E, 'O'}, {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'}, {0x425, 'X'}, {0x430, 'a'},
        {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'},
        {0x455, 's'}, {0x456, 'i'}, {0x458, 'j'},
    };
    std::string out;
    for (std::size_t offset = 0; offset < name.size();) {
        const decoded one = decode_utf8(name, offset);
        const auto twin = std::find_if(std::begin(twins), std::end(twins), [&](const auto& pair) {
            return pair.first == one.code_point;
        });
        if (one.valid && twin != std::end(twins))
            out += twin->second;
        else
            out += name.substr(offset, one.length);
        offset += one.length;
    }
    return out;
}

std::string name_text(std::string_view bytes) {
    std::string out = to_nfc(bytes);
    if (out.find_first_of("\xC3\xC6\xC9") == std::string::npos) return out;
    const auto replace = [&out](std::string_view from, std::string_view to) {
        for (std::size_t where = 0; (where = out.find(from, where)) != std::string::npos;)
            out.replace(where, from.size(), to);
    };
    replace("\xC3\x90", "Đ");
    replace("\xC6\x89", "Đ");
    replace("\xC3\xB0", "đ");
    replace("\xC9\x96", "đ");
    return out;
}

std::string string_text(std::string_view bytes) {
    if (bytes.starts_with(triple_quote)) {
        bytes.remove_prefix(triple_quote.size());
        if (bytes.ends_with(triple_quote)) bytes.remove_suffix(triple_quote.size());
    } else {
        if (bytes.starts_with(left_quote))
            bytes.remove_prefix(left_quote.size());
        else if (bytes.starts_with('"'))
            bytes.remove_prefix(1);
        if (bytes.ends_with(right_quote))
            bytes.remove_suffix(right_quote.size());
        else if (bytes.ends_with('"'))
            bytes.remove_suffix(1);
    }
    std::string out = to_nfc(bytes);
    if (out.find('\r') == std::string::npos) return out;
    std::string plain;
    plain.reserve(out.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] != '\r')
            plain += out[i];
        else if (i + 1 >= out.size() || out[i + 1] != '\n')
            plain += '\n';
    }
    return plain;
}

}  // namespace quytrinh::detail::grammar
