// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/soundness.ipp: can a case always end, whatever has happened so far? First a
// proof that needs no counting, linear in the text, which settles nearly every procedure; then the
// loops that it could not settle are explored, marking by marking (exploring.hpp).
#pragma once

#include <quytrinh/check/impl/exploring.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/check/impl/soundness.hpp>

#include <algorithm>
#include <deque>
#include <optional>

namespace quytrinh::detail::checking {

namespace sound_rules {

/// Combinations of values of the fields that a loop cannot change.
inline constexpr std::size_t valuations = 64;
/// Steps of one form's filling that are looked through; a form filled at more counts as filled.
inline constexpr std::size_t fillers_looked_at = 200;

inline bool asks_for_history(const condition& c) {
    return std::any_of(c.nodes.begin(), c.nodes.end(), [](const condition_node& n) {
        return n.what == condition_node::kind::compare &&
               (n.left.what == operand::kind::rounds || n.left.what == operand::kind::entered_from);
    });
}

/// Every step from which an end can be reached whatever was counted before: an uncounted line leads
/// nearer to an end; a counted one comes to its `sau đó` after finitely many turns, wherever it
/// leads before that. The largest set whose members can do so without leaving it.
class proof {
public:
    /// `strict`: a field that another step of the same loop fills is not taken as chosen freely.
    proof(const study& s, const move_table& moves, bool strict)
        : s_(s), moves_(moves), strict_(strict) {
        const auto count = s.graph.vertices().size();
        members_.assign(count, 1);
        constexpr int rounds = 8;
        for (int i = 0; i < rounds; ++i)
            if (!shrink()) return;
        std::fill(members_.begin(), members_.end(), char{0});  // not settled: explore
    }
    [[nodiscard]] bool holds(std::uint32_t v) const { return members_[v] != 0; }

private:
    struct use {
        std::uint32_t option;
        bool needs_to;
        std::uint32_t to;
    };

    bool shrink() {
        const auto count = s_.graph.vertices().size();
        std::vector<std::vector<use>> uses(count);  // by the vertex that makes a line good
        std::vector<std::uint32_t> left(moves_.options().size(), 0);
        for (std::uint32_t o = 0; o < moves_.options().size(); ++o) {
            const auto& option = moves_.options()[o];
            const bool fixed = strict_ ? option.fixed : option.fixed_by_loop;
            left[o] = fixed ? static_cast<std::uint32_t>(option.lines.size()) : 1;
            for (const auto& line : option.lines) {
                const auto key = line.counted() ? line.after : line.to;
                if (key != none) uses[key].push_back({o, line.counted(), line.to});
            }
        }
        std::vector<char> now(count, 0);
        std::deque<std::uint32_t> work;
        for (std::uint32_t v = 0; v < count; ++v)
            if (moves_.is_end(v)) {
                now[v] = 1;
                work.push_back(v);
            }
        while (!work.empty()) {
            const std::uint32_t v = work.front();
            work.pop_front();
            for (const auto& u : uses[v]) {
                if (u.needs_to && (u.to == none || members_[u.to] == 0)) continue;
                if (left[u.option] == 0 || --left[u.option] != 0) continue;
                const std::uint32_t owner = moves_.options()[u.option].vertex;
                if (now[owner] != 0) continue;
                now[owner] = 1;
                work.push_back(owner);
            }
        }
        for (std::uint32_t v = 0; v < count; ++v) now[v] = static_cast<char>(now[v] & members_[v]);
        const bool changed = now != members_;
        members_ = std::move(now);
        return changed;
    }

    const study& s_;
    const move_table& moves_;
    const bool strict_;
    std::vector<char> members_;
};

/// Is something wrong with the mere shape, so that other rules have spoken?
inline bool shape_is_broken(const study& s) {
    std::vector<char> ends(s.graph.vertices().size(), 0);
    std::vector<std::uint32_t> work;
    for (std::uint32_t v = 0; v < ends.size(); ++v)
        if (s.graph.vertices()[v].what == flow_vertex::kind::end) {
            ends[v] = 1;
            work.push_back(v);
        }
    while (!work.empty()) {
        const std::uint32_t v = work.back();
        work.pop_back();
        for (const auto i : s.graph.in(v)) {
            const auto& e = s.graph.edges()[i];
            if (e.what == flow_edge::kind::consultation || ends[e.from] != 0) continue;
            ends[e.from] = 1;
            work.push_back(e.from);
        }
    }
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v)
        if (s.is_step(v) && s.shape.reachable[v] != 0 &&
            (ends[v] == 0 || s.shape.unresolved[v] != 0))
            return true;
    return false;
}

/// Fields that decide in this loop where the deciding step does not fill them itself; nothing when
/// there are too many.
inline std::optional<std::vector<sampled_field>> deciding_fields(
    const study& s, const move_table& moves, const std::vector<std::uint32_t>& loop) {
    std::vector<const condition*> conditions;
    std::vector<found_field> found;
    for (const auto v : loop)
        for (auto o = moves.first(v); o < moves.first(v + 1); ++o) {
            if (!moves.options()[o].fixed) continue;
            for (const auto& line : moves.options()[o].lines) {
                if (!line.written->when) continue;
                conditions.push_back(&*line.written->when);
                for (const auto& name : fields_of(*line.written->when)) {
                    const auto f = s.find_field(name);
                    if (!f || f.ambiguous || moves.fills_at(v, f)) continue;
                    if (std::none_of(found.begin(), found.end(),
                                     [&](const auto& known) { return known.field == f.field; }))
                        found.push_back(f);
                    if (found.size() > 4 || conditions.size() > 100) return std::nullopt;
                }
            }
        }
    std::vector<sampled_field> fields;
    std::size_t combinations = 1;
    for (const auto& f : found) {
        auto one = sample(s, f, conditions);
        if (!one) return std::nullopt;
        one->values.emplace_back();  // not filled in
        combinations *= one->values.size();
        if (combinations > valuations) return std::nullopt;
        fields.push_back(std::move(*one));
    }
    return fields;
}

class judge {
public:
    judge(study& s, const move_table& moves, const proof& proven)
        : s_(s), moves_(moves), proven_(proven) {}

