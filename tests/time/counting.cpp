// SPDX-License-Identifier: BSL-1.0
// tests/time/counting.cpp: the counting rules on dates worked out by hand, and what they refuse.
#include <quytrinh/time/counting.hpp>

#include "time/hc_vn.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace quytrinh;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using test::at;
using test::day;

namespace {

constexpr std::array<counting_rule, 5> rules{
    counting_rule::blds_2015, counting_rule::include_first_day, counting_rule::no_roll,
    counting_rule::roll_back, counting_rule::working_time};

constexpr auto blds = counting_rule::blds_2015;
constexpr auto office = counting_rule::working_time;

amount of(std::string_view count, time_unit unit) { return {decimal::read(count).value(), unit}; }

/// The due as ISO text, or the name of the error.
std::string due(counting_rule rule, std::string_view from, std::string_view count, time_unit unit,
                const calendar& c = test::hc_vn()) {
    const auto start = from.size() > 10 ? at(from) : start_of(day(from), c.offset);
    const auto counted = count_limit(c, rule, start, of(count, unit));
    if (!counted) return std::string(name_of(counted.error().code));
    CHECK(counted->calendar_version == c.version);
    CHECK(counted->trace.front().step == trace_step::start);
    CHECK(counted->trace.back().step == trace_step::due);
    return to_iso(counted->due, c.offset);
}

}  // namespace

TEST_CASE("three working days over the swapped holiday of April 2024 end on the made-up Saturday") {
    CHECK(due(blds, "26/04/2024", "3", time_unit::working_day) == "2024-05-04");
    const calendar c = test::hc_vn();
    const auto counted =
        count_limit(c, blds, at("2024-04-26T15:00"), of("3", time_unit::working_day)).value();
    CHECK(counted.due.last_day == day("2024-05-04"));
    CHECK(counted.due.before == at("2024-05-05T00:00"));
    CHECK_FALSE(counted.due.to_the_hour);
    CHECK(counted.calendar_version == "2026-11");
    const std::vector<trace_line> expected{
        {trace_step::start, day("26/04/2024"), 900, 0, ""},
        {trace_step::skipped_off, day("27/04/2024"), 0, 0, ""},
        {trace_step::skipped_off, day("28/04/2024"), 0, 0, ""},
        {trace_step::skipped_off, day("29/04/2024"), 0, 0, "hoán đổi sang thứ Bảy 04/05/2024"},
        {trace_step::skipped_off, day("30/04/2024"), 0, 0, "Ngày Chiến thắng"},
        {trace_step::skipped_off, day("01/05/2024"), 0, 0, "Ngày Quốc tế lao động"},
        {trace_step::counted, day("02/05/2024"), 0, 1, ""},
        {trace_step::counted, day("03/05/2024"), 0, 2, ""},
        {trace_step::made_up, day("04/05/2024"), 0, 3, "hoán đổi cho ngày 29/04/2024"},
        {trace_step::due, day("04/05/2024"), 0, 0, ""},
    };
    CHECK(counted.trace == expected);
}

TEST_CASE("calendar days exclude the day of the event and roll to the next working day") {
    CHECK(due(blds, "11/12/2023", "3", time_unit::day) == "2023-12-14");
    CHECK(due(blds, "26/04/2024", "3", time_unit::day) == "2024-05-02");  // 29/4–1/5 off
    CHECK(due(blds, "03/05/2024", "1", time_unit::day) == "2024-05-04");  // a Saturday worked
    CHECK(due(blds, "03/05/2024", "2", time_unit::day) == "2024-05-06");  // Sunday to Monday
    CHECK(due(blds, "26/04/2024", "0", time_unit::day) == "2024-04-26");
    CHECK(due(blds, "27/04/2024", "0", time_unit::day) == "2024-05-02");
    // The hour of the event is of no account: the day is counted from its end.
    CHECK(due(blds, "2023-12-11T00:00", "3", time_unit::day) == "2023-12-14");
    CHECK(due(blds, "2023-12-11T23:59", "3", time_unit::day) == "2023-12-14");
}

