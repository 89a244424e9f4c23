// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/batch.cpp: one batch into rows, inside the transaction that somebody else begins
// and ends. Everything that can refuse it comes before the first row changes, so a group of batches
// needs no savepoints (each would copy every page it touches).
#include "rows.hpp"
#include "turns.hpp"

#include <algorithm>

namespace quytrinh::detail::sqlite {

namespace {

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

void bind_maybe(run& row, const std::optional<std::int64_t>& value) {
    if (value)
        row.bind(*value);
    else
        row.bind_null();
}

bool make_command(connection& on, std::int64_t no, const command_row& c) {
    return run{on, sql::make_command}.bind_all(no, c.id, c.first_seq, c.last_seq).finish() == 1;
}

/// A column that an UPDATE names has its indexes written anew, so what seldom changes is named only
/// when it does.
void change_case(connection& on, std::int64_t no, std::int64_t definition, const head_row& from,
                 const head_row& to) {
    if (from.status != to.status)
        run{on, sql::change_status}.bind_all(no, static_cast<int>(to.status)).finish();
    if (from.reference != to.reference) {
        run change{on, sql::change_reference};
        change.bind(no);
        bind_reference(change, to.reference);
        change.finish();
    }
    if (from.definition != to.definition || from.end_kind != to.end_kind ||
        from.opener_unit != to.opener_unit || from.opener_person != to.opener_person ||
        from.due_before != to.due_before)
        run{on, sql::change_case}
            .bind_all(no, definition, to.end_kind, to.opener_unit, to.opener_person, to.due_before)
            .finish();
}

/// The open tasks after a batch: first the dropped ones go, then entries are put, each in the place
/// of one with the same key.
std::vector<task_entry_row> tasks_after(connection& on, writers_memory& memory, std::int64_t tenant,
                                        const std::vector<task_entry_row>& before,
                                        const write_batch& batch) {
    std::vector<task_entry_row> out;
    out.reserve(before.size() + batch.put_tasks.size());
    for (const auto& t : before) {
        const bool dropped = std::any_of(
            batch.drop_tasks.begin(), batch.drop_tasks.end(),
            [&](const task_key& key) { return key.round == t.round && key.step == t.step; });
        if (!dropped) out.push_back(t);
    }
    const std::size_t kept = out.size();
    for (const auto& put : batch.put_tasks) {
        task_entry_row t;
        t.step = put.task.step;
        t.round = put.task.round;
        t.n = put.n;
        t.as = put.as;
        t.overdue = put.overdue;
        t.consultation = put.consultation;
        t.list = memory.list_no(on, tenant, put.unit, put.role, {});
        if (!put.person.empty()) t.person = memory.list_no(on, tenant, {}, {}, put.person);
        t.opened_at = micros(put.opened_at);
        if (put.due_before) t.due = micros(*put.due_before);
        if (put.timer_at) t.timer_at = t.offered_at = micros(*put.timer_at);
        t.since = batch.head.version;
        out.push_back(std::move(t));
    }
    if (kept == out.size()) return out;
    // Stable: of two with one key the later one is last, and stays.
    const auto earlier = [](const auto& a, const auto& b) { return a.place() < b.place(); };
    if (!std::is_sorted(out.begin(), out.end(), earlier))
        std::stable_sort(out.begin(), out.end(), earlier);
    std::size_t end = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i + 1 < out.size() && out[i].place() == out[i + 1].place()) continue;
        if (end != i) out[end] = std::move(out[i]);
        ++end;
    }
    out.resize(end);
    return out;
}

void drop_waiting(connection& on, const case_id& of, const task_entry_row& t) {
    for (const std::int64_t list : {t.list, t.person}) {
        if (list == 0) continue;
        const std::string place = place_in_list(list, t.due, of.str(), t.step, t.round, t.n);
        run row{on, sql::drop_waiting};
        row.bind_blob(place).finish();
    }
}

