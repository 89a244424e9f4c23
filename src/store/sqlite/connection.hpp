// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/connection.hpp: private. One connection with its prepared statements, and a run
// of one of them. One thread at a time. Failures are thrown (outcome.hpp).
#pragma once

#include "file.hpp"
#include "joined_log.hpp"
#include "outcome.hpp"
#include "schema.hpp"

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/sha256.hpp>

#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace quytrinh::detail::sqlite {

/// What a connection may do.
enum class purpose {
    look,   ///< reads the file as it lies there, without locks: for the header only
    still,  ///< the same for its rows: somebody sees to it that the file does not change
    watch,  ///< reads beside others who write, and changes neither the file nor its log
    make,   ///< a new file that nobody else knows
    read,
    write,
};

/// How long a connection waits for a lock, and works at one statement.
struct patience_of {
    std::chrono::milliseconds lock{0};
    std::chrono::milliseconds statement{0};  ///< 0: as long as it takes
};

/// Microseconds as they are stored.
[[nodiscard]] inline std::int64_t micros(instant at) noexcept {
    return at.time_since_epoch().count();
}
[[nodiscard]] inline instant at_micros(std::int64_t n) noexcept {
    return instant{std::chrono::microseconds{n}};
}

class connection {
public:
    connection(const std::string& path, purpose what, patience_of waits);
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    [[nodiscard]] sqlite3* handle() const noexcept { return db_.get(); }
    /// The statement, prepared at its first use.
    [[nodiscard]] sqlite3_stmt* statement(sql which);
    /// Constant text of several statements without values or rows.
    void script(const char* text);
    /// For statements of `script`: a function of so many arguments, which does not change.
    void add_function(const char* name, int arguments,
                      void (*body)(sqlite3_context*, int, sqlite3_value**));
    /// A pragma's answer as text.
    [[nodiscard]] std::string pragma(const char* text);
    /// Throws when a code says that a call failed.
    void check(int code) const;
    /// Is a transaction open? SQLite ends one by itself after some errors.
    [[nodiscard]] bool in_transaction() const noexcept {
        return sqlite3_get_autocommit(db_.get()) == 0;
    }
    /// Rolls back if there is something to roll back. Never throws.
    void give_up() noexcept;
    /// Frames in the write-ahead log after the latest commit of this connection.
    [[nodiscard]] int frames() const noexcept { return frames_; }
    /// Of a connection that writes.
    [[nodiscard]] joined_log* log() const noexcept { return log_.get(); }
    /// Was the file moved or removed under us?
    [[nodiscard]] bool moved() const noexcept;
    /// In a forked child: drops the handle without touching the file.
    void forget() noexcept;

    /// When the statement that runs now was first asked how long it has been at work. Set by its
    /// run before each step, nullptr in between: then there is no limit.
    void at_work(std::optional<steady::time_point>* since) noexcept { since_ = since; }

private:
    struct closer {
        void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
    };
    struct finalizer {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    void harden(purpose what, patience_of waits);
    static int is_too_long(void* self) noexcept;

    // Statements go before their connection, and it before what stands before its log.
    std::unique_ptr<joined_log> log_;
    std::unique_ptr<sqlite3, closer> db_;
    std::array<std::unique_ptr<sqlite3_stmt, finalizer>,
               static_cast<std::size_t>(sql::count_of_statements)>
        statements_;
    int frames_ = 0;
    std::chrono::milliseconds statement_time_{0};
    std::optional<steady::time_point>* since_ = nullptr;
};

/// One run of a statement: bind in order, step, read columns. Texts and blobs that are bound must
/// live until the run ends.
class run {
public:
    run(connection& on, sql which) : on_(on), statement_(on.statement(which)) {}
    /// What was bound stays bound, unread: every run binds all of its values before it steps.
    ~run() { sqlite3_reset(statement_); }
    run(const run&) = delete;
    run& operator=(const run&) = delete;

