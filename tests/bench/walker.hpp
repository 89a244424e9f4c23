// SPDX-License-Identifier: BSL-1.0
// tests/bench/walker.hpp: drives cases of QT.HTKH.03 through a runtime, and fills a store with open
// tasks.
#pragma once

#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// Rows of one command of the walk: what its events, tasks, timers and messages need in the plain
/// design.
struct turn_rows {
    struct event {
        std::string header, payload;  ///< header with salt
    };
    std::vector<event> events;
    std::size_t closed = 0, opened = 0;  ///< entries of task lists, one for each party
    std::size_t timers_closed = 0, timers_opened = 0;
    std::vector<std::string> messages;
    std::string result;  ///< with the digest of the command
};

/// A manual clock at 2023-12-11T08:00+07:00 and seeded entropy.
[[nodiscard]] quytrinh::memory_options trial();
[[nodiscard]] quytrinh::runtime make_office(std::shared_ptr<quytrinh::store> keep);

/// Opens a case and completes steps 1 to 6; counts the commands sent.
quytrinh::case_id walk_case(quytrinh::runtime& office, int number, std::size_t* commands = nullptr);
/// The commands of a walk for `execute_all`: round k holds the k-th command of every case.
[[nodiscard]] std::vector<std::vector<quytrinh::case_command>> walk_rounds(
    quytrinh::runtime& office, int cases);

/// What each command of the walk needs in plain tables.
[[nodiscard]] std::vector<turn_rows> rows_of_walk();

/// Writes cases number `first` to `count` with one open task each (unit U0…U199, dues spread over a
/// year, a few or all of them past) through the store's own write. In batches of 1,000.
void fill_with_tasks(quytrinh::store& keep, std::size_t count, std::size_t first = 0,
                     bool all_due = false);
/// Seconds of one page of 50 tasks of unit U7 (mean of 50 pages).
[[nodiscard]] double page_seconds(quytrinh::store& keep);
/// Seconds to claim 50 due timers.
[[nodiscard]] double timers_seconds(quytrinh::store& keep);

}  // namespace bench
