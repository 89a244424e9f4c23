// SPDX-License-Identifier: BSL-1.0
// QT.HTKH.03 from the letter of request to the report, through every branch. Dates were counted by
// hand on the calendar: 2023-12-11 is a Monday; Tết 2024 is off from 8 to 14 February.
#include <quytrinh/engine/state.hpp>
#include <quytrinh/procedures/bundled.hpp>

#include <quytrinh/engine/kernel.hpp>

#include "desk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace quytrinh;
using desk_of::act;
using desk_of::clock;
using desk_of::desk;

value words(std::initializer_list<std::string> items) {
    return value(std::vector<std::string>(items));
}

act sends_letter(std::initializer_list<std::string> kinds = {"Truyền thông"}) {
    return act("ĐVYC/nv01")
        .confirming_all()
        .with("Loại yêu cầu", words(kinds))
        .with("Thông tin SPDV", "phần mềm hồ sơ sức khỏe")
        .with("Đầu mối của ĐVYC", "nv01, máy lẻ 12");
}
act plans(const char* day) { return act("ĐVTH/nv07").with("Ngày hoàn thành", value(day)); }

/// Brings a case to step 5, at 2023-12-20.
void to_work(desk& d, const char* finish = "31/01/2024") {
    d.open("QT.HTKH.03", "ĐVYC/nv01");
    d.does("1", sends_letter());
    d.at("12/12/2023 09:00");
    d.does("2", act("ĐVTH/nv07").choose("OK"));
    d.at("13/12/2023 09:00");
    d.does("3", plans(finish));
    d.at("14/12/2023 09:00");
    d.does("4", act("LĐTT/gd01").choose("OK"));
    d.at("20/12/2023 08:00");
}

}  // namespace

