// SPDX-License-Identifier: BSL-1.0
// tests/time/counting_slow.cpp: every day 2020–2026 under every rule against an implementation that
// walks. The normal run takes a sample; `--no-skip` on the last case takes all of it.
#include <quytrinh/time/counting.hpp>

#include "support/seeded.hpp"
#include "time/hc_vn.hpp"
#include "time/slow_counting.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace quytrinh;
using quytrinh_tests::count_of;
using quytrinh_tests::stride_of;
using std::chrono::days;
using std::chrono::minutes;

namespace {

constexpr std::array<counting_rule, 5> rules{
    counting_rule::blds_2015, counting_rule::include_first_day, counting_rule::no_roll,
    counting_rule::roll_back, counting_rule::working_time};
constexpr std::array<int, 16> receipts{0,   1,   449, 450, 451,  600,  689,  690,
                                       720, 809, 810, 901, 1049, 1050, 1051, 1439};

slow::roll roll_of(counting_rule rule) {
    if (rule == counting_rule::no_roll) return slow::roll::none;
    if (rule == counting_rule::roll_back) return slow::roll::back;
    return slow::roll::forward;
}

struct tally {
    long compared = 0;
    long without_data = 0;
};

void same(const result<counted_limit>& fast, const slow::maybe& walked, tally& t) {
    ++t.compared;
    if (!walked) {
        ++t.without_data;
        REQUIRE_FALSE(fast.has_value());
        REQUIRE(fast.error().code == errc::year_without_data);
        return;
    }
    REQUIRE(fast.has_value());
    const bool equal = fast->due == walked->due && fast->trace == walked->trace;
    REQUIRE(equal);
}

/// Whole days, weeks, months and years from one day.
void compare_days(const calendar& c, date from, int minute, long stride, tally& t) {
    const instant at = start_of(from, c.offset) + minutes{minute};
    for (const counting_rule rule : rules) {
        const bool first = rule == counting_rule::include_first_day;
        const auto how = roll_of(rule);
        const auto count = [&](long n, time_unit unit) {
            return count_limit(c, rule, at, {decimal::of(n), unit});
        };
        // The walk knows nothing of the hour at which a day was begun.
        const auto with_minute = [&](slow::maybe walked) {
            if (walked) walked->trace.front().minute = minute;
            return walked;
        };
        CAPTURE(static_cast<int>(rule));
        CAPTURE(to_iso(from));
        for (long n = 0; n <= 60; n += (n == 0 ? 1 : stride)) {
            CAPTURE(n);
            same(count(n, time_unit::day), with_minute(slow::count_days(c, from, n, first, 1, how)),
                 t);
            if (rule != counting_rule::working_time) {
                same(count(n, time_unit::working_day),
                     with_minute(slow::count_working_days(c, from, n, first, 1, how)), t);
            }
        }
        for (long n = 0; n <= 26; n += stride) {
            CAPTURE(n);
            same(count(n, time_unit::week), with_minute(slow::count_weeks(c, from, n, first, how)),
                 t);
            same(count(n, time_unit::month),
                 with_minute(slow::count_months(c, from, n, trace_step::months, n, first, how)), t);
        }
        for (long n = 0; n <= 4; ++n) {
            CAPTURE(n);
            same(count(n, time_unit::year),
                 with_minute(slow::count_months(c, from, 12 * n, trace_step::years, n, first, how)),
                 t);
        }
    }
}

/// Quarters of working days up to `most` days, and working hours, from one minute.
void compare_minutes(const calendar& c, date from, int minute, long most, long stride, tally& t) {
    const instant at = start_of(from, c.offset) + minutes{minute};
    const long standard = minutes_per_day(c);
    std::vector<long> amounts;
    for (long quarter = 0; quarter <= 4 * most; quarter += stride) {
        amounts.push_back((quarter * standard + 2) / 4);  // to the nearest minute, halves up
    }
    const auto walked = slow::count_minutes(c, from, minute, amounts);
    REQUIRE(walked.size() == amounts.size());
    CAPTURE(to_iso(from));
    CAPTURE(minute);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const long quarter = static_cast<long>(i) * stride;
        CAPTURE(quarter);
        same(count_limit(c, counting_rule::working_time, at,
                         {decimal::of(25 * quarter, 2), time_unit::working_day}),
             walked[i], t);
        if (amounts[i] % 60 == 0) {
            same(count_limit(c, counting_rule::working_time, at,
                             {decimal::of(amounts[i] / 60), time_unit::working_hour}),
                 walked[i], t);
        }
    }
}

