// SPDX-License-Identifier: BSL-1.0
// tests/bench/memory.cpp: a whole transition on the memory store against the bare hashes of the
// same bytes, and lists among a million open tasks.
#include "harness.hpp"
#include "walker.hpp"

#include <quytrinh/base/sha256.hpp>
#include <quytrinh/codec/event_codec.hpp>

#include <stdexcept>

namespace bench {

using namespace quytrinh;

std::vector<row> memory_rows(bool quick) {
    std::vector<row> rows;
    const int cases = quick ? 20 : 400;

    // The bytes of a walk that any engine must hash to give the same proof: for an event its
    // payload and its link of the chain, for a command its digest, for a case its id.
    std::vector<std::string> hashed;
    {
        auto office = make_office(open_memory(trial()));
        sha256_stream hash;
        for (const auto& round : walk_rounds(office, 1))
            hashed.emplace_back(digest_of(round.at(0), hash).bytes, 'd');
        hashed.emplace_back(60, 'i');
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

    // A whole number of the spans between two snapshots, in one long case or in many short ones.
    const int comments = quick ? 640 : 3200;
    const std::size_t long_history = quick ? 2000 : 10'000;
    const auto commenting = [&](std::size_t events, int in_a_case) {
        auto office = make_office(open_memory(trial()));
        double spent = 0;
        for (int left = comments; left > 0; left -= in_a_case) {
            const auto id = office.open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"}}).value();
            const auto say = [&] {
                case_command what;
                what.target = id;
                what.by = {"ĐVYC", "nv01"};
                what.body = command::comment{{}, "Đã gọi điện cho đơn vị yêu cầu, hẹn chiều mai."};
                if (!office.execute(std::move(what))) throw std::runtime_error("a comment refused");
            };
            for (std::size_t i = 0; i < events; ++i) say();
            spent += seconds_of([&] {
                for (int i = 0; i < in_a_case; ++i) say();
            });
        }
        return spent / comments;
    };
    rows.push_back(paired(
        "memory store: one comment on a case of " + std::to_string(long_history) + " events",
        "of 10 events", "µs", 1e6, [&] { return commenting(long_history, comments); },
        [&] { return commenting(10, 32); }, gate::at_most, 1.2, "flat"));

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
