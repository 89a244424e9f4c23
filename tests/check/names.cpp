// SPDX-License-Identifier: BSL-1.0
// tests/check/names.cpp: what names nothing, and what nothing uses.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/unread.hpp>

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

// An unknown party excused forms that nobody fills in.
TEST_CASE("a name that means nothing may be a misspelt one, so the unused of its kind is excused") {
    procedure_builder p;
    p.unit("B").form_of("BM", {{"Hạn", field_type::day}}).form_of("BX", {});
    p.add(a_step("1", {"A"}).fill("BM").go(done(end())));
    CHECK(found(p) == list{"party_never_used: đơn vị B", "form_never_used: BX"});
    p.made.steps[0].lead.parties = {"b"};
    CHECK(found(p) == list{"form_never_used: BX"});
    p.made.steps[0].lead.parties = {"A"};
    p.made.steps[0].acts[0].code = "BN";
    CHECK(found(p) == list{"party_never_used: đơn vị B"});
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
    const std::size_t whole = found(p).size();
    const auto without = [&](auto&& lose) {
        unread_clauses lost;
        lost.steps.resize(2);
        lose(lost);
        p.made.unread = std::make_shared<const unread_clauses>(lost);
        return found(p);
    };
    using lost = unread_clauses;
    // Nothing that says something was lost: nothing is held back.
    CHECK(without([](lost&) {}).size() == whole);
    const auto tells = [](const list& all, const char* what) {
        return std::any_of(all.begin(), all.end(),
                           [&](const std::string& one) { return one.rfind(what, 0) == 0; });
    };
    // A line of one step excuses nothing in another.
    const list of_first = without([](lost& one) { one.steps[0] = lost::everything; });
    CHECK(tells(of_first, "unknown_target"));
    CHECK(tells(of_first, "outcome_pair_missing"));
    CHECK_FALSE(tells(of_first, "party_never_used"));
    const list of_second = without([](lost& one) { one.steps[1] = lost::ways; });
    CHECK_FALSE(tells(of_second, "outcome_pair_missing"));
    CHECK(tells(of_second, "fraction_not_counted"));
    // Nor does a line of the heading that says something else.
    CHECK(tells(without([](lost& one) { one.heading = lost::plain; }), "fraction_not_counted"));
    CHECK_FALSE(
        tells(without([](lost& one) { one.heading = lost::rule; }), "fraction_not_counted"));
    CHECK_FALSE(tells(without([](lost& one) { one.names = {"3"}; }), "unknown_target"));
    p.made.steps[0].branches.clear();
    p.made.steps[1].branches.clear();
    CHECK(tells(without([](lost& one) { one.heading = lost::rule; }), "no_way_on"));
    CHECK_FALSE(tells(without([](lost& one) { one.heading = lost::order; }), "no_way_on"));
}
