// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/impl/lunar.ipp: lunar dates from the table of years.
#pragma once

#include <quytrinh/time/lunar.hpp>

#include <quytrinh/time/impl/day_reader.hpp>
#include <quytrinh/time/impl/lunar_years.hpp>

namespace quytrinh {

namespace detail::lunar_body {

inline const lunar_year* find_year(int year) noexcept {
    if (year < first_lunar_year || year > last_lunar_year) return nullptr;
    return &lunar_years[static_cast<std::size_t>(year - first_lunar_year)];
}

inline date new_year_of(int year, const lunar_year& row) noexcept {
    return date{std::chrono::year{year} / 1 / 1} + std::chrono::days{row.new_year};
}

/// Length of the `index`-th month of the year, from 0.
inline int length_of(const lunar_year& row, int index) noexcept {
    return 29 + ((row.long_months >> index) & 1);
}

/// Where a month stands in its year, from 0; nothing when the year has no such month.
inline std::optional<int> index_of(const lunar_year& row, int month, bool leap) noexcept {
    if (month < 1 || month > 12 || (leap && row.leap != month)) return std::nullopt;
    const bool after_leap = row.leap != 0 && month > row.leap;
    return month - 1 + (leap || after_leap ? 1 : 0);
}

inline unexpected no_such_day(const lunar_date& lunar) {
    return fail(errc::invalid_argument,
                {std::to_string(lunar.day) + "/" + std::to_string(lunar.month) +
                 (lunar.leap ? "+/" : "/") + std::to_string(lunar.year)});
}

}  // namespace detail::lunar_body

result<lunar_date> to_lunar(date day) {
    namespace body = detail::lunar_body;
    if (!detail::in_range(day)) return detail::out_of_range();
    int year = static_cast<int>(std::chrono::year_month_day{day}.year());
    const auto* row = body::find_year(year);
    if (row != nullptr && day < body::new_year_of(year, *row)) row = body::find_year(--year);
    QUYTRINH_ASSERT(row != nullptr);
    int left = static_cast<int>((day - body::new_year_of(year, *row)).count());
    int index = 0;
    while (left >= body::length_of(*row, index)) left -= body::length_of(*row, index++);
    lunar_date lunar{year, index + 1, left + 1, false};
    if (row->leap != 0 && index >= row->leap) {
        lunar.month = index;
        lunar.leap = index == row->leap;
    }
    return lunar;
}

result<date> to_solar(const lunar_date& lunar) {
    namespace body = detail::lunar_body;
    const auto* row = body::find_year(lunar.year);
    if (row == nullptr) return detail::out_of_range();
    const auto index = body::index_of(*row, lunar.month, lunar.leap);
    if (!index) return body::no_such_day(lunar);
    if (lunar.day < 1 || lunar.day > body::length_of(*row, *index)) return body::no_such_day(lunar);
    date day = body::new_year_of(lunar.year, *row) + std::chrono::days{lunar.day - 1};
    for (int i = 0; i < *index; ++i) day += std::chrono::days{body::length_of(*row, i)};
    if (!detail::in_range(day)) return detail::out_of_range();
    return day;
}

result<int> leap_month(int lunar_year) {
    const auto* row = detail::lunar_body::find_year(lunar_year);
    if (row == nullptr) return detail::out_of_range();
    return static_cast<int>(row->leap);
}

result<int> month_length(int lunar_year, int month, bool leap) {
    namespace body = detail::lunar_body;
    const auto* row = body::find_year(lunar_year);
    if (row == nullptr) return detail::out_of_range();
    const auto index = body::index_of(*row, month, leap);
    if (!index) return body::no_such_day({lunar_year, month, 1, leap});
    return body::length_of(*row, *index);
}

}  // namespace quytrinh
