// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_htkh03.cpp: QT.HTKH.03 from the first letter to the end, with every date by
// hand.
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include "engine/play.hpp"

using namespace play;
using words = std::vector<std::string>;

TEST_CASE("a whole case: who has what, until when, who is told") {
    one_case c(htkh03());
    c.open("ĐVYC/nv01", {.reference = "125/CV"});
    CHECK(c.state.reference == "125/CV");
    CHECK(c.due("1") == "not stated");
    CHECK(c.told() == words{"task_opened>ĐVYC:lead", "task_opened>ĐVTH:coordinate"});
    CHECK(c.last.opened == std::vector<task_key>{{"1", 1}});
    CHECK(c.state.opener == actor{"ĐVYC", "nv01"});

    c.complete("ĐVYC/nv01", "1", {.confirmed = all_preconditions});
    // Monday 11/12/2023 08:00, the day of receipt is not counted: 12, 13, 14.
    CHECK(c.due("2") == "2023-12-14");
    CHECK(c.told() == words{"task_opened>ĐVTH:lead", "task_opened>ĐVYC:coordinate"});
    CHECK(c.task("2").due.calendar_code == "HC.VN");
    CHECK(c.task("2").due.calendar_version == "2024");
    CHECK(c.task("2").due.trace.size() >= 3);

    c.go_to("13/12/2023 09:30");
    c.complete("ĐVTH/nv07", "2", {.outcome = "OK"});
    CHECK_FALSE(c.task("2").late);
    CHECK(c.due("3") == "2023-12-20");  // 13/12 + 7
    c.go_to("15/12/2023 15:00");
    c.complete("ĐVTH/nv07", "3", {.fields = {{"Ngày hoàn thành", "29/12/2023"}}});
    CHECK(c.state.forms.at("KHTH").version == 1);
    // Friday 15/12 + 2 = Sunday 17/12, which rolls to Monday (art. 148.5).
    CHECK(c.due("4") == "2023-12-18");
    c.go_to("18/12/2023 16:00");
    c.complete("LĐTT/gđ", "4", {.outcome = "OK"});
    CHECK(c.state.forms.at("KHTH").approved_version == 1u);
    CHECK(c.state.forms.at("KHTH").approved_by == actor{"LĐTT", "gđ"});
    CHECK(c.due("5") == "2023-12-29");
    c.go_to("28/12/2023 08:00");
    c.complete("ĐVTH/nv07", "5");
    CHECK(c.told() ==
          words{"task_opened>ĐVTH:lead", "task_opened>ĐVYC:joint", "task_opened>LĐTT:coordinate"});
    c.complete("ĐVYC/nv01", "6");
    CHECK(c.state.status == case_status::open);
    CHECK(c.told() == words{"task_completed>ĐVTH:joint"});
    c.complete("ĐVTH/nv07", "6");
    CHECK(c.state.status == case_status::ended);
    CHECK(c.state.end_kind.empty());
    CHECK(c.last.ended);
    CHECK(c.told() == words{"case_ended>ĐVYC/nv01:opener"});
    CHECK(c.cannot_complete("ĐVTH/nv07", "6") == errc::case_not_open);
}

TEST_CASE("an incomplete letter goes back and the limit starts anew with the new letter") {
    one_case c = htkh03_at(2);
    c.go_to("12/12/2023 10:00");
    CHECK(c.cannot_complete("ĐVTH/nv07", "2", {.outcome = "NOK"}) == errc::reason_missing);
    CHECK(c.cannot_complete("ĐVTH/nv07", "2", {.outcome = "NOK", .reason = " \n"}) ==
          errc::reason_missing);
    c.complete("ĐVTH/nv07", "2", {.outcome = "NOK", .reason = "thiếu tài liệu SPDV"});
    CHECK(c.task("1", 2).returned);
    CHECK(c.task("1", 2).return_reason == "thiếu tài liệu SPDV");
    CHECK(c.told() == words{"task_returned>ĐVYC:lead", "task_returned>ĐVTH:coordinate"});
    CHECK(c.cannot_complete("ĐVYC/nv01", "1") == errc::precondition_missing);
    c.go_to("14/12/2023 10:00");
    c.complete("ĐVYC/nv01", "1.2", {.confirmed = {false, {"SPDV đã được phê duyệt triển khai"}}});
    CHECK(c.due("2", 2) == "2023-12-18");  // 14/12 + 3 = Sunday 17/12, rolls
    CHECK_FALSE(c.task("2", 2).returned);
}

