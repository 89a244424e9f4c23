// SPDX-License-Identifier: BSL-1.0
// tests/language/clauses.cpp: every clause, in both dialects, in every block where it may stand:
// the same model.
#include <quytrinh/language/impl/clauses.hpp>

#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/language/translate.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>

#include <doctest/doctest.h>

#include "support/scenario_lines.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

using namespace quytrinh;
namespace g = quytrinh::detail::grammar;

namespace {

/// A line in both dialects.
struct two {
    std::string_view vi, en;
    [[nodiscard]] std::string in(dialect d) const {
        return std::string(d == dialect::vi ? vi : en);
    }
};

constexpr two edition{"ngôn ngữ quy trình 1, tiếng Việt\n", "procedure language 1, English\n"};
constexpr two heading{"quy trình QT.01 \"Một quy trình\"\n", "procedure QT.01 \"Một quy trình\"\n"};
/// Everything that the examples of clauses.inc name.
constexpr two declarations{R"(
vai trò ĐVTH "Đơn vị thực hiện"
vai trò ĐVYC "Đơn vị yêu cầu"
vai trò NTH "Người thực hiện"
vai trò NKT "Người kiểm tra"
nhóm PCM "Các phòng"
danh mục K6 "Hình thức"
  mục "email"
bảng kiểm BK.01 "Các mục"
  mục "đủ"
biểu mẫu BM.01 "Phiếu"
  ô 1 "Nội dung"
  thông tin "Đơn vị" là đơn vị
  thông tin "Gấp" là có hoặc không
  ô 2 "Thêm"
biểu mẫu BM.02 "Biên bản"
  thông tin "Ngày họp" là ngày
hồ sơ lưu HS.01 "Hồ sơ"
bước 1 "Một"
bước 2 "Hai"
)",
                           R"(
role ĐVTH "Đơn vị thực hiện"
role ĐVYC "Đơn vị yêu cầu"
role NTH "Người thực hiện"
role NKT "Người kiểm tra"
group PCM "Các phòng"
catalogue K6 "Hình thức"
  item "email"
checklist BK.01 "Các mục"
  item "đủ"
form BM.01 "Phiếu"
  box 1 "Nội dung"
  field "Đơn vị" is unit
  field "Gấp" is yes-or-no
  box 2 "Thêm"
form BM.02 "Biên bản"
  field "Ngày họp" is date
record HS.01 "Hồ sơ"
step 1 "Một"
step 2 "Hai"
)"};

/// A fresh block of each kind, with what its clauses need above them.
const std::map<std::uint32_t, two>& blocks() {
    static const std::map<std::uint32_t, two> all{
        {g::in_procedure, {"", ""}},
        {g::in_party, {"vai trò MOI \"Mới\"\n", "role MOI \"Mới\"\n"}},
        {g::in_term, {"thuật ngữ MOI \"Mới\"\n", "term MOI \"Mới\"\n"}},
        {g::in_document, {"tài liệu MOI \"Mới\"\n", "document MOI \"Mới\"\n"}},
        {g::in_form,
         {"biểu mẫu MOI \"Mới\"\n ô 9 \"Chín\"\n thông tin \"Các việc\" là danh sách\n",
          "form MOI \"Mới\"\n box 9 \"Chín\"\n field \"Các việc\" is list\n"}},
        {g::in_catalogue,
         {"danh mục MOI \"Mới\"\n cột \"A\" là chữ\n cột \"B\" là chữ\n",
          "catalogue MOI \"Mới\"\n column \"A\" is text\n column \"B\" is text\n"}},
        {g::in_checklist, {"bảng kiểm MOI \"Mới\"\n", "checklist MOI \"Mới\"\n"}},
        {g::in_record, {"hồ sơ lưu MOI \"Mới\"\n", "record MOI \"Mới\"\n"}},
        {g::in_step, {"bước 3 \"Ba\"\n", "step 3 \"Ba\"\n"}},
        {g::in_consult, {"xin ý kiến 3a \"Hỏi\" tại bước 1\n", "consult 3a \"Hỏi\" at step 1\n"}},
        {g::in_calendar,
         {"lịch MOI \"Mới\"\n phiên bản \"1\"\n có dữ liệu năm 2019\n",
          "calendar MOI \"Mới\"\n version \"1\"\n data for year 2019\n"}},
    };
    return all;
}

