// SPDX-License-Identifier: BSL-1.0
// tests/crash/kill.cpp: processes that write to one SQLite file are killed with SIGKILL at any
// moment, two hundred times; nothing that was acknowledged is lost, nothing is half there.
//
//   QUYTRINH_COUNT=10 QUYTRINH_SEED=42 build/dev/bin/test_crash     # 2,000 times, other dice
//   QUYTRINH_REPLAY=/dev/shm/quytrinh-… build/dev/bin/test_crash     # looks at what a failure kept
//
// The dice decide what the processes do and when they die; the machine decides how far they have
// come by then. So a failure keeps the file as the dead left it (killed/) and what they had said
// (said.txt): those are what a replay looks at; and what was wrong (faults.txt), for whoever has
// lost the output of the test. On a busy machine processes come less far before they die: then more
// of them do, until everything was seen that the test is there for.
#include "crash/audit.hpp"
#include "crash/book.hpp"
#include "crash/children.hpp"
#include "crash/worker.hpp"

#include "store/folder.hpp"
#include "support/seeded.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace crash_tests;
using quytrinh_tests::dice;
namespace fs = std::filesystem;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

/// Parsed once, before the first child: they all have it in memory.
const quytrinh::definitions& known() {
    static const quytrinh::definitions all = quytrinh::bundled();
    return all;
}

constexpr const char* parts[] = {"", "-wal", "-shm", "-journal"};

/// A folder that stays when something was wrong.
class evidence {
public:
    evidence() : in_(std::make_unique<quytrinh_tests::folder>()) {
        fs::create_directory(in_->file("killed"));
    }
    ~evidence() {
        // On purpose: what is needed to look again is not removed.
        if (keep_) (void)in_.release();
    }
    evidence(const evidence&) = delete;
    evidence& operator=(const evidence&) = delete;

    [[nodiscard]] std::string file() const { return in_->file("cases.db"); }
    [[nodiscard]] const std::string& path() const { return in_->path(); }
    /// The file as it lies there, before anybody opens it again.
    void keep_the_dead(const std::string& lines) {
        for (const char* part : parts) {
            const std::string to = in_->file("killed/cases.db") + part;
            fs::remove(to);
            if (fs::exists(file() + part)) fs::copy_file(file() + part, to);
        }
        std::ofstream{in_->file("said.txt"), std::ios::binary} << lines;
    }
    void keep(const std::string& why) {
        keep_ = true;
        std::ofstream{in_->file("faults.txt"), std::ios::binary | std::ios::app} << why << '\n';
    }

private:
    std::unique_ptr<quytrinh_tests::folder> in_;
    bool keep_ = false;
};

struct totals {
    sightings seen;
    std::size_t cycles = 0, processes = 0, killed = 0, finished = 0, openings = 0, thrown = 0,
                delivered = 0, refused = 0, unknown = 0, sent = 0, stores = 0;
    std::size_t by_habit[static_cast<std::size_t>(habit::count_of_habits)]{};
};

