// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_damage.cpp: a damaged file is refused as it lies there; damage that is met
// later sets the whole store apart. (Once such a file was opened, counted, delivered from and
// checkpointed; every command but one answered as if nothing were wrong.)
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/store.hpp>

#include "../../src/store/sqlite/file.hpp"
#include "store/conformance.hpp"
#include "store/folder.hpp"
#include "support/seeded.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

using namespace quytrinh_tests;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t page_size = 4096;

/// A few cases with everything a store keeps, long enough that rows overflow their pages.
void fill(store& keep, const std::string& first = "c") {
    for (int i = 0; i < 12; ++i) {
        scribe of{keep, first + std::to_string(i)};
        auto batch = of.next("a", 40);
        batch.put_tasks = {of.task("1"), of.task("2", 3)};
        batch.put_tasks[0].timer_at = at_minute(1);
        batch.put_tasks[1].person = "nv0" + std::to_string(i);
        batch.outbox = {of.message(1, 0), of.message(2, 0)};
        batch.snapshot = snapshot_row{batch.head.version, stored_format, std::string(9000, 's')};
        REQUIRE(of.put(keep, batch).what == committed);
        REQUIRE(of.put(keep, "b", 2).what == committed);
        refusal_row row;
        row.of = of.identity.of;
        row.unit = "ĐVTH";
        row.rule = 200;
        row.command = "complete";
        row.first_at = row.last_at = at_minute(i);
        REQUIRE(keep.record_refusal("main", row));
    }
}

std::string filled_store(const folder& in) {
    const std::string path = in.file("a.db");
    fill(*open_sqlite(path, {.manual_clock = at_minute(0)}).value());
    // As a copy that somebody brings.
    fs::remove(path + ".lock");
    return path;
}

/// Everything in a folder, with its bytes.
std::map<std::string, std::string> all_in(const folder& in) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::directory_iterator{in.path()})
        out[entry.path().filename().string()] = bytes_of(entry.path().string());
    return out;
}

errc reason_of(const std::string& path, bool read_only, std::optional<instant> clock) {
    const auto opened = open_sqlite(path, {.manual_clock = clock, .read_only = read_only});
    return opened ? errc{} : opened.error().code;
}

void check_refused(const folder& in, const std::string& path, std::optional<instant> clock,
                   const std::set<errc>& reasons = {errc::store_corrupt}) {
    const auto before = all_in(in);
    for (const bool read_only : {false, true}) {
        CAPTURE(read_only);
        const errc reason = reason_of(path, read_only, clock);
        CHECK(reasons.contains(reason));
        const bool untouched = all_in(in) == before;
        CHECK(untouched);
    }
}

/// Every call of a store; how many of them answered anything but store_corrupt.
std::size_t answers_of(store& keep, const write_batch& batch, const std::string& copy) {
    std::size_t other = 0;
    const auto is_refused = [&](const auto& out) {
        other += !out.has_value() && out.error().code == errc::store_corrupt ? 0 : 1;
    };
    const case_id of{"c1"};
    is_refused(keep.now());
    is_refused(keep.set_clock(at_minute(9)));
    std::array<std::uint8_t, 4> octets{};
    is_refused(keep.entropy(octets));
    is_refused(keep.read("main", of, command_id{"a"}));
    is_refused(keep.lookup("main", of, command_id{"a"}));
    is_refused(keep.definition("main", some_definition().hash));
    for (const work_kind kind : {work_kind::timer, work_kind::notice, work_kind::link})
        is_refused(keep.claim_due("main", kind, 1, lease, "w"));
    is_refused(keep.settle("main", {}));
    is_refused(keep.put_back("main", {}, at_minute(0), false, ""));
    is_refused(keep.count_outbox("main"));
    is_refused(keep.query_outbox("main", false, "", 1));
    is_refused(keep.query_tasks("main", {}, "", 1));
    is_refused(keep.query_cases("main", {}, "", 1));
    is_refused(keep.history("main", of, 0, 1));
    refusal_row row;
    row.of = of;
    row.rule = 200;
    row.command = "complete";
    is_refused(keep.record_refusal("main", row));
    is_refused(keep.refusals("main", of));
    is_refused(keep.quarantine("main", of, "?"));
    is_refused(backup_sqlite(keep, copy));
    is_refused(check_sqlite(keep));
    other += why(keep.write("main", batch)) == errc::store_corrupt ? 0 : 1;
    const std::vector<write_batch> group{batch, batch};
    for (const auto& out : keep.write_group("main", group))
        other += why(out) == errc::store_corrupt ? 0 : 1;
    return other;
}

}  // namespace

