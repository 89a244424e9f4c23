// SPDX-License-Identifier: BSL-1.0
// tests/language/lexer.cpp: tokens put together again are the text, whatever the bytes; and what
// each kind of token is.
#include <quytrinh/language/impl/lexer.hpp>

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/lines.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace quytrinh;
using namespace quytrinh::detail::grammar;
using quytrinh::detail::grammar::string_text;

namespace {

/// Checks that tokens follow one another without a gap, and counts them.
std::size_t lossless(std::string_view text, dialect words) {
    lexer one{text, vocabulary_of(words), limits{}};
    std::size_t at = 0;
    std::size_t count = 0;
    for (;;) {
        const token next = one.next();
        REQUIRE(next.begin == at);
        REQUIRE(next.end >= next.begin);
        if (next.kind == token_kind::end) break;
        REQUIRE(next.end > next.begin);
        at = next.end;
        ++count;
    }
    REQUIRE(at == text.size());
    for (const lexical_fault& fault : one.take_faults()) {
        CHECK(fault.where.begin <= fault.where.end);
        CHECK(fault.where.end <= text.size());
    }
    return count;
}

struct shown {
    token_kind kind;
    std::string text;
    friend bool operator==(const shown&, const shown&) = default;
};
std::vector<shown> cut(const std::string& text, std::vector<lexical_fault>* faults = nullptr) {
    lexer one{text, vocabulary_of(dialect::vi), limits{}};
    std::vector<shown> out;
    for (token next = one.next(); next.kind != token_kind::end; next = one.next())
        if (!is_trivia(next.kind))
            out.push_back({next.kind, text.substr(next.begin, next.end - next.begin)});
    if (faults != nullptr) *faults = one.take_faults();
    return out;
}
std::vector<std::uint16_t> faults_of(const std::string& text) {
    std::vector<lexical_fault> faults;
    (void)cut(text, &faults);
    std::vector<std::uint16_t> codes;
    for (const auto& fault : faults) codes.push_back(fault.code);
    return codes;
}
using kinds = std::vector<token_kind>;
kinds kinds_of(const std::string& text) {
    kinds out;
    for (const shown& one : cut(text)) out.push_back(one.kind);
    return out;
}

/// A seed of its own every time, or the one that failed.
unsigned seed() {
    if (const char* given = std::getenv("QUYTRINH_TEST_SEED"))
        return static_cast<unsigned>(std::atoi(given));
    return std::random_device{}();
}

}  // namespace

TEST_CASE("random bytes: the tokens are the text") {
    const unsigned start = seed();
    INFO("QUYTRINH_TEST_SEED=" << start);
    std::mt19937 random{start};
    for (int round = 0; round < 400; ++round) {
        std::string text(std::uniform_int_distribution<std::size_t>(0, 300)(random), '\0');
        for (char& c : text)
            c = static_cast<char>(std::uniform_int_distribution<int>(0, 255)(random));
        lossless(text, round % 2 == 0 ? dialect::vi : dialect::en);
    }
}

TEST_CASE("random pieces of the language: the tokens are the text") {
    const std::vector<std::string> pieces{"bước ",
                                          "thời hạn ",
                                          "chậm nhất ",
                                          "03 ngày",
                                          " làm việc",
                                          "0,25",
                                          "7.5",
                                          "1/4",
                                          "12/2023",
                                          "20/12/2026",
                                          "2026-12-20",
                                          "08:00",
                                          "+07:00",
                                          "07:30-11:30",
                                          "\"",
                                          "\"\"\"",
                                          "“",
                                          "”",
                                          "#",
                                          "##",
                                          "\n",
                                          "\r\n",
                                          "\r",
                                          ",",
                                          ":",
                                          "(",
                                          ")",
                                          "->",
                                          "→",
                                          "-",
                                          "–",
                                          "ĐVTH",
                                          "QT.HTKH.03",
                                          "OK",
                                          "NOK",
                                          "đ",
                                          "Ð",
                                          "\xC3",
                                          "\xEF\xBB\xBF",
                                          "\xE2\x80\xAE",
                                          "\xC2\xA0",
                                          "ngày",
                                          "nga\xCC\x80y",
                                          "6a",
                                          "5.8.1.1d",
                                          " ",
                                          "\t",
                                          "\0x",
                                          "lead ",
                                          "thoi han "};
    const unsigned start = seed();
    INFO("QUYTRINH_TEST_SEED=" << start);
    std::mt19937 random{start};
    std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
    for (int round = 0; round < 600; ++round) {
        std::string text;
        for (int i = 0; i < 60; ++i) text += pieces[pick(random)];
        lossless(text, round % 2 == 0 ? dialect::vi : dialect::en);
    }
}

