// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_due.cpp: every kind of limit and anchor, with dates counted by hand.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/time/calendar.hpp>

#include "engine/play.hpp"

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::nok;
using build::procedure_builder;
using build::to;
using build::within;

namespace {

amount working_days(const char* count) { return {*decimal::read(count), time_unit::working_day}; }

/// Step 1, then step 2 with the limit.
one_case with_limit(std::vector<time_limit> limits, std::string_view opened,
                    counting_rule rule = counting_rule::blds_2015) {
    procedure_builder b;
    b.made.rule = rule;
    b.add(a_step("1").go(done(to("2"))));
    auto s = a_step("2").go(done(end()));
    s.made.limits = std::move(limits);
    b.add(s);
    one_case c(b);
    c.go_to(opened);
    c.open("A");
    return c;
}

std::string due_of_two(std::vector<time_limit> limits, std::string_view opened,
                       std::string_view sent, counting_rule rule = counting_rule::blds_2015) {
    one_case c = with_limit(std::move(limits), opened, rule);
    c.go_to(sent);
    c.complete("A", "1");
    return c.due("2");
}

time_limit kind_of(time_limit::kind what) {
    time_limit l;
    l.what = what;
    return l;
}

}  // namespace

TEST_CASE(
    "three working days over the swapped Monday, two holidays and the Saturday worked for it") {
    // Friday 26/04/2024; 27–28 weekend, 29 swapped off, 30 and 1/5 holidays; 2/5, 3/5, Saturday
    // 4/5.
    CHECK(due_of_two({within(build::working_days(3))}, "26/04/2024 08:00", "26/04/2024 16:00") ==
          "2024-05-04");
}

TEST_CASE("a month clamps to the last day; weeks, years and running hours") {
    CHECK(due_of_two({within({decimal{1, 0}, time_unit::month})}, "31/01/2024 08:00",
                     "31/01/2024 08:00") == "2024-02-29");
    CHECK(due_of_two({within({decimal{2, 0}, time_unit::week})}, "11/12/2023 08:00",
                     "11/12/2023 08:00") == "2023-12-25");
    CHECK(due_of_two({within({decimal{4, 0}, time_unit::hour})}, "11/12/2023 08:00",
                     "11/12/2023 22:30") == "2023-12-12T02:30");
}

TEST_CASE("office hours: half a day from the middle of an afternoon") {
    const auto rule = counting_rule::working_time;
    // 120 minutes to 17:30, 120 more from 07:30.
    CHECK(due_of_two({within(working_days("0,5"))}, "11/12/2023 08:00", "11/12/2023 15:30", rule) ==
          "2023-12-12T09:30");
    // Received on a Saturday: counts from Monday's opening; a quarter of a day is 120 minutes.
    CHECK(due_of_two({within(working_days("0,25"))}, "11/12/2023 08:00", "16/12/2023 10:00",
                     rule) == "2023-12-18T09:30");
}

TEST_CASE("a limit that the calendar or the rule cannot count refuses the command") {
    one_case c = with_limit({within(working_days("0,5"))}, "11/12/2023 08:00");
    CHECK(c.cannot_complete("A", "1") == errc::rule_mismatch);
    c = with_limit({within(build::working_days(3))}, "30/12/2024 08:00");
    CHECK(c.cannot_complete("A", "1") == errc::year_without_data);
    one_case bare = with_limit({within(build::working_days(3))}, "11/12/2023 08:00");
    context none = bare.with();
    none.days = nullptr;
    const auto refused =
        decide(none, bare.state,
               bare.envelope("A", command::complete{"1", {}, {}, {}, {}, {}, {}, {}, {}, {}}));
    CHECK(refused.error().code == errc::calendar_unknown);
}

