// SPDX-License-Identifier: BSL-1.0
// tests/engine/evolve.cpp: events from a store are hostile until proven possible.
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include "engine/play.hpp"

using namespace play;

namespace {

/// The event is refused as corrupt and leaves the state as it was.
void impossible(const case_state& state, case_event fact) {
    case_state after = state;
    const auto done = evolve(after, fact);
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == errc::store_corrupt);
    CHECK(after == state);
}

case_event next(const case_state& state, event::body body) {
    case_event e;
    e.seq = state.version + 1;
    e.at = state.last_at;
    e.by = {"A", ""};
    e.body = std::move(body);
    return e;
}

}  // namespace

TEST_CASE("numbers without a gap, time that does not run backwards, an opening first and once") {
    one_case c = htkh03_at(2);
    case_event e = next(c.state, event::commented{std::nullopt, "x", {}});
    e.seq += 1;
    impossible(c.state, e);
    e.seq -= 2;
    impossible(c.state, e);
    e = next(c.state, event::commented{std::nullopt, "x", {}});
    e.at -= std::chrono::microseconds{1};
    impossible(c.state, e);
    impossible(c.state, next(c.state, c.log[0].body));
    impossible(case_state{}, next(case_state{}, event::commented{std::nullopt, "x", {}}));
    impossible(case_state{}, next(case_state{}, event::case_opened{}));
}

TEST_CASE("nothing happens to a task that is not open") {
    one_case c = htkh03_at(2);
    const task_key closed{"1", 1}, never{"9", 1}, open{"2", 1};
    for (const auto& key : {closed, never}) {
        event::task_completed done;
        done.task = key;
        impossible(c.state, next(c.state, done));
        event::fields_recorded fields;
        fields.task = key;
        impossible(c.state, next(c.state, fields));
        event::task_assigned given;
        given.task = key;
        given.unit = "A";
        impossible(c.state, next(c.state, given));
        event::task_confirmed confirmed;
        confirmed.task = key;
        impossible(c.state, next(c.state, confirmed));
        event::consultation_opened asked;
        asked.consultation = {"6a", 1};
        asked.task = key;
        impossible(c.state, next(c.state, asked));
        impossible(c.state, next(c.state, event::task_claimed{key, "A"}));
        impossible(c.state, next(c.state, event::task_released{key}));
        impossible(c.state, next(c.state, event::task_overdue{key, {}, {}}));
        impossible(c.state, next(c.state, event::opinion_given{key, "A", "x", {}}));
        event::task_received received;
        received.task = key;
        impossible(c.state, next(c.state, received));
    }
    impossible(c.state, next(c.state, event::commented{never, "x", {}}));
    impossible(c.state, next(c.state, event::attached{never, {}}));
    event::task_received received;
    received.task = open;  // it needs no acknowledgement
    impossible(c.state, next(c.state, received));
    impossible(c.state, next(c.state, event::task_released{open}));
    event::task_confirmed confirmed;
    confirmed.task = open;  // it has one lead
    impossible(c.state, next(c.state, confirmed));
    event::task_assigned nobody;
    nobody.task = open;
    impossible(c.state, next(c.state, nobody));
    event::consultation_answered answer;
    answer.consultation = {"6a", 1};
    impossible(c.state, next(c.state, answer));
}

TEST_CASE("rounds are counted one by one") {
    one_case c = htkh03_at(2);
    for (const std::uint32_t round : {0u, 1u, 3u}) {
        event::task_opened e;
        e.task = {"2", round};
        impossible(c.state, next(c.state, e));
    }
    event::task_opened nameless;
    nameless.task = {"", 1};
    impossible(c.state, next(c.state, nameless));
    event::consultation_opened q;
    q.task = {"2", 1};
    q.consultation = {"6a", 2};
    impossible(c.state, next(c.state, q));
}

TEST_CASE("entries name their form, recounted limits belong to something open") {
    one_case c = htkh03_at(3);
    event::fields_recorded e;
    e.task = {"3", 1};
    e.fields = {{"X", "x"}};
    impossible(c.state, next(c.state, e));
    e.fields.clear();
    e.effects.appended = {{"F", "", "x"}};
    impossible(c.state, next(c.state, e));
    e.effects.appended.clear();
    e.effects.dues = {{{"2", 1}, {}}};
    impossible(c.state, next(c.state, e));
    event::signalled s;
    s.name = "x";
    s.dues = {{{"2", 1}, {}}};
    impossible(c.state, next(c.state, s));
    s.name.clear();
    s.dues.clear();
    impossible(c.state, next(c.state, s));
    event::task_completed done;
    done.task = {"3", 1};
    done.effects.dues = {{{"3", 1}, {}}};  // closed by this very event
    impossible(c.state, next(c.state, done));
}

TEST_CASE(
    "links are reported only where they were asked for, and a closed case takes nothing else") {
    one_case c = htkh03_at(6);
    event::link_reported e;
    e.child = case_id{"x"};
    impossible(c.state, next(c.state, e));
    e.seq = 5;
    impossible(c.state, next(c.state, e));
    impossible(c.state, next(c.state, event::linked{case_id{}, ""}));
    c.complete("ĐVTH/nv07", "6");
    c.complete("ĐVYC/nv01", "6");
    REQUIRE(c.state.status == case_status::ended);
    impossible(c.state, next(c.state, event::commented{std::nullopt, "x", {}}));
    impossible(c.state, next(c.state, event::case_ended{}));
}

TEST_CASE("a claim of what is taken is no fact") {
    one_case c = htkh03_at(2);
    c.ok("ĐVTH/nv07", command::claim{"2"});
    impossible(c.state, next(c.state, event::task_claimed{{"2", 1}, "ĐVTH"}));
}

TEST_CASE("folding needs no procedure: it stands in the events") {
    one_case c = htkh03_at(5);
    case_state folded;
    folded.id = c.state.id;
    for (const auto& e : c.log) REQUIRE(evolve(folded, e).has_value());
    CHECK(folded == c.state);
}