std::string text_of(dialect d, std::uint32_t block, const std::string& line) {
    const bool head = block == g::in_procedure;
    std::string out = edition.in(d) + heading.in(d);
    if (head) out += "  " + line + "\n";
    out += declarations.in(d);
    if (!head) out += blocks().at(block).in(d) + "  " + line + "\n";
    return out;
}

parsed read(const std::string& text) {
    parsed out = parse("thu.quytrinh", text);
    CHECK_MESSAGE(out.ok(), text << render(out.diagnostics, out.sources, language::en));
    return out;
}

/// Both dialects give the same model, and each is the translation of the other.
void same_in_both(std::uint32_t block, const two& line) {
    procedure models[2];
    for (const dialect d : {dialect::vi, dialect::en}) {
        const parsed out = read(text_of(d, block, line.in(d)));
        REQUIRE(out.definition);
        procedure& model = models[d == dialect::vi ? 0 : 1];
        model = *out.definition;
    }
    const auto english = translate(text_of(dialect::vi, block, line.in(dialect::vi)), dialect::en);
    REQUIRE_MESSAGE(english, text_of(dialect::vi, block, line.in(dialect::vi)));
    // A synonym comes out as the first spelling, a date as it was typed.
    const auto has = [](std::string_view words, std::string_view piece) {
        return words.find(piece) != std::string_view::npos;
    };
    if (!has(line.en, "saturday") && !has(line.en, "2019-01-01"))
        CHECK(*english == text_of(dialect::en, block, line.in(dialect::en)));
    const auto back = translate(*english, dialect::vi);
    REQUIRE(back);
    if (!has(line.vi, "uỷ") && !has(line.vi, "lí do"))
        CHECK(*back == text_of(dialect::vi, block, line.in(dialect::vi)));
    CHECK(models[0].same_meaning(models[1]));
    // The line says something: without it the model is another one, unless it only goes to print.
    const parsed without = read(text_of(dialect::vi, block, ""));
    procedure bare = *without.definition;
    const bool says_nothing = line.vi.starts_with("căn cứ") && block == g::in_calendar;
    const bool calendar_note = line.vi.starts_with("ghi chú") && block == g::in_calendar;
    const bool the_default =
        line.vi == "lần ban hành không nêu" || line.vi == "cách tính BLDS.2015" ||
        line.vi.starts_with("múi giờ +07:00") ||
        line.vi.starts_with("làm việc thứ hai đến thứ sáu") || line.vi.starts_with("giờ làm bù");
    if (!says_nothing && !calendar_note && !the_default) CHECK_FALSE(bare.same_meaning(models[0]));
}

/// Clauses whose example cannot stand in a block as it is: they need another one.
two example_of(const g::clause_rule& rule, std::uint32_t block) {
    using enum keyword;
    switch (rule.id) {
    case made_of:
        return block == g::in_party ? two{}
                                    : two{"gồm BM.01, \"Công văn\"", "made of BM.01, \"Công văn\""};
    case day_off:
        return {"nghỉ từ ngày 01/01/2019 đến hết ngày 03/01/2019 \"Tết\"",
                "day off from 01/01/2019 through 03/01/2019 \"Tết\""};
    case make_up_day: return {"làm bù 05/01/2019 \"đổi\"", "make-up day 05/01/2019 \"đổi\""};
    case version: return {};  // stands in the block already
    default: return {rule.vi, rule.en};
    }
}

}  // namespace

TEST_CASE("every clause, in every block where it may stand, in both dialects") {
    std::size_t count = 0;
    for (const g::clause_rule& rule : g::clause_rules()) {
        if (rule.blocks == g::in_scenario) continue;  // language/scenarios.cpp
        for (const auto& [block, header] : blocks()) {
            if ((rule.blocks & block) == 0) continue;
            const two line = example_of(rule, block);
            if (line.vi.empty()) continue;
            INFO(line.vi);
            same_in_both(block, line);
            ++count;
        }
    }
    CHECK(count > 110);
}

