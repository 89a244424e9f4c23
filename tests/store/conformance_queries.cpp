// SPDX-License-Identifier: BSL-1.0
// tests/store/conformance_queries.cpp: lists: order, filters, pages that stay true while rows come
// and go.
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"

#include <doctest/doctest.h>

#include "support/seeded.hpp"

#include <algorithm>

namespace quytrinh_tests {

namespace {

/// Cases c0, c1, … each with one task due at the given minute (-1: no due).
void with_dues(store& keep, const std::vector<int>& minutes) {
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        scribe of{keep, "c" + std::to_string(i)};
        auto batch = of.next("a");
        batch.put_tasks = {of.task("1")};
        if (minutes[i] >= 0) batch.put_tasks[0].due_before = at_minute(minutes[i]);
        REQUIRE(of.put(keep, batch).what == committed);
    }
}

/// All rows of a query, page by page.
std::vector<task_entry> all_pages(store& keep, const task_query& which, std::size_t limit) {
    std::vector<task_entry> rows;
    std::string cursor;
    for (int pages = 0; pages < 10'000; ++pages) {
        auto page = keep.query_tasks("main", which, cursor, limit);
        REQUIRE(page);
        CHECK(page->rows.size() <= limit);
        rows.insert(rows.end(), page->rows.begin(), page->rows.end());
        if (page->next.empty()) return rows;
        cursor = page->next;
    }
    FAIL("pages without end");
    return rows;
}

std::vector<conformance_case> task_lists() {
    return {
        {"an empty list is a page without rows",
         [](store_maker& make) {
             auto keep = make.trial();
             const auto page = keep->query_tasks("main", {}, {}, 10).value();
             CHECK(page.rows.empty());
             CHECK(page.next.empty());
         }},
        {"tasks are listed by due, those without one last",
         [](store_maker& make) {
             auto keep = make.trial();
             with_dues(*keep, {5, -1, 1, 3, -1, 2});
             CHECK_EQ(names_of(tasks_of(*keep)), strings{"c2/1.1/0", "c5/1.1/0", "c3/1.1/0",
                                                         "c0/1.1/0", "c1/1.1/0", "c4/1.1/0"});
         }},
        {"equal dues are listed by case, step, round and entry",
         [](store_maker& make) {
             auto keep = make.trial();
             for (const char* id : {"b", "a"}) {
                 scribe of{*keep, id};
                 auto batch = of.next("a");
                 batch.put_tasks = {of.task("2", 1), of.task("1", 2), of.task("1", 10),
                                    of.task("1", 1, 1), of.task("1", 1, 0)};
                 REQUIRE(of.put(*keep, batch).what == committed);
             }
             CHECK_EQ(names_of(tasks_of(*keep)),
                      strings{"a/1.1/0", "a/1.1/1", "a/1.2/0", "a/1.10/0", "a/2.1/0", "b/1.1/0",
                              "b/1.1/1", "b/1.2/0", "b/1.10/0", "b/2.1/0"});
         }},
        {"a unit's list has its tasks under unit and under role, each once",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             const auto row = [&](std::uint32_t n, const char* role, const char* unit) {
                 batch.put_tasks.push_back(of.task("1", 1, n));
                 batch.put_tasks.back().role = role;
                 batch.put_tasks.back().unit = unit;
                 batch.put_tasks.back().due_before = at_minute(100 - n);
             };
             row(0, "A", "A");
             row(1, "B", "A");
             row(2, "A", "B");
             row(3, "C", "C");
             row(4, "A", "");
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(names_of(tasks_of(*keep, {.unit = "A"})),
                      strings{"c/1.1/4", "c/1.1/2", "c/1.1/1", "c/1.1/0"});
             CHECK_EQ(names_of(tasks_of(*keep, {.unit = "B"})), strings{"c/1.1/2", "c/1.1/1"});
             CHECK(tasks_of(*keep, {.unit = "D"}).empty());
             CHECK_EQ(names_of(all_pages(*keep, {.unit = "A"}, 1)),
                      names_of(tasks_of(*keep, {.unit = "A"})));
         }},
        {"units are compared byte for byte",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.put_tasks = {of.task("1")};
             batch.put_tasks[0].unit = batch.put_tasks[0].role = "P.KT";
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(tasks_of(*keep, {.unit = "p.kt"}).empty());
             CHECK(tasks_of(*keep, {.unit = "P.KT "}).empty());
             CHECK(tasks_of(*keep, {.unit = "P%"}).empty());
             CHECK_EQ(tasks_of(*keep, {.unit = "P.KT"}).size(), 1);
         }},
        {"filters hold together",
         [](store_maker& make) {
             auto keep = make.trial();
             dice roll{seed_or(2)};
             std::vector<task_row> rows;
             for (int i = 0; i < 30; ++i) {
                 scribe of{*keep, "c" + std::to_string(i)};
                 auto batch = of.next("a");
                 batch.head.procedure = of.head.procedure = roll.one_in(2) ? "P1" : "P2";
                 for (std::uint32_t n = 0; n < 4; ++n) {
                     auto row = of.task("1", 1, n);
                     row.unit = roll.one_in(2) ? "A" : "B";
                     row.role = roll.one_in(2) ? "A" : "R";
                     row.person = roll.one_in(2) ? "" : "nv1";
                     row.as = roll.one_in(2) ? relation::lead : relation::inform;
                     row.overdue = roll.one_in(2);
                     if (!roll.one_in(3))
                         row.due_before = at_minute(static_cast<int>(roll.below(5)));
                     batch.put_tasks.push_back(row);
                     rows.push_back(row);
                 }
                 REQUIRE(of.put(*keep, batch).what == committed);
             }
             for (int mask = 0; mask < 64; ++mask) {
                 task_query which;
                 if (mask & 1) which.unit = "A";
                 if (mask & 2) which.person = "nv1";
                 if (mask & 4) which.as = relation::inform;
                 if (mask & 8) which.procedure = "P2";
                 if (mask & 16) which.of = case_id{"c7"};
                 which.overdue_only = (mask & 32) != 0;
                 std::size_t expected = 0;
                 for (const auto& row : rows) {
                     const auto head = keep->read("main", row.of, command_id{})->head;
                     expected += (which.unit.empty() || row.unit == "A" || row.role == "A") &&
                                         (which.person.empty() || row.person == "nv1") &&
                                         (!which.as || row.as == relation::inform) &&
                                         (which.procedure.empty() || head->procedure == "P2") &&
                                         (which.of.empty() || row.of == which.of) &&
                                         (!which.overdue_only || row.overdue)
                                     ? 1
                                     : 0;
                 }
                 CAPTURE(mask);
                 const auto whole = names_of(tasks_of(*keep, which));
                 CHECK_EQ(whole.size(), expected);
                 CHECK_EQ(names_of(all_pages(*keep, which, 3)), whole);
             }
         }},
        {"pages of every size give the same list",
         [](store_maker& make) {
             auto keep = make.trial();
             with_dues(*keep, {5, -1, 5, 3, -1, 5, 5, 1, -1, 3, 5});
             const auto whole = names_of(tasks_of(*keep));
             CHECK_EQ(whole.size(), 11);
             for (std::size_t limit = 1; limit <= 12; ++limit)
                 CHECK_EQ(names_of(all_pages(*keep, {}, limit)), whole);
         }},
        {"a page that ends with the list has no next",
         [](store_maker& make) {
             auto keep = make.trial();
             with_dues(*keep, {1, 2});
             CHECK(keep->query_tasks("main", {}, {}, 2)->next.empty());
             CHECK_FALSE(keep->query_tasks("main", {}, {}, 1)->next.empty());
         }},
        {"rows that come and go do not repeat or hide the others",
         [](store_maker& make) {
             auto keep = make.trial();
             with_dues(*keep, {10, 20, 30, 40});
             auto page = keep->query_tasks("main", {}, {}, 2).value();
             CHECK_EQ(names_of(page.rows), strings{"c0/1.1/0", "c1/1.1/0"});
             scribe before{*keep, "x"}, after{*keep, "y"};
             auto batch = before.next("a");
             batch.put_tasks = {before.task("1")};
             batch.put_tasks[0].due_before = at_minute(15);
             REQUIRE(before.put(*keep, batch).what == committed);
             batch = after.next("a");
             batch.put_tasks = {after.task("1")};
             batch.put_tasks[0].due_before = at_minute(35);
             REQUIRE(after.put(*keep, batch).what == committed);
             // The row that the cursor stands on goes.
             scribe gone{*keep, "c1"};
             gone.head = *keep->read("main", case_id{"c1"}, command_id{})->head;
             batch = gone.next("b");
             batch.drop_tasks = {{"1", 1}};
             REQUIRE(gone.put(*keep, batch).what == committed);
             page = keep->query_tasks("main", {}, page.next, 10).value();
             CHECK_EQ(names_of(page.rows), strings{"c2/1.1/0", "y/1.1/0", "c3/1.1/0"});
         }},
        {"a limit of nothing and one of everything are both bounded",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             for (std::uint32_t n = 0; n < 1200; ++n) batch.put_tasks.push_back(of.task("1", 1, n));
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(keep->query_tasks("main", {}, {}, 0)->rows.size(), 1);
             CHECK_EQ(keep->query_tasks("main", {}, {}, ~std::size_t{0})->rows.size(), 1000);
             CHECK_EQ(all_pages(*keep, {}, 1000).size(), 1200);
         }},
        {"cursors that were not given are refused",
         [](store_maker& make) {
             auto keep = make.trial();
             with_dues(*keep, {1, 2, 3});
             const std::string good = keep->query_tasks("main", {}, {}, 1)->next;
             const strings bad_ones{"x",
                                    "00",
                                    "zz",
                                    good + "00",
                                    good.substr(2),
                                    good.substr(0, good.size() - 2),
                                    std::string(5000, 'a'),
                                    std::string("\0\0", 2)};
             for (const auto& bad : bad_ones) {
                 const auto page = keep->query_tasks("main", {}, bad, 10);
                 REQUIRE_FALSE(page);
                 CHECK(page.error().code == errc::bad_cursor);
                 CHECK_FALSE(keep->query_cases("main", {}, bad, 10));
                 CHECK_FALSE(keep->query_outbox("main", false, bad, 10));
             }
             // Nor does the cursor of one list fit another.
             CHECK_FALSE(keep->query_cases("main", {}, good, 10));
         }},
    };
}

