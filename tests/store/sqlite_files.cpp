// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_files.cpp: what may be opened and what is refused untouched; reopening,
// copies, forks.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"
#include "store/folder.hpp"

#include <sqlite3.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace quytrinh_tests;
namespace fs = std::filesystem;

namespace {

/// Runs SQL on a file the way a stranger would.
void as_stranger(const std::string& path, const char* sql) {
    sqlite3* db = nullptr;
    REQUIRE_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    char* why = nullptr;
    const int code = sqlite3_exec(db, sql, nullptr, nullptr, &why);
    const std::string words = why != nullptr ? why : "";
    CAPTURE(words);
    CHECK_EQ(code, SQLITE_OK);
    sqlite3_free(why);
    sqlite3_close(db);
}
std::int64_t number_of(const std::string& path, const char* sql) {
    sqlite3* db = nullptr;
    sqlite3_stmt* asked = nullptr;
    std::int64_t out = -1;
    sqlite3_open(path.c_str(), &db);
    if (sqlite3_prepare_v2(db, sql, -1, &asked, nullptr) == SQLITE_OK &&
        sqlite3_step(asked) == SQLITE_ROW)
        out = sqlite3_column_int64(asked, 0);
    sqlite3_finalize(asked);
    sqlite3_close(db);
    return out;
}

/// A store with one case of three events, closed.
std::string finished_store(const folder& in, const std::string& name = "a.db") {
    const std::string path = in.file(name);
    auto keep = open_sqlite(path).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, "a", 3).what == committed);
    return path;
}

/// Refused with this reason, and not a byte of the file changed.
void check_untouched(const std::string& path, errc reason, const sqlite_options& options = {}) {
    CAPTURE(path);
    const std::string before = bytes_of(path);
    const bool had_lock = fs::exists(path + ".lock");
    const auto opened = open_sqlite(path, options);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == reason);
    CHECK_FALSE(opened.error().text(language::vi).empty());
    CHECK(bytes_of(path) == before);
    CHECK_FALSE(fs::exists(path + "-wal"));
    CHECK_FALSE(fs::exists(path + "-shm"));
    CHECK_FALSE(fs::exists(path + "-journal"));
    CHECK_EQ(fs::exists(path + ".lock"), had_lock);
}

errc reason_of(const std::string& path, const sqlite_options& options = {}) {
    const auto opened = open_sqlite(path, options);
    return opened ? errc{} : opened.error().code;
}

}  // namespace

TEST_CASE("a new file is made, closed to others, and says what it is") {
    folder in;
    const std::string path = in.file("a.db");
    auto keep = open_sqlite(path).value();
    const auto caps = keep->caps();
    CHECK_EQ(caps.kind, "sqlite");
    CHECK(caps.durable == durability::durable);
    CHECK(caps.many_processes);
    CHECK_EQ(caps.schema, 4);
    CHECK_EQ(caps.epoch, 1);
    struct stat about {};
    REQUIRE_EQ(::stat(path.c_str(), &about), 0);
    CHECK_EQ(about.st_mode & 0777, 0600);
    keep.reset();
    CHECK_EQ(number_of(path, "PRAGMA application_id"), 0x51555954);
    CHECK_EQ(number_of(path, "PRAGMA user_version"), 4);
    CHECK_EQ(
        number_of(path, "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"), 0);
    // The last one out leaves one file (and the lock, which is never removed).
    CHECK_FALSE(fs::exists(path + "-wal"));
    CHECK_FALSE(fs::exists(path + "-shm"));
    CHECK_FALSE(fs::exists(path + ".quytrinh-new"));
}

TEST_CASE("cases are there again after closing") {
    folder in;
    const std::string path = finished_store(in);
    auto keep = open_sqlite(path, {.create = false}).value();
    scribe of{*keep, "c"};
    of.head = *view_of(*keep, of).head;
    CHECK_EQ(audit(*keep, of), "");
    CHECK(of.put(*keep, "b", 2).what == committed);
    CHECK(keep->write("main", of.next("a")).what == duplicate);
}

