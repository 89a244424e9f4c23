// SPDX-License-Identifier: BSL-1.0
// tests/runtime/clock.cpp: run_due and the overall limits of cases: once each, whatever else the
// task that carries the timer does, and found again in the lists.
#include <quytrinh/runtime/runtime.hpp>

#include "office.hpp"

#include <quytrinh/engine/event.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>

using namespace office_of;

namespace {

constexpr std::string_view text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.HAN "Hạn chung"
  một ngày là ngày lịch
  hạn chung 05 ngày
  hạn chung 02 ngày từ bước 2 đến bước 2
vai trò A "Bên A"
vai trò B "Bên B"
bước 1 "Gửi"
  chủ trì A
  phối hợp B
  thời hạn chậm nhất 05 ngày kể từ khi nhận
  xong → bước 2
bước 2 "Xét"
  chủ trì B
  thời hạn không nêu
  xong → kết thúc
)";

struct clocks : small_office {
    case_id of;
    std::vector<notification> mail;

    clocks() {
        done(office.add(std::string(text), "han.quytrinh"));
        done(keep->set_clock(at("2024-03-04T08:00")));
        of = open("A/a", "QT.HAN");
        office.on_notification([this](const notification& n) { mail.push_back(n); });
        mail.clear();
    }
    due_report at_time(std::string_view time) {
        done(keep->set_clock(at(time)));
        mail.clear();
        const due_report did = done(office.run_due());
        CHECK(did.problems.empty());
        CHECK(done(office.run_due()).timers == 0);  // nothing is left to say
        done(office.verify(of));
        return did;
    }
    std::size_t overdue() { return done(office.tasks({.overdue_only = true})).size(); }
};

}  // namespace

TEST_CASE("the overall limit passes together with that of a task") {
    clocks o;
    CHECK(o.at_time("2024-03-11T23:59").timers == 0);
    CHECK(o.overdue() == 0);
    o.at_time("2024-03-12T00:00");
    const case_state state = o.state(o.of);
    CHECK(state.overdue);
    CHECK(state.tasks.front().overdue);
    CHECK(o.overdue() == 2);  // lead and coordinator
    REQUIRE(o.mail.size() == 2);
    CHECK(o.mail[1].what.kind == notice_kind::case_overdue);
    CHECK(o.mail[1].what.to.unit == "A");
    CHECK(o.mail[1].due == "2024-03-11");
    CHECK(o.mail[1].text("vi") ==
          "Hồ sơ " + o.of.str() + " (QT.HAN) đã quá hạn chung (hạn 11/03/2024); A chủ trì.");
    CHECK(o.mail[1].text("en") == "Case " + o.of.str() +
                                      " (QT.HAN) has passed its overall limit (it was due "
                                      "11/03/2024); A leads.");
}

TEST_CASE("a task that opens in a case that is overdue is listed with it, until the limit moves") {
    clocks o;
    o.at_time("2024-03-12T00:00");
    done(o.complete(o.of, "1", "A/a"));
    const auto open = done(o.office.tasks({.overdue_only = true}));
    REQUIRE(open.size() == 1);
    CHECK(open[0].entry.row.task.step == "2");
    CHECK(open[0].by_case);
    CHECK_FALSE(o.state(o.of).tasks.back().overdue);
    done(o.office.verify(o.of));
}

TEST_CASE("the timer moves on to the task that is open, and names the part of the way") {
    clocks o;
    done(o.complete(o.of, "1", "A/a"));
    // 06/03 is the last day of the part; the whole case has until the 11th.
    CHECK(o.at_time("2024-03-07T00:00").timers == 1);
    REQUIRE(o.mail.size() == 1);
    CHECK(o.mail[0].text("vi") == "Hồ sơ " + o.of.str() +
                                      " (QT.HAN) đã quá hạn chung của đường 2 → 2 (hạn "
                                      "06/03/2024); B chủ trì.");
    CHECK(o.overdue() == 1);
    CHECK_FALSE(o.state(o.of).overdue);
    CHECK(o.at_time("2024-03-12T00:00").timers == 1);
    CHECK(o.state(o.of).overdue);
    done(o.complete(o.of, "2", "B/b"));
    CHECK(o.at_time("2024-04-01T00:00").timers == 0);
    done(o.office.verify(o.of));
}

