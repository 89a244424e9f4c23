// SPDX-License-Identifier: BSL-1.0
// tests/bench/build.cpp: what the library costs whoever compiles and ships it: the units of the
// grammar, a host's file, the stripped archive. Processor time, so that a busy machine changes
// little.
#include "harness.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {
namespace {

namespace fs = std::filesystem;

const fs::path sources = QUYTRINH_SOURCE_DIR;

struct spent {
    double seconds = 0;
    double mebibytes = 0;
};

/// Runs a program of the tool chain to its end.
spent run(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        ::execvp(argv[0], argv.data());
        ::_exit(127);
    }
    int status = -1;
    rusage used{};
    if (::wait4(child, &status, 0, &used) != child || status != 0)
        throw std::runtime_error(words.front() + " failed");
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return {seconds(used.ru_utime) + seconds(used.ru_stime),
            static_cast<double>(used.ru_maxrss) / 1024};
}

spent compile(const fs::path& file, const std::vector<std::string>& flags) {
    std::vector<std::string> words{
        QUYTRINH_COMPILER,  "-std=c++20", "-c", file.string(), "-o", "/dev/null", "-I",
        sources / "include"};
    words.insert(words.end(), flags.begin(), flags.end());
    return run(std::move(words));
}

/// The units that see the grammar.
std::vector<fs::path> grammar_units() {
    std::vector<fs::path> units;
    for (const auto& entry : fs::directory_iterator(sources / "src/language")) {
        const auto stem = entry.path().stem().string();
        if (stem.starts_with("clauses") || stem.starts_with("lexer")) units.push_back(entry.path());
    }
    if (units.empty()) throw std::runtime_error("no unit of the grammar found");
    return units;
}

/// The standard headers that a public header of ours reaches.
void standard_headers(const fs::path& header, std::set<fs::path>& seen,
                      std::set<std::string>& found) {
    if (!seen.insert(header).second) return;
    std::ifstream in{header};
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("#include <")) continue;
        const auto name = line.substr(10, line.find('>') - 10);
        if (name.starts_with("quytrinh/"))
            standard_headers(sources / "include" / name, seen, found);
        else
            found.insert(name);
    }
}

}  // namespace

std::vector<row> build_rows(bool quick, const std::string& folder) {
    std::vector<row> rows;
    std::string slowest;
    double seconds = 0;
    for (const auto& unit : grammar_units()) {
        const double s = compile(unit, {"-O2", "-DNDEBUG", "-DBOOST_DISABLE_ASSERTS"}).seconds;
        if (s <= seconds) continue;
        seconds = s;
        slowest = unit.filename().string();
    }
    rows.push_back(single(
        "slowest unit of the grammar to compile (" + slowest + ", -O2)", "s", 1,
        [&] { return seconds; }, gate::at_most, 15, "≤ 15 s each", 1));

    const fs::path with = fs::path(folder) / "with.cpp", without = fs::path(folder) / "without.cpp";
    std::set<fs::path> seen;
    std::set<std::string> found;
    standard_headers(sources / "include/quytrinh/quytrinh.hpp", seen, found);
    std::ofstream{with} << "#include <quytrinh/quytrinh.hpp>\nint main() {}\n";
    {
        std::ofstream out{without};
        for (const auto& name : found) out << "#include <" << name << ">\n";
        out << "int main() {}\n";
    }
    const auto above = [&](double spent::*what) {
        return compile(with, {"-O0"}).*what - compile(without, {"-O0"}).*what;
    };
    const int runs = quick ? 3 : 7;
    rows.push_back(single(
        "a file with quytrinh.hpp, -O0, above its standard headers: time", "s", 1,
        [&] { return above(&spent::seconds); }, gate::at_most, 0.3, "+ 0.1 s", runs));
    rows.push_back(single(
        "a file with quytrinh.hpp, -O0, above its standard headers: memory", "MiB", 1,
        [&] { return above(&spent::mebibytes); }, gate::at_most, 30, "+ 30 MB", runs));

    // What reaches a program: all of core in one, duplicates merged, symbols gone.
    const fs::path nothing = fs::path(folder) / "nothing.cpp", whole = fs::path(folder) / "whole";
    std::ofstream{nothing} << "int main() {}\n";
    run({QUYTRINH_COMPILER, nothing.string(), "-s", "-o", whole.string(), "-Wl,--whole-archive",
         QUYTRINH_CORE_FILE, "-Wl,--no-whole-archive", "-lboost_json", "-lutf8proc", "-lcrypto"});
    rows.push_back(single(
        "stripped program that has all of core in it", "MB", 1e-6,
        [&] { return static_cast<double>(fs::file_size(whole)); }, gate::at_most, 3, "2 MB", 1));
    for (const auto& file : {with, without, nothing, whole}) fs::remove(file);
    return rows;
}

}  // namespace bench
