// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/desk.ipp: what several commands share.
#pragma once

#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/gate.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace quytrinh::detail::engine {

// ---------------------------------------------------------------- notices

void notice_list::tell(notice_kind kind, const seat& to, relation as) {
    if (to.unit.empty() && to.person.empty()) return;
    for (const auto& n : notices_)
        if (n.to.unit == to.unit && n.to.person == to.person && n.to.head == to.head) return;
    notice& one = notices_.emplace_back();
    one.kind = kind;
    one.to = to;
    one.as = as;
}

void notice_list::tell(notice_kind kind, const std::vector<seat>& to, relation as) {
    for (const auto& s : to) tell(kind, s, as);
}

void tell_leads(notice_list& notices, notice_kind kind, const task_state& task) {
    bool first = true;
    for (const auto& s : task.leads) {
        const bool done = std::any_of(task.confirmed.begin(), task.confirmed.end(),
                                      [&](const auto& c) { return c.lead == s.role; });
        const relation as = first || task.any_lead ? relation::lead : relation::joint;
        if (!done) notices.tell(kind, s, as);
        first = false;
    }
    if (!task.recorder.role.empty()) notices.tell(kind, task.recorder, relation::lead);
    if (!task.assignee_unit.empty())
        notices.tell(kind, seat{task.assigned_for, task.assignee_unit, task.assignee, false},
                     relation::lead);
}

// ---------------------------------------------------------------- the desk

desk::desk(const context& with_of, case_state& state_of, const case_command& what_of,
           const permission& who_of, const task_state* about_of, std::vector<case_event>& events_of)
    : with(with_of),
      text(*with_of.definition),
      state(state_of),
      what(what_of),
      who(who_of),
      about(about_of),
      by{who_of.unit, who_of.person},
      at(std::max(state_of.last_at, with_of.now)),
      events(events_of) {
    // A case that is not open yet has no earlier event to be after.
    if (state.version == 0) at = with.now;
    // A completion and what it opens; an opening and its first task. The rest is one event.
    const bool two = std::holds_alternative<command::complete>(what.body) ||
                     std::holds_alternative<command::open>(what.body);
    events.reserve(two ? 2 : 1);
}

result<void> desk::commit() {
    if (state.version >= with.bounds.events_per_case)
        return fail(errc::limit_exceeded,
                    {"events_per_case", std::to_string(with.bounds.events_per_case)});
    return evolve(state, events.back());
}

reading desk::look() const {
    reading seen;
    seen.with = &with;
    seen.state = &state;
    seen.by = &by;
    return seen;
}

result<const task_state*> desk::task(const task_name& name) const {
    if (about != nullptr) return about;
    const auto one = open_named(text, state, name);
    if (!one) return one.failure();
    if (one->task == nullptr) return fail(not_open(text, state, name));
    return one->task;
}

result<const step*> desk::step_of(const task_key& key) const {
    const step* found = text.find_step(key.step);
    if (found == nullptr) return fail(errc::no_such_step, {text.code, key.step});
    return found;
}

bool desk::belongs(const std::string& person, const std::string& unit) const {
    if (with.known == nullptr) return false;
    if (with.known->source == basis::host_word) return true;
    const auto& all = with.known->memberships;
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& m) { return m.person == person && m.unit == unit; });
}

std::string desk::unit_named(const std::string& code) const {
    if (party_named(text, code) == nullptr) return code;
    const auto behind = seats_of(text, state, code);
    return behind.empty() || behind.front().unit.empty() ? code : behind.front().unit;
}

// ---------------------------------------------------------------- opening and ending

result<void> room_for_one_more(const desk& d) {
    const auto is_open = [](const auto& t) { return t.status == task_status::open; };
    const auto open =
        std::count_if(d.state.tasks.begin(), d.state.tasks.end(), is_open) +
        std::count_if(d.state.consultations.begin(), d.state.consultations.end(), is_open);
    if (static_cast<std::size_t>(open) < d.with.bounds.open_tasks) return {};
    return fail(errc::limit_exceeded, {"open_tasks", std::to_string(d.with.bounds.open_tasks)});
}

result<void> open_task(desk& d, const step& where, const arrival& how) {
    if (auto room = room_for_one_more(d); !room) return room;
    auto who = leads_of(d.text, d.state, where, how.lead);
    if (!who.unbound.empty() || who.seats.empty()) return fail(errc::role_unbound, {who.unbound});

    auto& e = d.begin<event::task_opened>();
    const auto history = d.state.steps.find(where.id);
    e.task = {where.id, (history == d.state.steps.end() ? 0 : history->second.rounds) + 1};
    e.leads = std::move(who.seats);
    e.any_lead = who.any;
    e.from_step = how.from_step;
    e.returned = how.returned;
    e.return_reason = how.returned ? how.reason : std::string{};
    e.awaiting_receipt = where.must_acknowledge;
    e.received_at = e.awaiting_receipt ? instant{} : d.at;
    e.not_counted = where.not_counted;
    if (!where.recorder.empty())
        if (auto notes = seats_of(d.text, d.state, where.recorder); !notes.empty())
            e.recorder = std::move(notes.front());

    reading seen = d.look();
    seen.entered_from = e.from_step;
    seen.round = e.task.round;
    // Whoever completed the step before is not the one who does this one.
    seen.by = nullptr;
    const auto is_held = [&](const condition& c) { return holds(c, seen); };
    e.with = seats_of_clauses(d.text, d.state, where.with, is_held);
    e.inform = seats_of_clauses(d.text, d.state, where.inform, is_held);
    const auto received = e.awaiting_receipt ? std::nullopt : std::optional<instant>{d.at};
    auto due = count_due({&where, e.from_step, e.returned, d.at, received, nullptr}, seen);
    if (!due) return due.failure();
    e.due = std::move(*due);
    if (!e.not_counted) {
        auto moved = resume_case(seen, d.at);
        if (!moved) return moved.failure();
        e.case_due = *moved;
    }
    auto parts = part_clocks(seen, where, d.at);
    if (!parts) return parts.failure();
    e.parts = std::move(*parts);

    const notice_kind kind = how.rejected ? notice_kind::task_returned : notice_kind::task_opened;
    notice_list notices(e.leads.size() + e.with.size() + e.inform.size() + 1);
    for (std::size_t i = 0; i < e.leads.size(); ++i)
        notices.tell(kind, e.leads[i], i == 0 || e.any_lead ? relation::lead : relation::joint);
    notices.tell(kind, e.recorder, relation::lead);
    notices.tell(kind, e.with, relation::coordinate);
    notices.tell(kind, e.inform, relation::inform);
    e.notices = notices.take();
    d.out.opened.push_back(e.task);
    return d.commit();
}

