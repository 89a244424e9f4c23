// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/work.cpp: due work: claims under a lease, what becomes of them.
#include "turns.hpp"

#include <quytrinh/store/impl/cursor.hpp>

#include <limits>

namespace quytrinh::detail::sqlite {

namespace {

/// The statements of one of the two queues of a case.
struct line_statements {
    sql due, lease, offer;
};
constexpr line_statements statements_of(outbox_kind kind) noexcept {
    return kind == outbox_kind::notice
               ? line_statements{sql::due_notices, sql::lease_notices, sql::offer_notices}
               : line_statements{sql::due_links, sql::lease_links, sql::offer_links};
}

/// now + lease without overflow.
std::int64_t after(std::int64_t now, std::chrono::microseconds lease) noexcept {
    const std::int64_t length = std::max<std::int64_t>(lease.count(), 0);
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return now > most - length ? most : now + length;
}

/// Is there anything to claim? Asked before the writer's turn, so that looking costs no commit.
bool anything_due(connection& on, sql which, const std::string& tenant, std::int64_t now) {
    run row{on, which};
    row.bind_all(tenant, now, 1);
    return row.step();
}

}  // namespace

std::uint64_t sqlite_store::next_fence(connection& on) {
    run row{on, sql::next_fence};
    if (!row.step()) throw bad_row{"no fence"};
    const std::uint64_t next = row.number(0, (std::uint64_t{1} << store_rules::fence_bits) - 1);
    row.finish();
    return (caps_.epoch << store_rules::fence_bits) + next;
}

result<std::vector<work_item>> sqlite_store::claim_due(const std::string& tenant, work_kind kind,
                                                       std::size_t limit,
                                                       std::chrono::microseconds lease,
                                                       const std::string&) {
    limit = store_cursor::rows_of_page(limit);
    const sql due = kind == work_kind::timer    ? sql::due_timers
                    : kind == work_kind::notice ? sql::due_notices
                                                : sql::due_links;
    const auto any = reading([&](connection& on) -> result<bool> {
        return anything_due(on, due, tenant, clock_of(on));
    });
    if (!any.has_value()) return any.failure();
    if (!*any) return std::vector<work_item>{};
    return writing(firmness::soft, [&](connection& on) -> result<std::vector<work_item>> {
        switch (kind) {
        case work_kind::timer: return claim_timers(on, tenant, limit, lease);
        case work_kind::notice: return claim_line(on, tenant, outbox_kind::notice, limit, lease);
        case work_kind::link: return claim_line(on, tenant, outbox_kind::link, limit, lease);
        }
        return fail(errc::invalid_argument, {"kind of work"});
    });
}

std::vector<work_item> sqlite_store::claim_timers(connection& on, const std::string& tenant,
                                                  std::size_t limit,
                                                  std::chrono::microseconds lease) {
    const std::int64_t now = clock_of(on);
    std::vector<work_item> items;
    std::vector<std::int64_t> numbers;
    {
        run row{on, sql::due_timers};
        row.bind_all(tenant, now, static_cast<std::int64_t>(limit));
        while (row.step()) {
            work_item item;
            item.kind = work_kind::timer;
            numbers.push_back(row.number(0));
            item.of = case_id{row.bytes(1)};
            item.task.step = row.bytes(2);
            item.task.round = static_cast<std::uint32_t>(row.number(3, UINT32_MAX));
            item.due = row.time(4);
            item.attempts = static_cast<std::uint32_t>(row.number(5, UINT32_MAX));
            item.key = store_rules::timer_key(item.of, item.task);
            items.push_back(std::move(item));
        }
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i].fence = next_fence(on);
        run{on, sql::lease_timer}
            .bind_all(numbers[i], items[i].task.step, items[i].task.round, after(now, lease),
                      items[i].fence)
            .finish();
    }
    return items;
}

std::vector<work_item> sqlite_store::claim_line(connection& on, const std::string& tenant,
                                                outbox_kind kind, std::size_t limit,
                                                std::chrono::microseconds lease) {
    const auto statements = statements_of(kind);
    const std::int64_t now = clock_of(on);
    std::vector<std::pair<std::int64_t, case_id>> cases;
    {
        run row{on, statements.due};
        row.bind_all(tenant, now, static_cast<std::int64_t>(limit));
        while (row.step()) cases.emplace_back(row.number(0), case_id{row.bytes(1)});
    }
    std::vector<work_item> items;
    for (const auto& [no, of] : cases) {
        if (items.size() == limit) break;
        const std::uint64_t fence = next_fence(on);
        const std::size_t before = items.size();
        {
            run row{on, sql::pending_entries};
            row.bind_all(
                no, static_cast<int>(kind),
                static_cast<std::int64_t>(std::min(limit - before, store_rules::items_per_case)));
            while (row.step()) {
                work_item item;
                item.kind = kind == outbox_kind::notice ? work_kind::notice : work_kind::link;
                item.of = of;
                item.seq = row.number(0, INT64_MAX);
                item.n = static_cast<std::uint32_t>(row.number(1, UINT32_MAX));
                item.body = row.bytes(2);
                item.attempts = static_cast<std::uint32_t>(row.number(3, UINT32_MAX));
                item.key = store_rules::outbox_key(of, item.seq, item.n);
                item.fence = fence;
                items.push_back(std::move(item));
            }
        }
        if (items.size() == before) {
            // Offered without an entry: put right, so that it is not looked at again and again.
            run{on, statements.offer}.bind(no).bind_null().finish();
            continue;
        }
        const work_item& last = items.back();
        run{on, statements.lease}.bind_all(no, after(now, lease), fence, last.seq, last.n).finish();
    }
    return items;
}

