// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/folding.hpp: private. What several facts do to a state: fields, limits,
// approvals and the overall clock. Used by evolve.ipp only.
#pragma once

#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::folding {

inline unexpected corrupt(const case_event& fact, std::string_view why) {
    return fail(errc::store_corrupt,
                {"event " + std::to_string(fact.seq) + ": " + std::string(why)});
}

inline bool is_open_task(const case_state& state, const task_key& key) noexcept {
    const auto* found = state.find_task(key);
    return found != nullptr && found->status == task_status::open;
}

/// The open task, to be changed.
inline task_state* open_task(case_state& state, const task_key& key) {
    for (std::size_t i = state.tasks.size(); i-- > 0;)
        if (state.tasks[i].task == key)
            return state.tasks[i].status == task_status::open ? &state.tasks.edit(i) : nullptr;
    return nullptr;
}

inline consultation_state* open_consultation(case_state& state, const task_key& key) noexcept {
    auto* found = const_cast<consultation_state*>(state.find_consultation(key));
    return found != nullptr && found->status == task_status::open ? found : nullptr;
}

/// Rounds of a step are counted without a gap, from 1.
inline bool next_round(const case_state& state, const task_key& key) noexcept {
    const auto history = state.steps.find(key.step);
    const std::uint32_t before = history == state.steps.end() ? 0 : history->second.rounds;
    return !key.step.empty() && key.round == before + 1 && key.round != 0;
}

inline bool add_once(std::vector<std::string>& words, const std::string& word) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return false;
    words.push_back(word);
    return true;
}

/// Sets the latest occurrence, and the first where there was none.
inline void mark(std::optional<instant>& first, std::optional<instant>& latest,
                 instant at) noexcept {
    if (!first) first = at;
    latest = at;
}

// ---------------------------------------------------------------- fields and limits

inline bool fields_possible(const std::vector<field_entry>& fields,
                            const form_effects& effects) noexcept {
    const auto named = [](const field_entry& f) { return !f.form.empty() && !f.field.empty(); };
    return std::all_of(fields.begin(), fields.end(), named) &&
           std::all_of(effects.appended.begin(), effects.appended.end(), named);
}

/// Can the recounted limits belong to this state once the event has closed `closing`?
inline bool dues_possible(case_state& state,
                          const std::vector<std::pair<task_key, task_due>>& dues) noexcept {
    return std::all_of(dues.begin(), dues.end(), [&](const auto& one) {
        return is_open_task(state, one.first) || open_consultation(state, one.first) != nullptr;
    });
}

template <class Work>
inline void set_due(Work& work, const task_due& due, instant at) {
    work.due = due;
    // A limit that moved ahead of now is kept again; one that moved back fires its own timer. One
    // whose date was taken away was missed all the same.
    if (due.due && due.due->before > at) work.overdue = false;
}

/// The appointed date of the case; one that moved ahead of now is kept again.
inline void set_case_due(case_state& state, const due_instant& due, instant at) {
    state.case_due = due;
    if (due.before > at) state.overdue = false;
}

/// Clocks of a part of the way: begun, or moved.
inline void apply_parts(case_state& state,
                        const std::vector<std::pair<std::uint32_t, due_instant>>& parts,
                        instant at) {
    for (const auto& one : parts) {
        const auto running =
            std::find_if(state.parts.begin(), state.parts.end(),
                         [&](const part_clock& p) { return p.limit == one.first && !p.closed_at; });
        if (running == state.parts.end()) {
            state.parts.push_back({one.first, at, one.second, false, std::nullopt, false});
            continue;
        }
        running->due = one.second;
        if (one.second.before > at) running->overdue = false;
    }
}

/// Stops a clock; what ended while it stood still ended when it stopped. Then only its date moves:
/// what was late when the clock stopped stays so.
inline void stop_part(const case_state& state, part_clock& p, instant at,
                      const std::vector<std::pair<std::uint32_t, due_instant>>& moved) noexcept {
    if (p.closed_at) return;
    p.closed_at = at;
    p.late = state.clock_stopped_at.value_or(at) >= p.due.before;
    for (const auto& one : moved)
        if (one.first == p.limit) p.due = one.second;
}

inline void apply_keeping(case_state& state, const std::vector<kept_record>& keeping) {
    for (const auto& kept : keeping) {
        const auto before = std::find_if(state.keeping.begin(), state.keeping.end(),
                                         [&](const kept_record& k) { return k.code == kept.code; });
        if (before == state.keeping.end())
            state.keeping.push_back(kept);
        else
            *before = kept;
    }
}

