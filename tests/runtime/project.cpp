// SPDX-License-Identifier: BSL-1.0
// tests/runtime/project.cpp: rows of a batch derived from events and state.
#include <quytrinh/runtime/impl/project.hpp>

#include "office.hpp"

#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

using namespace office_of;
namespace project = quytrinh::detail::project;

namespace {

case_state one_task() {
    case_state s;
    s.id = case_id{"c"};
    s.procedure = "QT.X";
    s.status = case_status::open;
    s.version = 2;
    task_state t;
    t.task = {"2", 1};
    t.leads = {{"A", "P.A", {}, false}, {"B", "P.B", {}, false}};
    t.with = {{"C", "P.C", {}, false}};
    t.inform = {{"D", "P.D", {}, false}};
    t.due.kind = due_kind::counted;
    t.due.due = due_instant{at("2023-12-15T00:00"), false, {}};
    s.tasks.push_back(t);
    return s;
}

}  // namespace

TEST_CASE("an open task has one entry for each who has to do with it, the timer on the first") {
    const case_state s = one_task();
    const auto rows = project::rows_of(s, {"2", 1});
    REQUIRE(rows.size() == 4);
    const relation expected[] = {relation::lead, relation::joint, relation::coordinate,
                                 relation::inform};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(rows[i].n == i);
        CHECK(rows[i].as == expected[i]);
        CHECK(rows[i].of == s.id);
        CHECK(rows[i].due_before == s.tasks[0].due.due->before);
        CHECK(rows[i].timer_at.has_value() == (i == 0));
    }
    CHECK(project::rows_of(s, {"2", 2}).empty());
    CHECK(project::all_rows(s) == rows);
}

TEST_CASE(
    "leads any one of whom will do are all leads; a joint one who confirmed has nothing left") {
    case_state s = one_task();
    s.tasks.edit(0).any_lead = true;
    CHECK(project::rows_of(s, {"2", 1})[1].as == relation::lead);
    s.tasks.edit(0).any_lead = false;
    s.tasks.edit(0).confirmed.push_back({"A", {"P.A", "nv01"}, "OK"});
    const auto rows = project::rows_of(s, {"2", 1});
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].role == "B");
    CHECK(rows[0].timer_at.has_value());
}

TEST_CASE("no timer for what is overdue already, immediate, not stated or laid down elsewhere") {
    case_state s = one_task();
    s.tasks.edit(0).overdue = true;
    CHECK_FALSE(project::rows_of(s, {"2", 1})[0].timer_at);
    CHECK(project::rows_of(s, {"2", 1})[3].overdue);
    s.tasks.edit(0).overdue = false;
    for (const due_kind kind :
         {due_kind::immediately, due_kind::not_stated, due_kind::laid_down, due_kind::waiting}) {
        s.tasks.edit(0).due.kind = kind;
        CHECK_FALSE(project::rows_of(s, {"2", 1})[0].timer_at);
    }
}

TEST_CASE("whoever took a task stands on the entries of its unit") {
    case_state s = one_task();
    s.tasks.edit(0).assignee = "nv07";
    s.tasks.edit(0).assignee_unit = "P.B";
    s.tasks.edit(0).assigned_for = "B";
    auto rows = project::rows_of(s, {"2", 1});
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].person.empty());
    CHECK(rows[1].person == "nv07");
    CHECK(rows[2].person.empty());
    // Somebody of another unit, acting for B: an entry of their own.
    s.tasks.edit(0).assignee_unit = "P.Z";
    rows = project::rows_of(s, {"2", 1});
    REQUIRE(rows.size() == 5);
    CHECK(rows[1].person.empty());
    CHECK(rows[2].unit == "P.Z");
    CHECK(rows[2].role == "B");
    CHECK(rows[2].person == "nv07");
    CHECK(rows[2].as == relation::lead);
}

TEST_CASE("who notes down what an outside body does finds the task too") {
    case_state s = one_task();
    s.tasks.edit(0).recorder = {"VT", "P.VT", {}, false};
    const auto rows = project::rows_of(s, {"2", 1});
    REQUIRE(rows.size() == 5);
    CHECK(rows[2].unit == "P.VT");
    CHECK(rows[2].as == relation::lead);
}

TEST_CASE("a closed task and an ended case leave no entry") {
    case_state s = one_task();
    s.tasks.edit(0).status = task_status::done;
    CHECK(project::rows_of(s, {"2", 1}).empty());
    CHECK(project::all_rows(s).empty());
    s.status = case_status::withdrawn;
    s.end_kind = "x";
    const head_row head = project::head_of(s, {}, 0);
    CHECK(head.status == stored_status::withdrawn);
    CHECK(head.version == 2);
}

