// SPDX-License-Identifier: BSL-1.0
// tests/structure/style.cpp: the rules of writing that a machine can hold: licence lines, lengths,
// names that must not leak, words that the library never says.
#include "source_tree.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>

using namespace structure;

namespace {

std::size_t code_points(std::string_view line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    }));
}

/// Tables of words and golden data are as long as they are.
bool is_table(const source_file& file) { return file.named(".inc"); }

bool is_written(const source_file& file) {
    return is_cpp(file) || file.named(".cmake") || file.named("CMakeLists.txt") ||
           file.named(".sh") || file.path == ".ci/run";
}

std::string_view trimmed(std::string_view line) {
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    return line;
}

}  // namespace

TEST_CASE("every file begins with its licence, C++ also says what room it is") {
    for (const auto& file : tree()) {
        if (!is_written(file)) continue;
        INFO(file.path);
        REQUIRE(file.lines.size() >= 2);
        const std::size_t first = file.lines[0].starts_with("#!") ? 1 : 0;
        CHECK(file.lines[first].find("SPDX-License-Identifier: BSL-1.0") != std::string::npos);
        const bool thin = file.under("src/") && file.lines.size() <= 4;
        if (is_cpp(file) && !thin) CHECK(file.lines[1].starts_with("// "));
    }
}

TEST_CASE("each module's folder says what it is and names its headers") {
    std::map<std::string, std::string> pages;
    std::map<std::string, std::set<std::string>> headers;
    for (const auto& file : tree()) {
        const std::string_view inside = "include/quytrinh/";
        if (!file.under("include/quytrinh/")) continue;
        const std::string path = file.path.substr(inside.size());
        const std::size_t slash = path.find('/');
        if (slash == std::string::npos) continue;
        const std::string module = path.substr(0, slash);
        const std::string name = path.substr(slash + 1);
        if (name == "README.md")
            for (const std::string& line : file.lines) pages[module] += line + '\n';
        else if (name.find('/') == std::string::npos && file.named(".hpp"))
            headers[module].insert(name);
    }
    CHECK(headers.size() > 9);
    for (const auto& entry : headers) {
        const std::string& module = entry.first;
        INFO(module);
        CHECK(pages.count(module) == 1);
        for (const std::string& name : entry.second) {
            INFO(name);
            CHECK(pages[module].find('`' + name + '`') != std::string::npos);
        }
    }
}

TEST_CASE("a line is at most 100 characters and has no tab and no trailing space") {
    for (const auto& file : tree()) {
        if (!is_written(file)) continue;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string& line = file.lines[i];
            if ((is_table(file) || code_points(line) <= 100) &&
                line.find('\t') == std::string::npos && !line.ends_with(' ') &&
                !line.ends_with('\r'))
                continue;
            INFO(file.path << ":" << i + 1);
            // The host code of the README, as it is shown there.
            const bool shown = file.path == "examples/02_first_case.cpp";
            CHECK((is_table(file) || shown || code_points(line) <= 100));
            CHECK(line.find('\t') == std::string::npos);
            CHECK_FALSE(line.ends_with(' '));
            CHECK_FALSE(line.ends_with('\r'));
        }
    }
}

TEST_CASE("a file is one room: headers up to 320 lines, bodies up to 480, tests up to 700") {
    for (const auto& file : tree()) {
        if (!is_cpp(file) || is_table(file)) continue;
        const bool test = file.under("tests/");
        const bool body = file.path.find("/impl/") != std::string::npos || file.named(".cpp");
        INFO(file.path);
        CHECK(file.lines.size() <= (test ? 700u : body ? 480u : 320u));
    }
}

TEST_CASE("a function of a body is at most 80 lines") {
    // Namespaces do not indent here, so a function is what begins in the first column and ends with
    // "}" in the first column.
    for (const auto& file : tree()) {
        if (!is_cpp(file) || !(file.under("include/") || file.under("src/"))) continue;
        std::size_t begin = 0;
        bool inside = false;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string& line = file.lines[i];
            if (!inside && line.ends_with('{') && !line.starts_with(' ') &&
                !line.starts_with("namespace") && !line.starts_with("class ") &&
                !line.starts_with("struct ") && !line.starts_with("enum ") &&
                !line.starts_with("typedef ") && !line.starts_with('#') &&
                line.find('=') == std::string::npos) {
                inside = true;
                begin = i;
            } else if (inside && line.starts_with('}')) {
                inside = false;
                INFO(file.path << ":" << begin + 1);
                CHECK(i - begin + 1 <= 80);
            }
        }
    }
}

TEST_CASE("headers and bodies are guarded, and take no name from their includer") {
    for (const auto& file : tree()) {
        if (!file.under("include/") || is_table(file) || file.named(".md")) continue;
        INFO(file.path);
        CHECK(std::find(file.lines.begin(), file.lines.end(), "#pragma once") != file.lines.end());
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            INFO(file.path << ":" << i + 1);
            CHECK_FALSE(file.lines[i].starts_with("using namespace"));
            CHECK_FALSE(file.lines[i].starts_with("static "));
        }
    }
}

TEST_CASE("macros begin with QUYTRINH_, and a body undefines those it makes") {
    const auto name_after = [](std::string_view line, std::string_view word) {
        std::string_view rest = trimmed(line.substr(word.size()));
        return std::string{rest.substr(0, rest.find_first_of(" (\t"))};
    };
    for (const auto& file : tree()) {
        if (!file.under("include/")) continue;
        std::map<std::string, std::size_t> open;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            std::string_view line = trimmed(file.lines[i]);
            if (!line.starts_with('#')) continue;
            line = trimmed(line.substr(1));
            if (line.starts_with("define ")) open[name_after(line, "define ")] = i + 1;
            if (line.starts_with("undef ")) open.erase(name_after(line, "undef "));
        }
        for (const auto& macro : open) {
            INFO(file.path << ":" << macro.second << ": " << macro.first);
            CHECK(macro.first.starts_with("QUYTRINH_"));
            CHECK_MESSAGE((file.path == "include/quytrinh/base/config.hpp" ||
                           file.path == "include/quytrinh/quytrinh.h"),
                          "macros that stay are in base/config.hpp and in the C header");
        }
    }
}

TEST_CASE("what GCC 12 and clang 14 do not both have is not used") {
    const std::set<std::string> missing{"format",    "expected",   "source_location", "print",
                                        "generator", "stacktrace", "flat_map",        "mdspan"};
    for (const auto& file : tree()) {
        if (!is_cpp(file)) continue;
        for (const auto& include : includes(file)) {
            INFO(file.path << ":" << include.line);
            CHECK_FALSE(missing.contains(include.name));
        }
    }
}

TEST_CASE("core includes nothing that prints or asks the system") {
    const std::set<std::string> never{"iostream", "cstdio",     "csignal", "clocale", "cassert",
                                      "fstream",  "filesystem", "ctime",   "future"};
    for (const auto& file : tree()) {
        if (!file.under("include/quytrinh/")) continue;
        // The glue of test programs reads the files that it tests.
        if (file.path == "include/quytrinh/testing/doctest.hpp") continue;
        for (const auto& include : includes(file)) {
            INFO(file.path << ":" << include.line);
            CHECK_FALSE(never.contains(include.name));
            CHECK_FALSE(include.name.ends_with("unistd.h"));
            CHECK_FALSE(include.name.starts_with("sys/"));
        }
    }
}
