// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/write.cpp: batches into rows: alone, in groups, and together with those of other
// threads.
#include "rows.hpp"
#include "turns.hpp"

#include <quytrinh/codec/event_codec.hpp>

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

/// What a write must know of the case as it stands.
struct standing {
    std::int64_t no = 0;
    std::uint64_t version = 0;
    std::string quarantine;
    head_row same;  ///< what may not change
    std::string reference;
};

std::optional<standing> find_case(connection& on, std::int64_t tenant, const case_id& of) {
    run row{on, sql::head_to_write};
    row.bind_all(tenant, of);
    if (!row.step()) return std::nullopt;
    standing out;
    out.no = row.number(0);
    out.version = row.number(1, INT64_MAX);
    out.quarantine = row.bytes(2);
    out.same.opened_at = row.time(3);
    out.same.procedure = row.bytes(4);
    out.reference = row.bytes(5);
    return out;
}

std::optional<std::int64_t> definition_no(connection& on, std::int64_t tenant,
                                          const digest256& hash) {
    run row{on, sql::definition_no};
    row.bind_all(tenant, hash);
    if (!row.step()) return std::nullopt;
    return row.number(0);
}

std::optional<std::string> owner_of(connection& on, std::int64_t tenant,
                                    const std::string& reference) {
    run row{on, sql::reference};
    row.bind_all(tenant, reference);
    if (!row.step()) return std::nullopt;
    return row.bytes(0);
}

/// Nothing (NULL) is unique any number of times, an empty text is not.
void bind_reference(run& row, const std::string& reference) {
    if (reference.empty())
        row.bind_null();
    else
        row.bind(reference);
}

std::int64_t make_case(connection& on, std::int64_t tenant, std::int64_t definition,
                       const head_row& head) {
    run row{on, sql::make_case};
    row.bind_all(tenant, head.id, head.procedure, definition, head.version, head.hash,
                 static_cast<int>(head.status), head.end_kind);
    bind_reference(row, head.reference);
    row.bind_all(head.opener_unit, head.opener_person, head.opened_at, head.last_at,
                 head.due_before);
    row.finish();
    return sqlite3_last_insert_rowid(on.handle());
}

void change_case(connection& on, std::int64_t no, std::int64_t definition, std::uint64_t expected,
                 const head_row& head) {
    run move{on, sql::move_case};
    move.bind_all(no, head.version, head.hash, head.last_at, expected);
    if (move.finish() != 1) throw bad_row{"a case whose version moved inside a transaction"};
    run change{on, sql::change_case};
    change.bind_all(no, definition, static_cast<int>(head.status), head.end_kind);
    bind_reference(change, head.reference);
    change.bind_all(head.opener_unit, head.opener_person, head.due_before);
    change.finish();
}

}  // namespace

// -- from callers to commits ----------------------------------------------------------------------

write_outcome sqlite_store::write(const std::string& tenant, const write_batch& batch) {
    if (auto good = store_rules::check_batch(tenant, batch); !good)
        return store_rules::rejected(good.error());
    if (forked()) return store_rules::rejected(errc::forked);
    request mine;
    mine.tenant = &tenant;
    mine.batch = &batch;
    const auto deadline = steady::now() + lock_wait_;
    std::unique_lock lock{queue_mutex_};
    queue_.push_back(&mine);
    while (!mine.done) {
        if (leading_) {
            if (queue_moved_.wait_until(lock, deadline) == std::cv_status::timeout && !mine.taken &&
                !mine.done) {
                queue_.erase(std::find(queue_.begin(), queue_.end(), &mine));
                return store_rules::rejected(errc::store_busy);
            }
            // Who was taken waits for the answer, however long the commit is: it may be stored.
            if (mine.taken && !mine.done) queue_moved_.wait(lock, [&] { return mine.done; });
            continue;
        }
        leading_ = true;
        std::vector<request*> group;
        try {
            group.reserve(std::min(queue_.size(), together));
        } catch (...) {
            leading_ = false;
            queue_.erase(std::find(queue_.begin(), queue_.end(), &mine));
            throw;
        }
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
    for (std::size_t from = 0; from < batches.size(); from += together) {
        std::vector<request*> group;
        for (std::size_t i = from; i < std::min(batches.size(), from + together); ++i) {
            requests[i].tenant = &tenant;
            requests[i].batch = &batches[i];
            if (auto good = store_rules::check_batch(tenant, batches[i]); !good)
                requests[i].out = store_rules::rejected(good.error());
            else
                group.push_back(&requests[i]);
        }
        if (!group.empty()) write_together(group);
    }
    for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] = std::move(requests[i].out);
    return outcomes;
}

