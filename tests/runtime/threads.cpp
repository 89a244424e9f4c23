// SPDX-License-Identifier: BSL-1.0
// Any threads at once: one winner for every task, no lost notification.
#include <quytrinh/engine/state.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/memory.hpp>

#include "office.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

using namespace office_of;

TEST_CASE("of threads that race for one task exactly one completes it") {
    small_office o;
    for (int round = 0; round < 20; ++round) {
        const case_id of = o.open();
        std::atomic<int> won{0};
        std::atomic<int> other{0};
        std::vector<std::thread> racers;
        for (int i = 0; i < 8; ++i) {
            racers.emplace_back([&, i] {
                const std::string by = "A/nv" + std::to_string(i);
                auto r = o.complete(of, "1", by.c_str());
                if (r)
                    ++won;
                else if (r.error().code != errc::task_not_open && r.error().code != errc::conflict)
                    ++other;
            });
        }
        for (std::thread& t : racers) t.join();
        CHECK(won == 1);
        CHECK(other == 0);
        done(o.office.verify(of));
    }
}

TEST_CASE("threads that repeat one command id all get the one answer") {
    small_office o;
    const case_id of = o.open();
    std::vector<std::thread> racers;
    std::mutex guard;
    std::vector<command_result> answers;
    for (int i = 0; i < 8; ++i) {
        racers.emplace_back([&] {
            auto r = o.complete(of, "1", "A/nv01", {}, {}, "once");
            const std::lock_guard hold(guard);
            if (r) answers.push_back(*r);
        });
    }
    for (std::thread& t : racers) t.join();
    REQUIRE(answers.size() == 8);
    for (const command_result& r : answers) CHECK(r == answers.front());
    CHECK(done(o.office.history(of)).size() == answers.front().version);
}

TEST_CASE("two runtimes over one store, many cases, many threads: nothing is lost or doubled") {
    auto keep = open_memory({at("2023-12-11T08:00"), 7});
    small_office first(keep);
    small_office second(keep);
    std::mutex guard;
    std::multiset<std::string> keys;
    const auto hear = [&](const notification& n) {
        const std::lock_guard hold(guard);
        keys.insert(n.key);
    };
    first.office.on_notification(hear);
    second.office.on_notification(hear);
    std::vector<case_id> cases;
    for (int i = 0; i < 10; ++i) cases.push_back(first.open());
    std::atomic<int> completed{0};
    std::vector<std::thread> workers;
    for (int w = 0; w < 6; ++w) {
        workers.emplace_back([&, w] {
            small_office& mine = w % 2 == 0 ? first : second;
            for (const case_id& of : cases) {
                if (mine.complete(of, "1", "A/nv01")) ++completed;
                if (mine.complete(of, "2", "B/nv02", "OK")) ++completed;
                (void)mine.office.tasks({.unit = "B"});
                (void)mine.office.add(std::string(small_text));
                (void)mine.send(of, "A/nv01", command::comment{{}, "ghi chú"});
            }
        });
    }
    for (std::thread& t : workers) t.join();
    CHECK(completed == 20);
    for (const case_id& of : cases) {
        CHECK(first.state(of).status == case_status::ended);
        done(second.office.verify(of));
    }
    while (done(first.office.run_due()).delivered > 0) {}
    CHECK(done(first.office.outbox()).pending == 0);
    const std::set<std::string> once(keys.begin(), keys.end());
    CHECK(once.size() == keys.size());
}
