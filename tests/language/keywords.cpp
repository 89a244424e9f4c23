// SPDX-License-Identifier: BSL-1.0
// tests/language/keywords.cpp: the one table of keywords: whole in both dialects, and every row of
// it is reached by the lexer and used by the grammar.
#include <quytrinh/language/keywords.hpp>

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/language/impl/vocabulary.hpp>

#include <doctest/doctest.h>

#include <cctype>
#include <map>
#include <set>
#include <string>

using namespace quytrinh;
namespace g = quytrinh::detail::grammar;

namespace {

constexpr dialect dialects[] = {dialect::vi, dialect::en};

std::string_view cell_of(const keyword_row& row, dialect words) {
    return words == dialect::vi ? row.vi : row.en;
}

/// The tokens of a line without blanks, `end` left out.
std::vector<g::token> tokens_of(std::string_view text, dialect words) {
    g::lexer lexer{text, g::vocabulary_of(words), limits{}};
    std::vector<g::token> out;
    for (g::token one = lexer.next(); one.kind != g::token_kind::end; one = lexer.next())
        if (!g::is_trivia(one.kind)) out.push_back(one);
    return out;
}

}  // namespace

TEST_CASE("the rows of the table stand in the order of the enumeration, each whole") {
    const auto table = keyword_table();
    REQUIRE(table.size() > 250);
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const keyword_row& row = table[i];
        INFO(row.name);
        CHECK(static_cast<std::size_t>(row.id) == i + 1);
        CHECK(names.insert(row.name).second);
        CHECK(row.since_edition == 1);
        for (const auto words : {row.help_vi, row.help_en}) {
            CHECK_FALSE(words.empty());
            CHECK(words.find('\n') == std::string_view::npos);
            CHECK_FALSE(words.ends_with('.'));
        }
        for (const dialect d : dialects)
            for (const auto spelling : g::spellings(cell_of(row, d))) {
                CHECK_FALSE(spelling.empty());
                CHECK(is_nfc(spelling));
                CHECK(spelling.find("  ") == std::string_view::npos);
                CHECK(spelling.front() != ' ');
                CHECK(spelling.back() != ' ');
            }
    }
}

TEST_CASE("at the start of a line a spelling means one thing in this version") {
    for (const dialect d : dialects) {
        std::map<std::string_view, std::string_view> openers;
        for (const keyword_row& row : keyword_table()) {
            if (row.context == keyword_context::word || row.status == keyword_status::later)
                continue;
            for (const auto spelling : g::spellings(cell_of(row, d))) {
                INFO(spelling << " opens " << row.name << " and " << openers[spelling]);
                CHECK(openers[spelling].empty());
                openers[spelling] = row.name;
            }
        }
    }
}

TEST_CASE("a phrase that opens a header never opens a clause") {
    for (const dialect d : dialects)
        for (const g::phrase& one : g::vocabulary_of(d).phrases()) {
            INFO(one.text);
            if (one.how == g::spelling::exact) CHECK_FALSE((one.header && one.clause));
        }
}

TEST_CASE("the lexer reads every spelling as one keyword, the longest") {
    for (const dialect d : dialects) {
        for (const keyword_row& row : keyword_table()) {
            for (const auto spelling : g::spellings(cell_of(row, d))) {
                INFO(row.name << ": " << spelling);
                const std::string line = "x " + std::string(spelling);
                const auto tokens = tokens_of(line, d);
                REQUIRE(tokens.size() == 2);
                REQUIRE(tokens[1].kind == g::token_kind::phrase);
                const g::phrase& phrase = g::vocabulary_of(d).at(tokens[1].phrase);
                CHECK(phrase.is(row.id));
                CHECK(phrase.how == g::spelling::exact);
                CHECK(g::spelled(row.id, d) == g::spellings(cell_of(row, d)).front());
            }
        }
    }
}

TEST_CASE("a capital first letter is allowed at the start of a line, and only there") {
    for (const std::string line : {"Bước 1", "Ô 1", "Đầu vào \"x\"", "Ở 1", "Được bổ sung", "Ủ"}) {
        INFO(line);
        const auto tokens = tokens_of(line, dialect::vi);
        REQUIRE_FALSE(tokens.empty());
        CHECK((tokens[0].kind == g::token_kind::phrase) == (line != "Ủ"));
    }
    const auto tokens = tokens_of("x Bước 1", dialect::vi);
    REQUIRE(tokens.size() == 3);
    // Elsewhere it is the keyword badly typed, which is reported.
    CHECK(g::vocabulary_of(dialect::vi).at(tokens[1].phrase).how == g::spelling::unmarked);
}

TEST_CASE("a word all in capitals is a code, whatever it spells") {
    CHECK(tokens_of("x LÀ", dialect::vi)[1].kind == g::token_kind::code);
    CHECK(tokens_of("x THEN", dialect::en)[1].kind == g::token_kind::code);
    // OK and NOK are reserved.
    CHECK(tokens_of("x OK", dialect::vi)[1].kind == g::token_kind::phrase);
    CHECK(tokens_of("x OK.1", dialect::vi)[1].kind == g::token_kind::code);
}

TEST_CASE("spellings without marks are the keyword, badly typed; other words are not") {
    const g::vocabulary& vi = g::vocabulary_of(dialect::vi);
    const auto meant = [&](std::string_view line) {
        const auto tokens = tokens_of(line, dialect::vi);
        return tokens.size() == 1 && tokens[0].kind == g::token_kind::phrase
                   ? vi.at(tokens[0].phrase).how
                   : g::spelling::exact;
    };
    CHECK(meant("thoi han") == g::spelling::unmarked);
    CHECK(meant("thời han") == g::spelling::unmarked);
    CHECK(meant("Thời Hạn") == g::spelling::unmarked);
    CHECK(meant("ngay lam viec") == g::spelling::unmarked);
    CHECK(tokens_of("ngày lam viec", dialect::vi).size() == 1);
    // `chủ` is no `chữ` without its mark.
    CHECK(tokens_of("chủ", dialect::vi)[0].kind == g::token_kind::word);
    // `ngay lập tức` and `ngày` are one mark apart.
    CHECK(meant("ngay lập tức") == g::spelling::exact);
    CHECK(tokens_of("ngay lập tức", dialect::vi).size() == 1);
}

TEST_CASE("keywords of the other dialect are known as such") {
    const auto tokens = tokens_of("lead ĐVTH", dialect::vi);
    REQUIRE(tokens.size() == 2);
    const g::phrase& phrase = g::vocabulary_of(dialect::vi).at(tokens[0].phrase);
    CHECK(phrase.how == g::spelling::foreign);
    CHECK(phrase.is(keyword::lead));
}

TEST_CASE("every clause of this version has a rule, and no later one has") {
    for (const keyword_row& row : keyword_table()) {
        if (row.context != keyword_context::clause) continue;
        INFO(row.name);
        CHECK((g::rule_of(row.id) != nullptr) == (row.status == keyword_status::now));
    }
}
