// SPDX-License-Identifier: BSL-1.0
// tests/check/limits.cpp: events of limits, approvals they need, counting rules.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

static list found(const procedure_builder& p) { return findings::lines(check(p.made)); }

/// 1 → 2 or 3; 2 → 3; 3 has the limit.
static list with_limit(time_limit l, void (*change)(procedure&) = nullptr) {
    procedure_builder p;
    p.form_of("KH", {{"Hạn", field_type::day}, {"Chữ", field_type::text}});
    p.add(a_step("1").fill("KH").go(ok(to("2"))).go(nok(to("3"))))
        .add(a_step("2").approve("KH").go(done(to("3"))))
        .add(a_step("3").limit(std::move(l)).go(ok(end())).go(nok(to("1"))))
        .add(a_step("4").go(done(end())));
    p.made.may_open_at = {"4"};
    if (change != nullptr) change(p.made);
    list all = found(p);
    // That 3 can be reached around the approval of 2 is told for itself (approvals.cpp).
    std::erase(all, "approval_skipped: bước 3, bước 2, KH, bước 1 → NOK → bước 3");
    return all;
}
static void always_through_2(procedure& p) { p.steps[0].branches[1].to = to("2"); }

TEST_CASE("events that have happened on every path") {
    using k = anchor::kind;
    CHECK(with_limit(within(days(3))).empty());
    CHECK(with_limit(within(days(3), k::completion, "1")).empty());
    CHECK(with_limit(within(days(3), k::receipt, "1")).empty());
    CHECK(with_limit(within(days(3), k::start, "1")).empty());
    CHECK(with_limit(within(days(3), k::start, "3")).empty());
    CHECK(with_limit(within(days(3), k::opening, "")).empty());
    CHECK(with_limit(within(days(3), k::completion, "2"), always_through_2).empty());
}

TEST_CASE("events that may not have happened, and events that never have") {
    using k = anchor::kind;
    CHECK(with_limit(within(days(3), k::completion, "2")) ==
          list{"limit_event_maybe: hoàn thành bước 2, bước 3, bước 1 → bước 3"});
    CHECK(with_limit(within(days(3), k::ok, "1")) ==
          list{"limit_event_maybe: OK ở bước 1, bước 3, bước 1 → bước 3"});
    CHECK(with_limit(within(days(3), k::nok, "2")) ==
          list{"limit_event_never: NOK ở bước 2, bước 3"});
    CHECK(with_limit(within(days(3), k::completion, "4")) ==
          list{"limit_event_never: hoàn thành bước 4, bước 3"});
    CHECK(with_limit(within(days(3), k::completion, "3")) ==
          list{"limit_from_itself: hoàn thành bước 3, bước 3"});
    CHECK(with_limit(within(days(3), k::receipt, "3")) ==
          list{"limit_from_itself: nhận ở bước 3, bước 3"});
}

TEST_CASE("a limit with a condition is only warned about") {
    time_limit l = within(days(3), anchor::kind::completion, "2");
    l.when = compare(special(operand::kind::entered_from), comparison::is, {literal("2")});
    const auto add_last = [](procedure& p) { p.steps[2].limits.push_back(within(days(5))); };
    CHECK(with_limit(l, add_last) ==
          list{"limit_event_maybe_if: hoàn thành bước 2, bước 3, bước 1 → bước 3"});
}

TEST_CASE(
    "a task reached by a return counts from the return, so its anchor need not have happened") {
    // 1 → 2 → 3, and 3 returns to 2: what 2 counts from must only have happened on the way forward
    procedure_builder p;
    p.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").limit(within(days(3), anchor::kind::completion, "1")).go(done(to("3"))))
        .add(a_step("3").go(ok(end())).go(nok(to("2"))))
        .add(a_step("4").go(done(to("3"))));
    p.made.may_open_at = {"4"};
    CHECK(found(p).empty());
}

TEST_CASE("a consultation counts from events of the step it is raised in") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2")))).add(a_step("2").go(done(end())));
    p.add(a_consultation("2a", {"2"}).limit(within(days(2), anchor::kind::start, "2")));
    CHECK(found(p).empty());
    p.made.steps[2].limits = {within(days(2), anchor::kind::completion, "1")};
    CHECK(found(p).empty());
    p.made.steps[2].limits = {within(days(2), anchor::kind::completion, "2")};
    CHECK(found(p) == list{"limit_event_never: hoàn thành bước 2, xin ý kiến 2a"});
    p.made.steps[2].limits = {within(days(2), anchor::kind::receipt, "2a")};
    CHECK(found(p) == list{"limit_from_itself: nhận ở bước 2a, xin ý kiến 2a"});
    p.made.steps[2].limits.clear();
    p.made.steps[1].limits = {within(days(2), anchor::kind::receipt, "2a")};
    CHECK(found(p) == list{"limit_event_never: nhận ở bước 2a, bước 2"});
}

