// SPDX-License-Identifier: BSL-1.0
// tests/testing/generate.cpp: scenarios that nobody wrote cover everything that can be, none of
// them in vain, and say of the rest that it is beyond reach.
#include <quytrinh/testing/generate.hpp>

#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace quytrinh;
using quytrinh::testing::cover;
using quytrinh::testing::generate_options;
using quytrinh::testing::generate_scenarios;
using quytrinh::testing::generated;

namespace {

procedure_ptr bundled_one(std::string_view code) {
    for (const procedure_ptr& one : bundled().procedures)
        if (one->code == code) return one;
    return nullptr;
}

procedure_ptr read(const std::string& text) {
    const parsed p = parse("t.quytrinh", text, bundled_imports());
    INFO(render(p.diagnostics, p.sources, language::vi));
    REQUIRE(p.definition);
    return p.definition;
}

std::string file_of(const generated& made, dialect words) {
    std::string text = words == dialect::vi ? "ngôn ngữ quy trình 1, tiếng Việt\n"
                                            : "procedure language 1, English\n";
    for (const scenario& one : made.scenarios.items) text += write_scenario(one, words);
    return text;
}

/// A choice that hangs on two fields of an earlier step, a number with a border, a loop that is
/// counted, joint leads, a channel, an outside event.
const char* const winding = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.30 "Quanh co"
  một ngày là ngày làm việc
  hạn chung 20 ngày làm việc
vai trò MC "Bộ phận một cửa"
vai trò CM "Phòng chuyên môn"
vai trò LĐ "Lãnh đạo đơn vị"
vai trò VT "Văn thư"
bên ngoài KH "Khách hàng"
biểu mẫu BM.01 "Tờ trình"
  thông tin "Số tiền" là số, bắt buộc
  thông tin "Khẩn" là có hoặc không
  thông tin "Nhóm" là một trong "A", "B", "C", bắt buộc
bước 1 "Tiếp nhận"
  chủ trì MC
  lập BM.01
  thời hạn không nêu
  xong → bước 2
bước 2 "Chia việc"
  chủ trì CM, VT
  hình thức "email", "công văn"
  thời hạn chậm nhất 02 ngày kể từ khi nhận nếu hình thức là "email"
  thời hạn chậm nhất 05 ngày kể từ khi nhận
  nếu "Số tiền" lớn hơn 100 và "Khẩn" là có → bước 3
  nếu "Số tiền" lớn hơn 100 → bước 4
  nếu "Nhóm" là "C" → bước 4
  còn lại → bước 5
bước 3 "Hỏi khách hàng"
  chủ trì KH
  người ghi nhận MC
  thời hạn chậm nhất 03 ngày kể từ sự kiện "khách hàng nhận thư"
  OK → bước 4
  NOK → bước 3, nêu lý do, tối đa 2 lần, sau đó → bước 5
bước 4 "Duyệt"
  chủ trì LĐ
  khác người ở bước 2
  thời hạn chậm nhất 01 ngày kể từ khi nhận
  OK → bước 5
  NOK → bước 1, nêu lý do
bước 5 "Trả kết quả"
  chủ trì MC
  thời hạn chậm nhất 01 ngày kể từ khi nhận
  xong → kết thúc "Đã trả"
)";

/// A loop that hangs on fields: `mends` says whether a case can get out of it.
std::string looping(bool mends) {
    return std::string(R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.33 "Vòng theo thông tin"
vai trò MC "Một cửa"
vai trò LĐ "Lãnh đạo"
biểu mẫu P "Phiếu"
  thông tin "Đủ" là có hoặc không, bắt buộc
  thông tin "Số lỗi" là số, bắt buộc
bước 1 "Nhận"
  chủ trì MC
  lập P
  thời hạn 02 ngày
  xong → bước 2
bước 2 "Kiểm tra"
  chủ trì LĐ
  dùng P
  thời hạn 02 ngày
  nếu "Đủ" là không → bước 3
  nếu "Số lỗi" lớn hơn 3 → bước 3
  còn lại → kết thúc "Đạt"
bước 3 "Sửa"
  chủ trì MC
)") + (mends ? "  lập P\n" : "") +
           "  thời hạn 01 ngày\n  xong → bước 2\n";
}

}  // namespace

TEST_CASE("every bundled procedure is covered whole, by scenarios that read back as they are") {
    for (const procedure_ptr& of : bundled().procedures) {
        INFO(of->code);
        const generated made = generate_scenarios(of).value();
        INFO(to_text(made.reached, language::vi));
        CHECK(made.reached.percent() == 100);
        CHECK(made.unreached.empty());
        CHECK(made.scenarios.items.size() <= 5);
        const parsed back = parse("s.quytrinh", file_of(made, of->words));
        INFO(render(back.diagnostics, back.sources, language::vi));
        REQUIRE(back.ok());
        REQUIRE(back.scenarios);
        CHECK((back.scenarios->items == made.scenarios.items));
    }
}