TEST_CASE("not stated, laid down elsewhere, at once, before and through a date") {
    CHECK(due_of_two({}, "11/12/2023 08:00", "11/12/2023 08:00") == "not stated");
    CHECK(due_of_two({build::not_stated()}, "11/12/2023 08:00", "11/12/2023 08:00") ==
          "not stated");
    time_limit elsewhere = kind_of(time_limit::kind::laid_down);
    elsewhere.text = "Hướng dẫn đánh giá nội bộ";
    one_case c = with_limit({elsewhere}, "11/12/2023 08:00");
    c.complete("A", "1");
    CHECK(c.due("2") == "laid down");
    CHECK(c.task("2").due.text == "Hướng dẫn đánh giá nội bộ");
    CHECK(due_of_two({kind_of(time_limit::kind::immediately)}, "11/12/2023 08:00",
                     "11/12/2023 09:10") == "at once 2023-12-11T09:10");
    time_limit before = kind_of(time_limit::kind::before_date);
    before.day = day("31/12/2024");
    CHECK(due_of_two({before}, "11/12/2023 08:00", "11/12/2023 08:00") == "2024-12-30");
    time_limit through = before;
    through.what = time_limit::kind::through_date;
    CHECK(due_of_two({through}, "11/12/2023 08:00", "11/12/2023 08:00") == "2024-12-31");
}

TEST_CASE(
    "anchors of steps: receipt, start, completion, OK, NOK, opening; the latest or the first") {
    const auto due_with = [](anchor::kind what, const char* step, bool first) {
        procedure_builder b;
        b.made.rule = counting_rule::no_roll;  // so that every anchor gives a day of its own
        b.add(a_step("1").go(done(to("2"))));
        b.add(a_step("2").go(build::ok(to("3"))).go(nok(to("1"))));
        auto s = a_step("3").go(done(to("4")));
        b.add(s);
        auto last = a_step("4").go(done(end())).limit(within(build::days(10), what, step));
        last.made.limits[0].from.first = first;
        b.add(last);
        one_case c(b);
        c.go_to("01/02/2024 08:00");
        c.open("A");
        c.go_to("02/02/2024 08:00");
        c.complete("A", "1");
        c.go_to("03/02/2024 08:00");
        c.complete("A", "2", {.outcome = "NOK"});
        c.go_to("04/02/2024 08:00");
        c.complete("A", "1");
        c.go_to("05/02/2024 08:00");
        c.complete("A", "2", {.outcome = "OK"});
        c.go_to("06/02/2024 08:00");
        c.complete("A", "3");
        return c.due("4");
    };
    CHECK(due_with(anchor::kind::opening, "", false) == "2024-02-11");
    CHECK(due_with(anchor::kind::completion, "1", true) == "2024-02-12");
    CHECK(due_with(anchor::kind::completion, "1", false) == "2024-02-14");
    CHECK(due_with(anchor::kind::completion, "2", true) == "2024-02-13");
    CHECK(due_with(anchor::kind::completion, "2", false) == "2024-02-15");
    CHECK(due_with(anchor::kind::completion, "3", false) == "2024-02-16");
    CHECK(due_with(anchor::kind::ok, "2", false) == "2024-02-15");
    CHECK(due_with(anchor::kind::nok, "2", false) == "2024-02-13");
    CHECK(due_with(anchor::kind::receipt, "3", false) == "2024-02-16");  // of its own papers
    CHECK(due_with(anchor::kind::receipt, "2", false) == "2024-02-15");  // what step 2 gave at last
    CHECK(due_with(anchor::kind::receipt, "2", true) == "2024-02-13");   // and at first
    CHECK(due_with(anchor::kind::receipt, "4", false) == "2024-02-16");  // itself: the short form
    CHECK(due_with(anchor::kind::start, "1", false) == "2024-02-13");    // round 2 began on 3/2
    CHECK(due_with(anchor::kind::start, "1", true) == "2024-02-11");
    CHECK(due_with(anchor::kind::ok, "3", false) == "waiting");  // never happened
    CHECK(due_with(anchor::kind::task_receipt, "", false) == "2024-02-16");
}

