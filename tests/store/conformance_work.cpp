// SPDX-License-Identifier: BSL-1.0
// tests/store/conformance_work.cpp: due work under lease and fence: timers, notices, links.
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"

#include <doctest/doctest.h>

#include <set>

namespace quytrinh_tests {

namespace {

/// A case with `count` notices of one event.
scribe with_notices(store& keep, const std::string& id, std::uint32_t count) {
    scribe of{keep, id};
    auto batch = of.next("a");
    for (std::uint32_t n = 0; n < count; ++n)
        batch.outbox.push_back(of.message(1, n, "U" + std::to_string(n)));
    REQUIRE(of.put(keep, batch).what == committed);
    return of;
}

scribe with_timer(store& keep, const std::string& id, instant due, const std::string& step = "1") {
    scribe of{keep, id};
    auto batch = of.next("a");
    batch.put_tasks = {of.task(step)};
    batch.put_tasks[0].due_before = batch.put_tasks[0].timer_at = due;
    REQUIRE(of.put(keep, batch).what == committed);
    return of;
}

std::vector<conformance_case> timers() {
    return {
        {"a timer is not offered before it is due, and then at once",
         [](store_maker& make) {
             auto keep = make.trial();
             with_timer(*keep, "c", at_minute(10), "2");
             CHECK(claim(*keep, work_kind::timer).empty());
             REQUIRE(keep->set_clock(at_minute(10) - std::chrono::microseconds{1}));
             CHECK(claim(*keep, work_kind::timer).empty());
             REQUIRE(keep->set_clock(at_minute(10)));
             const auto items = claim(*keep, work_kind::timer);
             REQUIRE_EQ(items.size(), 1);
             CHECK(items[0].kind == work_kind::timer);
             CHECK_EQ(items[0].key, "c/2.1");
             CHECK(items[0].of == case_id{"c"});
             CHECK(items[0].task == task_key{"2", 1});
             CHECK(items[0].due == at_minute(10));
             CHECK_EQ(items[0].attempts, 0);
             CHECK_NE(items[0].fence, 0);
         }},
        {"the oldest timer comes first, whatever was written first",
         [](store_maker& make) {
             auto keep = make.trial();
             with_timer(*keep, "c1", at_minute(3));
             with_timer(*keep, "c2", at_minute(1));
             with_timer(*keep, "c3", at_minute(2));
             REQUIRE(keep->set_clock(at_minute(5)));
             CHECK_EQ(keys_of(claim(*keep, work_kind::timer, 2)), strings{"c2/1.1", "c3/1.1"});
             CHECK_EQ(keys_of(claim(*keep, work_kind::timer, 2)), strings{"c1/1.1"});
         }},
        {"a leased timer is not offered again until the lease is over",
         [](store_maker& make) {
             auto keep = make.trial();
             with_timer(*keep, "c", at_minute(0));
             const auto first = claim(*keep, work_kind::timer);
             REQUIRE_EQ(first.size(), 1);
             CHECK(claim(*keep, work_kind::timer).empty());
             REQUIRE(keep->set_clock(at_minute(0) + lease - std::chrono::microseconds{1}));
             CHECK(claim(*keep, work_kind::timer).empty());
             REQUIRE(keep->set_clock(at_minute(0) + lease));
             const auto second = claim(*keep, work_kind::timer);
             REQUIRE_EQ(second.size(), 1);
             CHECK(second[0].fence > first[0].fence);
             CHECK(second[0].due == first[0].due);
         }},
        {"a command settles its timer in its own transaction",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_timer(*keep, "c", at_minute(0));
             const auto items = claim(*keep, work_kind::timer);
             REQUIRE_EQ(items.size(), 1);
             auto batch = of.next("t");
             auto row = of.task("1");
             row.overdue = true;
             row.due_before = at_minute(0);
             batch.put_tasks = {row};
             batch.settles = {items[0].key, items[0].fence};
             REQUIRE(of.put(*keep, batch).what == committed);
             REQUIRE(keep->set_clock(at_minute(9999)));
             CHECK(claim(*keep, work_kind::timer).empty());
             CHECK(tasks_of(*keep).at(0).row == row);
         }},
        {"a stale fence refuses the whole batch",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_timer(*keep, "c", at_minute(0));
             const auto zombie = claim(*keep, work_kind::timer);
             REQUIRE(keep->set_clock(at_minute(2)));
             const auto winner = claim(*keep, work_kind::timer);
             REQUIRE_EQ(winner.size(), 1);
             auto batch = of.next("t");
             batch.settles = {zombie.at(0).key, zombie.at(0).fence};
             const auto out = of.put(*keep, batch);
             CHECK(out.what == refused);
             CHECK(why(out) == errc::conflict);
             CHECK_EQ(events_of(*keep, of).size(), 1);
             batch.settles = {winner.at(0).key, winner.at(0).fence};
             CHECK(of.put(*keep, batch).what == committed);
             CHECK(keep->write("main", of.next("u")).what == committed);
         }},
        {"keys that name nothing are stale",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_timer(*keep, "c", at_minute(0));
             const auto items = claim(*keep, work_kind::timer);
             for (const std::string key :
                  {"", "c", "c/", "c/1", "c/1.2", "c/2.1", "d/1.1", "c/1.x", "c/1/0", "/", "c//",
                   "c/99999999999999999999/0", "c/1.99999999999"}) {
                 CAPTURE(key);
                 auto batch = of.next("t");
                 batch.settles = {key, items.at(0).fence};
                 CHECK(of.put(*keep, batch).what == refused);
             }
             auto batch = of.next("t");
             batch.settles = {items.at(0).key, 0};
             CHECK(of.put(*keep, batch).what == refused);
         }},
        {"a timer goes with its task",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_timer(*keep, "c", at_minute(0));
             auto batch = of.next("b");
             batch.drop_tasks = {{"1", 1}};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(claim(*keep, work_kind::timer).empty());
         }},
        {"a timer that was claimed and whose task was written anew is stale",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_timer(*keep, "c", at_minute(0));
             const auto items = claim(*keep, work_kind::timer);
             auto batch = of.next("b");
             batch.drop_tasks = {{"1", 1}};
             batch.put_tasks = {of.task("1")};
             batch.put_tasks[0].timer_at = at_minute(100);
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_FALSE(*keep->settle("main", items.at(0)));
             REQUIRE(keep->set_clock(at_minute(50)));
             CHECK(claim(*keep, work_kind::timer).empty());
             REQUIRE(keep->set_clock(at_minute(100)));
             CHECK_EQ(claim(*keep, work_kind::timer).size(), 1);
         }},
        {"a timer is put back, and counts its attempts",
         [](store_maker& make) {
             auto keep = make.trial();
             with_timer(*keep, "c", at_minute(0));
             const auto items = claim(*keep, work_kind::timer);
             CHECK(*keep->put_back("main", items.at(0), at_minute(3), false, "busy"));
             CHECK_FALSE(*keep->settle("main", items.at(0)));
             REQUIRE(keep->set_clock(at_minute(2)));
             CHECK(claim(*keep, work_kind::timer).empty());
             REQUIRE(keep->set_clock(at_minute(3)));
             const auto again = claim(*keep, work_kind::timer);
             REQUIRE_EQ(again.size(), 1);
             CHECK_EQ(again[0].attempts, 1);
             CHECK(again[0].due == at_minute(0));
         }},
        {"a timer that is settled or set aside does not come back",
         [](store_maker& make) {
             auto keep = make.trial();
             with_timer(*keep, "c1", at_minute(0));
             with_timer(*keep, "c2", at_minute(0));
             const auto items = claim(*keep, work_kind::timer);
             REQUIRE_EQ(items.size(), 2);
             CHECK(*keep->settle("main", items[0]));
             CHECK(*keep->put_back("main", items[1], at_minute(1), true, "never"));
             REQUIRE(keep->set_clock(at_minute(9999)));
             CHECK(claim(*keep, work_kind::timer).empty());
         }},
        {"a claim gives no more than it was asked for, and nothing twice",
         [](store_maker& make) {
             auto keep = make.trial();
             for (int i = 0; i < 25; ++i) with_timer(*keep, "c" + std::to_string(i), at_minute(0));
             std::set<std::string> seen;
             for (int i = 0; i < 5; ++i) {
                 const auto items = claim(*keep, work_kind::timer, 7);
                 CHECK(items.size() <= 7);
                 for (const auto& item : items) CHECK(seen.insert(item.key).second);
             }
             CHECK_EQ(seen.size(), 25);
         }},
        {"a step whose name looks like an outbox key",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_timer(*keep, "c", at_minute(0), "1/0");
             const auto items = claim(*keep, work_kind::timer);
             REQUIRE_EQ(items.size(), 1);
             CHECK(*keep->settle("main", items[0]));
         }},
    };
}

