// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/due.ipp: what a limit runs from, and until when.
#pragma once

#include <quytrinh/engine/impl/due.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <chrono>

namespace quytrinh::detail::engine {

namespace due_bodies {
namespace {

unexpected no_calendar(const procedure& of) {
    return fail(errc::calendar_unknown,
                {of.calendar_code.empty() ? std::string("(default)") : of.calendar_code});
}

/// When a date field is the anchor, the day itself is what happened.
result<std::optional<instant>> at_field(const reading& seen, const field_ref& field,
                                        bool unapproved_too) {
    const value* v = seen.find(field);
    if (v == nullptr || (!unapproved_too && !seen.approved(field))) return std::optional<instant>{};
    const auto* day = v->get_if<date>();
    if (day == nullptr) return fail(errc::field_not_current, {field.field, "not_a_date"});
    if (seen.with->days == nullptr) return no_calendar(*seen.with->definition);
    return std::optional<instant>{start_of(*day, seen.with->days->offset)};
}

/// The latest occurrence in the history of a step, or the first where `lần đầu` is written.
std::optional<instant> in_history(const case_state& state, const anchor& from) {
    const auto found = state.steps.find(from.step);
    if (found == state.steps.end()) return std::nullopt;
    const step_history& h = found->second;
    switch (from.what) {
    case anchor::kind::receipt: return from.first ? h.first_received : h.received;
    case anchor::kind::start: return from.first ? h.first_started : h.started;
    case anchor::kind::completion: return from.first ? h.first_completed : h.completed;
    case anchor::kind::ok: return from.first ? h.first_ok : h.ok;
    case anchor::kind::nok: return from.first ? h.first_nok : h.nok;
    case anchor::kind::task_receipt:
    case anchor::kind::opening:
    case anchor::kind::signing:
    case anchor::kind::field:
    case anchor::kind::event: break;
    }
    return std::nullopt;
}

std::optional<instant> signed_at(const case_state& state, const std::string& code) {
    const auto form = state.forms.find(code);
    return form == state.forms.end() ? std::nullopt : form->second.approved_at;
}

/// Does the anchor name the receipt of this very task? `nhận ở bước N` is when the unit that must
/// act has what step N gave, so in the step that follows N it is the receipt of its own task; a
/// step that names itself can mean nothing else.
bool own_receipt(const occasion& of, const anchor& from) {
    if (from.what == anchor::kind::task_receipt) return true;
    return from.what == anchor::kind::receipt &&
           (from.step == of.from_step || from.step == of.where->id);
}

/// That receipt, or with `lần đầu` the first of its kind. The first time there is none before it.
std::optional<instant> receipt_of(const occasion& of, const case_state& state, const anchor& from) {
    if (!from.first) return of.received_at;
    const bool of_sender = from.what == anchor::kind::receipt && from.step != of.where->id;
    const auto found = state.steps.find(of_sender ? from.step : of.where->id);
    if (found == state.steps.end()) return of.received_at;
    const auto& first = of_sender ? found->second.first_received : found->second.first_started;
    return first ? first : of.received_at;
}

/// In a loop an anchor is its latest occurrence before this task opened: once the limit runs, what
/// happens or is told later moves nothing, or whoever is late could begin anew.
std::optional<instant> latest_before(const occasion& of, std::uint32_t index,
                                     std::optional<instant> at) {
    const bool runs =
        of.before != nullptr && of.before->limit_index == index && of.before->anchored_at;
    return runs ? of.before->anchored_at : at;
}

/// The moment from which a limit runs; nothing while it has not come.
result<std::optional<instant>> anchored(const occasion& of, const reading& seen,
                                        const time_limit& limit, std::uint32_t index) {
    const anchor& from = limit.from;
    const case_state& state = *seen.state;
    if (own_receipt(of, from)) return receipt_of(of, state, from);
    std::optional<instant> at;
    bool of_step = false;
    switch (from.what) {
    case anchor::kind::task_receipt: break;
    case anchor::kind::receipt:
    case anchor::kind::start:
    case anchor::kind::completion:
    case anchor::kind::ok:
    case anchor::kind::nok:
        of_step = true;
        at = latest_before(of, index, in_history(state, from));
        break;
    case anchor::kind::opening:
        of_step = true;
        at = state.opened_at;
        break;
    case anchor::kind::signing: at = signed_at(state, from.form); break;
    case anchor::kind::field: {
        auto day = at_field(seen, from.field, limit.approval_not_needed);
        if (!day) return day.failure();
        at = *day;
        break;
    }
    case anchor::kind::event: {
        const auto happened = state.signals.find(from.text);
        if (happened != state.signals.end()) at = latest_before(of, index, happened->second);
        break;
    }
    }
    // A task that was returned counts from the receipt of the return, even where the text names an
    // older moment, otherwise it would be born overdue. `lần đầu` is the
    // text's own word for the opposite and stays.
    if (of.returned && !from.first) {
        if (!of.received_at) return std::optional<instant>{};
        if (!at) return of_step ? of.received_at : at;
        at = std::max(*at, *of.received_at);
    }
    return at;
}

void waits(task_due& due) { due.kind = due_kind::waiting; }

/// `ngay lập tức`: due at the receipt itself. No length is invented.
void at_once(task_due& due, const occasion& of, const reading& seen) {
    if (!of.received_at) return waits(due);
    const auto offset =
        seen.with->days != nullptr ? seen.with->days->offset : std::chrono::minutes{420};
    due.kind = due_kind::immediately;
    due.anchored_at = of.received_at;
    const date day = day_of(*of.received_at, offset);
    due.due = due_instant{*of.received_at, true, day};
    const auto seconds = static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::seconds>(*of.received_at - start_of(day, offset)).count());
    due.trace.push_back({trace_step::start, day, seconds / 60, 2 + seconds % 60, {}});
    due.trace.push_back({trace_step::due, day, seconds / 60, 1 + seconds % 60, {}});
}

result<void> take(task_due& due, const procedure& of, const calendar& days,
                  result<counted_limit> counted) {
    if (!counted) return counted.failure();
    due.kind = due_kind::counted;
    due.due = counted->due;
    due.trace = std::move(counted->trace);
    due.calendar_code = days.code;
    due.calendar_version = std::move(counted->calendar_version);
    due.rule = of.rule;
    return {};
}

result<void> apply_limit(task_due& due, const occasion& of, const reading& seen,
                         const time_limit& limit) {
    const context& with = *seen.with;
    const procedure& text = *with.definition;
    switch (limit.what) {
    case time_limit::kind::not_stated: due.kind = due_kind::not_stated; return {};
    case time_limit::kind::laid_down:
        due.kind = due_kind::laid_down;
        due.text = limit.text;
        return {};
    case time_limit::kind::immediately: at_once(due, of, seen); return {};
    case time_limit::kind::count: {
        const auto from = anchored(of, seen, limit, due.limit_index);
        if (!from) return from.failure();
        if (!*from) {
            waits(due);
            return {};
        }
        if (with.days == nullptr) return no_calendar(text);
        due.anchored_at = *from;
        return take(
            due, text, *with.days,
            count_limit(*with.days, text.rule, **from, limit.length, with.bounds.limit_years));
    }
    case time_limit::kind::from_field: {
        const auto day = at_field(seen, limit.field, limit.approval_not_needed);
        if (!day) return day.failure();
        if (!*day) {
            waits(due);
            return {};
        }
        return take(due, text, *with.days,
                    due_at(*with.days, day_of(**day, with.days->offset), true));
    }
    case time_limit::kind::before_date:
    case time_limit::kind::through_date:
        if (!limit.day) return {};
        if (with.days == nullptr) return no_calendar(text);
        return take(due, text, *with.days,
                    due_at(*with.days, *limit.day, limit.what == time_limit::kind::through_date));
    }
    return {};
}

/// Can the limits of this step come out differently later? Most cannot, and are never counted
/// again.
bool varies(const step& where) noexcept {
    return std::any_of(where.limits.begin(), where.limits.end(), [](const time_limit& l) {
        if (l.when || l.what == time_limit::kind::from_field) return true;
        if (l.what != time_limit::kind::count) return false;
        return l.from.what == anchor::kind::signing || l.from.what == anchor::kind::field ||
               l.from.what == anchor::kind::event;
    });
}

/// The overall limit of the whole case that holds. Limits of a part of the path are the checker's.
result<const overall_limit*> overall_of(const reading& seen) {
    for (const auto& limit : seen.with->definition->overall) {
        if (!limit.from_step.empty() || !limit.to_step.empty()) continue;
        if (limit.when) {
            const auto v = judge_only(*limit.when, seen);
            if (!v) return v.failure();
            if (*v != truth::yes) continue;
        }
        return &limit;
    }
    return static_cast<const overall_limit*>(nullptr);
}

/// Where the date of a part lies once the clock, which stood until `at`, runs again.
result<due_instant> moved_part(const reading& seen, const part_clock& p, instant at) {
    if (seen.with->days == nullptr) return no_calendar(*seen.with->definition);
    // It may have begun while the clock stood.
    const instant from = std::max(*seen.state->clock_stopped_at, p.from);
    const procedure& text = *seen.with->definition;
    return shift_due(*seen.with->days, text.rule, p.due, from, at,
                     text.overall[p.limit].length.unit);
}

}  // namespace
}  // namespace due_bodies