std::vector<conformance_case> case_lists() {
    return {
        {"cases are listed newest first",
         [](store_maker& make) {
             auto keep = make.trial();
             int minute = 0;
             for (const char* id : {"b", "a", "c", "d"}) {
                 scribe of{*keep, id};
                 REQUIRE(of.put(*keep, "a", 1, at_minute(minute)).what == committed);
                 minute += std::string{id} == "a" ? 0 : 1;
             }
             // a and c were opened in the same moment: the later name first.
             strings ids, paged;
             const auto whole = keep->query_cases("main", {}, {}, 100).value();
             for (const auto& row : whole.rows) ids.push_back(row.id.str());
             CHECK_EQ(ids, strings{"d", "c", "a", "b"});
             std::string cursor;
             do {
                 auto page = keep->query_cases("main", {}, cursor, 1).value();
                 for (const auto& row : page.rows) paged.push_back(row.id.str());
                 cursor = page.next;
             } while (!cursor.empty());
             CHECK_EQ(paged, ids);
         }},
        {"cases are found by reference",
         [](store_maker& make) {
             auto keep = make.trial();
             for (const char* ref : {"1/CV", "2/CV", "2/cv", ""}) {
                 scribe of{*keep, std::string{"c-"} + std::to_string(sha256(ref)[0])};
                 auto batch = of.next("a");
                 batch.head.reference = ref;
                 REQUIRE(of.put(*keep, batch).what == committed);
             }
             const auto page = keep->query_cases("main", {.reference = "2/CV"}, {}, 10).value();
             REQUIRE_EQ(page.rows.size(), 1);
             CHECK_EQ(page.rows[0].reference, "2/CV");
             CHECK(page.next.empty());
             CHECK(keep->query_cases("main", {.reference = "3/CV"}, {}, 10)->rows.empty());
             CHECK_EQ(keep->query_cases("main", {}, {}, 10)->rows.size(), 4);
         }},
        {"a reference that a case gets later or loses is followed",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"}, other{*keep, "d"};
             REQUIRE(of.put(*keep, "a").what == committed);
             auto batch = of.next("b");
             batch.head.reference = "R";
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(keep->query_cases("main", {.reference = "R"}, {}, 10)->rows.size(), 1);
             batch = of.next("c");
             batch.head.reference = "S";
             REQUIRE(of.put(*keep, batch).what == committed);
             batch = other.next("a");
             batch.head.reference = "R";
             CHECK(other.put(*keep, batch).what == committed);
         }},
        {"cases are filtered by procedure and status, page by page",
         [](store_maker& make) {
             auto keep = make.trial();
             for (int i = 0; i < 24; ++i) {
                 scribe of{*keep, "c" + std::to_string(i)};
                 auto batch = of.next("a", 1, at_minute(i / 2));
                 batch.head.procedure = i % 2 == 0 ? "P1" : "P2";
                 batch.head.status = i % 3 == 0 ? stored_status::ended : stored_status::open;
                 REQUIRE(of.put(*keep, batch).what == committed);
             }
             const auto count = [&](const case_query& which) {
                 std::size_t n = 0;
                 std::string cursor;
                 do {
                     auto page = keep->query_cases("main", which, cursor, 5).value();
                     n += page.rows.size();
                     cursor = page.next;
                 } while (!cursor.empty());
                 return n;
             };
             CHECK_EQ(count({}), 24);
             CHECK_EQ(count({.procedure = "P1"}), 12);
             CHECK_EQ(count({.status = stored_status::ended}), 8);
             CHECK_EQ(count({.procedure = "P1", .status = stored_status::ended}), 4);
             CHECK_EQ(count({.procedure = "P3"}), 0);
             CHECK_EQ(count({.reference = "x", .procedure = "P1"}), 0);
         }},
        {"open cases past their own limit are listed by due, the longest past first",
         [](store_maker& make) {
             auto keep = make.trial();
             // c0 without a limit; of the others each is due a minute before the one before it.
             for (int i = 0; i < 24; ++i) {
                 scribe of{*keep, "c" + std::to_string(i)};
                 auto batch = of.next("a");
                 batch.head.procedure = i % 2 == 0 ? "P1" : "P2";
                 batch.head.status = i % 5 == 4 ? stored_status::ended : stored_status::open;
                 if (i > 0) batch.head.due_before = at_minute(100 - i);
                 REQUIRE(of.put(*keep, batch).what == committed);
             }
             const auto late = [&](case_query which, int minute, std::size_t limit = 3) {
                 which.overdue_at = at_minute(minute);
                 strings ids;
                 std::string cursor;
                 do {
                     auto page = keep->query_cases("main", which, cursor, limit).value();
                     CHECK(page.rows.size() <= limit);
                     for (const auto& row : page.rows) ids.push_back(row.id.str());
                     cursor = page.next;
                 } while (!cursor.empty());
                 return ids;
             };
             // 77 is the due of c23; at that very instant it has passed.
             CHECK(late({}, 76).empty());
             CHECK_EQ(late({}, 77), strings{"c23"});
             CHECK_EQ(late({}, 82), strings{"c23", "c22", "c21", "c20", "c18"});  // c19 has ended
             CHECK_EQ(late({.procedure = "P1"}, 82), strings{"c22", "c20", "c18"});
             CHECK_EQ(late({}, 1000).size(), 19);
             CHECK_EQ(late({}, 1000, 100), late({}, 1000, 1));
             CHECK_EQ(late({.status = stored_status::open}, 78), strings{"c23", "c22"});
             CHECK(late({.status = stored_status::ended}, 1000).empty());
             CHECK(late({.reference = "R"}, 1000).empty());
             // The limit moves, goes, and comes to nothing with the end of the case.
             scribe of{*keep, "x"};
             auto batch = of.next("a");
             batch.head.due_before = at_minute(1);
             batch.head.reference = "R";
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(late({.reference = "R"}, 1), strings{"x"});
             batch = of.next("b");
             batch.head.due_before = at_minute(2);
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(late({}, 1).empty());
             CHECK_EQ(late({}, 2), strings{"x"});
             batch = of.next("c");
             batch.head.due_before = at_minute(2);
             batch.head.status = stored_status::ended;
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(late({}, 2).empty());
             // A cursor of the other order is not one of this.
             const auto newest = keep->query_cases("main", {}, {}, 1).value().next;
             REQUIRE_FALSE(newest.empty());
             CHECK_FALSE(keep->query_cases("main", {.overdue_at = at_minute(1)}, newest, 1));
             CHECK(keep->query_cases("none", {.overdue_at = at_minute(1)}, {}, 1)->rows.empty());
         }},
        {"the same due, by id",
         [](store_maker& make) {
             auto keep = make.trial();
             for (const char* id : {"b", "d", "a", "c"}) {
                 scribe of{*keep, id};
                 auto batch = of.next("a");
                 batch.head.due_before = at_minute(1);
                 REQUIRE(of.put(*keep, batch).what == committed);
             }
             const case_query which{.overdue_at = at_minute(1)};
             const auto first = keep->query_cases("main", which, {}, 2).value();
             const auto second = keep->query_cases("main", which, first.next, 2).value();
             REQUIRE_EQ(first.rows.size(), 2);
             REQUIRE_EQ(second.rows.size(), 2);
             CHECK_EQ(first.rows[0].id.str(), "a");
             CHECK_EQ(first.rows[1].id.str(), "b");
             CHECK_EQ(second.rows[0].id.str(), "c");
             CHECK_EQ(second.rows[1].id.str(), "d");
             CHECK(second.next.empty());
         }},
        {"the status of the head is followed",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a").what == committed);
             auto batch = of.next("b");
             batch.head.status = stored_status::ended;
             batch.head.end_kind = "ĐẠT";
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK(
                 keep->query_cases("main", {.status = stored_status::open}, {}, 10)->rows.empty());
             const auto rows =
                 keep->query_cases("main", {.status = stored_status::ended}, {}, 10)->rows;
             REQUIRE_EQ(rows.size(), 1);
             CHECK(rows[0] == batch.head);
         }},
        {"the outbox is listed case by case, by event and entry, page by page",
         [](store_maker& make) {
             auto keep = make.trial();
             for (const char* id : {"b", "a"}) {
                 scribe of{*keep, id};
                 auto batch = of.next("a", 2);
                 batch.outbox = {of.message(2, 0), of.message(1, 1, "L", outbox_kind::link),
                                 of.message(1, 0)};
                 REQUIRE(of.put(*keep, batch).what == committed);
             }
             for (const std::size_t limit : {1, 2, 4, 100}) {
                 strings keys;
                 std::string cursor;
                 do {
                     auto page = keep->query_outbox("main", false, cursor, limit).value();
                     CHECK(page.rows.size() <= limit);
                     for (const auto& entry : page.rows)
                         keys.push_back(entry.row.of.str() + '/' + std::to_string(entry.row.seq) +
                                        '/' + std::to_string(entry.row.n) +
                                        (entry.row.kind == outbox_kind::link ? "L" : ""));
                     cursor = page.next;
                 } while (!cursor.empty());
                 // In which order cases come is the store's own affair.
                 REQUIRE_EQ(keys.size(), 6);
                 if (keys[0][0] == 'b') std::rotate(keys.begin(), keys.begin() + 3, keys.end());
                 CHECK_EQ(keys, strings{"a/1/0", "a/1/1L", "a/2/0", "b/1/0", "b/1/1L", "b/2/0"});
             }
             CHECK(keep->query_outbox("main", true, {}, 10)->rows.empty());
         }},
    };
}

}  // namespace

std::vector<conformance_case> conformance_of_queries() {
    auto all = task_lists();
    const auto more = case_lists();
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace quytrinh_tests
