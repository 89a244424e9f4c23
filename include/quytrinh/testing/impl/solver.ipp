// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/solver.ipp: candidates for fields, and trying them. Small on purpose: texts
// of offices compare a field with a few words or numbers, so trying those is enough.
#pragma once

#include <quytrinh/testing/impl/solver.hpp>

#include <quytrinh/testing/impl/sample.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace quytrinh::testing::detail {

namespace solving {
namespace {

constexpr std::size_t most_candidates = 40;
const std::string table_mark = "#table";

bool has(const std::vector<table_row>* rows, const std::string& table,
         const std::vector<value>& cells) {
    return rows != nullptr && std::any_of(rows->begin(), rows->end(), [&](const auto& one) {
               return one.first == table && one.second == cells;
           });
}

std::vector<std::string> words_of(const procedure& of, const form_field& field) {
    if (!field.choices.empty() || field.catalogue.empty()) return field.choices;
    std::vector<std::string> words;
    if (const catalogue* list = of.find_catalogue(field.catalogue))
        for (const auto& item : list->items) words.push_back(item.text);
    return words;
}

/// Every condition of the text, for the literals that stand in them.
template <class Each>
void each_condition(const procedure& of, Each&& each) {
    const auto maybe = [&](const std::optional<condition>& c) {
        if (c) each(*c);
    };
    for (const step& s : of.steps) {
        for (const auto& b : s.branches) maybe(b.when);
        for (const auto& l : s.limits) maybe(l.when);
        for (const auto& a : s.acts) maybe(a.when);
        for (const auto& p : s.preconditions) maybe(p.when);
        for (const auto& a : s.assignments) maybe(a.when);
        for (const auto& l : s.links) maybe(l.when);
        for (const auto* clauses : {&s.with, &s.inform})
            for (const auto& c : *clauses) maybe(c.when);
    }
    for (const auto& line : of.overall) maybe(line.when);
    for (const auto& f : of.forms)
        for (const auto& field : f.fields) maybe(field.required_if);
}

/// Literals that a field is compared with, as they stand.
void literals_for(const procedure& of, const variable& name, std::vector<value>& into) {
    const auto is_it = [&](const operand& o) {
        if (o.what != operand::kind::field) return false;
        const found_field f = find_field(of, o.field);
        return f.field != nullptr && f.name() == name;
    };
    each_condition(of, [&](const condition& c) {
        for (const condition_node& node : c.nodes) {
            if (node.what != condition_node::kind::compare) continue;
            bool about = is_it(node.left);
            for (const operand& o : node.right) about = about || is_it(o);
            if (!about) continue;
            if (node.left.what == operand::kind::literal) into.push_back(node.left.literal);
            for (const operand& o : node.right)
                if (o.what == operand::kind::literal) into.push_back(o.literal);
        }
    });
}

/// A literal as the field would hold it, and what lies just beside it.
void beside(const form_field& field, const value& literal, std::vector<value>& into) {
    if (const auto* number = literal.get_if<decimal>();
        number && field.type == field_type::number) {
        std::int64_t one = 1;
        for (int i = 0; i < number->scale; ++i) one *= 10;
        into.emplace_back(*number);
        into.emplace_back(decimal::of(number->mantissa + one, number->scale));
        into.emplace_back(decimal::of(number->mantissa - one, number->scale));
    } else if (const auto* day = literal.get_if<date>(); day && field.type == field_type::day) {
        into.emplace_back(*day);
        into.emplace_back(*day + std::chrono::days{1});
        into.emplace_back(*day - std::chrono::days{1});
    } else if (const auto* word = literal.get_if<std::string>()) {
        switch (field.type) {
        case field_type::any_of:
        case field_type::checklist: into.emplace_back(std::vector<std::string>{*word}); break;
        case field_type::text:
        case field_type::person:
        case field_type::unit:
        case field_type::attachment:
        case field_type::one_of: into.emplace_back(*word); break;
        case field_type::number:
        case field_type::day:
        case field_type::yes_no:
        case field_type::list: break;
        }
    }
}

}  // namespace
}  // namespace solving

// ---------------------------------------------------------------- reading

