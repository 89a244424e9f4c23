// SPDX-License-Identifier: BSL-1.0
// tests/check/overall.cpp: the overall limit against the longest path.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

static list found(const procedure_builder& p) { return findings::lines(check(p.made)); }
static time_limit half_days(std::int64_t halves) {
    return within(of(decimal::of(halves * 5, 1), time_unit::working_day));
}

/// The smallest procedure of the language's own page: 0,5 and 1,5 working days, the third not
/// counted.
static procedure_builder certificate(amount overall) {
    procedure_builder p;
    p.made.rule = counting_rule::working_time;
    p.made.steps_in_order = true;
    p.overall(overall);
    p.add(a_step("1").limit(half_days(1)))
        .add(a_step("2").limit(half_days(3)).go(ok(to("3"))).go(nok(to("1"))))
        .add(a_step("3"));
    p.made.steps[2].not_counted = true;
    return p;
}

TEST_CASE("the sum of the steps fits, is too long, or leaves time over") {
    CHECK(found(certificate(working_days(2))).empty());
    CHECK(found(certificate(working_days(1))) ==
          list{"overall_exceeded: 2 ngày làm việc, 1 ngày làm việc, bước 1 → bước 2"});
    CHECK(found(certificate(of(decimal{20, 0}, time_unit::working_hour))) ==
          list{"overall_not_used_up: 2 ngày làm việc, 20 giờ làm việc, bước 1 → bước 2"});
}

TEST_CASE("a step that is not counted adds nothing") {
    auto p = certificate(working_days(2));
    p.made.steps[2].limits = {within(working_days(30))};
    CHECK(found(p).empty());
    p.made.steps[2].not_counted = false;
    CHECK(found(p) ==
          list{"overall_exceeded: 32 ngày làm việc, 2 ngày làm việc, bước 1 → bước 2 → bước 3"});
}

TEST_CASE("the longest of several paths, and the longest of several lines") {
    procedure_builder p;
    p.overall(days(9));
    p.add(a_step("1").limit(within(days(1))).go(ok(to("2"))).go(nok(to("3"))))
        .add(a_step("2").limit(within(days(3))).go(done(to("4"))))
        .add(a_step("3").limit(within(days(7))).go(done(to("4"))))
        .add(a_step("4").limit(within(days(2))).go(done(end())));
    CHECK(found(p) == list{"overall_exceeded: 10 ngày, 9 ngày, bước 1 → bước 3 → bước 4"});
    p.made.steps[2].limits = {within(days(1)), within(days(6))};
    p.made.steps[2].limits[0].when =
        compare(special(operand::kind::rounds), comparison::is, {literal(decimal{1, 0})});
    CHECK(found(p).empty());
}

TEST_CASE("a limit from an earlier event is not added to what lies between") {
    procedure_builder p;
    p.overall(days(10));
    p.add(a_step("1").limit(within(days(2))).go(done(to("2"))))
        .add(a_step("2").limit(within(days(5))).go(done(to("3"))))
        .add(a_step("3").limit(within(days(8), anchor::kind::completion, "1")).go(done(end())));
    CHECK(found(p).empty());
    p.made.steps[2].limits[0].length = days(9);
    CHECK(found(p) == list{"overall_exceeded: 11 ngày, 10 ngày, bước 1 → bước 2 → bước 3"});
    p.made.steps[2].limits[0].from.what = anchor::kind::opening;
    CHECK(found(p) == list{"overall_not_used_up: 9 ngày, 10 ngày, bước 1 → bước 2 → bước 3"});
}

TEST_CASE("returns are left out") {
    procedure_builder p;
    p.overall(days(5));
    p.add(a_step("1").limit(within(days(2))).go(done(to("2"))))
        .add(a_step("2").limit(within(days(3))).go(ok(end())).go(nok(to("1"))));
    CHECK(found(p).empty());
}

