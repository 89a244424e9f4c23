// SPDX-License-Identifier: BSL-1.0
// tests/language/format.cpp: the layout rule by rule; its laws stand in tests/language/laws.cpp.
#include <quytrinh/language/format.hpp>

#include <quytrinh/base/error.hpp>
#include <quytrinh/language/parse.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quytrinh;

namespace {

formatted laid_out(const std::string& text) {
    auto out = format(text);
    REQUIRE_MESSAGE(out, out.error().text(language::en));
    CHECK(out->changed == (out->text != text));
    const auto again = format(out->text);
    REQUIRE(again);
    CHECK(again->text == out->text);
    CHECK_FALSE(again->changed);
    return std::move(*out);
}
std::string of(const std::string& text) { return laid_out(text).text; }

const std::string vi = "ngôn ngữ quy trình 1, tiếng Việt\n";
const std::string en = "procedure language 1, English\n";
const std::string steps = "vai trò MC \"Một cửa\"\nbước 1 \"Nhận\"\n  chủ trì MC\n";

}  // namespace

TEST_CASE("blanks, line ends, capitals and signs have one form") {
    CHECK(of("\xEF\xBB\xBFNgôn  ngữ quy trình 1 ,tiếng Việt\r\n\tQuy trình QT.01\t\"Thử\"\r\n"
             "không nêu   hồ sơ lưu  \r\n  vai trò MC \"Một cửa\"\r   Bước 1 “Nhận”\n"
             "        Chủ   trì MC\n      OK->kết thúc\nNOK   →   bước 1 , nêu lý do") ==
          vi + "quy trình QT.01 \"Thử\"\n  không nêu hồ sơ lưu\nvai trò MC \"Một cửa\"\n"
               "bước 1 \"Nhận\"\n  chủ trì MC\n  OK → kết thúc\n  NOK → bước 1, nêu lý do\n");
}

TEST_CASE("a list has a blank after its comma, a decimal keeps its own; numbers stay as typed") {
    const std::string head = vi + "quy trình QT.01 \"Thử\"\n  cách tính giờ hành chính\n";
    const std::string rest = "bước 1 \"Nhận\"\n  chủ trì MC\n  xong → kết thúc\n";
    CHECK(of(head + "  được rút :MC,MD\n" + "vai trò MC \"A\"\nvai trò MD \"B\"\n" + rest) ==
          head + "  được rút: MC, MD\n" + "vai trò MC \"A\"\nvai trò MD \"B\"\n" + rest);
    CHECK(of(head + "vai trò MC \"A\"\nbước 1 \"B\"\nchủ trì MC\nthời hạn 0,5 ngày làm việc\n"
                    "xong → kết thúc\n") ==
          head +
              "vai trò MC \"A\"\nbước 1 \"B\"\n  chủ trì MC\n  thời hạn 0,5 ngày làm việc\n"
              "  xong → kết thúc\n");
    CHECK(of(head + "vai trò MC \"A\"\nbước 1 \"B\"\nchủ trì MC\nthời hạn 03 ngày làm việc\n"
                    "xong → kết thúc\n")
              .find("03 ngày làm việc") != std::string::npos);
}

TEST_CASE("opening hours stand without blanks, parentheses hug what is in them") {
    CHECK(of(vi + "lịch L.1 \"Lịch\"\nphiên bản \"1\"\nmúi giờ +07:00\n"
                  "làm việc thứ hai đến thứ sáu 07:30 – 11:30,13:30 - 17:30\n"
                  "có dữ liệu năm 2024\n") ==
          vi + "lịch L.1 \"Lịch\"\n  phiên bản \"1\"\n  múi giờ +07:00\n"
               "  làm việc thứ hai đến thứ sáu 07:30-11:30, 13:30-17:30\n  có dữ liệu năm 2024\n");
    const std::string head = vi +
                             "quy trình QT.01 \"Thử\"\nvai trò MC \"A\"\nbiểu mẫu BM \"B\"\n"
                             "  thông tin \"Gấp\" là có hoặc không\n"
                             "bước 1 \"C\"\n  chủ trì MC\n  lập BM\n";
    CHECK(of(head + "  nếu ( \"Gấp\" là có )và không( \"Gấp\" là không)->kết thúc\n"
                    "  còn lại → kết thúc\n") ==
          head +
              "  nếu (\"Gấp\" là có) và không (\"Gấp\" là không) → kết thúc\n"
              "  còn lại → kết thúc\n");
}

