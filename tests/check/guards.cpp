// SPDX-License-Identifier: BSL-1.0
// tests/check/guards.cpp: conditions against one another: what never holds, what is taken before,
// what two lines take, what none takes; and what is no finding.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

namespace {

condition number(comparison op, decimal n) { return compare(field("Số"), op, {literal(n)}); }

/// Step 2 decides by these lines; all lead to an end.
list found(std::vector<branch> lines) {
    procedure_builder p;
    p.form_of("F", {{"Số", field_type::number}, {"Gấp", field_type::yes_no}});
    auto decides = a_step("2");
    for (auto& b : lines) decides.go(std::move(b));
    p.add(a_step("1").fill("F").go(done(to("2")))).add(decides);
    return findings::lines(check(p.made));
}

}  // namespace

TEST_CASE("branches that meet leave no gap, with or without a rest") {
    CHECK(found({when(number(comparison::at_least, {5, 0}), end("A")),
                 when(number(comparison::less, {5, 0}), end("B"))})
              .empty());
    CHECK(found({when(is("Gấp", value::yes_no(true)), end("A")),
                 when(is("Gấp", value::yes_no(false)), end("B"))})
              .empty());
    // From narrow to wide is how such chains are written.
    CHECK(found({when(number(comparison::greater, {10, 0}), end("A")),
                 when(number(comparison::greater, {5, 0}), end("B")), otherwise(end("C"))})
              .empty());
    // Two fields that both say yes have their order.
    CHECK(found({when(number(comparison::greater, {10, 0}), end("A")),
                 when(is("Gấp", value::yes_no(true)), end("B")), otherwise(end("C"))})
              .empty());
}

TEST_CASE("the value that no branch takes is named, decimals between two numbers too") {
    CHECK(found({when(number(comparison::greater, {5, 0}), end("A")),
                 when(number(comparison::less, {5, 0}), end("B"))}) ==
          list{"guards_leave_gap: bước 2, \"Số\" là 5"});
    CHECK(found({when(number(comparison::at_least, {6, 0}), end("A")),
                 when(number(comparison::at_most, {5, 0}), end("B"))}) ==
          list{"guards_leave_gap: bước 2, \"Số\" là 5,5"});
    CHECK(found({when(is("Gấp", value::yes_no(true)), end("A"))}) ==
          list{"guards_leave_gap: bước 2, \"Gấp\" là không"});
}

TEST_CASE("what contradicts itself, what was taken before, what both take") {
    CHECK(found({when(both(number(comparison::greater, {5, 0}), number(comparison::less, {3, 0})),
                      end("A")),
                 otherwise(end("B"))}) == list{"condition_never_holds"});
    CHECK(found({when(number(comparison::greater, {5, 0}), end("A")),
                 when(number(comparison::greater, {10, 0}), end("B")), otherwise(end("C"))}) ==
          list{"condition_already_met"});
    CHECK(found({when(number(comparison::at_least, {5, 0}), end("A")),
                 when(number(comparison::at_most, {5, 0}), end("B"))}) ==
          list{"conditions_overlap: \"Số\" là 5"});
    // To the same place it does not matter which applies.
    CHECK(found({when(number(comparison::at_least, {5, 0}), end("A")),
                 when(number(comparison::at_most, {5, 0}), end("A"))})
              .empty());
}

TEST_CASE("what hangs on something else than fields is not judged") {
    const auto actor = compare(special(operand::kind::actor), comparison::is, {literal("x")});
    CHECK(found({when(both(actor, number(comparison::greater, {5, 0})), end("A")),
                 otherwise(end("B"))})
              .empty());
    CHECK(found({when(either(actor, number(comparison::greater, {5, 0})), end("A")),
                 when(number(comparison::at_most, {5, 0}), end("B"))})
              .empty());
}

TEST_CASE("hundreds of values and lines are judged within bounds, or not at all") {
    std::vector<branch> lines;
    for (int i = 0; i < 400; ++i) lines.push_back(when(number(comparison::is, {i, 0}), end("A")));
    lines.push_back(otherwise(end("B")));
    CHECK(found(std::move(lines)).empty());
}
