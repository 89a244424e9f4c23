// SPDX-License-Identifier: BSL-1.0
// tests/testing/coverage.cpp: what cases have touched of a procedure. Each test leaves something
// out and asks whether exactly that is said to be missing.
#include <quytrinh/testing/coverage.hpp>

#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/world.hpp>

#include <doctest/doctest.h>

#include <functional>

using namespace quytrinh;
using quytrinh::testing::cover;
using quytrinh::testing::coverage;
using quytrinh::testing::coverage_item;
using quytrinh::testing::world;
using quytrinh::testing::world_options;

namespace {

const char* const everything = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.02 "Cấp giấy phép"
  một ngày là ngày làm việc
  hạn chung 10 ngày làm việc
vai trò MC "Bộ phận một cửa"
vai trò CM "Phòng chuyên môn"
vai trò LĐ "Lãnh đạo đơn vị"
vai trò VT "Văn thư"
biểu mẫu BM.01 "Tờ trình"
  thông tin "Gấp" là có hoặc không, bắt buộc
biểu mẫu BM.02 "Phiếu xin ý kiến"
  thông tin "Câu hỏi" là chữ
hồ sơ lưu HS.01 "Hồ sơ cấp phép"
  gồm BM.01
  lưu tại MC
  thời gian lưu 03 năm kể từ khi kết thúc
bước 1 "Tiếp nhận"
  chủ trì MC
  điều kiện "Đủ giấy tờ"
  lập BM.01
  thời hạn không nêu
  nếu "Gấp" là có → bước 3
  còn lại → bước 2
bước 2 "Thẩm định"
  chủ trì CM
  báo tin VT
  thời hạn chậm nhất 03 ngày kể từ khi nhận
  xong → bước 3
xin ý kiến 2a "Xin ý kiến" tại bước 2
  hỏi LĐ
  lập BM.02
  trả lời "Đồng ý", "Không"
  thời hạn chậm nhất 01 ngày kể từ khi nhận
bước 3 "Phê duyệt"
  chủ trì LĐ
  thời hạn ngay lập tức nếu "Gấp" là có
  thời hạn chậm nhất 02 ngày kể từ khi nhận
  lưu HS.01
  OK → kết thúc "Đã cấp"
  NOK → bước 2, nêu lý do, tối đa 1 lần, sau đó → kết thúc "Từ chối"
)";

/// The cases that together touch everything, by name.
const std::vector<std::pair<std::string, std::function<void(world&)>>> cases{
    {"gấp",
     [](world& w) {
         w.as("MC").with("Gấp", "có").completes("1");
         w.as("LĐ").chooses("OK", "3");
     }},
    {"gấp mà chậm",
     [](world& w) {
         w.as("MC").with("Gấp", "có").completes("1");
         w.passes("2 giờ").says_late("3");
         w.as("LĐ").chooses("OK", "3");
     }},
    {"thường, hỏi, đúng hạn",
     [](world& w) {
         w.as("MC").with("Gấp", "không").completes("1");
         w.as("CM").asks("2a", "sao đây");
         w.as("LĐ").answers("2a", "Đồng ý");
         w.as("CM").completes("2");
         w.as("LĐ").chooses("OK", "3");
     }},
    {"thường, hỏi, trễ, trả lại hết lần",
     [](world& w) {
         w.as("MC").with("Gấp", "không").completes("1");
         w.as("CM").asks("2a", "sao đây");
         w.passes("20 ngày");
         w.as("LĐ").answers("2a", "Không");
         w.as("CM").completes("2");
         w.passes("20 ngày");
         w.as("LĐ").because("thiếu").chooses("NOK", "3");
         w.as("CM").completes("2");
         w.as("LĐ").because("vẫn thiếu").chooses("NOK", "3");
     }},
};

coverage run_without(const std::string& left_out, procedure_ptr* of = nullptr) {
    world first{everything};
    coverage all(first.office().procedure_of("QT.02").value());
    if (of != nullptr) *of = first.office().procedure_of("QT.02").value();
    for (const auto& [name, walk] : cases) {
        if (!left_out.empty() && name.starts_with(left_out)) continue;
        world w{everything};
        w.open("QT.02").by("MC");
        walk(w);
        REQUIRE(w.ended());
        all.add(w.history(), name).value();
    }
    return all;
}

std::vector<std::string> missing(const coverage& of) {
    std::vector<std::string> all;
    for (const coverage_item* item : of.missing())
        all.push_back(describe(*item, of.of(), language::vi));
    return all;
}

}  // namespace

TEST_CASE("everything that there is to cover is listed, and covered by cases that touch it") {
    const coverage all = run_without("");
    INFO(to_text(all, language::vi));
    CHECK(all.percent() == 100);
    CHECK(all.covered() == all.total());
    // 3 steps, 5 ways, 1 loop, 4 limits kept and missed, 1 overall limit kept and
    // missed, 1 question with 2 answers, 3 that act, 1 that is told, 1 record, 1 precondition.
    CHECK(all.total() == 3 + 5 + 1 + 4 + 4 + 2 + 1 + 2 + 3 + 1 + 1 + 1);
    CHECK(all.times(cover::branch, "3", 0) == 3);
    CHECK(all.times(cover::used_up, "3", 1) == 1);
    CHECK_FALSE(all.times(cover::branch, "9", 0).has_value());
    CHECK(all.times(cover::acted, "", 0, "MC") == 4);
    for (const auto& item : all.items())
        if (item.what == cover::kept && item.step == "3" && item.index == 0)
            CHECK(item.first == "gấp");
}

