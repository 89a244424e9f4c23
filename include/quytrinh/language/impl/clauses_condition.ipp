// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_condition.ipp: conditions, the only recursive rule. Nesting is
// bounded before it starts.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/rules.hpp>

#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

using node_kind = condition_node::kind;

struct condition_level_tag;
const x3::rule<condition_level_tag> condition_level = "condition";

condition_node& new_node(line_state& s, node_kind what, span where) {
    condition_node one;
    one.what = what;
    one.where = s.at_place(where);
    s.reading->nodes.push_back(std::move(one));
    return s.reading->nodes.back();
}

operand literal(line_state& s, const token& at, value what) {
    operand one;
    one.what = operand::kind::literal;
    one.literal = std::move(what);
    one.where = s.at_place(at.range());
    return one;
}

operand field_operand(line_state& s, const field_words& words) {
    operand one;
    one.what = operand::kind::field;
    one.field = {words.form.text, words.field.text};
    one.where = s.at_place(words.where);
    return one;
}

/// What may stand to the right of a comparison: a word of the text, `có`, `không`, a number, a
/// date, or a field that names its form.
bool take_right(line_state& s, const token*& at, operand& out) {
    const token& first = *at;
    if (first.kind == token_kind::string || first.kind == token_kind::block) {
        field_words words;
        if (!take_field(s, at, words)) return false;
        if (words.form.written())
            out = field_operand(s, words);
        else
            out = literal(s, first, value{words.field.text});
        return true;
    }
    if (s.take_word(at, keyword::yes)) {
        out = literal(s, first, value::yes_no(true));
        return true;
    }
    if (s.take_word(at, keyword::no)) {
        out = literal(s, first, value::yes_no(false));
        return true;
    }
    if (first.kind == token_kind::date) {
        word_at written;
        token_kind kind{};
        if (!s.take_date(at, written, kind)) return false;
        const auto day = read_date(written.text);
        if (!day) s.complain(diag::no_such_date, written.where, {written.text});
        out = literal(s, first, day ? value{*day} : value{});
        return true;
    }
    number_at number;
    if (s.take_amount(at, number)) {
        out = literal(s, first, value{number.number});
        return true;
    }
    return s.expected(at, wanted::string);
}

bool take_comparison_word(line_state& s, const token*& at, comparison& out) {
    static constexpr std::pair<keyword, comparison> words[] = {
        {keyword::is, comparison::is},
        {keyword::is_not, comparison::is_not},
        {keyword::greater, comparison::greater},
        {keyword::less, comparison::less},
        {keyword::at_least, comparison::at_least},
        {keyword::at_most_value, comparison::at_most},
        {keyword::among, comparison::one_of},
        {keyword::filled, comparison::filled},
        {keyword::not_filled, comparison::not_filled},
    };
    for (const auto& [id, op] : words) {
        if (!s.take_word(at, id)) continue;
        out = op;
        return true;
    }
    return false;
}

/// `"A", "B"` or `("A", "B")`.
bool take_values(line_state& s, const token*& at, std::vector<operand>& out) {
    const bool in_parentheses = at->kind == token_kind::open;
    if (in_parentheses) ++at;
    for (;;) {
        operand one;
        if (!take_right(s, at, one)) return false;
        out.push_back(std::move(one));
        if (at->kind != token_kind::comma) break;
        if (!in_parentheses && at[1].kind == token_kind::phrase) break;
        ++at;
    }
    return !in_parentheses || s.take_kind(at, token_kind::close, wanted::close);
}

bool finish_comparison(line_state& s, const token*& at, operand left, const token& first) {
    comparison op{};
    if (!take_comparison_word(s, at, op)) return false;
    std::vector<operand> right;
    if (op == comparison::one_of) {
        if (!take_values(s, at, right)) return s.give_up();
    } else if (op != comparison::filled && op != comparison::not_filled) {
        if (!take_right(s, at, right.emplace_back())) return s.give_up();
    }
    condition_node& node = new_node(s, node_kind::compare, {first.begin, (at - 1)->end});
    node.op = op;
    node.left = std::move(left);
    node.right = std::move(right);
    return true;
}

/// `PQ có (người thực hiện, "Dịch vụ")`.
bool take_table(line_state& s, const token*& at) {
    const token& first = *at;
    word_at table;
    if (!s.take_code(at, table)) return false;
    const bool lacks = s.take_word(at, keyword::has_no_row);
    if (!lacks && !s.take_word(at, keyword::has_row)) {
        comparison op{};
        if (take_comparison_word(s, at, op))
            s.complain(diag::later_operand, table.where, {table.text});
        return s.give_up();
    }
    if (!s.take_kind(at, token_kind::open, wanted::open)) return s.give_up();
    std::vector<operand> row;
    for (;;) {
        operand cell;
        if (s.peeks(at, keyword::actor)) {
            cell.what = operand::kind::actor;
            cell.where = s.at_place(at->range());
            s.take_word(at, keyword::actor);
        } else {
            s.expected(at, wanted::word, keyword::actor);
            field_words words;
            if (!take_field(s, at, words)) return s.give_up();
            cell = field_operand(s, words);
        }
        row.push_back(std::move(cell));
        if (at->kind != token_kind::comma) break;
        ++at;
    }
    if (!s.take_kind(at, token_kind::close, wanted::close)) return s.give_up();
    const span where{first.begin, (at - 1)->end};
    condition_node& node = new_node(s, node_kind::in_table, where);
    node.table = table.text;
    node.left.where = s.at_place(table.where);
    node.right = std::move(row);
    if (lacks) new_node(s, node_kind::negation, where).arity = 1;
    return true;
}

