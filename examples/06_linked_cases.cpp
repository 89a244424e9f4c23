// SPDX-License-Identifier: BSL-1.0
// Linked cases: a corrective-action ticket (QT.CTCL.B) whose measures were not carried out is
// closed, and a new ticket takes its place. The new case is open before the call returns; each
// knows the other.
//
//   QT.CTCL.B  5.2.1 … 5.6 ──NOK──► kết thúc
//                              │ mở quy trình QT.CTCL.B
//                              ▼
//   QT.CTCL.B (mới)           5.7b … (mang theo nội dung của phiếu cũ)
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>

#include <iostream>

using namespace quytrinh;

namespace {

class office_at_work {
public:
    case_id of;
    runtime office{
        bundled(),
        open_memory({.manual_clock = read_instant("11/12/2023 08:00", std::chrono::minutes{420}),
                     .seed = 6}),
        trust_host};

    command_result does(const char* task, complete_options options) {
        return office.complete(of, task, options).value();
    }
    void show(const char* title, const case_id& which) const {
        const case_details c = office.find(which).value();
        std::cout << title << ": " << c.state.procedure;
        if (c.state.status == case_status::ended)
            std::cout << ", kết thúc “" << c.state.end_kind << "”";
        for (const auto& task : c.state.tasks)
            if (task.status == task_status::open)
                std::cout << ", đang ở " << to_string(task.task) << " “"
                          << c.definition->find_step(task.task.step)->title << "”, "
                          << task.leads.front().unit << " chủ trì";
        std::cout << '\n';
        for (const auto& link : c.state.links)
            std::cout << "  liên kết với " << link.procedure << (link.opened ? ", đã mở" : "")
                      << '\n';
        if (!c.state.parent.empty()) std::cout << "  mở từ một hồ sơ khác\n";
    }
};

}  // namespace

int main() {
    office_at_work w;
    const actor opener{"P.KT", "nv05"}, doer{"P.KT", "nv06"}, executor{"P.KT", "nv08"};
    const actor unit_head{"LĐĐV", "tp01"}, secretary{"TKISO", "tk01"}, board{"LĐBISO", "bi01"},
        agency{"LĐCQ", "gd01"};
    w.of = w.office.open("QT.CTCL.B", {.by = opener}).value();
    w.does("5.2.1", {.by = opener,
                     .fields = {{"Loại phiếu", "Yêu cầu HĐKP"},
                                {"Đơn vị", "P.KT"},
                                {"Nội dung KPH", "Hoạt động chuyên môn không phù hợp"},
                                {"Mô tả", "sai mẫu lần thứ tư"}}});
    w.does("5.2.2a", {.by = unit_head,
                      .outcome = "Cần thiết",
                      .fields = {{"Dấu hiệu", "KPH hoặc tiềm ẩn, có tính chất lặp lại"}}});
    w.does("5.2.2b", {.by = unit_head});
    w.does("5.3a", {.by = secretary});
    w.does("5.3b", {.by = board, .assign = {{"NPT", "P.KT", "nv06"}}});
    w.does("5.4a", {.by = doer,
                    .fields = {{"Nguyên nhân", "mẫu cũ chưa thu hồi"},
                               {"Biện pháp", "thu hồi, tập huấn"}}});
    w.does("5.4b", {.by = board,
                    .outcome = "OK",
                    .fields = {{"Thời gian hoàn thành", "29/03/2024"}},
                    .assign = {{"NTK", "P.KT", "nv08"}}});
    w.does("5.5a",
           {.by = executor, .fields = {{"Nội dung kế hoạch", "thu hồi trước, tập huấn sau"}}});
    w.does("5.5b",
           {.by = executor, .fields = {{"Kết quả thực hiện", "mới thu hồi, chưa tập huấn"}}});
    w.show("trước khi kiểm tra", w.of);

    const command_result result =
        w.does("5.6", {.by = agency,
                       .outcome = "NOK",
                       .reason = "chưa tập huấn",
                       .fields = {{"Kết luận kiểm tra", "đã xem hồ sơ"}}});
    w.show("phiếu cũ", w.of);
    w.show("phiếu mới", result.children.front());
}
