// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/permit.ipp: the one gate. decide asks it inside every transition, and every
// read that is filtered asks the same.
#pragma once

#include <quytrinh/engine/impl/gate.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace quytrinh::detail::engine {

gate::gate(const context& with, const case_state& state, const case_command& what)
    : with_(with),
      text_(*with.definition),
      state_(state),
      what_(what),
      hats_(hats_of(with, state, what.by)) {
    if (with.known != nullptr) basis_ = with.known->source;
}

permission gate::judge() const {
    permission p = rule();
    if (!p.allowed) keep_able(p.who_could);
    return p;
}

/// Each is tried as somebody of that name would send this very command: what is known of persons is
/// known of the actor only, so the name is taken at its word.
void gate::keep_able(std::vector<std::string>& names) const {
    each_in_place(with_, what_, names, [&](const context& with, const case_command& same) {
        return gate(with, state_, same).rule().allowed;
    });
}

permission gate::rule() const {
    if (what_.body.valueless_by_exception()) return deny(errc::invalid_argument, {"command"});
    const bool opening = std::holds_alternative<command::open>(what_.body);
    const bool late_word = std::holds_alternative<command::link_report>(what_.body);
    if (!opening && state_.status == case_status::none)
        return deny(errc::not_found, {what_.target.str()});
    if (!opening && !late_word && state_.status != case_status::open) {
        const bool ended = state_.status == case_status::ended;
        const bool withdrawn = state_.status == case_status::withdrawn;
        return deny(errc::case_not_open, {ended ? "ended" : withdrawn ? "withdrawn" : "cancelled"});
    }
    return std::visit([this](const auto& c) { return on(c); }, what_.body);
}

void each_in_place(const context& with, const case_command& what, std::vector<std::string>& names,
                   const std::function<bool(const context&, const case_command&)>& passes) {
    if (names.empty()) return;
    facts by_name;
    by_name.source = basis::host_word;
    if (with.known != nullptr) by_name.table = with.known->table;
    context there = with;
    there.known = &by_name;
    case_command same = what;
    std::erase_if(names, [&](const std::string& name) {
        const auto could = [&](actor who) {
            same.by = std::move(who);
            return passes(there, same);
        };
        const actor named = read_actor(name);
        if (could(named)) return false;
        // Of a unit somebody may be wanted who has a name; a name alone may be a person's.
        return !named.person.empty() || !(could({named.unit, "?"}) || could({{}, named.unit}));
    });
}

// ---------------------------------------------------------------- answers

permission gate::allow(const seat& place, const hat& worn, capacity as, std::string on_behalf_of,
                       bool assigned) const {
    permission p;
    p.allowed = true;
    p.as = as;
    p.why = assigned ? basis::assignment : basis_;
    p.lead = place.role;
    p.unit = worn.unit.empty() ? what_.by.unit : worn.unit;
    p.person = worn.person;
    p.on_behalf_of = std::move(on_behalf_of);
    return p;
}

permission gate::system() const {
    permission p;
    p.allowed = true;
    p.as = capacity::system;
    p.why = basis::system;
    p.unit = what_.by.unit;
    p.person = what_.by.person;
    return p;
}

permission gate::deny(errc rule, std::vector<std::string> args,
                      std::vector<std::string> who_could) const {
    permission p;
    p.rule = rule;
    p.args = std::move(args);
    p.who_could = std::move(who_could);
    return p;
}

permission gate::deny(const error& why) const { return deny(why.code, why.args, why.who_could); }

permission gate::not_permitted(const std::string& step, std::vector<std::string> who_could) const {
    return deny(errc::not_permitted, {me(), verb(what_.body), step}, std::move(who_could));
}

std::string gate::me() const { return to_string(what_.by); }

// ---------------------------------------------------------------- questions

const hat* gate::sits(const seat& place) const {
    if (const hat* worn = wears(hats_, place)) return worn;
    // A group that leads jointly with others stays one seat; any member of it sits there.
    const party* p = party_named(text_, place.role);
    if (p == nullptr || p->kind != party_kind::group || p->members.empty()) return nullptr;
    for (const auto& member : members_of(text_, state_, p->code))
        if (const hat* worn = wears(hats_, member)) return worn;
    return nullptr;
}

const hat* gate::is_taker(const task_state& t) const {
    for (const auto& h : hats_)
        if (h.unit == t.assignee_unit && (t.assignee.empty() || h.person == t.assignee)) return &h;
    return nullptr;
}

