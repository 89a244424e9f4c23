// SPDX-License-Identifier: BSL-1.0
// tests/engine/declared.cpp: clauses of a text that once were read and then did nothing, each with
// what a case does because of it: nothing declared is ever silently ignored.
#include <quytrinh/engine/kernel.hpp>

#include "engine/play.hpp"

#include <quytrinh/language/parse.hpp>

using namespace play;
using words = std::vector<std::string>;

namespace {

const std::string head = "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.01 \"Cấp giấy\"\n";
const std::string parties = "vai trò A \"Bên A\"\nvai trò B \"Bên B\"\nvai trò VT \"Văn thư\"\n";

one_case reading(const std::string& text) {
    const parsed read = parse("khai-bao.quytrinh", text);
    INFO(render(read.diagnostics, read.sources, language::en));
    REQUIRE(read.definition != nullptr);
    return one_case(procedure(*read.definition));
}

std::string a_step_text(const std::string& id, const std::string& lead, const std::string& rest) {
    return "bước " + id + " \"Bước " + id + "\"\n  chủ trì " + lead + "\n  thời hạn không nêu\n" +
           rest;
}

command::complete with_fields(std::vector<field_entry> fields) {
    command::complete c;
    c.fields = std::move(fields);
    return c;
}

}  // namespace

// ---------------------------------------------------------------- `có đủ nội dung như`

TEST_CASE("a form with the content of another has its fields, required ones too") {
    one_case c = reading(head + parties +
                         "biểu mẫu G \"Giấy\"\n  có đủ nội dung như F\n  thông tin \"B\" là chữ\n"
                         "biểu mẫu F \"Phiếu\"\n  thông tin \"A\" là chữ, bắt buộc\n"
                         "  thông tin \"Gấp\" là có hoặc không\n"
                         "  thông tin \"Lý do\" là chữ, bắt buộc nếu \"Gấp\" trong F là có\n" +
                         a_step_text("1", "A", "  lập G\n  xong → kết thúc\n"));
    words names;
    for (const auto& f : c.text.find_form("G")->fields) names.push_back(f.name);
    CHECK(names == words{"B", "A", "Gấp", "Lý do"});
    c.open("A/a");
    CHECK(c.cannot_complete("A/a", "1") == errc::field_missing);
    CHECK(c.refused.args == words{"1", "A", "G"});
    // What is required there under a condition is required here by the field of this form.
    CHECK(c.cannot_complete("A/a", "1", with_fields({{"A", "x"}, {"Gấp", "có"}})) ==
          errc::field_missing);
    CHECK(c.refused.args == words{"1", "Lý do", "G"});
    c.complete("A/a", "1", with_fields({{"A", "x"}, {"Gấp", "có"}, {"Lý do", "y"}}));
    CHECK(c.state.forms.at("G").fields.size() == 3);
    CHECK(c.state.forms.count("F") == 0);
}

TEST_CASE("content is taken over along a chain, with its boxes, and nothing is asked for less") {
    one_case c = reading(head + parties +
                         "biểu mẫu H \"H\"\n  có đủ nội dung như G\n"
                         "biểu mẫu G \"G\"\n  có đủ nội dung như F\n  thông tin \"A\" là chữ\n"
                         "biểu mẫu F \"F\"\n  ô 1 \"Một\"\n  thông tin \"A\" là chữ, bắt buộc\n"
                         "  ô 2 \"Hai\"\n  thông tin \"C\" là số, bắt buộc\n" +
                         a_step_text("1", "A", "  lập H ô 1\n  xong → bước 2\n") +
                         a_step_text("2", "B", "  lập H ô 2\n  xong → kết thúc\n"));
    REQUIRE(c.text.find_form("H")->boxes.size() == 2);
    CHECK(c.text.find_form("H")->find("C")->box == "2");
    CHECK(c.text.find_form("G")->find("A")->required);
    CHECK(c.text.find_form("G")->find("A")->box.empty());  // as it is declared there
    c.open("A/a");
    c.complete("A/a", "1");
    CHECK(c.cannot_complete("B/b", "2") == errc::field_missing);
    c.complete("B/b", "2", with_fields({{"C", "1"}}));
}

