// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/lengths.hpp: amounts of time as numbers that can be added and compared.
#pragma once

#include <quytrinh/check/impl/study.hpp>

#include <algorithm>
#include <optional>

namespace quytrinh::detail::checking {

/// Amounts that can be added to one another. Months cannot be turned into days, nor days into
/// working days.
/// `at_least`: whatever the unit, as running time that it certainly takes.
enum class family : std::uint8_t { running, working, months, at_least };

struct length {
    family of = family::running;
    std::int64_t value = 0;  ///< minutes, or months
};

/// The longest amounts that are still added; longer ones are reported for themselves.
inline constexpr std::int64_t longest = std::int64_t{200} * 366 * 24 * 60;

inline std::optional<length> length_of(const amount& a, int minutes_a_day) {
    const auto made = [&](family f, std::int64_t factor) -> std::optional<length> {
        const auto value = a.count.times(factor);
        if (!value || *value < 0 || *value > longest) return std::nullopt;
        return length{f, *value};
    };
    switch (a.unit) {
    case time_unit::minute: return made(family::running, 1);
    case time_unit::hour: return made(family::running, 60);
    case time_unit::day: return made(family::running, 24 * 60);
    case time_unit::week: return made(family::running, 7 * 24 * 60);
    case time_unit::working_hour: return made(family::working, 60);
    case time_unit::working_day: return made(family::working, minutes_a_day);
    case time_unit::month: return made(family::months, 1);
    case time_unit::year: return made(family::months, 12);
    }
    return std::nullopt;
}

/// Running time that an amount takes in any case: a working day is a part of a day of its own, a
/// month has 28 days.
inline std::int64_t at_least(const length& l, int minutes_a_day) {
    constexpr std::int64_t day = 24 * 60;
    switch (l.of) {
    case family::running:
    case family::at_least: return l.value;
    case family::working: return l.value / std::max(1, minutes_a_day) * day;
    case family::months: return (l.value / 12 * 365 + l.value % 12 * 28) * day;
    }
    return 0;
}
/// Running time that an amount takes at most; nothing for working time, which days off can stretch.
inline std::optional<std::int64_t> at_most(const length& l) {
    constexpr std::int64_t day = 24 * 60;
    switch (l.of) {
    case family::running:
    case family::at_least: return l.value;
    case family::months: return (l.value / 12 * 366 + l.value % 12 * 31) * day;
    case family::working: break;
    }
    return std::nullopt;
}

inline amount amount_of(const length& l, int minutes_a_day) {
    if (l.of == family::months) return {decimal::of(l.value), time_unit::month};
    const bool working = l.of == family::working;
    const std::int64_t day = working ? minutes_a_day : 24 * 60;
    if (l.value * 1000 % day == 0)
        return {decimal::of(l.value * 1000 / day, 3),
                working ? time_unit::working_day : time_unit::day};
    return {decimal::of(l.value * 1000 / 60, 3),
            working ? time_unit::working_hour : time_unit::hour};
}

/// What a working day of the procedure's calendar has.
inline int minutes_per_working_day(const study& s) {
    int minutes = 8 * 60;
    for (const auto& c : s.of.calendars)
        if (c.code == s.of.calendar_code) minutes = std::max(1, minutes_per_day(c));
    return minutes;
}

}  // namespace quytrinh::detail::checking