    void loops() {
        std::vector<std::vector<std::uint32_t>> members(s_.shape.components);
        for (std::uint32_t v = 0; v < s_.of.steps.size(); ++v)
            if (s_.is_step(v) && s_.shape.reachable[v] != 0)
                members[s_.shape.component[v]].push_back(v);
        for (const auto& loop : members) {
            // A loop that leads into one that cannot be left is not the cause.
            const bool open =
                std::any_of(loop.begin(), loop.end(), [&](auto v) { return !proven_.holds(v); });
            if (open && s_.still_shown() && moves_.is_loop(s_.shape.component[loop.front()]))
                one(loop);
        }
    }

private:
    void one(const std::vector<std::uint32_t>& loop) {
        const std::uint32_t component = s_.shape.component[loop.front()];
        auto fields = deciding_fields(s_, moves_, loop);
        if (!fields) return too_large(loop);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> entered;
        const auto& entries = s_.shape.entries;
        for (const auto v : loop) {
            if (std::find(entries.begin(), entries.end(), v) != entries.end())
                entered.emplace_back(v, none);
            for (const auto i : s_.graph.in(v)) {
                const auto& e = s_.graph.edges()[i];
                if (e.what != flow_edge::kind::consultation && s_.shape.reachable[e.from] != 0 &&
                    s_.shape.component[e.from] != component)
                    entered.emplace_back(v, e.from);
            }
        }
        // Alone first: nearly always nothing is wrong, or it cannot be known without the fields.
        bool sound = false;
        if (fields->empty()) {
            loop_explorer alone(s_, moves_, loop, {});
            if (!spend(alone, alone.run(entered, budget()))) return too_large(loop);
            sound = alone.faults().empty();
        }
        if (sound) return;
        loop_explorer exact(s_, moves_, loop, *fields);
        if (spend(exact, exact.run_from_the_start(budget(), true)))
            return tell_all(loop, exact.faults());
        loop_explorer whole(s_, moves_, loop, std::move(*fields));
        if (spend(whole, whole.run_from_the_start(budget(), false)))
            return tell_all(loop, whole.faults());
        too_large(loop);
    }
    void tell_all(const std::vector<std::uint32_t>& loop, const std::vector<loop_fault>& faults) {
        for (const auto& f : faults) {
            tell(f);
            s_.shape.stuck.resize(s_.of.steps.size(), 0);
            for (const auto v : loop) s_.shape.stuck[v] = 1;
        }
    }
    [[nodiscard]] std::size_t budget() const {
        return std::min(markings_of_a_loop, markings_of_all - spent_);
    }
    bool spend(const loop_explorer& by, bool done) {
        spent_ = std::min(markings_of_all, spent_ + by.markings());
        return done;
    }
    void tell(const loop_fault& f) {
        const step& at = s_.of.steps[f.at];
        s_.report(f.stuck ? diag::case_stuck : diag::end_out_of_reach, at.where, at,
                  {s_.say.step(at.id), f.path});
    }
    /// Too much to try. That fields which the loop itself fills can be filled as is needed is then
    /// believed; what is left open even so is said.
    void too_large(const std::vector<std::uint32_t>& loop) {
        if (!believed_) believed_.emplace(s_, moves_, false);
        const auto first =
            std::find_if(loop.begin(), loop.end(), [&](auto v) { return !believed_->holds(v); });
        if (first == loop.end()) return;
        const step& at = s_.of.steps[*first];
        s_.report(diag::too_large_to_explore, at.where, at,
                  {s_.say.step(at.id), std::to_string(markings_of_a_loop)});
    }