void make_waiting(connection& on, const case_id& of, std::int64_t no, const task_entry_row& t) {
    const std::int64_t task = no << 4 | static_cast<int>(t.as) << 1 | (t.overdue ? 1 : 0);
    for (const std::int64_t list : {t.list, t.person}) {
        if (list == 0) continue;
        const std::string place = place_in_list(list, t.due, of.str(), t.step, t.round, t.n);
        run row{on, sql::make_waiting};
        row.bind_blob(place).bind(task).finish();
    }
}

bool same_in_lists(const task_entry_row& a, const task_entry_row& b) {
    return a.list == b.list && a.person == b.person && a.due == b.due && a.as == b.as &&
           a.overdue == b.overdue;
}

/// Both are sorted by place: what is only in one of them goes or comes, what differs does both.
void change_lists(connection& on, const case_id& of, std::int64_t no,
                  const std::vector<task_entry_row>& before,
                  const std::vector<task_entry_row>& after) {
    auto old = before.begin();
    auto now = after.begin();
    while (old != before.end() || now != after.end()) {
        if (now == after.end() || (old != before.end() && old->place() < now->place())) {
            drop_waiting(on, of, *old++);
        } else if (old == before.end() || now->place() < old->place()) {
            make_waiting(on, of, no, *now++);
        } else {
            if (!same_in_lists(*old, *now)) {
                drop_waiting(on, of, *old);
                make_waiting(on, of, no, *now);
            }
            ++old;
            ++now;
        }
    }
}

/// When timers and queues are offered after a batch. What changes is written, else it is left
/// alone.
struct offers {
    bool timer = false, queue = false;
};
offers offer(standing& next, const write_batch& batch, std::int64_t now) {
    offers changed;
    const auto first = first_offer(next.tasks);
    const bool over = next.tasks.empty() || batch.head.status != stored_status::open;
    // A moment that has passed may have been taken away by a claim since.
    const bool noted = next.noted_at && *next.noted_at > now;
    if (first ? !noted || *first < *next.noted_at : over && next.noted_at.has_value()) {
        next.noted_at = first;
        changed.timer = true;
    }
    for (const auto& entry : batch.outbox) {
        queue_state& queue = next.queues[static_cast<int>(entry.kind)];
        if (queue.at) continue;
        queue.at = now;
        queue.fence = 0;
        changed.queue = true;
    }
    return changed;
}

void move_moment(connection& on, const standing& to, const std::optional<std::int64_t>& from) {
    if (from && from != to.noted_at) drop_moment(on, to, *from);
    if (to.noted_at) make_moment(on, to, *to.noted_at);
}

void make_standing(connection& on, const standing& next, const std::string& tasks) {
    run row{on, sql::make_standing};
    row.bind_all(next.no, next.tenant, next.head.version, next.head.hash, next.head.last_at,
                 next.head.history_bytes);
    row.bind_blob(tasks);
    bind_maybe(row, next.noted_at);
    bind_maybe(row, next.queues[0].at);
    bind_maybe(row, next.queues[1].at);
    row.finish();
}

/// False when the file has another version, hash or turn than `from`.
bool move_standing(connection& on, const standing& from, const standing& next,
                   const std::string& tasks, bool offered) {
    run row{on, offered ? sql::move_and_offer : sql::move};
    row.bind_all(from.no, from.head.version, from.turn, from.head.hash, next.head.version,
                 next.head.hash, next.head.last_at, next.head.history_bytes);
    row.bind_blob(tasks);
    if (offered) {
        bind_maybe(row, next.noted_at);
        bind_maybe(row, next.queues[0].at);
        row.bind(next.queues[0].fence);
        bind_maybe(row, next.queues[1].at);
        row.bind(next.queues[1].fence);
    }
    return row.finish() == 1;
}

std::int64_t make_case(connection& on, std::int64_t tenant, std::int64_t definition,
                       const head_row& head) {
    run row{on, sql::make_case};
    row.bind_all(tenant, head.id, head.procedure, definition, static_cast<int>(head.status),
                 head.end_kind);
    bind_reference(row, head.reference);
    row.bind_all(head.opener_unit, head.opener_person, head.opened_at, head.due_before);
    row.finish();
    return sqlite3_last_insert_rowid(on.handle());
}

