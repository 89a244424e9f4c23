// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_refusals.cpp: every refusal of the kernel once: who could act instead, and
// its words, which are never those of the file's dialect.
#include <quytrinh/engine/kernel.hpp>

#include "engine/refusals.hpp"

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/parse.hpp>

#include <set>

using namespace play;

namespace {

/// The refusal as a case of this text gives it, the text being in this dialect.
error refused_by(const refusal& row, dialect spoken) {
    const auto read = parse("x.quytrinh", row.text);
    REQUIRE_MESSAGE(read.definition != nullptr, row.text);
    REQUIRE_MESSAGE(!read.definition->steps.empty(), row.text);
    procedure p = *read.definition;
    p.words = spoken;
    one_case c(std::move(p));
    row.act(c);
    return c.refused;
}

std::set<std::string> latin_words(std::string_view text) {
    std::set<std::string> found;
    std::string word;
    for (std::size_t at = 0; at <= text.size();) {
        const decoded one = decode_utf8(text, at);
        if (one.valid && is_letter(one.code_point)) {
            append_utf8(word, one.code_point);
        } else {
            if (word.size() > 2) found.insert(word);
            word.clear();
        }
        at += std::max<std::size_t>(one.length, 1);
    }
    return found;
}

/// English words of the catalogue that are no Vietnamese words of it.
std::set<std::string> english_only() {
    std::set<std::string> en, vi;
    const auto add = [](std::set<std::string>& to, std::string_view text) {
        to.merge(latin_words(text));
    };
#define QUYTRINH_ERROR(number, name, in_vi, in_en) \
    add(vi, in_vi);                                \
    add(en, in_en);
#include <quytrinh/base/messages/errors.inc>
#undef QUYTRINH_ERROR
#define QUYTRINH_TERM(list, key, in_vi, in_en) \
    add(vi, in_vi);                            \
    add(en, in_en);
#include <quytrinh/base/messages/terms.inc>
#undef QUYTRINH_TERM
    for (const auto& word : vi) en.erase(word);
    return en;
}

}  // namespace

TEST_CASE("every refusal says who could act instead, or is listed here with the reason") {
    std::set<errc> seen;
    for (const auto& row : all_refusals()) {
        CAPTURE(std::string(name_of(row.rule)));
        CAPTURE(row.text);
        const error why = refused_by(row, dialect::vi);
        CHECK(std::string(name_of(why.code)) == std::string(name_of(row.rule)));
        CHECK(why.who_could == row.who);
        CHECK(row.who.empty() == !std::string(row.why_nobody).empty());
        seen.insert(row.rule);
    }
    // Not of the kernel, or not reached by a text that can be written in this version.
    const std::set<errc> elsewhere = {
        errc::reference_taken,  // the runtime, which knows other cases
    };
#define QUYTRINH_ERROR(number, name, vi, en)                                \
    if (number >= 200 && number < 300) {                                    \
        CAPTURE(#name);                                                     \
        CHECK(seen.contains(errc::name) != elsewhere.contains(errc::name)); \
    }
#include <quytrinh/base/messages/errors.inc>
#undef QUYTRINH_ERROR
}

TEST_CASE("a refusal is put into words where it is shown, whatever the dialect of the file") {
    const auto foreign = english_only();
    REQUIRE(foreign.contains("step"));
    for (const auto& row : all_refusals()) {
        const error vi = refused_by(row, dialect::vi);
        const error en = refused_by(row, dialect::en);
        CAPTURE(std::string(name_of(row.rule)));
        CHECK(vi.code == en.code);
        CHECK(vi.args == en.args);
        for (const error& why : {vi, en}) {
            const std::string english = why.text(language::en);
            CAPTURE(english);
            CHECK(english.find('{') == std::string::npos);
            for (const auto& word : latin_words(english))
                CHECK_MESSAGE(
                    std::all_of(word.begin(), word.end(),
                                [](char c) { return static_cast<unsigned char>(c) < 0x80; }),
                    word);
            const std::string vietnamese = why.text(language::vi);
            CAPTURE(vietnamese);
            CHECK(vietnamese.find('{') == std::string::npos);
            for (const auto& word : latin_words(vietnamese))
                CHECK_MESSAGE(!foreign.contains(word), word);
        }
    }
}

TEST_CASE("every typed hole of an error names a list of terms, and every term is used") {
    std::set<std::string> lists, used;
#define QUYTRINH_TERM(list, key, vi, en) lists.insert(#list);
#include <quytrinh/base/messages/terms.inc>
#undef QUYTRINH_TERM
    const auto note = [&](std::string_view text) {
        for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
            const std::size_t colon = at + 2, end = text.find('}', at);
            if (text[colon] == ':') used.emplace(text.substr(colon + 1, end - colon - 1));
        }
    };
#define QUYTRINH_ERROR(number, name, vi, en) \
    note(vi);                                \
    note(en);
#include <quytrinh/base/messages/errors.inc>
#undef QUYTRINH_ERROR
    CHECK(lists == used);
}
