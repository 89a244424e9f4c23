// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/chrono.hpp: the two kinds of time that every other module speaks of.
#pragma once

#include <quytrinh/base/config.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quytrinh {

/// A point on the world's clock: microseconds since 1970-01-01T00:00:00Z. What stores keep.
using instant = std::chrono::sys_time<std::chrono::microseconds>;

/// A calendar day as people write it, without a place. A calendar (time/calendar.hpp) turns it into
/// instants by its fixed offset from UTC.
using date = std::chrono::local_days;

/// "2024-05-04".
[[nodiscard]] QUYTRINH_DECL std::string to_iso(date day);

/// "2023-12-11T08:00:00+07:00" for an offset of 420 minutes; fractions of a second are printed only
/// when there are any.
[[nodiscard]] QUYTRINH_DECL std::string to_iso(instant at, std::chrono::minutes offset);

/// "04/05/2024", the way Vietnamese documents write a day.
[[nodiscard]] QUYTRINH_DECL std::string to_day_first(date day);

/// Reads `04/05/2024` (day first) or `2024-05-04`; nothing else, years 1900 to 2199 only.
[[nodiscard]] QUYTRINH_DECL std::optional<date> read_date(std::string_view text) noexcept;

/// Reads `2023-12-11T08:00[:00[.ffffff]](Z|±hh:mm)`, or without an offset the local time of
/// `offset`; a space may stand for the T, and the date may be written day first.
[[nodiscard]] QUYTRINH_DECL std::optional<instant> read_instant(
    std::string_view text, std::chrono::minutes offset) noexcept;

/// The local day on which an instant falls, for a fixed offset from UTC.
[[nodiscard]] inline date day_of(instant at, std::chrono::minutes offset) noexcept {
    return date{std::chrono::floor<std::chrono::days>(at + offset).time_since_epoch()};
}

/// The first instant (00:00 local) of a day, for a fixed offset from UTC.
[[nodiscard]] inline instant start_of(date day, std::chrono::minutes offset) noexcept {
    return instant{day.time_since_epoch()} - offset;
}

}  // namespace quytrinh
