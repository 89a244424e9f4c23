// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_faults.cpp: disks that fail at every call, that are full, that cannot be
// written. Whatever happens, what was said of a command is true afterwards: stored is there,
// refused is not, unknown becomes one of the two and stays so.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/engine/event.hpp>
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"
#include "store/fault_vfs.hpp"
#include "store/folder.hpp"
#include "support/seeded.hpp"

#include <filesystem>
#include <map>

using namespace quytrinh_tests;

namespace {

struct tally {
    std::size_t stored = 0, refused = 0, unknown = 0, points = 0;
};

/// What the driver believes, kept outside the store.
struct oracle {
    std::map<std::string, write_outcome::kind> said;  ///< by command id
    std::map<std::string, write_batch> sent;
};

/// Everything that a store does in a day, on the case "c". Errors are taken as they come.
void live(store& keep, oracle& book, int commands, const std::string& prefix = "k") {
    scribe of{keep, "c"};
    for (int i = 0; i < commands; ++i) {
        const auto view = keep.read("main", of.identity.of, command_id{});
        if (!view) continue;
        if (view->head) of.head = *view->head;
        const std::string id = prefix + std::to_string(i);
        auto batch = of.next(id, 2);
        batch.put_tasks = {of.task("1", static_cast<std::uint32_t>(i))};
        batch.put_tasks[0].timer_at = at_minute(0);
        if (i > 0) batch.drop_tasks = {{"1", static_cast<std::uint32_t>(i - 1)}};
        batch.outbox = {of.message(batch.events[0].seq, 0)};
        batch.snapshot = snapshot_row{batch.head.version, stored_format, std::string(3000, 's')};
        book.sent[id] = batch;
        book.said[id] = of.put(keep, batch).what;
        const auto work = keep.claim_due("main", work_kind::notice, 10, lease, "w");
        if (work)
            for (const auto& item : *work) (void)keep.settle("main", item);
        (void)keep.query_tasks("main", {.unit = "ĐVTH"}, {}, 10);
        (void)keep.record_refusal("main", {});
    }
}

/// After the disk is well again: was everything true?
void check_true(const std::string& path, const oracle& book, tally& count) {
    auto keep = open_sqlite(path, {.create = false});
    REQUIRE_MESSAGE(keep, (keep ? std::string{} : keep.error().text()));
    scribe of{**keep, "c"};
    const auto view = view_of(**keep, of);
    if (view.head) CHECK_EQ(audit(**keep, of), "");
    for (const auto& entry : book.said) {
        const std::string& id = entry.first;
        const auto said = entry.second;
        CAPTURE(id);
        const auto found = (*keep)->lookup("main", of.identity.of, command_id{id});
        REQUIRE(found);
        switch (said) {
        case write_outcome::kind::committed:
            ++count.stored;
            REQUIRE(*found);
            CHECK(**found == book.sent.at(id).command);
            break;
        case write_outcome::kind::duplicate: CHECK(*found); break;
        case write_outcome::kind::conflict:
        case write_outcome::kind::rejected:
            ++count.refused;
            CHECK_FALSE(*found);
            break;
        case write_outcome::kind::unknown: {
            ++count.unknown;
            // Sent again it is either found or stored now; it never becomes a third thing.
            const auto again = (*keep)->write("main", book.sent.at(id));
            if (*found)
                CHECK(again.what == duplicate);
            else
                CHECK(again.what != duplicate);
            break;
        }
        }
    }
    if ((*keep)->read("main", of.identity.of, command_id{})->head) CHECK_EQ(audit(**keep, of), "");
}

std::string ready_made(const folder& in) {
    const std::string path = in.file("ready.db");
    oracle none;
    auto keep = open_sqlite(path).value();
    live(*keep, none, 3, "before");
    return path;
}

void sweep(unsigned operations, int code, bool for_ever, bool fresh_file, tally& count) {
    folder in;
    const std::string ready = fresh_file ? std::string{} : ready_made(in);
    fault_vfs disk;
    // Every call, one after the other, when QUYTRINH_COUNT asks for more than a slice.
    const std::uint64_t stride = stride_of(3);
    for (std::uint64_t nth = 1 + seed_or(0) % stride; nth < 5'000; nth += stride) {
        CAPTURE(nth);
        const std::string path = in.file("s.db");
        for (const char* suffix : {"", "-wal", "-shm", ".lock", ".quytrinh-new",
                                   ".quytrinh-new-wal", ".quytrinh-new-journal"})
            std::filesystem::remove(path + suffix);
        if (!fresh_file) std::filesystem::copy_file(ready, path);
        oracle book;
        disk.fail(operations, nth, code, for_ever);
        if (auto keep = open_sqlite(path)) {
            live(**keep, book, 4);
            disk.heal();
            // The same handle, on a healthy disk: it works or it says why not.
            const auto view = (*keep)->read("main", case_id{"c"}, command_id{});
            if (!view) CHECK(view.error().code == errc::store_corrupt);
            scribe later{**keep, "later"};
            const auto out = later.put(**keep, "l");
            if (out.what != committed) CHECK(why(out) != errc{});
        } else
            CHECK(keep.error().code != errc{});
        const bool hit = disk.failures() > 0;
        disk.heal();
        if (!hit) break;
        ++count.points;
        if (fresh_file && !std::filesystem::exists(path)) continue;
        check_true(path, book, count);
    }
}

}  // namespace

