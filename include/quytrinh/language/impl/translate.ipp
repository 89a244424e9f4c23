// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/translate.ipp: the words of a text that the grammar took for keywords, in
// the other dialect.
#pragma once

#include <quytrinh/base/error.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/line_notes.hpp>
#include <quytrinh/language/impl/wording.hpp>
#include <quytrinh/language/translate.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh {

namespace detail::translation {

namespace {

using grammar::is_yes_in;
using grammar::line_notes;
using grammar::noted;
using grammar::noted_line;
using grammar::token;
using grammar::token_kind;

unexpected differs(std::string_view text, std::uint32_t offset) {
    const std::string_view before = text.substr(0, offset);
    return fail(errc::rewriting_differs,
                {std::to_string(1 + std::count(before.begin(), before.end(), '\n'))});
}

/// The capital of a letter that a keyword begins with.
char32_t capital(char32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7)) return c - 0x20;
    if (c == 0x103 || c == 0x111 || c == 0x129 || c == 0x169 || c == 0x1A1 || c == 0x1B0)
        return c - 1;
    if (c >= 0x1EA0 && c <= 0x1EF9 && c % 2 == 1) return c - 1;
    return c;
}

/// What a text says, word for word, in whatever dialect.
struct said {
    token_kind kind = token_kind::end;
    keyword meant = keyword::none;
    std::uint32_t begin = 0;
};
std::vector<said> words_of(const line_notes& notes) {
    std::vector<said> out;
    out.reserve(notes.tokens.size());
    for (const noted_line& line : notes.lines) {
        for (std::uint32_t i = 0; i < line.count; ++i) {
            const token& one = notes.tokens[line.first + i];
            keyword meant = notes.meanings[line.first + i];
            if (is_yes_in(notes, line, i)) {
                out.push_back({one.kind, keyword::yes, one.begin});
                meant = keyword::in_form;
            }
            out.push_back({one.kind, meant, one.begin});
        }
    }
    return out;
}

/// Where two texts were not read alike; npos when they were.
std::size_t first_difference(const noted& a, const noted& b) {
    const std::vector<said> mine = words_of(a.lines);
    const std::vector<said> theirs = words_of(b.lines);
    for (std::size_t i = 0; i < mine.size(); ++i)
        if (i >= theirs.size() || mine[i].kind != theirs[i].kind ||
            mine[i].meant != theirs[i].meant)
            return mine[i].begin;
    const bool same = mine.size() == theirs.size() &&
                      a.lines.lines.size() == b.lines.lines.size() && b.findings.ok() &&
                      a.says_the_same(b);
    return same ? std::string_view::npos : 0;
}

}  // namespace

}  // namespace detail::translation

result<std::string> translate(std::string_view text, dialect to, const limits& bounds) {
    using namespace detail::grammar;
    const limits allowed = within_maxima(bounds);
    const auto too_long = [&] {
        return fail(errc::limit_exceeded, {"text", std::to_string(allowed.definition_bytes)});
    };
    if (text.size() > allowed.definition_bytes) return too_long();
    noted before = note_lines(text, allowed);
    if (!before.findings.ok()) {
        error reason;
        reason.code = errc::text_is_wrong;
        reason.args = {std::to_string(before.findings.errors)};
        reason.diagnostics = std::move(before.findings);
        return fail(std::move(reason));
    }
    const line_notes& notes = before.lines;
    if (notes.words == to) return std::string(text);

    std::string out;
    out.reserve(text.size() + text.size() / 4);
    std::uint32_t copied = 0;
    for (const noted_line& line : notes.lines) {
        if (!line.understood) return detail::translation::differs(text, line.begin);
        for (std::uint32_t i = 0; i < line.count; ++i) {
            const token& one = notes.tokens[line.first + i];
            if (notes.meanings[line.first + i] == keyword::none) {
                if (one.kind == token_kind::phrase)
                    return detail::translation::differs(text, one.begin);
                continue;
            }
            out += text.substr(copied, one.begin - copied);
            std::string word{printed_word(notes, text, line, i, to)};
            // `Bước 1` is `Step 1`.
            if (i == 0 && is_upper(decode_utf8(text, one.begin).code_point)) {
                const decoded first = decode_utf8(word, 0);
                append_utf8(out, detail::translation::capital(first.code_point));
                word.erase(0, first.length);
            }
            out += word;
            copied = one.end;
        }
    }
    out += text.substr(copied);
    if (out.size() > allowed.definition_bytes) return too_long();
    const noted after = note_lines(out, allowed);
    if (const std::size_t at = detail::translation::first_difference(before, after);
        at != std::string_view::npos)
        return detail::translation::differs(text, static_cast<std::uint32_t>(at));
    return out;
}

}  // namespace quytrinh
