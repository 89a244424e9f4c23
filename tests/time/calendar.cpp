// SPDX-License-Identifier: BSL-1.0
// tests/time/calendar.cpp: what calendars say of a day, which ones are refused, and the bundled
// one.
#include <quytrinh/time/calendar.hpp>

#include <quytrinh/time/lunar.hpp>

#include "time/hc_vn.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>

using namespace quytrinh;
using test::day;

namespace {

int working_days_of(const calendar& c, int year) {
    int count = 0;
    const date end{std::chrono::year{year + 1} / 1 / 1};
    for (date d{std::chrono::year{year} / 1 / 1}; d < end; d += std::chrono::days{1}) {
        count += is_working(c, d).value() ? 1 : 0;
    }
    return count;
}

calendar small() {
    calendar c = plain_week();
    c.code = "T";
    c.version = "1";
    c.years = {2024};
    c.days[day("2024-05-04")] = {day_kind::working, "làm bù"};
    return c;
}

/// Reads the few line shapes of the bundled file with nothing but string search: an eye that shares
/// nothing with the language's own parser.
calendar read_bundled(const std::string& text) {
    calendar c = plain_week();
    std::istringstream lines(text);
    const auto quoted = [](const std::string& line) {
        const auto from = line.find('"');
        return line.substr(from + 1, line.rfind('"') - from - 1);
    };
    for (std::string line; std::getline(lines, line);) {
        const auto begins = [&line](const char* words) { return line.rfind(words, 0) == 0; };
        if (begins("lịch HC.VN")) {
            c.code = "HC.VN";
            c.title = quoted(line);
        }
        if (begins("  phiên bản ")) c.version = quoted(line);
        if (begins("  có dữ liệu năm ")) c.years.push_back(std::stoi(line.substr(line.size() - 4)));
        const bool off = begins("  nghỉ ");
        if (begins("  lựa chọn NGAY.VH")) c.switches["NGAY.VH"].title = quoted(line);
        if (!off && !begins("  làm bù ")) continue;
        const std::string reason = quoted(line);
        std::vector<date> found;
        const std::string before = line.substr(0, line.find('"'));
        for (std::size_t i = 0; i + 10 <= before.size(); ++i) {
            const auto d = read_date(std::string_view(before).substr(i, 10));
            if (d) found.push_back(*d);
        }
        const bool switched = line.find("nếu NGAY.VH là bật") != std::string::npos;
        auto& days = switched ? c.switches["NGAY.VH"].days : c.days;
        const day_entry entry{off ? day_kind::off : day_kind::working, reason};
        REQUIRE(!found.empty());
        for (date d = found.front(); d <= found.back(); d += std::chrono::days{1}) {
            INFO(line);
            CHECK(days.emplace(d, entry).second);
        }
    }
    return c;
}

}  // namespace

TEST_CASE("a plain week is Monday to Friday, 8 hours, and knows no year") {
    const calendar c = plain_week();
    CHECK(minutes_per_day(c) == 480);
    CHECK(c.offset == std::chrono::minutes{420});
    for (int i = 0; i < 7; ++i) CHECK(c.week[static_cast<std::size_t>(i)].empty() == (i >= 5));
    const auto unknown = is_working(c, day("2024-05-06"));
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == errc::year_without_data);
}

TEST_CASE("a day is worked by the week unless an entry says otherwise") {
    const calendar c = test::hc_vn();
    CHECK(is_working(c, day("26/04/2024")).value());        // Friday
    CHECK_FALSE(is_working(c, day("27/04/2024")).value());  // Saturday
    CHECK_FALSE(is_working(c, day("29/04/2024")).value());  // Monday swapped away
    CHECK(is_working(c, day("04/05/2024")).value());        // Saturday made up
    CHECK(reason_of(c, day("29/04/2024")) == "hoán đổi sang thứ Bảy 04/05/2024");
    CHECK(reason_of(c, day("27/04/2024")).empty());
    CHECK(hours_of(c, day("27/04/2024")).value().empty());
    CHECK(hours_of(c, day("29/04/2024")).value().empty());
    CHECK(hours_of(c, day("04/05/2024")).value() == c.make_up_hours);
    CHECK(hours_of(c, day("26/04/2024")).value() == std::vector<opening>{{450, 690}, {810, 1050}});
}

