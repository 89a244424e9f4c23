// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/rows.cpp: rows of the file as values.
#include "rows.hpp"

#include <algorithm>

namespace quytrinh::detail::sqlite {

head_row head_of(const run& row) {
    head_row head;
    head.id = case_id{row.bytes(1)};
    head.procedure = row.bytes(2);
    row.octets(3, head.definition);
    head.version = row.number(4, INT64_MAX);
    row.octets(5, head.hash);
    head.status = static_cast<stored_status>(row.number(6, 4));
    head.end_kind = row.bytes(7);
    head.reference = row.bytes(8);
    head.opener_unit = row.bytes(9);
    head.opener_person = row.bytes(10);
    head.opened_at = row.time(11);
    head.last_at = row.time(12);
    head.due_before = row.maybe_time(13);
    head.history_bytes = row.number(15, INT64_MAX);
    return head;
}

command_row command_of(const run& row) {
    command_row out;
    out.id = command_id{row.bytes(0)};
    out.kind = static_cast<command_kind>(row.number(1, 3));
    row.octets(2, out.digest);
    out.first_seq = row.number(3, INT64_MAX);
    out.last_seq = row.number(4, INT64_MAX);
    out.result = row.bytes(5);
    return out;
}

std::optional<command_row> find_command(connection& on, std::int64_t no, const command_id& id) {
    run row{on, sql::command};
    row.bind_all(no, id);
    if (!row.step()) return std::nullopt;
    return command_of(row);
}

std::vector<stored_event> events_of(connection& on, std::int64_t no, std::uint64_t after,
                                    std::size_t limit) {
    std::vector<stored_event> out;
    const auto last = std::int64_t{1} << seq_bits;
    if (after >= static_cast<std::uint64_t>(last) || no <= 0 || no >= (std::int64_t{1} << 42))
        return out;
    run row{on, sql::events};
    const std::int64_t first = no << seq_bits;
    row.bind_all(first + static_cast<std::int64_t>(after), first + last - 1,
                 static_cast<std::int64_t>(std::min(limit, most_events)));
    while (row.step()) {
        stored_event event;
        event.seq = static_cast<std::uint64_t>(row.number(0) - first);
        event.at = row.time(1);
        event.header = row.bytes(2);
        row.octets(3, event.salt);
        event.payload = row.bytes(4);
        row.octets(5, event.hash);
        out.push_back(std::move(event));
    }
    return out;
}

}  // namespace quytrinh::detail::sqlite
