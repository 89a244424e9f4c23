// SPDX-License-Identifier: BSL-1.0
// tests/check/approvals.cpp: ways around an approval, and ways that are none; people enough for
// duties that must differ; keepers; names that look alike.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

namespace {

list found(const procedure_builder& p) { return findings::lines(check(p.made)); }

/// 1 writes K, 2 looks at it, 3 approves it, 4 works by it, 5 gives the answer.
procedure_builder approved(branch from_two) {
    procedure_builder p;
    p.form_of("K", {{"Nội dung", field_type::text}});
    p.add(a_step("1").fill("K").go(done(to("2"))))
        .add(a_step("2").use("K").go(ok(to("3"))).go(std::move(from_two)))
        .add(a_step("3").approve("K").act_if(outcome("OK")).go(ok(to("4"))).go(nok(to("1"))))
        .add(a_step("4").use("K").go(done(to("5"))))
        .add(a_step("5").go(done(end())));
    return p;
}

}  // namespace

TEST_CASE("looking at a form before its approval, and going back, is no way around it") {
    CHECK(found(approved(nok(to("1")))).empty());
    CHECK(found(approved(nok(end("Không cấp")))).empty());
}

TEST_CASE("a form that is used around its approval, with the way") {
    CHECK(found(approved(nok(to("4")))) ==
          list{"approval_bypassed: bước 4, K, bước 3, bước 1 → bước 2 → NOK → bước 4"});
    // Refused by the very approval: whoever decides has been asked.
    auto p = approved(nok(to("1")));
    p.made.steps[2].branches[1].to = to("5");
    CHECK(found(p).empty());
}

TEST_CASE("a step behind an approval that a refusal reaches without it deserves a look") {
    CHECK(found(approved(nok(to("5")))) ==
          list{"approval_skipped: bước 5, bước 3, K, bước 1 → bước 2 → NOK → bước 5"});
    // Without a form that is approved there is nothing to leave out.
    auto p = approved(nok(to("5")));
    p.made.steps[2].acts.clear();
    CHECK(found(p).empty());
}

TEST_CASE("where a case may be opened later is not a way around") {
    auto p = approved(nok(to("1")));
    p.made.may_open_at = {"5"};
    CHECK(found(p).empty());
}

TEST_CASE("every fourth of thousands of steps approves: one pass, no finding") {
    procedure_builder p;
    p.form_of("K", {{"Nội dung", field_type::text}});
    constexpr int count = 4'000;
    for (int i = 1; i <= count; ++i) {
        auto s = a_step(std::to_string(i));
        if (i == 1) s.fill("K");
        if (i % 4 == 0) s.approve("K").act_if(outcome("OK"));
        p.add(s.go(ok(i == count ? end() : to(std::to_string(i + 1)))).go(nok(to("1"))));
    }
    CHECK(check(p.made).total() == 0);
}

namespace {

/// Three steps led by one group, each by another person than those before.
procedure_builder three(std::vector<std::string> members, party_kind kind) {
    procedure_builder p;
    for (const auto& m : members) p.add(procedure_builder::party_of(kind, m));
    party g = procedure_builder::party_of(party_kind::group, "N");
    g.members = members;
    p.add(g);
    auto second = a_step("2", {"N"}), third = a_step("3", {"N"});
    second.made.separations.push_back({{"1"}, {}});
    third.made.separations.push_back({{"1", "2"}, {}});
    p.add(a_step("1", {"N"}).go(done(to("2"))))
        .add(second.go(done(to("3"))))
        .add(third.go(done(end())));
    return p;
}

}  // namespace

TEST_CASE("duties that must all differ need as many people") {
    CHECK(found(three({"GĐ", "PGĐ"}, party_kind::position)) ==
          list{"separation_too_few: bước 1, bước 2, bước 3, 3, 2, GĐ, PGĐ"});
    CHECK(found(three({"GĐ", "PGĐ", "TP"}, party_kind::position)).empty());
    CHECK(found(three({"PA", "PB"}, party_kind::unit)).empty());  // a unit is people enough
}

TEST_CASE("two roles that are one person cannot be two") {
    procedure_builder p;
    for (const char* code : {"NM", "NK"}) {
        party r = procedure_builder::party_of(party_kind::role, code);
        r.binding = binding_kind::opener;
        p.add(r);
    }
    auto second = a_step("2", {"NK"});
    second.made.separations.push_back({{"1"}, {}});
    p.add(a_step("1", {"NM"}).go(done(to("2")))).add(second.go(done(end())));
    CHECK(found(p) == list{"separation_too_few: bước 1, bước 2, 2, 1, người mở hồ sơ"});
}

TEST_CASE("roles of one group, each other than those before") {
    procedure_builder p;
    p.add(procedure_builder::party_of(party_kind::position, "GĐ"));
    p.add(procedure_builder::party_of(party_kind::position, "PGĐ"));
    party g = procedure_builder::party_of(party_kind::group, "N");
    g.members = {"GĐ", "PGĐ"};
    p.add(g).role_by("R1", {"1"}).role_by("R2", {"1"}).role_by("R3", {"1"});
    auto s = a_step("1").assign("R1").assign("R2", {"R1"}).assign("R3", {"R1", "R2"});
    for (auto& a : s.made.assignments) a.within = "N";
    p.add(s.go(done(to("2")))).add(a_step("2", {"R1", "R2", "R3"}).go(done(end())));
    CHECK(found(p) == list{"separation_too_few: R1, R2, R3, 3, 2, GĐ, PGĐ"});
    p.made.steps[0].assignments[2].different_from = {"R2"};
    CHECK(found(p).empty());
}

TEST_CASE("names that look alike, and names that only have a letter to tell them apart") {
    const auto fields = [](std::string a, std::string b) {
        procedure_builder p;
        p.form_of("F", {{std::move(a), field_type::text}, {std::move(b), field_type::text}});
        p.add(a_step("1").fill("F").go(done(end())));
        return findings::names(check(p.made));
    };
    const list told{"names_look_alike"};
    CHECK(fields("Ghi hoà giải", "Ghi hòa giải") == told);
    CHECK(fields("Kết quả", "kết quả") == told);
    CHECK(fields("Document", "Documant") == told);
    CHECK(fields("Số công văn", "Số công vănn") == told);
    CHECK(fields("Người ký 1", "Người ký 2").empty());
    CHECK(fields("Đại diện bên A", "Đại diện bên B").empty());
    CHECK(fields("Người ký", "Người lý").empty());
    CHECK(fields("Ngày nhận", "Ngày trả").empty());
}

TEST_CASE("thousands of names are compared at the cost of their letters") {
    procedure_builder p;
    std::vector<std::pair<std::string, field_type>> fields;
    for (int i = 0; i < 3'000; ++i)
        fields.emplace_back("Thông tin số " + std::to_string(i), field_type::text);
    p.form_of("F", std::move(fields));
    p.add(a_step("1").fill("F").go(done(end())));
    CHECK(check(p.made).total() == 0);
}
