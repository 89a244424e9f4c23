// SPDX-License-Identifier: BSL-1.0
// tests/model/condition.cpp: Kleene's logic, comparisons, limits on work, hostile nodes.
#include <quytrinh/model/condition.hpp>

#include <doctest/doctest.h>

#include <support/model_builder.hpp>

#include <map>

using namespace quytrinh;

namespace {

/// Answers from a table; what is not in it is empty.
class table_reader : public condition_reader {
public:
    std::map<std::string, value> fields;
    std::string chosen;
    truth row = truth::unknown;
    std::vector<value> last_row;
    int reads = 0;

    value read(const operand& what) override {
        ++reads;
        switch (what.what) {
        case operand::kind::field: {
            const auto at = fields.find(what.field.field);
            return at == fields.end() ? value{} : at->second;
        }
        case operand::kind::rounds: return decimal{2, 0};
        case operand::kind::actor: return "nv07";
        case operand::kind::channel: return "email";
        case operand::kind::entered_from: return "3";
        case operand::kind::literal: break;
        }
        FAIL("a literal must not be asked of the reader");
        return {};
    }
    truth has_row(const std::string& table, const std::vector<value>& cells) override {
        CHECK(table == "PQ");
        last_row = cells;
        return row;
    }
    std::string outcome() override { return chosen; }
};

/// A condition whose truth is given: yes, no or (an empty field) unknown.
condition known(truth t) {
    switch (t) {
    case truth::yes: return build::is("one", decimal{1, 0});
    case truth::no: return build::is("one", decimal{2, 0});
    case truth::unknown: break;
    }
    return build::is("empty", decimal{1, 0});
}

truth eval(const condition& c, table_reader& reader) {
    reader.fields["one"] = decimal{1, 0};
    return evaluate(c, reader).value();
}
truth eval(const condition& c) {
    table_reader reader;
    return eval(c, reader);
}

}  // namespace

TEST_CASE("Kleene's tables for và, hoặc and không") {
    constexpr truth n = truth::no, y = truth::yes, u = truth::unknown;
    const truth all[] = {n, y, u};
    const truth conjunction[3][3] = {{n, n, n}, {n, y, u}, {n, u, u}};
    const truth disjunction[3][3] = {{n, y, u}, {y, y, y}, {u, y, u}};
    const truth negation[3] = {y, n, u};
    for (int a = 0; a < 3; ++a) {
        CHECK(eval(build::negate(known(all[a]))) == negation[a]);
        for (int b = 0; b < 3; ++b) {
            CAPTURE(a);
            CAPTURE(b);
            CHECK(eval(build::both(known(all[a]), known(all[b]))) == conjunction[a][b]);
            CHECK(eval(build::either(known(all[a]), known(all[b]))) == disjunction[a][b]);
        }
    }
}

TEST_CASE("three parts under one và, and parts of parts") {
    const auto three = build::join(condition_node::kind::conjunction,
                                   {known(truth::yes), known(truth::unknown), known(truth::no)});
    CHECK(eval(three) == truth::no);
    CHECK(eval(build::either(build::both(known(truth::yes), known(truth::unknown)),
                             build::negate(known(truth::no)))) == truth::yes);
}

TEST_CASE("comparisons of numbers and days") {
    table_reader r;
    r.fields["n"] = decimal::of(25, 1);  // 2,5
    r.fields["d"] = value(read_date("04/05/2024").value());
    const auto cmp = [&](const char* field, comparison op, value v) {
        return eval(build::compare(build::field(field), op, {build::literal(std::move(v))}), r);
    };
    CHECK(cmp("n", comparison::is, decimal::of(250, 2)) == truth::yes);
    CHECK(cmp("n", comparison::is_not, decimal{2, 0}) == truth::yes);
    CHECK(cmp("n", comparison::greater, decimal{2, 0}) == truth::yes);
    CHECK(cmp("n", comparison::greater, decimal::of(25, 1)) == truth::no);
    CHECK(cmp("n", comparison::at_least, decimal::of(25, 1)) == truth::yes);
    CHECK(cmp("n", comparison::less, decimal{3, 0}) == truth::yes);
    CHECK(cmp("n", comparison::at_most, decimal{2, 0}) == truth::no);
    CHECK(cmp("d", comparison::less, value(read_date("05/05/2024").value())) == truth::yes);
    CHECK(cmp("d", comparison::at_least, value(read_date("05/05/2024").value())) == truth::no);
}

TEST_CASE("values of different types, and words in an order, are unknown, never an error") {
    table_reader r;
    r.fields["n"] = decimal{1, 0};
    r.fields["t"] = "một";
    r.fields["yes"] = value::yes_no(true);
    const auto cmp = [&](const char* field, comparison op, value v) {
        return eval(build::compare(build::field(field), op, {build::literal(std::move(v))}), r);
    };
    CHECK(cmp("n", comparison::is, "1") == truth::unknown);
    CHECK(cmp("n", comparison::is_not, "1") == truth::unknown);
    CHECK(cmp("t", comparison::greater, "ba") == truth::unknown);
    CHECK(cmp("yes", comparison::at_least, value::yes_no(false)) == truth::unknown);
    CHECK(cmp("yes", comparison::is, value::yes_no(true)) == truth::yes);
}

