// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_backup.cpp: copies of a store that is in use: what they hold, where they are
// refused, what a refusal leaves, and putting one back.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include "store/conformance.hpp"
#include "store/fault_vfs.hpp"
#include "store/folder.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

using namespace quytrinh_tests;
namespace fs = std::filesystem;

namespace {

std::set<std::string> names_in(const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder})
        names.insert(entry.path().filename().string());
    return names;
}

std::shared_ptr<store> with_cases(const std::string& path, int cases = 3) {
    auto keep = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
    for (int i = 0; i < cases; ++i) {
        scribe of{*keep, "c" + std::to_string(i)};
        auto batch = of.next("a", 2);
        batch.outbox = {of.message(1, 0)};
        REQUIRE(of.put(*keep, batch).what == committed);
    }
    return keep;
}

/// Refused, with nothing new in the folder and nothing changed in it but the store's own files.
void check_refused(store& keep, const folder& in, const std::string& to, errc reason) {
    CAPTURE(to);
    const auto before = names_in(in.path());
    std::map<std::string, std::string> bytes;
    for (const auto& name : before)
        // The shared memory says who reads just now.
        if (fs::is_regular_file(in.file(name)) && !name.ends_with("-shm"))
            bytes[name] = bytes_of(in.file(name));
    const auto made = backup_sqlite(keep, to);
    REQUIRE_FALSE(made);
    CHECK_MESSAGE(made.error().code == reason, made.error().text(language::en));
    CHECK(names_in(in.path()) == before);
    for (const auto& entry : bytes) {
        const bool same = bytes_of(in.file(entry.first)) == entry.second;
        CHECK_MESSAGE(same, entry.first);
    }
}

}  // namespace

