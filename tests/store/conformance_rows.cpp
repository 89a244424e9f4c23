// SPDX-License-Identifier: BSL-1.0
// tests/store/conformance_rows.cpp: task list, definitions, quarantine, refusals, tenants: what a
// batch changes beside its events.
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"

#include <doctest/doctest.h>

namespace quytrinh_tests {

namespace {

std::vector<conformance_case> tasks() {
    return {
        {"a task is listed with the words of its case",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.head.reference = "R1";
             auto row = of.task("2", 3);
             row.role = "CVKT";
             row.unit = "P.KT";
             row.person = "nv09";
             row.as = relation::joint;
             row.due_before = at_minute(50);
             row.timer_at = at_minute(50);
             row.overdue = true;
             row.consultation = true;
             batch.put_tasks = {row};
             REQUIRE(of.put(*keep, batch).what == committed);
             const auto rows = tasks_of(*keep);
             REQUIRE_EQ(rows.size(), 1);
             CHECK(rows[0].row == row);
             CHECK_EQ(rows[0].procedure, "QT.THU");
             CHECK(rows[0].definition == of.head.definition);
             CHECK_EQ(rows[0].reference, "R1");
         }},
        {"every relation is kept",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             for (std::uint32_t n = 0; n < 7; ++n) {
                 batch.put_tasks.push_back(of.task("1", 1, n));
                 batch.put_tasks.back().as = static_cast<relation>(n);
             }
             REQUIRE(of.put(*keep, batch).what == committed);
             const auto rows = tasks_of(*keep);
             REQUIRE_EQ(rows.size(), 7);
             for (std::uint32_t n = 0; n < 7; ++n) CHECK(rows[n].row == batch.put_tasks[n]);
         }},
        {"a row that is put again replaces the one before",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.put_tasks = {of.task("1"), of.task("1", 1, 1)};
             REQUIRE(of.put(*keep, batch).what == committed);
             batch = of.next("b");
             auto row = of.task("1");
             row.unit = row.role = "KHAC";
             row.due_before = at_minute(1);
             batch.put_tasks = {row};
             REQUIRE(of.put(*keep, batch).what == committed);
             const auto rows = tasks_of(*keep);
             REQUIRE_EQ(rows.size(), 2);
             CHECK(rows[0].row == row);
             CHECK_EQ(tasks_of(*keep, {.unit = "ĐVTH"}).size(), 1);
             CHECK_EQ(tasks_of(*keep, {.unit = "KHAC"}).size(), 1);
         }},
        {"a task that is dropped goes with all its entries, and only it",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             for (std::uint32_t n = 0; n < 3; ++n) batch.put_tasks.push_back(of.task("1", 1, n));
             batch.put_tasks.push_back(of.task("1", 2));
             batch.put_tasks.push_back(of.task("10", 1));
             REQUIRE(of.put(*keep, batch).what == committed);
             batch = of.next("b");
             batch.drop_tasks = {{"1", 1}, {"7", 7}};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(names_of(tasks_of(*keep)), strings{"c/1.2/0", "c/10.1/0"});
         }},
        {"dropping comes before putting",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.put_tasks = {of.task("1", 1, 0), of.task("1", 1, 1)};
             REQUIRE(of.put(*keep, batch).what == committed);
             batch = of.next("b");
             batch.drop_tasks = {{"1", 1}};
             batch.put_tasks = {of.task("1", 1, 5)};
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ(names_of(tasks_of(*keep)), strings{"c/1.1/5"});
         }},
        {"a refused batch leaves tasks and outbox alone",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c1"}, two{*keep, "c2"};
             auto batch = one.next("a");
             batch.head.reference = "R";
             batch.put_tasks = {one.task("1")};
             REQUIRE(one.put(*keep, batch).what == committed);
             batch = two.next("a");
             batch.head.reference = "R";
             batch.put_tasks = {two.task("1")};
             batch.outbox = {two.message(1, 0)};
             REQUIRE(two.put(*keep, batch).what == refused);
             CHECK_EQ(names_of(tasks_of(*keep)), strings{"c1/1.1/0"});
             CHECK_EQ(keep->count_outbox("main")->pending, 0);
         }},
        {"a conflict leaves tasks and outbox alone",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"}, late{*keep, "c"};
             auto batch = of.next("a");
             batch.put_tasks = {of.task("1")};
             REQUIRE(of.put(*keep, batch).what == committed);
             batch = late.next("b");
             batch.put_tasks = {of.task("2")};
             batch.drop_tasks = {{"1", 1}};
             batch.outbox = {of.message(1, 0)};
             REQUIRE(late.put(*keep, batch).what == conflicting);
             CHECK_EQ(names_of(tasks_of(*keep)), strings{"c/1.1/0"});
             CHECK_EQ(keep->count_outbox("main")->pending, 0);
         }},
    };
}