// "kể từ khi lần đầu nhận ở bước 1" gave the first round no limit at all, and nobody was told.
TEST_CASE("the first receipt is this one the first time, and stays the first after a return") {
    const auto dues = [](anchor::kind what, const char* step, bool first) {
        procedure_builder b;
        b.add(a_step("1").go(done(to("2"))));
        auto s = a_step("2").limit(within(build::days(3), what, step));
        s.made.limits[0].from.first = first;
        b.add(s.go(build::ok(end())).go(nok(to("1"))));
        one_case c(b);
        c.go_to("04/03/2024 08:00");
        c.open("A");
        c.go_to("05/03/2024 08:00");
        c.complete("A", "1");
        const std::string before = c.due("2");
        c.complete("A", "2", {.outcome = "NOK"});
        c.go_to("11/03/2024 08:00");
        c.complete("A", "1");
        return before + " " + c.due("2", 2);
    };
    CHECK(dues(anchor::kind::receipt, "1", false) == "2024-03-08 2024-03-14");
    CHECK(dues(anchor::kind::receipt, "1", true) == "2024-03-08 2024-03-08");
    CHECK(dues(anchor::kind::receipt, "2", true) == "2024-03-08 2024-03-08");
    CHECK(dues(anchor::kind::task_receipt, "", false) == "2024-03-08 2024-03-14");
    CHECK(dues(anchor::kind::task_receipt, "", true) == "2024-03-08 2024-03-08");
    CHECK(dues(anchor::kind::completion, "1", true) == "2024-03-08 2024-03-08");
}

TEST_CASE(
    "a returned task counts from the receipt of the return, unless the text says the first time") {
    for (const bool first : {false, true}) {
        procedure_builder b;
        b.add(a_step("1").go(done(to("2"))));
        auto s = a_step("2")
                     .limit(within(build::days(5), anchor::kind::completion, "1"))
                     .go(done(to("3")));
        s.made.limits[0].from.first = first;
        b.add(s);
        b.add(a_step("3").go(build::ok(end())).go(nok(to("2"))));
        one_case c(b);
        c.go_to("04/03/2024 08:00");
        c.open("A");
        c.complete("A", "1");
        CHECK(c.due("2") == "2024-03-11");  // 4/3 + 5 = Saturday, rolls to Monday
        c.complete("A", "2");
        c.go_to("12/03/2024 08:00");
        c.complete("A", "3", {.outcome = "NOK"});
        CHECK(c.task("2", 2).returned);
        CHECK(c.due("2", 2) == (first ? "2024-03-11" : "2024-03-18"));  // 12/3 + 5 = Sunday, rolls
    }
}

TEST_CASE("a jump to an earlier printed step that cannot come back is no return") {
    procedure_builder b;
    b.add(a_step("2").go(done(to("3"))));
    b.add(a_step("1").go(done(end())).limit(within(build::days(2), anchor::kind::opening, "")));
    b.add(a_step("3").go(done(to("1"))));
    one_case c(b);
    c.go_to("04/03/2024 08:00");
    c.open("A");
    c.complete("A", "2");
    c.go_to("06/03/2024 08:00");
    c.complete("A", "3");
    CHECK_FALSE(c.task("1").returned);
    CHECK(c.due("1") == "2024-03-06");
    CHECK(c.told()[0] == "task_opened>A:lead");
}

