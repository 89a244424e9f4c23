// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_complete.cpp: the end of a step: outcomes, preconditions, branches, loops,
// ends, assignments.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/procedure.hpp>

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

TEST_CASE("outcomes: named, reserved, or the only one") {
    procedure_builder b;
    b.add(a_step("1")
              .go(build::named("Cần thiết", to("2")))
              .go(build::named("Không cần thiết", end("Không cần thiết"))));
    b.add(a_step("2").go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1") == errc::outcome_missing);
    CHECK(c.refused.args[1] == "“Cần thiết”, “Không cần thiết”");
    CHECK(c.cannot_complete("A", "1", {.outcome = "OK"}) == errc::outcome_unknown_name);
    CHECK(c.cannot_complete("A", "1", {.outcome = "cần thiết"}) == errc::outcome_unknown_name);
    CHECK(c.cannot_complete("A", "2") == errc::task_not_open);
    CHECK(c.cannot_complete("A", "3") == errc::no_such_step);
    c.complete("A", "1", {.outcome = "C\u1ea7n thi\u1ebft"});
    // "xong" and "done" both name the only way on, in either dialect.
    CHECK(c.cannot_complete("A", "2", {.outcome = "OK"}) == errc::outcome_unknown_name);
    one_case other = c;
    c.complete("A", "2", {.outcome = "xong"});
    other.complete("A", "2", {.outcome = "done"});
    CHECK(other.event_of<event::task_completed>().outcome == "xong");
    CHECK(c.state.end_kind.empty());
}

TEST_CASE("ends with kinds, and the steps in order") {
    procedure_builder b;
    b.made.steps_in_order = true;
    b.add(a_step("1"))
        .add(build::a_consultation("1a", {"1"}))
        .add(a_step("2").go(build::ok(to("3"))).go(nok(end("Không đạt"))));
    b.add(a_step("3"));
    one_case c(b);
    c.open("A");
    c.complete("A", "1");
    CHECK(c.is_open("2"));  // the consultation between is no step of the flow
    one_case failed = c;
    failed.complete("A", "2", {.outcome = "NOK"});
    CHECK(failed.state.end_kind == "Không đạt");
    CHECK(failed.last.end_kind == "Không đạt");
    c.complete("A", "2", {.outcome = "OK"});
    c.complete("A", "3");
    CHECK(c.state.status == case_status::ended);

    procedure_builder none;
    none.add(a_step("1"));
    one_case stuck(none);
    stuck.open("A");
    CHECK(stuck.cannot_complete("A", "1") == errc::no_way_on);
}

TEST_CASE("preconditions: all, or by their text, with evidence where the text asks for it") {
    procedure_builder b;
    auto s = a_step("1").go(done(end()));
    s.made.preconditions.resize(3);
    s.made.preconditions[0].text = "Đã duyệt";
    s.made.preconditions[1].text = "Có biên bản";
    s.made.preconditions[1].evidence = true;
    s.made.preconditions[2].text = "Được phép chấp nhận";
    s.made.preconditions[2].when = build::is("Hình thức", value{"Chấp nhận"});
    s.fill("F");
    b.add(s);
    form f;
    f.code = "F";
    form_field kind;
    kind.name = "Hình thức";
    kind.type = field_type::one_of;
    kind.choices = {"Làm lại", "Chấp nhận"};
    f.fields.push_back(kind);
    b.made.forms.push_back(f);
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1") == errc::precondition_missing);
    CHECK(c.cannot_complete("A", "1", {.confirmed = {false, {"Đã duyêt"}}}) == errc::tick_unknown);
    CHECK(c.refused.args[2] == "“Đã duyệt”, “Có biên bản”, “Được phép chấp nhận”");
    CHECK(c.cannot_complete("A", "1", {.confirmed = {false, {"Đã duyệt"}}}) ==
          errc::precondition_missing);
    CHECK(c.refused.args[1] == "Có biên bản");
    const confirmation two{false, {"Đã duyệt", "Có biên bản"}};
    CHECK(c.cannot_complete("A", "1", {.confirmed = two}) == errc::evidence_missing);
    const attachment file{"bb.pdf", "application/pdf", 10, {}, "Có biên bản"};
    CHECK(
        c.cannot_complete("A", "1", {.confirmed = two, .attachments = {{"x", "", 0, {}, "lạ"}}}) ==
        errc::tick_unknown);
    // The third precondition hangs on a field that is empty: it cannot be judged, so it is named.
    CHECK(c.cannot_complete("A", "1", {.confirmed = two, .attachments = {file}}) ==
          errc::condition_unknown);
    CHECK(c.refused.args[1] == "Hình thức");
    one_case again = c;
    CHECK(c.cannot_complete(
              "A", "1",
              {.fields = {{"Hình thức", "Chấp nhận"}}, .confirmed = two, .attachments = {file}}) ==
          errc::precondition_missing);
    c.complete("A", "1",
               {.fields = {{"Hình thức", "Làm lại"}}, .confirmed = two, .attachments = {file}});
    CHECK(c.state.attachments.size() == 1);
    // Evidence that was attached before serves as well.
    again.ok("A", command::attach{"1", file});
    again.complete("A", "1",
                   {.fields = {{"Hình thức", "Chấp nhận"}}, .confirmed = all_preconditions});
    CHECK(again.event_of<event::task_completed>().confirmed.size() == 3);
}

TEST_CASE("branches by condition: in order, unknown does not hold, otherwise takes the rest") {
    procedure_builder b;
    form f;
    f.code = "F";
    form_field level;
    level.name = "Mức";
    level.type = field_type::number;
    f.fields.push_back(level);
    b.made.forms.push_back(f);
    auto s = a_step("1").fill("F");
    s.go(build::when(build::compare(build::field("Mức"), comparison::greater,
                                    {build::literal(value{decimal{5, 0}})}),
                     end("Cao")));
    s.go(build::when(build::compare(build::field("Mức"), comparison::greater,
                                    {build::literal(value{decimal{2, 0}})}),
                     end("Vừa")));
    b.add(s);
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1") == errc::condition_unknown);
    CHECK(c.refused.args[1] == "Mức");
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Mức", "1"}}}) == errc::no_way_on);
    c.complete("A", "1", {.fields = {{"Mức", "2,5"}}});
    CHECK(c.state.end_kind == "Vừa");
    const auto& e = c.log[2];
    const auto& judged_now = std::get<event::task_completed>(e.body).conditions;
    REQUIRE(judged_now.size() == 2);
    CHECK_FALSE(judged_now[0].held);
    CHECK(judged_now[1].held);
    CHECK(judged_now[1].read ==
          std::vector<std::pair<std::string, value>>{{"Mức", value{decimal{25, 1}}}});

    b.made.steps[0].branches.push_back(build::otherwise(end("Không rõ")));
    one_case rest(b);
    rest.open("A");
    rest.complete("A", "1");
    CHECK(rest.state.end_kind == "Không rõ");
}

TEST_CASE("a loop with a limit: the fourth time goes on elsewhere, or is refused") {
    procedure_builder b;
    auto back = nok(to("1"));
    back.at_most = 3;
    b.add(a_step("1").go(done(to("2"))));
    b.add(a_step("2").go(build::ok(end("Đạt"))).go(back));
    b.add(a_step("8").go(done(end("Chuyển"))));
    one_case c(b);
    c.open("A");
    for (int round = 1; round <= 3; ++round) {
        c.complete("A", "1");
        c.complete("A", "2", {.outcome = "NOK"});
        CHECK(c.task("1", static_cast<std::uint32_t>(round + 1)).returned);
    }
    c.complete("A", "1");
    CHECK(c.cannot_complete("A", "2", {.outcome = "NOK"}) == errc::loop_exhausted);
    CHECK(c.state.taken.at({"2", 1}) == 3);
    c.text.steps[1].branches[1].afterwards = to("8");
    c.complete("A", "2", {.outcome = "NOK"});
    CHECK(c.event_of<event::task_completed>().afterwards);
    CHECK(c.state.taken.at({"2", 1}) == 3);
    CHECK(c.is_open("8"));
    CHECK_FALSE(c.task("8").returned);
}

TEST_CASE("one kind of line read in order: the same outcome under conditions") {
    procedure_builder b;
    form f;
    f.code = "F";
    form_field urgent;
    urgent.name = "Gấp";
    urgent.type = field_type::yes_no;
    f.fields.push_back(urgent);
    b.made.forms.push_back(f);
    auto first = build::ok(end("Nhanh"));
    first.when = build::is("Gấp", value::yes_no(true));
    b.add(a_step("1").fill("F").go(first).go(build::ok(end("Thường"))).go(nok(end("Không"))));
    for (const auto& [urgency, kind] : std::vector<std::pair<value, std::string>>{
             {value{"có"}, "Nhanh"}, {value{"không"}, "Thường"}, {value{}, "Thường"}}) {
        one_case c(b);
        c.open("A");
        c.complete("A", "1", {.outcome = "OK", .fields = {{"Gấp", urgency}}});
        CHECK(c.state.end_kind == kind);
    }
}

TEST_CASE("the outcome being chosen, the channel, the round and the step before are readable") {
    procedure_builder b;
    auto s = a_step("1");
    s.made.channels = {"email", "fax"};
    s.go(build::when(build::compare(build::special(operand::kind::channel), comparison::is,
                                    {build::literal(value{"email"})}),
                     to("2")));
    s.go(build::otherwise(end("Không thư")));
    b.add(s);
    auto second = a_step("2");
    second.go(
        build::when(build::compare(build::special(operand::kind::rounds), comparison::at_least,
                                   {build::literal(value{decimal{2, 0}})}),
                    end("Đủ vòng")));
    second.go(build::when(build::compare(build::special(operand::kind::entered_from),
                                         comparison::is, {build::literal(value{"1"})}),
                          to("1")));
    second.go(build::otherwise(end("Lạ")));
    b.add(second);
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1", {.channel = "thư tay"}) == errc::channel_unknown);
    CHECK(c.cannot_complete("A", "1") == errc::field_missing);
    one_case other = c;
    other.complete("A", "1", {.channel = "fax"});
    CHECK(other.state.end_kind == "Không thư");
    c.complete("A", "1", {.channel = "email"});
    CHECK(c.task("1").channel == "email");
    c.complete("A", "2");
    c.ok("A", command::record{"1", {}, "email"});
    c.complete("A", "1");
    c.complete("A", "2");
    CHECK(c.state.end_kind == "Đủ vòng");
}

// Six ways to reach a customer stood in the text, and a case ended without a word of the one used.
TEST_CASE("a step that names channels ends with one of them") {
    const auto naming = [](std::vector<std::string> channels) {
        auto s = a_step("1", {"A", "B"});
        s.made.channels = std::move(channels);
        return procedure_builder{}.add(s.go(done(end())));
    };
    SUBCASE("several: one must be given, by whoever confirms last at the latest") {
        one_case c(naming({"email", "điện thoại"}));
        c.open("A");
        CHECK(c.cannot_complete("A", "1", {.channel = "fax"}) == errc::channel_unknown);
        c.complete("A", "1");
        CHECK(c.cannot_complete("B", "1") == errc::field_missing);
        one_case noted = c;
        c.complete("B", "1", {.channel = "điện thoại"});
        CHECK(c.task("1").channel == "điện thoại");
        noted.ok("B", command::record{"1", {}, "email"});
        noted.complete("B", "1");
        CHECK(noted.task("1").channel == "email");
    }
    SUBCASE("several: what the first lead gave is enough") {
        one_case c(naming({"email", "điện thoại"}));
        c.open("A");
        c.complete("A", "1", {.channel = "email"});
        c.complete("B", "1");
        CHECK(c.task("1").channel == "email");
        CHECK(c.state.status == case_status::ended);
    }
    SUBCASE("one: it is recorded without being given, and no other is taken") {
        one_case c(naming({"email"}));
        c.open("A");
        CHECK(c.cannot_complete("A", "1", {.channel = "fax"}) == errc::channel_unknown);
        c.complete("A", "1");
        CHECK(c.task("1").channel == "email");
    }
}

TEST_CASE("a competence table: rows of the text, else the host's, else unknown") {
    procedure_builder b;
    b.form_of("F", {{"Dịch vụ", field_type::text}});
    catalogue t;
    t.code = "PQ";
    b.made.catalogues.push_back(t);
    const auto may =
        build::in_table("PQ", {build::special(operand::kind::actor), build::field("Dịch vụ")});
    b.add(a_step("1")
              .fill("F")
              .go(build::when(may, end("Tự xử lý")))
              .go(build::when(build::negate(may), end("Chuyển"))));
    const command::complete eid{.fields = {{"Dịch vụ", "HSSK"}}};
    {
        one_case c(b);
        c.open("A/nv1");
        CHECK(c.cannot_complete("A/nv1", "1", eid) == errc::condition_unknown);
        // It said that a field PQ was empty.
        CHECK(c.refused.args == words{"1", "", "", "PQ", "\"nv1\", \"HSSK\""});
        // Nobody’s answer was taken for a no, where the rest goes on.
        auto rest = b;
        rest.made.steps[0].branches[1].when.reset();
        one_case open_ended(rest);
        open_ended.open("A/nv1");
        CHECK(open_ended.cannot_complete("A/nv1", "1", eid) == errc::condition_unknown);
        c.known.table = [](const std::string& code, const std::vector<value>& row) {
            return code == "PQ" && row == std::vector<value>{value{"nv1"}, value{"HSSK"}}
                       ? truth::yes
                       : truth::no;
        };
        c.complete("A/nv1", "1", eid);
        CHECK(c.state.end_kind == "Tự xử lý");
    }
    b.made.catalogues[0].rows = {{"nv1", "HSSK"}, {"nv2", "KCB"}};
    {
        one_case c(b);
        c.open("A/nv2");
        c.complete("A/nv2", "1", eid);
        CHECK(c.state.end_kind == "Chuyển");
    }
    {
        one_case c(b);
        c.open("A");  // a unit without a person: nobody's row
        CHECK(c.cannot_complete("A", "1", eid) == errc::condition_unknown);
    }
}

TEST_CASE("executor and checker are assigned, and are different persons") {
    procedure_builder b;
    b.unit("P").role_by("NTH", {"1"}).role_by("NKT", {"1"});
    b.add(a_step("1").assign("NTH").assign("NKT", {"NTH"}).go(done(to("2"))));
    b.add(a_step("2", {"NTH"}).go(done(to("3"))));
    b.add(a_step("3", {"NKT"}).go(build::ok(end("Đạt"))).go(nok(to("1"))));
    one_case c(b);
    c.open("A/tp");
    CHECK(c.cannot_complete("A/tp", "1") == errc::assignment_missing);
    CHECK(c.refused.args[1] == "NTH");
    CHECK(c.cannot_complete("A/tp", "1", {.assign = {{"NTH", "P", "p1"}}}) ==
          errc::assignment_missing);
    CHECK(c.cannot_complete("A/tp", "1", {.assign = {{"NTH", "P", "p1"}, {"NKT", "P", "p1"}}}) ==
          errc::same_person);
    // Where one of the two is not named, one unit cannot be told apart.
    CHECK(c.cannot_complete("A/tp", "1", {.assign = {{"NTH", "P", ""}, {"NKT", "P", "p2"}}}) ==
          errc::same_person);
    CHECK(c.cannot_complete(
              "A/tp", "1",
              {.assign = {{"NTH", "P", "p1"}, {"NTH", "P", "p2"}, {"NKT", "P", "p3"}}}) ==
          errc::binding_wrong);
    CHECK(c.cannot_complete("A/tp", "1",
                            {.assign = {{"NTH", "P", "p1"}, {"NKT", "P", "p2"}, {"A", "P", ""}}}) ==
          errc::binding_wrong);
    CHECK(c.cannot_complete("A/tp", "1", {.assign = {{"NTH", "", ""}, {"NKT", "P", "p2"}}}) ==
          errc::binding_wrong);
    c.complete("A/tp", "1", {.assign = {{"NTH", "P", "p1"}, {"NKT", "P", "p2"}}});
    CHECK(c.task("2").leads == std::vector<seat>{{"NTH", "P", "p1", false}});
    CHECK(c.cannot_complete("P/p2", "2") == errc::not_permitted);
    c.complete("NTH", "2");  // the role's code stands for the very person
    CHECK(c.latest[0].by == actor{"P", "p1"});
    // Handing the check to the executor is refused, whatever the way.
    CHECK(c.no("P/p2", command::assign{"3", "", "p1", "x"}) == errc::same_person);
    c.complete("P/p2", "3", {.outcome = "NOK"});
    // In the second round whoever was assigned stays, unless somebody else is named.
    c.complete("A/tp", "1", {.assign = {{"NKT", "P", "p3"}}});
    CHECK(c.state.find_seat("NTH")->person == "p1");
    CHECK(c.state.find_seat("NKT")->person == "p3");
    c.complete("P/p1", "2");
    c.complete("P/p3", "3", {.outcome = "OK"});
}

TEST_CASE("assignment under a condition, to a member of a group, to several") {
    procedure_builder b;
    b.unit("P").unit("Q").unit("X").role_by("PCT", {"1"});
    party g = procedure_builder::party_of(party_kind::group, "PCM");
    g.members = {"P", "Q"};
    b.add(g);
    auto s = a_step("1")
                 .assign("PCT")
                 .assign_if(build::outcome("NOK"))
                 .go(build::ok(end()))
                 .go(nok(to("2")));
    s.made.assignments[0].within = "PCM";
    s.made.assignments[0].at_most = 2;
    b.add(s).add(a_step("2", {"PCT"}).go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1", {.outcome = "OK", .assign = {{"PCT", "P", ""}}}) ==
          errc::binding_wrong);
    CHECK(c.cannot_complete("A", "1", {.outcome = "NOK"}) == errc::assignment_missing);
    CHECK(c.cannot_complete("A", "1", {.outcome = "NOK", .assign = {{"PCT", "X", ""}}}) ==
          errc::binding_wrong);
    one_case fine = c;
    fine.complete("A", "1", {.outcome = "OK"});
    c.complete("A", "1", {.outcome = "NOK", .assign = {{"PCT", "P", ""}, {"PCT", "Q", ""}}});
    CHECK(c.task("2").any_lead);
    CHECK(c.task("2").leads.size() == 2);
    c.complete("Q/q1", "2");
}

// `lập "Biên bản"` was read, printed, and then asked of nobody.
TEST_CASE("a paper without a form that the step makes must be attached") {
    procedure_builder b;
    auto s = a_step("1").go(ok(to("2"))).go(nok(to("1")));
    const auto paper = [&](form_act::kind what, const char* name) {
        form_act act;
        act.what = what;
        act.paper = name;
        s.made.acts.push_back(std::move(act));
    };
    paper(form_act::kind::use, "Mẫu số 02");
    paper(form_act::kind::fill, "Biên bản họp");
    paper(form_act::kind::fill, "Tờ trình");
    s.act_if(build::outcome("OK"));
    paper(form_act::kind::keep, "Sổ theo dõi");
    b.add(s).add(a_step("2").go(done(end())));
    one_case c(b);
    c.open("A");
    const auto file = [](const char* name, const char* as = "") {
        return attachment{name, "application/pdf", 1, {}, as};
    };
    CHECK(c.cannot_complete("A", "1", {.outcome = "NOK"}) == errc::paper_missing);
    CHECK(c.refused.args == words{"1", "Biên bản họp"});
    CHECK(c.cannot_complete("A", "1", {.outcome = "NOK", .attachments = {file("bb.pdf")}}) ==
          errc::paper_missing);
    CHECK(c.cannot_complete("A", "1",
                            {.outcome = "NOK", .attachments = {file("bb.pdf", "Biên bản")}}) ==
          errc::tick_unknown);
    CHECK(c.refused.args == words{"1", "Biên bản", "“Mẫu số 02”, “Biên bản họp”, “Tờ trình”"});
    // By what it is said to be; what is only used may be attached, and need not be.
    c.complete("A", "1",
               {.outcome = "NOK",
                .attachments = {file("bb.pdf", "Biên bản họp"), file("m02.pdf", "Mẫu số 02")}});
    // Each round makes its own. By its own name, before the end of the step.
    CHECK(c.cannot_complete("A", "1", {.outcome = "OK"}) == errc::paper_missing);
    c.ok("A", command::attach{"1", file("Biên bản họp")});
    CHECK(c.cannot_complete("A", "1", {.outcome = "OK"}) == errc::paper_missing);
    CHECK(c.refused.args == words{"1", "Tờ trình"});
    CHECK(c.no("A", command::attach{"1", file("x", "Sổ theo dõi")}) == errc::tick_unknown);
    CHECK(c.no("A", command::attach{"", file("x", "Tờ trình")}) == errc::tick_unknown);
    c.ok("A", command::attach{"1", file("tt.pdf", "Tờ trình")});
    c.complete("A", "1", {.outcome = "OK"});
}

TEST_CASE("what one joint lead has attached, the other need not") {
    procedure_builder b;
    b.unit("P");
    auto s = a_step("1", {"A", "P"}).go(done(end()));
    form_act act;
    act.paper = "Biên bản";
    s.made.acts.push_back(act);
    b.add(s);
    one_case c(b);
    c.open("A");
    one_case late = c;
    c.complete("A", "1", {.attachments = {{"b.pdf", "application/pdf", 1, {}, "Biên bản"}}});
    c.complete("P", "1");
    // Before the last of them ends the step it may still be missing.
    late.complete("A", "1");
    CHECK(late.cannot_complete("P", "1") == errc::paper_missing);
}

TEST_CASE("a role from a field of a form") {
    procedure_builder b;
    b.form_of("F", {{"Đơn vị", field_type::unit}});
    party p = procedure_builder::party_of(party_kind::role, "ĐVX");
    p.binding = binding_kind::from_field;
    p.bound_from = {"F", "Đơn vị"};
    b.add(p).unit("P");
    b.add(a_step("1").fill("F").with({"ĐVX"}).go(done(to("2"))))
        .add(a_step("2", {"ĐVX"}).go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.task("1").with.empty());  // nobody to tell yet
    CHECK(c.cannot_complete("A", "1") == errc::field_missing);
    c.complete("A", "1", {.fields = {{"Đơn vị", "P.KHTC/nv3"}}});
    CHECK(c.task("2").leads == std::vector<seat>{{"ĐVX", "P.KHTC", "nv3", false}});
    c.complete("P.KHTC/nv3", "2");

    one_case empty(b);
    empty.text.forms[0].fields[0].required = false;
    empty.open("A");
    CHECK(empty.cannot_complete("A", "1") == errc::role_unbound);
    CHECK(empty.refused.args[0] == "ĐVX");
}

TEST_CASE("what is declared conditionally for coordinators and the informed") {
    procedure_builder b;
    b.unit("P").unit("Q").form_of("F", {{"Gấp", field_type::yes_no}});
    b.add(a_step("1").fill("F").go(done(to("2"))));
    auto s = a_step("2").go(done(end()));
    party_clause urgent;
    urgent.parties = {"P"};
    urgent.when = build::is("Gấp", value::yes_no(true));
    s.made.with.push_back(urgent);
    party_clause told;
    told.parties = {"Q"};
    s.made.inform.push_back(told);
    b.add(s);
    one_case c(b);
    c.open("A");
    one_case calm = c;
    c.complete("A", "1", {.fields = {{"Gấp", "có"}}});
    CHECK(c.told() ==
          words{"task_opened>A:lead", "task_opened>P:coordinate", "task_opened>Q:inform"});
    calm.complete("A", "1", {.fields = {{"Gấp", "không"}}});
    CHECK(calm.told() == words{"task_opened>A:lead", "task_opened>Q:inform"});
    // Who is informed also learns that it is done.
    calm.complete("A", "2");
    CHECK(calm.told() == words{"task_completed>Q:inform", "case_ended>A:opener"});
}

TEST_CASE("a record is kept, and its keepers are told") {
    procedure_builder b;
    b.unit("P");
    quytrinh::record r;
    r.code = "HS.01";
    r.keepers = {"A", "P"};
    b.made.records.push_back(r);
    b.add(a_step("1").keep("HS.01").go(done(end())));
    one_case c(b);
    c.open("A");
    c.complete("A", "1");
    CHECK(c.state.records == words{"HS.01"});
    CHECK(c.told() ==
          words{"task_completed>A:keeper", "task_completed>P:keeper", "case_ended>A:opener"});
}

TEST_CASE("a later joint confirmation sees what the first has ticked and attached") {
    procedure_builder b;
    b.unit("P").unit("Q").role_by("T", {"1"});
    auto s = a_step("1", {"A", "P"}).assign("T").go(build::ok(to("2"))).go(nok(end()));
    s.made.preconditions.resize(1);
    s.made.preconditions[0].text = "Đã họp";
    s.made.preconditions[0].evidence = true;
    b.add(s).add(a_step("2", {"T"}).go(done(end())));
    one_case c(b);
    c.open("A/a");
    CHECK(c.cannot_complete("A/a", "1", {.outcome = "OK", .assign = {{"T", "Q", ""}}}) ==
          errc::invalid_argument);
    c.complete("A/a", "1",
               {.outcome = "OK",
                .confirmed = all_preconditions,
                .attachments = {{"bb", "", 1, {}, "Đã họp"}}});
    CHECK(c.task("1").ticked == words{"Đã họp"});
    CHECK(c.cannot_complete("P/p", "1", {.outcome = "OK"}) == errc::assignment_missing);
    c.complete("P/p", "1", {.outcome = "OK", .assign = {{"T", "Q", ""}}});
    CHECK(c.is_open("2"));
}

TEST_CASE("what a joint step demands is asked of whoever confirms last") {
    procedure_builder b;
    b.unit("P").unit("Q");
    b.form_of("F", {{"Kết quả", field_type::text}});
    b.made.forms[0].fields[0].required = true;
    b.add(a_step("1", {"A", "P", "Q"}).fill("F").go(done(end())));
    one_case c(b);
    c.open("A/a");
    c.complete("P/p", "1");  // not the last: nothing is demanded yet
    c.complete("A/a", "1", {.fields = {{"Kết quả", ""}}});
    CHECK(c.cannot_complete("Q/q", "1") == errc::field_missing);
    CHECK(c.cannot_complete("A/a", "1", {.fields = {{"Kết quả", "x"}}}) == errc::already_confirmed);
    c.complete("Q/q", "1", {.fields = {{"Kết quả", "xong"}}});
    CHECK(c.state.status == case_status::ended);
}

TEST_CASE("who is informed under the outcome is told when it is chosen") {
    procedure_builder b;
    b.unit("NMP");
    auto s = a_step("1")
                 .go(build::named("Cần thiết", to("2")))
                 .go(build::named("Không cần thiết", end("Không cần thiết")));
    party_clause told;
    told.parties = {"NMP"};
    told.when = build::outcome("Không cần thiết");
    s.made.inform.push_back(told);
    b.add(s).add(a_step("2").go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.told() == words{"task_opened>A:lead"});
    one_case needed = c;
    needed.complete("A", "1", {.outcome = "Cần thiết"});
    CHECK(needed.told() == words{"task_opened>A:lead"});
    c.complete("A", "1", {.outcome = "Không cần thiết"});
    CHECK(c.told() == words{"task_completed>NMP:inform", "case_ended>A:opener"});
}

TEST_CASE("the person who does a task is nobody yet while it opens, whoever sent it there") {
    procedure_builder b;
    b.unit("P").unit("Q");
    b.add(a_step("1").go(done(to("2"))));
    auto s = a_step("2").go(done(end()));
    const auto by = [](const char* person) {
        return build::compare(build::special(operand::kind::actor), comparison::is,
                              {build::literal(std::string(person))});
    };
    party_clause helps;
    helps.parties = {"P"};
    helps.when = by("a1");
    s.made.with.push_back(helps);
    party_clause told;
    told.parties = {"Q"};
    told.when = by("a1");
    s.made.inform.push_back(told);
    time_limit quick = build::within(build::days(1));
    quick.when = by("a1");
    s.made.limits = {quick, build::within(build::days(5))};
    b.add(s);
    one_case c(b);
    c.open("A/a1");
    c.complete("A/a1", "1");
    // a1 has done step 1; who will do step 2 is not known.
    CHECK(c.told() == words{"task_opened>A:lead"});
    CHECK(c.task("2").due.limit_index == 1);
    one_case other = c;
    other.complete("A/a2", "2");
    CHECK(other.told() == words{"case_ended>A/a1:opener"});
    c.complete("A/a1", "2");
    CHECK(c.told() == words{"task_completed>Q:inform", "case_ended>A/a1:opener"});
}

TEST_CASE("a flow that leads back with nothing wrong returns nothing") {
    procedure_builder b;
    b.add(a_step("4").go(build::ok(end())).go(nok(to("6"))));
    b.add(a_step("6").go(done(to("7"))));
    b.add(a_step("7").go(done(to("4"))));
    one_case c(b);
    c.open("A");
    c.complete("A", "4", {.outcome = "NOK"});
    CHECK(c.told() == words{"task_opened>A:lead"});
    c.complete("A", "6");
    c.complete("A", "7");
    CHECK(c.task("4", 2).returned);  // its limit counts from here
    CHECK(c.told() == words{"task_opened>A:lead"});
}
