// SPDX-License-Identifier: BSL-1.0
// tests/language/parse.cpp: from texts to procedures: what the model says, imports, pinned texts,
// limits alone, calendars.
#include <quytrinh/language/parse.hpp>

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/unread.hpp>
#include <quytrinh/time/calendar.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;

namespace {

std::string read_all(const std::string& name) {
    std::ifstream in(std::string(QUYTRINH_PROCEDURES_DIR) + "/" + name, std::ios::binary);
    REQUIRE_MESSAGE(in, name);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}
result<std::string> bundled_file(std::string_view name) { return read_all(std::string(name)); }

procedure_ptr good(const std::string& text, const import_resolver& imports = {}) {
    const parsed out = parse("thu.quytrinh", text, imports);
    REQUIRE_MESSAGE(out.ok(), render(out.diagnostics, out.sources, language::en));
    REQUIRE(out.definition);
    return out.definition;
}
std::vector<std::uint16_t> codes(const diagnostic_list& list) {
    std::vector<std::uint16_t> out;
    for (const diagnostic& one : list.items) out.push_back(one.code);
    return out;
}
std::vector<std::uint16_t> bad(const std::string& text, const import_resolver& imports = {}) {
    const parsed out = parse("thu.quytrinh", text, imports);
    CHECK_FALSE(out.definition);
    return codes(out.diagnostics);
}
import_resolver files(std::map<std::string, std::string> all) {
    return [all = std::move(all)](std::string_view name) -> result<std::string> {
        const auto known = all.find(std::string(name));
        if (known == all.end()) return fail(errc::not_found, {std::string(name)});
        return known->second;
    };
}

const std::string head = "ngôn ngữ quy trình 1, tiếng Việt\n";
const std::string htkh03 = R"(ngôn ngữ quy trình 1, tiếng Việt

quy trình QT.HTKH.03 "Yêu cầu truyền thông/Hỗ trợ khách hàng sau bán sản phẩm dịch vụ"
  lần ban hành 01, sửa đổi 00
  ban hành 12/2023
  cách tính BLDS.2015
  một ngày là ngày lịch

vai trò ĐVYC "Đơn vị yêu cầu"
vai trò ĐVTH "Đơn vị thực hiện"
vai trò LĐTT "Lãnh đạo Trung tâm"

biểu mẫu KHTH "Kế hoạch thực hiện"
  thông tin "Ngày hoàn thành" là ngày, bắt buộc
biểu mẫu XYK "Văn bản xin ý kiến"
  thông tin "Khó khăn, vướng mắc" là chữ, bắt buộc
  thông tin "Gấp" là có hoặc không, bắt buộc

bước 1 "Gửi văn bản đề nghị công việc"
  chủ trì ĐVYC
  phối hợp ĐVTH
  điều kiện "SPDV đã được phê duyệt triển khai"
  thời hạn không nêu
  xong → bước 2

bước 2 "Kiểm tra thông tin, tài liệu SPDV"
  chủ trì ĐVTH
  phối hợp ĐVYC
  thời hạn chậm nhất 03 ngày kể từ khi nhận ở bước 1
  OK → bước 3
  NOK → bước 1, nêu lý do

bước 3 "Thống nhất kế hoạch thực hiện"
  chủ trì ĐVTH
  phối hợp ĐVYC
  lập KHTH
  thời hạn chậm nhất 07 ngày kể từ khi hoàn thành bước 2
  xong → bước 4

bước 4 "Phê duyệt kế hoạch thực hiện"
  chủ trì LĐTT
  phối hợp ĐVTH, ĐVYC
  thời hạn chậm nhất 02 ngày kể từ khi nhận ở bước 3
  duyệt KHTH nếu OK
  OK → bước 5
  NOK → bước 3, nêu lý do

bước 5 "Tổ chức thực hiện"
  chủ trì ĐVTH
  phối hợp ĐVYC
  thời hạn theo "Ngày hoàn thành" trong KHTH
  xong → bước 6

xin ý kiến 6a "Xin ý kiến chỉ đạo" tại bước 5
  hỏi LĐTT
  lập XYK
  thời hạn ngay lập tức nếu "Gấp" là có
  thời hạn chậm nhất 02 ngày kể từ khi nhận

bước 6 "Báo cáo kết quả thực hiện"
  chủ trì ĐVTH, ĐVYC
  phối hợp LĐTT
  thời hạn không nêu
  xong → kết thúc
)";

}  // namespace

