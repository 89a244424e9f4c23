// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/schema.hpp: private. The tables, and every statement that is ever run. All of it
// is constant text: values are bound, names never come from outside.
//
// WARNING: tables are persisted. A change of them is a new schema number with a migration.
#pragma once

#include <iterator>

namespace quytrinh::detail::sqlite {

/// "QUYT", in the header of the file.
inline constexpr int application_id = 0x51555954;
/// PRAGMA user_version.
inline constexpr int schema_version = 4;
/// From here on a claim of timers is written apart from the case.
inline constexpr int first_with_leases = 3;
/// From here on lists of tasks have one key.
inline constexpr int first_with_places = 3;
/// From here on a moment names its case.
inline constexpr int first_with_moments = 4;

// How rows lie. A command of a case changes few rows, and each of them in one place:
//
//   one row more in `history`     the command: its digest, its result and all its events
//   one row more in `command`     its id, unique in the case, and where it stands in `history`
//   one row changed in `standing` all of the case that changes with a command
//   rows of `waiting`             one fewer or more for each party whose list of tasks changes
//   rows of `moment`              when the case must be looked at earlier than was noted
//   one row more in `outbox`      when there is something to send
//
//  * cases: what of a case seldom changes, with the indexes that lists of cases run along (that of
//    cases past their own limit holds only those that have one and are open). The
//    number `no` is given in the order of opening; other tables use it, so that ids of 26 bytes are
//    written once. Numbers of cases in other tables are not declared as references: every write
//    would look the case up again for each of its rows, although it has just read or made it.
//  * standing: version, hash, length and open tasks of a case; when the front of its two queues
//    (notices, links) is offered, and under which lease. `tasks` holds every entry of every open
//    task (standing.cpp says how it is packed). `turn` counts what changes beside the version
//    (leases of queues, a quarantine): a writer who finds version and turn as remembered knows all
//    the rest without reading it.
//  * moment: when a case must be looked at for its timers. No timer of a case is due before the
//    first of its moments. A moment may be too early, since a task that ends in time takes its
//    timer along and leaves the moment behind; the claim that meets it puts it right. noted_at in
//    `standing` is the one that the last writer of the case noted: it is there for certain as long
//    as it has not passed, because nobody but a claim takes a moment away that another noted, and
//    a claim takes those only that have passed. A case with a timer has one; that of a case that
//    is quarantined is NULL, so that a claim need not ask `cases`. For the same reason a moment
//    spells the id of its case: fifty due timers are fifty cases, and of each one page is read
//    instead of two.
//  * lease: timers that somebody has claimed. A claim writes here and in `moment`, where rows of
//    one time lie together, and leaves the cases alone: claiming fifty timers of fifty cases
//    changes a few pages, not fifty. A lease is good for the entry it was given for: `since` is
//    the version of the case that put that entry there.
//  * history: the key is number × 2^20 + number of the first event: one integer, one lookup, and a
//    case lies together. A case has at most 500,000 events. A command with very many or large
//    events goes on in further rows, without digest and result. Rows are added, never changed.
//  * list: whose list of tasks: a unit in a role, or a person. A few for each procedure, never
//    removed.
//  * waiting: the lists themselves, in the order they are shown: by due (a task without one has the
//    largest), case, task. All of that is one key of bytes that compare as the values do
//    (rows.hpp), so that finding a place compares bytes once. `task` is what is filtered by (the
//    number of the case × 16 + relation × 2 + overdue); the rest stands in `standing`. There is no
//    index over all tasks: a list of all is merged from those of the units.
//  * outbox: what one command sends, in one row, until it is delivered. Of a case's queue only the
//    front is offered, so that thousands of entries behind a failing one are never looked at.
//  * snapshot: a cache, one a case.
//  * A fence is epoch × 2^40 + a counter in meta.
///
/// This is schema 1, as it will always stand: a file is made by it and all of the steps after it,
/// so that one that was brought up to date cannot be told from one that was made so.
inline constexpr const char* create_schema = R"sql(
CREATE TABLE meta(
    one INTEGER PRIMARY KEY CHECK (one = 1),
    store_id BLOB NOT NULL,
    format INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    clock_kind INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    opened INTEGER NOT NULL
) STRICT;
CREATE TABLE tenant(
    no INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE definition(
    no INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenant,
    hash BLOB NOT NULL,
    code TEXT NOT NULL,
    closed TEXT NOT NULL,
    UNIQUE (tenant, hash)
) STRICT;
CREATE TABLE cases(
    no INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    id TEXT NOT NULL,
    procedure TEXT NOT NULL,
    definition INTEGER NOT NULL,
    status INTEGER NOT NULL,
    end_kind TEXT NOT NULL,
    reference TEXT,
    opener_unit TEXT NOT NULL,
    opener_person TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    due_before INTEGER,
    quarantine TEXT,
    UNIQUE (tenant, id)
) STRICT;
CREATE UNIQUE INDEX cases_reference ON cases(tenant, reference) WHERE reference IS NOT NULL;
CREATE INDEX cases_opened ON cases(tenant, opened_at, id);
CREATE INDEX cases_procedure ON cases(tenant, procedure, opened_at, id);
CREATE INDEX cases_status ON cases(tenant, status, opened_at, id);
CREATE TABLE standing(
    no INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    version INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    hash BLOB NOT NULL,
    last_at INTEGER NOT NULL,
    history_bytes INTEGER NOT NULL,
    tasks BLOB NOT NULL,
    timer_at INTEGER,
    notice_at INTEGER,
    notice_fence INTEGER NOT NULL,
    notice_seq INTEGER NOT NULL,
    notice_n INTEGER NOT NULL,
    link_at INTEGER,
    link_fence INTEGER NOT NULL,
    link_seq INTEGER NOT NULL,
    link_n INTEGER NOT NULL
) STRICT;
CREATE INDEX standing_timer ON standing(tenant, timer_at) WHERE timer_at IS NOT NULL;
CREATE INDEX standing_notice ON standing(tenant, notice_at) WHERE notice_at IS NOT NULL;
CREATE INDEX standing_link ON standing(tenant, link_at) WHERE link_at IS NOT NULL;
CREATE TABLE history(
    key INTEGER PRIMARY KEY,
    kind INTEGER,
    digest BLOB,
    result BLOB,
    events BLOB NOT NULL
) STRICT;
CREATE TABLE command(
    case_no INTEGER NOT NULL,
    id TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshot(
    case_no INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    format INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;
CREATE TABLE list(
    no INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    person TEXT NOT NULL,
    UNIQUE (tenant, unit, role, person)
) STRICT;
CREATE INDEX list_role ON list(tenant, role, person, unit);
CREATE TABLE inbox(
    list INTEGER NOT NULL,
    due INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    step TEXT NOT NULL,
    round INTEGER NOT NULL,
    n INTEGER NOT NULL,
    case_no INTEGER NOT NULL,
    relation INTEGER NOT NULL,
    overdue INTEGER NOT NULL,
    PRIMARY KEY (list, due, case_id, step, round, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox(
    case_no INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    aside INTEGER NOT NULL,
    entries BLOB NOT NULL,
    PRIMARY KEY (case_no, seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_aside ON outbox(tenant, case_no, seq, n) WHERE aside > 0;
CREATE TABLE refusal(
    tenant INTEGER NOT NULL REFERENCES tenant,
    case_id TEXT NOT NULL,
    minute INTEGER NOT NULL,
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    rule INTEGER NOT NULL,
    command TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (tenant, case_id, minute, unit, person, rule)
) STRICT, WITHOUT ROWID;
)sql";

/// From one schema number to the next. In a file that has rows they are carried over in between.
struct schema_step {
    const char* make;
    const char* carry_over;
    const char* end;
};
inline constexpr schema_step schema_steps[] = {
    // 2: open cases by their own limit, for those that are past it.
    {"CREATE INDEX cases_due ON cases(tenant, due_before, id) WHERE due_before IS NOT NULL AND "
     "status "
     "= 0",
     "", ""},
    // 3: timers by their moment, and who has claimed them, apart from the cases; lists of tasks by
    // one key. The column has a new name so that a process of the version before, which may have
    // the file open, fails with its next write instead of leaving timers out.
    {"CREATE TABLE timer(tenant INTEGER NOT NULL, at INTEGER NOT NULL, no INTEGER NOT NULL, "
     "PRIMARY KEY (tenant, at, no)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE lease(no INTEGER NOT NULL, step TEXT NOT NULL, round INTEGER NOT NULL, "
     "since INTEGER NOT NULL, fence INTEGER NOT NULL, until INTEGER NOT NULL, "
     "PRIMARY KEY (no, step, round)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE waiting(place BLOB NOT NULL PRIMARY KEY, task INTEGER NOT NULL) "
     "STRICT, WITHOUT ROWID",
     "INSERT INTO timer SELECT tenant, timer_at, no FROM standing WHERE timer_at IS NOT NULL;"
     "INSERT INTO waiting SELECT quytrinh_place(list, due, case_id, step, round, n), "
     "(case_no << 4) | (relation << 1) | (overdue <> 0) FROM inbox",
     "DROP TABLE inbox; DROP INDEX standing_timer;"
     "ALTER TABLE standing RENAME COLUMN timer_at TO noted_at"},
    // 4: a moment names its case. The table has a new name for the reason above.
    {"CREATE TABLE moment(tenant INTEGER NOT NULL, at INTEGER NOT NULL, no INTEGER NOT NULL, "
     "id TEXT NOT NULL, PRIMARY KEY (tenant, at, no)) STRICT, WITHOUT ROWID",
     "INSERT INTO moment SELECT t.tenant, t.at, t.no, c.id FROM timer t "
     "CROSS JOIN cases c ON c.no = t.no;"
     "UPDATE standing SET turn = turn + 1, noted_at = NULL WHERE noted_at IS NOT NULL AND no IN "
     "(SELECT no FROM cases WHERE quarantine IS NOT NULL)",
     "DROP TABLE timer"},
};
static_assert(std::size(schema_steps) == schema_version - 1);

/// Statements that are prepared once a connection. ?1, ?2… are the values in the order they are
/// bound.
enum class sql : unsigned {
#define QUYTRINH_STATEMENT(name, text) name,
#include "statements.inc"
#undef QUYTRINH_STATEMENT
    count_of_statements
};

inline constexpr const char* text_of_sql[] = {
#define QUYTRINH_STATEMENT(name, text) text,
#include "statements.inc"
#undef QUYTRINH_STATEMENT
};

}  // namespace quytrinh::detail::sqlite