TEST_CASE("a rejected plan counts from the receipt of the rejection, not from step 2") {
    one_case c = htkh03_at(4);
    c.go_to("21/12/2023 08:00");
    c.complete("LĐTT/gđ", "4", {.outcome = "NOK", .reason = "chưa đủ nguồn lực"});
    CHECK(c.task("4").late);  // due 13/12
    CHECK(c.due("3", 2) == "2023-12-28");
    // The plan is the same paper in a new version; what was written stays until it is changed.
    c.complete("ĐVTH/nv07", "3");
    CHECK(c.state.forms.at("KHTH").version == 2);
    CHECK(c.field("KHTH", "Ngày hoàn thành") == value{day("20/12/2023")});
}

TEST_CASE("a later plan drops the approval of the earlier one") {
    one_case c = htkh03_at(5);
    CHECK(c.state.forms.at("KHTH").approved_version.has_value());
    // No step leads back from 5 in the text; a variant does.
    procedure p = htkh03();
    p.steps[4].branches.push_back(build::named("Làm lại kế hoạch", build::to("3")));
    one_case v(p);
    v.open("ĐVYC/nv01");
    v.complete("ĐVYC/nv01", "1", {.confirmed = all_preconditions});
    v.complete("ĐVTH/nv07", "2", {.outcome = "OK"});
    v.complete("ĐVTH/nv07", "3", {.fields = {{"Ngày hoàn thành", "20/12/2023"}}});
    v.complete("LĐTT/gđ", "4", {.outcome = "OK"});
    v.complete("ĐVTH/nv07", "5", {.outcome = "Làm lại kế hoạch"});
    CHECK(v.state.forms.at("KHTH").approved_version.has_value());
    v.ok("ĐVTH/nv07", command::record{"3", {{"Ngày hoàn thành", "25/12/2023"}}, {}});
    CHECK_FALSE(v.state.forms.at("KHTH").approved_version.has_value());
    CHECK(v.state.forms.at("KHTH").version == 2);
    v.ok("ĐVTH/nv07", command::record{"3", {{"Ngày hoàn thành", "26/12/2023"}}, {}});
    CHECK(v.state.forms.at("KHTH").version == 2);  // the same task, the same version
    v.complete("ĐVTH/nv07", "3");
    CHECK(v.state.forms.at("KHTH").version == 2);
}

TEST_CASE("a question inside step 5: urgent, ordinary, and what it blocks") {
    one_case c = htkh03_at(5);
    c.go_to("12/12/2023 09:15");
    CHECK(c.no("ĐVTH/nv07", command::consult{"6a", "5", "không đủ máy", {}}) ==
          errc::field_missing);
    c.ok("ĐVTH/nv07",
         command::consult{"6a",
                          "",
                          "không đủ máy",
                          {{"Khó khăn, vướng mắc", "thiếu 02 máy chủ"}, {"Gấp", "có"}}});
    CHECK(c.told() == words{"consulted>LĐTT:asked"});
    CHECK(c.due_of(c.question("6a").due) == "at once 2023-12-12T09:15");
    CHECK(c.question("6a").due.trace.size() == 2);
    CHECK(c.cannot_complete("ĐVTH/nv07", "5") == errc::consultation_open);
    // LĐTT cannot complete the step either, only answer first; the sentence says so.
    CHECK(c.refused.who_could.empty());
    CHECK(c.refused.args[2] == "LĐTT");
    CHECK(c.no("ĐVTH/nv07", command::answer{"6a", "", "cứ làm", {}}) == errc::not_permitted);
    CHECK(c.no("LĐTT/gđ", command::answer{"6a", "", "  ", {}}) == errc::invalid_argument);
    c.ok("LĐTT/gđ", command::answer{"6a", "", "mượn của NCPT", {}});
    CHECK(c.told() == words{"answered>ĐVTH:lead", "answered>ĐVYC:coordinate"});
    CHECK_FALSE(c.question("6a").late);

    // A second question is a new paper: nothing of the first is believed.
    CHECK(c.no("ĐVTH/nv07",
               command::consult{"6a", "5", "lại thiếu", {{"Khó khăn, vướng mắc", "x"}}}) ==
          errc::field_missing);
    c.ok(
        "ĐVTH/nv07",
        command::consult{"6a", "5", "lại thiếu", {{"Khó khăn, vướng mắc", "x"}, {"Gấp", "không"}}});
    CHECK(c.due_of(c.question("6a", 2).due) == "2023-12-14");
    // It is said when it is answered: until then the flow has the first.
    CHECK(c.state.forms.at("XYK").version == 1);
    CHECK(c.question("6a", 2).forms.at("XYK").version_of == task_key{"6a", 2});
    // Two at once are told apart by their number.
    c.ok("ĐVTH/nv07",
         command::consult{"6a", "5", "nữa", {{"Khó khăn, vướng mắc", "y"}, {"Gấp", "không"}}});
    CHECK(c.no("LĐTT/gđ", command::answer{"6a", "", "được", {}}) == errc::task_ambiguous);
    c.ok("LĐTT/gđ", command::answer{"6a.3", "", "được", {}});
    c.go_to("15/12/2023 00:00");
    c.ok("LĐTT/gđ", command::answer{"6a.2", "", "được", {}});
    CHECK(c.question("6a", 2).late);  // due through 14/12, half-open
    CHECK(c.state.forms.at("XYK").version == 3);
    CHECK(c.state.forms.at("XYK").version_of == task_key{"6a", 2});
    c.complete("ĐVTH/nv07", "5");
}