TEST_CASE("the variants of each clause, in both dialects") {
    const std::pair<std::uint32_t, two> lines[] = {
        {g::in_procedure, {"lần ban hành không nêu", "issue not stated"}},
        {g::in_procedure, {"ban hành 20/12/2023", "issued 20/12/2023"}},
        {g::in_procedure, {"ban hành 2023", "issued 2023"}},
        {g::in_procedure, {"ban hành không nêu", "issued not stated"}},
        {g::in_procedure,
         {"người soạn thảo \"Trang\", \"Viên chức\"", "drafted by \"Trang\", \"Viên chức\""}},
        {g::in_procedure, {"mục đích \"\"\"Một\nhai\"\"\"", "purpose \"\"\"Một\nhai\"\"\""}},
        {g::in_procedure, {"cách tính giờ hành chính", "count by working time"}},
        {g::in_procedure,
         {"cách tính BLDS.2015, tính cả ngày đầu", "count by BLDS.2015, including the first day"}},
        {g::in_procedure,
         {"cách tính BLDS.2015, không chuyển ngày nghỉ", "count by BLDS.2015, no roll"}},
        {g::in_procedure,
         {"cách tính BLDS.2015, chuyển về ngày làm việc trước", "count by BLDS.2015, roll back"}},
        {g::in_procedure,
         {"hạn chung 15 ngày từ bước 1 đến bước 2", "overall limit 15 days from step 1 to step 2"}},
        {g::in_procedure,
         {"hạn chung 15 ngày nếu \"Gấp\" là không", "overall limit 15 days if \"Gấp\" is no"}},
        {g::in_procedure, {"được rút: ĐVYC, ĐVTH", "may withdraw: ĐVYC, ĐVTH"}},
        {g::in_procedure, {"nơi nhận ĐVYC", "copy to ĐVYC"}},
        {g::in_procedure,
         {"theo mục 5, 5.2.1a, \"Phụ lục\"", "per section 5, 5.2.1a, \"Phụ lục\""}},
        {g::in_party, {"được phân công ở bước 1, bước 2", "assigned at step 1, step 2"}},
        {g::in_party, {"được phân công ở bước 1, 2", "assigned at step 1, 2"}},
        {g::in_party, {"lấy theo \"Đơn vị\"", "taken from \"Đơn vị\""}},
        {g::in_party, {"gọi tắt LĐX", "aka LĐX"}},
        {g::in_form, {"thông tin \"X\" là chữ", "field \"X\" is text"}},
        {g::in_form, {"thông tin \"X\" là số, bắt buộc", "field \"X\" is number, required"}},
        {g::in_form, {"thông tin \"X\" là có hoặc không", "field \"X\" is yes-or-no"}},
        {g::in_form, {"thông tin \"X\" là người", "field \"X\" is person"}},
        {g::in_form, {"thông tin \"X\" là đơn vị", "field \"X\" is unit"}},
        {g::in_form, {"thông tin \"X\" là tệp đính kèm", "field \"X\" is attachment"}},
        {g::in_form,
         {"thông tin \"X\" là một trong \"A\", \"B\", được ghi khác, bắt buộc",
          "field \"X\" is one of \"A\", \"B\", or other, required"}},
        {g::in_form, {"thông tin \"X\" là một trong K6", "field \"X\" is one of K6"}},
        {g::in_form, {"thông tin \"X\" là các mục trong K6", "field \"X\" is any of K6"}},
        {g::in_form,
         {"thông tin \"X\" là bảng kiểm BK.01, bắt buộc",
          "field \"X\" is checklist BK.01, required"}},
        {g::in_form,
         {"thông tin \"X\" là chữ, bắt buộc nếu \"Gấp\" là có",
          "field \"X\" is text, required if \"Gấp\" is yes"}},
        {g::in_form, {"ô 3 \"Ba\", chỉ ghi thêm", "box 3 \"Ba\", append only"}},
        {g::in_catalogue, {"mục \"công văn\"", "item \"công văn\""}},
        {g::in_record, {"gồm BM.01 và BM.02", "made of BM.01 and BM.02"}},
        {g::in_record, {"lưu tại không nêu", "kept by not stated"}},
        {g::in_record, {"lưu tại ĐVTH, ĐVYC", "kept by ĐVTH, ĐVYC"}},
        {g::in_record, {"thời gian lưu không nêu", "kept for not stated"}},
        {g::in_record, {"thời gian lưu vĩnh viễn", "kept for all time"}},
        {g::in_record, {"thời gian lưu 03 năm", "kept for 03 years"}},
        {g::in_record,
         {"thời gian lưu 03 năm kể từ khi không nêu", "kept for 03 years from not stated"}},
        {g::in_record,
         {"thời gian lưu 03 năm kể từ khi hết năm", "kept for 03 years from the end of the year"}},
        {g::in_record,
         {"thời gian lưu 36 tháng kể từ khi hoàn thành bước 2",
          "kept for 36 months from completion of step 2"}},
        {g::in_record, {"hết thời gian lưu: \"nộp\"", "after that: \"nộp\""}},
        {g::in_step, {"chủ trì ĐVTH, ĐVYC", "lead ĐVTH, ĐVYC"}},
        {g::in_step, {"chủ trì ĐVTH hoặc ĐVYC hoặc NTH", "lead ĐVTH or ĐVYC or NTH"}},
        {g::in_step, {"chủ trì như bước 1", "lead as step 1"}},
        {g::in_step, {"chủ trì ĐVTH hoặc người được ủy quyền", "lead ĐVTH or delegate"}},
        {g::in_step, {"chủ trì ĐVTH hoặc người được uỷ quyền", "lead ĐVTH or delegate"}},
        {g::in_step,
         {"phối hợp ĐVTH, ĐVYC nếu \"Gấp\" là có", "with ĐVTH, ĐVYC if \"Gấp\" is yes"}},
        {g::in_step, {"hình thức K6", "channel K6"}},
        {g::in_step, {"lập \"Tờ trình\"", "fill \"Tờ trình\""}},
        {g::in_step,
         {"lập BM.01 ô 1, chỉ \"Đơn vị\", \"Gấp\" nếu \"Gấp\" là có",
          "fill BM.01 box 1, only \"Đơn vị\", \"Gấp\" if \"Gấp\" is yes"}},
        {g::in_step, {"lưu BM.01", "keep BM.01"}},
        {g::in_step, {"điều kiện \"A\"", "requires \"A\""}},
        {g::in_step, {"điều kiện \"A\" có tài liệu kèm theo", "requires \"A\" with evidence"}},
        {g::in_step,
         {"điều kiện \"A\", có tài liệu kèm theo nếu \"Gấp\" là có",
          "requires \"A\", with evidence if \"Gấp\" is yes"}},
        {g::in_step, {"phân công NTH", "assign NTH"}},
        {g::in_step,
         {"phân công NTH, tối đa 03, khác NKT, ĐVYC, trong PCM",
          "assign NTH, at most 03, not NKT, ĐVYC, from PCM"}},
        {g::in_step, {"khác người ở bước 1, bước 2", "other person than at step 1, step 2"}},
        {g::in_step, {"OK → kết thúc", "OK → end"}},
        {g::in_step, {"OK → kết thúc \"Đạt\"", "OK → end \"Đạt\""}},
        {g::in_step,
         {"NOK → kết thúc toàn bộ \"Không đạt\", nêu lý do",
          "NOK → end all \"Không đạt\", with reason"}},
        {g::in_step, {"NOK -> bước 1, nêu lí do", "NOK -> step 1, with reason"}},
        {g::in_step,
         {"NOK → bước 1, tối đa 3 lần, sau đó → kết thúc",
          "NOK → step 1, at most 3 times, then → end"}},
        {g::in_step,
         {"NOK → bước 1, nêu lý do, tối đa 1 lần, sau đó → bước 2",
          "NOK → step 1, with reason, at most 1 time, then → step 2"}},
        {g::in_step, {"OK → bước 1 nếu \"Gấp\" là có", "OK → step 1 if \"Gấp\" is yes"}},
        {g::in_step,
         {"kết quả \"A\" → bước 1, nêu lý do nếu \"Gấp\" là có",
          "outcome \"A\" → step 1, with reason if \"Gấp\" is yes"}},
        {g::in_step,
         {"mở quy trình QT.02 tại bước 5.3b nếu NOK, thay cho hồ sơ này, mang theo \"Đơn vị\", "
          "\"Gấp\" thành \"Khẩn\"",
          "open procedure QT.02 at step 5.3b if NOK, replacing this case, carrying \"Đơn vị\", "
          "\"Gấp\" as \"Khẩn\""}},
        {g::in_step,
         {"mở quy trình QT.02, mang theo \"Gấp\" nếu OK",
          "open procedure QT.02, carrying \"Gấp\" if OK"}},
        {g::in_consult, {"hỏi ĐVTH hoặc ĐVYC", "ask ĐVTH or ĐVYC"}},
        {g::in_calendar,
         {"làm việc thứ bảy, chủ nhật 08:00-12:00", "working saturday, sunday 08:00-12:00"}},
        {g::in_calendar, {"làm việc thứ bảy 08:00–24:00", "working Saturday 08:00–24:00"}},
        {g::in_calendar, {"múi giờ -03:30", "time zone -03:30"}},
        {g::in_calendar, {"nghỉ 01/01/2019 \"Tết\"", "day off 2019-01-01 \"Tết\""}},
    };
    for (const auto& pair : lines) {
        INFO(pair.second.vi);
        same_in_both(pair.first, pair.second);
    }
}

