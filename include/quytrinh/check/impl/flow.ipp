// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/flow.ipp: where a case can go: targets, unreachable steps, dead ends, loops
// without exit. One cause gives one finding: a target that does not exist excuses the steps it
// might have led to, and steps that only lead into a dead end are not dead ends themselves.
#pragma once

#include <quytrinh/base/impl/near.hpp>
#include <quytrinh/check/impl/rules.hpp>

#include <algorithm>

namespace quytrinh::detail::checking {

namespace flow_bodies {

inline void check_target(study& s, const step& at, const branch& b, const target& t) {
    if (t.ends || (t.step.empty() && b.what == branch::kind::next)) return;
    const std::uint32_t v = s.graph.vertex_of(t.step);
    if (s.is_step(v)) return;
    const place where = study::or_else(t.where, study::or_else(b.where, at.where));
    if (s.is_consultation(v)) {
        s.report(diag::target_is_consultation, where, at,
                 {s.say.branch(b), t.step, s.of.steps[v].title},
                 {{s.of.steps[v].where, diag::note_declared_here, {s.say.consultation(t.step)}}});
    } else if (!s.may_be_declared(t.step)) {
        std::vector<related_place> related;
        near::nearest_step nearest{t.step};
        for (const step& other : s.of.steps)
            if (other.kind == step_kind::step) nearest.offer(other.id);
        if (const std::string id = nearest.found(); !id.empty())
            related.push_back(
                {s.of.steps[s.graph.vertex_of(id)].where, diag::did_you_mean, {s.say.step(id)}});
        s.report(diag::unknown_target, where, at, {s.say.branch(b), s.say.step(t.step)},
                 std::move(related));
    }
}

inline void check_targets(study& s) {
    for (const auto& at : s.of.steps) {
        if (at.kind == step_kind::consultation && !at.branches.empty()) {
            s.report(diag::consultation_has_branches,
                     study::or_else(at.branches.front().where, at.where), at, {at.id});
            continue;
        }
        for (const auto& b : at.branches) {
            check_target(s, at, b, b.to);
            if (b.afterwards) check_target(s, at, b, *b.afterwards);
        }
    }
}

/// Steps reached from `start` that no entry reaches and that no earlier finding has named.
inline std::vector<std::uint32_t> spread(const study& s, std::uint32_t start,
                                         std::vector<char>& named) {
    std::vector<std::uint32_t> found{start};
    named[start] = 1;
    for (std::size_t i = 0; i < found.size(); ++i)
        for (const auto& e : s.graph.out(found[i]))
            if (e.what != flow_edge::kind::consultation && s.is_step(e.to) &&
                s.shape.reachable[e.to] == 0 && named[e.to] == 0) {
                named[e.to] = 1;
                found.push_back(e.to);
            }
    return found;
}

inline void report_unreachable(study& s, std::uint32_t v, std::vector<char>& named) {
    auto others = spread(s, v, named);
    std::sort(others.begin() + 1, others.end());
    std::vector<related_place> related;
    for (std::size_t i = 1; i < others.size() && i <= 5; ++i)
        related.push_back({s.of.steps[others[i]].where,
                           diag::note_also_unreachable,
                           {s.say.step(s.of.steps[others[i]].id)}});
    const step& at = s.of.steps[v];
    s.report(diag::unreachable_step, at.where, at, {s.say.step(at.id)}, std::move(related));
}

inline void check_reachable(study& s) {
    // A branch into nowhere was perhaps meant for one of these steps; once it is mended they show
    // up.
    if (s.shape.open) return;
    // So are those of which another has the number, or a line of a step that is missing.
    if (s.lost_anywhere(study::lost::entries)) return;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v)
        if (s.graph.vertex_of(s.of.steps[v].id) != v) return;

    // Of a chain or a ring that nothing leads to, only its beginning is named.
    std::vector<char> entered(s.shape.components, 0), named(s.graph.vertices().size(), 0);
    for (const auto& e : s.graph.edges())
        if (e.what != flow_edge::kind::consultation && s.shape.reachable[e.from] == 0 &&
            s.shape.component[e.from] != s.shape.component[e.to])
            entered[s.shape.component[e.to]] = 1;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v)
        if (s.is_step(v) && s.shape.reachable[v] == 0 && named[v] == 0 &&
            entered[s.shape.component[v]] == 0)
            report_unreachable(s, v, named);
}

inline void check_dead_ends(study& s) {
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        const step& at = s.of.steps[v];
        if (s.is_step(v) && at.branches.empty() && !s.of.steps_in_order &&
            !s.is_lost(v, study::lost::ways) && !s.heading_lost(study::lost::order))
            s.report(diag::no_way_on, at.where, at, {s.say.step(at.id)});
    }
}

