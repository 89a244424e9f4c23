// SPDX-License-Identifier: BSL-1.0
// QT.CTCL.B: the ticket for corrective action, from opening it to closing it or to the ticket that
// takes its place, through every branch.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/procedures/bundled.hpp>

#include "desk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace quytrinh;
using desk_of::act;
using desk_of::desk;

act opens_ticket() {
    return act("P.KT/nv05")
        .with("Loại phiếu", "Yêu cầu HĐKP")
        .with("Đơn vị", "P.KT")
        .with("Nội dung KPH", "Hoạt động chuyên môn không phù hợp")
        .with("Mô tả", "sai mẫu lần thứ tư");
}
act needed() {
    return act("LĐĐV/tp01")
        .choose("Cần thiết")
        .with("Dấu hiệu",
              value(std::vector<std::string>{"KPH hoặc tiềm ẩn, có tính chất lặp lại"}));
}
act carries_out() { return act("P.KT/nv08").with("Nội dung kế hoạch", "thu hồi trong tuần 1"); }
act analyses() {
    return act("P.KT/nv06")
        .with("Nguyên nhân", "mẫu cũ chưa thu hồi")
        .with("Biện pháp", "thu hồi, tập huấn");
}
act approves(const char* day = "29/03/2024") {
    return act("LĐBISO/bi01")
        .choose("OK")
        .with("Thời gian hoàn thành", day)
        .assigning("NTK", "P.KT", "nv08");
}

/// From 5.3b to the end of 5.5b.
void through_execution(desk& d) {
    d.does("5.3b", act("LĐBISO/bi01").assigning("NPT", "P.KT", "nv06"));
    d.does("5.4a", analyses());
    d.does("5.4b", approves());
    d.does("5.5a", carries_out());
    d.does("5.5b", act("P.KT/nv08").with("Kết quả thực hiện", "đã thu hồi, đã tập huấn"));
    REQUIRE(d.open_tasks().find("5.6.") == 0);
}
void to_verification(desk& d) {
    d.open("QT.CTCL.B", "P.KT/nv05");
    d.does("5.2.1", opens_ticket());
    d.does("5.2.2a", needed());
    d.does("5.2.2b", act("LĐĐV/tp01"));
    d.does("5.3a", act("TKISO/tk01"));
    through_execution(d);
}
act finds(const char* by, const char* outcome) {
    return act(by)
        .choose(outcome)
        .because("chưa tập huấn")
        .with("Kết luận kiểm tra", "đã xem hồ sơ");
}

}  // namespace

TEST_CASE("CTCL.B: not necessary: closed with a reason, the opener is told") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.B", "P.KT/nv05");
    CHECK(d.open_tasks() == "5.2.1.1");
    CHECK(d.refusal("5.2.1", act("P.KT/nv05").with("Mô tả", "x")) == errc::field_missing);
    CHECK(d.refusal("5.2.1", opens_ticket().with("Dấu hiệu", "nặng")) == errc::field_unknown);
    d.does("5.2.1", opens_ticket());

    // The head of the unit that the ticket is about, not of the opener's.
    CHECK(d.open_tasks() == "5.2.2a.1");
    CHECK(d.task("5.2.2a.1").leads.at(0).unit == "P.KT");
    CHECK(d.task("5.2.2a.1").leads.at(0).head);
    CHECK(d.refusal("5.2.2a", act("LĐĐV/tp01").choose("Không cần thiết")) == errc::reason_missing);
    const auto end =
        d.does("5.2.2a", act("LĐĐV/tp01").choose("Không cần thiết").because("đã xử lý xong"));
    CHECK(end.ended);
    CHECK(end.end_kind == "Không cần thiết");
    // VII row 1: every ticket is kept, and the secretary is told.
    CHECK(d.state().records == std::vector<std::string>{"HS.01"});
    CHECK(d.told("TKISO", notice_kind::task_completed, relation::keeper));
    CHECK(std::any_of(d.mail.begin(), d.mail.end(),
                      [](const notification& n) { return n.what.to.person == "nv05"; }));
}

TEST_CASE(
    "CTCL.B: an improvement needs no content of a nonconformity; an auditor opens for another "
    "unit") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.B", "CGĐG/nv40");
    d.does("5.2.1", act("CGĐG/nv40")
                        .with("Loại phiếu", "Yêu cầu cải tiến")
                        .with("Đơn vị", "P.KH")
                        .with("Mô tả", "x"));
    CHECK(d.task("5.2.2a.1").leads.at(0).unit == "P.KH");
}