std::vector<std::string> gate::workers_of(const task_state& t) const {
    return engine::workers_of(text_, t);
}

std::vector<std::string> gate::others_than(const task_state& t, const seat& place,
                                           const actor& who) const {
    task_state rest = t;
    if (t.assignee_unit == who.unit && t.assignee == who.person) rest.assignee_unit.clear();
    std::erase_if(rest.leads, [&](const seat& s) {
        const bool same_place = !s.unit.empty() && s.unit == place.unit && s.head == place.head;
        return s == place || (same_place && (s.person.empty() || s.person == who.person));
    });
    // Who notes for an outside lead is the one who was refused, where they sit there.
    if (rest.recorder.unit == who.unit) rest.recorder = {};
    return workers_of(rest);
}

const task_state* gate::task(const task_name& name, permission& why) const {
    const auto one = open_named(text_, state_, name);
    if (!one) {
        why = deny(one.error());
        return nullptr;
    }
    const task_state* found = one->task;
    if (found == nullptr) why = deny(not_open(text_, state_, name));
    found_ = found;
    return found;
}

std::string separated_from(const procedure& of, const case_state& state, const step& where,
                           std::string_view role, const actor& who) {
    const auto acted = [&](const std::string& id) {
        const auto history = state.steps.find(id);
        return history != state.steps.end() &&
               std::any_of(history->second.actors.begin(), history->second.actors.end(),
                           [&](const actor& a) { return maybe_one_person(a, who); });
    };
    for (const auto& rule : where.separations)
        for (const auto& id : rule.steps)
            if (acted(id)) return id;
    // `phân công NKT, khác NTH` binds whoever then works as NKT or as NTH, in whatever order they
    // come and however the task reached them.
    for (const auto& other : apart_from(of, role)) {
        for (const auto& s : seats_of(of, state, other))
            if (maybe_same(actor{s.unit, s.person}, who)) return other;
        // Of a step that both lead it is not said who acted as which.
        for (const auto& s : of.steps)
            if (among(s.lead.parties, other) && !among(s.lead.parties, role) && acted(s.id))
                return s.id;
    }
    return {};
}

std::vector<std::string> apart_from(const procedure& of, std::string_view role) {
    std::vector<std::string> others;
    const party* p = nullptr;
    const auto add = [&](const std::string& code) {
        if (!among(others, code)) others.push_back(code);
    };
    for (const auto& giver : of.steps)
        for (const auto& clause : giver.assignments) {
            if (clause.different_from.empty()) continue;
            if (p == nullptr) p = party_named(of, role);
            if (p == nullptr) return others;
            const bool own = party_named(of, clause.role) == p;
            for (const auto& other : clause.different_from)
                if (own)
                    add(other);
                else if (party_named(of, other) == p)
                    add(clause.role);
        }
    return others;
}

std::vector<std::string> needs_name(const procedure& of, const step& where, std::string_view role) {
    std::vector<std::string> why(5);
    const auto because = [&](std::size_t what, const std::string& against) {
        why[0] = where.id;
        why[what] = against;
        return why;
    };
    for (const auto& rule : where.separations)
        if (!rule.steps.empty()) return because(1, rule.steps.front());
    const party* p = party_named(of, role);
    for (const auto& s : of.steps) {
        for (const auto& rule : s.separations)
            if (among(rule.steps, where.id)) return because(2, s.id);
        for (const auto& clause : s.assignments)
            for (const auto& other : clause.different_from) {
                if (p != nullptr && party_named(of, clause.role) == p) return because(3, other);
                if (among(where.lead.parties, other) ||
                    (p != nullptr && party_named(of, other) == p))
                    return because(4, clause.role);
            }
    }
    return {};
}

std::vector<std::string> same_person_args(const procedure& of, const actor& who,
                                          const std::string& against, const std::string& step,
                                          const std::string& another_of) {
    const bool did = of.find_step(against) != nullptr;
    return {to_string(who), did ? against : std::string{}, step, another_of,
            did ? std::string{} : against};
}

std::string gate::forbidden_by(const task_state& t, const seat& place, const actor& who) const {
    const step* where = text_.find_step(t.task.step);
    return where == nullptr ? std::string{}
                            : separated_from(text_, state_, *where, place.role, who);
}

// ---------------------------------------------------------------- ways through

