// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/course_ways.ipp: which way a case goes on from a task, and what must be
// written for it.
#pragma once

#include <quytrinh/testing/impl/course.hpp>

#include <algorithm>
#include <deque>
#include <tuple>
#include <utility>

namespace quytrinh::testing::detail {

void coursing::spread(const flow_graph& graph, std::vector<std::uint32_t>& distance) {
    std::deque<std::uint32_t> next;
    std::vector<std::uint32_t> order;
    for (std::uint32_t v = 0; v < distance.size(); ++v)
        if (distance[v] != nowhere) order.push_back(v);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return distance[a] < distance[b]; });
    next.assign(order.begin(), order.end());
    while (!next.empty()) {
        const std::uint32_t v = next.front();
        next.pop_front();
        for (const std::uint32_t e : graph.in(v)) {
            const flow_edge& edge = graph.edges()[e];
            if (edge.what == flow_edge::kind::consultation) continue;
            if (distance[edge.from] <= plus(distance[v], 1)) continue;
            distance[edge.from] = plus(distance[v], 1);
            next.push_back(edge.from);
        }
    }
}

// ---------------------------------------------------------------- where to

/// Can a visit to this step cover anything?
bool course::rewarding(const step& where) const {
    const auto found = visits_.find(where.id);
    if (found != visits_.end() && found->second >= coursing::most_visits) return false;
    const auto at = [&](const step& s) {
        if (want(s.kind == step_kind::step ? cover::step : cover::consultation, s.id)) return true;
        for (std::uint32_t i = 0; i < s.limits.size(); ++i)
            if (want(cover::kept, s.id, i) || want(cover::missed, s.id, i)) return true;
        for (std::uint32_t i = 0; i < s.answers.size(); ++i)
            if (want(cover::answer, s.id, i)) return true;
        for (std::uint32_t i = 0; i < s.preconditions.size(); ++i)
            if (want(cover::precondition, s.id, i)) return true;
        for (std::uint32_t i = 0; i < s.acts.size(); ++i)
            if (want(cover::record, s.id, i)) return true;
        for (std::uint32_t i = 0; i < s.links.size(); ++i)
            if (want(cover::link, s.id, i)) return true;
        for (const std::string& party : s.lead.parties)
            if (want(cover::acted, {}, 0, party)) return true;
        for (const auto* clauses : {&s.with, &s.inform})
            for (const party_clause& clause : *clauses)
                for (const std::string& party : clause.parties)
                    if (want(cover::told, {}, 0, party)) return true;
        return !s.recorder.empty() && want(cover::acted, {}, 0, s.recorder);
    };
    if (at(where)) return true;
    for (const step* question : questions_) {
        if (!coursing::may_be_raised(*question, where.id)) continue;
        const auto asked = asked_.find(question->id);
        if (asked != asked_.end() && asked->second >= coursing::most_questions) continue;
        if (at(*question)) return true;
    }
    return false;
}

/// How far each step is from something that is wanted.
void course::measure() {
    const procedure& of = by_.of();
    to_gain_.assign(graph_.vertices().size(), coursing::nowhere);
    for (std::uint32_t v = 0; v < of.steps.size(); ++v) {
        const step& s = of.steps[v];
        if (s.kind != step_kind::step) continue;
        if (rewarding(s)) {
            to_gain_[v] = 0;
            continue;
        }
        for (std::uint32_t i = 0; i < s.branches.size(); ++i) {
            if (barred_.contains({s.id, i})) continue;
            const auto taken = taken_.find({s.id, i});
            const std::uint32_t times = taken == taken_.end() ? 0 : taken->second;
            if (times > std::max(s.branches[i].at_most + 1, coursing::most_visits)) continue;
            if (want(cover::branch, s.id, i) || want(cover::used_up, s.id, i)) to_gain_[v] = 1;
        }
    }
    coursing::spread(graph_, to_gain_);
}

std::vector<course::way> course::ways(const task_state& t, const step& where) const {
    std::vector<way> all;
    const auto weigh = [&](way one) {
        const bool ends = one.to < graph_.vertices().size() &&
                          graph_.vertices()[one.to].what == flow_vertex::kind::end;
        one.to_end = one.to < to_end_.size() ? to_end_[one.to] : coursing::nowhere;
        const std::uint32_t on =
            ends || one.to >= to_gain_.size() ? coursing::nowhere : to_gain_[one.to];
        one.cost = one.gains ? 0 : coursing::plus(on, 1);
        all.push_back(std::move(one));
    };
    for (const flow_edge& e : graph_.out(graph_.vertex_of(where.id))) {
        if (e.what == flow_edge::kind::consultation) continue;
        if (e.implied) {
            weigh({0, nullptr, {}, e.to, false, 0, 0});
            continue;
        }
        const branch& b = where.branches[e.branch];
        const auto counted = by_.state().taken.find({where.id, e.branch});
        const std::uint32_t times = counted == by_.state().taken.end() ? 0 : counted->second;
        const bool used = b.at_most != 0 && times >= b.at_most;
        if (used != e.afterwards) continue;
        const std::string outcome = b.outcome() == "xong" ? std::string() : b.outcome();
        if (!t.confirmed.empty() && t.confirmed.front().outcome != b.outcome()) continue;
        const bool gains = (!used && want(cover::branch, where.id, e.branch)) ||
                           want(cover::used_up, where.id, e.branch);
        weigh(
            {e.branch, &b, outcome, e.to, gains && !barred_.contains({where.id, e.branch}), 0, 0});
    }
    // What gains first; else nearest to a gain; else nearest to an end. Straight on before back.
    std::stable_sort(all.begin(), all.end(), [&](const way& a, const way& b) {
        const auto rank = [&](const way& w) {
            return std::make_tuple(barred_.contains({where.id, w.index}), w.cost, w.to_end);
        };
        return rank(a) < rank(b);
    });
    return all;
}