TEST_CASE("a keyword is written the one way, in whatever way it was typed") {
    const std::string tail = "vai trò MC \"Một cửa\"\nbước 1 \"Nhận\"\n  chủ trì MC\n";
    CHECK(of(vi + "quy trình QT.01 \"Thử\"\n  được huỷ: MC\n" + tail +
             "  OK → kết thúc\n  NOK → bước 1, nêu lí do\n") ==
          vi + "quy trình QT.01 \"Thử\"\n  được hủy: MC\n" + tail +
              "  OK → kết thúc\n  NOK → bước 1, nêu lý do\n");
    // Without its marks, or in the other dialect: errors whose mending is certain.
    CHECK(
        of(vi + "quy trinh QT.01 \"Thử\"\n" + tail + "  thoi han khong neu\n  done → kết thúc\n") ==
        vi + "quy trình QT.01 \"Thử\"\n" + tail + "  thời hạn không nêu\n  xong → kết thúc\n");
}

TEST_CASE("English has one form where it stands, of more than one in the table") {
    const std::string head = en +
                             "procedure QT.01 \"Try\"\n  a day is a working day\n"
                             "  an hour is a working hour\nrole MC \"Desk\"\n"
                             "step 1 \"Receive\"\n  lead MC\n  done → step 2\n"
                             "step 2 \"Answer\"\n  lead MC\n";
    const auto limit = [&](const std::string& words) {
        const std::string out = of(head + "  deadline " + words + "\n  done → end\n");
        const std::size_t from = out.find("  deadline ") + 11;
        return out.substr(from, out.find('\n', from) - from);
    };
    CHECK(limit("1 days from start step 1") == "1 day from start of step 1");
    CHECK(limit("at most 2 day from completion step 1") ==
          "at most 2 days from completion of step 1");
    CHECK(limit("01 working day") == "01 working days");
    CHECK(limit("1 working days from receipt") == "1 working day from receipt");
}

TEST_CASE("clauses are indented by two, columns of a list and lines that go on by four") {
    CHECK(of(vi + "quy trình QT.01 \"Thử\"\nvai trò MC \"A\"\nbiểu mẫu BM \"B\"\n"
                  "thông tin \"Việc\" là danh sách\ncột \"Tên\" là chữ\nghi chú \"về cột\"\n"
                  "cột \"Ai\" là chữ\nthông tin \"Hạn\" là ngày\nghi chú \"về hạn\"\n"
                  "bước 1 \"C\"\nchủ trì MC\nlập BM, chỉ \"Việc\",\n\"Hạn\" nếu OK\nOK → kết thúc\n"
                  "NOK → bước 1,\nnêu lý do\n") ==
          vi + "quy trình QT.01 \"Thử\"\nvai trò MC \"A\"\nbiểu mẫu BM \"B\"\n"
               "  thông tin \"Việc\" là danh sách\n    cột \"Tên\" là chữ\n    ghi chú \"về cột\"\n"
               "    cột \"Ai\" là chữ\n  thông tin \"Hạn\" là ngày\n  ghi chú \"về hạn\"\n"
               "bước 1 \"C\"\n  chủ trì MC\n  lập BM, chỉ \"Việc\",\n    \"Hạn\" nếu OK\n"
               "  OK → kết thúc\n  NOK → bước 1,\n    nêu lý do\n");
}

TEST_CASE("an answer to a warning stands where the line below it does") {
    const auto laid = [](const std::string& lines) {
        const auto out = format("ngôn ngữ quy trình 1, tiếng Việt\n" + lines);
        REQUIRE(out);
        return out->text.substr(out->text.find('\n') + 1);
    };
    const std::string columns =
        "biểu mẫu BM \"Phiếu\"\n"
        "  thông tin \"Đợt\" là danh sách\n"
        "    cột \"Số\" là số\n"
        "    bỏ qua QT3011 vì \"thử\"\n"
        "    cột \"Lần\" là số\n"
        "  bỏ qua QT3011 vì \"thử\"\n"
        "  thông tin \"Gấp\" là có hoặc không\n"
        "bỏ qua QT5012 vì \"để sau\"\n"
        "biểu mẫu BM2 \"Phiếu\"\n"
        "  thông tin \"Số\" là số\n";
    CHECK(laid(columns) == columns);
}

