// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/doctest.hpp: the scenarios of a folder as subcases of a doctest case:
//   TEST_CASE("our procedures") { quytrinh::testing::check_scenarios("procedures"); }
// For test programs only: unlike the library it reads files.
#pragma once

#include <quytrinh/check/check.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/scenario.hpp>
#include <quytrinh/time/calendar.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::testing {

/// How one scenario of a file went; `failure` is what people read, empty when it passed.
struct scenario_outcome {
    std::string file, title, failure;
};

namespace detail::doctest_glue {

inline constexpr std::size_t most_files = 10'000;

struct one_file {
    std::string name;
    parsed read;
};

inline result<std::string> bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(errc::file_unreadable, {path.string(), ""});
    return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Every `.quytrinh` file below the folder by name, or the one file that is named.
inline std::vector<one_file> files_of(const std::filesystem::path& where) {
    namespace fs = std::filesystem;
    std::vector<fs::path> found;
    if (fs::is_regular_file(where)) found.push_back(where);
    if (fs::is_directory(where))
        for (const auto& entry : fs::recursive_directory_iterator(where))
            if (entry.is_regular_file() && entry.path().extension() == ".quytrinh" &&
                found.size() < most_files)
                found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    std::vector<one_file> all;
    for (const fs::path& path : found) {
        const fs::path folder = path.parent_path();
        const import_resolver imports = [folder](std::string_view name) -> result<std::string> {
            if (auto beside = bytes_of(folder / std::string(name))) return beside;
            return bundled_imports()(name);
        };
        auto text = bytes_of(path);
        all.push_back({path.string(), parse(path.filename().string(),
                                            text ? *std::move(text) : std::string(), imports)});
    }
    return all;
}

}  // namespace detail::doctest_glue

/// Runs every scenario of a folder (or of one file) and gives them in the order of the files. A
/// file that is wrong is one failure with its diagnostics; a procedure with errors of the checker
/// fails each of its scenarios. A scenario of a file of its own finds its procedure by code among
/// the files, then among the bundled ones.
[[nodiscard]] inline std::vector<scenario_outcome> run_scenarios(const std::filesystem::path& where,
                                                                 language words = language::vi,
                                                                 scenario_options options = {}) {
    namespace own = detail::doctest_glue;
    const std::vector<own::one_file> files = own::files_of(where);
    auto known = std::make_shared<definitions>(options.known ? *options.known : bundled());
    for (const own::one_file& file : files) {
        if (file.read.library)
            for (const calendar& days : file.read.library->calendars) {
                std::erase_if(known->calendars,
                              [&](const calendar& old) { return old.code == days.code; });
                known->calendars.push_back(days);
            }
        const procedure_ptr& of = file.read.definition;
        if (!of) continue;
        std::erase_if(known->procedures, [&](const auto& one) { return one->code == of->code; });
        known->procedures.push_back(of);
    }
    options.known = known;
    const auto find = [&](std::string_view code) -> procedure_ptr {
        for (const procedure_ptr& one : known->procedures)
            if (one->code == code) return one;
        return nullptr;
    };
    // A text that no office would take tests nothing.
    std::map<procedure_ptr, std::string> wrong;
    const auto errors_of = [&](const procedure_ptr& of) -> const std::string& {
        const auto [at, is_new] = wrong.try_emplace(of);
        if (!is_new) return at->second;
        check_context with;
        with.find_procedure = [&](std::string_view code) { return find(code).get(); };
        diagnostic_list errors;
        for (const diagnostic& found : check(*of, with).items)
            if (found.level == severity::error) errors.add(found, with.bounds.diagnostics);
        if (!errors.ok()) at->second = render(errors, of->sources, words);
        return at->second;
    };
    std::vector<scenario_outcome> all;
    for (const own::one_file& file : files) {
        if (!file.read.ok())
            all.push_back(
                {file.name, file.name, render(file.read.diagnostics, file.read.sources, words)});
        if (!file.read.sound() || !file.read.scenarios) continue;
        for (const scenario& what : file.read.scenarios->items) {
            scenario_outcome& out = all.emplace_back();
            out.file = file.name;
            out.title = what.title;
            const procedure_ptr of =
                what.procedure.empty() ? file.read.definition : find(what.procedure);
            if (what.errors > 0) {
                // Its file has been listed with all of them.
                out.failure =
                    error{errc::text_is_wrong, {std::to_string(what.errors)}, {}, {}}.text(words);
                continue;
            }
            if (!of) {
                out.failure = error{errc::procedure_unknown, {what.procedure}, {}, {}}.text(words);
                continue;
            }
            out.failure = errors_of(of);
            if (out.failure.empty() && !what.procedure.empty()) {
                const auto named = judge_scenarios(
                    {&what, 1}, *of, [&](std::string_view code) { return find(code).get(); },
                    of->words);
                if (!named.ok()) out.failure = render(named, file.read.sources, words);
            }
            if (!out.failure.empty()) continue;
            for (const scenario_run& run : testing::run(what, of, options).runs)
                if (!run.passed()) out.failure += to_text(what, run, file.read.sources, words);
        }
    }
    return all;
}

/// Each scenario of the folder as a subcase of the doctest case that calls this; a failure shows
/// what the runner says. A folder without scenarios fails too: it would pass whatever it should
/// test. Each folder is read and run once a program.
inline void check_scenarios(const std::filesystem::path& where, language words = language::vi) {
    static std::map<std::pair<std::string, language>, std::vector<scenario_outcome>> ran;
    const auto [at, is_new] = ran.try_emplace({where.string(), words});
    if (is_new) at->second = run_scenarios(where, words);
    if (at->second.empty()) FAIL_CHECK("no scenario in " << where.string());
    for (const scenario_outcome& one : at->second) {
        // With its file: to doctest two subcases of one name here are the same one.
        const std::string name = one.title == one.file ? one.file : one.file + ": " + one.title;
        DOCTEST_SUBCASE(name.c_str()) {
            if (!one.failure.empty()) FAIL_CHECK(one.file << "\n" << one.failure);
            CHECK(one.failure.empty());
        }
    }
}

}  // namespace quytrinh::testing
