// SPDX-License-Identifier: BSL-1.0
// tests/crash/race.cpp: living processes on one SQLite file, at the same tasks, timers and
// notifications at the same time; and one that sleeps longer than its lease.
#include "crash/audit.hpp"
#include "crash/book.hpp"
#include "crash/children.hpp"
#include "crash/worker.hpp"

#include "store/folder.hpp"
#include "support/seeded.hpp"

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/store/memory.hpp>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace crash_tests;
using namespace quytrinh;  // NOLINT: tests only

namespace {

constexpr unsigned racers = 3;

const definitions& known() {
    static const definitions all = bundled();
    return all;
}

runtime office_on(const std::string& file) {
    // A machine with other things to do is no fault of the store.
    const sqlite_options how{.manual_clock = first_day(), .lock_wait = std::chrono::seconds{60}};
    return {known(), open_sqlite(file, how).value(), trust_host};
}

complete_options first_step(const std::string& person, const std::string& id) {
    complete_options how;
    how.by = {"ĐVYC", person};
    how.confirmed = all_preconditions;
    how.id = command_id{id};
    return how;
}

/// Cases before their first step, in a file that nobody has open.
std::vector<case_id> prepare(const std::string& file, std::size_t count, bool sent = false) {
    auto office = office_on(file);
    std::vector<case_id> cases;
    for (std::size_t i = 0; i < count; ++i) {
        open_options how;
        how.by = {"ĐVYC", "nv01"};
        how.id = command_id{"mở " + std::to_string(i)};
        cases.push_back(office.open("QT.HTKH.03", how).value());
        if (sent) office.complete(cases.back(), "1", first_step("nv01", "gửi")).value();
    }
    return cases;
}

void hear(runtime& office, const reporter& say) {
    office.on_notification([&say](const notification& n) {
        say.line("H\t" + n.key + '\t' + std::to_string(n.fence));
    });
}

/// What the processes said, by the first word of the line; what went wrong fails the test.
std::multimap<std::string, std::string> all_said(children& them) {
    them.wait_for_all();
    CHECK_MESSAGE(them.failed() == 0, them.failures());
    const std::string text = std::move(them.rest());
    std::multimap<std::string, std::string> said;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        const std::string line = text.substr(at, end - at);
        const auto tab = line.find('\t');
        said.emplace(line.substr(0, tab), tab == std::string::npos ? "" : line.substr(tab + 1));
        CHECK_MESSAGE(!line.starts_with("E"), line);
        at = end + 1;
    }
    return said;
}

/// Every key once, and none lost: nothing is left and the store agrees with its own events.
void check_once(const std::string& file, const std::multimap<std::string, std::string>& said) {
    std::set<std::string> seen;
    book all;
    all.manual = true;
    const auto [from, to] = said.equal_range("H");
    for (auto at = from; at != to; ++at) {
        const std::string key = at->second.substr(0, at->second.find('\t'));
        CHECK_MESSAGE(seen.insert(key).second, key);
        all.read("H\t" + key + "\t1");
    }
    CHECK(seen.size() > 0);
    auto office = office_on(file);
    std::size_t events = 0;
    for (const auto& row : office.cases({}, {}, 1'000).value().rows) {
        CHECK(office.verify(row.id).has_value());
        for (const auto& entry : office.history(row.id).value())
            events += notices_of(entry.fact.body).size();
    }
    CHECK(events == seen.size() + office.outbox().value().pending);
}

}  // namespace

TEST_CASE("processes that race for a task: one wins, its notifications go out once") {
    const quytrinh_tests::folder in;
    const std::string file = in.file("cases.db");
    const std::size_t rounds = quytrinh_tests::count_of(60);
    const auto cases = prepare(file, rounds);
    meeting start{racers, rounds};
    children them;
    for (unsigned who = 0; who < racers; ++who)
        them.start([&, who](const reporter& say) {
            auto office = office_on(file);
            hear(office, say);
            for (std::size_t round = 0; round < rounds; ++round) {
                const bool same = round % 2 == 1;
                const std::string name = same ? "nv00" : "nv0" + std::to_string(who);
                start.wait(round);
                const auto answer =
                    office.complete(cases[round], "1", first_step(name, same ? "một" : name));
                const std::string line = std::to_string(round) + '\t';
                if (answer)
                    say.line((same ? "same\t" : "won\t") + line +
                             to_hex(sha256(encode_result(*answer))));
                else if (!same && (answer.error().code == errc::task_not_open ||
                                   answer.error().code == errc::not_permitted ||
                                   answer.error().code == errc::conflict))
                    say.line("lost\t" + line);
                else
                    say.line("E\t" + line + answer.error().text(language::en));
            }
        });
    them.all_started();
    const auto said = all_said(them);
    CHECK(said.count("won") == rounds / 2);
    CHECK(said.count("lost") == rounds / 2 * (racers - 1));
    // One command id, sent by all: all of them hear the one answer.
    CHECK(said.count("same") == rounds / 2 * racers);
    std::set<std::string> answers;
    for (auto [at, end] = said.equal_range("same"); at != end; ++at) answers.insert(at->second);
    CHECK(answers.size() == rounds / 2);
    check_once(file, said);
}