TEST_CASE("a store keeps its id, whoever opens it") {
    folder in;
    const std::string path = in.file("a.db");
    const auto id = open_sqlite(path).value()->caps().store_id;
    CHECK(open_sqlite(path).value()->caps().store_id == id);
    CHECK(open_sqlite(in.file("b.db")).value()->caps().store_id != id);
}

TEST_CASE("a missing file is made only when asked for") {
    folder in;
    CHECK(reason_of(in.file("a.db"), {.create = false}) == errc::store_unavailable);
    CHECK_FALSE(fs::exists(in.file("a.db")));
    CHECK_FALSE(fs::exists(in.file("a.db.lock")));
    CHECK(reason_of(in.file("none/a.db")) == errc::store_unavailable);
}

// It was refused as a file that is not there.
TEST_CASE("an empty file is an empty database: said so, and made a store only when asked for") {
    folder in;
    const std::string path = in.file("a.db");
    std::ofstream(path).close();
    for (const bool looking : {false, true}) {
        sqlite_options options;
        options.create = false;
        options.read_only = looking;
        const auto refused = open_sqlite(path, options);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::store_unavailable);
        CHECK(refused.error().text(language::vi).find("tệp trống") != std::string::npos);
        CHECK(refused.error().text(language::en).find("it is empty") != std::string::npos);
    }
    CHECK_EQ(fs::file_size(path), 0);
    CHECK_FALSE(fs::exists(path + ".lock"));
    CHECK(open_sqlite(path).has_value());
    CHECK(open_sqlite(path, {.create = false}).has_value());
}

TEST_CASE("what is not a file is refused at once") {
    folder in;
    CHECK(reason_of("") == errc::store_unavailable);
    CHECK(reason_of(in.path()) == errc::store_unavailable);
    CHECK(reason_of(in.path() + "/") == errc::store_unavailable);
    CHECK(reason_of("/dev/null") == errc::store_unavailable);
    CHECK(reason_of(std::string{"a\0b", 3}) == errc::store_unavailable);
    REQUIRE_EQ(::mkfifo(in.file("fifo").c_str(), 0600), 0);
    CHECK(reason_of(in.file("fifo")) == errc::store_unavailable);
    CHECK(reason_of(in.file("a.db/x")) == errc::store_unavailable);
}

TEST_CASE("names that are something to SQLite are only names") {
    folder in;
    const fs::path here = fs::current_path();
    fs::current_path(in.path());
    for (const char* name :
         {":memory:", "file:x.db?mode=memory", "a?b#c%41.db", "đơn vị.db", "-x.db"}) {
        CAPTURE(name);
        auto keep = open_sqlite(name);
        REQUIRE(keep);
        scribe of{**keep, "c"};
        CHECK(of.put(**keep, "a").what == committed);
        keep->reset();
        CHECK(fs::is_regular_file(in.path() + '/' + name));
        CHECK(open_sqlite(name, {.create = false}));
    }
    fs::current_path(here);
}

TEST_CASE("a hard link is refused, a symbolic link is followed to the one file") {
    folder in;
    const std::string path = finished_store(in);
    fs::create_symlink(path, in.file("link.db"));
    {
        auto keep = open_sqlite(in.file("link.db")).value();
        scribe of{*keep, "c"};
        CHECK(view_of(*keep, of).head);
        CHECK_FALSE(fs::exists(in.file("link.db.lock")));
    }
    fs::create_hard_link(path, in.file("hard.db"));
    check_untouched(in.file("hard.db"), errc::store_unavailable);
    check_untouched(path, errc::store_unavailable);
}

TEST_CASE("what is not ours is refused untouched") {
    folder in;
    put_bytes(in.file("text"), "quy trình QT.HTKH.03\n");
    put_bytes(in.file("zeros"), std::string(8192, '\0'));
    put_bytes(in.file("short"), "SQLite format 3");
    put_bytes(in.file("header"), std::string{"SQLite format 3\0", 16} + std::string(84, '\0'));
    for (const char* name : {"text", "zeros", "short", "header"})
        check_untouched(in.file(name), errc::store_foreign);
    as_stranger(in.file("other"), "CREATE TABLE t(x); INSERT INTO t VALUES (1);");
    check_untouched(in.file("other"), errc::store_foreign);
    as_stranger(in.file("wal"), "PRAGMA journal_mode = WAL; CREATE TABLE t(x);");
    check_untouched(in.file("wal"), errc::store_foreign);
    CHECK_FALSE(fs::exists(in.file("other.lock")));
}

