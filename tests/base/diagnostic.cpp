// SPDX-License-Identifier: BSL-1.0
// tests/base/diagnostic.cpp: findings as people read them, with the marker under the right
// characters.
#include <quytrinh/base/diagnostic.hpp>

#include "../support/seeded.hpp"

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/unicode.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace quytrinh;
using quytrinh_tests::count_of;

namespace {

/// A number that will never be a row, so that these tests do not depend on anyone's words.
constexpr std::uint16_t no_row = 9'999;

diagnostic finding(const source_text& text, std::string_view marked, std::string heading = {}) {
    const auto at = text.text().find(marked);
    REQUIRE(at != std::string_view::npos);
    diagnostic d;
    d.code = no_row;
    d.where.range = {static_cast<std::uint32_t>(at),
                     static_cast<std::uint32_t>(at + marked.size())};
    d.heading = std::move(heading);
    return d;
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        REQUIRE(end != std::string::npos);
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// What stands over the marker, cell by cell.
std::string over_marker(const std::vector<std::string>& shown) {
    const auto marker = std::find_if(shown.begin(), shown.end(), [](const std::string& line) {
        return line.find('^') != std::string::npos;
    });
    REQUIRE(marker != shown.end());
    const std::string& line = *(marker - 1);
    const auto from = text_width(marker->substr(0, marker->find('^')));
    const auto to =
        from + static_cast<std::uint32_t>(std::count(marker->begin(), marker->end(), '^'));
    std::string out;
    std::uint32_t cell = 0;
    for (std::size_t at = 0; at < line.size();) {
        const auto one = decode_utf8(line, at);
        REQUIRE(one.valid);
        const auto width = static_cast<std::uint32_t>(cell_width(one.code_point));
        if (cell >= from && cell + width <= to && (width > 0 || cell > from))
            out.append(line, at, one.length);
        cell += width;
        at += one.length;
    }
    return out;
}

}  // namespace

TEST_CASE("a finding: code, place, heading, line, marker") {
    const source_text text{
        "HTKH.03.quytrinh",
        "bước 2 \"Kiểm tra\"\n  thời hạn chậm nhất ngày kể từ khi nhận ở bước 1\n"};
    const auto d = finding(text, "ngày", "quy trình QT.HTKH.03 › bước 2 \"Kiểm tra\"");
    CHECK(render(d, {text}, language::vi) ==
          "lỗi[QT9999]: QT9999\n"
          "  ┌─ HTKH.03.quytrinh:2:22 · quy trình QT.HTKH.03 › bước 2 \"Kiểm tra\"\n"
          " 2│   thời hạn chậm nhất ngày kể từ khi nhận ở bước 1\n"
          "  │                      ^^^^\n");
    CHECK(lines(render(d, {text}, language::en))[0] == "error[QT9999]: QT9999");
}

TEST_CASE("levels have names in both languages") {
    const source_text text{"a", "x"};
    auto d = finding(text, "x");
    d.level = severity::warning;
    CHECK(render(d, {text}, language::vi).starts_with("cảnh báo[QT9999]: "));
    CHECK(render(d, {text}, language::en).starts_with("warning[QT9999]: "));
    d.level = severity::hint;
    CHECK(render(d, {text}, language::vi).starts_with("gợi ý[QT9999]: "));
    CHECK(render(d, {text}, language::en).starts_with("hint[QT9999]: "));
}

TEST_CASE("the words of the catalogue, its help and the arguments are used") {
    for (const catalogue_row& row : diagnostic_catalogue()) {
        diagnostic d;
        d.code = row.code;
        d.args = {"THAM SỐ 0", "THAM SỐ 1", "THAM SỐ 2", "THAM SỐ 3"};
        CAPTURE(row.code);
        CHECK(message_of(d, language::vi) == fill_in(row.vi, d.args));
        CHECK(message_of(d, language::en) == fill_in(row.en, d.args));
        CHECK(help_of(d, language::vi) == fill_in(row.help_vi, d.args));
        const std::string shown = render(d, {source_text{"a", "x"}}, language::en);
        CHECK(shown.find(fill_in(row.en, d.args)) != std::string::npos);
        CHECK((shown.find("\n  = ") != std::string::npos) == !row.help_en.empty());
    }
}

TEST_CASE("numbers are printed with at least four digits") {
    CHECK(code_text(1) == "QT0001");
    CHECK(code_text(1010) == "QT1010");
    CHECK(code_text(65'535) == "QT65535");
}

TEST_CASE("the marker stands under the right characters, wide and combining ones and tabs too") {
    for (const std::string before : {"", "ngày ", "nga\u0300y ", "漢字 ", "\t", "ab\t", "a\t漢\t",
                                     "\u202E", "\xFF", "\xEF\xBB\xBF"})
        for (const std::string marked : {"x", "chậm", "cha\u0323\u0302m", "漢字", "nh ất"}) {
            const source_text text{"a", before + marked + " sau\n"};
            CAPTURE(before);
            CAPTURE(marked);
            CHECK(over_marker(lines(render(finding(text, marked), {text}, language::vi))) ==
                  marked);
        }
}

TEST_CASE("the cells before a marker are those of a terminal, counted by hand") {
    // Not by cell_width, which would make the same mistake twice. Each text takes so many cells.
    const std::pair<const char*, std::size_t> texts[] = {
        {"", 0},
        {"ngày ", 5},                // precomposed
        {"nga\u0300y ", 5},          // combining grave
        {"ế\u0323 ", 2},             // a mark on a precomposed letter
        {"漢字 ", 5},                // East Asian wide
        {"Ａ ", 3},                  // fullwidth Latin
        {"ｶ ", 2},                   // halfwidth katakana
        {"한 ", 3},                  // a Hangul syllable …
        {"\u1112\u1161\u11AB ", 3},  // … and the same in conjoining letters
        {"ก็ ", 2},                   // a Thai vowel above
        {"🙂 ", 3},                // emoji
        {"🙂🙂 ", 5},            //
        {"🇻🇳 ", 3},                  // a flag: two letters that are one character
        {"\t", 4},                   // to the next stop
        {"漢\t", 4},                 //
        {"漢字\t", 8},               //
        {"🙂\té\t", 8},           //
        {"\u200B", 8},               // shown as \\u{200B}
        {"→ ", 2},                   // ambiguous, narrow here
    };
    for (const auto& one : texts) {
        const std::string before = one.first;
        const source_text text{"a", before + "X sau"};
        const auto shown = lines(render(finding(text, "X"), {text}, language::vi));
        INFO(shown[2]);
        CHECK(shown[3].find('^') - std::string_view("  │ ").size() == one.second);
    }
    const source_text text{"a", "x 🇻🇳漢e\u0301 sau"};
    const auto shown = lines(render(finding(text, "🇻🇳漢e\u0301"), {text}, language::vi));
    CHECK(shown[1] == "  ┌─ a:1:3");
    CHECK(shown[3] == "  │   ^^^^^");
}

TEST_CASE("tabs are printed as spaces, so that no terminal can move the line against its marker") {
    const source_text text{"a", "\tmột\thai\n"};
    const auto shown = render(finding(text, "hai"), {text}, language::vi);
    CHECK(shown.find('\t') == std::string::npos);
    CHECK(lines(shown)[2] == " 1│     một hai");
    CHECK(lines(shown)[3] == "  │         ^^^");
}

TEST_CASE("an empty range, the end of a line and the end of the text get one mark") {
    const source_text text{"a", "ab\ncd"};
    for (const span range : {span{0, 0}, span{2, 2}, span{2, 3}, span{5, 5}, span{90, 99}}) {
        diagnostic d;
        d.code = no_row;
        d.where.range = range;
        const auto shown = lines(render(d, {text}, language::vi));
        CAPTURE(range.begin);
        REQUIRE(shown.size() == 4);
        CHECK(std::count(shown[3].begin(), shown[3].end(), '^') == 1);
    }
    const source_text empty{"a", ""};
    diagnostic d;
    d.code = no_row;
    CHECK(render(d, {empty}, language::vi) == "lỗi[QT9999]: QT9999\n  ┌─ a:1:1\n 1│\n  │ ^\n");
}

TEST_CASE("a range of several lines is marked on its first") {
    const source_text text{"a", "một \"hai\r\nba\" bốn\n"};
    const auto shown = lines(render(finding(text, "\"hai\r\nba\""), {text}, language::vi));
    REQUIRE(shown.size() == 4);
    CHECK(shown[2] == " 1│ một \"hai");
    CHECK(shown[3] == "  │     ^^^^");
}

TEST_CASE("a very long line is cut around the marker") {
    std::string line;
    for (int i = 0; i < 3000; ++i) line += "ậb ";
    const source_text text{"a", line + "ĐÂY " + line};
    const auto shown = lines(render(finding(text, "ĐÂY"), {text}, language::vi));
    CHECK(over_marker(shown) == "ĐÂY");
    CHECK(text_width(shown[2]) < 130);
    CHECK(shown[2].find("│ …") != std::string::npos);
    CHECK(shown[2].ends_with("…"));
    CHECK(shown[1] == "  ┌─ a:1:9001");

    const source_text one_token{"a", std::string(100'000, 'x')};
    const auto whole =
        lines(render(finding(one_token, one_token.text()), {one_token}, language::vi));
    CHECK(whole[2].ends_with("…"));
    CHECK(text_width(whole[2]) < 130);
    CHECK(text_width(whole[3]) < 130);
}

TEST_CASE("a marker near the end of a long line still has its line before it") {
    const source_text text{"a", std::string(500, 'x') + " cuối"};
    const auto shown = lines(render(finding(text, "cuối"), {text}, language::vi));
    CHECK(over_marker(shown) == "cuối");
    CHECK_FALSE(shown[2].ends_with("…"));
}

TEST_CASE("nothing in a text, a heading or a name can forge output or move the cursor") {
    const source_text text{"a\nb\x1B[2J", "x \x1B[31m\u202E y\xFF\n"};
    auto d = finding(text, "y", "bước\n\u202E");
    d.args = {"\x1B]0;"};
    const std::string shown = render(d, {text}, language::vi);
    CHECK(lines(shown).size() == 4);
    CHECK(shown.find('\x1B') == std::string::npos);
    CHECK(shown.find("\u202E") == std::string::npos);
    CHECK_FALSE(first_ill_formed(shown));
    CHECK(over_marker(lines(shown)) == "y");
    d.heading = std::string(100'000, 'h');
    CHECK(render(d, {text}, language::vi).size() < 2'000);
}

TEST_CASE("a place in a text that is not at hand has no line") {
    diagnostic d;
    d.code = no_row;
    d.where.file = 7;
    d.heading = "quy trình A";
    CHECK(render(d, {}, language::vi) == "lỗi[QT9999]: QT9999\n  ┌─ quy trình A\n");
}

TEST_CASE("related places are shown with their own lines, numbers aligned") {
    std::string body = "bước 1\n";
    for (int i = 0; i < 120; ++i) body += "\n";
    const source_text text{"a", body + "bước 1 lại\n"};
    auto d = finding(text, "lại");
    related_place first;
    first.message = no_row;
    first.where.range = {0, 4};
    d.related.push_back(first);
    CHECK(render(d, {text}, language::vi) ==
          "lỗi[QT9999]: QT9999\n"
          "   ┌─ a:122:8\n"
          "122│ bước 1 lại\n"
          "   │        ^^^\n"
          "   ├─ a:1:1 · QT9999\n"
          "  1│ bước 1\n"
          "   │ ^^^\n");
}

TEST_CASE("a fix of one edit is said in words") {
    const source_text text{"a", "chậm nhat\n"};
    auto d = finding(text, "nhat");
    d.fix = text_fix{true, {{d.where, "nhất"}}};
    CHECK(lines(render(d, {text}, language::vi)).back() == "  = sửa tự động được: “nhat” → “nhất”");
    CHECK(lines(render(d, {text}, language::en)).back() ==
          "  = can be fixed automatically: “nhat” → “nhất”");
    d.fix->safe = false;
    CHECK(lines(render(d, {text}, language::en)).back() ==
          "  = possible fix, to be reviewed: “nhat” → “nhất”");
    d.fix->edits[0].text.clear();
    CHECK(lines(render(d, {text}, language::vi)).back() ==
          "  = có thể sửa, cần xem lại: bỏ “nhat”");
    // The end of a line that is put in is not shown; one inside is.
    d.fix->edits[0] = {{0, {0, 0}}, "Đ\n"};
    CHECK(lines(render(d, {text}, language::vi)).back() == "  = có thể sửa, cần xem lại: thêm “Đ”");
    d.fix->edits[0].text = "Đ\nE\n";
    CHECK(lines(render(d, {text}, language::vi)).back() ==
          "  = có thể sửa, cần xem lại: thêm “Đ\\u{0A}E”");
}

TEST_CASE("findings are counted, kept up to the limit, and sorted by place") {
    diagnostic_list list;
    for (std::uint32_t i = 0; i < 10; ++i) {
        diagnostic d;
        d.code = static_cast<std::uint16_t>(no_row - i % 2);
        d.level = i % 3 == 0 ? severity::warning : severity::error;
        d.where = {i % 2, {100 - i, 100}};
        list.add(d, 6);
    }
    CHECK(list.items.size() == 6);
    CHECK(list.errors == 6);
    CHECK(list.warnings == 4);
    CHECK(list.total() == 10);
    CHECK_FALSE(list.ok());
    list.sort();
    CHECK(std::is_sorted(list.items.begin(), list.items.end(),
                         [](const diagnostic& a, const diagnostic& b) {
                             return std::pair{a.where.file, a.where.range.begin} <
                                    std::pair{b.where.file, b.where.range.begin};
                         }));
}

TEST_CASE("the list ends with its count, and with how many are not shown") {
    const source_text text{"a", "x"};
    const auto closing = [&](std::uint32_t errors, std::uint32_t warnings, std::uint32_t hints,
                             std::size_t keep, language words) {
        diagnostic_list list;
        auto d = finding(text, "x");
        for (std::uint32_t i = 0; i < errors; ++i) list.add(d, keep);
        d.level = severity::warning;
        for (std::uint32_t i = 0; i < warnings; ++i) list.add(d, keep);
        d.level = severity::hint;
        for (std::uint32_t i = 0; i < hints; ++i) list.add(d, keep);
        return lines(render(list, {text}, words)).back();
    };
    CHECK(closing(5, 1, 0, 100, language::vi) == "5 lỗi, 1 cảnh báo");
    CHECK(closing(5, 1, 0, 100, language::en) == "5 errors, 1 warning");
    CHECK(closing(1, 2, 3, 100, language::en) == "1 error, 2 warnings, 3 hints");
    CHECK(closing(0, 0, 0, 100, language::en) == "0 errors");
    CHECK(closing(300, 0, 0, 100, language::vi) == "300 lỗi (còn 200 không hiện ở đây)");
    CHECK(closing(300, 0, 0, 100, language::en) == "300 errors (200 more not shown)");
}

TEST_CASE("many findings in one line of 200 KB have the places they would have alone") {
    std::string line;
    while (line.size() < 200'000) line += "ậ漢x\t";
    const source_text text{"a", line};
    // A hundred; fewer in a quick run.
    const auto many = static_cast<std::uint32_t>(count_of(88)) + 12;
    diagnostic_list list;
    for (std::uint32_t i = 0; i < many; ++i) {
        diagnostic d;
        d.code = no_row;
        d.where.range = {i * 1'999, i * 1'999 + 3};
        list.add(d);
    }
    // Also out of order: the memory of the last place must not be trusted blindly.
    std::swap(list.items[10], list.items[many - 10]);
    std::string one_by_one;
    for (const auto& d : list.items) {
        const std::string alone = render(d, {text}, language::vi);
        const auto where = text.locate(d.where.range.begin);
        CHECK(alone.find(":1:" + std::to_string(where.column) + "\n") != std::string::npos);
        one_by_one += alone + "\n";
    }
    CHECK(render(list, {text}, language::vi) == one_by_one + std::to_string(many) + " lỗi\n");
}
