// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/diagnostic_codes.hpp: names for the numbers of the catalogue, for code that
// reports.
#pragma once

#include <cstdint>

namespace quytrinh::diag {

/// `diag::missing_number` is 1010. Ranges: 0xxx text, 1xxx syntax, 2xxx names, 3xxx flow, 4xxx
/// time, 5xxx forms and records, 6xxx scenarios, 7xxx imports and editions.
enum code : std::uint16_t {
#define QUYTRINH_DIAGNOSTIC(number, name, level, vi, en, help_vi, help_en) name = number,
#include <quytrinh/base/messages/all.inc>
#undef QUYTRINH_DIAGNOSTIC
};

}  // namespace quytrinh::diag
