// SPDX-License-Identifier: BSL-1.0
// A whole case of QT.HTKH.03 in one SQLite file: what happens, who is told, and when each step is
// due.
//
//                 NOK: thiếu tài liệu              NOK: chưa có kinh phí
//              ┌──────────────────────┐         ┌──────────────────────────┐
//              ▼                      │         ▼                          │
//   1 gửi công văn ──xong──► 2 kiểm tra ──OK──► 3 lập kế hoạch ──xong──► 4 phê duyệt
//     ĐVYC                     ĐVTH               ĐVTH                     LĐTT
//                                                                          │ OK
//             kết thúc ◄──xong── 6 báo cáo ◄──xong── 5 tổ chức thực hiện ◄─┘
//                                  ĐVTH, ĐVYC          ĐVTH  ⇄  6a xin ý kiến (LĐTT)
//
// The store has a manual clock, so that a case of two months takes a second; a real register runs
// on the real clock. The seed makes the case id the same every time. Usage: 01_walk FILE
#include <quytrinh/engine/state.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/sqlite.hpp>
#include <quytrinh/store/store.hpp>

#include <exception>
#include <iostream>
#include <string>

using namespace quytrinh;

namespace {

constexpr std::chrono::minutes vietnam{420};

/// The walk: one office, one case, and the clock that we move ourselves.
class walk {
public:
    explicit walk(const char* file)
        : office_(
              bundled(),
              open_sqlite(file, {.manual_clock = moment("11/12/2023 08:00"), .seed = 3}).value(),
              trust_host) {
        // Called on this thread after each commit; a real host would send a mail or a message.
        office_.on_notification([](const notification& n) {
            std::cout << "      ✉ " << n.what.to.unit << ": " << n.text("vi") << '\n';
        });
    }

    void open() {
        now("11/12/2023 08:00", "ĐVYC mở hồ sơ số 125/CV; P.HTKH là đơn vị thực hiện");
        of_ = office_
                  .open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"},
                                       .bind = {{"ĐVTH", "P.HTKH", ""}},
                                       .reference = "125/CV",
                                       .id = command_id{"mo-ho-so-125"}})
                  .value();
        show();
    }
    void now(const char* at, const char* what) {
        office_.backing().set_clock(moment(at)).value();
        std::cout << '\n' << at << "  " << what << '\n';
        office_.run_due().value();  // a host calls this every minute or so
    }
    void complete(const char* task, complete_options options) {
        office_.complete(of_, task, options).value();
        show();
    }
    void send(actor by, command::body body) {
        case_command what;
        what.target = of_;
        what.by = std::move(by);
        what.body = std::move(body);
        office_.execute(std::move(what)).value();
        show();
    }
    /// What is open now, and until when.
    void show() {
        const case_details found = office_.find(of_).value();
        for (const task_view& task : office_.tasks({.of = of_}).value()) {
            const relation as = task.entry.row.as;
            if (as == relation::coordinate || as == relation::inform) continue;
            std::cout << "    → " << task.key() << " “" << task.title() << "” ở "
                      << task.entry.row.unit << ", hạn: " << due(task) << '\n';
        }
        if (found.state.status == case_status::ended) std::cout << "    → hồ sơ kết thúc\n";
    }
    void finish() {
        office_.verify(of_).value();
        std::cout << "\nHồ sơ " << of_.str() << ": " << office_.history(of_).value().size()
                  << " sự kiện, chuỗi băm đúng.\n";
    }

private:
    static instant moment(const char* text) { return read_instant(text, vietnam).value(); }
    static std::string due(const task_view& task) {
        switch (task.how) {
        case due_kind::not_stated: return "không nêu";
        case due_kind::immediately: return "ngay lập tức";
        case due_kind::laid_down: return "theo quy định";
        case due_kind::waiting: return "chưa tính được";
        case due_kind::counted: break;
        }
        return to_day_first(task.due_at->last_day);
    }

    runtime office_;
    case_id of_;
};

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "usage: 01_walk FILE\n";
        return 2;
    }
    const actor asks{"ĐVYC", "nv01"}, works{"P.HTKH", "nv07"}, leads{"LĐTT", "gd01"};
    walk w(argv[1]);
    w.open();
    w.complete("1", {.by = asks, .confirmed = all_preconditions});

    w.now("12/12/2023 09:00", "P.HTKH thấy thiếu tài liệu, trả lại");
    w.complete("2", {.by = works, .outcome = "NOK", .reason = "thiếu tài liệu SPDV"});

    w.now("13/12/2023 10:00", "ĐVYC gửi lại đủ tài liệu");
    w.complete("1", {.by = asks,
                     .fields = {{"Loại yêu cầu", "Truyền thông"},
                                {"Thông tin SPDV", "phần mềm hồ sơ sức khỏe"},
                                {"Đầu mối của ĐVYC", "nv01, máy lẻ 12"}},
                     .confirmed = all_preconditions});

    w.now("19/12/2023 00:00", "đã hết hạn bước 2");

    w.now("19/12/2023 08:30", "P.HTKH kiểm tra xong, đủ");
    w.complete("2", {.by = works, .outcome = "OK"});

    w.now("20/12/2023 15:00", "P.HTKH lập kế hoạch, trình lãnh đạo");
    w.complete("3", {.by = works, .fields = {{"Ngày hoàn thành", "31/01/2024"}}});

    w.now("22/12/2023 09:00", "Lãnh đạo chưa duyệt");
    w.complete("4", {.by = leads, .outcome = "NOK", .reason = "chưa có kinh phí"});

    w.now("27/12/2023 09:00", "P.HTKH làm lại kế hoạch");
    w.complete("3", {.by = works, .fields = {{"Ngày hoàn thành", "31/01/2024"}}});

    w.now("28/12/2023 14:00", "Lãnh đạo duyệt");
    w.complete("4", {.by = leads, .outcome = "OK"});

    w.now("15/01/2024 08:00", "P.HTKH gặp khó khăn, xin ý kiến");
    w.send(works, command::consult{"6a",
                                   "5",
                                   "Đối tác chậm bàn giao tài khoản",
                                   {{"Khó khăn, vướng mắc", "thiếu tài khoản"}, {"Gấp", "không"}}});

    w.now("16/01/2024 11:00", "Lãnh đạo trả lời");
    w.send(leads, command::answer{"6a", "", "Dùng tài khoản dự phòng", {}});

    w.now("30/01/2024 16:00", "P.HTKH thực hiện xong");
    w.complete("5", {.by = works});

    w.now("01/02/2024 09:00", "P.HTKH báo cáo, ĐVYC cùng xác nhận");
    w.complete("6", {.by = works, .fields = {{"Kết quả thực hiện", "đã tập huấn 12 đơn vị"}}});
    w.complete("6", {.by = asks});
    w.finish();
    return 0;
} catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
}