TEST_CASE(
    "a field that a linked case is given goes to the form that is filled in, not its pattern") {
    const auto text = [](const std::string& acts) {
        return head + parties +
               "biểu mẫu G \"Giấy\"\n  có đủ nội dung như F\nbiểu mẫu F \"Phiếu\"\n"
               "  thông tin \"A\" là chữ\n" +
               a_step_text("1", "A", "  xong → bước 2\n") +
               a_step_text("2", "B", acts + "  xong → kết thúc\n");
    };
    one_case c = reading(text("  lập G\n"));
    command::open o;
    o.procedure = c.text.code;
    o.fields = {{"A", "x"}};
    o.parent = case_id{"cha"};
    o.parent_seq = 1;
    c.ok("", o);
    CHECK(c.state.forms.at("G").fields.size() == 1);
    CHECK(c.state.forms.count("F") == 0);
    // Where both are, somebody has to say which.
    one_case both = reading(text("  lập G\n  lập F\n"));
    o.procedure = both.text.code;
    CHECK(both.no("", o) == errc::field_ambiguous);
}

// ---------------------------------------------------------------- `hiệu lực từ`

TEST_CASE("no case begins before its text is in force") {
    const auto at_day = [](const std::string& from, std::string_view now) {
        one_case c = reading(head + "  hiệu lực từ " + from + "\n" + parties +
                             a_step_text("1", "A", "  xong → kết thúc\n"));
        c.go_to(now);
        return c;
    };
    const auto refused = [](one_case c) {
        command::open o;
        o.procedure = "QT.01";
        CHECK(c.no("A/a", o) == errc::not_in_force);
        return c.refused.args;
    };
    CHECK(refused(at_day("02/01/2024", "01/01/2024 23:59")) == words{"QT.01", "02/01/2024"});
    one_case c = at_day("02/01/2024", "02/01/2024 00:00");
    c.open("A/a");
    CHECK(refused(at_day("02/2024", "31/01/2024 23:59")) == words{"QT.01", "02/2024"});
    one_case month = at_day("02/2024", "01/02/2024 00:00");
    month.open("A/a");
    one_case not_stated = at_day("không nêu", "11/12/2023 08:00");
    not_stated.open("A/a");
}

TEST_CASE("a linked case of a text that is not in force refuses the step that opens it") {
    one_case c = reading(head + parties +
                         a_step_text("1", "A", "  mở quy trình QT.02\n  xong → kết thúc\n"));
    one_case other = reading(
        "ngôn ngữ quy trình 1, tiếng Việt\nquy trình QT.02 \"Sau\"\n  hiệu lực từ 01/01/2030\n" +
        parties + a_step_text("1", "A", "  xong → kết thúc\n"));
    c.others.emplace("QT.02", other.text);
    c.open("A/a");
    CHECK(c.cannot_complete("A/a", "1") == errc::not_in_force);
    c.go_to("01/01/2030 00:00");
    c.complete("A/a", "1");
}

// ---------------------------------------------------------------- `hồ sơ lưu`

namespace {

/// Step 1 may fill in F, step 2 keeps the record, step 3 ends the case.
one_case keeping(const std::string& record, const std::string& third = "xong → kết thúc") {
    one_case c = reading(head + parties +
                         "biểu mẫu F \"F\"\n  thông tin \"A\" là chữ\n"
                         "biểu mẫu G \"G\"\n  thông tin \"C\" là chữ\n"
                         "hồ sơ lưu HS.01 \"Hồ sơ\"\n" +
                         record +
                         a_step_text("1", "A",
                                     "  lập F nếu \"Có F\"\n  lập G nếu \"Có G\"\n"
                                     "  kết quả \"Có F\" → bước 2\n"
                                     "  kết quả \"Có G\" → bước 2\n"
                                     "  kết quả \"Không\" → bước 2\n") +
                         a_step_text("2", "A", "  lưu HS.01\n  xong → bước 3\n") +
                         a_step_text("3", "A", "  " + third + "\n"));
    c.go_to("04/03/2024 08:00");
    c.open("A/a");
    return c;
}

command::complete choosing(std::string outcome) {
    command::complete c;
    c.outcome = std::move(outcome);
    return c;
}

errc keep_after(const std::string& record, const char* outcome) {
    one_case c = keeping(record);
    c.complete("A/a", "1", choosing(outcome));
    return c.cannot_complete("A/a", "2");
}
words papers_after(const std::string& record, const char* outcome) {
    one_case c = keeping(record);
    c.complete("A/a", "1", choosing(outcome));
    c.complete("A/a", "2");
    REQUIRE(c.event_of<event::task_completed>().keeping.size() == 1);
    CHECK(c.state.keeping == c.event_of<event::task_completed>().keeping);
    return c.state.keeping.front().papers;
}

}  // namespace

