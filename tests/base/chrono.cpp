// SPDX-License-Identifier: BSL-1.0
// tests/base/chrono.cpp: dates and instants as text.
#include <quytrinh/base/chrono.hpp>

#include <doctest/doctest.h>

#include <quytrinh/time/counting.hpp>
using namespace quytrinh;
using namespace std::chrono_literals;

namespace {
date day(int y, unsigned m, unsigned d) {
    return date{std::chrono::year_month_day{std::chrono::year{y}, std::chrono::month{m},
                                            std::chrono::day{d}}};
}
constexpr std::chrono::minutes viet_nam{420};
}  // namespace

TEST_CASE("a date is printed in ISO order and day first") {
    CHECK(to_iso(day(2024, 5, 4)) == "2024-05-04");
    CHECK(to_day_first(day(2024, 5, 4)) == "04/05/2024");
    CHECK(to_iso(day(1900, 1, 1)) == "1900-01-01");
    CHECK(to_iso(day(987, 12, 31)) == "0987-12-31");
}

TEST_CASE("a date is read day first or in ISO order, and in no other way") {
    CHECK(read_date("04/05/2024") == day(2024, 5, 4));
    CHECK(read_date("2024-05-04") == day(2024, 5, 4));
    CHECK(read_date("29/02/2024") == day(2024, 2, 29));
    for (const char* wrong : {"",
                              "4/5/2024",
                              "04/05/24",
                              "04-05-2024",
                              "2024/05/04",
                              "29/02/2023",
                              "31/04/2024",
                              "00/01/2024",
                              "01/00/2024",
                              "01/13/2024",
                              "32/01/2024",
                              "04/05/2024 ",
                              " 04/05/2024",
                              "04/05/20245",
                              "2024-5-4",
                              "2024-05-04T00:00",
                              "01/01/1899",
                              "01/01/2200",
                              "aa/bb/cccc",
                              "04/05/-024",
                              "+4/05/2024"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_date(wrong));
    }
    CHECK_FALSE(read_date(std::string_view("04/05/2024\0", 11)));
}

TEST_CASE("every day of three centuries survives printing and reading") {
    for (date d = day(1900, 1, 1); d <= day(2199, 12, 31); d += std::chrono::days{1}) {
        REQUIRE(read_date(to_iso(d)) == d);
        REQUIRE(read_date(to_day_first(d)) == d);
    }
}

TEST_CASE("an instant is printed with its offset and only the fraction it has") {
    const instant at = start_of(day(2023, 12, 11), viet_nam) + 8h;
    CHECK(to_iso(at, viet_nam) == "2023-12-11T08:00:00+07:00");
    CHECK(to_iso(at, 0min) == "2023-12-11T01:00:00+00:00");
    CHECK(to_iso(at, -210min) == "2023-12-10T21:30:00-03:30");
    CHECK(to_iso(at + 1us, viet_nam) == "2023-12-11T08:00:00.000001+07:00");
    CHECK(to_iso(at + 250ms, viet_nam) == "2023-12-11T08:00:00.250000+07:00");
    CHECK(to_iso(instant{-1us}, 0min) == "1969-12-31T23:59:59.999999+00:00");
}

TEST_CASE("an instant is read with an offset, or without one in local time") {
    const instant eight = start_of(day(2023, 12, 11), viet_nam) + 8h;
    for (const char* same :
         {"2023-12-11T08:00:00+07:00", "2023-12-11T08:00+07:00", "2023-12-11T08:00",
          "2023-12-11 08:00", "11/12/2023 08:00", "11/12/2023T08:00:00.000", "2023-12-11T01:00Z",
          "2023-12-10T21:30:00-03:30"}) {
        CAPTURE(same);
        CHECK(read_instant(same, viet_nam) == eight);
    }
    CHECK(read_instant("2023-12-11T08:00:00.5", viet_nam) == eight + 500ms);
    CHECK(read_instant("2023-12-11T08:00:00.000001", viet_nam) == eight + 1us);
    for (const char* wrong :
         {"", "2023-12-11", "2023-12-11T", "2023-12-11T8:00", "2023-12-11T24:00",
          "2023-12-11T08:60", "2023-12-11T08:00:60", "2023-12-11T08:00:00.",
          "2023-12-11T08:00:00.1234567", "2023-12-11T08:00z", "2023-12-11T08:00+7",
          "2023-12-11T08:00+0700", "2023-12-11T08:00+15:00", "2023-12-11T08:00+07:60",
          "2023-12-11T08:00+07:00 ", "2023-12-11  08:00", "2023-02-29T08:00",
          "2023-12-11T08:00:00,5"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_instant(wrong, viet_nam));
    }
}

TEST_CASE("the local day of an instant changes at local midnight") {
    const instant midnight = start_of(day(2024, 1, 1), viet_nam);
    CHECK(day_of(midnight, viet_nam) == day(2024, 1, 1));
    CHECK(day_of(midnight - 1us, viet_nam) == day(2023, 12, 31));
    CHECK(day_of(midnight, 0min) == day(2023, 12, 31));
}