TEST_CASE("one blank line before a block, at most one elsewhere, none in a short text") {
    const std::string close = vi + "quy trình QT.01 \"Thử\"\n" + steps + "  xong → kết thúc\n";
    CHECK(of(close) == close);  // short: no blank line at all
    CHECK(of("\n\n" + close + "\n\n") == close);
    CHECK(of(vi +
             "\n\n\nquy trình QT.01 \"Thử\"\n\n\n  không nêu hồ sơ lưu\nvai trò MC \"A\"\n"
             "vai trò MD \"B\"\n\n\nvai trò ME \"C\"\nbước 1 \"Nhận\"\n  chủ trì MC\n"
             "  xong → bước 2\n# về bước 2\nbước 2 \"Trả\"\n  chủ trì MD\n  xong → kết thúc\n") ==
          vi + "\nquy trình QT.01 \"Thử\"\n\n  không nêu hồ sơ lưu\n\nvai trò MC \"A\"\n"
               "vai trò MD \"B\"\n\nvai trò ME \"C\"\n\nbước 1 \"Nhận\"\n  chủ trì MC\n"
               "  xong → bước 2\n\n# về bước 2\nbước 2 \"Trả\"\n  chủ trì MD\n  xong → kết thúc\n");
}

TEST_CASE("comments stay, with what they belong to") {
    CHECK(
        of("# đầu tệp\n" + vi +
           "   # SPDX\n\n    # Phần 1\n\nquy trình QT.01 \"Thử\"   #tại chỗ \n" +
           "# về dòng dưới\nkhông nêu hồ sơ lưu\n# về dòng trên\n\n## Tài liệu của bước.  \n" +
           "vai trò MC \"Một cửa\"\n\nbước 1 \"Nhận\"\n\n# chủ trì\n\n  chủ trì MC\n"
           "  xong → kết thúc\n  # hết\n") ==
        "# đầu tệp\n" + vi + "# SPDX\n\n# Phần 1\n\nquy trình QT.01 \"Thử\"  #tại chỗ\n" +
            "  # về dòng dưới\n  không nêu hồ sơ lưu\n  # về dòng trên\n\n## Tài liệu của bước.\n" +
            "vai trò MC \"Một cửa\"\n\nbước 1 \"Nhận\"\n\n  # chủ trì\n\n  chủ trì MC\n"
            "  xong → kết thúc\n# hết\n");
}

TEST_CASE("strings keep what is in them, blocks all but their line ends") {
    const std::string head = vi + "quy trình QT.01 \"Thử\"\n";
    const std::string tail = steps + "  xong → kết thúc\n";
    CHECK(of(head + "  ghi chú “ hai  chữ ”\n" + tail) ==
          head + "  ghi chú \" hai  chữ \"\n" + tail);
    // A straight quote inside leaves Word's outside.
    CHECK(of(head + "  ghi chú “nói \"có\"”\n" + tail) == head + "  ghi chú “nói \"có\"”\n" + tail);
    CHECK(of(head + "ghi chú \"\"\"một  \r\n   hai“”\te\xCC\x81\n\n\n ba\"\"\"\n" + tail) ==
          head + "  ghi chú \"\"\"một  \n   hai“”\te\xCC\x81\n\n\n ba\"\"\"\n" + tail);
    // NFC: typed on a machine that writes marks apart.
    CHECK(of(head + "  ghi chú \"co\xCC\x81\"\n" + tail) == head + "  ghi chú \"có\"\n" + tail);
    CHECK(of(head + "  ghi chu\xCC\x81 \"a\"\n" + tail) == head + "  ghi chú \"a\"\n" + tail);
}

