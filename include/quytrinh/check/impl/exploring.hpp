// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/exploring.hpp: every marking of one loop that a case can reach, with its
// counters: which step is open, how often each counted branch was taken, how many rounds a step has
// had. A marking is a set of open steps; today there is one, because parallel steps are refused by
// the reader, and `fire` is the only place that would have to know of more. Bounded.
#pragma once

#include <quytrinh/check/impl/soundness.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking {

/// Markings of one loop, and of all loops of a procedure together.
inline constexpr std::size_t markings_of_a_loop = 20'000, markings_of_all = 60'000;
/// A number of rounds past which a condition on rounds says the same for ever; higher ones are left
/// open.
inline constexpr std::uint32_t rounds_followed = 200;

struct loop_fault {
    bool stuck = false;       ///< no move at all; else moves, but never out
    std::uint32_t at = none;  ///< the step
    std::string path;         ///< from where the case was opened
};

class loop_explorer {
public:
    loop_explorer(const study& s, const move_table& moves, const std::vector<std::uint32_t>& loop,
                  std::vector<sampled_field> fields)
        : s_(s), moves_(moves), loop_(loop), fields_(std::move(fields)) {}

    /// The loop alone, entered from these places (step, step before). False: there is too much to
    /// try.
    bool run(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& entered,
             std::size_t budget);
    /// The loop with all that comes before it, so that it is entered only as it can be.
    /// `count_all`: what those steps count is followed too; else any of their counts may be used
    /// up.
    bool run_from_the_start(std::size_t budget, bool count_all);
    [[nodiscard]] std::vector<loop_fault> faults() const;
    [[nodiscard]] std::size_t markings() const noexcept { return states_.size(); }

private:
    static constexpr std::uint32_t start = none;
    struct state {
        std::uint32_t open = none;      ///< the step
        std::uint32_t from = none;      ///< where its task came from, if a condition asks
        std::uint32_t before = start;   ///< state before
        const move_line* by = nullptr;  ///< the line that led here
        std::uint32_t successors = 0;
        bool leaves = false;
        bool no_line = false;  ///< an outcome none of whose lines holds
    };

    void name_variables();
    [[nodiscard]] std::string key(std::uint32_t open, std::uint32_t from,
                                  const std::string& counts) const;
    std::uint32_t reach(std::uint32_t open, std::uint32_t from, std::string counts,
                        std::uint32_t before, const move_line* by);
    void expand(std::uint32_t at);
    void fire(std::uint32_t at, const move_line& line, std::uint32_t to, const std::string& counts);
    /// Fields that a step fills, and whether it must.
    struct filled_here {
        std::uint32_t field = 0;
        bool must = false;
    };
    bool walk(std::size_t budget);
    void find_before();
    void name_fields();
    [[nodiscard]] bool followed(std::uint32_t v) const {
        return inside(v) || (!before_.empty() && before_[v] != 0);
    }
    /// Every way in which these variables can go on when the fields are filled in.
    [[nodiscard]] std::vector<std::string> filled(std::vector<std::string> from,
                                                  const std::vector<filled_here>& here) const;
    void choose(std::uint32_t at, const move_option& o, const std::string& counts);
    [[nodiscard]] truth holds(std::uint32_t at, const std::string& counts,
                              const condition& c) const;
    /// `known`: settled here, so that what is still unknown does not hold.
    [[nodiscard]] truth leaf(std::uint32_t at, const std::string& counts,
                             const condition_node& node, bool& known) const;
    [[nodiscard]] std::string path_to(std::uint32_t at) const;
    [[nodiscard]] bool inside(std::uint32_t v) const {
        return s_.shape.component[v] == s_.shape.component[loop_.front()];
    }

    const study& s_;
    const move_table& moves_;
    const std::vector<std::uint32_t>& loop_;
    std::vector<sampled_field> fields_;
    /// Variables: one byte each in `counts_`. Of a counted line how often it was taken, of a step
    /// with a condition on rounds how many it has had.
    std::unordered_map<const move_line*, std::uint32_t> counter_;
    std::unordered_map<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>> rounds_;
    std::unordered_set<std::uint32_t> asks_from_;  ///< steps with a condition on where from
    std::vector<char> before_;  ///< by vertex, where fields decide: leads to the loop
    bool count_all_ = false;
    std::size_t variables_ = 0;
    std::size_t first_field_ = 0;  ///< among the variables: which of its values a field has
    std::unordered_map<std::uint32_t, std::vector<filled_here>> fills_;  ///< by step
    bool too_much_ = false;
    std::vector<state> states_;
    std::vector<std::string> counts_;  ///< by state
    std::unordered_map<std::string, std::uint32_t> known_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> moved_;  ///< from state, to state
};

