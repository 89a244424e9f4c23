// SPDX-License-Identifier: BSL-1.0
// tests/testing/explore.cpp: random walks find what is wrong with a procedure, the same every time,
// and tell it in the fewest moves.
#include <quytrinh/testing/explore.hpp>

#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

using namespace quytrinh;
using quytrinh::testing::exploration;
using quytrinh::testing::explore;
using quytrinh::testing::explore_options;
using quytrinh::testing::finding;

namespace {

procedure_ptr read(const std::string& text) {
    const parsed p = parse("t.quytrinh", text, bundled_imports());
    INFO(render(p.diagnostics, p.sources, language::vi));
    REQUIRE(p.definition);
    return p.definition;
}

exploration walk(const procedure_ptr& of, std::size_t steps, std::uint64_t seed = 1,
                 std::size_t findings = 10) {
    explore_options options;
    options.steps = steps;
    options.seed = seed;
    options.findings = findings;
    return explore(of, options).value();
}

/// Five is neither more nor less than five.
const char* const with_gap = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.32 "Có lỗ hổng"
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
biểu mẫu BM.01 "Phiếu"
  thông tin "Số" là số, bắt buộc
bước 1 "Nhận"
  chủ trì MC
  lập BM.01
  thời hạn không nêu
  xong → bước 2
bước 2 "Duyệt"
  chủ trì LĐ
  thời hạn chậm nhất 02 ngày kể từ khi nhận
  OK → bước 3
  NOK → bước 1, nêu lý do
bước 3 "Chia"
  chủ trì MC
  thời hạn không nêu
  nếu "Số" lớn hơn 5 → bước 2
  nếu "Số" nhỏ hơn 5 → kết thúc
)";

/// After the second return there is no way on.
const char* const with_end = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.33 "Có ngõ cụt"
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
biểu mẫu BM.01 "Phiếu"
  thông tin "Đủ" là có hoặc không, bắt buộc
bước 1 "Nhận"
  chủ trì MC
  lập BM.01
  thời hạn không nêu
  nếu "Đủ" là có → kết thúc
  còn lại → bước 2
bước 2 "Xem lại"
  chủ trì LĐ
  thời hạn không nêu
  kết quả "Làm lại" → bước 1, tối đa 2 lần
)";

}  // namespace

TEST_CASE("a gap between conditions is found and told in the fewest moves") {
    const exploration found = walk(read(with_gap), 2'000, 1, 1);
    REQUIRE(found.findings.size() == 1);
    const finding& gap = found.findings.front();
    CHECK(gap.what == finding::kind::refused);
    CHECK(gap.step == "3");
    REQUIRE(gap.why.has_value());
    CHECK(gap.why->code == errc::no_way_on);
    // Receive, approve, and the refused one.
    CHECK(gap.moves == 3);
    CHECK(gap.moves_found >= gap.moves);
    const std::string text = write_scenario(gap.course, dialect::vi);
    INFO(text);
    CHECK(text.find("ghi \"Số\" là 5\n") != std::string::npos);
    CHECK(text.find("khi MC xong bước 3\n  thì bị từ chối\n") != std::string::npos);
    CHECK(describe(gap, language::vi).find("bước 3") != std::string::npos);
    CHECK(describe(gap, language::en).find("step 3") != std::string::npos);
    // It reads back as a test.
    const parsed back = parse("s.quytrinh", "ngôn ngữ quy trình 1, tiếng Việt\n" + text);
    INFO(render(back.diagnostics, back.sources, language::vi));
    CHECK(back.ok());
}

TEST_CASE("a dead end is found and told in the fewest moves") {
    const exploration found = walk(read(with_end), 2'000, 1, 1);
    REQUIRE(found.findings.size() == 1);
    const finding& end = found.findings.front();
    INFO(write_scenario(end.course, dialect::vi));
    CHECK(end.what == finding::kind::dead_end);
    CHECK(end.step == "2");
    // Twice there and back, and there once more.
    CHECK(end.moves == 5);
}

TEST_CASE("a text without the fault is walked without a finding") {
    std::string mended = with_gap;
    const std::string gap = "nhỏ hơn 5";
    mended.replace(mended.find(gap), gap.size(), "nhiều nhất 5");
    const exploration found = walk(read(mended), 400);
    CHECK(found.findings.empty());
    CHECK(found.steps == 400);
    CHECK(found.ended > 10);
    CHECK(found.reached.percent() > 80);
}

TEST_CASE("bundled procedures hold against random walks") {
    for (const procedure_ptr& of : bundled().procedures) {
        INFO(of->code);
        const exploration found = walk(of, 120, 7);
        for (const finding& one : found.findings) {
            MESSAGE(describe(one, language::vi));
            MESSAGE(write_scenario(one.course, of->words));
        }
        CHECK(found.findings.empty());
        CHECK(found.ended > 0);
    }
}

TEST_CASE("equal seeds walk equal ways, bounds are kept") {
    const procedure_ptr of = read(with_gap);
    const exploration a = walk(of, 200, 3), b = walk(of, 200, 3);
    CHECK(a.cases == b.cases);
    CHECK(a.ended == b.ended);
    REQUIRE(a.findings.size() == b.findings.size());
    for (std::size_t i = 0; i < a.findings.size(); ++i)
        CHECK((a.findings[i].course == b.findings[i].course));
    CHECK(walk(of, 1).steps <= 2);
    explore_options first;
    first.findings = 1;
    first.steps = 5'000;
    std::size_t told = 0;
    first.progress = [&](std::size_t, std::size_t) { ++told; };
    const exploration stopped = explore(of, first).value();
    CHECK(stopped.findings.size() == 1);
    CHECK(stopped.steps < 5'000);
    CHECK_FALSE(explore(nullptr).has_value());
}
