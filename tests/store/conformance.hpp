// SPDX-License-Identifier: BSL-1.0
// tests/store/conformance.hpp: what every store must do, as tests that know nothing of the store
// but its interface. To run them over a store of your own: derive from store_maker, add
// conformance*.cpp to a doctest program, and call run_conformance from a TEST_CASE.
#pragma once

#include <quytrinh/store/store.hpp>

#include "store/scribe.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace quytrinh_tests {

/// Makes the stores under test. Every call of `trial` and `real` gives an empty one.
class store_maker {
public:
    virtual ~store_maker() = default;
    /// Manual clock at `start`, entropy from a seed that is always the same.
    virtual std::shared_ptr<store> trial(instant start) = 0;
    virtual std::shared_ptr<store> real() = 0;
    /// Another handle on the data of the store made last, as another process would have; null where
    /// data is not shared.
    virtual std::shared_ptr<store> another() { return nullptr; }

    std::shared_ptr<store> trial() { return trial(at_minute(0)); }
};

struct conformance_case {
    std::string name;
    std::function<void(store_maker&)> run;
};

/// Runs all cases, each on stores of its own; failures name their case. Returns how many ran.
std::size_t run_conformance(store_maker& make);

// One list a room.
std::vector<conformance_case> conformance_of_clocks();
std::vector<conformance_case> conformance_of_writes();
std::vector<conformance_case> conformance_of_rows();
std::vector<conformance_case> conformance_of_work();
std::vector<conformance_case> conformance_of_queries();
std::vector<conformance_case> conformance_of_threads();

// -- short words for the cases
// ----------------------------------------------------------------------

inline constexpr auto committed = write_outcome::kind::committed;
inline constexpr auto duplicate = write_outcome::kind::duplicate;
inline constexpr auto conflicting = write_outcome::kind::conflict;
inline constexpr auto refused = write_outcome::kind::rejected;
inline constexpr std::chrono::seconds lease{60};

/// The reason of a refusal; errc{} when it was none.
inline errc why(const write_outcome& out) { return out.reason ? out.reason->code : errc{}; }

inline case_view view_of(store& keep, const scribe& of, const std::string& command = {}) {
    auto view = keep.read(of.tenant, of.identity.of, command_id{command});
    return view ? *view : case_view{};
}
inline std::vector<stored_event> events_of(store& keep, const scribe& of) {
    return keep.history(of.tenant, of.identity.of, 0, 100'000).value_or({});
}
inline std::vector<work_item> claim(store& keep, work_kind kind, std::size_t limit = 100,
                                    const std::string& tenant = "main") {
    return keep.claim_due(tenant, kind, limit, lease, "w").value_or({});
}
inline std::vector<std::string> keys_of(const std::vector<work_item>& items) {
    std::vector<std::string> keys;
    for (const auto& item : items) keys.push_back(item.key);
    return keys;
}
inline std::vector<task_entry> tasks_of(store& keep, const task_query& which = {},
                                        std::size_t limit = 1000) {
    auto page = keep.query_tasks("main", which, {}, limit);
    return page ? page->rows : std::vector<task_entry>{};
}
/// "c1/1.1/0" for every row.
inline std::vector<std::string> names_of(const std::vector<task_entry>& rows) {
    std::vector<std::string> names;
    for (const auto& entry : rows)
        names.push_back(entry.row.of.str() + '/' + entry.row.task.step + '.' +
                        std::to_string(entry.row.task.round) + '/' + std::to_string(entry.row.n));
    return names;
}
using strings = std::vector<std::string>;

}  // namespace quytrinh_tests
