// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_clock.cpp: the clocks of a case beside those of its tasks: `hạn chung` of the
// whole case, and of a part of its way. That one has passed is said once, to whoever leads what is
// open.
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/time/counting.hpp>

#include "engine/play.hpp"

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::nok;
using build::ok;
using build::procedure_builder;
using build::to;
using words = std::vector<std::string>;

namespace {

/// Three steps one after the other; the last may go back to the second.
procedure_builder three() {
    procedure_builder b;
    b.unit("B");
    b.add(a_step("1").go(done(to("2"))));
    b.add(a_step("2", {"B"}).go(done(to("3"))));
    b.add(a_step("3").go(ok(end())).go(nok(to("2"))));
    return b;
}

one_case opened(const procedure_builder& b) {
    one_case c(b);
    c.go_to("04/03/2024 08:00");  // a Monday
    c.open("A");
    return c;
}

}  // namespace

TEST_CASE("the overall limit passes: the case is overdue, and the leads of what is open are told") {
    one_case c = opened(three().overall(build::days(5)));
    CHECK(c.case_due() == "2024-03-11");  // the fifth day is a Saturday
    CHECK(c.state.next_clock() == at("12/03/2024 00:00"));
    c.go_to("11/03/2024 23:59");
    CHECK(c.no("", command::timer_fired{"1"}) == errc::too_early);
    c.go_to("12/03/2024 00:00");
    c.ok("", command::timer_fired{"1"});
    CHECK(c.state.overdue);
    CHECK(c.state.clock_passed());
    CHECK_FALSE(c.task("1").overdue);  // it has no limit of its own
    CHECK(c.told() == words{"case_overdue>A:lead"});
    CHECK(c.event_of<event::case_overdue>().due.before == at("12/03/2024 00:00"));
    CHECK_FALSE(c.state.next_clock().has_value());
    CHECK(c.no("", command::timer_fired{"1"}) == errc::too_early);
    c.complete("A", "1");
    CHECK(c.state.overdue);
    c.complete("B", "2");
    c.complete("A", "3", {.outcome = "OK"});
    CHECK(c.state.late);
    CHECK_FALSE(c.state.clock_passed());  // nothing runs in a case that has ended
}

TEST_CASE("one timer says both that its task and that its case are overdue") {
    procedure_builder b = three().overall(build::days(5));
    b.made.steps[0].limits = {build::within(build::days(5))};
    one_case c = opened(b);
    REQUIRE(c.due("1") == c.case_due());
    c.go_to("12/03/2024 00:00");
    c.ok("", command::timer_fired{"1"});
    CHECK(c.latest.size() == 2);
    CHECK(c.task("1").overdue);
    CHECK(c.state.overdue);
    CHECK(c.told() == words{"task_overdue>A:lead", "case_overdue>A:lead"});
}

TEST_CASE("the limit of a task passes before that of its case, and the other way round") {
    procedure_builder b = three().overall(build::days(5));
    b.made.steps[0].limits = {build::within(build::days(2))};
    one_case c = opened(b);
    c.go_to("07/03/2024 00:00");
    c.ok("", command::timer_fired{"1"});
    CHECK(c.task("1").overdue);
    CHECK_FALSE(c.state.overdue);
    c.go_to("12/03/2024 00:00");
    c.ok("", command::timer_fired{"1"});
    CHECK(c.latest.size() == 1);
    CHECK(c.state.overdue);
}

TEST_CASE("what must be done at once is not called overdue because its case is") {
    procedure_builder b = three().overall(build::days(5));
    time_limit at_once;
    at_once.what = time_limit::kind::immediately;
    b.made.steps[0].limits = {at_once};
    one_case c = opened(b);
    c.go_to("12/03/2024 00:00");
    c.ok("", command::timer_fired{"1"});
    CHECK(c.state.overdue);
    CHECK_FALSE(c.task("1").overdue);
}

