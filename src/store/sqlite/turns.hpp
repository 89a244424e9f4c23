// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/turns.hpp: private. A turn at reading or writing: what every call of the store
// does around its statements. Included by the bodies of sqlite_store only.
#pragma once

#include "sqlite_store.hpp"

#include <new>
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

template <class Body>
auto sqlite_store::reading(Body&& body) -> decltype(body(std::declval<connection&>())) {
    if (forked()) return fail(errc::forked);
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
    if (forked()) return fail(errc::forked);
    if (corrupt_) return fail(errc::store_corrupt, {path_});
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