namespace permit_bodies {
namespace {

/// Where another person for a seat is to be looked for: its unit, or the role of a head.
std::string name_of_other(const seat& place) {
    return place.head || place.unit.empty() ? place.role : place.unit;
}

}  // namespace
}  // namespace permit_bodies

permission gate::worker(const task_state& t, bool decides) const {
    const auto through = [&](const seat& place, const hat& worn, capacity as, std::string on_behalf,
                             bool assigned) -> permission {
        const actor who{worn.unit.empty() ? what_.by.unit : worn.unit, worn.person};
        if (decides) {
            const step* where = text_.find_step(t.task.step);
            if (who.person.empty() && where != nullptr)
                if (auto why = needs_name(text_, *where, place.role); !why.empty())
                    return deny(errc::person_missing, std::move(why));
            if (auto against = forbidden_by(t, place, who); !against.empty())
                return deny(errc::same_person,
                            same_person_args(text_, who, against, t.task.step,
                                             permit_bodies::name_of_other(place)),
                            others_than(t, place, who));
        }
        return allow(place, worn, as, std::move(on_behalf), assigned);
    };
    const bool taken = !t.assignee_unit.empty();
    if (taken) {
        seat held;
        for (const auto& s : t.leads)
            if (s.role == t.assigned_for) held = s;
        const bool outside = is_external(text_, held);
        const seat& own = outside ? t.recorder : held;
        if (const hat* worn = is_taker(t)) {
            const capacity as = t.by_authority ? capacity::tuq
                                : outside      ? capacity::recorder
                                               : capacity::own;
            const bool behalf = t.by_authority || outside;
            // An assignment is enough by itself; what was merely claimed needs the unit all along.
            if (t.assigned || sits(own) != nullptr)
                return through(held, *worn, as, behalf ? held.role : std::string{}, t.assigned);
        } else if (sits(own) != nullptr) {
            return deny(errc::taken_by_other,
                        {t.task.step, to_string(actor{t.assignee_unit, t.assignee})},
                        workers_of(t));
        }
    }
    // Who leads under two roles confirms first for the one that has not been confirmed.
    for (const bool again : {false, true}) {
        for (const auto& s : t.leads) {
            if (has_confirmed(t, s.role) != again || (taken && s.role == t.assigned_for)) continue;
            const bool outside = is_external(text_, s);
            const seat& own = outside ? t.recorder : s;
            if (outside && t.recorder.role.empty()) continue;
            if (taken && t.any_lead) continue;
            if (const hat* worn = sits(own))
                return through(s, *worn, outside ? capacity::recorder : capacity::own,
                               outside ? s.role : std::string{}, false);
        }
    }
    if (taken && t.any_lead)
        for (const auto& s : t.leads)
            if (sits(s) != nullptr)
                return deny(errc::taken_by_other,
                            {t.task.step, to_string(actor{t.assignee_unit, t.assignee})},
                            workers_of(t));
    return not_permitted(t.task.step, workers_of(t));
}

permission gate::disposer(const task_state& t) const {
    std::vector<seat> could;
    for (const auto& s : t.leads) {
        seat own = is_external(text_, s) ? t.recorder : s;
        // A joint lead that has confirmed has no work left to give.
        if (own.role.empty() || has_confirmed(t, s.role)) continue;
        // The unit disposes of the work, even of work that the text gives to one of its persons.
        if (!own.unit.empty()) own.person.clear();
        if (const hat* worn = sits(own)) {
            auto p = allow(s, *worn, is_external(text_, s) ? capacity::recorder : capacity::own,
                           is_external(text_, s) ? s.role : std::string{});
            return p;
        }
        could.push_back(std::move(own));
    }
    return not_permitted(t.task.step, names_of(could));
}

permission gate::taker(const task_state& t) const {
    if (t.assignee_unit.empty())
        return deny(errc::not_claimed, {t.task.step, listed(workers_of(t))});
    if (const hat* worn = is_taker(t)) {
        seat held;
        for (const auto& s : t.leads)
            if (s.role == t.assigned_for) held = s;
        const bool outside = is_external(text_, held);
        return allow(held, *worn,
                     t.by_authority ? capacity::tuq
                     : outside      ? capacity::recorder
                                    : capacity::own,
                     t.by_authority || outside ? held.role : std::string{}, t.assigned);
    }
    return deny(errc::taken_by_other, {t.task.step, to_string(actor{t.assignee_unit, t.assignee})},
                workers_of(t));
}

