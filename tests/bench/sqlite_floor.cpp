// SPDX-License-Identifier: BSL-1.0
// tests/bench/sqlite_floor.cpp: the bare loops.
#include "sqlite_floor.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string_view>

namespace bench {

// -- a file ---------------------------------------------------------------------------------------

bare_file::bare_file(const std::string& path) {
    check(sqlite3_open_v2(path.c_str(), &db_,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                          nullptr));
    for (const auto* sql :
         {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0",
          "PRAGMA cache_size=-16000", "PRAGMA secure_delete=FAST"})
        exec(sql);
    sqlite3_wal_hook(
        db_,
        [](void* frames, sqlite3*, const char*, int count) {
            *static_cast<int*>(frames) = count;
            return SQLITE_OK;
        },
        &frames_);
    begin_ = prepare("BEGIN IMMEDIATE");
    commit_ = prepare("COMMIT");
}

bare_file::~bare_file() {
    for (auto* s : made_) sqlite3_finalize(s);
    sqlite3_close(db_);
}

void bare_file::check(int code) {
    if (code != SQLITE_OK) throw std::runtime_error(std::string("sqlite: ") + sqlite3_errmsg(db_));
}

void bare_file::exec(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }

sqlite3_stmt* bare_file::prepare(const char* sql) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr));
    made_.push_back(made);
    return made;
}

void bare_file::step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE)
        throw std::runtime_error(std::string("sqlite: ") + sqlite3_errmsg(db_));
    check(sqlite3_reset(statement));
}

void bare_file::commit() {
    step(commit_);
    if (frames_ >= 1024)
        sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

// -- the very same rows ---------------------------------------------------------------------------

namespace {

/// Whom the connections opened meanwhile report to. The benchmark measures on one thread.
recording* listening = nullptr;
int (*listener)(unsigned, void*, void*, void*) = nullptr;

int listen(sqlite3* db, const char**, const sqlite3_api_routines*) {
    if (listening != nullptr) sqlite3_trace_v2(db, SQLITE_TRACE_STMT, listener, listening);
    return SQLITE_OK;
}

void (*entry_point())() { return reinterpret_cast<void (*)()>(&listen); }

bool starts_with(std::string_view text, std::string_view word) { return text.rfind(word, 0) == 0; }

}  // namespace

recording::recording(const std::string& path, const std::function<void()>& work) {
    listening = this;
    listener = &recording::note;
    sqlite3_auto_extension(entry_point());
    try {
        work();
    } catch (...) {
        sqlite3_cancel_auto_extension(entry_point());
        listening = nullptr;
        throw;
    }
    sqlite3_cancel_auto_extension(entry_point());
    listening = nullptr;
    // Transactions that changed the case's own rows only: claims, leases and the like are not part
    // of the walk.
    const auto is_command = [&](const std::vector<change>& t) {
        return std::any_of(t.begin(), t.end(), [&](const change& c) {
            return statements_[c.statement].find("INTO history") != std::string::npos;
        });
    };
    transactions_.erase(std::remove_if(transactions_.begin(), transactions_.end(),
                                       [&](const auto& t) { return !is_command(t); }),
                        transactions_.end());
    bare_file from{path};
    auto* const asked = from.prepare(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'");
    while (sqlite3_step(asked) == SQLITE_ROW)
        schema_.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(asked, 0)));
}

int recording::note(unsigned, void* self, void* statement, void*) {
    auto* const s = static_cast<sqlite3_stmt*>(statement);
    auto& here = *static_cast<recording*>(self);
    const std::string_view sql = sqlite3_sql(s);
    if (starts_with(sql, "BEGIN")) {
        here.transactions_.emplace_back();
    } else if (!here.transactions_.empty() &&
               (starts_with(sql, "INSERT") || starts_with(sql, "UPDATE") ||
                starts_with(sql, "DELETE"))) {
        char* const expanded = sqlite3_expanded_sql(s);
        here.add(std::string{sql}, expanded);
        sqlite3_free(expanded);
    }
    return 0;
}

