// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_faults.ipp: bytes, characters and signs of a line that mean
// nothing here: what is really wrong with each, and how it is written instead.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

/// A sign of other languages, as it is written in this one; nothing when it is none.
std::string other_sign_of(std::string_view sign, const builder& owner) {
    if (sign == "=>" || sign == "⇒" || sign == "➔" || sign == "➜" || sign == "=>>") return "→";
    if (sign == "//" || sign == "/*") return "#";
    if (sign == ";") return ",";
    static constexpr std::pair<std::string_view, keyword> comparisons[] = {
        {"=", keyword::is},
        {"==", keyword::is},
        {"!=", keyword::is_not},
        {"<>", keyword::is_not},
        {"≠", keyword::is_not},
        {">", keyword::greater},
        {"<", keyword::less},
        {">=", keyword::at_least},
        {"≥", keyword::at_least},
        {"<=", keyword::at_most_value},
        {"≤", keyword::at_most_value},
        {"&&", keyword::and_word},
        {"||", keyword::or_word},
        {"!", keyword::not_word},
    };
    for (const auto& [one, id] : comparisons)
        if (one == sign) return owner.spelled_here(id);
    return {};
}

/// Quotes of other countries, and the apostrophe.
bool is_other_quote(std::string_view sign) {
    for (const std::string_view one : {"'", "`", "\u2018", "\u2019", "\u201A", "\u201E", "\u00AB",
                                       "\u00BB", "\u2039", "\u203A", "''", "``", "\u201D"})
        if (one == sign) return true;
    return false;
}

/// `…`, `...`, `____`: what a form on paper leaves to be filled in.
bool is_gap(std::string_view sign) {
    for (const std::string_view dots : {".", "…", "_"}) {
        std::size_t at = 0;
        while (sign.substr(at).starts_with(dots)) at += dots.size();
        if (at == sign.size()) return at > dots.size() || dots != ".";
    }
    return false;
}

std::string code_point_name(char32_t c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    for (int shift = 20; shift >= 0; shift -= 4)
        if (!hex.empty() || shift <= 12 || (c >> shift) != 0) hex += digits[(c >> shift) & 15u];
    return "U+" + hex;
}

}  // namespace

void builder::report_faults(const text_line& line) {
    bool commented = false;  // what stands behind `//` was not meant to be read
    bool quoted = false;     // the quotes of a line are told at the first of them
    for (const lexical_fault& one : line.faults) {
        if (one.code == diag::unclosed_block) lines_lost_ = true;
        if (commented && one.code == diag::stray_character) continue;
        const place where{file_, one.where};
        const std::string name = code_point_name(one.code_point);
        std::vector<std::string> args{name};
        std::optional<text_fix> fix;
        switch (one.code) {
        case diag::ill_formed_utf8:
            args = {escape_controls(text_at(one.where).substr(0, 12))};
            break;
        case diag::invisible_character:
        case diag::control_character: fix = replace(where, "", true); break;
        case diag::unusual_blank: fix = replace(where, " ", true); break;
        case diag::mark_at_end:
            args = {text_at(one.where)};
            fix = replace(where, "", true);
            break;
        case diag::mark_at_begin: {
            args = {text_at(one.where)};
            const std::uint32_t next = line.empty() ? one.where.end : line.first().begin;
            fix = replace({file_, {one.where.begin, next}}, "", true);
            break;
        }
        case diag::unclosed_string:
            fix = replace({file_, {one.where.end, one.where.end}}, "\"", false);
            break;
        case diag::letter_like_d:
            args = {text_at(one.where), name};
            fix = replace(where, name_text(text_at(one.where)), true);
            break;
        case diag::foreign_letter: {
            args = {text_at(one.where), name};
            std::string twin = latin_twin(text_at(one.where));
            if (twin != args.front()) fix = replace(where, std::move(twin), false);
            break;
        }
        case diag::stray_character: {
            args = {text_at(one.where)};
            if (is_gap(args.front())) {
                args.push_back(spelled_here(keyword::not_stated));
                report_->report(diag::gap_left_open, where, std::move(args));
                continue;
            }
            if (is_other_quote(args.front())) {
                if (!std::exchange(quoted, true)) report_other_quotes(line, one);
                continue;
            }
            if (report_sign_in_code(line, one)) continue;
            std::string right = other_sign_of(args.front(), *this);
            if (right.empty()) break;
            args.push_back(right);
            const bool comment = right == "#";
            // Of the others the words around may be wrong too.
            const bool sure = right == "→" || right == ",";
            fix = replace(where, std::move(right), sure);
            report_->report(diag::other_sign, where, std::move(args), std::move(fix));
            if (comment) commented = true;
            continue;
        }
        case diag::code_too_long: args = {std::to_string(bounds_->identifier_code_points)}; break;
        case diag::line_too_long: args = {std::to_string(bounds_->tokens_per_line)}; break;
        case diag::quotes_differ:
            args = one.code_point == U'"' ? std::vector<std::string>{"\"", "”"}
                                          : std::vector<std::string>{"“", "\""};
            fix = replace(where, "\"" + string_text(text_at(one.where)) + "\"", true);
            break;
        default: args.clear(); break;
        }
        report_->report(one.code, where, std::move(args), std::move(fix));
    }
    if (!line.blind) return;
    const bool header = !line.empty() && line.first().kind == token_kind::phrase &&
                        words_->at(line.first().phrase).header;
    if (!header) break_block(opener_here(line));
    salvage(line);
}

/// `'Đủ tài liệu'`: all of a line at once, since one alone would leave the text open.
void builder::report_other_quotes(const text_line& line, const lexical_fault& first) {
    text_fix fix;
    for (const lexical_fault& one : line.faults)
        if (one.code == diag::stray_character && is_other_quote(text_at(one.where)))
            fix.edits.push_back({{file_, one.where}, "\""});
    const bool even = fix.edits.size() % 2 == 0;
    report_->report(diag::other_sign, {file_, first.where}, {text_at(first.where), "\""},
                    even ? std::optional(std::move(fix)) : std::nullopt);
}

/// `QT/05`: a number as documents have it, where a code is written otherwise.
bool builder::report_sign_in_code(const text_line& line, const lexical_fault& one) {
    const auto touches = [&](const token& other) { return other.begin == one.where.end; };
    for (std::size_t i = 0; i + 1 < line.tokens.size(); ++i) {
        const token& before = line.tokens[i];
        if (before.kind != token_kind::code || before.end != one.where.begin) continue;
        const auto after = std::find_if(line.tokens.begin(), line.tokens.end(), touches);
        if (after == line.tokens.end() || after->kind == token_kind::string ||
            after->kind == token_kind::end || after->kind == token_kind::junk)
            return false;
        const span whole{before.begin, after->end};
        std::string right = text_at(whole);
        right.replace(one.where.begin - whole.begin, one.where.end - one.where.begin, ".");
        report_->report(diag::sign_in_code, {file_, one.where},
                        {text_at(whole), text_at(one.where), spelled_here(keyword::note)},
                        replace({file_, whole}, std::move(right), false));
        return true;
    }
    return false;
}

}  // namespace quytrinh::detail::grammar
