// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_instances.cpp: what is entered is told apart: each question has its own
// paper, a field of files names a file of the case, a list is given item by item.
#include <quytrinh/engine/kernel.hpp>

#include "engine/play.hpp"

#include <quytrinh/language/parse.hpp>

using namespace play;
using words = std::vector<std::string>;

namespace {

procedure read(const std::string& body) {
    const auto parsed = parse("x.quytrinh",
                              "ngôn ngữ quy trình 1, tiếng Việt\n"
                              "quy trình QT.X \"Hỏi các đơn vị\"\n"
                              "  một ngày là ngày lịch\n" +
                                  body);
    REQUIRE_MESSAGE(parsed.definition != nullptr, body);
    for (const auto& one : parsed.diagnostics.items) CHECK(one.level != severity::error);
    return *parsed.definition;
}

const std::string asking = R"(vai trò A "Đơn vị chủ trì"
vai trò ĐVPH "Đơn vị được hỏi"
  lấy theo "Hỏi đơn vị" trong PYK

biểu mẫu PYK "Phiếu xin ý kiến"
  thông tin "Hỏi đơn vị" là đơn vị, bắt buộc
  thông tin "Nội dung hỏi" là chữ, bắt buộc
  thông tin "Ý kiến" là chữ
  thông tin "Gấp" là có hoặc không

bước 1 "Xử lý"
  chủ trì A
  thời hạn không nêu
  nếu "Gấp" trong PYK là có → kết thúc "Gấp"
  còn lại → kết thúc

xin ý kiến 1a "Hỏi đơn vị phối hợp" tại bước 1
  hỏi ĐVPH
  lập PYK
  thời hạn không nêu
)";

command::consult ask(const std::string& unit, const std::string& what) {
    return {"1a", "", "", {{"Hỏi đơn vị", unit}, {"Nội dung hỏi", what}}, {}};
}

value in_question(const one_case& c, std::uint32_t n, const std::string& field) {
    const auto& form = c.question("1a", n).forms.at("PYK");
    const auto found = form.fields.find(field);
    return found == form.fields.end() ? value{} : found->second.content;
}

one_case asked_twice() {
    one_case c(read(asking));
    c.open("A/a1");
    c.ok("A/a1", ask("P.MỘT", "kinh phí"));
    c.ok("A/a1", ask("P.HAI", "nhân sự"));
    return c;
}

}  // namespace

TEST_CASE("two questions of one kind that are open at once have a paper each") {
    // They once shared one: the second question took the place of the first, and whoever answered
    // one wrote over what the other had said.
    one_case c = asked_twice();
    CHECK(c.question("1a", 1).asked.front().unit == "P.MỘT");
    CHECK(c.question("1a", 2).asked.front().unit == "P.HAI");
    CHECK(in_question(c, 1, "Nội dung hỏi") == value{"kinh phí"s});
    CHECK(in_question(c, 2, "Nội dung hỏi") == value{"nhân sự"s});
    // Each unit answers its own only.
    CHECK(c.no("P.HAI/b", command::answer{"1a.1", "", "", {{"Ý kiến", "được"}}}) ==
          errc::not_permitted);
    CHECK(c.refused.who_could == words{"P.MỘT"});
    c.ok("P.HAI/b", command::answer{"1a.2", "", "", {{"Ý kiến", "thiếu người"}}});
    CHECK(in_question(c, 1, "Ý kiến").empty());
    CHECK(in_question(c, 2, "Ý kiến") == value{"thiếu người"s});
    c.ok("P.MỘT/a", command::answer{"1a.1", "", "", {{"Ý kiến", "đủ tiền"}}});
    CHECK(in_question(c, 1, "Ý kiến") == value{"đủ tiền"s});
    CHECK(in_question(c, 2, "Ý kiến") == value{"thiếu người"s});
    CHECK(in_question(c, 2, "Nội dung hỏi") == value{"nhân sự"s});
}

TEST_CASE("the flow reads the question that was answered last, as a whole") {
    one_case c = asked_twice();
    // What is only asked is not said yet.
    CHECK(c.state.find_field({"PYK", "Nội dung hỏi"}) == nullptr);
    c.ok("P.HAI/b", command::answer{"1a.2", "", "", {{"Ý kiến", "x"}, {"Gấp", "có"}}});
    CHECK(c.field("PYK", "Nội dung hỏi") == value{"nhân sự"s});
    CHECK(c.field("PYK", "Gấp") == value::yes_no(true));
    c.ok("P.MỘT/a", command::answer{"1a.1", "", "", {{"Ý kiến", "y"}}});
    CHECK(c.field("PYK", "Nội dung hỏi") == value{"kinh phí"s});
    CHECK(c.state.find_field({"PYK", "Gấp"}) == nullptr);
    CHECK(c.state.forms.at("PYK").version == 2);
    CHECK(c.state.forms.at("PYK").version_of == task_key{"1a", 1});
    c.complete("A/a1", "1");
    CHECK(c.state.end_kind.empty());
}