TEST_CASE("a limit read from a form: filled and approved on every path, or approval not needed") {
    CHECK(with_limit(from_field("KH", "Hạn"), always_through_2).empty());
    CHECK(with_limit(from_field("KH", "Hạn")) ==
          list{"limit_form_not_approved: KH, bước 3, bước 1 → bước 3"});
    time_limit open = from_field("KH", "Hạn");
    open.approval_not_needed = true;
    CHECK(with_limit(open).empty());
    CHECK(with_limit(from_field("KH", "Chữ"), always_through_2) ==
          list{"limit_field_not_a_day: Chữ, KH"});
    CHECK(with_limit(from_field("KH", "Hạn"), [](procedure& p) {
              always_through_2(p);
              p.steps[0].acts.clear();
          }) == list{"field_never_filled: Hạn, KH, bước 3", "approves_nothing: KH, bước 2"});
}

TEST_CASE("filling a form again drops its approval; a later entry does not") {
    const auto between = [](form_act::kind what) {
        procedure_builder p;
        p.form_of("KH", {{"Hạn", field_type::day}});
        p.made.forms[0].boxes.emplace_back().append_only = true;
        p.add(a_step("1").fill("KH").go(done(to("2"))))
            .add(a_step("2").approve("KH").go(done(to("3"))))
            .add(a_step("3").act(what, "KH").go(done(to("4"))))
            .add(a_step("4").limit(from_field("KH", "Hạn")).go(done(end())));
        return found(p);
    };
    CHECK(between(form_act::kind::fill) ==
          list{"limit_form_not_approved: KH, bước 4, bước 1 → bước 2 → bước 3 → bước 4"});
    CHECK(between(form_act::kind::append).empty());
    CHECK(between(form_act::kind::use).empty());
}

TEST_CASE("an approval under a condition is certain on its own branch") {
    procedure_builder p;
    p.form_of("KH", {{"Hạn", field_type::day}});
    p.add(a_step("1").fill("KH").go(done(to("2"))))
        .add(a_step("2").approve("KH").act_if(outcome("OK")).go(ok(to("3"))).go(nok(to("1"))))
        .add(a_step("3").limit(from_field("KH", "Hạn")).go(done(end())));
    CHECK(found(p).empty());
    p.made.steps[1].acts[0].when =
        compare(special(operand::kind::rounds), comparison::is, {literal(decimal{1, 0})});
    CHECK(found(p) == list{"limit_form_maybe_not_approved: KH, bước 3, bước 1 → bước 2 → bước 3"});
}

TEST_CASE("an approval as the event itself") {
    time_limit l = within(days(3));
    l.from.what = anchor::kind::signing;
    l.from.form = "KH";
    CHECK(with_limit(l, always_through_2).empty());
    // The advice of a limit that is read from a form, `, chưa cần duyệt`, would mean nothing here.
    CHECK(with_limit(l) == list{"limit_signing_not_done: KH, bước 3, bước 1 → bước 3"});
    l.from.what = anchor::kind::field;
    l.from.field = {"KH", "Hạn"};
    CHECK(with_limit(l, always_through_2).empty());
}

TEST_CASE("the order of lines: the last has no condition, and nothing follows one that applies") {
    procedure_builder p;
    p.add(a_step("1").limit(within(days(1))).limit(within(days(2))).go(done(end())));
    CHECK(found(p) == list{"limit_never_applies"});
    p.made.steps[0].limits[0].when =
        compare(special(operand::kind::rounds), comparison::is, {literal(decimal{1, 0})});
    CHECK(found(p).empty());
    p.made.steps[0].limits.pop_back();
    CHECK(found(p) == list{"last_limit_conditional: bước 1"});
}

