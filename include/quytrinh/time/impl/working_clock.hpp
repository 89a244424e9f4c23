// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/impl/working_clock.hpp: private to `time`. A clock that runs only in opening hours,
// forwards and backwards. It counts microseconds, so that a receipt at 08:00:30 keeps its half
// minute.
#pragma once

#include <quytrinh/time/impl/day_reader.hpp>
#include <quytrinh/time/impl/trace_recorder.hpp>

#include <algorithm>

namespace quytrinh::detail {

/// A local day and the microseconds after its midnight; up to and including 24:00.
struct clock_point {
    date day{};
    std::int64_t us = 0;
    friend bool operator==(const clock_point&, const clock_point&) = default;
};

[[nodiscard]] inline clock_point local_point(instant at, std::chrono::minutes offset) noexcept {
    const date day = day_of(at, offset);
    return {day, (at - start_of(day, offset)).count()};
}
[[nodiscard]] inline instant to_instant(const clock_point& point,
                                        std::chrono::minutes offset) noexcept {
    return start_of(point.day, offset) + std::chrono::microseconds{point.us};
}
[[nodiscard]] constexpr std::int32_t minute_of(std::int64_t us) noexcept {
    return static_cast<std::int32_t>(us / minute_us);
}

/// Lets `need` microseconds of opening hours pass from `from`, which first moves to the next
/// opening when it lies outside of one. Ends at a closing time rather than at the opening after it.
/// `trace` may be null.
[[nodiscard]] inline result<clock_point> run_forward(day_reader& days, clock_point from,
                                                     clock_point received, std::int64_t need,
                                                     trace_recorder* trace) {
    bool started = false;
    for (; in_range(from.day); from = {from.day + std::chrono::days{1}, 0}) {
        const auto view = days.look(from.day);
        if (!view) return days.failure(from.day);
        if (!view->working && trace) trace->add(trace_step::skipped_off, from.day, *view);
        std::int64_t used = 0;
        std::int64_t seconds = 0;  // between seconds as they are shown, so that the days add up
        bool reached = false;
        std::int64_t end = 0;
        for (const opening& o : *view->hours) {
            const std::int64_t low = std::max(o.from * minute_us, from.us);
            const std::int64_t high = o.to * minute_us;
            if (low >= high) continue;
            if (trace && used == 0 && view->made_up()) {
                trace->add(trace_step::made_up, from.day, *view);
            }
            if (!started && trace && clock_point{from.day, low} != received) {
                trace->add(trace_step::moved_to_opening, from.day, minute_of(low));
            }
            started = true;
            const std::int64_t take = std::min(need - used, high - low);
            used += take;
            seconds += (low + take) / second_us - low / second_us;
            if (used == need) {
                end = low + take;
                reached = true;
                break;
            }
        }
        if (used > 0 && trace) trace->add_hours(from.day, seconds);
        if (reached) return clock_point{from.day, end};
        need -= used;
    }
    return out_of_range();
}

/// The same backwards from the start of `before`.
[[nodiscard]] inline result<clock_point> run_backward(day_reader& days, date before,
                                                      std::int64_t need, trace_recorder* trace) {
    for (date day = before - std::chrono::days{1}; in_range(day); day -= std::chrono::days{1}) {
        const auto view = days.look(day);
        if (!view) return days.failure(day);
        if (!view->working && trace) trace->add(trace_step::skipped_off, day, *view);
        if (trace && view->made_up()) trace->add(trace_step::made_up, day, *view);
        std::int64_t used = 0;
        bool reached = false;
        std::int64_t end = 0;
        for (auto o = view->hours->rbegin(); o != view->hours->rend(); ++o) {
            const std::int64_t low = o->from * minute_us;
            const std::int64_t high = o->to * minute_us;
            if (low >= high) continue;
            const std::int64_t take = std::min(need - used, high - low);
            used += take;
            if (used == need) {
                end = high - take;
                reached = true;
                break;
            }
        }
        if (used > 0 && trace) trace->add_hours(day, used / second_us);
        if (reached) return clock_point{day, end};
        need -= used;
    }
    return out_of_range();
}

/// Microseconds of opening hours in [from, to); `from` is not after `to`.
[[nodiscard]] inline result<std::int64_t> open_time(day_reader& days, const clock_point& from,
                                                    const clock_point& to) {
    std::int64_t sum = 0;
    for (date day = from.day; day <= to.day; day += std::chrono::days{1}) {
        const std::int64_t low = day == from.day ? from.us : 0;
        const std::int64_t high = day == to.day ? to.us : day_us;
        if (low >= high) continue;  // the midnight that ends a span asks nothing of its day
        if (!in_range(day)) return out_of_range();
        const auto view = days.look(day);
        if (!view) return days.failure(day);
        for (const opening& o : *view->hours) {
            sum += std::max<std::int64_t>(
                0, std::min(o.to * minute_us, high) - std::max(o.from * minute_us, low));
        }
    }
    return sum;
}

}  // namespace quytrinh::detail