bool take_outcome(line_state& s, const token*& at) {
    for (const keyword id : {keyword::ok, keyword::nok}) {
        const token& first = *at;
        if (!s.take_word(at, id)) continue;
        new_node(s, node_kind::outcome, first.range()).outcome = spelled(id, dialect::vi);
        return true;
    }
    return false;
}

bool take_field_test(line_state& s, const token*& at) {
    const token& first = *at;
    field_words words;
    if (!take_field(s, at, words)) return false;
    if (finish_comparison(s, at, field_operand(s, words), first)) return true;
    if (s.dead()) return false;
    // A name alone is the outcome being chosen; with a form it can only be a field.
    if (words.form.written()) return s.give_up();
    new_node(s, node_kind::outcome, words.field.where).outcome = words.field.text;
    return true;
}

bool take_case_test(line_state& s, const token*& at) {
    static constexpr std::pair<keyword, operand::kind> words[] = {
        {keyword::actor, operand::kind::actor},
        {keyword::channel, operand::kind::channel},
        {keyword::rounds, operand::kind::rounds},
    };
    for (const auto& [id, kind] : words) {
        const token& first = *at;
        if (!s.take_word(at, id)) continue;
        operand left;
        left.what = kind;
        left.where = s.at_place(first.range());
        return finish_comparison(s, at, std::move(left), first) || s.give_up();
    }
    const token& first = *at;
    if (!s.take_word(at, keyword::entered_from)) return false;
    word_at step;
    if (!s.take_word(at, keyword::step)) return s.give_up();
    if (!s.take_step(at, step)) return s.give_up();
    condition_node& node = new_node(s, node_kind::compare, {first.begin, step.where.end});
    node.left.what = operand::kind::entered_from;
    node.left.where = s.at_place(first.range());
    node.right.push_back(literal(s, *(at - 1), value{step.text}));
    return true;
}

bool begin_level(line_state& s, const token*&) {
    s.levels.emplace_back();
    return true;
}

bool end_level(line_state& s, const token*& at) {
    const line_state::level level = s.levels.back();
    s.levels.pop_back();
    const std::uint32_t count = level.ands + level.ors;
    if (count == 0) return true;
    if (level.ands > 0 && level.ors > 0)
        s.complain(diag::and_or_mixed, level.both,
                   {std::string(spelled(keyword::and_word, s.words().words())),
                    std::string(spelled(keyword::or_word, s.words().words()))});
    const span where{s.reading->where.range.begin, (at - 1)->end};
    new_node(s, level.ors == 0 ? node_kind::conjunction : node_kind::disjunction, where).arity =
        count + 1;
    return true;
}

bool take_junction(line_state& s, const token*& at) {
    const token& first = *at;
    line_state::level& level = s.levels.back();
    const bool mixing_possible = level.ands + level.ors > 0;
    if (s.take_word(at, keyword::and_word))
        ++level.ands;
    else if (s.take_word(at, keyword::or_word))
        ++level.ors;
    else
        return false;
    if (mixing_possible && level.ands > 0 && level.ors > 0 && level.both.end == 0)
        level.both = first.range();
    return true;
}

const auto condition_level_def = [] {
    const auto test = primitive([](line_state& s, const token*& at) {
        return take_outcome(s, at) || take_field_test(s, at) || take_case_test(s, at) ||
               take_table(s, at);
    });
    const auto negated = primitive([](line_state& s, const token*& at) {
        new_node(s, node_kind::negation, (at - 1)->range()).arity = 1;
        return true;
    });
    const auto primary = (open() >> must(condition_level) >> must(close())) | test;
    const auto unary = (word(keyword::not_word) >> must(primary) >> negated) | primary;
    return primitive(begin_level) >> unary >> *(primitive(take_junction) >> must(unary)) >>
           primitive(end_level);
}();

BOOST_SPIRIT_DEFINE(condition_level)

}  // namespace

bool take_condition(line_state& s, const token*& at, std::optional<condition_words>& out) {
    const token* const first = at;
    condition_words words;
    words.where = s.at_place({first->begin, first->end});
    s.reading = &words;
    const bool read = run_at(s, at, condition_level);
    s.reading = nullptr;
    if (!read) return false;
    words.where = s.at_place({first->begin, (at - 1)->end});
    out = std::move(words);
    return true;
}

/// `"nv03", 5, 20/12/2026, có`: the cells of a lookup table are what conditions compare with.
bool read_row(line_state& s, std::vector<operand>& out) {
    out.clear();
    const auto cell = primitive([&out](line_state& state, const token*& at) {
        return take_right(state, at, out.emplace_back());
    });
    return run(s, word(s.opener()) >> must(cell) >> *(comma() >> must(cell)));
}

}  // namespace quytrinh::detail::grammar