TEST_CASE("HTKH.03 as the language's design writes it") {
    const procedure_ptr p = good(htkh03);
    CHECK(p->code == "QT.HTKH.03");
    CHECK(p->words == dialect::vi);
    CHECK(p->edition == 1);
    CHECK(p->head.issue == "01");
    CHECK(p->head.revision == "00");
    CHECK(p->head.issued == document_date{true, true, 2023, 12, 0});
    CHECK(p->rule == counting_rule::blds_2015);
    CHECK(p->plain_day == time_unit::day);
    REQUIRE(p->steps.size() == 7);
    CHECK(p->first_step()->id == "1");

    const step& one = *p->find_step("1");
    CHECK(one.lead.parties == std::vector<std::string>{"ĐVYC"});
    CHECK(one.preconditions.at(0).text == "SPDV đã được phê duyệt triển khai");
    CHECK(one.limits.at(0).what == time_limit::kind::not_stated);
    CHECK(one.branches.at(0).what == branch::kind::done);
    CHECK(one.branches.at(0).to.step == "2");

    const step& two = *p->find_step("2");
    CHECK(two.limits.at(0).what == time_limit::kind::count);
    CHECK(two.limits.at(0).length == amount{decimal::of(3), time_unit::day});
    CHECK(two.limits.at(0).from.what == anchor::kind::receipt);
    CHECK(two.limits.at(0).from.step == "1");
    CHECK(two.branches.at(1).outcome() == "NOK");
    CHECK(two.branches.at(1).reason);
    CHECK(p->find_step("3")->limits.at(0).from.what == anchor::kind::completion);

    const step& four = *p->find_step("4");
    CHECK(four.acts.at(0).what == form_act::kind::approve);
    REQUIRE(four.acts.at(0).when);
    CHECK(four.acts.at(0).when->nodes.at(0).outcome == "OK");

    const step& five = *p->find_step("5");
    CHECK(five.limits.at(0).what == time_limit::kind::from_field);
    CHECK(five.limits.at(0).field == field_ref{"KHTH", "Ngày hoàn thành"});

    const step& ask = *p->find_step("6a");
    CHECK(ask.kind == step_kind::consultation);
    CHECK(ask.lead.parties == std::vector<std::string>{"LĐTT"});
    CHECK(ask.at_steps == std::vector<std::string>{"5"});
    REQUIRE(ask.limits.size() == 2);
    CHECK(ask.limits[0].what == time_limit::kind::immediately);
    // The form of an unambiguous field is filled in.
    CHECK(ask.limits[0].when->nodes.at(0).left.field == field_ref{"XYK", "Gấp"});
    CHECK(ask.limits[0].when->nodes.at(0).right.at(0).literal == value::yes_no(true));
    CHECK(ask.limits[1].from.what == anchor::kind::task_receipt);

    const step& six = *p->find_step("6");
    CHECK(six.lead.how == lead_clause::mode::joint);
    CHECK(six.branches.at(0).to.ends);
    CHECK(p->hash == sha256(closed_text(p->sources)));
    CHECK(p->sources.at(0).slice(six.where.range) == "bước 6 \"Báo cáo kết quả thực hiện\"");
}

TEST_CASE("the smallest useful procedure") {
    const procedure_ptr p = good(R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy xác nhận"
  cách tính giờ hành chính
  các bước theo thứ tự
  hạn chung 02 ngày làm việc
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
bước 1 "Tiếp nhận hồ sơ"
  chủ trì MC
  thời hạn 0,5 ngày làm việc
bước 2 "Phê duyệt"
  chủ trì LĐ
  thời hạn 1,5 ngày làm việc
  OK → bước 3
  NOK → bước 1, nêu lý do
bước 3 "Trả kết quả"
  chủ trì MC
  không tính thời gian
)");
    CHECK(p->rule == counting_rule::working_time);
    CHECK(p->steps_in_order);
    CHECK(p->overall.at(0).length == amount{decimal::of(2), time_unit::working_day});
    CHECK(p->steps[0].limits[0].length == amount{decimal::of(5, 1), time_unit::working_day});
    CHECK(p->steps[0].limits[0].from.what == anchor::kind::task_receipt);
    CHECK(p->steps[2].not_counted);
    CHECK(p->steps[0].branches.empty());
}