TEST_CASE("a file with any one page overwritten is refused, by every way in, untouched") {
    folder in;
    const std::string path = filled_store(in);
    const std::string whole = bytes_of(path);
    const std::size_t pages = whole.size() / page_size;
    REQUIRE_GT(pages, 30);
    CHECK(reason_of(path, true, at_minute(0)) == errc{});
    CHECK_EQ(all_in(in).size(), 1);
    // The header and the roots of the tables always, of the others as many as are asked for.
    for (std::size_t page = 0; page < pages; page += page < 8 ? 1 : quytrinh_tests::stride_of(1)) {
        CAPTURE(page);
        std::string damaged = whole;
        std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(page * page_size), page_size,
                    '\xFF');
        put_bytes(path, damaged);
        // Without its first page it is nobody's.
        check_refused(in, path, at_minute(0),
                      {page == 0 ? errc::store_foreign : errc::store_corrupt});
    }
}

TEST_CASE("a file that was cut short is refused, and nothing stays beside it") {
    folder in;
    const std::string path = filled_store(in);
    const std::string whole = bytes_of(path);
    for (const std::size_t length :
         {std::size_t{100}, std::size_t{512}, page_size, std::size_t{5'000}, 2 * page_size,
          whole.size() / 2, whole.size() - page_size, whole.size() - 1}) {
        CAPTURE(length);
        put_bytes(path, whole.substr(0, length));
        check_refused(in, path, at_minute(0));
    }
}

TEST_CASE("a damaged file with a log beside it is refused with its log as it was") {
    for (const bool with_shared_memory : {true, false}) {
        CAPTURE(with_shared_memory);
        folder of_a_writer, in;
        const std::string path = in.file("a.db");
        {
            const std::string there = filled_store(of_a_writer);
            auto keep = open_sqlite(there, {.manual_clock = at_minute(0)}).value();
            fill(*keep, "d");
            // What a machine that stopped leaves.
            for (const char* suffix : {"", "-wal", "-shm"})
                if (with_shared_memory || std::string_view{suffix} != "-shm")
                    fs::copy_file(there + suffix, path + suffix);
        }
        const std::string whole = bytes_of(path);
        REQUIRE_GT(fs::file_size(path + "-wal"), 0);
        // A page may have a later version in the log; not all have.
        std::string damaged = whole;
        std::fill(damaged.begin() + static_cast<std::ptrdiff_t>(page_size), damaged.end(), '\xFF');
        put_bytes(path, damaged);
        const auto before = all_in(in);
        CHECK(reason_of(path, false, at_minute(0)) == errc::store_corrupt);
        auto after = all_in(in);
        if (with_shared_memory) {
            // Memory, not data: SQLite builds it anew from the log.
            REQUIRE(after.contains("a.db-shm"));
            after["a.db-shm"] = before.at("a.db-shm");
        }
        const bool untouched = after == before;
        CHECK(untouched);
        CHECK(reason_of(path, true, at_minute(0)) == errc::store_corrupt);
        CHECK(bytes_of(path) == damaged);
        CHECK(bytes_of(path + "-wal") == before.at("a.db-wal"));
        // Put right, it opens with all that was in the log.
        put_bytes(path, whole);
        auto keep = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
        for (const char* id : {"c3", "d11"}) CHECK_EQ(audit(*keep, scribe{*keep, id}), "");
    }
}

TEST_CASE("a file that is too large to be read through is opened; damage met sets it apart") {
    folder in;
    const std::string path = filled_store(in);
    const std::string whole = bytes_of(path);
    const std::size_t pages = whole.size() / page_size;
    std::size_t met = 0, opened = 0;
    for (std::size_t page = 1; page < pages; ++page) {
        CAPTURE(page);
        std::string damaged = whole;
        std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(page * page_size), page_size,
                    '\xFF');
        put_bytes(path, damaged);
        auto made = open_sqlite(path, {.manual_clock = at_minute(0), .check_bytes = 0});
        if (!made) {
            CHECK(made.error().code == errc::store_corrupt);
            continue;
        }
        ++opened;
        auto& keep = **made;
        bool damage = false;
        for (int i = 0; i < 12 && !damage; ++i) {
            const auto view = keep.read("main", case_id{"c" + std::to_string(i)}, command_id{"a"});
            damage = !view && view.error().code == errc::store_corrupt;
        }
        scribe of{keep, "new"};
        if (!damage) continue;
        ++met;
        CHECK_EQ(answers_of(keep, of.next("a"), in.file("copy.db")), 0);
        CHECK_FALSE(fs::exists(in.file("copy.db")));
        CHECK_FALSE(keep.now().error().text(language::vi).empty());
        made->reset();
        CHECK(reason_of(path, false, at_minute(0)) == errc::store_corrupt);
    }
    CHECK_GT(opened, pages / 2);
    CHECK_GT(met, 5);
    put_bytes(path, whole);
    CHECK(reason_of(path, false, at_minute(0)) == errc{});
}