TEST_CASE("no scenario is in vain: what each covers alone, the others do not cover") {
    const procedure_ptr of = bundled_one("QT.CTCL.B");
    const generated made = generate_scenarios(of).value();
    REQUIRE(made.scenarios.items.size() > 1);
    for (const scenario& one : made.scenarios.items) {
        const auto alone = [&](const auto& item) { return item.first == one.title; };
        CHECK(std::any_of(made.reached.items().begin(), made.reached.items().end(), alone));
    }
}

TEST_CASE("fields that later conditions read are filled with what leads everywhere") {
    const procedure_ptr of = read(winding);
    const generated made = generate_scenarios(of).value();
    INFO(to_text(made.reached, language::vi));
    for (const auto& one : made.unreached) {
        MESSAGE(describe(one.item, *of, language::vi));
        if (one.why) MESSAGE(one.why->text(language::vi));
    }
    CHECK(made.reached.percent() == 100);
    CHECK(made.reached.times(cover::used_up, "3", 1).value_or(0) > 0);
}

TEST_CASE("equal texts and options give equal scenarios") {
    const procedure_ptr of = read(winding);
    CHECK((generate_scenarios(of).value().scenarios.items ==
           generate_scenarios(of).value().scenarios.items));
}

TEST_CASE("what cannot be reached is said, and nothing goes on for ever") {
    const procedure_ptr of = read(R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.31 "Có chỗ không đến được"
vai trò MC "Bộ phận một cửa"
biểu mẫu BM.01 "Phiếu"
  thông tin "Số" là số, bắt buộc
bước 1 "Nhận"
  chủ trì MC
  lập BM.01
  thời hạn không nêu
  nếu "Số" lớn hơn 5 và "Số" nhỏ hơn 3 → bước 2
  còn lại → kết thúc
bước 2 "Không ai đến"
  chủ trì MC
  thời hạn chậm nhất 01 ngày kể từ khi nhận
  xong → kết thúc
)");
    std::size_t told = 0;
    generate_options options;
    options.progress = [&](std::size_t, std::size_t) { ++told; };
    const generated made = generate_scenarios(of, options).value();
    CHECK(told == made.tried);
    CHECK(made.tried < 40);
    std::vector<std::string> left;
    for (const auto& one : made.unreached) left.push_back(describe(one.item, *of, language::vi));
    CHECK(left ==
          std::vector<std::string>{"bước 1: chưa đi nhánh này", "bước 2 chưa hoàn thành lần nào",
                                   "bước 2: chưa lần nào đúng hạn", "bước 2: chưa lần nào quá hạn",
                                   "bước 2: chưa đi nhánh này"});
    CHECK(made.reached.times(cover::branch, "1", 1) == 1);
}

/// A loop that asked a field which nobody wrote again was walked till the moves were spent: three
/// scenarios of 540 lines each.
TEST_CASE("a case that cannot end is told up to the last move that covered something") {
    const procedure_ptr of = read(looping(false));
    const generated made = generate_scenarios(of).value();
    CHECK(made.reached.percent() == 100);
    CHECK_FALSE(made.gave_up.has_value());
    const std::string text = file_of(made, dialect::vi);
    INFO(text);
    CHECK(std::count(text.begin(), text.end(), '\n') < 50);
}

TEST_CASE("fields are written anew to leave a loop, and each case comes to its end") {
    const procedure_ptr of = read(looping(true));
    const generated made = generate_scenarios(of).value();
    CHECK(made.reached.percent() == 100);
    for (const scenario& one : made.scenarios.items) {
        const std::string text = write_scenario(one, dialect::vi);
        INFO(text);
        CHECK(text.find("thì hồ sơ kết thúc \"Đạt\"") != std::string::npos);
        CHECK(one.lines.size() < 25);
    }
}

TEST_CASE("a search that is ended by a bound says which one, and what that left uncovered") {
    const procedure_ptr of = read(winding);
    const auto stopped_by = [&](const generate_options& options) {
        const generated made = generate_scenarios(of, options).value();
        REQUIRE(made.gave_up);
        CHECK(made.gave_up->code == errc::limit_exceeded);
        CHECK_FALSE(made.unreached.empty());
        for (const auto& one : made.unreached) CHECK(one.why.has_value());
        return made.gave_up->args.front();
    };
    generate_options options;
    options.tries = 1;
    CHECK(stopped_by(options) == "tries");
    options = {};
    options.scenarios = 1;
    CHECK(stopped_by(options) == "scenarios");
    options = {};
    options.effort = 1'500;
    CHECK(stopped_by(options) == "effort");
    // Moves are spent in each case: no bound of the search, but the reason for what is left.
    options = {};
    options.moves = 2;
    const generated cut = generate_scenarios(of, options).value();
    CHECK_FALSE(cut.gave_up.has_value());
    REQUIRE_FALSE(cut.unreached.empty());
    for (const auto& one : cut.unreached) {
        INFO(describe(one.item, *of, language::vi));
        REQUIRE(one.why);
        CHECK(one.why->args == std::vector<std::string>{"moves", "2"});
    }
    CHECK(cut.unreached.front().why->text(language::vi) ==
          "vượt giới hạn số việc của một hồ sơ đi thử: cho phép 2");
}

