// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/actor.hpp: a person acting in a capacity, and who stands behind a role in a case.
#pragma once

#include <quytrinh/base/config.hpp>

#include <cstdint>
#include <string>

namespace quytrinh {

/// In what capacity somebody acts (Decree 30/2020 art. 13 has the abbreviations of signatures).
enum class capacity : std::uint8_t {
    own,       ///< own post
    tuq,       ///< TUQ.: authorised by the lead, in this case, for this task
    recorder,  ///< notes what an outside body did (`người ghi nhận`)
    system,    ///< the library itself: a timer, a link
};

/// Who sends a command. `unit` is a unit's code, or the code of a party of the procedure, which
/// then stands for whoever is bound to it in the case; `person` is the host's own id of a person.
struct actor {
    std::string unit{};
    std::string person{};
    friend bool operator==(const actor&, const actor&) = default;
};

/// "ĐVTH/nv07".
[[nodiscard]] QUYTRINH_DECL std::string to_string(const actor& who);
/// Reads "ĐVTH/nv07" or "ĐVTH"; everything after the first '/' is the person.
[[nodiscard]] QUYTRINH_DECL actor read_actor(const std::string& text);

/// Who stands behind a party of the text in one case: a unit, its head, or one person of it.
struct seat {
    std::string role;    ///< the party's code in the text
    std::string unit;    ///< the unit that owns the work
    std::string person;  ///< when a single person is meant
    bool head = false;   ///< the head of `unit`
    friend bool operator==(const seat&, const seat&) = default;
};

/// A choice of who stands behind a role: at opening (`.bind`) or by a step (`.assign`).
struct binding {
    std::string role{};
    std::string unit{};
    std::string person{};
    friend bool operator==(const binding&, const binding&) = default;
};

/// Why somebody was allowed: kept in the event.
enum class basis : std::uint8_t { host_word, host_callback, store_membership, assignment, system };

/// A person belongs to a unit, perhaps as its head.
struct membership {
    std::string person, unit;
    bool head = false;
    std::uint64_t unit_version = 0;
};

}  // namespace quytrinh