TEST_CASE("days, working days and months are not turned into one another") {
    procedure_builder p;
    p.overall(days(5));
    p.add(a_step("1").limit(within(days(2))).go(done(to("2"))))
        .add(a_step("2").limit(within(working_days(3))).go(done(to("3"))))
        .add(a_step("3").limit(within(of(decimal{1, 0}, time_unit::month))).go(done(end())));
    CHECK(found(p) == list{"overall_exceeded_at_least: 33 ngày, 5 ngày, bước 1 → bước 2 → bước 3"});
    p.made.overall[0].length = days(40);
    CHECK(found(p) == list{"overall_not_comparable: 40 ngày, bước 2, bước 3"});
    p.made.overall[0].length = days(1);  // the part that can be added is too long already
    CHECK(found(p) == list{"overall_exceeded: 2 ngày, 1 ngày, bước 1"});
    p.made.overall[0].length = of(decimal{1, 0}, time_unit::year);
    p.made.steps[0].limits = {within(of(decimal{7, 0}, time_unit::month))};
    p.made.steps[1].limits = {within(of(decimal{6, 0}, time_unit::month))};
    CHECK(found(p) == list{"overall_exceeded: 14 tháng, 1 năm, bước 1 → bước 2 → bước 3"});
}

TEST_CASE("weeks, days and hours that run on are one family") {
    procedure_builder p;
    p.overall(of(decimal{1, 0}, time_unit::week));
    p.add(a_step("1").limit(within(days(6))).go(done(to("2"))))
        .add(a_step("2").limit(within(of(decimal{36, 0}, time_unit::hour))).go(done(end())));
    CHECK(found(p) == list{"overall_exceeded: 7,5 ngày, 1 tuần, bước 1 → bước 2"});
}

TEST_CASE("steps whose limit is no amount are named") {
    procedure_builder p;
    p.overall(days(10)).form_of("KH", {{"Hạn", field_type::day}});
    time_limit field = from_field("KH", "Hạn");
    field.approval_not_needed = true;
    p.add(a_step("1").fill("KH").limit(within(days(2))).go(done(to("2"))))
        .add(a_step("2").limit(not_stated()).go(done(to("3"))))
        .add(a_step("3").limit(field).go(done(end())));
    CHECK(found(p) == list{"overall_partly_unknown: 2 ngày, 10 ngày, bước 2, bước 3"});
}

TEST_CASE("a limit of a stretch of steps") {
    procedure_builder p;
    p.overall(days(4), "2", "3");
    p.add(a_step("1").limit(within(days(9))).go(done(to("2"))))
        .add(a_step("2").limit(within(days(2))).go(done(to("3"))))
        .add(a_step("3").limit(within(days(3))).go(done(to("4"))))
        .add(a_step("4").limit(not_stated()).go(done(end())));
    CHECK(found(p) == list{"overall_exceeded: 5 ngày, 4 ngày, bước 2 → bước 3"});
    p.made.overall[0].length = days(5);
    CHECK(found(p).empty());
    p.made.overall[0].from_step = "4";
    p.made.overall[0].to_step = "1";
    CHECK(found(p) == list{"overall_range_empty: bước 4, bước 1"});
}

TEST_CASE("lines of hạn chung with conditions: the longest is compared, the last has none") {
    procedure_builder p;
    p.form_of("BM", {{"Phức tạp", field_type::yes_no}});
    p.overall(days(10)).overall(days(5));
    p.made.overall[0].when = is("Phức tạp", value::yes_no(true));
    p.add(a_step("1").fill("BM").limit(within(days(10))).go(done(end())));
    CHECK(found(p).empty());
    p.made.overall.pop_back();
    CHECK(found(p) == list{"last_overall_conditional"});
    p.made.overall[0].when.reset();
    p.overall(days(3));
    CHECK(found(p) == list{"limit_never_applies"});
}

TEST_CASE("the amounts of hạn chung obey the counting rule too") {
    procedure_builder p;
    p.overall(of(decimal::of(5, 1), time_unit::working_day));
    p.add(a_step("1").limit(within(working_days(1))).go(done(end())));
    CHECK(findings::names(check(p.made)) == list{"fraction_not_counted", "overall_exceeded"});
}

