// SPDX-License-Identifier: BSL-1.0
// tests/check/roles.cpp: leads, bindings, assignments, different people.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

static list found(const procedure_builder& p) { return findings::lines(check(p.made)); }

TEST_CASE("a role assigned on only one of two paths") {
    procedure_builder p;
    p.role_by("NTH", {"2"});
    p.add(a_step("1").go(ok(to("2"))).go(nok(to("3"))))
        .add(a_step("2").assign("NTH").go(done(to("3"))))
        .add(a_step("3", {"NTH"}).go(done(end())));
    CHECK(found(p) == list{"role_not_bound: NTH, bước 3, bước 1 → bước 3"});
    p.made.steps[0].branches[1].to = end();
    CHECK(found(p).empty());
}

TEST_CASE("the step that assigns a role cannot itself be led by it, but it may coordinate there") {
    procedure_builder p;
    p.role_by("NTH", {"1"});
    p.add(a_step("1", {"NTH"}).assign("NTH").go(done(end())));
    CHECK(found(p) == list{"role_not_bound: NTH, bước 1, bước 1"});
    p.made.steps[0].lead.parties = {"A"};
    p.made.steps[0].with.emplace_back().parties = {"NTH"};
    CHECK(found(p).empty());
}

TEST_CASE("an assignment under a condition: certain on the branch that says the same") {
    // step 3 of HTKH.02: assigned when the table has no row, which is just when `còn lại` is taken
    procedure_builder p;
    p.role_by("PCT", {"3", "4"}).form_of("PA", {{"Dịch vụ", field_type::text}});
    p.made.catalogues.emplace_back().code = "PQ";
    p.made.catalogues[0].columns.resize(2);
    const auto trained =
        both(in_table("PQ", {special(operand::kind::actor), field("Dịch vụ")}), filled("Dịch vụ"));
    p.add(a_step("2").fill("PA").go(done(to("3"))))
        .add(a_step("3")
                 .assign("PCT")
                 .assign_if(negate(trained))
                 .go(when(trained, to("4")))
                 .go(otherwise(to("6"))))
        .add(a_step("4").assign("PCT").assign_if(outcome("NOK")).go(ok(end())).go(nok(to("6"))))
        .add(a_step("6", {"PCT"}).go(done(to("7"))))
        .add(a_step("7").with({"PCT"}).go(done(to("4"))));
    CHECK(found(p).empty());
    p.made.steps[2].assignments[0].when = outcome("OK");
    // step 7 lies behind step 6, so it is not named too
    CHECK(found(p) == list{"role_not_bound: PCT, bước 6, bước 2 → bước 3 → bước 4 → bước 6"});
    p.made.steps[2].assignments[0].when = filled("Dịch vụ");
    CHECK(findings::names(check(p.made)) == list{"role_maybe_not_bound"});
}

TEST_CASE("of several who may lead, one that is there is enough") {
    procedure_builder p;
    p.role_by("NKT", {"2"});
    p.add(a_step("1").go(ok(to("2"))).go(nok(to("3"))))
        .add(a_step("2").assign("NKT").go(done(to("3"))))
        .add(a_step("3", {"A", "NKT"}).go(done(end())));
    p.made.steps[2].lead.how = lead_clause::mode::any;
    CHECK(found(p).empty());
    p.made.steps[2].lead.how = lead_clause::mode::joint;
    CHECK(found(p) == list{"role_not_bound: NKT, bước 3, bước 1 → bước 3"});
}

TEST_CASE("a role taken from a field needs the field, and so does one relative to it") {
    procedure_builder p;
    p.form_of("BM", {{"Đơn vị", field_type::unit}}).role("ĐV").role("LĐ");
    p.made.parties[1].binding = binding_kind::from_field;
    p.made.parties[1].bound_from = {"BM", "Đơn vị"};
    p.made.parties[2].binding = binding_kind::head_of;
    p.made.parties[2].relative_to = "ĐV";
    p.add(a_step("1", {"LĐ"}).fill("BM").go(done(to("2"))))
        .add(a_step("2", {"ĐV"}).go(done(end())));
    CHECK(found(p) == list{"role_field_empty: LĐ, bước 1, bước 1, Đơn vị"});
    p.made.steps[0].lead.parties = {"A"};
    p.made.steps[1].lead.parties = {"LĐ", "ĐV"};
    CHECK(found(p).empty());
    p.made.steps[0].acts[0].when = filled("Đơn vị");
    CHECK(findings::names(check(p.made)) == list{"role_field_maybe_empty"});
}

