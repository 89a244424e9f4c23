// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/decide_ask.ipp: side questions (`xin ý kiến 6a … tại bước 5`): raised inside
// an open task, answered by whoever is asked, after which the task goes on where it was.
#pragma once

#include <quytrinh/engine/impl/completion.hpp>
#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace quytrinh::detail::engine {

namespace ask_bodies {
namespace {

/// The task inside which the question is raised; the gate has made sure that there is one.
result<const task_state*> task_for(const desk& d, const command::consult& c, const step& question) {
    if (!c.task.empty()) return d.task(c.task);
    for (const auto& t : d.state.tasks)
        if (t.status == task_status::open &&
            (question.at_any_step || among(question.at_steps, t.task.step)))
            return &t;
    return fail(not_open(d.text, d.state, listed(question.at_steps)));
}

/// Recounts what depends on the entries of a question or answer and writes it into the effects.
result<void> recount_all(const reading& seen, form_effects& effects, const task_key* closing) {
    reading after = seen;
    after.coming = &effects;
    after.outside = true;
    auto dues = recount(after, closing);
    if (!dues) return dues.failure();
    effects.dues = std::move(*dues);
    auto clock = recount_case(after);
    if (!clock) return clock.failure();
    effects.case_due = *clock;
    return {};
}

/// The case as the question sees it: where a party is whoever its own paper names, that paper
/// counts. Nothing where no party hangs on it.
std::optional<case_state> as_asked(const desk& d, const std::vector<std::string>& own,
                                   const std::vector<entry>& entries) {
    const auto by_paper = [&](const party& p) {
        return p.binding == binding_kind::from_field &&
               std::any_of(own.begin(), own.end(), [&](const std::string& code) {
                   const form* f = d.text.find_form(code);
                   return f != nullptr && f->find(p.bound_from.field) != nullptr &&
                          (p.bound_from.form.empty() || p.bound_from.form == code);
               });
    };
    if (std::none_of(d.text.parties.begin(), d.text.parties.end(), by_paper)) return std::nullopt;
    std::optional<case_state> seen{d.state};
    for (const auto& code : own) seen->forms.erase(code);
    for (const auto& e : entries)
        if (among(own, e.of->code))
            seen->forms[e.of->code].fields[e.field->name].content = e.content;
    return seen;
}

/// What the asker filled in is settled: whoever answers may send it back as it is, no more.
result<void> keep_settled(const consultation_state& question, std::vector<entry>& entries) {
    const auto settled = [&](const entry& e) -> const value* {
        const auto form = question.forms.find(e.of->code);
        if (form == question.forms.end()) return nullptr;
        const auto found = form->second.fields.find(e.field->name);
        return found == form->second.fields.end() || found->second.content.empty()
                   ? nullptr
                   : &found->second.content;
    };
    for (const auto& e : entries)
        if (const value* before = settled(e); before != nullptr && *before != e.content)
            return fail(errc::field_locked, {e.field->name, {}, to_string(question.consultation)});
    std::erase_if(entries, [&](const entry& e) { return settled(e) != nullptr; });
    return {};
}

}  // namespace
}  // namespace ask_bodies

