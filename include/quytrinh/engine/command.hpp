// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/command.hpp: everything that can be asked of a case, as plain values.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/actor.hpp>
#include <quytrinh/engine/entry.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace quytrinh {

namespace command {

/// Opens a case. The opener must be able to lead the first step (or the entry step).
struct open {
    std::string procedure;
    std::vector<binding> bind;
    std::string reference;  ///< the host's own file number, unique when given
    std::vector<field_entry> fields;
    std::string at_step;  ///< entry elsewhere (`được mở tại bước`), else the first step
    // set by the runtime for a linked case:
    case_id parent;
    std::uint64_t parent_seq = 0;
    std::uint32_t parent_index = 0;
    friend bool operator==(const open&, const open&) = default;
};
/// Acknowledges the receipt of a task's papers; starts `nhận` where the step demands it.
struct receive {
    task_name task;
    friend bool operator==(const receive&, const receive&) = default;
};
struct claim {
    task_name task;
    friend bool operator==(const claim&, const claim&) = default;
};
struct release {
    task_name task;
    friend bool operator==(const release&, const release&) = default;
};
/// Gives the task to a person of the lead unit (or, `hoặc người được ủy quyền`, of another: TUQ).
struct assign {
    task_name task;
    std::string unit;  ///< empty: the lead unit
    std::string person;
    std::string reason;
    friend bool operator==(const assign&, const assign&) = default;
};
/// Takes the task from whoever has it and gives it to another person of the lead unit; needs a
/// reason. Whoever holds it already is no other: errc::binding_wrong, `holds_already`.
struct reassign {
    task_name task;
    std::string unit;
    std::string person;
    std::string reason;
    friend bool operator==(const reassign&, const reassign&) = default;
};
/// Fields and box entries without completing.
struct record {
    task_name task;
    std::vector<field_entry> fields;
    std::string channel;
    friend bool operator==(const record&, const record&) = default;
};
struct complete {
    task_name task;
    std::string outcome;  ///< "OK", "NOK", "xong"/"done" or a name; empty where there is one
    std::string reason;
    std::vector<field_entry> fields;
    confirmation confirmed;
    std::vector<binding> assign;  ///< `phân công`
    std::vector<attachment> attachments;
    std::string channel;                   ///< `hình thức`
    std::vector<std::string> open_linked;  ///< procedures of `khi cần mở quy trình` to open now
    std::string lead;  ///< who of a `hoặc` lead gets the next task; empty: any
    friend bool operator==(const complete&, const complete&) = default;
};
/// A coordinating unit's opinion on an open task.
struct opine {
    task_name task;
    std::string text;
    friend bool operator==(const opine&, const opine&) = default;
};
/// Raises a side question (`xin ý kiến 6a … tại bước 5`) inside an open task.
struct consult {
    std::string consultation;  ///< "6a"
    task_name task;            ///< empty: the only open task where it may be raised
    std::string text;
    std::vector<field_entry> fields;
    std::string channel{};  ///< `hình thức`: how the question is put
    friend bool operator==(const consult&, const consult&) = default;
};
struct answer {
    task_name consultation;  ///< "6a" or "6a.2"
    std::string chosen;      ///< one of the written answers, where there are any
    std::string text;
    std::vector<field_entry> fields;
    friend bool operator==(const answer&, const answer&) = default;
};
struct comment {
    task_name task;  ///< empty: on the case
    std::string text;
    friend bool operator==(const comment&, const comment&) = default;
};
struct attach {
    task_name task;  ///< empty: to the case
    attachment file;
    friend bool operator==(const attach&, const attach&) = default;
};
/// The sender takes back what the receiver has not acted on yet (a right of the text).
struct withdraw {
    std::string reason;
    friend bool operator==(const withdraw&, const withdraw&) = default;
};
struct cancel {
    std::string reason;
    friend bool operator==(const cancel&, const cancel&) = default;
};
/// An outside event has happened (an anchor may wait for it).
struct signal {
    std::string event;
    std::optional<instant> happened_at;  ///< not after now
    std::string text;
    friend bool operator==(const signal&, const signal&) = default;
};
/// Sent by the runtime only: the due instant of a task has passed.
struct timer_fired {
    task_name task;
    friend bool operator==(const timer_fired&, const timer_fired&) = default;
};
/// Records that another case belongs to this one.
struct link {
    case_id other;
    std::string relation;  ///< free words: "liên quan"
    friend bool operator==(const link&, const link&) = default;
};
/// Sent by the runtime only: a linked case was opened, or has ended.
struct link_report {
    case_id child;
    std::uint64_t seq = 0;  ///< the event of this case that asked for it
    std::uint32_t index = 0;
    bool ended = false;
    std::string end_kind;
    friend bool operator==(const link_report&, const link_report&) = default;
};

using body =
    std::variant<open, receive, claim, release, assign, reassign, record, complete, opine, consult,
                 answer, comment, attach, withdraw, cancel, signal, timer_fired, link, link_report>;

}  // namespace command

/// A command with its envelope.
struct case_command {
    command_id id;
    case_id target;
    actor by;
    /// Refuses (errc::version_differs) a form that was filled against an older state.
    std::optional<std::uint64_t> expected_version;
    command::body body;
};

/// "complete": the stable name of a command, as the program and JSON use it.
[[nodiscard]] QUYTRINH_DECL std::string_view name_of(const command::body& body) noexcept;

}  // namespace quytrinh
