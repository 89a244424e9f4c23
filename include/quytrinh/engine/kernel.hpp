// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/kernel.hpp: the pure kernel. decide judges a command, evolve applies a fact.
#pragma once

#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// What is known about people for one command. `host_word`: the actor is what the host says.
struct facts {
    struct membership {
        std::string person, unit;
        bool head = false;
        std::uint64_t unit_version = 0;
    };
    basis source = basis::host_word;
    /// Of the actor and of every person that the command names; unused with host_word.
    std::vector<membership> memberships;
    /// Does lookup table `code` have this row? Asked for tables whose rows stand with the host;
    /// null or unknown falls back on the rows of the text.
    std::function<truth(const std::string& code, const std::vector<value>& row)> table;
};

/// Everything that decide may know. The caller keeps what the pointers name alive during the call.
struct context {
    const procedure* definition = nullptr;
    const calendar* days = nullptr;  ///< null: an error only where a limit needs it
    const facts* known = nullptr;    ///< null: nobody is known, so nobody may do anything
    /// Other procedures, for links; null when unknown.
    std::function<const procedure*(std::string_view code)> find_procedure;
    /// Derives the id of the n-th linked case of event seq.
    std::function<case_id(std::uint64_t seq, std::uint32_t index)> child_id;
    instant now{};
    limits bounds;
    /// The calendar of a linked procedure that names another one; null: `days` serves for it too.
    std::function<const calendar*(std::string_view code)> find_calendar;
};

/// What the caller of a command gets back; kept with the command id, so that a repetition answers
/// the same.
struct command_result {
    case_id target;
    std::uint64_t version = 0;      ///< of the case after the command
    std::vector<task_key> opened;   ///< tasks and consultations
    std::vector<case_id> children;  ///< linked cases asked for
    bool ended = false;
    std::string end_kind;
    /// As given, or as the runtime made it. Set by the runtime on the way out; decide and the codec
    /// leave it alone.
    command_id id;
    friend bool operator==(const command_result&, const command_result&) = default;
};

struct decision {
    std::vector<case_event> events;  ///< never empty
    case_state after;
    command_result result;
};

/// Judges a command against a state (a default state for command::open). The error is a refusal:
/// its errc names the rule, `who_could` names who could act instead. No I/O, clock, lock or
/// randomness; thread-safe; strong guarantee.
[[nodiscard]] QUYTRINH_DECL result<decision> decide(const context& with, const case_state& state,
                                                    const case_command& what);

/// The same for a state that the caller gives away: it becomes `decision::after` without a copy.
/// After a refusal the state given is valid but unspecified.
[[nodiscard]] QUYTRINH_DECL result<decision> decide(const context& with, case_state&& state,
                                                    const case_command& what);

/// Applies one fact. Needs no procedure, calendar or clock. errc::store_corrupt when the event
/// cannot follow the state (a gap in the numbers, a task that is not there).
[[nodiscard]] QUYTRINH_DECL result<void> evolve(case_state& state, const case_event& fact);

/// The one gate: may this actor send this command now? Also answers who could. Used by decide and
/// by every read that is filtered.
struct permission {
    bool allowed = false;
    capacity as = capacity::own;
    basis why = basis::host_word;
    std::string lead;  ///< party code under which the actor acts
    std::string unit;  ///< the actor's unit as resolved in the case
    std::string on_behalf_of;
    errc rule = errc::not_permitted;
    std::vector<std::string> args;
    std::vector<std::string> who_could;
    std::string person;  ///< the actor's person, where a role's code named it
};
[[nodiscard]] QUYTRINH_DECL permission permit(const context& with, const case_state& state,
                                              const case_command& what);

/// What one person may do now: enough to build a form.
struct option {
    std::string command;  ///< "complete", "answer", …
    task_key task;
    std::string title;
    bool allowed = false;
    std::vector<std::string> who_could;
    struct outcome {
        std::string name;
        bool reason = false;
        std::string leads_to;
    };
    std::vector<outcome> outcomes;
    struct field {
        std::string form, name;
        field_type kind = field_type::text;  ///< for a program that draws the form
        std::string type;                    ///< the same in the words of the procedure's language
        bool required = false;
        std::vector<std::string> choices;
        value current;
        bool other_allowed = false;
        std::vector<std::string> columns;
    };
    std::vector<field> fields;
    struct condition_to_confirm {
        std::string text;
        bool evidence = false;
    };
    std::vector<condition_to_confirm> preconditions;
    std::vector<std::string> assign_roles;
    std::vector<std::string> channels;
    std::vector<std::string> answers;
    std::vector<std::string> may_open;  ///< linked procedures that may be opened here
    std::string consultation;           ///< of "consult": which one
    errc rule{};                        ///< why not, when not allowed
    /// Of "complete", led jointly: who has yet to confirm, this actor included.
    std::vector<std::string> awaiting;
};
[[nodiscard]] QUYTRINH_DECL std::vector<option> options_for(const context& with,
                                                            const case_state& state,
                                                            const actor& who);

/// Reads a value as the type of a field: text `có`, `20/12/2026`, `2,5`, one of the choices…
[[nodiscard]] QUYTRINH_DECL result<value> coerce(const procedure& of, const form_field& field,
                                                 const value& given);

/// "2" or "2.3" against the open tasks and consultations of a case.
[[nodiscard]] QUYTRINH_DECL result<task_key> find_open(const procedure& of, const case_state& state,
                                                       const task_name& name);

}  // namespace quytrinh