result<void> perform(desk& d, const command::consult& c) {
    const step* question = d.text.find_step(c.consultation);
    if (question == nullptr) return fail(errc::no_such_step, {d.text.code, c.consultation});
    const auto inside = ask_bodies::task_for(d, c, *question);
    if (!inside) return inside.failure();
    const task_state& t = **inside;
    if (t.awaiting_receipt)
        return fail(errc::not_received, {t.task.step, listed(workers_of(d.text, t))});
    if (blank(c.text) && c.fields.empty()) return fail(errc::invalid_argument, {"no_text"});
    auto entries = read_entries(d.text, question, c.fields);
    if (!entries) return entries.failure();
    if (auto done = settle_files(d.state, {}, *entries); !done) return done;
    if (auto room = room_for_one_more(d); !room) return room;

    auto& e = d.begin<event::consultation_opened>();
    const auto history = d.state.steps.find(question->id);
    e.consultation = {question->id,
                      (history == d.state.steps.end() ? 0 : history->second.rounds) + 1};
    e.task = t.task;
    e.text = c.text;
    auto channel = channel_named(d.text, *question, c.channel);
    if (!channel) return channel.failure();
    e.channel = std::move(*channel);
    settle_channel(d.text, *question, e.channel);
    if (auto done = demand_channel(d.text, *question, e.channel); !done) return done;
    reading seen = d.look();
    seen.pending = &*entries;
    seen.channel = e.channel;
    seen.entered_from = t.task.step;
    seen.round = e.consultation.round;
    const auto own = own_papers(d.text, *question);
    seen.own = &own;
    const auto held = acts_of(*question, seen);
    if (!held) return held.failure();
    // The question is complete when it is asked: whoever answers must be able to read it.
    if (auto done = demand_fields(seen, *question, *held); !done) return done;
    written out;
    if (auto done = write_entries(seen, *question, e.consultation, *held, false, out); !done)
        return done;
    e.fields = std::move(out.fields);
    e.effects = std::move(out.effects);
    for (const auto& code : filled_by(*held))
        if (among(own, code) && !among(e.effects.renewed, code)) e.effects.renewed.push_back(code);
    e.effects.own = own;
    if (auto done = ask_bodies::recount_all(seen, e.effects, nullptr); !done) return done;

    const auto laid = ask_bodies::as_asked(d, own, *entries);
    const case_state& about = laid ? *laid : d.state;
    auto asked = leads_of(d.text, about, *question);
    if (!asked.unbound.empty() || asked.seats.empty())
        return fail(errc::role_unbound, {asked.unbound});
    e.asked = std::move(asked.seats);
    if (!question->recorder.empty())
        if (auto notes = seats_of(d.text, about, question->recorder); !notes.empty())
            e.recorder = std::move(notes.front());
    auto due = count_due({question, t.task.step, false, d.at, d.at, nullptr}, seen);
    if (!due) return due.failure();
    e.due = std::move(*due);

    const auto is_held = [&](const condition& cond) { return holds(cond, seen); };
    notice_list notices;
    notices.tell(notice_kind::consulted, e.asked, relation::asked);
    notices.tell(notice_kind::consulted, e.recorder, relation::asked);
    notices.tell(notice_kind::consulted, seats_of_clauses(d.text, about, question->with, is_held),
                 relation::coordinate);
    notices.tell(notice_kind::consulted, seats_of_clauses(d.text, about, question->inform, is_held),
                 relation::inform);
    e.notices = notices.take();
    d.out.opened.push_back(e.consultation);
    return d.commit();
}

result<void> perform(desk& d, const command::answer& c) {
    const auto key = find_open(d.text, d.state, c.consultation);
    if (!key) return key.failure();
    const consultation_state* found = d.state.find_consultation(*key);
    const step* question = d.text.find_step(key->step);
    if (found == nullptr || question == nullptr)
        return fail(not_open(d.text, d.state, c.consultation));

    auto& e = d.begin<event::consultation_answered>();
    e.consultation = *key;
    e.text = c.text;
    const auto& choices = question->answers;
    if (!choices.empty()) {
        const auto meant = std::find_if(choices.begin(), choices.end(), [&](const std::string& a) {
            return same_word(a, c.chosen);
        });
        if (meant == choices.end())
            return fail(errc::answer_unknown, {question->id, c.chosen, listed(in_quotes(choices))});
        e.answer = *meant;
    } else if (!c.chosen.empty()) {
        return fail(errc::answer_unknown, {question->id, c.chosen, "(words)"});
    } else if (blank(c.text) && c.fields.empty()) {
        return fail(errc::invalid_argument, {"no_text"});
    }
    auto entries = read_entries(d.text, question, c.fields);
    if (!entries) return entries.failure();
    if (auto done = settle_files(d.state, {}, *entries); !done) return done;
    if (auto done = ask_bodies::keep_settled(*found, *entries); !done) return done;
    reading seen = d.look();
    seen.pending = &*entries;
    seen.channel = found->channel;
    seen.entered_from = found->task.step;
    seen.round = key->round;
    // A question put before each had its own instance goes on with the case's.
    std::vector<std::string> own;
    for (const auto& one : found->forms) own.push_back(one.first);
    seen.own = &own;
    seen.asked = found;
    const auto held = acts_of(*question, seen);
    if (!held) return held.failure();
    // The answer may not take away what the question had to say.
    if (auto done = demand_fields(seen, *question, *held); !done) return done;
    written out;
    if (auto done = write_entries(seen, *question, *key, *held, true, out); !done) return done;
    e.fields = std::move(out.fields);
    e.effects = std::move(out.effects);
    e.effects.own = own;
    // The answer is a new version of what the flow reads.
    for (const auto& code : own)
        if (const auto form = d.state.forms.find(code);
            form != d.state.forms.end() && form->second.approved_version)
            e.effects.unapproved.push_back(code);
    if (auto done = ask_bodies::recount_all(seen, e.effects, &*key); !done) return done;
    e.late = is_late(found->due, found->overdue, d.at);

    notice_list notices;
    if (const task_state* t = d.state.find_task(found->task)) {
        tell_leads(notices, notice_kind::answered, *t);
        notices.tell(notice_kind::answered, t->with, relation::coordinate);
    }
    e.notices = notices.take();
    return d.commit();
}

}  // namespace quytrinh::detail::engine