void sqlite_store::write_together(std::vector<request*>& requests) noexcept {
    const auto all = [&](const error& reason) {
        for (request* one : requests) one->out = store_rules::rejected(reason);
    };
    try {
        error reason;
        if (forked())
            reason.code = errc::forked;
        else if (corrupt_) {
            reason.code = errc::store_corrupt;
            reason.args = {path_};
        } else
            return run_together(requests, steady::now() + lock_wait_);
        all(reason);
    } catch (const failure& why) {
        note(why);
        all(error_of(why, path_));
    } catch (const bad_row& why) {
        all(error_of(why, path_));
    } catch (const std::exception&) {
        // Want of memory before the commit; nothing is stored. The words would need memory, too.
        for (request* one : requests) {
            one->out = write_outcome{};
            one->out.what = write_outcome::kind::rejected;
            one->out.reason.emplace();
            one->out.reason->code = errc::out_of_memory;
        }
    }
}

void sqlite_store::run_together(std::vector<request*>& requests, steady::time_point deadline) {
    turn mine{*this, deadline};
    if (!mine.has_lock()) {
        for (request* one : requests) one->out = store_rules::rejected(errc::store_busy);
        return;
    }
    connection& on = mine.writer(firmness::full);
    // Made before the commit, so that nothing after it can run out of memory.
    std::vector<write_outcome> if_lost;
    if_lost.reserve(requests.size());
    for (const request* one : requests) if_lost.push_back(unknown(*one->batch));
    bool committing = false;
    try {
        transaction whole{on, sql::begin_write};
        const std::int64_t now = clock_of(on);
        bool any = false;
        for (std::size_t i = 0; i < requests.size(); ++i) {
            if (!apply_guarded(on, *requests[i], requests.size() == 1, now)) {
                const error reason = *requests[i]->out.reason;
                for (request* one : requests) one->out = store_rules::rejected(reason);
                return;
            }
            any = any || requests[i]->out.what == write_outcome::kind::committed;
        }
        if (!any) return;
        committing = true;
        whole.commit();
    } catch (...) {
        if (!committing) throw;
        // A commit that reports an error may still be on the disk. What this connection and its
        // caches believe is worth nothing now.
        mine.drop_writer();
        for (std::size_t i = 0; i < requests.size(); ++i) requests[i]->out = std::move(if_lost[i]);
        return;
    }
    after_commit(on);
}

bool sqlite_store::apply_guarded(connection& on, request& one, bool alone, std::int64_t now) {
    try {
        if (!alone) run{on, sql::savepoint}.finish();
        one.out = apply(on, *one.tenant, *one.batch, now);
    } catch (const failure& why) {
        note(why);
        one.out = store_rules::rejected(error_of(why, path_));
        if (!on.in_transaction() || alone || is_corruption(why)) return false;
    } catch (const bad_row& why) {
        one.out = store_rules::rejected(error_of(why, path_));
        if (alone) return false;
    }
    if (alone) {
        // A batch that is not stored leaves nothing: the transaction is not committed.
        return true;
    }
    if (one.out.what != write_outcome::kind::committed) run{on, sql::rollback_to}.finish();
    run{on, sql::release}.finish();
    return true;
}

void sqlite_store::after_commit(connection& on) noexcept {
    if (on.frames() < frames_to_checkpoint) return;
    const int how =
        on.frames() < frames_to_restart ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
    // The commit stands whatever comes of this; a checkpoint that fails is tried again after the
    // next one.
    const int code = sqlite3_wal_checkpoint_v2(on.handle(), nullptr, how, nullptr, nullptr);
    if (code != SQLITE_OK) note(failure{code, 0});
}

// -- one batch
// --------------------------------------------------------------------------------------

