// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/state.hpp: a case as the fold of its events, nothing else.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/engine/actor.hpp>
#include <quytrinh/engine/fact.hpp>
#include <quytrinh/engine/kept_list.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh {

struct field_ref;  // model/condition.hpp

enum class case_status : std::uint8_t { none, open, ended, withdrawn, cancelled };

enum class task_status : std::uint8_t { open, done, closed };

struct task_state {
    task_key task;
    task_status status = task_status::open;
    std::vector<seat> leads;
    bool any_lead = false;
    std::vector<seat> with, inform;
    std::string from_step;
    bool returned = false;
    instant opened_at{};
    instant received_at{};
    bool awaiting_receipt = false;
    bool not_counted = false;
    task_due due;
    bool overdue = false;
    std::string assignee_unit, assignee;  ///< a person, by claim or assignment
    bool assigned = false;                ///< by assignment rather than claim
    bool by_authority = false;            ///< TUQ
    struct confirmation_of {
        std::string lead;
        actor by;
        std::string outcome;
        friend bool operator==(const confirmation_of&, const confirmation_of&) = default;
    };
    std::vector<confirmation_of> confirmed;  ///< joint leads that have
    struct opinion {
        std::string role;
        actor by;
        instant at{};
        std::string text;
        friend bool operator==(const opinion&, const opinion&) = default;
    };
    std::vector<opinion> opinions;
    std::string channel;
    std::string outcome, reason;
    std::optional<instant> closed_at;
    actor closed_by;
    bool late = false;
    seat recorder;  ///< acts for an outside lead; no role: none
    std::string return_reason;
    std::string assigned_for;         ///< party code in whose place the assignee acts
    std::vector<std::string> ticked;  ///< preconditions and checklist items confirmed so far
    bool acted_on = false;  ///< somebody has begun: claim, entry, opinion, question, receipt
    friend bool operator==(const task_state&, const task_state&) = default;
};

/// A field's value with who entered it and where.
struct field_state {
    value content;
    actor by;
    instant at{};
    std::string step;
    case_id from_case;  ///< origin of a copied field
    friend bool operator==(const field_state&, const field_state&) = default;
};

struct form_state {
    std::uint32_t version = 0;  ///< of the form: each later `lập` makes a new one
    std::optional<std::uint32_t> approved_version;
    std::optional<instant> approved_at;
    actor approved_by;
    std::vector<std::string> closed_boxes;
    std::map<std::string, field_state> fields;
    std::vector<std::pair<std::string, field_state>> appended;  ///< entries of append-only boxes
    task_key version_of;  ///< the task or consultation that began the present version
    std::vector<std::string> approved_boxes;  ///< empty with an approval: the whole form
    friend bool operator==(const form_state&, const form_state&) = default;
};

struct consultation_state {
    task_key consultation;
    task_key task;
    task_status status = task_status::open;
    std::vector<seat> asked;
    actor raised_by;
    std::string text, answer, answer_text;
    instant opened_at{};
    task_due due;
    bool overdue = false;
    std::optional<instant> closed_at;
    actor closed_by;
    bool late = false;
    seat recorder;  ///< acts for an outside body that is asked; no role: none
    std::string channel;
    /// Its own instance of each form that only questions fill in (form_effects::own).
    std::map<std::string, form_state> forms;
    friend bool operator==(const consultation_state&, const consultation_state&) = default;
};

/// The moments of a step that limits may be anchored to, and who acted there.
struct step_history {
    std::uint32_t rounds = 0;
    std::optional<instant> first_received, received, first_started, started, first_completed,
        completed, first_ok, ok, first_nok, nok;
    std::vector<actor> actors;  ///< of completed rounds, in order
    friend bool operator==(const step_history&, const step_history&) = default;
};

struct comment_state {
    std::optional<task_key> task;
    actor by;
    instant at{};
    std::string text;
    friend bool operator==(const comment_state&, const comment_state&) = default;
};
struct attachment_state {
    std::optional<task_key> task;
    actor by;
    instant at{};
    attachment file;
    friend bool operator==(const attachment_state&, const attachment_state&) = default;
};
struct link_state {
    case_id other;
    std::string procedure, relation;
    std::uint64_t seq = 0;
    std::uint32_t index = 0;
    bool replacing = false;
    bool opened = false, ended = false;
    std::string end_kind;
    friend bool operator==(const link_state&, const link_state&) = default;
};

/// `hạn chung … từ bước a đến bước b`: one run of that clock, from the opening of a to the end of
/// b.
struct part_clock {
    std::uint32_t limit = 0;  ///< which `hạn chung` line of the text, from 0
    instant from{};
    due_instant due;
    bool overdue = false;
    std::optional<instant> closed_at;
    bool late = false;
    friend bool operator==(const part_clock&, const part_clock&) = default;
};

struct case_state {
    case_id id;
    std::string procedure;
    digest256 definition{};
    std::string reference;
    case_status status = case_status::none;
    std::string end_kind, end_reason;
    std::uint64_t version = 0;  ///< number of the last event
    instant opened_at{}, last_at{};
    std::optional<instant> closed_at;
    actor opener;
    case_id parent;
    std::uint64_t parent_seq = 0;
    std::uint32_t parent_index = 0;
    std::optional<due_instant> case_due;
    /// Since when only uncounted tasks are open (the overall clock stands still).
    std::optional<instant> clock_stopped_at;
    bool late = false;
    std::vector<seat> seats;
    kept_list<task_state> tasks;  ///< all rounds, in the order they opened
    std::vector<consultation_state> consultations;
    /// As the flow reads them: of a form that only questions fill in, the instance answered last.
    std::map<std::string, form_state> forms;
    std::map<std::string, step_history> steps;
    /// How often a branch was taken: {step, branch index} → count.
    std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> taken;
    std::map<std::string, instant> signals;
    kept_list<comment_state> comments;
    kept_list<attachment_state> attachments;
    std::vector<link_state> links;
    std::vector<std::string> records;  ///< kept
    /// Spans in which the overall clock stood still, in order.
    std::vector<std::pair<instant, instant>> pauses;
    bool overdue = false;  ///< the overall limit has passed and it was said
    std::vector<part_clock> parts;
    std::vector<kept_record> keeping;  ///< of `records`, those that the text declares
    friend bool operator==(const case_state&, const case_state&) = default;

    /// When the next overall limit passes that was not said to have: nothing while the clock stands
    /// still, or when the case has ended.
    [[nodiscard]] QUYTRINH_DECL std::optional<instant> next_clock() const noexcept;
    /// Was an overall limit that still runs said to have passed?
    [[nodiscard]] QUYTRINH_DECL bool clock_passed() const noexcept;

    [[nodiscard]] QUYTRINH_DECL const task_state* find_task(const task_key& task) const noexcept;
    [[nodiscard]] QUYTRINH_DECL const consultation_state* find_consultation(
        const task_key& key) const noexcept;
    [[nodiscard]] QUYTRINH_DECL const seat* find_seat(std::string_view role) const noexcept;
    [[nodiscard]] QUYTRINH_DECL const field_state* find_field(
        const field_ref& field) const noexcept;
};

}  // namespace quytrinh