TEST_CASE("an empty file is as good as none") {
    folder in;
    put_bytes(in.file("a.db"), "");
    ::chmod(in.file("a.db").c_str(), 0640);
    auto keep = open_sqlite(in.file("a.db"));
    REQUIRE(keep);
    struct stat about {};
    ::stat(in.file("a.db").c_str(), &about);
    CHECK_EQ(about.st_mode & 0777, 0640);
    put_bytes(in.file("b.db"), "");
    CHECK(reason_of(in.file("b.db"), {.create = false}) == errc::store_unavailable);
}

TEST_CASE("a newer schema is refused untouched, and named") {
    folder in;
    const std::string path = finished_store(in);
    as_stranger(path, "PRAGMA user_version = 5");
    check_untouched(path, errc::store_newer);
    CHECK_EQ(open_sqlite(path).error().args, std::vector<std::string>{path, "5", "4"});
    as_stranger(path, "PRAGMA user_version = 0");
    check_untouched(path, errc::store_corrupt);
}

TEST_CASE("a schema that somebody changed is refused") {
    for (const char* change :
         {"CREATE TRIGGER t AFTER INSERT ON history BEGIN DELETE FROM history; END",
          "CREATE VIEW v AS SELECT * FROM cases", "CREATE TABLE t(x)",
          "CREATE INDEX i ON standing(last_at)", "DROP INDEX standing_notice",
          "ALTER TABLE cases ADD COLUMN x INTEGER", "ALTER TABLE refusal RENAME TO x",
          "DROP TABLE snapshot"}) {
        CAPTURE(change);
        folder in;
        const std::string path = finished_store(in);
        as_stranger(path, change);
        CHECK(reason_of(path) == errc::store_corrupt);
    }
}

TEST_CASE("statistics of a helpful administrator do no harm") {
    folder in;
    const std::string path = finished_store(in);
    as_stranger(path, "ANALYZE; VACUUM; REINDEX;");
    CHECK(open_sqlite(path));
}

TEST_CASE("a store whose rows contradict themselves gives errors, no crash") {
    for (const char* change :
         {"UPDATE meta SET store_id = x'00'", "DELETE FROM meta", "UPDATE meta SET format = 99",
          "UPDATE meta SET epoch = -1", "UPDATE meta SET clock_kind = 7"}) {
        CAPTURE(change);
        folder in;
        const std::string path = finished_store(in);
        as_stranger(path, change);
        CHECK(reason_of(path) == errc::store_corrupt);
    }
    for (const char* change : {"UPDATE cases SET status = 99", "UPDATE standing SET hash = x''",
                               "UPDATE standing SET version = -5", "DELETE FROM standing",
                               "UPDATE history SET events = x'01'",
                               "UPDATE history SET events = substr(events, 1, length(events) - 1)",
                               "UPDATE history SET kind = 44", "UPDATE history SET digest = x'01'",
                               "DELETE FROM history", "UPDATE command SET last_seq = -1",
                               "UPDATE cases SET definition = 99", "DELETE FROM definition"}) {
        CAPTURE(change);
        folder in;
        const std::string path = finished_store(in);
        as_stranger(path, change);
        auto keep = open_sqlite(path).value();
        const auto view = keep->read("main", case_id{"c"}, command_id{"a"});
        REQUIRE_FALSE(view);
        CHECK(view.error().code == errc::store_corrupt);
        // Other cases go on.
        scribe other{*keep, "d"};
        CHECK(other.put(*keep, "a").what == committed);
        CHECK(view_of(*keep, other).head);
    }
}

