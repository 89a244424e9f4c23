// SPDX-License-Identifier: BSL-1.0
// QT.HTKH.02: what a customer asks, from the call to the closed record, through every branch. The
// source states no limit but "in the call", so no date is counted here.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/runtime/views.hpp>

#include "desk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace quytrinh;
using desk_of::act;
using desk_of::desk;

/// The Centre whose table PQ says that nv01 may handle "Dịch vụ mẫu", and nobody anything else.
struct centre : desk {
    explicit centre(std::string_view start) : desk(start) {
        office.set_table("PQ", [](const std::vector<value>& row) {
            return row.size() == 2 && row[0] == value("nv01") && row[1] == value("Dịch vụ mẫu");
        });
    }
};

constexpr auto call = "gọi điện thoại lên tổng đài";

act takes_in(const char* channel, const char* service = "Dịch vụ mẫu") {
    return act("HTKH/nv01")
        .with("Loại", "Phản ánh")
        .with("Hình thức liên hệ", channel)
        .with("Dịch vụ", service)
        .with("Nội dung yêu cầu", "không đăng nhập được")
        .through(channel);
}
act answers(const char* by = "HTKH/nv01") {
    return act(by)
        .with("Thuộc phạm vi xử lý", "có")
        .with("Giải pháp xử lý", "đặt lại mật khẩu")
        .through(call);
}
act passes_on(const char* by = "HTKH/nv01") {
    return act(by).with("Thuộc phạm vi xử lý", "không").through(call).assigning("PCT", "GPQLCL");
}

void to_step_3(desk& d, const char* channel = call, const char* service = "Dịch vụ mẫu") {
    d.open("QT.HTKH.02", "HTKH/nv01");
    d.does("1", act("HTKH/nv01").through(channel));
    d.does("2", takes_in(channel, service));
    REQUIRE(d.open_tasks() == "3.1");
}

}  // namespace

TEST_CASE("HTKH.02: answered in the call, agreed, closed") {
    centre d("11/12/2023 08:00");
    d.open("QT.HTKH.02", "HTKH/nv01");
    CHECK(d.open_tasks() == "1.1");
    CHECK(d.due("1.1") == "không nêu");

    // Step 1 is the customer's; HTKH notes it, nobody else does.
    CHECK(d.refusal("1", act("GPQLCL/nv05").through(call)) == errc::not_permitted);
    d.does("1", act("HTKH/nv01").through(call));
    const auto [noted, first] = d.last<event::task_completed>();
    CHECK(noted.as == capacity::recorder);
    CHECK(noted.on_behalf_of == "KH");
    CHECK(first.channel == call);
    CHECK(d.told("HTKH", notice_kind::task_opened, relation::lead));
    CHECK(d.told("KH", notice_kind::task_opened, relation::coordinate));

    // Step 2: the record has its fields, and the channel is one of six.
    CHECK(d.refusal("2", act("HTKH/nv01").with("Loại", "Phản ánh").through(call)) ==
          errc::field_missing);
    CHECK(d.refusal("2", takes_in("bồ câu")) == errc::choice_unknown);
    CHECK(d.refusal("2", takes_in(call).with("Loại", "Kiến nghị")) == errc::choice_unknown);
    d.does("2", takes_in(call));

    // Step 3: in the call, so at once; the service is one that nv01 was trained for.
    CHECK(d.open_tasks() == "3.1");
    CHECK(d.due("3.1") == "ngay");
    CHECK(d.refusal("3", act("HTKH/nv01").with("Thuộc phạm vi xử lý", "có").through(call)) ==
          errc::field_missing);
    d.does("3", answers());

    // Step 4: the customer decides, HTKH notes it.
    CHECK(d.open_tasks() == "4.1");
    CHECK(d.due("4.1") == "không nêu");
    CHECK(d.refusal("4", act("GPQLCL/nv05").choose("OK")) == errc::not_permitted);
    d.does("4", act("HTKH/nv01").choose("OK").through(call));
    CHECK(d.last<event::task_completed>().first.as == capacity::recorder);

    CHECK(d.open_tasks() == "5.1");
    const auto end = d.does("5", act("HTKH/nv01"));
    CHECK(end.ended);
    CHECK(end.end_kind.empty());
    CHECK(end.children.empty());
    CHECK(d.state().records == std::vector<std::string>{"HS.PA"});
    d.office.verify(d.of).value();
}

