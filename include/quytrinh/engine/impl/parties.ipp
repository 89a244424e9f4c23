// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/parties.ipp: from party codes to units and persons.
#pragma once

#include <quytrinh/engine/impl/parties.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace parties_bodies {
namespace {

/// Roles may be relative to roles (`là lãnh đạo của đơn vị của …`); a circle ends here.
constexpr int relative_depth = 8;

void resolve(const procedure& of, const case_state& state, const party* p, std::string_view code,
             int depth, std::vector<seat>& found);

/// What a field names: "P.HTKH/nv07", a unit, a person, or the code of a party of the text.
seat named_in(const procedure& of, const case_state& state, const std::string& code,
              field_type type, const std::string& text, int depth) {
    seat s;
    s.role = code;
    const actor named = read_actor(text);
    if (!named.person.empty()) {
        s.unit = named.unit;
        s.person = named.person;
    } else if (type == field_type::person) {
        s.person = text;
    } else if (const party* p = party_named(of, text); p != nullptr && p->code != code) {
        std::vector<seat> behind;
        resolve(of, state, p, p->code, depth - 1, behind);
        if (!behind.empty()) {
            s = behind.front();
            s.role = code;
        }
    } else {
        s.unit = text;
    }
    return s;
}

void from_field(const procedure& of, const case_state& state, const party& p, int depth,
                std::vector<seat>& found) {
    const field_state* field = state.find_field(p.bound_from);
    if (field == nullptr) return;
    field_type type = field_type::unit;
    for (const auto& f : of.forms)
        if (p.bound_from.form.empty() || f.code == p.bound_from.form)
            if (const auto* declared = f.find(p.bound_from.field)) type = declared->type;
    const auto add = [&](const std::string& text) {
        if (!blank(text)) found.push_back(named_in(of, state, p.code, type, text, depth));
    };
    if (const auto* text = field->content.get_if<std::string>()) add(*text);
    if (const auto* texts = field->content.get_if<std::vector<std::string>>())
        for (const auto& text : *texts) add(text);
}

void relative(const procedure& of, const case_state& state, const party& p, int depth,
              std::vector<seat>& found) {
    std::vector<seat> of_whom;
    resolve(of, state, party_named(of, p.relative_to), p.relative_to, depth - 1, of_whom);
    for (const auto& s : of_whom)
        if (!s.unit.empty())
            found.push_back({p.code, s.unit, {}, p.binding == binding_kind::head_of});
}

/// Adds everybody who stands behind a party; `p` is null for a code that the text does not declare.
void resolve(const procedure& of, const case_state& state, const party* p, std::string_view code,
             int depth, std::vector<seat>& found) {
    if (depth <= 0) return;
    if (p != nullptr) code = p->code;
    const std::size_t before = found.size();
    for (const auto& s : state.seats)
        if (s.role == code) found.push_back(s);
    if (found.size() != before) return;
    switch (p != nullptr ? p->binding : binding_kind::open) {
    case binding_kind::open:
        found.push_back({std::string(code), std::string(code), {}, false});
        break;
    case binding_kind::at_opening:
    case binding_kind::by_step: break;
    case binding_kind::from_field: from_field(of, state, *p, depth, found); break;
    case binding_kind::opener:
        if (state.status != case_status::none)
            found.push_back({p->code, state.opener.unit, state.opener.person, false});
        break;
    case binding_kind::head_of:
    case binding_kind::unit_of: relative(of, state, *p, depth, found); break;
    }
}

/// The same, with the members of a group that the text lists. One level: a group of groups stands
/// for the groups that it lists.
void resolve_members(const procedure& of, const case_state& state, std::string_view role,
                     std::vector<seat>& found) {
    const party* p = party_named(of, role);
    if (p == nullptr || p->kind != party_kind::group || p->members.empty() ||
        state.find_seat(p->code) != nullptr)
        return resolve(of, state, p, role, relative_depth, found);
    for (const auto& member : p->members)
        resolve(of, state, party_named(of, member), member, relative_depth, found);
}

/// The plain and common case: a role or unit that no one bound to anything else. Its code as an
/// actor's unit says nothing that the unit itself does not say.
bool stands_for_itself(const party& p, const case_state& state) noexcept {
    if (p.binding != binding_kind::open || p.kind == party_kind::group) return false;
    const seat* bound = state.find_seat(p.code);
    return bound == nullptr || (bound->unit == p.code && bound->person.empty() && !bound->head);
}

bool belongs(const facts& known, const std::string& person, const std::string& unit, bool& head) {
    bool found = false;
    for (const auto& m : known.memberships) {
        if (m.person != person || m.unit != unit) continue;
        found = true;
        head = head || m.head;
    }
    return found;
}

}  // namespace
}  // namespace parties_bodies

const party* party_named(const procedure& of, std::string_view code) noexcept {
    if (const party* p = of.find_party(code)) return p;
    const auto found = std::find_if(of.parties.begin(), of.parties.end(), [&](const party& p) {
        return std::find(p.aliases.begin(), p.aliases.end(), code) != p.aliases.end();
    });
    return found == of.parties.end() ? nullptr : &*found;
}

void add_members(const procedure& of, const case_state& state, std::string_view role,
                 std::vector<seat>& found) {
    parties_bodies::resolve_members(of, state, role, found);
}

