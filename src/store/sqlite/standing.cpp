// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/standing.cpp: a case as it stands, to and from its rows; the writer's memory.
#include "standing.hpp"

#include "pack.hpp"
#include "rows.hpp"

#include <quytrinh/store/impl/rules.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::sqlite {

namespace {

/// Bits of an entry's first number, above three for the relation.
constexpr std::uint64_t is_overdue = 8, is_consultation = 16, has_due = 32, has_timer = 64,
                        has_offer = 128, has_lease = 256, has_since = 512, flags_end = 1024;

std::optional<std::int64_t> maybe(const run& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.number(column);
}

queue_state queue_of(const run& row, int first) {
    return {maybe(row, first), row.number(first + 1, INT64_MAX), row.number(first + 2, INT64_MAX),
            static_cast<std::uint32_t>(row.number(first + 3, UINT32_MAX))};
}

void bind_maybe(run& row, const std::optional<std::int64_t>& value) {
    if (value)
        row.bind(*value);
    else
        row.bind_null();
}

std::optional<standing> standing_of(run& row) {
    if (!row.step()) return std::nullopt;
    standing out;
    out.no = row.number(0);
    out.head = head_of(row);
    out.quarantine = row.bytes(14);
    out.turn = row.number(16);
    out.tasks = unpack_tasks(row.view(17));
    out.noted_at = maybe(row, 18);
    out.queues[0] = queue_of(row, 19);
    out.queues[1] = queue_of(row, 23);
    out.tenant = row.number(27);
    return out;
}

}  // namespace

std::string pack_tasks(const std::vector<task_entry_row>& tasks) {
    packer out;
    out.reserve(48 * tasks.size());
    for (const auto& t : tasks) {
        std::uint64_t flags = static_cast<std::uint64_t>(t.as);
        if (t.overdue) flags |= is_overdue;
        if (t.consultation) flags |= is_consultation;
        if (t.due != no_due) flags |= has_due;
        if (t.timer_at) flags |= has_timer;
        if (t.offered_at) flags |= has_offer;
        if (t.attempts != 0) flags |= has_lease;
        if (t.timer_at && t.since != 0) flags |= has_since;
        out.natural(flags);
        out.text(t.step);
        out.natural(t.round);
        out.natural(t.n);
        out.integer(t.list);
        out.integer(t.person);
        out.integer(t.opened_at);
        if (t.due != no_due) out.integer(t.due);
        if (t.timer_at) out.integer(*t.timer_at);
        if (t.offered_at) out.integer(*t.offered_at);
        if ((flags & has_lease) != 0) {
            out.natural(0);
            out.natural(t.attempts);
        }
        if ((flags & has_since) != 0) out.natural(t.since);
    }
    return out.take();
}

std::vector<task_entry_row> unpack_tasks(std::string_view bytes) {
    std::vector<task_entry_row> out;
    unpacker in{bytes};
    while (!in.finished()) {
        task_entry_row& t = out.emplace_back();
        const std::uint64_t flags = in.natural(flags_end - 1);
        t.as = static_cast<relation>(flags & 7u);
        if ((flags & 7u) > 6) throw bad_row{"a relation out of range"};
        t.overdue = (flags & is_overdue) != 0;
        t.consultation = (flags & is_consultation) != 0;
        t.step = in.text();
        t.round = static_cast<std::uint32_t>(in.natural(UINT32_MAX));
        t.n = static_cast<std::uint32_t>(in.natural(UINT32_MAX));
        t.list = in.integer();
        t.person = in.integer();
        t.opened_at = in.integer();
        if ((flags & has_due) != 0) t.due = in.integer();
        if ((flags & has_timer) != 0) t.timer_at = in.integer();
        if ((flags & has_offer) != 0) t.offered_at = in.integer();
        if ((flags & has_lease) != 0) {
            t.fence = in.natural(INT64_MAX);
            t.attempts = static_cast<std::uint32_t>(in.natural(UINT32_MAX));
        }
        if ((flags & has_since) != 0) t.since = in.natural(INT64_MAX);
        if (out.size() > 1 && !(out[out.size() - 2].place() < t.place()))
            throw bad_row{"tasks out of order"};
    }
    return out;
}

std::optional<std::int64_t> offer_of(const task_entry_row& task) noexcept {
    if (task.offered_at && task.leased_until) return std::max(*task.offered_at, *task.leased_until);
    return task.offered_at;
}

std::optional<std::int64_t> first_offer(const std::vector<task_entry_row>& tasks) {
    std::optional<std::int64_t> first;
    for (const auto& t : tasks)
        if (const auto at = offer_of(t); at && (!first || *at < *first)) first = at;
    return first;
}

std::optional<standing> read_standing(connection& on, std::int64_t tenant, const case_id& of) {
    run row{on, sql::standing};
    row.bind_all(tenant, of);
    return standing_of(row);
}

std::optional<standing> read_standing(connection& on, std::int64_t no) {
    run row{on, sql::standing_of_no};
    row.bind(no);
    return standing_of(row);
}

void make_moment(connection& on, const standing& of, std::int64_t at) {
    run{on, sql::make_moment}.bind_all(of.tenant, at, of.no, of.head.id).finish();
}

void drop_moment(connection& on, const standing& of, std::int64_t at) {
    run{on, sql::drop_moment}.bind_all(of.tenant, at, of.no).finish();
}