TEST_CASE("two workers and a repetition say it once") {
    clocks o;
    done(o.complete(o.of, "1", "A/a"));
    done(o.keep->set_clock(at("2024-03-20T08:00")));
    runtime other(only_calendars(), o.keep, trust_host);
    (void)done(other.run_due());
    (void)done(o.office.run_due());
    std::size_t said = 0;
    for (const auto& entry : done(o.office.history(o.of)))
        said += std::holds_alternative<event::case_overdue>(entry.fact.body) ? 1 : 0;
    CHECK(said == 2);  // the part and the whole
}

TEST_CASE("a text of a later day leaves the present one in use until that day") {
    small_office o;
    const auto version = [](const char* title, const char* from) {
        return "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.MOI \"" + std::string(title) +
               "\"\n  hiệu lực từ " + from +
               "\nvai trò A \"Bên A\"\nbước 1 \"Một\"\n  chủ trì A\n  thời hạn không nêu\n"
               "  xong → kết thúc\n";
    };
    const auto title_now = [&] { return done(o.office.procedure_of("QT.MOI"))->title; };
    // The only one there is: known, and not in force yet.
    done(o.office.add(version("Cũ", "01/01/2024"), "a.quytrinh"));
    open_options by_a;
    by_a.by = who("A/a");
    const auto early = o.office.open("QT.MOI", by_a);
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().code == errc::not_in_force);
    done(o.keep->set_clock(at("2024-01-02T08:00")));
    const case_id old = o.open("A/a", "QT.MOI");
    done(o.office.add(version("Mới", "01/07/2024"), "b.quytrinh"));
    CHECK(title_now() == "Cũ");
    done(o.keep->set_clock(at("2024-06-30T23:59")));
    CHECK(title_now() == "Cũ");
    done(o.keep->set_clock(at("2024-07-01T00:00")));
    CHECK(title_now() == "Mới");
    // From then on the old one begins nothing; its cases go on by their own text.
    CHECK(done(o.office.find(o.open("A/a", "QT.MOI"))).definition->title == "Mới");
    CHECK(done(o.office.find(old)).definition->title == "Cũ");
    // A correction that is in force at once replaces what waits.
    done(o.office.add(version("Sau", "01/01/2025"), "c.quytrinh"));
    done(o.office.add(version("Sửa", "01/07/2024"), "d.quytrinh"));
    CHECK(title_now() == "Sửa");
    done(o.keep->set_clock(at("2025-01-01T00:00")));
    CHECK(title_now() == "Sửa");
}

TEST_CASE("cases past their overall limit are listed, those whose clock stands are not") {
    constexpr std::string_view text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.HC "Hạn chung"
  một ngày là ngày lịch
  hạn chung 02 ngày
vai trò A "Bên A"
bước 1 "Làm"
  chủ trì A
  thời hạn không nêu
  xong → bước 2
bước 2 "Chờ bổ sung"
  chủ trì A
  thời hạn không nêu
  không tính thời gian
  xong → bước 3
bước 3 "Trả"
  chủ trì A
  thời hạn không nêu
  xong → kết thúc
)";
    small_office o;
    done(o.office.add(std::string(text), "hc.quytrinh"));
    const case_id first = o.open("A/nv01", "QT.HC");
    const case_id paused = o.open("A/nv01", "QT.HC");
    (void)o.open();  // without a limit of its own
    done(o.complete(paused, "1", "A/nv01"));
    const auto late = [&] {
        const instant now = done(o.keep->now());
        std::vector<case_id> ids;
        for (const head_row& row : done(o.office.cases({.overdue_at = now})).rows)
            ids.push_back(row.id);
        return ids;
    };
    done(o.keep->set_clock(at("2023-12-13T23:59")));
    CHECK(late().empty());
    done(o.keep->set_clock(at("2023-12-14T00:00")));
    CHECK(late() == std::vector<case_id>{first});
    // Its row still has the date from before; what was waited for moves it.
    done(o.keep->set_clock(at("2023-12-20T08:00")));
    CHECK(late() == std::vector<case_id>{first});
    done(o.complete(paused, "2", "A/nv01"));
    CHECK(late() == std::vector<case_id>{first});
    done(o.keep->set_clock(at("2023-12-23T00:00")));
    CHECK(late() == std::vector<case_id>{first, paused});
    // A clock that stops when the limit has passed pauses nothing.
    done(o.complete(first, "1", "A/nv01"));
    CHECK(late() == std::vector<case_id>{first, paused});
    done(o.complete(first, "2", "A/nv01"));
    done(o.complete(first, "3", "A/nv01"));
    CHECK(late() == std::vector<case_id>{paused});
}