TEST_CASE("HTKH.02: no limit where the customer does not call") {
    centre d("11/12/2023 08:00");
    to_step_3(d, "email");
    CHECK(d.due("3.1") == "không nêu");
}

TEST_CASE("HTKH.02: what is not in the table of competence goes to the division that HTKH names") {
    centre d("11/12/2023 08:00");
    SUBCASE("another person") {
        to_step_3(d);
        CHECK(d.refusal("3", answers("HTKH/nv02")) == errc::assignment_missing);
        d.does("3", answers("HTKH/nv02").assigning("PCT", "GPQLCL"));
    }
    SUBCASE("another service") {
        to_step_3(d, call, "Dịch vụ khác");
        d.does("3", answers().assigning("PCT", "GPQLCL"));
    }
    SUBCASE("beyond the scope, though trained") {
        to_step_3(d);
        CHECK(d.refusal("3", act("HTKH/nv01").with("Thuộc phạm vi xử lý", "không").through(call)) ==
              errc::assignment_missing);
        d.does("3", passes_on());
    }
    CHECK(d.open_tasks() == "6.1");
    CHECK(d.due("6.1") == "không nêu");
    CHECK(d.told("PCT", notice_kind::task_opened, relation::lead));
    CHECK(d.told("KH", notice_kind::task_opened, relation::coordinate));
    CHECK(d.told("HTKH", notice_kind::task_opened, relation::coordinate));
    CHECK(d.task("6.1").leads.at(0).unit == "GPQLCL");
    CHECK(d.refusal("6", act("NCPT/nv05").with("Giải pháp xử lý bổ sung", "x")) ==
          errc::not_permitted);
}

TEST_CASE("HTKH.02: HTKH cannot name itself, or a unit that is not of the Centre") {
    centre d("11/12/2023 08:00");
    to_step_3(d);
    const auto naming = [](const char* unit) {
        return act("HTKH/nv01")
            .with("Thuộc phạm vi xử lý", "không")
            .through(call)
            .assigning("PCT", unit);
    };
    CHECK(d.refusal("3", naming("HTKH")) == errc::binding_wrong);
    CHECK(d.refusal("3", naming("P.LẠ")) == errc::binding_wrong);
    d.does("3", naming("NCPT"));
}

TEST_CASE("HTKH.02: no authorisation is made up: without a table nobody is taken to have one") {
    desk d("11/12/2023 08:00");
    to_step_3(d);
    const auto why = d.refused("3", answers());
    CHECK(why.code == errc::condition_unknown);
    // It named the table as a field that is empty, which nobody could fill in.
    const std::vector<std::string> named{"3", "", "", "PQ", "\"nv01\", \"Dịch vụ mẫu\""};
    CHECK(why.args == named);
    CHECK(why.text(language::vi).find("danh mục PQ chưa có dòng nào") != std::string::npos);
    CHECK(why.text(language::en).find("field") == std::string::npos);
    // What is out of scope needs no table.
    d.does("3", passes_on());
    CHECK(d.open_tasks() == "6.1");
}