TEST_CASE("the day of an event is the day where the calendar is, not in Greenwich") {
    const calendar c = test::hc_vn();
    // 18:30 UTC on the 10th is 01:30 on the 11th at UTC+7.
    const auto late = *read_instant("2023-12-10T18:30:00Z", minutes{0});
    CHECK(count_limit(c, blds, late, of("3", time_unit::day)).value().due.last_day ==
          day("2023-12-14"));
    const auto before = *read_instant("2023-12-10T16:59:59Z", minutes{0});
    CHECK(count_limit(c, blds, before, of("3", time_unit::day)).value().due.last_day ==
          day("2023-12-13"));
}

TEST_CASE("the other rules differ in the first day and in the roll") {
    using enum counting_rule;
    CHECK(due(include_first_day, "11/12/2023", "3", time_unit::day) == "2023-12-13");
    CHECK(due(include_first_day, "11/12/2023", "1", time_unit::day) == "2023-12-11");
    CHECK(due(include_first_day, "11/12/2023", "0", time_unit::day) == "2023-12-11");
    CHECK(due(include_first_day, "25/04/2024", "3", time_unit::day) == "2024-05-02");
    CHECK(due(no_roll, "26/04/2024", "3", time_unit::day) == "2024-04-29");
    CHECK(due(roll_back, "26/04/2024", "3", time_unit::day) == "2024-04-26");
    CHECK(due(roll_back, "24/04/2024", "2", time_unit::day) == "2024-04-26");
    CHECK(due(include_first_day, "26/04/2024", "1", time_unit::working_day) == "2024-04-26");
    CHECK(due(include_first_day, "27/04/2024", "1", time_unit::working_day) == "2024-05-02");
    CHECK(due(no_roll, "26/04/2024", "1", time_unit::working_day) == "2024-05-02");
    CHECK(due(no_roll, "27/04/2024", "0", time_unit::working_day) == "2024-04-27");
    CHECK(due(blds, "27/04/2024", "0", time_unit::working_day) == "2024-05-02");
}

TEST_CASE("weeks end on the same weekday") {
    CHECK(due(blds, "11/12/2023", "1", time_unit::week) == "2023-12-18");
    CHECK(due(blds, "22/04/2024", "1", time_unit::week) == "2024-05-02");  // Monday 29/4 is off
    CHECK(due(counting_rule::include_first_day, "12/12/2023", "1", time_unit::week) ==
          "2023-12-18");
    CHECK(due(counting_rule::no_roll, "13/12/2023", "2", time_unit::week) == "2023-12-27");
}

TEST_CASE("months end on the corresponding day or the last one, years on 29 February likewise") {
    using enum counting_rule;
    CHECK(due(blds, "15/01/2024", "1", time_unit::month) == "2024-02-15");
    CHECK(due(no_roll, "31/01/2024", "1", time_unit::month) == "2024-02-29");
    CHECK(due(no_roll, "31/01/2025", "1", time_unit::month) == "2025-02-28");
    CHECK(due(no_roll, "31/01/2025", "2", time_unit::month) == "2025-03-31");
    CHECK(due(blds, "30/11/2025", "3", time_unit::month) == "2026-03-02");  // 28/2 is a Saturday
    CHECK(due(no_roll, "31/12/2024", "14", time_unit::month) == "2026-02-28");
    CHECK(due(blds, "29/02/2024", "1", time_unit::year) == "2025-02-28");
    CHECK(due(no_roll, "29/02/2020", "4", time_unit::year) == "2024-02-29");
    CHECK(due(blds, "28/02/2023", "1", time_unit::year) == "2024-02-28");
    // Day 1 included, a month is over on the day before; no day before a clamped one is lost.
    CHECK(due(include_first_day, "15/01/2024", "1", time_unit::month) == "2024-02-15");
    CHECK(due(include_first_day, "16/01/2024", "1", time_unit::month) == "2024-02-15");
    const calendar c = test::hc_vn();
    const auto clamped =
        count_limit(c, include_first_day, at("2025-01-31T00:00"), of("1", time_unit::month))
            .value();
    CHECK(clamped.due.last_day == day("2025-02-28"));
    const std::vector<trace_line> expected{
        {trace_step::start, day("31/01/2025"), 0, 1, ""},
        {trace_step::clamped, day("28/02/2025"), 0, 31, ""},
        {trace_step::months, day("28/02/2025"), 0, 1, ""},
        {trace_step::due, day("28/02/2025"), 0, 0, ""},
    };
    CHECK(clamped.trace == expected);
}

