// SPDX-License-Identifier: BSL-1.0
// A checklist from its text to the end of a case: its items are asked for, a missing one is named,
// each lead of a joint step may tick its own, and the ticks stand in the history and in the state.
#include <quytrinh/runtime/runtime.hpp>

#include <quytrinh/codec/json.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>

#include <doctest/doctest.h>

#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/memory.hpp>

#include <string>
#include <vector>

namespace {

using namespace quytrinh;

constexpr std::string_view text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.BK "Họp xem xét"
  không nêu thời hạn
  không nêu hồ sơ lưu
bảng kiểm BK.VAO "Đầu vào cuộc họp"
  mục "Hành động từ kỳ trước"
  mục "Nguồn lực, kinh phí"
  mục "Rủi ro; cơ hội"
đơn vị TK "Thư ký"
đơn vị LĐ "Lãnh đạo"
bước 1 "Chuẩn bị"
  chủ trì TK, LĐ
  điều kiện "Đã mời họp"
  kiểm tra đủ BK.VAO
  xong → kết thúc
)";

struct meeting {
    std::shared_ptr<store> keep =
        open_memory({.manual_clock = read_instant("2024-06-10T08:00+07:00", {})});
    runtime office{definitions{}, keep, trust_host};
    case_id of;

    meeting() {
        auto added = office.add(std::string(text), "QT.BK.quytrinh");
        REQUIRE(added);
        REQUIRE(added->diagnostics.total() == 0);
        of = office.open("QT.BK", {.by = {"TK", "tk1"}}).value();
    }
    result<command_result> tick(const char* unit, std::vector<std::string> items) {
        complete_options how;
        how.by = {unit, "x"};
        how.confirmed.texts = std::move(items);
        return office.complete(of, "1", how);
    }
};

}  // namespace

TEST_CASE("a step with a checklist asks for every item and refuses while one is missing") {
    meeting m;
    const auto options = m.office.options(m.of, {"TK", "x"}).value();
    REQUIRE(options.front().command == "complete");
    REQUIRE(options.front().preconditions.size() == 4);
    CHECK(options.front().preconditions[3].text == "Rủi ro; cơ hội");

    // One lead may leave items to the other; whoever confirms last answers for all of them.
    REQUIRE(m.tick("TK", {"Đã mời họp", "Hành động từ kỳ trước"}));
    const auto missing = m.tick("LĐ", {"Nguồn lực, kinh phí"});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == errc::checklist_incomplete);
    CHECK(missing.error().text(language::vi) == "bảng kiểm BK.VAO còn thiếu: “Rủi ro; cơ hội”");
    CHECK(m.office.find(m.of).value().state.status == case_status::open);

    // What is ticked already is not asked for again, what is not an item is not taken.
    const auto left = m.office.options(m.of, {"LĐ", "x"}).value();
    REQUIRE(left.front().preconditions.size() == 2);
    CHECK(left.front().preconditions[0].text == "Nguồn lực, kinh phí");
    const auto stranger = m.tick("LĐ", {"Kinh phí"});
    REQUIRE_FALSE(stranger);
    CHECK(stranger.error().code == errc::tick_unknown);
    CHECK(stranger.error().text(language::vi).find("“Nguồn lực, kinh phí”") != std::string::npos);

    const auto last = m.tick("LĐ", {"Nguồn lực, kinh phí", "Rủi ro; cơ hội"});
    REQUIRE(last);
    CHECK(last->ended);
}

TEST_CASE("ticks stand in the events and in the state, and the chain covers them") {
    meeting m;
    REQUIRE(m.tick("TK", {"Đã mời họp", "Hành động từ kỳ trước"}));
    complete_options all;
    all.by = {"LĐ", "x"};
    all.confirmed = all_preconditions;
    REQUIRE(m.office.complete(m.of, "1", all));
    const auto history = m.office.history(m.of).value();
    const auto offset = std::chrono::minutes{420};
    std::string first;
    std::string last;
    for (const auto& entry : history) {
        const std::string json = to_json(entry.fact, offset);
        if (json.find("\"task_confirmed\"") != std::string::npos) first = json;
        if (json.find("\"task_completed\"") != std::string::npos) last = json;
    }
    CHECK(first.find(R"("confirmed":["Đã mời họp","Hành động từ kỳ trước"])") != std::string::npos);
    CHECK(last.find("\"Rủi ro; cơ hội\"") != std::string::npos);
    const auto state = m.office.find(m.of).value().state;
    CHECK(state.tasks.front().ticked.size() == 4);
    CHECK(to_json(state, offset).find("\"Nguồn lực, kinh phí\"") != std::string::npos);
    CHECK(m.office.verify(m.of));
}