TEST_CASE("an outside event starts the limit that waited for it") {
    time_limit after_event = within(build::days(3));
    after_event.from.what = anchor::kind::event;
    after_event.from.text = "Có kết quả giám định";
    one_case c = with_limit({after_event}, "04/03/2024 08:00");
    c.complete("A", "1");
    CHECK(c.due("2") == "waiting");
    CHECK(c.no("A", command::timer_fired{"2"}) == errc::too_early);
    CHECK(c.no("A", command::signal{"Sự kiện lạ", {}, {}}) == errc::signal_unknown);
    CHECK(c.no("X", command::signal{"Có kết quả giám định", {}, {}}) == errc::not_permitted);
    c.go_to("08/03/2024 08:00");
    CHECK(c.no("A", command::signal{"Có kết quả giám định", at("08/03/2024 09:00"), {}}) ==
          errc::invalid_argument);
    c.ok("A", command::signal{"Có kết quả giám định", at("07/03/2024 10:00"), "số 12"});
    CHECK(c.due("2") == "2024-03-11");  // 7/3 + 3 = Sunday, rolls
    CHECK(c.event_of<event::signalled>().dues.size() == 1);
    // A task that was overdue began anew when its own lead told the event once more.
    c.go_to("12/03/2024 08:00");
    c.ok("", command::timer_fired{"2"});
    c.ok("A", command::signal{"Có kết quả giám định", at("12/03/2024 08:00"), {}});
    CHECK(c.event_of<event::signalled>().dues.empty());
    CHECK(c.due("2") == "2024-03-11");
    // Nor with a moment that lies further back.
    c.ok("A", command::signal{"Có kết quả giám định", at("04/03/2024 07:00"), {}});
    CHECK(c.due("2") == "2024-03-11");
    c.ok("A", command::signal{"Có kết quả giám định", at("12/03/2024 08:00"), {}});
    CHECK(c.task("2").overdue);
    CHECK(*c.state.signals.begin() ==
          std::pair<const std::string, instant>{"Có kết quả giám định", at("12/03/2024 08:00")});
}

TEST_CASE("a date of an approved form, and the signing itself") {
    procedure_builder b;
    b.form_of("KH", {{"Hạn", field_type::day}});
    b.add(a_step("1").fill("KH").go(done(to("2"))));
    b.add(a_step("2")
              .approve("KH")
              .act_if(build::outcome("OK"))
              .go(build::ok(to("3")))
              .go(nok(to("3"))));
    time_limit date_limit = build::from_field("KH", "Hạn");
    b.add(a_step("3").limit(date_limit).go(done(to("4"))));
    time_limit signed_limit = within(build::days(2));
    signed_limit.from.what = anchor::kind::signing;
    signed_limit.from.form = "KH";
    b.add(a_step("4").limit(signed_limit).go(done(to("5"))));
    time_limit field_limit = within(build::days(2));
    field_limit.from.what = anchor::kind::field;
    field_limit.from.field = {"KH", "Hạn"};
    b.add(a_step("5").limit(field_limit).go(done(end())));
    const auto run = [&](const char* outcome, bool unapproved_too) {
        auto variant = b;
        variant.made.steps[2].limits[0].approval_not_needed = unapproved_too;
        one_case c(variant);
        c.go_to("04/03/2024 08:00");
        c.open("A");
        c.complete("A", "1", {.fields = {{"Hạn", "10/03/2024"}}});
        c.go_to("05/03/2024 08:00");
        c.complete("A", "2", {.outcome = outcome});
        return c;
    };
    one_case approved = run("OK", false);
    CHECK(approved.due("3") == "2024-03-10");  // a written date never rolls, Sunday or not
    approved.complete("A", "3");
    CHECK(approved.due("4") == "2024-03-07");  // signed 5/3
    approved.complete("A", "4");
    CHECK(approved.due("5") == "2024-03-12");  // the field's day 10/3 is not counted
    one_case unsigned_plan = run("NOK", false);
    CHECK(unsigned_plan.due("3") == "waiting");
    unsigned_plan.complete("A", "3");
    CHECK(unsigned_plan.due("4") == "waiting");
    CHECK(run("NOK", true).due("3") == "2024-03-10");
}