void read_leases(connection& on, std::int64_t no, std::vector<task_entry_row>& tasks) {
    std::vector<std::pair<std::string, std::int64_t>> of_none;
    {
        run row{on, sql::leases_of_case};
        row.bind(no);
        while (row.step()) {
            const auto step = row.view(0);
            const auto its = std::find_if(tasks.begin(), tasks.end(), [&](const auto& t) {
                return t.n == 0 && t.round == row.number(1) && t.step == step && t.offered_at &&
                       row.number(2) == static_cast<std::int64_t>(t.since);
            });
            if (its == tasks.end()) {
                of_none.emplace_back(step, row.number(1));
                continue;
            }
            its->fence = row.number(3, INT64_MAX);
            its->leased_until = row.number(4);
        }
    }
    for (const auto& [step, round] : of_none)
        run{on, sql::drop_lease}.bind_all(no, step, round).finish();
}

void make_lease(connection& on, std::int64_t no, const task_entry_row& task) {
    run{on, sql::make_lease}
        .bind_all(no, task.step, task.round, task.since, task.fence, *task.leased_until)
        .finish();
}

void drop_lease(connection& on, const standing& of, task_entry_row& task) {
    task.fence = 0;
    if (!task.leased_until) return;
    run{on, sql::drop_lease}.bind_all(of.no, task.step, task.round).finish();
    drop_moment(on, of, *task.leased_until);
    task.leased_until.reset();
}

void save_timers(connection& on, standing& of) {
    const auto first = of.quarantine.empty() ? first_offer(of.tasks) : std::nullopt;
    if (of.noted_at && of.noted_at != first) drop_moment(on, of, *of.noted_at);
    if (first) make_moment(on, of, *first);
    of.noted_at = first;
    const std::string tasks = pack_tasks(of.tasks);
    run row{on, sql::turn_timers};
    row.bind(of.no).bind_blob(tasks);
    bind_maybe(row, of.noted_at);
    row.finish();
    ++of.turn;
}

void save_queue(connection& on, standing& of, outbox_kind which) {
    const auto& queue = of.queues[static_cast<int>(which)];
    run row{on, which == outbox_kind::notice ? sql::turn_notices : sql::turn_links};
    row.bind(of.no);
    bind_maybe(row, queue.at);
    row.bind_all(queue.fence, queue.seq, queue.n).finish();
    ++of.turn;
}

void set_apart(connection& on, std::int64_t no, const char* why) {
    run{on, sql::quarantine}.bind_all(no, why).finish();
    run{on, sql::offer_nothing}.bind(no).finish();
}

// -- what the writer remembers --------------------------------------------------------------------

const std::string& writers_memory::name(std::int64_t tenant, const std::string& of) {
    name_.assign(reinterpret_cast<const char*>(&tenant), sizeof tenant);
    name_ += of;
    return name_;
}

standing* writers_memory::find(std::int64_t tenant, const case_id& of) {
    const std::string& key = name(tenant, of.str());
    if (const auto at = young_.find(key); at != young_.end()) return &at->second;
    const auto at = old_.find(key);
    if (at == old_.end()) return nullptr;
    return &young_.insert(old_.extract(at)).position->second;
}

void writers_memory::keep(standing&& what) {
    forget(what.tenant, what.head.id);
    if (what.tasks.size() > tasks_most || !what.quarantine.empty()) return;
    if (young_.size() >= generation_size) {
        old_ = std::move(young_);
        young_.clear();
    }
    const std::string& key = name(what.tenant, what.head.id.str());
    young_.insert_or_assign(key, std::move(what));
}

void writers_memory::forget(std::int64_t tenant, const case_id& of) {
    const std::string& key = name(tenant, of.str());
    young_.erase(key);
    old_.erase(key);
}

void writers_memory::forget_all() {
    young_.clear();
    old_.clear();
    lists_.clear();
    definitions_.clear();
}

std::int64_t writers_memory::list_no(connection& on, std::int64_t tenant, const std::string& unit,
                                     const std::string& role, const std::string& person) {
    name_.assign(reinterpret_cast<const char*>(&tenant), sizeof tenant);
    for (const std::string* part : {&unit, &role}) {
        // Codes are at most 255 bytes long (store_rules).
        name_ += static_cast<char>(part->size());
        name_ += *part;
    }
    name_ += person;
    if (const auto known = lists_.find(name_); known != lists_.end()) return known->second;
    std::int64_t no = 0;
    {
        run row{on, sql::list_no};
        row.bind_all(tenant, unit, role, person);
        if (row.step()) no = row.number(0);
    }
    if (no == 0) {
        made_list_ = true;
        run{on, sql::make_list}.bind_all(tenant, unit, role, person).finish();
        no = sqlite3_last_insert_rowid(on.handle());
    }
    if (lists_.size() >= lists_most) lists_.clear();
    lists_.emplace(name_, no);
    return no;
}

std::int64_t writers_memory::definition_no(connection& on, std::int64_t tenant,
                                           const digest256& hash) {
    if (const auto known = definitions_.find({tenant, hash}); known != definitions_.end())
        return known->second;
    run row{on, sql::definition_no};
    row.bind_all(tenant, hash);
    if (!row.step()) return 0;
    const std::int64_t no = row.number(0);
    if (definitions_.size() >= definitions_most) definitions_.clear();
    definitions_.emplace(std::pair{tenant, hash}, no);
    return no;
}

}  // namespace quytrinh::detail::sqlite
