// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_different.cpp: the rules of different persons: `khác người ở bước N`,
// `phân công NKT, khác NTH`, in whatever order the two come.
#include <quytrinh/engine/kernel.hpp>

#include "engine/play.hpp"

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::nok;
using build::ok;
using build::procedure_builder;
using build::to;
using words = std::vector<std::string>;

TEST_CASE("another person than at step N") {
    procedure_builder b;
    b.unit("P").add(a_step("1").go(done(to("2"))));
    auto s = a_step("2", {"A", "P"}).go(done(end()));
    s.made.lead.how = lead_clause::mode::any;
    s.made.separations.push_back({{"1"}, {}});
    b.add(s);
    one_case c(b);
    c.open("A/nv1");
    c.complete("A/nv1", "1");
    CHECK(c.cannot_complete("A/nv1", "2") == errc::same_person);
    CHECK(c.refused.who_could == words{"P"});  // of A, only the sentence says that another is meant
    CHECK(c.refused.args == words{"A/nv1", "1", "2", "A", ""});
    CHECK(c.cannot_complete("A", "2") == errc::person_missing);  // who of A is not said
    CHECK(c.no("A/nv1", command::claim{"2"}) == errc::same_person);
    CHECK(c.cannot_complete("P/nv1", "2") == errc::same_person);  // the same person in another unit
    c.complete("A/nv2", "2");
}

// A unit without a name passed for another person than `A/a`, who works at both desks.
TEST_CASE("where persons must differ nobody acts without a name, of whichever unit") {
    procedure_builder b;
    b.unit("P").add(a_step("1").go(done(to("2"))));
    auto other = a_step("2", {"P"}).go(done(to("3")));
    other.made.separations.push_back({{"1"}, {}});
    b.add(other).add(a_step("3").go(done(end())));
    one_case c(b);
    c.open("A");
    // Already at the step that the rule names: done by nobody it would leave nobody for step 2.
    CHECK(c.cannot_complete("A", "1") == errc::person_missing);
    CHECK(c.refused.args == words{"1", "", "2", "", ""});
    CHECK(c.no("A", command::claim{"1"}) == errc::person_missing);
    c.complete("A/a", "1");
    CHECK(c.cannot_complete("P", "2") == errc::person_missing);
    CHECK(c.refused.args == words{"2", "1", "", "", ""});
    CHECK(c.cannot_complete("P/a", "2") == errc::same_person);
    one_case fine = c;
    fine.complete("P/b", "2");
    fine.complete("A", "3");  // no rule names this one
    // A fact without a name from elsewhere: it may have been anybody.
    c.state.steps.at("1").actors = {{"A", ""}};
    CHECK(c.cannot_complete("P/b", "2") == errc::same_person);
    CHECK(c.cannot_complete("P", "2") == errc::person_missing);
}

TEST_CASE("executor and checker of two units are named where they act") {
    procedure_builder b;
    b.unit("P").unit("Q").role_by("NTH", {"1"}).role_by("NKT", {"1"});
    b.add(a_step("1").assign("NTH").assign("NKT", {"NTH"}).go(done(to("2"))));
    b.add(a_step("2", {"NTH"}).go(done(to("3"))));
    b.add(a_step("3", {"NKT"}).go(done(end())));
    one_case c(b);
    c.open("A");
    c.complete("A", "1", {.assign = {{"NTH", "P", ""}, {"NKT", "Q", ""}}});
    CHECK(c.cannot_complete("P", "2") == errc::person_missing);
    CHECK(c.refused.args == words{"2", "", "", "", "NKT"});
    c.complete("P/p1", "2");
    CHECK(c.cannot_complete("Q", "3") == errc::person_missing);
    CHECK(c.refused.args == words{"3", "", "", "NTH", ""});
    CHECK(c.cannot_complete("Q/p1", "3") == errc::same_person);
    c.complete("Q/p2", "3");
}

// The step opened for the one person who may never do it.
TEST_CASE("nobody is named for a step from which he is barred by what he did") {
    procedure_builder b;
    b.unit("P").role_by("NTH", {"2"});
    b.add(a_step("1").go(done(to("2"))));
    b.add(a_step("2").assign("NTH").go(done(to("3"))));
    auto s = a_step("3", {"NTH"}).go(done(end()));
    s.made.separations.push_back({{"1", "2"}, {}});
    b.add(s);
    one_case c(b);
    c.open("A/a");
    c.complete("A/a", "1");
    CHECK(c.cannot_complete("A/b", "2", {.assign = {{"NTH", "P", "a"}}}) == errc::same_person);
    CHECK(c.refused.args == words{"P/a", "1", "3", "P", ""});
    // Who names himself for what somebody else must do.
    CHECK(c.cannot_complete("A/b", "2", {.assign = {{"NTH", "P", "b"}}}) == errc::same_person);
    CHECK(c.refused.args == words{"P/b", "2", "3", "P", ""});
    c.complete("A/b", "2", {.assign = {{"NTH", "P", "c"}}});
    c.complete("P/c", "3");
}

