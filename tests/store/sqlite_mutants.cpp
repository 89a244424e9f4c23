// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_mutants.cpp: files in which bits were changed, pieces exchanged, ends cut off.
// Each is refused or worked with; what it gives out as true history is the history that was
// written.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"
#include "store/folder.hpp"
#include "support/seeded.hpp"

#include <filesystem>
#include <map>

using namespace quytrinh_tests;

namespace {

constexpr int cases = 6;

/// A store with a little of everything; the events of its cases.
std::map<std::string, std::vector<stored_event>> fill(store& keep) {
    std::map<std::string, std::vector<stored_event>> truth;
    for (int i = 0; i < cases; ++i) {
        scribe of{keep, "c" + std::to_string(i)};
        for (int k = 0; k < 6; ++k) {
            auto batch = of.next("k" + std::to_string(k), 1 + static_cast<std::size_t>(k % 3));
            batch.head.reference = "R" + std::to_string(i);
            batch.put_tasks = {of.task("1", static_cast<std::uint32_t>(k)), of.task("2", 1, 1)};
            batch.put_tasks[0].timer_at = at_minute(0);
            batch.put_tasks[1].role = "CVKT";
            batch.put_tasks[1].person = "nv09";
            batch.outbox = {of.message(batch.head.version, 0),
                            of.message(batch.head.version, 1, "X", outbox_kind::link)};
            if (k == 4)
                batch.snapshot =
                    snapshot_row{batch.head.version, stored_format, std::string(6'000, 's')};
            REQUIRE(of.put(keep, batch).what == committed);
        }
        truth[of.identity.of.str()] = events_of(keep, of);
    }
    REQUIRE(keep.record_refusal("main", {}));
    return truth;
}

void mutate(std::string& bytes, dice& roll) {
    if (bytes.empty()) return;
    switch (roll.below(6)) {
    case 0:
        for (std::size_t n = 1 + roll.below(8); n > 0; --n)
            bytes[roll.below(bytes.size())] ^= static_cast<char>(1u << roll.below(8));
        break;
    case 1:
        for (std::size_t n = 1 + roll.below(64), at = roll.below(bytes.size()); n > 0; --n)
            bytes[(at + n) % bytes.size()] = static_cast<char>(roll.bits());
        break;
    case 2: bytes.resize(roll.below(bytes.size())); break;
    case 3: {
        // Pages exchanged.
        const std::size_t pages = bytes.size() / 4096;
        if (pages < 3) break;
        const std::size_t a = 1 + roll.below(pages - 1), b = 1 + roll.below(pages - 1);
        for (std::size_t i = 0; i < 4096; ++i) std::swap(bytes[a * 4096 + i], bytes[b * 4096 + i]);
        break;
    }
    case 4: {
        // A page's own header and its pointers are where a reader can be led astray.
        const std::size_t page = roll.below(std::max<std::size_t>(1, bytes.size() / 4096)) * 4096;
        for (std::size_t n = 1 + roll.below(6); n > 0; --n) {
            const std::size_t at = page + roll.below(40);
            if (at < bytes.size()) bytes[at] = static_cast<char>(roll.bits());
        }
        break;
    }
    default: bytes.append(roll.below(9'000), static_cast<char>(roll.bits())); break;
    }
}

struct tally {
    std::size_t refused = 0, worked = 0, faults_found = 0, lies = 0;
};

/// Uses everything of a store. What it says of history must be true or found out by the chain.
void use(store& keep, const std::map<std::string, std::vector<stored_event>>& truth, tally& count) {
    bool fault = false;
    for (const auto& [id, events] : truth) {
        scribe of{keep, id};
        const auto view = keep.read("main", of.identity.of, command_id{"k1"});
        const auto history = keep.history("main", of.identity.of, 0, 1000);
        const bool verified = view && history && view->head && audit(keep, of).empty();
        if (!verified)
            fault = true;
        else if (*history != events)
            ++count.lies;  // a shorter history, an older head: only a checkpoint outside can tell
        (void)keep.lookup("main", of.identity.of, command_id{"k2"});
        (void)keep.refusals("main", of.identity.of);
    }
    std::string cursor;
    for (int pages = 0; pages < 50; ++pages) {
        const auto page = keep.query_tasks("main", {.unit = "ĐVTH"}, cursor, 3);
        if (!page || page->next.empty()) break;
        cursor = page->next;
    }
    (void)keep.query_tasks("main", {}, {}, 100);
    (void)keep.query_tasks("main", {.person = "nv09"}, {}, 100);
    (void)keep.query_tasks("main", {.of = case_id{"c1"}}, {}, 100);
    (void)keep.query_cases("main", {}, {}, 100);
    (void)keep.query_cases("main", {.status = stored_status::open}, {}, 100);
    (void)keep.query_outbox("main", false, {}, 100);
    (void)keep.count_outbox("main");
    (void)keep.definition("main", some_definition().hash);
    for (const work_kind kind : {work_kind::timer, work_kind::notice, work_kind::link}) {
        const auto items = keep.claim_due("main", kind, 50, lease, "w");
        if (items)
            for (const auto& item : *items) (void)keep.settle("main", item);
    }
    for (int i = 0; i < cases; ++i) {
        scribe of{keep, "c" + std::to_string(i)};
        const auto view = keep.read("main", of.identity.of, command_id{});
        if (view && view->head) of.head = *view->head;
        auto batch = of.next("later", 2);
        batch.put_tasks = {of.task("9")};
        batch.outbox = {of.message(batch.head.version, 0)};
        const auto out = of.put(keep, batch);
        if (out.what == refused || out.what == write_outcome::kind::unknown)
            CHECK(why(out) != errc{});
    }
    (fault ? count.faults_found : count.worked)++;
}

}  // namespace

// Found here: in a damaged index the unit after this one was this one again, and the list of all
// tasks never ended.
TEST_CASE("changed files are refused or worked with, and never believed against the chain") {
    const std::uint64_t seed = seed_or(20240504);
    CAPTURE(seed);
    folder in;
    const std::string path = in.file("m.db");
    std::map<std::string, std::vector<stored_event>> truth;
    {
        auto keep = open_sqlite(path).value();
        truth = fill(*keep);
    }
    const std::string whole = bytes_of(path);
    dice roll{seed};
    tally count;
    const std::size_t mutants = count_of(400);
    for (std::size_t i = 0; i < mutants; ++i) {
        CAPTURE(i);
        std::string bytes = whole;
        mutate(bytes, roll);
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
        put_bytes(path, bytes);
        // As a file that is too large to be read through when it is opened.
        const auto keep = open_sqlite(path, {.create = false, .check_bytes = 0});
        if (!keep) {
            CHECK(keep.error().code != errc{});
            ++count.refused;
            continue;
        }
        use(**keep, truth, count);
    }
    INFO(mutants, " mutants: ", count.refused, " refused, ", count.faults_found,
         " with faults found, ", count.worked, " unharmed");
    CHECK_EQ(count.lies, 0);
    CHECK(count.refused > 0);
    CHECK(count.faults_found > 0);
    CHECK(count.worked > 0);
}

TEST_CASE("a changed log is as good as cut off before the change") {
    const std::uint64_t seed = seed_or(20240505);
    CAPTURE(seed);
    folder in;
    const std::string path = in.file("m.db");
    std::map<std::string, std::vector<stored_event>> truth;
    std::string file, log;
    {
        auto keep = open_sqlite(path).value();
        truth = fill(*keep);
        file = bytes_of(path);
        log = bytes_of(path + "-wal");
    }
    REQUIRE(log.size() > 10'000);
    dice roll{seed};
    std::size_t refused = 0, shorter = 0, whole = 0;
    const std::size_t mutants = count_of(200);
    for (std::size_t i = 0; i < mutants; ++i) {
        CAPTURE(i);
        std::string bytes = log;
        mutate(bytes, roll);
        std::filesystem::remove(path + "-shm");
        put_bytes(path, file);
        put_bytes(path + "-wal", bytes);
        const auto keep = open_sqlite(path, {.create = false});
        if (!keep) {
            ++refused;
            continue;
        }
        bool all = true;
        for (const auto& [id, events] : truth) {
            scribe of{**keep, id};
            const auto history = (*keep)->history("main", of.identity.of, 0, 1000);
            const auto view = (*keep)->read("main", of.identity.of, command_id{});
            if (!history || !view || !view->head || !audit(**keep, of).empty()) {
                all = false;
                continue;
            }
            // A prefix of what was written: whole commits only.
            REQUIRE(history->size() <= events.size());
            CHECK(std::equal(history->begin(), history->end(), events.begin()));
            if (history->size() < events.size()) all = false;
        }
        (all ? whole : shorter)++;
    }
    INFO(mutants, " mutants: ", refused, " refused, ", shorter, " shorter, ", whole, " whole");
    CHECK(shorter > 0);
    CHECK(whole > 0);
}
