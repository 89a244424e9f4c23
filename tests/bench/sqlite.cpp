// SPDX-License-Identifier: BSL-1.0
// tests/bench/sqlite.cpp: the SQLite store against bare prepared-statement loops (sqlite_floor.hpp)
// that write its own rows, one commit each, or the rows of a naive design, many a commit; and
// against itself where what is asked is how its cost grows.
#include "harness.hpp"
#include "sqlite_floor.hpp"
#include "walker.hpp"

#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/store/sqlite.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace bench {
namespace {

using namespace quytrinh;

std::string fresh(const std::string& folder, const char* name) {
    const auto path = folder + "/" + name;
    for (const auto* end : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(path + end);
    return path;
}

std::shared_ptr<store> open_at(const std::string& path) {
    sqlite_options options;
    options.manual_clock = trial().manual_clock;
    options.seed = 42;
    return open_sqlite(path, options).value();
}

/// With the clock of the machine, as an office has it. That of a trial store lies in the file, so
/// that several processes see it move: asking it is a read transaction, once a command.
std::shared_ptr<store> open_in_use(const std::string& path) { return open_sqlite(path).value(); }

/// The walk's own rows, written once by the store and then over and over by a bare loop, one commit
/// for each command.
double same_rows(const recording& walk, const std::string& folder) {
    std::size_t commands = 0;
    const double s = seconds_of([&] { commands = walk.replay(fresh(folder, "bare.db")); });
    return s / static_cast<double>(commands);
}

/// The naive rows of the same walk, many commands a commit.
double naive_batched(const std::string& folder, const std::vector<turn_rows>& turns, int cases,
                     int batch) {
    naive_file db(fresh(folder, "bare.db"));
    std::vector<std::string> ids;
    for (int n = 0; n < cases; ++n) ids.push_back("case" + std::to_string(n));
    int in_batch = 0;
    return seconds_of([&] {
               for (std::size_t k = 0; k < turns.size(); ++k)
                   for (const auto& id : ids) {
                       if (in_batch == 0) db.file().begin();
                       db.command(id, k, turns[k]);
                       if (++in_batch == batch) {
                           db.file().commit();
                           in_batch = 0;
                       }
                   }
               if (in_batch != 0) db.file().commit();
           }) /
           (static_cast<double>(cases) * static_cast<double>(turns.size()));
}

double ours_single(const std::string& folder, int cases, bool trial_clock = false) {
    const auto path = fresh(folder, "ours.db");
    auto office = make_office(trial_clock ? open_at(path) : open_in_use(path));
    std::size_t commands = 0;
    const double s = seconds_of([&] {
        for (int n = 0; n < cases; ++n) walk_case(office, n, &commands);
    });
    return s / static_cast<double>(commands);
}

double ours_batched(const std::string& folder, int cases, std::size_t batch) {
    auto office = make_office(open_in_use(fresh(folder, "ours.db")));
    auto rounds = walk_rounds(office, cases);
    std::size_t commands = 0;
    const double s = seconds_of([&] {
        for (auto& round : rounds)
            for (std::size_t at = 0; at < round.size(); at += batch) {
                std::vector<case_command> part(round.begin() + static_cast<std::ptrdiff_t>(at),
                                               round.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                   at + batch, round.size())));
                for (const auto& r : office.execute_all(std::move(part)))
                    if (!r) throw std::runtime_error(r.error().text());
                commands += std::min(batch, round.size() - at);
            }
    });
    return s / static_cast<double>(commands);
}

/// File growth after VACUUM for one completed step, without the definition.
double bytes_per_step(const std::string& folder, int cases) {
    const auto path = fresh(folder, "bytes.db");
    const auto size_after_vacuum = [&] {
        sqlite3* db = nullptr;
        sqlite3_open(path.c_str(), &db);
        sqlite3_exec(db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr);
        sqlite3_close(db);
        return static_cast<double>(std::filesystem::file_size(path));
    };
    std::size_t commands = 0;
    {
        auto office = make_office(open_at(path));
        walk_case(office, 0, &commands);
    }
    const double before = size_after_vacuum();
    commands = 0;
    {
        auto office = make_office(open_at(path));
        for (int n = 1; n <= cases; ++n) walk_case(office, n, &commands);
    }
    return (size_after_vacuum() - before) / static_cast<double>(commands);
}

