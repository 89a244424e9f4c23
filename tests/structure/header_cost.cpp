// SPDX-License-Identifier: BSL-1.0
// tests/structure/header_cost.cpp: what including the library costs the compiler of its user in
// memory. Time is a figure of the benchmark; memory does not depend on who else is at work.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

/// Peak memory in MiB of compiling one file at -O0; 0 when it does not compile.
double mebibytes(const std::string& text) {
    const fs::path file =
        fs::temp_directory_path() / ("quytrinh-header-cost-" + std::to_string(::getpid()) + ".cpp");
    std::ofstream{file} << text;
    const pid_t child = ::fork();
    if (child == 0) {
        ::execlp(QUYTRINH_COMPILER, QUYTRINH_COMPILER, "-std=c++20", "-O0",
                 "-I" QUYTRINH_SOURCE_DIR "/include", "-c", file.c_str(), "-o", "/dev/null",
                 static_cast<char*>(nullptr));
        ::_exit(127);
    }
    int status = -1;
    rusage used{};
    const bool ended = ::wait4(child, &status, 0, &used) == child;
    fs::remove(file);
    // The driver's own child, the compiler, is the larger of the two: Linux gives the maximum.
    return ended && status == 0 ? static_cast<double>(used.ru_maxrss) / 1024 : 0;
}

}  // namespace

TEST_CASE("a host's file, and a file that looks into cases, stay within 150 MiB") {
    const double empty = mebibytes("int main() {}\n");
    REQUIRE(empty > 0);
    // What is measured is the compiler, not its driver.
    CHECK(mebibytes("#include <chrono>\nint main() {}\n") > empty + 20);
    for (const char* header :
         {"quytrinh.hpp", "store/sqlite.hpp", "store/store.hpp", "runtime/runtime.hpp",
          "engine/event.hpp", "engine/state.hpp", "model/procedure.hpp", "language/parse.hpp"}) {
        CAPTURE(std::string{header});
        const std::string text = std::string{"#include <quytrinh/"} + header + ">\nint main() {}\n";
        double cost = mebibytes(text);
        // Where pages fall adds a few tenths now and then, and never takes any away.
        for (int again = 0; again < 3 && cost > 150; ++again)
            cost = std::min(cost, mebibytes(text));
        REQUIRE(cost > 0);
        CHECK(cost <= 150);
    }
}
