// SPDX-License-Identifier: BSL-1.0
// tests/testing/mutants.cpp: every bundled procedure with one thing changed at a time. Its
// scenarios must notice, or golden/mutants says why nobody could. A part of the mutants in an
// ordinary run; QUYTRINH_COUNT=16 tries all of them, and then also finds reasons that are no longer
// needed.
#include <quytrinh/testing/scenario.hpp>

#include "support/mutants.hpp"
#include "support/seeded.hpp"

#include <quytrinh/check/check.hpp>
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

/// Mutants that nobody can notice, by name, each with its reason; a name that ends in `*` stands
/// for all that begin like it.
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
    // What no office would take needs no scenario to be found out.
    check_context with;
    with.find_procedure = find;
    return check(*read.definition, with).ok() ? fate::survived : fate::stillborn;
}

/// The name in the list that means this mutant; empty: none does.
std::string reason_for(const std::map<std::string, std::string>& known, const std::string& name) {
    for (const auto& one : known) {
        const std::string& said = one.first;
        const bool all = said.ends_with('*');
        if (all ? name.starts_with(said.substr(0, said.size() - 1)) : name == said) return said;
    }
    return {};
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
        const auto first = static_cast<std::size_t>(quytrinh_tests::seed_or(0)) % stride;
        for (std::size_t i = first; i < mutants.size(); i += stride) {
            const fate went = fate_of(mutants[i].text, code, *tests.scenarios, known);
            if (went == fate::stillborn) continue;
            ++tried;
            const std::string reason = reason_for(known_reasons, mutants[i].name);
            if (went == fate::noticed) {
                ++noticed;
                // Of several that one reason stands for, some may be noticed.
                CHECK_MESSAGE((reason.empty() || reason.ends_with('*')),
                              "a scenario notices, no reason is needed: " << mutants[i].name);
                continue;
            }
            needed.insert(reason);
            CHECK_MESSAGE(!reason.empty(), "no scenario notices " << mutants[i].name);
        }
        for (const auto& one : known_reasons) {
            const std::string& name = one.first;
            CHECK_MESSAGE(!one.second.empty(), name << " has no reason");
            // Only when every mutant has been tried is one that is not there known to be gone.
            if (stride == 1) CHECK_MESSAGE(needed.contains(name), "no such mutant: " << name);
        }
        CHECK(tried > 0);
        MESSAGE(code << ": " << tried << " of " << mutants.size() << " mutants tried, " << noticed
                     << " noticed");
    }
}