namespace {

/// Four steps in a row, of 2, 3, 3 and 2 days.
procedure_builder four_steps(std::int64_t whole) {
    procedure_builder p;
    p.overall(days(whole));
    const std::int64_t each[] = {2, 3, 3, 2};
    for (int i = 1; i <= 4; ++i)
        p.add(a_step(std::to_string(i))
                  .limit(within(days(each[i - 1])))
                  .go(done(i < 4 ? to(std::to_string(i + 1)) : end())));
    return p;
}

}  // namespace

TEST_CASE("parts of the way, each within its limit, may together be longer than the whole") {
    auto p = four_steps(10);
    p.overall(days(5), "1", "2").overall(days(5), "3", "4");
    CHECK(found(p).empty());
    p.made.overall[2].length = days(6);
    CHECK(found(p) ==
          list{"overall_not_used_up: 5 ngày, 6 ngày, bước 3 → bước 4",
               "parts_longer_than_whole: 11 ngày, 10 ngày, bước 1 → bước 2 → bước 3 … bước 4"});
    p.made.overall[1].length = days(6);
    CHECK(findings::lines(check(p.made)).back() ==
          "parts_longer_than_whole: 12 ngày, 10 ngày, bước 1 … bước 2 → bước 3 … bước 4");
    // One part and the steps outside it are added too.
    p.made.overall.erase(p.made.overall.begin() + 1);
    CHECK(found(p) ==
          list{"overall_not_used_up: 5 ngày, 6 ngày, bước 3 → bước 4",
               "parts_longer_than_whole: 11 ngày, 10 ngày, bước 1 → bước 2 → bước 3 … bước 4"});
    // What the steps alone exceed is told as that, once.
    p.made.overall[0].length = days(9);
    CHECK(found(p) == list{"overall_exceeded: 10 ngày, 9 ngày, bước 1 → bước 2 → bước 3 → bước 4",
                           "overall_not_used_up: 5 ngày, 6 ngày, bước 3 → bước 4"});
}

TEST_CASE("steps without an amount are known where a part says how long they may take") {
    auto p = four_steps(10);
    p.made.steps[1].limits = {not_stated()};
    p.made.steps[2].limits = {not_stated()};
    CHECK(found(p) == list{"overall_partly_unknown: 4 ngày, 10 ngày, bước 2, bước 3"});
    p.overall(days(6), "2", "3");
    CHECK(found(p) == list{"overall_partly_unknown: 0 ngày, 6 ngày, bước 2, bước 3"});
    p.made.overall[1].length = days(7);
    CHECK(found(p) ==
          list{"overall_partly_unknown: 0 ngày, 7 ngày, bước 2, bước 3",
               "parts_longer_than_whole: 11 ngày, 10 ngày, bước 1 → bước 2 … bước 3 → bước 4"});
}

TEST_CASE("a part within a part is held against that, and not added to it") {
    auto p = four_steps(10);
    p.overall(days(10), "1", "4").overall(days(6), "2", "3");
    CHECK(found(p).empty());
    p.made.overall[2].length = days(12);
    CHECK(found(p) == list{"part_longer_than_whole: 12 ngày, bước 2, bước 3, 10 ngày",
                           "part_longer_than_part: 12 ngày, bước 2, bước 3, 10 ngày, bước 1, "
                           "bước 4"});
    p.made.overall.erase(p.made.overall.begin());
    CHECK(found(p) ==
          list{"part_longer_than_part: 12 ngày, bước 2, bước 3, 10 ngày, bước 1, bước 4"});
}

TEST_CASE("parts on ways that part again are not added to one another") {
    procedure_builder p;
    p.overall(days(7)).overall(days(5), "2", "2").overall(days(5), "3", "3");
    p.add(a_step("1").limit(within(days(2))).go(ok(to("2"))).go(nok(to("3"))))
        .add(a_step("2").limit(within(days(5))).go(done(end())))
        .add(a_step("3").limit(within(days(5))).go(done(end())));
    CHECK(found(p).empty());
}