TEST_CASE("a role taken from a field that may stay empty") {
    // The text was good, and the run refused: the role is not bound.
    procedure_builder p;
    p.form_of("BM", {{"Đơn vị", field_type::unit}}).role("ĐV").role("LĐ");
    p.made.parties[1].binding = binding_kind::from_field;
    p.made.parties[1].bound_from = {"BM", "Đơn vị"};
    p.made.parties[2].binding = binding_kind::head_of;
    p.made.parties[2].relative_to = "ĐV";
    p.add(a_step("1").fill("BM").approve("BM").go(done(to("2"))))
        .add(a_step("2", {"ĐV"}).go(done(to("3"))))
        .add(a_step("3", {"ĐV"}).with({"LĐ"}).go(done(end())));
    CHECK(found(p).empty());
    form_field& unit = p.made.forms.back().fields[0];
    unit.required = false;
    // Once a role, where it first leads; an approved form may hold an empty field too.
    const list told{"role_field_optional: ĐV, Đơn vị, BM, bước 2"};
    CHECK(found(p) == told);
    unit.required_if = filled("Đơn vị");
    CHECK(found(p).empty());
    unit.required_if.reset();
    p.made.steps[1].lead.parties = {"LĐ"};
    p.made.steps[2].lead.parties = {"A"};
    CHECK(found(p) == list{"role_field_optional: LĐ, Đơn vị, BM, bước 2"});
    // Of several who may lead one is certain; whoever is told may be missed.
    p.made.steps[1].lead.parties = {"A", "ĐV"};
    p.made.steps[1].lead.how = lead_clause::mode::any;
    CHECK(found(p).empty());
    p.made.steps[1].lead = {};
    p.made.steps[1].lead.parties = {"A"};
    p.made.steps[1].inform.emplace_back().parties = {"ĐV"};
    CHECK(found(p).empty());
    // A branch asks for it.
    p.made.steps[1].lead.parties = {"ĐV"};
    p.made.steps[1].inform.clear();
    p.made.steps[0].branches = {when(filled("Đơn vị"), to("2")), otherwise(to("3"))};
    CHECK(found(p).empty());
}

TEST_CASE("groups made of one another in a circle") {
    procedure_builder p;
    const auto group = [&](std::string code, std::vector<std::string> members) {
        p.role(code);
        p.made.parties.back().kind = party_kind::group;
        p.made.parties.back().members = std::move(members);
    };
    group("G", {"G"});
    group("G2", {"A", "G3"});
    group("G3", {"G2"});
    group("G4", {"G3", "A", "A"});
    p.add(a_step("1", {"A"}).with({"G", "G2", "G4"}).go(done(end())));
    CHECK(found(p) == list{"group_in_a_circle: G, G → G", "group_in_a_circle: G2, G2 → G3 → G2"});
    p.made.parties[1].members = {"A"};
    p.made.parties[3].members = {"A"};
    CHECK(found(p).empty());
}

TEST_CASE("roles defined by one another in a circle") {
    procedure_builder p;
    p.role("X").role("Y");
    for (int i : {1, 2}) p.made.parties[i].binding = binding_kind::head_of;
    p.made.parties[1].relative_to = "Y";
    p.made.parties[2].relative_to = "X";
    p.add(a_step("1", {"X"}).go(done(end())));
    CHECK(found(p) == list{"role_in_a_circle: X, Y"});
}

TEST_CASE("who only coordinates may be missed: a warning") {
    procedure_builder p;
    p.role_by("NTH", {"2"});
    p.add(a_step("1").with({"NTH"}).go(done(to("2"))))
        .add(a_step("2").assign("NTH").go(done(to("3"))))
        .add(a_step("3", {"NTH"}).go(done(end())));
    CHECK(found(p) == list{"role_maybe_not_bound: NTH, bước 1, bước 1"});
}

