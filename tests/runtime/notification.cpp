// SPDX-License-Identifier: BSL-1.0
// tests/runtime/notification.cpp: what a host is told, in both languages.
#include <quytrinh/runtime/notification.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include <set>
#include <string>

using namespace quytrinh;

namespace {

notification sample(notice_kind kind, relation as) {
    notification n;
    n.what.kind = kind;
    n.what.as = as;
    n.what.to = {"ĐVTH", "P.HTKH", {}, false};
    n.of = case_id{"abcdefghijklmnopqrstuvwxyz"};
    n.procedure = "QT.HTKH.03";
    n.reference = "125/CV";
    n.task = {"2", 1};
    n.task_title = "Kiểm tra thông tin";
    n.due = "2023-12-14";
    n.due_how = due_kind::counted;
    n.by = {"ĐVYC", "nv01"};
    n.other = case_id{"234567abcdefghijklmnopqrst"};
    return n;
}

}  // namespace

TEST_CASE("a notification says which step of which case waits for whom, until when") {
    const notification n = sample(notice_kind::task_opened, relation::lead);
    CHECK(n.text("vi") ==
          "Bước 2 “Kiểm tra thông tin” của hồ sơ 125/CV (QT.HTKH.03) đang chờ P.HTKH, hạn "
          "14/12/2023.");
    CHECK(n.text("en") ==
          "Step 2 “Kiểm tra thông tin” of case 125/CV (QT.HTKH.03) is waiting for P.HTKH, due "
          "14/12/2023.");
    CHECK(n.text(language::vi) == n.text("vi"));
    CHECK(n.text("fr") == n.text("en"));
}

TEST_CASE("a case without a reference is named by its id, a role without a unit by its code") {
    notification n = sample(notice_kind::task_opened, relation::lead);
    n.reference.clear();
    n.what.to.unit.clear();
    n.what.to.person = "nv07";
    CHECK(n.text("vi") ==
          "Bước 2 “Kiểm tra thông tin” của hồ sơ abcdefghijklmnopqrstuvwxyz (QT.HTKH.03) "
          "đang chờ ĐVTH/nv07, hạn 14/12/2023.");
}

TEST_CASE("the head of a unit is named by its role: the unit itself is not waited for") {
    notification n = sample(notice_kind::task_opened, relation::lead);
    n.what.to = {"LĐĐV", "P.MC", {}, true};
    CHECK(n.text("vi").find("đang chờ LĐĐV (P.MC), hạn") != std::string::npos);
    CHECK(n.text("en").find("is waiting for LĐĐV (P.MC), due") != std::string::npos);
}

TEST_CASE("every way a limit can come out has its words") {
    notification n = sample(notice_kind::task_opened, relation::lead);
    n.due = "2023-12-14T14:00";
    CHECK(n.text("vi").find("hạn 14:00 ngày 14/12/2023.") != std::string::npos);
    CHECK(n.text("en").find("due 14:00 on 14/12/2023.") != std::string::npos);
    n.due.clear();
    n.due_how = due_kind::immediately;
    CHECK(n.text("vi").find("phải làm ngay") != std::string::npos);
    n.due_how = due_kind::not_stated;
    CHECK(n.text("vi") ==
          "Bước 2 “Kiểm tra thông tin” của hồ sơ 125/CV (QT.HTKH.03) đang chờ P.HTKH.");
    n.due_how = due_kind::laid_down;
    CHECK(n.text("en").find("as laid down elsewhere") != std::string::npos);
    n.due_how = due_kind::waiting;
    CHECK(n.text("en").find("not known yet") != std::string::npos);
}

TEST_CASE("a return names its reason and its round") {
    notification n = sample(notice_kind::task_returned, relation::lead);
    n.task = {"1", 2};
    n.task_title = "Gửi văn bản";
    n.reason = "thiếu tài liệu";
    n.due.clear();
    n.due_how = due_kind::not_stated;
    CHECK(n.text("vi") ==
          "Bước 1 “Gửi văn bản”, vòng 2, của hồ sơ 125/CV (QT.HTKH.03) bị trả lại cho P.HTKH, "
          "lý do: “thiếu tài liệu”.");
    CHECK(n.text("en") ==
          "Step 1 “Gửi văn bản”, round 2, of case 125/CV (QT.HTKH.03) was returned to P.HTKH, "
          "reason: “thiếu tài liệu”.");
}

TEST_CASE("what people wrote is set apart from the sentence, the limit stands before it") {
    // A reader once took "hạn 29/12/2023" for a part of the reason, and "P.HTKH chủ trì" for a part
    // of the answer.
    notification n = sample(notice_kind::task_returned, relation::lead);
    n.task = {"3", 2};
    n.task_title = "Lập kế hoạch";
    n.reason = "chưa có kinh phí";
    CHECK(n.text("vi") ==
          "Bước 3 “Lập kế hoạch”, vòng 2, của hồ sơ 125/CV (QT.HTKH.03) bị trả lại cho P.HTKH, "
          "hạn 14/12/2023, lý do: “chưa có kinh phí”.");
    n = sample(notice_kind::answered, relation::lead);
    n.task = {"6a", 1};
    n.task_title = "Xin ý kiến";
    n.text_of = "Dùng tài khoản dự phòng";
    CHECK(n.text("vi") ==
          "ĐVYC/nv01 đã trả lời ở bước 6a “Xin ý kiến” của hồ sơ 125/CV (QT.HTKH.03): “Dùng tài "
          "khoản dự phòng”; P.HTKH chủ trì.");
}

