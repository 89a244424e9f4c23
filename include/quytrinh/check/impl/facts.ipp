// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/facts.ipp: the data-flow behind facts.hpp.
#pragma once

#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/reasoning.hpp>

#include <algorithm>
#include <deque>

namespace quytrinh::detail::checking {

/// Comparisons of the conditions of one step with each other, over its ways out: a step that would need more
/// has its conditional acts taken as uncertain.
inline constexpr std::size_t comparisons_per_step = 100'000;

/// Solves one set of at most 64 facts.
class fact_solver {
public:
    using word = std::uint64_t;
    static constexpr std::size_t width = 64;

    fact_solver(const path_facts& all, std::uint32_t first, std::uint32_t count)
        : s_(all.study_), all_(all), vertices_(s_.graph.vertices().size()) {
        for (std::uint32_t i = 0; i < count; ++i) take(all.facts_[first + i], word{1} << i);
        prepare();
    }

    void solve();
    [[nodiscard]] certainty at(std::uint32_t vertex, moment when, word bit) const;
    [[nodiscard]] std::vector<std::uint32_t> path_without(std::uint32_t vertex, moment when,
                                                         bool certain) const;

private:
    /// The three answers side by side: certain on every path, at least under a condition, on some path.
    struct triple {
        word strict = 0, lenient = 0, may = 0;
        friend bool operator==(const triple&, const triple&) = default;
        void also(const triple& t) {
            strict |= t.strict;
            lenient |= t.lenient;
            may |= t.may;
        }
    };
    static constexpr triple nothing_known{~word{0}, ~word{0}, 0};  ///< neutral in `meet`
    static void meet(triple& a, const triple& b) {
        a.strict &= b.strict;
        a.lenient &= b.lenient;
        a.may |= b.may;
    }

    struct wanted {
        word bit;
        std::string_view box, field;
    };

    void take(const fact& f, word bit);
    void prepare();
    void prepare_step(std::uint32_t v, const triple& anywhere);
    [[nodiscard]] triple effect(const form_act& act, word& drops) const;
    [[nodiscard]] triple effects_of_consultation(std::uint32_t v, word& drops) const;
    [[nodiscard]] triple entry_state(std::uint32_t v) const;
    [[nodiscard]] triple through(std::uint32_t edge) const;
    [[nodiscard]] triple meet_in(std::uint32_t v, bool returns_too) const;
    [[nodiscard]] triple state(std::uint32_t v, moment when) const;

    const study& s_;
    const path_facts& all_;
    std::size_t vertices_;

    std::vector<word> done_, ok_, nok_, bound_;          // by vertex; bound_ by party
    std::vector<std::vector<wanted>> filled_, approved_; // by form
    word all_filled_ = 0;