/// Can this batch go on from what is remembered, if that still holds? Nothing but a command id that
/// was used, or somebody who was quicker, may be in its way.
bool goes_on(const standing& known, const write_batch& batch) {
    return store_rules::follows(&known.head, batch) && known.quarantine.empty() && !batch.settles &&
           known.head.definition == batch.head.definition && !batch.definition &&
           (batch.head.reference.empty() || known.head.reference == batch.head.reference) &&
           store_rules::check_same_case(known.head, batch.head).has_value() &&
           batch.head.version < (std::uint64_t{1} << seq_bits);
}

write_outcome duplicate_of(connection& on, std::int64_t no, const command_id& id) {
    write_outcome out;
    out.what = write_outcome::kind::duplicate;
    out.earlier = find_command(on, no, id);
    if (!out.earlier) throw bad_row{"a command that can be neither written nor read"};
    return out;
}

}  // namespace

/// The rows of a batch that goes on from `from`. False, and nothing is changed, when the file has
/// another version or turn.
bool sqlite_store::go_on(connection& on, standing& from, const write_batch& batch,
                         std::int64_t definition, std::int64_t now) {
    standing next;
    next.no = from.no;
    next.tenant = from.tenant;
    next.head = batch.head;
    next.turn = from.turn;
    next.noted_at = from.noted_at;
    next.queues[0] = from.queues[0];
    next.queues[1] = from.queues[1];
    next.tasks = batch.put_tasks.empty() && batch.drop_tasks.empty()
                     ? from.tasks
                     : tasks_after(on, memory_, from.tenant, from.tasks, batch);
    const offers changed = offer(next, batch, now);
    if (!move_standing(on, from, next, pack_tasks(next.tasks), changed.timer || changed.queue))
        return false;
    if (changed.timer) move_moment(on, next, from.noted_at);
    change_case(on, from.no, definition, from.head, batch.head);
    change_lists(on, batch.of, from.no, from.tasks, next.tasks);
    add_rows(on, next, batch);
    from = std::move(next);
    return true;
}

/// What a batch adds beside the case itself.
void sqlite_store::add_rows(connection& on, const standing& to, const write_batch& batch) {
    make_history(on, to.no, batch.command, batch.events);
    if (!batch.outbox.empty()) make_outbox(on, to.no, to.tenant, batch.outbox);
    if (batch.snapshot) {
        run row{on, sql::make_snapshot};
        row.bind_all(to.no, batch.snapshot->version, batch.snapshot->format);
        row.bind_blob(batch.snapshot->state).finish();
    }
}

void sqlite_store::open_case(connection& on, std::int64_t tenant, std::int64_t definition,
                             const write_batch& batch, std::int64_t now) {
    standing next;
    next.tenant = tenant;
    next.head = batch.head;
    next.tasks = tasks_after(on, memory_, tenant, {}, batch);
    (void)offer(next, batch, now);
    next.no = make_case(on, tenant, definition, batch.head);
    make_standing(on, next, pack_tasks(next.tasks));
    move_moment(on, next, std::nullopt);
    if (!make_command(on, next.no, batch.command)) throw bad_row{"a command before its case"};
    change_lists(on, batch.of, next.no, {}, next.tasks);
    add_rows(on, next, batch);
    memory_.keep(std::move(next));
}

/// The short way of a batch whose case is remembered: two rows tell whether it may. Nothing when
/// somebody else was quicker; then the long way finds out what there is to say.
std::optional<write_outcome> sqlite_store::apply_remembered(connection& on, std::int64_t tenant,
                                                            const write_batch& batch,
                                                            std::int64_t now) {
    standing* const known = memory_.find(tenant, batch.of);
    if (known == nullptr || !goes_on(*known, batch)) return std::nullopt;
    if (!make_command(on, known->no, batch.command))
        return duplicate_of(on, known->no, batch.command.id);
    // The definition is as it was, so its number is not asked for.
    if (go_on(on, *known, batch, memory_.definition_no(on, tenant, batch.head.definition), now)) {
        if (known->tasks.size() > writers_memory::tasks_most) memory_.forget(tenant, batch.of);
        return write_outcome{};
    }
    run{on, sql::drop_command}.bind_all(known->no, batch.command.id).finish();
    return std::nullopt;
}

