// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_options.cpp: what one person may do now, enough to build a form.
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/language/parse.hpp>
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

std::vector<option> options_of(const one_case& c, const std::string& who) {
    return options_for(c.with(), c.state, read_actor(who));
}
words commands_of(const one_case& c, const std::string& who) {
    words names;
    for (const auto& o : options_of(c, who))
        names.push_back(o.command + (o.allowed ? "" : "?") +
                        (o.consultation.empty() ? "" : ":" + o.consultation));
    return names;
}
const option& one(const std::vector<option>& all, const std::string& command) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const option& o) { return o.command == command; });
    REQUIRE(found != all.end());
    return *found;
}

}  // namespace

TEST_CASE("the lead, a coordinator, a stranger") {
    one_case c = htkh03_at(2);
    CHECK(commands_of(c, "ĐVTH/nv07") == words{"complete", "claim", "assign", "comment", "attach"});
    CHECK(commands_of(c, "ĐVYC/nv01") == words{"complete?", "opine", "comment", "attach"});
    CHECK(commands_of(c, "X/x") == words{"complete?"});
    const auto stranger = options_of(c, "X/x");
    CHECK(stranger[0].who_could == words{"ĐVTH"});
    CHECK(stranger[0].rule == errc::not_permitted);
    CHECK(stranger[0].title == "Kiểm tra thông tin, tài liệu SPDV");
    const auto lead = options_of(c, "ĐVTH/nv07");
    REQUIRE(lead[0].outcomes.size() == 2);
    CHECK(lead[0].outcomes[0].name == "OK");
    REQUIRE(lead[0].outcomes[0].ways.size() == 1);
    CHECK(lead[0].outcomes[0].ways[0].step == "3");
    CHECK_FALSE(lead[0].outcomes[0].reason);
    CHECK(lead[0].outcomes[1].reason);
    c.ok("ĐVTH/nv07", command::claim{"2"});
    CHECK(commands_of(c, "ĐVTH/nv07") ==
          words{"complete", "release", "reassign", "comment", "attach"});
    CHECK(options_of(c, "ĐVTH/nv08")[0].rule == errc::taken_by_other);
}

TEST_CASE("fields with their types, choices, what is required and what stands") {
    one_case c = htkh03_at(3);
    c.ok("ĐVTH/nv07", command::record{"3", {{"Ngày hoàn thành", "20/12/2023"}}, {}});
    const auto all = options_of(c, "ĐVTH/nv07");
    const auto& fields = one(all, "complete").fields;
    REQUIRE(fields.size() == 1);
    CHECK(fields[0].form == "KHTH");
    CHECK(fields[0].kind == field_type::day);
    CHECK(fields[0].type == "ngày");
    CHECK(fields[0].required);
    CHECK(fields[0].current == value{day("20/12/2023")});
    CHECK(one(all, "record").fields.size() == 1);
    CHECK(one(all, "complete").outcomes[0].name == "xong");
}

TEST_CASE("preconditions, questions and answers") {
    one_case c = htkh03_at(1);
    const auto first = options_of(c, "ĐVYC/nv01");
    REQUIRE(one(first, "complete").preconditions.size() == 1);
    CHECK(one(first, "complete").preconditions[0].text == "SPDV đã được phê duyệt triển khai");

    c = htkh03_at(5);
    CHECK(commands_of(c, "ĐVTH/nv07") ==
          words{"complete", "claim", "assign", "consult:6a", "comment", "attach"});
    const auto lead = options_of(c, "ĐVTH/nv07");
    REQUIRE(one(lead, "consult").fields.size() == 2);
    CHECK(one(lead, "consult").fields[1].type == "có hoặc không");
    c.ok("ĐVTH/nv07",
         command::consult{"6a", "", "?", {{"Khó khăn, vướng mắc", "x"}, {"Gấp", "có"}}});
    const auto blocked = options_of(c, "ĐVTH/nv07");
    CHECK_FALSE(one(blocked, "complete").allowed);
    CHECK(one(blocked, "complete").rule == errc::consultation_open);
    CHECK_FALSE(one(blocked, "answer").allowed);
    const auto leader = options_of(c, "LĐTT/gđ");
    CHECK(one(leader, "answer").allowed);
    CHECK(one(leader, "answer").task == task_key{"6a", 1});
    // The answerer reads what was asked; the next question starts empty.
    CHECK(one(leader, "answer").fields[0].current == value{"x"});
    CHECK(one(blocked, "consult").fields[0].current.empty());
}

