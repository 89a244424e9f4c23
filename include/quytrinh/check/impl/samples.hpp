// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/samples.hpp: a few values that stand for all values of a field, as far as the
// conditions that read it can tell them apart; and what a condition says of such values. Nothing is
// said of what is not sampled: it stays unknown.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/check/impl/reasoning.hpp>
#include <quytrinh/check/impl/study.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking {

/// Values of one field that are looked at; a field with more is not judged.
inline constexpr std::size_t samples_per_field = 64;

/// Combines what is known of the leaves by Kleene's logic. `leaf` gives the truth of a comparison,
/// a table row or an outcome. Nothing recurses; a malformed condition is unknown.
template <class Leaf>
truth combine(const condition& c, Leaf&& leaf) {
    std::vector<truth> stack;
    for (const auto& node : c.nodes) {
        switch (node.what) {
        case condition_node::kind::compare:
        case condition_node::kind::in_table:
        case condition_node::kind::outcome: stack.push_back(leaf(node)); continue;
        case condition_node::kind::negation:
            if (stack.empty()) return truth::unknown;
            if (stack.back() != truth::unknown)
                stack.back() = stack.back() == truth::yes ? truth::no : truth::yes;
            continue;
        case condition_node::kind::conjunction:
        case condition_node::kind::disjunction: break;
        }
        if (node.arity > stack.size()) return truth::unknown;
        const truth decides =
            node.what == condition_node::kind::conjunction ? truth::no : truth::yes;
        truth all = decides == truth::no ? truth::yes : truth::no;
        for (std::size_t i = stack.size() - node.arity; i < stack.size(); ++i) {
            if (stack[i] == decides) all = decides;
            if (stack[i] == truth::unknown && all != decides) all = truth::unknown;
        }
        stack.resize(stack.size() - node.arity);
        stack.push_back(all);
    }
    return stack.size() == 1 ? stack.back() : truth::unknown;
}

/// A field with the values that are tried for it.
struct sampled_field {
    found_field of;
    std::vector<value> values;
};

namespace samples_own {

inline bool literals_only(const condition_node& node) {
    return std::all_of(node.right.begin(), node.right.end(),
                       [](const operand& o) { return o.what == operand::kind::literal; });
}

inline void add_once(std::vector<value>& to, value v) {
    if (std::find(to.begin(), to.end(), v) == to.end()) to.push_back(std::move(v));
}

/// Every number that is named, one between each two neighbours, one below and one above.
inline std::vector<value> around_numbers(std::vector<decimal> named) {
    std::sort(named.begin(), named.end(), [](const decimal& a, const decimal& b) { return a < b; });
    named.erase(std::unique(named.begin(), named.end()), named.end());
    std::vector<value> out;
    constexpr std::int64_t most = std::int64_t{1} << 40;
    constexpr std::uint8_t digits = 6;
    const auto shifted = [&](const decimal& d) -> std::optional<std::int64_t> {
        if (d.scale > digits || d.mantissa > most || d.mantissa < -most) return std::nullopt;
        std::int64_t n = d.mantissa;
        for (auto i = d.scale; i < digits; ++i) n *= 10;
        return n;
    };
    constexpr std::int64_t one = 1'000'000;
    std::optional<std::int64_t> before;
    for (const auto& d : named) {
        const auto n = shifted(d);
        if (!n || *n / one > most) return {};
        if (!before) out.emplace_back(decimal::of(*n / one - 1));
        if (before) out.emplace_back(decimal::of((*before + *n) / 2, digits));
        out.emplace_back(d);
        before = n;
    }
    out.emplace_back(decimal::of(before ? *before / one + 1 : 0));
    return out;
}

inline std::vector<value> around_days(const std::vector<date>& named) {
    std::vector<value> out;
    for (const auto& d : named)
        for (const int step : {-1, 0, 1}) add_once(out, value(d + std::chrono::days{step}));
    return out;
}

/// The words that a field may hold, when that is a closed list.
inline std::optional<std::vector<std::string>> closed_choices(const study& s, const form_field& f) {
    if (f.type != field_type::one_of || f.other_allowed) return std::nullopt;
    std::vector<std::string> words = f.choices;
    if (const auto c = s.catalogues.find(f.catalogue); c != none) {
        const auto& list = s.of.catalogues[c];
        if (list.extensible || list.items.empty()) return std::nullopt;
        for (const auto& item : list.items) words.push_back(item.text);
    }
    if (words.empty() || words.size() > samples_per_field) return std::nullopt;
    return words;
}

}  // namespace samples_own

