// SPDX-License-Identifier: BSL-1.0
// tests/base/catalogue.cpp: every row of the table of words is complete and fits its number.
#include <quytrinh/base/catalogue.hpp>

#include <quytrinh/base/diagnostic_codes.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace quytrinh;

namespace {
std::set<char> holes(std::string_view words) {
    std::set<char> found;
    for (std::size_t i = 0; i + 2 < words.size(); ++i)
        if (words[i] == '{' && words[i + 2] == '}') found.insert(words[i + 1]);
    return found;
}
}  // namespace

TEST_CASE("every row has a name, words and help in both languages with the same arguments") {
    std::set<std::string_view> names;
    std::uint16_t before = 0;
    for (const catalogue_row& row : diagnostic_catalogue()) {
        const std::string name{row.name};
        CAPTURE(name);
        CHECK(row.code > before);
        before = row.code;
        CHECK(names.insert(row.name).second);
        CHECK_FALSE(row.vi.empty());
        CHECK_FALSE(row.en.empty());
        CHECK(row.vi.back() != '.');
        CHECK(row.en.back() != '.');
        CHECK(holes(row.vi) == holes(row.en));
        CHECK(row.help_vi.empty() == row.help_en.empty());
        CHECK(holes(row.help_vi) == holes(row.help_en));
        CHECK(find_diagnostic(row.code) == &row);
    }
}

TEST_CASE("a number that is no row is not found") {
    CHECK(find_diagnostic(0) == nullptr);
    CHECK(find_diagnostic(65'535) == nullptr);
}

TEST_CASE("arguments fill their holes, the rest stands as it is") {
    CHECK(fill_in("a {0} b {1}", {"x", "y"}) == "a x b y");
    CHECK(fill_in("{1}{0}{1}", {"x", "y"}) == "yxy");
    CHECK(fill_in("{0} {1}", {"x"}) == "x {1}");
    CHECK(fill_in("{9}", {}) == "{9}");
    CHECK(fill_in("{ {} {a} {0", {"x"}) == "{ {} {a} {0");
    CHECK(fill_in("{{0}}", {"x"}) == "{x}");
    CHECK(fill_in("", {"x"}).empty());
}

TEST_CASE("an argument is never read again as words, and cannot forge a line") {
    CHECK(fill_in("{0}", {"{0}{1}"}) == "{0}{1}");
    CHECK(fill_in("{0} {1}", {"{1}", "y"}) == "{1} y");
    CHECK(fill_in("{0}", {"a\nb"}) == "a\\u{0A}b");
}

TEST_CASE("a message stays a sentence, whatever the argument") {
    const std::string filled = fill_in("{0}", {std::string(1'000'000, 'x')});
    CHECK(filled.size() < 500);
    CHECK(filled.ends_with("…"));
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "ậ";
    CHECK(fill_in("{0}", {many}).size() == 400 * 3 + 3);
}
