// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_outside.cpp: rights to withdraw and cancel, links to other cases, questions
// to outside bodies.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include "engine/play.hpp"

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::nok;
using build::procedure_builder;
using build::to;
using words = std::vector<std::string>;

namespace {

right_clause right(right_clause::kind what, words parties, std::string before = {}) {
    right_clause r;
    r.what = what;
    r.parties = std::move(parties);
    r.before_step = std::move(before);
    return r;
}

procedure_builder three() {
    procedure_builder b;
    b.unit("P").unit("LĐ");
    b.add(a_step("1").go(done(to("2"))));
    b.add(a_step("2", {"P"}).with({"A"}).go(done(to("3"))));
    b.add(a_step("3", {"P"}).go(done(end())));
    return b;
}

}  // namespace

TEST_CASE("withdrawing and cancelling exist only where the text writes them") {
    one_case c(three());
    c.open("A/nv");
    CHECK(c.no("A/nv", command::withdraw{"nhầm"}) == errc::right_not_written);
    CHECK(c.no("LĐ/gđ", command::cancel{"nhầm"}) == errc::right_not_written);
}

TEST_CASE("withdraw before a step, by the party that the text names") {
    auto b = three();
    b.made.rights = {right(right_clause::kind::withdraw, {"A"}, "3")};
    one_case c(b);
    c.open("A/nv");
    c.complete("A/nv", "1");
    CHECK(c.no("P/p", command::withdraw{""}) == errc::not_permitted);
    CHECK(c.refused.who_could == words{"A"});
    one_case late = c;
    c.ok("A/nv", command::withdraw{"không còn nhu cầu"});
    CHECK(c.state.status == case_status::withdrawn);
    CHECK(c.state.end_reason == "không còn nhu cầu");
    CHECK(c.told() == words{"case_withdrawn>A/nv:opener", "case_withdrawn>P:lead",
                            "case_withdrawn>A:coordinate"});
    CHECK(c.task("2").status == task_status::closed);
    CHECK(c.last.ended);
    CHECK(c.cannot_complete("P/p", "2") == errc::case_not_open);
    late.complete("P/p", "2");
    CHECK(late.no("A/nv", command::withdraw{""}) == errc::too_late_to_withdraw);
}

TEST_CASE("withdraw without a step: until the receiver has acted") {
    auto b = three();
    b.made.rights = {right(right_clause::kind::withdraw, {"A"})};
    one_case c(b);
    c.open("A/nv");
    c.ok("A/nv", command::claim{"1"});  // the sender's own work does not count
    c.complete("A/nv", "1");
    one_case untouched = c;
    untouched.ok("A/nv", command::withdraw{""});
    one_case taken = c;
    taken.ok("P/p", command::claim{"2"});
    CHECK(taken.no("A/nv", command::withdraw{""}) == errc::too_late_to_withdraw);
    c.complete("P/p", "2");
    CHECK(c.no("A/nv", command::withdraw{""}) == errc::too_late_to_withdraw);
}

TEST_CASE("cancel needs a reason") {
    auto b = three();
    b.made.rights = {right(right_clause::kind::cancel, {"LĐ"}, "3")};
    one_case c(b);
    c.open("A/nv");
    CHECK(c.no("A/nv", command::cancel{"x"}) == errc::not_permitted);
    CHECK(c.no("LĐ/gđ", command::cancel{" "}) == errc::act_reason_missing);
    one_case late = c;
    c.ok("LĐ/gđ", command::cancel{"trùng hồ sơ"});
    CHECK(c.state.status == case_status::cancelled);
    CHECK(c.told()[0] == "case_cancelled>A/nv:opener");
    late.complete("A/nv", "1");
    late.complete("P/p", "2");
    CHECK(late.no("LĐ/gđ", command::cancel{"x"}) == errc::right_not_written);
}

TEST_CASE("an outside body withdraws through whoever notes for it") {
    procedure_builder b;
    b.external("KH");
    auto s = a_step("1", {"KH"}).go(done(to("2")));
    s.made.recorder = "A";
    b.add(s).add(a_step("2").go(done(end())));
    b.made.rights = {right(right_clause::kind::withdraw, {"KH"}, "2")};
    one_case c(b);
    c.open("A/nv");
    CHECK(c.no("KH/x", command::withdraw{""}) == errc::not_permitted);
    c.ok("A/nv", command::withdraw{"khách đổi ý"});
    CHECK(c.latest[0].as == capacity::recorder);
    CHECK(c.latest[0].on_behalf_of == "KH");
}

