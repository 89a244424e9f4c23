// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/kernel.hpp: the pure kernel. decide judges a command, evolve applies a fact.
#pragma once

#include <quytrinh/base/result.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/command_result.hpp>
#include <quytrinh/engine/context.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/option.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/engine/task.hpp>

#include <string>
#include <vector>

namespace quytrinh {

struct form_field;  // model/form.hpp

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

/// What a command comes to beside the state after it.
struct ruling {
    std::vector<case_event> events;  ///< never empty
    command_result result;
};
/// The same on a state that stays where it is and becomes the one after the command: a host that
/// keeps its cases in memory makes and moves no state. What `out` held is replaced, its memory used
/// again. Refused with `state.version` as it was, nothing of the state has changed; refused
/// otherwise, it is valid but unspecified.
[[nodiscard]] QUYTRINH_DECL result<void> decide_in(const context& with, case_state& state,
                                                   const case_command& what, ruling& out);

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

/// Reads a value as the type of a field: text `có`, `20/12/2026`, `2,5`, one of the choices…
[[nodiscard]] QUYTRINH_DECL result<value> coerce(const procedure& of, const form_field& field,
                                                 const value& given);

/// "2" or "2.3" against the open tasks and consultations of a case.
[[nodiscard]] QUYTRINH_DECL result<task_key> find_open(const procedure& of, const case_state& state,
                                                       const task_name& name);

}  // namespace quytrinh