TEST_CASE("assignments, channels, checklists, optional links, choices") {
    procedure_builder b;
    b.role_by("NTH", {"1"});
    catalogue k6;
    k6.code = "K6";
    k6.items = {{"1", "email"}, {"2", "chat"}};
    catalogue bk;
    bk.code = "BK";
    bk.is_checklist = true;
    bk.items = {{"1", "Bối cảnh"}};
    b.made.catalogues = {k6, bk};
    b.form_of("F", {{"Loại", field_type::one_of}});
    b.made.forms[0].fields[0].choices = {"Yêu cầu", "Phản ánh"};
    b.made.forms[0].fields[0].other_allowed = true;
    auto s = a_step("1").fill("F").assign("NTH").act(form_act::kind::check, "BK").go(done(to("2")));
    s.made.channel_catalogue = "K6";
    link_clause may;
    may.procedure = "QT.X";
    may.may = true;
    s.link(may);
    b.add(s).add(a_step("2", {"NTH"}).go(done(end("Đạt"))));
    one_case c(b);
    c.open("A");
    const auto all = options_of(c, "A");
    const auto& o = one(all, "complete");
    REQUIRE(o.assign_roles.size() == 1);
    CHECK(o.assign_roles[0].role == "NTH");
    CHECK(o.assign_roles[0].outcomes.empty());
    CHECK(o.channels == words{"email", "chat"});
    CHECK(o.may_open == words{"QT.X"});
    REQUIRE(o.preconditions.size() == 1);
    CHECK(o.preconditions[0].text == "Bối cảnh");
    CHECK(o.fields[0].choices == words{"Yêu cầu", "Phản ánh"});
    CHECK(o.fields[0].other_allowed);
}

TEST_CASE("papers without a form that are still to be attached") {
    procedure_builder b;
    auto s = a_step("1").go(build::ok(end())).go(build::nok(end("Không")));
    for (const char* name : {"Biên bản", "Tờ trình"}) {
        form_act act;
        act.paper = name;
        s.made.acts.push_back(act);
    }
    s.act_if(build::outcome("OK"));
    b.add(s);
    one_case c(b);
    c.open("A");
    // What hangs on an outcome that is not chosen yet may be needed.
    CHECK(one(options_of(c, "A/nv"), "complete").papers == words{"Biên bản", "Tờ trình"});
    c.ok("A", command::attach{"1", {"b.pdf", "application/pdf", 1, {}, "Biên bản"}});
    CHECK(one(options_of(c, "A/nv"), "complete").papers == words{"Tờ trình"});
    c.ok("A", command::attach{"1", {"Tờ trình", "application/pdf", 1, {}, ""}});
    CHECK(one(options_of(c, "A/nv"), "complete").papers.empty());
}

TEST_CASE("receipt, rights, events; nothing of a closed case") {
    procedure_builder b;
    b.unit("P").add(a_step("1").go(done(to("2"))));
    time_limit l = build::within(build::days(2));
    l.from.what = anchor::kind::event;
    l.from.text = "Có kết quả";
    auto s = a_step("2", {"P"}).limit(l).go(done(end("Đạt")));
    s.made.must_acknowledge = true;
    b.add(s);
    right_clause r;
    r.parties = {"A"};
    b.made.rights = {r};
    one_case c(b);
    c.open("A");
    c.complete("A", "1");
    CHECK(commands_of(c, "P/p") ==
          words{"complete?", "receive", "claim", "assign", "comment", "attach", "signal"});
    CHECK(options_of(c, "P/p")[0].rule == errc::not_received);
    CHECK(options_of(c, "P/p")[0].outcomes[0].ways[0].step.empty());
    CHECK(options_of(c, "P/p")[0].outcomes[0].ways[0].title == "Đạt");
    CHECK(commands_of(c, "A") == words{"complete?", "comment", "attach", "withdraw", "signal"});
    CHECK(one(options_of(c, "A"), "signal").answers == words{"Có kết quả"});
    c.ok("A", command::withdraw{""});
    CHECK(options_of(c, "A").empty());
}

