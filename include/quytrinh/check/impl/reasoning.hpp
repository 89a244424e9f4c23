// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/reasoning.hpp: what one condition says about another. `phân công PCT nếu
// không (A và B)` happens for certain on the branch `còn lại` after `nếu A và B`: known parts are
// compared as they are written, the rest is Kleene's logic. Nothing recurses.
#pragma once

#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/step.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::checking {

/// Where the subtree of each node of a postfix condition begins; empty when the condition is
/// malformed.
inline std::vector<std::uint32_t> subtree_starts(const condition& c) {
    std::vector<std::uint32_t> starts(c.nodes.size()), open;
    for (std::uint32_t i = 0; i < c.nodes.size(); ++i) {
        std::uint32_t arity = 0;
        switch (c.nodes[i].what) {
        case condition_node::kind::conjunction:
        case condition_node::kind::disjunction: arity = c.nodes[i].arity; break;
        case condition_node::kind::negation: arity = 1; break;
        case condition_node::kind::compare:
        case condition_node::kind::in_table:
        case condition_node::kind::outcome: break;
        }
        if (arity > open.size()) return {};
        starts[i] = arity == 0 ? i : open[open.size() - arity];
        open.resize(open.size() - arity);
        open.push_back(starts[i]);
    }
    return open.size() == 1 ? starts : std::vector<std::uint32_t>{};
}

/// A part of a condition whose truth is known.
struct known_part {
    const condition_node* first = nullptr;
    std::size_t length = 0;
    bool holds = false;
};

/// Adds what follows for the parts of `c` from `c` being true or false.
inline void learn(const condition& c, bool holds, std::vector<known_part>& known) {
    const auto starts = subtree_starts(c);
    if (starts.empty()) return;
    struct task {
        std::uint32_t node;
        bool holds;
    };
    std::vector<task> left{{static_cast<std::uint32_t>(c.nodes.size() - 1), holds}};
    while (!left.empty()) {
        const task t = left.back();
        left.pop_back();
        const auto& node = c.nodes[t.node];
        known.push_back({&c.nodes[starts[t.node]], t.node - starts[t.node] + 1, t.holds});
        if (node.what == condition_node::kind::negation) left.push_back({t.node - 1, !t.holds});
        const bool splits = (node.what == condition_node::kind::conjunction && t.holds) ||
                            (node.what == condition_node::kind::disjunction && !t.holds);
        if (!splits) continue;
        for (std::uint32_t child = t.node; child > starts[t.node];) {
            left.push_back({child - 1, t.holds});
            child = starts[child - 1];
        }
    }
}

/// Does `c` hold, given what is known and (for a completion) the outcome that was chosen?
inline truth follows(const condition& c, const std::vector<known_part>& known,
                     const std::optional<std::string>& outcome) {
    const auto starts = subtree_starts(c);
    if (starts.empty()) return truth::unknown;
    std::vector<truth> stack;
    const auto fold = [&](std::size_t arity, truth deciding) {
        truth all = deciding == truth::no ? truth::yes : truth::no;
        for (std::size_t i = stack.size() - arity; i < stack.size(); ++i) {
            if (stack[i] == deciding) {
                all = deciding;
                break;
            }
            if (stack[i] == truth::unknown) all = truth::unknown;
        }
        stack.resize(stack.size() - arity);
        return all;
    };
    for (std::uint32_t i = 0; i < c.nodes.size(); ++i) {
        const auto& node = c.nodes[i];
        truth t = truth::unknown;
        switch (node.what) {
        case condition_node::kind::compare:
        case condition_node::kind::in_table: break;
        case condition_node::kind::outcome:
            if (outcome) t = *outcome == node.outcome ? truth::yes : truth::no;
            break;
        case condition_node::kind::conjunction: t = fold(node.arity, truth::no); break;
        case condition_node::kind::disjunction: t = fold(node.arity, truth::yes); break;
        case condition_node::kind::negation:
            t = stack.back() == truth::yes  ? truth::no
                : stack.back() == truth::no ? truth::yes
                                            : truth::unknown;
            stack.pop_back();
            break;
        }
        if (t == truth::unknown) {
            const condition_node* first = &c.nodes[starts[i]];
            const std::size_t length = i - starts[i] + 1;
            for (const auto& part : known)
                if (part.length == length && std::equal(first, first + length, part.first)) {
                    t = part.holds ? truth::yes : truth::no;
                    break;
                }
        }
        stack.push_back(t);
    }
    return stack.back();
}

/// What taking this branch of a step says: its outcome, its own condition, and that no earlier line
/// applied.
struct branch_knowledge {
    std::optional<std::string> outcome;
    std::vector<known_part> parts;
};
inline branch_knowledge knowledge_of(const step& s, std::size_t index) {
    const branch& taken = s.branches[index];
    branch_knowledge k;
    k.outcome = taken.outcome();
    if (taken.when) learn(*taken.when, true, k.parts);
    const bool guarded =
        taken.what == branch::kind::condition || taken.what == branch::kind::otherwise;
    for (std::size_t i = 0; i < index; ++i) {
        const branch& before = s.branches[i];
        if (!before.when) continue;
        const bool same_kind = guarded ? before.what == branch::kind::condition
                                       : before.what == taken.what && before.name == taken.name;
        if (same_kind) learn(*before.when, false, k.parts);
    }
    return k;
}

}  // namespace quytrinh::detail::checking
