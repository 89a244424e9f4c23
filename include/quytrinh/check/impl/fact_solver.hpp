// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/fact_solver.hpp: forward data-flow over the graph in bit sets of 64 facts:
// what each step brings and drops, the meet over all paths, and the path on which a fact is
// missing.
#pragma once

#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking {

/// Solves sets of at most 64 facts, one after the other, in the same memory.
class fact_solver {
public:
    using word = std::uint64_t;
    static constexpr std::size_t width = 64;

    explicit fact_solver(const path_facts& all)
        : s_(all.study_),
          all_(all),
          vertices_(s_.graph.vertices().size()),
          wanted_(s_.of.forms.size()),
          own_(vertices_),
          drops_(vertices_),
          brings_(s_.graph.edges().size()),
          in_(vertices_),
          waits_(vertices_) {}

    /// Takes these facts in place of those before.
    void load(std::uint32_t first, std::uint32_t count);
    void solve();
    [[nodiscard]] certainty at(std::uint32_t vertex, moment when, word bit) const;
    /// A shortest path to the vertex on which the first fact is missing and that passes none of
    /// `closed`.
    [[nodiscard]] std::vector<std::uint32_t> path_without(
        std::uint32_t vertex, moment when, bool certain,
        const std::vector<std::uint32_t>& closed) const;

private:
    /// The three answers side by side: certain on every path, at least under a condition, on some
    /// path.
    struct triple {
        word strict = 0, lenient = 0, may = 0;
        friend bool operator==(const triple&, const triple&) = default;
        void also(const triple& t) {
            strict |= t.strict;
            lenient |= t.lenient;
            may |= t.may;
        }
        static triple sure(word bits) { return {bits, bits, bits}; }
        static triple maybe(word bits) { return {0, bits, bits}; }
        static triple possible(word bits) { return {0, 0, bits}; }
    };
    static constexpr triple nothing_known{~word{0}, ~word{0}, 0};  ///< neutral in `meet`
    static void meet(triple& a, const triple& b) {
        a.strict &= b.strict;
        a.lenient &= b.lenient;
        a.may |= b.may;
    }

    /// A fact about a form, with the bit that stands for it.
    struct wanted {
        word bit;
        fact_kind kind;
        std::string_view box, field;
    };

    void forget();
    void bring(std::uint32_t v, const triple& t, bool to_edges = true);
    void bring_event(const fact& f, word bit);
    void bring_binding(std::uint32_t role, word bit);
    void bring_clause(std::uint32_t v, std::size_t clause, bool conditional, word bits);
    void bring_form(std::uint32_t form);
    void bring_unknown(std::uint32_t first, std::uint32_t count);
    void raise(std::uint32_t consultation, word bits, word drops);
    [[nodiscard]] std::pair<word, word> effect(const form_act& act, std::uint32_t form) const;
    [[nodiscard]] std::size_t first_edge(std::uint32_t v) const {
        const auto out = s_.graph.out(v);
        return out.empty() ? 0 : static_cast<std::size_t>(out.data() - s_.graph.edges().data());
    }
    [[nodiscard]] triple entry_state(std::uint32_t v) const;
    [[nodiscard]] triple through(std::uint32_t edge) const;
    [[nodiscard]] triple meet_in(std::uint32_t v, bool returns_too) const;
    [[nodiscard]] triple state(std::uint32_t v, moment when) const;

    const study& s_;
    const path_facts& all_;
    std::size_t vertices_;
    std::vector<std::vector<wanted>> wanted_;  ///< by form
    word all_filled_ = 0;

    std::vector<triple> own_;     ///< by vertex: what its acts bring, whatever way out is taken
    std::vector<word> drops_;     ///< by vertex: approvals that its filling drops
    std::vector<triple> brings_;  ///< by edge
    std::vector<std::uint32_t> touched_;  ///< vertices whose own_, drops_ or brings_ are not empty
    std::vector<std::uint32_t> forms_;    ///< forms with wanted facts
    std::vector<triple> in_;              ///< by vertex
    std::vector<char> waits_;
};

inline void fact_solver::forget() {
    for (const auto v : touched_) {
        own_[v] = {};
        drops_[v] = 0;
        const std::size_t first = first_edge(v);
        for (std::size_t e = 0; e < s_.graph.out(v).size(); ++e) brings_[first + e] = {};
    }
    for (const auto form : forms_) wanted_[form].clear();
    touched_.clear();
    forms_.clear();
    all_filled_ = 0;
}

