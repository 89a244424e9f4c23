// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/keeping.ipp: records that a step keeps: what is in them, who keeps them and
// until when. Days of keeping are days of the year; no calendar moves them.
#pragma once

#include <quytrinh/engine/impl/completion.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace keeping_bodies {
namespace {

/// Longest keeping that is counted; `vĩnh viễn` is a word of its own.
inline constexpr std::int64_t most_years = 200;

date months_later(date from, std::int64_t months) {
    const std::chrono::year_month_day day{from};
    const auto month = std::chrono::year_month{day.year(), day.month()} +
                       std::chrono::months{static_cast<int>(months)};
    const auto last =
        std::chrono::year_month_day_last{month.year(), std::chrono::month_day_last{month.month()}};
    return std::chrono::local_days{month / std::min(day.day(), last.day())};
}

/// The last day: the day of the event is not counted, months and years clamp. Nothing for what the
/// checker refuses (hours, fractions).
std::optional<date> last_day_of(const amount& length, date from) {
    if (!length.count.is_integer()) return std::nullopt;
    const std::int64_t n = length.count.mantissa;
    if (n <= 0) return std::nullopt;
    switch (length.unit) {
    case time_unit::day:
        if (n > most_years * 366) return std::nullopt;
        return from + std::chrono::days{n};
    case time_unit::week:
        if (n > most_years * 53) return std::nullopt;
        return from + std::chrono::days{7 * n};
    case time_unit::month:
        if (n > most_years * 12) return std::nullopt;
        return months_later(from, n);
    case time_unit::year:
        if (n > most_years) return std::nullopt;
        return months_later(from, 12 * n);
    case time_unit::minute:
    case time_unit::hour:
    case time_unit::working_hour:
    case time_unit::working_day: break;
    }
    return std::nullopt;
}

void count_from(kept_record& kept, const record& of, date from) {
    kept.last_day = last_day_of(of.kept_for, from);
    kept.term = kept.last_day ? keep_term::counted : keep_term::waiting;
}

date local_day(const desk& d, instant at) {
    return day_of(at, d.with.days != nullptr ? d.with.days->offset : std::chrono::minutes{420});
}

bool is_filled(const completion& now, const std::string& code) {
    const auto form = now.d.state.forms.find(code);
    return (form != now.d.state.forms.end() && form->second.version > 0) ||
           among(now.out.effects.renewed, code);
}

/// What the step that ends now knows of the term.
void settle_term(const completion& now, const record& of, kept_record& kept) {
    switch (of.kept) {
    case record::retention::unset:
    case record::retention::not_stated: kept.term = keep_term::not_stated; return;
    case record::retention::forever: kept.term = keep_term::forever; return;
    case record::retention::amount: break;
    }
    switch (of.from) {
    case record::start::unset:
    case record::start::not_stated: kept.term = keep_term::start_not_stated; return;
    case record::start::case_end:
    case record::start::year_end: kept.term = keep_term::waiting; return;
    case record::start::step_end: break;
    }
    kept.term = keep_term::waiting;
    if (of.from_step == now.where.id) return count_from(kept, of, local_day(now.d, now.d.at));
    const auto history = now.d.state.steps.find(of.from_step);
    if (history != now.d.state.steps.end() && history->second.completed)
        count_from(kept, of, local_day(now.d, *history->second.completed));
}

kept_record made_of(const completion& now, const record& of) {
    kept_record kept;
    kept.code = of.code;
    kept.afterwards = of.afterwards;
    for (const auto& part : of.parts)
        for (const auto& code : part.forms)
            if (now.d.text.find_form(code) != nullptr && is_filled(now, code) &&
                !among(kept.papers, code))
                kept.papers.push_back(code);
    for (const auto& keeper : of.keepers)
        add_members(now.d.text, now.d.state, keeper, kept.keepers);
    settle_term(now, of, kept);
    return kept;
}

}  // namespace
}  // namespace keeping_bodies

result<void> demand_records(const completion& now) {
    namespace own = keeping_bodies;
    const auto refused = [&](errc rule, std::vector<std::string> args,
                             const std::vector<std::string>& forms) {
        std::vector<std::string> who;
        for (const auto& code : forms)
            for (auto& one : fillers_of(now.d.text, now.d.state, code, {}))
                if (!among(who, one)) who.push_back(std::move(one));
        args.push_back(listed(who));
        return fail(with_others(rule, std::move(args), {}));
    };
    for (const auto* act : now.held.keep) {
        const record* of = now.d.text.find_record(act->code);
        if (of == nullptr) {
            if (now.d.text.find_form(act->code) != nullptr && !own::is_filled(now, act->code))
                return refused(errc::form_not_filled, {act->code}, {act->code});
            continue;
        }
        // Papers without a form here may be among the attachments: only forms are asked for.
        std::vector<std::string> forms;
        bool other = false, any = false;
        for (const auto& part : of->parts) {
            bool one = false, all_forms = true;
            for (const auto& code : part.forms) {
                const bool is_form = now.d.text.find_form(code) != nullptr;
                all_forms = all_forms && is_form;
                if (is_form) forms.push_back(code);
                one = one || (is_form && own::is_filled(now, code));
            }
            if (part.one_of && all_forms && !one)
                return refused(errc::record_empty, {of->code, listed(part.forms)}, part.forms);
            other = other || !all_forms;
            any = any || one;
        }
        if (!any && !other && !forms.empty())
            return refused(errc::record_empty, {of->code, listed(forms)}, forms);
    }
    return {};
}

void keep_records(const completion& now, event::task_completed& e, notice_list& notices) {
    namespace own = keeping_bodies;
    for (const auto* act : now.held.keep) {
        const std::string& code = act->code.empty() ? act->paper : act->code;
        if (among(e.kept, code)) continue;
        e.kept.push_back(code);
        const record* of = now.d.text.find_record(act->code);
        if (of == nullptr) continue;
        e.keeping.push_back(own::made_of(now, *of));
        notices.tell(notice_kind::task_completed, e.keeping.back().keepers, relation::keeper);
    }
    // What was kept before and runs from the end of this step.
    for (const auto& before : now.d.state.keeping) {
        const record* of = now.d.text.find_record(before.code);
        if (of == nullptr || of->kept != record::retention::amount ||
            of->from != record::start::step_end || of->from_step != now.where.id ||
            among(e.kept, before.code))
            continue;
        e.keeping.push_back(before);
        own::count_from(e.keeping.back(), *of, own::local_day(now.d, now.d.at));
    }
}

std::vector<kept_record> kept_at_end(const desk& d) {
    namespace own = keeping_bodies;
    std::vector<kept_record> kept;
    for (const auto& before : d.state.keeping) {
        const record* of = d.text.find_record(before.code);
        if (of == nullptr || before.term != keep_term::waiting) continue;
        date from = own::local_day(d, d.at);
        if (of->from == record::start::year_end)
            from = std::chrono::local_days{std::chrono::year_month_day{from}.year() /
                                           std::chrono::December / 31};
        else if (of->from != record::start::case_end)
            continue;
        kept.push_back(before);
        own::count_from(kept.back(), *of, from);
    }
    return kept;
}

}  // namespace quytrinh::detail::engine
