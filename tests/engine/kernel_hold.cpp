// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_hold.cpp: who has a task: receipt, claim, release, assignment, authority,
// outside bodies.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>

#include "engine/play.hpp"

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::procedure_builder;
using build::to;
using words = std::vector<std::string>;

namespace {

/// A opens; the lead unit P works on step 2.
procedure_builder two_steps() {
    procedure_builder b;
    b.unit("P").unit("Q");
    b.add(a_step("1").go(done(to("2"))));
    b.add(a_step("2", {"P"}).with({"A"}).go(done(end())));
    return b;
}

one_case at_two(procedure_builder b) {
    one_case c(b);
    c.open("A/nv1");
    c.complete("A/nv1", "1");
    return c;
}

}  // namespace

TEST_CASE("a task taken by one person is refused to others until it is released") {
    one_case c = at_two(two_steps());
    CHECK(c.no("Q/q1", command::claim{"2"}) == errc::not_permitted);
    CHECK(c.no("P", command::claim{"2"}) == errc::invalid_argument);
    CHECK(c.no("P/p1", command::release{"2"}) == errc::not_claimed);
    c.ok("P/p1", command::claim{"2"});
    CHECK(c.task("2").assignee == "p1");
    CHECK(c.no("P/p1", command::claim{"2"}) == errc::taken_by_other);
    CHECK(c.no("P/p2", command::claim{"2"}) == errc::taken_by_other);
    CHECK(c.cannot_complete("P/p2", "2") == errc::taken_by_other);
    CHECK(c.refused.args[1] == "P/p1");
    CHECK(c.refused.who_could == words{"P/p1"});
    CHECK(c.cannot_complete("P", "2") == errc::taken_by_other);
    CHECK(c.cannot_complete("Q/p1", "2") == errc::not_permitted);
    CHECK(c.no("P/p2", command::release{"2"}) == errc::taken_by_other);
    c.ok("P/p1", command::release{"2"});
    c.complete("P/p2", "2");
}

TEST_CASE("assignment inside the lead unit") {
    one_case c = at_two(two_steps());
    CHECK(c.no("Q/q1", command::assign{"2", "", "p1", ""}) == errc::not_permitted);
    CHECK(c.no("P/tp", command::assign{"2", "", "", ""}) == errc::invalid_argument);
    CHECK(c.no("P/tp", command::assign{"2", "Q", "q1", ""}) == errc::right_not_written);
    CHECK(c.no("P/tp", command::reassign{"2", "", "p1", "x"}) == errc::not_claimed);
    c.ok("P/tp", command::assign{"2", "", "p1", "quen việc"});
    CHECK(c.told() == words{"task_assigned>P/p1:lead"});
    CHECK(c.task("2").assigned);
    CHECK(c.no("P/tp", command::assign{"2", "", "p2", ""}) == errc::taken_by_other);
    CHECK(c.cannot_complete("P/tp", "2") == errc::taken_by_other);
    CHECK(c.no("P/tp", command::reassign{"2", "", "p2", " "}) == errc::act_reason_missing);
    c.ok("P/tp", command::reassign{"2", "", "p2", "p1 nghỉ ốm"});
    CHECK(c.told() == words{"task_assigned>P/p2:lead", "task_assigned>P/p1:inform"});
    CHECK(c.cannot_complete("P/p1", "2") == errc::taken_by_other);
    c.complete("P/p2", "2");
    CHECK(c.latest[0].why == basis::assignment);
    CHECK(c.latest[0].as == capacity::own);
}

TEST_CASE("or a person they authorise: a named person of another unit, recorded as TUQ") {
    auto b = two_steps();
    b.made.steps[1].lead.or_delegate = true;
    one_case c = at_two(b);
    CHECK(c.no("Q/q1", command::assign{"2", "Q", "q1", ""}) == errc::not_permitted);
    c.ok("P/tp", command::assign{"2", "Q", "q1", "đi công tác"});
    CHECK(c.task("2").by_authority);
    CHECK(c.cannot_complete("Q/q2", "2") == errc::not_permitted);
    CHECK(c.cannot_complete("P/tp", "2") == errc::taken_by_other);
    // No re-delegation: what was authorised is not handed on.
    CHECK(c.no("Q/q1", command::assign{"2", "Q", "q2", ""}) == errc::not_permitted);
    CHECK(c.no("Q/q1", command::reassign{"2", "Q", "q2", "x"}) == errc::not_permitted);
    c.complete("Q/q1", "2");
    CHECK(c.latest[0].as == capacity::tuq);
    CHECK(c.latest[0].on_behalf_of == "P");
    CHECK(c.latest[0].by == actor{"Q", "q1"});
    CHECK(c.latest[0].why == basis::assignment);
}