TEST_CASE("what no case did is what is missing, and nothing else") {
    using list = std::vector<std::string>;
    CHECK(missing(run_without("gấp")) ==
          list{"bước 1: chưa đi nhánh này", "bước 3: chưa lần nào đúng hạn",
               "bước 3: chưa lần nào quá hạn"});
    // What is due at once is missed only when somebody says so; it never was missed here before.
    CHECK(missing(run_without("gấp mà chậm")) == list{"bước 3: chưa lần nào quá hạn"});
    CHECK(missing(run_without("thường, hỏi, đúng hạn")) ==
          list{"xin ý kiến 2a: chưa có câu trả lời “Đồng ý”",
               "xin ý kiến 2a: chưa lần nào đúng hạn"});
    CHECK(missing(run_without("thường, hỏi, trễ, trả lại hết lần")) ==
          list{"hạn chung: chưa lần nào quá hạn", "bước 2: chưa lần nào quá hạn",
               "xin ý kiến 2a: chưa có câu trả lời “Không”", "xin ý kiến 2a: chưa lần nào quá hạn",
               "bước 3: chưa lần nào quá hạn", "bước 3: chưa đi nhánh này",
               "bước 3: chưa quay lại đến hết số lần"});
}

TEST_CASE("nothing is covered before a case, and a case of another text covers nothing") {
    procedure_ptr of;
    run_without("", &of);
    coverage none(of);
    CHECK(none.covered() == 0);
    CHECK(none.percent() == 0);
    world w{world_options{.start = "11/12/2023 08:00"}};
    w.open("QT.HTKH.03").by("ĐVYC");
    w.as("ĐVYC").completes("1");
    none.add(w.history()).value();
    CHECK(none.covered() == 0);
    // A history that cannot be true is refused.
    auto facts = w.history();
    facts.erase(facts.begin());
    coverage htkh(w.look().definition);
    CHECK_FALSE(htkh.add(facts).has_value());
}

TEST_CASE("99.9 per cent is not everything") {
    const coverage almost = run_without("gấp");
    CHECK(almost.percent() < 100);
    coverage merged = run_without("thường, hỏi, đúng hạn");
    // Two counts of one text make one; each text of its own world is the same by its bytes.
    merged.merge(almost);
    CHECK(merged.percent() == 100);
}

TEST_CASE("a text read under another name is the same text, when it says so") {
    // A case belongs to its text and to the name of its file; what a test has read elsewhere
    // counted for nothing, without a word.
    procedure_ptr of;
    run_without("", &of);
    const parsed elsewhere = parse("thu.quytrinh", everything);
    REQUIRE(elsewhere.definition);
    world w{everything};
    w.open("QT.02").by("MC");
    w.as("MC").with("Gấp", "có").completes("1");
    coverage count(elsewhere.definition);
    count.add(w.history()).value();
    CHECK(count.covered() == 0);
    CHECK(count.also_of(*of));
    count.add(w.history()).value();
    CHECK(count.times(cover::step, "1") == 1);
    const parsed other = parse("thu.quytrinh", std::string(everything) + "# thêm\n");
    CHECK_FALSE(count.also_of(*other.definition));
}

TEST_CASE("the report names file, line and the words of the text, in both languages") {
    const coverage some = run_without("gấp");
    const std::string vi = to_text(some, language::vi);
    CHECK(vi.find("Độ phủ của QT.02: 25/28 (89 %)") == 0);
    CHECK(vi.find("procedure.quytrinh:22: bước 1: chưa đi nhánh này\n      nếu \"Gấp\" là có → "
                  "bước 3\n") != std::string::npos);
    const std::string en = to_text(some, language::en);
    CHECK(en.find("Not covered:") != std::string::npos);
    CHECK(en.find("step 3: never in time\n      thời hạn ngay lập tức nếu \"Gấp\" là có\n") !=
          std::string::npos);
    const std::string json = to_json(some);
    CHECK(json.find(R"({"procedure":"QT.02","covered":25,"total":28,"percent":89,"items":[)") == 0);
    CHECK(json.find(R"("kind":"branch","step":"1","index":0)") != std::string::npos);
    CHECK(json.find(R"(nếu \"Gấp\" là có → bước 3","times":0})") != std::string::npos);
}

TEST_CASE("the drawing tells covered from missing by sign and line, not by colour alone") {
    const coverage some = run_without("gấp");
    const draw_overlay over = overlay_of(some, language::vi);
    CHECK(over.steps.at("1") == draw_overlay::mark::partly);
    CHECK(over.steps.at("2") == draw_overlay::mark::done);
    CHECK(over.branches.at({"1", 0}) == draw_overlay::mark::missing);
    CHECK(over.branches.at({"1", 1}) == draw_overlay::mark::done);
    const std::string svg = draw_svg(some.of(), over, language::vi);
    for (const char* part : {"is-partly", "is-done", "way-missing", "way-done", "✗ nếu", "✓ 2. ",
                             "chưa phủ", "stroke-dasharray: 2 3", "✗\u00a0đúng hạn"}) {
        INFO(part);
        CHECK_MESSAGE(svg.find(part) != std::string::npos, part);
    }
    CHECK(svg.find("is-missing\"") != std::string::npos);  // of the legend
    // Without an overlay the drawing is what it was.
    const std::string plain = draw_svg(some.of(), language::vi);
    CHECK(plain.find("way-") == std::string::npos);
    CHECK(draw_svg(some.of(), draw_overlay{}, language::vi).find("✓") == std::string::npos);
}
