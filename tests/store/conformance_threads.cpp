// SPDX-License-Identifier: BSL-1.0
// tests/store/conformance_threads.cpp: several threads at one store, over one handle or several.
// Results are gathered and judged on the main thread.
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

namespace quytrinh_tests {

namespace {

void run_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work, i);
    for (auto& thread : threads) thread.join();
}

/// The handle of a worker: every other one has its own where that can be.
std::vector<std::shared_ptr<store>> handles(store_maker& make, const std::shared_ptr<store>& keep,
                                            std::size_t count) {
    std::vector<std::shared_ptr<store>> all;
    for (std::size_t i = 0; i < count; ++i) {
        auto other = i % 2 == 1 ? make.another() : nullptr;
        all.push_back(other ? other : keep);
    }
    return all;
}

}  // namespace

std::vector<conformance_case> conformance_of_threads() {
    return {
        {"of many writers of one version exactly one wins, every time",
         [](store_maker& make) {
             auto keep = make.trial();
             const auto all = handles(make, keep, 4);
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "open").what == committed);
             for (int round = 0; round < 20; ++round) {
                 std::vector<write_outcome> out(4);
                 run_threads(4, [&](std::size_t i) {
                     out[i] = all[i]->write(
                         "main", of.next("r" + std::to_string(round) + "-" + std::to_string(i)));
                 });
                 std::size_t won = 0;
                 for (std::size_t i = 0; i < 4; ++i)
                     if (out[i].what == committed) {
                         ++won;
                         of.head =
                             of.next("r" + std::to_string(round) + "-" + std::to_string(i)).head;
                     } else
                         CHECK(out[i].what == conflicting);
                 CHECK_EQ(won, 1);
             }
             CHECK_EQ(audit(*keep, of), "");
         }},
        {"one command sent by many is stored once, and all get its row",
         [](store_maker& make) {
             auto keep = make.trial();
             const auto all = handles(make, keep, 4);
             scribe of{*keep, "c"};
             for (int round = 0; round < 20; ++round) {
                 const auto batch = of.next("r" + std::to_string(round));
                 std::vector<write_outcome> out(4);
                 run_threads(4, [&](std::size_t i) { out[i] = all[i]->write("main", batch); });
                 std::size_t won = 0;
                 for (const auto& one : out)
                     if (one.what == committed)
                         ++won;
                     else {
                         CHECK(one.what == duplicate);
                         REQUIRE(one.earlier);
                         CHECK(*one.earlier == batch.command);
                     }
                 CHECK_EQ(won, 1);
                 of.head = batch.head;
             }
             CHECK_EQ(audit(*keep, of), "");
         }},
        {"writers of different cases do not meet",
         [](store_maker& make) {
             auto keep = make.trial();
             const auto all = handles(make, keep, 4);
             std::vector<scribe> scribes;
             for (int i = 0; i < 4; ++i) scribes.emplace_back(*keep, "c" + std::to_string(i));
             std::atomic<int> failed{0};
             run_threads(4, [&](std::size_t i) {
                 for (int k = 0; k < 25; ++k)
                     if (scribes[i].put(*all[i], std::to_string(k), 1 + k % 2).what != committed)
                         ++failed;
             });
             CHECK_EQ(failed, 0);
             for (const auto& of : scribes) CHECK_EQ(audit(*keep, of), "");
         }},
        {"readers see whole commands only",
         [](store_maker& make) {
             auto keep = make.trial();
             const auto all = handles(make, keep, 3);
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "open", 3).what == committed);
             std::atomic<bool> stop{false};
             std::atomic<int> torn{0}, reads{0};
             run_threads(3, [&](std::size_t i) {
                 if (i == 0) {
                     for (int k = 0; k < 40; ++k) {
                         auto batch = of.next(std::to_string(k), 3);
                         batch.drop_tasks = {{"1", static_cast<std::uint32_t>(k)}};
                         batch.put_tasks = {of.task("1", static_cast<std::uint32_t>(k + 1))};
                         if (of.put(*all[0], batch).what != committed) ++torn;
                     }
                     stop = true;
                     return;
                 }
                 std::uint64_t last = 0;
                 do {
                     const auto view = all[i]->read("main", of.identity.of, command_id{});
                     ++reads;
                     if (!view || !view->head || view->events.size() != view->head->version ||
                         view->head->version % 3 != 0 || view->head->version < last)
                         ++torn;
                     else
                         last = view->head->version;
                     const auto tasks = all[i]->query_tasks("main", {}, {}, 10);
                     if (!tasks || tasks->rows.size() > 1) ++torn;
                 } while (!stop);
             });
             CHECK_EQ(torn, 0);
             CHECK(reads > 0);
         }},
        {"workers share due work without ever taking the same",
         [](store_maker& make) {
             auto keep = make.trial();
             const auto all = handles(make, keep, 4);
             std::vector<write_batch> group;
             std::vector<scribe> scribes;
             for (int i = 0; i < 60; ++i) scribes.emplace_back(*keep, "c" + std::to_string(i));
             for (auto& of : scribes) {
                 auto batch = of.next("a");
                 batch.outbox = {of.message(1, 0), of.message(1, 1)};
                 group.push_back(batch);
             }
             for (const auto& out : keep->write_group("main", group))
                 REQUIRE(out.what == committed);
             std::vector<std::vector<std::string>> taken(4);
             std::atomic<int> failed{0};
             run_threads(4, [&](std::size_t i) {
                 for (int empty = 0; empty < 3;) {
                     const auto items = all[i]->claim_due("main", work_kind::notice, 7, lease, "w");
                     if (!items) {
                         ++failed;
                         return;
                     }
                     if (items->empty()) ++empty;
                     for (const auto& item : *items) {
                         taken[i].push_back(item.key);
                         const auto done = all[i]->settle("main", item);
                         if (!done.value_or(false)) ++failed;
                     }
                 }
             });
             std::set<std::string> seen;
             for (const auto& list : taken)
                 for (const auto& key : list) CHECK(seen.insert(key).second);
             CHECK_EQ(failed, 0);
             CHECK_EQ(seen.size(), 120);
             CHECK_EQ(keep->count_outbox("main")->pending, 0);
         }},
        {"everything at once leaves every case true",
         [](store_maker& make) {
             auto keep = make.real();
             const auto all = handles(make, keep, 4);
             std::vector<scribe> scribes;
             for (int i = 0; i < 4; ++i) scribes.emplace_back(*keep, "c" + std::to_string(i));
             std::atomic<int> failed{0};
             run_threads(4, [&](std::size_t i) {
                 store& mine = *all[i];
                 for (int k = 0; k < 15; ++k) {
                     auto batch = scribes[i].next(std::to_string(k), 2);
                     batch.outbox = {scribes[i].message(batch.events[0].seq, 0)};
                     batch.put_tasks = {scribes[i].task("1", static_cast<std::uint32_t>(k))};
                     if (scribes[i].put(mine, batch).what != committed) ++failed;
                     const auto items = mine.claim_due("main", work_kind::notice, 3, lease, "w");
                     if (!items) ++failed;
                     if (items)
                         for (const auto& item : *items)
                             if (!mine.settle("main", item).has_value()) ++failed;
                     if (!mine.query_tasks("main", {.unit = "ĐVTH"}, {}, 5)) ++failed;
                     if (!mine.query_cases("main", {}, {}, 5) || !mine.now() ||
                         !mine.count_outbox("main"))
                         ++failed;
                     if (!mine.record_refusal("main", {})) ++failed;
                 }
             });
             CHECK_EQ(failed, 0);
             for (const auto& of : scribes) CHECK_EQ(audit(*keep, of), "");
             CHECK_EQ(tasks_of(*keep).size(), 60);
         }},
    };
}

}  // namespace quytrinh_tests