inline void loop_explorer::name_variables() {
    for (std::uint32_t v = 0; v < before_.size(); ++v) {
        if (before_[v] == 0) continue;
        for (const auto& b : s_.of.steps[v].branches)
            if (b.when && std::any_of(b.when->nodes.begin(), b.when->nodes.end(),
                                      [](const condition_node& n) {
                                          return n.left.what == operand::kind::entered_from;
                                      }))
                asks_from_.insert(v);
    }
    std::vector<std::uint32_t> counting(loop_);
    for (std::uint32_t v = 0; count_all_ && v < before_.size(); ++v)
        if (before_[v] != 0 && moves_.is_loop(s_.shape.component[v])) counting.push_back(v);
    for (const auto v : counting) {
        for (auto o = moves_.first(v); o < moves_.first(v + 1); ++o)
            for (const auto& line : moves_.options()[o].lines) {
                if (line.counted()) {
                    if (line.written->at_most > 250) {
                        too_much_ = true;
                        return;
                    }
                    counter_.emplace(&line, static_cast<std::uint32_t>(variables_++));
                }
                if (line.written == nullptr || !line.written->when) continue;
                for (const auto& node : line.written->when->nodes) {
                    if (node.what != condition_node::kind::compare) continue;
                    if (node.left.what == operand::kind::entered_from) asks_from_.insert(v);
                    if (node.left.what != operand::kind::rounds) continue;
                    auto& rounds = rounds_.try_emplace(v, none, 2).first->second;
                    if (rounds.first == none)
                        rounds.first = static_cast<std::uint32_t>(variables_++);
                    for (const auto& right : node.right)
                        if (const auto* n = right.literal.get_if<decimal>()) {
                            std::uint32_t past = 2;
                            while (past <= rounds_followed && !(*n < decimal::of(past - 1))) ++past;
                            rounds.second = std::max(rounds.second, past);
                        }
                    if (rounds.second > rounds_followed) too_much_ = true;
                }
            }
    }
}

inline std::string loop_explorer::key(std::uint32_t open, std::uint32_t from,
                                      const std::string& counts) const {
    std::string k = counts;
    for (const std::uint32_t n : {open, from})
        for (int shift = 0; shift < 32; shift += 8) k += static_cast<char>((n >> shift) & 0xff);
    return k;
}

inline std::uint32_t loop_explorer::reach(std::uint32_t open, std::uint32_t from,
                                          std::string counts, std::uint32_t before,
                                          const move_line* by) {
    if (const auto r = rounds_.find(open); r != rounds_.end()) {
        auto& had = counts[r->second.first];
        if (static_cast<unsigned char>(had) < r->second.second) ++had;
    }
    if (asks_from_.count(open) == 0) from = none;
    const auto [at, is_new] =
        known_.try_emplace(key(open, from, counts), static_cast<std::uint32_t>(states_.size()));
    if (is_new) {
        states_.push_back({open, from, before, by, 0, false, false});
        counts_.push_back(std::move(counts));
    }
    return at->second;
}

/// The steps from which the loop can be reached.
inline void loop_explorer::find_before() {
    before_.assign(s_.graph.vertices().size(), 0);
    std::vector<std::uint32_t> work(loop_);
    while (!work.empty()) {
        const std::uint32_t v = work.back();
        work.pop_back();
        for (const auto i : s_.graph.in(v)) {
            const auto& e = s_.graph.edges()[i];
            if (e.what == flow_edge::kind::consultation || before_[e.from] != 0 || inside(e.from) ||
                s_.shape.reachable[e.from] == 0)
                continue;
            before_[e.from] = 1;
            work.push_back(e.from);
        }
    }
}

inline void loop_explorer::name_fields() {
    first_field_ = variables_;
    variables_ += fields_.size();
    for (std::uint32_t v = 0; v < s_.of.steps.size() && !fields_.empty(); ++v)
        for (std::uint32_t i = 0; s_.is_step(v) && followed(v) && i < fields_.size(); ++i) {
            const found_field& f = fields_[i].of;
            if (!moves_.fills_at(v, f)) continue;
            const auto& acts = s_.of.steps[v].acts;
            const bool always = std::any_of(acts.begin(), acts.end(), [&](const form_act& act) {
                return act.what == form_act::kind::fill && !act.when &&
                       s_.forms.find(act.code) == f.form &&
                       (act.box.empty() || act.box == f.field->box) &&
                       (act.only.empty() || std::find(act.only.begin(), act.only.end(),
                                                      f.field->name) != act.only.end());
            });
            fills_[v].push_back({i, always && f.field->required});
        }
}

