// SPDX-License-Identifier: BSL-1.0
// The program as its users see it. A file tests/cli/<name>.txt is a session: after each line `$
// command` stands what it prints (both streams), then `[exit n]` unless it is 0. `<*>` stands for
// any characters of a line. Each file has a folder of its own; its commands see the files that
// earlier ones left. QUYTRINH_RESET_GOLDEN=1 writes what was printed into the files, to be reviewed
// as a difference.
#include "shell.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

using namespace shell_of;

namespace {

struct exchange {
    std::string command;
    std::string expected;
};

struct session {
    std::string head;  ///< comment lines before the first command
    std::vector<exchange> exchanges;
};

session read(const fs::path& file) {
    std::ifstream in(file);
    REQUIRE(in.good());
    session out;
    std::string line;
    while (std::getline(in, line)) {
        if (line.rfind("$ ", 0) == 0)
            out.exchanges.push_back({line.substr(2), {}});
        else if (out.exchanges.empty())
            out.head += line + "\n";
        else
            out.exchanges.back().expected += line + "\n";
    }
    return out;
}

std::string as_printed(const outcome& got) {
    std::string text = got.output;
    if (!text.empty() && text.back() != '\n') text += "\n";
    if (got.code != 0) text += "[exit " + std::to_string(got.code) + "]\n";
    return text;
}

/// `<*>` matches any characters of one line.
bool fits(const std::string& expected, const std::string& got) {
    std::istringstream left(expected);
    std::istringstream right(got);
    std::string want;
    std::string have;
    while (true) {
        const bool more_left = static_cast<bool>(std::getline(left, want));
        const bool more_right = static_cast<bool>(std::getline(right, have));
        if (!more_left || !more_right) return more_left == more_right;
        std::size_t at = 0;
        std::size_t from = 0;
        bool free = false;
        while (true) {
            const std::size_t star = want.find("<*>", from);
            const std::string piece =
                want.substr(from, star == std::string::npos ? star : star - from);
            const bool last = star == std::string::npos;
            std::size_t found = std::string::npos;
            if (!free)
                found = have.compare(at, piece.size(), piece) == 0 ? at : std::string::npos;
            else if (last)
                found = have.size() >= at + piece.size() &&
                                have.compare(have.size() - piece.size(), piece.size(), piece) == 0
                            ? have.size() - piece.size()
                            : std::string::npos;
            else
                found = have.find(piece, at);
            if (found == std::string::npos) return false;
            at = found + piece.size();
            if (last) break;
            free = true;
            from = star + 3;
        }
        if (at != have.size()) return false;
    }
}

void play(const fs::path& file) {
    const session told = read(file);
    REQUIRE_FALSE(told.exchanges.empty());
    const bool reset = std::getenv("QUYTRINH_RESET_GOLDEN") != nullptr;
    std::string rewritten = told.head;
    const folder where;
    for (const exchange& one : told.exchanges) {
        const std::string got = as_printed(run(where.path(), one.command));
        const bool good = fits(one.expected, got);
        rewritten += "$ " + one.command + "\n" + (good ? one.expected : got);
        if (reset) continue;
        CHECK_MESSAGE(good, file.filename().string() << ": $ " << one.command << "\n--- expected\n"
                                                     << one.expected << "--- printed\n"
                                                     << got);
    }
    if (reset) std::ofstream(file) << rewritten;
}

}  // namespace

TEST_CASE("the program says what its sessions say") {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(QUYTRINH_TESTS_DIR) / "cli"))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() >= 5);
    for (const fs::path& file : files) play(file);
}

TEST_CASE("the patterns of the sessions match what they should and nothing else") {
    CHECK(fits("a\n", "a\n"));
    CHECK_FALSE(fits("a\n", "b\n"));
    CHECK_FALSE(fits("a\n", "a\nb\n"));
    CHECK_FALSE(fits("a\nb\n", "a\n"));
    CHECK(fits("a<*>c\n", "abbc\n"));
    CHECK(fits("a<*>c\n", "ac\n"));
    CHECK_FALSE(fits("a<*>c\n", "abd\n"));
    CHECK_FALSE(fits("a<*>b<*>c\n", "axc\n"));
    CHECK(fits("<*>\n", "\n"));
    CHECK(fits("<*>b\n", "abb\n"));
}
