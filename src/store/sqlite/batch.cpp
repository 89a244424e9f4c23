// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/batch.cpp: one batch into rows, inside the transaction that somebody else begins
// and ends. Everything that can refuse it comes before the first row changes, so a group of batches
// needs no savepoints (each would copy every page it touches).
#include "rows.hpp"
#include "turns.hpp"

namespace quytrinh::detail::sqlite {

namespace {

/// The case as it stands.
struct standing {
    std::int64_t no = 0;
    head_row head;
    std::string quarantine;
};

std::optional<standing> find_case(connection& on, std::int64_t tenant, const case_id& of) {
    run row{on, sql::head_to_write};
    row.bind_all(tenant, of);
    if (!row.step()) return std::nullopt;
    return standing{row.number(0), head_of(row), row.bytes(14)};
}

bool has_definition(connection& on, std::int64_t tenant, const digest256& hash) {
    run row{on, sql::definition_no};
    row.bind_all(tenant, hash);
    return row.step();
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

/// Which queues of the case get new entries.
struct additions {
    bool notices = false, links = false;
};

additions additions_of(const write_batch& batch) {
    additions out;
    for (const auto& entry : batch.outbox)
        (entry.kind == outbox_kind::notice ? out.notices : out.links) = true;
    return out;
}

std::int64_t make_case(connection& on, std::int64_t tenant, const head_row& head,
                       const additions& added, std::int64_t now) {
    run row{on, sql::make_case};
    row.bind_all(tenant, head.id, head.procedure, head.definition, head.version, head.hash,
                 static_cast<int>(head.status), head.end_kind);
    bind_reference(row, head.reference);
    row.bind_all(head.opener_unit, head.opener_person, head.opened_at, head.last_at,
                 head.due_before, head.history_bytes);
    for (const bool offered : {added.notices, added.links}) {
        if (offered)
            row.bind(now);
        else
            row.bind_null();
    }
    row.finish();
    return sqlite3_last_insert_rowid(on.handle());
}

/// A column that an UPDATE names has its indexes written anew, so what seldom changes is named only
/// when it does.
void change_case(connection& on, const standing& from, const head_row& to, const additions& added,
                 std::int64_t now) {
    run move{on, sql::move_case};
    move.bind_all(from.no, to.version, to.hash, to.last_at, from.head.version, to.history_bytes);
    if (move.finish() != 1) throw bad_row{"a case whose version moved inside a transaction"};
    if (added.notices) run{on, sql::offer_new_notices}.bind_all(from.no, now).finish();
    if (added.links) run{on, sql::offer_new_links}.bind_all(from.no, now).finish();
    const auto& old = from.head;
    if (old.definition == to.definition && old.status == to.status && old.end_kind == to.end_kind &&
        old.reference == to.reference && old.opener_unit == to.opener_unit &&
        old.opener_person == to.opener_person && old.due_before == to.due_before)
        return;
    run change{on, sql::change_case};
    change.bind_all(from.no, to.definition, static_cast<int>(to.status), to.end_kind);
    bind_reference(change, to.reference);
    change.bind_all(to.opener_unit, to.opener_person, to.due_before);
    change.finish();
}

bool make_command(connection& on, std::int64_t no, const command_row& c) {
    run row{on, sql::make_command};
    row.bind_all(no, c.id, static_cast<int>(c.kind), c.digest, c.first_seq, c.last_seq);
    row.bind_blob(c.result);
    return row.finish() == 1;
}

void insert_rows(connection& on, std::int64_t tenant, std::int64_t no, const write_batch& batch) {
    for (const auto& event : batch.events) {
        run row{on, sql::make_event};
        row.bind_all((no << seq_bits) + static_cast<std::int64_t>(event.seq), event.at);
        row.bind_blob(event.header)
            .bind(event.salt)
            .bind_blob(event.payload)
            .bind(event.hash)
            .finish();
    }
    for (const auto& task : batch.drop_tasks)
        run{on, sql::drop_task}.bind_all(no, task.step, task.round).finish();
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
    for (const auto& entry : batch.outbox) {
        run row{on, sql::make_entry};
        row.bind_all(no, entry.seq, entry.n, tenant, static_cast<int>(entry.kind));
        row.bind_blob(entry.body).finish();
    }
    if (batch.snapshot) {
        run row{on, sql::make_snapshot};
        row.bind_all(no, batch.snapshot->version, batch.snapshot->format);
        row.bind_blob(batch.snapshot->state).finish();
    }
}

}  // namespace

write_outcome sqlite_store::apply(connection& on, const std::string& tenant,
                                  const write_batch& batch, std::int64_t now) {
    std::int64_t owner = tenant_no(on, tenant);
    const auto found = owner == 0 ? std::nullopt : find_case(on, owner, batch.of);
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
    const bool pinned = (found && found->head.definition == batch.head.definition) ||
                        (batch.definition && batch.definition->hash == batch.head.definition) ||
                        has_definition(on, owner, batch.head.definition);
    if (!pinned)
        return answer(store_rules::rejected(errc::invalid_argument,
                                            {"definition of the head is not stored"}));
    std::optional<found_work> settled;
    if (batch.settles) {
        settled = find_work(on, tenant, batch.settles->key, batch.settles->fence);
        if (!settled) return answer(store_rules::rejected(errc::conflict));
    }
    if (found && !make_command(on, found->no, batch.command)) {
        auto out = answer({});
        if (!out.earlier) throw bad_row{"a command that can be neither written nor read"};
        return out;
    }

    // From here on only a fault can stop it.
    if (owner == 0) owner = make_tenant(on, tenant);
    if (batch.definition && !has_definition(on, owner, batch.definition->hash))
        run{on, sql::make_definition}
            .bind_all(owner, batch.definition->hash, batch.definition->code,
                      batch.definition->closed)
            .finish();
    if (settled) finish_work(on, *settled);
    const additions added = additions_of(batch);
    std::int64_t no = 0;
    if (found) {
        no = found->no;
        change_case(on, *found, batch.head, added, now);
    } else {
        no = make_case(on, owner, batch.head, added, now);
        if (!make_command(on, no, batch.command)) throw bad_row{"a command before its case"};
    }
    insert_rows(on, owner, no, batch);
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
