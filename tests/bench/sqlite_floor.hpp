// SPDX-License-Identifier: BSL-1.0
// tests/bench/sqlite_floor.hpp: bare prepared-statement loops for the SQLite store to be measured
// against, with the same journal and synchronous settings, on the same disk.
#pragma once

#include "walker.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace bench {

/// A database opened as the store opens its own; every failure throws.
class bare_file {
public:
    explicit bare_file(const std::string& path);
    ~bare_file();
    bare_file(const bare_file&) = delete;
    bare_file& operator=(const bare_file&) = delete;

    void exec(const char* sql);
    [[nodiscard]] sqlite3_stmt* prepare(const char* sql);
    void step(sqlite3_stmt* statement);
    void begin() { step(begin_); }
    /// Every so often the log is written back, as the store does.
    void commit();

private:
    void check(int code);
    sqlite3* db_ = nullptr;
    sqlite3_stmt *begin_ = nullptr, *commit_ = nullptr;
    std::vector<sqlite3_stmt*> made_;
    int frames_ = 0;
};

// -- the very same rows ---------------------------------------------------------------------------

/// What the store writes, recorded: the changing statements of each transaction with their values.
/// A replay runs the very same statements with the very same values on an empty file of the same
/// schema: no check, no read, no decision. Nothing that stores these rows in SQLite can do less.
class recording {
public:
    /// Runs `work`, which opens a store, writes with it and closes it; `path` is its file.
    recording(const std::string& path, const std::function<void()>& work);
    /// One transaction for each one recorded that added to `history`; gives their number.
    std::size_t replay(const std::string& path) const;

private:
    using cell = std::variant<std::monostate, std::int64_t, std::string, std::vector<char>>;
    struct change {
        std::size_t statement = 0;
        std::vector<cell> values;
    };
    static int note(unsigned what, void* self, void* statement, void* text);
    void add(const std::string& sql, const std::string& expanded);

    std::vector<std::string> schema_;
    std::vector<std::string> statements_;
    std::vector<std::vector<change>> transactions_;
};

// -- the naive rows -------------------------------------------------------------------------------

/// Eight kinds of rows in eight plain tables: head (replaced), event, command id, task close and
/// open, timer close and open, outbox. As many of each kind as the walk of QT.HTKH.03 really needs;
/// keys are the ids themselves, rows are of the real size.
class naive_file {
public:
    explicit naive_file(const std::string& path);
    /// Command number `k` of a case.
    void command(const std::string& id, std::size_t k, const turn_rows& rows);
    /// One row of 200 bytes.
    void one_row(int k);
    bare_file& file() { return file_; }

private:
    bare_file file_;
    sqlite3_stmt* s_[8] = {};
};

}  // namespace bench
