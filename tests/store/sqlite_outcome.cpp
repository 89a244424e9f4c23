// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite_outcome.cpp: every result code of SQLite has a meaning to a store.
#include <quytrinh/store/store.hpp>

#include "../../src/store/sqlite/file.hpp"
#include "../../src/store/sqlite/outcome.hpp"

#include <doctest/doctest.h>

#include <sqlite3.h>

#include <cerrno>

using namespace quytrinh;
using detail::sqlite::failure;
using detail::sqlite::reason_of;

namespace {

struct row {
    int code;
    errc reason;
};

constexpr row table[] = {
    {SQLITE_BUSY, errc::store_busy},
    {SQLITE_BUSY_RECOVERY, errc::store_busy},
    {SQLITE_BUSY_SNAPSHOT, errc::store_busy},
    {SQLITE_BUSY_TIMEOUT, errc::store_busy},
    {SQLITE_LOCKED, errc::store_busy},
    {SQLITE_LOCKED_SHAREDCACHE, errc::store_busy},
    {SQLITE_LOCKED_VTAB, errc::store_busy},
    {SQLITE_PROTOCOL, errc::store_busy},
    {SQLITE_IOERR_BLOCKED, errc::store_busy},
    {SQLITE_IOERR_LOCK, errc::store_busy},
    {SQLITE_FULL, errc::store_full},
    {SQLITE_READONLY, errc::store_readonly},
    {SQLITE_READONLY_RECOVERY, errc::store_readonly},
    {SQLITE_READONLY_CANTLOCK, errc::store_readonly},
    {SQLITE_READONLY_ROLLBACK, errc::store_readonly},
    {SQLITE_READONLY_CANTINIT, errc::store_readonly},
    {SQLITE_READONLY_DIRECTORY, errc::store_readonly},
    {SQLITE_READONLY_DBMOVED, errc::store_unavailable},
    {SQLITE_PERM, errc::store_readonly},
    {SQLITE_CANTOPEN, errc::store_unavailable},
    {SQLITE_CANTOPEN_NOTEMPDIR, errc::store_unavailable},
    {SQLITE_CANTOPEN_ISDIR, errc::store_unavailable},
    {SQLITE_CANTOPEN_FULLPATH, errc::store_unavailable},
    {SQLITE_CANTOPEN_CONVPATH, errc::store_unavailable},
    {SQLITE_CANTOPEN_DIRTYWAL, errc::store_unavailable},
    {SQLITE_CANTOPEN_SYMLINK, errc::store_unavailable},
    {SQLITE_IOERR_ACCESS, errc::store_unavailable},
    {SQLITE_CORRUPT, errc::store_corrupt},
    {SQLITE_CORRUPT_VTAB, errc::store_corrupt},
    {SQLITE_CORRUPT_SEQUENCE, errc::store_corrupt},
    {SQLITE_CORRUPT_INDEX, errc::store_corrupt},
    {SQLITE_NOTADB, errc::store_corrupt},
    {SQLITE_IOERR_CORRUPTFS, errc::store_corrupt},
    {SQLITE_IOERR_DATA, errc::store_corrupt},
    {SQLITE_NOMEM, errc::out_of_memory},
    {SQLITE_IOERR_NOMEM, errc::out_of_memory},
    {SQLITE_TOOBIG, errc::limit_exceeded},
    {SQLITE_IOERR, errc::store_internal},
    {SQLITE_IOERR_READ, errc::store_internal},
    {SQLITE_IOERR_SHORT_READ, errc::store_internal},
    {SQLITE_IOERR_WRITE, errc::store_internal},
    {SQLITE_IOERR_FSYNC, errc::store_internal},
    {SQLITE_IOERR_DIR_FSYNC, errc::store_internal},
    {SQLITE_IOERR_TRUNCATE, errc::store_internal},
    {SQLITE_IOERR_FSTAT, errc::store_internal},
    {SQLITE_IOERR_UNLOCK, errc::store_internal},
    {SQLITE_IOERR_RDLOCK, errc::store_internal},
    {SQLITE_IOERR_DELETE, errc::store_internal},
    {SQLITE_IOERR_CHECKRESERVEDLOCK, errc::store_internal},
    {SQLITE_IOERR_CLOSE, errc::store_internal},
    {SQLITE_IOERR_SHMOPEN, errc::store_internal},
    {SQLITE_IOERR_SHMSIZE, errc::store_internal},
    {SQLITE_IOERR_SHMLOCK, errc::store_internal},
    {SQLITE_IOERR_SHMMAP, errc::store_internal},
    {SQLITE_IOERR_SEEK, errc::store_internal},
    {SQLITE_IOERR_MMAP, errc::store_internal},
    {SQLITE_IOERR_GETTEMPPATH, errc::store_internal},
    {SQLITE_IOERR_BEGIN_ATOMIC, errc::store_internal},
    {SQLITE_IOERR_COMMIT_ATOMIC, errc::store_internal},
    {SQLITE_ERROR, errc::store_internal},
    {SQLITE_ERROR_SNAPSHOT, errc::store_internal},
    {SQLITE_INTERNAL, errc::store_internal},
    {SQLITE_ABORT, errc::store_internal},
    {SQLITE_ABORT_ROLLBACK, errc::store_internal},
    {SQLITE_INTERRUPT, errc::store_too_slow},
    {SQLITE_SCHEMA, errc::store_internal},
    {SQLITE_CONSTRAINT, errc::store_internal},
    {SQLITE_CONSTRAINT_UNIQUE, errc::store_internal},
    {SQLITE_CONSTRAINT_PRIMARYKEY, errc::store_internal},
    {SQLITE_CONSTRAINT_DATATYPE, errc::store_internal},
    {SQLITE_MISMATCH, errc::store_internal},
    {SQLITE_MISUSE, errc::store_internal},
    {SQLITE_NOLFS, errc::store_internal},
    {SQLITE_AUTH, errc::store_internal},
    {SQLITE_RANGE, errc::store_internal},
    {SQLITE_EMPTY, errc::store_internal},
    {SQLITE_FORMAT, errc::store_internal},
    {SQLITE_NOTFOUND, errc::store_internal},
};

}  // namespace