TEST_CASE("an event that was removed, changed or added is found by the chain") {
    // Byte 10 is in the header of the first event, the last is in the hash of the last one; the
    // first is its time.
    for (const char* change :
         {"DELETE FROM history WHERE key % 1048576 = 2",
          "DELETE FROM history WHERE key % 1048576 = 3",
          "DELETE FROM history WHERE key % 1048576 = 1",
          "UPDATE history SET events = CAST(substr(events, 1, 9) || x'00' || substr(events, 11) AS "
          "BLOB)",
          "UPDATE history SET events = "
          "CAST(substr(events, 1, length(events) - 1) || x'5A' AS BLOB)",
          "UPDATE history SET events = CAST(x'02' || substr(events, 2) AS BLOB)",
          "UPDATE history SET events = CAST(events || events AS BLOB)",
          "UPDATE history SET key = key + 1 WHERE key % 1048576 = 3",
          "INSERT INTO history SELECT key + 1, kind, digest, result, events FROM history "
          "ORDER BY key DESC LIMIT 1"}) {
        CAPTURE(change);
        folder in;
        const std::string path = in.file("a.db");
        {
            auto keep = open_sqlite(path).value();
            scribe of{*keep, "c"};
            for (const char* id : {"a", "b", "c"}) REQUIRE(of.put(*keep, id).what == committed);
            CHECK_EQ(audit(*keep, of), "");
        }
        as_stranger(path, change);
        auto keep = open_sqlite(path).value();
        scribe of{*keep, "c"};
        CHECK_NE(audit(*keep, of), "");
    }
}

TEST_CASE("a case whose rows are spoilt does not hold up the due work of others") {
    for (const char* change :
         {"UPDATE standing SET tasks = x'FF' WHERE no = 1",
          "UPDATE standing SET hash = x'' WHERE no = 1", "DELETE FROM cases WHERE no = 1",
          "UPDATE outbox SET entries = x'FF' WHERE case_no = 1",
          "DELETE FROM outbox WHERE case_no = 1", "UPDATE standing SET turn = 7 WHERE no = 1"}) {
        CAPTURE(change);
        folder in;
        const std::string path = in.file("a.db");
        {
            auto keep = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
            for (const char* id : {"c", "d"}) {
                scribe of{*keep, id};
                auto batch = of.next("a");
                batch.put_tasks = {of.task("1")};
                batch.put_tasks[0].timer_at = at_minute(1);
                batch.outbox = {of.message(1, 0)};
                REQUIRE(of.put(*keep, batch).what == committed);
            }
        }
        as_stranger(path, change);
        auto keep = open_sqlite(path, {.manual_clock = at_minute(2)}).value();
        for (const work_kind kind : {work_kind::timer, work_kind::notice}) {
            // One at a time: what cannot be read is passed over, not met again and again.
            std::vector<std::string> keys;
            for (int i = 0; i < 3; ++i)
                for (const auto& item : claim(*keep, kind, 1)) keys.push_back(item.key);
            CHECK_EQ(
                std::count(keys.begin(), keys.end(), kind == work_kind::timer ? "d/1.1" : "d/1/0"),
                1);
        }
    }
}

TEST_CASE("the kind of clock is for good") {
    folder in;
    finished_store(in, "real.db");
    check_untouched(in.file("real.db"), errc::clock_differs, {.manual_clock = at_minute(1)});
    REQUIRE(open_sqlite(in.file("trial.db"), {.manual_clock = at_minute(5)}));
    check_untouched(in.file("trial.db"), errc::clock_differs);
    CHECK(reason_of(in.file("x.db"), {.seed = 1}) == errc::invalid_argument);
}

TEST_CASE("a manual clock lives in the file: it goes on, never back, in every process") {
    folder in;
    const std::string path = in.file("a.db");
    auto one = open_sqlite(path, {.manual_clock = at_minute(5)}).value();
    auto two = open_sqlite(path, {.manual_clock = at_minute(1)}).value();
    CHECK(two->now().value() == at_minute(5));
    REQUIRE(two->set_clock(at_minute(9)));
    CHECK(one->now().value() == at_minute(9));
    CHECK_FALSE(one->set_clock(at_minute(8)));
    one.reset();
    two.reset();
    CHECK(open_sqlite(path, {.manual_clock = at_minute(7)}).value()->now().value() == at_minute(9));
    CHECK(open_sqlite(path, {.manual_clock = at_minute(12)}).value()->now().value() ==
          at_minute(12));
}

