// SPDX-License-Identifier: BSL-1.0
// tests/language/lookup_tables.cpp: cells of lookup tables are of the type of their column.
#include <quytrinh/language/parse.hpp>

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/format.hpp>
#include <quytrinh/language/translate.hpp>
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

using namespace quytrinh;

namespace {

std::string table(const std::string& row) {
    return "ngôn ngữ quy trình 1, tiếng Việt\n\n"
           "danh mục LP \"Loại phí\"\n  mục \"Thường\"\n  mục \"Nhanh\"\n\n"
           "danh mục MP \"Mức phí\"\n"
           "  cột \"Cán bộ\" là người\n"
           "  cột \"Mức\" là số\n"
           "  cột \"Từ ngày\" là ngày\n"
           "  cột \"Ban đêm\" là có hoặc không\n"
           "  cột \"Loại\" là một trong LP\n"
           "  dòng " +
           row + "\n";
}

std::vector<std::uint16_t> codes(const parsed& read) {
    std::vector<std::uint16_t> out;
    for (const diagnostic& one : read.diagnostics.items) out.push_back(one.code);
    return out;
}
std::vector<std::uint16_t> codes_of(const std::string& row) {
    return codes(parse("bảng", table(row)));
}

using cells = std::vector<std::string>;
using list = std::vector<std::uint16_t>;

}  // namespace

TEST_CASE("numbers, dates, yes and no stand in a row without quotes, or with them") {
    // A number without quotes was an error, and "abc" in a column of numbers was good.
    const cells wanted{"nv03", "2,5", "01/07/2026", "có", "Nhanh"};
    for (const std::string row : {R"("nv03", 2,5, 01/07/2026, có, "Nhanh")",
                                  R"("nv03", "2,50", "2026-07-01", "có", "Nhanh")"}) {
        INFO(row);
        const parsed read = parse("bảng", table(row));
        CHECK(codes(read).empty());
        REQUIRE(read.library);
        CHECK(read.library->find_catalogue("MP")->rows == std::vector<cells>{wanted});
    }
}

TEST_CASE("what a column does not take is refused, cell by cell") {
    CHECK(codes_of(R"("nv03", "abc", 01/07/2026, có, "Nhanh")") == list{diag::cell_of_other_type});
    CHECK(codes_of(R"("nv03", 5, "mai", 5, "Nhanh")") ==
          list{diag::cell_of_other_type, diag::cell_of_other_type});
    CHECK(codes_of(R"(5, 5, 01/07/2026, không, "Nhanh")") == list{diag::cell_of_other_type});
    CHECK(codes_of(R"("nv03", 5, 31/02/2026, có, "Nhanh")").front() == diag::no_such_date);
    CHECK(codes_of(R"("nv03", 5, 01/07/2026, có, "Chậm")") == list{diag::choice_not_offered});
    CHECK(codes_of(R"("nv03", 5, 01/07/2026, có)") == list{diag::row_of_other_width});
}

TEST_CASE("a row is formatted and translated as it is read") {
    const std::string text = table(R"("nv03", 2,5, 01/07/2026, có, "Nhanh")");
    const auto formatted = format(text);
    REQUIRE(formatted);
    CHECK(formatted->text.find(R"(dòng "nv03", 2,5, 01/07/2026, có, "Nhanh")") !=
          std::string::npos);
    const auto english = translate(text, dialect::en);
    REQUIRE(english);
    CHECK(english->find(R"(row "nv03", 2,5, 01/07/2026, yes, "Nhanh")") != std::string::npos);
    const auto back = translate(*english, dialect::vi);
    REQUIRE(back);
    CHECK(*back == text);
    // The kernel compares with the same words whatever the dialect.
    CHECK(parse("bảng", *english).library->find_catalogue("MP")->rows ==
          parse("bảng", text).library->find_catalogue("MP")->rows);
}
