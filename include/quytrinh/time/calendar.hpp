// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/calendar.hpp: working days and opening hours as versioned data.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/result.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// Opening hours [from, to) in minutes after local midnight.
struct opening {
    std::int16_t from = 0;
    std::int16_t to = 0;
    friend bool operator==(const opening&, const opening&) = default;
};

/// What a decision says of one day, against the weekly pattern.
enum class day_kind : std::uint8_t {
    off,      ///< public holiday, compensation day, day swapped away
    working,  ///< a make-up Saturday: worked with the hours of `make_up_hours`
};

struct day_entry {
    day_kind kind = day_kind::off;
    std::string reason;  ///< in the words of the calendar file, shown in traces
    friend bool operator==(const day_entry&, const day_entry&) = default;
};

/// Days that hold only while their switch is on (`lựa chọn NGAY.VH "…", tắt`): what is announced
/// but not decided, or decided by each agency for itself.
struct calendar_switch {
    std::string title;
    bool on = false;
    std::map<date, day_entry> days;
    friend bool operator==(const calendar_switch&, const calendar_switch&) = default;
};

/// A calendar of one jurisdiction or agency. Holidays come only from data: a day in a year without
/// data is an error, never a guess. The offset from UTC is fixed; zones with daylight saving are
/// refused.
struct calendar {
    std::string code;     ///< "HC.VN"
    std::string title;
    /// As its file states it, then ` +CODE` for each switch that is on; kept in every event that
    /// used it.
    std::string version;
    std::chrono::minutes offset{420};
    /// Monday first; an empty day is a weekly day off.
    std::array<std::vector<opening>, 7> week;
    std::vector<opening> make_up_hours;
    /// Decided days, with those of every switch that is on; the only table that counting reads.
    std::map<date, day_entry> days;
    /// By code. Change one with `with_switch`, which keeps `days` and `version` in step.
    std::map<std::string, calendar_switch> switches;
    /// Years whose decisions are complete, sorted.
    std::vector<int> years;
    /// A receipt after this minute of the day counts from the opening of the next working day
    /// (`nhận sau 15:00 tính từ đầu giờ ngày làm việc tiếp theo`). Read by working_time only.
    std::optional<std::int16_t> cut_off;

    friend bool operator==(const calendar&, const calendar&) = default;
};

/// Monday to Friday 07:30–11:30 and 13:30–17:30 at UTC+7, no holidays, no years: what a calendar
/// file starts from.
[[nodiscard]] QUYTRINH_DECL calendar plain_week();

/// The calendar with one switch on or off: its days enter or leave `days`, its code enters or
/// leaves `version`. errc::not_found for a code that the calendar does not have,
/// errc::invalid_argument when a day of the switch is decided already.
[[nodiscard]] QUYTRINH_DECL result<calendar> with_switch(calendar c, std::string_view code,
                                                         bool on);

/// Is this day worked? errc::year_without_data when the year is not loaded.
[[nodiscard]] QUYTRINH_DECL result<bool> is_working(const calendar& c, date day);

/// Why a day is off or worked: the reason of its entry, or empty for the weekly pattern.
[[nodiscard]] QUYTRINH_DECL std::string reason_of(const calendar& c, date day);

/// The opening hours that apply on a day (empty when off).
[[nodiscard]] QUYTRINH_DECL result<std::vector<opening>> hours_of(const calendar& c, date day);

/// Minutes of a standard working day: the longest sum of hours in the week (480 unless said).
[[nodiscard]] QUYTRINH_DECL int minutes_per_day(const calendar& c) noexcept;

/// errc::invalid_argument, naming the fault, when hours overlap or run backwards, the offset is not
/// a zone's, years are unsorted, an entry lies outside the loaded years, has no reason or is worked
/// without hours, a switch contradicts the days, or no day of the week is worked. Counting in a
/// calendar that is not valid gives wrong answers, never an endless loop.
[[nodiscard]] QUYTRINH_DECL result<void> validate(const calendar& c);

}  // namespace quytrinh
