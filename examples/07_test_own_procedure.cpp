// SPDX-License-Identifier: BSL-1.0
// An agency tests a procedure of its own: in C++, in scenarios that an officer wrote, and by asking
// what neither has touched.
//
//   text ──► world: clock, people, mail ──► what is due, who is told, what is refused
//     │
//     ├─ scenarios of the same file ──► passed? else what was expected and what was seen
//     └─ coverage ──► what no test has touched yet
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing.hpp>

#include <iostream>
#include <string>

namespace {

const std::string text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy xác nhận"
  một ngày là ngày làm việc
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
bước 1 "Tiếp nhận hồ sơ"
  chủ trì MC
  thời hạn chậm nhất 01 ngày kể từ khi nhận
  xong → bước 2
bước 2 "Phê duyệt"
  chủ trì LĐ
  thời hạn chậm nhất 02 ngày kể từ khi nhận
  OK → kết thúc "Đã cấp"
  NOK → bước 1, nêu lý do

kịch bản "Duyệt ngay"
  giả sử thời điểm 26/04/2024 09:00
  khi MC mở hồ sơ
  và MC xong bước 1
  thì bước 2 ở LĐ, đến hạn 03/05/2024
  khi LĐ chọn OK ở bước 2
  thì hồ sơ kết thúc "Đã cấp"
)";

}  // namespace

int main() {
    using namespace quytrinh;
    using namespace quytrinh::testing;

    // In C++: a virtual office. Time passes when it is told to, through everything that is due.
    world w{text, world_options{.start = "26/04/2024 09:00"}};
    w.open("QT.01").by("MC");
    w.as("MC").completes("1");
    std::cout << "bước 2 đến hạn " << w.task("2").due() << '\n';
    w.passes("3 ngày làm việc");
    std::cout << "quá hạn: " << (w.task("2").overdue ? "có" : "không")
              << ", LĐ được báo: " << (w.told("LĐ") ? "có" : "không") << '\n';
    const error why = w.refused([&] { w.as("LĐ").chooses("NOK", "2"); });
    std::cout << "bị từ chối: " << why.text(language::vi) << '\n';
    w.as("LĐ").because("thiếu giấy tờ").chooses("NOK", "2");
    std::cout << "đang ở " << w.open_tasks().front().title << '\n';

    // The scenarios of the text, run on the same kernel; and what all of it has touched.
    const procedure_ptr of = w.look().definition;
    const parsed read = parse("QT.01.quytrinh", text);
    coverage touched(of);
    for (const scenario& what : read.scenarios->items) {
        const scenario_result went = run(what, of);
        std::cout << (went.passed() ? "đạt: " : "KHÔNG ĐẠT: ") << went.title << '\n';
        for (const scenario_run& one : went.runs)
            for (const scenario_case& seen : one.cases) touched.add(seen.history).value();
    }
    touched.add(w.history()).value();
    std::cout << to_text(touched, language::vi);
}