TEST_CASE("result codes mean what they should") {
    for (const auto& one : table) {
        CAPTURE(one.code);
        CHECK(reason_of({one.code, 0}) == one.reason);
        CHECK_EQ(detail::sqlite::is_corruption({one.code, 0}), one.reason == errc::store_corrupt);
    }
}

TEST_CASE("a code of a later SQLite means what its primary code means") {
    CHECK(reason_of({SQLITE_BUSY | (77 << 8), 0}) == errc::store_busy);
    CHECK(reason_of({SQLITE_READONLY | (77 << 8), 0}) == errc::store_readonly);
    CHECK(reason_of({SQLITE_CORRUPT | (77 << 8), 0}) == errc::store_corrupt);
    CHECK(reason_of({SQLITE_IOERR | (77 << 8), 0}) == errc::store_internal);
    CHECK(reason_of({99, 0}) == errc::store_internal);
}

TEST_CASE("a disk or a quota that is full is full however SQLite says it") {
    CHECK(reason_of({SQLITE_IOERR_WRITE, ENOSPC}) == errc::store_full);
    CHECK(reason_of({SQLITE_IOERR_WRITE, EDQUOT}) == errc::store_full);
    CHECK(reason_of({SQLITE_IOERR_FSYNC, EIO}) == errc::store_internal);
}

TEST_CASE("words name the file and the code, nothing else") {
    const auto full = detail::sqlite::error_of(failure{SQLITE_FULL, 0}, "/x/a.db");
    CHECK_EQ(full.args, std::vector<std::string>{"/x/a.db"});
    const auto io = detail::sqlite::error_of(failure{SQLITE_IOERR_FSYNC, EIO}, "/x/a.db");
    CHECK_EQ(io.args, std::vector<std::string>{"SQLite 1034, disk I/O error"});
    CHECK_NE(io.text(language::vi).find("1034"), std::string::npos);
    CHECK(detail::sqlite::error_of(detail::sqlite::bad_row{"a hash"}, "/x").code ==
          errc::store_corrupt);
}

TEST_CASE("a fault of the system that has no words of ours shows its number") {
    const auto said = [](int number, language words) {
        return error{
            errc::store_unavailable, {"/x/a.db", detail::sqlite::words_of_errno(number)}, {}, {}}
            .text(words);
    };
    CHECK_EQ(said(EACCES, language::vi), "không mở được /x/a.db: không có quyền");
    // Every one that is told without a number has words.
    for (int number = 1; number < 134; ++number)
        if (said(number, language::vi).find("(errno ") == std::string::npos)
            CHECK_NE(said(number, language::vi).substr(20), said(number, language::en).substr(15));
    CHECK_NE(said(ETXTBSY, language::vi).find("(errno " + std::to_string(ETXTBSY) + ")"),
             std::string::npos);
}