TEST_CASE("a record without any paper in it is not kept") {
    CHECK(keep_after("  gồm F\n", "Không") == errc::record_empty);
    CHECK(keep_after("  gồm F\n", "Có G") == errc::record_empty);
    CHECK(papers_after("  gồm F\n", "Có F") == words{"F"});
    // `gồm A, B`: what a path did not need is not in it.
    CHECK(papers_after("  gồm F, G\n", "Có G") == words{"G"});
    CHECK(keep_after("  gồm F, G\n", "Không") == errc::record_empty);
    // A paper without a form here may be among the attachments.
    CHECK(papers_after("  gồm \"Công văn\"\n", "Không").empty());
    CHECK(papers_after("  gồm F, \"Công văn\"\n", "Không").empty());
}

// The record said that nothing was in it: what the step had filled in was gone before it was read.
TEST_CASE("a record has the papers of the very step that keeps it") {
    const auto text = [](const std::string& lead) {
        return head + parties +
               "biểu mẫu F \"F\"\n  thông tin \"A\" là chữ\n"
               "biểu mẫu G \"G\"\n  thông tin \"C\" là chữ\n"
               "hồ sơ lưu HS.01 \"Hồ sơ\"\n  gồm F, G\n" +
               a_step_text("1", lead,
                           "  lập F\n  lập G nếu \"Có G\"\n  lưu HS.01\n"
                           "  kết quả \"Có G\" → kết thúc\n  kết quả \"Không\" → kết thúc\n");
    };
    const auto with = [](const char* outcome, std::vector<field_entry> fields) {
        command::complete c = with_fields(std::move(fields));
        c.outcome = outcome;
        return c;
    };
    one_case alone = reading(text("A"));
    alone.open("A/a");
    alone.complete("A/a", "1", with("Không", {{"A", "x"}}));
    REQUIRE(alone.state.keeping.size() == 1);
    CHECK(alone.state.keeping[0].papers == words{"F"});
    CHECK(alone.state.forms.at("F").version == 1);
    CHECK(alone.event_of<event::task_completed>().effects.renewed == words{"F"});

    one_case joint = reading(text("A, B"));
    joint.open("A/a");
    one_case last = joint;
    joint.complete("A/a", "1", with("Có G", {{"A", "x"}}));
    joint.complete("B/b", "1", with("Có G", {{"C", "y"}}));
    REQUIRE(joint.state.keeping.size() == 1);
    CHECK(joint.state.keeping[0].papers == words{"F", "G"});
    // All of it by the last to confirm.
    last.complete("A/a", "1", with("Có G", {}));
    last.complete("B/b", "1", with("Có G", {{"A", "x"}, {"C", "y"}}));
    REQUIRE(last.state.keeping.size() == 1);
    CHECK(last.state.keeping[0].papers == words{"F", "G"});
}

TEST_CASE("one of several papers must be there") {
    CHECK(keep_after("  gồm một trong F, G\n", "Không") == errc::record_empty);
    CHECK(papers_after("  gồm một trong F, G\n", "Có G") == words{"G"});
    CHECK(papers_after("  gồm \"Công văn\"\n  gồm một trong F, G\n", "Có F") == words{"F"});
    CHECK(keep_after("  gồm \"Công văn\"\n  gồm một trong F, G\n", "Không") == errc::record_empty);
}