// Only NKT was held against NTH: bound or at work after NKT, NTH could be the same person.
TEST_CASE("whoever must be another person is so in either order") {
    procedure_builder b;
    b.unit("P").unit("Q").role_by("NKT", {"1", "4"}).role_by("NTH", {"2", "4"});
    b.add(a_step("1").assign("NKT", {"NTH"}).go(done(to("2"))));
    b.add(a_step("2").assign("NTH").go(done(to("3"))));
    b.add(a_step("3", {"NKT"}).go(done(to("4"))));
    b.add(a_step("4").assign("NTH").assign("NKT", {"NTH"}).go(done(to("5"))));
    b.add(a_step("5", {"NTH"}).go(done(end())));
    one_case c(b);
    c.open("A/a");
    c.complete("A/a", "1", {.assign = {{"NKT", "P", "p1"}}});
    // Bound after it.
    CHECK(c.cannot_complete("A/a", "2", {.assign = {{"NTH", "Q", "p1"}}}) == errc::same_person);
    CHECK(c.refused.args == words{"Q/p1", "", "2", "Q", "NKT"});
    CHECK(c.cannot_complete("A/a", "2", {.assign = {{"NTH", "P", ""}}}) == errc::same_person);
    c.complete("A/a", "2", {.assign = {{"NTH", "Q", ""}}});
    c.complete("P/p1", "3");
    // Bound to somebody who has worked as NKT, whoever is NKT now.
    CHECK(c.cannot_complete("A/a", "4", {.assign = {{"NTH", "Q", "p1"}, {"NKT", "P", "p2"}}}) ==
          errc::same_person);
    CHECK(c.refused.args == words{"Q/p1", "3", "4", "Q", ""});
    c.complete("A/a", "4", {.assign = {{"NKT", "P", "p2"}}});
    // At work after it: as NKT is now, and as NKT was.
    CHECK(c.cannot_complete("Q/p2", "5") == errc::same_person);
    CHECK(c.refused.args == words{"Q/p2", "", "5", "Q", "NKT"});
    CHECK(c.cannot_complete("Q/p1", "5") == errc::same_person);
    CHECK(c.refused.args == words{"Q/p1", "3", "5", "Q", ""});
    CHECK(c.no("Q/q1", command::assign{"5", {}, "p2", {}}) == errc::same_person);
    c.complete("Q/q1", "5");
}

TEST_CASE("both of one assignment are held against each other as they will stand") {
    procedure_builder b;
    b.unit("P").role_by("NTH", {"1"}).role_by("NKT", {"1"});
    b.add(a_step("1").assign("NKT", {"NTH"}).assign("NTH").go(done(to("2"))));
    b.add(a_step("2", {"NTH"}).go(done(to("3"))));
    b.add(a_step("3", {"NKT"}).go(ok(end())).go(nok(to("1"))));
    one_case c(b);
    c.open("A/a");
    // NKT is read before NTH is.
    CHECK(c.cannot_complete("A/a", "1", {.assign = {{"NKT", "P", "x"}, {"NTH", "P", "x"}}}) ==
          errc::same_person);
    c.complete("A/a", "1", {.assign = {{"NKT", "P", "x"}, {"NTH", "P", "y"}}});
    c.complete("P/y", "2");
    c.complete("P/x", "3", {.outcome = "NOK"});
    // They have worked as the other: they do not change places in the next round.
    CHECK(c.cannot_complete("A/a", "1", {.assign = {{"NKT", "P", "y"}, {"NTH", "P", "x"}}}) ==
          errc::same_person);
    c.complete("A/a", "1", {.assign = {{"NKT", "P", "z"}}});
    c.complete("P/y", "2");
    c.complete("P/z", "3", {.outcome = "OK"});
}

TEST_CASE("executor and checker who lead one step together") {
    procedure_builder b;
    b.unit("P").role_by("NTH", {"1"}).role_by("NKT", {"1"});
    b.add(a_step("1").assign("NTH").assign("NKT", {"NTH"}).go(done(to("2"))));
    b.add(a_step("2", {"NTH", "NKT"}).go(done(to("3"))));
    b.add(a_step("3", {"NTH"}).go(done(to("4"))));
    b.add(a_step("4", {"NKT"}).go(done(end())));
    one_case c(b);
    c.open("A/a");
    c.complete("A/a", "1", {.assign = {{"NTH", "P", "x"}, {"NKT", "P", "y"}}});
    c.complete("P/x", "2");
    c.complete("P/y", "2");
    c.complete("P/x", "3");
    CHECK(c.cannot_complete("P/x", "4") != errc{});
    c.complete("P/y", "4");
}
