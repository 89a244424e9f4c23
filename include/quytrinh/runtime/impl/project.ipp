// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/project.ipp: task entries, case head, outbox and snapshot of a decision.
#pragma once

#include <quytrinh/runtime/impl/project.hpp>

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace quytrinh::detail::project {
namespace {

/// Adds the timer to the first entry: a limit that was counted and has not passed yet.
/// `Immediately` has no length that a timer could wait for.
void finish(std::vector<task_row>& rows, const task_due& due, bool overdue) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].n = static_cast<std::uint32_t>(i);
        rows[i].overdue = overdue;
        if (due.due) rows[i].due_before = due.due->before;
    }
    if (!rows.empty() && !overdue && due.kind == due_kind::counted && due.due)
        rows.front().timer_at = due.due->before;
}

/// The task that also wakes the clocks of its case: the first that is open.
const task_state* clock_carrier(const case_state& state) noexcept {
    const auto first = std::find_if(state.tasks.begin(), state.tasks.end(),
                                    [](const auto& t) { return t.status == task_status::open; });
    return first == state.tasks.end() ? nullptr : &*first;
}

/// What is open in a case that has passed an overall limit is overdue with it.
void mark_with_case(const case_state& state, std::vector<task_row>& rows) {
    if (state.clock_passed())
        for (task_row& row : rows) row.overdue = true;
}

/// Without the id of the case, which is a block of memory of its own: only what goes to the store
/// has it.
task_row& add_entry(std::vector<task_row>& rows, const task_key& task, const seat& who, relation as,
                    instant opened_at) {
    task_row& row = rows.emplace_back();
    row.task = task;
    row.as = as;
    row.role = who.role;
    row.unit = who.unit;
    row.person = who.person;
    row.opened_at = opened_at;
    return row;
}

std::vector<task_row> rows_of_task(const case_state& state, const task_state& t) {
    std::vector<task_row> rows;
    // No more than may come: a block of a kilobyte makes malloc put together all that is free.
    rows.reserve(t.leads.size() + t.with.size() + t.inform.size() +
                 (t.recorder.role.empty() ? 0 : 1) + (t.assignee_unit.empty() ? 0 : 1));
    bool placed = false;
    for (std::size_t i = 0; i < t.leads.size(); ++i) {
        const seat& lead = t.leads[i];
        // A joint lead who has confirmed has nothing left to do here.
        const bool confirmed = std::any_of(t.confirmed.begin(), t.confirmed.end(),
                                           [&](const auto& c) { return c.lead == lead.role; });
        if (confirmed) continue;
        const relation as = i == 0 || t.any_lead ? relation::lead : relation::joint;
        task_row& row = add_entry(rows, t.task, lead, as, t.opened_at);
        if (lead.role == t.assigned_for && lead.unit == t.assignee_unit) {
            row.person = t.assignee;
            placed = true;
        }
    }
    // Whoever notes down what an outside body does, and whoever acts for the lead from another unit
    // (TUQ), finds the task in their own list too.
    if (!t.recorder.role.empty()) add_entry(rows, t.task, t.recorder, relation::lead, t.opened_at);
    if (!t.assignee_unit.empty() && !placed)
        add_entry(rows, t.task, {t.assigned_for, t.assignee_unit, t.assignee, false},
                  relation::lead, t.opened_at);
    for (const seat& who : t.with) add_entry(rows, t.task, who, relation::coordinate, t.opened_at);
    for (const seat& who : t.inform) add_entry(rows, t.task, who, relation::inform, t.opened_at);
    finish(rows, t.due, t.overdue);
    mark_with_case(state, rows);
    if (const auto clock = state.next_clock();
        clock && !rows.empty() && clock_carrier(state) == &t &&
        (!rows.front().timer_at || *clock < *rows.front().timer_at))
        rows.front().timer_at = clock;
    return rows;
}

std::vector<task_row> rows_of_consultation(const case_state& state, const consultation_state& c) {
    std::vector<task_row> rows;
    const auto ask = [&](const seat& who) {
        add_entry(rows, c.consultation, who, relation::asked, c.opened_at).consultation = true;
    };
    for (const seat& who : c.asked) ask(who);
    if (!c.recorder.role.empty()) ask(c.recorder);
    finish(rows, c.due, c.overdue);
    mark_with_case(state, rows);
    return rows;
}

/// Each once and in order: there are seldom more than three.
void add_key(std::vector<task_key>& keys, const task_key& key) {
    const auto at = std::lower_bound(keys.begin(), keys.end(), key);
    if (at == keys.end() || *at != key) keys.insert(at, key);
}

/// All that is open.
void add_open(std::vector<task_key>& keys, const case_state& state) {
    for (const task_state& t : state.tasks)
        if (t.status == task_status::open) add_key(keys, t.task);
    for (const consultation_state& c : state.consultations)
        if (c.status == task_status::open) add_key(keys, c.consultation);
}

