// SPDX-License-Identifier: BSL-1.0
// tests/bench/main.cpp: `quytrinh_bench [--quick] [--only GROUP] [--folder DIR] [--json FILE]`.
// Prints the table; exits 1 when a gate is missed. `quytrinh_bench --walks cpp|c FILE COUNT` prints
// the line of bindings/README.md.
#include "harness.hpp"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

int main(int argc, char** argv) {
    bool quick = false;
    std::string only, json_file;
    std::string folder = (std::filesystem::temp_directory_path() / "quytrinh-bench").string();
#ifdef QUYTRINH_BENCH_C
    if (argc == 5 && std::strcmp(argv[1], "--walks") == 0) {
        const auto made = bench::walk_through(argv[2], argv[3], std::stoi(argv[4]));
        std::printf("%zu %.0f 0\n", made.commands, made.seconds * 1e9);
        return 0;
    }
#endif
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        if (arg == "--quick")
            quick = true;
        else if (arg == "--only" && i + 1 < argc)
            only = argv[++i];
        else if (arg == "--folder" && i + 1 < argc)
            folder = argv[++i];
        else if (arg == "--json" && i + 1 < argc)
            json_file = argv[++i];
        else {
            std::fprintf(stderr,
                         "usage: quytrinh_bench [--quick] [--only "
                         "kernel|parse|scenario|memory|bindings|"
                         "sqlite|build] "
                         "[--folder DIR] [--json FILE]\n");
            return 2;
        }
    }
    std::filesystem::create_directories(folder);
    std::vector<bench::row> rows;
    const auto add = [&](const char* name, auto make) {
        if (!only.empty() && only != name) return;
        std::fprintf(stderr, "measuring %s…\n", name);
        for (auto& r : make()) rows.push_back(std::move(r));
    };
    // First of all: a child's peak of memory is at least what its parent held when it was started.
    add("build", [&] { return bench::build_rows(quick, folder); });
    add("kernel", [&] { return bench::kernel_rows(quick); });
    add("parse", [&] { return bench::parse_rows(quick); });
    add("scenario", [&] { return bench::scenario_rows(quick); });
    add("memory", [&] { return bench::memory_rows(quick); });
#ifdef QUYTRINH_BENCH_C
    add("bindings", [&] { return bench::binding_rows(quick); });
#endif
    add("sqlite", [&] { return bench::sqlite_rows(quick, folder); });
    std::filesystem::remove_all(folder);

    std::fputs(bench::table(rows).c_str(), stdout);
    if (!json_file.empty()) std::ofstream(json_file) << bench::json(rows);
    for (const auto& r : rows)
        if (!r.met()) return 1;
    return 0;
}