TEST_CASE("an outside body is asked and its answer noted") {
    procedure_builder b;
    b.external("BYT").unit("P");
    b.add(a_step("1").go(done(end())));
    auto q = build::a_consultation("1a", {"1"}, {"BYT"});
    q.made.recorder = "P";
    q.limit(build::within(build::days(2)));
    b.add(q);
    one_case c(b);
    c.go_to("04/03/2024 08:00");
    c.open("A");
    CHECK(c.no("A", command::consult{"1", "", "hỏi", {}}) == errc::no_such_step);
    CHECK(c.no("A", command::consult{"1b", "", "hỏi", {}}) == errc::no_such_step);
    CHECK(c.no("P", command::consult{"1a", "", "hỏi", {}}) == errc::not_permitted);
    CHECK(c.no("A", command::consult{"1a", "", " ", {}}) == errc::invalid_argument);
    c.ok("A", command::consult{"1a", "1", "xin hướng dẫn", {}});
    CHECK(c.told() == words{"consulted>BYT:asked", "consulted>P:asked"});
    CHECK(c.no("BYT", command::answer{"1a", "", "x", {}}) == errc::not_permitted);
    CHECK(c.refused.who_could == words{"P"});
    CHECK(c.no("P/p", command::answer{"1a", "Đồng ý", "", {}}) == errc::answer_unknown);
    c.go_to("07/03/2024 00:00");
    c.ok("", command::timer_fired{"1a.1"});
    CHECK(c.question("1a").overdue);
    CHECK(c.told() == words{"task_overdue>BYT:asked", "task_overdue>P:asked"});
    c.ok("P/p", command::answer{"1a", "", "làm theo mẫu 2", {}});
    CHECK(c.latest[0].on_behalf_of == "BYT");
    CHECK(c.question("1a").late);
    CHECK(c.no("P/p", command::answer{"1a", "", "x", {}}) == errc::task_not_open);
}

/// `hình thức` of a question stood in the text, and no event ever said how the question was put.
TEST_CASE("how a question was put is recorded, and asked for where there is a choice") {
    procedure_builder b;
    b.unit("LĐ");
    b.add(a_step("1").go(done(end())));
    auto one = build::a_consultation("1a", {"1"}, {"LĐ"});
    one.made.channels = {"công văn"};
    b.add(one);
    auto several = build::a_consultation("1b", {"1"}, {"LĐ"});
    several.made.channels = {"điện thoại", "email"};
    b.add(several);
    one_case c(b);
    c.open("A");
    c.ok("A", command::consult{"1a", "", "hỏi", {}});
    CHECK(c.question("1a").channel == "công văn");
    CHECK(std::get<event::consultation_opened>(c.latest[0].body).channel == "công văn");
    CHECK(c.no("A", command::consult{"1b", "", "hỏi", {}}) == errc::field_missing);
    CHECK(c.refused.args == words{"1b", "(channel)", "điện thoại, email"});
    CHECK(c.no("A", command::consult{"1b", "", "hỏi", {}, "fax"}) == errc::channel_unknown);
    c.ok("A", command::consult{"1b", "", "hỏi", {}, "email"});
    CHECK(c.question("1b").channel == "email");
    CHECK(c.no("A", command::consult{"1b", "1", "hỏi", {}, "fax"}) == errc::channel_unknown);
}

TEST_CASE("a question belongs to the steps that the text names, or to any") {
    procedure_builder b;
    b.unit("LĐ");
    b.add(a_step("1").go(done(to("2")))).add(a_step("2").go(done(end())));
    b.add(build::a_consultation("2a", {"2"}, {"LĐ"}));
    auto anywhere = build::a_consultation("9", {}, {"LĐ"});
    anywhere.made.at_any_step = true;
    b.add(anywhere);
    one_case c(b);
    c.open("A");
    CHECK(c.no("A", command::consult{"2a", "", "x", {}}) == errc::task_not_open);
    CHECK(c.no("A", command::consult{"2a", "1", "x", {}}) == errc::not_asked_here);
    CHECK(c.refused.args[2] == "2");
    c.ok("A", command::consult{"9", "", "x", {}});
    // The case may be cancelled over an open question: it is closed with the rest.
    c.text.rights = {right(right_clause::kind::cancel, {"A"})};
    c.ok("A", command::cancel{"thôi"});
    CHECK(c.question("9").status == task_status::closed);
    CHECK(c.told() == words{"case_cancelled>A:opener", "case_cancelled>LĐ:asked"});
}

// ---------------------------------------------------------------- links

