// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_upgrade.cpp: files of an earlier schema: brought up to date by whoever opens
// them for writing, read as they are by whoever only looks.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"
#include "store/folder.hpp"

#include "../../src/store/sqlite/schema.hpp"

#include <sqlite3.h>

#include <filesystem>

using namespace quytrinh_tests;
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
    as_stranger(path, "DROP INDEX cases_due; PRAGMA user_version = 1;");
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
        CHECK_EQ(keep->caps().schema, 2);
        CHECK_EQ(late(*keep, 5), 1);
        CHECK_EQ(tasks_of(*keep).size(), 2);
        scribe more{*keep, "more"};
        REQUIRE(more.put(*keep, "a").what == committed);
    }
    CHECK_EQ(as_stranger(path, number), "2\n");
    CHECK_EQ(as_stranger(path, "PRAGMA integrity_check"), "ok\n");
    // It cannot be told from a file that was made so.
    const std::string fresh = in.file("b.db");
    open_sqlite(fresh).value().reset();
    CHECK_EQ(as_stranger(path, objects), as_stranger(fresh, objects));
    auto again = open_sqlite(path).value();
    CHECK_EQ(late(*again, 9), 2);
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
         {"PRAGMA user_version = 2", "DROP INDEX cases_opened",
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
