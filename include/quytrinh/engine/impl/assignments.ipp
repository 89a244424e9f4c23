// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/assignments.ipp: `phân công NKT, khác NTH, tối đa 02, trong PCM` at the end
// of a step.
#pragma once

#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/gate.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace assignment_bodies {
namespace {

unexpected wrong(const binding& b, std::string why) {
    return fail(errc::binding_wrong, {b.role, to_string(actor{b.unit, b.person}), std::move(why)});
}

bool same_party(const procedure& of, const std::string& a, const std::string& b) {
    const party* left = party_named(of, a);
    return left != nullptr && left == party_named(of, b);
}

/// `trong PCM`: a member of the group. A group whose members only the host knows takes anybody.
bool is_within(const desk& d, const std::string& code, const std::string& unit) {
    if (code.empty()) return true;
    const party* p = party_named(d.text, code);
    if (p == nullptr) return code == unit;
    if (p->kind == party_kind::group && p->members.empty() && d.state.find_seat(p->code) == nullptr)
        return true;
    const auto inside = members_of(d.text, d.state, p->code);
    return std::any_of(inside.begin(), inside.end(), [&](const seat& s) { return s.unit == unit; });
}

/// Has this person done the step, or does it now?
bool did(const desk& d, const step& where, const std::string& id, const std::string& person) {
    if (id == where.id && d.by.person == person) return true;
    const auto history = d.state.steps.find(id);
    return history != d.state.steps.end() &&
           std::any_of(history->second.actors.begin(), history->second.actors.end(),
                       [&](const actor& a) { return a.person == person; });
}

/// A step that `role` leads and this person has done, or does now; of a step that both roles lead
/// it is not said who acted as which.
std::string step_done_as(const desk& d, const step& where, const std::string& role,
                         const std::string& own, const actor& who) {
    if (who.person.empty()) return {};
    for (const auto& s : d.text.steps)
        if (among(s.lead.parties, role) && !among(s.lead.parties, own) &&
            did(d, where, s.id, who.person))
            return s.id;
    return {};
}

/// `phân công NKT, khác NTH`, whichever of the two is named now: the seats as they will stand, and
/// what was done.
result<void> keep_apart(const desk& d, const step& where, const std::vector<seat>& made) {
    for (const seat& s : made) {
        const actor who{s.unit, s.person};
        for (const auto& other : apart_from(d.text, s.role)) {
            std::vector<seat> against;
            for (const auto& m : made)
                if (same_party(d.text, m.role, other)) against.push_back(m);
            if (against.empty()) against = seats_of(d.text, d.state, other);
            for (const auto& a : against)
                if (maybe_same(who, actor{a.unit, a.person}))
                    return fail(errc::same_person, {to_string(who), "", where.id, s.unit, other});
            if (auto done = step_done_as(d, where, other, s.role, who); !done.empty())
                return fail(errc::same_person,
                            {to_string(who), std::move(done), where.id, s.unit, ""});
        }
    }
    return {};
}

/// `khác người ở bước 1` of a step that the role alone leads: who is named for it and may never do
/// it would leave the case to nobody.
result<void> keep_able(const desk& d, const step& where, const std::vector<seat>& made) {
    for (const seat& s : made) {
        if (s.person.empty()) continue;
        for (const auto& led : d.text.steps) {
            if (led.lead.parties.size() != 1 ||
                !same_party(d.text, led.lead.parties.front(), s.role))
                continue;
            for (const auto& rule : led.separations)
                for (const auto& id : rule.steps)
                    if (did(d, where, id, s.person))
                        return fail(errc::same_person,
                                    {to_string(actor{s.unit, s.person}), id, led.id, s.unit, ""});
        }
    }
    return {};
}

/// The binding of a clause as a seat, once it has passed the rules of the clause that concern it
/// alone.
result<seat> seat_for(const desk& d, const assignment_clause& clause, const binding& given) {
    if (given.unit.empty() && given.person.empty()) return wrong(given, "nobody_named");
    const party* p = party_named(d.text, clause.role);
    seat s;
    s.role = p != nullptr ? p->code : clause.role;
    s.unit = given.unit.empty() ? d.by.unit : d.unit_named(given.unit);
    s.person = given.person;
    if (!s.person.empty() && !d.belongs(s.person, s.unit)) return wrong(given, "not_of_unit");
    if (!is_within(d, clause.within, s.unit))
        return fail(errc::binding_wrong,
                    {s.role, to_string(actor{s.unit, s.person}), "not_within", clause.within});
    return s;
}

}  // namespace
}  // namespace assignment_bodies

result<std::vector<seat>> assign_roles(const desk& d, const step& where, const reading& seen,
                                       const std::vector<binding>& given,
                                       std::vector<judged>& notes) {
    namespace own = assignment_bodies;
    std::vector<seat> made;
    std::vector<const binding*> used;
    std::vector<std::string>
        settled;  // roles whose line has been found: of one kind, the first that holds
    for (const auto& clause : where.assignments) {
        if (among(settled, clause.role)) continue;
        std::string missing;
        const auto held = weigh(clause.when, seen, notes, missing);
        if (!held) return held.failure();
        if (*held == truth::unknown)
            return fail(unknown_condition(d.text, d.state, where, missing));
        if (*held != truth::yes) continue;
        settled.push_back(clause.role);
        std::uint32_t number = 0;
        for (const auto& b : given) {
            if (!own::same_party(d.text, b.role, clause.role)) continue;
            if (++number > std::max<std::uint32_t>(clause.at_most, 1))
                return fail(errc::binding_wrong,
                            {clause.role, to_string(actor{b.unit, b.person}), "at_most",
                             std::to_string(std::max<std::uint32_t>(clause.at_most, 1))});
            auto s = own::seat_for(d, clause, b);
            if (!s) return s.failure();
            used.push_back(&b);
            made.push_back(std::move(*s));
        }
        // In a later round whoever was assigned before stays, unless somebody else is named.
        if (number == 0 && seats_of(d.text, d.state, clause.role).empty())
            return fail(errc::assignment_missing, {where.id, clause.role});
    }
    for (const auto& b : given)
        if (std::find(used.begin(), used.end(), &b) == used.end())
            return own::wrong(b, "not_assigned_here");
    if (auto apart = own::keep_apart(d, where, made); !apart) return apart.failure();
    if (auto able = own::keep_able(d, where, made); !able) return able.failure();
    return made;
}

}  // namespace quytrinh::detail::engine
