// SPDX-License-Identifier: BSL-1.0
// tests/language/scenarios.cpp: scenarios are read in both dialects, judged by their procedure, and
// written back as they were.
#include <quytrinh/language/scenarios.hpp>

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

#include "support/scenario_lines.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace quytrinh;
using scenario_lines::two;

namespace {

constexpr dialect dialects[] = {dialect::vi, dialect::en};

std::string in(const two& line, dialect words) {
    return std::string(words == dialect::vi ? line.vi : line.en);
}
std::string first_line(dialect words) {
    return in({"ngôn ngữ quy trình 1, tiếng Việt\n", "procedure language 1, English\n"}, words);
}

/// A file of one scenario with these lines, which names a procedure that nobody looks up.
std::string file_of(dialect words, const std::vector<two>& lines) {
    std::string text = first_line(words) + in(scenario_lines::headers[1], words) + "\n";
    for (const two& line : lines) text += "  " + in(line, words) + "\n";
    return text;
}

scenario only_one(const parsed& read) {
    CHECK_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::en));
    REQUIRE(read.scenarios != nullptr);
    REQUIRE(read.scenarios->items.size() == 1);
    return read.scenarios->items.front();
}

/// Read in both dialects it is the same; written back it is the line.
void round_trip(const two& line, std::vector<two> around = {}) {
    scenario read_as[2];
    for (const dialect words : dialects) {
        const std::string text = in(line, words);
        INFO(text);
        std::vector<two> lines{scenario_lines::given[0]};
        if (text.find("thời điểm") != std::string::npos || text.find("the time") < text.size())
            lines.clear();
        lines.insert(lines.end(), around.begin(), around.end());
        lines.push_back(line);
        if (text.rfind("thì", 0) != 0 && text.rfind("expect", 0) != 0)
            lines.push_back({"thì hồ sơ còn mở", "expect the case is open"});
        const scenario one = only_one(parse("thu.quytrinh", file_of(words, lines)));
        const auto wanted = [&](const scenario_line& each) {
            return write_scenario_line(each, words) == text;
        };
        CHECK(std::count_if(one.lines.begin(), one.lines.end(), wanted) == 1);
        const scenario again =
            only_one(parse("lai.quytrinh", first_line(words) + write_scenario(one, words)));
        CHECK(again == one);
        read_as[words == dialect::vi ? 0 : 1] = one;
    }
    CHECK(read_as[0] == read_as[1]);
}

}  // namespace

TEST_CASE("every line of a scenario, in both dialects, read and written back") {
    for (const two& one : scenario_lines::given) round_trip(one);
    for (const two& one : scenario_lines::happens) round_trip(one);
    const two act = scenario_lines::happens[2];
    for (const two& one : scenario_lines::seen) round_trip(one, {act});
    for (const two& one : scenario_lines::also)
        round_trip(one, {act, {"thì hồ sơ còn mở", "expect the case is open"}});
}

TEST_CASE("a table stands behind the lines and is written back as it was read") {
    for (const dialect words : dialects) {
        std::string text = file_of(
            words,
            {{"giả sử thời điểm theo cột \"Ngày\"", "given the time per column \"Ngày\""},
             {"thì bước 2, đến hạn theo cột \"Hạn\"", "expect step 2, due per column \"Hạn\""},
             scenario_lines::table[0],
             scenario_lines::table[1]});
        for (std::size_t i = 2; i < std::size(scenario_lines::table); ++i)
            text += "  " + in(scenario_lines::table[i], words) + "\n";
        const scenario one = only_one(parse("thu.quytrinh", text));
        CHECK(one.table.rows.size() == 5);
        CHECK(first_line(words) + write_scenario(one, words) == text);
    }
}

TEST_CASE("what stands above a scenario belongs to it") {
    const std::string text = first_line(dialect::vi) +
                             "## Hai dòng\n## về việc này\n"
                             "kịch bản \"A\" cho quy trình QT.01\n"
                             "  giả sử thời điểm 11/12/2023 08:00\n"
                             "  khi ĐVYC xong bước 1\n"
                             "  thì bước 2\n";
    const scenario one = only_one(parse("a.quytrinh", text));
    CHECK(one.doc == "Hai dòng\nvề việc này");
    CHECK(first_line(dialect::vi) + write_scenario(one, dialect::vi) == text);
}

