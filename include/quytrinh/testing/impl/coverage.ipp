// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/coverage.ipp: what there is to cover in a procedure, and reading a case for
// what it covers: each event is looked at beside the state that it meets.
#pragma once

#include <quytrinh/testing/coverage.hpp>

#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

namespace quytrinh::testing {

namespace detail::covering {
namespace {

/// Is there an instant after which a task under this limit is late?
bool can_be_missed(const time_limit& l) noexcept {
    switch (l.what) {
    case time_limit::kind::count:
    case time_limit::kind::from_field:
    case time_limit::kind::before_date:
    case time_limit::kind::through_date:
    case time_limit::kind::immediately: return true;
    case time_limit::kind::not_stated:
    case time_limit::kind::laid_down: break;
    }
    return false;
}

/// Conditions of a `hạn chung` line read fields only.
class fields_of_case final : public condition_reader {
public:
    explicit fields_of_case(const case_state& state) : state_(state) {}
    value read(const operand& what) override {
        if (what.what == operand::kind::literal) return what.literal;
        if (what.what != operand::kind::field) return {};
        const field_state* found = state_.find_field(what.field);
        return found == nullptr ? value{} : found->content;
    }
    truth has_row(const std::string&, const std::vector<value>&) override { return truth::unknown; }
    std::string outcome() override { return {}; }

private:
    const case_state& state_;
};

/// Which `hạn chung` of the whole case holds.
std::optional<std::uint32_t> overall_line(const procedure& of, const case_state& state) {
    fields_of_case fields(state);
    for (std::uint32_t i = 0; i < of.overall.size(); ++i) {
        const overall_limit& line = of.overall[i];
        if (!line.from_step.empty() || !line.to_step.empty()) continue;
        if (!line.when) return i;
        const auto held = evaluate(*line.when, fields);
        if (held && *held == truth::yes) return i;
    }
    return std::nullopt;
}

}  // namespace
}  // namespace detail::covering

// ---------------------------------------------------------------- what there is

coverage::coverage(procedure_ptr of) : of_(std::move(of)) {
    QUYTRINH_ASSERT(of_ != nullptr);
    const auto number = [](std::size_t i) { return static_cast<std::uint32_t>(i); };
    for (const step& s : of_->steps) {
        const bool asked = s.kind == step_kind::consultation;
        want(asked ? cover::consultation : cover::step, s.id, 0, {}, s.where);
        for (std::size_t i = 0; i < s.branches.size(); ++i) {
            const branch& b = s.branches[i];
            want(cover::branch, s.id, number(i), b.outcome(), b.where);
            if (b.at_most != 0) want(cover::used_up, s.id, number(i), b.outcome(), b.where);
        }
        for (std::size_t i = 0; i < s.answers.size(); ++i)
            want(cover::answer, s.id, number(i), s.answers[i], s.where);
        for (std::size_t i = 0; i < s.limits.size(); ++i) {
            const time_limit& l = s.limits[i];
            if (!detail::covering::can_be_missed(l)) continue;
            want(cover::kept, s.id, number(i), {}, l.where);
            want(cover::missed, s.id, number(i), {}, l.where);
        }
        for (std::size_t i = 0; i < s.preconditions.size(); ++i)
            want(cover::precondition, s.id, number(i), s.preconditions[i].text,
                 s.preconditions[i].where);
        for (std::size_t i = 0; i < s.acts.size(); ++i) {
            const form_act& act = s.acts[i];
            if (act.what != form_act::kind::keep) continue;
            want(cover::record, s.id, number(i), act.code.empty() ? act.paper : act.code,
                 act.where);
        }
        for (std::size_t i = 0; i < s.links.size(); ++i)
            want(cover::link, s.id, number(i), s.links[i].procedure, s.links[i].where);
    }
    for (std::size_t i = 0; i < of_->overall.size(); ++i) {
        want(cover::case_kept, {}, number(i), {}, of_->overall[i].where);
        want(cover::case_missed, {}, number(i), {}, of_->overall[i].where);
    }
    want_parties();
    // In the order of the text, which is how an author looks for what is missing.
    std::stable_sort(items_.begin(), items_.end(), [](const auto& a, const auto& b) {
        return std::tie(a.where.file, a.where.range.begin) <
               std::tie(b.where.file, b.where.range.begin);
    });
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const coverage_item& item = items_[i];
        by_key_.find(key_of(item.what, item.step, item.index, item.subject))->second = i;
    }
}

