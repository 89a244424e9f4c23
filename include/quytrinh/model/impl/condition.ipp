// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/impl/condition.ipp: evaluation over a stack of truths. Nothing here recurses, so a
// condition as deep as the text allows needs no more stack than a flat one.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <set>

namespace quytrinh {

namespace detail::condition_bodies {

inline truth to_truth(bool yes) noexcept { return yes ? truth::yes : truth::no; }

inline truth negated(truth t) noexcept {
    switch (t) {
    case truth::no: return truth::yes;
    case truth::yes: return truth::no;
    case truth::unknown: break;
    }
    return truth::unknown;
}

/// Texts compare in NFC and case-sensitively. Values from a host need not be in NFC, and most pairs
/// are equal or different bytes of ASCII, so the costly form is made only when it could matter.
inline bool same_text(const std::string& a, const std::string& b) {
    if (a == b) return true;
    // Texts that are composed as they stand are equal only byte for byte.
    if (is_nfc(a) && is_nfc(b)) return false;
    return to_nfc(a) == to_nfc(b);
}

/// Are two values equal? Unknown when one is empty or their types differ.
inline truth equal(const value& a, const value& b) {
    if (a.empty() || b.empty() || a.data().index() != b.data().index()) return truth::unknown;
    if (const auto* left = a.get_if<std::string>())
        return to_truth(same_text(*left, *b.get_if<std::string>()));
    if (const auto* left = a.get_if<std::vector<std::string>>()) {
        const auto& right = *b.get_if<std::vector<std::string>>();
        return to_truth(left->size() == right.size() &&
                        std::equal(left->begin(), left->end(), right.begin(), same_text));
    }
    return to_truth(a == b);
}

/// -1, 0 or 1; nothing when the values have no order between them.
inline std::optional<int> order(const value& a, const value& b) {
    const auto three_way = [](const auto& x, const auto& y) {
        return x < y ? -1 : (y < x ? 1 : 0);
    };
    if (const auto* x = a.get_if<decimal>(), *y = b.get_if<decimal>(); x != nullptr && y != nullptr)
        return three_way(*x, *y);
    if (const auto* x = a.get_if<date>(), *y = b.get_if<date>(); x != nullptr && y != nullptr)
        return three_way(*x, *y);
    return std::nullopt;
}

inline truth ordered(comparison op, const value& a, const value& b) {
    const auto o = order(a, b);
    if (!o) return truth::unknown;
    switch (op) {
    case comparison::greater: return to_truth(*o > 0);
    case comparison::less: return to_truth(*o < 0);
    case comparison::at_least: return to_truth(*o >= 0);
    case comparison::at_most: return to_truth(*o <= 0);
    case comparison::is:
    case comparison::is_not:
    case comparison::one_of:
    case comparison::filled:
    case comparison::not_filled: break;
    }
    return truth::unknown;
}

/// Does `left` contain `item`, or equal it when it is not a list?
inline truth among(const value& left, const value& item) {
    const auto* items = left.get_if<std::vector<std::string>>();
    if (items == nullptr) return equal(left, item);
    const auto* text = item.get_if<std::string>();
    if (text == nullptr) return equal(left, item);
    return to_truth(std::any_of(items->begin(), items->end(),
                                [&](const std::string& i) { return same_text(i, *text); }));
}

inline value value_of(const operand& o, condition_reader& reader) {
    return o.what == operand::kind::literal ? o.literal : reader.read(o);
}

inline truth compare(const condition_node& node, condition_reader& reader) {
    const value left = value_of(node.left, reader);
    if (node.op == comparison::filled) return to_truth(!left.empty());
    if (node.op == comparison::not_filled) return to_truth(left.empty());
    if (node.op == comparison::one_of) {
        truth any = truth::no;
        for (const auto& right : node.right) {
            const truth t = among(left, value_of(right, reader));
            if (t == truth::yes) return truth::yes;
            if (t == truth::unknown) any = truth::unknown;
        }
        return any;
    }
    if (node.right.empty()) return truth::unknown;
    const value right = value_of(node.right.front(), reader);
    if (node.op == comparison::is) return equal(left, right);
    if (node.op == comparison::is_not) return negated(equal(left, right));
    return ordered(node.op, left, right);
}

inline truth in_table(const condition_node& node, condition_reader& reader) {
    std::vector<value> row;
    row.reserve(node.right.size());
    for (const auto& cell : node.right) {
        row.push_back(value_of(cell, reader));
        if (row.back().empty()) return truth::unknown;
    }
    return reader.has_row(node.table, row);
}

/// Kleene's `and` (`deciding` no) and `or` (`deciding` yes) of the last `arity` results.
inline truth fold(std::vector<truth>& stack, std::size_t arity, truth deciding) {
    truth all = negated(deciding);
    for (std::size_t i = stack.size() - arity; i < stack.size(); ++i) {
        if (stack[i] == deciding) {
            all = deciding;
            break;
        }
        if (stack[i] == truth::unknown) all = truth::unknown;
    }
    stack.resize(stack.size() - arity);
    return all;
}

}  // namespace detail::condition_bodies

result<truth> evaluate(const condition& c, condition_reader& reader, std::size_t max_steps) {
    namespace own = detail::condition_bodies;
    const auto malformed = [] { return fail(errc::invalid_argument, {"condition"}); };
    if (c.nodes.empty()) return truth::yes;  // no condition holds always

    std::vector<truth> stack;
    std::size_t steps = 0;
    for (const auto& node : c.nodes) {
        // An operand costs as much as a node: `có trong` and table rows may have thousands.
        steps += 1 + node.right.size();
        if (steps > max_steps)
            return fail(errc::limit_exceeded, {"evaluation_steps", std::to_string(max_steps)});
        switch (node.what) {
        case condition_node::kind::compare: stack.push_back(own::compare(node, reader)); break;
        case condition_node::kind::in_table: stack.push_back(own::in_table(node, reader)); break;
        case condition_node::kind::outcome: {
            const std::string chosen = reader.outcome();
            stack.push_back(chosen.empty() ? truth::unknown
                                           : own::to_truth(own::same_text(chosen, node.outcome)));
            break;
        }
        case condition_node::kind::conjunction:
        case condition_node::kind::disjunction: {
            if (node.arity == 0 || node.arity > stack.size()) return malformed();
            const bool both = node.what == condition_node::kind::conjunction;
            stack.push_back(own::fold(stack, node.arity, both ? truth::no : truth::yes));
            break;
        }
        case condition_node::kind::negation:
            if (stack.empty()) return malformed();
            stack.back() = own::negated(stack.back());
            break;
        }
    }
    if (stack.size() != 1) return malformed();
    return stack.back();
}

std::vector<field_ref> fields_of(const condition& c) {
    std::vector<field_ref> fields;
    std::set<std::pair<std::string, std::string>> seen;
    const auto add = [&](const operand& o) {
        if (o.what == operand::kind::field && seen.emplace(o.field.form, o.field.field).second)
            fields.push_back(o.field);
    };
    for (const auto& node : c.nodes) {
        if (node.what == condition_node::kind::compare) add(node.left);
        for (const auto& right : node.right) add(right);
    }
    return fields;
}

}  // namespace quytrinh
