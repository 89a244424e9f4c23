// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_open.cpp: opening a case: who may, who stands behind the roles, where it
// enters.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include "engine/play.hpp"

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::procedure_builder;
using build::to;
using words = std::vector<std::string>;

namespace {

party bound(std::string code, binding_kind how, std::string relative_to = {}) {
    party p = procedure_builder::party_of(party_kind::role, std::move(code));
    p.binding = how;
    p.relative_to = std::move(relative_to);
    return p;
}

command::open to_open(std::vector<binding> bind = {}) {
    command::open c;
    c.procedure = "QT.01";
    c.bind = std::move(bind);
    return c;
}

}  // namespace

TEST_CASE("whoever can lead the first step opens") {
    procedure_builder b;
    b.role("R").add(a_step("1", {"R"}).go(done(end())));
    one_case c(b);
    CHECK(c.no("A/nv1", to_open()) == errc::not_permitted);
    CHECK(c.refused.who_could == words{"R"});
    CHECK(c.no("", to_open()) == errc::not_permitted);
    c.open("R/nv1");
    CHECK(c.state.find_seat("R")->unit == "R");
    CHECK(c.no("R/nv1", to_open()) == errc::invalid_argument);
    CHECK(c.no("R/nv1", command::open{}) == errc::invalid_argument);
}

TEST_CASE("another procedure's command is not opened by this one") {
    procedure_builder b;
    b.add(a_step("1").go(done(end())));
    one_case c(b);
    command::open other;
    other.procedure = "QT.99";
    CHECK(c.no("A", other) == errc::procedure_unknown);
    CHECK(c.no("A", command::complete{}) == errc::not_found);
}

TEST_CASE("bindings: known, once, with somebody behind them, and only where the opener chooses") {
    procedure_builder b;
    b.role("R").role_by("T", {"1"});
    b.add(bound("NPH", binding_kind::opener)).add(bound("C", binding_kind::at_opening));
    b.add(a_step("1", {"R"}).assign("T").go(done(end())));
    one_case c(b);
    CHECK(c.no("R", to_open()) == errc::role_unbound);
    CHECK(c.refused.args[0] == "C");
    CHECK(c.no("R", to_open({{"C", "P1", ""}, {"X", "P1", ""}})) == errc::binding_wrong);
    CHECK(c.no("R", to_open({{"C", "", ""}})) == errc::binding_wrong);
    CHECK(c.no("R", to_open({{"C", "P1", ""}, {"C", "P2", ""}})) == errc::binding_wrong);
    CHECK(c.no("R", to_open({{"C", "P1", ""}, {"T", "P1", ""}})) == errc::binding_wrong);
    CHECK(c.no("R", to_open({{"C", "P1", ""}, {"NPH", "P1", ""}})) == errc::binding_wrong);
    c.open("R/nv1", to_open({{"C", "P1", ""}}));
    CHECK(c.state.find_seat("C")->unit == "P1");
    CHECK(*c.state.find_seat("NPH") == seat{"NPH", "R", "nv1", false});
    CHECK(c.state.find_seat("T") == nullptr);
}

TEST_CASE("an alias of a role is the role") {
    procedure_builder b;
    party p = procedure_builder::party_of(party_kind::role, "LĐTT");
    p.aliases = {"LĐTĐ"};
    b.add(p).add(a_step("1", {"LĐTĐ"}).go(done(end())));
    one_case c(b);
    c.open("LĐTĐ/gđ", to_open({{"LĐTĐ", "BGĐ", ""}}));
    CHECK(c.task("1").leads == std::vector<seat>{{"LĐTT", "BGĐ", "", false}});
    c.complete("LĐTT/gđ", "1");
}

TEST_CASE("an alias of a role that no one bound is the unit of the role's code") {
    procedure_builder b;
    party p = procedure_builder::party_of(party_kind::role, "LĐTT");
    p.aliases = {"LĐTĐ"};
    b.add(p).add(a_step("1", {"LĐTT"}).go(done(end())));
    one_case c(b);
    c.open("LĐTĐ/gđ");
    CHECK(c.latest[0].by == actor{"LĐTT", "gđ"});
    c.complete("LĐTĐ/gđ", "1");
}

