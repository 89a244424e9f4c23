// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/event.hpp: facts of a case. What could not be derived from earlier events was
// computed when the command was decided and stands here, so that replay needs no calendar, clock or
// fact.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/actor.hpp>
#include <quytrinh/engine/entry.hpp>
#include <quytrinh/engine/fact.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace quytrinh {

namespace event {

struct case_opened {
    std::string procedure;
    digest256 definition{};
    std::string reference;
    std::vector<seat> seats;  ///< every role that is bound now
    std::vector<field_entry> fields;
    actor opener;
    case_id parent;
    std::uint64_t parent_seq = 0;
    std::uint32_t parent_index = 0;
    std::optional<due_instant> case_due;
    std::vector<trace_line> case_due_trace;
    std::string entry_step;  ///< where the case begins
    form_effects effects;
    friend bool operator==(const case_opened&, const case_opened&) = default;
};
struct task_opened {
    task_key task;
    std::vector<seat> leads;
    bool any_lead = false;  ///< any one of `leads`, else all of them, the first accountable
    std::vector<seat> with, inform;
    std::string from_step;  ///< empty when the case opened here
    bool returned = false;  ///< reached by a branch that leads back
    instant received_at{};  ///< set at once unless the step must be acknowledged
    bool awaiting_receipt = false;
    bool not_counted = false;
    task_due due;
    std::optional<due_instant> case_due;  ///< moved appointed date, when time was not counted
    std::vector<notice> notices;
    seat recorder;              ///< `người ghi nhận` of an outside lead; no role: none
    std::string return_reason;  ///< why it came back, when `returned`
    /// Limits of a part of the way that begin with this task, or move because time was not counted.
    std::vector<std::pair<std::uint32_t, due_instant>> parts;
    friend bool operator==(const task_opened&, const task_opened&) = default;
};
struct task_received {
    task_key task;
    task_due due;  ///< counted anew where it runs from the receipt
    friend bool operator==(const task_received&, const task_received&) = default;
};
struct task_claimed {
    task_key task;
    std::string lead;  ///< party code in whose place the person acts
    friend bool operator==(const task_claimed&, const task_claimed&) = default;
};
struct task_released {
    task_key task;
    friend bool operator==(const task_released&, const task_released&) = default;
};
struct task_assigned {
    task_key task;
    std::string unit, person, reason;
    bool by_authority = false;  ///< a person of another unit: acts as TUQ
    bool again = false;         ///< reassign
    std::vector<notice> notices;
    std::string lead;  ///< party code in whose place the person acts
    friend bool operator==(const task_assigned&, const task_assigned&) = default;
};
struct fields_recorded {
    task_key task;
    std::vector<field_entry> fields;
    std::string channel;
    form_effects effects;
    friend bool operator==(const fields_recorded&, const fields_recorded&) = default;
};
/// A joint lead confirms, not the last of them.
struct task_confirmed {
    task_key task;
    std::string lead;  ///< party code
    std::string outcome, reason;
    std::vector<field_entry> fields;
    std::vector<notice> notices;
    std::vector<std::string> confirmed;  ///< preconditions and checklist items ticked
    std::vector<attachment> attachments;
    std::string channel;
    form_effects effects;
    friend bool operator==(const task_confirmed&, const task_confirmed&) = default;
};
struct task_completed {
    task_key task;
    std::string lead;  ///< party code that completed
    std::string outcome, reason;
    std::vector<field_entry> fields;
    std::vector<std::string> confirmed;
    std::vector<seat> assigned;         ///< roles bound by this step
    std::vector<std::string> approved;  ///< forms approved (frozen at their version)
    std::vector<std::string> kept;      ///< records
    std::vector<attachment> attachments;
    std::string channel;
    std::vector<judged> conditions;
    std::uint32_t branch = 0;  ///< index of the branch taken
    bool late = false;         ///< against the due as it stood
    std::vector<link_request> links;
    std::vector<notice> notices;
    bool afterwards = false;  ///< the branch was used up: its `sau đó →` was taken
    form_effects effects;
    /// Records kept now, and those whose last day is known now.
    std::vector<kept_record> keeping;
    std::vector<std::uint32_t> parts_done;  ///< limits of a part of the way that end with it
    /// Of those, the dates that moved because the clock had stood until now.
    std::vector<std::pair<std::uint32_t, due_instant>> parts_moved;
    friend bool operator==(const task_completed&, const task_completed&) = default;
};
struct opinion_given {
    task_key task;
    std::string role, text;
    std::vector<notice> notices;
    friend bool operator==(const opinion_given&, const opinion_given&) = default;
};
struct consultation_opened {
    task_key consultation;  ///< {"6a", n}
    task_key task;          ///< inside which it was raised
    std::string text;
    std::vector<field_entry> fields;
    std::vector<seat> asked;
    task_due due;
    std::vector<notice> notices;
    seat recorder;  ///< of an outside body that is asked; no role: none
    form_effects effects;
    std::string channel{};  ///< how the question was put
    friend bool operator==(const consultation_opened&, const consultation_opened&) = default;
};
struct consultation_answered {
    task_key consultation;
    std::string answer, text;
    std::vector<field_entry> fields;
    bool late = false;
    std::vector<notice> notices;
    form_effects effects;
    friend bool operator==(const consultation_answered&, const consultation_answered&) = default;
};
struct commented {
    std::optional<task_key> task;
    std::string text;
    std::vector<notice> notices;
    friend bool operator==(const commented&, const commented&) = default;
};
struct attached {
    std::optional<task_key> task;
    attachment file;
    friend bool operator==(const attached&, const attached&) = default;
};
struct signalled {
    std::string name, text;
    instant happened_at{};
    /// Open tasks whose limit waited for this event.
    std::vector<std::pair<task_key, task_due>> dues;
    friend bool operator==(const signalled&, const signalled&) = default;
};
/// The due instant has passed. Marks the task overdue and tells its lead, once.
struct task_overdue {
    task_key task;
    instant due{};
    std::vector<notice> notices;
    friend bool operator==(const task_overdue&, const task_overdue&) = default;
};
struct linked {
    case_id other;
    std::string relation;
    friend bool operator==(const linked&, const linked&) = default;
};
struct link_reported {
    case_id child;
    std::uint64_t seq = 0;
    std::uint32_t index = 0;
    bool ended = false;
    std::string end_kind;
    std::vector<notice> notices;
    friend bool operator==(const link_reported&, const link_reported&) = default;
};
/// How the case ended; open tasks and consultations are closed with it.
struct case_ended {
    enum class way : std::uint8_t { reached_end, withdrawn, cancelled };
    way how = way::reached_end;
    std::string end_kind, reason;
    bool late = false;  ///< against the case's own overall limit
    std::vector<notice> notices;
    std::vector<kept_record> keeping;     ///< records whose keeping runs from here
    std::optional<due_instant> case_due;  ///< moved appointed date, when the clock stood at the end
    /// The same of limits of a part of the way that still ran.
    std::vector<std::pair<std::uint32_t, due_instant>> parts_moved;
    friend bool operator==(const case_ended&, const case_ended&) = default;
};
/// The overall limit of the case, or of a part of its way, has passed: said once.
struct case_overdue {
    due_instant due;
    std::optional<std::uint32_t> part;  ///< which `hạn chung` line, of a part of the way
    std::vector<notice> notices;
    friend bool operator==(const case_overdue&, const case_overdue&) = default;
};

using body =
    std::variant<case_opened, task_opened, task_received, task_claimed, task_released,
                 task_assigned, fields_recorded, task_confirmed, task_completed, opinion_given,
                 consultation_opened, consultation_answered, commented, attached, signalled,
                 task_overdue, linked, link_reported, case_ended, case_overdue>;

}  // namespace event

/// One event with its envelope, before it is stored. Store id, tenant, case, procedure hash and
/// the chain are added by the codec.
struct case_event {
    std::uint64_t seq = 0;
    instant at{};
    actor by;  ///< unit as resolved in the case
    capacity as = capacity::own;
    std::string on_behalf_of;  ///< the lead that authorised (TUQ), or the outside body (recorder)
    basis why = basis::host_word;
    command_id cause;
    event::body body;
    friend bool operator==(const case_event&, const case_event&) = default;
};

/// Stable numbers of event types, as stored. WARNING: persisted; never renumber.
[[nodiscard]] QUYTRINH_DECL std::uint16_t type_of(const event::body& body) noexcept;
/// "task_completed".
[[nodiscard]] QUYTRINH_DECL std::string_view name_of(const event::body& body) noexcept;
/// The notices of an event, in outbox order.
[[nodiscard]] QUYTRINH_DECL const std::vector<notice>& notices_of(const event::body& body) noexcept;

}  // namespace quytrinh
