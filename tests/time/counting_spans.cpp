// SPDX-License-Identifier: BSL-1.0
// tests/time/counting_spans.cpp: windows before a date, written dates, working minutes and pauses.
#include <quytrinh/time/counting.hpp>

#include "time/hc_vn.hpp"

#include <doctest/doctest.h>

using namespace quytrinh;
using std::chrono::minutes;
using test::at;
using test::day;

namespace {

constexpr auto blds = counting_rule::blds_2015;
constexpr auto office = counting_rule::working_time;

amount of(std::string_view count, time_unit unit) { return {decimal::read(count).value(), unit}; }

std::string back(counting_rule rule, std::string_view from, std::string_view count,
                 time_unit unit) {
    const calendar c = test::hc_vn();
    const auto counted = count_back(c, rule, day(from), of(count, unit));
    if (!counted) return std::string(name_of(counted.error().code));
    return to_iso(counted->due, c.offset);
}

}  // namespace

TEST_CASE("windows count back from a date and never shorten the notice") {
    using enum counting_rule;
    CHECK(back(blds, "20/06/2024", "10", time_unit::day) == "2024-06-10");
    CHECK(back(blds, "11/05/2024", "10", time_unit::day) == "2024-05-01");  // off, stays
    CHECK(back(no_roll, "11/05/2024", "10", time_unit::day) == "2024-05-01");
    CHECK(back(roll_back, "11/05/2024", "10", time_unit::day) == "2024-04-26");
    CHECK(back(include_first_day, "20/06/2024", "10", time_unit::day) == "2024-06-11");
    CHECK(back(blds, "06/05/2024", "3", time_unit::working_day) == "2024-05-02");
    CHECK(back(blds, "31/03/2024", "1", time_unit::month) == "2024-02-29");
    CHECK(back(include_first_day, "31/03/2024", "1", time_unit::month) == "2024-03-01");
    CHECK(back(blds, "29/02/2024", "1", time_unit::year) == "2023-02-28");
    CHECK(back(blds, "20/06/2024", "2", time_unit::week) == "2024-06-06");
    CHECK(back(blds, "20/06/2024", "36", time_unit::hour) == "2024-06-18T12:00");
    CHECK(back(office, "20/06/2024", "0,5", time_unit::working_day) == "2024-06-19T13:30");
    CHECK(back(office, "20/06/2024", "1,5", time_unit::working_day) == "2024-06-18T13:30");
    CHECK(back(office, "06/05/2024", "2", time_unit::working_hour) == "2024-05-04T15:30");
    CHECK(back(blds, "20/06/2024", "0,5", time_unit::working_day) == "rule_mismatch");
    CHECK(back(blds, "05/01/2020", "3", time_unit::working_day) == "year_without_data");
    CHECK(back(blds, "05/01/2020", "30", time_unit::day) == "2019-12-06");
    // Both edges of a window of 10 to 15 days before an audit.
    const calendar c = test::hc_vn();
    const auto near = count_back(c, blds, day("20/06/2024"), of("10", time_unit::day)).value();
    const auto far = count_back(c, blds, day("20/06/2024"), of("15", time_unit::day)).value();
    CHECK(near.due.before == at("2024-06-11T00:00"));
    CHECK(start_of(far.due.last_day, c.offset) == at("2024-06-05T00:00"));
}

TEST_CASE("a written date is its whole day, or the day before, and never rolls") {
    const calendar c = test::hc_vn();
    const auto through = due_at(c, day("31/08/2024"), true).value();  // a Saturday
    CHECK(to_iso(through.due, c.offset) == "2024-08-31");
    CHECK(through.due.before == at("2024-09-01T00:00"));
    CHECK_FALSE(through.due.to_the_hour);
    CHECK(to_iso(due_at(c, day("31/12/2024"), false).value().due, c.offset) == "2024-12-30");
    CHECK(to_iso(due_at(c, day("31/12/2090"), true).value().due, c.offset) == "2090-12-31");
    CHECK(through.trace == std::vector<trace_line>{{trace_step::due, day("31/08/2024"), 0, 0, ""}});
}

TEST_CASE("working minutes lie between two instants") {
    const calendar c = test::hc_vn();
    const auto between = [&](std::string_view from, std::string_view to) {
        return working_minutes(c, at(from), at(to)).value();
    };
    CHECK(between("2024-06-10T00:00", "2024-06-11T00:00") == 480);
    CHECK(between("2024-06-10T08:00", "2024-06-10T14:00") == 240);
    CHECK(between("2024-06-10T11:30", "2024-06-10T13:30") == 0);
    CHECK(between("2024-06-10T08:00", "2024-06-10T08:00") == 0);
    CHECK(between("2024-04-26T17:00", "2024-05-04T08:00") == 30 + 480 * 2 + 30);
    CHECK(between("2024-06-10T08:00:20", "2024-06-10T08:02:10") == 1);
    CHECK(between("2024-01-01T00:00", "2025-01-01T00:00") == 251 * 480);
    CHECK(between("2026-12-31T00:00", "2027-01-01T00:00") == 480);  // midnight asks no new year
    CHECK(working_minutes(c, at("2026-12-31T00:00"), at("2027-01-01T00:01")).error().code ==
          errc::year_without_data);
    CHECK(working_minutes(c, at("2024-06-10T08:01"), at("2024-06-10T08:00")).error().code ==
          errc::invalid_argument);
}