void coverage::want_parties() {
    std::set<std::string> act, hear;
    for (const step& s : of_->steps) {
        act.insert(s.lead.parties.begin(), s.lead.parties.end());
        if (!s.recorder.empty()) act.insert(s.recorder);
        for (const auto* clauses : {&s.with, &s.inform})
            for (const party_clause& clause : *clauses)
                hear.insert(clause.parties.begin(), clause.parties.end());
    }
    for (const party& p : of_->parties) {
        if (act.contains(p.code)) want(cover::acted, {}, 0, p.code, p.where);
        if (!act.contains(p.code) && hear.contains(p.code))
            want(cover::told, {}, 0, p.code, p.where);
    }
}

coverage::key_view coverage::key_of(cover what, std::string_view step, std::uint32_t index,
                                    std::string_view subject) {
    return {what, step, index, step.empty() ? subject : std::string_view()};
}

void coverage::want(cover what, std::string step, std::uint32_t index, std::string subject,
                    place where) {
    if (!by_key_.try_emplace(key(key_of(what, step, index, subject)), items_.size()).second) return;
    items_.push_back({what, std::move(step), index, std::move(subject), where, 0, {}});
}

void coverage::hit(cover what, const std::string& step, std::uint32_t index,
                   const std::string& subject, std::string_view label) {
    const auto found = by_key_.find(key_of(what, step, index, subject));
    if (found == by_key_.end()) return;
    coverage_item& item = items_[found->second];
    if (item.times++ != 0) return;
    ++covered_;
    item.first = std::string(label);
}

// ---------------------------------------------------------------- reading a case

/// One case on its way through its events.
struct coverage::reading {
    coverage& into;
    const procedure& of;
    std::string_view label;
    case_state& state;

    void hit(cover what, const std::string& step, std::uint32_t index = 0,
             const std::string& subject = {}) {
        into.hit(what, step, index, subject, label);
    }
    const step* find(const std::string& id) const { return of.find_step(id); }

    /// The limit of what is closed now.
    void close(const std::string& id, const task_due& due, bool overdue, bool late) {
        if (due.kind == due_kind::immediately && !late) hit(cover::kept, id, due.limit_index);
        if (due.kind != due_kind::counted) return;
        if (!late) hit(cover::kept, id, due.limit_index);
        // What was said to be overdue has been counted then.
        if (late && !overdue) hit(cover::missed, id, due.limit_index);
    }

    void on(const event::task_completed& e, const case_event& fact) {
        const task_state* t = state.find_task(e.task);
        const step* where = find(e.task.step);
        if (t == nullptr || where == nullptr) return;
        hit(cover::step, where->id);
        acted(e.lead, t->recorder, fact);
        close(where->id, t->due, t->overdue, e.late);
        branched(*where, e);
        ticked(*where, e.confirmed);
        for (std::uint32_t i = 0; i < where->acts.size(); ++i) {
            const form_act& act = where->acts[i];
            const std::string& name = act.code.empty() ? act.paper : act.code;
            if (act.what == form_act::kind::keep &&
                std::find(e.kept.begin(), e.kept.end(), name) != e.kept.end())
                hit(cover::record, where->id, i, name);
        }
        for (std::uint32_t i = 0; i < where->links.size(); ++i)
            for (const link_request& asked : e.links)
                if (asked.procedure == where->links[i].procedure)
                    hit(cover::link, where->id, i, asked.procedure);
    }
    void branched(const step& where, const event::task_completed& e) {
        if (e.branch >= where.branches.size()) return;
        const branch& b = where.branches[e.branch];
        if (e.afterwards) {
            hit(cover::used_up, where.id, e.branch, b.outcome());
            return;
        }
        hit(cover::branch, where.id, e.branch, b.outcome());
        const auto taken = state.taken.find({where.id, e.branch});
        const std::uint32_t before = taken == state.taken.end() ? 0 : taken->second;
        if (b.at_most != 0 && !b.afterwards && before + 1 == b.at_most)
            hit(cover::used_up, where.id, e.branch, b.outcome());
    }
    void ticked(const step& where, const std::vector<std::string>& texts) {
        for (std::uint32_t i = 0; i < where.preconditions.size(); ++i) {
            const std::string& text = where.preconditions[i].text;
            if (std::find(texts.begin(), texts.end(), text) != texts.end())
                hit(cover::precondition, where.id, i, text);
        }
    }
    void acted(const std::string& role, const seat& recorder, const case_event& fact) {
        if (!role.empty()) hit(cover::acted, {}, 0, role);
        if (fact.as == capacity::recorder && !recorder.role.empty())
            hit(cover::acted, {}, 0, recorder.role);
    }

