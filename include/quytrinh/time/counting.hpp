// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/counting.hpp: from "at most 03 working days from receipt" to an instant, and why.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/decimal.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/time/calendar.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace quytrinh {

/// Named ways of counting. A procedure uses one (language: `cách tính`).
enum class counting_rule : std::uint8_t {
    blds_2015,          ///< Civil Code 2015 arts. 144–148: the day of the event is not counted, months and
                        ///< years clamp to the last day, a last day off rolls to the next working day, 24:00
    include_first_day,  ///< as BLDS.2015, but the day of the event is day 1
    no_roll,            ///< as BLDS.2015, but a last day off stays
    roll_back,          ///< for windows counted backwards: a last day off rolls to the working day before
    working_time,       ///< `giờ hành chính`: minutes of opening hours from the moment of receipt
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
    date last_day{};
    friend bool operator==(const due_instant&, const due_instant&) = default;
};

/// One line of the "why this date". `step` says what happened on `day`; words are added when shown.
enum class trace_step : std::uint8_t {
    start,            ///< counting starts from this event (not counted); `minute` of the day
    counted,          ///< one more day counted; `value` is the running count
    skipped_off,      ///< a day off that does not count; `note` says why it is off
    made_up,          ///< a Saturday worked by decision, counted; `note`
    clamped,          ///< the month has no such day, its last day is taken (art. 148.3)
    rolled,           ///< the last day is off, on to the next working day (art. 148.5)
    rolled_back,
    moved_to_opening, ///< received outside opening hours or after the cut-off
    hours,            ///< working minutes used on this day; `value`
    due,              ///< the result; `minute` when hours count
};
struct trace_line {
    trace_step step = trace_step::start;
    date day{};
    std::int32_t minute = 0;  ///< of the day, where it matters
    std::int64_t value = 0;
    std::string note;
    friend bool operator==(const trace_line&, const trace_line&) = default;
};

/// At most 400 lines are kept of a long trace: the first 200 and the last 200 (the count runs on).
struct counted_limit {
    due_instant due;
    std::vector<trace_line> trace;
    std::string calendar_version;
};

/// Counts `limit` from `from`. Errors: year_without_data, rule_mismatch (a fraction or working hours
/// under a day rule, a fraction of a calendar day), time_out_of_range, limit_exceeded. Pure;
/// thread-safe; O(days counted).
[[nodiscard]] QUYTRINH_DECL result<counted_limit> count_limit(const calendar& c, counting_rule rule,
                                                             instant from, const amount& limit);

/// `count_limit` backwards from the start of a day (a window before a date); excludes that day.
[[nodiscard]] QUYTRINH_DECL result<counted_limit> count_back(const calendar& c, counting_rule rule,
                                                            date from, const amount& limit);

/// The due of a date that is written in the text or in a form: through the whole of `last_day`, or up to
/// the day before when `inclusive` is false (`trước ngày`). Never rolls.
[[nodiscard]] QUYTRINH_DECL result<counted_limit> due_at(const calendar& c, date day, bool inclusive);

/// Working minutes between two instants (for pauses and lateness). errc as above.
[[nodiscard]] QUYTRINH_DECL result<std::int64_t> working_minutes(const calendar& c, instant from, instant to);

/// Moves a due by the time that was not counted, with the same rule (`không tính thời gian`).
[[nodiscard]] QUYTRINH_DECL result<due_instant> shift_due(const calendar& c, counting_rule rule,
                                                         const due_instant& due, instant paused_from,
                                                         instant paused_to);

/// "2024-05-04", or "2024-05-04T14:00" where hours count.
[[nodiscard]] QUYTRINH_DECL std::string to_iso(const due_instant& due, std::chrono::minutes offset);
/// One trace line in words: "thứ Hai 29/04/2024: nghỉ, hoán đổi sang thứ Bảy 04/05".
[[nodiscard]] QUYTRINH_DECL std::string to_text(const trace_line& line, language words);

}  // namespace quytrinh