TEST_CASE("a year without data is an error and never a guess, not even for a Sunday") {
    const calendar c = test::hc_vn();
    for (const char* text : {"2019-12-31", "2027-01-01", "2027-01-03"}) {
        const auto answer = is_working(c, day(text));
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().code == errc::year_without_data);
        const std::string year = std::string(text).substr(0, 4);
        CHECK(answer.error().args == std::vector<std::string>{"HC.VN", year});
        CHECK(hours_of(c, day(text)).error().code == errc::year_without_data);
        CHECK(reason_of(c, day(text)).empty());
    }
    CHECK(is_working(c, day("2026-12-31")).value());
    CHECK_FALSE(is_working(c, day("2020-01-01")).value());
}

TEST_CASE("days that no calendar can hold are out of range, at the extremes too") {
    const calendar c = test::hc_vn();
    for (const date d : {day("1900-01-01") - std::chrono::days{1},
                         day("2199-12-31") + std::chrono::days{1}, date::min(), date::max()}) {
        CHECK(is_working(c, d).error().code == errc::time_out_of_range);
        CHECK(hours_of(c, d).error().code == errc::time_out_of_range);
        CHECK(reason_of(c, d).empty());
    }
}

TEST_CASE("the standard day is the longest of the week, 8 hours where the week says nothing") {
    calendar c = plain_week();
    c.week[5] = {{480, 720}};
    CHECK(minutes_per_day(c) == 480);
    c.week[2] = {{420, 1140}};
    CHECK(minutes_per_day(c) == 720);
    c.week = {};
    CHECK(minutes_per_day(c) == 480);
}

TEST_CASE("a sound calendar is accepted and every fault is named") {
    CHECK(validate(small()).has_value());
    CHECK(validate(test::hc_vn()).has_value());
    struct fault {
        const char* words;
        std::function<void(calendar&)> make;
    };
    const fault faults[]{
        {"without a code", [](calendar& c) { c.code.clear(); }},
        {"no version", [](calendar& c) { c.version.clear(); }},
        {"offset", [](calendar& c) { c.offset = std::chrono::minutes{841}; }},
        {"offset", [](calendar& c) { c.offset = std::chrono::minutes{-721}; }},
        {"hours overlap on monday",
         [](calendar& c) {
             c.week[0] = {{450, 690}, {689, 1050}};
         }},
        {"hours overlap on tuesday",
         [](calendar& c) {
             c.week[1] = {{810, 1050}, {450, 690}};
         }},
        {"backwards",
         [](calendar& c) {
             c.week[2] = {{690, 450}};
         }},
        {"backwards",
         [](calendar& c) {
             c.week[2] = {{450, 450}};
         }},
        {"leave the day",
         [](calendar& c) {
             c.week[3] = {{450, 1441}};
         }},
        {"leave the day",
         [](calendar& c) {
             c.week[3] = {{-1, 100}};
         }},
        {"too many",
         [](calendar& c) {
             for (std::int16_t i = 0; i < 9; ++i) {
                 c.week[4].push_back({static_cast<std::int16_t>(1100 + 2 * i),
                                      static_cast<std::int16_t>(1101 + 2 * i)});
             }
         }},
        {"make-up",
         [](calendar& c) {
             c.make_up_hours = {{600, 500}};
         }},
        {"no day of the week", [](calendar& c) { c.week = {}; }},
        {"cut-off", [](calendar& c) { c.cut_off = std::int16_t{1441}; }},
        {"not sorted",
         [](calendar& c) {
             c.years = {2024, 2023};
         }},
        {"not sorted",
         [](calendar& c) {
             c.years = {2024, 2024};
         }},
        {"a year outside",
         [](calendar& c) {
             c.years = {2024, 2200};
         }},
        {"year without data",
         [](calendar& c) {
             c.days[day("2025-01-01")] = {day_kind::off, "x"};
         }},
        {"outside 1900-2199",
         [](calendar& c) {
             c.days[date::max()] = {day_kind::off, "x"};
         }},
        {"no reason",
         [](calendar& c) {
             c.days[day("2024-01-01")] = {day_kind::off, ""};
         }},
        {"worked without hours", [](calendar& c) { c.make_up_hours.clear(); }},
        {"contradicts 2024-05-04",
         [](calendar& c) {
             c.switches["A"].days[day("2024-05-04")] = {day_kind::off, "x"};
         }},
        {"contradicts 2024-06-03",
         [](calendar& c) {
             c.switches["A"].on = true;
             c.switches["A"].days[day("2024-06-03")] = {day_kind::off, "x"};
         }},
        {"two switches",
         [](calendar& c) {
             c.switches["A"].days[day("2024-06-03")] = {day_kind::off, "x"};
             c.switches["B"].days[day("2024-06-03")] = {day_kind::off, "x"};
         }},
        {"year without data",
         [](calendar& c) {
             c.switches["A"].days[day("2025-06-03")] = {day_kind::off, "x"};
         }},
    };
    for (const fault& one : faults) {
        calendar c = small();
        one.make(c);
        const auto verdict = validate(c);
        CAPTURE(one.words);
        REQUIRE_FALSE(verdict.has_value());
        CHECK(verdict.error().code == errc::invalid_argument);
        CHECK(verdict.error().args.at(0).find(one.words) != std::string::npos);
    }
    calendar touching = small();
    touching.week[0] = {{0, 690}, {690, 1440}};
    CHECK(validate(touching).has_value());
}

