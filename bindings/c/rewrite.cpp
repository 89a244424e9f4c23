// SPDX-License-Identifier: BSL-1.0
// bindings/c/rewrite.cpp: texts written anew: fixed, laid out, translated, mended.
#include "json_text.hpp"
#include "surroundings.hpp"
#include "tests.hpp"

#include <quytrinh/base/fixes.hpp>
#include <quytrinh/language/format.hpp>
#include <quytrinh/language/translate.hpp>

namespace quytrinh::c_abi {

namespace {

struct given_text {
    const surroundings& known;
    const std::string& name;
    const std::string& text;
    const import_resolver& imports;
};

json_object rewritten(const given_text& from, std::string_view to) {
    json_object out;
    out.text("text", to).truth("changed", to != from.text);
    return out;
}

/// An error of a text is about the text as it was given.
template <class T>
T right(result<T>&& what, const given_text& from) {
    if (!what && what.error().diagnostics.total() > 0)
        throw wrong_text{what.error(), {source_text{from.name, from.text}}};
    return must(std::move(what));
}

std::string fixed(const given_text& from, language words) {
    const auto judge = [&](std::string_view now) {
        return judged(from.known, parse(from.name, std::string{now}, from.imports));
    };
    const fixed_text out = apply_safe_fixes(from.text, judge);
    const source_text before{from.name, from.text};
    json_array fixes;
    for (const applied_fix& one : out.applied) {
        const line_column at = before.locate(one.at);
        fixes.raw(json_object()
                      .text("code", code_text(one.what.code))
                      .number("line", at.line)
                      .number("column", at.column)
                      .text("message", message_of(one.what, words))
                      .str());
    }
    return rewritten(from, out.text).raw("fixed", fixes.str()).number("rounds", out.rounds).str();
}

std::string laid_out(const given_text& from) {
    const formatted out = right(format(from.text), from);
    json_array left;
    for (const std::uint32_t line : out.left) left.raw(std::to_string(line));
    return rewritten(from, out.text).raw("left", left.str()).str();
}

std::string translated(const given_text& from, const std::string& to) {
    if (to != "vi" && to != "en") request::fault("to", "must be vi or en");
    return rewritten(from,
                     right(translate(from.text, to == "en" ? dialect::en : dialect::vi), from))
        .str();
}

std::string mended(const given_text& from) {
    const auto [text, lines] = mend(from.known, from.name, from.text, from.imports);
    return rewritten(from, text).number("mended", lines).str();
}

std::string rewrite(const given_text& from, std::string_view how, language words) {
    request with{how};
    const std::string what = with.needed("do"), to = with.text("to");
    with.finish();
    if (what == "translate") return translated(from, to);
    if (!to.empty()) request::fault("to", "is not known here");
    if (what == "fix") return fixed(from, words);
    if (what == "format") return laid_out(from);
    if (what == "mend") return mended(from);
    request::fault("do", "is not known");
}

}  // namespace

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;
namespace qt = quytrinh;

std::int32_t quytrinh_rewrite(quytrinh_office* office, const char* name, std::size_t name_size,
                              const char* text, std::size_t text_size, quytrinh_import_fn import,
                              void* import_user, const char* request, std::size_t request_size,
                              std::int32_t words, quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = perhaps(office);
        const auto as = language_of(words);
        const surroundings known{in};
        const auto called = name_or(given(name, name_size, "text"), "procedure.quytrinh");
        const std::string all{given(text, text_size, "text")};
        give_text(json, rewrite({known, called, all, imports_of(import, import_user)},
                                given(request, request_size, "text"), as));
    });
}