value trial_reader::read(const operand& what) {
    switch (what.what) {
    case operand::kind::literal: return what.literal;
    case operand::kind::actor: return value(person);
    case operand::kind::channel: {
        const auto chosen = over_->find(channel_variable);
        if (chosen != over_->end()) return chosen->second;
        return channel.empty() ? value{} : value(channel);
    }
    case operand::kind::rounds: return value(decimal::of(round));
    case operand::kind::entered_from: return entered_from.empty() ? value{} : value(entered_from);
    case operand::kind::field: break;
    }
    const found_field f = find_field(*of_, what.field);
    if (f.field != nullptr)
        if (const auto laid = over_->find(f.name()); laid != over_->end()) return laid->second;
    const field_state* known = state_ == nullptr ? nullptr : state_->find_field(what.field);
    return known == nullptr ? value{} : known->content;
}

truth trial_reader::has_row(const std::string& table, const std::vector<value>& row) {
    if (!is_table_of_host(*of_, table)) {
        const catalogue* list = of_->find_catalogue(table);
        if (list == nullptr) return truth::unknown;
        for (const auto& written : list->rows) {
            bool same = written.size() == row.size();
            for (std::size_t i = 0; same && i < row.size(); ++i) {
                const auto* word = row[i].get_if<std::string>();
                same = word != nullptr && *word == written[i];
            }
            if (same) return truth::yes;
        }
        return truth::no;
    }
    if (solving::has(rows, table, row)) return truth::yes;
    const auto wish = over_->find({solving::table_mark, table});
    const bool wanted = wish != over_->end() && wish->second == value::yes_no(true);
    if (!wanted || solving::has(absent, table, row)) return truth::no;
    needed.emplace_back(table, row);
    return truth::yes;
}

bool trial_reader::has_row_now(const std::string& table, const std::vector<value>& row) const {
    return solving::has(rows, table, row);
}

// ---------------------------------------------------------------- what there is to choose

found_field find_field(const procedure& of, const field_ref& ref) {
    for (const form& f : of.forms) {
        if (!ref.form.empty() && f.code != ref.form) continue;
        if (const form_field* field = f.find(ref.field)) return {&f, field};
    }
    return {};
}

bool is_table_of_host(const procedure& of, const std::string& code) {
    const catalogue* list = of.find_catalogue(code);
    return list != nullptr && !list->columns.empty() && list->rows.empty();
}

bool is_deadline(const procedure& of, const found_field& f) {
    for (const step& s : of.steps)
        for (const time_limit& l : s.limits) {
            const bool reads =
                l.what == time_limit::kind::from_field ||
                (l.what == time_limit::kind::count && l.from.what == anchor::kind::field);
            if (!reads) continue;
            const auto& ref = l.what == time_limit::kind::from_field ? l.field : l.from.field;
            if (find_field(of, ref).field == f.field) return true;
        }
    return false;
}

value plausible(const procedure& of, const form_field& field, date now) {
    const std::vector<std::string> words = solving::words_of(of, field);
    switch (field.type) {
    case field_type::number: return value(decimal::of(sampling::number_for(field)));
    case field_type::day:
        if (sampling::is_past_day(field) && !is_deadline(of, {nullptr, &field})) return value(now);
        return value(now + std::chrono::days{10});
    case field_type::yes_no: return value::yes_no(false);
    case field_type::person: return value("nv09");
    case field_type::unit: {
        for (const party& p : of.parties)
            if (p.kind == party_kind::unit) return value(p.code);
        return value("P.A");
    }
    case field_type::attachment: return value(of.words == dialect::vi ? "tệp.pdf" : "file.pdf");
    case field_type::one_of:
        if (!words.empty()) return value(words.front());
        break;
    case field_type::any_of:
        if (!words.empty()) return value(std::vector<std::string>{words.front()});
        return value(std::vector<std::string>{sampling::text_for(of, field)});
    case field_type::checklist: return value(words);
    case field_type::list: {
        std::vector<value> row;
        for (const form_field& column : field.columns) row.push_back(plausible(of, column, now));
        return value(value_rows{std::move(row)});
    }
    case field_type::text: break;
    }
    return value(sampling::text_for(of, field));
}

