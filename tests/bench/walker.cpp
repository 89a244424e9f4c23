// SPDX-License-Identifier: BSL-1.0
// tests/bench/walker.cpp: the commands of a straight walk of QT.HTKH.03 are taken once from the
// options of a case and then sent to every other case.
#include "walker.hpp"

#include <quytrinh/runtime/views.hpp>

#include "../support/autopilot.hpp"
#include "harness.hpp"

#include <stdexcept>
#include <string>

namespace bench {

using namespace quytrinh;

namespace {

instant trial_start() {
    return start_of(date{std::chrono::year{2023} / 12 / 11}, std::chrono::minutes(420)) +
           std::chrono::hours(8);
}

/// The completions of a straight walk, by whom.
const std::vector<std::pair<actor, command::complete>>& script() {
    static const auto made = [] {
        std::vector<std::pair<actor, command::complete>> out;
        auto office = make_office(open_memory(trial()));
        const auto id = office.open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"}}).value();
        for (int guard = 0; guard < 20; ++guard) {
            const auto state = office.find(id).value().state;
            if (state.status != case_status::open) return out;
            for (const auto& task : state.tasks) {
                if (task.status != task_status::open) continue;
                for (const auto& lead : task.leads) {
                    const actor who{lead.unit, "nv-" + lead.unit};
                    for (const auto& o : office.options(id, who).value()) {
                        if (o.command != "complete" || !(o.task == task.task)) continue;
                        case_command what;
                        what.target = id;
                        what.by = who;
                        auto body = test::fill_in_all(o);
                        what.body = body;
                        auto done = office.execute(what);
                        if (!done) throw std::runtime_error(done.error().text());
                        out.emplace_back(who, body);
                        break;
                    }
                }
                break;
            }
        }
        throw std::runtime_error("the walk does not end");
    }();
    return made;
}

command_id numbered(int number, std::size_t turn) {
    return command_id("w" + std::to_string(number) + "." + std::to_string(turn));
}

}  // namespace

memory_options trial() { return {trial_start(), 42}; }

runtime make_office(std::shared_ptr<store> keep) {
    return runtime{bundled(), std::move(keep), trust_host};
}

case_id walk_case(runtime& office, int number, std::size_t* commands) {
    const auto& turns = script();
    const auto id =
        office.open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"}, .id = numbered(number, 0)}).value();
    std::size_t sent = 1;
    for (const auto& [who, body] : turns) {
        case_command what;
        what.id = numbered(number, sent++);
        what.target = id;
        what.by = who;
        what.body = body;
        auto done = office.execute(std::move(what));
        if (!done) throw std::runtime_error(done.error().text());
    }
    if (commands) *commands += sent;
    return id;
}

std::vector<std::vector<case_command>> walk_rounds(runtime& office, int cases) {
    const auto& turns = script();
    std::vector<std::vector<case_command>> rounds(turns.size() + 1);
    const auto caps = office.caps();
    for (int n = 0; n < cases; ++n) {
        const auto opening = numbered(n, 0);
        const auto id = derive_case_id(caps.store_id, "main", opening);
        case_command open;
        open.id = opening;
        open.target = id;
        open.by = {"ĐVYC", "nv01"};
        command::open body;
        body.procedure = "QT.HTKH.03";
        open.body = body;
        rounds[0].push_back(std::move(open));
        for (std::size_t t = 0; t < turns.size(); ++t) {
            case_command what;
            what.id = numbered(n, t + 1);
            what.target = id;
            what.by = turns[t].first;
            what.body = turns[t].second;
            rounds[t + 1].push_back(std::move(what));
        }
    }
    return rounds;
}

std::vector<turn_rows> rows_of_walk() {
    auto keep = open_memory(trial());
    auto office = make_office(keep);
    const auto id = derive_case_id(keep->caps().store_id, "main", numbered(0, 0));
    std::vector<turn_rows> turns;
    std::vector<task_entry> before;
    std::uint64_t version = 0;
    const auto note = [&](const command_id& sent) {
        turn_rows rows;
        for (const auto& e : keep->history("main", id, version, 1000).value()) {
            rows.events.push_back({e.header + std::string(e.salt.size(), 's'), e.payload});
            version = e.seq;
        }
        const auto earlier = keep->lookup("main", id, sent).value().value();
        rows.result = std::string(32, 'd') + earlier.result;
        const auto now = keep->query_tasks("main", {.of = id}, {}, 1000).value().rows;
        const auto only_in = [](const auto& these, const auto& those, std::size_t& entries,
                                std::size_t& timers) {
            for (const auto& one : these) {
                bool also = false;
                for (const auto& other : those) also = also || one.row == other.row;
                if (also) continue;
                ++entries;
                if (one.row.timer_at) ++timers;
            }
        };
        only_in(before, now, rows.closed, rows.timers_closed);
        only_in(now, before, rows.opened, rows.timers_opened);
        before = now;
        for (const auto& entry : keep->query_outbox("main", false, {}, 1000).value().rows)
            if (entry.row.seq >= earlier.first_seq) rows.messages.push_back(entry.row.body);
        turns.push_back(std::move(rows));
    };
    office.open("QT.HTKH.03", {.by = {"ĐVYC", "nv01"}, .id = numbered(0, 0)}).value();
    note(numbered(0, 0));
    std::size_t sent = 1;
    for (const auto& [who, body] : script()) {
        case_command what;
        what.id = numbered(0, sent);
        what.target = id;
        what.by = who;
        what.body = body;
        if (!office.execute(std::move(what))) throw std::runtime_error("the walk stops");
        note(numbered(0, sent++));
    }
    return turns;
}

void fill_with_tasks(store& keep, std::size_t count, std::size_t first, bool all_due) {
    const auto caps = keep.caps();
    const auto now = keep.now().value();
    std::vector<write_batch> group;
    const auto flush = [&] {
        for (const auto& outcome : keep.write_group("main", group))
            if (outcome.what != write_outcome::kind::committed)
                throw std::runtime_error("filling the store failed");
        group.clear();
    };
    digest256 definition{};
    definition[0] = 7;
    for (std::size_t i = first; i < count; ++i) {
        write_batch b;
        b.command.id = command_id("f" + std::to_string(i));
        b.of = derive_case_id(caps.store_id, "main", b.command.id);
        b.command.first_seq = b.command.last_seq = 1;
        case_event fact;
        fact.seq = 1;
        fact.at = now;
        fact.cause = b.command.id;
        fact.body = event::commented{{}, "x", {}};
        b.events.push_back(
            seal({caps.store_id, "main", b.of, definition}, digest256{}, fact, salt16{}));
        b.head.id = b.of;
        b.head.procedure = "QT.X";
        b.head.definition = definition;
        b.head.version = 1;
        b.head.hash = b.events.back().hash;
        // One after the other, as in life: the lists of cases grow at one end.
        b.head.opened_at = b.head.last_at = now + std::chrono::microseconds(i);
        task_row t;
        t.of = b.of;
        t.task = {"2", 1};
        t.role = "ĐVTH";
        t.unit = "U" + std::to_string(i % 200);
        t.opened_at = now;
        // one in a thousand is due already
        t.due_before = all_due || i % 1000 == 0
                           ? now - std::chrono::hours(1 + static_cast<int>(i / 1000 % 24))
                           : now + std::chrono::minutes(1 + static_cast<int>(i * 7919 % 500'000));
        t.timer_at = t.due_before;
        b.put_tasks.push_back(std::move(t));
        if (i == 0) b.definition = definition_row{definition, "QT.X", "x"};
        group.push_back(std::move(b));
        if (group.size() == 1000) flush();
    }
    if (!group.empty()) flush();
}

double page_seconds(store& keep) {
    task_query which;
    which.unit = "U7";
    std::string cursor;
    return seconds_of([&] {
               for (int i = 0; i < 50; ++i) {
                   auto page = keep.query_tasks("main", which, cursor, 50).value();
                   if (page.rows.empty()) throw std::runtime_error("an empty page");
                   cursor = page.next;
               }
           }) /
           50;
}

double timers_seconds(store& keep) {
    // A second later the lease of the last run, a microsecond, is over: the same timers again.
    if (!keep.set_clock(keep.now().value() + std::chrono::seconds(1)))
        throw std::runtime_error("the clock does not move");
    double s = 0;
    std::size_t found = 0;
    s = seconds_of([&] {
        found = keep.claim_due("main", work_kind::timer, 50, std::chrono::microseconds(1), "bench")
                    .value()
                    .size();
    });
    if (found == 0) throw std::runtime_error("no due timer found");
    return s;
}

}  // namespace bench
