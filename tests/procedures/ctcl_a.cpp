// SPDX-License-Identifier: BSL-1.0
// QT.CTCL.A: a nonconformity from finding it to the kept record, through every branch.
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/runtime/views.hpp>

#include "desk.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace quytrinh;
using desk_of::act;
using desk_of::desk;

act reports(const char* by = "P.KT/nv05") {
    return act(by)
        .with("Loại phiếu", "Báo cáo sự KPH")
        .with("Đơn vị", "P.KT")
        .with("Nội dung KPH", "Hoạt động chuyên môn không phù hợp")
        .with("Mô tả", "trả kết quả sai mẫu");
}
act decides(const char* way = "Làm lại") { return act("LĐĐV/tp01").with("Hình thức xử lý", way); }

/// Beyond the finder's authority, executor nv06 and checker nv07 named.
void to_execution(desk& d) {
    d.open("QT.CTCL.A", "P.KT/nv05");
    d.does("5.1.1a", act("P.KT/nv05").choose("Vượt thẩm quyền"));
    d.does("5.1.1c", reports());
    d.does("5.1.1d", decides().assigning("NTH", "P.KT", "nv06").assigning("NKT", "P.KT", "nv07"));
    REQUIRE(d.open_tasks() == "5.1.1e.1");
}

}  // namespace

TEST_CASE("CTCL.A: within the authority of the post, checked by the head") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.A", "P.KT/nv05");
    CHECK(d.open_tasks() == "5.1.1a.1");
    CHECK(d.due("5.1.1a.1") == "không nêu");
    CHECK(d.refusal("5.1.1a", act("P.KT/nv05")) == errc::outcome_missing);
    CHECK(d.refusal("5.1.1a", act("P.KH/nv99").choose("Trong thẩm quyền")) == errc::not_permitted);
    d.does("5.1.1a", act("P.KT/nv05").choose("Trong thẩm quyền"));

    CHECK(d.open_tasks() == "5.1.1b.1");
    CHECK(d.refusal("5.1.1b", reports()) == errc::field_missing);
    // The signs of 5.2.2 belong to the ticket, not to the report.
    CHECK(d.refusal("5.1.1b", reports()
                                  .with("Hình thức xử lý", "Làm lại")
                                  .with("Kết quả xử lý", "xong")
                                  .with("Dấu hiệu", "nặng")) == errc::field_unknown);
    d.does(
        "5.1.1b",
        reports().with("Hình thức xử lý", "Làm lại").with("Kết quả xử lý", "đã trả lại đúng mẫu"));

    // Whoever handled it does not check it.
    CHECK(d.open_tasks() == "5.1.1f.1");
    CHECK(d.due("5.1.1f.1") == "không nêu");
    CHECK(d.refusal("5.1.1f", act("LĐĐV/nv05").choose("OK")) == errc::same_person);
    d.does("5.1.1f", act("LĐĐV/tp01").choose("OK").with("Nhận xét kiểm tra", "đạt"));

    CHECK(d.open_tasks() == "5.1.2.1");
    CHECK(d.told("NPH", notice_kind::task_opened, relation::coordinate));
    const auto end = d.does("5.1.2", act("LĐĐV/tp01"));
    CHECK(end.ended);
    CHECK(end.end_kind == "Đã xử lý");
    CHECK(end.children.empty());
    CHECK(d.state().records == std::vector<std::string>{"HS.01"});
    d.office.verify(d.of).value();
}

