// SPDX-License-Identifier: BSL-1.0
// tests/support/text_laws.hpp: what must hold when a text is written anew, whatever the text: for
// the tests of the formatter and of the dialects, and for their fuzz targets.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/error.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/format.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/translate.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/scenario.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace text_laws {

using namespace quytrinh;

/// Lines as the language counts them, without their ends.
inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (text[i] == '\n' || text[i] == '\r')
            out.emplace_back();
        else
            out.back() += text[i];
    }
    return out;
}

/// The comments of a text without mistakes in its quotes, in order, without blanks at their ends.
inline std::vector<std::string> comments_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, 3) == "\"\"\"") {
            i = std::min(text.find("\"\"\"", i + 3), text.size() - 3) + 3;
        } else if (text[i] == '"') {
            i = std::min(text.find('"', i + 1), text.size() - 1) + 1;
        } else if (text.substr(i, 3) == "\xE2\x80\x9C") {
            i = std::min(text.find("\xE2\x80\x9D", i + 3), text.size() - 3) + 3;
        } else if (text[i] == '#') {
            std::size_t end = std::min(text.find_first_of("\r\n", i), text.size());
            const std::size_t next = end;
            while (text[end - 1] == ' ' || text[end - 1] == '\t') --end;
            out.push_back(to_nfc(text.substr(i, end - i)));
            i = next;
        } else {
            ++i;
        }
    }
    return out;
}

inline parsed read(const std::string& text) {
    limits many;
    many.diagnostics = 10'000;
    return parse("luat.quytrinh", text, {}, many);
}

/// What the procedure says to the names in scenarios has nothing to do with how they are written.
inline bool is_of_scenarios(std::uint16_t code) { return code >= 6000 && code < 7000; }

/// Errors that laying out mends, and the one about imports, which are not asked for here.
inline bool is_mended(std::uint16_t code) {
    return code == diag::keyword_without_marks || code == diag::keyword_of_other_dialect ||
           code == diag::unusual_blank || code == diag::quotes_differ ||
           code == diag::no_imports_here || is_of_scenarios(code);
}
inline std::vector<std::uint16_t> errors_of(const parsed& from) {
    std::vector<std::uint16_t> out;
    for (const diagnostic& one : from.diagnostics.items)
        if (one.level == severity::error && !is_mended(one.code)) out.push_back(one.code);
    std::sort(out.begin(), out.end());
    return out;
}

/// The scenarios of both say the same.
inline bool same_scenarios(const parsed& a, const parsed& b) {
    const std::vector<scenario> none;
    const auto& mine = a.scenarios ? a.scenarios->items : none;
    const auto& theirs = b.scenarios ? b.scenarios->items : none;
    return mine == theirs;
}
inline bool same(const procedure_ptr& a, const procedure_ptr& b) {
    return (!a && !b) || (a && b && a->same_meaning(*b));
}

/// The wrong lines of a text stand byte for byte, in their order, in the other.
inline bool keeps_wrong_lines(const parsed& from, const std::string& text, const std::string& out) {
    const auto theirs = lines_of(out);
    const auto mine = lines_of(text);
    std::vector<bool> wrong(mine.size(), false);
    for (const diagnostic& one : from.diagnostics.items) {
        if (one.level != severity::error || is_mended(one.code) || one.where.file != 0) continue;
        const auto before = lines_of(std::string_view(text).substr(0, one.where.range.begin));
        wrong[before.size() - 1] = true;
    }
    std::size_t at = 0;
    for (std::size_t i = 0; i < mine.size(); ++i) {
        if (!wrong[i]) continue;
        std::string line = mine[i];
        if (i == 0 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        while (at < theirs.size() && theirs[at] != line) ++at;
        if (at++ == theirs.size()) return false;
    }
    return true;
}

/// The laws of the formatter. What does not hold, else nothing.
inline std::string of_format(const std::string& text) {
    const auto out = format(text);
    if (!out) {
        const errc code = out.error().code;
        if (code == errc::limit_exceeded || code == errc::text_is_wrong) return {};
        return "it is refused: " + out.error().text(language::en);
    }
    const auto again = format(out->text);
    if (!again) return "what was laid out is refused: " + again.error().text(language::en);
    if (again->text != out->text || again->changed)
        return "laid out twice is something else:\n" + out->text + "\n---\n" + again->text;
    const parsed before = read(text);
    const parsed after = read(out->text);
    if (before.diagnostics.total() > 2'000)
        return out->changed ? "a text full of mistakes was changed" : std::string{};
    const bool in_capacity = before.diagnostics.total() < 10'000;
    if (in_capacity && errors_of(before) != errors_of(after))
        return "other errors:\n" + render(before.diagnostics, before.sources, language::en) +
               "\n---\n" + render(after.diagnostics, after.sources, language::en);
    if (!keeps_wrong_lines(before, text, out->text)) return "a wrong line was touched";
    if (before.ok() && (!same(before.definition, after.definition) ||
                        !same(before.library, after.library) || !same_scenarios(before, after)))
        return "the meaning changed";
    if (before.ok() && comments_of(text) != comments_of(out->text)) return "comments changed";
    return {};
}

/// The laws of the dialects.
inline std::string of_translate(const std::string& text) {
    const parsed before = read(text);
    const bool wrong = std::any_of(before.diagnostics.items.begin(), before.diagnostics.items.end(),
                                   [](const diagnostic& one) {
                                       return one.level == severity::error &&
                                              one.code != diag::no_imports_here &&
                                              !is_of_scenarios(one.code);
                                   });
    const bool english =
        !translate(text, dialect::vi) || translate(text, dialect::vi).value() != text;
    const dialect mine = english ? dialect::en : dialect::vi;
    const dialect other = english ? dialect::vi : dialect::en;
    const auto there = translate(text, other);
    if (!there) {
        const errc code = there.error().code;
        if (code == errc::limit_exceeded) return {};
        if (code == errc::text_is_wrong && !before.ok()) return {};
        return "it is refused: " + there.error().text(language::en);
    }
    if (wrong) return "a wrong text was translated";
    const parsed after = read(*there);
    if (errors_of(after) != errors_of(before)) return "the translation is wrong:\n" + *there;
    if (before.ok() && (!same(before.definition, after.definition) ||
                        !same(before.library, after.library) || !same_scenarios(before, after)))
        return "the meaning changed";
    const auto back = translate(*there, mine);
    if (!back) return "the way back is refused: " + back.error().text(language::en);
    const auto plain = format(text);
    if (!plain) return "it cannot be laid out";
    const auto plain_back = format(*back);
    if (!plain_back || plain_back->text != plain->text) return "there and back is something else";
    if (!plain->changed && *back != text) return "a formatted text comes back otherwise";
    const auto plain_there = format(*there);
    const auto there_plain = translate(plain->text, other);
    if (!plain_there || !there_plain || plain_there->text != *there_plain)
        return "laid out and translated is not translated and laid out";
    return {};
}

}  // namespace text_laws