TEST_CASE("a consultation is asked of its addressee") {
    case_state s = one_task();
    consultation_state c;
    c.consultation = {"6a", 1};
    c.task = {"2", 1};
    c.asked = {{"L", "P.L", {}, false}};
    s.consultations.push_back(c);
    const auto rows = project::rows_of(s, {"6a", 1});
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].as == relation::asked);
    CHECK(rows[0].consultation);
    CHECK(project::all_rows(s).size() == 5);
}

TEST_CASE("notices come first, then links, then the report of a linked case's end") {
    case_state s = one_task();
    case_event fact;
    fact.seq = 9;
    event::task_completed done_;
    done_.notices.resize(2);
    link_request link;
    link.procedure = "QT.Y";
    link.child = case_id{"child"};
    done_.links.push_back(link);
    fact.body = done_;
    const auto outbox_of = [&](const case_event& of) {
        std::vector<outbox_row> added;
        project::add_outbox(added, s, of);
        return added;
    };
    auto rows = outbox_of(fact);
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].kind == outbox_kind::notice);
    CHECK(rows[2].kind == outbox_kind::link);
    CHECK(rows[2].n == 2);
    CHECK(rows[2].seq == 9);
    CHECK_FALSE(project::is_end_report(rows[2], link));

    event::case_ended ended;
    ended.notices.resize(1);
    fact.body = ended;
    CHECK(outbox_of(fact).size() == 1);
    s.parent = case_id{"parent"};
    rows = outbox_of(fact);
    REQUIRE(rows.size() == 2);
    CHECK(project::is_end_report(rows[1], done(decode_link(rows[1].body))));
}

TEST_CASE("the rows of a store are those that follow from its events") {
    small_office o;
    const case_id of = o.open();
    done(o.complete(of, "1", "A/nv01"));
    const auto stored = done(o.keep->query_tasks("main", {.of = of}, {}, 100));
    std::vector<task_row> rows;
    for (const task_entry& entry : stored.rows) rows.push_back(entry.row);
    CHECK(rows == project::all_rows(o.state(of)));
    const auto view = done(o.keep->read("main", of, {}));
    CHECK(*view.head == project::head_of(o.state(of), view.head->hash, view.head->history_bytes));
    std::uint64_t bytes = 0;
    for (const stored_event& event : done(o.keep->history("main", of, 0, 100)))
        bytes += event.header.size() + event.payload.size();
    CHECK(view.head->history_bytes == bytes);
}

TEST_CASE("a limit that an entry has moved is moved in the list of tasks too") {
    // The rows of a task whose limit hangs on a field kept the old date when the field was entered
    // without ending the step: the list showed it, and the timer fired by it.
    case_state after = one_task();
    after.version = 3;
    task_due due = after.tasks[0].due;
    due.due->before += std::chrono::hours(48);
    after.tasks.edit(0).due = due;
    case_event fact;
    fact.seq = 3;
    event::fields_recorded entered;
    entered.task = {"2", 1};
    entered.effects.dues.emplace_back(task_key{"2", 1}, due);
    fact.body = entered;
    const salt16 salt{};
    sha256_stream hash;
    project::tail grown;
    auto open = project::rows_of_open(one_task());
    write_batch batch;
    project::make_batch(batch, {}, project::look_at(one_task()), digest256{}, {fact}, after,
                        command_row{}, &salt, hash, open, grown);
    CHECK(batch.put_tasks == project::all_rows(after));
    REQUIRE(batch.drop_tasks.size() == 1);
    REQUIRE(open.size() == 1);
    CHECK(open[0].rows == project::rows_of_open(after)[0].rows);
    CHECK(batch.put_tasks[0].timer_at == due.due->before);
}

TEST_CASE("a snapshot waits until what lies after the last is worth another of that size") {
    decision what;
    what.after = one_task();
    what.after.version = 3;
    case_event fact;
    fact.seq = 3;
    fact.body = event::commented{{}, "x", {}};
    what.events.push_back(fact);
    const std::vector<salt16> salts(1);
    const auto taken = [&](project::tail grown) {
        sha256_stream hash;
        auto open = project::rows_of_open(one_task());
        write_batch batch;
        project::make_batch(batch, {}, project::look_at(one_task()), digest256{}, what.events,
                            what.after, command_row{}, salts.data(), hash, open, grown);
        CHECK(batch.snapshot.has_value() == (grown.events == 0));
        if (batch.snapshot) CHECK(grown.snapshot == batch.snapshot->state.size());
        return batch.snapshot.has_value();
    };
    CHECK_FALSE(taken({30, 100, 100, 0}));
    CHECK(taken({31, 100, 100, 0}));
    CHECK(taken({0, 32u << 10, 32u << 10, 0}));
    // A state of thousands of comments was written anew every 32 events, and one comment more cost
    // as many microseconds as there were comments before it.
    CHECK_FALSE(taken({31, 8000, 900'000, 800'000}));
    CHECK_FALSE(taken({2000, 399'000, 900'000, 800'000}));
    CHECK(taken({2000, 400'000, 900'000, 800'000}));
}