TEST_CASE("limits and conditions, in both dialects") {
    const two lines[] = {
        {"không nêu", "not stated"},
        {"ngay lập tức", "immediately"},
        {"ngay lập tức nếu \"Gấp\" là có", "immediately if \"Gấp\" is yes"},
        {"0,5 ngày làm việc", "0,5 working days"},
        {"chậm nhất 30 phút kể từ khi nhận", "at most 30 minutes from receipt"},
        {"chậm nhất 04 giờ làm việc kể từ khi bắt đầu bước 1",
         "at most 04 working hours from start of step 1"},
        {"02 giờ liên tục", "02 running hours"},
        {"01 giờ", "01 hour"},
        {"10 ngày lịch kể từ khi OK ở bước 1", "10 calendar days from OK at step 1"},
        {"02 tuần kể từ khi NOK ở bước 1", "02 weeks from NOK at step 1"},
        {"01 tháng kể từ khi nhận lần đầu ở bước 1", "01 month from receipt first at step 1"},
        {"01 năm kể từ khi mở hồ sơ", "01 year from opening"},
        {"05 ngày kể từ khi duyệt BM.01", "05 days from approval of BM.01"},
        {"05 ngày kể từ \"Ngày họp\" trong BM.02", "05 days from \"Ngày họp\" in BM.02"},
        {"05 ngày kể từ ngày \"Ngày họp\"", "05 days from \"Ngày họp\""},
        {"05 ngày kể từ khi sự kiện \"Có công văn\"", "05 days from event \"Có công văn\""},
        {"theo \"Ngày họp\" trong BM.02", "per \"Ngày họp\" in BM.02"},
        {"theo \"Ngày họp\", chưa cần duyệt", "per \"Ngày họp\", approval not needed"},
        {"trước ngày 31/12/2026", "before 31/12/2026"},
        {"đến hết ngày 2026-12-31", "through 31/12/2026"},
        {"theo quy định tại \"Hướng dẫn\"", "as laid down in \"Hướng dẫn\""},
        {"01 ngày nếu (\"Gấp\" là có)", "01 day if (\"Gấp\" is yes)"},
        {"01 ngày nếu không (\"Gấp\" là có và \"Gấp\" khác không)",
         "01 day if not (\"Gấp\" is yes and \"Gấp\" is not no)"},
        {"01 ngày nếu \"Gấp\" đã có hoặc \"Gấp\" chưa có hoặc OK",
         "01 day if \"Gấp\" is filled or \"Gấp\" is empty or OK"},
        {"01 ngày nếu \"Đơn vị\" có trong \"A\", \"B\"",
         "01 day if \"Đơn vị\" is among \"A\", \"B\""},
        {"01 ngày nếu \"Đơn vị\" có trong (\"A\", \"B\") và OK",
         "01 day if \"Đơn vị\" is among (\"A\", \"B\") and OK"},
        {"01 ngày nếu \"Ngày họp\" lớn hơn 01/01/2026",
         "01 day if \"Ngày họp\" greater than 01/01/2026"},
        {"01 ngày nếu số vòng ít nhất 2 và số vòng nhiều nhất 3",
         "01 day if rounds at least 2 and rounds at most 3"},
        {"01 ngày nếu số vòng nhỏ hơn 2,5", "01 day if rounds less than 2,5"},
        {"01 ngày nếu hình thức là \"email\"", "01 day if channel is \"email\""},
        {"01 ngày nếu vào từ bước 1", "01 day if entered from step 1"},
        {"01 ngày nếu người thực hiện khác \"nv01\"", "01 day if actor is not \"nv01\""},
        {"01 ngày nếu \"Ngày họp\" là \"Ngày họp\" trong BM.02",
         "01 day if \"Ngày họp\" is \"Ngày họp\" in BM.02"},
        {"01 ngày nếu TRA có (người thực hiện, \"Đơn vị\")",
         "01 day if TRA has (actor, \"Đơn vị\")"},
        {"01 ngày nếu TRA không có (người thực hiện, \"Đơn vị\" trong BM.01)",
         "01 day if TRA has no (actor, \"Đơn vị\" in BM.01)"},
    };
    const two table{"danh mục TRA \"Bảng\"\n cột \"A\" là người\n cột \"B\" là chữ\n",
                    "catalogue TRA \"Bảng\"\n column \"A\" is person\n column \"B\" is text\n"};
    for (const two& line : lines) {
        INFO(line.vi);
        procedure models[2];
        for (const dialect d : {dialect::vi, dialect::en}) {
            const std::string text =
                edition.in(d) + heading.in(d) + declarations.in(d) + table.in(d) +
                (d == dialect::vi ? "bước 3 \"Ba\"\n  thời hạn " : "step 3 \"Ba\"\n  deadline ") +
                line.in(d) + "\n";
            const parsed out = read(text);
            REQUIRE(out.definition);
            models[d == dialect::vi ? 0 : 1] = *out.definition;
        }
        REQUIRE(models[0].steps.back().limits.size() == 1);
        CHECK(models[0].same_meaning(models[1]));
    }
}