TEST_CASE("a plain day means what the header says, wherever it stands") {
    for (const auto& [clause, unit] :
         {std::pair{"một ngày là ngày làm việc", time_unit::working_day},
          std::pair{"một ngày là ngày lịch", time_unit::day}}) {
        const procedure_ptr p = good(head + "quy trình QT.01 \"A\"\n hạn chung 9 ngày\n " + clause +
                                     "\nvai trò A \"A\"\nbước 1 \"A\"\n chủ trì A\n thời hạn 03 "
                                     "ngày\n thời hạn 02 ngày lịch nếu OK\n");
        CHECK(p->steps[0].limits[0].length.unit == unit);
        CHECK(p->steps[0].limits[1].length.unit == time_unit::day);
        CHECK(p->overall[0].length.unit == unit);
    }
    const procedure_ptr p =
        good(head +
             "quy trình QT.01 \"A\"\n một giờ là giờ làm việc\nvai trò A \"A\"\nbước 1 \"A\"\n chủ "
             "trì A\n thời hạn 03 giờ\n thời hạn 03 giờ liên tục nếu OK\n");
    CHECK(p->steps[0].limits[0].length.unit == time_unit::working_hour);
    CHECK(p->steps[0].limits[1].length.unit == time_unit::hour);
}

TEST_CASE("what the source says and how it is read belongs to the item above") {
    const procedure_ptr p = good(head + R"(
quy trình QT.01 "A"
  hiểu là "của quy trình"
## Bên duyệt.
## Chỉ một người.
vai trò A "A"
  hiểu là "của vai trò"
biểu mẫu B "B"
  theo mục 1
  ô 1 "Một"
  hiểu là "của ô"
  thông tin "X" là chữ
  hiểu là "của thông tin"
bước 1 "A"
  theo mục 5.2, "Ghi chú"
  chủ trì A
  thời hạn không nêu
  hiểu là "của thời hạn"
  lập B
  ghi chú "của bước"
  xong → kết thúc
  hiểu là "của nhánh"
)");
    CHECK(p->source.readings == std::vector<std::string>{"của quy trình"});
    CHECK(p->parties[0].source.readings == std::vector<std::string>{"của vai trò"});
    CHECK(p->parties[0].doc == "Bên duyệt.\nChỉ một người.");
    CHECK(p->forms[0].source.sections == std::vector<std::string>{"1"});
    CHECK(p->forms[0].boxes[0].source.readings == std::vector<std::string>{"của ô"});
    CHECK(p->forms[0].fields[0].source.readings == std::vector<std::string>{"của thông tin"});
    CHECK(p->steps[0].source.sections == std::vector<std::string>{"5.2", "Ghi chú"});
    CHECK(p->steps[0].limits[0].source.readings == std::vector<std::string>{"của thời hạn"});
    CHECK(p->steps[0].source.notes == std::vector<std::string>{"của bước"});
    CHECK(p->steps[0].branches[0].source.readings == std::vector<std::string>{"của nhánh"});
}

TEST_CASE("conditions are postfix, with the precedence a reader expects") {
    const procedure_ptr p = good(head + R"(
quy trình QT.01 "A"
vai trò A "A"
biểu mẫu B "B"
  thông tin "X" là số
bước 1 "A"
  chủ trì A
  nếu không ("X" là 1 hoặc "X" là 2) và "X" đã có và "X" lớn hơn 2,5 → kết thúc
  còn lại → kết thúc
)");
    using kind = condition_node::kind;
    const auto& nodes = p->steps[0].branches[0].when->nodes;
    REQUIRE(nodes.size() == 7);
    CHECK(nodes[0].what == kind::compare);
    CHECK(nodes[2].what == kind::disjunction);
    CHECK(nodes[2].arity == 2);
    CHECK(nodes[3].what == kind::negation);
    CHECK(nodes[4].op == comparison::filled);
    CHECK(nodes[5].right.at(0).literal == value(decimal::of(25, 1)));
    CHECK(nodes[6].what == kind::conjunction);
    CHECK(nodes[6].arity == 3);
}

