// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/decimal.ipp: exact decimals. Products need 128 bits, which standard C++ lacks,
// so two small functions at the top multiply and divide magnitudes by hand.
#pragma once

#include <quytrinh/base/decimal.hpp>

#include <array>
#include <limits>

namespace quytrinh {

namespace detail::decimal_math {

constexpr std::uint8_t max_scale = 18;

inline constexpr std::array<std::uint64_t, max_scale + 1> power_of_ten = [] {
    std::array<std::uint64_t, max_scale + 1> powers{};
    std::uint64_t value = 1;
    for (auto& power : powers) {
        power = value;
        value *= 10;
    }
    return powers;
}();

/// An unsigned number of 128 bits.
struct wide {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend auto operator<=>(const wide&, const wide&) = default;
};

inline wide multiply(std::uint64_t a, std::uint64_t b) noexcept {
    const std::uint64_t a_low = a & 0xffffffffu;
    const std::uint64_t a_high = a >> 32;
    const std::uint64_t b_low = b & 0xffffffffu;
    const std::uint64_t b_high = b >> 32;
    const std::uint64_t low = a_low * b_low;
    const std::uint64_t middle = a_high * b_low + (low >> 32);
    const std::uint64_t other = a_low * b_high + (middle & 0xffffffffu);
    return {a_high * b_high + (middle >> 32) + (other >> 32), (other << 32) | (low & 0xffffffffu)};
}

/// Long division, bit by bit: 128 turns. `remainder` is below the divisor, which is at most 10^18.
inline wide divide(wide number, std::uint64_t divisor, std::uint64_t& remainder) noexcept {
    wide quotient;
    if (number.high == 0) {  // nearly always: the machine divides 64 bits by itself
        remainder = number.low % divisor;
        quotient.low = number.low / divisor;
        return quotient;
    }
    remainder = 0;
    for (int bit = 127; bit >= 0; --bit) {
        const bool one = bit >= 64 ? (number.high >> (bit - 64)) & 1u : (number.low >> bit) & 1u;
        remainder = (remainder << 1) | (one ? 1u : 0u);
        quotient.high = (quotient.high << 1) | (quotient.low >> 63);
        quotient.low <<= 1;
        if (remainder >= divisor) {
            remainder -= divisor;
            quotient.low |= 1u;
        }
    }
    return quotient;
}

inline std::uint64_t magnitude(std::int64_t value) noexcept {
    return value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                     : static_cast<std::uint64_t>(value);
}

/// Nothing when it does not fit; the smallest int64 is reachable.
inline std::optional<std::int64_t> with_sign(std::uint64_t size, bool negative) noexcept {
    constexpr auto max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (size > max + (negative ? 1u : 0u)) return std::nullopt;
    return static_cast<std::int64_t>(negative ? std::uint64_t{0} - size : size);
}

/// number ÷ divisor, half away from zero.
inline wide divide_rounded(wide number, std::uint64_t divisor) noexcept {
    std::uint64_t remainder = 0;
    wide quotient = divide(number, divisor, remainder);
    if (remainder >= divisor - remainder && ++quotient.low == 0) ++quotient.high;
    return quotient;
}

}  // namespace detail::decimal_math

decimal decimal::of(std::int64_t mantissa, std::uint8_t scale) noexcept {
    // Digits past the largest scale are dropped; only the first of them decides the rounding.
    while (scale > detail::decimal_math::max_scale && mantissa != 0) {
        const bool last_step = scale == detail::decimal_math::max_scale + 1;
        const std::int64_t digit = mantissa % 10;
        mantissa /= 10;
        if (last_step && digit >= 5) ++mantissa;
        if (last_step && digit <= -5) --mantissa;
        --scale;
    }
    if (mantissa == 0) return {};
    while (scale > 0 && mantissa % 10 == 0) {
        mantissa /= 10;
        --scale;
    }
    return {mantissa, scale};
}

std::optional<decimal> decimal::read(std::string_view text, char point) noexcept {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    std::string_view whole = text;
    std::string_view fraction;
    if (const auto at = text.find(point); at != std::string_view::npos) {
        whole = text.substr(0, at);
        fraction = text.substr(at + 1);
        if (fraction.empty()) return std::nullopt;
    }
    if (whole.empty()) return std::nullopt;
    for (const char c : fraction)
        if (c < '0' || c > '9') return std::nullopt;
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    if (fraction.size() > detail::decimal_math::max_scale) return std::nullopt;

    std::uint64_t size = 0;
    for (const std::string_view digits : {whole, fraction}) {
        for (const char c : digits) {
            if (c < '0' || c > '9') return std::nullopt;
            const auto digit = static_cast<std::uint64_t>(c - '0');
            if (size > (std::numeric_limits<std::uint64_t>::max() - digit) / 10)
                return std::nullopt;
            size = size * 10 + digit;
        }
    }
    const auto mantissa = detail::decimal_math::with_sign(size, negative);
    if (!mantissa) return std::nullopt;
    return of(*mantissa, static_cast<std::uint8_t>(fraction.size()));
}

std::string decimal::text(char point) const {
    std::string digits = std::to_string(detail::decimal_math::magnitude(mantissa));
    if (scale > 0) {
        if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
        digits.insert(digits.size() - scale, 1, point);
    }
    if (mantissa < 0) digits.insert(0, 1, '-');
    return digits;
}

std::optional<std::int64_t> decimal::times(std::int64_t factor) const noexcept {
    namespace math = detail::decimal_math;
    const auto product = math::multiply(math::magnitude(mantissa), math::magnitude(factor));
    const auto rounded = math::divide_rounded(product, math::power_of_ten[scale]);
    if (rounded.high != 0) return std::nullopt;
    return math::with_sign(rounded.low, (mantissa < 0) != (factor < 0));
}

std::strong_ordering operator<=>(const decimal& a, const decimal& b) noexcept {
    namespace math = detail::decimal_math;
    if ((a.mantissa < 0) != (b.mantissa < 0))
        return a.mantissa < 0 ? std::strong_ordering::less : std::strong_ordering::greater;
    // Brought to a common scale: a/10^s against b/10^t is a×10^t against b×10^s.
    const auto left = math::multiply(math::magnitude(a.mantissa), math::power_of_ten[b.scale]);
    const auto right = math::multiply(math::magnitude(b.mantissa), math::power_of_ten[a.scale]);
    return a.mantissa < 0 ? right <=> left : left <=> right;
}

}  // namespace quytrinh