std::vector<conformance_case> definitions_and_faults() {
    return {
        {"a definition is kept with the first opening and shared by the next",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c1"}, two{*keep, "c2"};
             CHECK_FALSE(*keep->definition("main", some_definition().hash));
             REQUIRE(one.put(*keep, "a").what == committed);
             CHECK(**keep->definition("main", some_definition().hash) == some_definition());
             auto batch = two.next("a");
             batch.definition.reset();
             CHECK(two.put(*keep, batch).what == committed);
         }},
        {"a case without a definition is not opened",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.definition.reset();
             CHECK(of.put(*keep, batch).what == refused);
         }},
        {"a definition is never written over",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c1"}, two{*keep, "c2"};
             REQUIRE(one.put(*keep, "a").what == committed);
             auto batch = two.next("a");
             batch.definition->closed = "another text";
             REQUIRE(two.put(*keep, batch).what == committed);
             CHECK(**keep->definition("main", some_definition().hash) == some_definition());
         }},
        {"a large definition",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             auto batch = of.next("a");
             batch.definition->closed = std::string(3u << 20, 'x');
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_EQ((*keep->definition("main", batch.head.definition))->closed.size(), 3u << 20);
         }},
        {"a quarantined case refuses writes, still answers and says why",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"}, other{*keep, "d"};
             auto batch = of.next("a");
             batch.put_tasks = {of.task("1")};
             batch.put_tasks[0].timer_at = at_minute(0);
             REQUIRE(of.put(*keep, batch).what == committed);
             CHECK_FALSE(keep->query_tasks("main", {}, {}, 10)->rows.at(0).quarantined);
             REQUIRE(keep->quarantine("main", of.identity.of, "event 1: hash"));
             // Its tasks stay in the lists, and are marked there.
             CHECK(keep->query_tasks("main", {}, {}, 10)->rows.at(0).quarantined);
             CHECK(
                 keep->query_tasks("main", {.of = of.identity.of}, {}, 10)->rows.at(0).quarantined);
             const auto out = keep->write("main", of.next("b"));
             CHECK(out.what == refused);
             CHECK(why(out) == errc::case_quarantined);
             CHECK(keep->write("main", batch).what == duplicate);
             const auto view = view_of(*keep, of);
             CHECK_EQ(view.quarantine, "event 1: hash");
             CHECK(view.head->status == stored_status::quarantined);
             CHECK_EQ(view.events.size(), 1);
             CHECK_EQ(keep->query_cases("main", {.status = stored_status::quarantined}, {}, 10)
                          ->rows.size(),
                      1);
             // Its timers can do nothing any more; other cases go on.
             CHECK(claim(*keep, work_kind::timer).empty());
             CHECK(other.put(*keep, "a").what == committed);
         }},
        {"the first reason of a quarantine stays",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c"};
             REQUIRE(of.put(*keep, "a").what == committed);
             REQUIRE(keep->quarantine("main", of.identity.of, "first"));
             REQUIRE(keep->quarantine("main", of.identity.of, "second"));
             CHECK_EQ(view_of(*keep, of).quarantine, "first");
         }},
        {"a case that is not there cannot be quarantined",
         [](store_maker& make) {
             const auto out = make.trial()->quarantine("main", case_id{"x"}, "?");
             REQUIRE_FALSE(out);
             CHECK(out.error().code == errc::not_found);
         }},
        {"refusals of one minute are one row with a count",
         [](store_maker& make) {
             auto keep = make.trial();
             refusal_row row;
             row.of = case_id{"c"};
             row.unit = "ĐVTH";
             row.person = "nv07";
             row.rule = 204;
             row.command = "complete";
             for (int i = 0; i < 3; ++i) {
                 row.first_at = row.last_at = at_minute(7) + std::chrono::seconds{10 * i};
                 REQUIRE(keep->record_refusal("main", row));
             }
             const auto rows = keep->refusals("main", case_id{"c"}).value();
             REQUIRE_EQ(rows.size(), 1);
             CHECK_EQ(rows[0].count, 3);
             CHECK(rows[0].first_at == at_minute(7));
             CHECK(rows[0].last_at == at_minute(7) + std::chrono::seconds{20});
             CHECK_EQ(rows[0].unit, "ĐVTH");
             CHECK_EQ(rows[0].person, "nv07");
             CHECK_EQ(rows[0].rule, 204);
             CHECK_EQ(rows[0].command, "complete");
         }},
        {"refusals differ by case, actor, rule and minute",
         [](store_maker& make) {
             auto keep = make.trial();
             refusal_row row;
             row.of = case_id{"c"};
             row.first_at = row.last_at = at_minute(1);
             REQUIRE(keep->record_refusal("main", row));
             const auto also = [&](auto change) {
                 refusal_row other = row;
                 change(other);
                 REQUIRE(keep->record_refusal("main", other));
             };
             also([](refusal_row& r) { r.unit = "x"; });
             also([](refusal_row& r) { r.person = "x"; });
             also([](refusal_row& r) { r.rule = 7; });
             also([](refusal_row& r) { r.first_at = r.last_at = at_minute(0); });
             also([](refusal_row& r) { r.of = case_id{"d"}; });
             const auto rows = keep->refusals("main", case_id{"c"}).value();
             CHECK_EQ(rows.size(), 5);
             CHECK(rows.front().first_at == at_minute(0));
             CHECK_EQ(keep->refusals("main", case_id{"d"})->size(), 1);
             CHECK(keep->refusals("main", case_id{"e"})->empty());
         }},
        {"an opening can be refused before there is a case",
         [](store_maker& make) {
             auto keep = make.trial();
             REQUIRE(keep->record_refusal("main", {}));
             CHECK_EQ(keep->refusals("main", case_id{})->size(), 1);
         }},
        {"texts that try to be commands of a database are texts",
         [](store_maker& make) {
             for (const std::string bad :
                  {"'; DROP TABLE events; --", "\" OR 1=1 --", "%_\\", "\xFF\xFE", "Robert'); --",
                   "${jndi:x}", "đường “dẫn”", "a\nb\tc"}) {
                 auto keep = make.trial();
                 scribe of{*keep, bad.find('/') == std::string::npos ? bad : "x"};
                 auto batch = of.next(bad);
                 batch.head.reference = batch.head.end_kind = batch.head.opener_unit =
                     batch.head.opener_person = bad;
                 auto row = of.task(bad);
                 row.role = row.unit = row.person = bad;
                 batch.put_tasks = {row};
                 batch.outbox = {of.message(1, 0, bad)};
                 REQUIRE(of.put(*keep, batch).what == committed);
                 CHECK(*view_of(*keep, of, bad).head == batch.head);
                 CHECK(tasks_of(*keep, {.unit = bad, .person = bad}).at(0).row == row);
                 CHECK_EQ(keep->query_cases("main", {.reference = bad}, {}, 10)->rows.size(), 1);
                 CHECK_EQ(claim(*keep, work_kind::notice).at(0).body, batch.outbox[0].body);
                 CHECK_EQ(audit(*keep, of), "");
             }
         }},
    };
}