inline void apply_dues(case_state& state, const std::vector<std::pair<task_key, task_due>>& dues,
                       instant at) {
    for (const auto& [key, due] : dues) {
        if (auto* task = open_task(state, key))
            set_due(*task, due, at);
        else if (auto* question = open_consultation(state, key))
            set_due(*question, due, at);
    }
}

inline void apply_fields(case_state& state, const case_event& fact, const task_key& where,
                         const std::vector<field_entry>& fields, const form_effects& effects,
                         const case_id& origin = {}, consultation_state* question = nullptr) {
    const auto form_of = [&](const std::string& code) -> form_state& {
        const bool own = question != nullptr && std::find(effects.own.begin(), effects.own.end(),
                                                          code) != effects.own.end();
        return own ? question->forms[code] : state.forms[code];
    };
    for (const auto& code : effects.renewed) {
        auto& form = form_of(code);
        ++form.version;
        form.version_of = where;
    }
    // Only events from before each question had its own instance say so.
    for (const auto& code : effects.emptied) form_of(code).fields.clear();
    for (const auto& code : effects.unapproved) {
        auto& form = state.forms[code];
        form.approved_version.reset();
        form.approved_at.reset();
        form.approved_by = {};
        form.approved_boxes.clear();
    }
    const auto enter = [&](field_state& into, const field_entry& f) {
        into.content = f.content;
        into.by = fact.by;
        into.at = fact.at;
        into.step = where.step;
        into.from_case = origin;
    };
    const std::string* last = nullptr;
    form_state* of = nullptr;
    for (const auto& f : fields) {
        if (last == nullptr || *last != f.form) of = &form_of(f.form);
        last = &f.form;
        enter(of->fields[f.field], f);
    }
    for (const auto& f : effects.appended) {
        auto& form = form_of(f.form);
        auto& [name, latest] = form.appended.emplace_back();
        name = f.field;
        enter(latest, f);
        form.fields[f.field] = latest;
    }
    for (const auto& [form, box] : effects.closed) add_once(form_of(form).closed_boxes, box);
    if (effects.case_due) set_case_due(state, *effects.case_due, fact.at);
    apply_dues(state, effects.dues, fact.at);
}

/// What was answered last is what the flow reads, as a new version of the form: in the place of
/// what the same question said before, beside what other questions say on that form.
inline void publish(case_state& state, const consultation_state& question,
                    const std::vector<std::string>& own) {
    for (const auto& code : own) {
        const auto instance = question.forms.find(code);
        if (instance == question.forms.end() || instance->second.version == 0) continue;
        auto& form = state.forms[code];
        ++form.version;
        form.version_of = question.consultation;
        for (const auto& before : state.consultations) {
            if (before.consultation.step != question.consultation.step) continue;
            const auto said = before.forms.find(code);
            if (said == before.forms.end()) continue;
            for (const auto& field : said->second.fields) form.fields.erase(field.first);
        }
        for (const auto& [name, latest] : form.appended) form.fields[name] = latest;
        for (const auto& [name, latest] : instance->second.fields) form.fields[name] = latest;
        for (const auto& box : instance->second.closed_boxes) add_once(form.closed_boxes, box);
        const auto& more = instance->second.appended;
        form.appended.insert(form.appended.end(), more.begin(), more.end());
    }
}

inline void apply_approvals(case_state& state, const case_event& fact,
                            const event::task_completed& done) {
    for (const auto& code : done.approved) {
        auto& form = state.forms[code];
        const bool whole_before = form.approved_version && form.approved_boxes.empty();
        form.approved_version = form.version;
        form.approved_at = fact.at;
        form.approved_by = fact.by;
        bool by_box = false;
        for (const auto& [of, box] : done.effects.approved_boxes) {
            if (of != code) continue;
            by_box = true;
            if (!whole_before) add_once(form.approved_boxes, box);
        }
        if (!by_box) form.approved_boxes.clear();
    }
}

// ---------------------------------------------------------------- the overall clock

inline bool counted_open(const case_state& state) noexcept {
    return std::any_of(state.tasks.begin(), state.tasks.end(), [](const task_state& t) {
        return t.status == task_status::open && !t.not_counted;
    });
}

inline void run_clock(case_state& state, instant at) {
    if (counted_open(state)) {
        if (state.clock_stopped_at && *state.clock_stopped_at < at)
            state.pauses.emplace_back(*state.clock_stopped_at, at);
        state.clock_stopped_at.reset();
        return;
    }
    const bool open = std::any_of(state.tasks.begin(), state.tasks.end(), [](const task_state& t) {
        return t.status == task_status::open;
    });
    // Between two steps of one command nothing is open: the clock goes on as it was.
    if (open && !state.clock_stopped_at) state.clock_stopped_at = at;
}

}  // namespace quytrinh::detail::folding
