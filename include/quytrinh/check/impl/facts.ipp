// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/facts.ipp: the questions of facts.hpp: collected, answered 64 facts at a
// time, explained.
#pragma once

#include <quytrinh/check/impl/fact_solver.hpp>
#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/reasoning.hpp>
#include <quytrinh/model/condition.hpp>

#include <utility>

namespace quytrinh::detail::checking {

/// Comparisons of the conditions of one step with each other, over its ways out: a step that would
/// need more has its conditional acts taken as uncertain.
inline constexpr std::size_t comparisons_per_step = 100'000;

path_facts::question path_facts::ask(const fact& what, std::uint32_t vertex, moment when) {
    const auto [at, is_new] = fact_ids_.try_emplace({what.kind, what.subject, what.box, what.field},
                                                    static_cast<std::uint32_t>(facts_.size()));
    if (is_new) facts_.push_back(what);
    questions_.push_back({at->second, vertex, when, certainty::always});
    return static_cast<question>(questions_.size() - 1);
}

std::uint32_t path_facts::one_of(std::vector<std::uint32_t> forms) {
    const auto next = static_cast<std::uint32_t>(several_.size());
    const auto [at, is_new] = several_ids_.try_emplace(std::move(forms), next);
    if (is_new) several_.push_back(at->first);
    return at->second;
}

void path_facts::read_sites() {
    acts_on_.resize(study_.of.forms.size());
    assignments_of_.resize(study_.of.parties.size());
    on_branch_.resize(study_.of.steps.size());
    for (std::uint32_t v = 0; v < study_.of.steps.size(); ++v) {
        const step& at = study_.of.steps[v];
        std::vector<const condition*> conditions;
        std::size_t nodes = 0;
        const auto clause = [&](const std::optional<condition>& when) {
            conditions.push_back(when ? &*when : nullptr);
            nodes += when ? when->nodes.size() : 0;
            return site{v, static_cast<std::uint32_t>(conditions.size() - 1), when.has_value()};
        };
        for (const auto& a : at.acts) {
            const site here = clause(a.when);
            const bool matters = a.what == form_act::kind::fill ||
                                 a.what == form_act::kind::append ||
                                 a.what == form_act::kind::approve;
            const auto form = matters ? study_.forms.find(a.code) : none;
            if (form != none) acts_on_[form].push_back(here);
        }
        for (const auto& a : at.assignments) {
            const site here = clause(a.when);
            const auto role = study_.parties.find(a.role);
            if (role != none) assignments_of_[role].push_back(here);
        }
        if (nodes != 0 && study_.is_step(v)) compare_with_branches(v, conditions, nodes);
    }
}

void path_facts::compare_with_branches(std::uint32_t v,
                                       const std::vector<const condition*>& conditions,
                                       std::size_t nodes) {
    const step& at = study_.of.steps[v];
    const auto out = study_.graph.out(v);
    for (const auto& b : at.branches) nodes += b.when ? b.when->nodes.size() : 0;
    if (nodes * nodes * out.size() > comparisons_per_step) return;
    on_branch_[v].assign(conditions.size() * out.size(), truth::unknown);
    for (std::size_t e = 0; e < out.size(); ++e) {
        if (out[e].implied || out[e].what == flow_edge::kind::consultation) continue;
        const auto known = knowledge_of(at, out[e].branch);
        for (std::size_t c = 0; c < conditions.size(); ++c)
            if (conditions[c] != nullptr)
                on_branch_[v][c * out.size() + e] =
                    follows(*conditions[c], known.parts, known.outcome);
    }
}

void path_facts::answer_all() {
    read_sites();
    std::vector<std::vector<question>> by_fact(facts_.size());
    for (question q = 0; q < questions_.size(); ++q) by_fact[questions_[q].fact].push_back(q);
    fact_solver solver(*this);
    for (std::uint32_t first = 0; first < facts_.size(); first += fact_solver::width) {
        const auto count = std::min<std::uint32_t>(
            fact_solver::width, static_cast<std::uint32_t>(facts_.size()) - first);
        solver.load(first, count);
        solver.solve();
        for (std::uint32_t i = 0; i < count; ++i)
            for (const auto q : by_fact[first + i])
                questions_[q].answer =
                    solver.at(questions_[q].vertex, questions_[q].when, fact_solver::word{1} << i);
    }
    for (const auto& judge : judges_) judge();
}

std::optional<std::string> path_facts::search(question q,
                                              const std::vector<std::uint32_t>& closed) {
    constexpr std::size_t head = 5, tail = 4;
    if (paths_searched_ >= study_.context.bounds.diagnostics) return "…";
    ++paths_searched_;
    const asked& a = questions_[q];
    fact_solver solver(*this);
    solver.load(a.fact, 1);
    const auto path = solver.path_without(a.vertex, a.when, a.answer == certainty::mostly, closed);
    if (path.empty()) return std::nullopt;
    std::string text;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path.size() > head + tail + 1 && i == head) {
            text += " → …";
            i = path.size() - tail;
        }
        text += (i == 0 ? "" : " → ") + study_.say.step(study_.of.steps[path[i]].id);
    }
    return text;
}

std::string path_facts::path_without(question q) { return search(q, {}).value_or("…"); }

std::optional<std::string> path_facts::new_path_without(question q, diag::code finding) {
    const asked& a = questions_[q];
    const auto* row = find_diagnostic(finding);
    const severity level = row == nullptr ? severity::error : row->level;
    reported_.resize(facts_.size());
    std::vector<std::uint32_t> closed;
    for (const auto& t : reported_[a.fact])
        if (t.level <= level) closed.push_back(t.vertex);  // the gravest comes first
    if (std::find(closed.begin(), closed.end(), a.vertex) != closed.end()) return std::nullopt;
    auto path = search(q, closed);
    if (path) reported_[a.fact].push_back({a.vertex, level});
    return path;
}

}  // namespace quytrinh::detail::checking