TEST_CASE("texts that quotes cannot hold are written so that they can be read") {
    for (const char* const hard : {"a \"b\" c", "hai\ndòng", "\"", "a\"\"\"b", "kết \"thúc\""}) {
        INFO(hard);
        scenario one;
        one.title = "Chữ khó";
        one.procedure = "QT.01";
        one.lines.push_back({scenario_given{scenario_given::kind::time,
                                            {},
                                            {scenario_value::kind::date, "11/12/2023", {}},
                                            {},
                                            {},
                                            {}},
                             false,
                             {}});
        scenario_expectation seen;
        seen.kind_of = scenario_expectation::kind::ended;
        seen.outcome = {scenario_value::kind::text, hard, {}};
        one.lines.push_back({seen, false, {}});
        const parsed read =
            parse("a.quytrinh", first_line(dialect::vi) + write_scenario(one, dialect::vi));
        CHECK_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::en));
        CHECK(read.scenarios != nullptr);
    }
}

namespace {

const std::string procedure_text = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy"
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo"
bước 1 "Một"
  chủ trì MC
  thời hạn không nêu
  xong → bước 2
bước 2 "Hai"
  chủ trì LĐ
  thời hạn 02 ngày
  xong → kết thúc
)";
const std::string scenario_text = R"(
kịch bản "A"
  giả sử thời điểm 11/12/2023 08:00
  khi MC xong bước 1
  thì bước 2 ở LĐ
)";

}  // namespace

TEST_CASE("a procedure with scenarios is the procedure; a running case never reads them") {
    const parsed bare = parse("a.quytrinh", procedure_text);
    const parsed with = parse("a.quytrinh", procedure_text + scenario_text);
    REQUIRE(bare.definition);
    REQUIRE(with.definition);
    CHECK(bare.scenarios == nullptr);
    CHECK(with.definition->same_meaning(*bare.definition));
    // A scenario that a later version would refuse does not stop a case that runs.
    const std::string wrong = procedure_text + scenario_text + "  khi ABC 1 2 3 bước\n  thì thì\n";
    CHECK_FALSE(parse("a.quytrinh", wrong).ok());
    const auto pinned = parse_pinned(closed_text({source_text{"a.quytrinh", wrong}}));
    REQUIRE(pinned.has_value());
    CHECK((*pinned)->same_meaning(*bare.definition));
}

/// One wrong name in a scenario refused the whole file, for drawing and opening it too.
TEST_CASE("what is wrong inside a scenario spoils the scenario and not the procedure") {
    const parsed bare = parse("a.quytrinh", procedure_text);
    const std::string head = "\nkịch bản \"Hỏng\"\n  giả sử thời điểm 11/12/2023 08:00\n";
    const std::vector<std::pair<std::string, std::uint32_t>> wrong{
        {"  khi MC xong bước 77\n  thì hồ sơ kết thúc\n", 1},
        {"  khi MC xog bước 1\n  thì bước 88 ở LĐ\n", 2}};
    for (const auto& [lines, errors] : wrong) {
        const std::string text = procedure_text + head + lines + "\n" + scenario_text;
        const parsed read = parse("a.quytrinh", text);
        INFO(render(read.diagnostics, read.sources, language::en));
        CHECK_FALSE(read.ok());
        CHECK(read.sound());
        CHECK(read.scenario_errors == errors);
        REQUIRE(read.definition);
        CHECK(read.definition->same_meaning(*bare.definition));
        CHECK_FALSE(read.draft);
        REQUIRE(read.scenarios);
        REQUIRE(read.scenarios->items.size() == 2);
        CHECK(read.scenarios->items[0].errors == errors);
        CHECK(read.scenarios->items[1].errors == 0);
        // A case that was opened by it can be read for ever.
        CHECK(parse_pinned(closed_text(read.sources)).has_value());
    }
    // A line that was not understood may be a line of the procedure: nobody opens a case by that.
    for (const char* line : {"buoc 3 \"Trả\"\n", "  chủ trì MC\n", "bước \"Trả\"\n"}) {
        const std::string text = procedure_text + scenario_text + line;
        const parsed read = parse("a.quytrinh", text);
        INFO(line);
        CHECK_FALSE(read.sound());
        CHECK_FALSE(read.definition);
    }
}