/// The tasks whose entries an event may have changed.
struct touched {
    std::vector<task_key>& keys;
    const std::vector<open_rows>& open;

    /// Limits that came out differently with what was entered.
    void moved(const form_effects& effects) const {
        for (const auto& [task, due] : effects.dues) add_key(keys, task);
    }

    void operator()(const event::case_opened&) const {}
    void operator()(const event::task_opened& e) const { add_key(keys, e.task); }
    void operator()(const event::task_received& e) const { add_key(keys, e.task); }
    void operator()(const event::task_claimed& e) const { add_key(keys, e.task); }
    void operator()(const event::task_released& e) const { add_key(keys, e.task); }
    void operator()(const event::task_assigned& e) const { add_key(keys, e.task); }
    void operator()(const event::fields_recorded& e) const { moved(e.effects); }
    void operator()(const event::task_confirmed& e) const {
        add_key(keys, e.task);
        moved(e.effects);
    }
    void operator()(const event::task_completed& e) const {
        add_key(keys, e.task);
        moved(e.effects);
    }
    void operator()(const event::opinion_given&) const {}
    void operator()(const event::consultation_opened& e) const {
        add_key(keys, e.consultation);
        moved(e.effects);
    }
    void operator()(const event::consultation_answered& e) const {
        add_key(keys, e.consultation);
        moved(e.effects);
    }
    void operator()(const event::commented&) const {}
    void operator()(const event::attached&) const {}
    void operator()(const event::signalled& e) const {
        for (const auto& [task, due] : e.dues) add_key(keys, task);
    }
    void operator()(const event::task_overdue& e) const { add_key(keys, e.task); }
    void operator()(const event::linked&) const {}
    void operator()(const event::link_reported&) const {}
    void operator()(const event::case_ended&) const {
        for (const auto& one : open) add_key(keys, one.key);
    }
    void operator()(const event::case_overdue&) const {}
};

/// Whoever carries the clock of a case; no step: none runs.
task_key carrier_of(const case_state& state) {
    if (!state.next_clock()) return {};
    const task_state* carrier = clock_carrier(state);
    return carrier != nullptr ? carrier->task : task_key{};
}

/// The entries that show the clocks of the case: whoever carries them, and all that is open when
/// one passes.
void touch_clocks(std::vector<task_key>& keys, const earlier& before, const case_state& after) {
    if (!before.carrier.step.empty()) add_key(keys, before.carrier);
    if (const task_key carrier = carrier_of(after); !carrier.step.empty()) add_key(keys, carrier);
    if (before.clock_passed != after.clock_passed()) add_open(keys, after);
}

stored_status status_of(case_status status) noexcept {
    switch (status) {
    case case_status::none:
    case case_status::open: return stored_status::open;
    case case_status::ended: return stored_status::ended;
    case case_status::withdrawn: return stored_status::withdrawn;
    case case_status::cancelled: return stored_status::cancelled;
    }
    return stored_status::open;
}

/// rows_of without the id of the case.
std::vector<task_row> bare_rows_of(const case_state& state, const task_key& task) {
    if (const task_state* t = state.find_task(task); t != nullptr && t->status == task_status::open)
        return rows_of_task(state, *t);
    if (const consultation_state* c = state.find_consultation(task);
        c != nullptr && c->status == task_status::open)
        return rows_of_consultation(state, *c);
    return {};
}

}  // namespace

std::vector<task_row> rows_of(const case_state& state, const task_key& task) {
    auto rows = bare_rows_of(state, task);
    for (task_row& row : rows) row.of = state.id;
    return rows;
}

std::vector<open_rows> rows_of_open(const case_state& state) {
    std::vector<open_rows> open;
    for (const task_state& t : state.tasks)
        if (t.status == task_status::open) open.push_back({t.task, rows_of_task(state, t)});
    for (const consultation_state& c : state.consultations)
        if (c.status == task_status::open)
            open.push_back({c.consultation, rows_of_consultation(state, c)});
    return open;
}

earlier look_at(const case_state& before) {
    return {before.version, before.clock_passed(), carrier_of(before)};
}

std::vector<task_row> all_rows(const case_state& state) {
    auto open = rows_of_open(state);
    // Pointers: to sort what holds a dozen texts is a dozen kilobytes of program.
    std::vector<open_rows*> order;
    for (open_rows& one : open) order.push_back(&one);
    std::sort(order.begin(), order.end(),
              [](const open_rows* a, const open_rows* b) { return a->key < b->key; });
    std::vector<task_row> all;
    for (open_rows* one : order)
        for (task_row& row : one->rows) {
            row.of = state.id;
            all.push_back(std::move(row));
        }
    return all;
}

