// SPDX-License-Identifier: BSL-1.0
// tests/base/source.cpp: lines, columns and cells of texts with every line end and every width.
#include <quytrinh/base/source.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace quytrinh;

namespace {
/// "line:column@cell" of the first occurrence of `what`.
std::string at(const source_text& text, std::string_view what) {
    const auto found = text.text().find(what);
    REQUIRE(found != std::string_view::npos);
    const auto where = text.locate(static_cast<std::uint32_t>(found));
    return std::to_string(where.line) + ":" + std::to_string(where.column) + "@" +
           std::to_string(where.cell);
}
std::string end_of(const source_text& text) {
    const auto where = text.locate(static_cast<std::uint32_t>(text.text().size()));
    return std::to_string(where.line) + ":" + std::to_string(where.column) + "@" +
           std::to_string(where.cell);
}
std::string line_of(const source_text& text, std::uint32_t number) {
    return std::string{text.slice(text.line(number))};
}
}  // namespace

TEST_CASE("an empty text has one empty line") {
    const source_text text{"a", ""};
    CHECK(text.line_count() == 1);
    CHECK(text.line(1) == span{0, 0});
    CHECK(end_of(text) == "1:1@0");
    CHECK(source_text{}.line_count() == 1);
}

TEST_CASE("lines end with LF, CR LF or CR, also mixed") {
    const source_text text{"a", "một\nhai\r\nba\rbốn"};
    CHECK(text.line_count() == 4);
    CHECK(line_of(text, 1) == "một");
    CHECK(line_of(text, 2) == "hai");
    CHECK(line_of(text, 3) == "ba");
    CHECK(line_of(text, 4) == "bốn");
    CHECK(line_of(text, 5).empty());
    CHECK(line_of(text, 0).empty());
    CHECK(at(text, "hai") == "2:1@0");
    CHECK(at(text, "bốn") == "4:1@0");
    CHECK(end_of(text) == "4:4@3");
}

TEST_CASE("a line end at the end opens one more, empty line") {
    const source_text text{"a", "x\n"};
    CHECK(text.line_count() == 2);
    CHECK(line_of(text, 2).empty());
    CHECK(end_of(text) == "2:1@0");
    CHECK(source_text{"a", "\r\n\n\r\r\n"}.line_count() == 5);
    CHECK(line_of(source_text{"a", "\n\rx"}, 3) == "x");
}

TEST_CASE("the bytes of a line end belong to the end of their line") {
    const source_text text{"a", "xy\r\nz"};
    CHECK(text.locate(2).column == 3);
    CHECK(text.locate(3).line == 1);
    CHECK(text.locate(3).column == 3);
    CHECK(text.locate(4).line == 2);
}

TEST_CASE("columns count characters as people see them, precomposed or not") {
    // "ngày" with a precomposed à, then with a combining grave accent.
    const source_text composed{"a", "ngày|"};
    const source_text combining{"a", "nga\xCC\x80y|"};
    CHECK(at(composed, "|") == "1:5@4");
    CHECK(at(combining, "|") == "1:5@4");
    // Inside a character every byte has the character's column.
    CHECK(combining.locate(3).column == 3);
    CHECK(combining.locate(4).column == 3);
    CHECK(combining.locate(5).column == 4);
}

TEST_CASE("cells follow what a terminal shows") {
    CHECK(at({"a", "漢字|"}, "|") == "1:3@4");
    CHECK(at({"a", "\t|"}, "|") == "1:2@4");
    CHECK(at({"a", "ab\t|"}, "|") == "1:4@4");
    CHECK(at({"a", "abcd\t|"}, "|") == "1:6@8");
    // Shown as \u{202E} and \x{FF}.
    CHECK(at({"a", "\xE2\x80\xAE|"}, "|") == "1:2@8");
    CHECK(at({"a", "\xFF|"}, "|") == "1:2@6");
}

TEST_CASE("a byte order mark is no column") {
    const source_text text{"a", "\xEF\xBB\xBFx|\n|"};
    CHECK(text.locate(0).column == 1);
    CHECK(text.locate(3).column == 1);
    CHECK(at(text, "|") == "1:2@1");
    CHECK(end_of({"a", "\xEF\xBB\xBF"}) == "1:1@0");
}

TEST_CASE("offsets and spans past the end are the end") {
    const source_text text{"a", "abc"};
    CHECK(text.locate(1000).column == 4);
    CHECK(text.slice({1, 1000}) == "bc");
    CHECK(text.slice({1000, 2}).empty());
    CHECK(text.slice({2, 1}).empty());
}

TEST_CASE("the text is kept byte for byte") {
    const std::string bytes("\xEF\xBB\xBF\0\r\n\xFF", 7);
    CHECK(source_text{"a", bytes}.text() == bytes);
}

TEST_CASE("every offset of a difficult text lies in its own line and columns never go back") {
    const std::string bytes =
        "a\u0300\u0301\u0302b\t漢\r\n\xFF\xFE\xED\xA0\x80\r\u200D\U0001F468\u200D\U0001F469|\n";
    const source_text text{"a", bytes};
    line_column before;
    for (std::uint32_t offset = 0; offset <= bytes.size(); ++offset) {
        const auto where = text.locate(offset);
        CAPTURE(offset);
        const span line = text.line(where.line);
        CHECK(line.begin <= offset);
        CHECK(where.line >= before.line);
        if (where.line == before.line) {
            CHECK(where.column >= before.column);
            CHECK(where.cell >= before.cell);
        }
        before = where;
    }
}

TEST_CASE("a line of one endless character is one column") {
    std::string zalgo = "a";
    for (int i = 0; i < 200'000; ++i) zalgo += "\xCC\x80";
    const source_text text{"a", zalgo + "b"};
    CHECK(text.locate(400'001).column == 2);
    CHECK(text.locate(400'001).cell == 1);
}