inline void fact_solver::load(std::uint32_t first, std::uint32_t count) {
    forget();
    for (std::uint32_t i = 0; i < count; ++i) {
        const fact& f = all_.facts_[first + i];
        const word bit = word{1} << i;
        switch (f.kind) {
        case fact_kind::done:
        case fact_kind::ok:
        case fact_kind::nok: bring_event(f, bit); break;
        case fact_kind::bound: bring_binding(f.subject, bit); break;
        case fact_kind::any_filled:
            for (const auto form : all_.several_[f.subject]) {
                if (wanted_[form].empty()) forms_.push_back(form);
                wanted_[form].push_back({bit, f.kind, {}, {}});
            }
            all_filled_ |= bit;
            break;
        case fact_kind::filled:
        case fact_kind::approved:
            if (wanted_[f.subject].empty()) forms_.push_back(f.subject);
            wanted_[f.subject].push_back({bit, f.kind, f.box, f.field});
            if (f.kind == fact_kind::filled) all_filled_ |= bit;
            break;
        }
    }
    for (const auto form : forms_) bring_form(form);
    bring_unknown(first, count);
}

/// A line that was not understood may have brought whatever lines of its kind bring.
inline void fact_solver::bring_unknown(std::uint32_t first, std::uint32_t count) {
    if (!s_.lost_anywhere(study::lost::acts | study::lost::assigned)) return;
    word by_acts = 0, by_assignments = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const fact_kind what = all_.facts_[first + i].kind;
        const bool of_form = what == fact_kind::filled || what == fact_kind::any_filled ||
                             what == fact_kind::approved;
        if (of_form) by_acts |= word{1} << i;
        if (what == fact_kind::bound) by_assignments |= word{1} << i;
    }
    for (std::uint32_t v = 0; v < s_.of.steps.size(); ++v) {
        const word bits = (s_.is_lost(v, study::lost::acts) ? by_acts : 0) |
                          (s_.is_lost(v, study::lost::assigned) ? by_assignments : 0);
        if (bits != 0) bring(v, triple::sure(bits), s_.is_step(v));
    }
}

/// What a vertex brings on every way out.
inline void fact_solver::bring(std::uint32_t v, const triple& t, bool to_edges) {
    touched_.push_back(v);
    own_[v].also(t);
    if (!to_edges) return;
    const std::size_t first = first_edge(v);
    for (std::size_t e = 0; e < s_.graph.out(v).size(); ++e) brings_[first + e].also(t);
}

inline void fact_solver::bring_event(const fact& f, word bit) {
    const std::uint32_t v = f.subject;
    if (s_.is_consultation(v)) {
        if (f.kind == fact_kind::done) raise(v, bit, 0);
        return;
    }
    touched_.push_back(v);
    const auto out = s_.graph.out(v);
    const std::size_t first = first_edge(v);
    for (std::size_t e = 0; e < out.size(); ++e) {
        const bool written = !out[e].implied && out[e].what != flow_edge::kind::consultation;
        const auto kind =
            written ? s_.of.steps[v].branches[out[e].branch].what : branch::kind::next;
        const bool happens = f.kind == fact_kind::done ||
                             (f.kind == fact_kind::ok && kind == branch::kind::ok) ||
                             (f.kind == fact_kind::nok && kind == branch::kind::nok);
        if (happens) brings_[first + e].also(triple::sure(bit));
    }
}

inline void fact_solver::bring_binding(std::uint32_t role, word bit) {
    for (const auto& site : all_.assignments_of_[role])
        bring_clause(site.vertex, site.clause, site.conditional, bit);
    // A role that says it is assigned at a step which does not assign it: reported for itself.
    for (const auto& id : s_.of.parties[role].bound_by) {
        const std::uint32_t v = s_.step_of(id);
        const auto& sites = all_.assignments_of_[role];
        if (v != none && std::none_of(sites.begin(), sites.end(),
                                      [&](const auto& site) { return site.vertex == v; }))
            bring(v, triple::sure(bit));
    }
}

/// What one clause of a step brings, by how sure its condition is on each way out.
inline void fact_solver::bring_clause(std::uint32_t v, std::size_t clause, bool conditional,
                                      word bits) {
    if (bits == 0) return;
    if (!conditional) {
        bring(v, triple::sure(bits));
        return;
    }
    bring(v, triple::maybe(bits), false);
    const auto& on_branch = all_.on_branch_[v];
    const std::size_t first = first_edge(v), ways = s_.graph.out(v).size();
    for (std::size_t e = 0; e < ways; ++e) {
        const truth sure = on_branch.empty() ? truth::unknown : on_branch[clause * ways + e];
        if (sure == truth::yes) brings_[first + e].also(triple::sure(bits));
        if (sure == truth::unknown) brings_[first + e].also(triple::maybe(bits));
    }
}

/// A consultation need not be raised in the steps where it may be.
inline void fact_solver::raise(std::uint32_t consultation, word bits, word drops) {
    const auto at = [&](std::uint32_t host) {
        bring(host, triple::possible(bits));
        drops_[host] |= drops;
    };
    if (!s_.of.steps[consultation].at_any_step) {
        for (const auto host : s_.hosts_of(consultation)) at(host);
        return;
    }
    for (std::uint32_t host = 0; host < s_.of.steps.size(); ++host)
        if (s_.is_step(host)) at(host);
}