TEST_CASE("HTKH.03: returned once, rejected once, then carried out and reported") {
    desk d("11/12/2023 08:00");
    d.open("QT.HTKH.03", "ĐVYC/nv01");
    CHECK(d.open_tasks() == "1.1");
    CHECK(d.due("1.1") == "không nêu");

    // Step 1: the precondition must be ticked, by the unit that asks.
    CHECK(d.refusal("1", act("ĐVYC/nv01")) == errc::precondition_missing);
    CHECK(d.refusal("1", act("ĐVTH/nv07").confirming_all()) == errc::not_permitted);
    d.does("1", sends_letter({"Truyền thông", "Hỗ trợ khách hàng sau bán"}));
    CHECK(d.open_tasks() == "2.1");
    CHECK(d.due("2.1") == "2023-12-14");
    CHECK(d.told("ĐVTH", notice_kind::task_opened, relation::lead));
    CHECK(d.told("ĐVYC", notice_kind::task_opened, relation::coordinate));
    CHECK_FALSE(d.told("LĐTT", notice_kind::task_opened));

    // Step 2: sent back, with a reason.
    d.at("12/12/2023 09:00");
    CHECK(d.refusal("2", act("ĐVTH/nv07")) == errc::outcome_missing);
    CHECK(d.refusal("2", act("ĐVTH/nv07").choose("Có thể")) == errc::outcome_unknown_name);
    CHECK(d.refusal("2", act("ĐVTH/nv07").choose("NOK")) == errc::reason_missing);
    const auto refused = d.refused("2", act("LĐTT/gd01").choose("OK"));
    CHECK(refused.code == errc::not_permitted);
    CHECK_FALSE(refused.who_could.empty());
    d.does("2", act("ĐVTH/nv07").choose("NOK").because("thiếu tài liệu SPDV"));
    CHECK(d.open_tasks() == "1.2");
    CHECK(d.due("1.2") == "không nêu");
    CHECK(d.told("ĐVYC", notice_kind::task_returned, relation::lead));
    CHECK(d.task("1.2").return_reason == "thiếu tài liệu SPDV");
    CHECK(d.task("1.2").returned);

    // Sent again: the condition must be confirmed again; three days from the new receipt end on a
    // Saturday, so on Monday 18 December.
    d.at("13/12/2023 10:00");
    CHECK(d.refusal("1", act("ĐVYC/nv01")) == errc::precondition_missing);
    d.does("1", act("ĐVYC/nv01").confirming_all());
    CHECK(d.open_tasks() == "2.2");
    CHECK(d.due("2.2") == "2023-12-18");

    // Step 3: seven days from the completion of step 2.
    d.at("18/12/2023 16:00");
    d.does("2", act("ĐVTH/nv07").choose("OK"));
    CHECK_FALSE(d.task("2.2").late);
    CHECK(d.open_tasks() == "3.1");
    CHECK(d.due("3.1") == "2023-12-25");

    // A plan needs its date, and training because the request includes customer support.
    d.at("20/12/2023 15:00");
    CHECK(d.refusal("3", act("ĐVTH/nv07")) == errc::field_missing);
    CHECK(d.refusal("3", plans("31/01/2024")) == errc::field_missing);
    d.does("3", plans("31/01/2024").with("Tổ chức đào tạo về SPDV", "một buổi cho tổng đài"));
    CHECK(d.open_tasks() == "4.1");
    CHECK(d.due("4.1") == "2023-12-22");
    CHECK(d.told("LĐTT", notice_kind::task_opened, relation::lead));
    CHECK(d.told("ĐVTH", notice_kind::task_opened, relation::coordinate));
    CHECK(d.told("ĐVYC", notice_kind::task_opened, relation::coordinate));

    // Step 4: not approved, back to step 3; the seven days count from the return.
    d.at("22/12/2023 09:00");
    d.does("4", act("LĐTT/gd01").choose("NOK").because("chưa có kinh phí"));
    CHECK(d.open_tasks() == "3.2");
    CHECK(d.due("3.2") == "2023-12-29");
    CHECK_FALSE(d.state().forms.at("KHTH").approved_version.has_value());
    d.at("27/12/2023 09:00");
    d.does("3", plans("31/01/2024").with("Tổ chức đào tạo về SPDV", "hai buổi"));
    CHECK(d.state().forms.at("KHTH").version == 2);
    CHECK(d.due("4.2") == "2023-12-29");
    d.at("28/12/2023 09:00");
    d.does("4", act("LĐTT/gd01").choose("OK"));
    CHECK(d.state().forms.at("KHTH").approved_version == 2u);

    // Step 5: by the date of the approved plan.
    CHECK(d.open_tasks() == "5.1");
    CHECK(d.due("5.1") == "2024-01-31");
    d.at("30/01/2024 16:00");
    d.does("5", act("ĐVTH/nv07"));

    // Step 6: both leads, the first named is accountable, the last confirmation ends the case.
    CHECK(d.open_tasks() == "6.1");
    CHECK(d.due("6.1") == "không nêu");
    CHECK(d.told("ĐVTH", notice_kind::task_opened, relation::lead));
    CHECK(d.told("ĐVYC", notice_kind::task_opened, relation::joint));
    CHECK(d.told("LĐTT", notice_kind::task_opened, relation::coordinate));
    d.does("6", act("ĐVTH/nv07").with("Kết quả thực hiện", "đã truyền thông và đào tạo"));
    CHECK(d.open_tasks() == "6.1");
    CHECK(d.refusal("6", act("ĐVTH/nv07")) == errc::already_confirmed);
    const auto end = d.does("6", act("ĐVYC/nv01"));
    CHECK(end.ended);
    CHECK(end.end_kind.empty());
    CHECK(d.state().status == case_status::ended);
    CHECK(d.refusal("6", act("ĐVTH/nv07")) == errc::case_not_open);
    d.office.verify(d.of).value();
}

