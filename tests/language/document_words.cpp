// SPDX-License-Identifier: BSL-1.0
// tests/language/document_words.cpp: an officer types what the paper says: heads of columns, limits
// in the words of decisions, signs of lists, another encoding. Each is told by the clause that says
// it here, and what is certain `check --fix` writes.
#include <quytrinh/language/parse.hpp>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/fixes.hpp>
#include <quytrinh/language/edited_text.hpp>
#include <quytrinh/language/format.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace quytrinh;

namespace {

const std::string office = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Thử"
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
bước 1 "Nhận"
  chủ trì MC
  thời hạn không nêu
  xong → bước 2
bước 2 "Duyệt"
)";
/// Step 2 with these lines.
std::string with(const std::string& lines) {
    return office + lines + "\n  OK → kết thúc\n  NOK → bước 1, nêu lý do\n";
}
const std::string lead = "  chủ trì LĐ\n", limit = "  thời hạn 02 ngày\n";

std::vector<std::uint16_t> codes(const std::string& text) {
    std::vector<std::uint16_t> out;
    for (const diagnostic& one : parse("thu.quytrinh", text).diagnostics.items)
        out.push_back(one.code);
    return out;
}
/// What is left when everything certain was written.
std::string fixed(const std::string& text) {
    const auto judge = [](std::string_view now) {
        return parse("thu.quytrinh", std::string(now)).diagnostics;
    };
    return apply_safe_fixes(text, judge).text;
}
/// The whole text when every proposal is taken, certain or not.
std::string taken(std::string text) {
    parsed read = parse("thu.quytrinh", text);
    for (diagnostic& one : read.diagnostics.items)
        if (one.fix) one.fix->safe = true;
    return apply_safe_fixes(text, read.diagnostics).text;
}

struct typed {
    const char* line;
    const char* right;
};

}  // namespace

TEST_CASE("heads of the tables of agencies, and limits as they stand there, are written over") {
    for (const typed& one : std::vector<typed>{
             {"đơn vị chủ trì LĐ", "chủ trì LĐ"},
             {"Đơn vị chủ trì: LĐ", "chủ trì LĐ"},
             {"ĐƠN VỊ CHỦ TRÌ: LĐ", "chủ trì LĐ"},
             {"cơ quan chủ trì LĐ", "chủ trì LĐ"},
             {"- Bộ phận chủ trì: LĐ.", "chủ trì LĐ"},
         }) {
        INFO(std::string(one.line));
        const std::string text = with("  " + std::string(one.line) + "\n" + limit);
        CHECK(parse("thu.quytrinh", text).diagnostics.total() >= 1);
        CHECK(fixed(text) == with("  " + std::string(one.right) + "\n" + limit));
    }
    for (const typed& one : std::vector<typed>{
             {"thời gian thực hiện 03 ngày làm việc", "thời hạn 03 ngày làm việc"},
             {"thời gian thực hiện: không quá 03 ngày", "thời hạn 03 ngày"},
             {"Thời gian giải quyết: 03 (ba) ngày làm việc", "thời hạn 03 ngày làm việc"},
             {"thời hạn không quá 03 ngày làm việc", "thời hạn chậm nhất 03 ngày làm việc"},
             {"thời hạn trong vòng 3 ngày", "thời hạn chậm nhất 3 ngày"},
             {"thời hạn tối đa 03 ngày", "thời hạn chậm nhất 03 ngày"},
             {"thời hạn: Không quá 03 ngày", "thời hạn chậm nhất 03 ngày"},
             {"thời hạn chậm nhất là 03 ngày", "thời hạn chậm nhất 03 ngày"},
             {"trong vòng 3 ngày", "thời hạn 3 ngày"},
             {"tối đa 03 ngày", "thời hạn 03 ngày"},
             {"trong 24h", "thời hạn 24 giờ"},
             {"thời hạn 03 (ba) ngày", "thời hạn 03 ngày"},
             {"thời hạn 15 (mười lăm) ngày làm việc", "thời hạn 15 ngày làm việc"},
             {"thời hạn 24h", "thời hạn 24 giờ"},
             {"thời hạn 30p", "thời hạn 30 phút"},
             {"thời hạn ba ngày làm việc", "thời hạn 03 ngày làm việc"},
             {"thời hạn hai mươi mốt ngày", "thời hạn 21 ngày"},
             {"thời hạn ba (03) ngày", "thời hạn 03 ngày"},
             {"thời hạn chậm nhất là ba (03) ngày", "thời hạn chậm nhất 03 ngày"},
             {"thời hạn giải quyết: 03 ngày", "thời hạn 03 ngày"},
             {"nội dung công việc \"Ký\"", "công việc \"Ký\""},
             {"Nội dung công việc: ký giấy", "công việc \"ký giấy\""},
             {"đơn vị phối hợp MC", "phối hợp MC"},
             {"phối hợp với MC", "phối hợp MC"},
             {"• phối hợp: MC;", "phối hợp MC"},
         }) {
        INFO(std::string(one.line));
        const std::string text = with(lead + "  " + std::string(one.line));
        CHECK(parse("thu.quytrinh", text).diagnostics.errors >= 1);
        CHECK(fixed(text) == with(lead + "  " + std::string(one.right)));
    }
}

