// SPDX-License-Identifier: BSL-1.0
// tests/time/counting_text.cpp: how dues, amounts and the "why this date" read in both languages.
#include <quytrinh/time/counting.hpp>

#include "support/seeded.hpp"
#include "time/hc_vn.hpp"

#include <doctest/doctest.h>

using namespace quytrinh;
using test::at;
using test::day;

namespace {

std::vector<std::string> told(const counted_limit& counted, language words) {
    std::vector<std::string> lines;
    for (const auto& line : counted.trace) lines.push_back(to_text(line, words));
    return lines;
}

counted_limit count(counting_rule rule, std::string_view from, decimal number, time_unit unit) {
    return count_limit(test::hc_vn(), rule, at(from), {number, unit}).value();
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the swapped holiday of April 2024 explains itself in Vietnamese") {
    const auto counted =
        count(counting_rule::blds_2015, "2024-04-26T00:00", decimal::of(3), time_unit::working_day);
    CHECK(told(counted, language::vi) ==
          lines{"thứ Sáu 26/04/2024: ngày bắt đầu, không tính",
                "thứ Bảy 27/04/2024: nghỉ hằng tuần", "Chủ nhật 28/04/2024: nghỉ hằng tuần",
                "thứ Hai 29/04/2024: nghỉ, hoán đổi sang thứ Bảy 04/05/2024",
                "thứ Ba 30/04/2024: nghỉ, Ngày Chiến thắng",
                "thứ Tư 01/05/2024: nghỉ, Ngày Quốc tế lao động", "thứ Năm 02/05/2024: ngày thứ 1",
                "thứ Sáu 03/05/2024: ngày thứ 2",
                "thứ Bảy 04/05/2024: ngày thứ 3, làm bù, hoán đổi cho ngày 29/04/2024",
                "thứ Bảy 04/05/2024: ngày cuối của thời hạn, hết lúc 24:00"});
}

TEST_CASE("and in English, with days that cannot be read month first") {
    const auto counted =
        count(counting_rule::blds_2015, "2024-05-03T16:05", decimal::of(2), time_unit::day);
    CHECK(told(counted, language::en) ==
          lines{"Friday 2024-05-03 16:05: the starting day, not counted",
                "Saturday 2024-05-04: day 1", "Sunday 2024-05-05: day 2",
                "Sunday 2024-05-05: weekly day off; on to the next working day",
                "Monday 2024-05-06: the last day of the limit, until 24:00"});
}

TEST_CASE("a last day that is off says why before it says where the limit goes") {
    const auto counted =
        count(counting_rule::blds_2015, "2024-04-26T00:00", decimal::of(4), time_unit::day);
    const auto text = told(counted, language::vi);
    CHECK(text[5] ==
          "thứ Ba 30/04/2024: nghỉ, Ngày Chiến thắng; chuyển sang ngày làm việc tiếp theo");
    CHECK(text.back() == "thứ Năm 02/05/2024: ngày cuối của thời hạn, hết lúc 24:00");
}

TEST_CASE("working time tells where it began and what each day gave") {
    const auto counted = count(counting_rule::working_time, "2024-05-03T17:45", decimal::of(15, 1),
                               time_unit::working_day);
    CHECK(told(counted, language::vi) ==
          lines{"thứ Sáu 03/05/2024 17:45: bắt đầu tính từ lúc này",
                "thứ Bảy 04/05/2024: làm bù, hoán đổi cho ngày 29/04/2024",
                "thứ Bảy 04/05/2024 07:30: tính từ giờ mở cửa này, vì nhận ngoài giờ",
                "thứ Bảy 04/05/2024: 8 giờ làm việc", "Chủ nhật 05/05/2024: nghỉ hằng tuần",
                "thứ Hai 06/05/2024: 4 giờ làm việc", "thứ Hai 06/05/2024 11:30: đến hạn"});
    CHECK(told(counted, language::en) ==
          lines{"Friday 2024-05-03 17:45: counting starts here",
                "Saturday 2024-05-04: make-up working day, hoán đổi cho ngày 29/04/2024",
                "Saturday 2024-05-04 07:30: counted from this opening, received outside the hours",
                "Saturday 2024-05-04: 8 h of working time", "Sunday 2024-05-05: weekly day off",
                "Monday 2024-05-06: 4 h of working time", "Monday 2024-05-06 11:30: due"});
}

TEST_CASE("every kind of line has words in both languages") {
    const date d = day("2025-02-28");
    const auto both = [&](trace_step step, std::int64_t value, std::int32_t minute = 0) {
        const trace_line line{step, d, minute, value, ""};
        return to_text(line, language::vi) + " | " + to_text(line, language::en);
    };
    CHECK(both(trace_step::start, 1) ==
          "thứ Sáu 28/02/2025: ngày bắt đầu, được tính | "
          "Friday 2025-02-28: the starting day, counted");
    CHECK(both(trace_step::clamped, 31) ==
          "thứ Sáu 28/02/2025: tháng này không có ngày 31, lấy ngày cuối tháng | "
          "Friday 2025-02-28: the month has no day 31, its last day is taken");
    CHECK(both(trace_step::rolled, 0) ==
          "thứ Sáu 28/02/2025: nghỉ hằng tuần; chuyển sang ngày làm việc tiếp theo | "
          "Friday 2025-02-28: weekly day off; on to the next working day");
    CHECK(both(trace_step::rolled_back, 0) ==
          "thứ Sáu 28/02/2025: nghỉ hằng tuần; lùi về ngày làm việc trước đó | "
          "Friday 2025-02-28: weekly day off; back to the working day before");
    CHECK(both(trace_step::hours, 450) ==
          "thứ Sáu 28/02/2025: 7 giờ 30 phút làm việc | "
          "Friday 2025-02-28: 7 h 30 min of working time");
    CHECK(both(trace_step::hours, 5) ==
          "thứ Sáu 28/02/2025: 5 phút làm việc | Friday 2025-02-28: 5 min of working time");
    CHECK(both(trace_step::weeks, 1) ==
          "thứ Sáu 28/02/2025: tròn 1 tuần | Friday 2025-02-28: end of 1 week");
    CHECK(both(trace_step::months, 2) ==
          "thứ Sáu 28/02/2025: tròn 2 tháng | Friday 2025-02-28: end of 2 months");
    CHECK(both(trace_step::years, 1) ==
          "thứ Sáu 28/02/2025: tròn 1 năm | Friday 2025-02-28: end of 1 year");
    CHECK(both(trace_step::due, 1, 1440) ==
          "thứ Sáu 28/02/2025 24:00: đến hạn | Friday 2025-02-28 24:00: due");
    for (int step = 0; step <= static_cast<int>(trace_step::years); ++step) {
        for (const auto words : {language::vi, language::en}) {
            const trace_line line{static_cast<trace_step>(step), d, 0, 0, ""};
            CHECK(to_text(line, words).find(": ") + 2 < to_text(line, words).size());
        }
    }
}

TEST_CASE("a note cannot forge a line") {
    const trace_line line{trace_step::skipped_off, day("2024-04-29"), 0, 0,
                          "lễ\nthứ Ba: ngày thứ 1\x1b[2J"};
    const std::string text = to_text(line, language::vi);
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("lễ") != std::string::npos);
}

