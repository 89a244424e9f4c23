// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/approvals.ipp: ways around an approval. That a form is approved where it is
// needed is asked of every path; that a step lies behind an approval, of the dominators of the main
// line: the flow without refusals, and without what follows a count that is used up.
#pragma once

#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/check/impl/sites.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace quytrinh::detail::checking {

namespace approval_rules {

/// Forms whose approval is followed; searches are linear in the flow, so this bounds the whole.
inline constexpr std::size_t forms_looked_at = 32;

/// Breadth first from the first step, over all ways on, around these steps. Of ways in a later case
/// (`được mở tại`) nothing is asked: whoever opens there has the papers of another case.
class around {
public:
    around(const study& s, const std::vector<char>& closed)
        : s_(s), before_(s.graph.vertices().size(), none), seen_(before_.size(), 0) {
        const std::uint32_t entry = s.graph.entry();
        if (!s.is_step(entry) || closed[entry] != 0) return;
        std::deque<std::uint32_t> work{entry};
        seen_[entry] = 1;
        while (!work.empty()) {
            const std::uint32_t v = work.front();
            work.pop_front();
            for (const auto& e : s.graph.out(v)) {
                if (e.what == flow_edge::kind::consultation || seen_[e.to] != 0) continue;
                if (closed[e.to] != 0) continue;
                seen_[e.to] = 1;
                before_[e.to] = static_cast<std::uint32_t>(&e - s.graph.edges().data());
                work.push_back(e.to);
            }
        }
    }
    [[nodiscard]] bool reaches(std::uint32_t v) const { return seen_[v] != 0; }
    /// `bước 1 → bước 2 → NOK → bước 5`
    [[nodiscard]] std::string path_to(std::uint32_t v) const {
        std::vector<std::string> parts{s_.say.step(s_.of.steps[v].id)};
        while (before_[v] != none) {
            const auto& e = s_.graph.edges()[before_[v]];
            v = e.from;
            const step& at = s_.of.steps[v];
            std::string part = s_.say.step(at.id);
            if (!e.implied && at.branches.size() > 1)
                part += " → " + s_.say.branch(at.branches[e.branch]);
            parts.push_back(std::move(part));
        }
        std::string text;
        constexpr std::size_t head = 5, tail = 4;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts.size() > head + tail + 1 && i == head) {
                text += " → …";
                i = parts.size() - tail;
            }
            text += (text.empty() ? "" : " → ") + parts[parts.size() - 1 - i];
        }
        return text;
    }

private:
    const study& s_;
    std::vector<std::uint32_t> before_;  ///< edge
    std::vector<char> seen_;
};

/// Where a step needs a form as it was approved.
struct need {
    std::uint32_t vertex = none;
    place where;
};

inline bool main_line(const study& s, const flow_edge& e) {
    if (e.what != flow_edge::kind::flow || e.afterwards) return false;
    return e.implied || s.of.steps[e.from].branches[e.branch].what != branch::kind::nok;
}

/// Steps that the main line reaches from these.
inline std::vector<char> behind(const study& s, const std::vector<std::uint32_t>& from) {
    std::vector<char> seen(s.graph.vertices().size(), 0);
    std::vector<std::uint32_t> work(from);
    while (!work.empty()) {
        const std::uint32_t v = work.back();
        work.pop_back();
        for (const auto& e : s.graph.out(v))
            if (main_line(s, e) && seen[e.to] == 0) {
                seen[e.to] = 1;
                work.push_back(e.to);
            }
    }
    return seen;
}

/// `dùng`, and conditions that read a field of the form. Limits are asked for their approval where
/// limits are judged.
inline std::map<std::uint32_t, std::vector<need>> needs_of(const study& s,
                                                           const std::set<std::uint32_t>& forms) {
    std::map<std::uint32_t, std::vector<need>> needs;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        if (!s.is_step(v) || s.shape.reachable[v] == 0) continue;
        const step& at = s.of.steps[v];
        const auto add = [&](std::uint32_t form, const place& where) {
            if (forms.count(form) == 0) return;
            auto& list = needs[form];
            if (list.empty() || list.back().vertex != v) list.push_back({v, where});
        };
        for (const auto& act : at.acts)
            if (act.what == form_act::kind::use)
                add(s.forms.find(act.code), study::or_else(act.where, at.where));
        for_each_condition_of_step(s, v, [&](const condition_site& site) {
            if (site.in != condition_site::clause::branch) return;
            for (const auto& name : fields_of(*site.what))
                if (const auto f = s.find_field(name); f && !f.ambiguous)
                    add(f.form, site.where(s));
        });
    }
    return needs;
}

inline std::string names_of(const study& s, const std::vector<std::uint32_t>& steps) {
    std::vector<std::string> names;
    for (const auto v : steps) names.push_back(s.say.step(s.of.steps[v].id));
    return s.say.list(names);
}

