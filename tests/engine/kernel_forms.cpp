// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_forms.cpp: fields, boxes, versions, approvals, checklists, as BM.CTCL.01
// needs them.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/model/procedure.hpp>

#include "engine/play.hpp"

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::nok;
using build::procedure_builder;
using build::to;

namespace {

form_field in_box(std::string box, std::string name, field_type type = field_type::text,
                  bool required = false) {
    form_field f;
    f.name = std::move(name);
    f.type = type;
    f.box = std::move(box);
    f.required = required;
    return f;
}

/// BM with box 1, the append-only box 2 and box 3; steps as the ticket of corrective action has
/// them.
procedure_builder ticket() {
    procedure_builder b;
    b.unit("LĐ");
    form f;
    f.code = "BM";
    f.boxes.resize(3);
    f.boxes[0].number = "1";
    f.boxes[1].number = "2";
    f.boxes[1].append_only = true;
    f.boxes[2].number = "3";
    f.fields = {in_box("1", "Nội dung", field_type::text, true), in_box("1", "Dấu hiệu"),
                in_box("2", "Biện pháp", field_type::text, true),
                in_box("2", "Hạn", field_type::day),
                in_box("3", "Kết quả", field_type::text, true)};
    b.made.forms.push_back(f);
    b.add(a_step("1").fill("BM", "1").go(done(to("2"))));
    auto signs = a_step("2").fill("BM", "1").go(done(to("3")));
    signs.made.acts[0].only = {"Dấu hiệu"};
    b.add(signs);
    b.add(a_step("3").fill("BM", "2").go(done(to("4"))));
    b.add(a_step("4", {"LĐ"})
              .approve("BM", "2")
              .act_if(build::outcome("OK"))
              .go(build::ok(to("5")))
              .go(nok(to("3"))));
    time_limit until = build::from_field("BM", "Hạn");
    b.add(a_step("5").limit(until).go(done(to("6"))));
    auto ask = build::a_consultation("5b", {"5"}, {"LĐ"});
    ask.act(form_act::kind::append, "BM", "2");
    ask.made.answers = {"Thay đổi biện pháp", "Giữ nguyên"};
    b.add(ask);
    b.add(a_step("6").fill("BM", "3").go(done(end("Đạt"))));
    return b;
}

one_case at_step(int step) {
    one_case c(ticket());
    c.open("A");
    if (step > 1) c.complete("A", "1", {.fields = {{"Nội dung", "quá hạn"}}});
    if (step > 2) c.complete("A", "2", {.fields = {{"Dấu hiệu", "lặp lại"}}});
    if (step > 3)
        c.complete("A", "3", {.fields = {{"Biện pháp", "đào tạo"}, {"Hạn", "31/01/2024"}}});
    if (step > 4) c.complete("LĐ/gđ", "4", {.outcome = "OK"});
    return c;
}

}  // namespace

TEST_CASE("a box is filled by its step and closed to the others") {
    one_case c(ticket());
    c.open("A");
    CHECK(c.cannot_complete("A", "1") == errc::field_missing);
    CHECK(c.refused.args[1] == "Nội dung");
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Nội dung", "  "}}}) == errc::field_missing);
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Nội dung", "x"}, {"Kết quả", "y"}}}) ==
          errc::field_unknown);
    c.complete("A", "1", {.fields = {{"Nội dung", "quá hạn"}}});
    CHECK(c.state.forms.at("BM").closed_boxes == std::vector<std::string>{"1"});
    CHECK(c.cannot_complete("A", "2", {.fields = {{"Nội dung", "sửa"}}}) == errc::field_locked);
    c.complete("A", "2", {.fields = {{"Dấu hiệu", "lặp lại"}}});
    CHECK(c.field("BM", "Nội dung") == value{"quá hạn"});
    CHECK(c.state.forms.at("BM").version == 2);
    const auto& entered = c.state.forms.at("BM").fields.at("Dấu hiệu");
    CHECK(entered.by == actor{"A", ""});
    CHECK(entered.step == "2");
}

