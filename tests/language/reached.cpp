// SPDX-License-Identifier: BSL-1.0
// tests/language/reached.cpp: every diagnostic of the catalogue is reached by a text that stands in
// tests/golden, or by a unit test that is named here with the reason.
#include <quytrinh/base/catalogue.hpp>

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/language/parse.hpp>

#include <doctest/doctest.h>

#include "support/reached_elsewhere.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

const fs::path tests_folder{QUYTRINH_TESTS_DIR};

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// What both passes say of every text that is wrong on purpose, notes at second places included.
std::set<std::uint16_t> provoked() {
    std::set<std::uint16_t> out;
    const auto see = [&](const diagnostic_list& list) {
        for (const diagnostic& one : list.items) {
            out.insert(one.code);
            for (const related_place& other : one.related) out.insert(other.message);
        }
    };
    for (const char* const kind : {"diagnostics", "check"}) {
        for (const auto& file : fs::directory_iterator(tests_folder / "golden" / kind / "bad")) {
            if (file.path().extension() != ".quytrinh") continue;
            const import_resolver imports = [&](std::string_view name) -> result<std::string> {
                const fs::path other = file.path().parent_path() / std::string(name);
                if (!fs::is_regular_file(other)) return fail(errc::not_found, {std::string(name)});
                return read_all(other);
            };
            const parsed read =
                parse(file.path().filename().string(), read_all(file.path()), imports);
            see(read.diagnostics);
            std::vector<procedure_ptr> linked;
            check_context context;
            context.find_calendar = [](std::string_view) -> const calendar* { return nullptr; };
            context.find_procedure = [&](std::string_view code) -> const procedure* {
                const fs::path other =
                    tests_folder / "golden" / kind / "linked" / (std::string(code) + ".quytrinh");
                if (!fs::is_regular_file(other)) return nullptr;
                linked.push_back(parse(other.filename().string(), read_all(other)).definition);
                return linked.back().get();
            };
            if (read.definition) see(check(*read.definition, context));
        }
    }
    return out;
}

using reached_elsewhere::excuse;
using reached_elsewhere::excuses;

}  // namespace

TEST_CASE("every diagnostic is reached: by a golden text, or by the unit test that is named") {
    const std::set<std::uint16_t> reached = provoked();
    REQUIRE(reached.size() > 150);
    std::map<std::uint16_t, const excuse*> excused;
    for (const excuse& one : excuses) excused[one.code] = &one;
    for (const catalogue_row& row : diagnostic_catalogue()) {
        INFO(row.code << " " << row.name);
        const auto found = excused.find(row.code);
        if (found == excused.end()) {
            CHECK(reached.count(row.code) == 1);
            continue;
        }
        CHECK_MESSAGE(reached.count(row.code) == 0, "is reached: take it off the list");
        const std::string test = read_all(tests_folder / found->second->test);
        CHECK_MESSAGE(test.find("diag::" + std::string(row.name)) != std::string::npos,
                      found->second->test);
    }
}

TEST_CASE("every file that is wrong on purpose is named by a row of the catalogue") {
    for (const char* const kind : {"diagnostics", "check"}) {
        for (const auto& file : fs::directory_iterator(tests_folder / "golden" / kind / "bad")) {
            if (file.path().extension() != ".quytrinh") continue;
            const int code = std::stoi(file.path().filename().string().substr(0, 4));
            INFO(file.path().filename().string());
            CHECK((code == 1000 || find_diagnostic(static_cast<std::uint16_t>(code)) != nullptr));
        }
    }
}

TEST_CASE("a text that has spent its work is told so, once, and read no further") {
    namespace g = quytrinh::detail::grammar;
    const limits bounds;
    const std::string text = "chủ trì A, B, C, D\n";
    g::reporter report{bounds.diagnostics};
    g::builder owner{report, bounds};
    const g::vocabulary& words = g::vocabulary_of(dialect::vi);
    written_limit ignored;
    (void)owner.read_limit_alone(text, words, ignored);  // only so that the builder knows the text
    g::reporter quiet{bounds.diagnostics};
    report = quiet;
    g::line_reader reader{text, words, bounds};
    g::text_line line;
    REQUIRE(reader.next(line));
    owner.steps_left() = 3;
    g::clause_line clause{owner, line, keyword::lead, "chủ trì ĐVTH"};
    g::lead_words out;
    CHECK_FALSE(clause.read(g::read_lead, out));
    REQUIRE(report.list().items.size() == 1);
    CHECK(report.list().items[0].code == diag::too_much_work);
}
