// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/conditions.ipp: conditions that could never be decided: values of different
// types, words in an order, a choice that is not offered, an outcome that the step does not have.
#pragma once

#include <quytrinh/base/impl/near.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/check/impl/sites.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace quytrinh::detail::checking {

namespace condition_rules {

enum class type : std::uint8_t { text, number, day, yes_no, list };

inline std::optional<type> type_of(field_type t) {
    switch (t) {
    case field_type::text:
    case field_type::person:
    case field_type::unit:
    case field_type::attachment:
    case field_type::one_of: return type::text;
    case field_type::number: return type::number;
    case field_type::day: return type::day;
    case field_type::yes_no: return type::yes_no;
    case field_type::any_of:
    case field_type::checklist: return type::list;
    case field_type::list: break;
    }
    return std::nullopt;
}

inline std::optional<type> type_of(const value& v) {
    if (v.get_if<std::string>() != nullptr) return type::text;
    if (v.get_if<decimal>() != nullptr) return type::number;
    if (v.get_if<date>() != nullptr) return type::day;
    if (v.get_if<bool>() != nullptr) return type::yes_no;
    if (v.get_if<std::vector<std::string>>() != nullptr) return type::list;
    return std::nullopt;
}

inline std::optional<type> type_of(const study& s, const operand& o) {
    switch (o.what) {
    case operand::kind::field:
        if (const auto found = s.find_field(o.field)) return type_of(found.field->type);
        return std::nullopt;
    case operand::kind::literal: return type_of(o.literal);
    case operand::kind::rounds: return type::number;
    case operand::kind::actor:
    case operand::kind::channel:
    case operand::kind::entered_from: return type::text;
    }
    return std::nullopt;
}

inline std::string name_of(const study& s, type t) {
    const bool vi = s.say.vi();
    switch (t) {
    case type::text: return vi ? "chữ" : "text";
    case type::number: return vi ? "số" : "number";
    case type::day: return vi ? "ngày" : "date";
    case type::yes_no: return vi ? "có hoặc không" : "yes-or-no";
    case type::list: return vi ? "các mục trong" : "any of";
    }
    return {};
}

inline std::string name_of(const study& s, const operand& o) {
    const bool vi = s.say.vi();
    switch (o.what) {
    case operand::kind::field: return '"' + o.field.field + '"';
    case operand::kind::literal:
        if (const auto* text = o.literal.get_if<std::string>()) return '"' + *text + '"';
        if (const auto* number = o.literal.get_if<decimal>()) return number->text(',');
        if (const auto* day = o.literal.get_if<date>()) return to_day_first(*day);
        if (const auto* yes = o.literal.get_if<bool>())
            return *yes ? (vi ? "có" : "yes") : (vi ? "không" : "no");
        return "?";
    case operand::kind::rounds: return vi ? "số vòng" : "rounds";
    case operand::kind::actor: return vi ? "người thực hiện" : "actor";
    case operand::kind::channel: return vi ? "hình thức" : "channel";
    case operand::kind::entered_from: return vi ? "vào từ" : "entered from";
    }
    return {};
}

inline bool is_answer(const std::string& word) {
    const std::string folded = fold(word);
    return folded == "co" || folded == "khong" || folded == "yes" || folded == "no";
}

inline bool is_order(comparison op) {
    switch (op) {
    case comparison::greater:
    case comparison::less:
    case comparison::at_least:
    case comparison::at_most: return true;
    case comparison::is:
    case comparison::is_not:
    case comparison::one_of:
    case comparison::filled:
    case comparison::not_filled: break;
    }
    return false;
}

/// What a field or the channel of a step may be, when that is a closed list.
struct choices {
    bool closed = false;
    std::vector<std::string_view> in_order;
    std::unordered_set<std::string_view> words;

    void add(const std::string& word) {
        if (words.insert(word).second) in_order.push_back(word);
    }
    void add(const catalogue& c) {
        for (const auto& item : c.items) add(item.text);
        closed = !c.extensible && !words.empty();
    }
};

/// Lists are read once, however many conditions ask for them.
class choice_reader {
public:
    explicit choice_reader(const study& s) : s_(s) {}

    const choices& of(const condition_site& site, const operand& o) {
        if (o.what == operand::kind::channel && site.vertex != none) {
            const step& at = s_.of.steps[site.vertex];
            if (s_.is_lost(at, study::lost::channels)) return nothing_;
            return read(&at, at.channels, at.channel_catalogue);
        }
        if (o.what != operand::kind::field) return nothing_;
        const auto found = s_.find_field(o.field);
        if (!found || found.field->other_allowed) return nothing_;
        const form_field& f = *found.field;
        if (f.type != field_type::one_of && f.type != field_type::any_of &&
            f.type != field_type::checklist)
            return nothing_;
        return read(&f, f.choices, f.catalogue);
    }

private:
    const choices& read(const void* whose, const std::vector<std::string>& written,
                        const std::string& catalogue_code) {
        const auto [at, is_new] = known_.try_emplace(whose);
        if (!is_new) return at->second;
        for (const auto& word : written) at->second.add(word);
        at->second.closed = !written.empty();
        const auto c = s_.catalogues.find(catalogue_code);
        if (c != none) at->second.add(s_.of.catalogues[c]);
        if (c != none && s_.catalogue_lost(c)) at->second.closed = false;
        return at->second;
    }

