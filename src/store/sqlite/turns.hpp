// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/turns.hpp: private. A turn at reading or writing: what every call of the store
// does around its statements. Included by the bodies of sqlite_store only.
#pragma once

#include "sqlite_store.hpp"

#include <memory>
#include <new>
#include <optional>
#include <utility>

namespace quytrinh::detail::sqlite {

/// The writer and the lock of the file, for the length of one transaction.
class sqlite_store::turn {
public:
    turn(sqlite_store& of, steady::time_point deadline)
        : of_(of), mutex_(of.writer_mutex_, deadline) {
        if (!mutex_.owns_lock() || !of_.lock_.acquire(deadline)) return;
        locked_ = true;
    }
    ~turn() {
        if (locked_) of_.lock_.release();
    }
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;

    /// False when the deadline has passed.
    [[nodiscard]] bool has_lock() const noexcept { return locked_; }

    /// The connection, made anew when the last one was given up; in the wanted firmness.
    connection& writer(firmness how) {
        if (!of_.writer_) {
            of_.writer_ = of_.connect(purpose::write);
            of_.writer_is_soft_ = false;
        }
        connection& on = *of_.writer_;
        if (on.moved()) throw failure{SQLITE_READONLY_DBMOVED, 0};
        const bool soft = how == firmness::soft;
        if (soft != of_.writer_is_soft_) {
            on.script(soft ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
            of_.writer_is_soft_ = soft;
        }
        return on;
    }
    /// After a commit that failed nothing that this connection remembers can be trusted.
    void drop_writer() noexcept { of_.writer_.reset(); }

private:
    sqlite_store& of_;
    std::unique_lock<std::timed_mutex> mutex_;
    bool locked_ = false;
};

/// A reader for the length of one snapshot; one that failed is not used again.
struct sqlite_store::loan {
    explicit loan(sqlite_store& whose) : of(whose), on(whose.borrow()) {}
    ~loan() {
        if (on) of.give_back(std::move(on), good);
    }
    loan(const loan&) = delete;
    loan& operator=(const loan&) = delete;

    sqlite_store& of;
    std::unique_ptr<connection> on;
    bool good = false;
};

/// The file as one who must leave no trace finds it. As long as nobody has it open it is complete
/// in itself and is read as it lies there, with writers held up by the lock they all take, where
/// there is one; else by what it looks like before and after. Where somebody has it open, or a
/// log was left, SQLite's own shared memory keeps readers and writers apart.
class sqlite_store::glance {
public:
    glance(sqlite_store& of, steady::time_point deadline)
        : of_(of), lock_(lock_file::open_to_share(of.path_)) {
        if (lock_.is_open() && !lock_.share(deadline)) return;
        good_ = true;
        before_ = surroundings_of(of_.path_);
        // A journal of before the log was: only who may write can undo what it says.
        if (before_.has_journal) throw failure{SQLITE_READONLY_ROLLBACK, 0};
    }
    glance(const glance&) = delete;
    glance& operator=(const glance&) = delete;

    /// False when the deadline has passed.
    [[nodiscard]] bool is_good() const noexcept { return good_; }
    [[nodiscard]] const surroundings& before() const noexcept { return before_; }
    /// The connection, inside its snapshot.
    connection& begin() {
        try {
            on_ = of_.connect(before_.has_log ? purpose::watch : purpose::still);
            snapshot_.emplace(*on_, sql::begin_read);
            if (!before_.has_log) return *on_;
            // The first look at a row takes the snapshot; then nobody need wait for us.
            (void)on_->pragma("PRAGMA user_version");
        } catch (const failure& why) {
            const bool no_memory = before_.has_log && !before_.has_shared_memory;
            if (no_memory && (why.code & 0xFF) == SQLITE_CANTOPEN)
                throw failure{SQLITE_CANTOPEN_DIRTYWAL, why.system};
            throw;
        }
        if (lock_.is_open()) lock_.linger();
        return *on_;
    }
    void end() { snapshot_->commit(); }
    /// Was what was read the file of one moment?
    [[nodiscard]] bool held_still() const {
        return before_.has_log || surroundings_of(of_.path_) == before_;
    }

private:
    sqlite_store& of_;
    // Let go in the reverse order: the lock is the last.
    lock_file lock_;
    surroundings before_;
    std::unique_ptr<connection> on_;
    std::optional<transaction> snapshot_;
    bool good_ = false;
};

template <class Body>
auto sqlite_store::looking(Body&& body) -> decltype(body(std::declval<connection&>())) {
    const auto deadline = steady::now() + lock_wait_;
    patience waiting{deadline};
    do {
        try {
            glance at{*this, deadline};
            if (!at.is_good()) break;
            try {
                auto out = body(at.begin());
                at.end();
                if (at.held_still()) return out;
            } catch (const failure&) {
                if (at.held_still()) throw;
            } catch (const bad_row&) {
                if (at.held_still()) throw;
            }
        } catch (const failure& why) {
            note(why);
            return failed(why);
        } catch (const bad_row& why) {
            return failed(why);
        }
    } while (waiting.wait());
    return fail(errc::store_busy);
}

template <class Body>
auto sqlite_store::reading(Body&& body) -> decltype(body(std::declval<connection&>())) {
    if (auto why = unusable()) return fail(std::move(*why));
    if (read_only_) return looking(std::forward<Body>(body));
    try {
        loan from{*this};
        if (!from.on) return fail(errc::store_busy);
        auto out = [&] {
            transaction snapshot{*from.on, sql::begin_read};
            auto rows = body(*from.on);
            snapshot.commit();
            return rows;
        }();
        from.good = true;
        return out;
    } catch (const failure& why) {
        note(why);
        return failed(why);
    } catch (const bad_row& why) {
        return failed(why);
    }
}

template <class Body>
auto sqlite_store::writing(firmness how, Body&& body)
    -> decltype(body(std::declval<connection&>())) {
    if (auto why = unwritable()) return fail(std::move(*why));
    turn mine{*this, steady::now() + lock_wait_};
    if (!mine.has_lock()) return fail(errc::store_busy);
    bool committing = false;
    try {
        connection& on = mine.writer(how);
        transaction whole{on, sql::begin_write};
        memory_.begin();
        auto out = body(on);
        if (!out.has_value()) {
            memory_.forget_all();
            return out;
        }
        committing = true;
        whole.commit();
        after_commit(on);
        return out;
    } catch (const failure& why) {
        note(why);
        memory_.forget_all();
        if (committing) mine.drop_writer();
        return failed(why);
    } catch (const bad_row& why) {
        memory_.forget_all();
        return failed(why);
    } catch (...) {
        memory_.forget_all();
        throw;
    }
}

}  // namespace quytrinh::detail::sqlite
