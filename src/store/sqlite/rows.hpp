// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/rows.hpp: private. Rows of the file as values. What cannot be one of ours throws
// bad_row.
#pragma once

#include "connection.hpp"

#include <quytrinh/store/store.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace quytrinh::detail::sqlite {

/// An event's key is the number of its case times 2^20, plus its own number.
inline constexpr unsigned seq_bits = 20;
/// Hard maximum of limits::events_per_case.
inline constexpr std::size_t most_events = 500'000;

/// Columns 0 to 15 of every statement that lists heads.
[[nodiscard]] head_row head_of(const run& row);
[[nodiscard]] command_row command_of(const run& row);
[[nodiscard]] std::optional<command_row> find_command(connection& on, std::int64_t no,
                                                      const command_id& id);
[[nodiscard]] std::vector<stored_event> events_of(connection& on, std::int64_t no,
                                                  std::uint64_t after, std::size_t limit);

}  // namespace quytrinh::detail::sqlite
