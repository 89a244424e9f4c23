// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/decide_complete.ipp: the end of a step. What the text demands is judged in
// the order in which a person would see to it: the outcome, the papers, the preconditions, the
// assignments; then the branch, what it opens, and where the case goes.
#pragma once

#include <quytrinh/engine/impl/completion.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace complete_bodies {
namespace {

/// Where a branch leads, once its limit of times has been looked at.
struct way {
    const branch* by = nullptr;  ///< null: nothing is written, the steps follow in order
    std::uint32_t index = 0;
    bool afterwards = false;
    const step* next = nullptr;  ///< null: the branch ends
    bool ends_all = false;
    std::string end_kind;
};

// ---------------------------------------------------------------- the outcome

/// branch::outcome without the text.
bool is_outcome(const branch& b, std::string_view outcome) noexcept {
    switch (b.what) {
    case branch::kind::ok: return outcome == "OK";
    case branch::kind::nok: return outcome == "NOK";
    case branch::kind::named: return outcome == b.name;
    case branch::kind::done:
    case branch::kind::condition:
    case branch::kind::otherwise:
    case branch::kind::next: break;
    }
    return outcome == "xong";
}

/// The outcome as events name it. "xong" and "done" mean the single way on in both dialects.
result<std::string> outcome_named(const desk& d, const step& where, const std::string& given) {
    // As it stands in the text, nearly always.
    if (!given.empty() && std::any_of(where.branches.begin(), where.branches.end(),
                                      [&](const branch& b) { return is_outcome(b, given); }))
        return given;
    const bool alone = where.branches.size() < 2;
    if (given.empty() && alone)
        return where.branches.empty() ? std::string("xong") : where.branches.front().outcome();
    const auto names = outcomes_of(where);
    if (given.empty()) {
        if (names.size() == 1) return names.front();
        return fail(errc::outcome_missing, {where.id, listed(in_quotes(names))});
    }
    for (const auto& name : names) {
        if (same_word(name, given)) return name;
        if (name == "xong" && given == "done") return name;
    }
    std::vector<std::string> shown = names;
    for (auto& name : shown) name = shown_outcome(d.text, name);
    return fail(errc::outcome_unknown_name, {where.id, given, listed(in_quotes(shown))});
}

bool needs_reason(const step& where, const std::string& outcome) {
    return std::any_of(where.branches.begin(), where.branches.end(),
                       [&](const branch& b) { return b.reason && is_outcome(b, outcome); });
}

result<void> settle_outcome(completion& now) {
    auto outcome = outcome_named(now.d, now.where, now.c.outcome);
    if (!outcome) return outcome.failure();
    now.outcome = std::move(*outcome);
    // Joint leads: the first fixes the outcome, each confirms once.
    for (const auto& c : now.task.confirmed)
        if (c.lead == now.d.who.lead)
            return fail(with_others(errc::already_confirmed, {to_string(c.by), now.where.id},
                                    names_of(not_confirmed(now.task))));
    if (!now.task.confirmed.empty()) {
        const auto& first = now.task.confirmed.front();
        if (first.outcome != now.outcome)
            return fail(errc::outcome_differs,
                        {to_string(first.by), shown_outcome(now.d.text, first.outcome),
                         now.where.id, shown_outcome(now.d.text, now.outcome)});
    }
    const bool given_before = !now.task.confirmed.empty() && !now.task.reason.empty();
    if (needs_reason(now.where, now.outcome) && blank(now.c.reason) && !given_before)
        return fail(errc::reason_missing, {shown_outcome(now.d.text, now.outcome), now.where.id});
    return {};
}

/// Is anybody else of a joint lead still to confirm?
bool is_last(const completion& now) {
    if (now.task.any_lead) return true;
    return std::all_of(now.task.leads.begin(), now.task.leads.end(), [&](const seat& s) {
        return s.role == now.d.who.lead ||
               std::any_of(now.task.confirmed.begin(), now.task.confirmed.end(),
                           [&](const auto& c) { return c.lead == s.role; });
    });
}

// ---------------------------------------------------------------- the branch

result<way> follow(const completion& now, const target& to, way found) {
    const procedure& of = now.d.text;
    if (to.ends) {
        found.ends_all = to.ends_all;
        found.end_kind = to.end_kind;
        return found;
    }
    if (!to.step.empty()) {
        found.next = of.find_step(to.step);
        if (found.next == nullptr || found.next->kind != step_kind::step)
            return fail(errc::no_such_step, {of.code, to.step});
        return found;
    }
    found.next = next_printed(of, now.where);  // after the last printed step the case ends
    return found;
}

result<way> pick(completion& now) {
    const procedure& of = now.d.text;
    if (now.where.branches.empty()) {
        if (!of.steps_in_order) return fail(errc::no_way_on, {now.where.id});
        return follow(now, target{}, way{});
    }
    std::string missing;
    for (std::size_t i = 0; i < now.where.branches.size(); ++i) {
        const branch& b = now.where.branches[i];
        if (!is_outcome(b, now.outcome)) continue;
        std::string empty_field;
        const auto held = weigh(b.when, now.look(), now.notes, empty_field);
        if (!held) return held.failure();
        // An empty field leaves the way to those that follow; what the office’s own table says
        // must be known.
        if (*held == truth::unknown && table_of_row(of, empty_field) != nullptr)
            return fail(unknown_condition(of, now.d.state, now.where, empty_field));
        if (*held == truth::unknown && missing.empty())
            missing = empty_field.empty() ? "?" : empty_field;
        if (*held != truth::yes) continue;
        way found;
        found.by = &b;
        found.index = static_cast<std::uint32_t>(i);
        const auto taken = now.d.state.taken.find({now.where.id, found.index});
        const std::uint32_t times = taken == now.d.state.taken.end() ? 0 : taken->second;
        if (b.at_most == 0 || times < b.at_most) return follow(now, b.to, found);
        if (!b.afterwards) {
            std::vector<std::string> left;
            for (const auto& name : outcomes_of(now.where))
                if (name != now.outcome) left.push_back(shown_outcome(of, name));
            return fail(errc::loop_exhausted,
                        {now.where.id, std::to_string(b.at_most), listed(left),
                         listed(cancellers_of(of, now.d.state))});
        }
        found.afterwards = true;
        return follow(now, *b.afterwards, found);
    }
    if (!missing.empty()) return fail(unknown_condition(of, now.d.state, now.where, missing));
    return fail(errc::no_way_on, {now.where.id, listed(cancellers_of(of, now.d.state))});
}

/// Does the way lead back? To this step or an earlier printed one from which this step can be
/// reached.
bool returns(const completion& now, const way& found) {
    if (found.next == nullptr) return false;
    const auto* first = now.d.text.steps.data();
    return found.next - first <= &now.where - first && leads_to(now.d.text, *found.next, now.where);
}

// ---------------------------------------------------------------- the events

result<void> recount_all(completion& now, const task_key* closing) {
    reading seen = now.look();
    seen.coming = &now.out.effects;
    seen.approving = &now.approved;
    auto dues = recount(seen, closing);
    if (!dues) return dues.failure();
    now.out.effects.dues = std::move(*dues);
    auto clock = recount_case(seen);
    if (!clock) return clock.failure();
    now.out.effects.case_due = *clock;
    return {};
}

result<void> confirm(completion& now) {
    if (!now.c.assign.empty() || !now.c.open_linked.empty() || !now.c.lead.empty())
        return fail(errc::invalid_argument, {"last_confirms"});
    if (auto done = write_entries(now.look(), now.where, now.task.task, now.held, false, now.out);
        !done)
        return done;
    if (auto done = recount_all(now, nullptr); !done) return done;
    auto& e = now.d.begin<event::task_confirmed>();
    e.task = now.task.task;
    e.lead = now.d.who.lead;
    e.outcome = now.outcome;
    e.reason = now.c.reason;
    e.fields = std::move(now.out.fields);
    e.effects = std::move(now.out.effects);
    e.confirmed = std::move(now.ticked);
    e.attachments = now.c.attachments;
    e.channel = now.channel;
    notice_list notices;
    for (const auto& s : not_confirmed(now.task))
        if (s.role != e.lead) notices.tell(notice_kind::task_completed, s, relation::joint);
    e.notices = notices.take();
    return now.d.commit();
}

/// Will something else of the case still be open on this way?
bool stays_open(const completion& now, const way& found) {
    return !found.ends_all && std::any_of(now.d.state.tasks.begin(), now.d.state.tasks.end(),
                                          [&](const task_state& t) {
                                              return t.status == task_status::open &&
                                                     t.task != now.task.task;
                                          });
}

/// A limit of a part of the way ends too when the case has left that part: nothing that will be
/// open can come to its last step any more.
void leave_parts(const completion& now, const way& found, std::vector<std::uint32_t>& done) {
    const procedure& of = now.d.text;
    for (const part_clock& p : now.d.state.parts) {
        if (p.closed_at || p.limit >= of.overall.size() ||
            std::find(done.begin(), done.end(), p.limit) != done.end())
            continue;
        const step* last = of.find_step(of.overall[p.limit].to_step);
        if (last == nullptr || last->kind != step_kind::step) continue;
        const bool comes =
            (found.next != nullptr && leads_to(of, *found.next, *last)) ||
            std::any_of(now.d.state.tasks.begin(), now.d.state.tasks.end(),
                        [&](const task_state& t) {
                            if (t.status != task_status::open || t.task == now.task.task)
                                return false;
                            const step* where = of.find_step(t.task.step);
                            return where == nullptr || leads_to(of, *where, *last);
                        });
        if (!comes) done.push_back(p.limit);
    }
}

result<void> move_on(desk& d, const way& found, const arrival& how) {
    if (found.next != nullptr) return open_task(d, *found.next, how);
    const bool more =
        std::any_of(d.state.tasks.begin(), d.state.tasks.end(),
                    [](const task_state& t) { return t.status == task_status::open; });
    // `kết thúc` ends its branch; the case ends when nothing is open, or at `kết thúc toàn bộ`.
    if (more && !found.ends_all) return {};
    return end_case(d, event::case_ended::way::reached_end, found.end_kind, {});
}

result<void> check_next_lead(const completion& now, const way& found) {
    if (now.c.lead.empty()) return {};
    const auto refused = [&] {
        std::string leads;
        if (found.next != nullptr && found.next->lead.how == lead_clause::mode::any)
            leads = listed(found.next->lead.parties);
        return fail(errc::binding_wrong, {now.c.lead, "", "no_such_lead", leads});
    };
    if (found.next == nullptr || found.next->lead.how != lead_clause::mode::any) return refused();
    const party* wanted = party_named(now.d.text, now.c.lead);
    const auto& parties = found.next->lead.parties;
    if (wanted == nullptr ||
        std::none_of(parties.begin(), parties.end(), [&](const std::string& code) {
            return party_named(now.d.text, code) == wanted;
        }))
        return refused();
    return {};
}

result<void> finish(completion& now) {
    if (auto done = demand_preconditions(now); !done) return done;
    if (auto done = demand_fields(now.look(), now.where, now.held); !done) return done;
    if (auto done = demand_papers(now); !done) return done;
    if (auto done = demand_channel(now); !done) return done;
    if (auto done = demand_checklists(now); !done) return done;
    if (auto done = write_entries(now.look(), now.where, now.task.task, now.held, true, now.out);
        !done)
        return done;
    if (auto done = settle_approvals(now); !done) return done;
    if (auto done = demand_records(now); !done) return done;
    auto assigned = assign_roles(now.d, now.where, now.look(), now.c.assign, now.notes);
    if (!assigned) return assigned.failure();
    auto found = pick(now);
    if (!found) return found.failure();
    if (auto done = check_next_lead(now, *found); !done) return done;
    auto links = link_requests(now.d, now.where, now.look(), now.c.open_linked, now.notes);
    if (!links) return links.failure();
    if (auto done = recount_all(now, &now.task.task); !done) return done;

    arrival how;
    how.from_step = now.where.id;
    how.returned = returns(now, *found);
    how.reason = !now.c.reason.empty() ? now.c.reason : now.task.reason;
    how.lead = now.c.lead;
    how.rejected = how.returned && (now.outcome == "NOK" || !how.reason.empty());

    auto& e = now.d.begin<event::task_completed>();
    e.task = now.task.task;
    e.lead = now.d.who.lead;
    e.outcome = now.outcome;
    e.reason = now.c.reason;
    e.fields = std::move(now.out.fields);
    e.confirmed = std::move(now.ticked);
    e.assigned = std::move(*assigned);
    e.approved = std::move(now.approved);
    e.attachments = now.c.attachments;
    e.channel = now.channel;
    e.branch = found->index;
    e.afterwards = found->afterwards;
    e.late = is_late(now.task.due, now.task.overdue, now.d.at);
    notice_list notices;
    notices.tell(notice_kind::task_completed, now.task.inform, relation::inform);
    // `báo tin X nếu "Không cần thiết"` hangs on the outcome: only now can it hold.
    const reading& chosen = now.look();
    notices.tell(notice_kind::task_completed,
                 seats_of_clauses(now.d.text, now.d.state, now.where.inform,
                                  [&](const condition& c) { return holds(c, chosen); }),
                 relation::inform);
    // What this very step has filled in is in the record: the effects are read before they go.
    keep_records(now, e, notices);
    e.effects = std::move(now.out.effects);
    e.notices = notices.take();
    e.links = std::move(*links);
    for (const auto& l : e.links) now.d.out.children.push_back(l.child);
    e.parts_done = parts_ending(now.d.text, now.d.state, now.where.id);
    if (found->next != nullptr || stays_open(now, *found)) leave_parts(now, *found, e.parts_done);
    e.parts_moved = moved_at_end(now.look(), &e.parts_done, now.d.at);
    for (auto& note : now.held.notes) now.notes.push_back(std::move(note));
    e.conditions = std::move(now.notes);
    desk& d = now.d;
    if (auto done = d.commit(); !done) return done;
    return move_on(d, *found, how);
}

}  // namespace
}  // namespace complete_bodies