namespace {

/// CTCL in small: the check of a ticket fails and opens a new ticket that enters at the leader's
/// step.
procedure ticket_text() {
    procedure_builder b("QT.B");
    b.unit("LĐ").form_of("BM", {{"Nội dung", field_type::text}, {"Kết quả", field_type::text}});
    b.made.forms[0].fields[1].required = false;
    b.role("ĐV");
    b.add(a_step("1").fill("BM").go(done(to("3"))));
    b.add(a_step("3", {"LĐ"}).with({"ĐV"}).go(done(to("5"))));
    link_clause again;
    again.procedure = "QT.B";
    again.at_step = "3";
    again.replacing = true;
    again.carrying = {{"Nội dung", ""}};
    again.when = build::outcome("NOK");
    b.add(a_step("5", {"LĐ"})
              .go(build::ok(end("Đạt")))
              .go(nok(end("Không đạt, mở phiếu mới")))
              .link(again));
    b.made.may_open_at = {"3"};
    b.made.hash[0] = 7;
    return b.made;
}

}  // namespace

TEST_CASE("a failed ticket opens a new one, with its fields and who stands behind the roles") {
    one_case c(ticket_text());
    c.open("A/nv", {.bind = {{"ĐV", "P.KHTC", ""}}});
    c.complete("A/nv", "1", {.fields = {{"Nội dung", "quá hạn 3 lần"}}});
    c.complete("LĐ/gđ", "3");
    c.complete("LĐ/gđ", "5", {.outcome = "NOK"});
    CHECK(c.state.end_kind == "Không đạt, mở phiếu mới");
    const auto e = std::get<event::task_completed>(c.latest[0].body);
    REQUIRE(e.links.size() == 1);
    const link_request& request = e.links[0];
    CHECK(request.procedure == "QT.B");
    CHECK(request.definition == c.text.hash);
    CHECK(request.at_step == "3");
    CHECK(request.replacing);
    CHECK(request.carried == std::vector<field_entry>{{"Nội dung", value{"quá hạn 3 lần"}}});
    CHECK(request.bind == std::vector<binding>{{"ĐV", "P.KHTC", ""}});
    CHECK(c.last.children == std::vector<case_id>{request.child});
    REQUIRE(c.state.links.size() == 1);
    CHECK_FALSE(c.state.links[0].opened);

    // The child opens as the parent's event says, by nobody's own right.
    one_case child(ticket_text());
    command::open o;
    o.procedure = "QT.B";
    o.bind = request.bind;
    o.fields = request.carried;
    o.at_step = request.at_step;
    o.parent = case_id{"case"};
    o.parent_seq = c.latest[0].seq;
    child.open("LĐ/gđ", o);
    CHECK(child.log[0].as == capacity::system);
    CHECK(child.is_open("3"));
    CHECK(child.state.parent == case_id{"case"});
    CHECK(child.state.forms.at("BM").fields.at("Nội dung").from_case == case_id{"case"});
    CHECK(child.task("3").with[0].unit == "P.KHTC");

    // Its opening and its end are reported to a parent that has ended already.
    const std::uint64_t seq = c.latest[0].seq;
    // After a crash the end may be reported before the opening: the end says both.
    one_case crossed = c;
    crossed.ok("", command::link_report{request.child, seq, 0, true, "Đạt"});
    CHECK(crossed.state.links[0].opened);
    CHECK(crossed.no("", command::link_report{request.child, seq, 0, false, {}}) ==
          errc::invalid_argument);
    CHECK(c.no("", command::link_report{case_id{"khác"}, seq, 0, false, {}}) ==
          errc::invalid_argument);
    c.ok("", command::link_report{request.child, seq, 0, false, {}});
    CHECK(c.state.links[0].opened);
    CHECK(c.told() == words{"linked_opened>A/nv:opener"});
    CHECK(c.no("", command::link_report{request.child, seq, 0, false, {}}) ==
          errc::invalid_argument);
    c.ok("", command::link_report{request.child, seq, 0, true, "Đạt"});
    CHECK(c.state.links[0].end_kind == "Đạt");
    CHECK(c.no("", command::link_report{request.child, seq, 0, true, "Đạt"}) ==
          errc::invalid_argument);
}