// One refused command with a mistyped year left a store, and its cases, in a year without a
// calendar.
TEST_CASE("a manual clock that waits goes into the file with the first command that is accepted") {
    folder in;
    const std::string path = in.file("a.db");
    const sqlite_options late{.manual_clock = at_minute(9), .clock_waits = true};
    REQUIRE(open_sqlite(path, {.manual_clock = at_minute(5)}));
    const auto stored = [&] {
        return open_sqlite(path, {.manual_clock = at_minute(0)}).value()->now().value();
    };
    {
        auto keep = open_sqlite(path, late).value();
        CHECK(keep->now().value() == at_minute(9));
        CHECK_FALSE(keep->set_clock(at_minute(8)));
    }
    CHECK(stored() == at_minute(5));
    auto keep = open_sqlite(path, late).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, of.next("a")).what == committed);
    CHECK(stored() == at_minute(9));
    REQUIRE(keep->set_clock(at_minute(11)));
    REQUIRE(of.put(*keep, of.next("b")).what == committed);
    CHECK(stored() == at_minute(11));
}

TEST_CASE("a seeded store draws other bytes each time it is opened, the same in the same order") {
    std::vector<std::array<std::uint8_t, 16>> drawn;
    for (int run = 0; run < 2; ++run) {
        folder in;
        for (int opening = 0; opening < 3; ++opening) {
            auto keep =
                open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0), .seed = 3}).value();
            std::array<std::uint8_t, 16> bytes{};
            REQUIRE(keep->entropy(bytes));
            drawn.push_back(bytes);
        }
    }
    CHECK(drawn[0] != drawn[1]);
    CHECK(drawn[1] != drawn[2]);
    for (int i = 0; i < 3; ++i) CHECK(drawn[i] == drawn[i + 3]);
    // Byte for byte what a memory store draws: exports of both are the same.
    folder in;
    auto keep = open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0), .seed = 3}).value();
    auto memory = open_memory({.manual_clock = at_minute(0), .seed = 3});
    std::array<std::uint8_t, 16> a{}, b{};
    REQUIRE(keep->entropy(a));
    REQUIRE(memory->entropy(b));
    CHECK(a == b);
    CHECK(keep->caps().store_id == memory->caps().store_id);
}

TEST_CASE("a copy is a store of its own with a new epoch, made while the other is written") {
    folder in;
    auto keep = open_sqlite(in.file("a.db")).value();
    scribe of{*keep, "c"};
    auto batch = of.next("a", 3);
    batch.outbox = {of.message(1, 0)};
    REQUIRE(of.put(*keep, batch).what == committed);
    const auto items = claim(*keep, work_kind::notice);
    REQUIRE_EQ(items.size(), 1);
    REQUIRE(backup_sqlite(*keep, in.file("copy.db")));
    REQUIRE(of.put(*keep, "b").what == committed);
    auto copy = open_sqlite(in.file("copy.db"), {.create = false}).value();
    CHECK_EQ(copy->caps().epoch, 2);
    CHECK(copy->caps().store_id == keep->caps().store_id);
    scribe there{*copy, "c"};
    CHECK_EQ(view_of(*copy, there).head->version, 3);
    CHECK_EQ(audit(*copy, there), "");
    CHECK_EQ(number_of(in.file("copy.db"),
                       "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
             1);
    // What was claimed before the copy was made means nothing in it.
    CHECK_FALSE(*copy->settle("main", items[0]));
    CHECK(*keep->settle("main", items[0]));
    // A copy never replaces anything.
    CHECK_FALSE(backup_sqlite(*keep, in.file("copy.db")));
    CHECK_FALSE(backup_sqlite(*keep, in.file("none/copy.db")));
    CHECK_FALSE(backup_sqlite(*open_memory(), in.file("m.db")));
    CHECK_FALSE(fs::exists(in.file("m.db")));
}

TEST_CASE("a file that is moved away under a store is not written to") {
    folder in;
    auto keep = open_sqlite(in.file("a.db")).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, "a").what == committed);
    fs::rename(in.file("a.db"), in.file("b.db"));
    const auto out = of.put(*keep, "b");
    CHECK(out.what == refused);
    CHECK(why(out) == errc::store_unavailable);
    fs::rename(in.file("b.db"), in.file("a.db"));
    CHECK(of.put(*keep, "b").what == committed);
}

