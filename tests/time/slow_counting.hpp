// SPDX-License-Identifier: BSL-1.0
// tests/time/slow_counting.hpp: the counting rules a second time, by walking. It looks at every
// minute or every day one by one, works months out on the fingers, and shares nothing with the
// library but the types. Only for comparing.
#pragma once

#include <quytrinh/time/counting.hpp>

#include <array>
#include <optional>
#include <vector>

namespace slow {

using quytrinh::calendar;
using quytrinh::counting_rule;
using quytrinh::date;
using quytrinh::day_kind;
using quytrinh::due_instant;
using quytrinh::instant;
using quytrinh::trace_line;
using quytrinh::trace_step;
using std::chrono::days;
using std::chrono::minutes;

/// Nothing where a year without data was met.
struct answer {
    due_instant due;
    std::vector<trace_line> trace;
};
using maybe = std::optional<answer>;

struct civil {
    int year = 0, month = 0, day = 0;
};
inline civil civil_of(date d) {
    const std::chrono::year_month_day ymd{d};
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}
inline date date_of(const civil& c) { return date{std::chrono::year{c.year} / c.month / c.day}; }
inline int days_in(int year, int month) {
    static constexpr std::array<int, 12> length{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : length[static_cast<std::size_t>(month - 1)];
}

/// 0 off, 1 worked by the week, 2 made up; nothing without data.
inline std::optional<int> state_of(const calendar& c, date d) {
    bool loaded = false;
    for (const int year : c.years) loaded = loaded || year == civil_of(d).year;
    if (!loaded) return std::nullopt;
    if (c.days.count(d) != 0) return c.days.at(d).kind == day_kind::working ? 2 : 0;
    const unsigned number = std::chrono::weekday{d}.iso_encoding();
    return c.week[number - 1].empty() ? 0 : 1;
}
inline bool open_at(const calendar& c, date d, int state, int minute) {
    if (state == 0) return false;
    const unsigned number = std::chrono::weekday{d}.iso_encoding();
    const auto& hours = state == 2 ? c.make_up_hours : c.week[number - 1];
    for (const auto& o : hours) {
        if (minute >= o.from && minute < o.to) return true;
    }
    return false;
}
inline std::string reason(const calendar& c, date d) {
    return c.days.count(d) != 0 ? c.days.at(d).reason : std::string();
}
inline instant midnight(const calendar& c, date d) {
    return instant{d.time_since_epoch()} - c.offset;
}
inline void cut(std::vector<trace_line>& trace) {
    if (trace.size() > 400) trace.erase(trace.begin() + 200, trace.end() - 200);
}

enum class roll { none, forward, back };

/// Ends a limit with `last`, rolled as asked.
inline maybe end_with(const calendar& c, date last, roll how, std::vector<trace_line> trace) {
    while (how != roll::none) {
        const auto state = state_of(c, last);
        if (!state) return std::nullopt;
        if (*state != 0) break;
        const auto step = how == roll::forward ? trace_step::rolled : trace_step::rolled_back;
        trace.push_back({step, last, 0, 0, reason(c, last)});
        last += days{how == roll::forward ? 1 : -1};
    }
    trace.push_back({trace_step::due, last, 0, 0, {}});
    cut(trace);
    return answer{{midnight(c, last + days{1}), false, last}, trace};
}

/// Calendar days; `step` -1 counts backwards.
inline maybe count_days(const calendar& c, date from, long n, bool first_counts, int step,
                        roll how) {
    std::vector<trace_line> trace;
    trace.push_back({trace_step::start, from, 0, first_counts ? 1 : 0, {}});
    date last = from;
    for (long i = 1; i <= n; ++i) {
        if (i > 1 || !first_counts) last += days{step};
        trace.push_back({trace_step::counted, last, 0, i, {}});
    }
    return end_with(c, last, how, trace);
}

inline maybe count_working_days(const calendar& c, date from, long n, bool first_counts, int step,
                                roll how) {
    std::vector<trace_line> trace;
    trace.push_back({trace_step::start, from, 0, first_counts ? 1 : 0, {}});
    if (n == 0) return end_with(c, from, how, trace);
    date last = first_counts ? from : from + days{step};
    for (long i = 0;;) {
        const auto state = state_of(c, last);
        if (!state) return std::nullopt;
        if (*state == 0) trace.push_back({trace_step::skipped_off, last, 0, 0, reason(c, last)});
        if (*state == 1) trace.push_back({trace_step::counted, last, 0, ++i, {}});
        if (*state == 2) trace.push_back({trace_step::made_up, last, 0, ++i, reason(c, last)});
        if (i == n) break;
        last += days{step};
    }
    return end_with(c, last, roll::none, trace);
}

/// Months, forwards: one month after another on the fingers.
inline maybe count_months(const calendar& c, date from, long months, trace_step unit, long shown,
                          bool first_counts, roll how) {
    std::vector<trace_line> trace;
    trace.push_back({trace_step::start, from, 0, first_counts ? 1 : 0, {}});
    civil end = civil_of(from);
    for (long i = 0; i < months; ++i) {
        if (++end.month == 13) {
            end.month = 1;
            ++end.year;
        }
    }
    date last;
    if (end.day > days_in(end.year, end.month)) {
        const int wanted = end.day;
        end.day = days_in(end.year, end.month);
        last = date_of(end);
        trace.push_back({trace_step::clamped, last, 0, wanted, {}});
    } else {
        last = date_of(end);
        if (first_counts && months > 0) last -= days{1};
    }
    trace.push_back({unit, last, 0, shown, {}});
    return end_with(c, last, how, trace);
}

inline maybe count_weeks(const calendar& c, date from, long weeks, bool first_counts, roll how) {
    std::vector<trace_line> trace;
    trace.push_back({trace_step::start, from, 0, first_counts ? 1 : 0, {}});
    date last = from;
    for (long i = 0; i < 7 * weeks; ++i) last += days{1};
    if (first_counts && weeks > 0) last -= days{1};
    trace.push_back({trace_step::weeks, last, 0, weeks, {}});
    return end_with(c, last, how, trace);
}

/// Opening minutes from a receipt at a whole minute, for ascending amounts in one walk.
inline std::vector<maybe> count_minutes(const calendar& c, date from, int minute,
                                        const std::vector<long>& amounts) {
    std::vector<maybe> answers;
    std::vector<trace_line> trace;
    trace.push_back({trace_step::start, from, minute, 2, {}});
    date d = from;
    int now = minute;
    if (c.cut_off && minute > *c.cut_off) {
        d += days{1};
        now = 0;
    }
    long used = 0;
    bool started = false;
    const auto stop = [&](long today) {
        auto copy = trace;
        if (today > 0) copy.push_back({trace_step::hours, d, 0, today, {}});
        copy.push_back({trace_step::due, d, now, 1, {}});
        cut(copy);
        answers.push_back(answer{{midnight(c, d) + minutes{now}, true, d}, copy});
    };
    while (answers.size() < amounts.size()) {
        const auto state = state_of(c, d);
        if (!state) {
            answers.resize(amounts.size());
            return answers;
        }
        if (*state == 0) trace.push_back({trace_step::skipped_off, d, 0, 0, reason(c, d)});
        long today = 0;
        bool touched = false;
        for (; now < 1440 && answers.size() < amounts.size(); ++now) {
            if (!open_at(c, d, *state, now)) continue;
            if (!touched && *state == 2) {
                trace.push_back({trace_step::made_up, d, 0, 0, reason(c, d)});
            }
            touched = true;
            if (!started && (d != from || now != minute)) {
                trace.push_back({trace_step::moved_to_opening, d, now, 0, {}});
            }
            started = true;
            if (amounts[answers.size()] == used) {  // nothing at all ends where it begins
                stop(today);
                if (answers.size() == amounts.size()) break;
            }
            ++used;
            ++today;
            ++now;
            while (answers.size() < amounts.size() && amounts[answers.size()] == used) stop(today);
            --now;
        }
        if (today > 0) trace.push_back({trace_step::hours, d, 0, today, {}});
        d += days{1};
        now = 0;
    }
    return answers;
}

/// Opening minutes backwards from the start of a day.
inline maybe count_minutes_back(const calendar& c, date from, long amount) {
    std::vector<trace_line> trace;
    trace.push_back({trace_step::start, from, 0, 2, {}});
    long used = 0;
    for (date d = from - days{1};; d -= days{1}) {
        const auto state = state_of(c, d);
        if (!state) return std::nullopt;
        if (*state == 0) trace.push_back({trace_step::skipped_off, d, 0, 0, reason(c, d)});
        if (*state == 2) trace.push_back({trace_step::made_up, d, 0, 0, reason(c, d)});
        long today = 0;
        for (int now = 1439; now >= 0; --now) {
            if (!open_at(c, d, *state, now)) continue;
            ++today;
            if (++used < amount) continue;
            trace.push_back({trace_step::hours, d, 0, today, {}});
            trace.push_back({trace_step::due, d, now, 1, {}});
            cut(trace);
            return answer{{midnight(c, d) + minutes{now}, true, d}, trace};
        }
        if (today > 0) trace.push_back({trace_step::hours, d, 0, today, {}});
    }
}

/// Opening minutes between two instants at whole minutes.
inline std::optional<long> minutes_between(const calendar& c, date d, int minute, date end_day,
                                           int end_minute) {
    long sum = 0;
    while (d != end_day || minute != end_minute) {
        const auto state = state_of(c, d);
        if (!state) return std::nullopt;
        sum += open_at(c, d, *state, minute) ? 1 : 0;
        if (++minute == 1440) {
            minute = 0;
            d += days{1};
        }
    }
    return sum;
}

}  // namespace slow
