// SPDX-License-Identifier: BSL-1.0
// tests/bench/memory.cpp: a whole transition on the memory store against the bare hashes of the
// same bytes, and lists among a million open tasks.
#include "harness.hpp"
#include "walker.hpp"

#include <quytrinh/base/sha256.hpp>

namespace bench {

using namespace quytrinh;

std::vector<row> memory_rows(bool quick) {
    std::vector<row> rows;
    const int cases = quick ? 20 : 400;

    // The bytes that a walk hashes: two SHA-256 calls an event (payload commitment and chain link).
    std::vector<std::string> hashed;
    {
        auto office = make_office(open_memory(trial()));
        const auto id = walk_case(office, 0);
        for (const auto& e : office.backing().history("main", id, 0, 1000).value()) {
            hashed.push_back(e.payload + std::string(17, 's'));
            hashed.push_back(e.header + std::string(150, 'h'));
        }
    }
    std::size_t commands = 0;
    const auto subject = [&] {
        auto office = make_office(open_memory(trial()));
        commands = 0;
        const double s = seconds_of([&] {
            for (int i = 0; i < cases; ++i) walk_case(office, i, &commands);
        });
        return s / static_cast<double>(commands);
    };
    const auto floor = [&] {
        const double s = seconds_of([&] {
            sha256_stream stream;
            for (int i = 0; i < cases; ++i)
                for (const auto& bytes : hashed) {
                    stream.add(bytes);
                    keep(stream.finish());
                }
        });
        return s / static_cast<double>(commands);
    };
    rows.push_back(paired("memory store: whole transition", "SHA-256 of the same bytes", "µs", 1e6,
                          subject, floor, gate::at_most, 10, "3×"));

    auto store = open_memory(trial());
    const std::size_t open = quick ? 20'000 : 1'000'000;
    fill_with_tasks(*store, open);
    rows.push_back(single(
        "memory store: page of 50 tasks of a unit, " + std::to_string(open) + " open", "ms", 1e3,
        [&] { return page_seconds(*store); }, gate::at_most, 1, "< 0.3 ms"));
    rows.push_back(single(
        "memory store: due timers among " + std::to_string(open), "ms", 1e3,
        [&] { return timers_seconds(*store); }, gate::at_most, 1, "< 0.2 ms"));
    return rows;
}

}  // namespace bench
