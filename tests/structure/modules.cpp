// SPDX-License-Identifier: BSL-1.0
// tests/structure/modules.cpp: who may include whom. The table of src/README.md, "Modules and who
// may include whom", held against every #include of the project.
#include "source_tree.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

using namespace structure;

namespace {

struct module_rule {
    int level;
    std::vector<std::string>
        third_party;  ///< beginnings of header names that its bodies may include
};

const std::map<std::string, module_rule>& modules() {
    static const std::map<std::string, module_rule> table{
        // emmintrin.h is the compiler's own: sixteen bytes at a time, where the processor can.
        {"base", {0, {"utf8proc.h", "openssl/", "emmintrin.h"}}},
        {"time", {1, {}}},
        {"model", {2, {}}},
        {"language", {3, {"boost/spirit/home/x3", "boost/fusion/"}}},
        {"check", {3, {"boost/graph/", "boost/property_map/"}}},
        {"engine", {3, {}}},
        {"render", {4, {"pugixml.hpp"}}},
        {"codec", {4, {"boost/json", "boost/system/"}}},
        {"procedures", {4, {}}},
        {"store", {5, {"boost/intrusive/"}}},
        {"runtime", {6, {}}},
        {"testing", {7, {}}},
    };
    return table;
}

/// What one module may know beyond "every lower level": render draws from a text's own words, and
/// store carries codec's rows, but codec does not know the language, nor procedures the engine.
bool may_include(const std::string& from, const std::string& to) {
    if (from == to) return true;
    if (modules().at(to).level >= modules().at(from).level) return false;
    if (from == "procedures") return to != "engine" && to != "check";
    if (from == "store")
        return to != "language" && to != "check" && to != "render" && to != "procedures";
    if (modules().at(from).level == 4) return to != "check";
    return true;
}

/// Umbrella headers (quytrinh/base.hpp) belong to the module whose name they bear.
std::string module_of(const std::string& header) {
    const auto names = parts(header);
    if (names.size() < 2 || names[0] != "quytrinh") return {};
    std::string name = names[1];
    if (names.size() == 2 && name.ends_with(".hpp")) name.resize(name.size() - 4);
    return modules().contains(name) ? name : std::string{};
}

/// Names without a dot and a folder are the standard library's; C headers and POSIX have ".h".
bool is_standard(const std::string& header) {
    return header.find('.') == std::string::npos && header.find('/') == std::string::npos;
}

bool begins_with_one_of(const std::string& name, const std::vector<std::string>& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const std::string& beginning) { return name.starts_with(beginning); });
}

bool is_body(const std::string& path) { return path.find("/impl/") != std::string::npos; }

std::string at(const source_file& file, const include_line& include) {
    return file.path + ":" + std::to_string(include.line) + ": #include <" + include.name + ">";
}

}  // namespace

TEST_CASE("a module includes itself and lower levels; siblings never each other") {
    std::size_t seen = 0;
    for (const auto& file : tree()) {
        if (!file.under("include/quytrinh/")) continue;
        const std::string from = module_of(file.path.substr(8));
        if (from.empty()) continue;
        for (const auto& include : includes(file)) {
            ++seen;
            INFO(at(file, include));
            CHECK_MESSAGE(!include.quoted, "headers are included by their whole name, in <>");
            const std::string to = module_of(include.name);
            // check looks at a procedure through the same glue that users have.
            const bool own_glue = from == "check" && is_body(file.path) &&
                                  include.name == "quytrinh/ext/boost_graph.hpp";
            if (!to.empty())
                CHECK(may_include(from, to));
            else if (!own_glue)
                CHECK_MESSAGE(!include.name.starts_with("quytrinh/"),
                              "no module: umbrella, src.hpp or ext/");
        }
    }
    CHECK(seen > 50);
}

TEST_CASE("public headers include the standard library and other public headers only") {
    for (const auto& file : tree()) {
        if (!file.under("include/quytrinh/") || is_body(file.path) ||
            file.under("include/quytrinh/ext/") || file.path == "include/quytrinh/src.hpp" ||
            file.path == "include/quytrinh/testing/src.hpp")
            continue;
        for (const auto& include : includes(file)) {
            // The one glue to a test framework says so in its name.
            if (file.path == "include/quytrinh/testing/doctest.hpp" &&
                include.name == "doctest/doctest.h")
                continue;
            // C has its own names for what <cstddef> and <cstdint> declare.
            if (file.path == "include/quytrinh/quytrinh.h" &&
                (include.name == "stddef.h" || include.name == "stdint.h"))
                continue;
            INFO(at(file, include));
            CHECK((is_standard(include.name) || include.name.starts_with("quytrinh/")));
            CHECK_FALSE(is_body(include.name));
        }
    }
}

TEST_CASE("a body includes only the third party that its module is for") {
    for (const auto& file : tree()) {
        if (!file.under("include/quytrinh/") || !is_body(file.path)) continue;
        const std::string from = module_of(file.path.substr(8));
        for (const auto& include : includes(file)) {
            if (is_standard(include.name) || include.name.starts_with("quytrinh/")) continue;
            INFO(at(file, include));
            if (file.under("include/quytrinh/ext/"))
                CHECK(include.name.starts_with("boost/"));
            else
                CHECK((modules().contains(from) &&
                       begins_with_one_of(include.name, modules().at(from).third_party)));
        }
    }
}

