// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_timers.cpp: a claim of timers leaves their cases alone, so what is noted of a
// case and what was claimed of it lie apart. Whatever happens in between, timers come as in the
// reference store.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/memory.hpp>

#include "store/conformance.hpp"
#include "store/folder.hpp"
#include "support/seeded.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

using namespace quytrinh_tests;

namespace {

std::vector<std::string> sorted_keys(const std::vector<work_item>& items) {
    auto keys = keys_of(items);
    std::sort(keys.begin(), keys.end());
    return keys;
}

/// The reference and two handles of one file, to which the same things happen.
class rivals {
public:
    explicit rivals(const folder& in)
        : reference(open_memory({at_minute(0), {}})),
          one(open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)}).value()),
          two(open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)}).value()) {}

    /// Claims everywhere, and compares.
    void claim_all(std::chrono::minutes length) {
        const auto claim = [&](store& keep) {
            return keep.claim_due("main", work_kind::timer, 100, length, "w").value();
        };
        auto wanted = claim(*reference);
        auto got = claim(either());
        REQUIRE_EQ(sorted_keys(got), sorted_keys(wanted));
        for (auto& item : wanted) {
            const auto same = std::find_if(got.begin(), got.end(),
                                           [&](const auto& g) { return g.key == item.key; });
            CHECK(same->due == item.due);
            CHECK_EQ(same->attempts, item.attempts);
            claimed.emplace_back(std::move(item), std::move(*same));
        }
    }
    store& either() { return (++turn % 2) != 0 ? *one : *two; }

    std::shared_ptr<store> reference, one, two;
    std::vector<std::pair<work_item, work_item>> claimed;
    std::size_t turn = 0;
};

/// One case in both stores.
struct twin {
    twin(rivals& in, const std::string& id)
        : stores(in), here(*in.reference, id), there(*in.one, id) {}

    void put(const std::string& command, const std::vector<task_row>& put,
             const std::vector<task_key>& drop,
             const std::optional<std::pair<work_item, work_item>>& settles = {}) {
        const auto with = [&](scribe& of, const work_item* work) {
            auto batch = of.next(command);
            batch.put_tasks = put;
            batch.drop_tasks = drop;
            if (work != nullptr) batch.settles = {work->key, work->fence};
            return batch;
        };
        const auto wanted =
            here.put(*stores.reference, with(here, settles ? &settles->first : nullptr));
        const auto got =
            there.put(stores.either(), with(there, settles ? &settles->second : nullptr));
        REQUIRE(got.what == wanted.what);
    }

    rivals& stores;
    scribe here, there;
    std::vector<task_key> open;
};

}  // namespace

TEST_CASE("timers come as in the reference store, whatever happens to their cases") {
    const std::uint64_t first_seed = seed_or(1);
    for (std::uint64_t seed = first_seed; seed < first_seed + count_of(6); ++seed) {
        CAPTURE(seed);
        std::mt19937_64 chance{seed};
        const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(chance() % n); };
        folder in;
        rivals stores{in};
        std::vector<twin> cases;
        for (const char* id : {"a", "b", "c"}) cases.emplace_back(stores, id);
        std::int64_t minute = 0;
        for (int step = 0; step < 400; ++step) {
            CAPTURE(step);
            twin& one = cases[static_cast<std::size_t>(below(cases.size()))];
            const std::string command = "k" + std::to_string(step);
            const auto task_at = [&](const task_key& key) {
                auto task = one.here.task(key.step, key.round);
                // Past, soon, or longer away than a lease.
                if (below(4) != 0) task.timer_at = at_minute(minute - 5 + below(30));
                return task;
            };
            std::optional<std::pair<work_item, work_item>> work;
            if (!stores.claimed.empty()) {
                const auto at = static_cast<std::size_t>(below(stores.claimed.size()));
                work = stores.claimed[at];
                stores.claimed.erase(stores.claimed.begin() + static_cast<std::ptrdiff_t>(at));
            }
            switch (below(8)) {
            case 0:
            case 1: {
                const task_key key{std::to_string(below(4)), static_cast<std::uint32_t>(below(3))};
                one.put(command, {task_at(key)}, {});
                one.open.push_back(key);
                break;
            }
            case 2:
                if (one.open.empty()) break;
                one.put(command, {}, {one.open[static_cast<std::size_t>(below(one.open.size()))]});
                break;
            case 3:
                minute += below(12);
                REQUIRE(stores.reference->set_clock(at_minute(minute)));
                REQUIRE(stores.either().set_clock(at_minute(minute)));
                break;
            case 4:
                if (!work) break;
                CHECK_EQ(*stores.reference->settle("main", work->first),
                         *stores.either().settle("main", work->second));
                break;
            case 5: {
                if (!work) break;
                const auto next = at_minute(minute + below(20));
                const bool aside = below(5) == 0;
                CHECK_EQ(*stores.reference->put_back("main", work->first, next, aside, "no"),
                         *stores.either().put_back("main", work->second, next, aside, "no"));
                break;
            }
            case 6:
                if (!work) break;
                for (auto& of : cases)
                    if (of.here.identity.of == work->first.of) {
                        // The way of a timer that fires: its task stands again, without it.
                        auto again = of.here.task(work->first.task.step, work->first.task.round);
                        again.overdue = true;
                        of.put(command, {again}, {}, work);
                    }
                break;
            default: stores.claim_all(std::chrono::minutes{1 + below(15)});
            }
        }
        // In the end everything that is left comes, once.
        minute += 200;
        REQUIRE(stores.reference->set_clock(at_minute(minute)));
        REQUIRE(stores.one->set_clock(at_minute(minute)));
        stores.claim_all(std::chrono::minutes{9});
        stores.claim_all(std::chrono::minutes{9});
    }
}