TEST_CASE("a switch moves its days and says so in the version") {
    const calendar off = test::hc_vn();
    const date culture = day("24/11/2026");
    CHECK(is_working(off, culture).value());
    const calendar on = with_switch(off, "NGAY.VH", true).value();
    CHECK_FALSE(is_working(on, culture).value());
    CHECK(reason_of(on, culture) == "Ngày Văn hóa Việt Nam");
    CHECK(on.version == "2026-11 +NGAY.VH");
    CHECK(validate(on).has_value());
    CHECK(with_switch(on, "NGAY.VH", true).value() == on);
    CHECK(with_switch(on, "NGAY.VH", false).value() == off);
    CHECK(with_switch(off, "NGAY.VH", false).value() == off);
    CHECK(with_switch(off, "NGAY.X", true).error().code == errc::not_found);
    CHECK(working_days_of(on, 2026) == 249);
}

TEST_CASE("several switches are named in one order, whichever was turned first") {
    calendar c = small();
    c.switches["B"].days[day("2024-06-03")] = {day_kind::off, "b"};
    c.switches["A"].days[day("2024-06-04")] = {day_kind::off, "a"};
    const calendar ab = with_switch(with_switch(c, "A", true).value(), "B", true).value();
    const calendar ba = with_switch(with_switch(c, "B", true).value(), "A", true).value();
    CHECK(ab == ba);
    CHECK(ab.version == "1 +A +B");
    CHECK(with_switch(ab, "A", false).value().version == "1 +B");
}

TEST_CASE("a switch does not overwrite a decided day") {
    calendar c = small();
    c.switches["A"].days[day("2024-05-04")] = {day_kind::off, "a"};
    CHECK(with_switch(c, "A", true).error().code == errc::invalid_argument);
}

TEST_CASE("the public-sector years have the working days that were announced") {
    const calendar c = test::hc_vn();
    CHECK(working_days_of(c, 2024) == 251);
    CHECK(working_days_of(c, 2025) == 250);
    CHECK(working_days_of(c, 2026) == 250);
    // A swap moves a working day and so changes nothing of the year's number.
    for (int year = 2020; year <= 2026; ++year) {
        int off = 0;
        int made_up = 0;
        for (const auto& [d, entry] : c.days) {
            if (static_cast<int>(std::chrono::year_month_day{d}.year()) != year) continue;
            const std::chrono::weekday weekday{d};
            const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
            if (entry.kind == day_kind::working) {
                CHECK(weekday == std::chrono::Saturday);
                ++made_up;
            } else if (!weekend) {
                ++off;
            }
        }
        CAPTURE(year);
        // 11 days of holiday since 2021, 10 before; each lost on a weekend is made good on a
        // weekday.
        CHECK(off - made_up == (year == 2020 ? 10 : 11));
    }
}

TEST_CASE("the Hùng Kings' day and Tết of the calendar stand where the moon has them") {
    const calendar c = test::hc_vn();
    for (int year = 2020; year <= 2026; ++year) {
        CAPTURE(year);
        const date kings = to_solar({year, 3, 10, false}).value();
        CHECK_FALSE(is_working(c, kings).value());
        CHECK(reason_of(c, kings) == "Giỗ Tổ Hùng Vương");
        const date tet = to_solar({year, 1, 1, false}).value();
        CHECK(reason_of(c, tet).find("Tết Nguyên đán") != std::string::npos);
    }
}

#ifdef QUYTRINH_PROCEDURES_DIR
TEST_CASE("the bundled text says the same days as the table of these tests") {
    std::ifstream file(QUYTRINH_PROCEDURES_DIR "/HC.VN.quytrinh", std::ios::binary);
    REQUIRE(file.good());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const calendar from_text = read_bundled(text);
    const calendar expected = test::hc_vn();
    CHECK(from_text.days.size() == expected.days.size());
    CHECK(from_text == expected);
}
#endif