TEST_CASE("what is wrong is left byte for byte, and so is what stands between two wrong lines") {
    const auto out = laid_out(vi +
                              "quy trình   QT.01 \"Thử\"\n  chuyện   lạ , gì\t\n\n\n   # giữa  \n"
                              "  điều  kỳ  lạ\n\n\nvai trò  MC \"Một cửa\"\nbước 1 \"Nhận\"\n"
                              "chủ trì   MD\nxong   →   kết thúc\n");
    CHECK(out.text == vi + "\nquy trình QT.01 \"Thử\"\n  chuyện   lạ , gì\t\n\n\n   # giữa  \n"
                           "  điều  kỳ  lạ\n\nvai trò MC \"Một cửa\"\n\nbước 1 \"Nhận\"\n"
                           "chủ trì   MD\n  xong → kết thúc\n");
    CHECK(out.left == std::vector<std::uint32_t>{3, 7, 12});
}

TEST_CASE("a line of nothing but a character that cannot be seen is wrong, not blank") {
    // Dropped with the blank lines, it would have taken its error with it.
    const std::string text = vi + "quy trình QT.01 \"Thử\"\n\xE2\x80\x8B\n" + steps;
    CHECK(laid_out(text + "  xong  → kết thúc\n").text == text + "  xong → kết thúc\n");
    // An unusual blank is a blank.
    CHECK(of(vi + "quy trình QT.01 \"Thử\"\n\xC2\xA0\n" + steps + "  xong → kết thúc\n") ==
          vi + "\nquy trình QT.01 \"Thử\"\n\nvai trò MC \"Một cửa\"\n\nbước 1 \"Nhận\"\n"
               "  chủ trì MC\n  xong → kết thúc\n");
}

TEST_CASE("a block that is never closed takes nothing with it") {
    const std::string text =
        vi + "quy trình  QT.01 \"Thử\"\n  mục đích  \"\"\"một\n\n\n   hai\n\n\nba\n" + steps +
        "  xong →   kết thúc\n";
    const auto out = laid_out(text);
    CHECK(out.text == vi +
                          "\nquy trình QT.01 \"Thử\"\n  mục đích  \"\"\"một\n\n\n   hai\n\n\nba\n\n"
                          "vai trò MC \"Một cửa\"\n\nbước 1 \"Nhận\"\n  chủ trì MC\n"
                          "  xong → kết thúc\n");
    CHECK(out.left == std::vector<std::uint32_t>{3, 6, 9});
}

TEST_CASE("lines below a header that is not understood are left with it") {
    const std::string later = "định kỳ 5a  \"Báo cáo\"\n   thời gian   mỗi quý\n";
    const auto out =
        laid_out(vi + "quy trình QT.01  \"Thử\"\n" + steps + "  xong → kết thúc\n" + later);
    CHECK(out.text == vi + "quy trình QT.01 \"Thử\"\n" + steps + "  xong → kết thúc\n" + later);
    CHECK(out.left == std::vector<std::uint32_t>{7, 8});
}

TEST_CASE("imports are neither asked for nor missed") {
    CHECK(of(vi + "lấy  từ tệp \"chung.quytrinh\"\nquy trình QT.01 \"Thử\"\nbước 1 \"Nhận\"\n"
                  "chủ trì   TU.CHUNG\nxong → kết thúc\n") ==
          vi + "lấy từ tệp \"chung.quytrinh\"\nquy trình QT.01 \"Thử\"\nbước 1 \"Nhận\"\n"
               "  chủ trì TU.CHUNG\n  xong → kết thúc\n");
}

TEST_CASE("nothing, only comments, other encodings, too long") {
    CHECK(of("") == "");
    CHECK(of("\r\n \n") == "");
    CHECK(of("  # chỉ có chú thích") == "# chỉ có chú thích\n");
    const auto wide = format(std::string("\xFF\xFEn\0g\0", 6));
    REQUIRE_FALSE(wide);
    CHECK(wide.error().code == errc::text_is_wrong);
    CHECK(wide.error().diagnostics.errors == 1);
    limits tight;
    tight.definition_bytes = 20;
    const auto long_one = format(vi, tight);
    REQUIRE_FALSE(long_one);
    CHECK(long_one.error().code == errc::limit_exceeded);
}

TEST_CASE("a text in which nearly all is wrong is left whole") {
    std::string text = vi;
    for (int i = 0; i < 3'000; ++i) text += "  chuyện   lạ\n";
    const auto out = laid_out(text);
    CHECK(out.text == text);
    CHECK(out.left.size() == 3'001);
}