TEST_CASE("hours and minutes run on from the moment and never roll") {
    for (const auto rule : rules) {
        CHECK(due(rule, "2024-04-26T15:10", "48", time_unit::hour) == "2024-04-28T15:10");
        CHECK(due(rule, "2024-04-26T15:10", "90", time_unit::minute) == "2024-04-26T16:40");
        CHECK(due(rule, "2024-04-26T15:10", "0", time_unit::minute) == "2024-04-26T15:10");
    }
    CHECK(due(office, "2024-04-26T15:10", "1,5", time_unit::hour) == "2024-04-26T16:40");
    CHECK(due(office, "2024-04-26T15:10:20", "1", time_unit::hour) == "2024-04-26T16:10:20");
    // No year is asked for.
    CHECK(due(blds, "2031-04-26T15:10", "2", time_unit::hour) == "2031-04-26T17:10");
}

TEST_CASE("midnight belongs to the day that it ends") {
    const calendar c = test::hc_vn();
    const auto counted =
        count_limit(c, blds, at("2024-04-26T16:00"), of("8", time_unit::hour)).value();
    CHECK(counted.due.before == at("2024-04-27T00:00"));
    CHECK(counted.due.last_day == day("2024-04-26"));
    CHECK(counted.trace.back() == trace_line{trace_step::due, day("2024-04-26"), 1440, 1, ""});
    const auto nothing =
        count_limit(c, blds, at("2024-04-26T00:00"), of("0", time_unit::hour)).value();
    CHECK(nothing.due.last_day == day("2024-04-26"));
}

TEST_CASE("working time counts opening minutes from the moment of receipt") {
    // The smallest procedure of the language: received at 08:00.
    CHECK(due(office, "2024-06-10T08:00", "0,5", time_unit::working_day) == "2024-06-10T14:00");
    CHECK(due(office, "2024-06-10T08:00", "1,5", time_unit::working_day) == "2024-06-11T14:00");
    CHECK(due(office, "2024-06-10T08:00", "0,25", time_unit::working_day) == "2024-06-10T10:00");
    CHECK(due(office, "2024-06-10T10:00", "4", time_unit::working_hour) == "2024-06-10T16:00");
    CHECK(due(office, "2024-06-10T10:00", "0,5", time_unit::working_hour) == "2024-06-10T10:30");
    CHECK(due(office, "2024-06-10T08:00", "3", time_unit::working_day) == "2024-06-13T08:00");
    CHECK(due(office, "26/04/2024", "3", time_unit::working_day) == "2024-05-03T17:30");
}

TEST_CASE("a receipt outside opening hours counts from the next opening") {
    const auto one_hour = [](std::string_view from) {
        return due(office, from, "1", time_unit::working_hour);
    };
    CHECK(one_hour("2024-06-10T05:00") == "2024-06-10T08:30");  // before opening
    CHECK(one_hour("2024-06-10T07:30") == "2024-06-10T08:30");
    CHECK(one_hour("2024-06-10T11:30") == "2024-06-10T14:30");  // lunch begins
    CHECK(one_hour("2024-06-10T12:45") == "2024-06-10T14:30");  // lunch
    CHECK(one_hour("2024-06-10T11:29") == "2024-06-10T14:29");
    CHECK(one_hour("2024-06-10T17:30") == "2024-06-11T08:30");  // closed
    CHECK(one_hour("2024-06-10T23:59") == "2024-06-11T08:30");
    CHECK(one_hour("2024-06-08T10:00") == "2024-06-10T08:30");  // Saturday
    CHECK(one_hour("2024-04-29T10:00") == "2024-05-02T08:30");  // swapped away, then holidays
    CHECK(one_hour("2024-05-04T10:00") == "2024-05-04T11:00");  // made up
    CHECK(one_hour("2024-05-03T17:00") == "2024-05-04T08:00");  // into the made-up Saturday
    CHECK(due(office, "2024-06-10T05:00", "0", time_unit::working_hour) == "2024-06-10T07:30");
    CHECK(due(office, "2024-06-10T17:30", "0", time_unit::working_hour) == "2024-06-11T07:30");
}

