// SPDX-License-Identifier: BSL-1.0
// tests/bench/sqlite.cpp: the SQLite store against bare prepared-statement loops that write the
// same rows, one commit each or many a commit, with the same journal and synchronous settings on
// the same disk.
#include "harness.hpp"
#include "walker.hpp"

#include <quytrinh/codec/chain.hpp>
#include <quytrinh/store/sqlite.hpp>

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string>

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

/// The eight row operations of one command (head, event ×2, command id, task close and open, timer
/// close and open, outbox ×2) as plain tables and prepared statements, with payloads of the real
/// size.
class bare {
public:
    explicit bare(const std::string& path) {
        run(sqlite3_open(path.c_str(), &db_));
        for (const auto* sql :
             {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0",
              "CREATE TABLE head(tenant TEXT, id TEXT, row BLOB, PRIMARY KEY(tenant,id)) WITHOUT "
              "ROWID",
              "CREATE TABLE event(tenant TEXT, id TEXT, seq INTEGER, header BLOB, payload BLOB, "
              "hash BLOB, "
              "PRIMARY KEY(tenant,id,seq)) WITHOUT ROWID",
              "CREATE TABLE command(tenant TEXT, id TEXT, cmd TEXT, row BLOB, PRIMARY "
              "KEY(tenant,id,cmd)) WITHOUT ROWID",
              "CREATE TABLE task(tenant TEXT, unit TEXT, due INTEGER, id TEXT, task TEXT, "
              "PRIMARY KEY(tenant,unit,due,id,task)) WITHOUT ROWID",
              "CREATE TABLE timer(tenant TEXT, at INTEGER, id TEXT, task TEXT, PRIMARY "
              "KEY(tenant,at,id,task)) WITHOUT ROWID",
              "CREATE TABLE outbox(tenant TEXT, id TEXT, seq INTEGER, n INTEGER, body BLOB, "
              "PRIMARY KEY(tenant,id,seq,n)) WITHOUT ROWID"})
            exec(sql);
        const char* statements[] = {
            "INSERT OR REPLACE INTO head VALUES('main',?1,?2)",
            "INSERT INTO event VALUES('main',?1,?2,?3,?4,?5)",
            "INSERT INTO command VALUES('main',?1,?2,?3)",
            "DELETE FROM task WHERE tenant='main' AND unit='U' AND due=?2 AND id=?1 AND task=?3",
            "INSERT INTO task VALUES('main','U',?2,?1,?3)",
            "DELETE FROM timer WHERE tenant='main' AND at=?2 AND id=?1 AND task=?3",
            "INSERT INTO timer VALUES('main',?2,?1,?3)",
            "INSERT INTO outbox VALUES('main',?1,?2,?3,?4)"};
        for (int i = 0; i < 8; ++i)
            run(sqlite3_prepare_v2(db_, statements[i], -1, &s_[i], nullptr));
    }
    ~bare() {
        for (auto* s : s_) sqlite3_finalize(s);
        sqlite3_close(db_);
    }
    bare(const bare&) = delete;
    bare& operator=(const bare&) = delete;

    void begin() { exec("BEGIN IMMEDIATE"); }
    void commit() {
        exec("COMMIT");
        if (++commits_ % 500 == 0) exec("PRAGMA wal_checkpoint(PASSIVE)");
    }
    /// Command number `k` of case `id`.
    void command(const std::string& id, int k) {
        static const std::string header(110, 'h'), payload(260, 'p'), hash(32, 'x'), small(40, 's');
        step(0, [&](auto* s) {
            text(s, 1, id);
            blob(s, 2, std::string(160, 'r'));
        });
        for (int e = 0; e < 2; ++e)
            step(1, [&](auto* s) {
                text(s, 1, id);
                number(s, 2, 2 * k + e);
                blob(s, 3, header);
                blob(s, 4, payload);
                blob(s, 5, hash);
            });
        step(2, [&](auto* s) {
            text(s, 1, id);
            text(s, 2, "c" + std::to_string(k));
            blob(s, 3, small);
        });
        if (k > 0)
            for (const int del : {3, 5})
                step(del, [&](auto* s) {
                    text(s, 1, id);
                    number(s, 2, due(k - 1));
                    text(s, 3, std::to_string(k - 1));
                });
        for (const int ins : {4, 6})
            step(ins, [&](auto* s) {
                text(s, 1, id);
                number(s, 2, due(k));
                text(s, 3, std::to_string(k));
            });
        for (int n = 0; n < 2; ++n)
            step(7, [&](auto* s) {
                text(s, 1, id);
                number(s, 2, 2 * k);
                number(s, 3, n);
                blob(s, 4, small);
            });
    }
    void one_row(int k) {
        begin();
        step(1, [&](auto* s) {
            text(s, 1, "one");
            number(s, 2, k);
            blob(s, 3, small_);
            blob(s, 4, std::string(120, 'p'));
            blob(s, 5, small_);
        });
        commit();
    }

private:
    static std::int64_t due(int k) { return 1'700'000'000'000'000 + k * 86'400'000'000LL; }
    void run(int rc) {
        if (rc != SQLITE_OK)
            throw std::runtime_error(std::string("sqlite: ") + sqlite3_errmsg(db_));
    }
    void exec(const char* sql) { run(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }
    template <class Bind>
    void step(int i, Bind bind) {
        bind(s_[i]);
        if (sqlite3_step(s_[i]) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_));
        run(sqlite3_reset(s_[i]));
    }
    static void text(sqlite3_stmt* s, int i, const std::string& v) {
        sqlite3_bind_text(s, i, v.data(), static_cast<int>(v.size()), SQLITE_TRANSIENT);
    }
    static void blob(sqlite3_stmt* s, int i, const std::string& v) {
        sqlite3_bind_blob(s, i, v.data(), static_cast<int>(v.size()), SQLITE_TRANSIENT);
    }
    static void number(sqlite3_stmt* s, int i, std::int64_t v) { sqlite3_bind_int64(s, i, v); }