/// The values are read where the statement has its marks: NULL, a number, 'text' or x'blob'.
void recording::add(const std::string& sql, const std::string& expanded) {
    change made;
    const auto known = std::find(statements_.begin(), statements_.end(), sql);
    made.statement = static_cast<std::size_t>(known - statements_.begin());
    if (known == statements_.end()) statements_.push_back(sql);
    std::size_t e = 0;
    for (std::size_t s = 0; s < sql.size();) {
        if (sql[s] != '?') {
            ++s;
            ++e;
            continue;
        }
        std::size_t number = 0;
        for (++s; s < sql.size() && std::isdigit(static_cast<unsigned char>(sql[s])) != 0; ++s)
            number = number * 10 + static_cast<std::size_t>(sql[s] - '0');
        cell value;
        if (expanded.compare(e, 4, "NULL") == 0) {
            e += 4;
        } else if (expanded[e] == '\'') {
            std::string text;
            for (++e;; ++e) {
                if (expanded[e] == '\'' && expanded[++e] != '\'') break;
                text += expanded[e];
            }
            value = text;
        } else if (expanded[e] == 'x') {
            std::vector<char> bytes;
            for (e += 2; expanded[e] != '\''; e += 2)
                bytes.push_back(static_cast<char>(std::stoi(expanded.substr(e, 2), nullptr, 16)));
            ++e;
            value = bytes;
        } else {
            std::size_t length = 0;
            value = static_cast<std::int64_t>(std::stoll(expanded.substr(e, 24), &length));
            e += length;
        }
        made.values.resize(std::max(made.values.size(), number));
        made.values[number - 1] = std::move(value);
    }
    if (e != expanded.size()) throw std::runtime_error("a statement that was read wrongly: " + sql);
    transactions_.back().push_back(std::move(made));
}