result<void> perform(desk& d, const command::complete& c) {
    namespace own = complete_bodies;
    const auto found = d.task(c.task);
    if (!found) return found.failure();
    const auto where = d.step_of((*found)->task);
    if (!where) return where.failure();
    completion now{d, c, **found, **where, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    if (now.task.awaiting_receipt)
        return fail(errc::not_received, {now.task.task.step, listed(workers_of(d.text, now.task))});
    for (const auto& q : d.state.consultations)
        if (q.status == task_status::open && q.task == now.task.task) {
            const step* question = d.text.find_step(q.consultation.step);
            std::string name = to_string(q.consultation);
            if (question != nullptr && !question->title.empty())
                name += " “" + question->title + "”";
            return fail(errc::consultation_open,
                        {now.task.task.step, std::move(name), listed(workers_of(d.text, q))});
        }
    if (auto done = own::settle_outcome(now); !done) return done;
    auto entries = read_entries(d.text, *where, c.fields);
    if (!entries) return entries.failure();
    now.entries = std::move(*entries);
    if (auto done = settle_files(d.state, c.attachments, now.entries); !done) return done;
    auto channel = channel_named(d.text, **where, c.channel);
    if (!channel) return channel.failure();
    now.channel = std::move(*channel);
    settle_channel(now);
    now.settle();
    auto held = acts_of(**where, now.look());
    if (!held) return held.failure();
    now.held = std::move(*held);
    if (auto done = settle_ticks(now); !done) return done;
    if (auto done = check_attachments(now); !done) return done;
    return own::is_last(now) ? own::finish(now) : own::confirm(now);
}

}  // namespace quytrinh::detail::engine