TEST_CASE("an append-only box keeps every entry") {
    one_case c = at_step(4);
    CHECK(c.state.forms.at("BM").appended.empty());  // the first filling is no amendment
    c.complete("LĐ/gđ", "4", {.outcome = "NOK", .reason = "chưa đủ"});
    c.complete("A", "3", {.fields = {{"Biện pháp", "đào tạo lại"}}});
    CHECK(c.field("BM", "Biện pháp") == value{"đào tạo lại"});
    REQUIRE(c.state.forms.at("BM").appended.size() == 1);
    CHECK(c.state.forms.at("BM").appended[0].second.content == value{"đào tạo lại"});
    CHECK(c.event_of<event::task_completed>().fields.empty());
}

TEST_CASE("approval of a box: frozen, counted from, changed only by a later entry") {
    one_case c = at_step(5);
    const auto& f = c.state.forms.at("BM");
    CHECK(f.approved_version == f.version);
    CHECK(f.approved_boxes == std::vector<std::string>{"2"});
    CHECK(c.due("5") == "2024-01-31");
    c.go_to("15/01/2024 08:00");
    c.ok("A", command::consult{"5b", "", "thiếu người", {}});
    CHECK(c.no("LĐ/gđ", command::answer{"5b", "Đồng ý", "", {}}) == errc::answer_unknown);
    CHECK(c.refused.args[2] == "“Thay đổi biện pháp”, “Giữ nguyên”");
    CHECK(c.no("LĐ/gđ", command::answer{"5b", "Giữ nguyên", "", {{"Kết quả", "x"}}}) ==
          errc::field_unknown);
    CHECK(c.no("LĐ/gđ", command::answer{"5b", "Giữ nguyên", "", {{"Nội dung", "x"}}}) ==
          errc::field_locked);
    c.ok("LĐ/gđ", command::answer{"5b", "Thay đổi biện pháp", "", {{"Hạn", "15/02/2024"}}});
    // The date of the approved box was amended where it may be: the open task is due on the new
    // one.
    CHECK(c.due("5") == "2024-02-15");
    CHECK(c.event_of<event::consultation_answered>().effects.dues.size() == 1);
    CHECK(c.state.forms.at("BM").approved_version.has_value());
    CHECK(c.state.forms.at("BM").appended.size() == 1);
    c.complete("A", "5");
    // Filling box 3 makes a version, and takes nothing from what was approved in box 2.
    c.complete("A", "6", {.fields = {{"Kết quả", "đạt"}}});
    CHECK(c.state.forms.at("BM").approved_version.has_value());
    CHECK(c.state.end_kind == "Đạt");
}

