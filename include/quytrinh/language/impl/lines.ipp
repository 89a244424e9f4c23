// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/lines.ipp: lines out of tokens.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/lines.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

/// Signs that lists on paper begin with, and that sentences end with.
constexpr std::string_view bullets[] = {"-", "+", "*", "–", "•", "·", "▪", "●",
                                        "○", "■", "□", "◦", "➢", "✓", "✔", "§"};
bool is_bullet(std::string_view sign) {
    return std::find(std::begin(bullets), std::end(bullets), sign) != std::end(bullets);
}
bool ends_sentence(std::string_view signs) {
    return signs == "." || signs == ";" || signs == ";." || signs == "!" || signs == "?";
}

/// A bullet before a line and a full stop behind it are told, and the line is read without them.
void drop_outer_marks(std::string_view text, text_line& line) {
    const auto of = [&](span where) { return text.substr(where.begin, where.end - where.begin); };
    if (line.tokens.size() > 1 && line.tokens.front().kind == token_kind::dash) {
        line.faults.push_back({diag::mark_at_begin, line.tokens.front().range(), 0, false});
        line.tokens.erase(line.tokens.begin());
    }
    for (lexical_fault& one : line.faults) {
        if (one.code != diag::stray_character || line.tokens.size() < 2) continue;
        const bool first = one.where.begin == line.tokens.front().begin &&
                           one.where.end == line.tokens.front().end && is_bullet(of(one.where));
        const bool last = one.where.end == line.tokens.back().end && ends_sentence(of(one.where));
        if (!first && !last) continue;
        one.code = first ? diag::mark_at_begin : diag::mark_at_end;
        one.blinding = false;
        if (first) line.tokens.erase(line.tokens.begin());
        while (last && !line.tokens.empty() && line.tokens.back().begin >= one.where.begin)
            line.tokens.pop_back();
    }
}

}  // namespace

line_reader::line_reader(std::string_view text, const vocabulary& words, const limits& bounds,
                         std::size_t from)
    : lexer_(text, words, bounds, from), words_(&words), tokens_allowed_(bounds.tokens_per_line) {}

void line_reader::read_physical(text_line& line) {
    // Cleared, not made anew: one line's memory serves the next.
    line.tokens.clear();
    line.faults.clear();
    line.doc.clear();
    line.begin = line.end = 0;
    line.blind = line.stray_comma = false;
    bool too_long = false;
    for (;;) {
        const token one = lexer_.next();
        if (one.kind == token_kind::end) {
            at_end_ = true;
            break;
        }
        if (one.kind == token_kind::line_end) break;
        if (one.kind == token_kind::doc_comment) {
            std::string_view words = lexer_.text().substr(one.begin + 2, one.end - one.begin - 2);
            if (words.starts_with(' ')) words.remove_prefix(1);
            while (words.ends_with(' ') || words.ends_with('\t')) words.remove_suffix(1);
            if (!doc_.empty()) doc_ += '\n';
            doc_ += to_nfc(words);
        }
        if (is_trivia(one.kind)) continue;
        if (line.tokens.empty()) line.begin = one.begin;
        line.end = one.end;
        if (line.tokens.size() < tokens_allowed_)
            line.tokens.push_back(one);
        else
            too_long = true;
    }
    if (lexer_.found_faults()) line.faults = lexer_.take_faults();
    if (!line.faults.empty() ||
        (!line.tokens.empty() && line.tokens.front().kind == token_kind::dash))
        drop_outer_marks(lexer_.text(), line);
    if (too_long) line.faults.push_back({diag::line_too_long, {line.begin, line.end}, 0, true});
    if (!line.tokens.empty() && !doc_.empty()) line.doc = std::exchange(doc_, {});
}

bool line_reader::goes_on(const text_line& after) const {
    if (after.tokens.empty()) return false;
    const token& first = after.tokens.front();
    if (first.kind != token_kind::phrase) return true;
    const phrase& words = words_->at(first.phrase);
    // `và` opens a line of a scenario, and goes on a condition.
    if (words.is(keyword::if_word) || words.is(keyword::and_word)) return true;
    if (words.header) {
        // `bước 4` may go on a list of steps; `bước 4 "…"` is a header.
        for (std::size_t i = 1; i < after.tokens.size() && i < 4; ++i)
            if (after.tokens[i].kind == token_kind::string) return false;
        return true;
    }
    return !words.clause;
}

bool line_reader::next(text_line& line) {
    if (ahead_full_) {
        std::swap(line, ahead_);
        ahead_full_ = false;
    } else {
        if (at_end_) return false;
        read_physical(line);
    }
    while (!line.tokens.empty() && line.tokens.back().kind == token_kind::comma) {
        // Comment and blank lines in between do not matter; what follows decides.
        text_line more;
        std::vector<lexical_fault> skipped;
        do {
            if (at_end_) break;
            read_physical(more);
            if (more.tokens.empty())
                skipped.insert(skipped.end(), more.faults.begin(), more.faults.end());
        } while (more.tokens.empty());
        line.faults.insert(line.faults.end(), skipped.begin(), skipped.end());
        if (!goes_on(more) || line.tokens.size() + more.tokens.size() > tokens_allowed_) {
            line.stray_comma = true;
            if (!more.tokens.empty()) {
                ahead_ = std::move(more);
                ahead_full_ = true;
            }
            break;
        }
        line.end = more.end;
        line.tokens.insert(line.tokens.end(), more.tokens.begin(), more.tokens.end());
        line.faults.insert(line.faults.end(), more.faults.begin(), more.faults.end());
    }
    for (const lexical_fault& one : line.faults) line.blind = line.blind || one.blinding;
    token last;
    last.begin = last.end = line.end;
    line.tokens.push_back(last);
    return true;
}

}  // namespace quytrinh::detail::grammar