inline std::vector<std::string> loop_explorer::filled(std::vector<std::string> from,
                                                      const std::vector<filled_here>& here) const {
    for (const auto& one : here) {
        std::vector<std::string> next;
        const std::size_t at = first_field_ + one.field;
        const std::size_t empty = fields_[one.field].values.size() - 1;  // the last is "not filled"
        for (const auto& counts : from) {
            if (static_cast<unsigned char>(counts[at]) == empty && !one.must)
                next.push_back(counts);
            for (std::size_t value = 0; value < empty; ++value) {
                next.push_back(counts);
                next.back()[at] = static_cast<char>(value);
            }
        }
        from = std::move(next);
    }
    return from;
}

inline bool loop_explorer::run(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& entered,
                               std::size_t budget) {
    name_variables();
    name_fields();
    if (too_much_ || variables_ > 64) return false;
    for (const auto& [v, from] : entered)
        reach(v, from, std::string(variables_, '\0'), start, nullptr);
    return walk(budget);
}

inline bool loop_explorer::run_from_the_start(std::size_t budget, bool count_all) {
    find_before();
    count_all_ = count_all;
    name_variables();
    name_fields();
    if (too_much_ || variables_ > 64) return false;
    std::string fresh(variables_, '\0');
    std::vector<filled_here> all;
    for (std::uint32_t i = 0; i < fields_.size(); ++i) {
        fresh[first_field_ + i] = static_cast<char>(fields_[i].values.size() - 1);
        all.push_back({i, false});
    }
    for (const auto v : s_.shape.entries) {
        if (!followed(v)) continue;
        // Whoever opens a case at a later step may bring fields along.
        const bool first = v == s_.shape.entries.front();
        for (const auto& counts : first ? std::vector<std::string>{fresh} : filled({fresh}, all))
            reach(v, none, counts, start, nullptr);
    }
    return walk(budget);
}

inline bool loop_explorer::walk(std::size_t budget) {
    for (std::uint32_t i = 0; i < states_.size(); ++i) {
        if (states_.size() > budget || moved_.size() > 8 * budget) return false;
        expand(i);
    }
    return true;
}

inline truth loop_explorer::leaf(std::uint32_t at, const std::string& counts,
                                 const condition_node& node, bool& known) const {
    const state& now = states_[at];
    if (node.what == condition_node::kind::compare && samples_own::literals_only(node)) {
        switch (node.left.what) {
        case operand::kind::rounds:
            if (const auto r = rounds_.find(now.open); r != rounds_.end())
                return judge_leaf(
                    node, value(decimal::of(static_cast<unsigned char>(counts[r->second.first]))));
            if (!moves_.is_loop(s_.shape.component[now.open]))
                return judge_leaf(node, value(decimal::of(1)));
            break;
        case operand::kind::entered_from:
            if (asks_from_.count(now.open) == 0) break;
            // Whoever opens a case comes from nowhere.
            return judge_leaf(node, now.from == none ? value{} : value(s_.of.steps[now.from].id));
        case operand::kind::field: {
            const auto f = s_.find_field(node.left.field);
            for (std::size_t i = 0; i < fields_.size(); ++i) {
                if (!f || fields_[i].of.field != f.field) continue;
                const value& content =
                    fields_[i].values[static_cast<unsigned char>(counts[first_field_ + i])];
                const truth t = judge_leaf(node, content);
                // What cannot be compared at all is told by the rules of conditions.
                if (t == truth::unknown && !content.empty()) known = false;
                return t;
            }
            break;
        }
        case operand::kind::literal:
        case operand::kind::actor:
        case operand::kind::channel: break;
        }
    }
    known = false;
    return truth::unknown;
}

inline truth loop_explorer::holds(std::uint32_t at, const std::string& counts,
                                  const condition& c) const {
    bool known = true;
    const truth t =
        combine(c, [&](const condition_node& node) { return leaf(at, counts, node, known); });
    return t == truth::unknown && known ? truth::no : t;
}

/// The only place that would have to know of several open steps.
inline void loop_explorer::fire(std::uint32_t at, const move_line& line, std::uint32_t to,
                                const std::string& counts) {
    ++states_[at].successors;
    const std::uint32_t from = states_[at].open;
    // What happens outside of the loop is judged elsewhere.
    if (!inside(from)) states_[at].leaves = true;
    if (to == none || moves_.is_end(to) || !followed(to)) {
        states_[at].leaves = true;
        return;
    }
    moved_.emplace_back(at, reach(to, from, counts, at, &line));
}

