// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/decimal.hpp: exact decimal numbers. Amounts and field values are never doubles.
#pragma once

#include <quytrinh/base/config.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quytrinh {

/// mantissa × 10^-scale, kept in lowest terms (no trailing zero in the mantissa while scale > 0),
/// so that equal numbers have equal bytes. scale is 0 to 18.
struct QUYTRINH_DECL decimal {
    std::int64_t mantissa = 0;
    std::uint8_t scale = 0;

    /// Brings a pair into lowest terms.
    [[nodiscard]] static decimal of(std::int64_t mantissa, std::uint8_t scale = 0) noexcept;
    /// Reads `-12,5` (or `12.5` when `point` is '.'); nothing when malformed or too large.
    [[nodiscard]] static std::optional<decimal> read(std::string_view text,
                                                     char point = ',') noexcept;
    /// "0,25" or with '.' for JSON.
    [[nodiscard]] std::string text(char point = ',') const;
    [[nodiscard]] bool is_integer() const noexcept { return scale == 0; }
    /// this × factor, rounded to the nearest integer (half away from zero); nothing on overflow.
    [[nodiscard]] std::optional<std::int64_t> times(std::int64_t factor) const noexcept;

    friend bool operator==(const decimal&, const decimal&) = default;
    /// Numeric order, exact for every pair of values.
    QUYTRINH_DECL friend std::strong_ordering operator<=>(const decimal& a,
                                                          const decimal& b) noexcept;
};

}  // namespace quytrinh