TEST_CASE("what opens while another timer of the case is claimed is due in its time") {
    // The moment that was noted for the case has been taken away by the claim, and the lease ends
    // later than the new timer.
    folder in;
    auto keep = open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)}).value();
    scribe of{*keep, "c"};
    auto batch = of.next("a");
    batch.put_tasks = {of.task("1")};
    batch.put_tasks[0].timer_at = at_minute(0);
    REQUIRE(of.put(*keep, batch).what == committed);
    const auto first = claim(*keep, work_kind::timer);
    REQUIRE_EQ(first.size(), 1);
    batch = of.next("b");
    batch.put_tasks = {of.task("2")};
    batch.put_tasks[0].timer_at = at_minute(0) + std::chrono::seconds{1};
    REQUIRE(of.put(*keep, batch).what == committed);
    CHECK(claim(*keep, work_kind::timer).empty());
    REQUIRE(keep->set_clock(at_minute(0) + std::chrono::seconds{1}));
    CHECK_EQ(keys_of(claim(*keep, work_kind::timer)), strings{"c/2.1"});
    CHECK(*keep->settle("main", first[0]));
}

TEST_CASE("a task that stands anew is claimed anew, whoever has claimed it before") {
    folder in;
    auto keep = open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)}).value();
    scribe of{*keep, "c"};
    std::vector<work_item> claimed;
    for (const char* command : {"a", "b", "c"}) {
        auto batch = of.next(command);
        batch.put_tasks = {of.task("1")};
        batch.put_tasks[0].timer_at = at_minute(0);
        REQUIRE(of.put(*keep, batch).what == committed);
        if (!claimed.empty()) CHECK_FALSE(*keep->settle("main", claimed[0]));
        claimed = claim(*keep, work_kind::timer);
        REQUIRE_EQ(claimed.size(), 1);
    }
    CHECK(*keep->settle("main", claimed[0]));
    CHECK(claim(*keep, work_kind::timer).empty());
}

TEST_CASE("fifty claims change a few pages, however far apart their cases lie") {
    // They took 3 ms, because each of the fifty cases lay in a page of its own.
    folder in;
    const std::string path = in.file("a.db");
    auto keep = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
    for (int i = 0; i < 3000; ++i) {
        scribe of{*keep, "c" + std::to_string(i)};
        auto batch = of.next("a");
        batch.put_tasks = {of.task("1")};
        batch.put_tasks[0].timer_at = at_minute(i % 60 == 0 ? 0 : 1000);
        REQUIRE(of.put(*keep, batch).what == committed);
    }
    sqlite3* db = nullptr;
    REQUIRE_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    int log = 0, written = 0;
    REQUIRE_EQ(sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_RESTART, &log, nullptr),
               SQLITE_OK);
    CHECK_EQ(claim(*keep, work_kind::timer).size(), 50);
    REQUIRE_EQ(sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_PASSIVE, &log, &written),
               SQLITE_OK);
    sqlite3_close(db);
    CHECK_LT(log, 15);
    CHECK_EQ(log, written);
}

TEST_CASE("a copy offers what was claimed in the store as if nobody had") {
    folder in;
    auto keep = open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)}).value();
    scribe of{*keep, "c"};
    auto batch = of.next("a");
    batch.put_tasks = {of.task("1"), of.task("2")};
    batch.put_tasks[0].timer_at = at_minute(0);
    batch.put_tasks[1].timer_at = at_minute(3);
    REQUIRE(of.put(*keep, batch).what == committed);
    const auto claim_for_an_hour = [](store& from) {
        return from.claim_due("main", work_kind::timer, 9, std::chrono::hours{1}, "w").value();
    };
    REQUIRE_EQ(claim_for_an_hour(*keep).size(), 1);
    REQUIRE(keep->set_clock(at_minute(3)));
    const auto second = claim_for_an_hour(*keep);
    REQUIRE_EQ(second.size(), 1);
    CHECK(*keep->put_back("main", second[0], at_minute(4), false, "no"));
    REQUIRE(backup_sqlite(*keep, in.file("b.db")));
    auto copy = open_sqlite(in.file("b.db"), {.manual_clock = at_minute(3)}).value();
    CHECK_EQ(keys_of(claim_for_an_hour(*copy)), strings{"c/1.1"});
    REQUIRE(copy->set_clock(at_minute(4)));
    CHECK_EQ(keys_of(claim_for_an_hour(*copy)), strings{"c/2.1"});
}
