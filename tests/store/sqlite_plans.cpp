// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_plans.cpp: every statement runs along an index: none reads a whole table, none
// sorts. That is what keeps a page of fifty tasks among a million at less than a millisecond.
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/procedure.hpp>

#include "../../src/store/sqlite/schema.hpp"

#include <sqlite3.h>

#include <cstring>
#include <map>
#include <set>
#include <string>
#include <string_view>

using namespace quytrinh::detail::sqlite;

namespace {

struct database {
    explicit database(int steps = 99) {
        sqlite3_open(":memory:", &db);
        sqlite3_exec(db, create_schema, nullptr, nullptr, nullptr);
        for (const auto& step : schema_steps)
            if (--steps >= 0)
                for (const char* part : {step.make, step.end})
                    REQUIRE_EQ(sqlite3_exec(db, part, nullptr, nullptr, nullptr), SQLITE_OK);
    }
    ~database() { sqlite3_close(db); }
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    std::string plan_of(const std::string& text) {
        std::string out;
        sqlite3_stmt* asked = nullptr;
        REQUIRE_EQ(
            sqlite3_prepare_v2(db, ("EXPLAIN QUERY PLAN " + text).c_str(), -1, &asked, nullptr),
            SQLITE_OK);
        while (sqlite3_step(asked) == SQLITE_ROW)
            out += std::string{reinterpret_cast<const char*>(sqlite3_column_text(asked, 3))} + '\n';
        sqlite3_finalize(asked);
        return out;
    }

    sqlite3* db = nullptr;
};

const char* const names[] = {
#define QUYTRINH_STATEMENT(name, text) #name,
#include "../../src/store/sqlite/statements.inc"
#undef QUYTRINH_STATEMENT
};

/// Statements for files of the second schema are planned in one.
std::string plan_of(std::size_t statement) {
    static database now, before(1);
    const bool older = std::string_view{names[statement]}.ends_with("_2");
    return (older ? before : now).plan_of(text_of_sql[statement]);
}

}  // namespace

TEST_CASE("no statement reads a whole table or sorts what it finds") {
    // Read once when a store is opened or copied: nothing, or a whole table, by design.
    const std::set<std::string> whole{"objects", "drop_leases", "drop_timer_leases",
                                      "count_pending"};
    for (std::size_t i = 0; i < std::size(text_of_sql); ++i) {
        const std::string text = text_of_sql[i];
        if (text.starts_with("BEGIN") || text == "COMMIT" || text == "ROLLBACK" ||
            whole.contains(names[i]))
            continue;
        const std::string plan = plan_of(i);
        CAPTURE(std::string{names[i]});
        CAPTURE(plan);
        CHECK_EQ(plan.find("SCAN"), std::string::npos);
        // A case has few tasks; they alone are sorted.
        if (std::string{names[i]} != "tasks_of_case")
            CHECK_EQ(plan.find("TEMP B-TREE"), std::string::npos);
    }
}

TEST_CASE("lists and due work run along the indexes made for them") {
    const std::map<std::string, std::string> wanted{
        {"waiting", "w USING PRIMARY KEY (place>? AND place<?)"},
        {"waiting_2", "i USING PRIMARY KEY (list=? AND (due,case_id,step,round,n)>"},
        {"drop_waiting", "waiting USING PRIMARY KEY (place=?)"},
        {"lists_of_unit", "(tenant=? AND unit=?"},
        {"lists_of_role", "list_role (tenant=? AND role=? AND person=?"},
        {"list_of_person", "(tenant=? AND unit=? AND role=? AND person=?"},
        {"any_timer", "moment USING PRIMARY KEY (tenant=? AND at<"},
        {"due_timers", "m USING PRIMARY KEY (tenant=? AND at<"},
        {"drop_moment", "moment USING PRIMARY KEY (tenant=? AND at=? AND no=?)"},
        {"drop_moments", "moment USING PRIMARY KEY (tenant=? AND (at,no)<(?,?))"},
        {"leases_of_case", "lease USING PRIMARY KEY (no=?)"},
        {"with_lease", "l USING PRIMARY KEY (no>?)"},
        {"due_notices", "standing_notice (tenant=? AND notice_at>? AND notice_at<"},
        {"due_links", "standing_link (tenant=? AND link_at>? AND link_at<"},
        {"move", "INTEGER PRIMARY KEY (rowid=?)"},
        {"history", "INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
        {"entries_of_case", "PRIMARY KEY (case_no=?)"},
        {"entries_with", "PRIMARY KEY (case_no=? AND (seq,n)<"},
        {"cases_of_all", "cases_opened (tenant=? AND (opened_at,id)<"},
        {"cases_of_procedure", "cases_procedure (tenant=? AND procedure=? AND (opened_at,id)<"},
        {"cases_of_status", "cases_status (tenant=? AND status=? AND (opened_at,id)<"},
        {"cases_overdue", "cases_due (tenant=? AND (due_before,id)>(?,?) AND due_before<"},
        {"case_of_reference", "cases_reference (tenant=? AND reference=?"},
        {"aside_page", "outbox_aside"},
    };
    std::size_t seen = 0;
    for (std::size_t i = 0; i < std::size(text_of_sql); ++i) {
        const auto want = wanted.find(names[i]);
        if (want == wanted.end()) continue;
        ++seen;
        const std::string plan = plan_of(i);
        CAPTURE(std::string{names[i]});
        CAPTURE(plan);
        CHECK_NE(plan.find(want->second), std::string::npos);
    }
    CHECK_EQ(seen, wanted.size());
}

TEST_CASE("statements are constant text with marks for values") {
    for (std::size_t i = 0; i < std::size(text_of_sql); ++i) {
        CAPTURE(std::string{names[i]});
        // Quotation marks hold nothing but the empty text and what the schema itself names.
        const std::string text = text_of_sql[i];
        for (std::size_t at = text.find('\''); at != std::string::npos;
             at = text.find('\'', at + 1)) {
            const std::size_t end = text.find('\'', at + 1);
            REQUIRE_NE(end, std::string::npos);
            const std::string inside = text.substr(at + 1, end - at - 1);
            CHECK((inside.empty() || inside == "sqlite_stat1" || inside == "sqlite_stat4"));
            at = end;
        }
    }
}