TEST_CASE("HTKH.02: every step asks how the customer was reached, and keeps it") {
    centre d("11/12/2023 08:00");
    d.open("QT.HTKH.02", "HTKH/nv01");
    const auto silent = [&](const char* step, act what) {
        CAPTURE(step);
        what.options.channel.clear();
        const auto why = d.refused(step, what);
        CHECK(why.code == errc::field_missing);
        CHECK(why.text(language::vi).find("hình thức") != std::string::npos);
        CHECK(why.text(language::vi).find("K6: ") != std::string::npos);
        CHECK(why.text(language::vi).find("mạng xã hội") != std::string::npos);
    };
    const auto goes = [&](const char* step, const act& what) {
        silent(step, what);
        d.does(step, what);
        CHECK(d.last<event::task_completed>().second.channel == what.options.channel);
        CHECK(d.task(std::string(step) + ".1").channel == what.options.channel);
    };
    goes("1", act("HTKH/nv01").through("email"));
    goes("2", takes_in("công văn"));
    goes("3", passes_on());

    // Noted before the completion is as good.
    command::record note;
    note.task = "6";
    note.channel = "trực tiếp tại Trung tâm";
    REQUIRE(d.sends("GPQLCL/nv05", note).has_value());
    d.does("6", act("GPQLCL/nv05")
                    .choose("Có giải pháp phù hợp")
                    .with("Giải pháp xử lý bổ sung", "nâng cấp"));
    CHECK(d.task("6.1").channel == "trực tiếp tại Trung tâm");
    goes("7", act("HTKH/nv01").with("Nội dung phản hồi", "đã nâng cấp").through("mạng xã hội"));
    goes("4", act("HTKH/nv01").choose("OK").through("chat"));

    // Step 5 names a single way: that is the one.
    CHECK(d.refusal("5", act("HTKH/nv01").through("email")) == errc::channel_unknown);
    d.does("5", act("HTKH/nv01"));
    CHECK(d.last<event::task_completed>().second.channel ==
          "Đóng, lưu hồ sơ trên phần mềm phản ánh");
}

