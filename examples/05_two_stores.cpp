// SPDX-License-Identifier: BSL-1.0
// One program, two stores: the same commands at the same times leave the same bytes in memory and
// in a SQLite file, down to the last hash of the chain.
//
//             ┌──► memory ──────► hash ─┐
//   commands ─┤                         ├─ equal?
//             └──► SQLite file ─► hash ─┘
//
// Usage: 05_two_stores FILE
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/sqlite.hpp>

#include <iostream>
#include <string>

using namespace quytrinh;

namespace {

const instant start = read_instant("11/12/2023 08:00", std::chrono::minutes{420}).value();

std::string last_hash(std::shared_ptr<store> keep) {
    runtime office{bundled(), std::move(keep), trust_host};
    const case_id of =
        office.open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"}, .id = command_id{"mo"}}).value();
    office
        .complete(of, "1",
                  {.by = {"ĐVYC", "nv01"}, .confirmed = all_preconditions, .id = command_id{"gui"}})
        .value();
    office.complete(of, "2", {.by = {"ĐVTH", "nv07"}, .outcome = "NOK", .reason = "thiếu tài liệu"})
        .value();
    // A handler that is added later still gets what happened before it: nothing is lost.
    std::size_t told = 0;
    office.on_notification([&](const notification&) { ++told; });
    office.run_due().value();
    std::cout << office.caps().kind << ": " << told << " thông báo\n";
    return to_hex(office.history(of).value().back().hash);
}

}  // namespace

int main(int, char** argv) {
    const std::string memory = last_hash(open_memory({.manual_clock = start, .seed = 5}));
    const std::string file =
        last_hash(open_sqlite(argv[1], {.manual_clock = start, .seed = 5}).value());
    std::cout << (memory == file ? "như nhau" : "khác nhau") << '\n';
}
