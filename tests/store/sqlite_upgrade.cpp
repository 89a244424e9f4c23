// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_upgrade.cpp: files of an earlier schema: brought up to date by whoever opens
// them for writing, read as they are by whoever only looks.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"
#include "store/folder.hpp"

#include "../../src/store/sqlite/pack.hpp"
#include "../../src/store/sqlite/rows.hpp"
#include "../../src/store/sqlite/schema.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

using namespace quytrinh_tests;
using quytrinh::detail::sqlite::create_schema;
using quytrinh::detail::sqlite::packer;
using quytrinh::detail::sqlite::read_place;
namespace fs = std::filesystem;

namespace {

std::string as_stranger(const std::string& path, const char* sql) {
    sqlite3* db = nullptr;
    REQUIRE_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    std::string out;
    const auto add = [](void* to, int columns, char** values, char**) {
        for (int i = 0; i < columns; ++i)
            *static_cast<std::string*>(to) += std::string(values[i] ? values[i] : "-") + '\n';
        return 0;
    };
    CHECK_EQ(sqlite3_exec(db, sql, add, &out, nullptr), SQLITE_OK);
    sqlite3_close(db);
    return out;
}

const char* const objects = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2";
const char* const number = "PRAGMA user_version";

/// What the fourth schema has changed, undone.
void back_to_schema_3(const std::string& path) {
    const std::string_view third = quytrinh::detail::sqlite::schema_steps[1].make;
    as_stranger(path, (std::string{third.substr(0, third.find(';'))} +
                       "; INSERT INTO timer SELECT tenant, at, no FROM moment;"
                       "DROP TABLE moment; PRAGMA user_version = 3")
                          .c_str());
}

/// What the third schema and the fourth have changed, undone.
void back_to_schema_2(const std::string& path) {
    const std::string_view first = create_schema;
    const auto inbox = first.find("CREATE TABLE inbox(");
    as_stranger(path, std::string{first.substr(inbox, first.find(';', inbox) - inbox)}.c_str());
    sqlite3* db = nullptr;
    REQUIRE_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    sqlite3_stmt *from = nullptr, *to = nullptr;
    sqlite3_prepare_v2(db, "SELECT place, task FROM waiting", -1, &from, nullptr);
    sqlite3_prepare_v2(db, "INSERT INTO inbox VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", -1, &to,
                       nullptr);
    while (sqlite3_step(from) == SQLITE_ROW) {
        const auto at = read_place({static_cast<const char*>(sqlite3_column_blob(from, 0)),
                                    static_cast<std::size_t>(sqlite3_column_bytes(from, 0))});
        const std::int64_t task = sqlite3_column_int64(from, 1);
        sqlite3_bind_int64(to, 1, at.list);
        sqlite3_bind_int64(to, 2, at.due);
        sqlite3_bind_text(to, 3, at.of.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(to, 4, at.task.step.c_str(), -1, SQLITE_TRANSIENT);
        int column = 5;
        for (const std::int64_t n :
             {std::int64_t{at.task.round}, std::int64_t{at.n}, task >> 4, task >> 1 & 7, task & 1})
            sqlite3_bind_int64(to, column++, n);
        CHECK_EQ(sqlite3_step(to), SQLITE_DONE);
        sqlite3_reset(to);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    sqlite3_close(db);
    as_stranger(path,
                "DROP TABLE waiting; ALTER TABLE standing RENAME COLUMN noted_at TO timer_at;"
                "CREATE INDEX standing_timer ON standing(tenant, timer_at) WHERE timer_at IS NOT "
                "NULL; DROP TABLE moment; DROP TABLE lease; PRAGMA user_version = 2");
}

/// A file as the first schema had it, with one case that is past its limit and one that is not.
std::string of_schema_1(const folder& in) {
    const std::string path = in.file("a.db");
    {
        auto keep = open_sqlite(path).value();
        for (const auto& [id, due] : {std::pair{"late", 1}, std::pair{"early", 9}}) {
            scribe of{*keep, id};
            auto batch = of.next("a", 3);
            batch.head.due_before = at_minute(due);
            batch.put_tasks = {of.task("1")};
            REQUIRE(of.put(*keep, batch).what == committed);
        }
    }
    back_to_schema_2(path);
    as_stranger(path, "DROP INDEX cases_due; PRAGMA user_version = 1;");
    return path;
}

/// A file as the second schema had it, with a timer of a quarter of an hour in each of `cases`, and
/// how the second schema kept that the one of the last case was claimed until `until`.
std::string of_schema_2(const folder& in, const std::vector<const char*>& cases, int until) {
    const std::string path = in.file("a.db");
    {
        auto keep = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
        for (const char* id : cases) {
            scribe of{*keep, id};
            auto batch = of.next("a");
            batch.put_tasks = {of.task("1")};
            batch.put_tasks[0].timer_at = at_minute(15);
            REQUIRE(of.put(*keep, batch).what == committed);
        }
    }
    back_to_schema_2(path);
    // With a timer (64), offered (128), claimed (256); step, round, entry, list, person, opening.
    packer tasks;
    tasks.natural(64 + 128 + 256);
    tasks.text("1");
    for (const unsigned n : {1, 0}) tasks.natural(n);
    for (const int n : {1, 0}) tasks.integer(n);
    for (const int minute : {0, 15, until})
        tasks.integer(at_minute(minute).time_since_epoch().count());
    tasks.natural((std::uint64_t{1} << 40) + 7);
    tasks.natural(0);
    std::string hex;
    for (const unsigned char c : tasks.str()) {
        hex += "0123456789ABCDEF"[c >> 4];
        hex += "0123456789ABCDEF"[c & 15];
    }
    as_stranger(path, ("UPDATE standing SET turn = turn + 1, tasks = x'" + hex + "', timer_at = " +
                       std::to_string(at_minute(until).time_since_epoch().count()) +
                       " WHERE no = " + std::to_string(cases.size()))
                          .c_str());
    return path;
}

std::size_t late(store& keep, int minute) {
    return keep.query_cases("main", {.overdue_at = at_minute(minute)}, {}, 10).value().rows.size();
}

}  // namespace

TEST_CASE("a file of the first schema is what the first schema made") {
    folder in;
    const std::string made = in.file("b.db");
    as_stranger(made, quytrinh::detail::sqlite::create_schema);
    CHECK_EQ(as_stranger(of_schema_1(in), objects), as_stranger(made, objects));
}

TEST_CASE("an older file is brought up to date when it is opened for writing") {
    folder in;
    const std::string path = of_schema_1(in);
    {
        auto keep = open_sqlite(path, {.create = false}).value();
        CHECK_EQ(keep->caps().schema, 4);
        CHECK_EQ(late(*keep, 5), 1);
        CHECK_EQ(tasks_of(*keep).size(), 2);
        scribe more{*keep, "more"};
        REQUIRE(more.put(*keep, "a").what == committed);
    }
    CHECK_EQ(as_stranger(path, number), "4\n");
    CHECK_EQ(as_stranger(path, "PRAGMA integrity_check"), "ok\n");
    // It cannot be told from a file that was made so.
    const std::string fresh = in.file("b.db");
    open_sqlite(fresh).value().reset();
    CHECK_EQ(as_stranger(path, objects), as_stranger(fresh, objects));
    auto again = open_sqlite(path).value();
    CHECK_EQ(late(*again, 9), 2);
}

TEST_CASE("timers of an older file are due when they were, and what was claimed there is free") {
    folder in;
    const std::string path = of_schema_2(in, {"a", "b", "c"}, 40);
    {
        auto keep = open_sqlite(path, {.manual_clock = at_minute(14)}).value();
        CHECK(claim(*keep, work_kind::timer).empty());
        REQUIRE(keep->set_clock(at_minute(15)));
        const auto due = claim(*keep, work_kind::timer);
        REQUIRE_EQ(due.size(), 3);
        CHECK_EQ(due[2].key, "c/1.1");
        // Who had claimed it before is too late, who has it now is not.
        auto stale = due[2];
        stale.fence = (std::uint64_t{1} << 40) + 7;
        CHECK_FALSE(*keep->settle("main", stale));
        for (const auto& item : due) CHECK(*keep->settle("main", item));
        CHECK(claim(*keep, work_kind::timer).empty());
    }
    CHECK_EQ(as_stranger(path, "PRAGMA integrity_check"), "ok\n");
    CHECK_EQ(as_stranger(path, "SELECT count(*) FROM moment UNION ALL SELECT count(*) FROM lease"),
             "0\n0\n");
}

TEST_CASE("lists of an older file are as they were, for who looks and for who writes") {
    folder in;
    const std::string path = in.file("a.db");
    {
        auto keep = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
        for (int i = 0; i < 40; ++i) {
            scribe of{*keep, "c" + std::to_string(i * 7 % 40)};
            auto batch = of.next("a");
            batch.put_tasks = {of.task("2"), of.task("1", 300), of.task("1", 300, 1),
                               of.task("10", 70'000)};
            batch.put_tasks[0].overdue = i % 3 == 0;
            batch.put_tasks[1].person = "nv0" + std::to_string(i % 4);
            batch.put_tasks[2].as = relation::inform;
            for (std::size_t t = 0; t < 3; ++t)
                batch.put_tasks[t].due_before =
                    t == 0 ? instant{std::chrono::hours{-i % 5}} : at_minute(i % 6);
            REQUIRE(of.put(*keep, batch).what == committed);
        }
    }
    const std::vector<task_query> questions{
        {}, {.unit = "ĐVTH"}, {.person = "nv02"}, {.as = relation::inform}, {.overdue_only = true}};
    const auto all_of = [&](store& keep) {
        std::vector<strings> out;
        for (const auto& question : questions) {
            strings names;
            std::string cursor;
            do {
                const auto page = keep.query_tasks("main", question, cursor, 7).value();
                for (const auto& name : names_of(page.rows)) names.push_back(name);
                cursor = page.next;
            } while (!cursor.empty());
            out.push_back(std::move(names));
        }
        return out;
    };
    const auto look = [&] {
        return open_sqlite(path, {.manual_clock = at_minute(0), .read_only = true}).value();
    };
    const auto wanted = all_of(*look());
    CHECK_EQ(wanted[0].size(), 160);
    back_to_schema_2(path);
    auto looking = look();
    CHECK_EQ(looking->caps().schema, 2);
    CHECK(all_of(*looking) == wanted);
    auto writing = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
    CHECK(all_of(*writing) == wanted);
    CHECK(all_of(*looking) == wanted);
}

TEST_CASE("places in lists compare as what they say") {
    using quytrinh::detail::sqlite::place_in_list;
    std::vector<std::tuple<std::int64_t, std::int64_t, std::string, std::string, std::uint32_t,
                           std::uint32_t>>
        said;
    for (const std::int64_t list : {1, 255, 256, 70'000})
        for (const std::int64_t due : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX})
            for (const char* of : {"a", "a\1", "a\1\1", "a\2", "a b", "ab", "\xFF\xFE"})
                for (const auto& step :
                     {std::string{"1"}, std::string{"1\0", 2}, std::string{"1\0a", 3},
                      std::string{"10"}, std::string{"\xFF\xFE"}})
                    for (const std::uint32_t round : {0u, 1u, 256u, UINT32_MAX})
                        said.emplace_back(list, due, of, step, round, round / 2);
    CHECK(std::is_sorted(said.begin(), said.end()));
    std::string before;
    for (const auto& [list, due, of, step, round, n] : said) {
        const std::string place = place_in_list(list, due, of, step, round, n);
        CHECK(before < place);
        const auto read = read_place(place);
        CHECK(std::tuple{read.list, read.due, read.of, read.task.step, read.task.round, read.n} ==
              std::tuple{list, due, of, step, round, n});
        CHECK(quytrinh::detail::sqlite::front_of_list(list) < place);
        CHECK(place < quytrinh::detail::sqlite::front_of_list(list + 1));
        CHECK_THROWS_AS((void)read_place(place + "x"), quytrinh::detail::sqlite::bad_row);
        for (std::size_t end = 0; end < place.size(); ++end)
            CHECK_THROWS_AS((void)read_place(std::string_view{place}.substr(0, end)),
                            quytrinh::detail::sqlite::bad_row);
        before = place;
    }
}

TEST_CASE("a process of the version before fails with its next write rather than lose a timer") {
    // It has prepared its statements, and prepares them again when the schema has changed.
    folder in;
    const std::string path = of_schema_2(in, {"a"}, 15);
    sqlite3* before = nullptr;
    sqlite3_stmt* claims = nullptr;
    REQUIRE_EQ(sqlite3_open(path.c_str(), &before), SQLITE_OK);
    REQUIRE_EQ(
        sqlite3_prepare_v2(before, "UPDATE standing SET timer_at = NULL", -1, &claims, nullptr),
        SQLITE_OK);
    REQUIRE_EQ(sqlite3_step(claims), SQLITE_DONE);
    sqlite3_reset(claims);
    CHECK(open_sqlite(path, {.manual_clock = at_minute(0)}));
    CHECK_EQ(sqlite3_step(claims), SQLITE_ERROR);
    sqlite3_finalize(claims);
    sqlite3_close(before);
}

TEST_CASE("timers of the third schema are due when they were, with their cases or without") {
    // There a claim asked `cases` whether a case was quarantined; here the moment that was noted
    // says so, and the id of the case lies beside the moment.
    folder in;
    const std::string path = in.file("a.db");
    {
        auto keep = open_sqlite(path, {.manual_clock = at_minute(0)}).value();
        for (const char* id : {"a", "b", "c", "d"}) {
            scribe of{*keep, id};
            auto batch = of.next("a");
            batch.put_tasks = {of.task("1")};
            batch.put_tasks[0].timer_at = at_minute(id[0] - 'a');
            REQUIRE(of.put(*keep, batch).what == committed);
        }
        // One is claimed for a long time, one is set apart.
        REQUIRE_EQ(keep->claim_due("main", work_kind::timer, 9, std::chrono::hours{1}, "w")->size(),
                   1);
        REQUIRE(keep->quarantine("main", case_id{"b"}, "?"));
    }
    // As if the quarantine had left the moment where it was, and as if a row of tasks were broken.
    as_stranger(path,
                "UPDATE standing SET noted_at = 1 WHERE no = 2;"
                "UPDATE standing SET tasks = x'FF' WHERE no = 4");
    back_to_schema_3(path);
    const std::string looked_at = in.file("copy.db");
    {
        // Whoever only looks copies it as it is.
        auto keep = open_sqlite(path, {.manual_clock = at_minute(0), .read_only = true}).value();
        CHECK_EQ(keep->caps().schema, 3);
        REQUIRE(backup_sqlite(*keep, looked_at));
    }
    for (const auto& at : {path, looked_at}) {
        CAPTURE(at);
        auto keep = open_sqlite(at, {.manual_clock = at_minute(0)}).value();
        REQUIRE(keep->set_clock(at_minute(5)));
        const auto due = claim(*keep, work_kind::timer);
        CHECK_EQ(keys_of(due), strings{"a/1.1", "c/1.1"});
        for (const auto& item : due) CHECK(*keep->settle("main", item));
        // The end of the lease was noted too: whoever meets it puts it right.
        REQUIRE(keep->set_clock(at_minute(90)));
        CHECK(claim(*keep, work_kind::timer).empty());
        CHECK(keep->read("main", case_id{"d"}, {})->head->status == stored_status::quarantined);
        keep.reset();
        CHECK_EQ(
            as_stranger(at, "SELECT count(*) FROM moment UNION ALL SELECT count(*) FROM lease"),
            "0\n0\n");
        CHECK_EQ(as_stranger(at, "PRAGMA integrity_check"), "ok\n");
        const std::string fresh = in.file("fresh.db");
        open_sqlite(fresh).value().reset();
        CHECK_EQ(as_stranger(at, objects), as_stranger(fresh, objects));
    }
}

TEST_CASE("who only looks reads an older file as it is") {
    folder in;
    const std::string path = of_schema_1(in);
    const std::string before = bytes_of(path);
    {
        auto keep = open_sqlite(path, {.read_only = true}).value();
        CHECK_EQ(keep->caps().schema, 1);
        CHECK_EQ(late(*keep, 5), 1);
        // A copy is of the same schema.
        REQUIRE(backup_sqlite(*keep, in.file("copy.db")));
    }
    CHECK(bytes_of(path) == before);
    CHECK_EQ(as_stranger(in.file("copy.db"), number), "1\n");
    CHECK(open_sqlite(in.file("copy.db")));
}

TEST_CASE("who looks goes on looking while somebody else brings the file up to date") {
    folder in;
    const std::string path = of_schema_1(in);
    auto looking = open_sqlite(path, {.read_only = true}).value();
    CHECK_EQ(late(*looking, 5), 1);
    auto writing = open_sqlite(path).value();
    scribe of{*writing, "third"};
    auto batch = of.next("a");
    batch.head.due_before = at_minute(2);
    REQUIRE(of.put(*writing, batch).what == committed);
    CHECK_EQ(late(*looking, 5), 2);
    CHECK_EQ(late(*writing, 5), 2);
}

TEST_CASE("a number that does not fit what is in the file is refused, whichever way") {
    for (const char* change :
         {"PRAGMA user_version = 2", "PRAGMA user_version = 4", "DROP INDEX cases_opened",
          "CREATE INDEX cases_due ON cases(tenant, due_before, id) WHERE due_before IS NOT NULL "
          "AND status = 0"}) {
        CAPTURE(change);
        folder in;
        const std::string path = of_schema_1(in);
        as_stranger(path, change);
        const std::string before = bytes_of(path);
        const auto opened = open_sqlite(path);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == errc::store_corrupt);
        CHECK(bytes_of(path) == before);
    }
}
