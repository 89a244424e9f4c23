// SPDX-License-Identifier: BSL-1.0
// tests/store/conformance_writes.cpp: append, compare-and-set, command ids, groups, what a view
// shows.
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"

#include <doctest/doctest.h>

namespace quytrinh_tests {

namespace {

/// A batch that is wrong in one way is refused and leaves nothing.
conformance_case wrong_batch(const std::string& name, void (*spoil)(write_batch&, scribe&)) {
    return {"refused: " + name, [spoil](store_maker& make) {
                auto keep = make.trial();
                scribe of{*keep, "c"};
                REQUIRE(of.put(*keep, "a").what == committed);
                const auto before = view_of(*keep, of);
                auto batch = of.next("b", 2);
                spoil(batch, of);
                const auto out = keep->write(of.tenant, batch);
                CHECK(out.what == refused);
                CHECK(why(out) == errc::invalid_argument);
                CHECK(*view_of(*keep, of).head == *before.head);
                CHECK_EQ(events_of(*keep, of).size(), 1);
                CHECK_FALSE(view_of(*keep, of, "b").earlier);
                // Afterwards the case goes on.
                CHECK(of.put(*keep, "b", 2).what == committed);
                CHECK_EQ(audit(*keep, of), "");
            }};
}

std::vector<conformance_case> wrong_batches() {
    return {
        wrong_batch("no event", [](write_batch& b, scribe&) { b.events.clear(); }),
        wrong_batch("a gap between events", [](write_batch& b, scribe&) { ++b.events[1].seq; }),
        wrong_batch("events twice",
                    [](write_batch& b, scribe&) { b.events[1].seq = b.events[0].seq; }),
        wrong_batch("events from the start", [](write_batch& b, scribe&) { b.events[0].seq = 1; }),
        wrong_batch("a head beside the last event",
                    [](write_batch& b, scribe&) { b.head.version = 2; }),
        wrong_batch("a head with another hash",
                    [](write_batch& b, scribe&) { b.head.hash[0] ^= 1; }),
        wrong_batch("the head of another case",
                    [](write_batch& b, scribe&) { b.head.id = case_id{"d"}; }),
        wrong_batch("an empty case id",
                    [](write_batch& b, scribe&) { b.of = b.head.id = case_id{}; }),
        wrong_batch("a slash in the case id",
                    [](write_batch& b, scribe&) { b.of = b.head.id = case_id{"a/b"}; }),
        wrong_batch(
            "a long case id",
            [](write_batch& b, scribe&) { b.of = b.head.id = case_id{std::string(256, 'x')}; }),
        wrong_batch("an empty command id",
                    [](write_batch& b, scribe&) { b.command.id = command_id{}; }),
        wrong_batch(
            "a long command id",
            [](write_batch& b, scribe&) { b.command.id = command_id{std::string(129, 'x')}; }),
        wrong_batch(
            "a NUL in the command id",
            [](write_batch& b, scribe&) { b.command.id = command_id{std::string("a\0b", 3)}; }),
        wrong_batch("another opening", [](write_batch& b, scribe&) { b.head.opened_at += lease; }),
        wrong_batch("another procedure", [](write_batch& b, scribe&) { b.head.procedure = "X"; }),
        wrong_batch("a definition that nobody has",
                    [](write_batch& b, scribe&) { b.head.definition[0] ^= 1; }),
        wrong_batch("a task of another case",
                    [](write_batch& b, scribe& of) {
                        b.put_tasks = {of.task("1")};
                        b.put_tasks[0].of = case_id{"d"};
                    }),
        wrong_batch("a timer beside the first entry",
                    [](write_batch& b, scribe& of) {
                        b.put_tasks = {of.task("1", 1, 1)};
                        b.put_tasks[0].timer_at = at_minute(1);
                    }),
        wrong_batch("an outbox row of an earlier event",
                    [](write_batch& b, scribe& of) { b.outbox = {of.message(1, 0)}; }),
        wrong_batch("an outbox key twice",
                    [](write_batch& b, scribe& of) {
                        b.outbox = {of.message(2, 0), of.message(2, 0, "B", outbox_kind::link)};
                    }),
        wrong_batch("a snapshot of another version",
                    [](write_batch& b, scribe&) {
                        b.snapshot = snapshot_row{2, stored_format, "s"};
                    }),
        wrong_batch("a command over other events",
                    [](write_batch& b, scribe&) { b.command.first_seq = 1; }),
        wrong_batch("a head that is quarantined",
                    [](write_batch& b, scribe&) { b.head.status = stored_status::quarantined; }),
        wrong_batch("a payload of three megabytes",
                    [](write_batch& b, scribe&) { b.events[0].payload.resize(3u << 20); }),
    };
}

std::vector<conformance_case> appends() {
    return {
        {"a case that is not there gives an empty view",
         [](store_maker& make) {
             auto keep = make.trial();
             const auto view = keep->read("main", case_id{"x"}, command_id{"y"});
             REQUIRE(view);
             CHECK_FALSE(view->head);
             CHECK_FALSE(view->earlier);
             CHECK_FALSE(view->snapshot);
             CHECK(view->events.empty());
             CHECK(view->quarantine.empty());
             CHECK(keep->history("main", case_id{"x"}, 0, 10).value().empty());
         }},
        {"what is written is read back, byte for byte",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a", 3);
             batch.head.end_kind = "ĐẠT";
             batch.head.reference = "125/CV";
             batch.head.due_before = at_minute(77);
             batch.events[0].payload += std::string("\0\xFF", 2);
             batch.command.result = std::string("\0r", 2);
             batch.command.kind = command_kind::answer;
             REQUIRE(of.put(*keep, batch).what == committed);
             const auto view = view_of(*keep, of, "a");
             CHECK(*view.head == batch.head);
             CHECK(*view.earlier == batch.command);
             CHECK(view.events == batch.events);
             CHECK(events_of(*keep, of) == batch.events);
         }},
        {"every status is kept",
         [](store_maker& make) {
             for (const auto status : {stored_status::open, stored_status::ended,
                                       stored_status::withdrawn, stored_status::cancelled}) {
                 auto keep = make.trial();
                 scribe of{*keep, "c"};
                 auto batch = of.next("a");
                 batch.head.status = status;
                 REQUIRE(of.put(*keep, batch).what == committed);
                 CHECK(view_of(*keep, of).head->status == status);
             }
         }},
        {"a case goes on from its version",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             for (int i = 0; i < 20; ++i)
                 REQUIRE(of.put(*keep, std::to_string(i), 1 + i % 3).what == committed);
             CHECK_EQ(audit(*keep, of), "");
             CHECK(*view_of(*keep, of).head == of.head);
         }},
        {"a version that is behind conflicts",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a").what == committed);
             scribe late = of;
             REQUIRE(of.put(*keep, "b").what == committed);
             CHECK(late.put(*keep, "c").what == conflicting);
             CHECK_FALSE(view_of(*keep, of, "c").earlier);
             CHECK_EQ(audit(*keep, of), "");
         }},
        {"a version that is ahead conflicts",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a").what == committed);
             scribe ahead = of;
             (void)ahead.next("b");
             ahead.head = ahead.next("b").head;
             CHECK(ahead.put(*keep, "c").what == conflicting);
             CHECK_EQ(audit(*keep, of), "");
         }},
        {"a batch decided on another past of the same length conflicts",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a").what == committed);
             scribe imagined = of;
             imagined.head = of.next("never sent").head;
             REQUIRE(of.put(*keep, "b").what == committed);
             REQUIRE(imagined.head.version == of.head.version);
             CHECK(imagined.put(*keep, "c").what == conflicting);
             CHECK_EQ(audit(*keep, of), "");
             // In one group: what comes after a loser is lost with it.
             scribe late = of;
             auto first = late.next("d");
             late.head = first.head;
             REQUIRE(of.put(*keep, "e").what == committed);
             const std::vector<write_batch> group{first, late.next("f")};
             for (const auto& out : keep->write_group("main", group))
                 CHECK(out.what == conflicting);
             CHECK_EQ(audit(*keep, of), "");
         }},
        {"a case is opened once",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c"}, two{*keep, "c"};
             REQUIRE(one.put(*keep, "a").what == committed);
             CHECK(two.put(*keep, "b").what == conflicting);
         }},
        {"a case that is not there cannot go on",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             of.head = of.next("a").head;
             CHECK(of.put(*keep, "b").what == conflicting);
             CHECK_FALSE(view_of(*keep, of).head);
         }},
        {"a reference belongs to one case",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c1"}, two{*keep, "c2"};
             auto batch = one.next("a");
             batch.head.reference = "125/CV";
             REQUIRE(one.put(*keep, batch).what == committed);
             batch = two.next("a");
             batch.head.reference = "125/CV";
             const auto out = two.put(*keep, batch);
             CHECK(out.what == refused);
             CHECK(why(out) == errc::reference_taken);
             CHECK_FALSE(view_of(*keep, two).head);
             CHECK(two.put(*keep, "a").what == committed);
             CHECK(one.put(*keep, "b").what == committed);  // its own reference is no obstacle
         }},
        {"many cases without a reference",
         [](store_maker& make) {
             auto keep = make.trial();
             for (int i = 0; i < 5; ++i) {
                 scribe of{*keep, "c" + std::to_string(i)};
                 CHECK(of.put(*keep, "a").what == committed);
             }
         }},
        {"a snapshot shortens the events of a view, not the history",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a", 3).what == committed);
             auto batch = of.next("b", 2);
             batch.snapshot = snapshot_row{5, stored_format, std::string("s\0t", 3)};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(view_of(*keep, of).events.empty());
             CHECK(*view_of(*keep, of).snapshot == *batch.snapshot);
             REQUIRE(of.put(*keep, "c", 1).what == committed);
             const auto view = view_of(*keep, of);
             REQUIRE_EQ(view.events.size(), 1);
             CHECK_EQ(view.events[0].seq, 6);
             CHECK_EQ(events_of(*keep, of).size(), 6);
             batch = of.next("d");
             batch.snapshot = snapshot_row{7, stored_format, "newer"};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(view_of(*keep, of).snapshot->state, "newer");
         }},
        {"who has a case as it was is given what came after, at least",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             for (const char* id : {"a", "b", "c", "d"})
                 REQUIRE(of.put(*keep, id).what == committed);
             for (std::uint64_t version = 1; version <= 6; ++version) {
                 const auto view =
                     keep->read_after(of.tenant, of.identity.of, command_id{"b"}, version).value();
                 REQUIRE(view.head);
                 CHECK(*view.head == *view_of(*keep, of).head);
                 CHECK(view.earlier.has_value());
                 // Of a version that the store does not have, the whole.
                 const std::uint64_t after = version <= 4 ? version : 0;
                 std::uint64_t next = view.events.empty() ? 5 : view.events.front().seq;
                 CHECK(next <= after + 1);
                 for (const auto& event : view.events) CHECK_EQ(event.seq, next++);
                 CHECK_EQ(next, 5);
             }
             CHECK_FALSE(keep->read_after(of.tenant, case_id{"x"}, {}, 3).value().head);
         }},
        {"a batch that is given away is written as any other",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a", 2);
             batch.put_tasks = {of.task("1")};
             const write_batch same = batch;
             CHECK(keep->write_given(of.tenant, std::move(batch)).what == committed);
             const auto view = view_of(*keep, of);
             CHECK(*view.head == same.head);
             CHECK(view.events == same.events);
             CHECK(
                 keep->query_tasks(of.tenant, {.of = of.identity.of}, {}, 10).value().rows.size() ==
                 1);
             write_batch again = same;
             CHECK(keep->write_given(of.tenant, std::move(again)).what ==
                   write_outcome::kind::duplicate);
             write_batch late = same;
             late.command.id = command_id{"b"};
             CHECK(keep->write_given(of.tenant, std::move(late)).what ==
                   write_outcome::kind::conflict);
             CHECK(view_of(*keep, of).events == same.events);
         }},
        {"a snapshot of a format that is not ours is passed over",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a", 4);
             batch.snapshot = snapshot_row{4, stored_format + 1, "?"};
             REQUIRE(of.put(*keep, batch).what == committed);
             const auto view = view_of(*keep, of);
             CHECK_FALSE(view.snapshot);
             CHECK_EQ(view.events.size(), 4);
         }},
        {"a command with many long events comes back whole and in pieces",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a", 2).what == committed);
             auto batch = of.next("b", 40);
             for (std::size_t i = 0; i < batch.events.size(); ++i) {
                 batch.events[i].payload.assign(30'000 * (i % 3), static_cast<char>('a' + i % 20));
                 batch.events[i].at += lease * static_cast<int>(i % 5);
             }
             REQUIRE(of.put(*keep, batch).what == committed);
             REQUIRE(of.put(*keep, "c", 1).what == committed);
             const auto all = events_of(*keep, of);
             REQUIRE_EQ(all.size(), 43);
             CHECK(std::equal(batch.events.begin(), batch.events.end(), all.begin() + 2));
             for (std::uint64_t after = 0; after < 43; ++after)
                 for (const std::size_t limit : {1, 2, 7}) {
                     const auto piece = keep->history("main", of.identity.of, after, limit).value();
                     REQUIRE_EQ(piece.size(), std::min<std::size_t>(limit, 43 - after));
                     CHECK(std::equal(piece.begin(), piece.end(),
                                      all.begin() + static_cast<std::ptrdiff_t>(after)));
                 }
             CHECK(**keep->lookup("main", of.identity.of, command_id{"b"}) == batch.command);
         }},
        {"history comes in pieces",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a", 10).what == committed);
             const auto piece = keep->history("main", of.identity.of, 4, 3).value();
             REQUIRE_EQ(piece.size(), 3);
             CHECK_EQ(piece.front().seq, 5);
             CHECK_EQ(piece.back().seq, 7);
             CHECK_EQ(keep->history("main", of.identity.of, 9, 100).value().size(), 1);
             CHECK(keep->history("main", of.identity.of, 10, 100).value().empty());
             CHECK(keep->history("main", of.identity.of, ~std::uint64_t{0}, 100).value().empty());
         }},
    };
}

