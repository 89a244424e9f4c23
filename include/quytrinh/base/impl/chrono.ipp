// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/chrono.ipp: dates and instants as text. Digits are written by hand: GCC 12 has
// no std::format and no chrono parsing, and iostreams would follow the host's locale.
#pragma once

#include <quytrinh/base/chrono.hpp>

namespace quytrinh {

namespace detail::chrono_text {

/// Reads the front of a text piece by piece; once a piece is missing, everything after is too.
class reader {
public:
    explicit reader(std::string_view text) noexcept : rest_(text) {}

    /// Exactly `digits` decimal digits.
    int number(int digits) noexcept {
        int value = 0;
        for (int i = 0; i < digits; ++i) {
            if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') {
                good_ = false;
                return 0;
            }
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }
    bool take(char wanted) noexcept {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char wanted) noexcept {
        if (!take(wanted)) good_ = false;
    }
    [[nodiscard]] char peek(std::size_t at = 0) const noexcept {
        return at < rest_.size() ? rest_[at] : '\0';
    }
    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool finished() const noexcept { return good_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool good_ = true;
};

inline void append_padded(std::string& out, long value, int digits) {
    if (value < 0) {
        out += '-';
        value = -value;
    }
    const std::string text = std::to_string(value);
    for (int i = static_cast<int>(text.size()); i < digits; ++i) out += '0';
    out += text;
}

inline std::optional<date> take_date(reader& in) noexcept {
    int year = 0;
    int month = 0;
    int day = 0;
    if (in.peek(2) == '/') {
        day = in.number(2);
        in.expect('/');
        month = in.number(2);
        in.expect('/');
        year = in.number(4);
    } else {
        year = in.number(4);
        in.expect('-');
        month = in.number(2);
        in.expect('-');
        day = in.number(2);
    }
    if (!in.good() || year < 1900 || year > 2199) return std::nullopt;
    const std::chrono::year_month_day whole{std::chrono::year{year},
                                            std::chrono::month{static_cast<unsigned>(month)},
                                            std::chrono::day{static_cast<unsigned>(day)}};
    if (!whole.ok()) return std::nullopt;
    return date{whole};
}

/// `.5` to `.500000`, as microseconds.
inline std::chrono::microseconds take_fraction(reader& in) noexcept {
    int value = in.number(1);
    int digits = 1;
    for (; digits < 6 && in.peek() >= '0' && in.peek() <= '9'; ++digits)
        value = value * 10 + in.number(1);
    for (; digits < 6; ++digits) value *= 10;
    return std::chrono::microseconds{value};
}

/// `Z`, `+07:00`, or nothing, which means `local`. Offsets in use anywhere lie within 14 hours.
inline std::optional<std::chrono::minutes> take_offset(reader& in,
                                                       std::chrono::minutes local) noexcept {
    if (in.finished()) return local;
    if (in.take('Z')) return std::chrono::minutes{0};
    const bool west = in.peek() == '-';
    if (!west && in.peek() != '+') return std::nullopt;
    in.take(in.peek());
    const int hours = in.number(2);
    in.expect(':');
    const int minutes = in.number(2);
    if (!in.good() || hours > 14 || minutes > 59) return std::nullopt;
    const std::chrono::minutes offset{hours * 60 + minutes};
    return west ? -offset : offset;
}

}  // namespace detail::chrono_text

std::string to_iso(date day) {
    const std::chrono::year_month_day parts{day};
    std::string out;
    detail::chrono_text::append_padded(out, int{parts.year()}, 4);
    out += '-';
    detail::chrono_text::append_padded(out, static_cast<long>(unsigned{parts.month()}), 2);
    out += '-';
    detail::chrono_text::append_padded(out, static_cast<long>(unsigned{parts.day()}), 2);
    return out;
}

std::string to_day_first(date day) {
    const std::chrono::year_month_day parts{day};
    std::string out;
    detail::chrono_text::append_padded(out, static_cast<long>(unsigned{parts.day()}), 2);
    out += '/';
    detail::chrono_text::append_padded(out, static_cast<long>(unsigned{parts.month()}), 2);
    out += '/';
    detail::chrono_text::append_padded(out, int{parts.year()}, 4);
    return out;
}

std::string to_iso(instant at, std::chrono::minutes offset) {
    const date day = day_of(at, offset);
    const std::chrono::hh_mm_ss<std::chrono::microseconds> time{at - start_of(day, offset)};
    std::string out = to_iso(day);
    out += 'T';
    detail::chrono_text::append_padded(out, static_cast<long>(time.hours().count()), 2);
    out += ':';
    detail::chrono_text::append_padded(out, static_cast<long>(time.minutes().count()), 2);
    out += ':';
    detail::chrono_text::append_padded(out, static_cast<long>(time.seconds().count()), 2);
    if (const auto fraction = time.subseconds().count(); fraction != 0) {
        out += '.';
        detail::chrono_text::append_padded(out, static_cast<long>(fraction), 6);
    }
    const long total = static_cast<long>(offset.count());
    out += total < 0 ? '-' : '+';
    const long size = total < 0 ? -total : total;
    detail::chrono_text::append_padded(out, size / 60, 2);
    out += ':';
    detail::chrono_text::append_padded(out, size % 60, 2);
    return out;
}

std::optional<date> read_date(std::string_view text) noexcept {
    detail::chrono_text::reader in{text};
    const auto day = detail::chrono_text::take_date(in);
    return day && in.finished() ? day : std::nullopt;
}

std::optional<instant> read_instant(std::string_view text, std::chrono::minutes offset) noexcept {
    detail::chrono_text::reader in{text};
    const auto day = detail::chrono_text::take_date(in);
    if (!day || !(in.take('T') || in.take(' '))) return std::nullopt;
    const int hour = in.number(2);
    in.expect(':');
    const int minute = in.number(2);
    int second = 0;
    std::chrono::microseconds fraction{0};
    if (in.take(':')) {
        second = in.number(2);
        if (in.take('.')) fraction = detail::chrono_text::take_fraction(in);
    }
    if (!in.good() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const auto from_utc = detail::chrono_text::take_offset(in, offset);
    if (!from_utc || !in.finished()) return std::nullopt;
    return start_of(*day, *from_utc) + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} + fraction;
}

}  // namespace quytrinh
