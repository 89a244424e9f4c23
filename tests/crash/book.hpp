// SPDX-License-Identifier: BSL-1.0
// tests/crash/book.hpp: what the killed processes said before they died, kept outside of the store:
// one line a fact, written with one write(2), so that lines of several threads and processes stay
// whole and in order.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crash_tests {

/// Lines, fields parted by tabs:
///   M manual|real                        the clock of the store, once a life
///   O                                    a store was opened
///   T case command                       about to be sent
///   A case command version hash          answered `committed`
///   R case command errc                  refused
///   U case command                       answered `outcome_unknown`
///   H key fence                          a notification was delivered: the handler returns
///   F key                                the handler throws
///   B path                               a copy begins
///   C path                               the copy was reported done
///   E words                              what must not happen, seen by the process itself
///   Z                                    the process came to its end before it was killed
struct book {
    enum class answer { none, committed, refused, unknown };
    struct command {
        answer said = answer::none;
        std::uint64_t version = 0;
        std::string hash;
    };
    struct copy {
        std::string path;
        bool done = false;
        /// What was acknowledged before the copy began.
        std::vector<std::pair<std::string, std::string>> before;
    };

    bool manual = false;
    /// (case, command) to what was said of it.
    std::map<std::pair<std::string, std::string>, command> sent;
    std::vector<std::pair<std::string, std::string>> acknowledged;
    /// case/seq/n to how often.
    std::map<std::string, std::uint32_t> delivered;
    std::vector<std::string> first_deliveries;
    std::set<std::string> stores_named;
    std::vector<copy> copies;
    std::vector<std::string> faults;
    std::size_t opened = 0, finished = 0, thrown = 0, unknown = 0, refused = 0;

    void read(std::string_view line);
    void read_all(std::string_view lines);
};

}  // namespace crash_tests
