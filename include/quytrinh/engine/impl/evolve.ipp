// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/evolve.ipp: one fact onto a state. Everything it needs stands in the event:
// no procedure, calendar or clock, so replay gives the same state in ten years. Events come from a
// store and are hostile until proven possible: each is checked whole before anything of the state
// changes.
#pragma once

#include <quytrinh/engine/impl/folding.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace quytrinh {

namespace detail::folding::facts_of {
namespace {

result<void> apply(case_state& state, const case_event& fact, const event::case_opened& e) {
    if (state.status != case_status::none) return corrupt(fact, "the case is open already");
    if (e.procedure.empty() || !fields_possible(e.fields, e.effects) || !e.effects.dues.empty())
        return corrupt(fact, "not an opening");
    state.status = case_status::open;
    state.procedure = e.procedure;
    state.definition = e.definition;
    state.reference = e.reference;
    state.opened_at = fact.at;
    state.opener = e.opener;
    state.parent = e.parent;
    state.parent_seq = e.parent_seq;
    state.parent_index = e.parent_index;
    state.case_due = e.case_due;
    state.seats = e.seats;
    // Fields that the opener gives belong to the first task; copied ones to no task of this case.
    const task_key where = e.parent.empty() ? task_key{e.entry_step, 1} : task_key{};
    apply_fields(state, fact, where, e.fields, e.effects, e.parent);
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::task_opened& e) {
    if (!next_round(state, e.task)) return corrupt(fact, "a round out of order");
    auto& history = state.steps[e.task.step];
    history.rounds = e.task.round;
    task_state& t = state.tasks.emplace_back();
    t.task = e.task;
    t.leads = e.leads;
    t.any_lead = e.any_lead;
    t.with = e.with;
    t.inform = e.inform;
    t.recorder = e.recorder;
    t.from_step = e.from_step;
    t.returned = e.returned;
    t.return_reason = e.return_reason;
    t.opened_at = fact.at;
    t.received_at = e.received_at;
    t.awaiting_receipt = e.awaiting_receipt;
    t.not_counted = e.not_counted;
    t.due = e.due;
    if (!e.awaiting_receipt) {
        mark(history.first_started, history.started, e.received_at);
        if (!e.from_step.empty()) {
            auto& from = state.steps[e.from_step];
            mark(from.first_received, from.received, e.received_at);
        }
    }
    if (e.case_due) set_case_due(state, *e.case_due, fact.at);
    apply_parts(state, e.parts, fact.at);
    run_clock(state, fact.at);
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::task_received& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr || !task->awaiting_receipt) return corrupt(fact, "nothing to receive");
    task->awaiting_receipt = false;
    task->received_at = fact.at;
    task->acted_on = true;
    set_due(*task, e.due, fact.at);
    auto& history = state.steps[e.task.step];
    mark(history.first_started, history.started, fact.at);
    if (!task->from_step.empty()) {
        auto& from = state.steps[task->from_step];
        mark(from.first_received, from.received, fact.at);
    }
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::task_claimed& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr || !task->assignee_unit.empty()) return corrupt(fact, "nothing to claim");
    task->assignee_unit = fact.by.unit;
    task->assignee = fact.by.person;
    task->assigned = false;
    task->by_authority = false;
    task->assigned_for = e.lead;
    task->acted_on = true;
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::task_released& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr || task->assignee_unit.empty()) return corrupt(fact, "nothing to release");
    task->assignee_unit.clear();
    task->assignee.clear();
    task->assigned_for.clear();
    task->assigned = false;
    task->by_authority = false;
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::task_assigned& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr || e.unit.empty()) return corrupt(fact, "nothing to assign");
    task->assignee_unit = e.unit;
    task->assignee = e.person;
    task->assigned = true;
    task->by_authority = e.by_authority;
    task->assigned_for = e.lead;
    task->acted_on = true;
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::fields_recorded& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr) return corrupt(fact, "an entry outside an open task");
    if (!fields_possible(e.fields, e.effects) || !dues_possible(state, e.effects.dues))
        return corrupt(fact, "an entry that cannot be");
    task->acted_on = true;
    if (!e.channel.empty()) task->channel = e.channel;
    apply_fields(state, fact, e.task, e.fields, e.effects);
    return {};
}

void keep_attachments(case_state& state, const case_event& fact, const task_key& task,
                      const std::vector<attachment>& files) {
    for (const auto& file : files) state.attachments.push_back({task, fact.by, fact.at, file});
}

/// A lead has said how it goes on, each copy made where it stays.
template <class Event>
void confirm(task_state& task, const actor& by, const Event& e) {
    auto& one = task.confirmed.emplace_back();
    one.lead = e.lead;
    one.by = by;
    one.outcome = e.outcome;
}