TEST_CASE("while the clock stands still the overall limit does not pass") {
    procedure_builder b = three().overall(build::days(5));
    b.made.steps[1].not_counted = true;
    one_case c = opened(b);
    c.complete("A", "1");
    CHECK_FALSE(c.state.next_clock().has_value());
    c.go_to("20/03/2024 08:00");
    CHECK(c.no("", command::timer_fired{"2"}) == errc::too_early);
    c.complete("B", "2");
    CHECK(c.state.next_clock().has_value());
}

TEST_CASE("a limit that moved ahead is kept again") {
    procedure_builder b = three();
    b.form_of("F", {{"Gấp", field_type::yes_no}});
    b.overall(build::days(2)).overall(build::days(30));
    b.made.overall[0].when = build::is("Gấp", value::yes_no(true));
    b.made.steps[0].acts.push_back([] {
        form_act fill;
        fill.code = "F";
        return fill;
    }());
    one_case c(b);
    c.go_to("04/03/2024 08:00");
    c.open("A", {.fields = {{"Gấp", "có"}}});
    c.go_to("07/03/2024 00:00");
    c.ok("", command::timer_fired{"1"});
    CHECK(c.state.overdue);
    c.ok("A", command::record{"1", {{"Gấp", "không"}}, {}});
    CHECK_FALSE(c.state.overdue);
    CHECK(c.state.next_clock() == c.state.case_due->before);
}

// ---------------------------------------------------------------- a part of the way

TEST_CASE(
    "the limit of a part of the way runs from the opening of its first to the end of its last") {
    one_case c = opened(three().overall(build::days(2), "2", "3"));
    CHECK(c.state.parts.empty());
    CHECK_FALSE(c.state.case_due.has_value());
    c.go_to("05/03/2024 08:00");
    c.complete("A", "1");
    REQUIRE(c.state.parts.size() == 1);
    CHECK(to_iso(c.state.parts[0].due, c.days.offset) == "2024-03-07");
    c.go_to("06/03/2024 08:00");
    c.complete("B", "2");
    CHECK_FALSE(c.state.parts[0].closed_at.has_value());
    one_case late = c;
    c.go_to("07/03/2024 23:59");
    c.complete("A", "3", {.outcome = "OK"});
    CHECK(c.state.parts[0].closed_at == at("07/03/2024 23:59"));
    CHECK_FALSE(c.state.parts[0].late);
    CHECK_FALSE(c.state.late);  // the case has no limit as a whole

    late.go_to("08/03/2024 00:00");
    late.ok("", command::timer_fired{"3"});
    CHECK(late.told() == words{"case_overdue>A:lead"});
    CHECK(late.event_of<event::case_overdue>().part == 0u);
    CHECK(late.state.parts[0].overdue);
    CHECK(late.state.clock_passed());
    CHECK_FALSE(late.state.overdue);
    late.complete("A", "3", {.outcome = "OK"});
    CHECK(late.state.parts[0].late);
}

TEST_CASE("a way that is gone back into goes on; one that is gone again begins anew") {
    // From 2 to 3: the return from 3 to 2 closes the first run and opens another.
    one_case c = opened(three().overall(build::days(2), "2", "3"));
    c.complete("A", "1");
    c.complete("B", "2");
    c.go_to("06/03/2024 08:00");
    c.complete("A", "3", {.outcome = "NOK"});
    REQUIRE(c.state.parts.size() == 2);
    CHECK(c.state.parts[0].closed_at.has_value());
    CHECK(to_iso(c.state.parts[1].due, c.days.offset) == "2024-03-08");
    // From 1 to 3: the return into it changes nothing until its last step is done.
    procedure_builder b = three().overall(build::days(2), "1", "2");
    b.made.steps[1].branches = {nok(to("1")), ok(to("3"))};
    one_case within = opened(b);
    within.complete("A", "1");
    within.complete("B", "2", {.outcome = "NOK"});
    CHECK(within.state.parts.size() == 2);
}