    std::vector<triple> own_;    // by vertex: what its acts bring, whatever way out is taken
    std::vector<word> drops_;    // by vertex: approvals that its filling drops
    std::vector<triple> brings_; // by edge
    std::vector<triple> in_;     // by vertex
};

inline void fact_solver::take(const fact& f, word bit) {
    const auto grow = [](auto& v, std::size_t size) {
        if (v.size() < size) v.resize(size);
    };
    switch (f.kind) {
    case fact_kind::done: grow(done_, vertices_), done_[f.subject] |= bit; break;
    case fact_kind::ok: grow(ok_, vertices_), ok_[f.subject] |= bit; break;
    case fact_kind::nok: grow(nok_, vertices_), nok_[f.subject] |= bit; break;
    case fact_kind::bound: grow(bound_, s_.of.parties.size()), bound_[f.subject] |= bit; break;
    case fact_kind::filled:
        grow(filled_, s_.of.forms.size());
        filled_[f.subject].push_back({bit, f.box, f.field});
        all_filled_ |= bit;
        break;
    case fact_kind::approved:
        grow(approved_, s_.of.forms.size());
        approved_[f.subject].push_back({bit, f.box, {}});
        break;
    }
}

/// What one act brings when it is certain, and the approvals that it drops.
inline fact_solver::triple fact_solver::effect(const form_act& act, word& drops) const {
    triple t;
    const bool fills = act.what == form_act::kind::fill || act.what == form_act::kind::append;
    if (!fills && act.what != form_act::kind::approve) return t;
    if (filled_.empty() && approved_.empty()) return t;
    const std::uint32_t form = s_.forms.find(act.code);
    if (form == none) return t;
    word bits = 0;
    if (fills && !filled_.empty())
        for (const auto& w : filled_[form]) {
            const bool whole_form = w.box.empty() && w.field.empty();
            if (!act.box.empty() && act.box != w.box && !whole_form) continue;
            if (!act.only.empty() && !w.field.empty() &&
                std::find(act.only.begin(), act.only.end(), w.field) == act.only.end())
                continue;
            bits |= w.bit;
        }
    if (!approved_.empty())
        for (const auto& w : approved_[form]) {
            if (!act.box.empty() && !w.box.empty() && act.box != w.box) continue;
            if (act.what == form_act::kind::approve) bits |= w.bit;
            // A later entry in an append-only box does not make a new version.
            if (act.what == form_act::kind::fill) drops |= w.bit;
        }
    t.strict = t.lenient = t.may = bits;
    return t;
}

/// What raising a consultation may bring to the step it is raised in: it need not be raised.
inline fact_solver::triple fact_solver::effects_of_consultation(std::uint32_t v, word& drops) const {
    triple t;
    for (const auto& act : s_.of.steps[v].acts) t.may |= effect(act, drops).may;
    if (!done_.empty()) t.may |= done_[v];
    return t;
}

inline void fact_solver::prepare() {
    own_.resize(vertices_);
    drops_.resize(vertices_);
    brings_.resize(s_.graph.edges().size());
    triple anywhere;
    word anywhere_drops = 0;
    for (const auto c : s_.consultations_anywhere())
        anywhere.also(effects_of_consultation(c, anywhere_drops));
    for (std::uint32_t v = 0; v < s_.of.steps.size(); ++v) {
        if (s_.is_step(v)) {
            drops_[v] = anywhere_drops;
            prepare_step(v, anywhere);
        } else {
            word unused = 0;
            for (const auto& act : s_.of.steps[v].acts) own_[v].also(effect(act, unused));
        }
    }
    // A role that says it is assigned at a step which does not assign it: reported for itself.
    for (std::uint32_t p = 0; p < bound_.size(); ++p) {
        if (bound_[p] == 0) continue;
        for (const auto& id : s_.of.parties[p].bound_by) {
            const std::uint32_t v = s_.step_of(id);
            if (v == none) continue;
            const auto& assignments = s_.of.steps[v].assignments;
            if (std::any_of(assignments.begin(), assignments.end(),
                            [&](const auto& a) { return a.role == s_.of.parties[p].code; }))
                continue;
            const auto first = static_cast<std::size_t>(s_.graph.out(v).data() - s_.graph.edges().data());
            for (std::size_t e = 0; e < s_.graph.out(v).size(); ++e)
                brings_[first + e].also({bound_[p], bound_[p], bound_[p]});
        }
    }
}

inline void fact_solver::prepare_step(std::uint32_t v, const triple& anywhere) {
    const step& at = s_.of.steps[v];
    const auto out = s_.graph.out(v);
    const auto first = out.empty() ? std::size_t{0}
                                   : static_cast<std::size_t>(out.data() - s_.graph.edges().data());
    const auto& on_branch = all_.on_branch_[v];
    std::size_t clause = 0;
    const auto bring = [&](const triple& t, bool conditional) {
        if (!conditional) {
            own_[v].also(t);
            for (std::size_t e = 0; e < out.size(); ++e) brings_[first + e].also(t);
        } else {
            own_[v].also({0, t.lenient, t.may});
            for (std::size_t e = 0; e < out.size(); ++e) {
                const truth sure = on_branch.empty() ? truth::unknown : on_branch[clause * out.size() + e];
                if (sure == truth::yes) brings_[first + e].also(t);
                if (sure == truth::unknown) brings_[first + e].also({0, t.lenient, t.may});
            }
        }
        ++clause;
    };
    for (const auto& act : at.acts) bring(effect(act, drops_[v]), act.when.has_value());
    for (const auto& a : at.assignments) {
        const std::uint32_t p = bound_.empty() ? none : s_.parties.find(a.role);
        const word bit = p == none ? 0 : bound_[p];
        bring({bit, bit, bit}, a.when.has_value());
    }
    triple raised = anywhere;
    for (const auto c : s_.consultations_at(v)) raised.also(effects_of_consultation(c, drops_[v]));
    own_[v].also(raised);
    for (std::size_t e = 0; e < out.size(); ++e) {
        triple& t = brings_[first + e];
        t.also(raised);
        const auto event = [&](const std::vector<word>& by_vertex) {
            if (!by_vertex.empty()) t.also({by_vertex[v], by_vertex[v], by_vertex[v]});
        };
        event(done_);
        if (out[e].implied || out[e].what == flow_edge::kind::consultation) continue;
        if (at.branches[out[e].branch].what == branch::kind::ok) event(ok_);
        if (at.branches[out[e].branch].what == branch::kind::nok) event(nok_);
    }
}

inline fact_solver::triple fact_solver::entry_state(std::uint32_t v) const {
    const auto& entries = s_.shape.entries;
    const auto at = std::find(entries.begin(), entries.end(), v);
    if (at == entries.end()) return nothing_known;
    if (at == entries.begin()) return {};
    // Whoever opens a linked case here carries fields over; which ones is not known.
    return {all_filled_, all_filled_, all_filled_};
}

inline fact_solver::triple fact_solver::through(std::uint32_t edge) const {
    const auto& e = s_.graph.edges()[edge];
    triple t = in_[e.from];
    t.strict &= ~drops_[e.from];
    t.lenient &= ~drops_[e.from];
    t.also(brings_[edge]);
    return t;
}

inline fact_solver::triple fact_solver::meet_in(std::uint32_t v, bool returns_too) const {
    triple t = entry_state(v);
    for (const auto edge : s_.graph.in(v)) {
        const auto& e = s_.graph.edges()[edge];
        if (e.what == flow_edge::kind::consultation || s_.shape.reachable[e.from] == 0) continue;
        if (e.what == flow_edge::kind::loop && !returns_too) continue;
        meet(t, through(edge));
    }
    return t;
}

inline void fact_solver::solve() {
    in_.assign(vertices_, nothing_known);
    std::deque<std::uint32_t> work;
    std::vector<char> waits(vertices_, 0);
    const auto push = [&](std::uint32_t v) {
        if (waits[v] == 0 && s_.shape.reachable[v] != 0) {
            waits[v] = 1;
            work.push_back(v);
        }
    };
    for (const auto v : s_.shape.order) push(v);
    // Every bit of a vertex changes at most once in one direction, so this ends.
    while (!work.empty()) {
        const std::uint32_t v = work.front();
        work.pop_front();
        waits[v] = 0;
        const triple t = meet_in(v, true);
        if (t == in_[v]) continue;
        in_[v] = t;
        for (const auto& e : s_.graph.out(v))
            if (e.what != flow_edge::kind::consultation) push(e.to);
    }
    // A consultation opens while its step is open.
    triple anywhere = nothing_known;
    if (!s_.consultations_anywhere().empty())
        for (std::uint32_t v = 0; v < s_.of.steps.size(); ++v)
            if (s_.is_step(v) && s_.shape.reachable[v] != 0) meet(anywhere, in_[v]);
    for (std::uint32_t v = 0; v < s_.of.steps.size(); ++v)
        for (const auto c : s_.consultations_at(v))
            if (s_.shape.reachable[v] != 0) meet(in_[c], in_[v]);
    for (const auto c : s_.consultations_anywhere()) meet(in_[c], anywhere);
}

inline fact_solver::triple fact_solver::state(std::uint32_t v, moment when) const {
    if (s_.is_consultation(v)) {
        triple t = in_[v];
        t.also(own_[v]);  // whoever asks fills the question's form first
        return t;
    }
    triple t = when == moment::first_opening ? meet_in(v, false) : in_[v];
    if (when == moment::completion) t.also(own_[v]);
    return t;
}

inline certainty fact_solver::at(std::uint32_t vertex, moment when, word bit) const {
    if (s_.shape.reachable[vertex] == 0 && !s_.is_consultation(vertex)) return certainty::always;
    const triple t = state(vertex, when);
    if ((t.strict & bit) != 0) return certainty::always;
    if ((t.lenient & bit) != 0) return certainty::mostly;
    return (t.may & bit) != 0 ? certainty::sometimes : certainty::never;
}

/// Breadth first over pairs (vertex, does the fact hold there). `certain`: acts under a condition do not
/// count, so that the path shows the case in which the condition does not hold.
inline std::vector<std::uint32_t> fact_solver::path_without(std::uint32_t vertex, moment when,
                                                           bool certain) const {
    constexpr std::uint32_t unseen = none - 1;
    const auto is_goal = [&](std::uint32_t v) {
        if (!s_.is_consultation(vertex)) return v == vertex;
        const auto& at = s_.consultations_at(v);
        return s_.of.steps[vertex].at_any_step || std::find(at.begin(), at.end(), vertex) != at.end();
    };
    // State 2v: the fact does not hold at v; 2v + 1: it does. `from` leads back.
    std::vector<std::uint32_t> from(2 * vertices_, unseen);
    std::deque<std::uint32_t> work;
    std::uint32_t goal = none;
    const auto reach = [&](std::uint32_t v, bool holds, std::uint32_t before, bool by_return) {
        const std::uint32_t state = 2 * v + (holds ? 1 : 0);
        const bool counts = !by_return || when != moment::first_opening;
        if (!holds && goal == none && counts && s_.is_step(v) && is_goal(v)) {
            goal = state;
            if (from[state] != unseen) return;  // reached before, by a return
        }
        if (from[state] != unseen) return;
        from[state] = before;
        work.push_back(state);
    };
    for (const auto v : s_.shape.entries) {
        const triple t = entry_state(v);
        reach(v, ((certain ? t.strict : t.lenient) & 1) != 0, none, false);
    }
    while (!work.empty() && goal == none) {
        const std::uint32_t state = work.front();
        work.pop_front();
        const std::uint32_t v = state / 2;
        const auto out = s_.graph.out(v);
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (out[i].what == flow_edge::kind::consultation) continue;
            const triple& b = brings_[static_cast<std::size_t>(&out[i] - s_.graph.edges().data())];
            const bool kept = state % 2 != 0 && (drops_[v] & 1) == 0;
            reach(out[i].to, kept || ((certain ? b.strict : b.lenient) & 1) != 0, state,
                  out[i].what == flow_edge::kind::loop);
        }
    }
    std::vector<std::uint32_t> path;
    for (std::uint32_t at = goal; at != none && path.size() <= vertices_ * 2; at = from[at])
        path.push_back(at / 2);
    std::reverse(path.begin(), path.end());
    return path;
}

