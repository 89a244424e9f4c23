// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/decide_outside.ipp: what reaches a case from outside its steps: events,
// timers, links, and the rights to withdraw and to cancel.
#pragma once

#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace outside_bodies {
namespace {

/// The event as the text names it, if some limit waits for it.
const std::string* expected(const procedure& of, const std::string& name) {
    for (const auto& s : of.steps)
        for (const auto& limit : s.limits)
            if (limit.what == time_limit::kind::count && limit.from.what == anchor::kind::event &&
                same_word(limit.from.text, name))
                return &limit.from.text;
    return nullptr;
}

/// Every event that some limit waits for.
std::vector<std::string> awaited(const procedure& of) {
    std::vector<std::string> names;
    for (const auto& s : of.steps)
        for (const auto& limit : s.limits)
            if (limit.what == time_limit::kind::count && limit.from.what == anchor::kind::event &&
                !among(names, limit.from.text))
                names.push_back(limit.from.text);
    return names;
}

/// Has an overall limit passed that nobody was told of?
bool some_clock_passed(const desk& d) {
    const auto next = d.state.next_clock();
    return next && *next <= d.at;
}

/// One event for each overall limit that has passed; the leads of what is open are told.
result<void> say_clocks(desk& d) {
    while (some_clock_passed(d)) {
        const instant due = *d.state.next_clock();
        auto& e = d.begin<event::case_overdue>();
        if (!d.state.overdue && d.state.case_due && d.state.case_due->before == due) {
            e.due = *d.state.case_due;
        } else {
            for (const part_clock& p : d.state.parts) {
                if (p.closed_at || p.overdue || p.due.before != due) continue;
                e.due = p.due;
                e.part = p.limit;
            }
        }
        notice_list notices;
        for (const auto& t : d.state.tasks)
            if (t.status == task_status::open) tell_leads(notices, notice_kind::case_overdue, t);
        e.notices = notices.take();
        if (auto done = d.commit(); !done) return done;
    }
    return {};
}

std::string shown(const task_due& due, const calendar* days) {
    if (!due.due) return {};
    return to_iso(*due.due, days != nullptr ? days->offset : std::chrono::minutes{420});
}

}  // namespace
}  // namespace outside_bodies

result<void> perform(desk& d, const command::signal& c) {
    const std::string* name = outside_bodies::expected(d.text, c.event);
    if (name == nullptr)
        return fail(errc::signal_unknown,
                    {d.text.code, c.event, listed(outside_bodies::awaited(d.text))});
    auto& e = d.begin<event::signalled>();
    e.name = *name;
    e.text = c.text;
    e.happened_at = c.happened_at.value_or(d.at);
    if (e.happened_at > d.at) return fail(errc::invalid_argument, {"event_in_the_future"});
    // Limits are counted as the state will stand; evolve then sets the same value once more.
    // A refusal leaves the state as it was.
    auto& signals = d.state.signals;
    const auto [here, added] = signals.try_emplace(e.name, e.happened_at);
    const instant before = std::exchange(here->second, e.happened_at);
    auto dues = recount(d.look());
    if (!dues) {
        if (added)
            signals.erase(here);
        else
            here->second = before;
        return dues.failure();
    }
    e.dues = std::move(*dues);
    return d.commit();
}

result<void> perform(desk& d, const command::timer_fired& c) {
    const auto key = find_open(d.text, d.state, c.task);
    if (!key) return key.failure();
    const task_state* t = d.state.find_task(*key);
    const consultation_state* q = d.state.find_consultation(*key);
    if (t == nullptr && q == nullptr) return fail(not_open(d.text, d.state, c.task));
    const task_due& due = t != nullptr ? t->due : q->due;
    const bool passed = due.due && d.at >= due.due->before;
    const bool told = t != nullptr ? t->overdue : q->overdue;
    // The timer of a task wakes the clocks of its case too (case_state::next_clock).
    const bool of_case = outside_bodies::some_clock_passed(d);
    if (!of_case && !passed)
        return fail(errc::too_early, {key->step + ' ' + outside_bodies::shown(due, d.with.days)});
    if (!of_case && told) return fail(errc::already_confirmed, {"(system)", key->step});
    if (passed && !told && (!of_case || due.kind == due_kind::counted)) {
        auto& e = d.begin<event::task_overdue>();
        e.task = *key;
        e.due = due.due->before;
        notice_list notices;
        if (t != nullptr) {
            tell_leads(notices, notice_kind::task_overdue, *t);
        } else {
            notices.tell(notice_kind::task_overdue, q->asked, relation::asked);
            notices.tell(notice_kind::task_overdue, q->recorder, relation::asked);
        }
        e.notices = notices.take();
        if (auto done = d.commit(); !done) return done;
    }
    return outside_bodies::say_clocks(d);
}

result<void> perform(desk& d, const command::link& c) {
    if (c.other.empty()) return fail(errc::invalid_argument, {"other"});
    if (c.other == d.state.id || c.other == d.what.target)
        return fail(errc::invalid_argument, {"linked_to_itself"});
    for (const auto& l : d.state.links)
        if (l.other == c.other && l.relation == c.relation)
            return fail(errc::invalid_argument, {"linked_already", c.other.str()});
    return d.emit(event::linked{c.other, c.relation});
}

result<void> perform(desk& d, const command::link_report& c) {
    const auto& links = d.state.links;
    const auto found = std::find_if(links.begin(), links.end(), [&](const link_state& l) {
        return l.seq == c.seq && l.index == c.index && l.seq != 0 && l.other == c.child;
    });
    if (found == links.end() || (c.ended ? found->ended : found->opened))
        return fail(errc::invalid_argument, {"child", c.child.str()});
    auto& e = d.begin<event::link_reported>();
    e.child = c.child;
    e.seq = c.seq;
    e.index = c.index;
    e.ended = c.ended;
    e.end_kind = c.end_kind;
    const notice_kind kind = c.ended ? notice_kind::linked_ended : notice_kind::linked_opened;
    notice_list notices;
    for (const auto& t : d.state.tasks)
        if (t.status == task_status::open) tell_leads(notices, kind, t);
    e.notices = notices.take();
    if (e.notices.empty()) {
        notices.tell(kind, seat{{}, d.state.opener.unit, d.state.opener.person, false},
                     relation::opener);
        e.notices = notices.take();
    }
    return d.commit();
}

result<void> perform(desk& d, const command::withdraw& c) {
    return end_case(d, event::case_ended::way::withdrawn, {}, c.reason);
}

result<void> perform(desk& d, const command::cancel& c) {
    if (blank(c.reason)) return fail(errc::act_reason_missing, {verb(d.what.body)});
    return end_case(d, event::case_ended::way::cancelled, {}, c.reason);
}

}  // namespace quytrinh::detail::engine
