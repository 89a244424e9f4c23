// SPDX-License-Identifier: BSL-1.0
// tests/check/links.cpp: linked procedures and what is carried over.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

namespace {

struct pair_of_procedures {
    procedure_builder here{"QT.A"}, there{"QT.B"};

    pair_of_procedures() {
        link_clause l;
        l.procedure = "QT.B";
        l.carrying = {{"Mô tả", ""}};
        here.form_of("BM", {{"Mô tả", field_type::text}, {"Hạn", field_type::day}});
        here.add(a_step("1").fill("BM").link(l).go(done(end())));
        there.form_of("BM", {{"Mô tả", field_type::text}, {"Ngày", field_type::day}});
        there.add(a_step("1").fill("BM").go(done(to("2")))).add(a_step("2").go(done(end())));
    }
    link_clause& link() { return here.made.steps[0].links[0]; }
    list found() const {
        check_context context;
        context.find_procedure = [this](std::string_view code) {
            return code == "QT.B" ? &there.made : nullptr;
        };
        return findings::lines(check(here.made, context));
    }
};

}  // namespace

TEST_CASE("a link to a known procedure with the same fields") {
    pair_of_procedures p;
    CHECK(p.found().empty());
    p.link().carrying = {{"Hạn", "Ngày"}};
    CHECK(p.found().empty());
}

TEST_CASE("a procedure that nobody knows is a warning, and none when there is nobody to ask") {
    pair_of_procedures p;
    p.link().procedure = "QT.C";
    CHECK(p.found() == list{"link_not_known: QT.C"});
    CHECK(check(p.here.made).total() == 0);
}

TEST_CASE("a code like the one that is missing is proposed, in the place of the code alone") {
    pair_of_procedures p;
    p.link().procedure = "QT.D";
    p.link().procedure_where = {0, {40, 44}};
    check_context context;
    context.find_procedure = [](std::string_view) { return nullptr; };
    const auto told = [&] {
        const auto all = check(p.here.made, context);
        REQUIRE(all.items.size() == 1);
        CHECK(all.items[0].where.range.begin == 40);
        return all.items[0].fix;
    };
    CHECK_FALSE(told());
    context.known_procedures = [] { return list{"QT.A", "QT.HTKH", "QT.DA", "QT.CTCL"}; };
    const auto fix = told();
    REQUIRE(fix);
    CHECK_FALSE(fix->safe);
    REQUIRE(fix->edits.size() == 1);
    CHECK(fix->edits[0].where.range.end == 44);
    CHECK(fix->edits[0].text == "QT.DA");
    p.link().procedure = "TO.TRINH";
    CHECK_FALSE(told());
    // Another number is another procedure, a number in another form is not.
    p.link().procedure = "QT.HTKH.2";
    context.known_procedures = [] { return list{"QT.HTKH.3"}; };
    CHECK_FALSE(told());
    context.known_procedures = [] { return list{"QT.HTKH.02", "QT.HTKH.03"}; };
    CHECK(told()->edits.at(0).text == "QT.HTKH.02");
}

TEST_CASE("where the other procedure may be entered") {
    pair_of_procedures p;
    p.link().at_step = "1";  // where it starts anyway
    CHECK(p.found().empty());
    p.link().at_step = "2";
    CHECK(p.found() == list{"link_entry_closed: QT.B, bước 2"});
    p.there.made.may_open_at = {"2"};
    CHECK(p.found().empty());
    p.link().at_step = "3";
    CHECK(p.found() == list{"link_step_not_found: QT.B, bước 3"});
}

TEST_CASE("what is carried must exist there, be of the same type, and be filled here") {
    pair_of_procedures p;
    p.link().carrying = {{"Hạn", ""}};
    CHECK(p.found() == list{"link_field_not_found: QT.B, Hạn"});
    p.link().carrying = {{"Mô tả", "Ngày"}};
    CHECK(p.found() == list{"link_field_differs: Mô tả, Ngày, QT.B"});
    p.link().carrying = {{"Mô tả", ""}};
    p.here.made.steps[0].acts.clear();
    CHECK(p.found() == list{"field_never_filled: Mô tả, BM, bước 1"});
    p.link().carrying = {{"Tên", ""}};
    CHECK(p.found() == list{"link_field_not_found: QT.B, Tên"});
}

TEST_CASE("a procedure that opens a case of its own kind needs nobody to be asked") {
    procedure_builder p;
    link_clause l;
    l.procedure = "QT.01";
    l.at_step = "2";
    p.add(a_step("1").link(l).go(done(to("2")))).add(a_step("2").go(done(end())));
    CHECK(findings::lines(check(p.made)) == list{"link_entry_closed: QT.01, bước 2"});
    p.made.may_open_at = {"2"};
    CHECK(check(p.made).total() == 0);
}