TEST_CASE("rules are named as the language spells them") {
    CHECK(name_of(counting_rule::blds_2015) == "BLDS.2015");
    CHECK(name_of(counting_rule::include_first_day) == "tính cả ngày đầu");
    CHECK(name_of(counting_rule::no_roll) == "không chuyển ngày nghỉ");
    CHECK(name_of(counting_rule::roll_back) == "chuyển về ngày làm việc trước");
    CHECK(name_of(counting_rule::working_time) == "giờ hành chính");
}

TEST_CASE("amounts read as they are written") {
    CHECK(to_text(amount{decimal::of(25, 2), time_unit::working_day}, language::vi) ==
          "0,25 ngày làm việc");
    CHECK(to_text(amount{decimal::of(25, 2), time_unit::working_day}, language::en) ==
          "0.25 working days");
    CHECK(to_text(amount{decimal::of(1), time_unit::month}, language::en) == "1 month");
    CHECK(to_text(amount{decimal::of(2), time_unit::working_hour}, language::en) ==
          "2 working hours");
    CHECK(to_text(amount{decimal::of(2), time_unit::year}, language::vi) == "2 năm");
}

TEST_CASE("a due shows its day, or its minute where hours count") {
    const auto offset = std::chrono::minutes{420};
    CHECK(to_iso(due_instant{at("2024-05-05T00:00"), false, day("2024-05-04")}, offset) ==
          "2024-05-04");
    CHECK(to_iso(due_instant{at("2024-05-04T14:00"), true, day("2024-05-04")}, offset) ==
          "2024-05-04T14:00");
    CHECK(to_iso(due_instant{at("2024-05-04T07:05:09"), true, day("2024-05-04")}, offset) ==
          "2024-05-04T07:05:09");
    CHECK(to_iso(due_instant{at("2024-05-05T00:00"), true, day("2024-05-04")}, offset) ==
          "2024-05-05T00:00");
    CHECK(to_iso(due_instant{at("2024-05-04T23:30"), true, day("2024-05-04")},
                 std::chrono::minutes{0}) == "2024-05-04T16:30");
    CHECK_FALSE(to_iso(due_instant{instant::max(), true, day("2024-05-04")}, offset).empty());
}