    const study& s_;
    const choices nothing_;
    std::unordered_map<const void*, choices> known_;
};

inline place where_of(const study& s, const condition_site& site, const place& inner) {
    return study::or_else(inner, site.where(s));
}

inline void check_choice(study& s, const condition_site& site, const condition_node& node,
                         const choices& offered) {
    for (const auto& right : node.right) {
        const auto* word =
            right.what == operand::kind::literal ? right.literal.get_if<std::string>() : nullptr;
        if (word == nullptr || offered.words.count(*word) != 0) continue;
        std::vector<std::string> quoted;
        for (std::size_t i = 0; i < offered.in_order.size() && i < 20; ++i)
            quoted.push_back('"' + std::string(offered.in_order[i]) + '"');
        const place where = where_of(s, site, right.where);
        near::nearest_name nearest{*word};
        for (const auto& one : offered.in_order) (void)nearest.offer(std::string(one));
        std::vector<related_place> related;
        if (!nearest.found().empty())
            related.push_back({where, diag::did_you_mean, {'"' + nearest.found() + '"'}});
        s.report(diag::choice_not_offered, where, site.heading(s),
                 {name_of(s, node.left), '"' + *word + '"', s.say.list(quoted)},
                 std::move(related));
    }
}

inline void check_entered_from(study& s, const condition_site& site, const condition_node& node) {
    if (site.vertex == none) return;
    for (const auto& right : node.right) {
        const auto* id = right.literal.get_if<std::string>();
        if (id == nullptr) continue;
        const std::uint32_t from = s.step_of(*id);
        if (from == none ? s.of.unread != nullptr : s.shape.unresolved[from] != 0) continue;
        const auto out = from == none ? std::span<const flow_edge>{} : s.graph.out(from);
        if (std::any_of(out.begin(), out.end(), [&](const flow_edge& e) {
                return e.to == site.vertex && e.what != flow_edge::kind::consultation;
            }))
            continue;
        s.report(diag::never_entered_from, where_of(s, site, right.where), site.heading(s),
                 {s.say.step(s.of.steps[site.vertex].id), s.say.step(*id)});
    }
}

inline void check_comparison(study& s, choice_reader& choices, const condition_site& site,
                             const condition_node& node) {
    if (node.op == comparison::filled || node.op == comparison::not_filled) return;
    const place where = where_of(s, site, node.where);
    const auto left = type_of(s, node.left);
    if (is_order(node.op) && left && *left != type::number && *left != type::day) {
        s.report(diag::no_order, where, site.heading(s),
                 {name_of(s, node.left), name_of(s, *left)});
        return;
    }
    bool differ = false;
    for (const auto& right : node.right) {
        const auto other = type_of(s, right);
        if (!left || !other || *left == *other) continue;
        if (node.op == comparison::one_of && *left == type::list && *other == type::text) continue;
        differ = true;
        if (const auto* word = right.literal.get_if<std::string>();
            word != nullptr && *left == type::yes_no && is_answer(*word)) {
            const bool yes = fold(*word) == "co" || fold(*word) == "yes";
            const bool vi = s.say.vi();
            s.report(diag::answer_in_quotes, where_of(s, site, right.where), site.heading(s),
                     {*word, name_of(s, node.left) + (vi ? " là " : " is ") +
                                 (yes ? (vi ? "có" : "yes") : (vi ? "không" : "no"))});
            continue;
        }
        s.report(diag::types_differ, where_of(s, site, right.where), site.heading(s),
                 {name_of(s, node.left), name_of(s, *left), name_of(s, right), name_of(s, *other)});
    }
    if (differ) return;
    if (const auto& offered = choices.of(site, node.left); offered.closed)
        check_choice(s, site, node, offered);
    if (node.left.what == operand::kind::entered_from) check_entered_from(s, site, node);
}

inline void check_table(study& s, const condition_site& site, const condition_node& node) {
    const std::uint32_t c = s.catalogues.find(node.table);
    if (c == none || s.catalogue_lost(c)) return;
    const std::size_t columns = s.of.catalogues[c].columns.size();
    if (columns == node.right.size()) return;
    s.report(diag::table_row_differs, where_of(s, site, node.where), site.heading(s),
             {node.table, std::to_string(columns), std::to_string(node.right.size())},
             {{s.of.catalogues[c].where,
               diag::note_declared_here,
               {s.say.catalogue(s.of.catalogues[c])}}});
}

inline bool has_outcome(const step& at, const std::string& name) {
    return std::any_of(at.branches.begin(), at.branches.end(), [&](const branch& b) {
        switch (b.what) {
        case branch::kind::ok:
        case branch::kind::nok:
        case branch::kind::named: return b.outcome() == name;
        case branch::kind::done:
        case branch::kind::condition:
        case branch::kind::otherwise:
        case branch::kind::next: break;
        }
        return false;
    });
}

/// A name that stands alone is read as an outcome; where there is none of that name, a field or
/// another choice of the comparison before it was meant. What should be written, if so; empty when
/// an earlier name of the same list has said it.
inline std::optional<std::string> comparison_meant(const study& s, const condition_site& site,
                                                   const condition_node& node) {
    const bool vi = s.say.vi();
    if (const auto f = s.find_field({{}, node.outcome}); f && !f.ambiguous)
        return '"' + node.outcome + '"' +
               (f.field->type == field_type::yes_no ? (vi ? " là có" : " is yes")
                                                    : (vi ? " đã có" : " is filled"));
    const condition_node* before = nullptr;
    const condition_node* first = nullptr;  // of the names after it
    std::string list;
    for (const auto& one : site.what->nodes) {
        if (one.what == condition_node::kind::compare && one.left.what == operand::kind::field &&
            (one.op == comparison::is || one.op == comparison::one_of) && !one.right.empty() &&
            one.right.front().literal.get_if<std::string>() != nullptr) {
            if (&one > &node) break;
            before = &one;
            first = nullptr;
            list.clear();
        } else if (one.what == condition_node::kind::outcome) {
            if (first == nullptr) first = &one;
            list += ", \"" + one.outcome + '"';
        }
    }
    if (before == nullptr) return std::nullopt;
    if (first != &node) return std::string{};
    std::string text = '"' + before->left.field.field + '"' + (vi ? " có trong " : " is among ");
    for (std::size_t i = 0; i < before->right.size(); ++i)
        if (const auto* word = before->right[i].literal.get_if<std::string>())
            text += (i == 0 ? "\"" : ", \"") + *word + '"';
    return text + list;
}

inline void check_outcome(study& s, const condition_site& site, const condition_node& node) {
    if (s.is_lost(site.vertex, study::lost::ways)) return;
    const place where = where_of(s, site, node.where);
    const bool of_step = site.vertex != none && has_outcome(s.of.steps[site.vertex], node.outcome);
    if (const auto right = of_step ? std::nullopt : comparison_meant(s, site, node)) {
        if (!right->empty())
            s.report(diag::name_alone, where, site.heading(s), {node.outcome, *right});
    } else if (!site.outcome_known || site.vertex == none ||
               site.in == condition_site::clause::branch) {
        s.report(diag::no_outcome_yet, where, site.heading(s), {node.outcome});
    } else if (s.is_step(site.vertex) && !has_outcome(s.of.steps[site.vertex], node.outcome)) {
        const step& at = s.of.steps[site.vertex];
        std::vector<related_place> related;
        near::nearest_name nearest{node.outcome};
        for (const branch& b : at.branches)
            if (b.what == branch::kind::named && nearest.offer(b.name))
                related = {
                    {study::or_else(b.where, at.where), diag::did_you_mean, {"“" + b.name + "”"}}};
        s.report(diag::outcome_not_here, where, site.heading(s), {node.outcome, s.say.step(at.id)},
                 std::move(related));
    }
}

/// Who does a task is known when it is done, not when its limit is counted and its helpers are
/// named.
inline void check_actor(study& s, const condition_site& site) {
    if (site.vertex == none || site.when != moment::opening) return;
    const bool asked = s.is_consultation(site.vertex) && site.in != condition_site::clause::limit;
    if (asked) return;  // whoever asks is known
    const auto is_actor = [](const operand& o) { return o.what == operand::kind::actor; };
    for (const auto& node : site.what->nodes) {
        const operand* found = is_actor(node.left) ? &node.left : nullptr;
        for (const auto& right : node.right)
            if (found == nullptr && is_actor(right)) found = &right;
        if (found == nullptr) continue;
        s.report(diag::actor_not_known, study::or_else(found->where, site.where(s)),
                 site.heading(s), {name_of(s, *found)});
        return;
    }
}

}  // namespace condition_rules

void check_conditions(study& s) {
    namespace own = condition_rules;
    own::choice_reader choices(s);
    for_each_condition(s, [&](const condition_site& site) {
        own::check_actor(s, site);
        for (const auto& node : site.what->nodes) {
            switch (node.what) {
            case condition_node::kind::compare:
                own::check_comparison(s, choices, site, node);
                break;
            case condition_node::kind::in_table: own::check_table(s, site, node); break;
            case condition_node::kind::outcome: own::check_outcome(s, site, node); break;
            case condition_node::kind::conjunction:
            case condition_node::kind::disjunction:
            case condition_node::kind::negation: break;
            }
        }
    });
}

}  // namespace quytrinh::detail::checking
