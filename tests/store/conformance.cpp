// SPDX-License-Identifier: BSL-1.0
// tests/store/conformance.cpp: the runner, and what a store says of itself: facts, clocks, entropy.
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <exception>
#include <set>

namespace quytrinh_tests {

std::size_t run_conformance(store_maker& make) {
    std::size_t count = 0;
    for (const auto& list :
         {conformance_of_clocks(), conformance_of_writes(), conformance_of_rows(),
          conformance_of_work(), conformance_of_queries(), conformance_of_threads()})
        for (const auto& one : list) {
            INFO("conformance: ", one.name);
            try {
                one.run(make);
            } catch (const std::exception& e) {
                FAIL_CHECK("threw ", e.what());
            }
            ++count;
        }
    return count;
}

std::vector<conformance_case> conformance_of_clocks() {
    return {
        {"a store knows its kind, its schema and its epoch",
         [](store_maker& make) {
             const auto caps = make.trial()->caps();
             CHECK_FALSE(caps.kind.empty());
             CHECK_GE(caps.schema, 1);
             CHECK_GE(caps.epoch, 1);
         }},
        {"a trial store has a manual clock, another a real one",
         [](store_maker& make) {
             CHECK(make.trial()->caps().clock == clock_kind::manual);
             CHECK(make.real()->caps().clock == clock_kind::real);
         }},
        {"every real store has an id of its own",
         [](store_maker& make) {
             std::set<std::array<std::uint8_t, 16>> ids;
             for (int i = 0; i < 4; ++i) ids.insert(make.real()->caps().store_id);
             CHECK_EQ(ids.size(), 4);
         }},
        {"seeded stores have the same id and the same entropy",
         [](store_maker& make) {
             std::array<std::uint8_t, 40> a{}, b{};
             auto one = make.trial();
             const auto id = one->caps().store_id;
             REQUIRE(one->entropy(a));
             one.reset();
             auto two = make.trial();
             REQUIRE(two->entropy(b));
             CHECK(id == two->caps().store_id);
             CHECK(a == b);
             REQUIRE(two->entropy(b));
             CHECK(a != b);
         }},
        {"entropy fills every length",
         [](store_maker& make) {
             auto keep = make.real();
             for (std::size_t n : {0, 1, 3, 16, 33, 1000}) {
                 std::vector<std::uint8_t> bytes(n, 0);
                 REQUIRE(keep->entropy(bytes));
                 if (n >= 16)
                     CHECK(std::count(bytes.begin(), bytes.end(), 0) <
                           static_cast<std::ptrdiff_t>(n));
             }
         }},
        {"entropy without a seed never comes again",
         [](store_maker& make) {
             // More than one key's worth, so that the system is asked again meanwhile.
             std::set<std::array<std::uint8_t, 16>> drawn;
             auto one = make.real(), two = make.real();
             for (int i = 0; i < 1500; ++i)
                 for (auto* keep : {one.get(), two.get()}) {
                     std::array<std::uint8_t, 40> bytes{};
                     REQUIRE(keep->entropy(bytes));
                     // Nor does one draw repeat itself, where it is made of several hashes.
                     for (std::size_t at : {0u, 16u, 24u}) {
                         std::array<std::uint8_t, 16> part{};
                         std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), 16,
                                     part.begin());
                         CHECK(drawn.insert(part).second);
                     }
                 }
         }},
        {"a manual clock stands still until it is set",
         [](store_maker& make) {
             auto keep = make.trial(at_minute(5));
             CHECK(keep->now().value() == at_minute(5));
             CHECK(keep->now().value() == at_minute(5));
             REQUIRE(keep->set_clock(at_minute(6) + std::chrono::microseconds{1}));
             CHECK(keep->now().value() == at_minute(6) + std::chrono::microseconds{1});
         }},
        {"a manual clock is set again to the same time, never back",
         [](store_maker& make) {
             auto keep = make.trial(at_minute(5));
             CHECK(keep->set_clock(at_minute(5)));
             const auto back = keep->set_clock(at_minute(4));
             REQUIRE_FALSE(back);
             CHECK(back.error().code == errc::invalid_argument);
             CHECK(keep->now().value() == at_minute(5));
         }},
        {"a manual clock lives in any year",
         [](store_maker& make) {
             for (const int days : {-25'000, 0, 84'000}) {
                 const instant at{std::chrono::hours{24} * days + std::chrono::microseconds{7}};
                 CHECK(make.trial(at)->now().value() == at);
             }
         }},
        {"a real clock is not set",
         [](store_maker& make) {
             auto keep = make.real();
             const auto set = keep->set_clock(at_minute(0));
             REQUIRE_FALSE(set);
             CHECK(set.error().code == errc::clock_differs);
         }},
        {"a real clock does not run back",
         [](store_maker& make) {
             auto keep = make.real();
             instant last = keep->now().value();
             for (int i = 0; i < 100; ++i) {
                 const instant next = keep->now().value();
                 CHECK(next >= last);
                 last = next;
             }
         }},
        {"microseconds are kept",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a", 1, at_minute(0) + std::chrono::microseconds{123'457});
             batch.head.due_before = at_minute(9) + std::chrono::microseconds{1};
             auto row = of.task("1");
             row.due_before = at_minute(9) - std::chrono::microseconds{1};
             batch.put_tasks = {row};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(*view_of(*keep, of).head == batch.head);
             CHECK(events_of(*keep, of) == batch.events);
             CHECK(tasks_of(*keep).front().row == row);
         }},
        {"times before 1970 are kept",
         [](store_maker& make) {
             const instant old{std::chrono::hours{-24 * 20'000} - std::chrono::microseconds{5}};
             auto keep = make.trial(old);
             scribe of{*keep, "c"};
             auto batch = of.next("a", 1, old);
             auto row = of.task("1");
             row.due_before = row.timer_at = old;
             batch.put_tasks = {row};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(view_of(*keep, of).head->opened_at == old);
             const auto items = claim(*keep, work_kind::timer);
             REQUIRE_EQ(items.size(), 1);
             CHECK(items[0].due == old);
         }},
    };
}

}  // namespace quytrinh_tests