TEST_CASE("CTCL.A: beyond authority, done by one, checked by another, once sent back") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.A", "P.KT/nv05");
    d.does("5.1.1a", act("P.KT/nv05").choose("Vượt thẩm quyền"));

    // The report: required fields, a list that takes other words.
    CHECK(d.open_tasks() == "5.1.1c.1");
    CHECK(d.refusal("5.1.1c", act("P.KT/nv05")
                                  .with("Loại phiếu", "Báo cáo sự KPH")
                                  .with("Đơn vị", "P.KT")
                                  .with("Mô tả", "x")) == errc::field_missing);
    CHECK(d.refusal("5.1.1c", reports().with("Loại phiếu", "Khác")) == errc::choice_unknown);
    d.does("5.1.1c", reports().with("Nội dung KPH", "sai mẫu 05"));
    CHECK(d.field("BM.CTCL.01", "Nội dung KPH") == value("sai mẫu 05"));

    // The head of the finder's unit decides; box 1 of the report is closed to everybody.
    CHECK(d.open_tasks() == "5.1.1d.1");
    CHECK(d.told("LĐĐV", notice_kind::task_opened, relation::lead));
    CHECK(d.task("5.1.1d.1").leads.at(0).unit == "P.KT");
    CHECK(d.task("5.1.1d.1").leads.at(0).head);
    CHECK(d.refusal("5.1.1d", act("P.KH/tp02").with("Hình thức xử lý", "Làm lại")) ==
          errc::not_permitted);
    command::record late_change;
    late_change.task = "5.1.1d";
    late_change.fields = {{"Mô tả", value("khác")}};
    const auto locked = d.sends("LĐĐV/tp01", late_change);
    REQUIRE_FALSE(locked.has_value());
    CHECK(locked.error().code == errc::field_locked);

    // Executor and checker are both named and are two persons.
    CHECK(d.refusal("5.1.1d", decides()) == errc::assignment_missing);
    CHECK(d.refusal("5.1.1d", decides().assigning("NTH", "P.KT", "nv06")) ==
          errc::assignment_missing);
    CHECK(d.refusal("5.1.1d",
                    decides().assigning("NTH", "P.KT", "nv06").assigning("NKT", "P.KT", "nv06")) ==
          errc::same_person);
    // Accepting as it is needs the person who allows it, the authority and the reason.
    const auto accepts = [] {
        return decides("Chấp nhận")
            .assigning("NTH", "P.KT", "nv06")
            .assigning("NKT", "P.KT", "nv07");
    };
    CHECK(d.refusal("5.1.1d", accepts()) == errc::field_missing);
    CHECK(d.refusal(
              "5.1.1d",
              accepts().with("Thẩm quyền chấp nhận", "Giám đốc").with("Lý do chấp nhận", "x")) ==
          errc::field_missing);
    CHECK(d.refusal(
              "5.1.1d",
              accepts().with("Người cho phép chấp nhận", "gd01").with("Lý do chấp nhận", "x")) ==
          errc::field_missing);
    CHECK(d.refusal("5.1.1d", accepts()
                                  .with("Người cho phép chấp nhận", "gd01")
                                  .with("Thẩm quyền chấp nhận", "Giám đốc")) ==
          errc::field_missing);
    d.does("5.1.1d", decides().assigning("NTH", "P.KT", "nv06").assigning("NKT", "P.KT", "nv07"));
    CHECK(d.told("NTH", notice_kind::task_opened, relation::lead));

    CHECK(d.open_tasks() == "5.1.1e.1");
    CHECK(d.refusal("5.1.1e", act("P.KT/nv07").with("Kết quả xử lý", "xong")) ==
          errc::not_permitted);
    CHECK(d.refusal("5.1.1e", act("P.KT/nv06")) == errc::field_missing);
    d.does("5.1.1e", act("P.KT/nv06").with("Kết quả xử lý", "xong"));

    // Not the executor; NOK goes back to the decision, and the boxes are filled anew.
    CHECK(d.open_tasks() == "5.1.1f.1");
    CHECK(d.refusal("5.1.1f", act("P.KT/nv06").choose("OK")) == errc::not_permitted);
    CHECK(d.refusal("5.1.1f", act("LĐĐV/nv06").choose("OK")) == errc::same_person);
    CHECK(d.refusal("5.1.1f", act("P.KT/nv07").choose("NOK")) == errc::reason_missing);
    d.does("5.1.1f", act("P.KT/nv07").choose("NOK").because("chưa triệt để"));
    CHECK(d.open_tasks() == "5.1.1d.2");
    CHECK(d.told("LĐĐV", notice_kind::task_returned, relation::lead));
    d.does("5.1.1d", act("LĐĐV/tp01")
                         .with("Hình thức xử lý", "Chấp nhận")
                         .with("Người cho phép chấp nhận", "gd01")
                         .with("Thẩm quyền chấp nhận", "Giám đốc, theo quy chế làm việc")
                         .with("Lý do chấp nhận", "không ảnh hưởng")
                         .assigning("NTH", "P.KT", "nv08")
                         .assigning("NKT", "P.KT", "nv07"));
    d.does("5.1.1e", act("P.KT/nv08").with("Kết quả xử lý", "đã ghi nhận"));
    CHECK(d.open_tasks() == "5.1.1f.2");
    // Whoever handled it in any round does not check it, not even as the head.
    CHECK(d.refusal("5.1.1f", act("LĐĐV/nv06").choose("OK")) == errc::same_person);
    CHECK(d.refusal("5.1.1f", act("LĐĐV/nv08").choose("OK")) == errc::same_person);
    d.does("5.1.1f", act("LĐĐV/tp01").choose("OK"));
    CHECK(d.does("5.1.2", act("BISO/nv20")).end_kind == "Đã xử lý");
}

