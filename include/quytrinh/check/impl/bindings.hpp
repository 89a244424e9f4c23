// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/bindings.hpp: what must have happened before a role has somebody behind it.
#pragma once

#include <quytrinh/check/impl/facts.hpp>

#include <algorithm>
#include <optional>

namespace quytrinh::detail::checking::role_rules {

/// `là lãnh đạo của NPH`, NPH itself relative to another: more than this is a circle.
inline constexpr int relation_depth = 64;

/// The party that a relative role rests on; none when the relation runs in a circle.
inline std::uint32_t base_of(const study& s, std::uint32_t p) {
    for (int depth = 0; p != none && depth < relation_depth; ++depth) {
        const party& it = s.of.parties[p];
        if (it.binding != binding_kind::head_of && it.binding != binding_kind::unit_of) return p;
        p = s.parties.find(it.relative_to);
    }
    return none;
}

/// A field that can name a person or a unit.
inline bool names_somebody(field_type type) {
    switch (type) {
    case field_type::text:
    case field_type::person:
    case field_type::unit:
    case field_type::one_of:
    case field_type::any_of: return true;
    case field_type::number:
    case field_type::day:
    case field_type::yes_no:
    case field_type::attachment:
    case field_type::checklist:
    case field_type::list: break;
    }
    return false;
}

/// What must have happened before a role has somebody behind it, if anything.
inline std::optional<fact> binding_fact(const study& s, std::uint32_t role) {
    const std::uint32_t p = base_of(s, role);
    if (p == none || s.party_lost(p)) return std::nullopt;
    const party& it = s.of.parties[p];
    if (it.binding == binding_kind::by_step) {
        const bool known = std::all_of(it.bound_by.begin(), it.bound_by.end(), [&](const auto& id) {
            return s.graph.vertex_of(id) < s.of.steps.size();
        });
        if (!known || it.bound_by.empty()) return std::nullopt;  // reported where it is declared
        return fact{fact_kind::bound, p, {}, {}};
    }
    if (it.binding == binding_kind::from_field)
        if (const auto found = s.find_field(it.bound_from);
            found && !found.ambiguous && names_somebody(found.field->type))
            return fact{fact_kind::filled, found.form, found.field->box, found.field->name};
    return std::nullopt;
}

}  // namespace quytrinh::detail::checking::role_rules
