// SPDX-License-Identifier: BSL-1.0
// tests/crash/audit.hpp: what must hold of a file after its processes were killed.
#pragma once

#include "crash/book.hpp"

#include <quytrinh/runtime/runtime.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace crash_tests {

/// How often something rare was met, so that a run can say whether it saw what it was made for.
struct sightings {
    std::size_t cases = 0, events = 0, acknowledged = 0;
    std::size_t unanswered_stored = 0;  ///< committed, but killed before the answer was told
    std::size_t unanswered_absent = 0;
    std::size_t pending = 0;  ///< notifications found waiting
    std::size_t leased = 0;   ///< of them under the lease of a dead process
    std::size_t copies = 0, copies_in_the_act = 0, left_behind = 0;
    std::size_t repeated = 0;  ///< notifications that were delivered more than once
    std::size_t children = 0;  ///< linked cases
    std::size_t overdue = 0;   ///< timers that fired
    void add(const sightings& other);
};

/// Opens the file as the next process would and compares it with the book. With `drain`, dead
/// processes' leases run out (trial stores), all work is done, and nothing may be left; what is
/// delivered is written into the book and appended to `lines`.
[[nodiscard]] std::vector<std::string> audit(const std::string& file, book& said,
                                             const quytrinh::definitions& known, bool drain,
                                             std::string& lines, sightings& seen);

/// The copies that were begun: none is half there, and the finished ones hold what was
/// acknowledged before. Removes them.
[[nodiscard]] std::vector<std::string> audit_copies(const std::string& file, book& said,
                                                    const quytrinh::definitions& known,
                                                    sightings& seen);

/// SQLite's own opinion of a file that nobody has open: "ok".
[[nodiscard]] std::string integrity(const std::string& file);

}  // namespace crash_tests