/// The values that these conditions can tell apart; nothing when there are too many, or when the
/// field is a list.
inline std::optional<sampled_field> sample(const study& s, const found_field& of,
                                           const std::vector<const condition*>& read_by) {
    namespace own = samples_own;
    std::vector<decimal> numbers;
    std::vector<date> days;
    std::vector<value> words;
    for (const auto* c : read_by)
        for (const auto& node : c->nodes) {
            if (node.what != condition_node::kind::compare ||
                node.left.what != operand::kind::field)
                continue;
            const auto f = s.find_field(node.left.field);
            if (!f || f.field != of.field) continue;
            if (!own::literals_only(node)) return std::nullopt;
            for (const auto& right : node.right) {
                if (const auto* n = right.literal.get_if<decimal>()) numbers.push_back(*n);
                if (const auto* d = right.literal.get_if<date>()) days.push_back(*d);
                if (right.literal.get_if<std::string>() != nullptr)
                    own::add_once(words, right.literal);
                if (numbers.size() + days.size() + words.size() > samples_per_field)
                    return std::nullopt;
            }
        }
    sampled_field out{of, {}};
    switch (of.field->type) {
    case field_type::yes_no: out.values = {value::yes_no(true), value::yes_no(false)}; break;
    case field_type::number: out.values = own::around_numbers(std::move(numbers)); break;
    case field_type::day:
        out.values = own::around_days(days);
        if (out.values.empty()) out.values.emplace_back(date{});
        break;
    case field_type::one_of:
        if (const auto choices = own::closed_choices(s, *of.field)) {
            for (const auto& word : *choices) own::add_once(out.values, value(word));
            for (auto& word : words) own::add_once(out.values, std::move(word));
            break;
        }
        [[fallthrough]];
    case field_type::text:
    case field_type::person:
    case field_type::unit:
        out.values = std::move(words);
        out.values.emplace_back(std::string("…"));  // any other word
        break;
    case field_type::attachment:
    case field_type::any_of:
    case field_type::checklist:
    case field_type::list: return std::nullopt;
    }
    if (out.values.empty() || out.values.size() > 2 * samples_per_field + 1) return std::nullopt;
    return out;
}

/// What a comparison says when the field on its left has this value. A value that is empty leaves
/// it unknown, as in a case.
inline truth judge_leaf(const condition_node& node, const value& content) {
    struct one_value final : condition_reader {
        const value* it = nullptr;
        value read(const operand& what) override {
            return what.what == operand::kind::literal ? what.literal : *it;
        }
        truth has_row(const std::string&, const std::vector<value>&) override {
            return truth::unknown;
        }
        std::string outcome() override { return {}; }
    };
    one_value reader;
    reader.it = &content;
    condition alone;
    alone.nodes.push_back(node);
    const auto known = evaluate(alone, reader);
    return known ? *known : truth::unknown;
}

/// `"Số" là 5`: a value as the file would write it, with the form where the name alone is not
/// enough.
inline std::string say_value(const study& s, const found_field& of, const value& v) {
    const bool vi = s.say.vi();
    const form_field& f = *of.field;
    std::string text = '"' + f.name + '"';
    if (s.find_field({{}, f.name}).ambiguous)
        text += (vi ? " trong " : " in ") + s.of.forms[of.form].code;
    text += vi ? " là " : " is ";
    if (const auto* n = v.get_if<decimal>()) {
        decimal shown = *n;
        while (shown.scale > 0 && shown.mantissa % 10 == 0) {
            shown.mantissa /= 10;
            --shown.scale;
        }
        return text + shown.text(',');
    }
    if (const auto* d = v.get_if<date>()) return text + to_day_first(*d);
    if (const auto* yes = v.get_if<bool>())
        return text + (*yes ? (vi ? "có" : "yes") : (vi ? "không" : "no"));
    if (const auto* word = v.get_if<std::string>()) return text + '"' + *word + '"';
    return text + '?';
}

}  // namespace quytrinh::detail::checking
