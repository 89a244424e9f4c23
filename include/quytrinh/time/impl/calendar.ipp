// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/impl/calendar.ipp: what a calendar says of one day, and whether it may say it.
#pragma once

#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/impl/day_reader.hpp>

#include <numeric>

namespace quytrinh {

namespace detail::calendar_body {

inline constexpr std::size_t max_openings = 8;

inline std::vector<opening> office_hours() {
    return {{7 * 60 + 30, 11 * 60 + 30}, {13 * 60 + 30, 17 * 60 + 30}};
}

inline int minutes_of(const std::vector<opening>& hours) noexcept {
    return std::accumulate(hours.begin(), hours.end(), 0,
                           [](int sum, const opening& o) { return sum + (o.to - o.from); });
}

/// What events tell of the switches: ` +CODE` for each that is on, by code.
inline std::string switches_on(const calendar& c) {
    std::string text;
    for (const auto& [code, one] : c.switches) {
        if (one.on) text.append(" +").append(code);
    }
    return text;
}

inline unexpected faulty(const calendar& c, const std::string& what) {
    return fail(errc::invalid_argument, {"calendar " + c.code + ": " + what});
}

/// Names the fault of a day's hours; empty when they are sound.
inline std::string fault_of(const std::vector<opening>& hours) {
    if (hours.size() > max_openings) return "too many openings";
    int closed_at = 0;
    for (const auto& o : hours) {
        if (o.from < 0 || o.to > 1440 || o.from >= o.to) {
            return "hours run backwards or leave the day";
        }
        if (o.from < closed_at) return "hours overlap";
        closed_at = o.to;
    }
    return {};
}

inline result<void> validate_hours(const calendar& c) {
    static constexpr std::array<const char*, 7> names{"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};
    bool any = false;
    for (std::size_t i = 0; i < c.week.size(); ++i) {
        any = any || !c.week[i].empty();
        if (const auto fault = fault_of(c.week[i]); !fault.empty()) {
            return faulty(c, fault + " on " + names[i]);
        }
    }
    if (!any) return faulty(c, "no day of the week is worked");
    if (const auto fault = fault_of(c.make_up_hours); !fault.empty()) {
        return faulty(c, fault + " on make-up days");
    }
    if (c.cut_off && (*c.cut_off < 0 || *c.cut_off > 1440)) {
        return faulty(c, "cut-off outside the day");
    }
    return {};
}

inline result<void> validate_days(const calendar& c, const std::map<date, day_entry>& days) {
    for (const auto& [day, entry] : days) {
        if (!in_range(day)) return faulty(c, "a day outside 1900-2199");
        const int year = static_cast<int>(std::chrono::year_month_day{day}.year());
        if (!std::binary_search(c.years.begin(), c.years.end(), year)) {
            return faulty(c, to_iso(day) + " lies in a year without data");
        }
        if (entry.reason.empty()) return faulty(c, to_iso(day) + " has no reason");
        if (entry.kind == day_kind::working && c.make_up_hours.empty()) {
            return faulty(c, to_iso(day) + " is worked without hours");
        }
    }
    return {};
}

inline result<void> validate_switches(const calendar& c) {
    std::map<date, const std::string*> owner;
    for (const auto& [code, one] : c.switches) {
        if (auto sound = validate_days(c, one.days); !sound) return sound;
        for (const auto& [day, entry] : one.days) {
            const auto decided = c.days.find(day);
            const bool present = decided != c.days.end();
            if (present != one.on || (present && decided->second != entry)) {
                return faulty(c, "switch " + code + " contradicts " + to_iso(day));
            }
            if (!owner.emplace(day, &code).second) {
                return faulty(c, to_iso(day) + " stands in two switches");
            }
        }
    }
    return {};
}

}  // namespace detail::calendar_body

calendar plain_week() {
    calendar c;
    for (std::size_t i = 0; i < 5; ++i) c.week[i] = detail::calendar_body::office_hours();
    c.make_up_hours = detail::calendar_body::office_hours();
    return c;
}

result<calendar> with_switch(calendar c, std::string_view code, bool on) {
    namespace body = detail::calendar_body;
    const auto found = c.switches.find(std::string(code));
    if (found == c.switches.end()) return fail(errc::not_found, {std::string(code)});
    calendar_switch& one = found->second;
    if (one.on == on) return c;
    if (on) {
        for (const auto& [day, entry] : one.days) {
            if (!c.days.emplace(day, entry).second) {
                return body::faulty(c, "switch " + found->first + " contradicts " + to_iso(day));
            }
        }
    } else {
        for (const auto& [day, entry] : one.days) c.days.erase(day);
    }
    if (const auto before = body::switches_on(c); c.version.ends_with(before)) {
        c.version.resize(c.version.size() - before.size());
    }
    one.on = on;
    c.version += body::switches_on(c);
    return c;
}

result<bool> is_working(const calendar& c, date day) {
    if (!detail::in_range(day)) return detail::out_of_range();
    detail::day_reader days(c);
    const auto view = days.look(day);
    if (!view) return days.failure(day);
    return view->working;
}

std::string reason_of(const calendar& c, date day) {
    const auto found = c.days.find(day);
    return found == c.days.end() ? std::string() : found->second.reason;
}

result<std::vector<opening>> hours_of(const calendar& c, date day) {
    if (!detail::in_range(day)) return detail::out_of_range();
    detail::day_reader days(c);
    const auto view = days.look(day);
    if (!view) return days.failure(day);
    return *view->hours;
}

int minutes_per_day(const calendar& c) noexcept {
    int longest = 0;
    for (const auto& hours : c.week) {
        longest = std::max(longest, detail::calendar_body::minutes_of(hours));
    }
    return longest > 0 ? longest : 480;
}

result<void> validate(const calendar& c) {
    namespace body = detail::calendar_body;
    if (c.code.empty()) return fail(errc::invalid_argument, {"a calendar without a code"});
    if (c.version.empty()) return body::faulty(c, "no version");
    // The clocks of the world run from -12:00 to +14:00.
    if (c.offset < std::chrono::hours{-12} || c.offset > std::chrono::hours{14}) {
        return body::faulty(c, "offset from UTC outside -12:00 to +14:00");
    }
    if (auto sound = body::validate_hours(c); !sound) return sound;
    for (std::size_t i = 0; i < c.years.size(); ++i) {
        if (c.years[i] < 1900 || c.years[i] > 2199) {
            return body::faulty(c, "a year outside 1900-2199");
        }
        if (i > 0 && c.years[i] <= c.years[i - 1]) return body::faulty(c, "years are not sorted");
    }
    if (auto sound = body::validate_days(c, c.days); !sound) return sound;
    return body::validate_switches(c);
}

}  // namespace quytrinh