TEST_CASE("an assignment is enough by itself, a claim needs the unit all along") {
    auto b = two_steps();
    b.made.steps[1].lead.or_delegate = true;
    one_case c(b);
    c.known.source = basis::host_callback;
    c.known.memberships = {{"nv1", "A", false, 1},
                           {"tp", "P", false, 1},
                           {"p1", "P", false, 1},
                           {"q1", "Q", false, 1}};
    c.open("A/nv1");
    c.complete("A/nv1", "1");
    CHECK(c.no("P/tp", command::assign{"2", "Q", "x9", "x"}) == errc::binding_wrong);
    CHECK(c.no("P/tp", command::assign{"2", "", "q1", "x"}) == errc::binding_wrong);
    c.ok("P/p1", command::claim{"2"});
    c.known.memberships.erase(c.known.memberships.begin() + 2);  // p1 has left P
    CHECK(c.cannot_complete("P/p1", "2") == errc::not_permitted);
    c.ok("P/tp", command::reassign{"2", "Q", "q1", "p1 đã chuyển"});
    c.complete("Q/q1", "2");
}

TEST_CASE("a receipt that must be acknowledged") {
    auto b = two_steps();
    b.made.steps[1].must_acknowledge = true;
    b.made.steps[1].limits = {build::within(build::days(3), anchor::kind::receipt, "1")};
    one_case c = at_two(b);
    CHECK(c.due("2") == "waiting");
    CHECK(c.task("2").awaiting_receipt);
    CHECK(c.cannot_complete("P/p1", "2") == errc::not_received);
    CHECK(c.no("P/p1", command::record{"2", {}, "email"}) == errc::not_received);
    CHECK(c.no("Q/q1", command::receive{"2"}) == errc::not_permitted);
    c.go_to("13/12/2023 08:00");
    c.ok("P/p1", command::receive{"2"});
    CHECK(c.due("2") == "2023-12-18");  // 13/12 + 3 = Saturday, rolls
    CHECK(c.no("P/p1", command::receive{"2"}) == errc::already_received);
    CHECK(*c.state.steps.at("1").received == at("13/12/2023 08:00"));
    c.complete("P/p1", "2");
}

TEST_CASE("any one of several leads: the first to take it has it") {
    auto b = two_steps();
    b.made.steps[1].lead.parties = {"P", "Q"};
    b.made.steps[1].lead.how = lead_clause::mode::any;
    one_case c = at_two(b);
    CHECK(c.task("2").any_lead);
    CHECK(c.told() ==
          words{"task_opened>P:lead", "task_opened>Q:lead", "task_opened>A:coordinate"});
    CHECK(c.cannot_complete("A/nv1", "2") == errc::not_permitted);
    CHECK(c.refused.who_could == words{"P", "Q"});
    c.ok("Q", command::claim{"2"});  // a unit takes it from the other units
    CHECK(c.cannot_complete("P/p1", "2") == errc::taken_by_other);
    c.complete("Q/q1", "2");
    CHECK(std::get<event::task_completed>(c.latest[0].body).lead == "Q");
}

TEST_CASE("whoever sends the task may name one of the leads") {
    auto b = two_steps();
    b.made.steps[1].lead.parties = {"P", "Q"};
    b.made.steps[1].lead.how = lead_clause::mode::any;
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1", {.lead = "A"}) == errc::binding_wrong);
    c.complete("A", "1", {.lead = "Q"});
    CHECK(c.task("2").leads == std::vector<seat>{{"Q", "Q", "", false}});
    CHECK(c.cannot_complete("P/p1", "2") == errc::not_permitted);
    CHECK(c.cannot_complete("Q/q1", "2", {.lead = "P"}) ==
          errc::binding_wrong);  // the case ends here
}

TEST_CASE("a group as lead means any member takes it") {
    auto b = two_steps();
    party g = procedure_builder::party_of(party_kind::group, "PCM");
    g.members = {"P", "Q"};
    b.add(g);
    b.made.steps[1].lead.parties = {"PCM"};
    one_case c = at_two(b);
    CHECK(c.task("2").leads.size() == 2);
    // It went into the history as P, the first of the group, whoever it was.
    CHECK(c.cannot_complete("PCM/q1", "2") == errc::not_permitted);
    CHECK(c.refused.who_could == words{"P", "Q"});
    CHECK(c.no("PCM/q1", command::claim{"2"}) == errc::not_permitted);
    c.complete("Q/q1", "2");
}

