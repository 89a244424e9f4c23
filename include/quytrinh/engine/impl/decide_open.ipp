// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/decide_open.ipp: opening a case, by a person or by another case.
#pragma once

#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/gate.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace open_bodies {
namespace {

unexpected wrong(const binding& b, std::string why) {
    return fail(errc::binding_wrong, {b.role, to_string(actor{b.unit, b.person}), std::move(why)});
}

/// May this role be chosen by whoever opens? Each role is bound in exactly one way.
bool chosen_at_opening(const party& p, bool enters_later) noexcept {
    switch (p.binding) {
    case binding_kind::open:
    case binding_kind::at_opening: return true;
    // An entry past the step that would have assigned it leaves nobody else to say who it is.
    case binding_kind::by_step: return enters_later;
    case binding_kind::from_field:
    case binding_kind::opener:
    case binding_kind::head_of:
    case binding_kind::unit_of: break;
    }
    return false;
}

result<void> bind_one(const context& with, case_state& state, const binding& b, bool enters_later) {
    const procedure& of = *with.definition;
    const party* p = party_named(of, b.role);
    if (p == nullptr) return wrong(b, "no_such_party");
    if (b.unit.empty() && b.person.empty()) return wrong(b, "nobody_named");
    if (!chosen_at_opening(*p, enters_later)) return wrong(b, "bound_otherwise");
    // Several units may stand for a group; everybody else is one.
    if (p->kind != party_kind::group && state.find_seat(p->code) != nullptr)
        return wrong(b, "bound_already");
    if (with.known != nullptr && with.known->source != basis::host_word && !b.person.empty() &&
        !b.unit.empty()) {
        const auto& all = with.known->memberships;
        if (std::none_of(all.begin(), all.end(),
                         [&](const auto& m) { return m.person == b.person && m.unit == b.unit; }))
            return wrong(b, "not_of_unit");
    }
    state.seats.push_back({p->code, b.unit, b.person, false});
    return {};
}

/// The opener's own unit: a role's code stands for the unit that was just bound to it.
actor opener_of(const procedure& of, const case_state& state, const actor& by) {
    const party* p = party_named(of, by.unit);
    if (p == nullptr || p->binding == binding_kind::opener) return by;
    const auto behind = seats_of(of, state, p->code);
    if (behind.empty() || behind.front().unit.empty()) return by;
    return {behind.front().unit, by.person.empty() ? behind.front().person : by.person};
}

/// A case that must open another one is not begun where that other one is not known: it could
/// never be finished.
result<void> links_known(const desk& d) {
    for (const step& s : d.text.steps) {
        for (const link_clause& link : s.links) {
            if (link.may || link.procedure == d.text.code) continue;
            if (!d.with.find_procedure || d.with.find_procedure(link.procedure) == nullptr)
                return fail(errc::linked_unknown, {s.id, link.procedure});
        }
    }
    return {};
}

/// A text that is not in force yet begins no case.
result<void> in_force(const desk& d) {
    const auto first = first_day_of(d.text.head.effective);
    if (!first) return {};
    const auto offset = d.with.days != nullptr ? d.with.days->offset : std::chrono::minutes{420};
    if (d.at >= start_of(*first, offset)) return {};
    return fail(errc::not_in_force, {d.text.code, to_day_first(d.text.head.effective)});
}

}  // namespace
}  // namespace open_bodies

result<case_state> before_opening(const context& with, const case_command& what,
                                  const command::open& c) {
    const procedure& of = *with.definition;
    if (c.procedure != of.code) return fail(errc::procedure_unknown, {c.procedure});
    case_state state;
    state.id = what.target;
    for (const auto& b : c.bind)
        if (auto done = open_bodies::bind_one(with, state, b, !c.at_step.empty()); !done)
            return done.failure();
    for (const auto& p : of.parties) {
        if (p.binding == binding_kind::at_opening && state.find_seat(p.code) == nullptr)
            return fail(errc::role_unbound, {p.code});
        // Written down, so that the history shows who stood behind each role from the first event
        // on.
        if (p.kind == party_kind::role && p.binding == binding_kind::open &&
            state.find_seat(p.code) == nullptr)
            state.seats.push_back({p.code, p.code, {}, false});
    }
    state.opener = open_bodies::opener_of(of, state, what.by);
    for (const auto& p : of.parties)
        if (p.binding == binding_kind::opener)
            state.seats.push_back({p.code, state.opener.unit, state.opener.person, false});
    state.status = case_status::open;
    return state;
}

namespace open_bodies {
namespace {

/// Where the text lets a case begin.
std::vector<std::string> entries_of(const procedure& of) {
    std::vector<std::string> ids;
    if (const step* first = of.first_step()) ids.push_back(first->id);
    for (const auto& id : of.may_open_at)
        if (!among(ids, id)) ids.push_back(id);
    return ids;
}

}  // namespace
}  // namespace open_bodies

result<const step*> entry_of(const procedure& of, const command::open& c) {
    const step* first = of.first_step();
    if (c.at_step.empty() || (first != nullptr && first->id == c.at_step)) {
        if (first == nullptr) return fail(errc::no_such_step, {of.code, "1"});
        return first;
    }
    const step* found = of.find_step(c.at_step);
    if (found == nullptr) return fail(errc::no_such_step, {of.code, c.at_step});
    if (found->kind != step_kind::step || !among(of.may_open_at, c.at_step))
        return fail(errc::entry_not_allowed,
                    {of.code, c.at_step, listed(open_bodies::entries_of(of))});
    return found;
}

result<void> perform(desk& d, const command::open& c) {
    auto before = before_opening(d.with, d.what, c);
    if (!before) return before.failure();
    const auto entry = entry_of(d.text, c);
    if (!entry) return entry.failure();
    if (auto ready = open_bodies::in_force(d); !ready) return ready;
    if (auto all = open_bodies::links_known(d); !all) return all;
    const step& where = **entry;
    const bool linked = !c.parent.empty();

    auto& e = d.begin<event::case_opened>();
    e.procedure = d.text.code;
    e.definition = d.text.hash;
    e.reference = c.reference;
    e.seats = before->seats;
    e.opener = before->opener;
    e.parent = c.parent;
    e.parent_seq = c.parent_seq;
    e.parent_index = c.parent_index;
    e.entry_step = where.id;

    // Copied fields may belong to any form; a person fills what the first step fills.
    auto entries = read_entries(d.text, linked ? nullptr : &where, c.fields);
    if (!entries) return entries.failure();
    // What is carried over names a file of the case that it comes from.
    if (!linked)
        if (auto done = settle_files(d.state, {}, *entries); !done) return done;
    reading seen = d.look();
    seen.state = &*before;
    seen.pending = &*entries;
    if (linked) {
        for (const auto& one : *entries) {
            e.fields.emplace_back(one.of->code, one.field->name, one.content);
            if (!among(e.effects.renewed, one.of->code)) e.effects.renewed.push_back(one.of->code);
        }
    } else if (!entries->empty()) {
        const auto held = acts_of(where, seen);
        if (!held) return held.failure();
        written out;
        if (auto done = write_entries(seen, where, {where.id, 1}, *held, false, out); !done)
            return done;
        e.fields = std::move(out.fields);
        e.effects = std::move(out.effects);
    }
    auto clock = count_case(seen, d.at);
    if (!clock) return clock.failure();
    e.case_due = clock->due;
    e.case_due_trace = std::move(clock->trace);
    if (auto done = d.commit(); !done) return done;
    return open_task(d, where, {});
}

}  // namespace quytrinh::detail::engine