std::vector<demand> course::demands_of(const step& where, const way& to) const {
    std::vector<demand> all;
    if (to.by == nullptr) return all;
    for (const branch& b : where.branches) {
        const bool it = &b == to.by;
        if (b.outcome() == to.by->outcome() && b.when) all.push_back({&*b.when, it, b.outcome()});
        if (it) break;
    }
    return all;
}

/// What else could be covered on this way, if its conditions can be met too.
void course::add_bonus(const step& where, const way& to, std::vector<demand>& into,
                       wanted& done) const {
    const std::string outcome = to.by == nullptr ? std::string("xong") : to.by->outcome();
    const auto hold = [&](const std::optional<condition>& when) {
        if (when) into.push_back({&*when, true, outcome});
    };
    for (std::uint32_t i = 0; i < where.acts.size(); ++i)
        if (where.acts[i].what == form_act::kind::keep && want(cover::record, where.id, i))
            hold(where.acts[i].when);
    for (std::uint32_t i = 0; i < where.preconditions.size(); ++i)
        if (want(cover::precondition, where.id, i)) hold(where.preconditions[i].when);
    for (std::uint32_t i = 0; i < where.links.size(); ++i) {
        if (!want(cover::link, where.id, i)) continue;
        hold(where.links[i].when);
        if (where.links[i].may && !coursing::is_among(done.open_linked, where.links[i].procedure))
            done.open_linked.push_back(where.links[i].procedure);
    }
    for (const auto* clauses : {&where.with, &where.inform})
        for (const party_clause& clause : *clauses)
            for (const std::string& party : clause.parties)
                if (want(cover::told, {}, 0, party)) hold(clause.when);
}

/// What the way from there on asks of fields that are written here: to what is wanted next, else to
/// an end.
std::vector<demand> course::demands_ahead(const step& where, const way& to,
                                          const std::set<variable>& free) const {
    std::vector<demand> all;
    if (free.empty() || to.gains || to.to >= to_gain_.size()) return all;
    const bool gain = to_gain_[to.to] != coursing::nowhere;
    const std::vector<std::uint32_t>& distance = gain ? to_gain_ : to_end_;
    const auto add = [&](const step& s, const flow_edge& e) {
        if (e.implied || e.branch >= s.branches.size()) return;
        const std::string outcome = s.branches[e.branch].outcome();
        for (std::uint32_t i = 0; i <= e.branch; ++i) {
            const branch& b = s.branches[i];
            if (b.outcome() != outcome || !b.when) continue;
            std::vector<variable> names;
            collect_variables(by_.of(), *b.when, names);
            // What is not written here stays as it is.
            if (std::any_of(names.begin(), names.end(),
                            [&](const variable& name) { return free.contains(name); }))
                all.push_back({&*b.when, i == e.branch, outcome});
        }
    };
    constexpr std::size_t most = 50;
    std::uint32_t at = to.to;
    for (std::size_t n = 0; n < most && at < distance.size(); ++n) {
        if (at >= by_.of().steps.size() || &by_.of().steps[at] == &where) break;
        const step& s = by_.of().steps[at];
        const flow_edge* next = nullptr;
        for (const flow_edge& e : graph_.out(at)) {
            if (e.what == flow_edge::kind::consultation) continue;
            if (gain && !e.implied && want(cover::branch, s.id, e.branch)) {
                add(s, e);
                return all;
            }
            if (distance[e.to] < distance[at] &&
                (next == nullptr || distance[e.to] < distance[next->to]))
                next = &e;
        }
        if (next == nullptr) break;
        add(s, *next);
        at = next->to;
    }
    return all;
}

/// Values for what is filled in here. The way itself must be open; what else can be covered, and
/// the way on, are tried for: each as far as it can be had together with what stands before it.
std::optional<solution> course::values_for(const task_state& t, const step& where, const way& to,
                                           wanted& done, const std::set<variable>& free,
                                           assignment& fixed) {
    const std::vector<demand> must = demands_of(where, to);
    std::vector<demand> also = must;
    add_bonus(where, to, also, done);
    const assignment nothing;
    const trial_reader seen =
        by_.reader(t, to.by == nullptr ? std::string("xong") : to.by->outcome(), nothing);
    const std::vector<std::string> channels = by_.channels_of(where);
    for (const variable& name : free) {
        const auto wish = wishes_.find(name);
        if (wish == wishes_.end()) continue;
        const auto* word = wish->second.get_if<std::string>();
        if (name == channel_variable && (word == nullptr || !coursing::is_among(channels, *word)))
            continue;
        fixed.insert(*wish);
    }
    const auto tried = [&](const std::vector<demand>& demands, const assignment& wishes,
                           std::size_t tries) {
        return solve(by_.of(), seen, demands, wishes, free, by_.today(), channels, cost_, tries);
    };
    constexpr std::size_t many = 20'000, few = 2'000;
    for (const assignment* wishes : {&std::as_const(fixed), &nothing}) {
        for (const std::vector<demand>* demands : {&std::as_const(also), &must}) {
            auto found = tried(*demands, *wishes, many);
            if (!found) continue;
            std::vector<demand> further = *demands;
            for (const demand& one : demands_ahead(where, to, free)) {
                further.push_back(one);
                if (auto better = tried(further, *wishes, few))
                    found = std::move(better);
                else
                    further.pop_back();
            }
            return found;
        }
        if (fixed.empty()) break;
    }
    return std::nullopt;
}

}  // namespace quytrinh::testing::detail