TEST_CASE("numbers, dates and times") {
    using enum token_kind;
    CHECK(kinds_of("x 03 0,25 5.8.1.1 6a 5.1.1d") ==
          kinds{word, integer, decimal, step_id, step_id, step_id});
    CHECK(kinds_of("x 20/12/2026 2026-12-20 12/2023 31/12 1/4") ==
          kinds{word, date, date, month, pair, pair});
    CHECK(kinds_of("x 08:00 +07:00 -03:30") == kinds{word, time, offset, offset});
    CHECK(kinds_of("x 07:30-11:30") == kinds{word, time, dash, time});
    CHECK(kinds_of("x 07:30–11:30") == kinds{word, time, dash, time});
    CHECK(kinds_of("x 1, 2") == kinds{word, integer, comma, integer});
    CHECK(kinds_of("x 1,2,3") == kinds{word, decimal, comma, integer});
    CHECK(cut("x -12,5") == std::vector<shown>{{word, "x"}, {decimal, "-12,5"}});
    // A number and a word that touch are two; one letter belongs to the number.
    CHECK(kinds_of("x 03ngày") == kinds{word, integer, phrase});
    CHECK(kinds_of("x 6a→") == kinds{word, step_id, arrow});
    CHECK(kinds_of("x 5.") == kinds{word, integer, junk});
}

TEST_CASE("codes") {
    using enum token_kind;
    for (const std::string code : {"HTKH.02", "LĐTT", "BM.CTCL.01", "QLCN&TĐC", "A-B", "A_B", "K6",
                                   "ĐV.TT", "QT.abc", "A"}) {
        INFO(code);
        CHECK(cut("x " + code) == std::vector<shown>{{word, "x"}, {token_kind::code, code}});
    }
    CHECK(kinds_of("x Kiểm") == kinds{word, word});
    CHECK(kinds_of("x A->B") == kinds{word, code, arrow, code});
    CHECK(kinds_of("x A, B.") == kinds{word, code, comma, code, junk});
    // Đ has look-alikes; the name is read as if it were right.
    CHECK(faults_of("x \xC3\x90VTH") == std::vector<std::uint16_t>{diag::letter_like_d});
    CHECK(name_text("\xC3\x90VTH") == "ĐVTH");
    CHECK(faults_of("x \xD0\x90\xD0\x92") == std::vector<std::uint16_t>{diag::foreign_letter});
    CHECK(latin_twin("\xD0\x90\xD0\x92") == "AB");
    CHECK(faults_of("x " + std::string(128, 'A')).empty());
    CHECK(faults_of("x " + std::string(129, 'A')) ==
          std::vector<std::uint16_t>{diag::code_too_long});
}

TEST_CASE("decomposed text is the same text") {
    CHECK(kinds_of("chu\xCC\x89 tri\xCC\x80 \xC4\x90V") ==
          kinds{token_kind::phrase, token_kind::code});
    CHECK(name_text("L\xC4\x90") == "LĐ");
    CHECK(name_text("E\xCC\x82") == "Ê");
    CHECK(string_text("\"a\xCC\x80\"") == "à");
}