TEST_CASE("names: aliases are canonical, decomposed text is the same name") {
    const procedure_ptr p =
        good(head +
             "quy trình QT.01 \"A\"\nvai trò LĐTT \"Lãnh đạo\"\n gọi tắt LĐTĐ, \"LĐ Trung tâm\"\n"
             "biểu mẫu B \"B\"\n thông tin \"Gấp\" là có hoặc không\n"
             "bước 1 \"A\"\n chủ trì LĐTĐ\n lập B\n"
             " xong → kết thúc\n phối hợp L\xC4\x90TT nếu \"Ga\xCC\x82\xCC\x81p\" là có\n");
    CHECK(p->steps[0].lead.parties == std::vector<std::string>{"LĐTT"});
    CHECK(p->steps[0].with[0].when->nodes[0].left.field == field_ref{"B", "Gấp"});
    CHECK(p->parties[0].aliases == std::vector<std::string>{"LĐTĐ", "LĐ Trung tâm"});
}

TEST_CASE("capital letters, line ends, a byte order mark and curly quotes change nothing") {
    const procedure_ptr plain = good(htkh03);
    std::string other = "\xEF\xBB\xBF" + htkh03;
    const auto replace_all = [&other](const std::string& from, const std::string& to) {
        for (std::size_t at = 0; (at = other.find(from, at)) != std::string::npos; at += to.size())
            other.replace(at, from.size(), to);
    };
    replace_all("\nbước", "\nBước");
    replace_all("  chủ trì", "\tChủ trì");
    replace_all("\n", "\r\n");
    replace_all("→", "->");
    replace_all("\"Gấp\"", "“Gấp”");
    const procedure_ptr changed = good(other);
    CHECK(changed->same_meaning(*plain));
    CHECK(changed->hash != plain->hash);
    replace_all("\r\n", "\r");
    CHECK(good(other)->same_meaning(*plain));
}

TEST_CASE("every procedure that ships is read, alone and as pinned") {
    for (const std::string name :
         {"QT.HTKH.02", "QT.HTKH.03", "QT.HTKH.03.en", "QT.CTCL.A", "QT.CTCL.B"}) {
        INFO(name);
        const parsed out = parse(name + ".quytrinh", read_all(name + ".quytrinh"), bundled_file);
        CHECK_MESSAGE(out.diagnostics.total() == 0,
                      render(out.diagnostics, out.sources, language::en));
        REQUIRE(out.definition);
        const std::string closed = closed_text(out.definition->sources);
        const auto again = parse_pinned(closed);
        REQUIRE(again);
        CHECK(again.value()->same_meaning(*out.definition));
        CHECK(again.value()->hash == out.definition->hash);
        CHECK(again.value()->sources.size() == out.definition->sources.size());
    }
    const parsed library = parse("CTCL.quytrinh", read_all("CTCL.quytrinh"), bundled_file);
    CHECK(library.ok());
    CHECK_FALSE(library.definition);
    REQUIRE(library.library);
    CHECK(library.library->find_form("BM.CTCL.01") != nullptr);
}

TEST_CASE("the English edition has the same flow as the Vietnamese one") {
    const parsed vi = parse("vi", read_all("QT.HTKH.03.quytrinh"), bundled_file);
    const parsed en = parse("en", read_all("QT.HTKH.03.en.quytrinh"), bundled_file);
    REQUIRE(vi.definition);
    REQUIRE(en.definition);
    CHECK(en.definition->words == dialect::en);
    REQUIRE(vi.definition->steps.size() == en.definition->steps.size());
    for (std::size_t i = 0; i < vi.definition->steps.size(); ++i) {
        const step& a = vi.definition->steps[i];
        const step& b = en.definition->steps[i];
        INFO(a.id);
        CHECK(a.id == b.id);
        CHECK(a.lead.parties == b.lead.parties);
        REQUIRE(a.branches.size() == b.branches.size());
        for (std::size_t k = 0; k < a.branches.size(); ++k)
            CHECK(a.branches[k].to == b.branches[k].to);
        REQUIRE(a.limits.size() == b.limits.size());
        for (std::size_t k = 0; k < a.limits.size(); ++k)
            CHECK(a.limits[k].length == b.limits[k].length);
    }
}