result<void> end_case(desk& d, event::case_ended::way how, std::string end_kind,
                      std::string reason) {
    auto& e = d.begin<event::case_ended>();
    e.how = how;
    e.end_kind = std::move(end_kind);
    e.reason = std::move(reason);
    // While only uncounted steps were open the clock stood still: what came after does not make it
    // late.
    const instant counted_until = d.state.clock_stopped_at.value_or(d.at);
    e.late = d.state.case_due && counted_until >= d.state.case_due->before;
    // What the wait had moved is written down. A calendar that does not reach so far keeps nobody
    // from ending a case: then the date stays as it was when the clock stopped.
    if (auto moved = resume_case(d.look(), d.at); moved) e.case_due = *moved;
    e.parts_moved = moved_at_end(d.look(), nullptr, d.at);
    notice_list notices;
    notice_kind kind = notice_kind::case_ended;
    if (how == event::case_ended::way::withdrawn) kind = notice_kind::case_withdrawn;
    if (how == event::case_ended::way::cancelled) kind = notice_kind::case_cancelled;
    notices.tell(kind, seat{{}, d.state.opener.unit, d.state.opener.person, false},
                 relation::opener);
    // Whoever had something open learns that it is closed.
    for (const auto& t : d.state.tasks) {
        if (t.status != task_status::open) continue;
        tell_leads(notices, kind, t);
        notices.tell(kind, t.with, relation::coordinate);
    }
    for (const auto& c : d.state.consultations)
        if (c.status == task_status::open) notices.tell(kind, c.asked, relation::asked);
    e.notices = notices.take();
    e.keeping = kept_at_end(d);
    d.out.ended = true;
    d.out.end_kind = e.end_kind;
    return d.commit();
}

// ---------------------------------------------------------------- the flow of the text

std::vector<std::string> channels_of(const procedure& of, const step& where) {
    std::vector<std::string> words = where.channels;
    if (where.channel_catalogue.empty()) return words;
    if (const catalogue* list = of.find_catalogue(where.channel_catalogue))
        for (const auto& item : list->items) words.push_back(item.text);
    return words;
}

result<std::string> channel_named(const procedure& of, const step& where,
                                  const std::string& given) {
    if (given.empty()) return std::string{};
    const auto channels = channels_of(of, where);
    // A catalogue without a row in the text stands with the host; without any, there is no channel.
    if (channels.empty() && !where.channel_catalogue.empty()) return given;
    if (channels.empty()) return fail(errc::channel_unknown, {where.id, given, ""});
    for (const auto& channel : channels)
        if (same_word(channel, given)) return channel;
    const catalogue* list =
        where.channel_catalogue.empty() ? nullptr : of.find_catalogue(where.channel_catalogue);
    if (list != nullptr && list->extensible) return given;
    return fail(errc::channel_unknown, {where.id, given, listed(in_quotes(channels))});
}

std::vector<std::string> outcomes_of(const step& where) {
    std::vector<std::string> names;
    for (const auto& b : where.branches) {
        auto name = b.outcome();
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    if (names.empty()) names.push_back("xong");
    return names;
}

const step* next_printed(const procedure& of, const step& where) noexcept {
    const auto here =
        std::find_if(of.steps.begin(), of.steps.end(), [&](const step& s) { return &s == &where; });
    if (here == of.steps.end()) return nullptr;
    const auto next = std::find_if(here + 1, of.steps.end(),
                                   [](const step& s) { return s.kind == step_kind::step; });
    return next == of.steps.end() ? nullptr : &*next;
}

bool leads_to(const procedure& of, const step& from, const step& to) {
    std::vector<bool> seen(of.steps.size(), false);
    std::vector<const step*> left{&from};
    const auto visit = [&](const step* s) {
        if (s == nullptr) return;
        const auto index = static_cast<std::size_t>(s - of.steps.data());
        if (index >= seen.size() || seen[index]) return;
        seen[index] = true;
        left.push_back(s);
    };
    while (!left.empty()) {
        const step* s = left.back();
        left.pop_back();
        if (s == &to) return true;
        if (s->branches.empty()) visit(next_printed(of, *s));
        for (const auto& b : s->branches) {
            if (!b.to.step.empty())
                visit(of.find_step(b.to.step));
            else if (!b.to.ends)
                visit(next_printed(of, *s));
            if (b.afterwards && !b.afterwards->step.empty())
                visit(of.find_step(b.afterwards->step));
        }
    }
    return false;
}

}  // namespace quytrinh::detail::engine