TEST_CASE("texts compare in NFC and by case") {
    table_reader r;
    r.fields["t"] = "Ga\u0302\u0301p";  // decomposed
    CHECK(eval(build::is("t", "Gấp"), r) == truth::yes);
    CHECK(eval(build::is("t", "gấp"), r) == truth::no);
    CHECK(eval(build::is("t", "Gap"), r) == truth::no);
}

TEST_CASE("an empty field is not an empty text") {
    table_reader r;
    r.fields["t"] = "";
    CHECK(eval(build::is("t", ""), r) == truth::yes);
    CHECK(eval(build::is("nothing", ""), r) == truth::unknown);
    CHECK(eval(build::filled("t"), r) == truth::yes);
    CHECK(eval(build::filled("nothing"), r) == truth::no);
    CHECK(eval(build::compare(build::field("nothing"), comparison::not_filled), r) == truth::yes);
}

TEST_CASE("có trong: one of several, or an item of a list") {
    table_reader r;
    r.fields["t"] = "b";
    r.fields["list"] = std::vector<std::string>{"x", "y"};
    const auto among = [&](const char* field, std::vector<operand> right) {
        return eval(build::compare(build::field(field), comparison::one_of, std::move(right)), r);
    };
    CHECK(among("t", {build::literal("a"), build::literal("b")}) == truth::yes);
    CHECK(among("t", {build::literal("a"), build::literal("c")}) == truth::no);
    CHECK(among("t", {build::field("empty"), build::literal("c")}) == truth::unknown);
    CHECK(among("t", {build::field("empty"), build::literal("b")}) == truth::yes);
    CHECK(among("list", {build::literal("y")}) == truth::yes);
    CHECK(among("list", {build::literal("z")}) == truth::no);
    CHECK(among("empty", {build::literal("z")}) == truth::unknown);
}

TEST_CASE("what is not a field: rounds, actor, channel, where the task came from") {
    table_reader r;
    const auto cmp = [&](operand::kind what, comparison op, value v) {
        return eval(build::compare(build::special(what), op, {build::literal(std::move(v))}), r);
    };
    CHECK(cmp(operand::kind::rounds, comparison::at_least, decimal{2, 0}) == truth::yes);
    CHECK(cmp(operand::kind::actor, comparison::is, "nv07") == truth::yes);
    CHECK(cmp(operand::kind::channel, comparison::is, "chat") == truth::no);
    CHECK(cmp(operand::kind::entered_from, comparison::is, "3") == truth::yes);
}

TEST_CASE("a table is asked with the whole row, and never with an empty cell") {
    table_reader r;
    r.row = truth::yes;
    const auto c =
        build::in_table("PQ", {build::special(operand::kind::actor), build::field("dv")});
    CHECK(eval(c, r) == truth::unknown);
    CHECK(r.last_row.empty());
    r.fields["dv"] = "Hồ sơ sức khỏe";
    CHECK(eval(c, r) == truth::yes);
    REQUIRE(r.last_row.size() == 2);
    CHECK(r.last_row[1] == value("Hồ sơ sức khỏe"));
    r.row = truth::unknown;
    CHECK(eval(c, r) == truth::unknown);
}

TEST_CASE("the outcome being chosen") {
    table_reader r;
    CHECK(eval(build::outcome("NOK"), r) == truth::unknown);
    r.chosen = "NOK";
    CHECK(eval(build::outcome("NOK"), r) == truth::yes);
    CHECK(eval(build::outcome("OK"), r) == truth::no);
}

TEST_CASE("the limit on steps counts operands too, and a deep condition needs no stack") {
    table_reader r;
    condition deep = known(truth::yes);
    for (int i = 0; i < 200'000; ++i) {
        condition_node n;
        n.what = condition_node::kind::negation;
        deep.nodes.push_back(n);
    }
    r.fields["one"] = decimal{1, 0};
    CHECK(evaluate(deep, r, 1'000'000).value() == truth::yes);
    CHECK(evaluate(deep, r).error().code == errc::limit_exceeded);

    std::vector<operand> many(50, build::literal("x"));
    const auto wide = build::compare(build::field("one"), comparison::one_of, many);
    CHECK(evaluate(wide, r, 51).has_value());
    CHECK(evaluate(wide, r, 50).error().code == errc::limit_exceeded);
}

TEST_CASE("a malformed condition is refused, an empty one holds") {
    table_reader r;
    CHECK(evaluate(condition{}, r).value() == truth::yes);
    condition_node n;
    n.what = condition_node::kind::conjunction;
    n.arity = 2;
    condition c = known(truth::yes);
    c.nodes.push_back(n);  // asks for two results, there is one
    CHECK(evaluate(c, r).error().code == errc::invalid_argument);
    condition two = known(truth::yes);
    two.nodes.push_back(two.nodes.front());  // leaves two results
    CHECK(evaluate(two, r).error().code == errc::invalid_argument);
    condition negation;
    n.what = condition_node::kind::negation;
    negation.nodes.push_back(n);
    CHECK(evaluate(negation, r).error().code == errc::invalid_argument);
}

TEST_CASE("fields of a condition, each once, in the order of the text") {
    const auto c = build::both(
        build::compare(build::field("b", "X"), comparison::is, {build::field("a", "X")}),
        build::either(build::is("c", "1"), build::in_table("PQ", {build::field("a", "X")})));
    const auto fields = fields_of(c);
    REQUIRE(fields.size() == 3);
    CHECK(fields[0] == field_ref{"X", "b"});
    CHECK(fields[1] == field_ref{"X", "a"});
    CHECK(fields[2] == field_ref{"", "c"});
}