TEST_CASE("the opener's head and unit are known from who opened") {
    procedure_builder b;
    b.add(bound("NPH", binding_kind::opener)).add(bound("LĐ", binding_kind::head_of, "NPH"));
    b.add(bound("ĐV", binding_kind::unit_of, "NPH"));
    b.add(a_step("1", {"NPH"}).go(done(to("2"))));
    b.add(a_step("2", {"LĐ"}).with({"ĐV"}).go(done(end())));
    one_case c(b);
    c.open("P.HTKH/nv07");
    CHECK(c.task("1").leads == std::vector<seat>{{"NPH", "P.HTKH", "nv07", false}});
    CHECK(c.cannot_complete("P.HTKH/nv08", "1") == errc::not_permitted);
    c.complete("P.HTKH/nv07", "1");
    CHECK(c.task("2").leads == std::vector<seat>{{"LĐ", "P.HTKH", "", true}});
    CHECK(c.task("2").with == std::vector<seat>{{"ĐV", "P.HTKH", "", false}});
    // With the host's word a unit's name does not make its head; the role's name does.
    CHECK(c.cannot_complete("P.HTKH/nv07", "2") == errc::not_permitted);
    CHECK(c.refused.who_could == words{"LĐ"});
    c.complete("LĐ/tp", "2");
    CHECK(c.latest[0].by == actor{"P.HTKH", "tp"});
}

TEST_CASE(
    "memberships: only what is known counts, heads are heads, nobody is known without facts") {
    procedure_builder b;
    b.role("R").add(bound("LĐ", binding_kind::head_of, "R"));
    b.add(a_step("1", {"R"}).go(done(to("2")))).add(a_step("2", {"LĐ"}).go(done(end())));
    one_case c(b);
    c.known.source = basis::store_membership;
    CHECK(c.no("R/nv1", to_open({{"R", "P1", ""}})) == errc::not_permitted);
    c.known.memberships = {{"nv1", "P1", false, 3}, {"tp", "P1", true, 3}, {"nv9", "P9", true, 1}};
    CHECK(c.no("R", to_open({{"R", "P1", ""}})) == errc::not_permitted);
    CHECK(c.no("P1/nv9", to_open({{"R", "P1", ""}})) == errc::not_permitted);
    CHECK(c.no("R/nv1", to_open({{"R", "P1", "nv9"}})) == errc::binding_wrong);
    c.open("R/nv1", to_open({{"R", "P1", ""}}));
    CHECK(c.latest[0].why == basis::store_membership);
    c.complete("P1/nv1", "1");
    CHECK(c.cannot_complete("P1/nv1", "2") == errc::not_permitted);
    CHECK(c.cannot_complete("LĐ/nv1", "2") == errc::not_permitted);
    CHECK(c.cannot_complete("LĐ/nv9", "2") == errc::not_permitted);
    c.complete("P1/tp", "2");

    context unknown = c.with();
    unknown.known = nullptr;
    CHECK_FALSE(permit(unknown, case_state{}, c.envelope("P1/tp", to_open())).allowed);
}

TEST_CASE("fields at the opening belong to the first step") {
    procedure_builder b;
    b.form_of("F", {{"X", field_type::text}}).form_of("G", {{"Y", field_type::text}});
    b.add(a_step("1").fill("F").go(done(to("2")))).add(a_step("2").fill("G").go(done(end())));
    one_case c(b);
    command::open o = to_open();
    o.fields = {{"Y", "y"}};
    CHECK(c.no("A", o) == errc::field_unknown);
    o.fields = {{"Z", "y"}};
    CHECK(c.no("A", o) == errc::field_unknown);
    o.fields = {{"X", "x"}};
    c.open("A", o);
    CHECK(c.field("F", "X") == value{"x"});
    CHECK(c.state.forms.at("F").version == 1);
    c.complete("A", "1");
    CHECK(c.state.forms.at("F").version == 1);
}

