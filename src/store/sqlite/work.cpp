// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/work.cpp: due work: claims under a lease, what becomes of them.
#include "rows.hpp"
#include "turns.hpp"

#include <quytrinh/store/impl/cursor.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <unordered_map>

namespace quytrinh::detail::sqlite {

namespace {

/// Cases whose timer was noted too early and is put right by one claim, at most: a claim holds the
/// writer.
constexpr std::size_t corrections_most = 10'000;

/// now + lease without overflow; at least a moment, so that a claim ends.
std::int64_t after(std::int64_t now, std::chrono::microseconds lease) noexcept {
    const std::int64_t length = std::max<std::int64_t>(lease.count(), 1);
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    return now > most - length ? most : now + length;
}

/// Is there anything to claim? Asked before the writer's turn, so that looking costs no commit.
bool anything_due(connection& on, sql which, const std::string& tenant, std::int64_t now) {
    run row{on, which};
    row.bind_all(tenant, now, 1);
    return row.step();
}

work_item item_of(const standing& of, const task_entry_row& timer) {
    work_item item;
    item.kind = work_kind::timer;
    item.of = of.head.id;
    item.task = {timer.step, timer.round};
    item.due = at_micros(timer.timer_at.value_or(*timer.offered_at));
    item.attempts = timer.attempts;
    item.fence = timer.fence;
    item.key = store_rules::timer_key(item.of, item.task);
    return item;
}

/// A case that is due. One that cannot be read is set apart, so that it holds up no other.
std::optional<standing> readable(connection& on, std::int64_t no) {
    try {
        if (auto found = read_standing(on, no)) return found;
        set_apart(on, no, "no case");
    } catch (const bad_row& why) {
        set_apart(on, no, why.what);
    }
    return std::nullopt;
}

/// A case whose timers are looked at: what a claim needs of it, and the moments that led there.
struct looked_at {
    standing of;
    std::vector<std::int64_t> moments;
    bool readable = true;
    bool leased = false;  ///< somebody has, or had, a timer of it
};

looked_at with_timers(const run& row) {
    looked_at out;
    out.of.no = row.number(0);
    out.of.tenant = row.number(2);
    out.readable = !row.is_null(5);
    out.leased = row.number(6) != 0;
    if (!out.readable) return out;
    out.of.head.id = case_id{row.bytes(3)};
    // Nothing is noted of one that is quarantined, and nothing offered.
    if (row.number(4) != 0) return out;
    try {
        out.of.tasks = unpack_tasks(row.view(5));
    } catch (const bad_row&) {
        out.readable = false;
    }
    return out;
}

/// Notes when to look at the cases again, instead of the moments that led to them: all that are
/// noted up to (last, last_no). True when that changes anything.
bool note_timers(connection& on, const std::vector<looked_at>& cases, std::int64_t last,
                 std::int64_t last_no) {
    const auto stays = [](const looked_at& at) {
        const auto next = first_offer(at.of.tasks);
        return next && std::find(at.moments.begin(), at.moments.end(), *next) != at.moments.end();
    };
    const bool all_go = !cases.empty() && std::none_of(cases.begin(), cases.end(), stays);
    if (all_go)
        run{on, sql::drop_moments}.bind_all(cases.front().of.tenant, last, last_no).finish();
    bool changed = all_go;
    for (const auto& at : cases) {
        const auto next = first_offer(at.of.tasks);
        for (const std::int64_t moment : at.moments) {
            if (all_go || next == moment) continue;
            drop_moment(on, at.of, moment);
            changed = true;
        }
        if (!next || stays(at)) continue;
        make_moment(on, at.of, *next);
        changed = true;
    }
    return changed;
}

/// The next pending entry of a queue, if there is one.
std::optional<std::pair<std::uint64_t, std::uint32_t>> front_of(connection& on, std::int64_t no,
                                                                outbox_kind kind) {
    run row{on, sql::entries_of_case};
    row.bind(no);
    while (row.step()) {
        const auto pack = outbox_of(row, 0);
        for (const auto& e : pack.entries)
            if (e.kind == kind && !e.aside) return std::pair{e.seq, e.n};
    }
    return std::nullopt;
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
    if (auto why = unwritable()) return fail(std::move(*why));
    limit = store_cursor::rows_of_page(limit);
    const sql due = kind == work_kind::timer    ? sql::any_timer
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

/// Cases come by the moment noted, which may be too early: then they go back to where their first
/// timer really is. So the oldest timers of all come first.
std::vector<work_item> sqlite_store::claim_timers(connection& on, const std::string& tenant,
                                                  std::size_t limit,
                                                  std::chrono::microseconds lease) {
    using offered = std::pair<std::int64_t, std::size_t>;  ///< when, which of `cases`
    const std::int64_t now = clock_of(on);
    const std::uint64_t fence = next_fence(on);
    std::vector<work_item> items;
    std::size_t corrected = 0;
    while (items.size() < limit && corrected < corrections_most) {
        std::vector<looked_at> cases;
        std::unordered_map<std::int64_t, std::size_t> places;
        std::priority_queue<offered, std::vector<offered>, std::greater<>> next;
        std::size_t found = 0;
        std::int64_t last = now, last_no = 0;
        {
            run row{on, sql::due_timers};
            row.bind_all(tenant, now, static_cast<std::int64_t>(limit));
            for (; row.step(); ++found) {
                last = row.number(1);
                last_no = row.number(0);
                const auto [place, fresh] = places.emplace(last_no, cases.size());
                if (fresh) {
                    cases.push_back(with_timers(row));
                    next.emplace(last, place->second);
                }
                cases[place->second].moments.push_back(last);
            }
        }
        const bool more = found == limit;
        const std::int64_t horizon = more ? last : now;
        bool changed = false;
        for (auto& at : cases) {
            if (at.leased) read_leases(on, at.of.no, at.of.tasks);
            if (at.readable) continue;
            set_apart(on, at.of.no, "tasks that cannot be read");
            changed = true;
        }
        while (!next.empty() && items.size() < limit) {
            const auto [at, which] = next.top();
            next.pop();
            looked_at& one = cases[which];
            const auto first = first_offer(one.of.tasks);
            if (first && *first <= at) {
                for (auto& timer : one.of.tasks) {
                    if (offer_of(timer) != first) continue;
                    timer.fence = fence;
                    items.push_back(item_of(one.of, timer));
                    timer.leased_until = after(now, lease);
                    make_lease(on, one.of.no, timer);
                    break;
                }
            }
            const auto later = first_offer(one.of.tasks);
            if (later && *later <= horizon) next.emplace(*later, which);
        }
        changed = note_timers(on, cases, last, last_no) || changed;
        corrected += found;
        if (!more || !changed) break;
    }
    return items;
}

std::vector<work_item> sqlite_store::claim_line(connection& on, const std::string& tenant,
                                                outbox_kind kind, std::size_t limit,
                                                std::chrono::microseconds lease) {
    const std::int64_t now = clock_of(on);
    std::vector<std::int64_t> cases;
    {
        run row{on, kind == outbox_kind::notice ? sql::due_notices : sql::due_links};
        row.bind_all(tenant, now, static_cast<std::int64_t>(limit));
        while (row.step()) cases.push_back(row.number(0));
    }
    std::vector<work_item> items;
    if (cases.empty()) return items;
    const std::uint64_t fence = next_fence(on);
    for (const std::int64_t no : cases) {
        if (items.size() == limit) break;
        auto of = readable(on, no);
        if (!of) continue;
        memory_.forget(of->tenant, of->head.id);
        const std::size_t before = items.size();
        const std::size_t end = before + std::min(limit - before, store_rules::items_per_case);
        try {
            run row{on, sql::entries_of_case};
            row.bind(no);
            while (items.size() < end && row.step()) {
                auto pack = outbox_of(row, 0);
                for (auto& e : pack.entries) {
                    if (e.kind != kind || e.aside || items.size() == end) continue;
                    work_item item;
                    item.kind = kind == outbox_kind::notice ? work_kind::notice : work_kind::link;
                    item.of = of->head.id;
                    item.seq = e.seq;
                    item.n = e.n;
                    item.body = std::move(e.body);
                    item.attempts = e.attempts;
                    item.key = store_rules::outbox_key(item.of, e.seq, e.n);
                    item.fence = fence;
                    items.push_back(std::move(item));
                }
            }
        } catch (const bad_row& why) {
            items.resize(before);
            set_apart(on, no, why.what);
            continue;
        }
        queue_state& queue = of->queues[static_cast<int>(kind)];
        if (items.size() == before) {
            // Offered without an entry: put right, so that it is not looked at again and again.
            queue.at.reset();
            queue.fence = 0;
        } else {
            queue = {after(now, lease), fence, items.back().seq, items.back().n};
        }
        save_queue(on, *of, kind);
    }
    return items;
}

std::optional<sqlite_store::found_work> sqlite_store::find_work(connection& on, std::int64_t tenant,
                                                                std::string_view key,
                                                                std::uint64_t fence) {
    const auto named = store_rules::read_key(key);
    // What was claimed before a restore never fits afterwards.
    if (!named || fence >> store_rules::fence_bits != caps_.epoch) return std::nullopt;
    auto of = read_standing(on, tenant, named->of);
    if (!of) return std::nullopt;
    found_work work;
    work.timer = named->timer;
    if (named->timer) {
        for (std::size_t i = 0; i < of->tasks.size(); ++i) {
            const auto& t = of->tasks[i];
            if (t.n != 0 || t.round != named->task.round || t.step != named->task.step) continue;
            work.at = i;
            work.of = std::move(*of);
            read_leases(on, work.of.no, work.of.tasks);
            if (work.of.tasks[i].fence != fence) return std::nullopt;
            return work;
        }
        return std::nullopt;
    }
    auto pack = find_outbox(on, of->no, named->seq, named->n);
    if (!pack) return std::nullopt;
    for (std::size_t i = 0; i < pack->entries.size(); ++i) {
        const auto& e = pack->entries[i];
        if (e.seq != named->seq || e.n != named->n) continue;
        const queue_state& queue = of->queues[static_cast<int>(e.kind)];
        if (e.aside || queue.fence != fence ||
            std::pair{e.seq, e.n} > std::pair{queue.seq, queue.n})
            return std::nullopt;
        work.at = i;
        work.kind = e.kind;
        work.of = std::move(*of);
        work.row = std::move(*pack);
        return work;
    }
    return std::nullopt;
}

void sqlite_store::finish_work(connection& on, found_work& work) {
    memory_.forget(work.of.tenant, work.of.head.id);
    if (work.timer) {
        auto& timer = work.of.tasks[work.at];
        timer.timer_at.reset();
        timer.offered_at.reset();
        drop_lease(on, work.of, timer);
        save_timers(on, work.of);
        return;
    }
    work.row.entries.erase(work.row.entries.begin() + static_cast<std::ptrdiff_t>(work.at));
    save_outbox(on, work.of.no, work.row);
    advance_line(on, work);
}

/// An entry has left the line or was set aside: ends the lease when it was the last one claimed.
void sqlite_store::advance_line(connection& on, found_work& work) {
    queue_state& queue = work.of.queues[static_cast<int>(work.kind)];
    const auto front = front_of(on, work.of.no, work.kind);
    if (front && *front <= std::pair{queue.seq, queue.n}) return;
    queue.at = front ? std::optional{clock_of(on)} : std::nullopt;
    queue.fence = 0;
    save_queue(on, work.of, work.kind);
}

result<bool> sqlite_store::settle(const std::string& tenant, const work_item& item) {
    return writing(firmness::soft, [&](connection& on) -> result<bool> {
        auto work = find_work(on, tenant_no(on, tenant), item.key, item.fence);
        if (!work) return false;
        finish_work(on, *work);
        return true;
    });
}

result<bool> sqlite_store::put_back(const std::string& tenant, const work_item& item,
                                    instant next_try, bool set_aside, const std::string& why) {
    if (why.size() > store_rules::text_max) return store_rules::wrong("reason").failure();
    return writing(firmness::soft, [&](connection& on) -> result<bool> {
        auto work = find_work(on, tenant_no(on, tenant), item.key, item.fence);
        if (!work) return false;
        memory_.forget(work->of.tenant, work->of.head.id);
        if (work->timer) {
            auto& timer = work->of.tasks[work->at];
            timer.offered_at = set_aside ? std::nullopt : std::optional{micros(next_try)};
            drop_lease(on, work->of, timer);
            ++timer.attempts;
            save_timers(on, work->of);
            return true;
        }
        auto& entry = work->row.entries[work->at];
        ++entry.attempts;
        entry.last_error = why;
        entry.aside = set_aside;
        save_outbox(on, work->of.no, work->row);
        if (set_aside) {
            advance_line(on, *work);
        } else {
            queue_state& queue = work->of.queues[static_cast<int>(work->kind)];
            queue.at = micros(next_try);
            queue.fence = 0;
            save_queue(on, work->of, work->kind);
        }
        return true;
    });
}

result<bool> sqlite_store::offer_again(const std::string& tenant, const case_id& of,
                                       std::uint64_t seq, std::uint32_t n) {
    return writing(firmness::soft, [&](connection& on) -> result<bool> {
        auto found = read_standing(on, tenant_no(on, tenant), of);
        if (!found) return false;
        auto pack = find_outbox(on, found->no, seq, n);
        if (!pack) return false;
        for (auto& entry : pack->entries) {
            if (entry.seq != seq || entry.n != n || !entry.aside) continue;
            memory_.forget(found->tenant, found->head.id);
            queue_state& queue = found->queues[static_cast<int>(entry.kind)];
            const auto front = front_of(on, found->no, entry.kind);
            entry.aside = false;
            entry.attempts = 0;
            entry.last_error.clear();
            const auto kind = entry.kind;
            save_outbox(on, found->no, *pack);
            // Whoever has a lease on the queue keeps it, and what waits for the entry before it
            // goes on waiting.
            if (!queue.at || (queue.fence == 0 && front && *front > std::pair{seq, n})) {
                queue.at = clock_of(on);
                queue.fence = 0;
                save_queue(on, *found, kind);
            }
            return true;
        }
        return false;
    });
}

}  // namespace quytrinh::detail::sqlite
