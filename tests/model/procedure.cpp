// SPDX-License-Identifier: BSL-1.0
// tests/model/procedure.cpp: finding, equal meaning, and the bytes that are pinned.
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;

TEST_CASE("finding by code, and the first step that is not a consultation") {
    procedure_builder p;
    p.role("ĐVTH").form_of("KHTH", {{"Ngày", field_type::day}});
    p.add(a_consultation("1a", {"1"})).add(a_step("1").go(done(end())));
    p.made.catalogues.emplace_back().code = "K6";
    p.made.records.emplace_back().code = "HS.01";
    CHECK(p.made.find_party("ĐVTH") == &p.made.parties[1]);
    CHECK(p.made.find_party("ĐVT") == nullptr);
    CHECK(p.made.find_form("KHTH") == &p.made.forms[0]);
    CHECK(p.made.find_form("") == nullptr);
    CHECK(p.made.find_catalogue("K6") != nullptr);
    CHECK(p.made.find_record("HS.01") != nullptr);
    CHECK(p.made.find_step("1a") == &p.made.steps[0]);
    REQUIRE(p.made.first_step() != nullptr);
    CHECK(p.made.first_step()->id == "1");
    CHECK(procedure{}.first_step() == nullptr);
    CHECK(p.made.forms[0].find("Ngày") == &p.made.forms[0].fields[0]);
    CHECK(p.made.forms[0].find("ngày") == nullptr);
}

TEST_CASE("the index of steps is only a help: a stale or copied one never gives a wrong answer") {
    procedure_builder p;
    for (int i = 40; i > 0; --i) p.add(a_step(std::to_string(i)));
    p.made.index_steps();
    for (int i = 1; i <= 40; ++i) {
        const auto* found = p.made.find_step(std::to_string(i));
        REQUIRE(found != nullptr);
        CHECK(found->id == std::to_string(i));
    }
    CHECK(p.made.find_step("41") == nullptr);

    const procedure copy = p.made;
    CHECK(copy.find_step("7") != p.made.find_step("7"));
    CHECK(copy.find_step("7") == &copy.steps[33]);

    p.made.steps[0].id = "new";  // renamed behind the index
    CHECK(p.made.find_step("new") == &p.made.steps[0]);
    CHECK(p.made.find_step("40") == nullptr);
    p.made.steps.pop_back();
    CHECK(p.made.find_step("1") == nullptr);
    CHECK(p.made.find_step("2") != nullptr);
}

TEST_CASE("of two steps with one id the first printed is found, with and without the index") {
    procedure_builder p;
    for (int i = 0; i < 40; ++i) p.add(a_step(std::to_string(i % 20)));
    CHECK(p.made.find_step("5") == &p.made.steps[5]);
    p.made.index_steps();
    CHECK(p.made.find_step("5") == &p.made.steps[5]);
}