permission gate::participant(const task_name& name, bool informed_too) const {
    permission why;
    const task_state* only = nullptr;
    if (!name.empty()) {
        only = task(name, why);
        if (only == nullptr) return why;
    }
    std::vector<seat> could;
    const auto try_seats = [&](const std::vector<seat>& places) -> const hat* {
        for (const auto& s : places) {
            if (is_external(text_, s)) continue;
            could.push_back(s);
            if (const hat* worn = sits(s)) return worn;
        }
        return nullptr;
    };
    for (const auto& t : state_.tasks) {
        if (t.status != task_status::open || (only != nullptr && &t != only)) continue;
        // What worker() allows stands first: it knows by whose authority somebody acts.
        if (auto p = worker(t, false); p.allowed) return p;
        std::vector<seat> places = t.leads;
        places.insert(places.end(), t.with.begin(), t.with.end());
        if (informed_too) places.insert(places.end(), t.inform.begin(), t.inform.end());
        if (!t.recorder.role.empty()) places.push_back(t.recorder);
        for (const auto& c : state_.consultations)
            if (c.status == task_status::open && c.task == t.task)
                places.insert(places.end(), c.asked.begin(), c.asked.end());
        if (const hat* worn = try_seats(places)) return allow(could.back(), *worn, capacity::own);
    }
    const seat opener{{}, state_.opener.unit, state_.opener.person, false};
    if (const hat* worn = sits(opener)) return allow(opener, *worn, capacity::own);
    could.push_back(opener);
    return not_permitted(only != nullptr ? only->task.step : std::string{}, names_of(could));
}

bool gate::acted_on_by_others(const seat& place) const {
    return std::any_of(state_.tasks.begin(), state_.tasks.end(), [&](const task_state& t) {
        if (t.status == task_status::done) return t.closed_by.unit != place.unit;
        return t.acted_on && std::none_of(t.leads.begin(), t.leads.end(),
                                          [&](const seat& s) { return s.unit == place.unit; });
    });
}

permission gate::by_right(right_clause::kind what) const {
    std::vector<seat> could;
    bool written = false, acted = false;
    std::string too_late;
    for (const auto& right : text_.rights) {
        if (right.what != what) continue;
        written = true;
        const auto reached = state_.steps.find(right.before_step);
        const bool late = !right.before_step.empty() && reached != state_.steps.end() &&
                          reached->second.rounds > 0;
        for (const auto& code : right.parties) {
            const party* p = party_named(text_, code);
            const bool outside = p != nullptr && p->kind == party_kind::external;
            auto places = outside ? std::vector<seat>{} : members_of(text_, state_, code);
            // An outside body withdraws through whoever notes what it does.
            if (outside)
                for (const auto& s : text_.steps)
                    if (!s.recorder.empty() && among(s.lead.parties, code))
                        for (auto& r : seats_of(text_, state_, s.recorder)) places.push_back(r);
            for (const auto& place : places) {
                const hat* worn = sits(place);
                if (worn == nullptr) {
                    could.push_back(place);
                    continue;
                }
                // Without a step to stop at, the sender may take back only what nobody has acted
                // on.
                if (what == right_clause::kind::withdraw && right.before_step.empty() &&
                    acted_on_by_others(place)) {
                    acted = true;
                    continue;
                }
                if (!late)
                    return outside ? allow(place, *worn, capacity::recorder, code)
                                   : allow(place, *worn, capacity::own);
                too_late = right.before_step;
            }
        }
    }
    const std::string act = verb(what_.body);
    if (!written)
        return deny(errc::right_not_written,
                    {text_.code,
                     act,
                     {},
                     {},
                     what == right_clause::kind::withdraw ? listed(cancellers_of(text_, state_))
                                                          : std::string{}});
    if (!acted && too_late.empty()) return not_permitted({}, names_of(could));
    if (what == right_clause::kind::cancel)
        return deny(errc::right_not_written, {text_.code, "cancel_late", too_late},
                    cancellers_of(text_, state_));
    const std::string cancellers = listed(cancellers_of(text_, state_));
    return deny(errc::too_late_to_withdraw, {acted ? "begun" : "step_opened", too_late,
                                             cancellers.empty() ? "" : "cancel", cancellers});
}

}  // namespace quytrinh::detail::engine

namespace quytrinh {

permission permit(const context& with, const case_state& state, const case_command& what) {
    QUYTRINH_ASSERT(with.definition != nullptr);
    return detail::engine::gate(with, state, what).judge();
}

}  // namespace quytrinh