TEST_CASE("CTCL.B: from the opening to the closed ticket") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.B", "P.KT/nv05");
    d.does("5.2.1", opens_ticket());
    // The signs are what the need is decided by: the head's, not the opener's, and never none.
    CHECK(d.refusal("5.2.2a", act("LĐĐV/tp01").choose("Cần thiết")) == errc::field_missing);
    d.does("5.2.2a", needed());
    CHECK(d.state().records.empty());
    CHECK(d.field("BM.CTCL.01", "Mô tả") == value("sai mẫu lần thứ tư"));

    CHECK(d.open_tasks() == "5.2.2b.1");
    d.does("5.2.2b", act("LĐĐV/tp01"));
    CHECK(d.open_tasks() == "5.3a.1");
    CHECK(d.refusal("5.3a", act("LĐBISO/bi01")) == errc::not_permitted);
    d.does("5.3a", act("TKISO/tk01"));
    CHECK(d.open_tasks() == "5.3b.1");
    CHECK(d.refusal("5.3b", act("LĐBISO/bi01")) == errc::assignment_missing);
    d.does("5.3b", act("LĐBISO/bi01").assigning("NPT", "P.KT", "nv06"));

    CHECK(d.open_tasks() == "5.4a.1");
    CHECK(d.told("LĐBISO", notice_kind::task_opened, relation::inform));
    CHECK(d.refusal("5.4a", act("P.KT/nv06").with("Nguyên nhân", "x")) == errc::field_missing);
    d.does("5.4a", analyses());

    // Not approved: back, with a reason and without a date.
    CHECK(d.open_tasks() == "5.4b.1");
    CHECK(d.refusal("5.4b", act("LĐBISO/bi01").choose("NOK")) == errc::reason_missing);
    d.does("5.4b", act("LĐBISO/bi01").choose("NOK").because("chưa đúng nguyên nhân"));
    CHECK(d.open_tasks() == "5.4a.2");
    CHECK(d.told("NPT", notice_kind::task_returned, relation::lead));
    d.does("5.4a", analyses().with("Nguyên nhân", "chưa phổ biến mẫu mới"));
    CHECK(d.field("BM.CTCL.01", "Nguyên nhân") == value("chưa phổ biến mẫu mới"));

    // Approved: with a date and an executor.
    CHECK(d.refusal("5.4b", act("LĐBISO/bi01").choose("OK").assigning("NTK", "P.KT", "nv08")) ==
          errc::field_missing);
    CHECK(d.refusal("5.4b",
                    act("LĐBISO/bi01").choose("OK").with("Thời gian hoàn thành", "29/03/2024")) ==
          errc::assignment_missing);
    d.does("5.4b", approves());
    CHECK(d.state().forms.at("BM.CTCL.01").approved_at.has_value());

    // The limit is the date of the ticket, a Friday.
    CHECK(d.open_tasks() == "5.5a.1");
    CHECK(d.due("5.5a.1") == "2024-03-29");
    CHECK(d.told("ĐV", notice_kind::task_opened, relation::coordinate));
    command::consult question;
    question.consultation = "5.5c";
    question.text = "thiếu kinh phí";
    CHECK(d.sends("P.KT/nv06", question).error().code == errc::not_permitted);
    REQUIRE(d.sends("P.KT/nv08", question).has_value());
    CHECK(d.told("BISO", notice_kind::consulted, relation::asked));
    CHECK(d.due("5.5c.1") == "không nêu");
    command::answer reply;
    reply.consultation = "5.5c";
    reply.chosen = "Tùy";
    CHECK(d.sends("BISO/bi02", reply).error().code == errc::answer_unknown);
    reply.chosen = "Thay đổi biện pháp";
    REQUIRE(d.sends("BISO/bi02", reply).has_value());

    // The change goes into box 2, beside what stands there; the approval and the date stay.
    const auto changes = [] {
        return act("P.KT/nv08").with("Thay đổi, bổ sung", "tập huấn trực tuyến");
    };
    CHECK(d.refusal("5.5a", changes()) == errc::field_missing);
    d.does("5.5a", changes().with("Nội dung kế hoạch", "thu hồi trong tuần 1"));
    CHECK(d.field("KHBP", "Nội dung kế hoạch") == value("thu hồi trong tuần 1"));
    CHECK(d.field("BM.CTCL.01", "Thay đổi, bổ sung") == value("tập huấn trực tuyến"));
    CHECK(d.field("BM.CTCL.01", "Biện pháp") == value("thu hồi, tập huấn"));
    CHECK(d.open_tasks() == "5.5b.1");
    d.does("5.5b", act("P.KT/nv08").with("Kết quả thực hiện", "đã thu hồi, đã tập huấn"));
    CHECK(d.told("LĐCQ", notice_kind::task_opened, relation::lead));

    // 5.6: whoever carried it out does not verify it, not even for the head.
    CHECK(d.open_tasks() == "5.6.1");
    CHECK(d.refusal("5.6", finds("LĐCQ/nv08", "OK")) == errc::same_person);
    CHECK(d.refusal("5.6", act("LĐCQ/gd01").choose("OK")) == errc::field_missing);
    d.does("5.6", finds("LĐCQ/gd01", "OK").with("Biện pháp có hiệu lực", "có"));

    // 5.7: the committee closes it and writes the evidence into box 3.
    CHECK(d.open_tasks() == "5.7a.1");
    CHECK(d.refusal("5.7a", act("LĐCQ/gd01").with("Chi tiết bằng chứng", "x")) ==
          errc::not_permitted);
    CHECK(d.refusal("5.7a", act("BISO/bi02")) == errc::field_missing);
    const auto end =
        d.does("5.7a", act("BISO/bi02").with("Chi tiết bằng chứng", "biên bản tập huấn"));
    CHECK(end.ended);
    CHECK(end.end_kind == "Đạt");
    CHECK(end.children.empty());
    CHECK(d.field("BM.CTCL.01", "Kết luận kiểm tra") == value("đã xem hồ sơ"));
    CHECK(d.state().records == std::vector<std::string>{"HS.01"});
    d.office.verify(d.of).value();
}