TEST_CASE("what a document may mean otherwise is proposed, and left to the author") {
    for (const typed& one : std::vector<typed>{{"người thực hiện LĐ", "chủ trì LĐ"},
                                               {"Trách nhiệm: LĐ", "chủ trì LĐ"},
                                               {"đơn vị thực hiện LĐ", "chủ trì LĐ"},
                                               {"phụ trách LĐ", "chủ trì LĐ"}}) {
        INFO(std::string(one.line));
        const std::string text = with("  " + std::string(one.line) + "\n" + limit);
        CHECK(codes(text) == std::vector<std::uint16_t>{diag::head_of_table});
        CHECK(fixed(text) == text);
        CHECK(taken(text) == with("  " + std::string(one.right) + "\n" + limit));
    }
    // Who leads is said already: which other clause is meant nobody can tell.
    const std::string twice = with(lead + limit + "  người thực hiện MC");
    CHECK(codes(twice) == std::vector<std::uint16_t>{diag::head_of_table});
    CHECK(taken(twice) == twice);
    const std::string range = with(lead + "  thời hạn 03-05 ngày");
    CHECK(codes(range) == std::vector<std::uint16_t>{diag::limit_is_range});
    CHECK(taken(range) == with(lead + "  thời hạn 05 ngày"));
    CHECK(codes(with(lead + "  thời hạn 03 (bốn) ngày")) ==
          std::vector<std::uint16_t>{diag::number_and_words_differ});
    // A second limit is not put beside the first unasked.
    const std::string second = with(lead + limit + "  trong vòng 3 ngày");
    CHECK(fixed(second) == second);
}

TEST_CASE("a step goes on behind a line that only looks like a header") {
    // `đơn vị chủ trì …` was read as a unit: the step lost its lead and all lines below it.
    const std::string text = with("  đơn vị chủ trì LĐ\n" + limit);
    CHECK(codes(text) == std::vector<std::uint16_t>{diag::head_of_table});
    CHECK(codes(office + "đơn vị PB \"Phòng ban\"\n").size() ==
          codes(office + "đơn vị PB \"Phòng ban\"\n  gọi tắt \"P\"\n").size());
    const std::string stroke = with("  Đơn vị/cá nhân thực hiện LĐ\n" + limit);
    CHECK(codes(stroke) == std::vector<std::uint16_t>{diag::stray_character});
    // Read by parts it is the same, and it is laid out as it stands.
    edited_text edited("thu.quytrinh", with(lead + limit));
    const auto at = static_cast<std::uint32_t>(edited.text().find("chủ trì LĐ"));
    REQUIRE(edited.edit({at, at}, "đơn vị "));
    CHECK(edited.reading().diagnostics.total() == 1);
    CHECK(edited.reading().diagnostics.items.at(0).code == diag::head_of_table);
    const auto plain = format(text);
    REQUIRE(plain);
    CHECK(plain->text.find("\n  đơn vị chủ trì LĐ\n  thời hạn") != std::string::npos);
}

