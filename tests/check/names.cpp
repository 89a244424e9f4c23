// SPDX-License-Identifier: BSL-1.0
// tests/check/names.cpp: what names nothing, and what nothing uses.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

static list found(const procedure_builder& p) { return findings::lines(check(p.made)); }

TEST_CASE("what is declared and never used, but only in the procedure's own file") {
    procedure_builder p;
    p.unit("B").external("KH").form_of("BM", {{"Chữ", field_type::text}});
    p.made.catalogues.emplace_back().code = "K6";
    p.made.catalogues.emplace_back().code = "BK";
    p.made.catalogues[1].is_checklist = true;
    p.made.records.emplace_back().code = "HS";
    p.made.records[0].parts.emplace_back().forms = {"Sổ theo dõi"};
    p.add(a_step("1").go(done(end())));
    CHECK(found(p) == list{"party_never_used: đơn vị B", "party_never_used: bên ngoài KH",
                           "form_never_used: BM", "catalogue_never_used: danh mục K6",
                           "catalogue_never_used: bảng kiểm BK", "record_never_kept: HS"});
    for (auto& it : p.made.parties) it.where.file = 1;
    for (auto& it : p.made.forms) it.where.file = 1;
    for (auto& it : p.made.catalogues) it.where.file = 1;
    for (auto& it : p.made.records) it.where.file = 1;
    CHECK(found(p).empty());
}

TEST_CASE("every place that names a party uses it") {
    const auto used = [](void (*use)(procedure&)) {
        procedure_builder p;
        p.unit("B");
        p.add(a_step("1").go(done(end())));
        use(p.made);
        return found(p).empty();
    };
    CHECK_FALSE(used([](procedure&) {}));
    CHECK(used([](procedure& p) { p.steps[0].lead.parties = {"A", "B"}; }));
    CHECK(used([](procedure& p) { p.steps[0].with.emplace_back().parties = {"B"}; }));
    CHECK(used([](procedure& p) { p.steps[0].inform.emplace_back().parties = {"B"}; }));
    CHECK(used([](procedure& p) { p.head.owners = {"B"}; }));
    CHECK(used([](procedure& p) { p.head.copies.emplace_back().parties = {"B"}; }));
    CHECK(used([](procedure& p) { p.rights.emplace_back().parties = {"B"}; }));
    CHECK(used([](procedure& p) { p.parties[0].within = "B"; }));
    CHECK(used([](procedure& p) { p.parties[0].members = {"B"}; }));
    CHECK(used([](procedure& p) {
        p.records.emplace_back().keepers = {"B"};
        p.records[0].where.file = 1;
    }));
}

TEST_CASE("a role that is only assigned has nothing to do") {
    procedure_builder p;
    p.role_by("NTH", {"1"});
    p.add(a_step("1").assign("NTH").go(done(to("2")))).add(a_step("2").go(done(end())));
    CHECK(found(p) == list{"assigned_role_unused: vai trò NTH"});
    p.made.steps[1].lead.parties = {"NTH"};
    CHECK(found(p).empty());
}

TEST_CASE("a name that means nothing may be a misspelt one, so the unused is excused") {
    procedure_builder p;
    p.unit("B").form_of("BM", {{"Hạn", field_type::day}});
    p.add(a_step("1", {"A"}).fill("BM").go(done(end())));
    CHECK(found(p) == list{"party_never_used: đơn vị B"});
    p.made.steps[0].lead.parties = {"b"};
    CHECK(found(p).empty());
    p.made.steps[0].lead.parties = {"B"};
    p.made.steps[0].acts[0].code = "BN";
    CHECK(found(p).empty());
}

TEST_CASE("a form with the content of another has its fields; a circle of them ends") {
    procedure_builder p;
    p.form_of("BM.01", {{"Hạn", field_type::day}}).form_of("BB", {});
    p.made.forms[1].content_of = "BM.01";
    p.add(a_step("1").fill("BB").go(done(to("2"))));
    p.add(a_step("2")
              .go(when(compare(field("Hạn", "BB"), comparison::is, {literal("x")}), end()))
              .go(otherwise(end())));
    CHECK(found(p) == list{"types_differ: \"Hạn\", ngày, \"x\", chữ"});
    p.made.forms[0].content_of = "BB";
    p.made.forms[0].fields.clear();
    CHECK(found(p).empty());
}

TEST_CASE("a consultation inside a consultation, and a case that would open in one") {
    procedure_builder p;
    p.add(a_step("1").go(done(end())))
        .add(a_consultation("1a", {"1"}))
        .add(a_consultation("1b", {"1a"}));
    p.made.may_open_at = {"1a"};
    CHECK(found(p) == list{"entry_is_no_step: xin ý kiến 1a",
                           "consultation_nowhere: xin ý kiến 1b, xin ý kiến 1a"});
}

TEST_CASE("of a draft only what stands in it is judged, not what may be missing") {
    procedure_builder p;
    p.unit("B").role_by("NTH", {"1"}).form_of("BM", {{"Loại", field_type::one_of}});
    p.made.forms[0].fields[0].choices = {"a"};
    p.made.no_deadlines_stated = p.made.no_records_stated = false;
    p.add(a_step("1", {"NTH"})
              .fill("BM")
              .limit(within(of(decimal::of(5, 1), time_unit::working_day)))
              .go(when(is("Loại", "b"), to("2")))
              .go(otherwise(to("3"))));
    p.add(a_step("2").go(ok(end())));
    CHECK(findings::names(check(p.made)).size() == 9);
    p.made.is_draft = true;
    CHECK(found(p) ==
          list{"unknown_target: còn lại, bước 3", "outcome_pair_missing: bước 2, OK, NOK"});
    p.made.steps[0].branches.clear();
    p.made.steps[1].branches.clear();
    CHECK(found(p).empty());  // perhaps the steps were meant to be in order
}