TEST_CASE("copies made while others write are whole, a beginning of the store, and hold the past") {
    folder in;
    auto keep = open_sqlite(in.file("a.db")).value();
    constexpr int writers = 3, copies = 12;
    std::atomic<bool> stop{false};
    std::mutex guard;
    std::map<std::string, std::uint64_t> acknowledged;
    std::vector<std::thread> threads;
    for (int w = 0; w < writers; ++w)
        threads.emplace_back([&, w] {
            scribe of{*keep, "c" + std::to_string(w)};
            for (int i = 0; !stop && i < 100'000; ++i) {
                auto batch = of.next(std::to_string(i), 1 + static_cast<std::size_t>(i % 3));
                batch.outbox = {of.message(batch.command.last_seq, 0)};
                if (of.put(*keep, batch).what != committed) return;
                const std::lock_guard hold{guard};
                acknowledged[of.identity.of.str()] = of.head.version;
            }
        });
    std::vector<std::map<std::string, std::uint64_t>> before;
    for (int n = 0; n < copies; ++n) {
        {
            const std::lock_guard hold{guard};
            before.push_back(acknowledged);
        }
        const auto made = backup_sqlite(*keep, in.file("copy" + std::to_string(n)));
        CHECK_MESSAGE(made.has_value(), (made ? "" : made.error().text(language::en)));
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    stop = true;
    for (auto& one : threads) one.join();
    CHECK(acknowledged.size() == writers);
    for (int n = 0; n < copies; ++n) {
        CAPTURE(n);
        auto copy = open_sqlite(in.file("copy" + std::to_string(n)), {.create = false}).value();
        CHECK(copy->caps().epoch == keep->caps().epoch + 1);
        CHECK(copy->caps().store_id == keep->caps().store_id);
        std::uint64_t pending = 0, commands = 0;
        for (int w = 0; w < writers; ++w) {
            scribe of{*copy, "c" + std::to_string(w)};
            const auto head = view_of(*copy, of).head;
            const auto wanted = before[static_cast<std::size_t>(n)].find(of.identity.of.str());
            if (wanted == before[static_cast<std::size_t>(n)].end() && !head) continue;
            REQUIRE(head);
            if (wanted != before[static_cast<std::size_t>(n)].end())
                CHECK(head->version >= wanted->second);
            CHECK_EQ(audit(*copy, of), "");
            const auto here = events_of(*copy, of);
            auto there = events_of(*keep, of);
            REQUIRE(there.size() >= here.size());
            there.resize(here.size());
            CHECK(here == there);
            // Whole commands: the last event is the last of its command, whose message waits.
            std::uint64_t seq = 0;
            for (int i = 0; seq < here.size(); ++i, ++commands)
                seq = copy->lookup("main", of.identity.of, command_id{std::to_string(i)})
                          .value()
                          .value()
                          .last_seq;
            CHECK(seq == here.size());
        }
        pending = copy->count_outbox("main").value().pending;
        CHECK(pending == commands);
    }
}

TEST_CASE("a copy never takes the place of anything") {
    folder in;
    auto keep = with_cases(in.file("a.db"));
    std::ofstream{in.file("text")} << "quy trình";
    std::ofstream{in.file("empty")};
    fs::create_directory(in.file("folder"));
    fs::create_symlink(in.file("nowhere"), in.file("dangling"));
    fs::create_symlink(in.file("text"), in.file("link"));
    std::ofstream{in.file("moved-wal")} << "the log of another store";
    for (const char* name : {"a.db", "a.db-wal", "a.db.lock", "text", "empty", "folder", "dangling",
                             "link", "moved", "none/copy.db", "text/copy.db", "folder/"})
        check_refused(*keep, in, in.file(name), errc::store_unavailable);
    check_refused(*keep, in, "", errc::store_unavailable);
    check_refused(*keep, in, in.file(std::string(300, 'x')), errc::store_unavailable);
    CHECK(backup_sqlite(*keep, in.file("copy.db")));
    check_refused(*keep, in, in.file("copy.db"), errc::store_unavailable);
}

TEST_CASE("a store whose name looks like that of an unfinished copy is not taken for one") {
    folder in;
    for (const char* name : {"a.new", "a.quytrinh-new", "a.XXXXXX"}) {
        CAPTURE(name);
        auto keep = with_cases(in.file(name));
        REQUIRE(backup_sqlite(*keep, in.file("a")));
        scribe of{*keep, "later"};
        CHECK(of.put(*keep, "a").what == committed);
        keep.reset();
        CHECK(open_sqlite(in.file(name), {.create = false, .manual_clock = at_minute(0)}));
        for (const char* part : {"", "-wal", "-shm", ".lock"}) fs::remove(in.file("a") + part);
    }
}

TEST_CASE("of copies made to one name at once exactly one succeeds") {
    folder in;
    auto keep = with_cases(in.file("a.db"), 40);
    for (int round = 0; round < 10; ++round) {
        const std::string to = in.file("copy" + std::to_string(round));
        std::atomic<int> made{0}, there{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                if (const auto one = backup_sqlite(*keep, to))
                    ++made;
                else if (one.error().code == errc::store_unavailable)
                    ++there;
            });
        for (auto& one : threads) one.join();
        CHECK(made == 1);
        CHECK(there == 3);
        auto copy = open_sqlite(to, {.create = false, .manual_clock = at_minute(0)});
        REQUIRE(copy);
        CHECK_EQ(audit(**copy, scribe{**copy, "c39"}), "");
    }
    for (const auto& name : names_in(in.path()))
        CHECK_MESSAGE((name.starts_with("a.db") || name.size() <= 10), name);
}

