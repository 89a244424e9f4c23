// SPDX-License-Identifier: BSL-1.0
// tests/time/lunar.cpp: the table of lunar years against the sky, against known feasts, and there
// and back.
#include <quytrinh/time/lunar.hpp>

#include "time/hc_vn.hpp"
#include "time/lunar_astronomy.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace quytrinh;
using std::chrono::days;
using test::day;

namespace {

date solar(int year, int month, int d, bool leap = false) {
    return to_solar({year, month, d, leap}).value();
}

}  // namespace

TEST_CASE("Tết, the last month, the Hùng Kings' day and the leap month of 2020 to 2035") {
    struct row {
        int year;
        const char* tet;
        int chap;  // length of the twelfth month of the year before
        const char* kings;
        int leap;
        unsigned tet_weekday;  // ISO: Monday 1
        unsigned kings_weekday;
    };
    constexpr row rows[]{
        {2020, "25/01/2020", 30, "02/04/2020", 4, 6, 4},
        {2021, "12/02/2021", 30, "21/04/2021", 0, 5, 3},
        {2022, "01/02/2022", 29, "10/04/2022", 0, 2, 7},
        {2023, "22/01/2023", 30, "29/04/2023", 2, 7, 6},
        {2024, "10/02/2024", 30, "18/04/2024", 0, 6, 4},
        {2025, "29/01/2025", 29, "07/04/2025", 6, 3, 1},
        {2026, "17/02/2026", 29, "26/04/2026", 0, 2, 7},
        {2027, "06/02/2027", 29, "16/04/2027", 0, 6, 5},
        {2028, "26/01/2028", 29, "04/04/2028", 5, 3, 2},
        {2029, "13/02/2029", 29, "23/04/2029", 0, 2, 1},
        {2030, "02/02/2030", 29, "12/04/2030", 0, 6, 5},
        {2031, "23/01/2031", 29, "01/04/2031", 3, 4, 2},
        {2032, "11/02/2032", 29, "19/04/2032", 0, 3, 1},
        {2033, "31/01/2033", 30, "09/04/2033", 11, 1, 6},
        {2034, "19/02/2034", 30, "28/04/2034", 0, 7, 5},
        {2035, "08/02/2035", 30, "17/04/2035", 0, 4, 2},
    };
    for (const row& one : rows) {
        CAPTURE(one.year);
        CHECK(solar(one.year, 1, 1) == day(one.tet));
        CHECK(std::chrono::weekday{day(one.tet)}.iso_encoding() == one.tet_weekday);
        CHECK(month_length(one.year - 1, 12, false).value() == one.chap);
        CHECK(to_lunar(day(one.tet) - days{1}).value() ==
              lunar_date{one.year - 1, 12, one.chap, false});
        CHECK(solar(one.year, 3, 10) == day(one.kings));
        CHECK(std::chrono::weekday{day(one.kings)}.iso_encoding() == one.kings_weekday);
        CHECK(leap_month(one.year).value() == one.leap);
    }
}

TEST_CASE("Tết is that of UTC+7 where the Chinese one differs") {
    CHECK(solar(1968, 1, 1) == day("29/01/1968"));  // China: 30/01
    CHECK(solar(1985, 1, 1) == day("21/01/1985"));  // China: 20/02
    CHECK(solar(2007, 1, 1) == day("17/02/2007"));  // China: 18/02
    CHECK(solar(2030, 1, 1) == day("02/02/2030"));  // China: 03/02
    CHECK(solar(2053, 1, 1) == day("18/02/2053"));  // China: 19/02
    CHECK(leap_month(1985).value() == 2);
    CHECK(leap_month(1984).value() == 0);  // China had its leap month there
}

