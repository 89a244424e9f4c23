// SPDX-License-Identifier: BSL-1.0
// tests/cli/diff.cpp: what `--diff` shows is what `patch` needs: put in, it gives the other text.
#include "../src/cli/diff.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

/// Puts a difference into a text, as `patch` does: what is kept or removed must stand there.
std::string patched(const std::string& before, const std::string& diff) {
    const std::vector<std::string> old = lines_of(before);
    const std::vector<std::string> all = lines_of(diff);
    std::string out;
    std::size_t at = 0;
    const auto keep = [&](std::size_t to) {
        for (; at < to && at < old.size(); ++at) out += old[at] + "\n";
    };
    for (std::size_t i = 2; i < all.size(); ++i) {
        const std::string& line = all[i];
        if (line.rfind("@@ -", 0) == 0) {
            std::size_t first = std::stoul(line.substr(4));
            const bool none = line.find(",0 +") != std::string::npos;
            keep(none ? first : first - 1);
        } else if (line[0] == '\\') {
            out.pop_back();
        } else if (line[0] == '+') {
            out += line.substr(1) + "\n";
        } else {
            REQUIRE(at < old.size());
            CHECK(old[at] == line.substr(1));
            if (line[0] == ' ') out += old[at] + "\n";
            ++at;
        }
    }
    keep(old.size());
    return out;
}

}  // namespace

TEST_CASE("equal texts have no difference") {
    CHECK(cli::unified_diff("a", "", "b", "").empty());
    CHECK(cli::unified_diff("a", "x\n", "b", "x\n").empty());
}

TEST_CASE("a difference has three lines around it, and near ones share a head") {
    const std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
    std::string after = before;
    after.replace(after.find("5\n"), 2, "năm\n");
    CHECK(cli::unified_diff("cũ", before, "mới", after) ==
          "--- cũ\n+++ mới\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+năm\n 6\n 7\n 8\n");
    after.replace(after.find("14\n"), 3, "");
    CHECK(cli::unified_diff("cũ", before, "mới", after) ==
          "--- cũ\n+++ mới\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+năm\n 6\n 7\n 8\n"
          "@@ -11,5 +11,4 @@\n 11\n 12\n 13\n-14\n 15\n");
    after.replace(after.find("10\n"), 3, "mười\n");
    CHECK(lines_of(cli::unified_diff("cũ", before, "mới", after)).at(2) == "@@ -2,14 +2,13 @@");
}

TEST_CASE("a missing last line end is told") {
    CHECK(cli::unified_diff("a", "x", "b", "x\n") ==
          "--- a\n+++ b\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
    CHECK(cli::unified_diff("a", "", "b", "x\n") == "--- a\n+++ b\n@@ -0,0 +1 @@\n+x\n");
    CHECK(cli::unified_diff("a", "x\n", "b", "") == "--- a\n+++ b\n@@ -1 +0,0 @@\n-x\n");
}

TEST_CASE("line ends of Windows are part of the difference") {
    CHECK(cli::unified_diff("a", "x\r\ny\n", "b", "x\n\ry\n") ==
          "--- a\n+++ b\n@@ -1,2 +1,2 @@\n-x\r\n-y\n+x\n+\\u{0D}y\n");
}

TEST_CASE("nothing of a text reaches the terminal as it is") {
    const std::string shown = cli::unified_diff("a\n+++ b", "x\n", "b", "\x1B[2J\n");
    CHECK(shown.find('\x1B') == std::string::npos);
    CHECK(lines_of(shown).at(0) == "--- a\\u{0A}+++ b");
}

TEST_CASE("put into the one text, the difference gives the other") {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        std::uint64_t state = seed;
        const auto next = [&](unsigned below) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            return static_cast<unsigned>(state >> 33) % below;
        };
        const auto text = [&](unsigned most) {
            std::string out;
            for (unsigned i = next(most); i > 0; --i) out += std::to_string(next(5)) + "\n";
            return out;
        };
        const std::string before = text(40);
        // A new text, or the old one with lines put in and taken out.
        std::string after = seed % 3 == 0 ? text(40) : std::string();
        if (seed % 3 != 0)
            for (const std::string& line : lines_of(before)) {
                if (next(8) == 0) after += "mới\n";
                if (next(8) != 0) after += line + "\n";
            }
        INFO(seed);
        const std::string diff = cli::unified_diff("a", before, "b", after);
        CHECK(diff.empty() == (before == after));
        if (!diff.empty()) CHECK(patched(before, diff) == after);
    }
}

TEST_CASE("texts that have nothing in common are one block out and one in") {
    std::string before;
    std::string after;
    for (int i = 0; i < 3000; ++i) {
        before += "a" + std::to_string(i) + "\n";
        after += "b" + std::to_string(i) + "\n";
    }
    const std::string diff = cli::unified_diff("a", before, "b", after);
    CHECK(lines_of(diff).at(2) == "@@ -1,3000 +1,3000 @@");
    CHECK(patched(before, diff) == after);
}
