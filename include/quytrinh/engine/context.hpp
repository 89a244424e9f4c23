// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/context.hpp: all that judging a command may know, and what its sender gets back.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/actor.hpp>
#include <quytrinh/engine/task.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

struct calendar;                     // time/calendar.hpp
struct procedure;                    // model/procedure.hpp
enum class truth : std::uint8_t;     // model/condition.hpp

/// A person belongs to a unit, perhaps as its head.
struct membership {
    std::string person, unit;
    bool head = false;
    std::uint64_t unit_version = 0;
};

/// What is known about people for one command. `host_word`: the actor is what the host says.
struct facts {
    using membership = quytrinh::membership;
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

}  // namespace quytrinh