TEST_CASE("HTKH.03: the last of the two who report cannot leave the report out") {
    desk d("11/12/2023 08:00");
    to_work(d);
    d.does("5", act("ĐVTH/nv07"));
    d.does("6", act("ĐVTH/nv07"));
    CHECK(d.refusal("6", act("LĐTT/gd01")) == errc::not_permitted);
    CHECK(d.refusal("6", act("ĐVYC/nv01")) == errc::field_missing);
    CHECK(d.does("6", act("ĐVYC/nv01").with("Kết quả thực hiện", "đã xong")).ended);
}

TEST_CASE("HTKH.03: communication alone needs no training in the plan") {
    desk d("11/12/2023 08:00");
    d.open("QT.HTKH.03", "ĐVYC/nv01");
    d.does("1", sends_letter());
    d.does("2", act("ĐVTH/nv07").choose("OK"));
    d.does("3", plans("31/01/2024"));
    CHECK(d.open_tasks() == "4.1");
}

// A request with no word in it was found complete, and its plan for customer support was approved
// without training: the condition on training had an empty field to read and did not hold.
TEST_CASE("HTKH.03: a letter that says nothing can be sent and returned, but not found complete") {
    desk d("11/12/2023 08:00");
    d.open("QT.HTKH.03", "ĐVYC/nv01");
    d.does("1", act("ĐVYC/nv01").confirming_all());
    const auto finds = [](std::initializer_list<const char*> said) {
        auto check = act("ĐVTH/nv07").choose("OK");
        for (const std::string name : said)
            check.options.fields.emplace_back(name, name == "Loại yêu cầu"
                                                        ? words({"Hỗ trợ khách hàng sau bán"})
                                                        : value("có ghi"));
        return check;
    };
    const auto lacks = [&](std::initializer_list<const char*> said, const std::string& field) {
        const auto why = d.refused("2", finds(said));
        CHECK(why.code == errc::field_missing);
        CHECK(why.text(language::vi).find(field) != std::string::npos);
    };
    lacks({}, "Loại yêu cầu");
    lacks({"Loại yêu cầu"}, "Thông tin SPDV");
    lacks({"Loại yêu cầu", "Thông tin SPDV"}, "Đầu mối của ĐVYC");
    lacks({"Thông tin SPDV", "Đầu mối của ĐVYC"}, "Loại yêu cầu");

    // A form offers the three, and marks them.
    bool offered = false;
    for (const auto& one : d.office.options(d.of, desk_of::who("ĐVTH/nv07")).value())
        if (one.command == "complete") {
            offered = true;
            CHECK(one.fields.size() == 3);
            for (const auto& field : one.fields) CHECK(field.required);
        }
    CHECK(offered);

    SUBCASE("sent back: nothing is asked of who sends it back, nor at once of who sends again") {
        d.does("2", act("ĐVTH/nv07").choose("NOK").because("không có nội dung"));
        d.does("1", act("ĐVYC/nv01").confirming_all());
        CHECK(d.open_tasks() == "2.2");
        lacks({}, "Loại yêu cầu");
    }
    SUBCASE("entered at the check, with who asks: then the plan needs its training") {
        d.does("2", finds({"Loại yêu cầu", "Thông tin SPDV", "Đầu mối của ĐVYC"}));
        const auto why = d.refused("3", plans("31/01/2024"));
        CHECK(why.code == errc::field_missing);
        CHECK(why.text(language::vi).find("Tổ chức đào tạo về SPDV") != std::string::npos);
        d.does("3", plans("31/01/2024").with("Tổ chức đào tạo về SPDV", "một buổi"));
        CHECK(d.open_tasks() == "4.1");
    }
}

TEST_CASE("HTKH.03: a limit that ends in Tết waits for the first working day after it") {
    desk d("07/02/2024 15:00");
    d.open("QT.HTKH.03", "ĐVYC/nv01");
    d.does("1", sends_letter());
    CHECK(d.due("2.1") == "2024-02-15");
}

