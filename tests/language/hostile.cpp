// SPDX-License-Identifier: BSL-1.0
// tests/language/hostile.cpp: texts that want to hurt: bounded in memory, work and findings, and
// never a crash.
#include <quytrinh/language/parse.hpp>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>

#include <doctest/doctest.h>

#include <quytrinh/time/calendar.hpp>
#include <quytrinh/model/procedure.hpp>

#include "support/seeded.hpp"

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

using namespace quytrinh;
using quytrinh_tests::count_of;

namespace {

const std::string head =
    "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.01 \"A\"\nvai trò A \"A\"\n";

std::string repeated(const std::string& what, std::size_t times) {
    std::string out;
    out.reserve(what.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += what;
    return out;
}

/// Reads a text that is wrong; what is found is bounded and can be shown.
parsed wrong(const std::string& text, const limits& bounds = {}) {
    parsed out = parse("thu.quytrinh", text, {}, bounds);
    CHECK_FALSE(out.ok());
    CHECK_FALSE(out.definition);
    CHECK(out.diagnostics.items.size() <= bounds.diagnostics);
    CHECK(out.diagnostics.total() >= out.diagnostics.items.size());
    for (const diagnostic& one : out.diagnostics.items) {
        CHECK(one.where.file < out.sources.size());
        CHECK(one.where.range.end <= out.sources[one.where.file].text().size());
        CHECK(find_diagnostic(one.code) != nullptr);
    }
    CHECK_FALSE(render(out.diagnostics, out.sources, language::vi).empty());
    return out;
}
std::uint16_t first_of(const parsed& out) {
    REQUIRE_FALSE(out.diagnostics.items.empty());
    return out.diagnostics.items.front().code;
}

}  // namespace

TEST_CASE("100 MB are refused by their length") {
    const parsed out = wrong(std::string(100u << 20, 'x'));
    CHECK(first_of(out) == diag::text_too_long);
    CHECK(out.sources.at(0).text().size() < 1'000);
}

TEST_CASE("texts of nothing") {
    CHECK(first_of(wrong("")) == diag::empty_text);
    CHECK(first_of(wrong("\xEF\xBB\xBF")) == diag::empty_text);
    CHECK(first_of(wrong("\n\r\n\r# chỉ có ghi chú\n")) == diag::empty_text);
    CHECK(first_of(wrong(std::string(1'000, '\0'))) == diag::not_a_text);
    CHECK(first_of(wrong("a" + std::string(3, '\0') + std::string(100, 'b'))) ==
          diag::edition_line_missing);
    CHECK(first_of(wrong("\xFE\xFF")) == diag::not_utf8);
}

TEST_CASE("100,000 parentheses") {
    limits wide;
    wide.tokens_per_line = 20'000;
    for (const std::size_t count : {std::size_t{65}, std::size_t{9'000}, std::size_t{100'000}}) {
        const std::string deep = head + "bước 1 \"A\"\n chủ trì A\n nếu " + repeated("(", count) +
                                 "OK" + repeated(")", count) + " → kết thúc\n còn lại → kết thúc\n";
        for (const limits& bounds : {limits{}, wide}) {
            const parsed out = wrong(deep, bounds);
            const std::uint16_t code = first_of(out);
            CHECK((code == diag::nested_too_deeply || code == diag::line_too_long));
        }
        const std::string open =
            head + "bước 1 \"A\"\n chủ trì A\n nếu " + repeated("(", count) + "\n";
        (void)wrong(open);
    }
    // Sixty-four are still a condition.
    const std::string most = head + "bước 1 \"A\"\n chủ trì A\n nếu " + repeated("(", 64) + "OK" +
                             repeated(")", 64) + " → kết thúc\n còn lại → kết thúc\n";
    CHECK(parse("thu", most).ok());
}

TEST_CASE("long conditions of every shape stay linear") {
    limits wide;
    wide.tokens_per_line = 20'000;
    for (const std::string piece :
         {"không ", "OK và ", "OK hoặc ", "không OK và ", "\"X\" là có và ", "(OK) và ", "A có (",
          "\"X\" có trong \"A\", "}) {
        INFO(piece);
        (void)wrong(head + "bước 1 \"A\"\n chủ trì A\n nếu " + repeated(piece, 4'000) + "\n", wide);
    }
}

TEST_CASE("identical words, lines and openings by the hundred thousand") {
    for (const std::string piece : {"bước ",
                                    "chủ trì ",
                                    "chu tri ",
                                    "thời ",
                                    "x",
                                    "xyz ",
                                    "\"",
                                    "\"\"\"",
                                    "“",
                                    "# ",
                                    "##\n",
                                    ",",
                                    ", ",
                                    ":",
                                    "->",
                                    "→",
                                    "(",
                                    "1/",
                                    "1.",
                                    "1,",
                                    "12/2023 ",
                                    "Đ",
                                    "\xC3\x90",
                                    "\xD0\x90 ",
                                    "\xFF",
                                    "\xE2\x80\xAE",
                                    "a\xCC\x80",
                                    "bước 1 \"A\"\n",
                                    "bước\n",
                                    "vai trò A \"A\"\n",
                                    "vai trò\n",
                                    "chủ trì A,\n",
                                    "lấy từ tệp \"a\"\n",
                                    "định kỳ\n",
                                    "thoi han\n",
                                    "OK → \n",
                                    "quy trình QT.02 \"B\"\n",
                                    "lead A\n",
                                    "hiểu là \"x\"\n",
                                    "\r",
                                    "\r\n",
                                    "-",
                                    "+07:00 ",
                                    "&",
                                    "A&",
                                    "A.",
                                    "a-"}) {
        INFO(piece);
        // A hundred thousand of a few; of the others as many as would show a square.
        const bool most = piece == "bước " || piece == "(" || piece == "," || piece == "\"";
        const parsed out =
            parse("thu.quytrinh",
                  head + "bước 1 \"A\"\n" + repeated(piece, most ? 100'000 : count_of(8'000)));
        CHECK(out.diagnostics.items.size() <= 100);
        (void)render(out.diagnostics, out.sources, language::en);
    }
}

TEST_CASE("many names: looked up, not searched for") {
    std::string text = head + "biểu mẫu B \"B\"\n";
    for (int i = 0; i < 3'000; ++i) text += "  thông tin \"T" + std::to_string(i) + "\" là chữ\n";
    text += "bước 1 \"A\"\n  chủ trì A\n  lập B\n";
    for (int i = 0; i < 8'000; ++i)
        text += "  phối hợp A nếu \"T" + std::to_string(i % 3'000) + "\" trong B là \"x\"\n";
    text += "  xong → kết thúc\n";
    limits bounds;
    bounds.definition_bytes = 4u << 20;
    const parsed out = parse("thu", text, {}, bounds);
    CHECK_MESSAGE(out.ok(), render(out.diagnostics, out.sources, language::en));
    // Thousands of unknown ones, each with a suggestion only while somebody reads it.
    std::string unknown = head + "bước 1 \"A\"\n  chủ trì A\n";
    for (int i = 0; i < 5'000; ++i) unknown += "  phối hợp B" + std::to_string(i) + "\n";
    const parsed many = wrong(unknown);
    CHECK(many.diagnostics.errors == 5'000);
    CHECK(many.diagnostics.items.size() == 100);
}

TEST_CASE("forms that take over the content of one another stay bounded") {
    // Each of a thousand forms would hold the fields of all before it.
    std::string text = head + "biểu mẫu F0 \"F\"\n thông tin \"A0\" là chữ\n";
    for (int i = 1; i <= 1'000; ++i)
        text += "biểu mẫu F" + std::to_string(i) + " \"F\"\n có đủ nội dung như F" +
                std::to_string(i - 1) + "\n thông tin \"A" + std::to_string(i) + "\" là chữ\n";
    const parsed out = wrong(text);
    CHECK(out.diagnostics.errors == 1);
    CHECK(first_of(out) == diag::content_too_long);

    // A circle of a thousand is told once, and no form of it twice.
    std::string circle = head;
    for (int i = 0; i < 1'000; ++i)
        circle += "biểu mẫu F" + std::to_string(i) + " \"F\"\n có đủ nội dung như F" +
                  std::to_string((i + 1) % 1'000) + "\n";
    const parsed round = wrong(circle);
    CHECK(round.diagnostics.errors == 1);
    CHECK(first_of(round) == diag::content_of_itself);
    CHECK(first_of(wrong(head + "biểu mẫu F \"F\"\n có đủ nội dung như F\n")) ==
          diag::content_of_itself);
}

TEST_CASE("limits are errors of their own") {
    limits few;
    few.steps = 3;
    std::string text = head;
    for (int i = 1; i <= 5; ++i)
        text += "bước " + std::to_string(i) + " \"A\"\n chủ trì A\n xong → kết thúc\n";
    const parsed out = wrong(text, few);
    CHECK(out.diagnostics.errors == 1);
    CHECK(first_of(out) == diag::too_many_steps);

    limits narrow;
    narrow.tokens_per_line = 10;
    CHECK(first_of(wrong(head + "nhóm B \"B\"\n gồm A, A, A, A, A, A, A, A\n", narrow)) ==
          diag::line_too_long);
    limits quiet;
    quiet.diagnostics = 2;
    const parsed counted = wrong(head + repeated("xyz\n", 50), quiet);
    CHECK(counted.diagnostics.items.size() == 2);
    CHECK(counted.diagnostics.errors == 50);

    const std::string hours = repeated("01:00-02:00, ", 8) + "23:00-24:00";
    const auto calendars = parse_calendars(
        "thu",
        "ngôn ngữ quy trình 1, tiếng Việt\nlịch A \"A\"\n phiên bản \"1\"\n làm việc thứ hai " +
            hours + "\n có dữ liệu năm 2026\n");
    REQUIRE_FALSE(calendars);
    CHECK(calendars.error().diagnostics.items.front().code == diag::too_many_hours);
    const auto never =
        parse_calendars("thu",
                        "ngôn ngữ quy trình 1, tiếng Việt\nlịch A \"A\"\n phiên bản \"1\"\n có dữ "
                        "liệu năm 2026\n làm bù 01/01/2026 \"x\"\n giờ làm bù 00:00-24:00\n nghỉ "
                        "từ ngày 01/01/2026 đến hết ngày 31/12/2026 \"nghỉ cả năm\"\n");
    REQUIRE_FALSE(never);
}

TEST_CASE("random lines of the language never crash, and the same text is judged the same") {
    const std::vector<std::string> words{"bước",
                                         "1",
                                         "2",
                                         "6a",
                                         "\"A\"",
                                         "\"B\"",
                                         "chủ trì",
                                         "A",
                                         "B",
                                         "C.1",
                                         "thời hạn",
                                         "chậm nhất",
                                         "03",
                                         "0,5",
                                         "7.5",
                                         "ngày",
                                         "ngày làm việc",
                                         "kể từ khi",
                                         "nhận",
                                         "ở",
                                         "hoàn thành",
                                         "OK",
                                         "NOK",
                                         "→",
                                         ",",
                                         "nêu lý do",
                                         "tối đa",
                                         "lần",
                                         "sau đó",
                                         "kết thúc",
                                         "nếu",
                                         "là",
                                         "có",
                                         "không",
                                         "(",
                                         ")",
                                         "và",
                                         "hoặc",
                                         "có trong",
                                         "lập",
                                         "ô",
                                         "biểu mẫu",
                                         "thông tin",
                                         "bắt buộc",
                                         "hồ sơ lưu",
                                         "gồm",
                                         "lịch",
                                         "nghỉ",
                                         "01/01/2026",
                                         "31/12",
                                         "từ ngày",
                                         "đến hết ngày",
                                         "07:30",
                                         "-",
                                         "11:30",
                                         "thứ hai",
                                         "xin ý kiến",
                                         "tại",
                                         "hỏi",
                                         "vai trò",
                                         "quy trình",
                                         "định kỳ",
                                         "lead",
                                         "chu tri",
                                         "xyz",
                                         ":",
                                         "được rút",
                                         "phân công",
                                         "khác",
                                         "trong",
                                         "mang theo",
                                         "thành",
                                         "\n",
                                         "\n",
                                         "\n",
                                         "\n",
                                         "\n",
                                         " ",
                                         "#",
                                         "\"",
                                         "\"\"\""};
    unsigned seed = std::random_device{}();
    if (const char* given = std::getenv("QUYTRINH_TEST_SEED"))
        seed = static_cast<unsigned>(std::atoi(given));
    INFO("QUYTRINH_TEST_SEED=" << seed);
    std::mt19937 random{seed};
    std::uniform_int_distribution<std::size_t> pick(0, words.size() - 1);
    for (int round = 0; round < 60; ++round) {
        std::string text = head;
        for (int i = 0; i < 200; ++i) text += words[pick(random)] + " ";
        const parsed out = parse("thu", text);
        const parsed again = parse("thu", text);
        CHECK(out.diagnostics.total() == again.diagnostics.total());
        (void)render(out.diagnostics, out.sources, language::vi);
        if (!out.definition) CHECK(out.diagnostics.errors > 0);
    }
}

TEST_CASE("a mebibyte of random lines") {
    // One finding a line, of which a hundred are kept.
    std::mt19937 random{20260101};
    std::string text = head;
    while (text.size() < count_of((1u << 20) - 200)) {
        for (int i = 0; i < 40; ++i)
            text += static_cast<char>(std::uniform_int_distribution<int>(32, 126)(random));
        text += '\n';
    }
    const parsed out = wrong(text);
    CHECK(out.diagnostics.errors > count_of(10'000));
    CHECK(out.diagnostics.items.size() == 100);
}

TEST_CASE("a host cannot raise a limit past what the stack bears") {
    limits endless;
    endless.nesting = endless.tokens_per_line = 1'000'000'000;
    const parsed out = wrong(head + "bước 1 \"A\"\n chủ trì A\n nếu " + repeated("(", 5'000) +
                                 "OK" + repeated(")", 5'000) + " → kết thúc\n còn lại → kết thúc\n",
                             endless);
    CHECK(first_of(out) == diag::nested_too_deeply);
    limits none;
    none.diagnostics = 0;
    CHECK(wrong("xyz\n", limits{}).diagnostics.errors ==
          parse("thu.quytrinh", "xyz\n", {}, none).diagnostics.errors);
}