std::vector<value> candidates(const procedure& of, const found_field& field, date now) {
    const form_field& f = *field.field;
    std::vector<value> all{plausible(of, f, now)};
    std::vector<value> literals;
    solving::literals_for(of, field.name(), literals);
    for (const value& literal : literals) solving::beside(f, literal, all);
    if (f.type == field_type::yes_no) all.push_back(value::yes_no(true));
    if (f.type == field_type::one_of || f.type == field_type::any_of)
        for (const std::string& word : solving::words_of(of, f))
            all.push_back(f.type == field_type::one_of ? value(word)
                                                       : value(std::vector<std::string>{word}));
    if (f.type == field_type::day) all.emplace_back(now + std::chrono::days{40});
    if (!f.required) all.emplace_back();
    std::vector<value> once;
    for (value& one : all)
        if (once.size() < solving::most_candidates &&
            std::find(once.begin(), once.end(), one) == once.end())
            once.push_back(std::move(one));
    return once;
}

std::vector<std::string> channels_of(const procedure& of, const step& where) {
    if (where.channel_catalogue.empty()) return where.channels;
    std::vector<std::string> words;
    if (const catalogue* list = of.find_catalogue(where.channel_catalogue))
        for (const auto& item : list->items) words.push_back(item.text);
    return words;
}

void collect_variables(const procedure& of, const condition& c, std::vector<variable>& into) {
    const auto add = [&](variable name) {
        if (std::find(into.begin(), into.end(), name) == into.end())
            into.push_back(std::move(name));
    };
    const auto of_operand = [&](const operand& o) {
        if (o.what == operand::kind::channel) add(channel_variable);
        if (o.what != operand::kind::field) return;
        if (const found_field f = find_field(of, o.field); f.field != nullptr) add(f.name());
    };
    for (const condition_node& node : c.nodes) {
        if (node.what == condition_node::kind::compare) of_operand(node.left);
        if (node.what == condition_node::kind::in_table && is_table_of_host(of, node.table))
            add({solving::table_mark, node.table});
        for (const operand& o : node.right) of_operand(o);
    }
}

// ---------------------------------------------------------------- trying

std::optional<solution> solve(const procedure& of, const trial_reader& like,
                              const std::vector<demand>& demands, const assignment& fixed,
                              const std::set<variable>& free, date now,
                              const std::vector<std::string>& channels, effort& cost,
                              std::size_t tries) {
    std::vector<variable> names;
    for (const demand& one : demands) collect_variables(of, *one.what, names);
    std::erase_if(names, [&](const variable& name) {
        const bool table = name.first == solving::table_mark;
        return fixed.contains(name) || (!table && !free.contains(name));
    });
    std::vector<std::vector<value>> choices;
    for (const variable& name : names) {
        if (name.first == solving::table_mark) {
            choices.push_back({value::yes_no(false), value::yes_no(true)});
        } else if (name == channel_variable) {
            choices.emplace_back(channels.begin(), channels.end());
            if (channels.empty()) choices.back().emplace_back();
        } else {
            choices.push_back(candidates(of, find_field(of, {name.first, name.second}), now));
            cost.spent += of.steps.size();
        }
    }
    // Counted through like the digits of a number, the first candidates first.
    std::vector<std::size_t> digit(names.size(), 0);
    for (std::size_t n = 0; n < tries && !cost.is_over(); ++n) {
        solution found;
        found.values = fixed;
        for (std::size_t i = 0; i < names.size(); ++i)
            found.values[names[i]] = choices[i][digit[i]];
        trial_reader reader = like;
        reader.lay(found.values);
        const bool all = std::all_of(demands.begin(), demands.end(), [&](const demand& one) {
            reader.outcome_of = one.outcome.empty() ? like.outcome_of : one.outcome;
            const auto held = evaluate(*one.what, reader);
            cost.spent += one.what->nodes.size();
            return held && (*held == truth::yes) == one.hold;
        });
        if (all) {
            found.rows = std::move(reader.needed);
            return found;
        }
        std::size_t at = 0;
        while (at < digit.size() && ++digit[at] == choices[at].size()) digit[at++] = 0;
        if (at == digit.size()) break;
    }
    return std::nullopt;
}

}  // namespace quytrinh::testing::detail
