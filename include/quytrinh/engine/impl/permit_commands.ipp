// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/permit_commands.ipp: which way through the gate each command takes.
#pragma once

#include <quytrinh/engine/impl/gate.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <utility>

namespace quytrinh::detail::engine {

permission gate::on(const command::open& c) const {
    if (!c.parent.empty()) return system();
    const auto before = before_opening(with_, what_, c);
    if (!before) return deny(before.error());
    const auto entry = entry_of(text_, c);
    if (!entry) return deny(entry.error());
    // The first task as it will stand, judged by the rule that will hold for its completion.
    const auto who = leads_of(text_, *before, **entry);
    if (!who.unbound.empty()) return deny(errc::role_unbound, {who.unbound});
    task_state first;
    first.task = {(*entry)->id, 1};
    first.leads = who.seats;
    first.any_lead = who.any;
    if (!(*entry)->recorder.empty())
        if (auto notes = seats_of(text_, *before, (*entry)->recorder); !notes.empty())
            first.recorder = notes.front();
    return gate(with_, *before, what_).worker(first, false);
}

permission gate::on(const command::receive& c) const {
    permission why;
    const task_state* t = task(c.task, why);
    return t == nullptr ? why : worker(*t, false);
}

permission gate::on(const command::claim& c) const {
    permission why;
    const task_state* t = task(c.task, why);
    if (t == nullptr) return why;
    permission p = worker(*t, true);
    // A joint lead that has confirmed has nothing left to take.
    if (p.allowed && has_confirmed(*t, p.lead))
        return deny(errc::already_confirmed, {to_string(what_.by), t->task.step},
                    names_of(not_confirmed(*t)));
    return p;
}

permission gate::on(const command::release& c) const {
    permission why;
    const task_state* t = task(c.task, why);
    return t == nullptr ? why : taker(*t);
}

permission gate::on(const command::assign& c) const {
    permission why;
    const task_state* t = task(c.task, why);
    if (t == nullptr) return why;
    auto p = disposer(*t);
    if (p.allowed && !t->assignee_unit.empty() && is_taker(*t) == nullptr)
        return deny(errc::taken_by_other,
                    {t->task.step, to_string(actor{t->assignee_unit, t->assignee})},
                    workers_of(*t));
    return p;
}

permission gate::on(const command::reassign& c) const {
    permission why;
    const task_state* t = task(c.task, why);
    return t == nullptr ? why : disposer(*t);
}

permission gate::on(const command::record& c) const {
    permission why;
    const task_state* t = task(c.task, why);
    return t == nullptr ? why : worker(*t, false);
}

permission gate::on(const command::complete& c) const {
    permission why;
    const task_state* t = task(c.task, why);
    return t == nullptr ? why : worker(*t, true);
}

permission gate::on(const command::opine& c) const {
    permission why;
    const task_state* t = task(c.task, why);
    if (t == nullptr) return why;
    std::vector<seat> could;
    for (const auto& s : t->with) {
        if (is_external(text_, s)) continue;
        if (const hat* worn = sits(s)) return allow(s, *worn, capacity::own);
        could.push_back(s);
    }
    return not_permitted(t->task.step, names_of(could));
}

permission gate::on(const command::consult& c) const {
    const step* question = text_.find_step(c.consultation);
    if (question == nullptr || question->kind != step_kind::consultation)
        return deny(errc::no_such_step, {text_.code, c.consultation});
    const auto here = [&](const std::string& id) {
        return question->at_any_step || among(question->at_steps, id);
    };
    permission why;
    if (!c.task.empty()) {
        const task_state* t = task(c.task, why);
        if (t == nullptr) return why;
        if (!here(t->task.step))
            return deny(errc::not_asked_here,
                        {c.consultation, t->task.step, listed(question->at_steps)});
        return worker(*t, false);
    }
    const task_state* only = nullptr;
    for (const auto& t : state_.tasks) {
        if (t.status != task_status::open || !here(t.task.step)) continue;
        if (only != nullptr)
            return deny(errc::task_ambiguous,
                        {only->task.step, to_string(only->task) + ", " + to_string(t.task)});
        only = &t;
    }
    if (only == nullptr) return deny(not_open(text_, state_, listed(question->at_steps)));
    return worker(*only, false);
}

permission gate::on(const command::answer& c) const {
    const auto key = find_open(text_, state_, c.consultation);
    if (!key) return deny(key.error());
    const auto* question = state_.find_consultation(*key);
    if (question == nullptr) return deny(not_open(text_, state_, c.consultation));
    // A role stands in this question for whoever was asked under it, whatever another question of
    // its kind made of it since.
    case_state then;
    then.seats = question->asked;
    then.seats.push_back(question->recorder);
    const auto hats = hats_of(with_, then, what_.by);
    std::vector<seat> could;
    for (const auto& s : question->asked) {
        const bool outside = is_external(text_, s);
        const seat& own = outside ? question->recorder : s;
        if (own.role.empty()) continue;
        const hat* worn = sits(own);
        if (worn == nullptr) worn = wears(hats, own);
        if (worn != nullptr)
            return allow(s, *worn, outside ? capacity::recorder : capacity::own,
                         outside ? s.role : std::string{});
        could.push_back(own);
    }
    return not_permitted(key->step, names_of(could));
}

permission gate::on(const command::comment& c) const { return participant(c.task, true); }
permission gate::on(const command::attach& c) const { return participant(c.task, false); }
permission gate::on(const command::signal&) const { return participant({}, false); }
permission gate::on(const command::link&) const { return participant({}, false); }
permission gate::on(const command::withdraw&) const {
    return by_right(right_clause::kind::withdraw);
}
permission gate::on(const command::cancel&) const { return by_right(right_clause::kind::cancel); }
permission gate::on(const command::timer_fired&) const { return system(); }
permission gate::on(const command::link_report&) const { return system(); }

}  // namespace quytrinh::detail::engine
