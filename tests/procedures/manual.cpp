// SPDX-License-Identifier: BSL-1.0
// tests/procedures/manual.cpp: the procedure that the author's manual builds up does what the
// manual says it does: one case through every step of it, in both dialects, with the dates by hand.
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/time/counting.hpp>

#include "desk.hpp"

#include <language/manual_page.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using namespace quytrinh;
using desk_of::act;
using desk_of::desk;

/// The same procedure in the words of one manual.
struct words {
    const char *page, *desk_clerk, *other_clerk, *head, *judicial_unit, *verifier_role, *verifier;
    const char *name, *kind, *residence, *urgent, *needed, *why, *content, *result, *entry;
    const char *issued, *answer, *applicant_role, *stranger;
};

const words vietnamese{"language.vi.md",
                       "MC/cb01",
                       "MC/cb02",
                       "LĐ/gd01",
                       "TP",
                       "NXM",
                       "TP/tp01",
                       "Họ tên",
                       "Loại giấy",
                       "Cư trú",
                       "Gấp",
                       "Phải xác minh",
                       "Lý do xác minh",
                       "Nội dung xác nhận",
                       "Kết quả xác minh",
                       "Ghi nhận",
                       "Đã cấp",
                       "Xác minh tiếp",
                       "CD",
                       "MC/cb09"};
const words english{"language.en.md",
                    "FD/cb01",
                    "FD/cb02",
                    "HD/gd01",
                    "JD",
                    "VF",
                    "JD/tp01",
                    "Full name",
                    "Kind of letter",
                    "Residence",
                    "Urgent",
                    "Needs verification",
                    "Why",
                    "Content of the letter",
                    "Result of verification",
                    "Entry",
                    "Issued",
                    "Go on verifying",
                    "AP",
                    "FD/cb09"};

std::string procedure_of(const char* name) {
    const manual::page page(std::string(QUYTRINH_PROCEDURES_DIR) + "/" + name);
    for (const manual::block& one : page.blocks())
        if (one.kind == "quytrinh-whole") return one.text;
    FAIL(name << " shows no whole procedure");
    return {};
}

act request(const words& w, const char* urgent) {
    return act(w.desk_clerk).with(w.name, "A").with(w.kind, w.residence).with(w.urgent, urgent);
}
act checked(const words& w, const char* by, const char* verify) {
    return act(by).confirming_all().with(w.needed, verify).with(w.content, "x");
}

/// From the request to the verification, which `cb01` asked for.
void to_verification(desk& d, const words& w) {
    d.office.add(procedure_of(w.page), "QT.01.quytrinh").value();
    d.open("QT.01", w.desk_clerk);
    CHECK(d.due("1.1") == "không nêu");
    d.does("1", request(w, "có"));
    // Urgent: one working day. All items of the checklist must be ticked.
    CHECK(d.due("2.1") == "2024-03-12");
    CHECK(d.refusal("2", act(w.desk_clerk).with(w.needed, "không").with(w.content, "x")) ==
          errc::checklist_incomplete);
    // Verification needs a reason and somebody to do it.
    CHECK(d.refusal("2", checked(w, w.desk_clerk, "có")) == errc::field_missing);
    CHECK(d.refusal("2", checked(w, w.desk_clerk, "có").with(w.why, "y")) ==
          errc::assignment_missing);
    d.at("12/03/2024 09:00");
    d.does("2", checked(w, w.desk_clerk, "có")
                    .with(w.why, "y")
                    .assigning(w.verifier_role, w.judicial_unit, "tp01"));
    REQUIRE(d.open_tasks() == "2a.1");
    CHECK(d.due("2a.1") == "2024-03-15");
}

}  // namespace

TEST_CASE("the manual's procedure: request, check, verification, question, approval, record") {
    for (const words& w : {vietnamese, english}) {
        INFO(std::string(w.page));
        desk d("11/03/2024 08:00");
        to_verification(d, w);
        // An open question holds the step; the answer is one of those written.
        command::consult question;
        question.consultation = "2b";
        question.text = "?";
        d.sends(w.verifier, question).value();
        CHECK(d.due("2b.1") == "2024-03-13");
        CHECK(d.refusal("2a", act(w.verifier).with(w.result, "z")) == errc::consultation_open);
        command::answer reply;
        reply.consultation = "2b";
        reply.chosen = w.answer;
        d.sends(w.head, reply).value();
        // Whoever checked does not verify.
        CHECK(d.refusal("2a", act(w.desk_clerk).with(w.result, "z")) != errc{});
        d.at("14/03/2024 10:00");
        d.does("2a", act(w.verifier).with(w.result, "z"));
        // Friday, then Monday.
        CHECK(d.due("3.1") == "2024-03-18");

        // Sent back: a new round, whose limit counts from the return.
        d.at("18/03/2024 09:00");
        CHECK(d.refusal("3", act(w.head).choose("NOK")) == errc::reason_missing);
        d.does("3", act(w.head).choose("NOK").because("sai tên"));
        REQUIRE(d.open_tasks() == "2.2");
        CHECK(d.due("2.2") == "2024-03-19");
        // cb02 may check this kind too; this time there is nothing to verify.
        d.does("2", checked(w, w.other_clerk, "không"));
        REQUIRE(d.open_tasks() == "3.2");
        d.does("3", act(w.head).choose("OK"));
        CHECK(d.told(w.applicant_role, notice_kind::task_completed, relation::inform));

        const auto end = d.does("4", act(w.desk_clerk).with(w.entry, "ok"));
        CHECK(end.ended);
        CHECK(end.end_kind == w.issued);
        CHECK(d.state().records == std::vector<std::string>{"HS.01"});
        d.office.verify(d.of).value();
    }
}

TEST_CASE("the manual's procedure: the fourth return goes where `sau đó` says") {
    const words& w = vietnamese;
    desk d("11/03/2024 08:00");
    d.office.add(procedure_of(w.page), "QT.01.quytrinh").value();
    d.open("QT.01", w.desk_clerk);
    // Step 1 is not counted: two working days in it move the appointed day by two.
    d.at("13/03/2024 08:00");
    d.does("1", request(w, "không"));
    CHECK(d.due("2.1") == "2024-03-15");
    REQUIRE(d.state().case_due.has_value());
    CHECK(to_iso(*d.state().case_due, desk_of::vietnam) == "2024-03-22");
    // Somebody whom the table does not know cannot do without verification.
    CHECK(d.refusal("2", checked(w, w.stranger, "không")) == errc::assignment_missing);
    for (int round = 1; round <= 4; ++round) {
        CAPTURE(round);
        d.does("2", checked(w, w.desk_clerk, "không"));
        const auto after = d.does("3", act(w.head).choose("NOK").because("chưa đủ"));
        CHECK(after.ended == (round == 4));
        if (after.ended) CHECK(after.end_kind == "Từ chối");
    }
}