TEST_CASE("every write that can fail, failing once and for ever, leaves what was said true") {
    tally count;
    for (const bool for_ever : {false, true}) {
        CAPTURE(for_ever);
        sweep(fault_vfs::writing, SQLITE_IOERR_WRITE, for_ever, false, count);
    }
    INFO(count.points, " points: ", count.stored, " stored, ", count.refused, " refused, ",
         count.unknown, " unknown");
    CHECK(count.points >= count_of(20));
    CHECK(count.stored > 0);
    CHECK(count.refused + count.unknown > 0);
}

TEST_CASE("every sync that can fail makes its commit unknown, and unknown is settled") {
    tally count;
    for (const bool for_ever : {false, true}) {
        CAPTURE(for_ever);
        sweep(fault_vfs::syncing, SQLITE_IOERR_FSYNC, for_ever, false, count);
    }
    CHECK(count.points >= count_of(3));
    CHECK(count.unknown > 0);
}

TEST_CASE("reads, truncations, locks, shared memory and names that fail leave what was said true") {
    tally count;
    for (const bool for_ever : {false, true}) {
        CAPTURE(for_ever);
        sweep(fault_vfs::reading, SQLITE_IOERR_READ, for_ever, false, count);
        sweep(fault_vfs::truncating, SQLITE_IOERR_TRUNCATE, for_ever, false, count);
        sweep(fault_vfs::locking, SQLITE_IOERR_LOCK, for_ever, false, count);
        sweep(fault_vfs::shared_memory, SQLITE_IOERR_SHMMAP, for_ever, false, count);
        sweep(fault_vfs::opening, SQLITE_IOERR_WRITE, for_ever, false, count);
        sweep(fault_vfs::deleting, SQLITE_IOERR_DELETE, for_ever, false, count);
    }
    CHECK(count.points >= count_of(20));
}

TEST_CASE("a disk that fails while a file is made leaves no half file under its name") {
    tally count;
    for (const bool for_ever : {false, true}) {
        CAPTURE(for_ever);
        sweep(fault_vfs::everything, SQLITE_IOERR_WRITE, for_ever, true, count);
    }
    CHECK(count.points >= count_of(20));
}

TEST_CASE("a full disk refuses commands, keeps what it has, and goes on when there is room again") {
    folder in;
    const std::string path = in.file("a.db");
    fault_vfs disk;
    auto keep = open_sqlite(path).value();
    scribe of{*keep, "c"};
    REQUIRE(of.put(*keep, "open").what == committed);
    std::size_t full = 0, lost = 0, stored = 1;
    std::vector<std::string> unsettled;
    disk.capacity(300'000);
    for (int i = 0; i < 200; ++i) {
        auto batch = of.next("k" + std::to_string(i));
        batch.events[0].payload.resize(8'000, 'x');
        batch.events[0] =
            seal(of.identity, of.head.hash,
                 [&] {
                     case_event fact;
                     fact.seq = batch.expected_version + 1;
                     fact.at = at_minute(0);
                     fact.cause = batch.command.id;
                     fact.body = event::commented{std::nullopt, std::string(8'000, 'x'), {}};
                     return fact;
                 }(),
                 {});
        batch.head.hash = batch.events[0].hash;
        const auto out = of.put(*keep, batch);
        if (out.what == committed) ++stored;
        if (out.what == refused) {
            CHECK(why(out) == errc::store_full);
            ++full;
        }
        if (out.what == write_outcome::kind::unknown) {
            ++lost;
            unsettled.push_back(batch.command.id.str());
        }
        // Reads go on.
        const auto view = keep->read("main", of.identity.of, command_id{});
        REQUIRE(view);
        of.head = *view->head;
    }
    CHECK(full + lost > 0);
    CHECK(stored > 5);
    disk.heal();
    for (const auto& id : unsettled)
        if (const auto found = keep->lookup("main", of.identity.of, command_id{id}); *found)
            ++stored;
    CHECK(of.put(*keep, "after").what == committed);
    CHECK_EQ(audit(*keep, of), "");
    CHECK_EQ(of.head.version, stored + 1);
}

TEST_CASE("a file that can only be read is refused as such") {
    folder in;
    const std::string path = ready_made(in);
    fault_vfs disk;
    disk.read_only(true);
    const auto opened = open_sqlite(path);
    REQUIRE_FALSE(opened);
    const errc code = opened.error().code;
    CHECK((code == errc::store_readonly || code == errc::store_unavailable));
    disk.heal();
    CHECK(open_sqlite(path));
}

TEST_CASE("a log that cannot be made is a weakness, refused unless allowed") {
    // Without shared memory there is no write-ahead log; the file of a rollback journal stays as it
    // is.
    folder in;
    const std::string path = ready_made(in);
    fault_vfs disk;
    disk.fail(fault_vfs::shared_memory, 1, SQLITE_IOERR_SHMMAP, true);
    const auto opened = open_sqlite(path);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code != errc::internal);
}