TEST_CASE("several lines: the first that holds; an empty field does not hold") {
    procedure_builder b;
    b.form_of("F", {{"Gấp", field_type::yes_no}, {"Loại", field_type::text}});
    for (auto& f : b.made.forms[0].fields) f.required = false;
    time_limit urgent = kind_of(time_limit::kind::immediately);
    urgent.when = build::is("Gấp", value::yes_no(true));
    time_limit soon = within(build::days(2));
    soon.when = build::is("Loại", value{"Khiếu nại"});
    auto s = a_step("1").fill("F").limit(urgent).limit(soon).go(done(end()));
    b.add(s);
    one_case c(b);
    c.go_to("04/03/2024 08:00");
    c.open("A");
    CHECK(c.due("1") == "waiting");  // every line has a condition that cannot be judged yet
    c.go_to("05/03/2024 08:00");
    c.ok("A", command::record{"1", {{"Loại", "Khiếu nại"}}, {}});
    CHECK(c.due("1") == "2024-03-06");  // from the receipt on 4/3
    CHECK(c.task("1").due.limit_index == 1);
    c.ok("A", command::record{"1", {{"Gấp", "có"}}, {}});
    CHECK(c.due("1") == "at once 2024-03-04T08:00");
    c.ok("A", command::record{"1", {{"Gấp", "không"}, {"Loại", "Hỏi"}}, {}});
    CHECK(c.due("1") == "not stated");
}

TEST_CASE("a limit that hangs on the channel of this very task") {
    time_limit call = kind_of(time_limit::kind::immediately);
    call.when = build::compare(build::special(operand::kind::channel), comparison::is,
                               {build::literal(value{"gọi điện"})});
    one_case c = with_limit({call, build::not_stated()}, "04/03/2024 08:00");
    c.text.steps[1].channels = {"gọi điện", "email"};
    c.complete("A", "1");
    CHECK(c.due("2") == "not stated");
    c.ok("A", command::record{"2", {}, "email"});
    CHECK(c.due("2") == "not stated");
    c.ok("A", command::record{"2", {}, "gọi điện"});
    CHECK(c.due("2") == "at once 2024-03-04T08:00");
}

TEST_CASE("late is after the last moment, not at it; a timer marks once and tells the lead") {
    one_case c = with_limit({within(build::days(3))}, "04/03/2024 08:00");
    c.text.steps[1].with.push_back({{"P"}, {}, {}});
    c.complete("A", "1");
    REQUIRE(c.due("2") == "2024-03-07");
    c.now = at("08/03/2024 00:00") - std::chrono::microseconds{1};
    CHECK(c.no("", command::timer_fired{"2"}) == errc::too_early);
    one_case in_time = c;
    in_time.complete("A", "2");
    CHECK_FALSE(in_time.task("2").late);
    c.go_to("08/03/2024 00:00");
    c.ok("", command::timer_fired{"2"});
    CHECK(c.task("2").overdue);
    CHECK(c.latest[0].as == capacity::system);
    CHECK(c.latest[0].why == basis::system);
    CHECK(c.told() == std::vector<std::string>{"task_overdue>A:lead"});
    CHECK(c.no("", command::timer_fired{"2"}) == errc::already_confirmed);
    c.complete("A", "2");
    CHECK(c.task("2").late);
    CHECK(c.no("", command::timer_fired{"2"}) == errc::case_not_open);
}

TEST_CASE("at once: late only when it had to be said") {
    one_case c = with_limit({kind_of(time_limit::kind::immediately)}, "04/03/2024 08:00");
    c.complete("A", "1");
    one_case prompt = c;
    prompt.go_to("04/03/2024 08:07");
    prompt.complete("A", "2");
    CHECK_FALSE(prompt.task("2").late);
    c.go_to("04/03/2024 17:00");
    c.ok("", command::timer_fired{"2.1"});
    c.complete("A", "2");
    CHECK(c.task("2").late);
}

