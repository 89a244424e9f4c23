// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/counting.hpp: from "at most 03 working days from receipt" to an instant, and why.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/due.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace quytrinh {

/// Counts `limit` from `from`.
///
/// Days, weeks, months and years end at 24:00 of a day. Running hours and minutes end at an instant
/// and never roll. Under working_time a working day is `minutes_per_day` of opening hours, a
/// fraction of it is rounded to the nearest minute (half a minute up), and a limit that ends at
/// closing time is due at that closing minute. Years without data matter only where the answer
/// depends on them: calendar days under no_roll and running hours never do; under the other rules
/// the last day must be known, and every day that is counted or skipped as a working day.
///
/// Errors: year_without_data; rule_mismatch (a fraction or working hours under a day rule, a
/// fraction of a calendar day, week, month or year); invalid_argument (a negative amount);
/// limit_exceeded (more than `limit_years`, at most 200); time_out_of_range (before 1900 or after
/// 2199). Pure; thread-safe; O(working days walked + lines of the trace).
[[nodiscard]] QUYTRINH_DECL result<counted_limit> count_limit(
    const calendar& c, counting_rule rule, instant from, const amount& limit,
    std::int64_t limit_years = limits{}.limit_years);

/// `count_limit` backwards from the start of a day (a window before a date). `from` is not counted,
/// but is day 1 under include_first_day. `last_day` is the day reached, and its end the due: as the
/// nearer edge of a window it is the last acceptable day, as the farther edge the window opens with
/// `start_of` it. Only roll_back rolls, to the working day before: rolling forward would shorten
/// the notice. Amounts in hours end at the instant reached. Errors as above.
[[nodiscard]] QUYTRINH_DECL result<counted_limit> count_back(
    const calendar& c, counting_rule rule, date from, const amount& limit,
    std::int64_t limit_years = limits{}.limit_years);

/// The due of a date that is written in the text or in a form: through the whole of `day`, or of
/// the day before when `inclusive` is false (`trước ngày`). Never rolls, needs no data.
[[nodiscard]] QUYTRINH_DECL result<counted_limit> due_at(const calendar& c, date day,
                                                         bool inclusive);

/// Whole working minutes between two instants (for pauses and lateness). errc::invalid_argument
/// when they are in the wrong order; year_without_data, time_out_of_range. O(days between).
[[nodiscard]] QUYTRINH_DECL result<std::int64_t> working_minutes(const calendar& c, instant from,
                                                                 instant to);

/// Moves a due by the time that was not counted, with the same rule (`không tính thời gian`), so
/// that what was left when the pause began is left when it ends. `unit` is the unit of the limit:
/// working days count the working days of the pause, running hours and minutes its length, any
/// other whole-day limit its calendar days, with the roll of the rule; a due to the hour under
/// working_time keeps the working minutes that were left. A pause that begins when the due has
/// passed changes nothing.
[[nodiscard]] QUYTRINH_DECL result<due_instant> shift_due(const calendar& c, counting_rule rule,
                                                          const due_instant& due,
                                                          instant paused_from, instant paused_to,
                                                          time_unit unit = time_unit::day);

/// Is it no limit at all: zero, negative, or so small a part of working time that it is rounded to
/// no minute? No text may state it (QT4012); counted, it ends where it begins. `minutes_a_day`: of
/// a working day.
[[nodiscard]] QUYTRINH_DECL bool is_nothing(const amount& limit, int minutes_a_day = 480) noexcept;

/// The rule that an amount asks for where none is named: parts of a day and opening hours need
/// working_time, all else is counted by BLDS.2015.
[[nodiscard]] QUYTRINH_DECL counting_rule usual_rule(const amount& limit) noexcept;

/// "BLDS.2015", "giờ hành chính"…: the rule as its documents name it.
[[nodiscard]] QUYTRINH_DECL std::string_view name_of(counting_rule rule) noexcept;
/// "0,25 ngày làm việc", "0.25 working days".
[[nodiscard]] QUYTRINH_DECL std::string to_text(const amount& limit, language words);

/// "2024-05-04", or where hours count the local time of the due, "2024-05-04T14:00" (seconds only
/// when there are any).
[[nodiscard]] QUYTRINH_DECL std::string to_iso(const due_instant& due, std::chrono::minutes offset);
/// One trace line in words: "thứ Hai 29/04/2024: nghỉ, hoán đổi sang thứ Bảy 04/05". Control
/// characters of a note are shown escaped.
[[nodiscard]] QUYTRINH_DECL std::string to_text(const trace_line& line, language words);

}  // namespace quytrinh
