// SPDX-License-Identifier: BSL-1.0
// tests/language/golden.cpp: every diagnostic has a file that provokes it, the words it prints in
// both languages, carets included, and the mended file beside it. QUYTRINH_RESET_GOLDEN=1 writes
// what is printed now; review it as a diff.
#include <quytrinh/language/parse.hpp>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/fixes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

const fs::path root = fs::path(QUYTRINH_TESTS_DIR) / "golden" / "diagnostics";

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<fs::path> texts(const char* folder) {
    std::vector<fs::path> out;
    for (const auto& one : fs::directory_iterator(root / folder))
        if (one.path().extension() == ".quytrinh") out.push_back(one.path());
    std::sort(out.begin(), out.end());
    REQUIRE(out.size() > 40);
    return out;
}

std::uint16_t code_of(const fs::path& path) {
    return static_cast<std::uint16_t>(std::stoi(path.filename().string().substr(0, 4)));
}

parsed judge(const fs::path& path) {
    const import_resolver imports = [&](std::string_view name) -> result<std::string> {
        const fs::path file = path.parent_path() / std::string(name);
        if (!fs::is_regular_file(file)) return fail(errc::not_found, {std::string(name)});
        return read_all(file);
    };
    return parse(path.filename().string(), read_all(path), imports);
}

bool has(const parsed& from, std::uint16_t code) {
    return std::any_of(from.diagnostics.items.begin(), from.diagnostics.items.end(),
                       [code](const diagnostic& one) { return one.code == code; });
}

bool resetting() {
    const char* value = std::getenv("QUYTRINH_RESET_GOLDEN");
    return value != nullptr && *value != '\0' && *value != '0';
}

}  // namespace

TEST_CASE("what is wrong is said in both languages, with the marker in its place") {
    for (const fs::path& path : texts("bad")) {
        INFO(path.filename().string());
        const parsed read = judge(path);
        const std::uint16_t code = code_of(path);
        if (code != 1000) CHECK(has(read, code));
        for (const auto& [words, suffix] :
             {std::pair{language::vi, ".vi.txt"}, std::pair{language::en, ".en.txt"}}) {
            fs::path expected = path;
            expected.replace_extension(suffix);
            const std::string shown = render(read.diagnostics, read.sources, words);
            if (resetting()) {
                std::ofstream(expected, std::ios::binary) << shown;
                continue;
            }
            CHECK(read_all(expected) == shown);
        }
    }
}

TEST_CASE("one mistake gives one message, five give five") {
    for (const fs::path& path : texts("bad")) {
        const std::uint16_t code = code_of(path);
        INFO(path.filename().string());
        const parsed read = judge(path);
        // Two spellings in one line, two bad bytes in one word: the only files with two mistakes of
        // a kind.
        const std::set<std::string> two{"0002-ill-formed-utf8", "1003-keyword-without-marks"};
        const std::size_t mistakes = code == 1000                           ? 5
                                     : two.count(path.stem().string()) != 0 ? 2
                                                                            : 1;
        CHECK(read.diagnostics.total() == mistakes);
    }
}

TEST_CASE("the mended file is beside it, and has nothing left to mend") {
    std::set<std::string> bad;
    for (const fs::path& path : texts("bad")) bad.insert(path.filename().string());
    for (const fs::path& path : texts("good")) {
        INFO(path.filename().string());
        CHECK(bad.erase(path.filename().string()) == 1);
        const parsed read = judge(path);
        CHECK_FALSE(has(read, code_of(path)));
        CHECK_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::en));
    }
    for (const std::string& name : bad) FAIL_CHECK("no mended file for " << name);
}

TEST_CASE("safe fixes mend what they promise to mend, and break nothing") {
    for (const fs::path& path : texts("bad")) {
        INFO(path.filename().string());
        const parsed read = judge(path);
        const bool safe =
            std::any_of(read.diagnostics.items.begin(), read.diagnostics.items.end(),
                        [](const diagnostic& one) { return one.fix && one.fix->safe; });
        if (!safe) continue;
        const fixed_text mended = apply_safe_fixes(read.sources.front().text(), read.diagnostics);
        const parsed again = parse(path.filename().string(), mended.text);
        for (const diagnostic& one : read.diagnostics.items)
            if (one.fix && one.fix->safe) CHECK_FALSE(has(again, one.code));
        CHECK(again.diagnostics.total() < read.diagnostics.total());
        // Round after round comes to an end, and nothing that is certain is left.
        const auto judge_text = [&](std::string_view text) {
            return parse(path.filename().string(), std::string(text)).diagnostics;
        };
        const fixed_text all = apply_safe_fixes(read_all(path), judge_text);
        CHECK(all.rounds <= 3);
        CHECK(apply_safe_fixes(all.text, judge_text).applied.empty());
    }
}