write_outcome sqlite_store::apply(connection& on, const std::string& tenant,
                                  const write_batch& batch, std::int64_t now) {
    std::int64_t owner = tenant_no(on, tenant);
    if (owner != 0)
        if (auto done = apply_remembered(on, owner, batch, now)) return std::move(*done);
    memory_.forget(owner, batch.of);
    auto found = owner == 0 ? std::nullopt : read_standing(on, owner, batch.of);
    // A command that was stored before answers for itself, whatever else there is to say.
    const auto answer = [&](write_outcome otherwise) {
        if (found)
            if (auto earlier = find_command(on, found->no, batch.command.id)) {
                otherwise = {};
                otherwise.what = write_outcome::kind::duplicate;
                otherwise.earlier = std::move(earlier);
            }
        return otherwise;
    };
    if (found && !found->quarantine.empty())
        return answer(
            store_rules::rejected(errc::case_quarantined, {batch.of.str(), found->quarantine}));
    if (!store_rules::follows(found ? &found->head : nullptr, batch)) {
        write_outcome out;
        out.what = write_outcome::kind::conflict;
        return answer(std::move(out));
    }
    if (found)
        if (auto same = store_rules::check_same_case(found->head, batch.head); !same)
            return answer(store_rules::rejected(same.error()));
    if (batch.head.version >= (std::uint64_t{1} << seq_bits))
        return answer(store_rules::rejected(errc::limit_exceeded,
                                            {"events per case", std::to_string(1u << seq_bits)}));
    if (!batch.head.reference.empty() && !(found && found->head.reference == batch.head.reference))
        if (const auto other = owner_of(on, owner, batch.head.reference))
            return answer(
                store_rules::rejected(errc::reference_taken, {batch.head.reference, *other}));
    std::int64_t definition = memory_.definition_no(on, owner, batch.head.definition);
    const bool pinned =
        definition != 0 || (batch.definition && batch.definition->hash == batch.head.definition);
    if (!pinned)
        return answer(store_rules::rejected(errc::invalid_argument,
                                            {"definition of the head is not stored"}));
    std::optional<found_work> settled;
    if (batch.settles) {
        settled = find_work(on, owner, batch.settles->key, batch.settles->fence);
        if (!settled) return answer(store_rules::rejected(errc::conflict));
    }
    if (found && !make_command(on, found->no, batch.command))
        return duplicate_of(on, found->no, batch.command.id);

    // From here on only a fault can stop it.
    if (owner == 0) owner = make_tenant(on, tenant);
    if (batch.definition && memory_.definition_no(on, owner, batch.definition->hash) == 0)
        run{on, sql::make_definition}
            .bind_all(owner, batch.definition->hash, batch.definition->code,
                      batch.definition->closed)
            .finish();
    if (definition == 0) definition = memory_.definition_no(on, owner, batch.head.definition);
    if (settled) {
        const bool own = found && settled->of.no == found->no;
        finish_work(on, *settled);
        if (own) *found = std::move(settled->of);
    }
    if (!found) {
        open_case(on, owner, definition, batch, now);
        return {};
    }
    if (!go_on(on, *found, batch, definition, now))
        throw bad_row{"a case whose version moved inside a transaction"};
    memory_.keep(std::move(*found));
    return {};
}

std::int64_t sqlite_store::tenant_no(connection& on, const std::string& tenant) {
    if (const auto known = tenants_.find(tenant); known != tenants_.end()) return known->second;
    run row{on, sql::tenant};
    row.bind(tenant);
    if (!row.step()) return 0;
    const std::int64_t no = row.number(0);
    // A number is remembered only once it is certain to stay.
    if (!tenant_made_) {
        if (tenants_.size() > 1000) tenants_.clear();
        tenants_.emplace(tenant, no);
    }
    return no;
}

std::int64_t sqlite_store::make_tenant(connection& on, const std::string& tenant) {
    tenant_made_ = true;
    run{on, sql::make_tenant}.bind(tenant).finish();
    return sqlite3_last_insert_rowid(on.handle());
}

}  // namespace quytrinh::detail::sqlite