TEST_CASE("rules 10 and 11: what a counting rule can count") {
    const auto under = [](counting_rule rule, amount a) {
        procedure_builder p;
        p.made.rule = rule;
        p.add(a_step("1").limit(within(a)).go(done(end())));
        return found(p);
    };
    constexpr auto days_rule = counting_rule::blds_2015;
    constexpr auto hours_rule = counting_rule::working_time;
    const decimal half = decimal::of(5, 1);
    CHECK(under(days_rule, of(half, time_unit::working_day)) ==
          list{"fraction_not_counted: 0,5 ngày làm việc"});
    CHECK(under(hours_rule, of(half, time_unit::working_day)).empty());
    CHECK(under(days_rule, of(decimal{4, 0}, time_unit::working_hour)) ==
          list{"working_hours_not_counted: 4 giờ làm việc"});
    CHECK(under(hours_rule, of(decimal{4, 0}, time_unit::working_hour)).empty());
    for (const auto rule : {days_rule, hours_rule}) {
        CHECK(under(rule, of(half, time_unit::day)) == list{"fraction_of_a_day: 0,5 ngày"});
        CHECK(under(rule, of(half, time_unit::week)) == list{"fraction_of_a_day: 0,5 tuần"});
        CHECK(under(rule, of(half, time_unit::month)) == list{"fraction_of_a_day: 0,5 tháng"});
        CHECK(under(rule, of(half, time_unit::year)) == list{"fraction_of_a_day: 0,5 năm"});
        CHECK(under(rule, of(half, time_unit::hour)).empty());
        CHECK(under(rule, working_days(3)).empty());
        CHECK(under(rule, days(0)) == list{"limit_is_zero: 0 ngày"});
        CHECK(under(rule, of(decimal::of(1, 4), time_unit::working_day)) ==
              list{"limit_is_zero: 0,0001 ngày làm việc"});
        CHECK(under(rule, of(decimal{101, 0}, time_unit::year)) ==
              list{"limit_too_long: 101 năm, 100"});
        CHECK(under(rule, of(decimal{100, 0}, time_unit::year)).empty());
    }
}

TEST_CASE("steps without a limit: a hint, unless nothing is stated or counted or it is not ours") {
    procedure_builder p;
    p.external("KH");
    p.made.no_deadlines_stated = false;
    p.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").limit(not_stated()).go(done(to("3"))))
        .add(a_step("3").go(done(to("4"))))
        .add(a_step("4", {"KH"}).go(done(end())));
    p.made.steps[2].not_counted = true;
    p.made.steps[3].recorder = "A";
    CHECK(found(p) == list{"limit_not_written: bước 1"});
    p.made.no_deadlines_stated = true;
    CHECK(found(p).empty());
}

TEST_CASE("rule 12: the last acceptable day is off, when the calendar is known") {
    procedure_builder p;
    calendar c = plain_week();
    c.code = "HC.VN";
    c.years = {2024};
    c.days[read_date("30/04/2024").value()] = {day_kind::off, "Ngày Chiến thắng"};
    p.made.calendars = {c};
    p.made.calendar_code = "HC.VN";
    time_limit l;
    l.what = time_limit::kind::through_date;
    l.day = read_date("30/04/2024");
    p.add(a_step("1").limit(l).go(done(end())));
    CHECK(found(p) == list{"last_day_is_off: 30/04/2024, Ngày Chiến thắng"});
    p.made.steps[0].limits[0].what = time_limit::kind::before_date;
    CHECK(found(p).empty());  // Monday 29/04 is worked
    p.made.steps[0].limits[0].day = read_date("29/04/2024");
    CHECK(found(p) == list{"last_day_is_off: 28/04/2024, nghỉ hằng tuần"});
    p.made.steps[0].limits[0].day = read_date("29/04/2030");
    CHECK(found(p).empty());  // a year without data is not guessed
    p.made.calendar_code.clear();
    p.made.steps[0].limits[0].day = read_date("29/04/2024");
    CHECK(found(p).empty());
}

/// 1 (5 days) → 2 (2 days) → 3 with the limit; 1 may go straight to 3 when `shortcut`.
static list born(time_limit l, bool shortcut = false, time_limit first = within(days(5))) {
    procedure_builder p;
    p.add(a_step("1").limit(std::move(first)).go(ok(to("2"))).go(nok(to(shortcut ? "3" : "2"))))
        .add(a_step("2").limit(within(days(2))).go(done(to("3"))))
        .add(a_step("3").limit(std::move(l)).go(ok(end())).go(nok(to("1"))));
    return found(p);
}

TEST_CASE("a limit that has run out before its task is there, when the steps before use theirs") {
    using k = anchor::kind;
    CHECK(born(within(days(6), k::opening, "")) ==
          list{"limit_born_late: bước 3, 6 ngày, mở hồ sơ, 7 ngày"});
    CHECK(born(within(days(7), k::opening, "")).empty());
    CHECK(born(within(days(5), k::opening, ""), true).empty());  // one way is short enough
    CHECK(born(within(days(4), k::opening, ""), true) ==
          list{"limit_born_late: bước 3, 4 ngày, mở hồ sơ, 5 ngày"});
    // From the end of step 1 only step 2 stands between; from its start both do.
    CHECK(born(within(days(1), k::completion, "1")) ==
          list{"limit_born_late: bước 3, 1 ngày, hoàn thành bước 1, 2 ngày"});
    CHECK(born(within(days(2), k::receipt, "1")).empty());
    CHECK(born(within(days(6), k::start, "1")) ==
          list{"limit_born_late: bước 3, 6 ngày, bắt đầu bước 1, 7 ngày"});
    CHECK(born(within(days(1), k::completion, "2")).empty());
    CHECK(born(within(days(1))).empty());
    // What cannot be added says nothing: other units, a limit that is not stated.
    CHECK(born(within(working_days(1), k::opening, "")).empty());
    CHECK(born(within(days(2), k::opening, ""), false, not_stated()).empty());
    CHECK(born(within(days(1), k::opening, ""), false, not_stated()) ==
          list{"limit_born_late: bước 3, 1 ngày, mở hồ sơ, 2 ngày"});
    // A step before that counts from an earlier event overlaps with what has passed.
    CHECK(born(within(days(5), k::opening, ""), false, within(days(3), k::opening, "")).empty());
}