TEST_CASE("time that was not counted moves a due so that what was left is left again") {
    const calendar c = test::hc_vn();
    const auto moved = [&](counting_rule rule, amount limit, std::string_view from,
                           std::string_view paused, std::string_view resumed) {
        const auto counted = count_limit(c, rule, at(from), limit).value();
        const auto shifted = shift_due(c, rule, counted.due, at(paused), at(resumed), limit.unit);
        return shifted ? to_iso(*shifted, c.offset) : std::string(name_of(shifted.error().code));
    };
    const auto wd = time_unit::working_day;
    // 3 working days from Monday 10/6, due Thursday 13/6; paused Tuesday to Friday: two are left.
    CHECK(moved(blds, of("3", wd), "2024-06-10T08:00", "2024-06-11T10:00", "2024-06-14T09:00") ==
          "2024-06-18");
    // Over a weekend only the working days of the pause count.
    CHECK(moved(blds, of("3", wd), "2024-06-13T08:00", "2024-06-14T10:00", "2024-06-17T09:00") ==
          "2024-06-19");
    // Paused on the last day, resumed on a Sunday: Monday is what is left of it.
    CHECK(moved(blds, of("1", wd), "2024-06-13T08:00", "2024-06-14T10:00", "2024-06-16T09:00") ==
          "2024-06-17");
    CHECK(moved(blds, of("7", time_unit::day), "2024-06-03T08:00", "2024-06-05T10:00",
                "2024-06-08T09:00") == "2024-06-13");
    CHECK(moved(blds, of("7", time_unit::day), "2024-06-03T08:00", "2024-06-05T10:00",
                "2024-06-10T09:00") == "2024-06-17");  // Saturday 15/6 rolls
    CHECK(moved(counting_rule::no_roll, of("7", time_unit::day), "2024-06-03T08:00",
                "2024-06-05T10:00", "2024-06-10T09:00") == "2024-06-15");
    CHECK(moved(office, of("1", wd), "2024-06-10T08:00", "2024-06-10T10:00", "2024-06-12T15:00") ==
          "2024-06-13T11:00");  // 360 minutes were left
    CHECK(moved(office, of("1", wd), "2024-06-10T08:00", "2024-06-10T12:00", "2024-06-15T15:00") ==
          "2024-06-17T14:00");  // back on a Saturday: from Monday's opening
    CHECK(moved(office, of("5", time_unit::hour), "2024-06-10T08:00", "2024-06-10T10:00",
                "2024-06-11T10:00") == "2024-06-11T13:00");
    CHECK(moved(blds, of("5", time_unit::hour), "2024-06-10T08:00", "2024-06-10T10:00",
                "2024-06-11T10:00") == "2024-06-11T13:00");
    // Already late: a pause does not give time back.
    CHECK(moved(blds, of("1", time_unit::day), "2024-06-10T08:00", "2024-06-12T00:00",
                "2024-06-20T08:00") == "2024-06-11");
    CHECK(moved(blds, of("1", time_unit::day), "2024-06-10T08:00", "2024-06-11T23:59",
                "2024-06-20T08:00") == "2024-06-20");
    // A pause of no length changes nothing.
    CHECK(moved(office, of("1", wd), "2024-06-10T08:00", "2024-06-10T09:00", "2024-06-10T09:00") ==
          "2024-06-11T08:00");
    CHECK(moved(blds, of("3", wd), "2024-06-10T08:00", "2024-06-11T10:00", "2024-06-11T09:00") ==
          "invalid_argument");
    CHECK(moved(blds, of("3", wd), "2026-12-21T08:00", "2026-12-22T10:00", "2027-01-04T09:00") ==
          "year_without_data");
}

TEST_CASE("every pause inside a limit keeps the minutes that were left") {
    const calendar c = test::hc_vn();
    const auto from = at("2024-04-24T09:10");
    const auto counted = count_limit(c, office, from, of("5", time_unit::working_day)).value();
    for (int begin = 0; begin < 5 * 1440; begin += 97) {
        const auto paused = from + minutes{begin};
        if (paused >= counted.due.before) break;
        for (const int length : {0, 1, 59, 480, 1440, 5000, 20000}) {
            const auto resumed = paused + minutes{length};
            const auto moved = shift_due(c, office, counted.due, paused, resumed).value();
            CHECK(working_minutes(c, resumed, moved.before).value() ==
                  working_minutes(c, paused, counted.due.before).value());
            CHECK(moved.to_the_hour);
            CHECK(moved.before >= counted.due.before);
        }
    }
}