TEST_CASE("a limit that ends at closing time is due at that minute, not at the next opening") {
    CHECK(due(office, "2024-06-10T07:30", "1", time_unit::working_day) == "2024-06-10T17:30");
    CHECK(due(office, "2024-06-10T07:30", "0,5", time_unit::working_day) == "2024-06-10T11:30");
    CHECK(due(office, "2024-06-14T13:30", "4", time_unit::working_hour) == "2024-06-14T17:30");
    calendar late = test::hc_vn();
    late.week[0] = {{960, 1440}};
    const auto counted =
        count_limit(late, office, at("2024-06-10T16:00"), of("8", time_unit::working_hour)).value();
    CHECK(counted.due.before == at("2024-06-11T00:00"));
    CHECK(counted.due.last_day == day("2024-06-10"));
}

TEST_CASE("seconds of a receipt are kept, and a fraction of a day is rounded to the minute") {
    CHECK(due(office, "2024-06-10T08:00:30", "4", time_unit::working_hour) ==
          "2024-06-10T14:00:30");
    CHECK(due(office, "2024-06-10T17:29:30", "1", time_unit::working_hour) ==
          "2024-06-11T08:29:30");
    CHECK(due(office, "2024-06-10T08:00", "0,333", time_unit::working_day) == "2024-06-10T10:40");
    CHECK(due(office, "2024-06-10T08:00", "0,001", time_unit::working_day) == "2024-06-10T08:00");
}

TEST_CASE("a receipt after the cut-off counts from the opening of the next working day") {
    calendar c = test::hc_vn();
    c.cut_off = std::int16_t{15 * 60};
    const auto one_hour = [&](std::string_view from) {
        return due(office, from, "1", time_unit::working_hour, c);
    };
    CHECK(one_hour("2024-06-10T15:00") == "2024-06-10T16:00");
    CHECK(one_hour("2024-06-10T15:00:01") == "2024-06-11T08:30");
    CHECK(one_hour("2024-06-10T16:00") == "2024-06-11T08:30");
    CHECK(one_hour("2024-06-07T16:00") == "2024-06-10T08:30");  // Friday
    CHECK(one_hour("2024-06-08T16:00") == "2024-06-10T08:30");
    const auto counted =
        count_limit(c, office, at("2024-06-10T16:00"), of("1", time_unit::working_hour)).value();
    const std::vector<trace_line> expected{
        {trace_step::start, day("10/06/2024"), 960, 2, ""},
        {trace_step::moved_to_opening, day("11/06/2024"), 450, 0, ""},
        {trace_step::hours, day("11/06/2024"), 0, 60, ""},
        {trace_step::due, day("11/06/2024"), 510, 1, ""},
    };
    CHECK(counted.trace == expected);
    // Limits that end with a day do not know the hour.
    CHECK(due(blds, "2024-06-10T16:00", "1", time_unit::working_day, c) == "2024-06-11");
    CHECK(due(office, "2024-06-10T16:00", "1", time_unit::day, c) == "2024-06-11");
}

TEST_CASE("days, weeks, months and years under working time are those of the Civil Code") {
    for (const auto unit : {time_unit::day, time_unit::week, time_unit::month, time_unit::year}) {
        const char* from = "2023-04-26T15:00";
        CHECK(due(office, from, "1", unit) == due(blds, from, "1", unit));
    }
}

TEST_CASE("what a rule cannot count is refused and named") {
    using enum time_unit;
    for (const auto rule : rules) {
        CAPTURE(static_cast<int>(rule));
        const bool by_time = rule == office;
        for (const auto unit : {day, week, month, year}) {
            CHECK(due(rule, "2024-06-10T08:00", "0,5", unit) == "rule_mismatch");
        }
        CHECK((due(rule, "2024-06-10T08:00", "0,5", working_day) == "rule_mismatch") == !by_time);
        CHECK((due(rule, "2024-06-10T08:00", "4", working_hour) == "rule_mismatch") == !by_time);
        CHECK((due(rule, "2024-06-10T08:00", "0,5", hour) == "rule_mismatch") == !by_time);
        CHECK((due(rule, "2024-06-10T08:00", "0,5", minute) == "rule_mismatch") == !by_time);
    }
    const auto refused =
        count_limit(test::hc_vn(), blds, at("2024-06-10T08:00"), of("0,25", working_day));
    CHECK(refused.error().args == std::vector<std::string>{"BLDS.2015", "0,25 working_day"});
    // 10,0 is ten.
    CHECK(count_limit(test::hc_vn(), blds, at("2024-06-10T08:00"), {decimal{100, 1}, day})
              .has_value());
}

