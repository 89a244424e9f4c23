// SPDX-License-Identifier: BSL-1.0
// tests/bench/kernel.cpp: one decide + evolve of QT.HTKH.03 against a hand-written function over
// the same six steps that fills the same two event records and counts the due date with the same
// calendar.
#include "harness.hpp"
#include "../support/autopilot.hpp"

#include <quytrinh/engine.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/time.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace bench {
namespace {

using namespace quytrinh;

/// QT.HTKH.03 with the commands of a straight walk and the states they are sent in.
struct walk {
    definitions known = bundled();
    const procedure* definition = nullptr;
    const calendar* days = nullptr;
    facts nothing;
    struct turn {
        case_state before;
        case_command what;
        instant at;
    };
    std::vector<turn> turns;

    [[nodiscard]] context at(instant now) const {
        context c;
        c.definition = definition;
        c.days = days;
        c.known = &nothing;
        c.now = now;
        return c;
    }

    walk() {
        for (const auto& p : known.procedures)
            if (p->code == "QT.HTKH.03") definition = p.get();
        for (const auto& c : known.calendars)
            if (c.code == "HC.VN") days = &c;
        if (!definition || !days) throw std::runtime_error("QT.HTKH.03 or HC.VN is not bundled");
        instant now =
            start_of(date{std::chrono::year{2023} / 12 / 11}, days->offset) + std::chrono::hours(8);
        case_state state;
        case_command open;
        open.id = command_id("c0");
        open.target = case_id("aaaaaaaaaaaaaaaaaaaaaaaaaa");
        open.by = {"ĐVYC", "nv01"};
        open.body = command::open{"QT.HTKH.03", {}, {}, {}, {}, {}, 0, 0};
        state = decide(at(now), state, open).value().after;
        for (int guard = 0; state.status == case_status::open && guard < 20; ++guard) {
            now += std::chrono::hours(1);
            // every open lead completes
            const auto task = [&]() -> task_state {
                for (const auto& t : state.tasks)
                    if (t.status == task_status::open) return t;
                throw std::runtime_error("no open task");
            }();
            for (const auto& lead : task.leads) {
                const actor who{lead.unit, "nv-" + lead.unit};
                for (const auto& o : options_for(at(now), state, who)) {
                    if (o.command != "complete" || !(o.task == task.task)) continue;
                    case_command what;
                    what.id = command_id("c" + std::to_string(turns.size() + 1));
                    what.target = state.id;
                    what.by = who;
                    what.body = test::fill_in_all(o);
                    auto next = decide(at(now), state, what).value();
                    turns.push_back({state, what, now});
                    state = std::move(next.after);
                    break;
                }
            }
        }
        if (state.status != case_status::ended) throw std::runtime_error("the walk does not end");
    }
};

/// The floor: what a programmer would write for exactly this procedure.
void by_hand(const walk& w, std::size_t step, std::vector<case_event>& out) {
    const auto& t = w.turns[step];
    out.clear();
    case_event done;
    done.seq = t.before.version + 1;
    done.at = t.at;
    done.by = t.what.by;
    done.cause = t.what.id;
    event::task_completed completed;
    const auto& given = std::get<command::complete>(t.what.body);
    completed.task = {std::to_string(step + 1), 1};
    completed.lead = t.what.by.unit;
    completed.outcome = given.outcome;
    completed.fields = given.fields;
    completed.notices.push_back(
        {notice_kind::task_completed, {"ĐVYC", "ĐVYC", "", false}, relation::coordinate});
    done.body = std::move(completed);
    out.push_back(std::move(done));
    case_event next;
    next.seq = t.before.version + 2;
    next.at = t.at;
    next.by = t.what.by;
    next.cause = t.what.id;
    event::task_opened opened;
    opened.task = {std::to_string(step + 2), 1};
    opened.leads.push_back({"ĐVTH", "ĐVTH", "", false});
    opened.with.push_back({"ĐVYC", "ĐVYC", "", false});
    opened.from_step = std::to_string(step + 1);
    opened.received_at = t.at;
    opened.due.kind = due_kind::counted;
    auto counted =
        count_limit(*w.days, counting_rule::blds_2015, t.at, {decimal::of(3), time_unit::day})
            .value();
    opened.due.due = counted.due;
    opened.due.trace = std::move(counted.trace);
    opened.due.calendar_version = std::move(counted.calendar_version);
    opened.notices.push_back(
        {notice_kind::task_opened, {"ĐVTH", "ĐVTH", "", false}, relation::lead});
    opened.notices.push_back(
        {notice_kind::task_opened, {"ĐVYC", "ĐVYC", "", false}, relation::coordinate});
    next.body = std::move(opened);
    out.push_back(std::move(next));
}

}  // namespace

std::vector<row> kernel_rows(bool quick) {
    const walk w;
    const int times = quick ? 20 : 2000;
    // decide_in evolves the state where it lies, so one call is decide + evolve, as a runtime that
    // has the case in memory makes it: the case walks on through its steps, and what the ruling
    // held is used again, as the floor's records are. The copy that the loop needs to start over is
    // made and ended outside the clock.
    const auto engine = [&] {
        double spent = 0;
        ruling made;
        for (int i = 0; i < times; ++i) {
            case_state state = w.turns.front().before;
            spent += seconds_of([&] {
                for (const auto& turn : w.turns) {
                    if (!decide_in(w.at(turn.at), state, turn.what, made))
                        throw std::runtime_error("a turn is refused");
                    keep(made);
                }
            });
        }
        return spent / (static_cast<double>(times) * static_cast<double>(w.turns.size()));
    };
    const auto floor = [&] {
        std::vector<case_event> out;
        double spent = 0;
        for (int i = 0; i < times; ++i)
            spent += seconds_of([&] {
                for (std::size_t s = 0; s < w.turns.size(); ++s) {
                    by_hand(w, s, out);
                    keep(out);
                }
            });
        return spent / (static_cast<double>(times) * static_cast<double>(w.turns.size()));
    };
    std::vector<row> rows;
    rows.push_back(paired("kernel: decide + evolve of QT.HTKH.03", "by hand, same records", "µs",
                          1e6, engine, floor, gate::at_most, 8, "≤ 3×"));
    rows.push_back(single(
        "kernel: decide + evolve, a second", "M/s", 1, [&] { return 1e-6 / engine(); },
        gate::at_least, 0.7, "0.7 M/s"));
    return rows;
}

}  // namespace bench