std::vector<conformance_case> commands() {
    return {
        {"a command id is taken once, and its row comes back",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             const auto batch = of.next("a", 2);
             REQUIRE(of.put(*keep, batch).what == committed);
             REQUIRE(of.put(*keep, "b").what == committed);
             const auto out = keep->write("main", batch);
             CHECK(out.what == duplicate);
             CHECK(*out.earlier == batch.command);
             CHECK_EQ(events_of(*keep, of).size(), 3);
         }},
        {"a command id that says something else is still a duplicate",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a").what == committed);
             auto batch = of.next("a", 2);
             batch.command.digest[0] ^= 1;
             const auto out = keep->write("main", batch);
             CHECK(out.what == duplicate);
             CHECK(out.earlier->digest == sha256("a"));
         }},
        {"command ids of two cases have nothing to do with each other",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c1"}, two{*keep, "c2"};
             CHECK(one.put(*keep, "a").what == committed);
             CHECK(two.put(*keep, "a").what == committed);
         }},
        {"a refused batch does not use up its command id",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a", 2);
             batch.head.hash[5] ^= 1;
             CHECK(of.put(*keep, batch).what == refused);
             CHECK(of.put(*keep, "a", 2).what == committed);
         }},
        {"a conflict does not use up its command id",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"}, late{*keep, "c"};
             REQUIRE(of.put(*keep, "a").what == committed);
             CHECK(late.put(*keep, "b").what == conflicting);
             CHECK(of.put(*keep, "b").what == committed);
         }},
        {"command ids are bytes: case, accents and spaces differ",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             for (const char* id : {"a", "A", "á", "a\xCC\x81", "a ", " a", "%", "_", "'", "\"",
                                    "a;b", "\xF0\x9F\x98\x80"})
                 CHECK(of.put(*keep, id).what == committed);
             CHECK(of.put(*keep, std::string(128, 'x')).what == committed);
             CHECK_EQ(audit(*keep, of), "");
         }},
        {"lookup finds what was stored and only that",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             const auto batch = of.next("a");
             CHECK_FALSE(*keep->lookup("main", of.identity.of, command_id{"a"}));
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(**keep->lookup("main", of.identity.of, command_id{"a"}) == batch.command);
             CHECK_FALSE(*keep->lookup("main", of.identity.of, command_id{"A"}));
             CHECK_FALSE(*keep->lookup("main", case_id{"d"}, command_id{"a"}));
             CHECK_FALSE(*keep->lookup("main", of.identity.of, command_id{}));
         }},
        {"a group is written in order, each with its own outcome",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c1"}, two{*keep, "c2"}, three{*keep, "c3"};
             const auto first = one.next("a");
             scribe on = one;
             on.head = first.head;
             const auto second = on.next("b", 2);
             auto wrong = two.next("a", 2);
             wrong.head.hash[0] ^= 1;
             const std::vector<write_batch> group{first, wrong,           second,
                                                  first, three.next("a"), one.next("z")};
             const auto out = keep->write_group("main", group);
             REQUIRE_EQ(out.size(), 6);
             CHECK(out[0].what == committed);
             CHECK(out[1].what == refused);
             CHECK(out[2].what == committed);
             CHECK(out[3].what == duplicate);
             CHECK(out[4].what == committed);
             CHECK(out[5].what == conflicting);
             on.head = second.head;
             CHECK_EQ(audit(*keep, on), "");
             CHECK_FALSE(view_of(*keep, two).head);
             CHECK(view_of(*keep, three).head);
         }},
        {"an empty group is nothing",
         [](store_maker& make) { CHECK(make.trial()->write_group("main", {}).empty()); }},
        {"a large group",
         [](store_maker& make) {
             auto keep = make.trial();
             std::vector<write_batch> group;
             std::vector<scribe> scribes;
             for (int i = 0; i < 300; ++i) scribes.emplace_back(*keep, "c" + std::to_string(i));
             for (auto& of : scribes) group.push_back(of.next("a"));
             std::size_t good = 0;
             for (const auto& out : keep->write_group("main", group))
                 good += out.what == committed ? 1 : 0;
             CHECK_EQ(good, 300);
         }},
        {"another handle sees what was written, and conflicts the same way",
         [](store_maker& make) {
             auto keep = make.trial();
             auto other = make.another();
             if (!other) return;
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a").what == committed);
             CHECK(*view_of(*other, of).head == of.head);
             scribe there = of;
             REQUIRE(there.put(*other, "b").what == committed);
             CHECK(of.put(*keep, "x").what == conflicting);
             CHECK(*view_of(*keep, of).head == there.head);
             CHECK(keep->write("main", of.next("b")).what == duplicate);
         }},
    };
}

}  // namespace

std::vector<conformance_case> conformance_of_writes() {
    auto all = wrong_batches();
    for (auto& list : {appends(), commands()}) all.insert(all.end(), list.begin(), list.end());
    return all;
}

}  // namespace quytrinh_tests
