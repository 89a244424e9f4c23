// SPDX-License-Identifier: BSL-1.0
// tests/engine/refusals.cpp: the table of refusals.hpp: who could act instead, or why nobody is
// named.
#include <quytrinh/engine/kernel.hpp>

#include "engine/refusals.hpp"

using namespace play;
using words = std::vector<std::string>;

namespace {

/// The texts of the scenarios use no letter with a mark and no English word: whatever is one in a
/// message is ours.
std::string text_of(const std::string& header, const std::string& body) {
    return "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.X \"Qx\"\n  một ngày là ngày lịch\n" +
           header + "vai trò A \"Qa\"\nvai trò B \"Qb\"\nvai trò L \"Ql\"\n" + body;
}

const std::string cancel_by_l = "  được hủy: L\n";
const std::string form_f =
    "biểu mẫu F \"Qf\"\n  thông tin \"Qs\" là số, bắt buộc\n  thông tin \"Qd\" là ngày\n"
    "  thông tin \"Qk\" là một trong \"Qm\", \"Qn\"\n";
const std::string form_g = "biểu mẫu G \"Qg\"\n  thông tin \"Qs\" là số\n";
const std::string first = "bước 1 \"Q1\"\n  chủ trì A\n  thời hạn không nêu\n";
const std::string second = "bước 2 \"Q2\"\n  chủ trì B\n  thời hạn không nêu\n";
const std::string on = "  xong → bước 2\n";
const std::string over = "  xong → kết thúc\n";
const std::string plain = first + on + second + over;
const std::string asking =
    "xin ý kiến 1a \"Q1a\" tại bước 1\n  hỏi B\n  trả lời \"Qu\", \"Qv\"\n  thời hạn không nêu\n";

command::complete with(std::vector<field_entry> fields) {
    command::complete c;
    c.fields = std::move(fields);
    return c;
}
command::complete choosing(std::string outcome, std::string reason = {}) {
    command::complete c;
    c.outcome = std::move(outcome);
    c.reason = std::move(reason);
    return c;
}

const char* const must_first = "somebody must do something else first; the sentence says who";
const char* const same_actor = "who was refused can do it, with the command corrected";

}  // namespace