TEST_CASE("CTCL.B: the head may authorise a named person of another unit to verify") {
    desk d("11/12/2023 08:00");
    to_verification(d);
    command::assign hand;
    hand.task = "5.6";
    hand.unit = "P.TTR";
    hand.person = "nv30";
    CHECK(d.sends("P.KT/nv08", hand).error().code == errc::not_permitted);
    CHECK(d.refusal("5.6", finds("P.TTR/nv30", "OK")) == errc::not_permitted);
    REQUIRE(d.sends("LĐCQ/gd01", hand).has_value());
    CHECK(d.told("LĐCQ", notice_kind::task_assigned));
    CHECK(d.refusal("5.6", finds("P.TTR/nv31", "OK")) == errc::not_permitted);
    d.does("5.6", finds("P.TTR/nv30", "OK"));
    const auto [fact, body] = d.last<event::task_completed>();
    CHECK(fact.as == capacity::tuq);
    CHECK(fact.on_behalf_of == "LĐCQ");
    CHECK(body.lead == "LĐCQ");
    CHECK(d.open_tasks() == "5.7a.1");
}

TEST_CASE("CTCL.B: authorising the one who carried it out is no way round the separation") {
    desk d("11/12/2023 08:00");
    to_verification(d);
    command::assign hand;
    hand.task = "5.6";
    hand.unit = "P.KT";
    hand.person = "nv08";
    const auto given = d.sends("LĐCQ/gd01", hand);
    REQUIRE_FALSE(given.has_value());
    CHECK(given.error().code == errc::same_person);
    CHECK(d.refusal("5.6", finds("P.KT/nv08", "OK")) == errc::not_permitted);
    CHECK(d.open_tasks() == "5.6.1");
}