TEST_CASE("a form that nobody has filled in cannot be approved") {
    procedure_builder b;
    b.form_of("F", {{"X", field_type::text}});
    b.add(a_step("1").approve("F").go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1") == errc::form_not_filled);
    b.made.steps[0].acts.insert(b.made.steps[0].acts.begin(), form_act{});
    b.made.steps[0].acts[0].code = "F";
    one_case both(b);
    both.open("A");
    both.complete("A", "1", {.fields = {{"X", "x"}}});
    CHECK(both.state.forms.at("F").approved_version == 1u);
}

TEST_CASE("a field that two forms have is named by the form, or by what the step works on") {
    procedure_builder b;
    b.form_of("F", {{"X", field_type::text}}).form_of("G", {{"X", field_type::text}});
    b.add(a_step("1").fill("F").go(done(to("2"))))
        .add(a_step("2").fill("F").fill("G").go(done(end())));
    one_case c(b);
    c.open("A");
    c.complete("A", "1", {.fields = {{"X", "f"}}});
    CHECK(c.cannot_complete("A", "2", {.fields = {{"X", "?"}}}) == errc::field_ambiguous);
    CHECK(c.refused.args[1] == "F, G");
    CHECK(c.cannot_complete("A", "2", {.fields = {{"H", "X", "?"}}}) == errc::field_unknown);
    c.complete("A", "2", {.fields = {{"G", "X", "g"}}});
    CHECK(c.field("F", "X") == value{"f"});
    CHECK(c.field("G", "X") == value{"g"});
}

TEST_CASE("required if, and wrong types") {
    procedure_builder b;
    b.form_of("F", {{"Gấp", field_type::yes_no}, {"Lý do", field_type::text}});
    auto& why = b.made.forms[0].fields[1];
    why.required = false;
    why.required_if = build::is("Gấp", value::yes_no(true));
    b.add(a_step("1").fill("F").go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Gấp", "có thể"}}}) == errc::field_type);
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Gấp", "có"}}}) == errc::field_missing);
    CHECK(c.refused.args[1] == "Lý do");
    c.ok("A", command::record{"1", {{"Gấp", "có"}}, {}});
    c.ok("A", command::record{"1", {{"Gấp", value{}}}, {}});  // taken back
    CHECK(c.cannot_complete("A", "1") == errc::field_missing);
    c.complete("A", "1", {.fields = {{"Gấp", "không"}}});
}

TEST_CASE("the same field twice in one command: the last word counts") {
    procedure_builder b;
    b.form_of("F", {{"X", field_type::text}});
    b.add(a_step("1").fill("F").go(done(end())));
    one_case c(b);
    c.open("A");
    c.complete("A", "1", {.fields = {{"X", "a"}, {"F", "X", "b"}}});
    CHECK(c.field("F", "X") == value{"b"});
}

TEST_CASE(
    "a checklist field is complete before its box can close; kiểm tra đủ takes ticks from either "
    "side") {
    procedure_builder b;
    catalogue k;
    k.code = "BK";
    k.is_checklist = true;
    k.items = {{"1", "Bối cảnh"}, {"2", "Nguồn lực"}, {"3", "Rủi ro"}};
    b.made.catalogues.push_back(k);
    b.form_of("F", {{"Đầu vào", field_type::checklist}});
    b.made.forms[0].fields[0].catalogue = "BK";
    b.made.forms[0].fields[0].required = false;
    b.add(a_step("1").fill("F").go(done(to("2"))));
    b.add(a_step("2").act(form_act::kind::check, "BK").go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1") == errc::checklist_incomplete);
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Đầu vào", "Bối cảnh; Rủi ro"}}}) ==
          errc::checklist_incomplete);
    CHECK(c.refused.args[1] == "“Nguồn lực”");
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Đầu vào", "Tiền"}}}) == errc::choice_unknown);
    c.complete("A", "1", {.fields = {{"Đầu vào", "Bối cảnh; Rủi ro; Nguồn lực"}}});
    c.complete("A", "2");  // the field has them all

    procedure_builder plain = b;
    plain.made.steps.erase(plain.made.steps.begin());
    one_case t(plain);
    t.open("A");
    CHECK(t.cannot_complete("A", "2") == errc::checklist_incomplete);
    CHECK(t.cannot_complete("A", "2", {.confirmed = {false, {"Bối cảnh", "Rủi ro"}}}) ==
          errc::checklist_incomplete);
    t.complete("A", "2", {.confirmed = {false, {"Bối cảnh", "Rủi ro", "Nguồn lực"}}});
}

TEST_CASE("a list grows by appending, and its rows have their required cells") {
    procedure_builder b;
    form f;
    f.code = "F";
    form_field rows;
    rows.name = "Đợt";
    rows.type = field_type::list;
    form_field what, when_done;
    what.name = "Việc";
    what.required = true;
    when_done.name = "Ngày";
    when_done.type = field_type::day;
    rows.columns = {what, when_done};
    f.fields.push_back(rows);
    b.made.forms.push_back(f);
    b.add(a_step("1").fill("F").go(done(to("2"))));
    b.add(a_step("2").act(form_act::kind::append, "F").go(done(end())));
    one_case c(b);
    c.open("A");
    const value one{value_rows{{value{"họp"}, value{"01/02/2024"}}}};
    CHECK(c.cannot_complete(
              "A", "1", {.fields = {{"Đợt", value{value_rows{{value{}, value{"01/02/2024"}}}}}}}) ==
          errc::field_missing);
    CHECK(c.refused.args[1] == "Đợt › Việc");
    c.complete("A", "1", {.fields = {{"Đợt", one}}});
    c.ok("A", command::record{"2", {{"Đợt", value{value_rows{{value{"báo cáo"}, value{}}}}}}, {}});
    CHECK(c.field("F", "Đợt").get_if<value_rows>()->size() == 2);
    c.complete("A", "2");
    CHECK(c.state.forms.at("F").version == 1);  // an entry is no new version
}

TEST_CASE("an act under a condition is open to entries only when it holds") {
    procedure_builder b;
    b.form_of("F", {{"Loại", field_type::text}}).form_of("G", {{"Chi tiết", field_type::text}});
    b.add(a_step("1")
              .fill("F")
              .fill("G")
              .act_if(build::is("Loại", value{"Khiếu nại"}))
              .go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Loại", "Hỏi"}, {"Chi tiết", "x"}}}) ==
          errc::field_unknown);
    CHECK(c.cannot_complete("A", "1", {.fields = {{"Loại", "Khiếu nại"}}}) == errc::field_missing);
    one_case other = c;
    other.complete("A", "1", {.fields = {{"Loại", "Hỏi"}}});
    c.complete("A", "1", {.fields = {{"Loại", "Khiếu nại"}, {"Chi tiết", "x"}}});
    CHECK(other.state.forms.count("G") == 0);
}

TEST_CASE("an unknown act that cannot be left out is refused by name") {
    procedure_builder b;
    b.form_of("F", {{"X", field_type::text}, {"Gấp", field_type::yes_no}});
    b.made.forms[0].fields[1].required = false;
    b.add(a_step("1")
              .fill("F")
              .approve("F")
              .act_if(build::is("Gấp", value::yes_no(true)))
              .go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.cannot_complete("A", "1", {.fields = {{"X", "x"}}}) == errc::condition_unknown);
    CHECK(c.refused.args[1] == "Gấp");
}

TEST_CASE("record: something must be recorded, and only by who leads") {
    procedure_builder b;
    b.unit("P").form_of("F", {{"X", field_type::text}});
    b.add(a_step("1").with({"P"}).fill("F").go(done(end())));
    one_case c(b);
    c.open("A");
    CHECK(c.no("A", command::record{"1", {}, {}}) == errc::invalid_argument);
    CHECK(c.no("P", command::record{"1", {{"X", "x"}}, {}}) == errc::not_permitted);
    c.ok("A", command::record{"1", {{"X", "x"}}, {}});
    CHECK(c.told().empty());
    CHECK(c.state.forms.at("F").version == 1);
    c.complete("A", "1");
}

/// A host that sent "" for a required field was taken at its word; so was a list of empty rows.
TEST_CASE("a required field holds something, however a host spells nothing") {
    procedure_builder b;
    form f;
    f.code = "P";
    form_field rows = in_box("", "Người dự", field_type::list, true);
    rows.columns = {in_box("", "Họ tên", field_type::text, true),
                    in_box("", "Ghi chú", field_type::text)};
    form_field some = in_box("", "Việc", field_type::any_of, true);
    some.choices = {"A", "B"};
    f.fields = {in_box("", "Nội dung", field_type::text, true), some, rows};
    b.made.forms.push_back(f);
    b.add(a_step("1").fill("P").go(done(end())));
    one_case c(b);
    c.open("A");
    const auto with = [](value text, value some_of, value list) {
        command::complete one;
        one.fields = {{"Nội dung", std::move(text)},
                      {"Việc", std::move(some_of)},
                      {"Người dự", std::move(list)}};
        return one;
    };
    const value list(value_rows{{value("An"), value("")}});
    const value one_of(std::vector<std::string>{"A"});
    const auto missing = [&](const command::complete& one) {
        CHECK(c.cannot_complete("A", "1", one) == errc::field_missing);
        return c.refused.args.at(1);
    };
    for (const char* nothing : {"", " ", "\t\n"})
        CHECK(missing(with(value(nothing), one_of, list)) == "Nội dung");
    CHECK(missing(with(value("x"), value(std::vector<std::string>{}), list)) == "Việc");
    CHECK(missing(with(value("x"), one_of, value(value_rows{}))) == "Người dự");
    CHECK(missing(with(value("x"), one_of, value(value_rows{{value(""), value(" ")}}))) ==
          "Người dự");
    CHECK(missing(with(value("x"), one_of, value(value_rows{{value(" "), value("ghi")}}))) ==
          "Người dự › Họ tên");
    c.complete("A", "1", with(value("x"), one_of, list));
}