std::vector<seat> seats_of(const procedure& of, const case_state& state, std::string_view role) {
    std::vector<seat> found;
    parties_bodies::resolve(of, state, party_named(of, role), role, parties_bodies::relative_depth,
                            found);
    return found;
}

std::vector<seat> members_of(const procedure& of, const case_state& state, std::string_view role) {
    std::vector<seat> found;
    parties_bodies::resolve_members(of, state, role, found);
    return found;
}

leads leads_of(const procedure& of, const case_state& state, const step& where,
               std::string_view chosen) {
    leads found;
    if (!where.lead.as_step.empty()) {
        // `chủ trì như bước 1`: the unit or post that did it, not the very person.
        const auto before =
            std::find_if(state.tasks.rbegin(), state.tasks.rend(), [&](const task_state& t) {
                return t.task.step == where.lead.as_step && t.status == task_status::done;
            });
        if (before == state.tasks.rend()) {
            found.unbound = where.lead.as_step;
            return found;
        }
        found.seats = before->leads;
        if (before->any_lead && !before->confirmed.empty()) {
            const std::string& who = before->confirmed.back().lead;
            std::erase_if(found.seats, [&](const seat& s) { return s.role != who; });
        }
        found.any = before->any_lead && found.seats.size() > 1;
        return found;
    }
    const bool joint = where.lead.how == lead_clause::mode::joint;
    found.seats.reserve(where.lead.parties.size());
    const party* wanted = chosen.empty() ? nullptr : party_named(of, chosen);
    for (const auto& code : where.lead.parties) {
        if (wanted != nullptr && party_named(of, code) != wanted) continue;
        const std::size_t before = found.seats.size();
        if (joint)
            parties_bodies::resolve(of, state, party_named(of, code), code,
                                    parties_bodies::relative_depth, found.seats);
        else
            parties_bodies::resolve_members(of, state, code, found.seats);
        if (found.seats.size() != before) continue;
        found.unbound = code;
        // Any one of several: whoever is bound may take it.
        if (where.lead.how == lead_clause::mode::any) continue;
        found.seats.clear();
        return found;
    }
    if (!found.seats.empty()) found.unbound.clear();
    // A single party with several seats (a group, or an assignment of two): any of them takes it.
    found.any = !joint && found.seats.size() > 1;
    return found;
}

std::vector<hat> hats_of(const context& with, const case_state& state, const actor& who) {
    std::vector<hat> hats;
    hats.reserve(2);
    if (with.known == nullptr || with.definition == nullptr) return hats;
    const facts& known = *with.known;
    // With memberships only what the person belongs to counts. A seat may be a person whose unit
    // the text does not name: then any unit of theirs will do.
    const auto put_on = [&](hat one) {
        if (known.source != basis::host_word) {
            one.head = false;
            if (who.person.empty()) return;
            if (!one.unit.empty() &&
                !parties_bodies::belongs(known, who.person, one.unit, one.head))
                return;
            one.person = who.person;
        }
        hats.push_back(std::move(one));
    };
    if (!who.unit.empty() || !who.person.empty()) put_on({who.unit, who.person, false});
    const party* p = party_named(*with.definition, who.unit);
    if (p == nullptr || (p->code == who.unit && parties_bodies::stands_for_itself(*p, state)))
        return hats;
    const std::size_t own = hats.size();
    for (auto& s : members_of(*with.definition, state, p->code))
        if (who.person.empty() || s.person.empty() || who.person == s.person)
            put_on({s.unit, who.person.empty() ? s.person : who.person, s.head});
    // The history names the unit and person that acted: a code that stands for two of them does not
    // say which, so it stands for neither.
    for (std::size_t i = own + 1; i < hats.size(); ++i)
        if (hats[i].unit != hats[own].unit || hats[i].person != hats[own].person) {
            hats.resize(own);
            break;
        }
    return hats;
}

const hat* wears(const std::vector<hat>& hats, const seat& place) noexcept {
    const auto found = std::find_if(hats.begin(), hats.end(), [&](const hat& h) {
        if (place.unit.empty() && place.person.empty()) return false;
        return (place.unit.empty() || h.unit == place.unit) &&
               (place.person.empty() || h.person == place.person) && (!place.head || h.head);
    });
    return found == hats.end() ? nullptr : &*found;
}

bool maybe_same(const actor& a, const actor& b) noexcept {
    if (!a.person.empty() && !b.person.empty()) return a.person == b.person;
    return a.unit == b.unit;
}

bool maybe_one_person(const actor& a, const actor& b) noexcept {
    return a.person.empty() || b.person.empty() || a.person == b.person;
}

std::string name_of_seat(const seat& place) {
    if (!place.unit.empty()) return to_string(actor{place.unit, place.person});
    return place.person.empty() ? place.role : place.person;
}

std::vector<std::string> names_of(const std::vector<seat>& places) {
    std::vector<std::string> names;
    for (const auto& place : places) {
        // The head of a unit is addressed through the role of the text that says so.
        auto name = place.head ? place.role : name_of_seat(place);
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

bool is_external(const procedure& of, const seat& place) noexcept {
    const party* p = party_named(of, place.role);
    return p != nullptr && p->kind == party_kind::external;
}

}  // namespace quytrinh::detail::engine
