// SPDX-License-Identifier: BSL-1.0
// tests/check/names.cpp: what names nothing, and what nothing uses.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

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

TEST_CASE("codes and step ids that name nothing") {
    procedure_builder p;
    p.add(a_step("1", {"X"}).with({"Y"}).go(done(to("2"))));
    p.add(a_step("2")
              .fill("BM")
              .limit(within(days(3), anchor::kind::completion, "7"))
              .go(done(end())));
    p.made.steps[1].separations.emplace_back().steps = {"8"};
    p.made.steps[1].lead.as_step = "9";
    CHECK(found(p) == list{"step_not_found: bước 9, chủ trì như",
                           "step_not_found: bước 8, khác người ở",
                           "step_not_found: bước 7, kể từ khi", "party_not_found: X",
                           "party_not_found: Y", "form_not_found: BM"});
}

TEST_CASE("fields that are not there, or stand in two forms") {
    procedure_builder p;
    p.form_of("BM.01", {{"Hạn", field_type::day}}).form_of("BM.02", {{"Hạn", field_type::day}});
    p.add(a_step("1").fill("BM.01").fill("BM.02").go(done(to("2"))));
    p.add(a_step("2").go(when(filled("Hạn"), end())).go(otherwise(end())));
    CHECK(found(p) == list{"field_not_clear: Hạn"});
    p.made.steps[1].branches[0].when = compare(field("Hạn", "BM.02"), comparison::filled);
    CHECK(found(p).empty());
    p.made.steps[1].branches[0].when = compare(field("Hẹn", "BM.02"), comparison::filled);
    CHECK(found(p) == list{"field_not_found: Hẹn, trong BM.02"});
    p.made.steps[1].branches[0].when = filled("Hẹn");
    CHECK(found(p) == list{"field_not_found: Hẹn, "});
}

TEST_CASE("a form with the content of another has its fields; a circle of them ends") {
    procedure_builder p;
    p.form_of("BM.01", {{"Hạn", field_type::day}}).form_of("BB", {});
    p.made.forms[1].content_of = "BM.01";
    p.add(a_step("1").fill("BB").go(done(to("2"))));
    p.add(a_step("2")
              .go(when(compare(field("Hạn", "BB"), comparison::filled), end()))
              .go(otherwise(end())));
    CHECK(found(p).empty());
    p.made.forms[0].content_of = "BB";
    p.made.forms[0].fields.clear();
    CHECK(found(p) == list{"field_not_found: Hạn, trong BB"});
}

TEST_CASE("a box that the form does not have, and a consultation placed nowhere") {
    procedure_builder p;
    p.form_of("BM", {{"Hạn", field_type::day}});
    p.made.forms[0].boxes.emplace_back().number = "1";
    p.made.forms[0].fields[0].box = "1";
    p.add(a_step("1").fill("BM", "2").go(done(end()))).add(a_consultation("1a", {"4"}));
    CHECK(found(p) == list{"consultation_nowhere: xin ý kiến 1a, bước 4", "box_not_found: BM, 2"});
}