std::vector<refusal> play::all_refusals() {
    const std::string two_ways = "  OK → bước 2\n  NOK → kết thúc, nêu lý do\n";
    const std::string guarded = first +
                                "  điều kiện \"Qp\"\n  điều kiện \"Qq\", có tài liệu kèm theo\n" +
                                on + second + over;
    const std::string filling = form_f + first + "  lập F\n" + on + second + over;
    const std::string joint =
        first + on +
        "bước 2 \"Q2\"\n  chủ trì A, B\n  thời hạn không nêu\n  OK → kết thúc\n"
        "  NOK → kết thúc\n";
    const std::string received = first + on + second + "  phải xác nhận đã nhận\n" + over;
    const std::string waiting = first + on +
                                "bước 2 \"Q2\"\n  chủ trì B\n"
                                "  thời hạn chậm nhất 03 ngày kể từ khi nhận\n  xong → kết thúc\n";
    const auto opened = [](one_case& c) { c.open("A/x"); };
    const auto at_two = [](one_case& c) {
        c.open("A/x");
        c.complete("A/x", "1");
    };
    return {
        {errc::case_not_open,
         {},
         "an ended case stays ended",
         text_of(cancel_by_l, plain),
         [=](one_case& c) {
             opened(c);
             c.ok("L/x", command::cancel{"q"});
             c.no("A/x", command::comment{{}, "q"});
         }},
        {errc::no_such_step,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "9");
         }},
        {errc::task_not_open,
         {},
         "it is nobody's turn; the sentence says whose turn it is at what is open",
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("B/x", "2");
             CHECK(c.refused.args == words{"2", "1.1 – A"});
         }},
        {errc::task_ambiguous,
         {},
         same_actor,
         text_of({}, plain + asking),
         [=](one_case& c) {
             opened(c);
             c.ok("A/x", command::consult{"1a", {}, "q", {}});
             c.ok("A/x", command::consult{"1a", {}, "q", {}});
             c.no("B/x", command::answer{"1a", "Qu", {}, {}});
         }},
        {errc::not_permitted,
         {"A"},
         "",
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("B/x", "1");
         }},
        {errc::taken_by_other,
         {},
         "whoever took it need not claim it again",
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.ok("A/x", command::claim{"1"});
             c.no("A/y", command::claim{"1"});
         }},
        {errc::outcome_unknown_name,
         {},
         same_actor,
         text_of({}, first + two_ways + second + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1", choosing("Qz"));
         }},
        {errc::outcome_missing,
         {},
         same_actor,
         text_of({}, first + two_ways + second + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1");
         }},
        {errc::reason_missing,
         {},
         same_actor,
         text_of({}, first + two_ways + second + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1", choosing("NOK"));
         }},
        {errc::precondition_missing,
         {},
         same_actor,
         text_of({}, guarded),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1");
         }},
        {errc::field_missing,
         {},
         same_actor,
         text_of({}, filling),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1");
         }},
        {errc::field_unknown,
         {},
         same_actor,
         text_of({}, filling),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1", with({{"Qz", value{"1"s}}}));
         }},
        {errc::field_ambiguous,
         {},
         same_actor,
         text_of({}, form_f + form_g + first + "  lập F\n  lập G\n" + on + second + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1", with({{"Qs", value{"1"s}}}));
         }},
        {errc::field_type,
         {},
         same_actor,
         text_of({}, filling),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1", with({{"Qd", value{"q"s}}}));
         }},
        {errc::field_locked,
         {},
         "a closed box is closed to all; the sentence says when it opens",
         text_of({}, filling),
         [=](one_case& c) {
             opened(c);
             c.complete("A/x", "1", with({{"Qs", value{"1"s}}}));
             c.cannot_complete("B/x", "2", with({{"Qs", value{"2"s}}}));
             CHECK(c.refused.args == words{"Qs", "1"});
         }},
        {errc::checklist_incomplete,
         {},
         same_actor,
         text_of({}, "bảng kiểm K \"Qk\"\n  mục \"Qi\"\n" + first + "  kiểm tra đủ K\n" + on +
                         second + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1");
         }},
        {errc::assignment_missing,
         {},
         same_actor,
         text_of({}, "vai trò N \"Qn\"\n  được phân công ở bước 1\n" + first + "  phân công N\n" +
                         on + second + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1");
         }},
        {errc::same_person,
         {},
         "the sentence says of which unit another person must be",
         text_of({}, first + on +
                         "bước 2 \"Q2\"\n  chủ trì A\n  khác người ở bước 1\n"
                         "  thời hạn không nêu\n  xong → kết thúc\n"),
         [=](one_case& c) {
             at_two(c);
             c.cannot_complete("A/x", "2");
             CHECK(c.refused.args == words{"A/x", "1", "2", "A", ""});
         }},
        {errc::same_person,
         {"B"},
         "",
         text_of({}, first + on +
                         "bước 2 \"Q2\"\n  chủ trì A hoặc B\n  khác người ở bước 1\n"
                         "  thời hạn không nêu\n  xong → kết thúc\n"),
         [=](one_case& c) {
             at_two(c);
             c.cannot_complete("A/x", "2");
         }},
        {errc::same_person,
         {},
         "who assigns chooses another",
         text_of({}, "vai trò N \"Qn\"\n  được phân công ở bước 1\n" + first +
                         "  phân công N, khác A\n" + on + second + over),
         [=](one_case& c) {
             opened(c);
             command::complete done;
             done.assign = {{"N", "A", "x"}};
             c.cannot_complete("A/x", "1", done);
             CHECK(c.refused.args == words{"A/x", "", "1", "A", "A"});
         }},
        {errc::paper_missing,
         {},
         same_actor,
         text_of({}, first + "  lập \"Qp\"\n" + on + second + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1");
             CHECK(c.refused.args == words{"1", "Qp"});
         }},
        {errc::person_missing,
         {},
         same_actor,
         text_of({}, first + on +
                         "bước 2 \"Q2\"\n  chủ trì B\n  khác người ở bước 1\n"
                         "  thời hạn không nêu\n  xong → kết thúc\n"),
         [=](one_case& c) {
             at_two(c);
             c.cannot_complete("B", "2");
             CHECK(c.refused.args == words{"2", "1", "", "", ""});
         }},
        {errc::role_unbound,
         {},
         "whoever opens the case binds it",
         text_of({}, "vai trò N \"Qn\"\n  chọn khi mở hồ sơ\n" + plain),
         [=](one_case& c) {
             command::open o;
             o.procedure = "QT.X";
             c.no("A/x", o);
         }},
        {errc::consultation_open,
         {},
         must_first,
         text_of({}, plain + asking),
         [=](one_case& c) {
             opened(c);
             c.ok("A/x", command::consult{"1a", {}, "q", {}});
             c.cannot_complete("A/x", "1");
             CHECK(c.refused.args == words{"1", "1a.1 “Q1a”", "B"});
         }},
        {errc::condition_unknown,
         {},
         must_first,
         text_of({}, form_f + first + "  lập F\n" + on +
                         "bước 2 \"Q2\"\n  chủ trì B\n  thời hạn không nêu\n"
                         "  nếu \"Qk\" là \"Qm\" → kết thúc\n  nếu \"Qk\" là \"Qn\" → bước 1\n"),
         [=](one_case& c) {
             opened(c);
             c.complete("A/x", "1", with({{"Qs", value{"1"s}}}));
             c.cannot_complete("B/x", "2");
             CHECK(c.refused.args == words{"2", "Qk", "A"});
         }},
        {errc::outcome_differs,
         {},
         "the first fixes the outcome; the sentence says which",
         text_of({}, joint),
         [=](one_case& c) {
             at_two(c);
             c.complete("A/x", "2", choosing("OK"));
             c.cannot_complete("B/x", "2", choosing("NOK"));
         }},
        {errc::already_confirmed,
         {"B"},
         "",
         text_of({}, joint),
         [=](one_case& c) {
             at_two(c);
             c.complete("A/x", "2", choosing("OK"));
             c.cannot_complete("A/x", "2", choosing("OK"));
         }},
        {errc::version_differs,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             auto late =
                 c.envelope("A/x", command::complete{"1", {}, {}, {}, {}, {}, {}, {}, {}, {}});
             late.expected_version = 7;
             CHECK_FALSE(c.send(late));
         }},
        {errc::not_received,
         {},
         must_first,
         text_of({}, received),
         [=](one_case& c) {
             at_two(c);
             c.cannot_complete("B/x", "2");
             CHECK(c.refused.args == words{"2", "B"});
         }},
        {errc::too_late_to_withdraw,
         {},
         "another act helps; the sentence says whose",
         text_of("  được rút: A, trước bước 2\n" + cancel_by_l, plain),
         [=](one_case& c) {
             at_two(c);
             c.no("A/x", command::withdraw{"q"});
             CHECK(c.refused.args == words{"step_opened", "2", "cancel", "L"});
         }},
        {errc::too_late_to_withdraw,
         {},
         "the text lets nobody cancel",
         text_of("  được rút: A\n", plain),
         [=](one_case& c) {
             at_two(c);
             c.ok("B/x", command::claim{"2"});
             c.no("A/x", command::withdraw{"q"});
         }},
        {errc::right_not_written,
         {},
         "another act helps; the sentence says whose",
         text_of(cancel_by_l, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::withdraw{"q"});
             CHECK(c.refused.args == words{"QT.X", "withdraw", "", "", "L"});
         }},
        {errc::right_not_written,
         {},
         "the text lets nobody do it",
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::cancel{"q"});
         }},
        {errc::right_not_written,
         {},
         "the text lets nobody do it",
         text_of("  được hủy: L, trước bước 2\n", plain),
         [=](one_case& c) {
             at_two(c);
             c.no("L/x", command::cancel{"q"});
         }},
        {errc::right_not_written,
         {},
         "the text lets nobody do it",
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::assign{"1", "B", "x", {}});
         }},
        {errc::right_not_written,
         {},
         "the text lets nobody do it",
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             command::complete done;
             done.open_linked = {"QT.Y"};
             c.cannot_complete("A/x", "1", done);
         }},
        {errc::binding_wrong,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             command::open o;
             o.procedure = "QT.X";
             o.bind = {{"N", "P", {}}};
             c.no("A/x", o);
         }},
        {errc::binding_wrong,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             command::complete done;
             done.lead = "B";
             c.cannot_complete("A/x", "1", done);
         }},
        {errc::binding_wrong,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             command::complete done;
             done.assign = {{"B", "P", "x"}};
             c.cannot_complete("A/x", "1", done);
         }},
        {errc::answer_unknown,
         {},
         same_actor,
         text_of({}, plain + asking),
         [=](one_case& c) {
             opened(c);
             c.ok("A/x", command::consult{"1a", {}, "q", {}});
             c.no("B/x", command::answer{"1a", "Qz", {}, {}});
         }},
        {errc::entry_not_allowed,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             command::open o;
             o.procedure = "QT.X";
             o.at_step = "2";
             c.no("B/x", o);
             CHECK(c.refused.args == words{"QT.X", "2", "1"});
         }},
        {errc::not_claimed,
         {},
         must_first,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::release{"1"});
             CHECK(c.refused.args == words{"1", "A"});
         }},
        {errc::not_claimed,
         {},
         must_first,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::reassign{"1", {}, "y", "q"});
             CHECK(c.refused.args == words{"1", "A"});
         }},
        {errc::loop_exhausted,
         {},
         "another act helps; the sentence says whose",
         text_of(cancel_by_l, first + on +
                                  "bước 2 \"Q2\"\n  chủ trì B\n  thời hạn không nêu\n"
                                  "  OK → kết thúc\n  NOK → bước 1, nêu lý do\n"),
         [=](one_case& c) {
             // The language asks for what follows; a procedure built by a program may lack it.
             c.text.steps[1].branches[1].at_most = 1;
             at_two(c);
             c.complete("B/x", "2", choosing("NOK", "q"));
             c.complete("A/x", "1");
             c.cannot_complete("B/x", "2", choosing("NOK", "q"));
             CHECK(c.refused.args == words{"2", "1", "OK", "L"});
         }},
        {errc::too_early,
         {},
         "nobody makes time pass",
         text_of({}, waiting),
         [=](one_case& c) {
             at_two(c);
             c.no("B/x", command::timer_fired{"2"});
         }},
        {errc::choice_unknown,
         {},
         same_actor,
         text_of({}, filling),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1", with({{"Qk", value{"Qz"s}}}));
         }},
        {errc::signal_unknown,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::signal{"Qz", {}, {}});
         }},
        {errc::evidence_missing,
         {},
         same_actor,
         text_of({}, guarded),
         [=](one_case& c) {
             opened(c);
             command::complete done;
             done.confirmed = all_preconditions;
             c.cannot_complete("A/x", "1", done);
         }},
        {errc::form_not_filled,
         {},
         must_first,
         text_of({}, form_f + first + "  duyệt F\n" + on + second + "  lập F\n" + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1");
             CHECK(c.refused.args == words{"F", "B"});
         }},
        {errc::field_not_current,
         {},
         "the text is wrong: the checker refuses it (QT4016)",
         text_of(
             {},
             form_f + first + "  lập F\n" + on +
                 "bước 2 \"Q2\"\n  chủ trì B\n  thời hạn theo \"Qs\" trong F, chưa cần duyệt\n" +
                 over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1", with({{"Qs", "1"}}));
         }},
        {errc::not_in_force,
         {},
         "nobody can until the day comes",
         text_of("  hiệu lực từ 01/01/2030\n", plain),
         [=](one_case& c) {
             command::open o;
             o.procedure = "QT.X";
             c.no("A/x", o);
             CHECK(c.refused.args == words{"QT.X", "01/01/2030"});
         }},
        {errc::record_empty,
         {},
         must_first,
         text_of({}, form_f + "hồ sơ lưu HS.1 \"Qr\"\n  gồm F\n" + first + "  lưu HS.1\n" + on +
                         second + "  lập F\n" + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1");
             CHECK(c.refused.args == words{"HS.1", "F", "B"});
         }},
        {errc::no_way_on,
         {},
         "another act helps; the sentence says whose",
         text_of(cancel_by_l, form_f + first +
                                  "  lập F\n  nếu \"Qs\" là 1 → bước 2\n"
                                  "  nếu \"Qs\" là 2 → kết thúc\n" +
                                  second + over),
         [=](one_case& c) {
             opened(c);
             c.cannot_complete("A/x", "1", with({{"Qs", value{"3"s}}}));
             CHECK(c.refused.args == words{"1", "L"});
         }},
        {errc::act_reason_missing,
         {},
         same_actor,
         text_of(cancel_by_l, plain),
         [=](one_case& c) {
             opened(c);
             c.no("L/x", command::cancel{});
         }},
        {errc::not_asked_here,
         {},
         same_actor,
         text_of({}, plain + asking),
         [=](one_case& c) {
             at_two(c);
             c.no("B/x", command::consult{"1a", "2", "q", {}});
         }},
        {errc::channel_unknown,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             command::complete done;
             done.channel = "Qz";
             c.cannot_complete("A/x", "1", done);
         }},
        {errc::channel_unknown,
         {},
         same_actor,
         text_of({}, first + "  hình thức \"Qe\"\n" + on + second + over),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::record{"1", {}, "Qz"});
             CHECK(c.refused.args == words{"1", "Qz", "“Qe”"});
         }},
        {errc::tick_unknown,
         {},
         same_actor,
         text_of({}, guarded),
         [=](one_case& c) {
             opened(c);
             command::complete done;
             done.confirmed.texts = {"Qz"};
             c.cannot_complete("A/x", "1", done);
         }},
        {errc::receipt_not_needed,
         {},
         "there is nothing to acknowledge",
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::receive{"1"});
         }},
        {errc::already_received,
         {},
         "it was done already",
         text_of({}, received),
         [=](one_case& c) {
             at_two(c);
             c.ok("B/x", command::receive{"2"});
             c.no("B/x", command::receive{"2"});
         }},
        // What no state can excuse: these name nobody, and have words in both languages too.
        {errc::invalid_argument,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::comment{{}, " "});
         }},
        {errc::invalid_argument,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::assign{"1", {}, {}, {}});
         }},
        {errc::invalid_argument,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::attach{{}, {}});
         }},
        {errc::invalid_argument,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::link{case_id{"case"}, {}});
         }},
        {errc::invalid_utf8,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::comment{{}, "\xFF"});
         }},
        {errc::limit_exceeded,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x", command::comment{{}, std::string(70'000, 'q')});
         }},
        {errc::id_character,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             opened(c);
             c.no("A/x ", command::comment{{}, "q"});
         }},
        {errc::procedure_unknown,
         {},
         same_actor,
         text_of({}, plain),
         [=](one_case& c) {
             command::open o;
             o.procedure = "QT.Z";
             c.no("A/x", o);
         }},
    };
}
