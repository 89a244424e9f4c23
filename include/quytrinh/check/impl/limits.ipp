// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/limits.ipp: time limits of steps: whether the event they run from has
// happened, whether the form they are read from is approved, and whether the counting rule can
// count them.
#pragma once

#include <quytrinh/base/impl/near.hpp>
#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/lengths.hpp>
#include <quytrinh/check/impl/papers.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <optional>

namespace quytrinh::detail::checking {

namespace limit_rules {

/// The calendar that the procedure names, where the text brings it along.
inline const calendar* known_calendar(const study& s) {
    for (const auto& c : s.of.calendars)
        if (!s.of.calendar_code.empty() && c.code == s.of.calendar_code) return &c;
    return nullptr;
}

/// The calendar by which its days will be counted.
inline const calendar* counting_calendar(const study& s) {
    if (const calendar* own = known_calendar(s)) return own;
    return s.context.find_calendar ? s.context.find_calendar(s.of.calendar_code) : nullptr;
}

/// A limit read from a field that may stay empty is never known.
inline void check_optional_field(study& s, const step& at, const time_limit& l) {
    const bool by_anchor = l.what == time_limit::kind::count && l.from.what == anchor::kind::field;
    if (l.what != time_limit::kind::from_field && !by_anchor) return;
    const field_ref& name = by_anchor ? l.from.field : l.field;
    const auto f = s.find_field(name);
    if (!may_stay_empty(f)) return;
    if (l.when && asks_if_filled(s, *l.when, f)) return;
    s.report(diag::limit_field_optional, study::or_else(l.where, at.where), at,
             {f.field->name, s.of.forms[f.form].code, s.say.named(at)},
             {{f.field->where, diag::note_declared_here, {'"' + f.field->name + '"'}}});
}

/// `00 ngày`, `0,5 ngày làm việc` under BLDS.2015 and their like.
inline void check_amount(study& s, const amount& a, const place& where, const step* at) {
    // Most limits are right: words are made only for those that are not.
    const auto report = [&](diag::code code, std::vector<std::string> more = {}) {
        std::vector<std::string> args{s.say.amount(a)};
        args.insert(args.end(), more.begin(), more.end());
        s.report(code, where, at != nullptr ? s.heading(*at) : s.heading(), std::move(args));
    };
    if (is_nothing(a, minutes_per_working_day(s))) return report(diag::limit_is_zero);
    const bool fraction = !a.count.is_integer();
    const bool by_hours =
        s.of.rule == counting_rule::working_time || s.heading_lost(study::lost::rule);
    std::int64_t per_year = 1;
    switch (a.unit) {
    case time_unit::minute: per_year = std::int64_t{366} * 24 * 60; break;
    case time_unit::hour:
    case time_unit::working_hour: per_year = std::int64_t{366} * 24; break;
    case time_unit::day:
    case time_unit::working_day: per_year = 366; break;
    case time_unit::week: per_year = 53; break;
    case time_unit::month: per_year = 12; break;
    case time_unit::year: break;
    }
    if (a.count > decimal::of(per_year * s.context.bounds.limit_years))
        return report(diag::limit_too_long, {std::to_string(s.context.bounds.limit_years)});
    switch (a.unit) {
    case time_unit::working_hour:
        if (!by_hours) report(diag::working_hours_not_counted);
        break;
    case time_unit::working_day:
        if (fraction && !by_hours) report(diag::fraction_not_counted);
        break;
    case time_unit::day:
    case time_unit::week:
    case time_unit::month:
    case time_unit::year:
        if (fraction && !s.heading_lost(study::lost::plain)) report(diag::fraction_of_a_day);
        break;
    case time_unit::minute:
    case time_unit::hour: break;
    }
}

/// Lines are read in order and the last has no `nếu`.
inline void check_lines(study& s, const step& at) {
    const time_limit* applies = nullptr;
    for (const auto& l : at.limits) {
        const place where = study::or_else(l.where, at.where);
        if (applies != nullptr)
            s.report(diag::limit_never_applies, where, at, {},
                     {{study::or_else(applies->where, at.where), diag::note_applies_before, {}}});
        if (!l.when && applies == nullptr) applies = &l;
    }
    if (!at.limits.empty() && applies == nullptr && !s.is_lost(at, study::lost::limits))
        s.report(diag::last_limit_conditional, study::or_else(at.limits.back().where, at.where), at,
                 {s.say.named(at)});
}

inline void check_day_off(study& s, const step& at, const time_limit& l, const calendar& c) {
    if (!l.day) return;
    if (l.what != time_limit::kind::before_date && l.what != time_limit::kind::through_date) return;
    const date last =
        l.what == time_limit::kind::before_date ? *l.day - std::chrono::days{1} : *l.day;
    const auto worked = is_working(c, last);
    if (!worked.has_value() || worked.value())
        return;  // a year without data is no finding of the procedure
    std::string reason = reason_of(c, last);
    if (reason.empty()) reason = s.say.vi() ? "nghỉ hằng tuần" : "weekly day off";
    s.report(diag::last_day_is_off, study::or_else(l.where, at.where), at,
             {to_day_first(last), reason});
}

inline void check_stated(study& s, const step& at) {
    if (s.of.no_deadlines_stated || at.not_counted || !at.limits.empty()) return;
    if (s.heading_lost(study::lost::no_deadlines) ||
        s.is_lost(at, study::lost::limits | study::lost::lead))
        return;
    const auto external = [&](const std::string& code) {
        const auto p = s.parties.find(code);
        return p != none && s.of.parties[p].kind == party_kind::external;
    };
    // An outside body owes this procedure no limit.
    if (!at.lead.parties.empty() &&
        std::all_of(at.lead.parties.begin(), at.lead.parties.end(), external))
        return;
    s.report(diag::limit_not_written, at.where, at, {s.say.named(at)});
}

/// `không nêu thời hạn` says that the source has no limit anywhere. Only what is written can
/// contradict it: a model made by a program has no places.
inline void check_stated_after_all(study& s) {
    if (!s.of.no_deadlines_stated) return;
    std::vector<std::string> with;
    place first;
    const auto see = [&](const place& where, std::string whose) {
        if (where.range.end == 0) return;
        first = study::or_else(first, where);
        with.push_back(std::move(whose));
    };
    if (!s.of.overall.empty()) see(s.of.overall.front().where, s.say.overall());
    for (const auto& at : s.of.steps) {
        const auto stated = std::find_if(
            at.limits.begin(), at.limits.end(),
            [](const time_limit& l) { return l.what != time_limit::kind::not_stated; });
        if (stated != at.limits.end()) see(stated->where, s.say.named(at));
    }
    if (!with.empty())
        s.report(diag::limits_stated_after_all, first, s.heading(), {s.say.list(with)});
}

inline void check_calendar(study& s) {
    if (s.of.calendar_code.empty() || !s.context.find_calendar) return;
    if (s.may_be_declared(s.of.calendar_code)) return;
    if (counting_calendar(s) != nullptr) return;
    const place where = study::or_else(s.of.calendar_where, s.of.where);
    near::nearest_name nearest{s.of.calendar_code};
    for (const calendar& one : s.of.calendars) (void)nearest.offer(one.code);
    if (const calendar* usual = s.context.find_calendar({})) (void)nearest.offer(usual->code);
    std::vector<related_place> related;
    if (!nearest.found().empty()) related.push_back({where, diag::did_you_mean, {nearest.found()}});
    s.report(diag::calendar_not_known, where, s.heading(), {s.of.calendar_code},
             std::move(related));
}

/// Asks for the approval of the form that a date is read from, after the field itself.
inline void ask_form(study& s, path_facts& facts, std::uint32_t v, const time_limit& l,
                     const field_ref& name) {
    const auto f = s.find_field(name);
    if (!f || f.ambiguous) return;
    const place where = study::or_else(l.where, s.of.steps[v].where);
    if (f.field->type != field_type::day) {
        s.report(diag::limit_field_not_a_day, where, s.of.steps[v],
                 {f.field->name, s.of.forms[f.form].code},
                 {{f.field->where, diag::note_declared_here, {'"' + f.field->name + '"'}}});
        return;
    }
    const auto filled =
        facts.ask({fact_kind::filled, f.form, f.field->box, f.field->name}, v, moment::opening);
    const auto approved =
        facts.ask({fact_kind::approved, f.form, f.field->box, {}}, v, moment::opening);
    facts.then([&s, &facts, &l, v, f, where, filled, approved] {
        if (facts.answer(filled) != certainty::always) {
            report_unfilled(s, facts, v, where, f, filled);
            return;
        }
        const certainty sure = facts.answer(approved);
        if (sure == certainty::always || l.approval_not_needed) return;
        const bool perhaps = sure == certainty::mostly || (l.when && sure != certainty::never);
        const step& at = s.of.steps[v];
        const auto finding =
            perhaps ? diag::limit_form_maybe_not_approved : diag::limit_form_not_approved;
        if (auto path = facts.new_path_without(approved, finding))
            s.report(finding, where, at,
                     {s.of.forms[f.form].code, s.say.named(at), std::move(*path)});
    });
}

inline void ask_signing(study& s, path_facts& facts, std::uint32_t v, const time_limit& l) {
    const auto form = s.forms.find(l.from.form);
    if (form == none) return;
    const auto q = facts.ask({fact_kind::approved, form, {}, {}}, v, moment::first_opening);
    facts.then([&s, &facts, &l, v, q] {
        if (facts.answer(q) == certainty::always) return;
        const step& at = s.of.steps[v];
        const bool perhaps =
            facts.answer(q) == certainty::mostly || (l.when && facts.answer(q) != certainty::never);
        const auto finding =
            perhaps ? diag::limit_signing_maybe_not_done : diag::limit_signing_not_done;
        if (auto path = facts.new_path_without(q, finding))
            s.report(finding, study::or_else(l.where, at.where), at,
                     {l.from.form, s.say.named(at), std::move(*path)});
    });
}

inline fact_kind event_of(anchor::kind k) {
    if (k == anchor::kind::ok) return fact_kind::ok;
    return k == anchor::kind::nok ? fact_kind::nok : fact_kind::done;
}

inline void ask_event(study& s, path_facts& facts, std::uint32_t v, const time_limit& l) {
    const step& at = s.of.steps[v];
    const place where = study::or_else(l.where, at.where);
    const std::uint32_t other = s.graph.vertex_of(l.from.step);
    if (l.from.step.empty() || other >= s.of.steps.size()) return;
    if (other == v) {
        // The start of this very step has happened; its end has not.
        if (l.from.what != anchor::kind::start)
            s.report(diag::limit_from_itself, where, at, {s.say.event(l.from), s.say.named(at)});
        return;
    }
    const bool host = s.is_consultation(v) && l.from.what == anchor::kind::start &&
                      std::all_of(at.at_steps.begin(), at.at_steps.end(),
                                  [&](const std::string& id) { return id == l.from.step; }) &&
                      !at.at_any_step;
    if (host) return;  // a consultation is raised while its step is open
    const auto q = facts.ask({event_of(l.from.what), other, {}, {}}, v, moment::first_opening);
    facts.then([&s, &facts, &l, &at, where, q] {
        const certainty sure = facts.answer(q);
        if (sure == certainty::always) return;
        std::vector<std::string> args{s.say.event(l.from), s.say.named(at)};
        if (sure == certainty::never) {
            s.report(diag::limit_event_never, where, at, std::move(args));
            return;
        }
        args.push_back(facts.path_without(q));
        s.report(l.when ? diag::limit_event_maybe_if : diag::limit_event_maybe, where, at,
                 std::move(args));
    });
}

inline void check_limit(study& s, path_facts& facts, std::uint32_t v, const time_limit& l) {
    const step& at = s.of.steps[v];
    switch (l.what) {
    case time_limit::kind::count: break;
    case time_limit::kind::from_field: ask_form(s, facts, v, l, l.field); return;
    case time_limit::kind::not_stated:
    case time_limit::kind::immediately:
    case time_limit::kind::before_date:
    case time_limit::kind::through_date:
    case time_limit::kind::laid_down: return;
    }
    check_amount(s, l.length, study::or_else(l.where, at.where), &at);
    switch (l.from.what) {
    case anchor::kind::receipt:
    case anchor::kind::start:
    case anchor::kind::completion:
    case anchor::kind::ok:
    case anchor::kind::nok: ask_event(s, facts, v, l); break;
    case anchor::kind::signing: ask_signing(s, facts, v, l); break;
    case anchor::kind::field: ask_form(s, facts, v, l, l.from.field); break;
    case anchor::kind::task_receipt:
    case anchor::kind::opening:
    case anchor::kind::event: break;
    }
}

}  // namespace limit_rules

void check_limits(study& s, path_facts& facts) {
    namespace own = limit_rules;
    const bool known = !s.heading_lost(study::lost::calendar) &&
                       (s.of.unread == nullptr || !s.of.unread->calendars);
    const calendar* days = known ? own::counting_calendar(s) : nullptr;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        const step& at = s.of.steps[v];
        own::check_lines(s, at);
        own::check_stated(s, at);
        for (const auto& l : at.limits) {
            own::check_limit(s, facts, v, l);
            own::check_optional_field(s, at, l);
            if (days != nullptr) own::check_day_off(s, at, l, *days);
        }
    }
    own::check_stated_after_all(s);
    own::check_calendar(s);
    for (const auto& o : s.of.overall)
        own::check_amount(s, o.length, study::or_else(o.where, s.of.where), nullptr);
}

}  // namespace quytrinh::detail::checking
