// SPDX-License-Identifier: BSL-1.0
// Notifications that a host takes for a while: given to nobody else meanwhile, told at least once.
#include <quytrinh/engine/state.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>

#include "office.hpp"

#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace office_of;
using namespace std::chrono_literals;

namespace {

std::set<std::string> keys_of(const std::vector<notification>& taken) {
    std::set<std::string> out;
    for (const notification& one : taken) CHECK(out.insert(one.key).second);
    return out;
}
void pass(store& keep, std::chrono::microseconds time) {
    done(keep.set_clock(done(keep.now()) + time));
}

}  // namespace

TEST_CASE("what is taken is nobody else's, and what is confirmed is gone") {
    small_office o;
    const case_id of = o.open();
    done(o.complete(of, "1", "A/nv01"));
    const auto pending = done(o.office.outbox()).pending;
    REQUIRE(pending > 1);
    const auto first = done(o.office.take());
    CHECK(first.size() == pending);
    CHECK(keys_of(first).size() == pending);
    CHECK(first.front().attempt == 1);
    CHECK(done(o.office.take()).empty());
    small_office other{o.keep};
    CHECK(done(other.office.take()).empty());
    // Also a handler is told nothing that somebody holds.
    int heard = 0;
    other.office.on_notification([&](const notification&) { ++heard; });
    done(other.office.run_due());
    CHECK(heard == 0);
    CHECK(done(o.office.outbox()).pending == pending);
    // Any process of the store may confirm, in any order.
    for (auto one = first.rbegin(); one != first.rend(); ++one) {
        CHECK(done(other.office.confirm(one->receipt)));
        CHECK_FALSE(done(o.office.confirm(one->receipt)));
    }
    CHECK(done(o.office.outbox()).pending == 0);
    pass(*o.keep, 25h);
    CHECK(done(o.office.take()).empty());
}

TEST_CASE("who dies between taking and confirming has what it took handed out again") {
    small_office o;
    o.open();
    std::vector<notification> lost;
    {
        small_office dying{o.keep};
        lost = done(dying.office.take(0, 10s));
    }
    REQUIRE_FALSE(lost.empty());
    pass(*o.keep, 10s - 1us);
    CHECK(done(o.office.take()).empty());
    pass(*o.keep, 1us);
    // Too late, also as long as nobody else has it: whether a confirmation holds does not depend on
    // who else is there.
    CHECK_FALSE(done(o.office.confirm(lost.front().receipt)));
    CHECK_FALSE(done(o.office.give_back(lost.front().receipt)));
    const auto again = done(o.office.take(0, 10s));
    CHECK(keys_of(again) == keys_of(lost));
    CHECK(again.front().receipt != lost.front().receipt);
    CHECK_FALSE(done(o.office.confirm(lost.front().receipt)));
    for (const auto& one : again) CHECK(done(o.office.confirm(one.receipt)));
    CHECK(done(o.office.outbox()).pending == 0);
}

TEST_CASE("what is given back comes again later, with its case, and is set aside in the end") {
    limits few;
    few.delivery_attempts = 2;
    small_office o{{}, trust_host, few};
    const case_id of = o.open();
    done(o.complete(of, "1", "A/nv01"));
    const case_id quiet = o.open();
    const auto first = done(o.office.take());
    std::vector<notification> mine, others;
    for (const auto& one : first) (one.of == of ? mine : others).push_back(one);
    REQUIRE(mine.size() > 2);
    REQUIRE_FALSE(others.empty());
    CHECK(done(o.office.confirm(mine[0].receipt)));
    CHECK(done(o.office.give_back(mine[1].receipt, "the mail server is away\x01")));
    // What follows it in its case waits for it, another case does not.
    CHECK_FALSE(done(o.office.confirm(mine[2].receipt)));
    for (const auto& one : others) CHECK(done(o.office.confirm(one.receipt)));
    CHECK(done(o.office.take()).empty());
    pass(*o.keep, 1h);
    const auto again = done(o.office.take());
    REQUIRE(again.size() == mine.size() - 1);
    CHECK(again[0].key == mine[1].key);
    CHECK(again[0].attempt == 2);
    CHECK(done(o.office.give_back(again[0].receipt, "and stays away")));
    const auto aside = done(o.office.set_aside());
    REQUIRE(aside.size() == 1);
    CHECK(aside[0].key == mine[1].key);
    CHECK(aside[0].last_error == "and stays away");
    // It no longer holds up the others.
    CHECK(done(o.office.confirm(again[1].receipt)));
}

TEST_CASE("what is no receipt of this store is refused") {
    small_office o;
    o.open();
    const auto taken = done(o.office.take());
    REQUIRE_FALSE(taken.empty());
    const std::string good = taken.front().receipt;
    small_office other{open_memory({at("2023-12-11T08:00"), 8})};
    CHECK(other.office.confirm(good).error().code == errc::invalid_argument);
    for (const std::string& bad :
         {std::string{}, taken.front().key, good + "/1", "x" + good,
          good.substr(0, good.size() - 1) + "x", std::string(7, '/'), std::string(100'000, '/')}) {
        INFO(bad.substr(0, 200));
        CHECK(o.office.confirm(bad).error().code == errc::invalid_argument);
        CHECK(o.office.give_back(bad).error().code == errc::invalid_argument);
    }
    for (const auto lease : {std::chrono::microseconds{0}, std::chrono::microseconds{-1},
                             std::chrono::microseconds{25h}}) {
        const auto refused = o.office.take(0, lease);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::invalid_argument);
        CHECK(refused.error().text(language::vi).find("1 ngày") != std::string::npos);
    }
    CHECK(done(o.office.confirm(good)));
}

TEST_CASE("takers at the same time never hold the same") {
    small_office o;
    for (int n = 0; n < 40; ++n) o.open();
    const auto pending = done(o.office.outbox()).pending;
    std::vector<std::vector<notification>> held(4);
    {
        std::vector<std::thread> threads;
        for (auto& mine : held)
            threads.emplace_back([&o, &mine] {
                for (;;) {
                    auto some = o.office.take(3);
                    if (!some || some->empty()) return;
                    for (auto& one : *some) mine.push_back(std::move(one));
                }
            });
        for (auto& thread : threads) thread.join();
    }
    std::set<std::string> keys;
    for (const auto& mine : held)
        for (const auto& one : mine) CHECK(keys.insert(one.key).second);
    CHECK(keys.size() == pending);
}

// It was up to sixteen pages of `batch`.
TEST_CASE("run_due tells no more than it was asked to") {
    small_office o;
    for (int n = 0; n < 10; ++n) o.open();
    const auto pending = done(o.office.outbox()).pending;
    REQUIRE(pending >= 10);
    std::size_t heard = 0;
    o.office.on_notification([&](const notification&) { ++heard; });
    const auto did = done(o.office.run_due(3));
    CHECK(did.delivered == 3);
    CHECK(heard == 3);
    CHECK(did.more);
    while (done(o.office.run_due(4)).more) {}
    CHECK(heard == pending);
}