TEST_CASE("a full disk and a disk that fails leave no copy, and the store as it was") {
    folder in;
    auto keep = with_cases(in.file("a.db"), 20);
    std::size_t points = 0;
    {
        fault_vfs disk;
        for (const sqlite3_int64 room : {0, 1, 4096, 8192, 20'000, 60'000}) {
            disk.capacity(room);
            check_refused(*keep, in, in.file("copy.db"), errc::store_full);
        }
        disk.heal();
        for (const unsigned what : {fault_vfs::writing, fault_vfs::syncing, fault_vfs::truncating})
            for (std::uint64_t nth = 1; nth < 500; ++nth) {
                CAPTURE(what);
                CAPTURE(nth);
                const auto before = names_in(in.path());
                disk.fail(what, nth,
                          what == fault_vfs::syncing ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_WRITE,
                          false);
                const auto made = backup_sqlite(*keep, in.file("copy.db"));
                const bool hit = disk.failures() > 0;
                disk.heal();
                if (!made) {
                    CHECK(hit);
                    CHECK(names_in(in.path()) == before);
                    ++points;
                } else {
                    // Made all the same: then it is whole.
                    auto copy = open_sqlite(in.file("copy.db"),
                                            {.create = false, .manual_clock = at_minute(0)});
                    REQUIRE(copy);
                    CHECK((*copy)->caps().epoch == 2);
                    CHECK_EQ(audit(**copy, scribe{**copy, "c19"}), "");
                    copy->reset();
                    for (const char* part : {"", "-wal", "-shm", ".lock"})
                        fs::remove(in.file("copy.db") + part);
                }
                if (!hit) break;
            }
    }
    CHECK(points > 20);
    scribe of{*keep, "after"};
    CHECK(of.put(*keep, "a").what == committed);
    CHECK(backup_sqlite(*keep, in.file("copy.db")));
}

TEST_CASE("a folder that may not be written to gets no copy") {
    folder in;
    fs::create_directory(in.file("locked"));
    REQUIRE_EQ(::chmod(in.path().c_str(), 0777), 0);
    // The superuser may write anywhere: whoever runs this as one becomes somebody else for it.
    const pid_t child = ::fork();
    REQUIRE_GE(child, 0);
    if (child == 0) {
        if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(0);
        auto keep = open_sqlite(in.file("a.db"));
        if (!keep) ::_exit(2);
        const fs::path locked = in.file(::geteuid() == 65534 ? "locked" : "own");
        fs::create_directory(locked);
        ::chmod(locked.c_str(), 0555);
        const auto made = backup_sqlite(**keep, (locked / "copy.db").string());
        if (made || made.error().code != errc::store_readonly) ::_exit(3);
        ::_exit(fs::is_empty(locked) ? 0 : 4);
    }
    int status = 0;
    REQUIRE_EQ(::waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 0);
}

TEST_CASE("a copy that is put back goes on from where it was made, whatever came after") {
    folder in;
    auto keep = with_cases(in.file("a.db"));
    scribe of{*keep, "c0"};
    of.head = *view_of(*keep, of).head;
    REQUIRE(backup_sqlite(*keep, in.file("copy.db")));
    const auto claimed = claim(*keep, work_kind::notice);
    REQUIRE(claimed.size() == 3);
    scribe lost = of;
    REQUIRE(lost.put(*keep, "after the copy", 2).what == committed);
    keep.reset();

    // As README says: the file and its log away, the copy in its place.
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(in.file("a.db") + part);
    fs::copy_file(in.file("copy.db"), in.file("a.db"));
    keep = open_sqlite(in.file("a.db"), {.create = false, .manual_clock = at_minute(0)}).value();
    CHECK(keep->caps().epoch == 2);
    CHECK_FALSE(view_of(*keep, of, "after the copy").earlier);
    CHECK_EQ(audit(*keep, of), "");
    // Leases of before mean nothing; what was delivered since the copy is delivered again.
    CHECK_FALSE(*keep->settle("main", claimed[0]));
    CHECK(claim(*keep, work_kind::notice).size() == 3);
    // Who remembers the lost past is refused, even where the numbers meet again.
    REQUIRE(of.put(*keep, "another past", 2).what == committed);
    REQUIRE(of.head.version == lost.head.version);
    CHECK(lost.put(*keep, "on the lost past").what == conflicting);
    CHECK_EQ(audit(*keep, of), "");
}

TEST_CASE("a log without its database is not played into a new one") {
    folder in;
    auto keep = with_cases(in.file("a.db"));
    REQUIRE(fs::file_size(in.file("a.db-wal")) > 0);
    const std::string log = bytes_of(in.file("a.db-wal"));
    keep.reset();
    fs::remove(in.file("a.db"));
    fs::remove(in.file("a.db-shm"));
    std::ofstream{in.file("a.db-wal"), std::ios::binary} << log;
    const auto opened = open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == errc::store_unavailable);
    CHECK(bytes_of(in.file("a.db-wal")) == log);
    CHECK_FALSE(fs::exists(in.file("a.db")));
}