TEST_CASE("words that agree and refuse in one step are OK and NOK, as the page says") {
    const auto right = [](const std::string& lines) {
        const parsed read = parse("thu.quytrinh", office + lead + limit + lines);
        std::vector<std::string> out;
        for (const diagnostic& one : read.diagnostics.items)
            if (one.code == diag::branch_without_keyword) out.push_back(one.args.at(1));
        return out;
    };
    CHECK(right("  Đạt → kết thúc\n  Không đạt → bước 1\n") ==
          std::vector<std::string>{"OK", "NOK"});
    CHECK(right("  Từ chối → bước 1\n  Đồng ý → kết thúc\n") ==
          std::vector<std::string>{"NOK", "OK"});
    CHECK(right("  Cần bổ sung → bước 1\n  Đạt → kết thúc\n").at(0) == "kết quả \"Cần bổ sung\"");
}

TEST_CASE("a sign is told for what it is") {
    using list = std::vector<std::uint16_t>;
    CHECK(codes(with(lead + "  thời hạn 03 ngày làm việc.")) == list{diag::mark_at_end});
    CHECK(codes(with("  + Chủ trì LĐ\n" + limit)) == list{diag::mark_at_begin});
    CHECK(codes(with(lead + "  thời hạn ....... ngày")) == list{diag::gap_left_open});
    CHECK(codes(with(lead + limit + "  công việc ____")) == list{diag::gap_left_open});
    CHECK(codes(with(lead + limit + "  công việc ‘Ký giấy’")) == list{diag::other_sign});
    CHECK(taken(with(lead + limit + "  công việc ‘Ký giấy’")) ==
          with(lead + limit + "  công việc \"Ký giấy\""));
    CHECK(codes(with(lead + limit + "  báo tin MC; LĐ")) == list{diag::other_sign});
    CHECK(codes(with(lead + limit + "  lập BM/01")) == list{diag::sign_in_code});
    CHECK(codes(with(lead + limit + "  phối hợp [MC")) == list{diag::stray_character});
    // A code in small letters is one word and no puzzle of words, marks and numbers.
    const parsed read =
        parse("thu.quytrinh", "ngôn ngữ quy trình 1, tiếng Việt\nquy trình qt.05 \"Thử\"\n");
    REQUIRE_FALSE(read.diagnostics.items.empty());
    const diagnostic& first = read.diagnostics.items.front();
    CHECK(first.code == diag::not_a_code);
    CHECK(first.args.at(0) == "qt.05");
    REQUIRE(first.fix);
    CHECK(first.fix->edits.at(0).text == "QT.05");
}

TEST_CASE("a party is found by its title, in as many words as it has") {
    CHECK(codes(with(lead + limit + "  báo tin cho Bộ phận một cửa")) ==
          std::vector<std::uint16_t>{diag::needless_word, diag::not_a_code});
    for (const char* line : {"phối hợp Bộ phận một cửa", "phối hợp bộ phận một cửa nếu OK"}) {
        const parsed read = parse("thu.quytrinh", with(lead + limit + "  " + std::string(line)));
        REQUIRE(read.diagnostics.total() == 1);
        const diagnostic& one = read.diagnostics.items.front();
        CHECK(one.code == diag::not_a_code);
        REQUIRE(one.fix);
        CHECK(one.fix->edits.at(0).text == "MC");
    }
}

