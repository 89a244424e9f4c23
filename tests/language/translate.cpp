// SPDX-License-Identifier: BSL-1.0
// tests/language/translate.cpp: keywords and nothing else; the laws stand in
// tests/language/laws.cpp.
#include <quytrinh/language/translate.hpp>

#include <quytrinh/base/error.hpp>
#include <quytrinh/language/keywords.hpp>
#include <quytrinh/language/parse.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace quytrinh;

namespace {

std::string to(dialect words, const std::string& text) {
    const auto out = translate(text, words);
    REQUIRE_MESSAGE(out, out.error().text(language::en));
    return *out;
}

const std::string vi = "ngôn ngữ quy trình 1, tiếng Việt\n";
const std::string en = "procedure language 1, English\n";

}  // namespace

TEST_CASE("keywords are written in the other dialect, every other byte is kept") {
    CHECK(to(dialect::en,
             "\xEF\xBB\xBFngôn ngữ quy trình 1,tiếng Việt\r\n# quy trình \"mẫu\"\n\n"
             "quy trình   QT.01 “bước một”\r  vai trò MC \"chủ trì\"   # vai trò\n"
             "\tBước 1 \"Nhận\"\n  chủ  trì MC\n  ghi chú \"\"\"bước\n  xong\"\"\"\n"
             "  Thời hạn chậm nhất 1 ngày làm việc\n  xong->kết thúc") ==
          "\xEF\xBB\xBFprocedure language 1,English\r\n# quy trình \"mẫu\"\n\n"
          "procedure   QT.01 “bước một”\r  role MC \"chủ trì\"   # vai trò\n"
          "\tStep 1 \"Nhận\"\n  lead MC\n  note \"\"\"bước\n  xong\"\"\"\n"
          "  Deadline at most 1 working day\n  done->end");
}

TEST_CASE("a text in that dialect comes back as it is, laid out or not") {
    const std::string text = vi +
                             "quy  trình QT.01 \"Thử\"\nvai trò MC \"A\"\nbước 1 \"B\"\n"
                             "chủ trì MC\n  OK -> kết thúc\n NOK → bước 1, nêu lí do\n";
    CHECK(to(dialect::vi, text) == text);
}

TEST_CASE("a synonym comes back as the first spelling, a capital as a capital") {
    const std::string text = vi +
                             "quy trình QT.01 \"Thử\"\n  Được huỷ: MC\nvai trò MC \"A\"\n"
                             "bước 1 \"B\"\n  chủ trì MC\n  xong → kết thúc\n";
    const std::string back = to(dialect::vi, to(dialect::en, text));
    CHECK(back == vi + "quy trình QT.01 \"Thử\"\n  Được hủy: MC\nvai trò MC \"A\"\n"
                       "bước 1 \"B\"\n  chủ trì MC\n  xong → kết thúc\n");
}

TEST_CASE("one spelling for several keywords is told apart by where it stands") {
    // "from" is kể từ khi, từ, từ ngày, trong; "at most" chậm nhất, tối đa, nhiều nhất; "not" khác
    // and không; "one of" two clauses; "as" two words; "end" two.
    const std::string text =
        vi +
        "quy trình QT.01 \"Thử\"\n"
        "  cách tính giờ hành chính\n"
        "  hạn chung 15 ngày làm việc từ bước 1 đến bước 2\n"
        "vai trò A \"A\"\nvai trò B \"B\"\nvai trò C \"C\"\n  được phân công ở bước 1\n"
        "nhóm N \"N\"\n  gồm A, B\n"
        "biểu mẫu BM \"Phiếu\"\n"
        "  thông tin \"Số\" là số\n  thông tin \"Hình\" là một trong \"x\", \"y\"\n"
        "hồ sơ lưu HS \"Hồ sơ\"\n  gồm một trong BM, \"Công văn\"\n"
        "  thời gian lưu 03 năm kể từ khi kết thúc\n"
        "bước 1 \"Một\"\n  chủ trì A\n  lập BM\n"
        "  phân công C, khác A, tối đa 02, trong N nếu không (\"Số\" nhiều nhất 2,5)\n"
        "  thời hạn chậm nhất 03 ngày làm việc kể từ khi nhận\n"
        "  nếu \"Số\" khác 5 và không (\"Hình\" là \"x\") → bước 2\n  còn lại → kết thúc\n"
        "bước 2 \"Hai\"\n  chủ trì như bước 1\n  thời hạn chậm nhất 1 giờ làm việc\n"
        "  OK → kết thúc\n  NOK → bước 1, tối đa 3 lần, sau đó → kết thúc\n";
    const std::string there = to(dialect::en, text);
    for (const char* piece :
         {"overall limit 15 working days from step 1 to step 2", "one of BM, \"Công văn\"",
          "kept for 03 years from the end\n",
          "assign C, not A, at most 02, from N if not (\"Số\" at most 2,5)",
          "deadline at most 03 working days from receipt", "if \"Số\" is not 5 and not (",
          "lead as step 1", "deadline at most 1 working hour\n",
          "NOK → step 1, at most 3 times, then → end\n"})
        CHECK_MESSAGE(there.find(piece) != std::string::npos, piece << " in\n" << there);
    CHECK(to(dialect::vi, there) == text);
}

TEST_CASE("a wrong text is not translated, and says what is wrong with it") {
    const auto out = translate(vi + "quy trình QT.01 \"Thử\"\n  chuyện lạ\n", dialect::en);
    REQUIRE_FALSE(out);
    CHECK(out.error().code == errc::text_is_wrong);
    CHECK(out.error().diagnostics.errors == 1);
    limits tight;
    tight.definition_bytes = 20;
    CHECK(translate(vi, dialect::en, tight).error().code == errc::limit_exceeded);
}

TEST_CASE("names that an import may bring are not missed") {
    CHECK(to(dialect::en, vi + "lấy từ tệp \"chung.quytrinh\"\nquy trình QT.01 \"Thử\"\n"
                               "bước 1 \"Nhận\"\n  chủ trì TU.CHUNG\n  xong → kết thúc\n") ==
          en + "import file \"chung.quytrinh\"\nprocedure QT.01 \"Thử\"\n"
               "step 1 \"Nhận\"\n  lead TU.CHUNG\n  done → end\n");
}
