// SPDX-License-Identifier: BSL-1.0
// A procedure of your own: the text is checked when it is added, and everything that is wrong is
// said at once, each with its place and what to do.
//
//   text ── add ──► wrong? ──► diagnostics: code, line, column, cause, fix
//                     │
//                     └ no ──► open, complete …
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>

#include <iostream>
#include <string>

namespace {

// Step 2 names a unit that is not there, and its NOK leads nowhere.
const std::string wrong = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy xác nhận"
  một ngày là ngày làm việc
vai trò MC "Bộ phận một cửa"
bước 1 "Tiếp nhận hồ sơ"
  chủ trì MC
  thời hạn chậm nhất 01 ngày kể từ khi nhận
  xong → bước 2
bước 2 "Phê duyệt"
  chủ trì LĐ
  thời hạn chậm nhất 02 ngày kể từ khi nhận
  OK → kết thúc "Đã cấp"
  NOK → bước 7, nêu lý do
)";

std::string mended() {
    std::string text = wrong;
    text.insert(text.find("bước 1"), "vai trò LĐ \"Lãnh đạo đơn vị\"\n");
    text.replace(text.find("bước 7"), std::string("bước 7").size(), "bước 1");
    return text;
}

}  // namespace

int main() {
    using namespace quytrinh;
    const instant start = read_instant("26/04/2024 09:00", std::chrono::minutes{420}).value();
    runtime office{bundled(), open_memory({.manual_clock = start, .seed = 1}), trust_host};

    if (auto refused = office.add(wrong, "QT.01.quytrinh"); !refused) {
        std::cout << refused.error().text(language::vi) << "\n\n";
        std::cout << render(refused.error().diagnostics, {source_text("QT.01.quytrinh", wrong)},
                            language::vi);
    }

    const added good = office.add(mended(), "QT.01.quytrinh").value();
    std::cout << "\n"
              << good.definition->code << ": " << good.definition->steps.size() << " bước\n";
    const case_id of = office.open(good.definition->code, {.by = {"MC", "cb01"}}).value();
    office.complete(of, "1", {.by = {"MC", "cb01"}}).value();
    // Friday 26 April 2024; Monday 29 April was swapped with Saturday 4 May, and 30 April and 1 May
    // are off.
    for (const auto& task : office.tasks({.unit = "LĐ"}).value())
        std::cout << task.title() << ": " << task.due() << '\n';
}