TEST_CASE("imports: diamonds once, folders, circles, escapes") {
    const std::string main =
        head +
        "lấy từ tệp \"a/a.quytrinh\"\nlấy từ tệp \"b.quytrinh\"\nquy trình QT.01 \"A\"\nbước 1 "
        "\"A\"\n chủ trì X\n báo tin Y\n xong → kết thúc\n";
    const std::string a = head + "lấy từ tệp \"../chung.quytrinh\"\nvai trò X \"X\"\n";
    const std::string b = "procedure language 1, English\nimport file \"./chung.quytrinh\"\n";
    const std::string common = head + "vai trò Y \"Y\"\n";
    const parsed out =
        parse("/nha/thu.quytrinh", main,
              files({{"a/a.quytrinh", a}, {"b.quytrinh", b}, {"chung.quytrinh", common}}));
    REQUIRE_MESSAGE(out.ok(), render(out.diagnostics, out.sources, language::en));
    REQUIRE(out.sources.size() == 4);
    CHECK(out.sources[1].name() == "a/a.quytrinh");
    CHECK(out.sources[2].name() == "chung.quytrinh");
    CHECK(out.sources[3].name() == "b.quytrinh");
    CHECK(out.definition->parties.size() == 2);
    CHECK(out.definition->parties[1].where.file == 2);
    CHECK(parse_pinned(closed_text(out.sources)).value()->same_meaning(*out.definition));

    const std::string user = head + "lấy từ tệp \"a\"\nquy trình QT.01 \"A\"\n";
    const auto circle =
        files({{"a", head + "lấy từ tệp \"b\"\n"}, {"b", head + "lấy từ tệp \"a\"\n"}});
    const parsed round = parse("thu.quytrinh", user, circle);
    REQUIRE(codes(round.diagnostics) == std::vector<std::uint16_t>{diag::import_cycle});
    CHECK(round.diagnostics.items[0].args[0] == "a → b → a");
    CHECK(round.diagnostics.items[0].where.file == 2);

    for (const std::string name :
         {"/etc/passwd", "../x", "a/../../x", "C:x", "a\\\\x", "", "a\tb"}) {
        INFO(name);
        CHECK(bad(head + "lấy từ tệp \"" + name + "\"\nquy trình QT.01 \"A\"\n", circle).at(0) ==
              diag::import_name_wrong);
    }
    CHECK(bad(user) == std::vector<std::uint16_t>{diag::no_imports_here});
    // What an import that cannot be read may have declared is not complained of.
    CHECK(bad(head + "lấy từ tệp \"x\"\nquy trình QT.01 \"A\"\nbước 1 \"A\"\n chủ trì NAO\n xong → "
                     "kết thúc\n",
              circle) == std::vector<std::uint16_t>{diag::import_failed});
}

TEST_CASE("imports: limits") {
    limits few;
    few.import_depth = 2;
    few.import_files = 3;
    few.import_bytes = 400;
    const auto chain = [](std::string_view name) -> result<std::string> {
        return head + "lấy từ tệp \"" + std::string(name) + "x\"\n";
    };
    const parsed deep = parse("thu", head + "lấy từ tệp \"x\"\n", chain, few);
    CHECK(codes(deep.diagnostics) == std::vector<std::uint16_t>{diag::imports_too_deep});
    const std::string wide =
        head + "lấy từ tệp \"a\"\nlấy từ tệp \"b\"\nlấy từ tệp \"c\"\nlấy từ tệp \"d\"\n";
    const auto empty = [](std::string_view) -> result<std::string> { return head; };
    CHECK(codes(parse("thu", wide, empty, few).diagnostics) ==
          std::vector<std::uint16_t>{diag::too_many_imports});
    const auto large = [](std::string_view) -> result<std::string> {
        return head + "# " + std::string(400, 'x') + "\n";
    };
    CHECK(codes(parse("thu", head + "lấy từ tệp \"a\"\n", large, few).diagnostics) ==
          std::vector<std::uint16_t>{diag::imports_too_long});
}