TEST_CASE("a case enters elsewhere only where the text allows it") {
    procedure_builder b;
    b.role_by("T", {"1"});
    b.add(a_step("1").assign("T").go(done(to("2")))).add(a_step("2", {"T"}).go(done(to("3"))));
    b.add(a_step("3").go(done(end())));
    b.made.may_open_at = {"2"};
    one_case c(b);
    command::open o = to_open();
    o.at_step = "3";
    CHECK(c.no("A", o) == errc::entry_not_allowed);
    o.at_step = "9";
    CHECK(c.no("A", o) == errc::no_such_step);
    o.at_step = "2";
    CHECK(c.no("A", o) == errc::role_unbound);
    // The step that would have assigned the role is left out, so the opener says who it is.
    o.bind = {{"T", "P1", "nv1"}};
    CHECK(c.no("A", o) == errc::not_permitted);
    c.open("P1/nv1", o);
    CHECK(c.task("2").leads == std::vector<seat>{{"T", "P1", "nv1", false}});
    o.at_step = "1";
    one_case first(b);
    o.bind.clear();
    first.open("A", o);
    CHECK(first.is_open("1"));
}

TEST_CASE("a first step of an outside body is opened by whoever notes it") {
    procedure_builder b;
    b.external("KH");
    auto s = a_step("1", {"KH"}).with({"A"}).go(done(end()));
    s.made.recorder = "A";
    b.add(s);
    one_case c(b);
    CHECK(c.no("KH/ông.a", to_open()) == errc::not_permitted);
    CHECK(c.refused.who_could == words{"A"});
    c.open("A/nv1");
    CHECK(c.latest[0].as == capacity::recorder);
    CHECK(c.latest[0].on_behalf_of == "KH");
    CHECK(c.task("1").recorder == seat{"A", "A", "", false});
    CHECK(c.told() == words{"task_opened>KH:lead", "task_opened>A:lead"});
    CHECK(c.cannot_complete("KH/ông.a", "1") == errc::not_permitted);
    c.complete("A/nv1", "1");
    CHECK(c.latest[0].as == capacity::recorder);
    CHECK(c.latest[0].on_behalf_of == "KH");
    CHECK(std::get<event::task_completed>(c.latest[0].body).lead == "KH");
}

TEST_CASE("limits on commands hold before anything changes") {
    procedure_builder b;
    b.form_of("F", {{"X", field_type::text}});
    b.add(a_step("1").fill("F").go(done(end())));
    one_case c(b);
    auto cmd = c.envelope("A", to_open());
    cmd.id = command_id{""};
    CHECK_FALSE(c.send(cmd));
    CHECK(c.refused.code == errc::invalid_argument);
    cmd.id = command_id{std::string(129, 'x')};
    CHECK_FALSE(c.send(cmd));
    CHECK(c.refused.code == errc::limit_exceeded);
    auto o = to_open();
    o.reference = std::string(256, 'x');
    CHECK(c.no("A", o) == errc::limit_exceeded);
    CHECK(c.no("A/\xff\xfe", to_open()) == errc::invalid_utf8);
    o = to_open();
    o.fields.assign(1'001, {"X", "x"});
    CHECK(c.no("A", o) == errc::limit_exceeded);
    o.fields = {{"X", std::string(65'537, 'x')}};
    CHECK(c.no("A", o) == errc::limit_exceeded);
    const value cell{value_rows{{value{"x"}}}};
    o.fields = {{"X", value{value_rows{{cell}}}}};
    CHECK(c.no("A", o) == errc::invalid_argument);
    CHECK(c.log.empty());
    c.bounds.events_per_case = 1;
    CHECK(c.no("A", to_open()) == errc::limit_exceeded);
    c.bounds.events_per_case = 2;
    c.open("A");
    CHECK(c.cannot_complete("A", "1", {.fields = {{"X", "x"}}}) == errc::limit_exceeded);
    one_case none(b);
    none.bounds.open_tasks = 0;
    CHECK(none.no("A", to_open()) == errc::limit_exceeded);
}

TEST_CASE("a form filled against an older state is refused") {
    procedure_builder b;
    b.add(a_step("1").go(done(to("2")))).add(a_step("2").go(done(end())));
    one_case c(b);
    c.open("A");
    auto cmd = c.envelope("A", command::complete{"1", {}, {}, {}, {}, {}, {}, {}, {}, {}});
    cmd.expected_version = 1;
    CHECK_FALSE(c.send(cmd));
    CHECK(c.refused.code == errc::version_differs);
    cmd.expected_version = 2;
    CHECK(c.send(cmd));
}