TEST_CASE("whoever opens a case at a later step has not used the limits of the steps before") {
    procedure_builder p;
    p.add(a_step("1").limit(within(days(5))).go(done(to("2"))))
        .add(a_step("2").limit(within(days(1), anchor::kind::opening, "")).go(done(end())));
    CHECK(found(p).size() == 1);
    p.made.may_open_at = {"2"};
    CHECK(found(p).empty());
}

TEST_CASE("a last day off is seen by the calendar that will count it") {
    const auto last = [](time_limit::kind what, const char* day, const char* code = "") {
        procedure_builder p;
        time_limit l;
        l.what = what;
        l.day = read_date(day);
        p.add(a_step("1").limit(l).go(done(end())));
        p.made.calendar_code = code;
        static const calendar week = [] {
            calendar c = plain_week();
            c.years = {2024};
            return c;
        }();
        check_context context;
        context.find_calendar = [](std::string_view wanted) {
            return wanted.empty() || wanted == "HC.VN" ? &week : nullptr;
        };
        return findings::lines(check(p.made, context));
    };
    using k = time_limit::kind;
    // A Sunday; without a calendar in the text the one by default is looked at.
    CHECK(last(k::through_date, "10/03/2024") ==
          list{"last_day_is_off: 10/03/2024, nghỉ hằng tuần"});
    CHECK(last(k::through_date, "11/03/2024").empty());
    CHECK(last(k::before_date, "11/03/2024").size() == 1);
    CHECK(last(k::through_date, "10/03/2024", "HC.VN").size() == 1);
    CHECK(last(k::through_date, "10/03/2024", "HC.XX") == list{"calendar_not_known: HC.XX"});
    CHECK(last(k::through_date, "10/03/2030").empty());  // a year without data
}

TEST_CASE("a limit from a field that may stay empty is warned about, unless it asks first") {
    procedure_builder p;
    p.form_of("KH", {{"Hạn", field_type::day}});
    p.made.forms[0].fields[0].required = false;
    p.add(a_step("1").fill("KH").go(done(to("2"))))
        .add(a_step("2").approve("KH").go(done(to("3"))))
        .add(a_step("3").limit(from_field("KH", "Hạn")).go(done(end())));
    CHECK(found(p) == list{"limit_field_optional: Hạn, KH, bước 3"});
    time_limit counted = within(days(3));
    counted.from.what = anchor::kind::field;
    counted.from.field = {"KH", "Hạn"};
    p.made.steps[2].limits = {counted};
    CHECK(found(p) == list{"limit_field_optional: Hạn, KH, bước 3"});
    p.made.steps[2].limits = {from_field("KH", "Hạn"), within(days(3))};
    p.made.steps[2].limits[0].when = filled("Hạn");
    CHECK(found(p).empty());
    p.made.steps[2].limits = {from_field("KH", "Hạn")};
    p.made.forms[0].fields[0].required_if = is("Khác", value::yes_no(true));
    CHECK(found(p).size() <= 1);  // what it hangs on is judged where it is declared
}

TEST_CASE("a calendar that nobody knows is told where somebody could know it") {
    procedure_builder p;
    p.add(a_step("1").limit(within(days(5))).go(done(end())));
    p.made.calendar_code = "HC.XX";
    CHECK(found(p).empty());
    check_context context;
    const calendar office_days = plain_week();
    context.find_calendar = [&](std::string_view code) {
        return code == "HC.VN" ? &office_days : nullptr;
    };
    CHECK(findings::lines(check(p.made, context)) == list{"calendar_not_known: HC.XX"});
    calendar own = plain_week();
    own.code = "HC.XX";
    p.made.calendars.push_back(own);
    CHECK(check(p.made, context).total() == 0);
    p.made.calendars.clear();
    p.made.calendar_code = "HC.VN";
    CHECK(check(p.made, context).total() == 0);
}
