// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/format.ipp: reads, lays out, reads again.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/error.hpp>
#include <quytrinh/language/format.hpp>
#include <quytrinh/language/impl/layout.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace quytrinh {

namespace detail::formatting {

namespace {

/// A text that nothing can be said about, byte for byte.
formatted as_it_is(std::string_view text) {
    formatted out;
    out.text = std::string(text);
    const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    for (std::uint32_t i = 1; i <= lines + (text.ends_with('\n') ? 0u : 1u); ++i)
        out.left.push_back(i);
    return out;
}

unexpected wrong(diagnostic_list findings) {
    error reason;
    reason.code = errc::text_is_wrong;
    reason.args = {std::to_string(findings.errors)};
    reason.diagnostics = std::move(findings);
    return fail(std::move(reason));
}

}  // namespace

}  // namespace detail::formatting

result<formatted> format(std::string_view text, const limits& bounds) {
    using namespace detail::grammar;
    const limits allowed = within_maxima(bounds);
    const auto too_long = [&] {
        return fail(errc::limit_exceeded, {"text", std::to_string(allowed.definition_bytes)});
    };
    if (text.size() > allowed.definition_bytes) return too_long();
    noted before = note_lines(text, allowed);
    const auto& found = before.findings.items;
    if (std::any_of(found.begin(), found.end(), [](const diagnostic& one) {
            return one.code == diag::not_utf8 || one.code == diag::old_code_page ||
                   one.code == diag::not_a_text;
        }))
        return detail::formatting::wrong(std::move(before.findings));
    // So much is wrong that this is no text of the language; past the number of findings that are
    // kept, which lines are right would depend on those before them.
    if (before.findings.total() > most_findings_noted) return detail::formatting::as_it_is(text);
    const layout typed{text, before, allowed};
    formatted out;
    out.text = typed.write();
    out.left = typed.left();
    out.changed = out.text != text;
    if (!out.changed) return out;
    if (out.text.size() > allowed.definition_bytes) return too_long();
    const noted after = note_lines(out.text, allowed);
    const layout again{out.text, after, allowed};
    if (const std::uint32_t line = typed.differs_from(again); line != 0)
        return fail(errc::rewriting_differs, {std::to_string(line)});
    return out;
}

}  // namespace quytrinh
