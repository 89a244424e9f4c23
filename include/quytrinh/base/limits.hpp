// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/limits.hpp: every limit in one place, with the hard maximum beside the default.
#pragma once

#include <quytrinh/base/config.hpp>

#include <cstddef>
#include <cstdint>

namespace quytrinh {

/// Bounds that are enforced before anything changes, each with a typed error. A host may lower or
/// raise them up to the number in brackets, which parse() and the runtime hold them to
/// (within_maxima); 0 is never "no limit".
struct limits {
    std::size_t definition_bytes = 1u << 20;   ///< one text [16 MiB]
    std::size_t nesting = 64;                  ///< parentheses in a condition [256]
    std::size_t tokens_per_line = 2'000;       ///< [20,000]
    std::size_t steps = 5'000;                 ///< steps and consultations of a procedure [20,000]
    std::size_t import_files = 64;             ///< [256]
    std::size_t import_depth = 8;              ///< [32]
    std::size_t import_bytes = 4u << 20;       ///< all texts of a definition [16 MiB]
    std::size_t identifier_code_points = 128;  ///< [256]
    std::size_t diagnostics = 100;             ///< kept, all are counted [10,000]
    std::size_t events_per_case = 50'000;      ///< [500,000]
    std::size_t history_bytes = std::size_t{64} << 20;  ///< per case [512 MiB]
    std::size_t payload_bytes = 256u << 10;             ///< one event [2 MiB]
    std::size_t open_tasks = 2'000;                     ///< per case [20,000]
    std::size_t command_id_bytes = 128;                 ///< [128]
    std::size_t id_bytes = 255;                         ///< any other id or code from outside [255]
    std::size_t text_bytes = 64u << 10;      ///< one text value, reason or comment [1 MiB]
    std::size_t fields_per_command = 1'000;  ///< [10,000]
    std::size_t evaluation_steps = 100'000;  ///< one condition [1,000,000]
    std::uint32_t delivery_attempts = 20;    ///< of a notification before it is set aside [1,000]
    std::size_t page = 100;                  ///< rows of a query that names no number [1,000]
    std::size_t page_max = 1'000;            ///< rows of one page, whatever is asked for [1,000]
    std::int64_t limit_years = 100;          ///< longest time limit that can be written [200]
};

/// Every limit between 1 and its hard maximum; `page` at most `page_max`.
[[nodiscard]] QUYTRINH_DECL limits within_maxima(limits wanted) noexcept;

}  // namespace quytrinh
