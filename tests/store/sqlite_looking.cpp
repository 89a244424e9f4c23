// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_looking.cpp: a store that is only looked at, alone, beside writers, after a
// crash, where nothing can be written; and statements that take too long.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"
#include "store/fault_vfs.hpp"
#include "store/folder.hpp"

#include <sqlite3.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <thread>

using namespace quytrinh_tests;
namespace fs = std::filesystem;

namespace {

constexpr auto store_waits = std::chrono::milliseconds{60'000};

sqlite_options to_look(std::optional<instant> clock = std::nullopt) {
    sqlite_options options;
    options.manual_clock = clock;
    options.lock_wait = store_waits;
    options.read_only = true;
    return options;
}

/// A store with one case of three events and due work, closed, without its lock file.
std::string finished_store(const folder& in, std::optional<instant> clock = std::nullopt) {
    const std::string path = in.file("a.db");
    auto keep = open_sqlite(path, {.manual_clock = clock}).value();
    scribe of{*keep, "c"};
    auto batch = of.next("a", 3);
    batch.put_tasks = {of.task("1")};
    batch.put_tasks[0].timer_at = at_minute(0);
    batch.outbox = {of.message(1, 0)};
    REQUIRE(of.put(*keep, batch).what == committed);
    keep.reset();
    fs::remove(path + ".lock");
    return path;
}

/// Every question of a store, each answered; the first that was not, or an empty text.
std::string ask_everything(store& keep, std::uint64_t version = 3) {
    const case_id of{"c"};
    if (!keep.now()) return "now";
    std::array<std::uint8_t, 16> bytes{};
    if (!keep.entropy(bytes)) return "entropy";
    const auto view = keep.read("main", of, command_id{"a"});
    if (!view || !view->head || !view->earlier) return "read";
    if (view->head->version != version) return "version " + std::to_string(view->head->version);
    const auto earlier = keep.lookup("main", of, command_id{"a"});
    if (!earlier || !*earlier) return "lookup";
    const auto text = keep.definition("main", some_definition().hash);
    if (!text || !*text) return "definition";
    if (keep.count_outbox("main").value_or({}).pending != 1) return "count_outbox";
    const auto outbox = keep.query_outbox("main", false, "", 10);
    if (!outbox || outbox->rows.size() != 1) return "query_outbox";
    if (tasks_of(keep, {.unit = "ĐVTH"}).size() != 1) return "query_tasks";
    const auto cases = keep.query_cases("main", {}, "", 10);
    if (!cases || cases->rows.size() != 1) return "query_cases";
    if (!keep.refusals("main", of)) return "refusals";
    if (!check_sqlite(keep)) return "check_sqlite";
    return audit(keep, scribe{keep, "c"});
}

/// Every call that would write is refused as that; the first that was not, or an empty text.
std::string write_everything(store& keep) {
    std::string wrong;
    const auto is_refused = [&](const char* what, const auto& out) {
        if (wrong.empty() && (out.has_value() || out.error().code != errc::store_readonly))
            wrong = what;
    };
    const case_id of{"c"};
    is_refused("set_clock", keep.set_clock(at_minute(99)));
    for (const work_kind kind : {work_kind::timer, work_kind::notice, work_kind::link})
        is_refused("claim_due", keep.claim_due("main", kind, 1, lease, "w"));
    is_refused("settle", keep.settle("main", {}));
    is_refused("put_back", keep.put_back("main", {}, at_minute(0), false, ""));
    refusal_row row;
    row.of = of;
    row.rule = 200;
    row.command = "complete";
    is_refused("record_refusal", keep.record_refusal("main", row));
    is_refused("quarantine", keep.quarantine("main", of, "?"));
    scribe other{keep, "d"};
    const auto batch = other.next("a");
    const std::vector<write_batch> group{batch, batch};
    auto outcomes = keep.write_group("main", group);
    outcomes.push_back(keep.write("main", batch));
    for (const auto& out : outcomes)
        if (wrong.empty() && why(out) != errc::store_readonly) wrong = "write";
    return wrong;
}

/// In a process that may do no more than anybody else: what `body` says of it, empty when well.
std::string as_somebody_else(const std::function<std::string()>& body) {
    int ends[2];
    REQUIRE_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    REQUIRE_GE(child, 0);
    if (child == 0) {
        ::close(ends[0]);
        std::string said = "not another user";
        if (::geteuid() != 0 || (::setegid(65534) == 0 && ::seteuid(65534) == 0)) said = body();
        const auto written = ::write(ends[1], said.data(), said.size());
        ::_exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string said;
    char piece[512];
    for (ssize_t got = 0; (got = ::read(ends[0], piece, sizeof piece)) > 0;)
        said.append(piece, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    REQUIRE_EQ(::waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 0);
    return said;
}

/// For the length of a test nobody may write: 0444 in 0555.
class sealed {
public:
    explicit sealed(const folder& in) : path_(in.path()) {
        for (const auto& entry : fs::directory_iterator{path_}) ::chmod(entry.path().c_str(), 0444);
        ::chmod(path_.c_str(), 0555);
    }
    ~sealed() { ::chmod(path_.c_str(), 0755); }
    sealed(const sealed&) = delete;
    sealed& operator=(const sealed&) = delete;

private:
    std::string path_;
};

void as_stranger(const std::string& path, const char* sql) {
    sqlite3* db = nullptr;
    REQUIRE_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    CHECK_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
}

}  // namespace

TEST_CASE("looking changes no byte and makes no file, and what would write is refused") {
    for (const bool trial : {false, true}) {
        CAPTURE(trial);
        folder in;
        const auto clock = trial ? std::optional{at_minute(5)} : std::nullopt;
        const std::string path = finished_store(in, clock);
        const std::string before = bytes_of(path);
        {
            auto keep = open_sqlite(path, to_look(clock)).value();
            CHECK_EQ(ask_everything(*keep), "");
            CHECK_EQ(write_everything(*keep), "");
            REQUIRE(backup_sqlite(*keep, in.file("copy.db")));
        }
        CHECK(bytes_of(path) == before);
        auto copy = open_sqlite(in.file("copy.db"), {.manual_clock = clock}).value();
        CHECK_EQ(ask_everything(*copy), "");
        copy.reset();
        for (const char* suffix : {"", ".lock"}) fs::remove(in.file("copy.db") + suffix);
        CHECK_EQ(std::distance(fs::directory_iterator{in.path()}, fs::directory_iterator{}), 1);
    }
}

TEST_CASE("looking does not even try to write") {
    folder in;
    const std::string path = finished_store(in);
    fault_vfs disk;
    disk.read_only(true);
    disk.fail(fault_vfs::writing | fault_vfs::truncating | fault_vfs::syncing |
                  fault_vfs::deleting | fault_vfs::shared_memory,
              1, SQLITE_IOERR_WRITE, true);
    auto keep = open_sqlite(path, to_look());
    REQUIRE(keep);
    CHECK_EQ(ask_everything(**keep), "");
    CHECK_EQ(write_everything(**keep), "");
    CHECK_EQ(disk.failures(), 0);
    // To work there is refused, for the reason that it is.
    const auto opened = open_sqlite(path);
    REQUIRE_FALSE(opened);
    const errc reason = opened.error().code;
    CHECK((reason == errc::store_readonly || reason == errc::store_unavailable));
}

TEST_CASE("a copy in a folder that nobody may write to can be looked at, and not worked with") {
    for (const bool with_lock : {false, true}) {
        CAPTURE(with_lock);
        folder in;
        const std::string path = finished_store(in);
        if (with_lock) put_bytes(path + ".lock", "");
        const sealed now{in};
        CHECK_EQ(as_somebody_else([&]() -> std::string {
                     auto keep = open_sqlite(path, to_look());
                     if (!keep) return keep.error().text(language::en);
                     if (auto wrong = ask_everything(**keep); !wrong.empty()) return wrong;
                     if (auto wrong = write_everything(**keep); !wrong.empty()) return wrong;
                     const auto opened = open_sqlite(path);
                     if (opened) return "opened for writing";
                     if (opened.error().code == errc::store_readonly) return {};
                     return opened.error().text(language::en);
                 }),
                 "");
    }
}

TEST_CASE("who may only read looks beside a store in use, and after its crash") {
    folder in, crashed;
    const std::string path = finished_store(in);
    auto keep = open_sqlite(path).value();
    scribe of{*keep, "c"};
    of.head = *view_of(*keep, of).head;
    REQUIRE(of.put(*keep, "b", 2).what == committed);
    const auto look = [](const std::string& at) {
        return as_somebody_else([&]() -> std::string {
            auto there = open_sqlite(at, to_look());
            return there ? ask_everything(**there, 5) : there.error().text(language::en);
        });
    };
    {
        const sealed now{in};
        CHECK_EQ(look(path), "");
    }
    for (const char* suffix : {"", "-wal", "-shm"})
        fs::copy_file(path + suffix, crashed.file("a.db") + suffix);
    {
        const sealed now{crashed};
        CHECK_EQ(look(crashed.file("a.db")), "");
    }
    // A log without its shared memory needs a place where that can be made: said in words.
    fs::remove(crashed.file("a.db-shm"));
    {
        const sealed now{crashed};
        const std::string said = look(crashed.file("a.db"));
        CHECK_MESSAGE(said.find("its log (-wal)") != std::string::npos, said);
    }
    ::chmod(crashed.file("a.db").c_str(), 0600);
    ::chmod(crashed.file("a.db-wal").c_str(), 0600);
    const std::string main = bytes_of(crashed.file("a.db")),
                      log = bytes_of(crashed.file("a.db-wal"));
    CHECK_EQ(ask_everything(*open_sqlite(crashed.file("a.db"), to_look()).value(), 5), "");
    CHECK(bytes_of(crashed.file("a.db")) == main);
    CHECK(bytes_of(crashed.file("a.db-wal")) == log);
    CHECK_EQ(ask_everything(*open_sqlite(crashed.file("a.db")).value(), 5), "");
    CHECK(of.put(*keep, "d").what == committed);
}

TEST_CASE("an empty log that a copy brought along is no log") {
    folder in;
    const std::string path = finished_store(in);
    put_bytes(path + "-wal", "");
    const sealed now{in};
    CHECK_EQ(as_somebody_else([&]() -> std::string {
                 auto there = open_sqlite(path, to_look());
                 return there ? ask_everything(**there) : there.error().text(language::en);
             }),
             "");
}

TEST_CASE("who looks sees every commit, whole, whoever opens and closes the file meanwhile") {
    folder in;
    const std::string path = finished_store(in);
    auto there = open_sqlite(path, to_look()).value();
    std::atomic<std::uint64_t> stored{3};
    std::atomic<bool> over{false};
    std::string wrong;
    std::thread writer{[&] {
        for (int opening = 0; opening < 60 && wrong.empty(); ++opening) {
            auto keep = open_sqlite(path, {.lock_wait = store_waits});
            if (!keep) {
                wrong = "open: " + keep.error().text(language::en);
                break;
            }
            scribe of{**keep, "c"};
            const auto view = view_of(**keep, of);
            if (view.head) of.head = *view.head;
            for (int i = 0; i < opening % 4; ++i) {
                const auto out = of.put(**keep, std::to_string(opening) + '.' + std::to_string(i));
                if (out.what != committed)
                    wrong = "write: " + (out.reason ? out.reason->text(language::en) : "?");
                stored = of.head.version;
            }
        }
        over = true;
    }};
    std::uint64_t last = 0;
    std::size_t looks = 0;
    while (!over) {
        const std::uint64_t before = stored;
        const auto view = there->read("main", case_id{"c"}, command_id{});
        if (!view || !view->head) {
            CHECK_MESSAGE(view, (view ? std::string{"no head"} : view.error().text(language::en)));
            break;
        }
        CHECK_GE(view->head->version, std::max(before, last));
        CHECK_EQ(view->events.size(), view->head->version);
        CHECK(view->events.back().hash == view->head->hash);
        last = view->head->version;
        ++looks;
    }
    writer.join();
    CHECK_EQ(wrong, "");
    CHECK_GT(looks, 3);
    CHECK_EQ(audit(*there, scribe{*there, "c"}), "");
    CHECK_EQ(there->read("main", case_id{"c"}, command_id{})->head->version, stored);
    there.reset();
    CHECK_FALSE(fs::exists(path + "-wal"));
    CHECK_FALSE(fs::exists(path + "-shm"));
}

TEST_CASE("a trial store is looked at from a later moment without being moved there") {
    folder in;
    const std::string path = finished_store(in, at_minute(5));
    const std::string before = bytes_of(path);
    CHECK(open_sqlite(path, to_look(at_minute(1))).value()->now().value() == at_minute(5));
    CHECK(open_sqlite(path, to_look(at_minute(9))).value()->now().value() == at_minute(9));
    CHECK(bytes_of(path) == before);
    const auto opened = open_sqlite(path, to_look());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == errc::clock_differs);
}

TEST_CASE("what is not ours, newer or not there is refused to who looks, too") {
    folder in;
    const std::string path = finished_store(in);
    const auto reason_of = [](const std::string& at) {
        const auto opened = open_sqlite(at, to_look());
        return opened ? errc{} : opened.error().code;
    };
    CHECK(reason_of(in.file("none")) == errc::store_unavailable);
    put_bytes(in.file("empty"), "");
    CHECK(reason_of(in.file("empty")) == errc::store_unavailable);
    put_bytes(in.file("text"), "quy trình QT.HTKH.03\n");
    CHECK(reason_of(in.file("text")) == errc::store_foreign);
    as_stranger(path, "CREATE TABLE t(x)");
    CHECK(reason_of(path) == errc::store_corrupt);
    as_stranger(path, "PRAGMA user_version = 5");
    CHECK(reason_of(path) == errc::store_newer);
}

TEST_CASE("a statement that takes too long is stopped, and the store goes on") {
    folder in;
    const std::string path = finished_store(in);
    as_stranger(path,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) "
                "INSERT INTO outbox SELECT 2, i, 0, 1, 1, 0, x'' FROM n");
    for (const bool read_only : {false, true}) {
        CAPTURE(read_only);
        sqlite_options options{.statement_time = std::chrono::milliseconds{1}};
        options.read_only = read_only;
        options.check_bytes = 1u << 30;  // reading through has no such limit
        auto keep = open_sqlite(path, options).value();
        const auto counted = keep->count_outbox("main");
        REQUIRE_FALSE(counted);
        CHECK(counted.error().code == errc::store_too_slow);
        CHECK_NE(counted.error().text(language::vi).find(path), std::string::npos);
        CHECK(check_sqlite(*keep));
        // Nothing is set apart for it.
        scribe of{*keep, "c"};
        CHECK_EQ(audit(*keep, of), "");
        of.head = *view_of(*keep, of).head;
        if (!read_only) CHECK(of.put(*keep, "b").what == committed);
    }
    CHECK_EQ(open_sqlite(path).value()->count_outbox("main")->pending, 400'001);
}