TEST_CASE("scenarios of an import are passed over, and what follows them is read") {
    const import_resolver imports = [](std::string_view) -> result<std::string> {
        return first_line(dialect::vi) + "kịch bản \"Của tệp kia\"\n  khi gì cũng được\n" +
               "vai trò MC \"Bộ phận một cửa\"\n";
    };
    std::string text = procedure_text;
    text.replace(text.find("vai trò MC \"Bộ phận một cửa\""),
                 std::string("vai trò MC \"Bộ phận một cửa\"").size(), "lấy từ tệp \"b.quytrinh\"");
    const parsed read = parse("a.quytrinh", text, imports);
    CHECK_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::en));
    CHECK(read.scenarios == nullptr);
    CHECK(read.definition->find_party("MC") != nullptr);
}

TEST_CASE("names are judged in each row of the table, and after the case was turned to another") {
    const parsed of = parse("a.quytrinh", procedure_text);
    const procedure* linked = nullptr;
    const auto judge = [&](const std::string& lines) {
        const parsed read = parse("b.quytrinh", first_line(dialect::vi) +
                                                    "kịch bản \"A\" cho quy trình QT.01\n"
                                                    "  giả sử thời điểm 11/12/2023\n" +
                                                    lines);
        REQUIRE_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::en));
        const diagnostic_list found = judge_scenarios(
            read.scenarios->items, *of.definition,
            [&](std::string_view code) { return code == "QT.B" ? linked : nullptr; }, dialect::vi);
        std::vector<std::uint16_t> codes;
        for (const diagnostic& one : found.items) codes.push_back(one.code);
        return codes;
    };
    using codes = std::vector<std::uint16_t>;
    CHECK(judge("  khi MC xong bước 1\n  thì bước 2\n") == codes{});
    CHECK(judge("  khi MC xong bước 1\n  thì đang ở bước theo cột \"B\"\n"
                "  bảng \"B\"\n  dòng 2\n  dòng 3\n") == codes{diag::scenario_unknown_step});
    CHECK(judge("  khi P.A xong bước 1\n  thì bước 2\n") == codes{diag::scenario_unknown_party});
    CHECK(judge("  giả sử MC là P.A\n  khi P.A xong bước 1\n  thì bước 2\n") == codes{});
    // Of a case whose procedure nobody has, nothing is known and nothing is said.
    const std::string turned = "  khi MC xong bước 1\n  và sang hồ sơ QT.B\n";
    CHECK(judge(turned + "  thì bước 77 ở XYZ\n") == codes{});
    // In the linked case stand the units of the case that opened it: they were unknown there.
    const parsed other = parse("c.quytrinh", first_line(dialect::vi) +
                                                 "quy trình QT.B \"Tiếp\"\n  không nêu hồ sơ lưu\n"
                                                 "vai trò NPH \"Nơi phát hiện\"\n"
                                                 "  là người mở hồ sơ\n"
                                                 "bước 71 \"Xem\"\n  chủ trì NPH\n"
                                                 "  thời hạn không nêu\n  xong → kết thúc\n");
    REQUIRE_MESSAGE(other.ok(), render(other.diagnostics, other.sources, language::en));
    linked = other.definition.get();
    CHECK(judge(turned + "  thì bước 71 ở MC\n") == codes{});
    CHECK(judge(turned + "  thì bước 71 ở XYZ\n") == codes{diag::scenario_unknown_party});
    // Back in its own case the scenario is judged by its own procedure again.
    CHECK(judge(turned + "  khi sang hồ sơ QT.01\n  thì bước 71\n") ==
          codes{diag::scenario_unknown_step});
}