result<void> apply(case_state& state, const case_event& fact, const event::task_confirmed& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr || task->any_lead || task->leads.size() < 2)
        return corrupt(fact, "a confirmation of a task that is not led jointly");
    if (!fields_possible(e.fields, e.effects) || !dues_possible(state, e.effects.dues))
        return corrupt(fact, "an entry that cannot be");
    task->acted_on = true;
    confirm(*task, fact.by, e);
    if (task->outcome.empty()) task->outcome = e.outcome;
    if (task->reason.empty()) task->reason = e.reason;
    if (!e.channel.empty()) task->channel = e.channel;
    for (const auto& text : e.confirmed) add_once(task->ticked, text);
    // A joint lead that has confirmed is done with the task: what it had taken is free again.
    if (task->assigned_for == e.lead) {
        task->assignee_unit.clear();
        task->assignee.clear();
        task->assigned_for.clear();
        task->assigned = task->by_authority = false;
    }
    keep_attachments(state, fact, e.task, e.attachments);
    apply_fields(state, fact, e.task, e.fields, e.effects);
    return {};
}

void record_completion(case_state& state, const case_event& fact, const task_state& task) {
    auto& history = state.steps[task.task.step];
    mark(history.first_completed, history.completed, fact.at);
    if (task.outcome == "OK") mark(history.first_ok, history.ok, fact.at);
    if (task.outcome == "NOK") mark(history.first_nok, history.nok, fact.at);
    for (const auto& c : task.confirmed) history.actors.push_back(c.by);
}

void bind(case_state& state, const std::vector<seat>& assigned) {
    // First all old seats of these roles, then the new ones: a role may be given to several at
    // once.
    std::erase_if(state.seats, [&](const seat& old) {
        return std::any_of(assigned.begin(), assigned.end(),
                           [&](const seat& s) { return s.role == old.role; });
    });
    for (const seat& one : assigned) state.seats.push_back(one);
}

result<void> apply(case_state& state, const case_event& fact, const event::task_completed& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr) return corrupt(fact, "a completion of a task that is not open");
    if (!fields_possible(e.fields, e.effects)) return corrupt(fact, "an entry that cannot be");
    task->status = task_status::done;
    if (!dues_possible(state, e.effects.dues)) {
        task->status = task_status::open;
        return corrupt(fact, "a limit of nothing that is open");
    }
    task->outcome = e.outcome;
    if (!e.reason.empty()) task->reason = e.reason;
    if (!e.channel.empty()) task->channel = e.channel;
    confirm(*task, fact.by, e);
    for (const auto& text : e.confirmed) add_once(task->ticked, text);
    task->late = e.late;
    task->closed_at = fact.at;
    task->closed_by = fact.by;
    record_completion(state, fact, *task);
    if (!e.afterwards) ++state.taken[{e.task.step, e.branch}];
    keep_attachments(state, fact, e.task, e.attachments);
    apply_fields(state, fact, e.task, e.fields, e.effects);
    apply_approvals(state, fact, e);
    bind(state, e.assigned);
    for (const auto& code : e.kept) add_once(state.records, code);
    apply_keeping(state, e.keeping);
    for (const std::uint32_t limit : e.parts_done)
        for (part_clock& p : state.parts)
            if (p.limit == limit) stop_part(state, p, fact.at, e.parts_moved);
    for (std::size_t i = 0; i < e.links.size(); ++i) {
        const auto& l = e.links[i];
        link_state made;
        made.other = l.child;
        made.procedure = l.procedure;
        made.seq = fact.seq;
        made.index = static_cast<std::uint32_t>(i);
        made.replacing = l.replacing;
        state.links.push_back(std::move(made));
    }
    run_clock(state, fact.at);
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::opinion_given& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr) return corrupt(fact, "an opinion on a task that is not open");
    task->acted_on = true;
    task->opinions.push_back({e.role, fact.by, fact.at, e.text});
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::consultation_opened& e) {
    auto* task = open_task(state, e.task);
    if (task == nullptr) return corrupt(fact, "a question inside a task that is not open");
    if (!next_round(state, e.consultation)) return corrupt(fact, "a round out of order");
    if (!fields_possible(e.fields, e.effects) || !dues_possible(state, e.effects.dues))
        return corrupt(fact, "an entry that cannot be");
    task->acted_on = true;
    auto& history = state.steps[e.consultation.step];
    history.rounds = e.consultation.round;
    mark(history.first_started, history.started, fact.at);
    consultation_state c;
    c.consultation = e.consultation;
    c.task = e.task;
    c.asked = e.asked;
    c.recorder = e.recorder;
    c.raised_by = fact.by;
    c.text = e.text;
    c.opened_at = fact.at;
    c.due = e.due;
    c.channel = e.channel;
    for (const auto& code : e.effects.own) c.forms.try_emplace(code);
    auto& raised = state.consultations.emplace_back(std::move(c));
    apply_fields(state, fact, e.consultation, e.fields, e.effects, {}, &raised);
    return {};
}

