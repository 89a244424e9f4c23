// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/due.hpp: a limit as it is stated and as it came out, with the trace of why.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/decimal.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace quytrinh {

/// Named ways of counting. A procedure uses one (language: `cách tính`).
enum class counting_rule : std::uint8_t {
    /// Civil Code 2015 arts. 144–148: the day of the event is not counted, months and years clamp
    /// to the last day, a last day off rolls to the next working day, 24:00.
    blds_2015,
    include_first_day,  ///< as BLDS.2015, but the day of the event is day 1
    no_roll,            ///< as BLDS.2015, but a last day off stays
    roll_back,          ///< for windows counted backwards: a last day off rolls to the day before
    /// `giờ hành chính`: minutes of opening hours from the moment of receipt; days, weeks, months
    /// and years of the calendar as BLDS.2015.
    working_time,
};

enum class time_unit : std::uint8_t {
    minute, hour,        ///< running on (`giờ liên tục`)
    working_hour,        ///< opening hours only
    day,                 ///< calendar day
    working_day,
    week, month, year,
};

struct amount {
    decimal count;
    time_unit unit = time_unit::day;
    friend bool operator==(const amount&, const amount&) = default;
};

/// A limit that has been counted. Half-open: work is in time iff done before `before`.
struct due_instant {
    instant before{};
    /// True where hours count (show the hour); else the limit is the whole of `last_day`.
    bool to_the_hour = false;
    /// The last day on which work can still be in time.
    date last_day{};
    friend bool operator==(const due_instant&, const due_instant&) = default;
};

/// One line of the "why this date". `step` says what happened on `day`; words are added when shown.
/// WARNING: stored in events by number; add at the end, never renumber.
enum class trace_step : std::uint8_t {
    /// The event; `value` 0: this day is not counted, 1: it is day 1, 2 and seconds: from `minute`.
    start,
    counted,          ///< one more day counted; `value` is the running count
    skipped_off,      ///< a day off that does not count; `note` says why it is off
    made_up,          ///< a day off worked by decision (`note`): day `value`, or 0 before `hours`
    clamped,          ///< the month has no day `value`, its last day is taken (art. 148.3)
    rolled,           ///< the last day is off (`note`), on to the next working day (art. 148.5)
    rolled_back,      ///< the same, to the working day before
    moved_to_opening, ///< received outside the hours or after the cut-off: counts from `minute`
    hours,            ///< working time of this day: `value` minutes and, in `minute`, seconds
    due,              ///< the result; `value` 1 and seconds: at `minute`, 0: all of `day`
    weeks,            ///< `value` weeks end on this day
    months,           ///< `value` months end on this day
    years,            ///< `value` years end on this day
};
struct trace_line {
    trace_step step = trace_step::start;
    date day{};
    std::int32_t minute = 0;  ///< of the day, where it matters
    std::int64_t value = 0;
    std::string note;         ///< the calendar's reason; empty for a weekly day off
    friend bool operator==(const trace_line&, const trace_line&) = default;
};

/// At most 400 lines are kept of a long trace: the first 200 and the last 200 (the count runs on).
struct counted_limit {
    due_instant due;
    std::vector<trace_line> trace;
    std::string calendar_version;
    friend bool operator==(const counted_limit&, const counted_limit&) = default;
};

}  // namespace quytrinh
