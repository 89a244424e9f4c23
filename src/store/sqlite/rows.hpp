// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/rows.hpp: private. Rows of the file as values. What cannot be one of ours throws
// bad_row.
#pragma once

#include "connection.hpp"

#include <quytrinh/store/store.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::sqlite {

/// The key of a row of history is the number of its case times 2^20, plus that of its first event.
inline constexpr unsigned seq_bits = 20;
/// Hard maximum of limits::events_per_case.
inline constexpr std::size_t most_events = 500'000;
/// A row of history is closed when it is as long as this, a row of the outbox with so many entries.
inline constexpr std::size_t history_row_bytes = 256u << 10, outbox_row_entries = 64;

/// Columns 0 to 15 of every statement that lists heads.
[[nodiscard]] head_row head_of(const run& row);
[[nodiscard]] command_row command_of(const run& row);
[[nodiscard]] std::optional<command_row> find_command(connection& on, std::int64_t no,
                                                      const command_id& id);
/// The events of one command, in as few rows as they fit in.
void make_history(connection& on, std::int64_t no, const command_row& command,
                  const std::vector<stored_event>& events);
[[nodiscard]] std::vector<stored_event> events_of(connection& on, std::int64_t no,
                                                  std::uint64_t after, std::size_t limit);

/// The key of a row of `waiting`: bytes that compare as (list, due, case, step, round, entry) do.
/// Numbers are their length and their bytes, highest first; the due is eight bytes, with its sign
/// turned round; a text ends with 00, and 00 and 01 in it are 01 01 and 01 02.
[[nodiscard]] std::string place_in_list(std::int64_t list, std::int64_t due, std::string_view of,
                                        std::string_view step, std::uint32_t round,
                                        std::uint32_t n);
/// Before the first place of a list; that of the next list is behind the last.
[[nodiscard]] std::string front_of_list(std::int64_t list);
/// What a place says; bad_row when it is none.
struct list_place {
    std::int64_t list = 0, due = 0;
    std::string of;
    task_key task;
    std::uint32_t n = 0;
};
[[nodiscard]] list_place read_place(std::string_view bytes);

/// One entry of the outbox, as it is packed in outbox.entries: sorted by (seq, n).
struct outbox_entry_row {
    std::uint64_t seq = 0;
    std::uint32_t n = 0;
    outbox_kind kind = outbox_kind::notice;
    bool aside = false;
    std::uint32_t attempts = 0;
    std::string body, last_error;
};
/// A row of the outbox; its place is that of the first entry it was made with.
struct outbox_pack {
    std::uint64_t seq = 0;
    std::uint32_t n = 0;
    std::vector<outbox_entry_row> entries;
};
void make_outbox(connection& on, std::int64_t no, std::int64_t tenant,
                 const std::vector<outbox_row>& rows);
/// Columns first, first + 1 and first + 2: seq, n and entries.
[[nodiscard]] outbox_pack outbox_of(const run& row, int first);
/// The row that has this entry, if there is one.
[[nodiscard]] std::optional<outbox_pack> find_outbox(connection& on, std::int64_t no,
                                                     std::uint64_t seq, std::uint32_t n);
/// Writes the row as it is now, or removes it when nothing is left.
void save_outbox(connection& on, std::int64_t no, const outbox_pack& pack);

}  // namespace quytrinh::detail::sqlite
