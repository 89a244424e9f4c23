// SPDX-License-Identifier: BSL-1.0
// The first eight lines of host code, to a first completed task.
//
//   your program ── open, complete, tasks ──► runtime ── one atomic write each ──► cases.db
//        ▲                                       │
//        └────────── notifications ◄─────────────┘
//
// A real register is `open_sqlite("cases.db")`, on the real clock; here the clock is set by hand,
// so that the example prints the same every day. Usage: 02_first_case FILE
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/store/sqlite.hpp>

#include <iostream>

int main(int, char** argv) {
    const quytrinh::sqlite_options trial{
        .manual_clock = quytrinh::read_instant("2023-12-11T08:00+07:00", {}), .seed = 2};

    // Eight lines, as the README shows them.
    // clang-format off
    auto office = quytrinh::runtime{quytrinh::bundled(), quytrinh::open_sqlite(argv[1], trial).value(), quytrinh::trust_host};
    office.on_notification([](const quytrinh::notification& n) { std::cout << n.text("vi") << '\n'; });
    auto id = office.open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"}}).value();
    office.complete(id, "1", {.by = {"ĐVYC", "nv01"}, .confirmed = quytrinh::all_preconditions}).value();
    for (const auto& task : office.tasks({.unit = "ĐVTH"}).value())  // step 2, due at the end of the third day
        std::cout << task.title() << " " << task.due() << '\n';
    // clang-format on
}