/// One file and those who die on it, one after the other.
class store_life {
public:
    store_life(dice& chance, totals& all) : chance_(chance), all_(all) {
        manual_ = !chance_.one_in(4);
        std::string line = std::string{"M\t"} + (manual_ ? "manual" : "real") + '\n';
        said_.read_all(line);
        lines_ = std::move(line);
        ++all_.stores;
    }
    /// False when something was wrong.
    bool cycle(std::size_t number, bool last) {
        const auto what = static_cast<habit>(
            number_of_cycle_ == 0
                ? 0
                : chance_.below(static_cast<std::size_t>(habit::count_of_habits)));
        ++number_of_cycle_;
        ++all_.by_habit[static_cast<std::size_t>(what)];
        ++all_.cycles;
        const std::size_t processes = chance_.one_in(3) ? 2 : 1;
        children them;
        for (std::size_t i = 0; i < processes; ++i) {
            const life one{where_.file(), manual_, what, chance_.bits(),
                           'c' + std::to_string(number) + static_cast<char>('a' + i)};
            them.start([&](const reporter& say) { live(one, known(), say, 4'000); });
        }
        them.all_started();
        wait_for_the_moment(them, what);
        them.kill();
        const std::string heard = std::move(them.rest());
        lines_ += heard;
        said_.read_all(heard);
        all_.processes += processes;
        all_.killed += them.killed();
        where_.keep_the_dead(lines_);
        const std::string which = "cycle " + std::to_string(number) + ", " + name_of(what) + ", " +
                                  std::to_string(processes) + " processes";
        INFO(which);
        bool good = true;
        const auto check = [&](const std::vector<std::string>& faults) {
            for (const auto& fault : faults) {
                good = false;
                where_.keep(which + ": " + fault);
                FAIL_CHECK(fault);
            }
        };
        if (them.failed() != 0)
            check({"a process ended otherwise than by SIGKILL: " + them.failures()});
        sightings seen;
        check(audit_copies(where_.file(), said_, known(), seen));
        check(audit(where_.file(), said_, known(), manual_ && (last || chance_.one_in(3)), lines_,
                    seen));
        if (last && fs::exists(where_.file()))
            if (const auto words = integrity(where_.file()); words != "ok")
                check({"integrity_check: " + words});
        count(seen, last);
        if (!good) MESSAGE("kept for QUYTRINH_REPLAY: ", where_.path());
        return good;
    }

private:
    void wait_for_the_moment(children& them, habit what) {
        const auto begin = steady_clock::now();
        const auto late = begin + std::chrono::seconds{2};
        const auto after = [&](std::size_t most) { return microseconds{chance_.below(most)}; };
        const auto never = [](const std::string&) { return false; };
        if (what == habit::opening) {
            (void)them.read_until(begin + after(12'000), never);
            return;
        }
        // Half of them after so many lines, for fast and slow machines; the others at a time.
        if (chance_.one_in(2)) {
            (void)them.read_until(begin + after(120'000), never);
            return;
        }
        const std::size_t bytes = 64 + chance_.below(20'000);
        if (them.read_until(late, [&](const std::string& text) { return text.size() >= bytes; }))
            (void)them.read_until(steady_clock::now() + after(1'500), never);
    }
    void count(const sightings& seen, bool last) {
        sightings once = seen;
        if (!last) {
            // What stays in the store is counted with its last look.
            once.cases = once.events = once.acknowledged = once.repeated = once.overdue = 0;
            once.unanswered_absent = once.unanswered_stored = once.children = 0;
        } else {
            all_.openings += said_.opened;
            all_.finished += said_.finished;
            all_.thrown += said_.thrown;
            all_.delivered += said_.first_deliveries.size();
            all_.refused += said_.refused;
            all_.unknown += said_.unknown;
            all_.sent += said_.sent.size();
        }
        all_.seen.add(once);
    }

    dice& chance_;
    totals& all_;
    evidence where_;
    bool manual_ = true;
    std::size_t number_of_cycle_ = 0;
    book said_;
    std::string lines_;
};

}  // namespace

TEST_CASE("killed 200 times while writing: nothing acknowledged is lost, nothing is half there") {
    const std::uint64_t seed = quytrinh_tests::seed_or(20'231'211);
    const std::size_t cycles = quytrinh_tests::count_of(200);
    CAPTURE(seed);
    constexpr std::size_t of_one_store = 8;
    (void)known();
    dice chance{seed};
    totals all;
    const auto begin = steady_clock::now();
    bool good = true;
    // A run that saw nothing would prove nothing.
    const auto saw_all = [&] {
        return cycles < 200 ||
               (all.seen.acknowledged > 1'000 && all.seen.unanswered_stored > 0 &&
                all.seen.unanswered_absent > 0 && all.seen.leased > 0 && all.seen.copies > 0 &&
                all.seen.children > 0 && all.seen.overdue > 0 && all.delivered > 0);
    };
    for (std::size_t number = 0; number < cycles || (number < 4 * cycles && !saw_all());) {
        store_life one{chance, all};
        const std::size_t end = number + of_one_store;
        for (; number < end && good; ++number) good = one.cycle(number, number + 1 == end);
        if (!good) break;
    }
    const auto& seen = all.seen;
    const std::chrono::duration<double> took = steady_clock::now() - begin;
    MESSAGE("seed ", seed, ": ", all.cycles, " cycles on ", all.stores, " stores, ", all.killed,
            " of ", all.processes, " processes killed, ", took.count(), " s");
    MESSAGE(all.sent, " commands sent: ", seen.acknowledged, " acknowledged, ", all.refused,
            " refused, ", all.unknown, " unknown, unanswered ", seen.unanswered_stored,
            " stored and ", seen.unanswered_absent, " absent; ", seen.cases, " cases, ",
            seen.events, " events, ", seen.children, " linked, ", seen.overdue, " overdue");
    MESSAGE(all.delivered, " notifications delivered, ", seen.repeated, " more than once, ",
            all.thrown, " throws, ", seen.leased, " under leases of the dead; ", seen.copies,
            " copies finished, ", seen.copies_in_the_act, " whole but not reported, ",
            seen.left_behind, " files of copies left behind; ", all.openings, " openings");
    CHECK(all.killed > 0);
    if (good && cycles >= 200) {
        CHECK(seen.acknowledged > 1'000);
        CHECK(seen.unanswered_stored > 0);
        CHECK(seen.unanswered_absent > 0);
        CHECK(seen.leased > 0);
        CHECK(seen.copies > 0);
        CHECK(seen.children > 0);
        CHECK(seen.overdue > 0);
        CHECK(all.delivered > 0);
    }
}

TEST_CASE("what a failure kept is looked at again") {
    const char* given = std::getenv("QUYTRINH_REPLAY");
    if (given == nullptr) return;
    const fs::path kept{given};
    const quytrinh_tests::folder in;
    for (const char* part : parts)
        if (fs::exists(kept / ("killed/cases.db" + std::string{part})))
            fs::copy_file(kept / ("killed/cases.db" + std::string{part}),
                          in.file("cases.db") + part);
    std::ifstream said{kept / "said.txt", std::ios::binary};
    REQUIRE(said);
    book all;
    std::string lines{std::istreambuf_iterator<char>{said}, {}};
    all.read_all(lines);
    all.copies.clear();
    sightings seen;
    for (const auto& fault : audit(in.file("cases.db"), all, known(), all.manual, lines, seen))
        FAIL_CHECK(fault);
    MESSAGE(seen.acknowledged, " acknowledged commands, ", seen.events, " events");
}