// It ran on, and said that a step was late to which the case could not come any more.
TEST_CASE("the limit of a part ends when the case has left that part for good") {
    procedure_builder b;
    b.unit("B").overall(build::days(2), "1", "3");
    b.add(a_step("1").go(done(to("2"))));
    b.add(a_step("2", {"B"}).go(ok(to("3"))).go(nok(to("4"))));
    b.add(a_step("3").go(done(end())));
    b.add(a_step("4").go(done(end())));
    one_case c = opened(b);
    c.complete("A", "1");
    CHECK_FALSE(c.state.parts.at(0).closed_at.has_value());
    one_case within = c, late = c;
    within.complete("B", "2", {.outcome = "OK"});
    CHECK_FALSE(within.state.parts[0].closed_at.has_value());

    c.complete("B", "2", {.outcome = "NOK"});
    CHECK(c.event_of<event::task_completed>().parts_done == std::vector<std::uint32_t>{0});
    CHECK(c.state.parts[0].closed_at == c.now);
    CHECK_FALSE(c.state.parts[0].late);
    CHECK_FALSE(c.state.next_clock().has_value());
    c.go_to("20/03/2024 08:00");
    CHECK(c.no("", command::timer_fired{"4"}) == errc::too_early);

    late.go_to("07/03/2024 00:00");
    late.ok("", command::timer_fired{"2"});
    late.complete("B", "2", {.outcome = "NOK"});
    CHECK(late.state.parts[0].closed_at.has_value());
    CHECK(late.state.parts[0].late);
    CHECK_FALSE(late.state.clock_passed());

    // A way round, however long, is still a way.
    b.made.steps[3].branches = {done(to("1"))};
    one_case back = opened(b);
    back.complete("A", "1");
    back.complete("B", "2", {.outcome = "NOK"});
    CHECK_FALSE(back.state.parts.at(0).closed_at.has_value());
}

TEST_CASE("several lines for one part: the first that holds") {
    procedure_builder b = three();
    b.form_of("F", {{"Gấp", field_type::yes_no}});
    b.overall(build::days(2), "2", "3").overall(build::days(9), "2", "3");
    b.made.overall[0].when = build::is("Gấp", value::yes_no(true));
    b.made.steps[0].acts.push_back([] {
        form_act fill;
        fill.code = "F";
        return fill;
    }());
    const auto limit_of = [&](const char* urgent) {
        one_case c(b);
        c.go_to("04/03/2024 08:00");
        c.open("A");
        c.complete("A", "1", {.fields = {{"Gấp", urgent}}});
        REQUIRE(c.state.parts.size() == 1);
        return c.state.parts[0].limit;
    };
    CHECK(limit_of("có") == 0);
    CHECK(limit_of("không") == 1);
}

TEST_CASE("time that is not counted moves the limit of a part too") {
    procedure_builder b = three().overall(build::working_days(4), "1", "3");
    b.made.steps[1].not_counted = true;
    one_case c = opened(b);
    CHECK(to_iso(c.state.parts.at(0).due, c.days.offset) == "2024-03-08");
    c.go_to("05/03/2024 08:00");
    c.complete("A", "1");
    c.go_to("07/03/2024 08:00");
    c.complete("B", "2");
    CHECK(to_iso(c.state.parts[0].due, c.days.offset) == "2024-03-12");  // two working days later
    CHECK(c.state.parts.size() == 1);
}

// The date of the case was written down as moved, that of the part stayed where it had been.
TEST_CASE("a part that ends while its clock stands still shows the date as moved") {
    procedure_builder b = three().overall(build::working_days(4), "1", "2");
    b.made.steps[1].not_counted = true;
    one_case c = opened(b);
    REQUIRE(to_iso(c.state.parts.at(0).due, c.days.offset) == "2024-03-08");
    c.go_to("05/03/2024 08:00");
    c.complete("A", "1");
    one_case cancelled = c, at_once = c, far = c;
    c.go_to("07/03/2024 08:00");
    c.complete("B", "2");
    CHECK(c.event_of<event::task_completed>().parts_moved.size() == 1);
    CHECK(c.state.parts[0].closed_at == c.now);
    CHECK(to_iso(c.state.parts[0].due, c.days.offset) == "2024-03-12");  // two working days later
    CHECK_FALSE(c.state.parts[0].late);

    // Nothing moves where no time went by, and a year without data keeps nobody from ending.
    at_once.complete("B", "2");
    CHECK(at_once.event_of<event::task_completed>().parts_moved.empty());
    CHECK(to_iso(at_once.state.parts[0].due, at_once.days.offset) == "2024-03-08");

    // The same when the whole case ends there.
    b.made.steps[1].branches = {done(end())};
    b.made.steps.pop_back();
    one_case ends = opened(b);
    ends.go_to("05/03/2024 08:00");
    ends.complete("A", "1");
    ends.go_to("07/03/2024 08:00");
    ends.complete("B", "2");
    CHECK(ends.state.status == case_status::ended);
    CHECK(to_iso(ends.state.parts.at(0).due, ends.days.offset) == "2024-03-12");
}

