// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/joined_log.hpp: private. What a commit appends to the write-ahead log goes to
// the system in one call. SQLite makes two for each page (24 bytes in front of it, then the page),
// which for a commit of one command is a quarter of the processor's time.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace quytrinh::detail::sqlite {

/// Stands before the methods of a connection's log file. Bytes are held back only while a commit
/// runs, only those that lengthen the log without a gap, and never beyond the page that completes
/// the commit: SQLite tells nobody of that page before our write of it has returned. What fails
/// there, fails as the write of the page. Anything else that is done to the file has the bytes
/// before it written first. One thread at a time, as the connection.
class joined_log {
public:
    joined_log();
    joined_log(const joined_log&) = delete;
    joined_log& operator=(const joined_log&) = delete;

    /// From before a COMMIT until it has ended, however it did. Without a log (nullptr) nothing.
    class commit {
    public:
        commit(joined_log* log, sqlite3* on) noexcept : log_(log) {
            if (log_ != nullptr) log_->begin(on);
        }
        ~commit() {
            if (log_ != nullptr) log_->end();
        }
        commit(const commit&) = delete;
        commit& operator=(const commit&) = delete;

    private:
        joined_log* log_;
    };

private:
    void begin(sqlite3* on) noexcept;
    /// Of a commit that failed nothing is written any more: the place may be another's by then.
    void end() noexcept;
    int flush(sqlite3_file* file) noexcept;
    int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) noexcept;
    static joined_log& of(sqlite3_file* file) noexcept;

    /// What SQLite calls; `of` finds the log by it.
    struct table {
        sqlite3_io_methods methods;
        joined_log* log;
    };
    table table_{};
    const sqlite3_io_methods* real_ = nullptr;
    bool joining_ = false, completes_ = false;
    std::optional<sqlite3_int64> end_;  ///< of what this commit has appended
    std::unique_ptr<char[]> held_;
    std::size_t size_ = 0;
    sqlite3_int64 at_ = 0;
};

}  // namespace quytrinh::detail::sqlite