inline void check_loops(study& s) {
    const std::uint32_t count = s.shape.components;
    std::vector<char> leaves(count, 0), turns(count, 0);
    for (const auto& e : s.graph.edges()) {
        if (e.what == flow_edge::kind::consultation) continue;
        const auto from = s.shape.component[e.from];
        if (from == s.shape.component[e.to])
            turns[from] = 1;
        else
            leaves[from] = 1;
    }
    std::vector<std::vector<std::uint32_t>> members(count);
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        if (s.shape.unresolved[v] != 0) leaves[s.shape.component[v]] = 1;
        if (s.is_step(v)) members[s.shape.component[v]].push_back(v);
    }
    for (const auto& loop : members) {
        if (loop.empty() || turns[s.shape.component[loop.front()]] == 0 ||
            leaves[s.shape.component[loop.front()]] != 0)
            continue;
        std::vector<std::string> names;
        std::vector<related_place> related;
        for (const auto v : loop) {
            names.push_back(s.say.step(s.of.steps[v].id));
            if (v != loop.front() && related.size() < 5)
                related.push_back({s.of.steps[v].where, diag::note_in_the_loop, {names.back()}});
        }
        const step& first = s.of.steps[loop.front()];
        s.report(diag::loop_without_exit, first.where, first, {s.say.list(names)},
                 std::move(related));
    }
}

/// A way around within one component: from the head of an edge that leads back to its tail, and by
/// the edge again.
inline std::string way_around(const study& s, const flow_edge& back, const std::vector<char>& keep,
                              const std::vector<std::uint32_t>& component) {
    std::vector<std::uint32_t> before(s.graph.vertices().size(), none), reached{back.to};
    before[back.to] = back.to;
    for (std::size_t i = 0; i < reached.size() && before[back.from] == none; ++i)
        for (const auto& edge : s.graph.out(reached[i])) {
            const auto index = static_cast<std::size_t>(&edge - s.graph.edges().data());
            if (keep[index] == 0 || component[edge.to] != component[back.to] ||
                before[edge.to] != none)
                continue;
            before[edge.to] = reached[i];
            reached.push_back(edge.to);
        }
    std::vector<std::string> names;
    for (auto v = back.from; names.size() < 12; v = before[v]) {
        names.push_back(s.say.step(s.of.steps[v].id));
        if (v == back.to) break;
    }
    std::string text = s.say.step(s.of.steps[back.from].id);
    for (auto name = names.rbegin(); name != names.rend(); ++name) text += " → " + *name;
    return text;
}

/// Is this way back chosen against somebody each time, or held up by a count or a reason? Whoever
/// gives a result a name of its own chooses too, but nothing keeps them from choosing it for ever.
inline bool held_up(const flow_edge& e, const branch* line) {
    if (line == nullptr) return false;
    if (line->reason || (line->at_most != 0 && !e.afterwards)) return true;
    switch (line->what) {
    case branch::kind::ok:
    case branch::kind::nok: return true;
    case branch::kind::named:
    case branch::kind::done:
    case branch::kind::condition:
    case branch::kind::otherwise:
    case branch::kind::next: break;
    }
    return false;
}

/// Loops that turn by themselves: nobody refuses, no line of them is counted, and none
/// asks for a reason.
inline void check_bounds(study& s) {
    const auto edges = s.graph.edges();
    std::vector<char> keep(edges.size(), 0);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const flow_edge& e = edges[i];
        if (e.what == flow_edge::kind::consultation || s.shape.reachable[e.from] == 0) continue;
        if (!s.is_step(e.from) || !s.is_step(e.to)) continue;
        const auto& lines = s.of.steps[e.from].branches;
        const branch* line = e.implied || e.branch >= lines.size() ? nullptr : &lines[e.branch];
        keep[i] = held_up(e, line) ? 0 : 1;
    }
    const auto component = components_over(s, keep);
    std::vector<char> leaves(s.shape.components, 0);
    for (const auto& e : edges)
        if (e.what != flow_edge::kind::consultation &&
            s.shape.component[e.from] != s.shape.component[e.to])
            leaves[s.shape.component[e.from]] = 1;
    std::vector<std::uint32_t> done;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const flow_edge& e = edges[i];
        if (keep[i] == 0 || component[e.from] != component[e.to] || e.to > e.from || e.implied)
            continue;
        // Without an exit at all it is told as that.
        if (leaves[s.shape.component[e.from]] == 0) continue;
        if (!s.shape.stuck.empty() && s.shape.stuck[e.from] != 0) continue;
        if (std::find(done.begin(), done.end(), component[e.from]) != done.end()) continue;
        done.push_back(component[e.from]);
        const step& at = s.of.steps[e.from];
        s.report(diag::loop_without_bound, study::or_else(at.branches[e.branch].where, at.where),
                 at, {s.still_shown() ? way_around(s, e, keep, component) : "…"});
    }
}

/// Places that must be steps. That they are written at all is the language's to say.
inline void check_places(study& s) {
    for (const auto& id : s.of.may_open_at)
        if (s.is_consultation(s.graph.vertex_of(id)))
            s.report(diag::entry_is_no_step, s.of.where, s.heading(), {s.say.consultation(id)});
    for (const auto& at : s.of.steps)
        for (const auto& id : at.at_steps)
            if (s.is_consultation(s.graph.vertex_of(id)))
                s.report(diag::consultation_nowhere, at.where, at,
                         {s.say.consultation(at.id), s.say.consultation(id)});
}

}  // namespace flow_bodies

void check_flow(study& s) {
    namespace own = flow_bodies;
    if (s.of.first_step() == nullptr) {
        if (s.lost_anywhere(study::lost::ways)) return;
        s.report(diag::no_steps, s.of.where, s.heading(), {s.of.code});
        return;
    }
    own::check_targets(s);
    own::check_places(s);
    own::check_reachable(s);
    own::check_dead_ends(s);
    own::check_loops(s);
    own::check_bounds(s);
}

}  // namespace quytrinh::detail::checking