result<task_due> count_due(const occasion& of, const reading& now) {
    // `người thực hiện` is whoever does this task: nobody yet, whoever sends the command.
    reading seen = now;
    seen.by = nullptr;
    task_due due;
    bool unknown = false;
    for (std::size_t i = 0; i < of.where->limits.size(); ++i) {
        const time_limit& limit = of.where->limits[i];
        if (limit.when) {
            const auto v = judge_only(*limit.when, seen);
            if (!v) return v.failure();
            unknown = unknown || *v == truth::unknown;
            if (*v != truth::yes) continue;
        }
        due.limit_index = static_cast<std::uint32_t>(i);
        if (auto done = due_bodies::apply_limit(due, of, seen, limit); !done) return done.failure();
        return due;
    }
    // Every line has a condition and one of them cannot be judged yet: the limit is not known, not
    // absent.
    if (unknown) due_bodies::waits(due);
    return due;
}

result<std::vector<std::pair<task_key, task_due>>> recount(const reading& seen,
                                                           const task_key* closing) {
    std::vector<std::pair<task_key, task_due>> changed;
    const procedure& text = *seen.with->definition;
    const auto one = [&](const task_key& key, const occasion& of,
                         const reading& from) -> result<void> {
        auto due = count_due(of, from);
        if (!due) return due.failure();
        if (*due != *of.before) changed.emplace_back(key, std::move(*due));
        return {};
    };
    for (const auto& t : seen.state->tasks) {
        if (t.status != task_status::open || (closing != nullptr && t.task == *closing)) continue;
        const step* where = text.find_step(t.task.step);
        if (where == nullptr || !due_bodies::varies(*where)) continue;
        const auto received =
            t.awaiting_receipt ? std::nullopt : std::optional<instant>{t.received_at};
        if (auto done = one(t.task, {where, t.from_step, t.returned, t.opened_at, received, &t.due},
                            seen.from(t));
            !done)
            return done.failure();
    }
    for (const auto& c : seen.state->consultations) {
        // The paper of a question belongs to that question: only what it waits for can still come.
        if (c.status != task_status::open || c.due.kind != due_kind::waiting) continue;
        if (closing != nullptr && c.consultation == *closing) continue;
        const step* where = text.find_step(c.consultation.step);
        if (where == nullptr || !due_bodies::varies(*where)) continue;
        if (auto done =
                one(c.consultation, {where, c.task.step, false, c.opened_at, c.opened_at, &c.due},
                    seen.from(c));
            !done)
            return done.failure();
    }
    return changed;
}