TEST_CASE("a group that leads jointly is one lead, and any member confirms for it") {
    auto b = two_steps();
    party g = procedure_builder::party_of(party_kind::group, "PCM");
    g.members = {"P", "Q"};
    b.add(g);
    b.made.steps[1].lead.parties = {"A", "PCM"};
    b.made.steps[1].lead.how = lead_clause::mode::joint;
    one_case c = at_two(b);
    c.complete("Q/q1", "2");
    CHECK(std::get<event::task_confirmed>(c.latest[0].body).lead == "PCM");
    CHECK(c.cannot_complete("P/p1", "2") == errc::already_confirmed);
    c.complete("A/nv1", "2");
    CHECK(c.state.status == case_status::ended);
}

TEST_CASE("one unit under two joint roles confirms once for each") {
    procedure_builder b;
    b.role("X").role("Y").add(a_step("1", {"X", "Y"}).go(done(end())));
    one_case c(b);
    c.open("X/nv", {.bind = {{"X", "P", ""}, {"Y", "P", ""}}});
    c.complete("P/nv", "1");
    CHECK(std::get<event::task_confirmed>(c.latest[0].body).lead == "X");
    c.complete("P/nv", "1");
    CHECK(std::get<event::task_completed>(c.latest[0].body).lead == "Y");
}

TEST_CASE("a joint lead that has taken its part does not bar the others") {
    procedure_builder b;
    b.unit("P").add(a_step("1", {"A", "P"}).go(done(end())));
    one_case c(b);
    c.open("A/a1");
    c.ok("A/a1", command::claim{"1"});
    CHECK(c.cannot_complete("A/a2", "1") == errc::taken_by_other);
    c.complete("P/p1", "1");
    c.complete("A/a1", "1");
    CHECK(c.state.status == case_status::ended);
}

TEST_CASE("lead as step 1: the unit that did it, not the very person") {
    procedure_builder b;
    b.unit("P");
    auto first = a_step("1", {"A", "P"}).go(done(to("2")));
    first.made.lead.how = lead_clause::mode::any;
    b.add(first);
    auto second = a_step("2", {}).go(done(end()));
    second.made.lead.as_step = "1";
    b.add(second);
    one_case c(b);
    c.open("P/p1");
    c.complete("P/p1", "1");
    CHECK(c.task("2").leads == std::vector<seat>{{"P", "P", "", false}});
    CHECK(c.cannot_complete("A/a1", "2") == errc::not_permitted);
    c.complete("P/p2", "2");
}

TEST_CASE(
    "opinions come from coordinators, comments from whoever has a part, nothing from others") {
    one_case c = at_two(two_steps());
    c.ok("A/nv1", command::opine{"2", "nên làm sớm"});
    CHECK(c.told() == words{"opinion_given>P:lead"});
    CHECK(c.task("2").opinions.size() == 1);
    CHECK(c.no("P/p1", command::opine{"2", "x"}) == errc::not_permitted);
    CHECK(c.refused.who_could == words{"A"});
    CHECK(c.no("A/nv1", command::opine{"2", " "}) == errc::invalid_argument);
    c.ok("P/p1", command::comment{"2", "đang xem"});
    CHECK(c.told() == words{"commented>A:coordinate"});
    c.ok("A/nv1", command::comment{"", "cả hồ sơ"});
    CHECK(c.state.comments.size() == 2);
    CHECK_FALSE(c.state.comments[1].task.has_value());
    CHECK(c.no("Q/q1", command::comment{"2", "x"}) == errc::not_permitted);
    CHECK(c.no("Q/q1", command::comment{"", "x"}) == errc::not_permitted);
    CHECK(c.no("A/nv1", command::comment{"1", "x"}) == errc::task_not_open);
    CHECK(c.no("A/nv1", command::comment{"", ""}) == errc::invalid_argument);
    c.ok("P/p1", command::attach{"2", {"biên bản.pdf", "application/pdf", 1'000, {}, ""}});
    CHECK(c.state.attachments.size() == 1);
    CHECK(c.no("Q/q1", command::attach{"", {"x", "", 0, {}, ""}}) == errc::not_permitted);
    CHECK(c.no("P/p1", command::attach{"2", {"", "", 0, {}, ""}}) == errc::invalid_argument);
    CHECK(c.no("P/p1", command::attach{"2", {"x", "", 0, {}, "điều kiện lạ"}}) ==
          errc::tick_unknown);
}