TEST_CASE("a text in another encoding gets one message that names it") {
    const auto only = [](const std::string& text) {
        const parsed read = parse("thu.quytrinh", text);
        CHECK(read.diagnostics.total() == 1);
        REQUIRE_FALSE(read.diagnostics.items.empty());
        const diagnostic& one = read.diagnostics.items.front();
        return std::to_string(one.code) + " " + (one.args.empty() ? "" : one.args.at(0));
    };
    std::string tcvn3 = "ng\xABn ng\xF7 quy tr\xD7nh 1, ti\xD5ng Vi\xD6t\n";
    for (int i = 0; i < 100; ++i)
        tcvn3 +=
            "b\xAD\xED"
            "c 1 \"Ti\xD5p nh\xCBn\"\n";
    CHECK(only(tcvn3) == "17 TCVN3");
    CHECK(only("ngo\xE2n ng\xF6\xF5 quy tr\xECnh 1, tie\xE1ng Vie\xE4t\n") == "17 VNI");
    CHECK(only("ng\xF4n ng\xFD\xDE quy tri\xCCnh 1, ti\xEA\xECng Vi\xEA\xF2t\n") ==
          "17 Windows-1258");
    CHECK(only(std::string(60, '\xFF')) == "17 TCVN3, VNI, Windows-1258");
    CHECK(only(std::string("\xFF\xFE"
                           "a\0b\0",
                           6)) == "3 UTF-16");
    CHECK(only(std::string("\xFF\xFE\0\0a\0\0\0", 8)) == "3 UTF-32");
    std::string wide;
    for (const char c : std::string("procedure language 1, English\n")) (wide += c) += '\0';
    CHECK(only(wide) == "3 UTF-16");
    CHECK(only('\0' + wide.substr(0, wide.size() - 1)) == "3 UTF-16");
    // A damaged or packed file is no UTF-16, whatever zeros it has.
    CHECK(only("PK\x03\x04" + std::string(40, '\0') + "word/document.xml") == "18 40");
    CHECK(only(office + std::string(200, '\0')) == "18 200");
    // A few damaged letters are told where they stand.
    std::string damaged = office;
    damaged.replace(damaged.find("Nhận"), 2, "N\xE2");
    CHECK(codes(damaged).at(0) == diag::ill_formed_utf8);
}

TEST_CASE("what may stand in a line of a scenario is said in full") {
    const auto list = [](const std::string& lines) {
        const parsed read = parse("thu.quytrinh", with(lead + limit) +
                                                      "kịch bản \"Thử\"\n"
                                                      "  giả sử thời điểm 11/12/2023 08:00\n" +
                                                      lines);
        REQUIRE_FALSE(read.diagnostics.items.empty());
        return read.diagnostics.items.back().args.at(2);
    };
    const auto has = [](const std::string& said, std::initializer_list<const char*> words) {
        for (const char* word : words) {
            INFO(said << " lacks " << word);
            CHECK(said.find("“" + std::string(word) + "”") != std::string::npos);
        }
        CHECK(said.find("…,") == std::string::npos);
        CHECK_FALSE(said.ends_with(", …"));
    };
    has(list("  khi sao\n"), {"2 ngày sau", "đến", "sang hồ sơ", "ghi nhận quá hạn", "theo cột"});
    has(list("  khi MC mở hồ sơ\n  và sao\n"),
        {"2 ngày sau", "đến", "sang hồ sơ", "ghi nhận quá hạn", "theo cột"});
    has(list("  khi MC kiểm\n"),
        {"xong", "chọn", "mở hồ sơ", "ghi", "xác nhận đã nhận", "nhận việc", "trả việc", "giao",
         "giao lại", "có ý kiến", "hỏi", "trả lời", "đính kèm", "rút hồ sơ", "hủy hồ sơ",
         "ghi nhận sự kiện"});
    has(list("  khi MC mở hồ sơ\n  thì sao\n"),
        {"bước", "câu hỏi", "đang ở", "hồ sơ", "đã lưu", "chưa lưu", "có hồ sơ mới",
         "không có hồ sơ mới", "bị từ chối", "theo cột", "\"…\""});
    has(list("  khi MC mở hồ sơ\n  thì MC được báo về sao\n"),
        {"bước", "câu hỏi", "quá hạn", "kết thúc"});
    has(list("  khi ghi nhận quá hạn sao\n"), {"bước", "câu hỏi"});
}