    study& s_;
    const move_table& moves_;
    const proof& proven_;
    std::optional<proof> believed_;
    std::size_t spent_ = 0;
};

}  // namespace sound_rules

move_table::move_table(const study& s) : s_(s), turns_(s.shape.components, 0) {
    for (const auto& e : s.graph.edges())
        if (e.what != flow_edge::kind::consultation &&
            s.shape.component[e.from] == s.shape.component[e.to])
            turns_[s.shape.component[e.from]] = 1;
    fillers_.resize(s.of.forms.size());
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v)
        for (const auto& act : s.of.steps[v].acts) {
            if (act.what != form_act::kind::fill && act.what != form_act::kind::append) continue;
            if (const auto form = s.forms.find(act.code); form != none)
                fillers_[form].emplace_back(v, &act);
        }
    first_.reserve(s.graph.vertices().size() + 1);
    for (std::uint32_t v = 0; v < s.graph.vertices().size(); ++v) {
        first_.push_back(static_cast<std::uint32_t>(options_.size()));
        if (s.is_step(v)) read(v);
    }
    first_.push_back(static_cast<std::uint32_t>(options_.size()));
}

void move_table::read(std::uint32_t v) {
    const step& at = s_.of.steps[v];
    const auto out = s_.graph.out(v);
    if (at.branches.empty()) {
        for (const auto& e : out)
            if (e.implied) options_.push_back({v, {{nullptr, e.to, none}}, false, false});
        return;
    }
    std::vector<move_line> lines(at.branches.size());
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i].written = &at.branches[i];
    for (const auto& e : out) {
        if (e.implied || e.what == flow_edge::kind::consultation) continue;
        (e.afterwards ? lines[e.branch].after : lines[e.branch].to) = e.to;
    }
    // Lines of one outcome stand together; the outcomes of a step are few, and looked for from the
    // last.
    const auto begin = options_.size();
    std::unordered_map<std::string, std::size_t> by_outcome;
    for (auto& line : lines) {
        const auto [o, is_new] = by_outcome.try_emplace(line.written->outcome(), options_.size());
        if (is_new) options_.push_back({v, {}, false, false});
        options_[o->second].lines.push_back(line);
    }
    for (auto o = begin; o < options_.size(); ++o) judge(options_[o]);
}

/// Is the field filled at one of the places that are asked for: a step, or the steps of a question?
template <class Where>
bool move_table::fills(const found_field& f, bool if_many, Where&& at) const {
    const auto& all = fillers_[f.form];
    if (all.size() > sound_rules::fillers_looked_at) return if_many;
    return std::any_of(all.begin(), all.end(), [&](const auto& filler) {
        const std::uint32_t v = filler.first;
        const form_act& act = *filler.second;
        if (!act.box.empty() && act.box != f.field->box) return false;
        if (!act.only.empty() &&
            std::find(act.only.begin(), act.only.end(), f.field->name) == act.only.end())
            return false;
        if (s_.is_step(v)) return at(v);
        if (s_.of.steps[v].at_any_step) return true;
        const auto& hosts = s_.hosts_of(v);
        return std::any_of(hosts.begin(), hosts.end(), at);
    });
}

bool move_table::fills_in(std::uint32_t component, const found_field& f) const {
    return fills(f, true, [&](std::uint32_t v) { return s_.shape.component[v] == component; });
}
bool move_table::fills_at(std::uint32_t v, const found_field& f) const {
    return fills(f, true, [&](std::uint32_t other) { return other == v; });
}
void move_table::judge(move_option& o) const {
    const std::uint32_t component = s_.shape.component[o.vertex];
    if (!is_loop(component)) return;  // passed once: any line leads on
    for (const auto& line : o.lines) {
        if (!line.written->when) continue;
        if (sound_rules::asks_for_history(*line.written->when)) o.fixed = o.fixed_by_loop = true;
        for (const auto& name : fields_of(*line.written->when)) {
            const auto f = s_.find_field(name);
            if (!f || f.ambiguous) continue;
            o.fixed = o.fixed || !fills_at(o.vertex, f);
            o.fixed_by_loop = o.fixed_by_loop || !fills_in(component, f);
        }
    }
}

void check_soundness(study& s) {
    namespace own = sound_rules;
    using lost = study::lost;
    if (s.shape.entries.empty() || s.shape.open) return;
    if (s.lost_anywhere(lost::ways | lost::acts | lost::entries)) return;
    // Where nothing is counted and no condition decides, the shape says it all.
    const bool shape_only = std::all_of(s.of.steps.begin(), s.of.steps.end(), [](const step& at) {
        return std::all_of(at.branches.begin(), at.branches.end(),
                           [](const branch& b) { return b.at_most == 0 && !b.when; });
    });
    if (shape_only || own::shape_is_broken(s)) return;
    const move_table moves(s);
    const own::proof proven(s, moves, true);
    own::judge(s, moves, proven).loops();
}

}  // namespace quytrinh::detail::checking