    void on(const event::task_confirmed& e, const case_event& fact) {
        const task_state* t = state.find_task(e.task);
        const step* where = find(e.task.step);
        if (t == nullptr || where == nullptr) return;
        acted(e.lead, t->recorder, fact);
        ticked(*where, e.confirmed);
    }
    void on(const event::consultation_answered& e, const case_event& fact) {
        const consultation_state* c = state.find_consultation(e.consultation);
        const step* where = find(e.consultation.step);
        if (c == nullptr || where == nullptr) return;
        hit(cover::consultation, where->id);
        for (std::uint32_t i = 0; i < where->answers.size(); ++i)
            if (where->answers[i] == e.answer) hit(cover::answer, where->id, i, e.answer);
        close(where->id, c->due, c->overdue, e.late);
        for (const seat& asked : c->asked)
            if (c->asked.size() == 1 || asked.unit == fact.by.unit)
                acted(asked.role, c->recorder, fact);
    }
    void on(const event::task_overdue& e, const case_event&) {
        if (const task_state* t = state.find_task(e.task))
            hit(cover::missed, e.task.step, t->due.limit_index);
        else if (const consultation_state* c = state.find_consultation(e.task))
            hit(cover::missed, e.task.step, c->due.limit_index);
    }
    template <class Other>
    void on(const Other&, const case_event&) {}

    void take(const case_event& fact) {
        std::visit([&](const auto& body) { on(body, fact); }, fact.body);
        for (const notice& n : notices_of(fact.body)) hit(cover::told, {}, 0, n.to.role);
    }
};

void coverage::conclude(const case_state& state, std::string_view label) {
    for (const part_clock& p : state.parts) {
        if (p.overdue || p.late)
            hit(cover::case_missed, {}, p.limit, {}, label);
        else if (p.closed_at)
            hit(cover::case_kept, {}, p.limit, {}, label);
    }
    if (!state.case_due) return;
    const auto line = detail::covering::overall_line(*of_, state);
    if (!line) return;
    if (state.overdue || state.late)
        hit(cover::case_missed, {}, *line, {}, label);
    else if (state.status == case_status::ended)
        hit(cover::case_kept, {}, *line, {}, label);
}

bool coverage::is_of(const digest256& definition) const noexcept {
    return definition == of_->hash ||
           std::find(also_.begin(), also_.end(), definition) != also_.end();
}

bool coverage::also_of(const procedure& same) {
    const auto& mine = of_->sources;
    if (!std::equal(
            mine.begin(), mine.end(), same.sources.begin(), same.sources.end(),
            [](const source_text& a, const source_text& b) { return a.text() == b.text(); }))
        return false;
    if (!is_of(same.hash)) also_.push_back(same.hash);
    return true;
}

result<void> coverage::follow(case_state& so_far, std::span<const case_event> next,
                              std::string_view label) {
    reading one{*this, *of_, label, so_far};
    for (const case_event& fact : next) {
        if (so_far.status != case_status::none && !is_of(so_far.definition)) return {};
        if (const auto* opened = std::get_if<event::case_opened>(&fact.body))
            if (opened->procedure != of_->code || !is_of(opened->definition)) return {};
        one.take(fact);
        if (auto done = evolve(so_far, fact); !done) return done;
    }
    return {};
}

result<void> coverage::add(std::span<const case_event> history, std::string_view label) {
    case_state state;
    if (auto done = follow(state, history, label); !done) return done;
    if (is_of(state.definition)) conclude(state, label);
    return {};
}

void coverage::merge(const coverage& other) {
    for (const coverage_item& item : other.items_) {
        const auto found = by_key_.find(key_of(item.what, item.step, item.index, item.subject));
        if (found == by_key_.end() || item.times == 0) continue;
        coverage_item& mine = items_[found->second];
        if (mine.times == 0) {
            ++covered_;
            mine.first = item.first;
        }
        mine.times += item.times;
    }
}

// ---------------------------------------------------------------- counting

unsigned coverage::percent() const noexcept {
    return items_.empty() ? 100 : static_cast<unsigned>(covered() * 100 / items_.size());
}

std::vector<const coverage_item*> coverage::missing() const {
    std::vector<const coverage_item*> all;
    for (const coverage_item& item : items_)
        if (item.times == 0) all.push_back(&item);
    return all;
}

std::optional<std::uint64_t> coverage::times(cover what, std::string_view step, std::uint32_t index,
                                             std::string_view subject) const {
    const auto found = by_key_.find(key_of(what, step, index, subject));
    if (found == by_key_.end()) return std::nullopt;
    return items_[found->second].times;
}

}  // namespace quytrinh::testing