result<overall> count_case(const reading& seen, instant opened_at) {
    overall found;
    const auto limit = due_bodies::overall_of(seen);
    if (!limit) return limit.failure();
    if (*limit == nullptr) return found;
    const context& with = *seen.with;
    if (with.days == nullptr) return due_bodies::no_calendar(*with.definition);
    const calendar& days = *with.days;
    const amount& length = (*limit)->length;
    auto counted =
        count_limit(days, with.definition->rule, opened_at, length, with.bounds.limit_years);
    if (!counted) return counted.failure();
    found.due = counted->due;
    found.trace = std::move(counted->trace);
    for (const auto& [from, to] : seen.state->pauses) {
        const auto moved =
            shift_due(days, with.definition->rule, *found.due, from, to, length.unit);
        if (!moved) return moved.failure();
        found.due = *moved;
    }
    return found;
}

result<std::optional<due_instant>> recount_case(const reading& seen) {
    const auto& limits = seen.with->definition->overall;
    const bool conditional = std::any_of(limits.begin(), limits.end(),
                                         [](const overall_limit& l) { return l.when.has_value(); });
    if (!conditional) return std::optional<due_instant>{};
    auto found = count_case(seen, seen.state->opened_at);
    if (!found) return found.failure();
    if (!found->due || found->due == seen.state->case_due) return std::optional<due_instant>{};
    return found->due;
}

