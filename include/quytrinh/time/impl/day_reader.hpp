// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/impl/day_reader.hpp: private to `time`. Asks a calendar about one day after another
// without asking again what holds for the whole year.
#pragma once

#include <quytrinh/time/calendar.hpp>

#include <algorithm>

namespace quytrinh::detail {

/// The days that the library can count in, [1900-01-01, 2200-01-01).
inline constexpr date first_day{std::chrono::local_days{std::chrono::year{1900} / 1 / 1}};
inline constexpr date end_of_days{std::chrono::local_days{std::chrono::year{2200} / 1 / 1}};
inline constexpr std::int64_t second_us = 1'000'000;
inline constexpr std::int64_t minute_us = 60 * second_us;
inline constexpr std::int64_t day_us = 1440 * minute_us;

[[nodiscard]] constexpr bool in_range(date day) noexcept {
    return day >= first_day && day < end_of_days;
}
/// Safe for every instant: the extremes would overflow once an offset is added. A day of slack on
/// both sides is left to the check of the local day.
[[nodiscard]] constexpr bool in_range(instant at) noexcept {
    return at >= instant{(first_day - std::chrono::days{1}).time_since_epoch()} &&
           at < instant{(end_of_days + std::chrono::days{1}).time_since_epoch()};
}
[[nodiscard]] inline unexpected out_of_range() {
    return fail(errc::time_out_of_range, {"1900-2199"});
}

/// Monday is 0. 1970-01-01 was a Thursday.
[[nodiscard]] constexpr std::size_t weekday_index(date day) noexcept {
    const auto number = (day.time_since_epoch().count() + 3) % 7;
    return static_cast<std::size_t>(number < 0 ? number + 7 : number);
}

/// What a calendar knows of one day. `hours` is empty on a day off.
struct day_view {
    bool working = false;
    const day_entry* entry = nullptr;             ///< nothing when the weekly pattern holds
    const std::vector<opening>* hours = nullptr;  ///< never null
    [[nodiscard]] bool made_up() const noexcept { return working && entry != nullptr; }
};

class day_reader {
public:
    explicit day_reader(const calendar& c) noexcept : calendar_(c) {}

    /// Nothing in a year without data. `day` is in range.
    [[nodiscard]] std::optional<day_view> look(date day) {
        if (day < year_begin_ || day >= year_end_) enter_year_of(day);
        if (!loaded_) return std::nullopt;
        day_view view;
        const auto& week_hours = calendar_.week[weekday_index(day)];
        view.working = !week_hours.empty();
        view.hours = &week_hours;
        if (const auto found = calendar_.days.find(day); found != calendar_.days.end()) {
            view.entry = &found->second;
            view.working = found->second.kind == day_kind::working;
            view.hours = view.working ? &calendar_.make_up_hours : &no_hours_;
        }
        return view;
    }

    /// Why `look` had no answer.
    [[nodiscard]] unexpected failure(date day) const {
        const std::chrono::year_month_day ymd{day};
        return fail(errc::year_without_data,
                    {calendar_.code, std::to_string(static_cast<int>(ymd.year()))});
    }

    [[nodiscard]] const calendar& source() const noexcept { return calendar_; }

private:
    void enter_year_of(date day) {
        const std::chrono::year year = std::chrono::year_month_day{day}.year();
        year_begin_ = date{year / 1 / 1};
        year_end_ = date{(year + std::chrono::years{1}) / 1 / 1};
        loaded_ = std::binary_search(calendar_.years.begin(), calendar_.years.end(),
                                     static_cast<int>(year));
    }

    const calendar& calendar_;
    const std::vector<opening> no_hours_;
    date year_begin_{};
    date year_end_{};  // empty at first, so that the first look enters a year
    bool loaded_ = false;
};

}  // namespace quytrinh::detail
