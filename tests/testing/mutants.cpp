// SPDX-License-Identifier: BSL-1.0
// tests/testing/mutants.cpp: every bundled procedure with one thing changed at a time. Its
// scenarios must notice, or golden/mutants says why nobody could. A part of the mutants in an
// ordinary run; QUYTRINH_COUNT=16 tries all of them, and then also finds reasons that are no longer
// needed.
#include <quytrinh/testing/scenario.hpp>

#include "support/mutants.hpp"
#include "support/seeded.hpp"

#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/language/translate.hpp>
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

const fs::path texts{QUYTRINH_PROCEDURES_DIR};
const fs::path reasons{QUYTRINH_TESTS_DIR "/golden/mutants"};

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Mutants that nobody can notice, by name, each with its reason.
std::map<std::string, std::string> excused(const std::string& code) {
    std::map<std::string, std::string> out;
    std::istringstream in(read_all(reasons / (code + ".txt")));
    for (std::string line, reason; std::getline(in, line);) {
        if (line.starts_with("# ")) reason = line.substr(2);
        if (line.empty() || line.front() == '#') continue;
        out.emplace(line, reason);
    }
    return out;
}

/// Is anything of the scenarios different with this text? A text that is wrong is none.
enum class fate { stillborn, noticed, survived };
fate fate_of(const std::string& text, const std::string& code, const scenario_list& tests,
             const std::shared_ptr<const definitions>& known) {
    const parsed read = parse(code + ".quytrinh", text, bundled_imports());
    if (!read.ok() || !read.definition) return fate::stillborn;
    const auto find = [&](std::string_view named) -> const procedure* {
        if (named == read.definition->code) return read.definition.get();
        for (const procedure_ptr& one : known->procedures)
            if (one->code == named) return one.get();
        return nullptr;
    };
    if (!judge_scenarios(tests.items, *read.definition, find, dialect::vi).ok())
        return fate::noticed;
    auto all = std::make_shared<definitions>(*known);
    std::erase_if(all->procedures, [&](const auto& one) { return one->code == code; });
    all->procedures.push_back(read.definition);
    quytrinh::testing::scenario_options options;
    options.known = all;
    for (const scenario& one : tests.items)
        if (!quytrinh::testing::run(one, read.definition, options).passed()) return fate::noticed;
    return fate::survived;
}

}  // namespace

TEST_CASE("no bundled procedure can be changed without its scenarios noticing") {
    const auto known = std::make_shared<const definitions>(bundled());
    const std::size_t stride = quytrinh_tests::stride_of(16);
    for (const procedure_ptr& of : known->procedures) {
        const std::string& code = of->code;
        INFO(code);
        // A text in English is changed in Vietnamese words; it says the same.
        const auto text = translate(of->sources.front().text(), dialect::vi);
        REQUIRE(text.has_value());
        const parsed tests =
            parse(code + ".test.quytrinh", read_all(texts / (code + ".test.quytrinh")));
        REQUIRE(tests.scenarios);
        REQUIRE(fate_of(*text, code, *tests.scenarios, known) == fate::survived);

        const auto mutants = quytrinh_tests::mutant_maker(*text).all();
        const auto known_reasons = excused(code);
        std::set<std::string> needed;
        std::size_t tried = 0, noticed = 0;
        for (std::size_t i = 0; i < mutants.size(); i += stride) {
            const fate went = fate_of(mutants[i].text, code, *tests.scenarios, known);
            if (went == fate::stillborn) continue;
            ++tried;
            if (went == fate::noticed) ++noticed;
            if (went == fate::survived && !needed.insert(mutants[i].name).second) continue;
            if (went == fate::survived)
                CHECK_MESSAGE(known_reasons.contains(mutants[i].name),
                              "no scenario notices " << mutants[i].name);
            else
                CHECK_MESSAGE(!known_reasons.contains(mutants[i].name),
                              "a scenario notices, no reason is needed: " << mutants[i].name);
        }
        for (const auto& one : known_reasons) {
            const std::string& reason = one.second;
            CHECK_MESSAGE(!reason.empty(), one.first << " has no reason");
            // Only when every mutant has been tried is one that is not there known to be gone.
            if (stride == 1)
                CHECK_MESSAGE(needed.contains(one.first), "no such mutant: " << one.first);
        }
        CHECK(tried > 0);
        MESSAGE(code << ": " << tried << " of " << mutants.size() << " mutants tried, " << noticed
                     << " noticed");
    }
}
