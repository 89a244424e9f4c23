// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/impl/counting.ipp: the counting rules. Articles are those of the Civil Code 2015.
#pragma once

#include <quytrinh/time/counting.hpp>
#include <quytrinh/time/impl/trace_recorder.hpp>
#include <quytrinh/time/impl/working_clock.hpp>

namespace quytrinh {

namespace detail::counting_body {

using std::chrono::days;

enum class roll : std::uint8_t { stay, forward, back };

/// An amount that may be counted: whole units, or for hours and fractions of working days
/// microseconds.
struct checked_amount {
    bool by_clock = false;  ///< opening hours, `units` in microseconds
    bool running = false;   ///< running on, `units` in microseconds
    time_unit unit = time_unit::day;
    std::int64_t units = 0;
};

inline roll roll_of(counting_rule rule) noexcept {
    switch (rule) {
    case counting_rule::blds_2015:
    case counting_rule::include_first_day:
    case counting_rule::working_time: return roll::forward;
    case counting_rule::no_roll: return roll::stay;
    case counting_rule::roll_back: return roll::back;
    }
    return roll::forward;
}

/// The largest whole amount of a unit within `years`.
inline std::int64_t most(time_unit unit, std::int64_t years) noexcept {
    switch (unit) {
    case time_unit::minute: return years * 366 * 1440;
    case time_unit::hour:
    case time_unit::working_hour: return years * 366 * 24;
    case time_unit::day:
    case time_unit::working_day: return years * 366;
    case time_unit::week: return years * 53;
    case time_unit::month: return years * 12;
    case time_unit::year: return years;
    }
    return 0;
}

inline result<std::int64_t> scaled(const decimal& count, std::int64_t factor) {
    const auto product = count.times(factor);
    if (!product) return fail(errc::limit_exceeded, {"limit_years", "200"});
    return *product;
}

/// "0,5 working_day": an error is put into words where it is shown.
inline std::string amount_key(const amount& limit) {
    const auto unit = [&]() -> std::string_view {
        switch (limit.unit) {
        case time_unit::minute: return "minute";
        case time_unit::hour: return "hour";
        case time_unit::working_hour: return "working_hour";
        case time_unit::day: return "day";
        case time_unit::working_day: return "working_day";
        case time_unit::week: return "week";
        case time_unit::month: return "month";
        case time_unit::year: return "year";
        }
        return {};
    };
    return limit.count.text(',') + ' ' + std::string(unit());
}

inline result<checked_amount> check(const calendar& c, counting_rule rule, const amount& limit,
                                    std::int64_t limit_years) {
    const decimal count = decimal::of(limit.count.mantissa, limit.count.scale);
    if (count.mantissa < 0) return fail(errc::invalid_argument, {to_text(limit, language::vi)});
    const std::int64_t years = std::clamp<std::int64_t>(limit_years, 1, 200);
    if (count > decimal::of(most(limit.unit, years))) {
        return fail(errc::limit_exceeded, {"limit_years", std::to_string(years)});
    }
    const auto mismatch = [&] {
        return fail(errc::rule_mismatch, {std::string(name_of(rule)), amount_key(limit)});
    };
    const bool by_hours = rule == counting_rule::working_time;
    checked_amount checked;
    checked.unit = limit.unit;
    std::int64_t factor = 1;
    switch (limit.unit) {
    case time_unit::minute:
    case time_unit::hour:
        if (!by_hours && !count.is_integer()) return mismatch();
        checked.running = true;
        factor = limit.unit == time_unit::hour ? 60 * minute_us : minute_us;
        break;
    case time_unit::working_hour:
        if (!by_hours) return mismatch();
        checked.by_clock = true;
        factor = 60;
        break;
    case time_unit::working_day:
        if (!by_hours && !count.is_integer()) return mismatch();
        checked.by_clock = by_hours;
        factor = by_hours ? minutes_per_day(c) : 1;
        break;
    case time_unit::day:
    case time_unit::week:
    case time_unit::month:
    case time_unit::year:
        if (!count.is_integer()) return mismatch();
        break;
    }
    auto units = scaled(count, factor);
    if (!units) return units.failure();
    // Working time is rounded to the minute, so that a third of a day has an end people can read.
    checked.units = checked.by_clock ? *units * minute_us : *units;
    return checked;
}

inline counted_limit finish(const calendar& c, const due_instant& due, trace_recorder&& trace) {
    return {due, std::move(trace).finish(), c.version};
}

/// Art. 148.5 and 148.6: a last day off gives way to a working day, and a limit ends with its day.
inline result<counted_limit> end_on(day_reader& reader, date last, roll how,
                                    trace_recorder&& trace) {
    for (; how != roll::stay; last += days{how == roll::forward ? 1 : -1}) {
        if (!in_range(last)) return out_of_range();
        const auto view = reader.look(last);
        if (!view) return reader.failure(last);
        if (view->working) break;
        trace.add(how == roll::forward ? trace_step::rolled : trace_step::rolled_back, last, *view);
    }
    if (!in_range(last)) return out_of_range();
    trace.add(trace_step::due, last);
    const calendar& c = reader.source();
    return finish(c, {start_of(last + days{1}, c.offset), false, last}, std::move(trace));
}

/// A limit that ends at an instant. Its last day is the day that midnight ends, not the one it
/// begins.
inline counted_limit end_at(const calendar& c, clock_point at, trace_recorder&& trace) {
    const instant before = to_instant(at, c.offset);
    trace.add_moment(trace_step::due, at.day, at.us, 1);
    return finish(c, {before, true, at.day}, std::move(trace));
}

/// Lines for the days from `first`, `count` of them, in the direction of `step`. The middle of a
/// long count would be thrown away by the recorder, so it is not produced.
inline void trace_days(trace_recorder& trace, date first, std::int64_t count, int step) {
    constexpr auto kept = static_cast<std::int64_t>(trace_recorder::kept);
    for (std::int64_t i = 1; i <= count; ++i) {
        if (i > kept && i <= count - kept) i = count - kept + 1;
        trace.add(trace_step::counted, first + days{(i - 1) * step}, 0, i);
    }
}

/// Art. 148.3: the corresponding day, or the last of a shorter month. For years the article is
/// silent on 29 February, and the same is done by analogy.
struct month_end {
    date day{};
    bool clamped = false;
};
inline month_end add_months(date from, std::int64_t count) {
    const std::chrono::year_month_day start{from};
    const auto month = start.year() / start.month() + std::chrono::months{count};
    const std::chrono::year_month_day wanted = month / start.day();
    if (wanted.ok()) return {date{wanted}, false};
    return {date{month / std::chrono::last}, true};
}

/// Days, weeks, months and years of the calendar, in the direction of `step`. `counts_first`: the
/// day of the event is day 1. Then a span of months ends on the day before the corresponding one;
/// where that was clamped, the last day of the month is that day before already.
inline date span_of_days(date from, const checked_amount& amount, bool counts_first, int step,
                         trace_recorder& trace) {
    const std::int64_t n = amount.units;
    const int shift = counts_first && n > 0 ? -step : 0;
    const auto months_on = [&](std::int64_t months, trace_step unit) {
        const month_end end = add_months(from, months * step);
        if (end.clamped) {
            const auto wanted = static_cast<unsigned>(std::chrono::year_month_day{from}.day());
            trace.add(trace_step::clamped, end.day, 0, wanted);
        }
        // Forwards the day before a missing one is the last of the month, which clamping has taken
        // already; backwards the day after it is the first of the next month, which it has not.
        const date last = end.day + days{end.clamped && step > 0 ? 0 : shift};
        trace.add(unit, last, 0, n);
        return last;
    };
    switch (amount.unit) {
    case time_unit::week: {
        const date last = from + days{7 * n * step + shift};
        trace.add(trace_step::weeks, last, 0, n);
        return last;
    }
    case time_unit::month: return months_on(n, trace_step::months);
    case time_unit::year: return months_on(12 * n, trace_step::years);
    case time_unit::minute:
    case time_unit::hour:
    case time_unit::working_hour:
    case time_unit::day:
    case time_unit::working_day: break;
    }
    const date first = from + days{counts_first ? 0 : step};
    trace_days(trace, first, n, step);
    return from + days{n * step + shift};
}

/// The n-th working day after `start` (before it when `step` is -1).
inline result<date> nth_working_day(day_reader& reader, date start, std::int64_t n, int step,
                                    trace_recorder* trace) {
    date day = start;
    for (std::int64_t counted = 0; counted < n;) {
        day += days{step};
        if (!in_range(day)) return out_of_range();
        const auto view = reader.look(day);
        if (!view) return reader.failure(day);
        if (view->working) ++counted;
        if (!trace) continue;
        if (!view->working) {
            trace->add(trace_step::skipped_off, day, *view);
        } else {
            const auto how = view->made_up() ? trace_step::made_up : trace_step::counted;
            trace->add(how, day, *view, counted);
        }
    }
    return day;
}

/// Everything that ends with a day, in the direction of `step`.
inline result<counted_limit> count_days(day_reader& reader, counting_rule rule, date from,
                                        const checked_amount& amount, int step, roll how,
                                        trace_recorder&& trace) {
    const bool counts_first = rule == counting_rule::include_first_day;
    if (amount.unit == time_unit::working_day && amount.units > 0) {
        const date start = counts_first ? from - days{step} : from;
        auto last = nth_working_day(reader, start, amount.units, step, &trace);
        if (!last) return last.failure();
        return end_on(reader, *last, roll::stay, std::move(trace));
    }
    const date last = span_of_days(from, amount, counts_first, step, trace);
    return end_on(reader, last, how, std::move(trace));
}

/// Where a receipt after the cut-off begins to count.
inline clock_point after_cut_off(const calendar& c, const clock_point& received) noexcept {
    if (!c.cut_off || received.us <= *c.cut_off * minute_us) return received;
    return {received.day + days{1}, 0};
}

/// Running time: midnight belongs to the day that it ends, unless nothing was counted.
inline clock_point run_on(const calendar& c, instant from, std::int64_t us) {
    clock_point end = local_point(from + std::chrono::microseconds{us}, c.offset);
    if (end.us == 0 && us > 0) end = {end.day - days{1}, day_us};
    return end;
}

inline std::int64_t expected_lines(const checked_amount& amount) noexcept {
    if (amount.running || amount.by_clock) return 8;
    // A month or a year takes one line; working days skip about two days in seven.
    switch (amount.unit) {
    case time_unit::day: return amount.units + 4;
    case time_unit::working_day: return amount.units + amount.units / 2 + 4;
    case time_unit::minute:
    case time_unit::hour:
    case time_unit::working_hour:
    case time_unit::week:
    case time_unit::month:
    case time_unit::year: break;
    }
    return 6;
}

}  // namespace detail::counting_body

result<counted_limit> count_limit(const calendar& c, counting_rule rule, instant from,
                                  const amount& limit, std::int64_t limit_years) {
    namespace body = detail::counting_body;
    if (!detail::in_range(from)) return detail::out_of_range();
    const auto received = detail::local_point(from, c.offset);
    if (!detail::in_range(received.day)) return detail::out_of_range();
    auto amount = body::check(c, rule, limit, limit_years);
    if (!amount) return amount.failure();

    detail::trace_recorder trace(body::expected_lines(*amount));
    detail::day_reader reader(c);
    const bool by_time = amount->running || amount->by_clock;
    const bool first_counts = rule == counting_rule::include_first_day;
    if (by_time)
        trace.add_moment(trace_step::start, received.day, received.us, 2);
    else
        trace.add(trace_step::start, received.day, detail::minute_of(received.us),
                  first_counts ? 1 : 0);
    if (amount->running) {
        const auto end = body::run_on(c, from, amount->units);
        if (!detail::in_range(end.day)) return detail::out_of_range();
        return body::end_at(c, end, std::move(trace));
    }
    if (amount->by_clock) {
        auto end = detail::run_forward(reader, body::after_cut_off(c, received), received,
                                       amount->units, &trace);
        if (!end) return end.failure();
        return body::end_at(c, *end, std::move(trace));
    }
    return body::count_days(reader, rule, received.day, *amount, 1, body::roll_of(rule),
                            std::move(trace));
}

result<counted_limit> count_back(const calendar& c, counting_rule rule, date from,
                                 const amount& limit, std::int64_t limit_years) {
    namespace body = detail::counting_body;
    if (!detail::in_range(from)) return detail::out_of_range();
    auto amount = body::check(c, rule, limit, limit_years);
    if (!amount) return amount.failure();

    detail::trace_recorder trace(body::expected_lines(*amount));
    detail::day_reader reader(c);
    const bool by_time = amount->running || amount->by_clock;
    const bool first_counts = rule == counting_rule::include_first_day;
    trace.add(trace_step::start, from, 0, by_time ? 2 : (first_counts ? 1 : 0));
    if (amount->running) {
        const auto end = detail::local_point(
            start_of(from, c.offset) - std::chrono::microseconds{amount->units}, c.offset);
        if (!detail::in_range(end.day)) return detail::out_of_range();
        return body::end_at(c, end, std::move(trace));
    }
    if (amount->by_clock) {
        auto end = detail::run_backward(reader, from, amount->units, &trace);
        if (!end) return end.failure();
        return body::end_at(c, *end, std::move(trace));
    }
    const auto how = rule == counting_rule::roll_back ? body::roll::back : body::roll::stay;
    return body::count_days(reader, rule, from, *amount, -1, how, std::move(trace));
}

result<counted_limit> due_at(const calendar& c, date day, bool inclusive) {
    namespace body = detail::counting_body;
    if (!detail::in_range(day)) return detail::out_of_range();
    detail::trace_recorder trace(1);
    detail::day_reader reader(c);
    return body::end_on(reader, inclusive ? day : day - std::chrono::days{1}, body::roll::stay,
                        std::move(trace));
}

result<std::int64_t> working_minutes(const calendar& c, instant from, instant to) {
    if (!detail::in_range(from) || !detail::in_range(to)) return detail::out_of_range();
    if (from > to) return fail(errc::invalid_argument, {"from > to"});
    detail::day_reader reader(c);
    auto open = detail::open_time(reader, detail::local_point(from, c.offset),
                                  detail::local_point(to, c.offset));
    if (!open) return open.failure();
    return *open / detail::minute_us;
}

result<due_instant> shift_due(const calendar& c, counting_rule rule, const due_instant& due,
                              instant paused_from, instant paused_to, time_unit unit) {
    namespace body = detail::counting_body;
    for (const instant at : {due.before, paused_from, paused_to}) {
        if (!detail::in_range(at)) return detail::out_of_range();
    }
    if (paused_from > paused_to) return fail(errc::invalid_argument, {"paused_from > paused_to"});
    if (paused_from >= due.before) return due;
    if (!detail::in_range(due.last_day)) return detail::out_of_range();
    detail::day_reader reader(c);
    const auto left_at = detail::local_point(paused_from, c.offset);
    const auto back_at = detail::local_point(paused_to, c.offset);
    const bool running = unit == time_unit::minute || unit == time_unit::hour;

    if (due.to_the_hour && (running || rule != counting_rule::working_time)) {
        const auto end = body::run_on(c, paused_to, (due.before - paused_from).count());
        if (!detail::in_range(end.day)) return detail::out_of_range();
        return due_instant{detail::to_instant(end, c.offset), true, end.day};
    }
    if (due.to_the_hour) {
        auto left = detail::open_time(reader, left_at, detail::local_point(due.before, c.offset));
        if (!left) return left.failure();
        auto end = detail::run_forward(reader, back_at, back_at, *left, nullptr);
        if (!end) return end.failure();
        return due_instant{detail::to_instant(*end, c.offset), true, end->day};
    }
    detail::trace_recorder unused(4);
    date last = due.last_day + (back_at.day - left_at.day);
    if (unit == time_unit::working_day) {
        std::int64_t left = 0;
        for (date day = left_at.day; day < due.last_day;) {
            day += std::chrono::days{1};
            if (!detail::in_range(day)) return detail::out_of_range();
            const auto view = reader.look(day);
            if (!view) return reader.failure(day);
            left += view->working ? 1 : 0;
        }
        auto moved = body::nth_working_day(reader, back_at.day, left, 1, nullptr);
        if (!moved) return moved.failure();
        last = *moved;
    }
    auto counted = body::end_on(reader, last, body::roll_of(rule), std::move(unused));
    if (!counted) return counted.failure();
    return counted->due;
}

}  // namespace quytrinh