/// How cost grows with stored cases: commands a second beside them and in an empty file.
void growth_rows(std::vector<row>& rows, const std::string& folder, const std::string& path,
                 const std::vector<std::size_t>& sizes, int cases) {
    std::size_t filled = 0;
    for (const std::size_t size : sizes) {
        {
            auto keep = open_at(path);
            fill_with_tasks(*keep, size, filled);
            filled = size;
        }
        static int number = 10'000;
        rows.push_back(paired(
            "SQLite: one command beside " + std::to_string(size) + " stored cases",
            "in an empty file", "/s", 1,
            [&] {
                auto office = make_office(open_at(path));
                std::size_t commands = 0;
                const double s = seconds_of([&] {
                    for (int i = 0; i < cases; ++i) walk_case(office, number++, &commands);
                });
                return static_cast<double>(commands) / s;
            },
            [&] { return 1 / ours_single(folder, cases, true); }, gate::at_least, 0.8, "flat"));
    }
}

/// One case written to directly, an event a command, a snapshot of 2 KB every 32: what the store
/// itself does with a long history. (The kernel's own cost follows the state: a case with thousands
/// of comments has them all in it.)
class long_case {
public:
    long_case(store& keep, const std::string& name, std::size_t events)
        : keep_(keep), opening_(name) {
        identity_ = {keep.caps().store_id,
                     "main",
                     derive_case_id(keep.caps().store_id, "main", opening_),
                     {}};
        identity_.definition[0] = 7;
        head_.id = identity_.of;
        head_.procedure = "QT.X";
        head_.definition = identity_.definition;
        head_.opened_at = keep.now().value();
        while (head_.version < events) {
            std::vector<write_batch> group;
            while (group.size() < 128 && head_.version < events) group.push_back(next());
            for (const auto& out : keep.write_group("main", group)) check(out);
        }
    }
    /// Reads what a runtime reads and writes one command more.
    void go_on() {
        auto batch = next();
        if (!keep_.read("main", identity_.of, batch.command.id)) throw std::runtime_error("read");
        check(keep_.write("main", batch));
    }

private:
    static void check(const write_outcome& out) {
        if (out.what != write_outcome::kind::committed) throw std::runtime_error("not stored");
    }
    write_batch next() {
        write_batch b;
        case_event fact;
        fact.seq = head_.version + 1;
        fact.at = head_.opened_at;
        fact.cause = fact.seq == 1 ? opening_ : command_id("k" + std::to_string(fact.seq));
        fact.body = event::commented{{}, std::string(60, 'x'), {}};
        b.of = identity_.of;
        b.expected_version = head_.version;
        b.expected_hash = head_.hash;
        b.command.id = fact.cause;
        b.command.first_seq = b.command.last_seq = fact.seq;
        b.command.result = std::string(37, 'r');
        b.events.push_back(seal(identity_, head_.hash, fact, salt16{}));
        head_.version = fact.seq;
        head_.hash = b.events.back().hash;
        head_.last_at = fact.at;
        b.head = head_;
        if (fact.seq == 1) b.definition = definition_row{identity_.definition, "QT.X", "x"};
        if (fact.seq % 32 == 0)
            b.snapshot = snapshot_row{fact.seq, stored_format, std::string(2000, 's')};
        return b;
    }

    store& keep_;
    command_id opening_;
    chain_identity identity_;
    head_row head_;
};

/// How cost grows with the events of one case: commands a second on a long case and on a short one.
row history_row(const std::string& folder, std::size_t events, int commands) {
    auto keep = open_at(fresh(folder, "long.db"));
    long_case longer(*keep, "long", events);
    int number = 0;
    const auto rate = [&](const std::function<long_case&()>& which) {
        long_case& one = which();
        return commands / seconds_of([&] {
                   for (int i = 0; i < commands; ++i) one.go_on();
               });
    };
    std::optional<long_case> shorter;
    return paired(
        "SQLite: one read and write on a case of " + std::to_string(events) + " events",
        "of 10 events at first", "/s", 1,
        [&] { return rate([&]() -> long_case& { return longer; }); },
        [&] {
            return rate([&]() -> long_case& {
                return shorter.emplace(*keep, "short" + std::to_string(number++), 10);
            });
        },
        gate::at_least, 0.8, "flat");
}