TEST_CASE("what the role says and what the steps do must agree") {
    procedure_builder p;
    p.role_by("NTH", {"1"});
    p.add(a_step("1").go(done(to("2")))).add(a_step("2", {"NTH"}).go(done(end())));
    CHECK(found(p) == list{"role_not_assigned_there: NTH, bước 1"});
    p.made.steps[0].assignments.emplace_back().role = "NTH";
    p.made.steps[1].assignments.emplace_back().role = "A";
    CHECK(found(p) == list{"assignment_not_declared: A, bước 2"});
    p.made.steps[1].assignments[0].role = "NTH";
    CHECK(found(p) == list{"assignment_not_declared: NTH, bước 2"});
}

TEST_CASE("an outside body needs somebody who records for it") {
    procedure_builder p;
    p.external("KH");
    p.add(a_step("1", {"KH"}).go(done(to("2")))).add(a_step("2").go(done(end())));
    CHECK(found(p) == list{"recorder_missing: KH, bước 1"});
    p.made.steps[0].recorder = "A";
    p.made.steps[1].recorder = "A";
    CHECK(found(p) == list{"recorder_not_needed: A, bước 2"});
}

TEST_CASE("led as another step: that step must have been done") {
    procedure_builder p;
    p.add(a_step("1").go(ok(to("2"))).go(nok(to("3"))))
        .add(a_step("2").go(done(to("3"))))
        .add(a_step("3", {}).go(done(end())));
    p.made.steps[2].lead.as_step = "2";
    CHECK(found(p) == list{"lead_as_step_not_done: bước 2, bước 3, bước 1 → bước 3"});
    p.made.steps[2].lead.as_step = "1";
    CHECK(found(p).empty());
}

TEST_CASE("different people where there is only one") {
    procedure_builder p;
    p.role("NPH");
    p.made.parties[1].binding = binding_kind::opener;
    p.add(procedure_builder::party_of(party_kind::position, "GĐ"));
    p.add(a_step("1", {"NPH"}).go(done(to("2"))))
        .add(a_step("2", {"NPH"}).go(done(to("3"))))
        .add(a_step("3", {"GĐ"}).go(done(to("4"))))
        .add(a_step("4", {"GĐ"}).go(done(to("5"))))
        .add(a_step("5").go(done(end())));
    p.made.steps[1].separations.emplace_back().steps = {"1"};
    p.made.steps[3].separations.emplace_back().steps = {"3", "1"};
    p.made.steps[4].separations.emplace_back().steps = {"5"};
    CHECK(found(p) == list{"separation_impossible: bước 2, bước 1",
                           "separation_impossible: bước 5, bước 5",
                           "separation_needs_two: bước 4, bước 3, GĐ"});
    p.made.steps[3].lead.or_delegate = true;
    p.made.steps[1].lead.parties = {"A"};
    p.made.steps[4].separations.clear();
    CHECK(found(p).empty());
}

TEST_CASE("an executor who must be different from himself") {
    procedure_builder p;
    p.role_by("NKT", {"1"});
    p.add(a_step("1").assign("NKT", {"NKT"}).go(done(to("2"))))
        .add(a_step("2", {"NKT"}).go(done(end())));
    CHECK(found(p) == list{"separation_impossible: NKT, NKT"});
}

TEST_CASE("who is asked in a consultation must be bound when its step is open") {
    procedure_builder p;
    p.role_by("NTH", {"1"});
    p.add(a_step("1").assign("NTH").go(done(to("2"))))
        .add(a_step("2").go(done(end())))
        .add(a_consultation("2a", {"2"}, {"NTH"}));
    CHECK(found(p).empty());
    p.made.steps[2].at_steps = {"1", "2"};
    CHECK(found(p) == list{"role_not_bound: NTH, xin ý kiến 2a, bước 1"});
    p.made.steps[2].at_steps.clear();
    p.made.steps[2].at_any_step = true;
    CHECK(found(p) == list{"role_not_bound: NTH, xin ý kiến 2a, bước 1"});
}

TEST_CASE("a case opened at a later step has not passed the earlier ones") {
    procedure_builder p;
    p.role_by("NTH", {"1"});
    p.add(a_step("1").assign("NTH").go(done(to("2")))).add(a_step("2", {"NTH"}).go(done(end())));
    p.made.may_open_at = {"2"};
    CHECK(found(p) == list{"role_not_bound: NTH, bước 2, bước 2"});
}