TEST_CASE("HTKH.02: not agreed twice, direction asked, then agreed") {
    centre d("11/12/2023 08:00");
    to_step_3(d);
    d.does("3", answers());

    // Step 4 NOK: with a reason and a division; round 1 of step 6.
    CHECK(d.refusal("4", act("HTKH/nv01").choose("NOK").assigning("PCT", "GPQLCL")) ==
          errc::reason_missing);
    CHECK(d.refusal("4", act("HTKH/nv01").choose("NOK").because("vẫn lỗi").through(call)) ==
          errc::assignment_missing);
    d.does(
        "4",
        act("HTKH/nv01").choose("NOK").because("vẫn lỗi").through(call).assigning("PCT", "GPQLCL"));
    CHECK(d.open_tasks() == "6.1");
    // The branch leads on, not back; the division must still learn why the customer refused.
    REQUIRE_FALSE(d.mail.empty());
    CHECK(d.mail.front().what.to.unit == "GPQLCL");
    CHECK(d.mail.front().text("vi").find("đang chờ GPQLCL, lý do: “vẫn lỗi”.") !=
          std::string::npos);

    // Step 6 cannot solve it: step 8 is a question inside it, answered by LĐTT, and comes back.
    command::consult question;
    question.consultation = "8";
    question.text = "không thuộc phạm vi";
    CHECK(d.sends("HTKH/nv01", question).error().code == errc::not_permitted);
    CHECK(d.sends("GPQLCL/nv05", question).error().code == errc::field_missing);
    question.channel = "chim bồ câu";
    CHECK(d.sends("GPQLCL/nv05", question).error().code == errc::channel_unknown);
    question.channel = "email";
    // Whoever is asked must be able to read what the question is.
    command::consult empty = question;
    empty.text = "  ";
    CHECK(d.sends("GPQLCL/nv05", empty).error().code == errc::invalid_argument);
    REQUIRE(d.sends("GPQLCL/nv05", question).has_value());
    CHECK(d.state().consultations.back().channel == "email");
    CHECK(d.open_tasks() == "6.1 8.1");
    CHECK(d.due("8.1") == "không nêu");
    CHECK(d.told("LĐTT", notice_kind::consulted, relation::asked));
    const auto solves = [] {
        return act("GPQLCL/nv05")
            .choose("Có giải pháp phù hợp")
            .with("Giải pháp xử lý bổ sung", "nâng cấp");
    };
    CHECK(d.refusal("6", solves().through(call)) == errc::consultation_open);
    command::answer reply;
    reply.consultation = "8";
    reply.text = "phối hợp đơn vị cung cấp";
    CHECK(d.sends("GPQLCL/nv05", reply).error().code == errc::not_permitted);
    REQUIRE(d.sends("LĐTT/gd01", reply).has_value());
    CHECK(d.open_tasks() == "6.1");

    CHECK(d.refusal("6", act("GPQLCL/nv05").choose("Có giải pháp phù hợp").through(call)) ==
          errc::field_missing);
    d.does("6", solves().through(call));
    CHECK(d.open_tasks() == "7.1");
    CHECK(d.told("HTKH", notice_kind::task_opened, relation::lead));
    CHECK(d.told("PCT", notice_kind::task_opened, relation::coordinate));
    CHECK(d.refusal("7", act("HTKH/nv01").through(call)) == errc::field_missing);
    d.does("7", act("HTKH/nv01").with("Nội dung phản hồi", "đã nâng cấp").through(call));

    // Round 2 of step 4, and of 6 and 7, by another division; then the customer agrees.
    CHECK(d.open_tasks() == "4.2");
    d.does("4", act("HTKH/nv01")
                    .choose("NOK")
                    .because("còn chậm")
                    .through(call)
                    .assigning("PCT", "HTATTT")
                    .with("Phòng phối hợp", value(std::vector<std::string>{"NCPT", "GPQLCL"})));
    CHECK(d.open_tasks() == "6.2");
    CHECK(d.told("PPH", notice_kind::task_opened, relation::coordinate));
    CHECK(std::count_if(d.mail.begin(), d.mail.end(),
                        [](const notification& n) { return n.what.to.role == "PPH"; }) == 2);
    command::opine view;
    view.task = "6";
    view.text = "nên tăng băng thông";
    CHECK(d.sends("DATT/nv11", view).error().code == errc::not_permitted);
    REQUIRE(d.sends("NCPT/nv12", view).has_value());
    CHECK(d.told("PCT", notice_kind::opinion_given));
    CHECK(d.task("6.2").leads.at(0).unit == "HTATTT");
    CHECK(d.refusal("6", solves().through(call)) == errc::not_permitted);
    d.does("6", act("HTATTT/nv09")
                    .choose("Có giải pháp phù hợp")
                    .with("Giải pháp xử lý bổ sung", "tăng băng thông")
                    .through(call));
    d.does("7", act("HTKH/nv01").with("Nội dung phản hồi", "đã tăng").through(call));
    CHECK(d.open_tasks() == "4.3");
    d.does("4", act("HTKH/nv01").choose("OK").through(call));
    CHECK(d.field("HSPA", "Giải pháp xử lý bổ sung") == value("tăng băng thông"));
    CHECK(d.field("HSPA", "Giải pháp xử lý") == value("đặt lại mật khẩu"));
    CHECK(d.does("5", act("HTKH/nv01")).ended);
}

TEST_CASE(
    "HTKH.02: a grave complaint may open the case of a nonconformity, and takes its text along") {
    centre d("11/12/2023 08:00");
    to_step_3(d);
    d.does("3", answers());
    d.does("4", act("HTKH/nv01").choose("OK").through(call));
    const auto end = d.does("5", act("HTKH/nv01").opening("QT.CTCL.A"));
    CHECK(end.ended);
    REQUIRE(end.children.size() == 1);
    const auto child = d.office.find(end.children.front()).value().state;
    CHECK(child.procedure == "QT.CTCL.A");
    CHECK(child.parent == d.of);
    const auto* text = child.find_field({"BM.CTCL.01", "Mô tả"});
    REQUIRE(text != nullptr);
    CHECK(text->content == value("không đăng nhập được"));
    CHECK(text->from_case == d.of);
    REQUIRE(child.tasks.size() == 1);
    CHECK(to_string(child.tasks.front().task) == "5.1.1a.1");
}
