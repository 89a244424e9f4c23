// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/rows.hpp: what lists of cases and tasks give, how they are asked for, and what a
// store says of itself.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/engine/task.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh {

enum class durability : std::uint8_t { none, weak, durable };
enum class clock_kind : std::uint8_t { real, manual };

/// Facts about a store, verified when it was opened.
struct store_caps {
    std::string kind;  ///< "memory", "sqlite"
    durability durable = durability::none;
    bool many_processes = false;
    clock_kind clock = clock_kind::real;
    std::array<std::uint8_t, 16> store_id{};
    std::uint64_t epoch = 0;  ///< raised by a restore: voids leases and fences
    int schema = 0;
};

enum class stored_status : std::uint8_t { open, ended, withdrawn, cancelled, quarantined };

struct head_row {
    case_id id;
    std::string procedure;
    digest256 definition{};
    std::uint64_t version = 0;
    digest256 hash{};
    stored_status status = stored_status::open;
    std::string end_kind;
    std::string reference;
    std::string opener_unit, opener_person;
    instant opened_at{}, last_at{};
    std::optional<instant> due_before;  ///< the case's own clock
    /// Headers and payloads of all of its events (limits::history_bytes).
    std::uint64_t history_bytes = 0;
    friend bool operator==(const head_row&, const head_row&) = default;
};

/// One entry per (task, party, relation). Inbox and timers read the same entries. Closed tasks
/// leave the table: the history keeps them.
struct task_row {
    case_id of;
    task_key task;
    std::uint32_t n = 0;  ///< entry of the task, from 0
    relation as = relation::lead;
    std::string role, unit;
    std::string person;  ///< assignee, for the lead entries
    instant opened_at{};
    std::optional<instant> due_before;
    bool overdue = false;
    /// When the timer of this task fires; only on entry 0, and empty once fired.
    std::optional<instant> timer_at;
    bool consultation = false;
    friend bool operator==(const task_row&, const task_row&) = default;
};

/// Rows of one page and the cursor for the next; an empty cursor means the end.
template <class Row>
struct page_of {
    std::vector<Row> rows;
    std::string next;
};

struct task_query {
    std::string unit{};  ///< unit or role code
    std::string person{};
    std::optional<relation> as{};
    std::string procedure{};
    case_id of{};
    bool overdue_only = false;
};
struct task_entry {
    task_row row;
    std::string procedure;
    digest256 definition{};
    std::string reference;
    bool quarantined = false;  ///< its case takes no command
};

struct case_query {
    std::string reference{};
    std::string procedure{};
    std::optional<stored_status> status{};
    /// Only open cases whose own clock (head_row::due_before) had passed at this moment; by due,
    /// the longest passed first, then by id.
    std::optional<instant> overdue_at{};
};

struct refusal_row {
    case_id of;
    std::string unit, person;
    std::uint16_t rule = 0;  ///< errc
    std::string command;     ///< its name
    instant first_at{}, last_at{};
    std::uint64_t count = 0;
};

struct outbox_counts {
    std::uint64_t pending = 0, set_aside = 0;
    /// When the first of what is pending is offered: when it was put there, when its pause after a
    /// failed attempt is over, or the lease of who has it. Nothing when nothing is pending.
    std::optional<instant> next_try{};
};

}  // namespace quytrinh
