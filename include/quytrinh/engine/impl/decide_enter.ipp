// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/decide_enter.ipp: what is added to an open task or case without moving it
// on: record, opine, comment, attach.
#pragma once

#include <quytrinh/engine/impl/completion.hpp>
#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace enter_bodies {
namespace {

unexpected no_text() { return fail(errc::invalid_argument, {"no_text"}); }

/// The task named, or none for the case itself.
result<std::optional<task_key>> about(const desk& d, const task_name& name) {
    if (name.empty()) return std::optional<task_key>{};
    const auto key = find_open(d.text, d.state, name);
    if (!key) return key.failure();
    return std::optional<task_key>{*key};
}

}  // namespace
}  // namespace enter_bodies

result<void> perform(desk& d, const command::record& c) {
    const auto found = d.task(c.task);
    if (!found) return found.failure();
    const task_state& t = **found;
    const auto where = d.step_of(t.task);
    if (!where) return where.failure();
    if (t.awaiting_receipt)
        return fail(errc::not_received, {t.task.step, listed(workers_of(d.text, t))});
    if (c.fields.empty() && c.channel.empty()) return enter_bodies::no_text();

    auto& e = d.begin<event::fields_recorded>();
    e.task = t.task;
    auto channel = channel_named(d.text, **where, c.channel);
    if (!channel) return channel.failure();
    e.channel = std::move(*channel);
    auto entries = read_entries(d.text, *where, c.fields);
    if (!entries) return entries.failure();
    if (auto done = settle_files(d.state, {}, *entries); !done) return done;
    reading seen = d.look();
    seen.pending = &*entries;
    seen.about = &t.task;
    seen.channel = e.channel;
    seen = seen.from(t);
    const auto held = acts_of(**where, seen);
    if (!held) return held.failure();
    written out;
    if (auto done = write_entries(seen, **where, t.task, *held, false, out); !done) return done;
    e.fields = std::move(out.fields);
    e.effects = std::move(out.effects);
    seen.coming = &e.effects;
    auto dues = recount(seen);
    if (!dues) return dues.failure();
    e.effects.dues = std::move(*dues);
    auto clock = recount_case(seen);
    if (!clock) return clock.failure();
    e.effects.case_due = *clock;
    return d.commit();
}

result<void> perform(desk& d, const command::opine& c) {
    const auto found = d.task(c.task);
    if (!found) return found.failure();
    const task_state& t = **found;
    if (blank(c.text)) return enter_bodies::no_text();
    auto& e = d.begin<event::opinion_given>();
    e.task = t.task;
    e.role = d.who.lead;
    e.text = c.text;
    notice_list notices;
    tell_leads(notices, notice_kind::opinion_given, t);
    e.notices = notices.take();
    return d.commit();
}

result<void> perform(desk& d, const command::comment& c) {
    if (blank(c.text)) return enter_bodies::no_text();
    auto key = enter_bodies::about(d, c.task);
    if (!key) return key.failure();
    auto& e = d.begin<event::commented>();
    e.task = *key;
    e.text = c.text;
    notice_list notices;
    for (const auto& t : d.state.tasks)
        if (t.status == task_status::open && (!e.task || t.task == *e.task)) {
            tell_leads(notices, notice_kind::commented, t);
            notices.tell(notice_kind::commented, t.with, relation::coordinate);
        }
    // Nobody needs to be told what they have just said themselves.
    e.notices = notices.take();
    std::erase_if(e.notices, [&](const notice& n) {
        return n.to.unit == d.by.unit && (n.to.person.empty() || n.to.person == d.by.person);
    });
    return d.commit();
}

result<void> perform(desk& d, const command::attach& c) {
    if (blank(c.file.name)) return fail(errc::invalid_argument, {"no_file_name"});
    auto key = enter_bodies::about(d, c.task);
    if (!key) return key.failure();
    auto& e = d.begin<event::attached>();
    e.task = *key;
    e.file = c.file;
    if (!c.file.precondition.empty()) {
        const step* where = *key ? d.text.find_step((*key)->step) : nullptr;
        const auto known = where != nullptr ? papers_of(*where) : std::vector<std::string>{};
        const auto meant = std::find_if(known.begin(), known.end(), [&](const std::string& text) {
            return same_word(text, c.file.precondition);
        });
        if (meant == known.end())
            return fail(errc::tick_unknown, {where != nullptr ? where->id : std::string{},
                                             c.file.precondition, listed(in_quotes(known))});
        e.file.precondition = *meant;
    }
    return d.commit();
}

}  // namespace quytrinh::detail::engine
