// SPDX-License-Identifier: BSL-1.0
// tests/crash/audit.cpp: events, answers, outbox, links, leases, copies.
#include "crash/audit.hpp"

#include "crash/worker.hpp"

#include <quytrinh/store/sqlite.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/store/memory.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <variant>

namespace crash_tests {

using namespace quytrinh;  // NOLINT: tests only
namespace fs = std::filesystem;

void sightings::add(const sightings& other) {
    cases += other.cases;
    events += other.events;
    acknowledged += other.acknowledged;
    unanswered_stored += other.unanswered_stored;
    unanswered_absent += other.unanswered_absent;
    pending += other.pending;
    leased += other.leased;
    copies += other.copies;
    copies_in_the_act += other.copies_in_the_act;
    left_behind += other.left_behind;
    repeated += other.repeated;
    children += other.children;
    overdue += other.overdue;
}

namespace {

using history = std::vector<history_entry>;

result<std::shared_ptr<store>> open_as_next(const std::string& file, bool manual) {
    sqlite_options options;
    options.create = false;
    if (manual) options.manual_clock = first_day();
    return open_sqlite(file, options);
}

std::string place_of(const std::string& of, std::uint64_t seq, std::size_t n) {
    return of + '/' + std::to_string(seq) + '/' + std::to_string(n);
}

class auditor {
public:
    auditor(std::shared_ptr<store> keep, const definitions& known)
        : keep_(std::move(keep)), office_(known, keep_, trust_host) {}

    /// Chain, state, task list and snapshot of every case; events in whole commands.
    void read_cases() {
        std::string cursor;
        do {
            auto page = office_.cases({}, cursor, 200);
            if (!page) return fault("cases: " + words(page.error()));
            for (const auto& row : page->rows) read_case(row.id);
            cursor = page->next;
        } while (!cursor.empty());
    }

    void compare(const book& said, sightings& seen) {
        for (const auto& [of, log] : cases_) {
            seen.events += log.size();
            for (const auto& entry : log) {
                if (std::holds_alternative<event::task_overdue>(entry.fact.body)) ++seen.overdue;
                const std::string& cause = entry.fact.cause.str();
                if (!cause.starts_with("quytrinh-") && !said.sent.contains({of, cause}))
                    fault("case " + of + " has an event of a command that nobody sent: " + cause);
            }
        }
        seen.cases += cases_.size();
        for (const auto& [key, command] : said.sent) answer(key.first, key.second, command, seen);
    }

    /// The answers of `which` only.
    void holds(const std::vector<std::pair<std::string, std::string>>& which, const book& said) {
        sightings none;
        for (const auto& key : which) answer(key.first, key.second, said.sent.at(key), none);
    }

    void outbox(const book& said, sightings& seen) {
        std::set<std::string> pending;
        std::string cursor;
        do {
            auto page = keep_->query_outbox("main", false, cursor, 200);
            if (!page) return fault("outbox: " + words(page.error()));
            for (const auto& entry : page->rows) {
                const std::string place = place_of(entry.row.of.str(), entry.row.seq, entry.row.n);
                if (entry.set_aside) fault("set aside without 20 failures: " + place);
                if (entry.row.kind == outbox_kind::link) continue;
                pending.insert(place);
                if (!notices_.contains(place)) fault("waits for an event that is not: " + place);
            }
            cursor = page->next;
        } while (!cursor.empty());
        seen.pending += pending.size();
        for (const auto& [place, times] : said.delivered) {
            if (!notices_.contains(place))
                fault("was delivered for an event that is not: " + place);
            if (times > 1) ++seen.repeated;
        }
        for (const auto& place : notices_)
            if (!pending.contains(place) && !said.delivered.contains(place))
                fault("was lost: notification " + place);
        std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> last;
        for (const auto& place : said.first_deliveries) {
            const auto a = place.find('/');
            const auto b = place.find('/', a + 1);
            const std::pair<std::uint64_t, std::uint64_t> at{std::stoull(place.substr(a + 1)),
                                                             std::stoull(place.substr(b + 1))};
            auto& before = last[place.substr(0, a)];
            if (at < before) fault("was told before an earlier one of its case: " + place);
            before = std::max(before, at);
        }
        if (said.stores_named.size() > 1) fault("keys name more than one store");
    }