write_outcome sqlite_store::apply(connection& on, const std::string& tenant,
                                  const write_batch& batch, std::int64_t now) {
    write_outcome out;
    const std::int64_t owner = tenant_no(on, tenant, true);
    const auto found = find_case(on, owner, batch.of);
    const std::uint64_t version = found ? found->version : 0;
    if (version != batch.expected_version || (found && !found->quarantine.empty())) {
        if (found)
            if (auto earlier = find_command(on, found->no, batch.command.id)) {
                out.what = write_outcome::kind::duplicate;
                out.earlier = std::move(earlier);
                return out;
            }
        if (found && !found->quarantine.empty())
            return store_rules::rejected(errc::case_quarantined,
                                         {batch.of.str(), found->quarantine});
        out.what = write_outcome::kind::conflict;
        return out;
    }
    const auto command_of_case = [&](std::int64_t no) {
        const auto& c = batch.command;
        run row{on, sql::make_command};
        row.bind_all(no, c.id, static_cast<int>(c.kind), c.digest, c.first_seq, c.last_seq);
        row.bind_blob(c.result);
        return row.finish() == 1;
    };
    // First of all the command id: of two that carry the same, one finds the other's row.
    if (found && !command_of_case(found->no)) {
        out.what = write_outcome::kind::duplicate;
        out.earlier = find_command(on, found->no, batch.command.id);
        if (!out.earlier) throw bad_row{"a command that can be neither written nor read"};
        return out;
    }
    if (found)
        if (auto same = store_rules::check_same_case(found->same, batch.head); !same)
            return store_rules::rejected(same.error());
    if (!batch.head.reference.empty() && !(found && found->reference == batch.head.reference))
        if (const auto other = owner_of(on, owner, batch.head.reference))
            return store_rules::rejected(errc::reference_taken, {batch.head.reference, *other});
    if (batch.definition && !definition_no(on, owner, batch.definition->hash)) {
        run row{on, sql::make_definition};
        row.bind_all(owner, batch.definition->hash, batch.definition->code,
                     batch.definition->closed);
        row.finish();
    }
    const auto definition = definition_no(on, owner, batch.head.definition);
    if (!definition)
        return store_rules::rejected(errc::invalid_argument,
                                     {"definition of the head is not stored"});
    if (batch.settles) {
        const auto work = find_work(on, tenant, batch.settles->key, batch.settles->fence);
        if (!work) return store_rules::rejected(errc::conflict);
        finish_work(on, *work);
    }
    std::int64_t no = 0;
    if (found) {
        no = found->no;
        change_case(on, no, *definition, batch.expected_version, batch.head);
    } else {
        no = make_case(on, owner, *definition, batch.head);
        if (!command_of_case(no)) throw bad_row{"a command before its case"};
    }
    if (auto rows = insert_rows(on, owner, no, batch, now); !rows)
        return store_rules::rejected(rows.error());
    return out;
}

result<void> sqlite_store::insert_rows(connection& on, std::int64_t tenant, std::int64_t no,
                                       const write_batch& batch, std::int64_t now) {
    if (batch.head.version >= (std::uint64_t{1} << seq_bits))
        return fail(errc::limit_exceeded,
                    {"events per case", std::to_string((1u << seq_bits) - 1)});
    for (const auto& event : batch.events) {
        run row{on, sql::make_event};
        row.bind_all((no << seq_bits) + static_cast<std::int64_t>(event.seq), event.at);
        row.bind_blob(event.header)
            .bind(event.salt)
            .bind_blob(event.payload)
            .bind(event.hash)
            .finish();
    }
    for (const auto& task : batch.drop_tasks) {
        run row{on, sql::drop_task};
        row.bind_all(no, task.step, task.round).finish();
    }
    for (const auto& task : batch.put_tasks) {
        run row{on, sql::make_task};
        row.bind_all(no, task.task.step, task.task.round, task.n, tenant, task.of,
                     static_cast<int>(task.as), task.role, task.unit, task.person, task.opened_at);
        if (task.due_before)
            row.bind(*task.due_before);
        else
            row.bind(INT64_MAX);
        row.bind_all(task.overdue ? 1 : 0, task.consultation ? 1 : 0, task.timer_at).finish();
    }
    bool offered[2] = {false, false};
    for (const auto& entry : batch.outbox) {
        run row{on, sql::make_entry};
        row.bind_all(no, entry.seq, entry.n, static_cast<int>(entry.kind));
        row.bind_blob(entry.body).finish();
        offered[static_cast<std::size_t>(entry.kind)] = true;
    }
    if (!batch.outbox.empty()) {
        run{on, sql::count_entries}
            .bind_all(no, static_cast<std::int64_t>(batch.outbox.size()), 0)
            .finish();
        if (offered[0]) run{on, sql::offer_new_notices}.bind_all(no, now).finish();
        if (offered[1]) run{on, sql::offer_new_links}.bind_all(no, now).finish();
    }
    if (batch.snapshot) {
        run row{on, sql::make_snapshot};
        row.bind_all(no, batch.snapshot->version, batch.snapshot->format);
        row.bind_blob(batch.snapshot->state).finish();
    }
    return {};
}

std::int64_t sqlite_store::tenant_no(connection& on, const std::string& tenant, bool make) {
    {
        run row{on, sql::tenant};
        row.bind(tenant);
        if (row.step()) return row.number(0);
    }
    if (!make) return 0;
    run{on, sql::make_tenant}.bind(tenant).finish();
    return sqlite3_last_insert_rowid(on.handle());
}

}  // namespace quytrinh::detail::sqlite