TEST_CASE("a year without data is an error only where the answer depends on it") {
    using enum counting_rule;
    CHECK(due(blds, "28/12/2026", "3", time_unit::day) == "2026-12-31");
    CHECK(due(blds, "28/12/2026", "4", time_unit::day) == "year_without_data");
    CHECK(due(no_roll, "28/12/2026", "4", time_unit::day) == "2027-01-01");
    CHECK(due(no_roll, "28/12/2026", "6", time_unit::month) == "2027-06-28");
    CHECK(due(no_roll, "28/12/2026", "6", time_unit::working_day) == "year_without_data");
    CHECK(due(roll_back, "28/12/2026", "4", time_unit::day) == "year_without_data");
    CHECK(due(blds, "28/12/2026", "3", time_unit::working_day) == "2026-12-31");
    CHECK(due(blds, "28/12/2026", "4", time_unit::working_day) == "year_without_data");
    CHECK(due(blds, "15/12/2019", "31", time_unit::day) == "2020-01-15");  // starts without data
    CHECK(due(blds, "15/12/2019", "31", time_unit::working_day) == "year_without_data");
    CHECK(due(office, "2026-12-31T16:30", "1", time_unit::working_hour) == "2026-12-31T17:30");
    CHECK(due(office, "2026-12-31T16:30", "61", time_unit::minute) == "2026-12-31T17:31");
    CHECK(due(office, "2026-12-31T16:31", "1", time_unit::working_hour) == "year_without_data");
    const auto refused =
        count_limit(test::hc_vn(), blds, at("2026-12-28T08:00"), of("4", time_unit::day));
    CHECK(refused.error().args == std::vector<std::string>{"HC.VN", "2027"});
    // A last day off at the very end of the data needs the year after.
    calendar c = test::hc_vn();
    c.days[day("2026-12-31")] = {day_kind::off, "thử"};
    CHECK(due(blds, "28/12/2026", "3", time_unit::day, c) == "year_without_data");
    CHECK(due(roll_back, "28/12/2026", "3", time_unit::day, c) == "2026-12-30");
}