TEST_CASE("a case that is cancelled while its clock stands still shows each date as moved") {
    procedure_builder b = three().overall(build::working_days(4), "1", "3");
    b.made.steps[1].not_counted = true;
    right_clause cancel;
    cancel.what = right_clause::kind::cancel;
    cancel.parties = {"A"};
    b.made.rights.push_back(cancel);
    one_case c = opened(b);
    c.go_to("05/03/2024 08:00");
    c.complete("A", "1");
    c.go_to("07/03/2024 08:00");
    c.ok("A", command::cancel{"không còn cần"});
    CHECK(c.event_of<event::case_ended>().parts_moved.size() == 1);
    CHECK(to_iso(c.state.parts.at(0).due, c.days.offset) == "2024-03-12");
    CHECK_FALSE(c.state.parts[0].late);
}

TEST_CASE("what was late when its clock stopped stays late, and its date stays") {
    procedure_builder b = three().overall(build::working_days(1), "1", "2");
    b.made.steps[1].not_counted = true;
    one_case c = opened(b);
    c.go_to("06/03/2024 08:00");  // one day too late
    c.complete("A", "1");
    c.go_to("15/03/2024 08:00");
    c.complete("B", "2");
    CHECK(c.state.parts.at(0).late);
    CHECK(to_iso(c.state.parts[0].due, c.days.offset) == "2024-03-05");  // it had passed before
}

TEST_CASE("which line of a part holds is settled when its first step opens, and not anew") {
    procedure_builder b = three();
    b.form_of("F", {{"Gấp", field_type::yes_no}});
    b.overall(build::days(2), "2", "3").overall(build::days(9), "2", "3");
    b.made.overall[0].when = build::is("Gấp", value::yes_no(true));
    form_act fill;
    fill.code = "F";
    b.made.steps[0].acts = b.made.steps[1].acts = {fill};
    one_case c(b);
    c.go_to("04/03/2024 08:00");
    c.open("A");
    c.complete("A", "1", {.fields = {{"Gấp", "không"}}});
    REQUIRE(c.state.parts.at(0).limit == 1);
    const due_instant before = c.state.parts[0].due;
    // Whoever has the step cannot give themselves more time, or be caught by less.
    c.ok("B", command::record{"2", {{"Gấp", "có"}}, {}});
    c.complete("B", "2");
    REQUIRE(c.state.parts.size() == 1);
    CHECK(c.state.parts[0].limit == 1);
    CHECK(c.state.parts[0].due == before);
    // A way that is gone again is a new one: there the line is chosen by what stands then.
    c.complete("A", "3", {.outcome = "NOK"});
    REQUIRE(c.state.parts.size() == 2);
    CHECK(c.state.parts[1].limit == 0);
}

TEST_CASE("a stored event of a clock that does not run is refused") {
    one_case c = opened(three());
    const auto add = [&](event::case_overdue fact) {
        case_state state = c.state;
        case_event e;
        e.seq = state.version + 1;
        e.at = c.now;
        e.body = std::move(fact);
        return evolve(state, e).has_value();
    };
    CHECK_FALSE(add({}));
    event::case_overdue part;
    part.part = 7;
    CHECK_FALSE(add(part));
}
