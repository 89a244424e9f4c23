// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/connection.cpp: opening a connection with everything off that a hostile file
// could use.
#include "connection.hpp"

#include <new>
#include <string>

namespace quytrinh::detail::sqlite {

namespace {

/// Steps of SQLite's machine between two looks at the clock: about a millisecond.
constexpr int steps_between_looks = 20'000;

/// "file:…?mode=ro" of an absolute path.
std::string uri_of(const std::string& path, purpose what) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri = "file://";
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '_' || c == '.';
        if (plain) {
            uri += c;
            continue;
        }
        uri += '%';
        uri += digits[static_cast<unsigned char>(c) >> 4];
        uri += digits[static_cast<unsigned char>(c) & 15u];
    }
    if (what != purpose::watch) return uri + "?mode=ro&immutable=1";
    // The memory that readers and writers share is beside the file. Made by a stranger it would be
    // his, and nobody else could work with the file any more.
    return uri + (may_own(path) ? "?mode=ro" : "?mode=ro&readonly_shm=1");
}

int flags_of(purpose what) {
    // One thread at a time holds a connection, so SQLite needs no lock of its own around it.
    constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    switch (what) {
    case purpose::look: return always | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    case purpose::still:
    case purpose::watch:
        return always | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW;
    case purpose::make:
        return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW;
    case purpose::read:
    case purpose::write: return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW;
    }
    return always | SQLITE_OPEN_READONLY;
}

/// A store needs none of what these allow beyond their number.
constexpr struct {
    int what;
    int most;
} bounds[] = {
    {SQLITE_LIMIT_LENGTH, 80 << 20},
    {SQLITE_LIMIT_SQL_LENGTH, 64 << 10},
    {SQLITE_LIMIT_COLUMN, 64},
    {SQLITE_LIMIT_EXPR_DEPTH, 64},
    {SQLITE_LIMIT_COMPOUND_SELECT, 4},
    {SQLITE_LIMIT_VDBE_OP, 25'000},
    {SQLITE_LIMIT_FUNCTION_ARG, 8},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 64},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 32},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

/// Switches of sqlite3_db_config. A later SQLite may know more, an earlier one fewer: only those
/// that the file format's safety rests on must be there, and they are (3.37).
constexpr struct {
    int what;
    int on;
} switches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},       {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},  {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},         {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},     {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0}, {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
};

}  // namespace

connection::connection(const std::string& path, purpose what, patience_of waits)
    : statement_time_(waits.statement) {
    sqlite3* opened = nullptr;
    const bool only_reads =
        what == purpose::look || what == purpose::still || what == purpose::watch;
    const std::string name = only_reads ? uri_of(path, what) : path;
    const int code = sqlite3_open_v2(name.c_str(), &opened, flags_of(what), nullptr);
    db_.reset(opened);
    if (code != SQLITE_OK) {
        if (code == SQLITE_NOMEM || opened == nullptr) throw std::bad_alloc{};
        throw failure{code, sqlite3_system_errno(opened)};
    }
    harden(what, waits);
}

connection::~connection() = default;

/// Called every so many steps. The first call of a run begins its time, so that a statement that
/// ends before the second (a commit does) is never stopped.
int connection::is_too_long(void* self) noexcept {
    const auto& on = *static_cast<const connection*>(self);
    if (on.since_ == nullptr) return 0;
    const auto now = steady::now();
    if (!*on.since_) *on.since_ = now;
    return now - **on.since_ > on.statement_time_ ? 1 : 0;
}

void connection::harden(purpose what, patience_of waits) {
    sqlite3_extended_result_codes(handle(), 1);
    for (const auto& bound : bounds) sqlite3_limit(handle(), bound.what, bound.most);
    for (const auto& one : switches) {
        // Not there in this SQLite: then there is nothing to switch.
        const int code = sqlite3_db_config(handle(), one.what, one.on, nullptr);
        if (code != SQLITE_OK && code != SQLITE_ERROR) check(code);
    }
    if (what == purpose::look) return;
    sqlite3_busy_timeout(handle(),
                         static_cast<int>(std::min<std::int64_t>(waits.lock.count(), 3'600'000)));
    if (waits.statement.count() > 0)
        sqlite3_progress_handler(handle(), steps_between_looks, &is_too_long, this);
    script(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA "
        "temp_store = MEMORY;"
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
        "PRAGMA secure_delete = FAST; PRAGMA journal_size_limit = 67108864;");
    if (what == purpose::read || what == purpose::still || what == purpose::watch)
        script("PRAGMA query_only = ON; PRAGMA cache_size = -4000;");
    if (what == purpose::write) {
        log_ = std::make_unique<joined_log>();
        script(
            "PRAGMA cache_size = -16000; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;");
        sqlite3_wal_hook(
            handle(),
            [](void* frames, sqlite3*, const char*, int count) {
                *static_cast<int*>(frames) = count;
                return SQLITE_OK;
            },
            &frames_);
    }
}

sqlite3_stmt* connection::statement(sql which) {
    auto& kept = statements_[static_cast<std::size_t>(which)];
    if (!kept) {
        sqlite3_stmt* made = nullptr;
        check(sqlite3_prepare_v3(handle(), text_of_sql[static_cast<std::size_t>(which)], -1,
                                 SQLITE_PREPARE_PERSISTENT, &made, nullptr));
        kept.reset(made);
    }
    return kept.get();
}

void connection::script(const char* text) {
    check(sqlite3_exec(handle(), text, nullptr, nullptr, nullptr));
}

void connection::add_function(const char* name, int arguments,
                              void (*body)(sqlite3_context*, int, sqlite3_value**)) {
    check(sqlite3_create_function_v2(handle(), name, arguments,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                     nullptr, body, nullptr, nullptr, nullptr));
}

std::string connection::pragma(const char* text) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(handle(), text, -1, &made, nullptr));
    const std::unique_ptr<sqlite3_stmt, finalizer> asked{made};
    const int code = sqlite3_step(made);
    if (code != SQLITE_ROW) {
        if (code != SQLITE_DONE) check(code);
        return {};
    }
    const auto* answer = reinterpret_cast<const char*>(sqlite3_column_text(made, 0));
    return answer != nullptr ? std::string{answer} : std::string{};
}

void connection::check(int code) const {
    if (code == SQLITE_OK) return;
    if ((code & 0xFF) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc{};
    throw failure{code, sqlite3_system_errno(handle())};
}

void connection::give_up() noexcept {
    if (!in_transaction()) return;
    // Not through the cache: making a statement could fail for want of memory.
    sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

bool connection::moved() const noexcept {
    int answer = 0;
    const int code = sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &answer);
    return code == SQLITE_OK && answer != 0;
}

void connection::forget() noexcept {
    for (auto& statement : statements_) (void)statement.release();
    (void)db_.release();
    (void)log_.release();
}

}  // namespace quytrinh::detail::sqlite
