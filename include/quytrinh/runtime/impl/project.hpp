// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/project.hpp: from a decision to the rows that a store keeps. Pure
// functions: the same state gives the same rows, which is how `verify` can tell that a task list is
// right.
#pragma once

#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/store/store.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
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
/// What an event leaves to be done after the commit: its notices in order, then its links; the end
/// of a linked case leaves one more entry, the report to its parent, whose request names the case
/// itself.
[[nodiscard]] std::vector<outbox_row> outbox_of(const case_state& after, const case_event& fact);
/// True for the entry that reports an end to the parent.
[[nodiscard]] bool is_end_report(const outbox_row& row, const link_request& request) noexcept;

/// How a case has grown: since its newest snapshot, and in all.
struct tail {
    std::size_t events = 0;
    std::size_t bytes = 0;
    std::uint64_t all_bytes = 0;  ///< head_row::history_bytes
    std::size_t snapshot = 0;     ///< bytes of the newest snapshot
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

/// What of a case before a command its batch is made of: enough to give the state itself away.
struct earlier {
    std::uint64_t version = 0;
    bool clock_passed = false;
    task_key carrier;  ///< of the running clock; no step: none runs
    struct entry {
        task_key key;
        std::vector<task_row> rows;
    };
    std::vector<entry> open;            ///< unless `whole` is there
    const case_state* whole = nullptr;  ///< the state itself, which stays
};
/// By the state, which must stay as it is for as long.
[[nodiscard]] earlier look_at(const case_state& before);
/// By the entries of what is open; nothing when that is too much to be set out for each command.
[[nodiscard]] std::optional<earlier> look_back(const case_state& before);

/// Everything that one accepted command changes. `salts` has one entry an event; `grown` is the
/// tail before the command and is moved on. `command.result` and the numbers of `command` are
/// filled in.
[[nodiscard]] write_batch make_batch(const chain_identity& identity, earlier before,
                                     const digest256& previous, const decision& what,
                                     command_row command, std::span<const salt16> salts,
                                     tail& grown);

}  // namespace quytrinh::detail::project