std::optional<sqlite_store::found_work> sqlite_store::find_work(connection& on,
                                                                const std::string& tenant,
                                                                std::string_view key,
                                                                std::uint64_t fence) {
    const auto named = store_rules::read_key(key);
    if (!named || fence == 0) return std::nullopt;
    found_work work;
    work.timer = named->timer;
    if (named->timer) {
        run row{on, sql::find_timer};
        row.bind_all(tenant, named->of, named->task.step, named->task.round);
        if (!row.step() || row.number(1) != static_cast<std::int64_t>(fence)) return std::nullopt;
        work.no = row.number(0);
        work.task = named->task;
        return work;
    }
    run row{on, sql::find_entry};
    row.bind_all(tenant, named->of, named->seq, named->n);
    if (!row.step() || row.number(2) != 0) return std::nullopt;
    work.no = row.number(0);
    work.kind = static_cast<outbox_kind>(row.number(1, 1));
    work.seq = named->seq;
    work.n = named->n;
    const int line = work.kind == outbox_kind::notice ? 3 : 6;
    if (row.number(line) != static_cast<std::int64_t>(fence)) return std::nullopt;
    work.claimed_to = {row.number(line + 1, INT64_MAX),
                       static_cast<std::uint32_t>(row.number(line + 2, UINT32_MAX))};
    if (std::pair{work.seq, work.n} > work.claimed_to) return std::nullopt;
    return work;
}

void sqlite_store::finish_work(connection& on, const found_work& work) {
    if (work.timer) {
        run{on, sql::end_timer}.bind_all(work.no, work.task.step, work.task.round).finish();
        return;
    }
    run{on, sql::drop_entry}.bind_all(work.no, work.seq, work.n).finish();
    advance_line(on, work);
}

/// An entry has left the line or was set aside: ends the lease when it was the last one claimed.
void sqlite_store::advance_line(connection& on, const found_work& work) {
    const sql offer = statements_of(work.kind).offer;
    std::optional<std::pair<std::uint64_t, std::uint32_t>> front;
    {
        run row{on, sql::front_entry};
        row.bind_all(work.no, static_cast<int>(work.kind));
        if (row.step())
            front.emplace(row.number(0, INT64_MAX),
                          static_cast<std::uint32_t>(row.number(1, UINT32_MAX)));
    }
    if (!front)
        run{on, offer}.bind(work.no).bind_null().finish();
    else if (*front > work.claimed_to)
        run{on, offer}.bind_all(work.no, clock_of(on)).finish();
}

result<bool> sqlite_store::settle(const std::string& tenant, const work_item& item) {
    return writing(firmness::soft, [&](connection& on) -> result<bool> {
        const auto work = find_work(on, tenant, item.key, item.fence);
        if (!work) return false;
        finish_work(on, *work);
        return true;
    });
}

result<bool> sqlite_store::put_back(const std::string& tenant, const work_item& item,
                                    instant next_try, bool set_aside, const std::string& why) {
    if (why.size() > store_rules::text_max) return store_rules::wrong("reason").failure();
    return writing(firmness::soft, [&](connection& on) -> result<bool> {
        const auto work = find_work(on, tenant, item.key, item.fence);
        if (!work) return false;
        if (work->timer) {
            run row{on, sql::retry_timer};
            row.bind_all(work->no, work->task.step, work->task.round);
            if (set_aside)
                row.bind_null();
            else
                row.bind(next_try);
            row.finish();
            return true;
        }
        run{on, sql::fail_entry}
            .bind_all(work->no, work->seq, work->n, why, set_aside ? 1 : 0)
            .finish();
        if (set_aside)
            advance_line(on, *work);
        else
            run{on, statements_of(work->kind).offer}.bind_all(work->no, next_try).finish();
        return true;
    });
}

}  // namespace quytrinh::detail::sqlite