    /// What is offered now, and what is offered when the leases of the dead have run out.
    void drain(book& said, std::string& lines, sightings& seen) {
        office_.on_notification([&](const notification& n) {
            const std::string line = "H\t" + n.key + '\t' + std::to_string(n.fence);
            said.read(line);
            lines += line + '\n';
        });
        const auto before = office_.outbox();
        if (!before) return fault("outbox: " + words(before.error()));
        work(1);
        const auto held = office_.outbox();
        if (held) seen.leased += held->pending;
        pass(std::chrono::seconds{61});
        work(100);
        // Failed attempts wait at most an hour.
        pass(std::chrono::hours{2});
        work(100);
        const auto left = office_.outbox();
        if (!left) return fault("outbox: " + words(left.error()));
        if (left->pending != 0 || left->set_aside != 0)
            fault("left in the outbox: " + std::to_string(left->pending) + " and " +
                  std::to_string(left->set_aside) + " set aside");
        cases_.clear();
        notices_.clear();
        read_cases();
        for (const auto& place : notices_)
            if (!said.delivered.contains(place)) fault("was never delivered: " + place);
        links(seen);
    }

    [[nodiscard]] const std::map<std::string, history>& cases() const { return cases_; }
    std::vector<std::string> faults;

private:
    void fault(std::string what) {
        if (faults.size() < 25) faults.push_back(std::move(what));
    }
    static std::string words(const error& why) { return why.text(language::en); }

    void read_case(const case_id& of) {
        if (const auto good = office_.verify(of); !good)
            fault("case " + of.str() + ": " + words(good.error()));
        auto log = office_.history(of);
        if (!log) return fault("history of " + of.str() + ": " + words(log.error()));
        std::set<std::string> causes;
        for (std::size_t i = 0; i < log->size();) {
            const command_id cause = (*log)[i].fact.cause;
            std::size_t end = i;
            while (end < log->size() && (*log)[end].fact.cause == cause) ++end;
            const auto row = keep_->lookup("main", of, cause);
            if (!row || !*row)
                fault("events without their command: " + of.str() + ' ' + cause.str());
            else if ((*row)->first_seq != i + 1 || (*row)->last_seq != end)
                fault("half a command: " + of.str() + ' ' + cause.str());
            if (!causes.insert(cause.str()).second)
                fault("a command twice: " + of.str() + ' ' + cause.str());
            i = end;
        }
        for (const auto& entry : *log)
            for (std::size_t n = 0; n < notices_of(entry.fact.body).size(); ++n)
                notices_.insert(place_of(of.str(), entry.fact.seq, n));
        cases_.emplace(of.str(), std::move(*log));
    }

    void answer(const std::string& of, const std::string& id, const book::command& said,
                sightings& seen) {
        const auto row = office_.lookup(case_id{of}, command_id{id});
        if (!row) return fault("lookup of " + of + ' ' + id + ": " + words(row.error()));
        const std::string which = of + ' ' + id;
        switch (said.said) {
        case book::answer::committed: {
            ++seen.acknowledged;
            if (!*row) return fault("was lost: acknowledged command " + which);
            if ((*row)->version != said.version || (*row)->target.str() != of)
                fault("another answer than the one given: " + which);
            const auto log = cases_.find(of);
            if (log == cases_.end() || log->second.size() < said.version)
                return fault("was lost: the events of " + which);
            const auto& last = log->second[said.version - 1];
            if (to_hex(last.hash) != said.hash || last.fact.cause.str() != id)
                fault("another past than the one acknowledged: " + which);
            return;
        }
        case book::answer::refused:
            if (*row) fault("was refused and is stored: " + which);
            return;
        case book::answer::none:
        case book::answer::unknown:
            ++(*row ? seen.unanswered_stored : seen.unanswered_absent);
            return;
        }
    }