TEST_CASE("processes that do the due work of one file do each thing once while leases hold") {
    const quytrinh_tests::folder in;
    const std::string file = in.file("cases.db");
    const std::size_t count = quytrinh_tests::count_of(40);
    // Nobody listens, so all of it waits; then step 2 of each is overdue.
    const auto cases = prepare(file, count, true);
    {
        auto office = office_on(file);
        office.backing().set_clock(first_day() + std::chrono::hours{24 * 30}).value();
        REQUIRE(office.outbox().value().pending > count);
    }
    meeting start{racers, 1};
    children them;
    for (unsigned who = 0; who < racers; ++who)
        them.start([&](const reporter& say) {
            auto office = office_on(file);
            hear(office, say);
            start.wait(0);
            for (;;) {
                const auto report = office.run_due(5).value();
                for (const auto& problem : report.problems)
                    say.line("E\t" + problem.text(language::en));
                say.line("did\t" + std::to_string(report.timers) + '\t' +
                         std::to_string(report.delivered));
                if (report.timers + report.delivered == 0 && !report.more) return;
            }
        });
    them.all_started();
    const auto said = all_said(them);
    check_once(file, said);
    std::size_t timers = 0;
    for (auto [at, end] = said.equal_range("did"); at != end; ++at)
        timers += std::stoul(at->second);
    CHECK(timers == count);
    auto office = office_on(file);
    for (const auto& of : cases) {
        std::size_t overdue = 0;
        for (const auto& entry : office.history(of).value())
            overdue += std::holds_alternative<event::task_overdue>(entry.fact.body) ? 1 : 0;
        CHECK(overdue == 1);
    }
}

TEST_CASE("a process that sleeps past its lease finds its work done by another, and spoils none") {
    const quytrinh_tests::folder in;
    const std::string file = in.file("cases.db");
    const auto cases = prepare(file, 3, true);
    children them;
    them.start([&](const reporter& say) {
        auto office = office_on(file);
        bool slept = false;
        office.on_notification([&](const notification& n) {
            say.line("H\t" + n.key + '\t' + std::to_string(n.fence));
            // Stopped in the middle of a delivery, with the rest of the claim in hand.
            if (!std::exchange(slept, true)) ::raise(SIGSTOP);
        });
        const auto report = office.run_due(100).value();
        for (const auto& problem : report.problems) say.line("E\t" + problem.text(language::en));
        say.line("woke\t");
    });
    them.all_started();
    REQUIRE(them.read_until(std::chrono::steady_clock::now() + std::chrono::seconds{90},
                            [](const std::string& text) { return !text.empty(); }));
    int status = 0;
    REQUIRE(::waitpid(them.alive().front(), &status, WUNTRACED) == them.alive().front());
    REQUIRE(WIFSTOPPED(status));

    std::map<std::string, std::set<std::uint64_t>> fences;
    {
        auto office = office_on(file);
        std::size_t heard = 0;
        office.on_notification([&](const notification& n) {
            ++heard;
            fences[n.key].insert(n.fence);
        });
        (void)office.run_due(100).value();
        CHECK(heard == 0);  // the lease holds while the holder sleeps
        office.backing()
            .set_clock(office.backing().now().value() + std::chrono::seconds{61})
            .value();
        (void)office.run_due(100).value();
        CHECK(heard > 3);
        CHECK(office.outbox().value().pending == 0);
        office.on_notification({});
        // Something new, which the sleeper must neither settle nor lose.
        complete_options next;
        next.by = {"ĐVTH", "nv07"};
        next.outcome = "NOK";
        next.reason = "thiếu thông tin";
        office.complete(cases[0], "2", next).value();
        CHECK(office.outbox().value().pending > 0);
    }
    ::kill(them.alive().front(), SIGCONT);
    const auto said = all_said(them);
    CHECK(said.count("woke") == 1);
    for (auto [at, end] = said.equal_range("H"); at != end; ++at) {
        const auto tab = at->second.find('\t');
        // A repetition can be told from the first by its fence.
        CHECK(fences[at->second.substr(0, tab)]
                  .insert(std::stoull(at->second.substr(tab + 1)))
                  .second);
    }
    auto office = office_on(file);
    CHECK(office.outbox().value().pending == 0);
    std::size_t events = 0;
    for (const auto& of : cases) {
        CHECK(office.verify(of).has_value());
        for (const auto& entry : office.history(of).value())
            events += notices_of(entry.fact.body).size();
    }
    CHECK(fences.size() == events);
}