TEST_CASE("a receipt one second before closing time keeps its second in the trace") {
    // The first day was told as "0 min", and the day after as a minute less than the limit.
    const auto counted = count(counting_rule::working_time, "2024-05-03T17:29:59", decimal::of(4),
                               time_unit::working_hour);
    CHECK(told(counted, language::en) ==
          lines{"Friday 2024-05-03 17:29:59: counting starts here",
                "Friday 2024-05-03: 1 s of working time",
                "Saturday 2024-05-04: make-up working day, hoán đổi cho ngày 29/04/2024",
                "Saturday 2024-05-04: 3 h 59 min 59 s of working time",
                "Saturday 2024-05-04 11:29:59: due"});
    CHECK(to_iso(counted.due, std::chrono::minutes{420}) == "2024-05-04T11:29:59");
}

TEST_CASE("the parts of a trace add up to the amount, and its last line is the due") {
    const std::uint64_t seed = quytrinh_tests::seed_or(20240503);
    INFO("seed " << seed);
    std::mt19937_64 chance(seed);
    const calendar days = test::hc_vn();
    const instant first = at("2023-01-02T00:00");
    for (std::size_t i = 0; i < quytrinh_tests::count_of(400); ++i) {
        // Parts of a second too: a trace shows the second that has begun.
        const instant from = first + std::chrono::microseconds{static_cast<std::int64_t>(
                                         chance() % (std::uint64_t{400} * 86'400 * 1'000'000))};
        const auto minutes = static_cast<std::int64_t>(1 + chance() % 3'000);
        const auto counted = count_limit(days, counting_rule::working_time, from,
                                         {decimal::of(minutes * 25, 2), time_unit::working_hour});
        REQUIRE(counted);
        std::int64_t seconds = 0;
        for (const auto& line : counted->trace)
            if (line.step == trace_step::hours) seconds += line.value * 60 + line.minute;
        CHECK(seconds == minutes * 15 * 60);
        const std::string due = to_iso(counted->due, std::chrono::minutes{420});
        const std::string last = to_text(counted->trace.back(), language::en);
        CHECK(last.find(due.substr(0, 10) + ' ' + due.substr(11) + ": ") != std::string::npos);
    }
}

TEST_CASE("a fraction of working time that comes to no minute is no limit") {
    // 0,0001 working days were taken for a limit, which was due at its own start.
    CHECK(is_nothing({decimal::of(1, 4), time_unit::working_day}));
    CHECK_FALSE(is_nothing({decimal::of(11, 4), time_unit::working_day}));
    CHECK(is_nothing({decimal::of(8, 3), time_unit::working_hour}));
    CHECK_FALSE(is_nothing({decimal::of(9, 3), time_unit::working_hour}));
    CHECK(is_nothing({decimal::of(0), time_unit::day}));
    CHECK_FALSE(is_nothing({decimal::of(1, 4), time_unit::minute}));
    CHECK(usual_rule({decimal::of(4), time_unit::working_hour}) == counting_rule::working_time);
    CHECK(usual_rule({decimal::of(4), time_unit::hour}) == counting_rule::blds_2015);
}
