// SPDX-License-Identifier: BSL-1.0
// tests/language/silence.cpp: `bỏ qua QT4015 vì "…"`: one line answers for one finding, with a
// reason, and never for an error.
#include <quytrinh/check/check.hpp>
#include <quytrinh/language/parse.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include <support/findings.hpp>

#include <string>

using namespace quytrinh;
using list = std::vector<std::string>;

namespace {

std::string text(const std::string& two, const std::string& head = {}) {
    return "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.01 \"Thử\"\n" + head +
           "  không nêu hồ sơ lưu\nvai trò A \"Bên A\"\n"
           "bước 1 \"Gửi\"\n  chủ trì A\n  thời hạn 01 ngày\n  xong → bước 2\n" +
           two;
}
list found(const std::string& whole) {
    const parsed p = parse("a.quytrinh", whole);
    list all = findings::names(p.diagnostics);
    if (p.definition != nullptr)
        for (auto& name : findings::names(check(*p.definition))) all.push_back(std::move(name));
    return all;
}

}  // namespace

TEST_CASE("a finding about the header of a block is answered inside of it, or above the header") {
    const std::string end = "  xong → kết thúc\n";
    CHECK(found(text("bước 2 \"Ký\"\n  chủ trì A\n" + end)) == list{"limit_not_written"});
    CHECK(
        found(text("bước 2 \"Ký\"\n  chủ trì A\n  bỏ qua QT4015 vì \"ký ngay\"\n" + end)).empty());
    CHECK(found(text("bỏ qua QT4015 vì \"ký ngay\"\n\n# chú thích\nbước 2 \"Ký\"\n  chủ trì A\n" +
                     end))
              .empty());
}

TEST_CASE("only the line below: the same finding elsewhere stays, and a spare answer is told") {
    const std::string two =
        "bước 2 \"Ký\"\n  chủ trì A\n  bỏ qua QT4015 vì \"ký ngay\"\n  xong → bước 3\n"
        "bước 3 \"Trả\"\n  chủ trì A\n  xong → kết thúc\n";
    CHECK(found(text(two)) == list{"limit_not_written"});
    CHECK(found(text("bước 2 \"Ký\"\n  chủ trì A\n  thời hạn 01 ngày\n  bỏ qua QT4015 vì \"x\"\n"
                     "  xong → kết thúc\n")) == list{"silence_unneeded"});
    // Twice is once too often.
    CHECK(found(text("bước 2 \"Ký\"\n  chủ trì A\n  bỏ qua QT4015 vì \"a\"\n"
                     "  bỏ qua QT4015 vì \"b\"\n  xong → kết thúc\n")) == list{"silence_unneeded"});
}

TEST_CASE("two answers in a row speak of the same line below them") {
    CHECK(found(text("bước 2 \"Ký\"\n  chủ trì A\n  thời hạn 01 ngày\n  OK → kết thúc\n"
                     "  bỏ qua QT3011 vì \"a\"\n  bỏ qua QT4015 vì \"b\"\n"
                     "  NOK → bước 1, tối đa 2 lần\n")) == list{"silence_unneeded"});
}

TEST_CASE("errors, unknown codes and missing reasons are refused") {
    const auto with = [&](const std::string& line) {
        return found(text("bước 2 \"Ký\"\n  chủ trì A\n  thời hạn 01 ngày\n  " + line +
                          "\n  xong → kết thúc\n"));
    };
    CHECK(with("bỏ qua QT3006 vì \"a\"") == list{"silence_of_error"});
    CHECK(with("bỏ qua QT9999 vì \"a\"") == list{"silence_of_no_code"});
    CHECK(with("bỏ qua QT3901 vì \"a\"") == list{"silence_of_no_code"});
    CHECK(with("bỏ qua QT4015").size() == 1);
    CHECK(with("bỏ qua QT4015 vì").size() == 1);
    CHECK(with("bỏ qua QT4015 vì \"\"").size() == 1);
}

TEST_CASE("what the reader of the text warns of is answered too") {
    const std::string twins =
        "vai trò HTA \"x\"\nvai trò HTÂ \"y\"\n"
        "bước 2 \"Ký\"\n  chủ trì HTA\n  phối hợp HTÂ\n  thời hạn 01 ngày\n"
        "  xong → kết thúc\n";
    CHECK(found(text(twins)) == list{"code_nearly_taken"});
    std::string answered = twins;
    answered.insert(answered.find("vai trò HTÂ"), "bỏ qua QT2028 vì \"tên cũ\"\n");
    CHECK(found(text(answered)).empty());
}

TEST_CASE("an answer changes the text, not what is run by it") {
    const std::string plain = "bước 2 \"Ký\"\n  chủ trì A\n  thời hạn 01 ngày\n  xong → kết thúc\n";
    std::string answered = plain;
    answered.insert(answered.find("  xong"), "  bỏ qua QT4021 vì \"nguồn ghi vậy\"\n");
    const auto a = parse("a", text(plain, "  hạn chung 10 ngày\n"));
    const auto b = parse("a", text(answered, "  hạn chung 10 ngày\n"));
    REQUIRE(a.definition);
    REQUIRE(b.definition);
    CHECK(a.definition->steps == b.definition->steps);
    CHECK(b.definition->silences.size() == 1);
    CHECK(b.definition->silences[0].reason == "nguồn ghi vậy");
    CHECK_FALSE(a.definition->same_meaning(*b.definition));  // the formatter must keep the line
}
