// SPDX-License-Identifier: BSL-1.0
// The calendar that ships, day by day, against two tables written apart from it: the days off that
// fall on weekdays and the Saturdays worked instead, as the yearly announcements give them; and the
// calendar that the other tests are written with.
#include <quytrinh/procedures/bundled.hpp>

#include "../time/hc_vn.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <sstream>
#include <string>

namespace {

using namespace quytrinh;

/// Weekdays on which public bodies were or are off, month by month; weekends are not repeated.
constexpr const char* weekdays_off[] = {
    // 2020: New Year; Tết 23-29/1 with the days for 25 and 26; Hùng Kings; 30/4, 1/5; 2/9 alone.
    "2020 01-01 01-23 01-24 01-27 01-28 01-29 04-02 04-30 05-01 09-02",
    // 2021: Tết 10-16/2; 1/5 on a Saturday; from this year two days for National Day.
    "2021 01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03",
    // 2022: New Year on a Saturday; Hùng Kings on a Sunday; 30/4 and 1/5 on a weekend.
    "2022 01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02",
    // 2023: New Year on a Sunday; Hùng Kings 29/4 and 30/4 on a weekend; 2/9 on a Saturday.
    "2023 01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04",
    // 2024: 29/4 swapped for Saturday 4/5.
    "2024 01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
    // 2025: 2/5 swapped for Saturday 26/4.
    "2025 01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    // 2026: 2/1 swapped for Saturday 10/1, 31/8 for Saturday 22/8; Hùng Kings on a Sunday.
    "2026 01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02",
};
constexpr const char* saturdays_worked[] = {"2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"};

std::set<std::string> days_off() {
    std::set<std::string> all;
    for (const char* row : weekdays_off) {
        std::istringstream in(row);
        std::string year;
        std::string day;
        in >> year;
        while (in >> day) all.insert(year + "-" + day);
    }
    return all;
}

calendar shipped() {
    for (calendar& c : bundled().calendars)
        if (c.code == "HC.VN") return c;
    FAIL("no bundled calendar HC.VN");
    return {};
}

date first_day() { return test::day("2020-01-01"); }
date last_day() { return test::day("2026-12-31"); }
date next(date day) { return day + std::chrono::days{1}; }

}  // namespace

TEST_CASE("every day of 2020 to 2026 is worked or off as the announcements say") {
    const calendar c = shipped();
    const std::set<std::string> off = days_off();
    std::size_t found = 0;
    for (date day = first_day(); day <= last_day(); day = next(day)) {
        const std::string iso = to_iso(day);
        CAPTURE(iso);
        const std::chrono::weekday weekday{day};
        const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
        const bool made_up = std::find(std::begin(saturdays_worked), std::end(saturdays_worked),
                                       iso) != std::end(saturdays_worked);
        // The table itself: days off on weekdays, make-up days on Saturdays.
        if (off.count(iso) == 1) {
            ++found;
            CHECK_FALSE(weekend);
        }
        if (made_up) CHECK(weekday == std::chrono::Saturday);
        const bool worked = weekend ? made_up : off.count(iso) == 0;
        CHECK(is_working(c, day).value() == worked);
        // What is not the weekly pattern has its reason.
        if (off.count(iso) == 1 || made_up) CHECK_FALSE(reason_of(c, day).empty());
        // Eight hours on every day that is worked, a Saturday included.
        int minutes = 0;
        for (const opening& hours : hours_of(c, day).value()) minutes += hours.to - hours.from;
        CHECK(minutes == (worked ? 480 : 0));
    }
    CHECK(found == off.size());
}

TEST_CASE("working days of a year come out as counted by hand") {
    const calendar c = shipped();
    const auto worked = [&c](const char* from, const char* through) {
        int days = 0;
        for (date day = test::day(from); day <= test::day(through); day = next(day))
            days += is_working(c, day).value() ? 1 : 0;
        return days;
    };
    CHECK(worked("2024-01-01", "2024-12-31") == 251);
    CHECK(worked("2025-01-01", "2025-12-31") == 250);
    CHECK(worked("2026-01-01", "2026-12-31") == 250);
    CHECK_FALSE(is_working(c, test::day("2019-12-31")).has_value());
    CHECK_FALSE(is_working(c, test::day("2027-01-01")).has_value());
}

TEST_CASE("24/11 is off only where its switch is turned on") {
    const calendar c = shipped();
    const date day = test::day("2026-11-24");
    CHECK(is_working(c, day).value());
    const calendar on = with_switch(c, "NGAY.VH", true).value();
    CHECK_FALSE(is_working(on, day).value());
    CHECK(is_working(on, test::day("2026-11-23")).value());
}

TEST_CASE("the calendar that ships and the one of the tests agree on every day and every reason") {
    const calendar c = shipped();
    const calendar twin = test::hc_vn();
    CHECK(c.offset == twin.offset);
    for (date day = first_day(); day <= last_day(); day = next(day)) {
        CAPTURE(to_iso(day));
        CHECK(is_working(c, day).value() == is_working(twin, day).value());
        CHECK(hours_of(c, day).value() == hours_of(twin, day).value());
        CHECK(reason_of(c, day) == reason_of(twin, day));
    }
}