inline void check_needs(study& s, std::vector<char>& told) {
    std::map<std::uint32_t, std::vector<std::uint32_t>> approve, fill;
    std::set<std::uint32_t> forms;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        if (!s.is_step(v) || s.shape.reachable[v] == 0) continue;
        for (const auto& act : s.of.steps[v].acts) {
            const std::uint32_t form = s.forms.find(act.code);
            if (form == none) continue;
            if (act.what == form_act::kind::approve) {
                approve[form].push_back(v);
                if (forms.size() < forms_looked_at) forms.insert(form);
            }
            if (act.what == form_act::kind::fill) fill[form].push_back(v);
        }
    }
    if (forms.empty()) return;
    for (const auto& [form, list] : needs_of(s, forms)) {
        const auto& by = approve[form];
        std::vector<char> closed(s.graph.vertices().size(), 0);
        for (const auto v : by) closed[v] = 1;
        const auto after = behind(s, by);
        std::optional<around> ways;
        for (const auto& n : list) {
            // Before its approval a form is looked at, filled in and handed on freely.
            const auto& makers = fill[form];
            const bool makes = std::find(makers.begin(), makers.end(), n.vertex) != makers.end();
            if (closed[n.vertex] != 0 || after[n.vertex] == 0 || makes) continue;
            if (!ways) ways.emplace(s, closed);
            if (!ways->reaches(n.vertex)) continue;
            const step& at = s.of.steps[n.vertex];
            s.report(diag::approval_bypassed, n.where, at,
                     {s.say.step(at.id), s.of.forms[form].code, names_of(s, by),
                      ways->path_to(n.vertex)});
            for (const auto v : by) told[v] = 1;
            break;  // what comes after it is reached the same way
        }
    }
}

/// A limit read from a form asks for its approval on every path itself (limits.ipp).
inline void leave_to_limits(const study& s, std::vector<char>& told) {
    std::set<std::uint32_t> forms;
    for (const auto& at : s.of.steps)
        for (const auto& l : at.limits) {
            const bool counted = l.what == time_limit::kind::count;
            if (counted && l.from.what == anchor::kind::signing)
                forms.insert(s.forms.find(l.from.form));
            const bool by_anchor = counted && l.from.what == anchor::kind::field;
            if (l.what != time_limit::kind::from_field && !by_anchor) continue;
            if (const auto f = s.find_field(by_anchor ? l.from.field : l.field))
                forms.insert(f.form);
        }
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v)
        for (const auto& act : s.of.steps[v].acts)
            if (act.what == form_act::kind::approve && forms.count(s.forms.find(act.code)) != 0)
                told[v] = 1;
}

/// Of every approval the first step of the main line that lies behind it, but that some path
/// reaches without it.
inline void check_dominated(study& s, const std::vector<char>& told) {
    const auto edges = s.graph.edges();
    std::vector<char> approves(s.graph.vertices().size(), 0);
    bool any = false;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v)
        for (const auto& act : s.of.steps[v].acts)
            if (act.what == form_act::kind::approve && s.is_step(v)) {
                approves[v] = 1;
                any = true;
            }
    if (!any) return;
    std::vector<char> main(edges.size(), 0), all(edges.size(), 0);
    for (std::size_t e = 0; e < edges.size(); ++e) {
        main[e] = main_line(s, edges[e]) ? 1 : 0;
        all[e] = edges[e].what != flow_edge::kind::consultation ? 1 : 0;
    }
    const auto on_main = dominators(s, main), on_all = dominators(s, all);
    const auto count = static_cast<std::uint32_t>(s.graph.vertices().size());
    // The nearest approval above each vertex of a tree: a parent comes before its children in the
    // order of the flow without loops, for the main line has none.
    std::vector<std::uint32_t> nearest(count, none);
    std::vector<std::vector<std::uint32_t>> children(count);
    for (std::uint32_t v = 0; v < count; ++v)
        if (on_all[v] != none) children[on_all[v]].push_back(v);
    std::vector<std::uint32_t> enter(count, 0), leave(count, 0);
    std::vector<std::pair<std::uint32_t, std::size_t>> stack{{s.graph.entry(), 0}};
    std::uint32_t clock = 0;
    enter[s.graph.entry()] = ++clock;
    while (!stack.empty()) {
        auto& [v, next] = stack.back();
        if (next < children[v].size()) {
            const auto child = children[v][next++];
            enter[child] = ++clock;
            stack.emplace_back(child, 0);
        } else {
            leave[v] = clock;
            stack.pop_back();
        }
    }
    std::vector<char> reported(told);
    std::size_t searched = 0;
    for (const auto v : s.shape.order) {
        const std::uint32_t parent = on_main[v];
        if (parent == none) continue;
        nearest[v] = approves[parent] != 0 ? parent : nearest[parent];
        const std::uint32_t a = nearest[v];
        if (a == none || reported[a] != 0 || !s.is_step(v) || enter[v] == 0) continue;
        const bool behind_it = enter[a] <= enter[v] && enter[v] <= leave[a];
        if (behind_it || ++searched > s.context.bounds.diagnostics) continue;
        reported[a] = 1;
        std::vector<char> closed(count, 0);
        closed[a] = 1;
        const around ways(s, closed);
        if (!ways.reaches(v)) continue;
        const step& at = s.of.steps[v];
        std::string forms;
        for (const auto& act : s.of.steps[a].acts)
            if (act.what == form_act::kind::approve && forms.empty()) forms = act.code;
        s.report(diag::approval_skipped, at.where, at,
                 {s.say.step(at.id), s.say.step(s.of.steps[a].id), forms, ways.path_to(v)},
                 {{s.of.steps[a].where, diag::note_declared_here, {s.say.step(s.of.steps[a].id)}}});
    }
}

}  // namespace approval_rules

void check_approvals(study& s) {
    namespace own = approval_rules;
    using lost = study::lost;
    if (!s.is_step(s.graph.entry()) || s.shape.open) return;
    if (s.lost_anywhere(lost::ways | lost::acts | lost::limits | lost::entries)) return;
    std::vector<char> told(s.graph.vertices().size(), 0);
    own::leave_to_limits(s, told);
    own::check_needs(s, told);
    own::check_dominated(s, told);
}

}  // namespace quytrinh::detail::checking
