// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/task.hpp: how a task is named, and the words that lists, notices and facts share.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/engine/actor.hpp>

#include <compare>
#include <cstdint>
#include <string>

namespace quytrinh {

/// A task by its step and round; printed "2.3".
struct task_key {
    std::string step;
    std::uint32_t round = 0;
    friend bool operator==(const task_key&, const task_key&) = default;
    friend auto operator<=>(const task_key&, const task_key&) = default;
};
[[nodiscard]] QUYTRINH_DECL std::string to_string(const task_key& task);

/// How a recipient stands to the task that a notification is about.
enum class relation : std::uint8_t { lead, joint, coordinate, inform, opener, asked, keeper };

enum class notice_kind : std::uint8_t {
    task_opened,
    task_returned,
    task_assigned,
    task_completed,
    task_overdue,
    consulted,
    answered,
    opinion_given,
    commented,
    case_ended,
    case_withdrawn,
    case_cancelled,
    linked_opened,
    linked_ended,
    case_overdue,
};

/// One entry of the outbox: one recipient. The n-th notice of event seq has the key `case/seq/n`.
struct notice {
    notice_kind kind = notice_kind::task_opened;
    seat to;
    relation as = relation::lead;
    friend bool operator==(const notice&, const notice&) = default;
};

/// How a limit came out for a task.
enum class due_kind : std::uint8_t { not_stated, immediately, counted, laid_down, waiting };

}  // namespace quytrinh
