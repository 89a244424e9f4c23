// SPDX-License-Identifier: BSL-1.0
// tests/check/branches.cpp: outcomes and conditions of one step's branches.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

static list found(const procedure_builder& p) { return findings::lines(check(p.made)); }

static procedure_builder with_form() {
    procedure_builder p;
    p.form_of("BM", {{"Gấp", field_type::yes_no}, {"Số", field_type::number}});
    p.add(a_step("0").fill("BM").go(done(to("1"))));
    return p;
}
static condition urgent() { return is("Gấp", value::yes_no(true)); }

TEST_CASE("OK asks for NOK and NOK for OK") {
    procedure_builder p;
    p.add(a_step("1").go(ok(to("2")))).add(a_step("2").go(nok(end())));
    CHECK(found(p) ==
          list{"outcome_pair_missing: bước 1, OK, NOK", "outcome_pair_missing: bước 2, NOK, OK"});
}

TEST_CASE("named results beside OK and NOK are one style; xong and nếu are others") {
    procedure_builder p;
    branch again = named("Làm lại", to("1"));
    again.reason = true;
    p.add(a_step("1").go(ok(end())).go(nok(end())).go(again));
    CHECK(found(p).empty());
    procedure_builder q;
    q.add(a_step("1").go(ok(end())).go(done(end())));
    CHECK(found(q) == list{"outcomes_mixed: bước 1, OK, xong"});
    auto r = with_form();
    r.add(a_step("1").go(when(urgent(), end())).go(named("Khác", end())));
    CHECK(found(r) == list{"outcomes_mixed: bước 1, nếu, kết quả \"Khác\""});
}

TEST_CASE("a line after one that always applies") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2"))).go(done(end()))).add(a_step("2").go(done(end())));
    CHECK(found(p) == list{"branch_never_taken: xong"});
    auto q = with_form();
    q.add(a_step("1")
              .go(when(urgent(), end()))
              .go(otherwise(end()))
              .go(when(is("Số", decimal{1, 0}), end())));
    CHECK(found(q) == list{"branch_never_taken: nếu"});
}

TEST_CASE("the last line of an outcome has no condition") {
    auto p = with_form();
    branch urgent_ok = ok(to("2"));
    urgent_ok.when = urgent();
    p.add(a_step("1").go(urgent_ok).go(nok(end()))).add(a_step("2").go(done(end())));
    CHECK(found(p) == list{"last_branch_conditional: OK, bước 1"});
    p.made.steps[1].branches.push_back(ok(end()));
    CHECK(found(p).empty());
}

TEST_CASE("conditions without còn lại: a hint, and a warning when the field may be empty") {
    auto p = with_form();
    p.add(a_step("1").go(when(urgent(), end())));
    CHECK(found(p) == list{"guards_leave_gap: bước 1, \"Gấp\" là không"});
    p.made.forms[0].fields[0].required = false;
    CHECK(found(p) == list{"empty_field_stops: Gấp, bước 1"});
    p.made.steps[1].branches.push_back(otherwise(end()));
    CHECK(found(p).empty());
    p.made.steps[1].branches.back() = when(is("Gấp", value::yes_no(false)), end());
    CHECK(found(p) == list{"empty_field_stops: Gấp, bước 1"});
    p.made.forms[0].fields[0].required = true;
    CHECK(found(p).empty());  // yes and no leave nothing over
}

TEST_CASE("a counted branch that says nothing of afterwards") {
    procedure_builder p;
    branch back = nok(to("1"));
    back.at_most = 3;
    p.add(a_step("1").go(ok(end())).go(back));
    CHECK(found(p) == list{"counted_branch_stops: NOK, 3"});
}