TEST_CASE("amounts that no one could mean are refused before anything is counted") {
    const calendar c = test::hc_vn();
    const auto from = at("2024-06-10T08:00");
    const auto code = [&](amount limit, std::int64_t years = limits{}.limit_years) {
        const auto counted = count_limit(c, counting_rule::no_roll, from, limit, years);
        return counted ? std::string("counted") : std::string(name_of(counted.error().code));
    };
    CHECK(code({decimal::of(-1), time_unit::day}) == "invalid_argument");
    CHECK(code({decimal::of(100), time_unit::year}) == "counted");
    CHECK(code({decimal::of(101), time_unit::year}) == "limit_exceeded");
    CHECK(code({decimal::of(1201), time_unit::month}) == "limit_exceeded");
    CHECK(code({decimal::of(36'525), time_unit::day}) == "counted");
    CHECK(code({decimal::of(36'601), time_unit::day}) == "limit_exceeded");
    CHECK(code({decimal::of(5'301), time_unit::week}) == "limit_exceeded");
    CHECK(code({decimal::of(1), time_unit::year}, 1) == "counted");
    CHECK(code({decimal::of(2), time_unit::year}, 1) == "limit_exceeded");
    CHECK(code({decimal::of(2), time_unit::year}, 0) == "limit_exceeded");  // 0 is never no limit
    CHECK(code({decimal::of(201), time_unit::year}, 1'000) == "limit_exceeded");  // the most
    CHECK(code({decimal::of(176), time_unit::year}, 200) == "time_out_of_range");
    for (int unit = 0; unit <= static_cast<int>(time_unit::year); ++unit) {
        for (const auto rule : rules) {
            for (const auto count : {decimal::of(INT64_MAX), decimal::of(INT64_MAX, 18),
                                     decimal::of(INT64_MIN), decimal::of(INT64_MAX, 9)}) {
                const amount limit{count, static_cast<time_unit>(unit)};
                const auto counted = count_limit(c, rule, from, limit);
                CHECK_FALSE((counted.has_value() && count > decimal::of(100'000'000)));
            }
        }
    }
}

TEST_CASE("instants outside 1900 to 2199 are refused, at the extremes too") {
    calendar c = test::hc_vn();
    for (const auto offset : {minutes{-720}, minutes{0}, minutes{420}, minutes{840}}) {
        c.offset = offset;
        for (const auto from : {instant::min(), instant::max(), instant::min() + hours{20},
                                instant::max() - hours{20}, at("1900-01-01T00:00") - days{2},
                                at("2199-12-31T00:00") + days{3}}) {
            for (const auto rule : rules) {
                const auto counted = count_limit(c, rule, from, of("1", time_unit::day));
                REQUIRE_FALSE(counted.has_value());
                CHECK(counted.error().code == errc::time_out_of_range);
            }
            CHECK(working_minutes(c, from, from).error().code == errc::time_out_of_range);
            CHECK(shift_due(c, blds, {from, false, day("2024-01-01")}, from, from).error().code ==
                  errc::time_out_of_range);
        }
    }
    c.offset = minutes{420};
    for (const date d : {date::min(), date::max(), day("2199-12-31") + days{1}}) {
        CHECK(count_back(c, blds, d, of("1", time_unit::day)).error().code ==
              errc::time_out_of_range);
        CHECK(due_at(c, d, true).error().code == errc::time_out_of_range);
    }
    CHECK(due(counting_rule::no_roll, "2199-12-31", "1", time_unit::day) == "time_out_of_range");
    CHECK(due(counting_rule::no_roll, "2199-12-31", "24", time_unit::hour) == "2200-01-01T00:00");
    CHECK(due(counting_rule::no_roll, "2199-12-31", "25", time_unit::hour) == "time_out_of_range");
    CHECK(due(counting_rule::no_roll, "2199-12-30", "1", time_unit::day) == "2199-12-31");
    for (const auto unit : {time_unit::day, time_unit::hour, time_unit::month}) {
        CHECK(count_back(c, blds, day("1900-01-01"), of("1", unit)).error().code ==
              errc::time_out_of_range);
    }
    CHECK_FALSE(due_at(c, day("1900-01-01"), false).has_value());
}

TEST_CASE("a calendar without a single opening ends in an error, not in a loop") {
    calendar closed = test::hc_vn();
    closed.week = {};
    closed.days.clear();
    closed.years.clear();
    for (int year = 1900; year <= 2199; ++year) closed.years.push_back(year);
    CHECK(due(blds, "10/06/2024", "1", time_unit::working_day, closed) == "time_out_of_range");
    CHECK(due(blds, "10/06/2024", "1", time_unit::day, closed) == "time_out_of_range");
    CHECK(due(counting_rule::roll_back, "10/06/2024", "1", time_unit::day, closed) ==
          "time_out_of_range");
    CHECK(due(office, "10/06/2024", "1", time_unit::working_hour, closed) == "time_out_of_range");
    const auto back_then =
        count_back(closed, office, day("2024-06-10"), of("1", time_unit::working_hour));
    CHECK(back_then.error().code == errc::time_out_of_range);
}

TEST_CASE("a long trace keeps its first and its last 200 lines") {
    calendar c = test::hc_vn();
    const auto from = at("2020-01-01T08:00");
    const auto lines = [&](long n) {
        return count_limit(c, counting_rule::no_roll, from, {decimal::of(n), time_unit::day})
            .value()
            .trace;
    };
    CHECK(lines(398).size() == 400);  // with start and due
    CHECK(lines(398)[200].value == 200);
    CHECK(lines(399).size() == 400);
    CHECK(lines(399)[199].value == 199);
    CHECK(lines(399)[200].value == 201);
    const auto many = lines(36'500);
    REQUIRE(many.size() == 400);
    CHECK(many[199] == trace_line{trace_step::counted, day("2020-01-01") + days{199}, 0, 199, ""});
    CHECK(many[200].value == 36'500 - 198);
    CHECK(many[398].day == day("2020-01-01") + days{36'500});
    CHECK(many[398].value == 36'500);
    CHECK(many[399].step == trace_step::due);
    // Working days: the ring of the recorder goes round several times.
    const auto worked =
        count_limit(c, blds, from, of("1700", time_unit::working_day)).value().trace;
    REQUIRE(worked.size() == 400);
    for (std::size_t i = 1; i < worked.size(); ++i) {
        CHECK(worked[i - 1].day <= worked[i].day);
        if (i != 200 && i != 399) CHECK(worked[i].day - worked[i - 1].day == days{1});
    }
    CHECK(worked[398].value == 1700);
}