TEST_CASE("every keyword of this version is used by the examples above") {
    // A keyword that no rule takes would be a promise that nothing keeps. What the lexer makes of
    // the texts that the tests above parse tells which are taken.
    std::set<keyword> seen;
    const auto note = [&](std::string_view text, dialect d) {
        g::lexer lexer{text, g::vocabulary_of(d), limits{}};
        for (g::token one = lexer.next(); one.kind != g::token_kind::end; one = lexer.next())
            if (one.kind == g::token_kind::phrase)
                for (const keyword id : g::vocabulary_of(d).at(one.phrase).ids) seen.insert(id);
    };
    for (const g::clause_rule& rule : g::clause_rules()) note(rule.vi, dialect::vi);
    for (const auto& [block, header] : blocks()) note(header.vi, dialect::vi);
    note(declarations.vi, dialect::vi);
    note(heading.vi, dialect::vi);
    note(edition.vi, dialect::vi);
    // Words that only the variants of the tests above use.
    for (const std::string_view text : {"lấy từ tệp",
                                        "đơn vị",
                                        "chức danh",
                                        "ban",
                                        "bên ngoài",
                                        "giờ hành chính",
                                        "tính cả ngày đầu",
                                        "không chuyển ngày nghỉ",
                                        "chuyển về ngày làm việc trước",
                                        "ngày lịch",
                                        "giờ liên tục",
                                        "giờ",
                                        "tuần",
                                        "tháng",
                                        "phút",
                                        "kết thúc toàn bộ",
                                        "hoặc người được ủy quyền",
                                        "như",
                                        "chỉ",
                                        "được ghi khác",
                                        "một trong",
                                        "các mục trong",
                                        "số",
                                        "người",
                                        "tệp đính kèm",
                                        "tối đa 3 lần, sau đó",
                                        "thay cho hồ sơ này",
                                        "tại mọi bước",
                                        "và",
                                        "hoặc",
                                        "không",
                                        "không nêu",
                                        "ngay lập tức",
                                        "bắt đầu",
                                        "mở hồ sơ",
                                        "kể từ",
                                        "sự kiện",
                                        "lần đầu",
                                        "theo",
                                        "chưa cần duyệt",
                                        "trước ngày",
                                        "theo quy định tại",
                                        "khác",
                                        "lớn hơn",
                                        "nhỏ hơn",
                                        "ít nhất",
                                        "nhiều nhất",
                                        "có trong",
                                        "vĩnh viễn",
                                        "đã có",
                                        "chưa có",
                                        "không có",
                                        "số vòng",
                                        "vào từ",
                                        "từ",
                                        "đến",
                                        "hết năm",
                                        "chuyển lưu trữ",
                                        "xem xét lại",
                                        "báo cáo",
                                        "bật",
                                        "thứ ba",
                                        "thứ tư",
                                        "thứ năm",
                                        "thứ bảy",
                                        "chủ nhật",
                                        "người thực hiện",
                                        "có hoặc không",
                                        "có",
                                        "đến hết ngày",
                                        "trong",
                                        "theo lịch",
                                        "ở",
                                        "tại",
                                        "từ ngày",
                                        "từ năm",
                                        "đến năm",
                                        "năm",
                                        "hoàn thành"})
        note(text, dialect::vi);
    const auto note_all = [&](const auto& lines) {
        for (const scenario_lines::two& one : lines)
            for (const dialect d : {dialect::vi, dialect::en})
                note(d == dialect::vi ? one.vi : one.en, d);
    };
    note_all(scenario_lines::headers);
    note_all(scenario_lines::given);
    note_all(scenario_lines::happens);
    note_all(scenario_lines::seen);
    note_all(scenario_lines::table);
    for (const keyword_row& row : keyword_table()) {
        INFO(row.name);
        if (row.status == keyword_status::now) CHECK(seen.count(row.id) == 1);
    }
}