TEST_CASE("everything that could refuse the child refuses the parent") {
    const auto at_check = [](procedure p, std::map<std::string, procedure> others = {}) {
        one_case c(std::move(p));
        c.others.merge(others);
        c.open("A/nv");
        c.complete("A/nv", "1", {.fields = {{"Nội dung", "x"}}});
        c.complete("LĐ/gđ", "3");
        return c;
    };
    const command::complete failed{.outcome = "NOK"};
    auto p = ticket_text();
    p.may_open_at.clear();
    CHECK(at_check(p).cannot_complete("LĐ/gđ", "5", failed) == errc::entry_not_allowed);
    p = ticket_text();
    p.steps[2].links[0].procedure = "QT.KHÁC";
    one_case blind(p);
    command::open opening;
    opening.procedure = p.code;
    CHECK(blind.no("A/nv", opening) == errc::linked_unknown);
    CHECK(blind.refused.args == std::vector<std::string>{"5", "QT.KHÁC"});
    // Known when the case was opened, and no longer.
    one_case forgetful = at_check(p, {{"QT.KHÁC", procedure_builder("QT.KHÁC").made}});
    forgetful.others.clear();
    CHECK(forgetful.cannot_complete("LĐ/gđ", "5", failed) == errc::procedure_unknown);
    p = ticket_text();
    p.steps[2].links[0].carrying = {{"Nội dung", "Không có trường này"}};
    CHECK(at_check(p).cannot_complete("LĐ/gđ", "5", failed) == errc::field_unknown);
    p = ticket_text();
    p.steps[2].links[0].procedure = "QT.C";
    procedure_builder other("QT.C");
    party chosen = procedure_builder::party_of(party_kind::role, "CHƯA.GẮN");
    chosen.binding = binding_kind::at_opening;
    other.add(chosen).add(a_step("3").go(done(end())));
    one_case c = at_check(p, {{"QT.C", other.made}});
    CHECK(c.cannot_complete("LĐ/gđ", "5", failed) == errc::role_unbound);
    // With nothing to open there is nothing to refuse.
    c.complete("LĐ/gđ", "5", {.outcome = "OK"});
    CHECK(c.last.children.empty());
}

TEST_CASE("a procedure that may be opened is opened when it is asked for") {
    procedure_builder child("QT.CON");
    child.add(a_step("1").go(done(end())));
    procedure_builder b;
    link_clause may;
    may.procedure = "QT.CON";
    may.may = true;
    b.add(a_step("1").link(may).go(done(to("2")))).add(a_step("2").go(done(end())));
    one_case c(b);
    c.others.emplace("QT.CON", child.made);
    c.open("A");
    CHECK(c.cannot_complete("A", "1", {.open_linked = {"QT.LẠ"}}) == errc::right_not_written);
    one_case without = c;
    without.complete("A", "1");
    CHECK(without.state.links.empty());
    c.complete("A", "1", {.open_linked = {"QT.CON"}});
    REQUIRE(c.state.links.size() == 1);
    c.ok("", command::link_report{c.state.links[0].other, c.state.links[0].seq, 0, false, {}});
    CHECK(c.told() == words{"linked_opened>A:lead"});  // the case goes on: its lead is told
}

TEST_CASE("a link that hangs on an empty field is refused, not forgotten") {
    procedure_builder child("QT.CON");
    child.add(a_step("1").go(done(end())));
    procedure_builder b;
    b.form_of("F", {{"Lặp lại", field_type::yes_no}});
    b.made.forms[0].fields[0].required = false;
    link_clause must;
    must.procedure = "QT.CON";
    must.when = build::is("Lặp lại", value::yes_no(true));
    b.add(a_step("1").fill("F").link(must).go(done(end())));
    one_case c(b);
    c.others.emplace("QT.CON", child.made);
    c.open("A");
    CHECK(c.cannot_complete("A", "1") == errc::condition_unknown);
    CHECK(c.refused.args[1] == "Lặp lại");
    c.complete("A", "1", {.fields = {{"Lặp lại", "không"}}});
    CHECK(c.state.links.empty());
}

TEST_CASE("a link by hand") {
    one_case c(three());
    c.open("A/nv");
    CHECK(c.no("A/nv", command::link{case_id{}, "liên quan"}) == errc::invalid_argument);
    CHECK(c.no("A/nv", command::link{case_id{"case"}, "liên quan"}) == errc::invalid_argument);
    CHECK(c.no("X", command::link{case_id{"khác"}, "liên quan"}) == errc::not_permitted);
    c.ok("A/nv", command::link{case_id{"khác"}, "liên quan"});
    CHECK(c.no("A/nv", command::link{case_id{"khác"}, "liên quan"}) == errc::invalid_argument);
    c.ok("A/nv", command::link{case_id{"khác"}, "thay thế"});
    CHECK(c.state.links.size() == 2);
}