result<void> apply(case_state& state, const case_event& fact,
                   const event::consultation_answered& e) {
    auto* question = open_consultation(state, e.consultation);
    if (question == nullptr) return corrupt(fact, "an answer to nothing that was asked");
    if (!fields_possible(e.fields, e.effects)) return corrupt(fact, "an entry that cannot be");
    question->status = task_status::done;
    if (!dues_possible(state, e.effects.dues)) {
        question->status = task_status::open;
        return corrupt(fact, "a limit of nothing that is open");
    }
    question->answer = e.answer;
    question->answer_text = e.text;
    question->late = e.late;
    question->closed_at = fact.at;
    question->closed_by = fact.by;
    auto& history = state.steps[e.consultation.step];
    mark(history.first_completed, history.completed, fact.at);
    history.actors.push_back(fact.by);
    apply_fields(state, fact, e.consultation, e.fields, e.effects, {}, question);
    publish(state, *question, e.effects.own);
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::commented& e) {
    if (e.task && state.find_task(*e.task) == nullptr) return corrupt(fact, "a comment on no task");
    state.comments.push_back({e.task, fact.by, fact.at, e.text});
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::attached& e) {
    if (e.task && state.find_task(*e.task) == nullptr) return corrupt(fact, "a file of no task");
    state.attachments.push_back({e.task, fact.by, fact.at, e.file});
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::signalled& e) {
    if (e.name.empty() || !dues_possible(state, e.dues)) return corrupt(fact, "not a signal");
    state.signals[e.name] = e.happened_at;
    apply_dues(state, e.dues, fact.at);
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::task_overdue& e) {
    if (auto* task = open_task(state, e.task)) {
        task->overdue = true;
        return {};
    }
    auto* question = open_consultation(state, e.task);
    if (question == nullptr) return corrupt(fact, "overdue, but not open");
    question->overdue = true;
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::linked& e) {
    if (e.other.empty()) return corrupt(fact, "a link to nothing");
    link_state made;
    made.other = e.other;
    made.relation = e.relation;
    made.opened = true;
    state.links.push_back(std::move(made));
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::link_reported& e) {
    const auto link = std::find_if(
        state.links.begin(), state.links.end(),
        [&](const link_state& l) { return l.seq == e.seq && l.index == e.index && l.seq != 0; });
    if (link == state.links.end() || link->other != e.child)
        return corrupt(fact, "a report on a link that was not asked for");
    link->opened = true;
    if (e.ended) {
        link->ended = true;
        link->end_kind = e.end_kind;
    }
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::case_ended& e) {
    switch (e.how) {
    case event::case_ended::way::reached_end: state.status = case_status::ended; break;
    case event::case_ended::way::withdrawn: state.status = case_status::withdrawn; break;
    case event::case_ended::way::cancelled: state.status = case_status::cancelled; break;
    }
    state.end_kind = e.end_kind;
    state.end_reason = e.reason;
    state.late = e.late;
    state.closed_at = fact.at;
    const auto close = [&](auto& work) {
        if (work.status != task_status::open) return;
        work.status = task_status::closed;
        work.closed_at = fact.at;
    };
    for (std::size_t i = 0; i < state.tasks.size(); ++i)
        if (state.tasks[i].status == task_status::open) close(state.tasks.edit(i));
    for (auto& question : state.consultations) close(question);
    apply_keeping(state, e.keeping);
    for (part_clock& p : state.parts) stop_part(state, p, fact.at, e.parts_moved);
    // Only the date moves: what was late when the clock stopped stays so.
    if (e.case_due) state.case_due = e.case_due;
    return {};
}

result<void> apply(case_state& state, const case_event& fact, const event::case_overdue& e) {
    if (!e.part) {
        if (!state.case_due) return corrupt(fact, "no overall limit to pass");
        state.overdue = true;
        return {};
    }
    for (part_clock& p : state.parts)
        if (p.limit == *e.part && !p.closed_at) {
            p.overdue = true;
            return {};
        }
    return corrupt(fact, "no such limit runs");
}

}  // namespace
}  // namespace detail::folding::facts_of

result<void> evolve(case_state& state, const case_event& fact) {
    namespace own = detail::folding::facts_of;
    const bool opening = std::holds_alternative<event::case_opened>(fact.body);
    if (fact.body.valueless_by_exception()) return detail::folding::corrupt(fact, "no fact");
    if (fact.seq != state.version + 1)
        return detail::folding::corrupt(fact, "a gap in the numbers");
    if (opening != (state.version == 0))
        return detail::folding::corrupt(fact, "a case begins with its opening");
    if (!opening && fact.at < state.last_at)
        return detail::folding::corrupt(fact, "time runs backwards");
    // A case may end by asking for its successor, so the report of that comes after the end.
    if (!opening && state.status != case_status::open &&
        !std::holds_alternative<event::link_reported>(fact.body))
        return detail::folding::corrupt(fact, "the case has ended");
    auto done =
        std::visit([&](const auto& body) { return own::apply(state, fact, body); }, fact.body);
    if (!done) return done;
    state.version = fact.seq;
    state.last_at = fact.at;
    return {};
}

}  // namespace quytrinh
