// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/project.hpp: from a decision to the rows that a store keeps. Pure
// functions: the same state gives the same rows, which is how `verify` can tell that a task list is
// right.
#pragma once

#include <quytrinh/codec/impl/spelled_list.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/store/store.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quytrinh::detail::project {

/// Entries of one open task or consultation; empty when it is not open.
[[nodiscard]] std::vector<task_row> rows_of(const case_state& state, const task_key& task);
/// Entries of every open task and consultation, by task and n.
[[nodiscard]] std::vector<task_row> all_rows(const case_state& state);
[[nodiscard]] head_row head_of(const case_state& state, const digest256& hash,
                               std::uint64_t history_bytes);
/// Does the row of a case say what its events say? But for its hash and its size, which only the
/// events themselves tell, and for being quarantined.
[[nodiscard]] bool agrees(const head_row& row, const case_state& state) noexcept;
/// Adds what an event leaves to be done after the commit: its notices in order, then its links; the
/// end of a linked case leaves one more entry, the report to its parent, whose request names the
/// case itself.
void add_outbox(std::vector<outbox_row>& rows, const case_state& after, const case_event& fact);
/// True for the entry that reports an end to the parent.
[[nodiscard]] bool is_end_report(const outbox_row& row, const link_request& request) noexcept;

/// How a case has grown: since its newest snapshot, and in all.
struct tail {
    std::size_t events = 0;
    std::size_t bytes = 0;
    std::uint64_t all_bytes = 0;   ///< head_row::history_bytes
    std::size_t snapshot = 0;      ///< bytes of the newest snapshot
    codec::spelled_list comments;  ///< as the newest snapshot has them
};
/// What an event adds to its case (limits::history_bytes).
[[nodiscard]] inline std::size_t size_of(const stored_event& event) noexcept {
    return event.header.size() + event.payload.size();
}
inline constexpr std::size_t snapshot_events = 32;
inline constexpr std::size_t snapshot_bytes = 32u << 10;
/// A case of thousands of comments has them all in its state. A snapshot is not written before the
/// events after the last have grown to this part of it, so that the share of one event stays the
/// same however much a case has collected.
inline constexpr std::size_t snapshot_part = 2;

/// The entries of one open task or consultation as they lie in the store, without the id of their
/// case.
struct open_rows {
    task_key key;
    std::vector<task_row> rows;
};
/// Of everything that is open, in no particular order. They are kept beside a folded state, so that
/// a command sets out only what it touches.
[[nodiscard]] std::vector<open_rows> rows_of_open(const case_state& state);

/// What of a case before a command its batch is made of, beside the entries: enough to let the
/// command change the state itself.
struct earlier {
    std::uint64_t version = 0;
    bool clock_passed = false;
    task_key carrier;  ///< of the running clock; no step: none runs
};
[[nodiscard]] earlier look_at(const case_state& before);

/// Everything that one accepted command changes, into `batch`, which is new. `salts` has one entry
/// an event; `open` and `grown` are the entries and the tail before the command and are moved on.
/// The numbers of `command` are filled in.
void make_batch(write_batch& batch, const chain_identity& identity, const earlier& before,
                const digest256& previous, const std::vector<case_event>& events,
                const case_state& after, command_row command, const salt16* salts,
                sha256_stream& hash, std::vector<open_rows>& open, tail& grown);

}  // namespace quytrinh::detail::project
