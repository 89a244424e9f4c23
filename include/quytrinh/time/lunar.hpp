// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/lunar.hpp: the Vietnamese lunar calendar, computed for the meridian 105°E (UTC+7).
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/result.hpp>

#include <cstdint>

namespace quytrinh {

/// A lunar date. `leap` marks the second of two months with the same number.
struct lunar_date {
    int year = 0;
    int month = 0;
    int day = 0;
    bool leap = false;
    friend bool operator==(const lunar_date&, const lunar_date&) = default;
};

/// Valid for solar years 1900 to 2199 (lunar years 1899 to 2199); errc::time_out_of_range outside.
/// Chinese tables differ (Tết 2030 is 2 February in Viet Nam, 3 February in China): the new moon is
/// taken on the day of UTC+7. Before 1968, when almanacs followed other meridians, these are still
/// the days of UTC+7. All four are pure, thread-safe and O(1): they read a table and compute
/// nothing that could be rounded.
[[nodiscard]] QUYTRINH_DECL result<lunar_date> to_lunar(date day);
/// errc::invalid_argument when the lunar year has no such day or leap month.
[[nodiscard]] QUYTRINH_DECL result<date> to_solar(const lunar_date& lunar);
/// The leap month of a lunar year, 0 when it has none.
[[nodiscard]] QUYTRINH_DECL result<int> leap_month(int lunar_year);
/// 29 or 30.
[[nodiscard]] QUYTRINH_DECL result<int> month_length(int lunar_year, int month, bool leap);

}  // namespace quytrinh