/// The lines of one outcome: the first that holds applies; one that may hold leaves the next open.
inline void loop_explorer::choose(std::uint32_t at, const move_option& o,
                                  const std::string& counts) {
    bool some_line = false;
    for (const auto& line : o.lines) {
        const truth may = line.written != nullptr && line.written->when
                              ? holds(at, counts, *line.written->when)
                              : truth::yes;
        if (may == truth::no) continue;
        some_line = true;
        const auto counter = counter_.find(&line);
        if (counter == counter_.end()) {
            fire(at, line, line.to, counts);
            // Outside of the loop nothing is counted: either way may be taken, but the second not
            // where the step is passed once.
            if (line.counted() && line.after != none &&
                moves_.is_loop(s_.shape.component[o.vertex]))
                fire(at, line, line.after, counts);
        } else if (static_cast<unsigned char>(counts[counter->second]) < line.written->at_most) {
            std::string next = counts;
            ++next[counter->second];
            fire(at, line, line.to, next);
        } else if (line.written->afterwards) {
            fire(at, line, line.after, counts);
        }
        if (may == truth::yes) break;
    }
    if (!some_line) states_[at].no_line = true;
}

inline void loop_explorer::expand(std::uint32_t at) {
    const std::uint32_t v = states_[at].open;
    const auto here = fills_.find(v);
    const auto ways = here == fills_.end() ? std::vector<std::string>{counts_[at]}
                                           : filled({counts_[at]}, here->second);
    for (const auto& counts : ways)
        for (auto o = moves_.first(v); o < moves_.first(v + 1); ++o)
            choose(at, moves_.options()[o], counts);
}

/// `bước 2 "Kiểm tra" → NOK → bước 1 "Gửi"`: titles the first time, the outcome where there are
/// several.
inline std::string loop_explorer::path_to(std::uint32_t at) const {
    constexpr std::size_t head = 6, tail = 6;
    std::vector<std::uint32_t> way;
    for (; at != start; at = states_[at].before) way.push_back(at);
    std::reverse(way.begin(), way.end());
    std::string text;
    std::vector<std::uint32_t> named;
    for (std::size_t i = 0; i < way.size(); ++i) {
        if (way.size() > head + tail + 1 && i == head) {
            text += " → …";
            i = way.size() - tail;
        }
        const state& one = states_[way[i]];
        const step& st = s_.of.steps[one.open];
        if (one.by != nullptr && one.by->written != nullptr &&
            s_.of.steps[states_[one.before].open].branches.size() > 1)
            text += " → " + s_.say.branch(*one.by->written);
        text += (text.empty() ? "" : " → ") + s_.say.step(st.id);
        if (std::find(named.begin(), named.end(), one.open) == named.end() && !st.title.empty()) {
            named.push_back(one.open);
            text += " \"" + st.title + '"';
        }
    }
    std::string values;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const auto which = static_cast<unsigned char>(counts_[way.back()][first_field_ + i]);
        const value& content = fields_[i].values[which];
        if (!content.empty())
            values += (values.empty() ? "" : ", ") + say_value(s_, fields_[i].of, content);
    }
    return values.empty() ? text : text + " (" + values + ')';
}

/// One cause gives one fault: a step that is stuck, once; else the first marking from which nothing
/// leads out.
inline std::vector<loop_fault> loop_explorer::faults() const {
    std::vector<std::vector<std::uint32_t>> into(states_.size());
    for (const auto& [from, to] : moved_) into[to].push_back(from);
    const auto back_from = [&](const auto& is_seed) {
        std::vector<char> can(states_.size(), 0);
        std::deque<std::uint32_t> work;
        for (std::uint32_t i = 0; i < states_.size(); ++i)
            if (is_seed(states_[i])) {
                can[i] = 1;
                work.push_back(i);
            }
        while (!work.empty()) {
            const std::uint32_t i = work.front();
            work.pop_front();
            for (const auto before : into[i])
                if (can[before] == 0) {
                    can[before] = 1;
                    work.push_back(before);
                }
        }
        return can;
    };
    const auto good = back_from([](const state& one) { return one.leaves; });
    const auto doomed = back_from([](const state& one) { return one.successors == 0; });
    std::vector<loop_fault> found;
    for (std::uint32_t i = 0; i < states_.size() && found.size() < 5; ++i) {
        // Values that no line takes are told by the rules of conditions.
        if (states_[i].successors != 0 || !inside(states_[i].open) ||
            (states_[i].no_line && !fields_.empty()))
            continue;
        if (std::any_of(found.begin(), found.end(),
                        [&](const auto& f) { return f.at == states_[i].open; }))
            continue;
        found.push_back({true, states_[i].open, path_to(i)});
    }
    for (std::uint32_t i = 0; i < states_.size(); ++i) {
        if (good[i] != 0 || doomed[i] != 0 || !inside(states_[i].open)) continue;
        found.push_back({false, states_[i].open, path_to(i)});
        break;
    }
    return found;
}

}  // namespace quytrinh::detail::checking
