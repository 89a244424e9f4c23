// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/catalogue.hpp: the one table of words, read by its number.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/diagnostic.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// One diagnostic of the language or the checker, as the files base/messages/*.inc list them.
struct catalogue_row {
    std::uint16_t code = 0;
    severity level = severity::error;
    std::string_view name;
    std::string_view vi, en;
    std::string_view help_vi, help_en;
};

/// Every row, by ascending code.
[[nodiscard]] QUYTRINH_DECL std::span<const catalogue_row> diagnostic_catalogue() noexcept;
[[nodiscard]] QUYTRINH_DECL const catalogue_row* find_diagnostic(std::uint16_t code) noexcept;

/// Puts arguments for {0}…{9}; a missing one is left as it stands. Arguments are escaped
/// (escape_controls), so that no text can forge a line of output, and cut after 400 characters.
[[nodiscard]] QUYTRINH_DECL std::string fill_in(std::string_view words,
                                               const std::vector<std::string>& args);

}  // namespace quytrinh
