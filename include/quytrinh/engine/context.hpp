// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/context.hpp: all that judging a command may know.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/actor.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

struct calendar;                  // time/calendar.hpp
struct procedure;                 // model/procedure.hpp
enum class truth : std::uint8_t;  // model/condition.hpp

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

}  // namespace quytrinh