TEST_CASE("a joint lead is told that another has confirmed, not that the step is done") {
    notification n = sample(notice_kind::task_completed, relation::joint);
    n.task = {"6", 1};
    n.task_title = "Báo cáo";
    n.by = {"P.HTKH", "nv07"};
    n.what.to = {"ĐVYC", "ĐVYC", {}, false};
    CHECK(n.text("vi") ==
          "P.HTKH/nv07 đã xác nhận ở bước 6 “Báo cáo” của hồ sơ 125/CV (QT.HTKH.03); còn chờ ĐVYC "
          "cùng xác nhận.");
    CHECK(n.text("en") ==
          "P.HTKH/nv07 confirmed at step 6 “Báo cáo” of case 125/CV (QT.HTKH.03); it still waits "
          "for ĐVYC to confirm.");
}

TEST_CASE("every kind to every recipient is one sentence of its own in each language") {
    const notice_kind kinds[] = {
        notice_kind::task_opened,    notice_kind::task_returned,  notice_kind::task_assigned,
        notice_kind::task_completed, notice_kind::task_overdue,   notice_kind::consulted,
        notice_kind::answered,       notice_kind::opinion_given,  notice_kind::commented,
        notice_kind::case_ended,     notice_kind::case_withdrawn, notice_kind::case_cancelled,
        notice_kind::linked_opened,  notice_kind::linked_ended,   notice_kind::case_overdue,
    };
    const relation relations[] = {relation::lead,   relation::joint,  relation::coordinate,
                                  relation::inform, relation::opener, relation::asked,
                                  relation::keeper};
    for (const char* words : {"vi", "en"}) {
        std::set<std::string> by_kind;
        for (const notice_kind kind : kinds) {
            for (const relation as : relations) {
                const std::string text = sample(kind, as).text(words);
                CAPTURE(text);
                CHECK(text.size() > 20);
                CHECK(text.back() == '.');
                CHECK(text.find("P.HTKH") != std::string::npos);
                CHECK(text.find("125/CV") != std::string::npos);
                CHECK(text.find("  ") == std::string::npos);
                CHECK(text.find(" ,") == std::string::npos);
                CHECK(text.find("..") == std::string::npos);
                if (as == relation::coordinate) CHECK(by_kind.insert(text).second);
            }
        }
    }
}

TEST_CASE("a question says who asks whom, at which step, and what; others are told of it") {
    notification n = sample(notice_kind::consulted, relation::asked);
    n.task = {"6a", 1};
    n.task_title = "Xin ý kiến";
    n.text_of = "thiếu kinh phí";
    n.what.to = {"LĐTT", "LĐTT", {}, false};
    CHECK(n.text("vi") ==
          "ĐVYC/nv01 xin ý kiến LĐTT ở bước 6a “Xin ý kiến” của hồ sơ 125/CV (QT.HTKH.03), hạn "
          "14/12/2023: “thiếu kinh phí”.");
    CHECK(n.text("en") ==
          "ĐVYC/nv01 asks for the opinion of LĐTT at step 6a “Xin ý kiến” of case 125/CV "
          "(QT.HTKH.03), due 14/12/2023: “thiếu kinh phí”.");
    n.what.as = relation::coordinate;
    CHECK(n.text("vi").find("xin ý kiến ở bước 6a") != std::string::npos);
    CHECK(n.text("vi").find("; LĐTT phối hợp.") != std::string::npos);
    n = sample(notice_kind::commented, relation::opener);
    n.task = {};
    n.text_of = "gấp";
    CHECK(n.text("vi").find("đã nhận xét về hồ sơ 125/CV (QT.HTKH.03): “gấp”;") !=
          std::string::npos);
    CHECK(n.text("en").find("commented on case 125/CV") != std::string::npos);
}

TEST_CASE("the end of a case speaks of the case, not of a step") {
    notification n = sample(notice_kind::case_ended, relation::opener);
    n.task = {};
    n.task_title.clear();
    n.outcome = "Đạt";
    CHECK(n.text("vi") ==
          "Hồ sơ 125/CV (QT.HTKH.03) đã kết thúc với kết quả “Đạt”; báo để người mở hồ sơ "
          "(P.HTKH) biết.");
    CHECK(n.text("en") ==
          "Case 125/CV (QT.HTKH.03) has ended with outcome “Đạt”; for the information of P.HTKH, "
          "who opened the case.");
}

TEST_CASE("what people wrote cannot forge a second line") {
    notification n = sample(notice_kind::task_returned, relation::lead);
    n.reason = "x\nBước 3 đã xong\x1b[2J";
    const std::string text = n.text("vi");
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    n.due = "garbage";
    CHECK_FALSE(n.text("en").empty());
}