TEST_CASE("the leap month of 2033 stands in the winter, and its days are its own") {
    CHECK(leap_month(2033).value() == 11);
    const date first = solar(2033, 11, 1, true);
    CHECK(first == solar(2033, 11, 1) + days{month_length(2033, 11, false).value()});
    CHECK(to_lunar(first).value() == lunar_date{2033, 11, 1, true});
    CHECK(to_lunar(first - days{1}).value().leap == false);
    CHECK(to_lunar(first - days{1}).value().month == 11);
    CHECK(solar(2033, 12, 1) == first + days{month_length(2033, 11, true).value()});
}

TEST_CASE("every row of the table is what the sun and the moon say") {
    for (int year = 1899; year <= 2199; ++year) {
        const auto months = lunar_astronomy::months_of(year);
        CAPTURE(year);
        int leap = 0;
        for (const auto& one : months) {
            CAPTURE(one.number);
            if (one.leap) leap = one.number;
            REQUIRE(month_length(year, one.number, one.leap).value() == one.length);
            const date first{days{one.start}};
            if (first < day("1900-01-01") || first > day("2199-12-31")) continue;
            REQUIRE(to_solar({year, one.number, 1, one.leap}).value() == first);
        }
        REQUIRE(leap_month(year).value() == leap);
        REQUIRE(months.size() == (leap == 0 ? 12U : 13U));
    }
}

TEST_CASE("every day of 1900 to 2199 goes there and back, one after another") {
    lunar_date before = to_lunar(day("1900-01-01")).value();
    CHECK(before == lunar_date{1899, 12, 1, false});
    long wrong = 0;
    for (date d = day("1900-01-02"); d <= day("2199-12-31"); d += days{1}) {
        const lunar_date now = to_lunar(d).value();
        wrong += to_solar(now).value() == d ? 0 : 1;
        const bool next_day = now.year == before.year && now.month == before.month &&
                              now.leap == before.leap && now.day == before.day + 1;
        const bool new_month =
            now.day == 1 &&
            before.day == month_length(before.year, before.month, before.leap).value() &&
            ((now.year == before.year && now.month == before.month + 1 && !now.leap) ||
             (now.year == before.year && now.month == before.month && now.leap && !before.leap) ||
             (now.year == before.year + 1 && now.month == 1 && before.month == 12));
        wrong += next_day || new_month ? 0 : 1;
        before = now;
    }
    CHECK(wrong == 0);
    CHECK(before.year == 2199);
}

TEST_CASE("what the moon does not have is refused") {
    const auto code = [](lunar_date lunar) { return to_solar(lunar).error().code; };
    CHECK(code({2024, 2, 1, true}) == errc::invalid_argument);  // no leap month
    CHECK(code({2023, 3, 1, true}) == errc::invalid_argument);  // the leap month is the second
    CHECK(code({2024, 0, 1, false}) == errc::invalid_argument);
    CHECK(code({2024, 13, 1, false}) == errc::invalid_argument);
    CHECK(code({2024, 1, 0, false}) == errc::invalid_argument);
    CHECK(code({2024, 1, 31, false}) == errc::invalid_argument);
    CHECK(code({2024, 12, 30, false}) == errc::invalid_argument);  // 29 days
    CHECK(code({1898, 12, 1, false}) == errc::time_out_of_range);
    CHECK(code({1899, 1, 1, false}) == errc::time_out_of_range);    // lies in 1899
    CHECK(code({2199, 12, 29, false}) == errc::time_out_of_range);  // lies in 2200
    CHECK(code({2200, 1, 1, false}) == errc::time_out_of_range);
    CHECK(code({INT32_MIN, 1, 1, false}) == errc::time_out_of_range);
    CHECK(code({2024, INT32_MAX, INT32_MIN, true}) == errc::invalid_argument);
    CHECK(month_length(2024, 5, true).error().code == errc::invalid_argument);
    CHECK(month_length(2300, 5, false).error().code == errc::time_out_of_range);
    CHECK(leap_month(2200).error().code == errc::time_out_of_range);
    for (const date d :
         {date::min(), date::max(), day("1900-01-01") - days{1}, day("2199-12-31") + days{1}}) {
        CHECK(to_lunar(d).error().code == errc::time_out_of_range);
    }
}