    sqlite3* db_ = nullptr;
    sqlite3_stmt* s_[8] = {};
    std::string small_ = std::string(40, 's');
    int commits_ = 0;
};

double bare_single(const std::string& folder, int cases, int turns) {
    bare db(fresh(folder, "bare.db"));
    return seconds_of([&] {
               for (int n = 0; n < cases; ++n)
                   for (int k = 0; k < turns; ++k) {
                       db.begin();
                       db.command("case" + std::to_string(n), k);
                       db.commit();
                   }
           }) /
           (static_cast<double>(cases) * turns);
}

double bare_batched(const std::string& folder, int cases, int turns, int batch) {
    bare db(fresh(folder, "bare.db"));
    int in_batch = 0;
    return seconds_of([&] {
               for (int k = 0; k < turns; ++k)
                   for (int n = 0; n < cases; ++n) {
                       if (in_batch == 0) db.begin();
                       db.command("case" + std::to_string(n), k);
                       if (++in_batch == batch) {
                           db.commit();
                           in_batch = 0;
                       }
                   }
               if (in_batch != 0) db.commit();
           }) /
           (static_cast<double>(cases) * turns);
}

double ours_single(const std::string& folder, int cases) {
    auto office = make_office(open_at(fresh(folder, "ours.db")));
    std::size_t commands = 0;
    const double s = seconds_of([&] {
        for (int n = 0; n < cases; ++n) walk_case(office, n, &commands);
    });
    return s / static_cast<double>(commands);
}

double ours_batched(const std::string& folder, int cases, std::size_t batch) {
    auto office = make_office(open_at(fresh(folder, "ours.db")));
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

}  // namespace

std::vector<row> sqlite_rows(bool quick, const std::string& folder) {
    std::vector<row> rows;
    const int cases = quick ? 5 : 60;
    constexpr int turns = 8;
    // Speeds are rates here: the ratio is ours/bare in commands a second.
    const auto rate = [](double seconds) { return 1 / seconds; };
    rows.push_back(paired(
        "SQLite FULL, one command at a time", "same rows, bare loop", "/s", 1,
        [&] { return rate(ours_single(folder, cases)); },
        [&] { return rate(bare_single(folder, cases, turns)); }, gate::at_least, 0.85, "95 %"));
    rows.push_back(paired(
        "SQLite FULL, one command at a time", "one bare 200-byte row a commit", "/s", 1,
        [&] { return rate(ours_single(folder, cases)); },
        [&] {
            bare db(fresh(folder, "bare.db"));
            const int n = cases * turns;
            return n / seconds_of([&] {
                       for (int k = 0; k < n; ++k) db.one_row(k);
                   });
        },
        gate::remark, 0, "≥ 65 %"));
    const int many = quick ? 64 : 640;
    rows.push_back(paired(
        "SQLite FULL, 64 commands a batch call", "eight row operations, 64 a commit", "/s", 1,
        [&] { return rate(ours_batched(folder, many, 64)); },
        [&] { return rate(bare_batched(folder, many, turns, 64)); }, gate::at_least, 1.5, "3×"));
    rows.push_back(single(
        "SQLite: stored bytes a completed step, after VACUUM", "B", 1,
        [&] { return bytes_per_step(folder, quick ? 20 : 200); }, gate::at_most, 1024, "≤ 500 B",
        1));

    const std::size_t open = quick ? 20'000 : 1'000'000;
    const auto path = fresh(folder, "million.db");
    {
        auto keep = open_at(path);
        fill_with_tasks(*keep, open);
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
    // How cost grows: commands a second in an empty file and beside `open` stored cases.
    rows.push_back(paired(
        "SQLite: one command beside " + std::to_string(open) + " stored cases", "in an empty file",
        "/s", 1,
        [&] {
            auto office = make_office(open_at(path));
            std::size_t commands = 0;
            static int number = 10'000;
            const int n = cases / 2 + 1;
            const double s = seconds_of([&] {
                for (int i = 0; i < n; ++i) walk_case(office, number++, &commands);
            });
            return static_cast<double>(commands) / s;
        },
        [&] { return rate(ours_single(folder, cases / 2 + 1)); }, gate::at_least, 0.8, "flat"));
    return rows;
}

}  // namespace bench
