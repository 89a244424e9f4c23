// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/write.cpp: from callers to commits: alone, in groups, and together with other
// threads.
#include "turns.hpp"

#include <algorithm>

namespace quytrinh::detail::sqlite {

namespace {

/// Batches of one physical commit; more make others wait without saving much.
constexpr std::size_t together = 128;

/// The log is written back to the file beyond 4 MiB; beyond 64 MiB readers are asked to let it
/// begin anew.
constexpr int frames_to_checkpoint = 1024, frames_to_restart = 16 * 1024;

write_outcome unknown(const write_batch& batch) {
    write_outcome out;
    out.what = write_outcome::kind::unknown;
    out.reason.emplace();
    out.reason->code = errc::outcome_unknown;
    out.reason->args = {batch.command.id.str()};
    return out;
}

}  // namespace

write_outcome sqlite_store::write(const std::string& tenant, const write_batch& batch) {
    if (auto good = store_rules::check_batch(tenant, batch); !good)
        return store_rules::rejected(good.error());
    if (const auto why = unwritable()) return store_rules::rejected(*why);
    request mine;
    mine.tenant = &tenant;
    mine.batch = &batch;
    const auto deadline = steady::now() + lock_wait_;
    std::unique_lock lock{queue_mutex_};
    queue_.push_back(&mine);
    const auto leave = [&] { queue_.erase(std::find(queue_.begin(), queue_.end(), &mine)); };
    while (!mine.done) {
        if (leading_) {
            const bool late = queue_moved_.wait_until(lock, deadline) == std::cv_status::timeout;
            if (late && !mine.taken && !mine.done) {
                leave();
                return store_rules::rejected(errc::store_busy);
            }
            // Who was taken waits for the answer, however long the commit is: it may be stored.
            if (mine.taken) queue_moved_.wait(lock, [&] { return mine.done; });
            continue;
        }
        std::vector<request*> group;
        try {
            group.reserve(std::min(queue_.size(), together));
        } catch (...) {
            leave();
            throw;
        }
        leading_ = true;
        while (!queue_.empty() && group.size() < group.capacity()) {
            queue_.front()->taken = true;
            group.push_back(queue_.front());
            queue_.pop_front();
        }
        lock.unlock();
        write_together(group);
        lock.lock();
        for (request* one : group) one->done = true;
        leading_ = false;
        queue_moved_.notify_all();
    }
    return std::move(mine.out);
}

std::vector<write_outcome> sqlite_store::write_group(const std::string& tenant,
                                                     std::span<const write_batch> batches) {
    std::vector<request> requests(batches.size());
    std::vector<write_outcome> outcomes(batches.size());
    std::vector<request*> group;
    group.reserve(std::min(batches.size(), together));
    for (std::size_t i = 0; i < batches.size(); ++i) {
        requests[i].tenant = &tenant;
        requests[i].batch = &batches[i];
        if (auto good = store_rules::check_batch(tenant, batches[i]); !good)
            requests[i].out = store_rules::rejected(good.error());
        else
            group.push_back(&requests[i]);
        if (group.empty() || (group.size() < together && i + 1 < batches.size())) continue;
        write_together(group);
        group.clear();
    }
    for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] = std::move(requests[i].out);
    return outcomes;
}

void sqlite_store::write_together(std::span<request* const> requests) noexcept {
    const auto all = [&](const error& reason) {
        for (request* one : requests) one->out = store_rules::rejected(reason);
    };
    try {
        if (const auto why = unwritable()) return all(*why);
        auto fault = commit_together(requests);
        if (!fault) return;
        if (requests.size() == 1 || corrupt_ || fault->code == errc::store_busy) return all(*fault);
        // One of them may have spoilt it for all: each on its own.
        for (request* const& one : requests)
            if (auto own = commit_together({&one, 1}))
                one->out = store_rules::rejected(std::move(*own));
    } catch (const std::exception&) {
        // Want of memory for the words of a refusal; nothing is stored.
        for (request* one : requests) {
            one->out = write_outcome{};
            one->out.what = write_outcome::kind::rejected;
            one->out.reason.emplace();
            one->out.reason->code = errc::out_of_memory;
        }
    }
}

std::optional<error> sqlite_store::commit_together(std::span<request* const> requests) {
    // Made before the commit, so that nothing after it can run out of memory.
    std::vector<write_outcome> if_lost;
    if_lost.reserve(requests.size());
    for (const request* one : requests) if_lost.push_back(unknown(*one->batch));
    error reason;
    turn mine{*this, steady::now() + lock_wait_};
    if (!mine.has_lock()) {
        reason.code = errc::store_busy;
        return reason;
    }
    bool committing = false;
    try {
        connection& on = mine.writer(firmness::full);
        transaction whole{on, sql::begin_write};
        tenant_made_ = false;
        memory_.begin();
        const std::int64_t now = clock_of(on);
        bool any = false;
        for (request* one : requests) {
            one->out = apply(on, *one->tenant, *one->batch, now);
            any = any || one->out.what == write_outcome::kind::committed;
        }
        if (!any) {
            memory_.rolled_back();
            return std::nullopt;
        }
        // A clock that waits goes with what it allowed; one that went on meanwhile stays.
        if (clock_waits_ && now == looks_from_)
            run{on, sql::set_clock}.bind(at_micros(now)).finish();
        committing = true;
        whole.commit();
        clock_waits_ = clock_waits_ && now != looks_from_;
        after_commit(on);
        return std::nullopt;
    } catch (const failure& why) {
        note(why);
        reason = error_of(why, path_);
    } catch (const bad_row& why) {
        reason = error_of(why, path_);
    } catch (const std::bad_alloc&) {
        reason.code = errc::out_of_memory;
    }
    memory_.forget_all();
    if (!committing) return reason;
    // A commit that reports an error may still be on the disk. What this connection and its caches
    // believe is worth nothing now.
    mine.drop_writer();
    for (std::size_t i = 0; i < requests.size(); ++i) requests[i]->out = std::move(if_lost[i]);
    return std::nullopt;
}

void sqlite_store::after_commit(connection& on) noexcept {
    if (on.frames() < frames_to_checkpoint) return;
    const int how =
        on.frames() < frames_to_restart ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
    // The commit stands whatever comes of this; a checkpoint that fails is tried again after the
    // next.
    const int code = sqlite3_wal_checkpoint_v2(on.handle(), nullptr, how, nullptr, nullptr);
    if (code != SQLITE_OK) note(failure{code, 0});
}

}  // namespace quytrinh::detail::sqlite