TEST_CASE("a form that is kept without a record must have been filled in") {
    const auto text = [](const std::string& first) {
        return head + parties + "biểu mẫu F \"F\"\n  thông tin \"A\" là chữ\n" +
               a_step_text("1", "A", first + "  lưu F\n  xong → kết thúc\n");
    };
    one_case none = reading(text(""));
    none.open("A/a");
    CHECK(none.cannot_complete("A/a", "1") == errc::form_not_filled);
    one_case filled = reading(text("  lập F\n"));
    filled.open("A/a");
    filled.complete("A/a", "1");
    CHECK(filled.state.records == words{"F"});
    CHECK(filled.state.keeping.empty());
}

namespace {

struct term_row {
    const char* clause;
    keep_term kept;          ///< when it is kept, on 05/03/2024
    const char* kept_until;  ///< "" for no day
    keep_term ended;         ///< when the case has ended, on 29/02/2028
    const char* ended_until;
};

std::string until(const one_case& c) {
    REQUIRE(c.state.keeping.size() == 1);
    const auto& day = c.state.keeping.front().last_day;
    return day ? to_day_first(*day) : "";
}

}  // namespace

TEST_CASE("until when a record is kept") {
    using enum keep_term;
    const term_row rows[] = {
        {"không nêu", not_stated, "", not_stated, ""},
        {"vĩnh viễn", forever, "", forever, ""},
        {"03 năm", start_not_stated, "", start_not_stated, ""},
        {"03 năm kể từ khi không nêu", start_not_stated, "", start_not_stated, ""},
        {"03 năm kể từ khi kết thúc", waiting, "", counted, "28/02/2031"},
        {"04 năm kể từ khi kết thúc", waiting, "", counted, "29/02/2032"},
        {"06 tháng kể từ khi kết thúc", waiting, "", counted, "29/08/2028"},
        {"10 ngày kể từ khi kết thúc", waiting, "", counted, "10/03/2028"},
        {"02 tuần kể từ khi kết thúc", waiting, "", counted, "14/03/2028"},
        {"05 năm kể từ khi hết năm", waiting, "", counted, "31/12/2033"},
        {"01 năm kể từ khi hoàn thành bước 1", counted, "04/03/2025", counted, "04/03/2025"},
        {"01 năm kể từ khi hoàn thành bước 2", counted, "05/03/2025", counted, "05/03/2025"},
        {"01 năm kể từ khi hoàn thành bước 3", waiting, "", counted, "28/02/2029"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.clause);
        one_case c = keeping("  gồm F\n  lưu tại VT, A\n  thời gian lưu " +
                             std::string(row.clause) + "\n  hết thời gian lưu: tiêu hủy\n");
        c.complete("A/a", "1", choosing("Có F"));
        c.go_to("05/03/2024 09:00");
        c.complete("A/a", "2");
        CHECK(c.state.keeping.front().term == row.kept);
        CHECK(until(c) == row.kept_until);
        CHECK(c.state.keeping.front().afterwards == "tiêu hủy");
        REQUIRE(c.state.keeping.front().keepers.size() == 2);
        CHECK(c.state.keeping.front().keepers.front().unit == "VT");
        CHECK(c.told() ==
              words{"task_completed>VT:keeper", "task_completed>A:keeper", "task_opened>A:lead"});
        c.go_to("29/02/2028 23:59");
        c.complete("A/a", "3");
        CHECK(c.state.keeping.front().term == row.ended);
        CHECK(until(c) == row.ended_until);
    }
}

TEST_CASE("a case that is cancelled has ended for what it keeps") {
    one_case c = reading(head + "  được hủy: A\n" + parties +
                         "biểu mẫu F \"F\"\n  thông tin \"A\" là chữ\n"
                         "hồ sơ lưu HS.01 \"Hồ sơ\"\n  gồm F\n"
                         "  thời gian lưu 01 năm kể từ khi kết thúc\n" +
                         a_step_text("1", "A", "  lập F\n  lưu HS.01\n  xong → bước 2\n") +
                         a_step_text("2", "A", "  xong → kết thúc\n"));
    c.go_to("04/03/2024 08:00");
    c.open("A/a");
    c.complete("A/a", "1");
    c.ok("A/a", command::cancel{"thôi"});
    CHECK(c.event_of<event::case_ended>().keeping.size() == 1);
    CHECK(until(c) == "04/03/2025");
}