TEST_CASE("what was asked is settled: whoever answers sends it back as it is, or leaves it") {
    one_case c = asked_twice();
    CHECK(c.no("P.MỘT/a",
               command::answer{"1a.1", "", "", {{"Nội dung hỏi", "việc khác"}, {"Ý kiến", "x"}}}) ==
          errc::field_locked);
    CHECK(c.refused.args == words{"Nội dung hỏi", "", "1a.1"});
    CHECK(c.refused.text(language::vi).find("1a.1") != std::string::npos);
    c.ok("P.MỘT/a",
         command::answer{"1a.1", "", "", {{"Nội dung hỏi", "kinh phí"}, {"Ý kiến", "x"}}});
    CHECK(c.event_of<event::consultation_answered>().fields.size() == 1);
    CHECK(in_question(c, 1, "Ý kiến") == value{"x"s});
}

TEST_CASE("whoever is to answer is shown the paper of that question, what was asked as closed") {
    one_case c = asked_twice();
    for (const auto& o : options_for(c.with(), c.state, read_actor("P.HAI/b"))) {
        if (o.command != "answer") continue;
        CHECK(o.allowed == (o.task.round == 2));
        REQUIRE(o.fields.size() == 4);
        CHECK(o.fields[1].current == value{o.task.round == 2 ? "nhân sự"s : "kinh phí"s});
        CHECK(o.fields[1].closed);
        CHECK(o.fields[2].current.empty());
        CHECK_FALSE(o.fields[2].closed);
    }
    // The next question begins with an empty paper.
    for (const auto& o : options_for(c.with(), c.state, read_actor("A/a1"))) {
        if (o.command != "consult") continue;
        for (const auto& field : o.fields) CHECK(field.current.empty());
    }
}

TEST_CASE("a role that the paper of a question names is whoever was asked there") {
    one_case c = asked_twice();
    c.ok("ĐVPH/a", command::answer{"1a.1", "", "", {{"Ý kiến", "x"}}});
    CHECK(c.log.back().by.unit == "P.MỘT");
    c.ok("ĐVPH/b", command::answer{"1a.2", "", "", {{"Ý kiến", "y"}}});
    CHECK(c.log.back().by.unit == "P.HAI");
}

TEST_CASE("questions that were put before each had its own paper replay, and are answered") {
    one_case c(read(asking));
    c.open("A/a1");
    c.ok("A/a1", ask("P.MỘT", "kinh phí"));
    // As it was written then: the form of the case, begun anew.
    auto old = std::get<event::consultation_opened>(c.log.back().body);
    old.effects.emptied = std::exchange(old.effects.own, {});
    case_state folded;
    folded.id = case_id{"case"};
    c.log.back().body = old;
    for (const auto& e : c.log) REQUIRE(evolve(folded, e).has_value());
    CHECK(folded.forms.at("PYK").fields.size() == 2);
    CHECK(folded.consultations.front().forms.empty());
    c.state = folded;
    c.ok("P.MỘT/a", command::answer{"1a", "", "được", {{"Ý kiến", "đủ tiền"}}});
    CHECK(c.field("PYK", "Ý kiến") == value{"đủ tiền"s});
    CHECK(c.field("PYK", "Nội dung hỏi") == value{"kinh phí"s});
}

