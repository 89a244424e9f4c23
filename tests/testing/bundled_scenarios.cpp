// SPDX-License-Identifier: BSL-1.0
// tests/testing/bundled_scenarios.cpp: the scenarios that ship, and those of the manual, pass;
// those of a bundled procedure leave none of its steps, branches and limits untouched.
#include <quytrinh/testing/scenario.hpp>

#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/coverage.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

const fs::path folder{QUYTRINH_PROCEDURES_DIR};

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Runs every scenario of a text; what they touched goes into `seen`.
void all_pass(const parsed& read, const procedure_ptr& of,
              const std::shared_ptr<const definitions>& known,
              quytrinh::testing::coverage* seen = nullptr) {
    REQUIRE_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::vi));
    REQUIRE(read.scenarios != nullptr);
    quytrinh::testing::scenario_options options;
    options.known = known;
    for (const scenario& what : read.scenarios->items) {
        INFO(what.title);
        const auto went = quytrinh::testing::run(what, of, options);
        for (const auto& one : went.runs) {
            CHECK_MESSAGE(one.passed(),
                          quytrinh::testing::to_text(what, one, read.sources, language::vi));
            if (seen == nullptr) continue;
            for (const auto& each : one.cases)
                CHECK(seen->add(each.history, what.title).has_value());
        }
    }
}

}  // namespace

TEST_CASE("the scenarios that ship pass, and cover their procedures") {
    const auto known = std::make_shared<const definitions>(bundled());
    std::size_t files = 0;
    for (const procedure_ptr& of : known->procedures) {
        const fs::path path = folder / (of->code + ".test.quytrinh");
        REQUIRE_MESSAGE(fs::is_regular_file(path), of->code << " has no scenarios");
        INFO(path.filename().string());
        ++files;
        const parsed read = parse(path.filename().string(), read_all(path));
        REQUIRE_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::vi));
        const auto find = [&](std::string_view code) -> const procedure* {
            for (const procedure_ptr& one : known->procedures)
                if (one->code == code) return one.get();
            return nullptr;
        };
        const diagnostic_list names =
            judge_scenarios(read.scenarios->items, *of, find, of->words);
        CHECK_MESSAGE(names.total() == 0, render(names, read.sources, language::vi));
        quytrinh::testing::coverage seen(of);
        all_pass(read, of, known, &seen);
        CHECK_MESSAGE(seen.missing().empty(), quytrinh::testing::to_text(seen, language::vi));
    }
    CHECK(files >= 5);
}

TEST_CASE("the scenarios of the manual pass") {
    for (const char* const name : {"language.vi.md", "language.en.md"}) {
        INFO(name);
        const std::string page = read_all(folder / name);
        const std::string mark = "<!-- file: nghi-phep.quytrinh -->\n```quytrinh\n";
        const std::size_t at = page.find(mark);
        REQUIRE(at != std::string::npos);
        const std::size_t from = at + mark.size();
        const parsed read =
            parse("nghi-phep.quytrinh", page.substr(from, page.find("```", from) - from));
        all_pass(read, read.definition, nullptr);
        CHECK(read.scenarios->items.size() == 2);
    }
}