TEST_CASE("the joint report: the first fixes the outcome, each confirms once") {
    procedure p = htkh03();
    p.steps[6].branches = {build::ok(build::end("Đạt")), build::nok(build::to("5"))};
    p.steps[6].branches[1].reason = true;
    one_case c(p);
    c.open("ĐVYC/nv01");
    c.complete("ĐVYC/nv01", "1", {.confirmed = all_preconditions});
    c.complete("ĐVTH/nv07", "2", {.outcome = "OK"});
    c.complete("ĐVTH/nv07", "3", {.fields = {{"Ngày hoàn thành", "20/12/2023"}}});
    c.complete("LĐTT/gđ", "4", {.outcome = "OK"});
    c.complete("ĐVTH/nv07", "5");
    c.complete("ĐVTH/nv07", "6", {.outcome = "NOK", .reason = "chưa đủ"});
    CHECK(c.cannot_complete("ĐVTH/nv07", "6", {.outcome = "NOK", .reason = "x"}) ==
          errc::already_confirmed);
    CHECK(c.cannot_complete("ĐVYC/nv01", "6", {.outcome = "OK"}) == errc::outcome_differs);
    CHECK(c.refused.args[0] == "ĐVTH/nv07");
    CHECK(c.refused.args[1] == "NOK");
    // The reason of the first serves for the confirmation of the second.
    c.complete("ĐVYC/nv01", "6", {.outcome = "NOK"});
    CHECK(c.task("5", 2).returned);
    CHECK(c.task("5", 2).return_reason == "chưa đủ");
    CHECK(c.state.steps.at("6").actors == std::vector<actor>{{"ĐVTH", "nv07"}, {"ĐVYC", "nv01"}});
}

TEST_CASE("real units behind the roles: a role's code and its unit both name them") {
    one_case c(htkh03());
    c.open("ĐVYC/nv01", {.bind = {{"ĐVTH", "P.HTKH", ""}, {"ĐVYC", "P.KHTC", ""}}});
    CHECK(c.state.opener == actor{"P.KHTC", "nv01"});
    CHECK(c.log[0].by == actor{"P.KHTC", "nv01"});
    c.complete("P.KHTC/nv01", "1", {.confirmed = all_preconditions});
    CHECK(c.told() == words{"task_opened>P.HTKH:lead", "task_opened>P.KHTC:coordinate"});
    CHECK(c.cannot_complete("P.KHTC/nv01", "2", {.outcome = "OK"}) == errc::not_permitted);
    CHECK(c.refused.who_could == words{"P.HTKH"});
    c.complete("ĐVTH/nv07", "2", {.outcome = "OK"});
    CHECK(c.latest[0].by == actor{"P.HTKH", "nv07"});
    c.complete("P.HTKH/nv07", "3", {.fields = {{"Ngày hoàn thành", "20/12/2023"}}});
}

TEST_CASE("event times never decrease, whatever the clock says") {
    one_case c = htkh03_at(2);
    const instant before = c.now;
    c.go_to("01/12/2023 08:00");
    c.complete("ĐVTH/nv07", "2", {.outcome = "OK"});
    CHECK(c.latest.back().at == before);
}
