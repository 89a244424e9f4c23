// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/schema.hpp: private. The tables, and every statement that is ever run. All of it
// is constant text: values are bound, names never come from outside.
//
// WARNING: tables are persisted. A change of them is a new schema number with a migration.
#pragma once

namespace quytrinh::detail::sqlite {

/// "QUYT", in the header of the file.
inline constexpr int application_id = 0x51555954;
/// PRAGMA user_version.
inline constexpr int schema_version = 1;

// How rows lie:
//  * A case has a number of its own; other tables use it, so ids of 26 bytes are written once. The
//    number is given in the order of opening.
//  * An event's key is number × 2^20 + seq: one integer, one lookup, and the events of a case lie
//  together.
//    A case has at most 500,000 events.
//  * Notices and links of a case are two queues of which only the front is offered: when, and under
//  which
//    lease, stands in the case itself (notice_*, link_*), so that thousands of entries behind a
//    failing one are never looked at.
//  * A task row carries its own due and timer. A task without a due has the largest one, which
//  sorts
//    last. There is no index over all tasks: a list of all is merged from those of the units, since
//    every index more is written twice in every step.
//  * Numbers of cases in other tables are not declared as references: every write would look the
//  case up again
//    for each of its rows, although it has just read or made it.
//  * A fence is epoch × 2^40 + a counter in meta.
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
    tenant INTEGER NOT NULL REFERENCES tenant,
    id TEXT NOT NULL,
    procedure TEXT NOT NULL,
    definition BLOB NOT NULL,
    version INTEGER NOT NULL,
    hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    end_kind TEXT NOT NULL,
    reference TEXT,
    opener_unit TEXT NOT NULL,
    opener_person TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    due_before INTEGER,
    history_bytes INTEGER NOT NULL,
    quarantine TEXT,
    notice_at INTEGER,
    notice_fence INTEGER NOT NULL DEFAULT 0,
    notice_seq INTEGER NOT NULL DEFAULT 0,
    notice_n INTEGER NOT NULL DEFAULT 0,
    link_at INTEGER,
    link_fence INTEGER NOT NULL DEFAULT 0,
    link_seq INTEGER NOT NULL DEFAULT 0,
    link_n INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tenant, id)
) STRICT;
CREATE UNIQUE INDEX cases_reference ON cases(tenant, reference) WHERE reference IS NOT NULL;
CREATE INDEX cases_opened ON cases(tenant, opened_at, id);
CREATE INDEX cases_procedure ON cases(tenant, procedure, opened_at, id);
CREATE INDEX cases_status ON cases(tenant, status, opened_at, id);
CREATE INDEX cases_notice ON cases(tenant, notice_at, id) WHERE notice_at IS NOT NULL;
CREATE INDEX cases_link ON cases(tenant, link_at, id) WHERE link_at IS NOT NULL;
CREATE TABLE event(
    key INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    header BLOB NOT NULL,
    salt BLOB NOT NULL,
    payload BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TABLE command(
    case_no INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind INTEGER NOT NULL,
    digest BLOB NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    result BLOB NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshot(
    case_no INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    format INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;
CREATE TABLE task(
    case_no INTEGER NOT NULL,
    step TEXT NOT NULL,
    round INTEGER NOT NULL,
    n INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    relation INTEGER NOT NULL,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    overdue INTEGER NOT NULL,
    consultation INTEGER NOT NULL,
    timer_at INTEGER,
    offered_at INTEGER,
    fence INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (case_no, step, round, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_unit ON task(tenant, unit, due, case_id, step, round, n);
CREATE INDEX task_role ON task(tenant, role, due, case_id, step, round, n) WHERE role <> unit;
CREATE INDEX task_person ON task(tenant, person, due, case_id, step, round, n) WHERE person <> '';
CREATE INDEX task_timer ON task(tenant, offered_at, case_id, step, round)
  WHERE offered_at IS NOT NULL;
CREATE TABLE outbox(
    case_no INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    body BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    aside INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (case_no, seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_aside ON outbox(tenant, case_no, seq, n) WHERE aside <> 0;
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