TEST_CASE("HTKH.03: direction is asked inside step 5, as often as needed") {
    desk d("11/12/2023 08:00");
    to_work(d);
    CHECK(d.open_tasks() == "5.1");

    // A question has its own paper; an urgent one has a reason.
    const auto ask = [](const char* urgent) {
        command::consult question;
        question.consultation = "6a";
        question.text = "thiếu người hướng dẫn";
        question.fields = {{"Khó khăn, vướng mắc", value("thiếu người hướng dẫn")},
                           {"Gấp", value(urgent)}};
        return question;
    };
    command::consult bare;
    bare.consultation = "6a";
    bare.text = "?";
    CHECK(d.sends("ĐVTH/nv07", bare).error().code == errc::field_missing);
    CHECK(d.sends("ĐVTH/nv07", ask("có")).error().code == errc::field_missing);
    CHECK(d.sends("ĐVYC/nv01", ask("không")).error().code == errc::not_permitted);

    auto urgent = ask("có");
    urgent.fields.emplace_back("Lý do gấp", value("lớp học ngày mai"));
    REQUIRE(d.sends("ĐVTH/nv07", urgent).has_value());
    CHECK(d.open_tasks() == "5.1 6a.1");
    CHECK(d.due("6a.1") == "ngay");
    CHECK(d.told("LĐTT", notice_kind::consulted, relation::asked));
    CHECK(d.refusal("5", act("ĐVTH/nv07")) == errc::consultation_open);

    command::answer reply;
    reply.consultation = "6a";
    reply.text = "mời chuyên gia của Trung tâm";
    CHECK(d.sends("ĐVYC/nv01", reply).error().code == errc::not_permitted);
    REQUIRE(d.sends("LĐTT/gd01", reply).has_value());
    CHECK(d.told("ĐVTH", notice_kind::answered));
    CHECK(d.open_tasks() == "5.1");

    // A question asked once more is a new paper. "Lý do gấp" was shown as required because the last
    // question had been urgent.
    const auto offered = d.office.options(d.of, desk_of::who("ĐVTH/nv07")).value();
    const auto again = std::find_if(offered.begin(), offered.end(),
                                    [](const option& o) { return o.command == "consult"; });
    REQUIRE(again != offered.end());
    REQUIRE(again->fields.size() == 3);
    CHECK(again->fields[1].required);
    CHECK(again->fields[1].current.empty());
    CHECK(again->fields[2].name == "Lý do gấp");
    CHECK_FALSE(again->fields[2].required);

    // Not urgent, on Friday 19 January 2024: two days end on Sunday, so on Monday the 22nd.
    d.at("19/01/2024 10:00");
    REQUIRE(d.sends("ĐVTH/nv07", ask("không")).has_value());
    CHECK(d.due("6a.2") == "2024-01-22");
    d.at("22/01/2024 10:00");
    REQUIRE(d.sends("LĐTT/gd01", reply).has_value());

    d.does("5", act("ĐVTH/nv07"));
    CHECK(d.open_tasks() == "6.1");

    // Asked nowhere else.
    auto elsewhere = ask("không");
    CHECK(d.sends("ĐVTH/nv07", elsewhere).error().code == errc::task_not_open);
    elsewhere.task = "6";
    CHECK(d.sends("ĐVTH/nv07", elsewhere).error().code == errc::not_asked_here);
}

TEST_CASE("HTKH.03: overdue is said once to the lead, and lateness is kept") {
    desk d("11/12/2023 08:00");
    d.open("QT.HTKH.03", "ĐVYC/nv01");
    d.does("1", sends_letter());
    d.mail.clear();
    d.at("14/12/2023 23:59");
    CHECK(d.office.run_due().value().timers == 0);
    d.at("15/12/2023 00:00");
    CHECK(d.office.run_due().value().timers == 1);
    CHECK(d.told("ĐVTH", notice_kind::task_overdue));
    CHECK(d.task("2.1").overdue);
    d.mail.clear();
    d.at("16/12/2023 08:00");
    CHECK(d.office.run_due().value().timers == 0);
    CHECK(d.mail.empty());
    d.does("2", act("ĐVTH/nv07").choose("OK"));
    CHECK(d.task("2.1").late);
}