TEST_CASE("a broken line takes nothing else with it") {
    // The header of a step, a declaration and a form are broken: what mentions them is not blamed.
    CHECK(bad(head + "quy trình QT.01 \"A\"\nvai trò \"Không mã\"\nbước 1 \"A\"\n chủ trì NAO\n "
                     "xong → kết thúc\n") == std::vector<std::uint16_t>{diag::text_for_code});
    CHECK(bad(head +
              "quy trình QT.01 \"A\"\nvai trò A \"A\"\nbước 1 \"A\"\n chủ trì A\n thời hạn 1 ngày "
              "kể từ khi nhận ở bước 2\n xong → bước 2\nbước 2\n chủ trì A\n xong → kết thúc\n") ==
          std::vector<std::uint16_t>{diag::missing_string});
    CHECK(bad(head +
              "quy trình QT.01 \"A\"\nvai trò A \"A\"\nbiểu mẫu B \"B\"\n thông tin \"X\" là\nbước "
              "1 \"A\"\n chủ trì A\n thời hạn theo \"X\" trong B\n xong → kết thúc\n") ==
          std::vector<std::uint16_t>{diag::missing_one_of});
    // An unknown header keeps its lines to itself.
    CHECK(bad(head + "quy trình QT.01 \"A\"\nvai trò A \"A\"\nbước 1 \"A\"\n chủ trì A\n xong → "
                     "kết thúc\nkhâu 2 \"B\"\n chủ trì A\n xong → kết thúc\n") ==
          std::vector<std::uint16_t>{diag::unknown_line});
    CHECK(bad(head + "quy trình QT.01 \"A\"\nvai trò A \"A\"\nđịnh kỳ 5a \"B\"\n chủ trì A\n thời "
                     "gian mỗi tháng\nbước 1 \"A\"\n chủ trì A\n xong → kết thúc\n") ==
          std::vector<std::uint16_t>{diag::later_header});
}

TEST_CASE("a draft is offered to the checker, with what is not known of it") {
    const parsed name =
        parse("thu", head + "quy trình QT.01 \"A\"\nbước 1 \"A\"\n chủ trì NAO\n xong → bước 9\n");
    CHECK_FALSE(name.definition);
    REQUIRE(name.draft);
    CHECK(name.draft->steps.size() == 1);
    const parsed flow = parse(
        "thu", head + "quy trình QT.01 \"A\"\nvai trò A \"A\"\nbước 1 \"A\"\n chủ trì A\n xong\n");
    CHECK_FALSE(flow.definition);
    REQUIRE(flow.draft);
    REQUIRE(flow.draft->unread);
    CHECK(flow.draft->unread->steps == std::vector<unread_clauses::kinds>{unread_clauses::ways});
    CHECK(flow.draft->unread->heading == 0);
    // What stands in no block, or behind a header of nothing, may be a step that is missing.
    const parsed lost = parse("thu", head +
                                         "quy trình QT.01 \"A\"\nvai trò A \"A\"\nxyz 3 \"B\"\n"
                                         "bước 1 \"A\"\n chủ trì A\n xong → bước 3\n");
    REQUIRE(lost.draft);
    CHECK(lost.draft->unread->elsewhere == unread_clauses::everything);
    CHECK(lost.draft->unread->may_declare("3"));
    // Of lines that a text swallowed nothing is said.
    CHECK_FALSE(
        parse("thu", head + "quy trình QT.01 \"A\"\n mục đích \"\"\"x\nbước 1 \"A\"\n").draft);
}

TEST_CASE("every finding has a heading, a place and words") {
    const parsed out = parse("thu", head +
                                        "quy trình QT.01 \"A\"\nvai trò A \"A\"\nbước 2 \"Kiểm "
                                        "tra\"\n chủ trì B\n thời hạn chậm nhất ngày\n xong → "
                                        "kết thúc\n");
    REQUIRE(out.diagnostics.items.size() == 2);
    for (const diagnostic& one : out.diagnostics.items)
        CHECK(one.heading == "quy trình QT.01 › bước 2 \"Kiểm tra\"");
    CHECK(out.diagnostics.items[0].where.range.begin < out.diagnostics.items[1].where.range.begin);
}

