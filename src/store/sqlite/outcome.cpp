// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/outcome.cpp: result codes of SQLite as reasons.
#include "outcome.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace quytrinh::detail::sqlite {

errc reason_of(const failure& why) noexcept {
    // What the primary code says too broadly.
    switch (why.code) {
    case SQLITE_READONLY_DBMOVED: return errc::store_unavailable;
    case SQLITE_IOERR_NOMEM: return errc::out_of_memory;
    case SQLITE_IOERR_CORRUPTFS:
    case SQLITE_IOERR_DATA: return errc::store_corrupt;
    case SQLITE_IOERR_BLOCKED:
    case SQLITE_IOERR_LOCK: return errc::store_busy;
    case SQLITE_IOERR_ACCESS: return errc::store_unavailable;
    default: break;
    }
    if ((why.code & 0xFF) == SQLITE_IOERR && (why.system == ENOSPC || why.system == EDQUOT))
        return errc::store_full;
    switch (why.code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return errc::store_busy;
    case SQLITE_FULL: return errc::store_full;
    case SQLITE_READONLY:
    case SQLITE_PERM: return errc::store_readonly;
    case SQLITE_CANTOPEN: return errc::store_unavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return errc::store_corrupt;
    case SQLITE_NOMEM: return errc::out_of_memory;
    case SQLITE_TOOBIG: return errc::limit_exceeded;
    case SQLITE_INTERRUPT: return errc::store_too_slow;
    default: return errc::store_internal;
    }
}

bool is_corruption(const failure& why) noexcept { return reason_of(why) == errc::store_corrupt; }

error error_of(const failure& why, std::string_view path) {
    error reason;
    reason.code = reason_of(why);
    // What SQLite itself does not say in our versions of it.
    const std::string words =
        why.code == SQLITE_CANTOPEN_DIRTYWAL
            ? "has a log that cannot be read without writing beside it"
            : std::string{"SQLite "} + std::to_string(why.code) + ", " + sqlite3_errstr(why.code);
    switch (reason.code) {
    case errc::store_full:
    case errc::store_too_slow:
    case errc::store_readonly: reason.args = {std::string{path}}; break;
    case errc::store_corrupt: reason.args = {std::string{path} + ": " + words}; break;
    case errc::store_unavailable: reason.args = {std::string{path}, words}; break;
    case errc::limit_exceeded: reason.args = {"SQLite", "64 MiB"}; break;
    default: reason.args = {words}; break;
    }
    return reason;
}

error error_of(const bad_row& why, std::string_view path) {
    error reason;
    reason.code = errc::store_corrupt;
    reason.args = {std::string{path} + ": " + why.what};
    return reason;
}

}  // namespace quytrinh::detail::sqlite