std::vector<conformance_case> outbox() {
    return {
        {"notices come in the order of their events, with their bodies",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a", 2);
             batch.outbox = {of.message(2, 0, "C"), of.message(1, 1, "B"), of.message(1, 0, "A")};
             REQUIRE(of.put(*keep, batch).what == committed);
             const auto items = claim(*keep, work_kind::notice);
             CHECK_EQ(keys_of(items), strings{"c/1/0", "c/1/1", "c/2/0"});
             CHECK_EQ(items.at(0).body, of.message(1, 0, "A").body);
             CHECK_EQ(items.at(2).body, of.message(2, 0, "C").body);
             CHECK_EQ(items.at(1).seq, 1);
             CHECK_EQ(items.at(1).n, 1);
             CHECK(items.at(0).of == of.identity.of);
             CHECK(items.at(0).kind == work_kind::notice);
         }},
        {"ten comes after nine",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 12);
             const auto items = claim(*keep, work_kind::notice);
             REQUIRE_EQ(items.size(), 12);
             for (std::uint32_t n = 0; n < 12; ++n) CHECK_EQ(items[n].n, n);
         }},
        {"links and notices are claimed apart",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.outbox = {of.message(1, 0), of.message(1, 1, "L", outbox_kind::link)};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(keys_of(claim(*keep, work_kind::link)), strings{"c/1/1"});
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice)), strings{"c/1/0"});
         }},
        {"a link is settled by the command of another case",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe parent{*keep, "c"}, child{*keep, "d"};
             auto batch = parent.next("a");
             batch.outbox = {parent.message(1, 0, "L", outbox_kind::link)};
             REQUIRE(parent.put(*keep, batch).what == committed);
             const auto items = claim(*keep, work_kind::link);
             REQUIRE_EQ(items.size(), 1);
             auto opening = child.next("l");
             opening.settles = {items[0].key, items[0].fence};
             REQUIRE(child.put(*keep, opening).what == committed);
             CHECK_EQ(keep->count_outbox("main")->pending, 0);
             CHECK(claim(*keep, work_kind::link).empty());
         }},
        {"a case settles its own link and adds another in one write",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.outbox = {of.message(1, 0, "L", outbox_kind::link)};
             REQUIRE(of.put(*keep, batch).what == committed);
             const auto items = claim(*keep, work_kind::link);
             batch = of.next("b");
             batch.settles = {items.at(0).key, items.at(0).fence};
             batch.outbox = {of.message(2, 0, "M", outbox_kind::link)};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(keys_of(claim(*keep, work_kind::link)), strings{"c/2/0"});
         }},
        {"settled notices are gone, once",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 2);
             const auto items = claim(*keep, work_kind::notice);
             REQUIRE_EQ(items.size(), 2);
             CHECK_EQ(keep->count_outbox("main")->pending, 2);
             CHECK(*keep->settle("main", items[0]));
             CHECK_FALSE(*keep->settle("main", items[0]));
             CHECK_EQ(keep->count_outbox("main")->pending, 1);
             CHECK(*keep->settle("main", items[1]));
             CHECK_EQ(keep->count_outbox("main")->pending, 0);
             REQUIRE(keep->set_clock(at_minute(9999)));
             CHECK(claim(*keep, work_kind::notice).empty());
         }},
        {"a lease holds back the whole case, not other cases",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_notices(*keep, "c", 2);
             REQUIRE_EQ(claim(*keep, work_kind::notice, 1).size(), 1);
             auto batch = of.next("b");
             batch.outbox = {of.message(2, 0)};
             REQUIRE(of.put(*keep, batch).what == committed);
             with_notices(*keep, "d", 1);
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice)), strings{"d/1/0"});
         }},
        {"what waited behind a lease is offered when the lease is settled",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_notices(*keep, "c", 3);
             const auto items = claim(*keep, work_kind::notice, 2);
             REQUIRE_EQ(items.size(), 2);
             CHECK(*keep->settle("main", items[0]));
             CHECK(claim(*keep, work_kind::notice).empty());
             CHECK(*keep->settle("main", items[1]));
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice)), strings{"c/1/2"});
         }},
        {"a failed notice holds back those after it, in its own case only",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 2);
             with_notices(*keep, "d", 1);
             const auto items = claim(*keep, work_kind::notice);
             REQUIRE_EQ(items.size(), 3);
             CHECK(*keep->put_back("main", items[0], at_minute(5), false, "thrown"));
             CHECK_FALSE(*keep->settle("main", items[1]));  // its turn has not come
             CHECK(*keep->settle("main", items[2]));
             CHECK(claim(*keep, work_kind::notice).empty());
             REQUIRE(keep->set_clock(at_minute(5)));
             CHECK(keep->count_outbox("main")->next_try == at_minute(5));
             const auto again = claim(*keep, work_kind::notice);
             CHECK(keep->count_outbox("main")->next_try == at_minute(5) + lease);
             CHECK_EQ(keys_of(again), strings{"c/1/0", "c/1/1"});
             CHECK_EQ(again.at(0).attempts, 1);
             CHECK_EQ(again.at(1).attempts, 0);
         }},
        {"a notice that is set aside lets the next one pass and is listed",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 3);
             const auto items = claim(*keep, work_kind::notice, 2);
             CHECK(*keep->put_back("main", items.at(0), at_minute(0), true, "poison"));
             CHECK(*keep->settle("main", items.at(1)));
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice)), strings{"c/1/2"});
             const auto counts = keep->count_outbox("main").value();
             CHECK_EQ(counts.pending, 1);
             CHECK_EQ(counts.set_aside, 1);
             const auto rows = keep->query_outbox("main", true, {}, 10)->rows;
             REQUIRE_EQ(rows.size(), 1);
             CHECK(rows[0].set_aside);
             CHECK_EQ(rows[0].attempts, 1);
             CHECK_EQ(rows[0].last_error, "poison");
             CHECK_EQ(rows[0].row.n, 0);
             CHECK_EQ(keep->query_outbox("main", false, {}, 10)->rows.size(), 2);
         }},
        {"what was set aside is offered again, as if it had never been tried",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 3);
             const auto items = claim(*keep, work_kind::notice, 1);
             CHECK(*keep->put_back("main", items.at(0), at_minute(0), true, "poison"));
             const auto rest = claim(*keep, work_kind::notice);
             CHECK_EQ(keys_of(rest), strings{"c/1/1", "c/1/2"});
             for (const auto& item : rest) CHECK(*keep->settle("main", item));
             CHECK(claim(*keep, work_kind::notice).empty());
             CHECK(*keep->offer_again("main", case_id{"c"}, 1, 0));
             CHECK_FALSE(*keep->offer_again("main", case_id{"c"}, 1, 0));  // nothing is, any more
             const auto counts = keep->count_outbox("main").value();
             CHECK_EQ(counts.pending, 1);
             CHECK_EQ(counts.set_aside, 0);
             CHECK(counts.next_try == at_minute(0));
             CHECK(keep->query_outbox("main", true, {}, 10)->rows.empty());
             const auto again = claim(*keep, work_kind::notice);
             CHECK_EQ(keys_of(again), strings{"c/1/0"});
             CHECK_EQ(again.at(0).attempts, 0);
             CHECK_FALSE(*keep->settle("main", items.at(0)));  // of the first claim
             CHECK(*keep->settle("main", again.at(0)));
             CHECK_EQ(keep->count_outbox("main")->pending, 0);
         }},
        {"what is offered again comes before what came after it, and waits for what was before",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 4);
             auto items = claim(*keep, work_kind::notice, 2);
             CHECK(*keep->settle("main", items.at(0)));
             CHECK(*keep->put_back("main", items.at(1), at_minute(0), true, "poison"));
             // The next one fails and pauses: what comes before it does not.
             items = claim(*keep, work_kind::notice, 1);
             CHECK(*keep->put_back("main", items.at(0), at_minute(9), false, "busy"));
             CHECK(*keep->offer_again("main", case_id{"c"}, 1, 1));
             items = claim(*keep, work_kind::notice);
             CHECK_EQ(keys_of(items), strings{"c/1/1", "c/1/2", "c/1/3"});
             // The first of them fails and pauses; the last one is set aside and offered again.
             CHECK(*keep->settle("main", items.at(0)));
             CHECK(*keep->put_back("main", items.at(2), at_minute(1), true, "poison"));
             CHECK(*keep->put_back("main", items.at(1), at_minute(9), false, "busy"));
             CHECK(*keep->offer_again("main", case_id{"c"}, 1, 3));
             CHECK(claim(*keep, work_kind::notice).empty());
             CHECK(keep->count_outbox("main")->next_try == at_minute(9));
             REQUIRE(keep->set_clock(at_minute(9)));
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice)), strings{"c/1/2", "c/1/3"});
         }},
        {"who has a lease on the queue keeps it when something of it is offered again",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 2);
             const auto items = claim(*keep, work_kind::notice, 1);
             CHECK(*keep->put_back("main", items.at(0), at_minute(0), true, "poison"));
             const auto held = claim(*keep, work_kind::notice);
             CHECK_EQ(keys_of(held), strings{"c/1/1"});
             CHECK(*keep->offer_again("main", case_id{"c"}, 1, 0));
             CHECK(claim(*keep, work_kind::notice).empty());
             CHECK(*keep->settle("main", held.at(0)));
             REQUIRE(keep->set_clock(at_minute(0) + lease));
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice)), strings{"c/1/0"});
         }},
        {"only what is set aside can be offered again",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 1);
             const auto again = [&](const char* tenant, const char* of, std::uint64_t seq,
                                    std::uint32_t n) {
                 const auto done = keep->offer_again(tenant, case_id{of}, seq, n);
                 return done.has_value() && *done;
             };
             CHECK_FALSE(again("main", "c", 1, 0));  // it waits
             CHECK(*keep->put_back("main", claim(*keep, work_kind::notice).at(0), at_minute(0),
                                   true, "poison"));
             CHECK_FALSE(again("main", "c", 1, 1));
             CHECK_FALSE(again("main", "c", 2, 0));
             CHECK_FALSE(again("main", "d", 1, 0));
             CHECK_FALSE(again("main", "", 0, 0));
             CHECK_FALSE(again("other", "c", 1, 0));
             CHECK(again("main", "c", 1, 0));
             // It can fail, and be set aside, as often as it is offered.
             CHECK(*keep->put_back("main", claim(*keep, work_kind::notice).at(0), at_minute(0),
                                   true, "again"));
             CHECK_EQ(keep->query_outbox("main", true, {}, 10)->rows.at(0).attempts, 1);
             CHECK(again("main", "c", 1, 0));
         }},
        {"the last notice set aside leaves nothing to offer, until there is another",
         [](store_maker& make) {
             auto keep = make.trial();
             auto of = with_notices(*keep, "c", 1);
             CHECK(*keep->put_back("main", claim(*keep, work_kind::notice).at(0), at_minute(0),
                                   true, "x"));
             REQUIRE(keep->set_clock(at_minute(99)));
             CHECK(claim(*keep, work_kind::notice).empty());
             auto batch = of.next("b");
             batch.outbox = {of.message(2, 0)};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice)), strings{"c/2/0"});
         }},
        {"a lease that is over gives the notices to the next worker, and the fence tells",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 2);
             const auto zombie = claim(*keep, work_kind::notice);
             CHECK(*keep->settle("main", zombie.at(0)));
             REQUIRE(keep->set_clock(at_minute(1)));
             const auto winner = claim(*keep, work_kind::notice);
             CHECK_EQ(keys_of(winner), strings{"c/1/1"});
             CHECK(winner.at(0).fence > zombie.at(1).fence);
             CHECK_FALSE(*keep->settle("main", zombie.at(1)));
             CHECK_FALSE(*keep->put_back("main", zombie.at(1), at_minute(9), true, "x"));
             CHECK(*keep->settle("main", winner.at(0)));
         }},
        {"what was not claimed cannot be settled",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 3);
             auto items = claim(*keep, work_kind::notice, 1);
             items.at(0).key = "c/1/2";
             CHECK_FALSE(*keep->settle("main", items[0]));
             work_item invented;
             invented.key = "c/1/0";
             CHECK_FALSE(*keep->settle("main", invented));
             invented.key = "zzz/1/0";
             invented.fence = 1;
             CHECK_FALSE(*keep->settle("main", invented));
         }},
        {"a case with very many notices leaves room for others",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c1", 500);
             with_notices(*keep, "c2", 1);
             const auto keys = keys_of(claim(*keep, work_kind::notice, 100));
             CHECK(keys.size() < 100);
             CHECK_EQ(std::count(keys.begin(), keys.end(), "c2/1/0"), 1);
             CHECK_EQ(keys.front(), "c1/1/0");
         }},
        {"cases that cannot be delivered do not hide the ones that can",
         [](store_maker& make) {
             auto keep = make.trial();
             for (int i = 0; i < 40; ++i) with_notices(*keep, "p" + std::to_string(i), 3);
             for (const auto& item : claim(*keep, work_kind::notice, 1000))
                 if (item.n == 0)
                     CHECK(*keep->put_back("main", item, at_minute(60), false, "down"));
             with_notices(*keep, "z", 1);
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice, 5)), strings{"z/1/0"});
         }},
        {"older cases are served first",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "z", 1);
             REQUIRE(keep->set_clock(at_minute(1)));
             with_notices(*keep, "a", 1);
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice, 1)), strings{"z/1/0"});
         }},
        {"another handle respects the lease",
         [](store_maker& make) {
             auto keep = make.trial();
             auto other = make.another();
             if (!other) return;
             with_notices(*keep, "c", 1);
             with_timer(*keep, "d", at_minute(0));
             const auto mine = claim(*keep, work_kind::notice);
             REQUIRE_EQ(mine.size(), 1);
             CHECK(claim(*other, work_kind::notice).empty());
             const auto theirs = claim(*other, work_kind::timer);
             REQUIRE_EQ(theirs.size(), 1);
             CHECK(claim(*keep, work_kind::timer).empty());
             CHECK_NE(mine[0].fence, theirs[0].fence);
             CHECK(*other->settle("main", mine[0]));  // the fence is the right, not the handle
         }},
        {"what one handle remembers of a case, another may have changed",
         [](store_maker& make) {
             auto keep = make.trial();
             auto other = make.another();
             if (!other) return;
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.put_tasks = {of.task("1"), of.task("2")};
             batch.put_tasks[0].timer_at = at_minute(0);
             batch.outbox = {of.message(1, 0)};
             REQUIRE(of.put(*keep, batch).what == committed);
             // The queue runs empty elsewhere: what comes next is offered all the same.
             for (const auto& item : claim(*other, work_kind::notice))
                 CHECK(*other->settle("main", item));
             batch = of.next("b");
             batch.outbox = {of.message(2, 0)};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(keys_of(claim(*keep, work_kind::notice)), strings{"c/2/0"});
             // A lease given elsewhere outlives a command that leaves the task alone.
             const auto leased = claim(*other, work_kind::timer);
             REQUIRE_EQ(leased.size(), 1);
             batch = of.next("c");
             batch.drop_tasks = {{"2", 1}};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(claim(*keep, work_kind::timer).empty());
             CHECK(*other->settle("main", leased[0]));
             // Versions and command ids of elsewhere count, and so do its tasks.
             scribe there = of;
             batch = there.next("d");
             batch.drop_tasks = {{"1", 1}};
             batch.put_tasks = {there.task("3")};
             REQUIRE(there.put(*other, batch).what == committed);
             CHECK(of.put(*keep, "e").what == conflicting);
             CHECK(of.put(*keep, "d").what == duplicate);
             of.head = there.head;
             batch = of.next("e");
             batch.drop_tasks = {{"3", 1}};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(tasks_of(*keep).empty());
             CHECK(tasks_of(*other, {.unit = "ĐVTH"}).empty());
             // A quarantine too.
             REQUIRE(other->quarantine("main", of.identity.of, "elsewhere"));
             CHECK(why(of.put(*keep, "f")) == errc::case_quarantined);
             CHECK_EQ(audit(*keep, of), "");
         }},
        {"timers of one case that are due together are claimed one by one",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             for (const char* step : {"1", "2", "3"}) {
                 batch.put_tasks.push_back(of.task(step));
                 batch.put_tasks.back().timer_at = at_minute(0);
             }
             REQUIRE(of.put(*keep, batch).what == committed);
             with_timer(*keep, "d", at_minute(0));
             strings keys;
             std::vector<work_item> items;
             for (int i = 0; i < 5; ++i)
                 for (auto& item : claim(*keep, work_kind::timer, 1)) {
                     keys.push_back(item.key);
                     items.push_back(std::move(item));
                 }
             CHECK_EQ(keys, strings{"c/1.1", "c/2.1", "c/3.1", "d/1.1"});
             for (const auto& item : items) CHECK(*keep->settle("main", item));
         }},
        {"timers of tasks that ended in time come neither early nor late",
         [](store_maker& make) {
             auto keep = make.trial();
             std::vector<scribe> cases;
             for (int i = 0; i < 12; ++i) {
                 cases.push_back(with_timer(*keep, "c" + std::to_string(i), at_minute(1 + i)));
                 auto& of = cases.back();
                 auto batch = of.next("b");
                 // Every second task ends; its successor is due later, in another order.
                 if (i % 2 != 0) continue;
                 batch.drop_tasks = {{"1", 1}};
                 if (i % 4 == 0) {
                     batch.put_tasks = {of.task("2")};
                     batch.put_tasks[0].timer_at = at_minute(100 - i);
                 }
                 REQUIRE(of.put(*keep, batch).what == committed);
             }
             REQUIRE(keep->set_clock(at_minute(50)));
             strings keys;
             for (int i = 0; i < 6; ++i)
                 for (const auto& item : claim(*keep, work_kind::timer, 2))
                     keys.push_back(item.key);
             CHECK_EQ(keys, strings{"c1/1.1", "c3/1.1", "c5/1.1", "c7/1.1", "c9/1.1", "c11/1.1"});
             REQUIRE(keep->set_clock(at_minute(50) + lease));
             REQUIRE(keep->set_clock(at_minute(200)));
             const auto all = keys_of(claim(*keep, work_kind::timer, 100));
             CHECK_EQ(all.size(), 9);
             // Those whose lease is over since, then the three that were due later.
             CHECK_EQ(strings(all.end() - 3, all.end()), strings{"c8/2.1", "c4/2.1", "c0/2.1"});
         }},
        {"reasons are kept as they are, up to a limit",
         [](store_maker& make) {
             auto keep = make.trial();
             with_notices(*keep, "c", 1);
             const auto items = claim(*keep, work_kind::notice);
             CHECK_FALSE(
                 keep->put_back("main", items.at(0), at_minute(1), true, std::string(10'000, 'x'))
                     .has_value());
             const std::string why = "lỗi\n'; --";
             CHECK(*keep->put_back("main", items.at(0), at_minute(1), true, why));
             CHECK_EQ(keep->query_outbox("main", true, {}, 10)->rows.at(0).last_error, why);
         }},
    };
}

}  // namespace

std::vector<conformance_case> conformance_of_work() {
    auto all = timers();
    const auto more = outbox();
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace quytrinh_tests