std::vector<conformance_case> tenants() {
    return {
        {"one tenant's case is not another's",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c", "t1"}, two{*keep, "c", "t2"};
             auto batch = one.next("a", 2);
             batch.head.reference = "R";
             batch.put_tasks = {one.task("1")};
             batch.put_tasks[0].timer_at = at_minute(0);
             batch.outbox = {one.message(1, 0)};
             REQUIRE(one.put(*keep, batch).what == committed);
             CHECK_FALSE(view_of(*keep, two).head);
             CHECK_FALSE(view_of(*keep, two, "a").earlier);
             CHECK(events_of(*keep, two).empty());
             CHECK_FALSE(*keep->lookup("t2", case_id{"c"}, command_id{"a"}));
             CHECK_FALSE(*keep->definition("t2", some_definition().hash));
             CHECK(keep->query_tasks("t2", {}, {}, 10)->rows.empty());
             CHECK(keep->query_cases("t2", {}, {}, 10)->rows.empty());
             CHECK(keep->query_cases("t2", {.reference = "R"}, {}, 10)->rows.empty());
             CHECK(keep->query_outbox("t2", false, {}, 10)->rows.empty());
             CHECK_EQ(keep->count_outbox("t2")->pending, 0);
             CHECK(claim(*keep, work_kind::timer, 10, "t2").empty());
             CHECK(claim(*keep, work_kind::notice, 10, "t2").empty());
             CHECK_FALSE(keep->quarantine("t2", case_id{"c"}, "?"));
             CHECK_EQ(keep->count_outbox("t1")->pending, 1);
         }},
        {"two tenants have cases, references and commands of the same name",
         [](store_maker& make) {
             auto keep = make.trial();
             for (const char* tenant : {"t1", "t2"}) {
                 scribe of{*keep, "c", tenant};
                 auto batch = of.next("a", 2);
                 batch.head.reference = "R";
                 CHECK(of.put(*keep, batch).what == committed);
                 CHECK_EQ(audit(*keep, of), "");
             }
         }},
        {"work of one tenant is not settled by another",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c", "t1"};
             auto batch = of.next("a");
             batch.outbox = {of.message(1, 0)};
             REQUIRE(of.put(*keep, batch).what == committed);
             const auto items = claim(*keep, work_kind::notice, 10, "t1");
             REQUIRE_EQ(items.size(), 1);
             CHECK_FALSE(*keep->settle("t2", items[0]));
             CHECK_FALSE(*keep->put_back("t2", items[0], at_minute(9), false, "x"));
             scribe other{*keep, "d", "t2"};
             auto thief = other.next("a");
             thief.settles = {items[0].key, items[0].fence};
             CHECK(other.put(*keep, thief).what == refused);
             CHECK(*keep->settle("t1", items[0]));
         }},
        {"refusals and quarantine keep to their tenant",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe one{*keep, "c", "t1"}, two{*keep, "c", "t2"};
             REQUIRE(one.put(*keep, "a").what == committed);
             REQUIRE(two.put(*keep, "a").what == committed);
             REQUIRE(keep->quarantine("t1", case_id{"c"}, "x"));
             CHECK(two.put(*keep, "b").what == committed);
             refusal_row row;
             row.of = case_id{"c"};
             REQUIRE(keep->record_refusal("t1", row));
             CHECK(keep->refusals("t2", case_id{"c"})->empty());
         }},
        {"a tenant needs a name",
         [](store_maker& make) {
             auto keep = make.trial();
             scribe of{*keep, "c", ""};
             CHECK(of.put(*keep, "a").what == refused);
             CHECK_FALSE(keep->record_refusal("", {}));
         }},
    };
}

}  // namespace

std::vector<conformance_case> conformance_of_rows() {
    auto all = tasks();
    for (auto& list : {definitions_and_faults(), tenants()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

}  // namespace quytrinh_tests