result<std::optional<due_instant>> resume_case(const reading& seen, instant at) {
    const case_state& state = *seen.state;
    if (!state.case_due || !state.clock_stopped_at || *state.clock_stopped_at >= at)
        return std::optional<due_instant>{};
    const auto limit = due_bodies::overall_of(seen);
    if (!limit) return limit.failure();
    if (seen.with->days == nullptr) return due_bodies::no_calendar(*seen.with->definition);
    const time_unit unit = *limit != nullptr ? (*limit)->length.unit : time_unit::day;
    const auto moved = shift_due(*seen.with->days, seen.with->definition->rule, *state.case_due,
                                 *state.clock_stopped_at, at, unit);
    if (!moved) return moved.failure();
    if (*moved == *state.case_due) return std::optional<due_instant>{};
    return std::optional<due_instant>{*moved};
}

result<std::vector<std::pair<std::uint32_t, due_instant>>> part_clocks(const reading& seen,
                                                                       const step& where,
                                                                       instant at) {
    std::vector<std::pair<std::uint32_t, due_instant>> clocks;
    const auto& limits = seen.with->definition->overall;
    const case_state& state = *seen.state;
    const auto runs = [&](const overall_limit& of) {
        return std::any_of(state.parts.begin(), state.parts.end(), [&](const part_clock& p) {
            return !p.closed_at && p.limit < limits.size() &&
                   limits[p.limit].from_step == of.from_step &&
                   limits[p.limit].to_step == of.to_step;
        });
    };
    const bool stood = !where.not_counted && state.clock_stopped_at && *state.clock_stopped_at < at;
    for (const part_clock& p : state.parts) {
        if (!stood || p.closed_at || p.limit >= limits.size()) continue;
        const auto moved = due_bodies::moved_part(seen, p, at);
        if (!moved) return moved.failure();
        clocks.emplace_back(p.limit, *moved);
    }
    std::vector<const overall_limit*> begun;
    for (std::size_t i = 0; i < limits.size(); ++i) {
        const overall_limit& of = limits[i];
        const bool here = !of.from_step.empty() && of.from_step == where.id;
        if (!here || runs(of)) continue;
        // Several lines for one way are read in order, the first that holds applies.
        if (std::any_of(begun.begin(), begun.end(),
                        [&](const overall_limit* b) { return b->to_step == of.to_step; }))
            continue;
        if (of.when) {
            const auto v = judge(*of.when, seen);
            if (!v) return v.failure();
            if (v->held != truth::yes) continue;
        }
        if (seen.with->days == nullptr) return due_bodies::no_calendar(*seen.with->definition);
        const auto counted = count_limit(*seen.with->days, seen.with->definition->rule, at,
                                         of.length, seen.with->bounds.limit_years);
        if (!counted) return counted.failure();
        begun.push_back(&of);
        clocks.emplace_back(static_cast<std::uint32_t>(i), counted->due);
    }
    return clocks;
}

std::vector<std::pair<std::uint32_t, due_instant>> moved_at_end(
    const reading& seen, const std::vector<std::uint32_t>* ending, instant at) {
    std::vector<std::pair<std::uint32_t, due_instant>> clocks;
    const case_state& state = *seen.state;
    if (!state.clock_stopped_at || *state.clock_stopped_at >= at) return clocks;
    for (const part_clock& p : state.parts) {
        if (p.closed_at || p.limit >= seen.with->definition->overall.size()) continue;
        if (ending != nullptr &&
            std::find(ending->begin(), ending->end(), p.limit) == ending->end())
            continue;
        const auto moved = due_bodies::moved_part(seen, p, at);
        if (moved && *moved != p.due) clocks.emplace_back(p.limit, *moved);
    }
    return clocks;
}

std::vector<std::uint32_t> parts_ending(const procedure& of, const case_state& state,
                                        std::string_view step) {
    std::vector<std::uint32_t> ending;
    for (const part_clock& p : state.parts)
        if (!p.closed_at && p.limit < of.overall.size() && of.overall[p.limit].to_step == step)
            ending.push_back(p.limit);
    return ending;
}

bool is_late(const task_due& due, bool overdue, instant at) noexcept {
    if (due.kind != due_kind::counted || !due.due) return overdue;
    return at >= due.due->before;
}

}  // namespace quytrinh::detail::engine