void compare_back(const calendar& c, date from, long stride, tally& t) {
    CAPTURE(to_iso(from));
    for (const counting_rule rule : rules) {
        const bool first = rule == counting_rule::include_first_day;
        const auto how = rule == counting_rule::roll_back ? slow::roll::back : slow::roll::none;
        CAPTURE(static_cast<int>(rule));
        for (long n = 0; n <= 30; n += (n == 0 ? 1 : stride)) {
            CAPTURE(n);
            same(count_back(c, rule, from, {decimal::of(n), time_unit::day}),
                 slow::count_days(c, from, n, first, -1, how), t);
            const auto working =
                count_back(c, rule, from, {decimal::of(n), time_unit::working_day});
            if (rule != counting_rule::working_time) {
                same(working, slow::count_working_days(c, from, n, first, -1, how), t);
            } else if (n > 0) {
                same(working, slow::count_minutes_back(c, from, minutes_per_day(c) * n), t);
            }
        }
    }
}

/// Minutes between two instants, and that `n` of them lie between a receipt and its due.
void compare_between(const calendar& c, date from, int minute, date to, int end, tally& t) {
    const auto fast = working_minutes(c, start_of(from, c.offset) + minutes{minute},
                                      start_of(to, c.offset) + minutes{end});
    const auto walked = slow::minutes_between(c, from, minute, to, end);
    ++t.compared;
    REQUIRE(fast.has_value() == walked.has_value());
    if (walked) REQUIRE(*fast == *walked);
}

/// Hours that differ by the day, a Saturday morning, other make-up hours, a cut-off, another
/// offset.
calendar odd_calendar() {
    calendar c = test::hc_vn();
    c.code = "T";
    c.offset = std::chrono::minutes{-210};
    c.week[1] = {{420, 600}, {601, 602}, {900, 1440}};
    c.week[2] = {{0, 60}};
    c.week[5] = {{480, 700}};
    c.make_up_hours = {{500, 900}};
    c.cut_off = std::int16_t{15 * 60};
    c.days[test::day("2024-06-05")] = {day_kind::working, "giữa tuần"};
    return c;
}

void compare_all(const calendar& c, int day_stride, long stride, long most, tally& t) {
    std::size_t turn = 0;
    for (date d = test::day("2020-01-01"); d <= test::day("2026-12-31"); d += days{day_stride}) {
        const int minute = receipts[turn++ % receipts.size()];
        compare_days(c, d, minute, stride, t);
        compare_minutes(c, d, minute, most, stride, t);
        compare_back(c, d, stride, t);
        compare_between(c, d, minute, d + days{turn % 9},
                        receipts[(turn * 7) % receipts.size()] > minute || turn % 9 != 0
                            ? receipts[(turn * 7) % receipts.size()]
                            : minute,
                        t);
    }
}

}  // namespace

TEST_CASE("days, rules and amounts: a sample agrees with an implementation that walks") {
    // QUYTRINH_COUNT=29 leaves nothing out: every day of 2020 to 2026, every amount.
    const int days_apart = static_cast<int>(stride_of(29));
    const long amounts_apart = days_apart == 1 ? 1 : 13;
    tally t;
    compare_all(test::hc_vn(), days_apart, amounts_apart, 60, t);
    compare_all(odd_calendar(), 3 * days_apart, amounts_apart, 20, t);
    CHECK(t.compared > count_of(8'000));
    CHECK(t.without_data > count_of(80));
}

TEST_CASE("every minute of a receipt around the swap of April 2024 agrees with the walk") {
    tally t;
    for (const calendar& c : {test::hc_vn(), odd_calendar()}) {
        for (date d = test::day("2024-04-26"); d <= test::day("2024-05-06"); d += days{1}) {
            for (int minute = d == test::day("2024-05-04") ? 0 : 440; minute < 1440; minute += 11) {
                compare_minutes(c, d, minute, 2, 3, t);
            }
        }
    }
    CHECK(t.compared > 3000);
}
