// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/sites.hpp: every condition of a procedure with when and where it is read.
#pragma once

#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/study.hpp>

namespace quytrinh::detail::checking {

/// A condition where it stands.
struct condition_site {
    enum class clause : std::uint8_t { branch, act, limit, other, form, overall };
    const condition* what = nullptr;
    clause in = clause::other;
    std::uint32_t vertex = none;  ///< of the step; none for forms and `hạn chung`
    std::uint32_t form = none;    ///< for required_if
    moment when = moment::completion;
    const branch* of_branch = nullptr;  ///< for a branch
    bool outcome_known = true;          ///< is an outcome being chosen when it is read?

    [[nodiscard]] place where(const study& s) const {
        const place fallback = vertex != none ? s.of.steps[vertex].where
                               : form != none ? s.of.forms[form].where
                                              : s.of.where;
        return study::or_else(what->where, fallback);
    }
    [[nodiscard]] std::string heading(const study& s) const {
        if (vertex != none) return s.heading(s.of.steps[vertex]);
        if (form != none) return s.heading(s.say.form(s.of.forms[form].code), s.of.forms[form]);
        return s.heading();
    }
};

template <class F>
void for_each_condition_of_step(const study& s, std::uint32_t v, F&& f) {
    const step& at = s.of.steps[v];
    const auto see = [&](const std::optional<condition>& c, condition_site::clause in, moment when,
                         bool outcome_known, const branch* b = nullptr) {
        if (c) f(condition_site{&*c, in, v, none, when, b, outcome_known});
    };
    using clause = condition_site::clause;
    // Who coordinates and what is due is settled when the task opens; the rest when it is
    // completed.
    for (const auto& p : at.with) see(p.when, clause::other, moment::opening, false);
    for (const auto& l : at.limits) see(l.when, clause::limit, moment::opening, false);
    for (const auto& p : at.inform) see(p.when, clause::other, moment::completion, true);
    for (const auto& a : at.acts) see(a.when, clause::act, moment::completion, true);
    for (const auto& p : at.preconditions) see(p.when, clause::other, moment::completion, true);
    for (const auto& a : at.assignments) see(a.when, clause::other, moment::completion, true);
    for (const auto& l : at.links) see(l.when, clause::other, moment::completion, true);
    for (const auto& b : at.branches) see(b.when, clause::branch, moment::completion, true, &b);
}

template <class F>
void for_each_condition(const study& s, F&& f) {
    using clause = condition_site::clause;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) for_each_condition_of_step(s, v, f);
    for (std::uint32_t i = 0; i < s.of.forms.size(); ++i)
        for (const auto& field : s.of.forms[i].fields)
            if (field.required_if)
                f(condition_site{&*field.required_if, clause::form, none, i, moment::completion,
                                 nullptr, false});
    for (const auto& o : s.of.overall)
        if (o.when)
            f(condition_site{&*o.when, clause::overall, none, none, moment::completion, nullptr,
                             false});
}

}  // namespace quytrinh::detail::checking