TEST_CASE("CTCL.A: other ways of handling may be written in") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.A", "P.KT/nv05");
    d.does("5.1.1a", act("P.KT/nv05").choose("Vượt thẩm quyền"));
    d.does("5.1.1c", reports());
    d.does("5.1.1d",
           decides("Thu hồi").assigning("NTH", "P.KT", "nv06").assigning("NKT", "P.KT", "nv07"));
    CHECK(d.field("XL.KPH", "Hình thức xử lý") == value("Thu hồi"));
}

TEST_CASE("CTCL.A: where it is needed a ticket is opened, and takes the nonconformity along") {
    desk d("11/12/2023 08:00");
    to_execution(d);
    d.does("5.1.1e", act("P.KT/nv06").with("Kết quả xử lý", "xong"));
    d.does("5.1.1f", act("P.KT/nv07").choose("OK"));
    const auto end = d.does("5.1.2", act("LĐĐV/tp01").opening("QT.CTCL.B"));
    CHECK(end.ended);
    REQUIRE(end.children.size() == 1);
    const auto child = d.office.find(end.children.front()).value().state;
    CHECK(child.procedure == "QT.CTCL.B");
    CHECK(child.parent == d.of);
    for (const char* name : {"Đơn vị", "Nội dung KPH", "Mô tả"}) {
        CAPTURE(name);
        const auto* carried = child.find_field({"BM.CTCL.01", name});
        REQUIRE(carried != nullptr);
        CHECK(carried->content == d.field("BM.CTCL.01", name));
        CHECK(carried->from_case == d.of);
    }
    REQUIRE(child.tasks.size() == 1);
    CHECK(to_string(child.tasks.front().task) == "5.2.1.1");
    const auto links = d.state().links;
    REQUIRE(links.size() == 1);
    CHECK(links.front().opened);
    CHECK_FALSE(links.front().replacing);
}

TEST_CASE("CTCL.A: nothing opens by itself that the text does not name here") {
    desk d("11/12/2023 08:00");
    d.open("QT.CTCL.A", "P.KT/nv05");
    CHECK(d.refusal("5.1.1a", act("P.KT/nv05").choose("Trong thẩm quyền").opening("QT.CTCL.B")) ==
          errc::right_not_written);
}

TEST_CASE("CTCL.A: where memberships are known, only the head of the finder's unit decides") {
    const trust known{[](const std::string& person) -> std::vector<membership> {
        if (person == "tp01") return {{"tp01", "P.KT", true, 1}};
        if (person == "tp02") return {{"tp02", "P.KH", true, 1}};
        if (person == "nv05" || person == "nv06" || person == "nv07")
            return {{person, "P.KT", false, 1}};
        return {};
    }};
    desk d("11/12/2023 08:00", known);
    d.open("QT.CTCL.A", "P.KT/nv05");
    d.does("5.1.1a", act("P.KT/nv05").choose("Vượt thẩm quyền"));
    d.does("5.1.1c", reports());
    const auto hands_out = [](const char* by) {
        return act(by)
            .with("Hình thức xử lý", "Làm lại")
            .assigning("NTH", "P.KT", "nv06")
            .assigning("NKT", "P.KT", "nv07");
    };
    CHECK(d.refusal("5.1.1d", hands_out("LĐĐV/nv06")) == errc::not_permitted);
    CHECK(d.refusal("5.1.1d", hands_out("P.KT/nv06")) == errc::not_permitted);
    CHECK(d.refusal("5.1.1d", hands_out("LĐĐV/tp02")) == errc::not_permitted);
    CHECK(d.refusal("5.1.1d", hands_out("P.KT/tp02")) == errc::not_permitted);
    d.does("5.1.1d", hands_out("P.KT/tp01"));
    CHECK(d.refusal("5.1.1e", act("P.KT/nv07").with("Kết quả xử lý", "xong")) ==
          errc::not_permitted);
    d.does("5.1.1e", act("NTH/nv06").with("Kết quả xử lý", "xong"));
    CHECK(d.refusal("5.1.1f", act("NKT/nv06").choose("OK")) == errc::not_permitted);
    d.does("5.1.1f", act("P.KT/nv07").choose("OK"));
    CHECK(d.open_tasks() == "5.1.2.1");
}