TEST_CASE("an opt-in header knows the model and what it is for") {
    for (const auto& file : tree()) {
        if (!file.under("include/quytrinh/ext/")) continue;
        for (const auto& include : includes(file)) {
            INFO(at(file, include));
            const std::string to = module_of(include.name);
            CHECK((is_standard(include.name) || include.name.starts_with("boost/") ||
                   include.name.starts_with("quytrinh/ext/") || to == "base" || to == "time" ||
                   to == "model"));
        }
    }
}

TEST_CASE("a source of core compiles one body and says nothing else") {
    for (const auto& file : tree()) {
        if (!file.under("src/") || !file.named(".cpp") || file.under("src/store/sqlite/") ||
            file.under("src/store/postgres/") || file.under("src/cli/"))
            continue;
        const auto names = parts(file.path);
        REQUIRE(names.size() == 3);
        const auto found = includes(file);
        INFO(file.path);
        REQUIRE(found.size() == 1);
        CHECK(found[0].name == "quytrinh/" + names[1] + "/impl/" + file.stem() + ".ipp");
        CHECK(file.lines.size() <= 4);
    }
}

TEST_CASE("every body is compiled by its library and reachable from a src.hpp") {
    const source_file* all = find("include/quytrinh/src.hpp");
    // testing is no part of core: who only runs procedures compiles none of it.
    const source_file* of_testing = find("include/quytrinh/testing/src.hpp");
    const source_file* list = find("src/sources.cmake");
    REQUIRE(all != nullptr);
    REQUIRE(of_testing != nullptr);
    REQUIRE(list != nullptr);
    std::set<std::string> in_one_unit;
    for (const auto& include : includes(*all)) {
        INFO(include.name);
        CHECK_FALSE(include.name.starts_with("quytrinh/testing/"));
        in_one_unit.insert(include.name);
    }
    for (const auto& include : includes(*of_testing)) {
        INFO(include.name);
        CHECK(include.name.starts_with("quytrinh/testing/impl/"));
        in_one_unit.insert(include.name);
    }
    const auto listed = [&](const std::string& source) {
        return std::any_of(list->lines.begin(), list->lines.end(),
                           [&](const std::string& line) { return line == "    " + source; });
    };
    for (const auto& file : tree()) {
        if (!file.named(".ipp")) continue;
        const std::string header = file.path.substr(8);
        const auto names = parts(header);
        INFO(file.path);
        CHECK_MESSAGE(in_one_unit.contains(header), "src.hpp does not include it");
        const std::string source = names[1] + "/" + file.stem() + ".cpp";
        CHECK_MESSAGE(find("src/" + source) != nullptr, "no src/", source);
        CHECK_MESSAGE(listed(source), "not in src/sources.cmake: ", source);
    }
}

TEST_CASE("adapters know the store and their database, the program knows public headers only") {
    for (const auto& file : tree()) {
        const bool adapter = file.under("src/store/");
        if (!(adapter && file.path.find("/sqlite/") != std::string::npos) &&
            !file.under("src/cli/"))
            continue;
        for (const auto& include : includes(file)) {
            INFO(at(file, include));
            // What every store shares (cursors, rules of a batch, entropy) is private to stores.
            const bool shared_by_stores =
                adapter && include.name.starts_with("quytrinh/store/impl/");
            CHECK_FALSE((is_body(include.name) && !shared_by_stores));
            CHECK_FALSE(include.name.starts_with("boost/"));
            if (adapter) {
                const std::string to = module_of(include.name);
                CHECK((to.empty() || to == "store" || may_include("store", to)));
                CHECK_FALSE(include.name.starts_with("fmt/"));
            } else {
                CHECK_FALSE(include.name.starts_with("sqlite3"));
                CHECK_FALSE(include.name.ends_with("/src.hpp"));
            }
        }
    }
}

TEST_CASE("the C library is made on the public C++ interface, tests of it know its header") {
    std::size_t seen = 0;
    for (const auto& file : tree()) {
        if (!is_cpp(file) || !file.under("bindings/c/")) continue;
        for (const auto& include : includes(file)) {
            ++seen;
            INFO(at(file, include));
            CHECK_FALSE(is_body(include.name));
            CHECK_FALSE(include.name.ends_with("/src.hpp"));
            // How a fork is noticed.
            const bool system = include.name == "process.h" || include.name == "unistd.h" ||
                                include.name == "sys/mman.h";
            CHECK((include.quoted || is_standard(include.name) || system ||
                   include.name.starts_with("quytrinh/")));
        }
    }
    CHECK(seen > 40);
}

TEST_CASE("a unit test first includes the header that it mirrors, alone") {
    const source_file* list = find("tests/sources.cmake");
    REQUIRE(list != nullptr);
    for (const auto& file : tree()) {
        const auto names = parts(file.path);
        if (!file.under("tests/") || !file.named(".cpp") || names.size() < 3 ||
            !modules().contains(names[1]))
            continue;
        INFO(file.path);
        const std::string test = file.path.substr(6);
        CHECK_MESSAGE(std::any_of(list->lines.begin(), list->lines.end(),
                                  [&](const std::string& line) { return line == "    " + test; }),
                      "not in tests/sources.cmake");
        const auto found = includes(file);
        REQUIRE_FALSE(found.empty());
        const std::string mirrored = "quytrinh/" + names[1] + "/" + file.stem() + ".hpp";
        if (find("include/" + mirrored) != nullptr)
            CHECK(found[0].name == mirrored);
        else
            CHECK(found[0].name.starts_with("quytrinh/"));
    }
}