TEST_CASE("a limit alone") {
    const auto limit = [](std::string_view text) { return parse_limit(text).value(); };
    CHECK(limit("chậm nhất 03 ngày làm việc").length ==
          amount{decimal::of(3), time_unit::working_day});
    CHECK(limit("chậm nhất 03 ngày làm việc").words == dialect::vi);
    CHECK(limit("03 ngày").length == amount{decimal::of(3), time_unit::day});
    CHECK(limit("thời hạn 0,25 ngày làm việc").length ==
          amount{decimal::of(25, 2), time_unit::working_day});
    CHECK(limit("tối đa 30 phút").length == amount{decimal::of(30), time_unit::minute});
    CHECK(limit("at most 2 hours").length == amount{decimal::of(2), time_unit::hour});
    CHECK(limit("at most 2 hours").words == dialect::en);
    CHECK(limit("  1 year  ").length == amount{decimal::of(1), time_unit::year});
    // Limits that say when without an amount.
    using kind = written_limit::kind;
    CHECK(limit("03 ngày").what == kind::count);
    CHECK(limit("ngay lập tức").what == kind::immediately);
    CHECK(limit("thời hạn không nêu").what == kind::not_stated);
    CHECK(limit("deadline not stated").what == kind::not_stated);
    CHECK(limit("trước ngày 30/04/2024").what == kind::before_date);
    CHECK(limit("trước ngày 30/04/2024").day == read_date("30/04/2024"));
    CHECK(limit("đến hết ngày 30/04/2024").what == kind::through_date);
    CHECK(limit("through 2024-04-30").day == read_date("30/04/2024"));
    CHECK(parse_limit("chậm nhất 00 ngày").error().diagnostics.items.front().code ==
          diag::limit_is_zero);
    CHECK(parse_limit("trước ngày 31/12").error().diagnostics.items.front().code ==
          diag::later_yearless);
    for (const std::string_view wrong :
         {"", "chậm nhất", "ngày", "03", "03 ngày 2", "03 ngày\n04 ngày", "1/4 ngày", "7.5 ngày",
          "10,0 ngày", "00 ngày", "0 hours", "trước ngày", "trước ngày 31/02/2024",
          "ngay lập tức 2", "\xFF", "3 fortnights"}) {
        INFO(wrong);
        const auto out = parse_limit(wrong);
        REQUIRE_FALSE(out);
        CHECK(out.error().code == errc::text_is_wrong);
        CHECK(out.error().diagnostics.errors > 0);
    }
    CHECK(parse_limit(std::string(2'000, '1')).error().code == errc::limit_exceeded);
    // Where both dialects are equally wrong, the words are those of the one asked for.
    const auto words = [](dialect first) {
        return message_of(parse_limit("xyz", first).error().diagnostics.items.front(),
                          language::en);
    };
    CHECK(words(dialect::vi).find("“thời hạn”") != std::string::npos);
    CHECK(words(dialect::en).find("“deadline”") != std::string::npos);
    CHECK(parse_limit("at most 2 hours", dialect::vi).value().words == dialect::en);
    CHECK(parse_limit("02 giờ", dialect::en).value().words == dialect::vi);
}

TEST_CASE("calendars") {
    const auto bundled = parse_calendars("HC.VN.quytrinh", read_all("HC.VN.quytrinh"));
    REQUIRE(bundled);
    REQUIRE(bundled.value().size() == 1);
    const calendar& vn = bundled.value()[0];
    CHECK(vn.code == "HC.VN");
    CHECK(vn.offset == std::chrono::minutes{420});
    CHECK(vn.years == std::vector<int>{2020, 2021, 2022, 2023, 2024, 2025, 2026});
    CHECK(is_working(vn, *read_date("04/05/2024")).value());
    CHECK_FALSE(is_working(vn, *read_date("29/04/2024")).value());
    CHECK(validate(vn));

    const auto out = parse_calendars("hai", head + R"(
lịch A.1 "Một"
  phiên bản "1"
  múi giờ -03:30
  làm việc thứ hai, thứ tư 08:00-12:00
  giờ làm bù 09:00-10:00
  có dữ liệu từ năm 2025 đến năm 2026
  nghỉ từ ngày 30/12/2025 đến hết ngày 02/01/2026 "Tết"
  làm bù 03/01/2026 "đổi"
  nhận sau 15:00 tính từ đầu giờ ngày làm việc tiếp theo
  lựa chọn BAT "Đã bật", bật
  lựa chọn TAT "Đang tắt", tắt
  nghỉ 05/01/2026 "có khi bật" nếu BAT là bật
  nghỉ 07/01/2026 "có khi bật" nếu TAT là bật
  căn cứ "Thông báo"
  ghi chú "thử"
lịch A.2 "Hai"
  phiên bản "2"
  có dữ liệu năm 2026
)");
    REQUIRE_MESSAGE(
        out, (out ? std::string{} : message_of(out.error().diagnostics.items.at(0), language::en)));
    const calendar& one = out.value().at(0);
    CHECK(one.offset == std::chrono::minutes{-210});
    CHECK(one.week[0] == std::vector<opening>{{480, 720}});
    CHECK(one.week[1].empty());
    CHECK(one.week[2] == one.week[0]);
    CHECK(one.make_up_hours == std::vector<opening>{{540, 600}});
    CHECK(one.years == std::vector<int>{2025, 2026});
    CHECK(one.cut_off == std::int16_t{900});
    CHECK(one.days.size() == 4 + 1 + 1);
    CHECK(one.days.at(*read_date("05/01/2026")).kind == day_kind::off);
    CHECK(one.days.count(*read_date("07/01/2026")) == 0);
    CHECK(one.switches.at("BAT").on);
    CHECK_FALSE(one.switches.at("TAT").on);
    CHECK(one.version == "1 +BAT");
    calendar two = plain_week();
    CHECK(out.value().at(1).week == two.week);
    CHECK(out.value().at(1).make_up_hours == two.week[0]);
    CHECK_FALSE(parse_calendars("sai", head + "lịch A \"A\"\n"));
    CHECK(parse_calendars("không", head + "vai trò A \"A\"\n").value().empty());
}

TEST_CASE("a second line for the same five days is one mistake") {
    const parsed read = parse("lịch", head +
                                          "lịch A \"A\"\n  phiên bản \"1\"\n"
                                          "  làm việc thứ hai đến thứ sáu 08:00-12:00\n"
                                          "  làm việc thứ hai đến thứ bảy 13:00-17:00\n"
                                          "  có dữ liệu năm 2026\n");
    CHECK(codes(read.diagnostics) == std::vector<std::uint16_t>{diag::weekday_twice});
}

TEST_CASE("plain hours under working time are told, unless the heading says what an hour is") {
    const auto told = [](const std::string& heading, const std::string& limit) {
        const parsed read = parse("giờ", head + "quy trình QT.1 \"Thử\"\n" + heading +
                                             "  không nêu hồ sơ lưu\nđơn vị A \"A\"\n"
                                             "bước 1 \"Làm\"\n  chủ trì A\n  thời hạn " +
                                             limit + "\n  xong → kết thúc\n");
        std::vector<std::string> out;
        for (const diagnostic& one : read.diagnostics.items)
            out.push_back(one.fix ? one.fix->edits.at(0).text : code_text(one.code));
        return out;
    };
    using list = std::vector<std::string>;
    const std::string by_hours = "  cách tính giờ hành chính\n";
    CHECK(told(by_hours, "04 giờ") == list{"04 giờ làm việc"});
    CHECK(told(by_hours, "15 phút") == list{"0,25 giờ làm việc"});
    CHECK(told(by_hours, "20 phút") == list{"0,3333 giờ làm việc"});
    CHECK(told(by_hours, "04 giờ làm việc").empty());
    CHECK(told(by_hours, "04 giờ liên tục").empty());
    CHECK(told(by_hours + "  một giờ là giờ liên tục\n", "15 phút").empty());
    CHECK(told("", "04 giờ").empty());
}