TEST_CASE(
    "CTCL.B: not done: a new ticket takes its place, for the opinion of the head of the agency") {
    desk d("11/12/2023 08:00");
    to_verification(d);
    CHECK(d.refusal("5.6", act("LĐCQ/gd01").choose("NOK").with("Kết luận kiểm tra", "x")) ==
          errc::reason_missing);
    const auto end = d.does("5.6", finds("LĐCQ/gd01", "NOK"));
    CHECK(end.ended);
    CHECK(end.end_kind == "Không đạt, mở phiếu mới");
    CHECK(d.state().records == std::vector<std::string>{"HS.01"});
    CHECK(d.told("TKISO", notice_kind::task_completed, relation::keeper));
    CHECK(d.told("NTK", notice_kind::task_completed, relation::keeper));
    REQUIRE(end.children.size() == 1);

    const auto old_case = d.of;
    const auto links = d.state().links;
    REQUIRE(links.size() == 1);
    CHECK(links.front().replacing);
    CHECK(links.front().opened);
    CHECK(links.front().other == end.children.front());

    d.of = end.children.front();
    CHECK(d.state().parent == old_case);
    CHECK(d.open_tasks() == "5.7b.1");
    CHECK(d.field("BM.CTCL.01", "Mô tả") == value("sai mẫu lần thứ tư"));
    CHECK(d.field("BM.CTCL.01", "Loại phiếu") == value("Yêu cầu HĐKP"));
    CHECK(d.field("YKGQ", "Kết luận của phiếu trước") == value("đã xem hồ sơ"));
    CHECK(d.state().find_field({"BM.CTCL.01", "Mô tả"})->from_case == old_case);

    // The new ticket goes on at 5.3b, and can fail again.
    CHECK(d.refusal("5.7b", act("LĐBISO/bi01").with("Ý kiến giải quyết", "x")) ==
          errc::not_permitted);
    CHECK(d.refusal("5.7b", act("LĐCQ/gd01")) == errc::field_missing);
    d.does("5.7b", act("LĐCQ/gd01").with("Ý kiến giải quyết", "đổi người thực hiện"));
    CHECK(d.open_tasks() == "5.3b.1");
    through_execution(d);
    const auto again = d.does("5.6", finds("LĐCQ/gd01", "NOK"));
    REQUIRE(again.children.size() == 1);
    d.of = again.children.front();
    d.does("5.7b", act("LĐCQ/gd01").with("Ý kiến giải quyết", "Ban ISO trực tiếp làm"));
    through_execution(d);
    d.does("5.6", finds("LĐCQ/gd01", "OK"));
    CHECK(d.does("5.7a", act("BISO/bi02").with("Chi tiết bằng chứng", "đủ")).end_kind == "Đạt");
    d.office.verify(d.of).value();

    // The end of a child reaches the ticket that it replaced.
    CHECK(d.office.run_due().value().problems.empty());
    d.of = old_case;
    CHECK(d.state().links.front().ended);
    CHECK(d.state().links.front().end_kind == "Không đạt, mở phiếu mới");
}

TEST_CASE("CTCL.B: the signs are not a closed list") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.B", "P.KT/nv05");
    d.does("5.2.1", opens_ticket().with("Nguồn thông tin", "báo chí"));
    d.does("5.2.2a", act("LĐĐV/tp01").choose("Cần thiết").with("Dấu hiệu", "báo chí nêu"));
    CHECK(d.field("BM.CTCL.01", "Dấu hiệu") == value(std::vector<std::string>{"báo chí nêu"}));
    CHECK(d.open_tasks() == "5.2.2b.1");
}

TEST_CASE("CTCL.B: only a failed ticket enters at the head's opinion") {
    desk d("11/12/2023 08:00");
    open_options options;
    options.by = desk_of::who("P.KT/nv05");
    options.at_step = "5.3b";
    CHECK(d.office.open("QT.CTCL.B", options).error().code == errc::entry_not_allowed);
}

TEST_CASE("CTCL.B: the appointed time is the end of its day") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.B", "P.KT/nv05");
    d.does("5.2.1", opens_ticket());
    d.does("5.2.2a", needed());
    d.does("5.2.2b", act("LĐĐV/tp01"));
    d.does("5.3a", act("TKISO/tk01"));
    d.does("5.3b", act("LĐBISO/bi01").assigning("NPT", "P.KT", "nv06"));
    d.does("5.4a", analyses());
    // Sunday 31 March 2024: a date that was set never rolls.
    d.does("5.4b", approves("31/03/2024"));
    CHECK(d.due("5.5a.1") == "2024-03-31");
    d.at("31/03/2024 23:59");
    CHECK(d.office.run_due().value().timers == 0);
    d.mail.clear();
    d.at("01/04/2024 00:00");
    CHECK(d.office.run_due().value().timers == 1);
    CHECK(d.told("NTK", notice_kind::task_overdue));
    d.does("5.5a", carries_out());
    CHECK(d.task("5.5a.1").late);
}