    void pass(std::chrono::microseconds time) {
        const auto now = keep_->now();
        if (now)
            if (auto moved = keep_->set_clock(*now + time); !moved)
                fault("the clock: " + words(moved.error()));
    }
    void work(std::size_t turns) {
        for (std::size_t i = 0; i < turns; ++i) {
            const auto report = office_.run_due(200);
            if (!report) return fault("run_due: " + words(report.error()));
            for (const auto& problem : report->problems) fault("due work: " + words(problem));
            if (report->timers + report->links + report->delivered == 0) return;
        }
    }
    void links(sightings& seen) {
        for (const auto& [of, log] : cases_)
            for (const auto& entry : log)
                if (const auto* done = std::get_if<event::task_completed>(&entry.fact.body))
                    for (const auto& link : done->links) {
                        ++seen.children;
                        if (!cases_.contains(link.child.str()))
                            fault("a linked case was never opened: " + link.child.str());
                    }
    }

    std::shared_ptr<store> keep_;
    runtime office_;
    std::map<std::string, history> cases_;
    std::set<std::string> notices_;
};

std::vector<std::string> all_named(const std::string& prefix) {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator{fs::path{prefix}.parent_path()})
        if (entry.path().string().starts_with(prefix)) out.push_back(entry.path().string());
    return out;
}

}  // namespace

std::vector<std::string> audit(const std::string& file, book& said, const definitions& known,
                               bool drain, std::string& lines, sightings& seen) {
    std::vector<std::string> faults = std::exchange(said.faults, {});
    if (!fs::exists(file)) {
        if (!said.acknowledged.empty()) faults.push_back("the file is gone");
        return faults;
    }
    auto keep = open_as_next(file, said.manual);
    if (!keep) {
        faults.push_back("does not open: " + keep.error().text(language::en));
        return faults;
    }
    auditor look{std::move(*keep), known};
    look.faults = std::move(faults);
    look.read_cases();
    look.compare(said, seen);
    look.outbox(said, seen);
    if (drain) look.drain(said, lines, seen);
    return look.faults;
}

std::vector<std::string> audit_copies(const std::string& file, book& said, const definitions& known,
                                      sightings& seen) {
    std::vector<std::string> faults;
    if (said.copies.empty()) return faults;
    std::map<std::string, history> original;
    std::uint64_t epoch = 0;
    if (auto keep = open_as_next(file, said.manual)) {
        epoch = (*keep)->caps().epoch;
        auditor look{std::move(*keep), known};
        look.read_cases();
        original = look.cases();
    }
    for (const auto& copy : said.copies) {
        if (!fs::exists(copy.path)) {
            if (copy.done) faults.push_back("a finished copy is gone: " + copy.path);
            continue;
        }
        auto keep = open_as_next(copy.path, said.manual);
        if (!keep) {
            faults.push_back(copy.path + ": " + keep.error().text(language::en));
            continue;
        }
        ++(copy.done ? seen.copies : seen.copies_in_the_act);
        if ((*keep)->caps().epoch != epoch + 1) faults.push_back("the epoch of " + copy.path);
        auditor look{std::move(*keep), known};
        look.read_cases();
        look.holds(copy.before, said);
        for (const auto& [of, log] : look.cases()) {
            const auto there = original.find(of);
            if (there == original.end() || there->second.size() < log.size() ||
                there->second[log.size() - 1].hash != log.back().hash)
                look.faults.push_back("not a beginning of the original: case " + of);
        }
        for (const auto& fault : look.faults) faults.push_back(copy.path + ": " + fault);
    }
    for (const auto& copy : said.copies) {
        const bool whole = fs::exists(copy.path);
        for (const auto& name : all_named(copy.path)) {
            if (!whole) ++seen.left_behind;
            fs::remove(name);
        }
    }
    said.copies.clear();
    return faults;
}

std::string integrity(const std::string& file) {
    sqlite3* db = nullptr;
    sqlite3_stmt* asked = nullptr;
    std::string out = "does not open";
    if (sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &asked, nullptr) == SQLITE_OK &&
        sqlite3_step(asked) == SQLITE_ROW)
        out = reinterpret_cast<const char*>(sqlite3_column_text(asked, 0));
    sqlite3_finalize(asked);
    sqlite3_close(db);
    return out;
}

}  // namespace crash_tests
