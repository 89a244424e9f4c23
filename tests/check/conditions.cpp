// SPDX-License-Identifier: BSL-1.0
// tests/check/conditions.cpp: conditions that could never be decided.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

/// Findings of a procedure whose second step branches on this condition.
static list found(condition c, void (*change)(procedure&) = nullptr) {
    procedure_builder p;
    p.form_of("BM", {{"Chữ", field_type::text},
                     {"Số", field_type::number},
                     {"Ngày", field_type::day},
                     {"Gấp", field_type::yes_no},
                     {"Loại", field_type::one_of},
                     {"Dấu hiệu", field_type::any_of}});
    p.made.forms[0].fields[4].choices = {"Nhẹ", "Nặng"};
    p.made.forms[0].fields[5].catalogue = "DH";
    p.made.catalogues.emplace_back().code = "DH";
    p.made.catalogues[0].items = {{"1", "Lặp lại"}, {"2", "Nặng"}};
    p.made.catalogues.emplace_back().code = "PQ";
    p.made.catalogues[1].columns.resize(2);
    p.add(a_step("1").fill("BM").go(done(to("2"))));
    p.add(a_step("2").go(when(std::move(c), end())).go(otherwise(end())));
    p.add(a_step("3").go(done(end())));
    p.made.steps[0].preconditions.emplace_back().when =
        in_table("PQ", {special(operand::kind::actor), field("Chữ")});
    p.made.may_open_at = {"3"};
    if (change != nullptr) change(p.made);
    return findings::lines(check(p.made));
}
static condition compare_with(const char* name, comparison op, value v) {
    return compare(field(name), op, {literal(std::move(v))});
}

TEST_CASE("the sample itself is sound") {
    CHECK(found(is("Gấp", value::yes_no(true))).empty());
    CHECK(found(compare_with("Số", comparison::greater, decimal{3, 0})).empty());
    CHECK(found(compare_with("Dấu hiệu", comparison::one_of, "Nặng")).empty());
    CHECK(found(is("Loại", "Nhẹ")).empty());
    CHECK(found(compare_with("Ngày", comparison::at_most, value(read_date("01/02/2024").value())))
              .empty());
}

TEST_CASE("values of different types") {
    CHECK(found(is("Số", "ba")) == list{"types_differ: \"Số\", số, \"ba\", chữ"});
    CHECK(found(is("Gấp", decimal::of(15, 1))) ==
          list{"types_differ: \"Gấp\", có hoặc không, 1,5, số"});
    CHECK(found(compare(special(operand::kind::rounds), comparison::at_least, {literal("2")})) ==
          list{"types_differ: số vòng, số, \"2\", chữ"});
    CHECK(found(compare(field("Ngày"), comparison::is, {field("Số")})) ==
          list{"types_differ: \"Ngày\", ngày, \"Số\", số"});
    CHECK(found(is("Dấu hiệu", "Nặng")) ==
          list{"types_differ: \"Dấu hiệu\", các mục trong, \"Nặng\", chữ"});
}

TEST_CASE("words have no order") {
    CHECK(found(compare_with("Chữ", comparison::greater, "a")) == list{"no_order: \"Chữ\", chữ"});
    CHECK(found(compare_with("Gấp", comparison::at_least, value::yes_no(true))) ==
          list{"no_order: \"Gấp\", có hoặc không"});
}

TEST_CASE("a choice that is not offered, unless others are allowed") {
    CHECK(found(is("Loại", "Vừa")) ==
          list{"choice_not_offered: \"Loại\", \"Vừa\", \"Nhẹ\", \"Nặng\""});
    CHECK(found(is("Loại", "Vừa"), [](procedure& p) {
              p.forms[0].fields[4].other_allowed = true;
          }).empty());
    CHECK(found(compare_with("Dấu hiệu", comparison::one_of, "Mới")) ==
          list{"choice_not_offered: \"Dấu hiệu\", \"Mới\", \"Lặp lại\", \"Nặng\""});
    CHECK(found(compare_with("Dấu hiệu", comparison::one_of, "Mới"), [](procedure& p) {
              p.catalogues[0].extensible = true;
          }).empty());
    CHECK(found(compare(special(operand::kind::channel), comparison::is, {literal("fax")}),
                [](procedure& p) {
                    p.steps[1].channels = {"email", "chat"};
                }) == list{"choice_not_offered: hình thức, \"fax\", \"email\", \"chat\""});
}

TEST_CASE("a row of a table has as many values as columns") {
    CHECK(found(in_table("PQ", {field("Chữ")})) == list{"table_row_differs: PQ, 2, 1"});
}

TEST_CASE("where a task can be entered from") {
    const auto from = [](const char* id) {
        return compare(special(operand::kind::entered_from), comparison::is, {literal(id)});
    };
    CHECK(found(from("1")).empty());
    CHECK(found(from("3")) == list{"never_entered_from: bước 2, bước 3"});
    CHECK(found(from("9")) == list{"never_entered_from: bước 2, bước 9"});
}

TEST_CASE("outcomes in conditions: only of this step, and only once one is chosen") {
    procedure_builder p;
    p.form_of("BM", {{"Chữ", field_type::text}});
    p.add(a_step("1").fill("BM").act_if(outcome("NOK")).go(ok(end())).go(nok(end())));
    CHECK(findings::lines(check(p.made)).empty());
    p.made.steps[0].acts[0].when = outcome("Làm lại");
    CHECK(findings::lines(check(p.made)) == list{"outcome_not_here: Làm lại, bước 1"});
    p.made.steps[0].acts[0].when.reset();
    p.made.steps[0].limits = {within(days(3)), within(days(4))};
    p.made.steps[0].limits[0].when = outcome("OK");
    CHECK(findings::lines(check(p.made)) == list{"no_outcome_yet: OK"});
}