std::size_t recording::replay(const std::string& path) const {
    bare_file to{path};
    for (const auto& sql : schema_) to.exec(sql.c_str());
    std::vector<sqlite3_stmt*> statements;
    for (const auto& sql : statements_) statements.push_back(to.prepare(sql.c_str()));
    struct binder {
        sqlite3_stmt* s;
        int at;
        void operator()(std::monostate) const { sqlite3_bind_null(s, at); }
        void operator()(std::int64_t n) const { sqlite3_bind_int64(s, at, n); }
        void operator()(const std::string& text) const {
            sqlite3_bind_text(s, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
        }
        void operator()(const std::vector<char>& bytes) const {
            sqlite3_bind_blob(s, at, bytes.empty() ? "" : bytes.data(),
                              static_cast<int>(bytes.size()), SQLITE_STATIC);
        }
    };
    for (const auto& transaction : transactions_) {
        to.begin();
        for (const auto& change : transaction) {
            auto* const s = statements[change.statement];
            for (std::size_t i = 0; i < change.values.size(); ++i)
                std::visit(binder{s, static_cast<int>(i) + 1}, change.values[i]);
            to.step(s);
        }
        to.commit();
    }
    return transactions_.size();
}

// -- the naive rows -------------------------------------------------------------------------------

namespace {

void text(sqlite3_stmt* s, int i, std::string_view v) {
    sqlite3_bind_text(s, i, v.data(), static_cast<int>(v.size()), SQLITE_STATIC);
}
void blob(sqlite3_stmt* s, int i, std::string_view v) {
    sqlite3_bind_blob(s, i, v.data(), static_cast<int>(v.size()), SQLITE_STATIC);
}
void number(sqlite3_stmt* s, int i, std::size_t v) {
    sqlite3_bind_int64(s, i, static_cast<std::int64_t>(v));
}
std::size_t due(std::size_t k) { return 1'700'000'000'000'000u + k * 86'400'000'000u; }

enum { head, event, command_id, close_task, open_task, close_timer, open_timer, outbox };

}  // namespace

naive_file::naive_file(const std::string& path) : file_(path) {
    for (const auto* sql :
         {"CREATE TABLE head(tenant TEXT, id TEXT, row BLOB, PRIMARY KEY(tenant,id)) WITHOUT ROWID",
          "CREATE TABLE event(tenant TEXT, id TEXT, seq INTEGER, header BLOB, payload BLOB, "
          "hash BLOB, PRIMARY KEY(tenant,id,seq)) WITHOUT ROWID",
          "CREATE TABLE command(tenant TEXT, id TEXT, cmd TEXT, row BLOB, PRIMARY "
          "KEY(tenant,id,cmd)) WITHOUT ROWID",
          "CREATE TABLE task(tenant TEXT, unit TEXT, due INTEGER, id TEXT, task TEXT, "
          "PRIMARY KEY(tenant,unit,due,id,task)) WITHOUT ROWID",
          "CREATE TABLE timer(tenant TEXT, at INTEGER, id TEXT, task TEXT, PRIMARY "
          "KEY(tenant,at,id,task)) WITHOUT ROWID",
          "CREATE TABLE outbox(tenant TEXT, id TEXT, seq INTEGER, n INTEGER, body BLOB, "
          "PRIMARY KEY(tenant,id,seq,n)) WITHOUT ROWID"})
        file_.exec(sql);
    const char* statements[] = {
        "INSERT OR REPLACE INTO head VALUES('main',?1,?2)",
        "INSERT INTO event VALUES('main',?1,?2,?3,?4,?5)",
        "INSERT INTO command VALUES('main',?1,?2,?3)",
        "DELETE FROM task WHERE tenant='main' AND unit=?4 AND due=?2 AND id=?1 AND task=?3",
        "INSERT INTO task VALUES('main',?4,?2,?1,?3)",
        "DELETE FROM timer WHERE tenant='main' AND at=?2 AND id=?1 AND task=?3",
        "INSERT INTO timer VALUES('main',?2,?1,?3)",
        "INSERT INTO outbox VALUES('main',?1,?2,?3,?4)"};
    for (int i = 0; i < 8; ++i) s_[i] = file_.prepare(statements[i]);
}

void naive_file::command(const std::string& id, std::size_t k, const turn_rows& rows) {
    static const std::string row(160, 'r'), hash(32, 'x');
    static const std::string units[] = {"U0", "U1", "U2", "U3", "U4", "U5", "U6", "U7"};
    text(s_[head], 1, id);
    blob(s_[head], 2, row);
    file_.step(s_[head]);
    std::size_t seq = 10 * k;
    for (const auto& e : rows.events) {
        text(s_[event], 1, id);
        number(s_[event], 2, seq++);
        blob(s_[event], 3, e.header);
        blob(s_[event], 4, e.payload);
        blob(s_[event], 5, hash);
        file_.step(s_[event]);
    }
    const std::string name = "c" + std::to_string(k), before = std::to_string(k),
                      now = std::to_string(k + 1);
    text(s_[command_id], 1, id);
    text(s_[command_id], 2, name);
    blob(s_[command_id], 3, rows.result);
    file_.step(s_[command_id]);
    const auto tasks = [&](int which, std::size_t count, std::size_t of, const std::string& task) {
        for (std::size_t p = 0; p < count; ++p) {
            text(s_[which], 1, id);
            number(s_[which], 2, due(of));
            text(s_[which], 3, task);
            text(s_[which], 4, units[p % 8]);
            file_.step(s_[which]);
        }
    };
    const auto timers = [&](int which, std::size_t count, std::size_t of, const std::string& task) {
        for (std::size_t p = 0; p < count; ++p) {
            text(s_[which], 1, id);
            number(s_[which], 2, due(of));
            text(s_[which], 3, task);
            file_.step(s_[which]);
        }
    };
    tasks(close_task, rows.closed, k, before);
    tasks(open_task, rows.opened, k + 1, now);
    timers(close_timer, rows.timers_closed, k, before);
    timers(open_timer, rows.timers_opened, k + 1, now);
    std::size_t n = 0;
    for (const auto& message : rows.messages) {
        text(s_[outbox], 1, id);
        number(s_[outbox], 2, 10 * k);
        number(s_[outbox], 3, n++);
        blob(s_[outbox], 4, message);
        file_.step(s_[outbox]);
    }
}

void naive_file::one_row(int k) {
    static const std::string small(40, 's'), payload(120, 'p');
    file_.begin();
    text(s_[event], 1, "one");
    number(s_[event], 2, static_cast<std::size_t>(k));
    blob(s_[event], 3, small);
    blob(s_[event], 4, payload);
    blob(s_[event], 5, small);
    file_.step(s_[event]);
    file_.commit();
}

}  // namespace bench