TEST_CASE("HTKH.03: withdrawn by who asked, cancelled by the leadership, by nobody else") {
    SUBCASE("withdrawn before the work begins") {
        desk d("11/12/2023 08:00");
        d.open("QT.HTKH.03", "ĐVYC/nv01");
        d.does("1", sends_letter());
        CHECK(d.sends("ĐVTH/nv07", command::withdraw{"thôi"}).error().code == errc::not_permitted);
        REQUIRE(d.sends("ĐVYC/nv01", command::withdraw{"không còn nhu cầu"}).has_value());
        CHECK(d.state().status == case_status::withdrawn);
        CHECK(d.told("ĐVTH", notice_kind::case_withdrawn));
        CHECK(d.open_tasks().empty());
    }
    SUBCASE("not once it has begun") {
        desk d("11/12/2023 08:00");
        to_work(d);
        CHECK(d.sends("ĐVYC/nv01", command::withdraw{"không còn nhu cầu"}).error().code ==
              errc::too_late_to_withdraw);
        CHECK(d.sends("ĐVYC/nv01", command::cancel{"không còn nhu cầu"}).error().code ==
              errc::not_permitted);
        REQUIRE(d.sends("LĐTT/gd01", command::cancel{"dừng triển khai SPDV"}).has_value());
        CHECK(d.state().status == case_status::cancelled);
        CHECK(d.told("ĐVTH", notice_kind::case_cancelled));
    }
}

TEST_CASE("HTKH.03: roles may be bound to real units when the case opens") {
    desk d("11/12/2023 08:00");
    d.open("QT.HTKH.03", "P.DVCĐS/nv01", {{"ĐVYC", "P.DVCĐS", ""}, {"ĐVTH", "P.HTKH", ""}});
    auto letter = sends_letter();
    letter.options.by = desk_of::who("P.DVCĐS/nv01");
    d.does("1", letter);
    CHECK(d.refusal("2", act("P.DVCĐS/nv01").choose("OK")) == errc::not_permitted);
    d.does("2", act("P.HTKH/nv07").choose("OK"));
    CHECK(d.open_tasks() == "3.1");
}

TEST_CASE("HTKH.03: the English edition goes the same way") {
    desk d("11/12/2023 08:00");
    d.open("QT.HTKH.03.EN", "ĐVYC/nv01");
    d.does("1", act("ĐVYC/nv01")
                    .confirming("The product or service has been approved for roll-out")
                    .with("Kind of request", words({"After-sales customer support"})));
    CHECK(d.due("2.1") == "2023-12-14");
    CHECK(d.refusal("2", act("ĐVTH/nv07").choose("OK")) == errc::field_missing);
    d.does("2", act("ĐVTH/nv07")
                    .choose("OK")
                    .with("Information on the product", "health record software")
                    .with("Contact person of ĐVYC", "nv01"));
    CHECK(d.due("3.1") == "2023-12-18");
    CHECK(d.refusal("3", act("ĐVTH/nv07").with("Completion date", "2024-01-31")) ==
          errc::field_missing);
    d.does("3", act("ĐVTH/nv07")
                    .with("Completion date", "2024-01-31")
                    .with("Training on the product", "one session"));
    d.does("4", act("LĐTT/gd01").choose("OK"));
    CHECK(d.due("5.1") == "2024-01-31");
    d.does("5", act("ĐVTH/nv07"));
    d.does("6", act("ĐVTH/nv07").with("Results", "done"));
    CHECK(d.does("6", act("ĐVYC/nv01")).ended);
}
