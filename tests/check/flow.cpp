// SPDX-License-Identifier: BSL-1.0
// tests/check/flow.cpp: targets, unreachable steps, dead ends, loops without exit.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

static list found(const procedure_builder& p) { return findings::lines(check(p.made)); }

TEST_CASE("a sound procedure has no findings") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2")))).add(a_step("2").go(ok(end())).go(nok(to("1"))));
    const auto d = check(p.made);
    CHECK(findings::lines(d).empty());
    CHECK(d.ok());
    CHECK(d.total() == 0);
}

TEST_CASE("a target that is no step gives one finding and excuses what it might have led to") {
    procedure_builder p;
    p.add(a_step("1").go(ok(to("22"))).go(nok(to("1"))))
        .add(a_step("2").go(done(to("3"))))
        .add(a_step("3").go(done(end())));
    CHECK(found(p) == list{"unknown_target: OK, bước 22"});
}

TEST_CASE("the way out of a counted branch is a target too") {
    procedure_builder p;
    branch back = nok(to("1"));
    back.at_most = 2;
    back.afterwards = to("9");
    p.add(a_step("1").go(ok(end())).go(back));
    CHECK(found(p) == list{"unknown_target: NOK, bước 9"});
}

TEST_CASE("a branch into a consultation") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("1a")))).add(a_consultation("1a", {"1"}));
    CHECK(found(p) == list{"target_is_consultation: xong, 1a, Bước 1a"});
    const auto d = check(p.made);
    REQUIRE(d.items[0].related.size() == 1);
}

TEST_CASE("unreachable: the beginning of a chain or ring is named, the rest is told beside it") {
    procedure_builder p;
    p.add(a_step("1").go(done(end())))
        .add(a_step("2").go(done(to("3"))))
        .add(a_step("3").go(done(end())))
        .add(a_step("4").go(ok(to("5"))).go(nok(end())))
        .add(a_step("5").go(done(to("4"))));
    const auto d = check(p.made);
    CHECK(findings::lines(d) == list{"unreachable_step: bước 2", "unreachable_step: bước 4"});
    CHECK(d.items[0].related.size() == 1);
    CHECK(d.items[0].related[0].args == list{"bước 3"});
    CHECK(d.items[0].heading == "quy trình QT.01 › bước 2 \"Bước 2\"");
}

TEST_CASE("a step where a linked case may be opened is reached") {
    procedure_builder p;
    p.add(a_step("1").go(done(end()))).add(a_step("2").go(done(end())));
    p.made.may_open_at = {"2"};
    CHECK(found(p).empty());
    p.made.may_open_at = {"7"};  // that there is none is the language's to say
    CHECK(found(p) == list{"unreachable_step: bước 2"});
}

TEST_CASE("a dead end is named once, however many steps lead into it") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2")))).add(a_step("2").go(done(to("3")))).add(a_step("3"));
    CHECK(found(p) == list{"no_way_on: bước 3"});
    p.made.steps_in_order = true;
    CHECK(found(p).empty());
}

TEST_CASE("a loop without exit is named once, with its steps") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").go(done(to("3"))))
        .add(a_step("3").go(ok(to("2"))).go(nok(to("3"))));
    CHECK(found(p) == list{"loop_without_exit: bước 2, bước 3"});
    p.made.steps[2].branches[0].to = end();
    CHECK(found(p).empty());
}

TEST_CASE(
    "a loop with an unknown way out, and one that leaves by its count, are not without exit") {
    procedure_builder p;
    p.add(a_step("1").go(ok(to("9"))).go(nok(to("1"))));
    CHECK(found(p) == list{"unknown_target: OK, bước 9"});
    procedure_builder q;
    branch again = nok(to("1"));
    again.at_most = 3;
    again.afterwards = end("Dừng");
    q.add(a_step("1").go(ok(to("1"))).go(again));
    CHECK(found(q).empty());
}

TEST_CASE("independent mistakes give a finding each") {
    procedure_builder p;
    p.add(a_step("1").go(ok(to("2"))))  // no NOK
        .add(a_step("2").go(ok(to("3"))).go(nok(to("4"))))
        .add(a_step("3"))                         // no way on
        .add(a_step("4").go(done(to("4"))))       // never leaves
        .add(a_step("5").go(done(end())))         // unreachable
        .add(a_step("6", {}).go(done(to("5"))));  // nobody leads
    CHECK(findings::names(check(p.made)) == list{"unreachable_step", "no_way_on",
                                                 "loop_without_exit", "outcome_pair_missing",
                                                 "lead_missing"});
}

TEST_CASE("no step at all") {
    procedure_builder p;
    CHECK(findings::names(check(p.made)) == list{"no_steps"});
}

TEST_CASE("a consultation may not have branches") {
    procedure_builder p;
    p.add(a_step("1").go(done(end()))).add(a_consultation("1a", {"1"}).go(done(to("1"))));
    CHECK(found(p) == list{"consultation_has_branches: 1a"});
}

TEST_CASE("messages are in the dialect of the file") {
    procedure_builder p;
    p.made.words = dialect::en;
    p.add(a_step("1").go(done(to("2"))));
    const auto d = check(p.made);
    CHECK(findings::lines(d) == list{"unknown_target: done, step 2"});
    CHECK(d.items[0].heading == "procedure QT.01 › step 1 \"Bước 1\"");
    CHECK(message_of(d.items[0], language::en) ==
          "branch done leads to step 2, which this procedure does not have");
}

TEST_CASE("a loop that turns by itself needs a bound; one that somebody chooses does not") {
    procedure_builder p;
    p.form_of("F", {{"Đủ", field_type::yes_no}});
    branch back = otherwise(to("1"));
    const auto told = [&] {
        procedure_builder q = p;
        q.add(a_step("1").fill("F").go(done(to("2"))))
            .add(a_step("2").go(when(is("Đủ", value::yes_no(true)), end())).go(branch(back)));
        return findings::lines(check(q.made));
    };
    CHECK(told() == list{"loop_without_bound: bước 2 → bước 1 → bước 2"});
    back.reason = true;
    CHECK(told().empty());
    back.reason = false;
    back.at_most = 3;
    back.afterwards = end();
    CHECK(told().empty());
    // What follows the count may lead back too, and that is not counted.
    back.afterwards = to("1");
    CHECK(told() == list{"loop_without_bound: bước 2 → bước 1 → bước 2"});
    procedure_builder chosen;
    chosen.add(a_step("1").go(done(to("2")))).add(a_step("2").go(ok(end())).go(nok(to("1"))));
    CHECK(findings::lines(check(chosen.made)).empty());
}
