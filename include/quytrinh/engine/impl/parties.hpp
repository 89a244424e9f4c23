// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/parties.hpp: private. Who stands behind the parties of a text in one case,
// and in what capacities an actor comes.
#pragma once

#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::engine {

/// By code, else by an alias (`gọi tắt`); null when the text has no such party.
[[nodiscard]] const party* party_named(const procedure& of, std::string_view code) noexcept;

/// Everybody who stands behind a role now; empty when it is not bound yet. What was bound in the
/// case wins; else as the text binds it; a role that no one bound stands for a unit of the same
/// code.
[[nodiscard]] std::vector<seat> seats_of(const procedure& of, const case_state& state,
                                         std::string_view role);

/// `seats_of`, but a group becomes its members where the text lists them.
[[nodiscard]] std::vector<seat> members_of(const procedure& of, const case_state& state,
                                           std::string_view role);

/// `members_of`, added to what is there.
void add_members(const procedure& of, const case_state& state, std::string_view role,
                 std::vector<seat>& found);

/// The leads of a step (or who is asked, of a consultation).
struct leads {
    std::vector<seat> seats;
    bool any = false;  ///< any one of them
    /// The role, or the step of `chủ trì như bước`, that stands for nobody yet.
    std::string unbound;
};
/// `chosen`: one of an any-of lead; empty for all.
[[nodiscard]] leads leads_of(const procedure& of, const case_state& state, const step& where,
                             std::string_view chosen = {});

/// The seats behind the parties of clauses that hold; the condition is judged by `holds`. A party
/// that is not bound yet has nobody to tell and is left out.
template <class Holds>
[[nodiscard]] std::vector<seat> seats_of_clauses(const procedure& of, const case_state& state,
                                                 const std::vector<party_clause>& clauses,
                                                 Holds&& holds) {
    std::vector<seat> found;
    found.reserve(clauses.size());
    for (const auto& clause : clauses) {
        if (clause.when && !holds(*clause.when)) continue;
        for (const auto& code : clause.parties) add_members(of, state, code, found);
    }
    return found;
}

/// One way in which an actor may be known: as a person of a unit, or through the code of a role.
struct hat {
    std::string unit, person;
    bool head = false;
};
/// Every hat that the facts allow this actor. With the host's word: the unit as said, and what a
/// party code stands for, where that is one unit or person. With memberships: only units that the
/// person belongs to. Without facts: none.
[[nodiscard]] std::vector<hat> hats_of(const context& with, const case_state& state,
                                       const actor& who);
/// The hat in which somebody sits on this seat; null when none fits.
[[nodiscard]] const hat* wears(const std::vector<hat>& hats, const seat& place) noexcept;

/// Could these be one person, of two places that work was given to? Persons compare by id; where
/// one is not named, the same unit cannot be told apart and counts as the same.
[[nodiscard]] bool maybe_same(const actor& a, const actor& b) noexcept;
/// The same of two who acted: one person may belong to several units, so whoever is not named may
/// be anybody.
[[nodiscard]] bool maybe_one_person(const actor& a, const actor& b) noexcept;

/// "ĐVTH", "P.HTKH/nv07": how a refusal names who could act.
[[nodiscard]] std::string name_of_seat(const seat& place);
[[nodiscard]] std::vector<std::string> names_of(const std::vector<seat>& places);

[[nodiscard]] bool is_external(const procedure& of, const seat& place) noexcept;

}  // namespace quytrinh::detail::engine