path_facts::question path_facts::ask(const fact& what, std::uint32_t vertex, moment when) {
    const auto [at, is_new] =
        fact_ids_.try_emplace({what.kind, what.subject, what.box, what.field},
                              static_cast<std::uint32_t>(facts_.size()));
    if (is_new) facts_.push_back(what);
    questions_.push_back({at->second, vertex, when, certainty::always});
    return static_cast<question>(questions_.size() - 1);
}

void path_facts::answer_all() {
    on_branch_.assign(study_.of.steps.size(), {});
    for (std::uint32_t v = 0; v < study_.of.steps.size(); ++v) {
        const step& at = study_.of.steps[v];
        if (!study_.is_step(v)) continue;
        std::vector<const condition*> conditions;
        std::size_t nodes = 0;
        for (const auto& a : at.acts) conditions.push_back(a.when ? &*a.when : nullptr);
        for (const auto& a : at.assignments) conditions.push_back(a.when ? &*a.when : nullptr);
        for (const auto* c : conditions) nodes += c == nullptr ? 0 : c->nodes.size();
        for (const auto& b : at.branches) nodes += b.when ? b.when->nodes.size() : 0;
        const auto out = study_.graph.out(v);
        if (nodes == 0 || nodes * nodes * out.size() > comparisons_per_step) continue;
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
    std::vector<std::vector<question>> by_fact(facts_.size());
    for (question q = 0; q < questions_.size(); ++q) by_fact[questions_[q].fact].push_back(q);
    for (std::uint32_t first = 0; first < facts_.size(); first += fact_solver::width) {
        const auto count = std::min<std::uint32_t>(fact_solver::width,
                                                   static_cast<std::uint32_t>(facts_.size()) - first);
        fact_solver solver(*this, first, count);
        solver.solve();
        for (std::uint32_t i = 0; i < count; ++i)
            for (const auto q : by_fact[first + i])
                questions_[q].answer = solver.at(questions_[q].vertex, questions_[q].when,
                                                 fact_solver::word{1} << i);
    }
    for (const auto& judge : judges_) judge();
}

std::string path_facts::path_without(question q) {
    constexpr std::size_t head = 5, tail = 4;
    if (paths_searched_ >= study_.context.bounds.diagnostics) return "…";
    ++paths_searched_;
    const asked& a = questions_[q];
    const fact_solver solver(*this, a.fact, 1);
    const auto path = solver.path_without(a.vertex, a.when, a.answer == certainty::mostly);
    std::string text;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path.size() > head + tail + 1 && i == head) {
            text += " → …";
            i = path.size() - tail;
        }
        text += (i == 0 ? "" : " → ") + study_.say.step(study_.of.steps[path[i]].id);
    }
    return text.empty() ? "…" : text;
}

}  // namespace quytrinh::detail::checking