TEST_CASE("a file of any size is read through when its host asks") {
    folder in;
    const std::string path = filled_store(in);
    const std::string whole = bytes_of(path);
    const sqlite_options unread{.manual_clock = at_minute(0), .check_bytes = 0};
    {
        auto keep = open_sqlite(path, unread).value();
        CHECK(check_sqlite(*keep));
        scribe of{*keep, "new"};
        CHECK(of.put(*keep, "a").what == committed);
        CHECK(check_sqlite(*keep));
    }
    std::size_t opened = 0;
    for (std::size_t page = 1; page < whole.size() / page_size; ++page) {
        CAPTURE(page);
        std::string damaged = whole;
        std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(page * page_size), page_size,
                    '\xFF');
        put_bytes(path, damaged);
        auto keep = open_sqlite(path, unread);
        if (!keep) continue;
        ++opened;
        const auto found = check_sqlite(**keep);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == errc::store_corrupt);
        // Once found, nothing else is answered.
        scribe of{**keep, "new"};
        CHECK_EQ(answers_of(**keep, of.next("a"), in.file("copy.db")), 0);
    }
    CHECK_GT(opened, 20);
    CHECK(check_sqlite(*open_sqlite(in.file("b.db")).value()));
}

TEST_CASE("what is damaged is refused beside a healthy store of the same process") {
    folder in, other;
    const std::string path = filled_store(in);
    auto healthy = open_sqlite(filled_store(other), {.manual_clock = at_minute(0)}).value();
    std::string damaged = bytes_of(path);
    std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(9 * page_size), page_size, '\xFF');
    put_bytes(path, damaged);
    check_refused(in, path, at_minute(0));
    scribe of{*healthy, "new"};
    CHECK(of.put(*healthy, "a").what == committed);
}

TEST_CASE("a refusal for another reason leaves nothing beside the file, either") {
    folder in;
    const std::string path = filled_store(in);
    check_refused(in, path, std::nullopt, {errc::clock_differs});
    // The lock of a store in use stays, whoever is refused.
    auto keep = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
    REQUIRE(fs::exists(path + ".lock"));
    CHECK(reason_of(path, false, std::nullopt) == errc::clock_differs);
    CHECK(fs::exists(path + ".lock"));
    keep.reset();
    CHECK(reason_of(path, false, std::nullopt) == errc::clock_differs);
    CHECK(fs::exists(path + ".lock"));
}

TEST_CASE("a lock file goes only with the one who made it and before it served anybody") {
    using detail::sqlite::lock_file;
    folder in;
    const std::string path = in.file("a.db");
    const auto soon = [] { return detail::sqlite::steady::now() + std::chrono::milliseconds{50}; };
    {
        auto maker = lock_file::open(path, 0600).value();
        auto waiter = lock_file::open(path, 0600).value();
        REQUIRE(maker.acquire(soon()));
        CHECK_FALSE(waiter.acquire(soon()));
        CHECK(maker.is_named(path));
        maker.leave_none(path);
        CHECK_FALSE(fs::exists(path + ".lock"));
        maker.release();
        // Who waited has the lock of a file without a name: no lock at all.
        REQUIRE(waiter.acquire(soon()));
        CHECK_FALSE(waiter.is_named(path));
    }
    {
        auto maker = lock_file::open(path, 0600).value();
        auto quicker = lock_file::open(path, 0600).value();
        REQUIRE(quicker.acquire(soon()));
        quicker.leave_none(path);  // did not make it
        CHECK(fs::exists(path + ".lock"));
        quicker.keep_for_good();
        quicker.release();
        REQUIRE(maker.acquire(soon()));
        maker.leave_none(path);  // a store was opened with it
        CHECK(fs::exists(path + ".lock"));
    }
    auto one = lock_file::open_to_share(path), two = lock_file::open_to_share(path);
    auto alone = lock_file::open(path, 0600).value();
    REQUIRE(one.share(soon()));
    REQUIRE(two.share(soon()));
    CHECK_FALSE(alone.acquire(soon()));
    one.release();
    two.release();
    REQUIRE(alone.acquire(soon()));
    CHECK_FALSE(one.share(soon()));
    CHECK_FALSE(lock_file::open_to_share(in.file("none")).is_open());
    CHECK_FALSE(fs::exists(in.file("none.lock")));
}