TEST_CASE("a form that steps fill in too is one paper of the case, whoever is asked") {
    one_case c(read(R"(vai trò A "Đơn vị chủ trì"
vai trò L "Lãnh đạo"

biểu mẫu HS "Hồ sơ"
  thông tin "Nội dung" là chữ
  thông tin "Ý kiến" là chữ

bước 1 "Xử lý"
  chủ trì A
  lập HS, chỉ "Nội dung"
  thời hạn không nêu
  xong → kết thúc

xin ý kiến 1a "Hỏi" tại bước 1
  hỏi L
  lập HS, chỉ "Ý kiến"
  thời hạn không nêu
)"));
    c.open("A/a");
    c.ok("A/a", command::record{"1", {{"Nội dung", "x"}}, {}});
    c.ok("A/a", command::consult{"1a", "", "?", {}, {}});
    CHECK(c.question("1a").forms.empty());
    c.ok("L/l", command::answer{"1a", "", "được", {{"Ý kiến", "y"}}});
    CHECK(c.field("HS", "Nội dung") == value{"x"s});
    CHECK(c.field("HS", "Ý kiến") == value{"y"s});
}

TEST_CASE("a field of files names a file of the case, by name or number") {
    one_case c(read(R"(vai trò A "Đơn vị"

biểu mẫu F "Phiếu"
  thông tin "Bản chụp" là tệp đính kèm
  thông tin "Các tệp" là danh sách
    cột "Tên" là chữ
    cột "Tệp" là tệp đính kèm
  thông tin "Từ khóa" là danh sách

bước 1 "Xử lý"
  chủ trì A
  lập F
  thời hạn không nêu
  xong → kết thúc
)"));
    c.open("A/a");
    // Any text was once taken.
    CHECK(c.no("A/a", command::record{"1", {{"Bản chụp", "ảnh.pdf"}}, {}}) == errc::field_type);
    CHECK(c.refused.args == words{"Bản chụp", "file_of_case", "ảnh.pdf", ""});
    CHECK(c.refused.text(language::vi).find("đính kèm tệp trước") != std::string::npos);
    c.ok("A/a", command::attach{"1", {"ảnh.pdf", "application/pdf", 1, {}, ""}});
    c.ok("A/a", command::attach{"", {"khác.pdf", "application/pdf", 1, {}, ""}});
    c.ok("A/a", command::record{"1", {{"Bản chụp", "ảnh.pdf"}}, {}});
    c.ok("A/a", command::record{"1", {{"Bản chụp", "2"}}, {}});
    CHECK(c.field("F", "Bản chụp") == value{"khác.pdf"s});
    CHECK(c.no("A/a", command::record{"1", {{"Bản chụp", "3"}}, {}}) == errc::field_type);
    CHECK(c.refused.args[3] == "“ảnh.pdf”, “khác.pdf”");
    const value_rows rows = {{value{"một"s}, value{"thứ ba.pdf"s}}};
    CHECK(c.no("A/a", command::record{"1", {{"Các tệp", value{rows}}}, {}}) == errc::field_type);
    CHECK(c.refused.args[0] == "Tệp");
    // An array sent as a text was once kept as one item.
    CHECK(c.no("A/a", command::record{"1", {{"Từ khóa", R"(["a","b"])"}}, {}}) == errc::field_type);
    CHECK(c.refused.args == words{"Từ khóa", "list_of_items"});
    c.ok("A/a", command::record{"1", {{"Từ khóa", "[mật] kế hoạch"}}, {}});
    command::complete done;
    done.fields = {{"Các tệp", value{rows}}};
    done.attachments = {{"thứ ba.pdf", "application/pdf", 1, {}, ""}};
    c.complete("A/a", "1", done);
    CHECK(c.field("F", "Các tệp") == value{rows});
}

TEST_CASE("what is confirmed with a completion is ticked in a checklist of a form too") {
    const auto text = read(R"(vai trò A "Đơn vị"

bảng kiểm BK "Giấy tờ"
  mục "Đơn"
  mục "Ảnh"

biểu mẫu F "Phiếu"
  thông tin "Đủ giấy tờ" là bảng kiểm BK

bước 1 "Nhận"
  chủ trì A
  lập F
  thời hạn không nêu
  xong → kết thúc
)");
    one_case all(text);
    all.open("A/a");
    CHECK(all.cannot_complete("A/a", "1") == errc::checklist_incomplete);
    all.complete("A/a", "1", {.confirmed = all_preconditions});
    CHECK(all.field("F", "Đủ giấy tờ") == value{words{"Đơn", "Ảnh"}});
    one_case one(text);
    one.open("A/a");
    one.ok("A/a", command::record{"1", {{"Đủ giấy tờ", "Đơn"}}, {}});
    command::complete done;
    done.confirmed.texts = {"Anh"};
    CHECK(one.cannot_complete("A/a", "1", done) == errc::tick_unknown);
    CHECK(one.refused.args[2] == "“Đơn”, “Ảnh”");
    done.confirmed.texts = {"Ảnh"};
    one.complete("A/a", "1", done);
    CHECK(one.field("F", "Đủ giấy tờ") == value{words{"Đơn", "Ảnh"}});
}

TEST_CASE("work is not handed again to whoever holds it") {
    one_case c(read(R"(vai trò A "Đơn vị"

bước 1 "Nhận"
  chủ trì A
  thời hạn không nêu
  xong → kết thúc
)"));
    c.open("A/a");
    c.ok("A/a", command::assign{"1", "", "b", ""});
    const auto before = c.log.size();
    // Each such command once left an event and a notice.
    CHECK(c.no("A/a", command::reassign{"1", "", "b", "nhầm"}) == errc::binding_wrong);
    CHECK(c.refused.args == words{"A", "A/b", "holds_already"});
    CHECK(c.log.size() == before);
    c.ok("A/a", command::reassign{"1", "", "c", "b đi vắng"});
}

TEST_CASE("an option says which outcomes ask for a field, a role, a tick") {
    one_case c(read(R"(vai trò A "Đơn vị"
vai trò N "Người làm"
  được phân công ở bước 1

bảng kiểm BK "Giấy tờ"
  mục "Đơn"

biểu mẫu F "Phiếu"
  thông tin "Lý do" là chữ
biểu mẫu G "Kế hoạch"
  thông tin "Việc" là chữ

bước 1 "Xét"
  chủ trì A
  lập F nếu NOK
  lập G
  điều kiện "Đã đủ" nếu OK
  kiểm tra đủ BK nếu OK
  phân công N nếu OK
  thời hạn không nêu
  OK → bước 2
  NOK → kết thúc

bước 2 "Làm"
  chủ trì N
  thời hạn không nêu
  xong → kết thúc
)"));
    c.open("A/a");
    for (const auto& o : options_for(c.with(), c.state, read_actor("A/a"))) {
        if (o.command != "complete") continue;
        REQUIRE(o.fields.size() == 2);
        CHECK(o.fields[0].outcomes == words{"NOK"});
        CHECK(o.fields[1].outcomes.empty());
        REQUIRE(o.preconditions.size() == 2);
        CHECK(o.preconditions[0].outcomes == words{"OK"});
        CHECK(o.preconditions[1].outcomes == words{"OK"});
        REQUIRE(o.assign_roles.size() == 1);
        CHECK(o.assign_roles[0].role == "N");
        CHECK(o.assign_roles[0].outcomes == words{"OK"});
    }
}

TEST_CASE("what is no field is missing in the words of whoever reads, not of the file") {
    // A step of a Vietnamese text that lacks its channel once lacked "hình thức" in English too.
    one_case c(read(R"(vai trò A "Đơn vị"

bước 1 "Gửi"
  chủ trì A
  hình thức "email", "công văn"
  thời hạn không nêu
  xong → kết thúc
)"));
    c.open("A/a");
    CHECK(c.cannot_complete("A/a", "1") == errc::field_missing);
    CHECK(c.refused.args[1] == "(channel)");
    CHECK(c.refused.text(language::en).find("“channel”") != std::string::npos);
    CHECK(c.refused.text(language::vi).find("“hình thức”") != std::string::npos);
}

// The later answer took away what the other question had said, and the case went the wrong way.
TEST_CASE("two questions on one form do not take each other's answers away") {
    one_case c(read(R"(vai trò A "Đơn vị chủ trì"
vai trò B "Đơn vị hai"
vai trò C "Đơn vị ba"
biểu mẫu PYK "Phiếu xin ý kiến"
  ô 1 "Phần của B"
  thông tin "Ý kiến B" là chữ
  ô 2 "Phần của C"
  thông tin "Ý kiến C" là chữ
  thông tin "Điều kiện" là chữ
bước 1 "Lấy ý kiến"
  chủ trì A
  thời hạn không nêu
  nếu "Ý kiến B" đã có và "Ý kiến C" đã có → kết thúc "Đủ"
  còn lại → kết thúc "Thiếu"
xin ý kiến 1a "Hỏi B" tại bước 1
  hỏi B
  lập PYK ô 1
  thời hạn không nêu
xin ý kiến 1b "Hỏi C" tại bước 1
  hỏi C
  lập PYK ô 2
  thời hạn không nêu
)"));
    c.open("A/a1");
    c.ok("A/a1", command::consult{"1a", "", "việc B", {}, {}});
    c.ok("A/a1", command::consult{"1b", "", "việc C", {}, {}});
    c.ok("B/b", command::answer{"1a", "", "được", {{"Ý kiến B", "được"}}});
    c.ok("C/c",
         command::answer{"1b", "", "được", {{"Ý kiến C", "được"}, {"Điều kiện", "nếu còn"}}});
    // Of the same question the last answer alone counts.
    c.ok("A/a1", command::consult{"1b", "", "hỏi lại C", {}, {}});
    c.ok("C/c", command::answer{"1b", "", "được", {{"Ý kiến C", "không"}}});
    const auto& fields = c.state.forms.at("PYK").fields;
    CHECK(fields.at("Ý kiến B").content == value{"được"});
    CHECK(fields.at("Ý kiến C").content == value{"không"});
    CHECK(fields.count("Điều kiện") == 0);
    c.complete("A/a1", "1");
    CHECK(c.state.end_kind == "Đủ");
}