TEST_CASE("a limit that moves ahead of now is kept again") {
    procedure_builder b;
    b.form_of("F", {{"Hạn", field_type::day}});
    time_limit l = build::from_field("F", "Hạn");
    l.approval_not_needed = true;
    b.add(a_step("1").fill("F").limit(l).go(done(end())));
    one_case c(b);
    c.go_to("04/03/2024 08:00");
    c.open("A", {.fields = {{"Hạn", "05/03/2024"}}});
    CHECK(c.due("1") == "2024-03-05");
    c.go_to("06/03/2024 00:00");
    c.ok("", command::timer_fired{"1"});
    c.ok("A", command::record{"1", {{"Hạn", "10/03/2024"}}, {}});
    CHECK_FALSE(c.task("1").overdue);
    c.go_to("11/03/2024 00:00");
    c.ok("", command::timer_fired{"1"});
    c.ok("A", command::record{"1", {{"Hạn", "09/03/2024"}}, {}});
    CHECK(c.task("1").overdue);
    // Without a date it was no longer overdue.
    c.ok("A", command::record{"1", {{"Hạn", ""}}, {}});
    CHECK(c.due("1") == "waiting");
    CHECK(c.task("1").overdue);
}

TEST_CASE("the case's own clock stands still while only uncounted steps are open") {
    procedure_builder b;
    b.overall(build::working_days(5));
    b.add(a_step("1").go(done(to("2"))));
    auto pause = a_step("2").go(done(to("3")));
    pause.made.not_counted = true;
    b.add(pause);
    auto last = a_step("3").go(done(to("4")));
    b.add(last);
    auto give = a_step("4").go(done(end()));
    give.made.not_counted = true;
    b.add(give);
    one_case c(b);
    c.go_to("04/03/2024 08:00");  // a Monday
    c.open("A");
    CHECK(c.case_due() == "2024-03-11");
    c.go_to("05/03/2024 08:00");
    c.complete("A", "1");
    CHECK(c.state.clock_stopped_at == at("05/03/2024 08:00"));
    CHECK(c.case_due() == "2024-03-11");
    c.go_to("07/03/2024 08:00");
    c.complete("A", "2");
    CHECK_FALSE(c.state.clock_stopped_at.has_value());
    CHECK(c.case_due() == "2024-03-13");  // two working days later
    CHECK(c.event_of<event::task_opened>().case_due.has_value());
    CHECK(c.state.pauses.size() == 1);
    one_case late = c;
    c.go_to("13/03/2024 16:00");
    c.complete("A", "3");
    c.go_to("20/03/2024 08:00");  // the result lies at the desk: its time does not count
    CHECK(c.case_due() == "2024-03-13");
    c.complete("A", "4");
    CHECK_FALSE(c.state.late);
    CHECK(c.case_due() == "2024-03-20");  // moved by what it stood, as after any other pause
    CHECK(c.event_of<event::case_ended>().case_due == c.state.case_due);
    late.go_to("14/03/2024 00:00");
    late.complete("A", "3");
    late.complete("A", "4");
    CHECK(late.state.late);
}

TEST_CASE("an overall limit under a condition is chosen when its field is known") {
    procedure_builder b;
    b.form_of("F", {{"Gấp", field_type::yes_no}});
    b.overall(build::working_days(2))
        .overall(build::working_days(10))
        .overall(build::days(99), "1", "1");
    b.made.overall[0].when = build::is("Gấp", value::yes_no(true));
    b.add(a_step("1").fill("F").go(done(to("2")))).add(a_step("2").go(done(end())));
    one_case c(b);
    c.go_to("04/03/2024 08:00");
    c.open("A");
    CHECK(c.case_due() == "2024-03-18");
    c.complete("A", "1", {.fields = {{"Gấp", "có"}}});
    CHECK(c.case_due() == "2024-03-06");
    one_case known(b);
    known.go_to("04/03/2024 08:00");
    known.open("A", {.fields = {{"Gấp", "có"}}});
    CHECK(known.case_due() == "2024-03-06");
    CHECK(known.event_of<event::case_opened>().case_due_trace.size() >= 3);
}
