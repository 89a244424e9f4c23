// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/decide_hold.ipp: who has a task: receive, claim, release, assign, reassign.
#pragma once

#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/gate.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <utility>

namespace quytrinh::detail::engine {

namespace hold_bodies {
namespace {

/// The seat of the task under which the gate let the actor through; whoever notes, for an outside
/// lead.
seat own_seat(const desk& d, const task_state& t) {
    for (const auto& s : t.leads)
        if (s.role == d.who.lead) return is_external(d.text, s) ? t.recorder : s;
    return t.leads.empty() ? seat{} : t.leads.front();
}

template <class Handing>
result<void> hand_over(desk& d, const Handing& c, bool again) {
    const auto found = d.task(c.task);
    if (!found) return found.failure();
    const task_state& t = **found;
    const auto where = d.step_of(t.task);
    if (!where) return where.failure();
    if (c.person.empty()) return fail(errc::invalid_argument, {"no_person"});
    const seat own = own_seat(d, t);

    auto& e = d.begin<event::task_assigned>();
    e.task = t.task;
    e.unit = c.unit.empty() ? (own.unit.empty() ? d.by.unit : own.unit) : d.unit_named(c.unit);
    e.person = c.person;
    e.reason = c.reason;
    e.again = again;
    e.lead = d.who.lead;
    if (e.unit != own.unit && !own.unit.empty()) {
        // `hoặc người được ủy quyền`: only where the text says so, and never for an outside body.
        if (!(*where)->lead.or_delegate || d.who.as == capacity::recorder)
            return fail(errc::right_not_written, {d.text.code, "assign_outside", t.task.step});
        e.by_authority = true;
    }
    if (again && e.unit == t.assignee_unit && e.person == t.assignee)
        return fail(errc::binding_wrong,
                    {e.lead, to_string(actor{e.unit, e.person}), "holds_already"});
    if (!d.belongs(e.person, e.unit))
        return fail(errc::binding_wrong,
                    {e.lead, to_string(actor{e.unit, e.person}), "not_of_unit"});
    const auto against = separated_from(d.text, d.state, **where, e.lead, {e.unit, e.person});
    if (!against.empty())
        return fail(with_others(
            errc::same_person,
            same_person_args(d.text, {e.unit, e.person}, against, t.task.step, e.unit), {}));
    notice_list notices;
    notices.tell(notice_kind::task_assigned, seat{e.lead, e.unit, e.person, false}, relation::lead);
    // Whoever had it learns that it is gone.
    if (again)
        notices.tell(notice_kind::task_assigned,
                     seat{t.assigned_for, t.assignee_unit, t.assignee, false}, relation::inform);
    e.notices = notices.take();
    return d.commit();
}

}  // namespace
}  // namespace hold_bodies

result<void> perform(desk& d, const command::receive& c) {
    const auto found = d.task(c.task);
    if (!found) return found.failure();
    const task_state& t = **found;
    const auto where = d.step_of(t.task);
    if (!where) return where.failure();
    if (!t.awaiting_receipt) {
        const errc rule =
            (*where)->must_acknowledge ? errc::already_received : errc::receipt_not_needed;
        return fail(rule, {t.task.step});
    }
    auto& e = d.begin<event::task_received>();
    e.task = t.task;
    auto due =
        count_due({*where, t.from_step, t.returned, t.opened_at, d.at, &t.due}, d.look().from(t));
    if (!due) return due.failure();
    e.due = std::move(*due);
    return d.commit();
}

result<void> perform(desk& d, const command::claim& c) {
    const auto found = d.task(c.task);
    if (!found) return found.failure();
    const task_state& t = **found;
    if (!t.assignee_unit.empty())
        return fail(errc::taken_by_other,
                    {t.task.step, to_string(actor{t.assignee_unit, t.assignee})});
    // A unit may take what several units could; inside one unit only a person can take anything.
    if (d.by.person.empty() && !t.any_lead) return fail(errc::invalid_argument, {"no_person"});
    return d.emit(event::task_claimed{t.task, d.who.lead});
}

result<void> perform(desk& d, const command::release& c) {
    const auto found = d.task(c.task);
    if (!found) return found.failure();
    return d.emit(event::task_released{(*found)->task});
}

result<void> perform(desk& d, const command::assign& c) {
    return hold_bodies::hand_over(d, c, false);
}

result<void> perform(desk& d, const command::reassign& c) {
    const auto found = d.task(c.task);
    if (!found) return found.failure();
    if ((*found)->assignee_unit.empty())
        return fail(errc::not_claimed, {(*found)->task.step, listed(workers_of(d.text, **found))});
    if (blank(c.reason)) return fail(errc::act_reason_missing, {verb(d.what.body)});
    return hold_bodies::hand_over(d, c, true);
}

}  // namespace quytrinh::detail::engine
