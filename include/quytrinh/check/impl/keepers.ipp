// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/keepers.ipp: records that are kept before somebody is there to keep them, and
// terms of keeping that never begin.
#pragma once

#include <quytrinh/check/impl/bindings.hpp>
#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/reasoning.hpp>
#include <quytrinh/check/impl/rules.hpp>

#include <algorithm>
#include <deque>
#include <vector>

namespace quytrinh::detail::checking {

namespace keeper_rules {

/// Records whose term is followed: each takes a pass over the flow.
inline constexpr std::size_t records_looked_at = 64;

/// Of several keepers one is enough.
inline void ask_keepers(study& s, path_facts& facts, std::uint32_t v, const form_act& act,
                        const record& of) {
    std::vector<std::pair<std::string, path_facts::question>> asked;
    if (s.record_lost(static_cast<std::size_t>(&of - s.of.records.data()))) return;
    for (const auto& code : of.keepers) {
        const std::uint32_t p = s.parties.find(code);
        const auto needs = p == none ? std::nullopt : role_rules::binding_fact(s, p);
        if (!needs) return;
        asked.emplace_back(code, facts.ask(*needs, v, moment::completion));
    }
    if (asked.empty()) return;
    facts.then([&s, &facts, &act, &of, v, asked] {
        const auto best =
            std::max_element(asked.begin(), asked.end(), [&](const auto& a, const auto& b) {
                return facts.answer(a.second) < facts.answer(b.second);
            });
        if (facts.answer(best->second) == certainty::always) return;
        const step& at = s.of.steps[v];
        std::vector<std::string> names;
        for (const auto& one : asked) names.push_back(one.first);
        s.report(diag::keeper_maybe_not_bound, study::or_else(act.where, at.where), at,
                 {s.say.step(at.id), of.code, s.say.list(names), facts.path_without(best->second)},
                 {{of.where, diag::note_declared_here, {s.say.record(of.code)}}});
    });
}

/// Does completing the step by this way out keep the record? A condition that is not settled there
/// may hold.
inline bool may_keep(const step& at, const flow_edge& e, const std::string& code) {
    return std::any_of(at.acts.begin(), at.acts.end(), [&](const form_act& act) {
        if (act.what != form_act::kind::keep || act.code != code) return false;
        if (!act.when || e.implied) return true;
        const auto known = knowledge_of(at, e.branch);
        return follows(*act.when, known.parts, known.outcome) != truth::no;
    });
}

/// A way through the flow that keeps the record and ends, and never completes the step from which
/// its term runs. States: (vertex, kept); the step itself closes the way.
inline void check_term(study& s, const record& of) {
    const std::uint32_t from = s.step_of(of.from_step);
    if (of.kept != record::retention::amount || of.from != record::start::step_end || from == none)
        return;
    const auto vertices = static_cast<std::uint32_t>(s.graph.vertices().size());
    constexpr std::uint32_t unseen = none - 1;
    std::vector<std::uint32_t> before(2 * std::size_t{vertices}, unseen);
    std::deque<std::uint32_t> work;
    for (const auto v : s.shape.entries) {
        if (v == from) continue;
        before[2 * v] = none;
        work.push_back(2 * v);
    }
    std::uint32_t goal = none;
    while (!work.empty() && goal == none) {
        const std::uint32_t state = work.front(), v = state / 2;
        work.pop_front();
        for (const auto& e : s.graph.out(v)) {
            if (e.what == flow_edge::kind::consultation || e.to == from) continue;
            const bool kept = state % 2 != 0 || may_keep(s.of.steps[v], e, of.code);
            const std::uint32_t next = 2 * e.to + (kept ? 1 : 0);
            if (before[next] != unseen) continue;
            before[next] = state;
            work.push_back(next);
            if (kept && s.graph.vertices()[e.to].what == flow_vertex::kind::end) {
                goal = next;
                break;
            }
        }
    }
    if (goal == none) return;
    std::vector<std::string> names;
    for (std::uint32_t at = goal; at != none; at = before[at])
        names.push_back(s.is_step(at / 2) ? s.say.step(s.of.steps[at / 2].id)
                                          : s.say.end(s.graph.vertices()[at / 2].end_kind));
    std::string path;
    constexpr std::size_t head = 5, tail = 4;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names.size() > head + tail + 1 && i == head) {
            path += " → …";
            i = names.size() - tail;
        }
        path += (path.empty() ? "" : " → ") + names[names.size() - 1 - i];
    }
    s.report(diag::keeping_never_starts, of.where, s.heading(s.say.record(of.code), of),
             {of.code, s.say.step(of.from_step), path});
}

}  // namespace keeper_rules

void check_keepers(study& s, path_facts& facts) {
    namespace own = keeper_rules;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        if (!s.is_step(v)) continue;
        for (const auto& act : s.of.steps[v].acts)
            if (act.what == form_act::kind::keep)
                if (const auto r = s.records.find(act.code); r != none)
                    own::ask_keepers(s, facts, v, act, s.of.records[r]);
    }
    std::size_t looked_at = 0;
    for (const auto& record : s.of.records)
        if (record.from == quytrinh::record::start::step_end &&
            !s.record_lost(static_cast<std::size_t>(&record - s.of.records.data())) &&
            looked_at++ < own::records_looked_at)
            own::check_term(s, record);
}

}  // namespace quytrinh::detail::checking
