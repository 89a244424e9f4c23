// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/impl/counting_text.ipp: rules, amounts, dues and traces in words, Vietnamese and
// English.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/time/counting.hpp>
#include <quytrinh/time/impl/day_reader.hpp>

#include <algorithm>
#include <array>

namespace quytrinh {

namespace detail::counting_words {

struct pair_of_words {
    std::string_view vi, en;
    [[nodiscard]] std::string_view in(language words) const noexcept {
        return words == language::vi ? vi : en;
    }
};

inline constexpr std::array<pair_of_words, 7> weekdays{{{"thứ Hai", "Monday"},
                                                        {"thứ Ba", "Tuesday"},
                                                        {"thứ Tư", "Wednesday"},
                                                        {"thứ Năm", "Thursday"},
                                                        {"thứ Sáu", "Friday"},
                                                        {"thứ Bảy", "Saturday"},
                                                        {"Chủ nhật", "Sunday"}}};

inline void append_two(std::string& out, std::int64_t number) {
    if (number < 10) out += '0';
    out += std::to_string(number);
}

/// "14:00", "14:00:30"; 24:00 is the end of a day.
inline std::string clock_text(std::int32_t minute, std::int64_t second) {
    std::string out;
    append_two(out, minute / 60);
    out += ':';
    append_two(out, minute % 60);
    if (second == 0) return out;
    out += ':';
    append_two(out, second);
    return out;
}

/// English readers get the ISO day: 04/05/2024 would be April for some of them.
inline std::string day_text(date day, language words) {
    std::string out(weekdays[weekday_index(day)].in(words));
    out += ' ';
    out += words == language::vi ? to_day_first(day) : to_iso(day);
    return out;
}

inline std::string span_text(std::int64_t minutes, std::int64_t seconds, language words) {
    std::string out;
    const auto part = [&](std::int64_t count, const pair_of_words& unit) {
        if (!out.empty()) out += ' ';
        out.append(std::to_string(count)).append(" ").append(unit.in(words));
    };
    if (minutes >= 60) part(minutes / 60, {"giờ", "h"});
    if (minutes % 60 != 0) part(minutes % 60, {"phút", "min"});
    if (seconds != 0 || minutes == 0) part(seconds, {"giây", "s"});
    return out;
}

inline pair_of_words unit_words(time_unit unit) noexcept {
    switch (unit) {
    case time_unit::minute: return {"phút", "minute"};
    case time_unit::hour: return {"giờ", "hour"};
    case time_unit::working_hour: return {"giờ làm việc", "working hour"};
    case time_unit::day: return {"ngày", "day"};
    case time_unit::working_day: return {"ngày làm việc", "working day"};
    case time_unit::week: return {"tuần", "week"};
    case time_unit::month: return {"tháng", "month"};
    case time_unit::year: return {"năm", "year"};
    }
    return {};
}

inline std::string count_text(std::int64_t count, const pair_of_words& unit, language words) {
    std::string out = std::to_string(count) + ' ' + std::string(unit.in(words));
    if (words == language::en && count != 1) out += 's';
    return out;
}

/// Whether the line speaks of a moment of its day, and so shows the hour.
inline bool shows_hour(const trace_line& line) noexcept {
    switch (line.step) {
    case trace_step::start: return line.value >= 2 || line.minute != 0;
    case trace_step::moved_to_opening: return true;
    case trace_step::due: return line.value >= 1;
    case trace_step::counted:
    case trace_step::skipped_off:
    case trace_step::made_up:
    case trace_step::clamped:
    case trace_step::rolled:
    case trace_step::rolled_back:
    case trace_step::hours:
    case trace_step::weeks:
    case trace_step::months:
    case trace_step::years: break;
    }
    return false;
}

/// Behind the minute of a moment.
inline std::int64_t second_of(const trace_line& line) noexcept {
    const bool due = line.step == trace_step::due;
    if (!due && line.step != trace_step::start) return 0;
    return std::max<std::int64_t>(0, line.value - (due ? 1 : 2));
}

/// Does the sentence of the line hold its reason already?
inline bool holds_reason(trace_step step) noexcept {
    return step == trace_step::skipped_off || step == trace_step::rolled ||
           step == trace_step::rolled_back;
}

/// What happened, without the day; without the reason unless holds_reason.
inline std::string event_text(const trace_line& line, language words) {
    const bool vi = words == language::vi;
    const std::string number = std::to_string(line.value);
    std::string off = vi ? "nghỉ hằng tuần" : "weekly day off";
    if (!line.note.empty()) off = (vi ? "nghỉ, " : "day off, ") + escape_controls(line.note);
    const auto full = [&](time_unit unit) {
        return (vi ? "tròn " : "end of ") + count_text(line.value, unit_words(unit), words);
    };
    switch (line.step) {
    case trace_step::start:
        if (line.value >= 2) return vi ? "bắt đầu tính từ lúc này" : "counting starts here";
        if (line.value == 1) return vi ? "ngày bắt đầu, được tính" : "the starting day, counted";
        return vi ? "ngày bắt đầu, không tính" : "the starting day, not counted";
    case trace_step::counted: return (vi ? "ngày thứ " : "day ") + number;
    case trace_step::skipped_off: return off;
    case trace_step::made_up:
        if (line.value == 0) return vi ? "làm bù" : "make-up working day";
        return vi ? "ngày thứ " + number + ", làm bù" : "day " + number + ", make-up working day";
    case trace_step::clamped:
        return vi ? "tháng này không có ngày " + number + ", lấy ngày cuối tháng"
                  : "the month has no day " + number + ", its last day is taken";
    case trace_step::rolled:
        return off +
               (vi ? "; chuyển sang ngày làm việc tiếp theo" : "; on to the next working day");
    case trace_step::rolled_back:
        return off + (vi ? "; lùi về ngày làm việc trước đó" : "; back to the working day before");
    case trace_step::moved_to_opening:
        return vi ? "tính từ giờ mở cửa này, vì nhận ngoài giờ"
                  : "counted from this opening, received outside the hours";
    case trace_step::hours:
        return span_text(line.value, line.minute, words) + (vi ? " làm việc" : " of working time");
    case trace_step::due:
        if (line.value >= 1) return vi ? "đến hạn" : "due";
        return vi ? "ngày cuối của thời hạn, hết lúc 24:00"
                  : "the last day of the limit, until 24:00";
    case trace_step::weeks: return full(time_unit::week);
    case trace_step::months: return full(time_unit::month);
    case trace_step::years: return full(time_unit::year);
    }
    return {};
}

}  // namespace detail::counting_words

bool is_nothing(const amount& limit, int minutes_a_day) noexcept {
    if (limit.count.mantissa <= 0) return true;
    if (limit.count.is_integer()) return false;
    std::int64_t minutes = 0;
    switch (limit.unit) {
    case time_unit::working_hour: minutes = 60; break;
    case time_unit::working_day: minutes = minutes_a_day; break;
    case time_unit::minute:
    case time_unit::hour:
    case time_unit::day:
    case time_unit::week:
    case time_unit::month:
    case time_unit::year: return false;
    }
    return limit.count.times(minutes) == 0;
}

counting_rule usual_rule(const amount& limit) noexcept {
    return limit.unit == time_unit::working_hour || !limit.count.is_integer()
               ? counting_rule::working_time
               : counting_rule::blds_2015;
}

std::string_view name_of(counting_rule rule) noexcept {
    switch (rule) {
    case counting_rule::blds_2015: return "BLDS.2015";
    case counting_rule::include_first_day: return "tính cả ngày đầu";
    case counting_rule::no_roll: return "không chuyển ngày nghỉ";
    case counting_rule::roll_back: return "chuyển về ngày làm việc trước";
    case counting_rule::working_time: return "giờ hành chính";
    }
    return {};
}

std::string to_text(const amount& limit, language words) {
    const auto unit = detail::counting_words::unit_words(limit.unit);
    std::string out = limit.count.text(words == language::vi ? ',' : '.');
    out += ' ';
    out += unit.in(words);
    if (words == language::en && limit.count != decimal::of(1)) out += 's';
    return out;
}

std::string to_iso(const due_instant& due, std::chrono::minutes offset) {
    if (!due.to_the_hour) return to_iso(due.last_day);
    if (!detail::in_range(due.before)) return to_iso(due.last_day);
    const date day = day_of(due.before, offset);
    const auto past_midnight = due.before - start_of(day, offset);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(past_midnight);
    std::string out = to_iso(day) + 'T';
    out += detail::counting_words::clock_text(static_cast<std::int32_t>(seconds.count() / 60),
                                              seconds.count() % 60);
    return out;
}

std::string to_text(const trace_line& line, language words) {
    namespace body = detail::counting_words;
    std::string out = body::day_text(line.day, words);
    if (body::shows_hour(line))
        out.append(" ").append(body::clock_text(line.minute, body::second_of(line)));
    out.append(": ").append(body::event_text(line, words));
    if (!line.note.empty() && !body::holds_reason(line.step))
        out.append(", ").append(escape_controls(line.note));
    return out;
}

}  // namespace quytrinh