TEST_CASE("an outcome tells each way on with its condition, its step or end, and the title") {
    // “4, Nhỏ” was told as the name of one end, and a branch that is used up as if it were open.
    const auto read = parse("x.quytrinh", R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.X "Đường đi"
  một ngày là ngày lịch
vai trò A "Bên A"
biểu mẫu F "Phiếu"
  thông tin "Gấp" là có hoặc không
bước 1 "Lập"
  chủ trì A
  lập F
  thời hạn không nêu
  nếu "Gấp" là có → bước 2
  còn lại → kết thúc "Nhỏ"
bước 2 "Duyệt"
  chủ trì A
  thời hạn không nêu
  OK → kết thúc
  NOK → bước 2, tối đa 1 lần, sau đó → kết thúc "Thôi"
)");
    REQUIRE(read.sound());
    one_case c(*read.definition);
    c.open("A");
    const auto ways = [&](std::size_t outcome) {
        words told;
        const auto all = options_of(c, "A");
        for (const auto& way : one(all, "complete").outcomes.at(outcome).ways)
            told.push_back(way.when + "|" + way.step + "|" + way.title);
        return told;
    };
    CHECK(ways(0) == words{"\"Gấp\" là có|2|Duyệt", "còn lại||Nhỏ"});
    c.complete("A", "1", {.fields = {{"Gấp", value::yes_no(true)}}});
    CHECK(ways(0) == words{"||"});
    CHECK(ways(1) == words{"|2|Duyệt"});
    c.complete("A", "2", {.outcome = "NOK"});
    CHECK(ways(1) == words{"||Thôi"});
}

TEST_CASE("a joint lead that comes second can only confirm") {
    procedure_builder b;
    b.unit("P").add(a_step("1", {"A", "P"}).go(build::ok(end())).go(build::nok(to("1"))));
    one_case c(b);
    c.open("A");
    c.complete("A", "1", {.outcome = "OK"});
    const auto all = options_of(c, "P");
    REQUIRE(one(all, "complete").outcomes.size() == 1);
    CHECK(one(all, "complete").outcomes[0].name == "OK");
}

TEST_CASE("a joint step says whose confirmation is still missing") {
    procedure_builder b;
    b.unit("P").unit("Q").add(a_step("1", {"A", "P", "Q"}).go(done(end())));
    one_case c(b);
    c.open("A/a");
    CHECK(one(options_of(c, "A/a"), "complete").awaiting == words{"A", "P", "Q"});
    c.complete("P/p", "1");
    CHECK(one(options_of(c, "A/a"), "complete").awaiting == words{"A", "Q"});
    CHECK(one(options_of(c, "A/a"), "complete").allowed);
    // Whoever has confirmed has nothing left to complete, as the command would answer.
    const auto again = one(options_of(c, "P/p"), "complete");
    CHECK_FALSE(again.allowed);
    CHECK(again.rule == errc::already_confirmed);
    CHECK(again.who_could == words{"A", "Q"});
    CHECK(c.cannot_complete("P/p", "1") == errc::already_confirmed);
    // Nor anything to take: the task was once offered to the one who was through with it.
    const auto offered = [&](const std::string& who, std::string_view command) {
        const auto all = options_of(c, who);
        return std::any_of(all.begin(), all.end(),
                           [&](const option& o) { return o.command == command && o.allowed; });
    };
    CHECK_FALSE(offered("P/p", "claim"));
    CHECK_FALSE(offered("P/p", "assign"));
    CHECK(c.no("P/p", command::assign{"1", "P", "p2", ""}) == errc::not_permitted);
    CHECK(c.no("P/p", command::claim{"1"}) == errc::already_confirmed);
    CHECK(offered("Q/q", "claim"));
    CHECK(offered("Q/q", "assign"));

    procedure_builder any;
    any.unit("P").add(a_step("1", {"A", "P"}).go(done(end())));
    any.made.steps.back().lead.how = lead_clause::mode::any;
    one_case either(any);
    either.open("A/a");
    CHECK(one(options_of(either, "A/a"), "complete").awaiting.empty());
}

TEST_CASE("what is shown as allowed is allowed, what is not is refused with the same rule") {
    for (int step = 1; step <= 6; ++step) {
        one_case c = htkh03_at(step);
        for (const char* who : {"ĐVYC/nv01", "ĐVTH/nv07", "LĐTT/gđ", "X/x"}) {
            for (const auto& o : options_of(c, who)) {
                if (o.command != "claim" && o.command != "comment") continue;
                one_case trial = c;
                command::body body = command::claim{to_string(o.task)};
                if (o.command == "comment") body = command::comment{to_string(o.task), "x"};
                CHECK(trial.send(who, body) == o.allowed);
            }
        }
    }
}