/// What one act brings when it is done, and the approvals that it drops.
inline std::pair<fact_solver::word, fact_solver::word> fact_solver::effect(
    const form_act& act, std::uint32_t form) const {
    const bool approves = act.what == form_act::kind::approve;
    const bool by_boxes = !s_.form_lost(form);  // the line of a box may not have been understood
    word brings = 0, drops = 0;
    for (const auto& w : wanted_[form]) {
        if (w.kind == fact_kind::approved) {
            if (!act.box.empty() && !w.box.empty() && act.box != w.box && by_boxes) continue;
            if (approves) brings |= w.bit;
            // A later entry in an append-only box does not make a new version.
            if (act.what == form_act::kind::fill) drops |= w.bit;
            continue;
        }
        if (approves) continue;
        const bool whole_form = w.box.empty() && w.field.empty();
        if (!act.box.empty() && act.box != w.box && !whole_form && by_boxes) continue;
        if (!act.only.empty() && !w.field.empty() &&
            std::find(act.only.begin(), act.only.end(), w.field) == act.only.end())
            continue;
        brings |= w.bit;
    }
    return {brings, drops};
}

inline void fact_solver::bring_form(std::uint32_t form) {
    // Consultations that may be raised anywhere are applied to every step once, together.
    word brings_anywhere = 0, drops_anywhere = 0;
    std::uint32_t anywhere = none;
    for (const auto& site : all_.acts_on_[form]) {
        const auto [brings, drops] = effect(s_.of.steps[site.vertex].acts[site.clause], form);
        if (!s_.is_consultation(site.vertex)) {
            bring_clause(site.vertex, site.clause, site.conditional, brings);
            if (drops != 0) touched_.push_back(site.vertex);
            drops_[site.vertex] |= drops;
            continue;
        }
        bring(site.vertex, triple::sure(brings), false);
        if (s_.of.steps[site.vertex].at_any_step) {
            brings_anywhere |= brings;
            drops_anywhere |= drops;
            anywhere = site.vertex;
        } else {
            raise(site.vertex, brings, drops);
        }
    }
    if (anywhere != none) raise(anywhere, brings_anywhere, drops_anywhere);
}

inline fact_solver::triple fact_solver::entry_state(std::uint32_t v) const {
    const auto& entries = s_.shape.entries;
    const auto at = std::find(entries.begin(), entries.end(), v);
    if (at == entries.end()) return nothing_known;
    if (at == entries.begin())
        return s_.heading_lost(study::lost::entries) ? triple::sure(~word{0}) : triple{};
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
    std::fill(in_.begin(), in_.end(), nothing_known);
    std::deque<std::uint32_t> work;
    // One pass in topological order settles everything but the loops; those go on in a list of what
    // has changed. Every bit of a vertex changes at most once, in one direction, so this ends.
    std::fill(waits_.begin(), waits_.end(), char{1});
    const auto settle = [&](std::uint32_t v) {
        waits_[v] = 0;
        const triple t = meet_in(v, true);
        if (t == in_[v]) return;
        in_[v] = t;
        for (const auto& e : s_.graph.out(v)) {
            if (e.what == flow_edge::kind::consultation || waits_[e.to] != 0) continue;
            waits_[e.to] = 1;
            work.push_back(e.to);
        }
    };
    for (const auto v : s_.shape.order)
        if (s_.shape.reachable[v] != 0) settle(v);
    while (!work.empty()) {
        const std::uint32_t v = work.front();
        work.pop_front();
        settle(v);
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
    // Of some way nobody knows what it brings.
    return (t.may & bit) != 0 || s_.shape.open ? certainty::sometimes : certainty::never;
}

/// Breadth first over pairs (vertex, does the fact hold there). `certain`: acts under a condition
/// do not count, so that the path shows the case in which the condition does not hold.
inline std::vector<std::uint32_t> fact_solver::path_without(
    std::uint32_t vertex, moment when, bool certain,
    const std::vector<std::uint32_t>& closed) const {
    constexpr std::uint32_t unseen = none - 1;
    std::vector<char> shut(vertices_, 0);
    for (const auto v : closed) shut[v] = 1;
    const auto is_goal = [&](std::uint32_t v) {
        if (!s_.is_consultation(vertex)) return v == vertex;
        const auto& at = s_.consultations_at(v);
        return s_.of.steps[vertex].at_any_step ||
               std::find(at.begin(), at.end(), vertex) != at.end();
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
        if (shut[v] != 0) continue;  // whoever gets here has been told already
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

}  // namespace quytrinh::detail::checking