    run& bind(std::int64_t n) { return bound(sqlite3_bind_int64(statement_, ++bound_, n)); }
    run& bind(int n) { return bind(static_cast<std::int64_t>(n)); }
    run& bind(std::uint32_t n) { return bind(static_cast<std::int64_t>(n)); }
    run& bind(std::uint64_t n) { return bind(static_cast<std::int64_t>(n)); }
    run& bind(instant at) { return bind(micros(at)); }
    run& bind(const std::optional<instant>& at) { return at ? bind(*at) : bind_null(); }
    run& bind_null() { return bound(sqlite3_bind_null(statement_, ++bound_)); }
    /// Text, as the bytes it is.
    run& bind(std::string_view text) {
        return bound(sqlite3_bind_text64(statement_, ++bound_,
                                         text.data() != nullptr ? text.data() : "", text.size(),
                                         SQLITE_STATIC, SQLITE_UTF8));
    }
    run& bind(const std::string& text) { return bind(std::string_view{text}); }
    run& bind(const char* text) { return bind(std::string_view{text}); }
    template <class Tag>
    run& bind(const strong_id<Tag>& id) {
        return bind(std::string_view{id.str()});
    }
    run& bind_blob(std::string_view bytes) {
        return bound(sqlite3_bind_blob64(statement_, ++bound_,
                                         bytes.data() != nullptr ? bytes.data() : "", bytes.size(),
                                         SQLITE_STATIC));
    }
    template <std::size_t N>
    run& bind(const std::array<std::uint8_t, N>& bytes) {
        return bind_blob({reinterpret_cast<const char*>(bytes.data()), N});
    }
    template <class... T>
    run& bind_all(const T&... values) {
        (bind(values), ...);
        return *this;
    }

    /// True when there is a row.
    bool step() {
        on_.at_work(&since_);
        const int code = sqlite3_step(statement_);
        on_.at_work(nullptr);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) on_.check(code);
        return false;
    }
    /// Runs to the end; rows changed by it.
    int finish() {
        while (step()) {}
        return sqlite3_changes(on_.handle());
    }

    [[nodiscard]] bool is_null(int column) const {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    [[nodiscard]] std::int64_t number(int column) const {
        return sqlite3_column_int64(statement_, column);
    }
    /// A number from 0 to `most`; bad_row otherwise.
    [[nodiscard]] std::uint64_t number(int column, std::uint64_t most) const {
        const std::int64_t n = number(column);
        if (n < 0 || static_cast<std::uint64_t>(n) > most) throw bad_row{"a number out of range"};
        return static_cast<std::uint64_t>(n);
    }
    [[nodiscard]] instant time(int column) const { return at_micros(number(column)); }
    [[nodiscard]] std::optional<instant> maybe_time(int column) const {
        if (is_null(column)) return std::nullopt;
        return time(column);
    }
    [[nodiscard]] std::string bytes(int column) const { return std::string{view(column)}; }
    /// Until the next step.
    [[nodiscard]] std::string_view view(int column) const {
        const void* data = sqlite3_column_blob(statement_, column);
        const int size = sqlite3_column_bytes(statement_, column);
        if (data == nullptr && size > 0) throw std::bad_alloc{};
        return data == nullptr ? std::string_view{}
                               : std::string_view{static_cast<const char*>(data),
                                                  static_cast<std::size_t>(size)};
    }
    template <std::size_t N>
    void octets(int column, std::array<std::uint8_t, N>& out) const {
        const auto* data =
            static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
        if (data == nullptr || sqlite3_column_bytes(statement_, column) != static_cast<int>(N))
            throw bad_row{"a hash or salt of the wrong length"};
        for (std::size_t i = 0; i < N; ++i) out[i] = data[i];
    }

private:
    run& bound(int code) {
        on_.check(code);
        return *this;
    }

    connection& on_;
    sqlite3_stmt* statement_;
    int bound_ = 0;
    std::optional<steady::time_point> since_;
};

/// A transaction that is rolled back unless `commit` was reached.
class transaction {
public:
    transaction(connection& on, sql how) : on_(on) { run{on_, how}.finish(); }
    ~transaction() {
        if (!done_) on_.give_up();
    }
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;

    void commit() {
        const joined_log::commit joined{on_.log(), on_.handle()};
        run{on_, sql::commit}.finish();
        done_ = true;
    }

private:
    connection& on_;
    bool done_ = false;
};

}  // namespace quytrinh::detail::sqlite