TEST_CASE("in a forked child every call is refused and nothing is touched") {
    folder in;
    auto keep = open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)}).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, "a").what == committed);
    const pid_t child = ::fork();
    REQUIRE_GE(child, 0);
    if (child == 0) {
        int wrong = 0;
        const auto is_forked = [&](const auto& out) {
            wrong += !out.has_value() && out.error().code == errc::forked ? 0 : 1;
        };
        is_forked(keep->now());
        is_forked(keep->set_clock(at_minute(1)));
        std::array<std::uint8_t, 4> bytes{};
        is_forked(keep->entropy(bytes));
        is_forked(keep->read("main", case_id{"c"}, command_id{}));
        is_forked(keep->lookup("main", case_id{"c"}, command_id{}));
        is_forked(keep->definition("main", {}));
        is_forked(keep->claim_due("main", work_kind::timer, 1, lease, "w"));
        is_forked(keep->settle("main", {}));
        is_forked(keep->put_back("main", {}, at_minute(0), false, ""));
        is_forked(keep->count_outbox("main"));
        is_forked(keep->query_outbox("main", false, "", 1));
        is_forked(keep->query_tasks("main", {}, "", 1));
        is_forked(keep->query_cases("main", {}, "", 1));
        is_forked(keep->history("main", case_id{"c"}, 0, 1));
        is_forked(keep->record_refusal("main", {}));
        is_forked(keep->refusals("main", case_id{"c"}));
        is_forked(keep->quarantine("main", case_id{"c"}, ""));
        is_forked(backup_sqlite(*keep, in.file("copy.db")));
        wrong += why(keep->write("main", of.next("x"))) == errc::forked ? 0 : 1;
        const std::vector<write_batch> group{of.next("x")};
        wrong += why(keep->write_group("main", group).at(0)) == errc::forked ? 0 : 1;
        keep.reset();
        ::_exit(wrong);
    }
    int status = 0;
    REQUIRE_EQ(::waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 0);
    // The parent's locks and log are as they were.
    CHECK(of.put(*keep, "b").what == committed);
    CHECK_EQ(audit(*keep, of), "");
}

TEST_CASE("no descriptor goes on into another program") {
    folder in;
    const auto leaking = [] {
        std::size_t count = 0;
        for (int fd = 3; fd < 256; ++fd) {
            const int flags = ::fcntl(fd, F_GETFD);
            if (flags >= 0 && (flags & FD_CLOEXEC) == 0) ++count;
        }
        return count;
    };
    const std::size_t before = leaking();
    auto keep = open_sqlite(in.file("a.db")).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, "a").what == committed);
    CHECK(view_of(*keep, of).head);
    CHECK_EQ(leaking(), before);
}

TEST_CASE("a file that a stranger holds locked makes a writer wait, then say so") {
    folder in;
    auto keep = open_sqlite(in.file("a.db"), {.lock_wait = std::chrono::milliseconds{50}}).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, "a").what == committed);
    sqlite3* db = nullptr;
    REQUIRE_EQ(sqlite3_open(in.file("a.db").c_str(), &db), SQLITE_OK);
    REQUIRE_EQ(sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    const auto out = of.put(*keep, "b");
    CHECK(out.what == refused);
    CHECK(why(out) == errc::store_busy);
    CHECK(view_of(*keep, of).head);  // readers do not wait
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    CHECK(of.put(*keep, "b").what == committed);
}

TEST_CASE("the log does not grow without end") {
    folder in;
    auto keep = open_sqlite(in.file("a.db")).value();
    scribe of{*keep, "c"};
    for (int i = 0; i < 400; ++i) {
        auto batch = of.next(std::to_string(i));
        batch.events[0].payload.resize(20'000, 'x');
        REQUIRE(of.put(*keep, batch).what == committed);
    }
    CHECK(fs::file_size(in.file("a.db-wal")) < (6u << 20));
    CHECK(fs::file_size(in.file("a.db")) > (4u << 20));
}
