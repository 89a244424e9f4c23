// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_log.cpp: how a commit comes into the log. Two writes for each page, of which
// one of 24 bytes, were a quarter of what a small commit costs.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include "store/conformance.hpp"
#include "store/fault_vfs.hpp"
#include "store/folder.hpp"

#include <filesystem>
#include <utility>
#include <vector>

using namespace quytrinh_tests;

namespace {

/// Calls that write, while `work` runs.
template <class Work>
std::uint64_t writes_of(fault_vfs& disk, const Work& work) {
    constexpr std::uint64_t far = 1'000'000;
    disk.fail(fault_vfs::writing, far, SQLITE_IOERR_WRITE, false);
    work();
    const auto left = disk.left();
    disk.heal();
    return far - left;
}

/// A batch with a snapshot of so many bytes.
write_batch long_batch(scribe& of, const std::string& command, std::size_t bytes) {
    auto batch = of.next(command);
    batch.snapshot = snapshot_row{batch.head.version, stored_format, std::string(bytes, 's')};
    return batch;
}

}  // namespace

TEST_CASE("a commit is one write, or one for each 31 pages") {
    folder in;
    fault_vfs disk;
    auto keep = open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)}).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, "a", 1).what == committed);
    REQUIRE(of.put(*keep, "b", 1).what == committed);
    // Bytes of a snapshot, and the writes that all pages of its commit need.
    for (const auto& [size, writes_most] :
         {std::pair{100, 1}, {50'000, 1}, {200'000, 2}, {900'000, 8}}) {
        const int bytes = size, most = writes_most;
        CAPTURE(bytes);
        auto batch = long_batch(of, "k" + std::to_string(bytes), static_cast<std::size_t>(bytes));
        write_outcome out;
        const auto writes = writes_of(disk, [&] { out = of.put(*keep, batch); });
        CHECK(out.what == committed);
        // One more where the log begins anew.
        CHECK_LE(writes, static_cast<std::uint64_t>(most) + 1);
        CHECK_GE(writes, static_cast<std::uint64_t>(most));
        // Whoever else has the file open reads it from the log.
        auto other = open_sqlite(in.file("a.db"), {.manual_clock = at_minute(0)}).value();
        CHECK_EQ(other->read("main", of.identity.of, {})->head->version, batch.head.version);
        CHECK(check_sqlite(*other));
    }
}

TEST_CASE("what a commit that failed has held back is never written") {
    // Where it would have gone, somebody else's commit lies by then.
    for (std::uint64_t nth = 1; nth <= 9; ++nth) {
        CAPTURE(nth);
        folder in;
        fault_vfs disk;
        const sqlite_options options{.manual_clock = at_minute(0)};
        auto one = open_sqlite(in.file("a.db"), options).value();
        auto two = open_sqlite(in.file("a.db"), options).value();
        scribe of{*one, "c"};
        for (const char* id : {"a", "b"}) REQUIRE(of.put(*one, id, 1).what == committed);
        disk.fail(fault_vfs::writing, nth, SQLITE_IOERR_WRITE, false);
        auto lost = of;
        (void)one->write("main", long_batch(lost, "lost", 900'000));
        const bool failed = disk.failures() != 0;
        disk.heal();
        const auto version = two->read("main", of.identity.of, {})->head->version;
        if (failed) CHECK_EQ(version, 2);
        scribe more{*two, "d"};
        for (int i = 0; i < 4; ++i)
            REQUIRE(more.put(*two, "k" + std::to_string(i), 30).what == committed);
        one.reset();
        CHECK_EQ(two->history("main", more.identity.of, 0, 1000)->size(), 120);
        CHECK(check_sqlite(*two));
        two.reset();
        auto again = open_sqlite(in.file("a.db"), options).value();
        CHECK_EQ(again->read("main", of.identity.of, {})->head->version, version);
        CHECK_EQ(again->history("main", more.identity.of, 0, 1000)->size(), 120);
        CHECK(check_sqlite(*again));
    }
}

TEST_CASE("a commit that did not fit in memory, and writes some pages again, is whole") {
    folder in;
    const sqlite_options options{.manual_clock = at_minute(0)};
    auto keep = open_sqlite(in.file("a.db"), options).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, "a", 1).what == committed);
    REQUIRE(of.put(*keep, "b", 1).what == committed);
    // More than the 16 MB of pages that the writer keeps; the row of the case changes each time.
    std::vector<write_batch> group;
    for (int i = 0; i < 40; ++i) {
        group.push_back(of.next("k" + std::to_string(i)));
        group.back().command.result.assign(700'000, 'r');
        of.head = group.back().head;
    }
    for (const auto& out : keep->write_group("main", group)) REQUIRE(out.what == committed);
    // From the log alone, as after the end of the process.
    std::filesystem::copy_file(in.file("a.db"), in.file("b.db"));
    std::filesystem::copy_file(in.file("a.db-wal"), in.file("b.db-wal"));
    auto copy = open_sqlite(in.file("b.db"), options).value();
    CHECK_EQ(copy->read("main", of.identity.of, {})->head->version, 42);
    CHECK(check_sqlite(*copy));
    CHECK(check_sqlite(*keep));
}