/// Due timers a second, claimed by so many threads in batches of 50 until there are no more.
row claim_row(const std::string& folder, std::size_t due) {
    auto keep = open_at(fresh(folder, "claims.db"));
    fill_with_tasks(*keep, due, 0, true);
    const auto rate = [&](int workers) {
        // The leases of the last run are over.
        if (!keep->set_clock(keep->now().value() + std::chrono::hours(2)))
            throw std::runtime_error("the clock does not move");
        std::atomic<std::size_t> claimed{0};
        const double s = seconds_of([&] {
            std::vector<std::thread> threads;
            for (int w = 0; w < workers; ++w)
                threads.emplace_back([&] {
                    for (;;) {
                        const auto items = keep->claim_due("main", work_kind::timer, 50,
                                                           std::chrono::hours(1), "bench");
                        if (!items || items->empty()) return;
                        claimed += items->size();
                    }
                });
            for (auto& t : threads) t.join();
        });
        if (claimed != due) throw std::runtime_error("timers lost or claimed twice");
        return static_cast<double>(due) / s;
    };
    return paired(
        "SQLite: due timers claimed by 8 workers, 50 at a time", "by one worker", "/s", 1,
        [&] { return rate(8); }, [&] { return rate(1); }, gate::at_least, 0.9, "rises");
}

}  // namespace

std::vector<row> sqlite_rows(bool quick, const std::string& folder) {
    std::vector<row> rows;
    const int cases = quick ? 5 : 60;
    // Speeds are rates here: the ratio is ours/bare in commands a second.
    const auto rate = [](double seconds) { return 1 / seconds; };
    {
        const recording walk(fresh(folder, "ours.db"), [&] { (void)ours_single(folder, cases); });
        rows.push_back(paired(
            "SQLite FULL, one command at a time", "the very same rows, bare loop", "/s", 1,
            [&] { return rate(ours_single(folder, cases)); },
            [&] { return rate(same_rows(walk, folder)); }, gate::at_least, 0.85, "95 %"));
    }
    rows.push_back(paired(
        "SQLite FULL, one command at a time", "one bare 200-byte row a commit", "/s", 1,
        [&] { return rate(ours_single(folder, cases)); },
        [&] {
            naive_file db(fresh(folder, "bare.db"));
            const int n = cases * 8;
            return n / seconds_of([&] {
                       for (int k = 0; k < n; ++k) db.one_row(k);
                   });
        },
        gate::remark, 0, "≥ 65 %"));
    // As many cases at once as the runtime remembers (512); beyond that it also reads and folds
    // each case anew, which is the second row.
    const auto turns = rows_of_walk();
    const int many = quick ? 64 : 448, more = 1280;
    rows.push_back(paired(
        "SQLite FULL, 64 commands a batch call", "eight row operations, 64 a commit", "/s", 1,
        [&] { return rate(ours_batched(folder, many, 64)); },
        [&] { return rate(naive_batched(folder, turns, many, 64)); }, gate::at_least, 1.5, "3×"));
    if (!quick)
        rows.push_back(paired(
            "SQLite FULL, 64 a batch call, " + std::to_string(more) + " cases by turns",
            "eight row operations, 64 a commit", "/s", 1,
            [&] { return rate(ours_batched(folder, more, 64)); },
            [&] { return rate(naive_batched(folder, turns, more, 64)); }, gate::remark, 0, "–"));
    rows.push_back(single(
        "SQLite: stored bytes a completed step, after VACUUM", "B", 1,
        [&] { return bytes_per_step(folder, quick ? 20 : 200); }, gate::at_most, 1024, "≤ 500 B",
        1));

    rows.push_back(history_row(folder, quick ? 1'000 : 10'000, quick ? 40 : 200));
    rows.push_back(claim_row(folder, quick ? 2'000 : 20'000));

    const std::size_t open = quick ? 20'000 : 1'000'000;
    const auto path = fresh(folder, "million.db");
    growth_rows(rows, folder, path,
                quick ? std::vector<std::size_t>{1'000, open}
                      : std::vector<std::size_t>{1'000, 100'000, open},
                cases / 2 + 1);
    {
        auto keep = open_at(path);
        rows.push_back(single(
            "SQLite: page of 50 tasks of a unit, " + std::to_string(open) + " open", "ms", 1e3,
            [&] { return page_seconds(*keep); }, gate::at_most, 1, "< 0.3 ms"));
        rows.push_back(single(
            "SQLite: due timers among " + std::to_string(open), "ms", 1e3,
            [&] { return timers_seconds(*keep); }, gate::at_most, 1, "< 0.2 ms"));
    }
    rows.push_back(single(
        "SQLite: start-up with " + std::to_string(open) + " open cases", "s", 1,
        [&] {
            return seconds_of([&] {
                auto office = make_office(open_at(path));
                keep(office);
            });
        },
        gate::at_most, 0.2, "< 0.2 s"));
    return rows;
}

}  // namespace bench