TEST_CASE("strings and blocks") {
    using enum token_kind;
    CHECK(cut("x \"a, b → c # d\" y") ==
          std::vector<shown>{{word, "x"}, {token_kind::string, "\"a, b → c # d\""}, {word, "y"}});
    CHECK(string_text("\"Gấp\"") == "Gấp");
    CHECK(string_text("“Gấp”") == "Gấp");
    CHECK(string_text("\"\"\"a\r\nb\rc\"\"\"") == "a\nb\nc");
    CHECK(string_text("\"\"") == "");
    CHECK(string_text("trần") == "trần");
    CHECK(cut("“a \" b”").size() == 1);
    CHECK(cut("\"a”b\"").size() == 1);
    CHECK(kinds_of("x \"\"\"một\nhai\"\"\" y") == kinds{word, block, word});
    CHECK(faults_of("x \"a\ny").size() == 1);
    CHECK(faults_of("x \"a”\ny") == std::vector<std::uint16_t>{diag::quotes_differ});
    CHECK(faults_of("x “a\"\ny") == std::vector<std::uint16_t>{diag::quotes_differ});
    CHECK(faults_of("\"\"\"a\nb") == std::vector<std::uint16_t>{diag::unclosed_block});
    // An opening without an end does not swallow the lines below it.
    CHECK(cut("\"\"\"a\nbước 1").size() == 3);
}

TEST_CASE("comments and lines") {
    const std::string text =
        "## Bước đầu\nbước 1 \"a\" # b\r\n\r# c\n  chủ trì A,\n\n  # giữa\n  B\n";
    line_reader reader{text, vocabulary_of(dialect::vi), limits{}};
    std::vector<text_line> lines;
    for (text_line line; reader.next(line);)
        if (!line.empty()) lines.push_back(line);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].doc == "Bước đầu");
    CHECK(lines[0].tokens.size() == 4);
    CHECK(lines[1].tokens.size() == 5);  // goes on after the comma, over blank and comment lines
    CHECK_FALSE(lines[1].stray_comma);
}

TEST_CASE("a trailing comma before another clause is stray") {
    const std::string text = "chủ trì A,\nphối hợp B\n";
    line_reader reader{text, vocabulary_of(dialect::vi), limits{}};
    text_line line;
    REQUIRE(reader.next(line));
    CHECK(line.stray_comma);
    CHECK(line.tokens.size() == 4);
    REQUIRE(reader.next(line));
    CHECK_FALSE(line.stray_comma);
    CHECK(line.tokens.size() == 3);
    CHECK_FALSE((reader.next(line) && !line.empty()));
}

TEST_CASE("what cannot be seen is named") {
    CHECK(faults_of("x \xE2\x80\xAE y") == std::vector<std::uint16_t>{diag::invisible_character});
    CHECK(faults_of("\"a\xE2\x80\x8B\"") == std::vector<std::uint16_t>{diag::invisible_character});
    CHECK(faults_of("# \xE2\x81\xA6 ẩn") == std::vector<std::uint16_t>{diag::invisible_character});
    CHECK(faults_of(std::string("x \0 y", 5)) ==
          std::vector<std::uint16_t>{diag::control_character});
    CHECK(faults_of("x \xC2\xA0y") == std::vector<std::uint16_t>{diag::unusual_blank});
    CHECK(faults_of("chủ\xC2\xA0trì A") == std::vector<std::uint16_t>{diag::unusual_blank});
    CHECK(faults_of("a\tb").empty());
    // One mistake for a run of bad bytes.
    CHECK(faults_of("x \xFF\xFE\xFD y") == std::vector<std::uint16_t>{diag::ill_formed_utf8});
    CHECK(faults_of("\xED\xA0\x80").size() == 1);
    CHECK(faults_of("\xEF\xBB\xBF x").empty());
    CHECK(faults_of("x \xEF\xBB\xBF").size() == 1);
}