/// Three hundred steps with loops on sixty fields took minutes, and nothing said for how long.
TEST_CASE("a hostile text is given up after a bounded effort") {
    std::string text =
        "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.34 \"Dài\"\n"
        "vai trò MC \"Một cửa\"\nbiểu mẫu P \"Phiếu\"\n";
    const auto field = [](int n) { return "\"F" + std::to_string(n % 60) + "\""; };
    for (int n = 0; n < 60; ++n) text += "  thông tin " + field(n) + " là số, bắt buộc\n";
    constexpr int steps = 120;
    for (int n = 1; n <= steps; ++n) {
        const std::string number = std::to_string(n);
        text += "bước " + number + " \"B\"\n  chủ trì MC\n" + (n == 1 ? "  lập P\n" : "") +
                "  thời hạn 02 ngày\n  nếu " + field(n) + " lớn hơn " + number + " và " +
                field(7 * n) + " nhỏ hơn " + number + " và " + field(13 * n) + " khác " + number +
                " → bước " + std::to_string(std::max(1, n - 5)) + "\n  còn lại → " +
                (n < steps ? "bước " + std::to_string(n + 1) : std::string("kết thúc")) + "\n";
    }
    generate_options options;
    options.effort = 1'000'000;
    const generated made = generate_scenarios(read(text), options).value();
    REQUIRE(made.gave_up);
    CHECK(made.gave_up->args.front() == "effort");
    CHECK_FALSE(made.unreached.empty());
    CHECK(file_of(made, dialect::vi).size() < 200'000);
}

TEST_CASE("bounds are kept, and a procedure that cannot be opened is refused with its reason") {
    const procedure_ptr of = bundled_one("QT.CTCL.B");
    generate_options one;
    one.scenarios = 1;
    CHECK(generate_scenarios(of, one).value().scenarios.items.size() == 1);
    generate_options short_of_moves;
    short_of_moves.moves = 3;
    short_of_moves.tries = 5;
    const generated cut = generate_scenarios(of, short_of_moves).value();
    CHECK(cut.tried <= 5);
    CHECK_FALSE(cut.unreached.empty());
    CHECK_FALSE(generate_scenarios(nullptr).has_value());
    generate_options early;
    early.start = read_instant("01/01/1999 08:00", std::chrono::minutes{420});
    // QT.HTKH.03 counts in a calendar without that year.
    const auto refused = generate_scenarios(bundled_one("QT.HTKH.03"), early);
    if (!refused) CHECK(refused.error().code == errc::year_without_data);
}

TEST_CASE(
    "fields hold what their type, choices and names suggest; two of one title are told apart") {
    const procedure_ptr of = read(R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.32 "Đăng ký xe"
vai trò NĐK "Người đăng ký"
vai trò VP "Văn phòng"
danh mục LOAI "Loại xe"
  mục "4 chỗ"
  mục "7 chỗ"
biểu mẫu PĐK "Phiếu đăng ký xe"
  thông tin "Nơi đến" là chữ, bắt buộc
  thông tin "Điện thoại liên hệ" là chữ, bắt buộc
  thông tin "Ngày đi" là ngày, bắt buộc
  thông tin "Ngày nhận phiếu" là ngày, bắt buộc
  thông tin "Số ngày" là số, bắt buộc
  thông tin "Loại xe" là một trong LOAI, bắt buộc
  thông tin "Người đi" là danh sách, bắt buộc
    cột "Họ tên" là chữ
    cột "Số người" là số
bước 1 "Đăng ký"
  chủ trì NĐK
  lập PĐK
  thời hạn không nêu
  xong → bước 2
bước 2 "Bố trí"
  chủ trì VP
  thời hạn 02 ngày nếu "Số ngày" lớn hơn 7
  thời hạn 01 ngày
  xong → kết thúc
)");
    const generated made = generate_scenarios(of).value();
    CHECK(made.reached.percent() == 100);
    const std::string text = file_of(made, dialect::vi);
    INFO(text);
    for (const char* part :
         {"\"Nơi đến\" là \"Nơi đến (thử)\"", "\"Điện thoại liên hệ\" là \"0900 000 000\"",
          "\"Ngày đi\" là 12/01/2024", "\"Ngày nhận phiếu\" là 02/01/2024", "\"Số ngày\" là 3",
          "\"Loại xe\" là \"4 chỗ\"", "\"Người đi\" là (\"nv01\", 2)", "“Số ngày” là 8"})
        CHECK_MESSAGE(text.find(part) != std::string::npos, part);
    CHECK(text.find("ví dụ") == std::string::npos);
}