TEST_CASE("same meaning: places, sources, hash and dialect aside, everything counts") {
    procedure_builder p;
    p.role("ĐVTH").form_of("KHTH", {{"Ngày", field_type::day}}).overall(days(10));
    p.add(a_step("1").fill("KHTH").limit(within(days(3))).go(done(end())));
    procedure same = p.made;
    same.words = dialect::en;
    same.hash[0] = 1;
    same.sources.emplace_back("a", "b");
    same.where.range = {1, 2};
    same.steps[0].where.range = {1, 2};
    same.steps[0].branches[0].where.range = {3, 4};
    same.steps[0].branches[0].to.where.range = {3, 4};
    same.steps[0].limits[0].where.range = {5, 6};
    same.parties[1].where.range = {7, 8};
    same.forms[0].fields[0].where.range = {9, 9};
    CHECK(p.made.same_meaning(same));

    const auto differs = [&](auto change) {
        procedure other = p.made;
        change(other);
        return !p.made.same_meaning(other);
    };
    CHECK(differs([](procedure& o) { o.title += "!"; }));
    CHECK(differs([](procedure& o) { o.rule = counting_rule::working_time; }));
    CHECK(differs([](procedure& o) { o.no_records_stated = false; }));
    CHECK(differs([](procedure& o) { o.head.agency = "x"; }));
    CHECK(differs([](procedure& o) { o.overall[0].length.count.mantissa = 11; }));
    CHECK(differs([](procedure& o) { o.parties[1].binding = binding_kind::at_opening; }));
    CHECK(differs([](procedure& o) { o.forms[0].fields[0].required = false; }));
    CHECK(differs([](procedure& o) { o.forms[0].boxes.emplace_back(); }));
    CHECK(differs([](procedure& o) { o.steps[0].lead.or_delegate = true; }));
    CHECK(differs([](procedure& o) { o.steps[0].acts[0].box = "1"; }));
    CHECK(differs([](procedure& o) { o.steps[0].limits[0].from.first = true; }));
    CHECK(differs([](procedure& o) { o.steps[0].branches[0].reason = true; }));
    CHECK(differs([](procedure& o) { o.steps[0].branches[0].to.end_kind = "Đạt"; }));
    CHECK(differs([](procedure& o) { o.steps[0].source.notes.push_back("x"); }));
    CHECK(differs([](procedure& o) { o.steps[0].not_counted = true; }));
    CHECK(differs([](procedure& o) { o.steps.emplace_back(); }));
    CHECK(differs([](procedure& o) { o.rights.emplace_back(); }));
    CHECK(differs([](procedure& o) { o.documents.emplace_back(); }));
    CHECK(differs([](procedure& o) { o.terms.emplace_back(); }));
    CHECK(differs([](procedure& o) { o.records.emplace_back(); }));
    CHECK(differs([](procedure& o) { o.catalogues.emplace_back(); }));
}

TEST_CASE("closed text: texts and names come back byte for byte") {
    const std::vector<source_text> texts = {{"quy trình.quytrinh", "dòng 1\r\ndòng 2"},
                                            {"", ""},
                                            {"a b\n7 1 x", std::string("\0\n", 2)}};
    const std::string bytes = closed_text(texts);
    const auto back = open_closed_text(bytes).value();
    REQUIRE(back.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        CHECK(back[i].name() == texts[i].name());
        CHECK(back[i].text() == texts[i].text());
    }
    CHECK(closed_text(back) == bytes);
    CHECK(open_closed_text(closed_text({})).value().empty());
}

TEST_CASE("closed text: a forged name cannot make two sets of files the same bytes") {
    const std::string one = closed_text({{"a\n0 1 b", ""}});
    const std::string two = closed_text({{"a", ""}, {"b", ""}});
    CHECK(one != two);
    CHECK(open_closed_text(one).value().size() == 1);
}

TEST_CASE("closed text: every cut and every other damage is refused, none crashes") {
    const std::string bytes = closed_text({{"a", "xyz"}, {"b", "1234567890123"}});
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        CAPTURE(length);
        const auto cut = open_closed_text(std::string_view(bytes).substr(0, length));
        REQUIRE_FALSE(cut.has_value());
        CHECK(cut.error().code == errc::store_corrupt);
    }
    CHECK_FALSE(open_closed_text(bytes + "\n").has_value());
    for (const char* wrong :
         {"quytrinh-texts 2 0\n", "quytrinh-texts 1 -1\n", "quytrinh-texts 1 01\n",
          "quytrinh-texts 1 99999999999999999999\n", "quytrinh-texts 1 4000000000\n",
          "quytrinh-texts 1 1\n9999999999 1 a\n\n", "quytrinh-texts 1 1\n0 9999999999 a\n\n",
          "quytrinh-texts 1 1\n00 1 a\n\n", "quytrinh-texts 1 1\n0 1 a\nx"})
        CHECK_FALSE(open_closed_text(wrong).has_value());
}