head_row head_of(const case_state& state, const digest256& hash, std::uint64_t history_bytes) {
    head_row head;
    head.id = state.id;
    head.procedure = state.procedure;
    head.definition = state.definition;
    head.version = state.version;
    head.hash = hash;
    head.status = status_of(state.status);
    head.end_kind = state.end_kind;
    head.reference = state.reference;
    head.opener_unit = state.opener.unit;
    head.opener_person = state.opener.person;
    head.opened_at = state.opened_at;
    head.last_at = state.last_at;
    if (state.case_due) head.due_before = state.case_due->before;
    head.history_bytes = history_bytes;
    return head;
}

bool agrees(const head_row& row, const case_state& state) noexcept {
    const bool same_due =
        state.case_due ? row.due_before == state.case_due->before : !row.due_before;
    return row.id == state.id && row.procedure == state.procedure &&
           row.definition == state.definition && row.version == state.version &&
           (row.status == status_of(state.status) || row.status == stored_status::quarantined) &&
           row.end_kind == state.end_kind && row.reference == state.reference &&
           row.opener_unit == state.opener.unit && row.opener_person == state.opener.person &&
           row.opened_at == state.opened_at && row.last_at == state.last_at && same_due;
}

void add_outbox(std::vector<outbox_row>& rows, const case_state& after, const case_event& fact) {
    std::uint32_t n = 0;
    const auto add = [&](outbox_kind kind, std::string body) {
        outbox_row& row = rows.emplace_back();
        row.of = after.id;
        row.seq = fact.seq;
        row.n = n++;
        row.kind = kind;
        row.body = std::move(body);
    };
    for (const notice& entry : notices_of(fact.body))
        add(outbox_kind::notice, encode_notice(entry));
    if (const auto* done = std::get_if<event::task_completed>(&fact.body))
        for (const link_request& request : done->links)
            add(outbox_kind::link, encode_link(request));
    if (std::holds_alternative<event::case_ended>(fact.body) && !after.parent.empty()) {
        link_request report;
        report.procedure = after.procedure;
        report.definition = after.definition;
        report.child = after.id;
        add(outbox_kind::link, encode_link(report));
    }
}

bool is_end_report(const outbox_row& row, const link_request& request) noexcept {
    return row.of == request.child;
}

namespace {

/// The rows of one task put beside those that the store has; both are right afterwards.
void put_rows(write_batch& batch, const case_state& after, const task_key& key,
              std::vector<open_rows>& open) {
    const auto was = std::find_if(open.begin(), open.end(),
                                  [&](const open_rows& one) { return one.key == key; });
    std::vector<task_row> is = bare_rows_of(after, key);
    if (was == open.end() ? is.empty() : was->rows == is) return;
    if (was != open.end() && !was->rows.empty()) batch.drop_tasks.push_back(key);
    batch.put_tasks.reserve(batch.put_tasks.size() + is.size());
    for (const task_row& row : is) batch.put_tasks.emplace_back(row).of = after.id;
    if (was == open.end()) {
        open.push_back({key, std::move(is)});
    } else if (is.empty()) {
        if (&*was != &open.back()) *was = std::move(open.back());
        open.pop_back();
    } else {
        was->rows = std::move(is);
    }
}

}  // namespace

void make_batch(write_batch& batch, const chain_identity& identity, const earlier& before,
                const digest256& previous, const std::vector<case_event>& events,
                const case_state& after, command_row command, const salt16* salts,
                sha256_stream& hash, std::vector<open_rows>& open, tail& grown) {
    batch.of = after.id;
    batch.expected_version = before.version;
    batch.expected_hash = previous;
    batch.events = seal_all(identity, previous, events, salts, hash);
    std::vector<task_key> keys;
    keys.reserve(2 * events.size() + 2);
    std::size_t notices = 0;
    for (const case_event& fact : events) notices += notices_of(fact.body).size();
    batch.outbox.reserve(notices);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::size_t bytes = size_of(batch.events[i]);
        grown.events += 1;
        grown.bytes += bytes;
        grown.all_bytes += bytes;
        add_outbox(batch.outbox, after, events[i]);
        std::visit(touched{keys, open}, events[i].body);
    }
    touch_clocks(keys, before, after);
    for (const task_key& key : keys) put_rows(batch, after, key, open);
    batch.head = head_of(after, batch.events.back().hash, grown.all_bytes);
    command.first_seq = events.front().seq;
    command.last_seq = events.back().seq;
    batch.command = std::move(command);
    if ((grown.events >= snapshot_events || grown.bytes >= snapshot_bytes) &&
        grown.bytes >= grown.snapshot / snapshot_part) {
        batch.snapshot =
            snapshot_row{after.version, stored_format, codec::encode_state(after, grown.comments)};
        grown.events = grown.bytes = 0;
        grown.snapshot = batch.snapshot->state.size();
    }
}

}  // namespace quytrinh::detail::project
