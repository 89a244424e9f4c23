// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/memory_work.ipp: due work and lists of the memory store.
#pragma once

#include <quytrinh/store/impl/cursor.hpp>
#include <quytrinh/store/impl/memory_store.hpp>

namespace quytrinh::detail::memory_store {

// -- due work -------------------------------------------------------------------------------------

std::vector<work_item> memory_store::claim_timers(tenant_tables& tables, std::size_t limit,
                                                  std::chrono::microseconds lease) {
    const micros now = clock();
    std::vector<task_node*> due;
    std::vector<work_item> items;
    for (task_node& timer : tables.timers) {
        task_node* const node = &timer;
        if (*node->offered_at > now || items.size() == limit) break;
        work_item item;
        item.kind = work_kind::timer;
        item.key = store_rules::timer_key(node->row.of, node->row.task);
        item.of = node->row.of;
        item.task = node->row.task;
        item.due = *node->row.timer_at;
        item.attempts = node->attempts;
        item.fence = next_fence();
        items.push_back(std::move(item));
        due.push_back(node);
    }
    for (std::size_t i = 0; i < due.size(); ++i) {
        due[i]->fence = items[i].fence;
        tables.offer(*due[i], after(now, lease));
    }
    return items;
}

std::vector<work_item> memory_store::claim_line(tenant_tables& tables, outbox_kind kind,
                                                std::size_t limit,
                                                std::chrono::microseconds lease) {
    const micros now = clock();
    struct grant {
        outbox_line* line;
        outbox_line::place to;
        std::uint64_t fence;
    };
    std::vector<grant> grants;
    std::vector<work_item> items;
    for (outbox_line& offered : tables.offers[static_cast<std::size_t>(kind)]) {
        outbox_line* const line = &offered;
        if (*line->offered_at > now || items.size() == limit) break;
        grant given{line, {}, next_fence()};
        std::size_t taken = 0;
        for (const auto& [place, node] : line->entries) {
            if (node.set_aside) continue;
            if (taken == store_rules::items_per_case || items.size() == limit) break;
            work_item item;
            item.kind = kind == outbox_kind::notice ? work_kind::notice : work_kind::link;
            item.key = store_rules::outbox_key(node.row.of, node.row.seq, node.row.n);
            item.of = node.row.of;
            item.seq = node.row.seq;
            item.n = node.row.n;
            item.body = node.row.body;
            item.attempts = node.attempts;
            item.fence = given.fence;
            items.push_back(std::move(item));
            given.to = place;
            ++taken;
        }
        grants.push_back(given);
    }
    for (const grant& given : grants) {
        given.line->fence = given.fence;
        given.line->claimed_to = given.to;
        tables.offer(*given.line, kind, after(now, lease));
    }
    return items;
}

result<std::vector<work_item>> memory_store::claim_due(const std::string& tenant, work_kind kind,
                                                       std::size_t limit,
                                                       std::chrono::microseconds lease,
                                                       const std::string&) {
    const std::lock_guard lock{mutex_};
    auto* tables = find(tenant);
    if (tables == nullptr) return std::vector<work_item>{};
    limit = store_cursor::rows_of_page(limit);
    switch (kind) {
    case work_kind::timer: return claim_timers(*tables, limit, lease);
    case work_kind::notice: return claim_line(*tables, outbox_kind::notice, limit, lease);
    case work_kind::link: return claim_line(*tables, outbox_kind::link, limit, lease);
    }
    return store_rules::wrong("kind of work").failure();
}

std::optional<memory_store::claimed> memory_store::find_claimed(tenant_tables& tables,
                                                                std::string_view key,
                                                                std::uint64_t fence) {
    const auto named = store_rules::read_key(key);
    if (!named || fence == 0) return std::nullopt;
    const auto found = tables.cases.find(named->of);
    if (found == tables.cases.end()) return std::nullopt;
    claimed work;
    work.of = &found->second;
    if (named->timer) {
        const auto at = work.of->tasks.find(task_place{named->task, 0});
        if (at == work.of->tasks.end() || at->second.fence != fence) return std::nullopt;
        work.timer = &at->second;
        return work;
    }
    work.place = {named->seq, named->n};
    for (const outbox_kind kind : {outbox_kind::notice, outbox_kind::link}) {
        auto& line = work.of->lines[static_cast<std::size_t>(kind)];
        const auto at = line.entries.find(work.place);
        if (at == line.entries.end()) continue;
        if (line.fence != fence || at->second.set_aside || work.place > line.claimed_to)
            return std::nullopt;
        work.line = &line;
        work.kind = kind;
        return work;
    }
    return std::nullopt;
}

void memory_store::finish(tenant_tables& tables, const claimed& work) {
    if (work.timer != nullptr) {
        tables.forget_offer(*work.timer);
        work.timer->row.timer_at.reset();
        work.timer->fence = 0;
        return;
    }
    work.line->entries.erase(work.place);
    --work.line->pending;
    --tables.outbox.pending;
    advance(tables, work);
    if (work.of->lines[0].entries.empty() && work.of->lines[1].entries.empty())
        tables.with_outbox.erase(work.of->head.id);
}

void memory_store::advance(tenant_tables& tables, const claimed& work) {
    const auto* front = work.line->front();
    if (front == nullptr) {
        tables.forget_offer(*work.line, work.kind);
        work.line->fence = 0;
    } else if (front->first > work.line->claimed_to) {
        tables.offer(*work.line, work.kind, clock());
        work.line->fence = 0;
    }
}

result<bool> memory_store::settle(const std::string& tenant, const work_item& item) {
    const std::lock_guard lock{mutex_};
    auto* tables = find(tenant);
    if (tables == nullptr) return false;
    const auto work = find_claimed(*tables, item.key, item.fence);
    if (!work) return false;
    finish(*tables, *work);
    return true;
}

result<bool> memory_store::put_back(const std::string& tenant, const work_item& item,
                                    instant next_try, bool set_aside, const std::string& why) {
    if (why.size() > store_rules::text_max) return store_rules::wrong("reason").failure();
    const std::lock_guard lock{mutex_};
    auto* tables = find(tenant);
    if (tables == nullptr) return false;
    const auto work = find_claimed(*tables, item.key, item.fence);
    if (!work) return false;
    if (work->timer != nullptr) {
        ++work->timer->attempts;
        work->timer->fence = 0;
        if (set_aside)
            tables->forget_offer(*work->timer);
        else
            tables->offer(*work->timer, count(next_try));
        return true;
    }
    auto& node = work->line->entries.find(work->place)->second;
    node.last_error = why;
    ++node.attempts;
    if (set_aside) {
        node.set_aside = true;
        --work->line->pending;
        --tables->outbox.pending;
        ++tables->outbox.set_aside;
        advance(*tables, *work);
    } else {
        work->line->fence = 0;
        tables->offer(*work->line, work->kind, count(next_try));
    }
    return true;
}

result<bool> memory_store::offer_again(const std::string& tenant, const case_id& of,
                                       std::uint64_t seq, std::uint32_t n) {
    const std::lock_guard lock{mutex_};
    auto* tables = find(tenant);
    auto* found = find(tenant, of);
    if (tables == nullptr || found == nullptr) return false;
    for (const outbox_kind kind : {outbox_kind::notice, outbox_kind::link}) {
        auto& line = found->lines[static_cast<std::size_t>(kind)];
        const auto at = line.entries.find({seq, n});
        if (at == line.entries.end() || !at->second.set_aside) continue;
        // Whoever has a lease on the queue keeps it, and what waits for the entry before it goes on
        // waiting.
        const auto* before = line.front();
        if (!line.offered_at || (line.fence == 0 && before->first > at->first))
            tables->offer(line, kind, clock());
        at->second.set_aside = false;
        at->second.attempts = 0;
        at->second.last_error.clear();
        ++line.pending;
        ++tables->outbox.pending;
        --tables->outbox.set_aside;
        return true;
    }
    return false;
}

result<outbox_counts> memory_store::count_outbox(const std::string& tenant) {
    const std::lock_guard lock{mutex_};
    const auto* tables = find(tenant);
    outbox_counts counts;
    if (tables == nullptr) return counts;
    counts = tables->outbox;
    for (const auto& offered : tables->offers) {
        if (offered.empty()) continue;
        const instant first = at_micros(*offered.begin()->offered_at);
        if (!counts.next_try || first < *counts.next_try) counts.next_try = first;
    }
    return counts;
}

// -- lists ----------------------------------------------------------------------------------------

result<page_of<outbox_entry>> memory_store::query_outbox(const std::string& tenant,
                                                         bool set_aside_only,
                                                         const std::string& cursor,
                                                         std::size_t limit) {
    store_cursor::outbox_place from;
    if (!cursor.empty()) {
        auto read = store_cursor::read_cursor<store_cursor::outbox_place>(cursor);
        if (!read) return read.failure();
        from = std::move(*read);
    }
    limit = store_cursor::rows_of_page(limit);
    const std::lock_guard lock{mutex_};
    page_of<outbox_entry> page;
    const auto* tables = find(tenant);
    if (tables == nullptr) return page;
    for (auto at = tables->with_outbox.lower_bound(case_id{from.of});
         at != tables->with_outbox.end(); ++at) {
        const one_case& of = tables->cases.find(*at)->second;
        std::map<outbox_line::place, const outbox_node*> both;
        for (const auto& line : of.lines)
            for (const auto& [place, node] : line.entries)
                if ((!set_aside_only || node.set_aside) &&
                    (cursor.empty() || at->str() != from.of ||
                     place > outbox_line::place{from.seq, from.n}))
                    both.emplace(place, &node);
        for (const auto& [place, node] : both) {
            if (page.rows.size() == limit) {
                const auto& last = page.rows.back().row;
                page.next = store_cursor::write_cursor(
                    store_cursor::outbox_place{last.of.str(), last.seq, last.n});
                return page;
            }
            page.rows.push_back({node->row, node->attempts, node->set_aside, node->last_error});
        }
    }
    return page;
}

/// The narrowest order that holds every row asked for; null when there is none.
const task_order* memory_store::order_of(const tenant_tables& tables, const task_query& which) {
    const auto* orders = !which.person.empty() ? &tables.by_person : &tables.by_party;
    const std::string& key = !which.person.empty() ? which.person : which.unit;
    if (key.empty()) return &tables.tasks;
    const auto at = orders->find(key);
    return at == orders->end() ? nullptr : &at->second;
}

result<page_of<task_entry>> memory_store::query_tasks(const std::string& tenant,
                                                      const task_query& which,
                                                      const std::string& cursor,
                                                      std::size_t limit) {
    std::optional<store_cursor::task_place> from;
    if (!cursor.empty()) {
        auto read = store_cursor::read_cursor<store_cursor::task_place>(cursor);
        if (!read) return read.failure();
        from = std::move(*read);
    }
    limit = store_cursor::rows_of_page(limit);
    const std::lock_guard lock{mutex_};
    page_of<task_entry> page;
    const auto* tables = find(tenant);
    if (tables == nullptr) return page;
    // False when the page is full.
    const auto add = [&](const task_node& node) {
        const task_row& row = node.row;
        const head_row& head = node.of->head;
        if (!which.unit.empty() && row.unit != which.unit && row.role != which.unit) return true;
        if (!which.person.empty() && row.person != which.person) return true;
        if (which.as && row.as != *which.as) return true;
        if (!which.procedure.empty() && head.procedure != which.procedure) return true;
        if (which.overdue_only && !row.overdue) return true;
        if (page.rows.size() == limit) {
            const task_row& last = page.rows.back().row;
            page.next = store_cursor::write_cursor(store_cursor::task_place{
                store_cursor::due_key(last), last.of.str(), last.task, last.n});
            return false;
        }
        page.rows.push_back(
            {row, head.procedure, head.definition, head.reference, !node.of->quarantine.empty()});
        return true;
    };
    const auto walk = [&](const task_order& order) {
        auto at = from ? order.upper_bound(*from, by_due{}) : order.begin();
        while (at != order.end() && add(*at->node)) ++at;
    };
    if (which.of.empty()) {
        if (const task_order* order = order_of(*tables, which)) walk(*order);
    } else if (const auto at = tables->cases.find(which.of); at != tables->cases.end()) {
        // An entry stands in each order once, so those of one case are listed anew.
        const auto& tasks = at->second.tasks;
        std::vector<listing> entries;
        entries.reserve(tasks.size());
        task_order own;
        for (const auto& [place, node] : tasks) {
            entries.emplace_back().node = &node;
            own.insert(entries.back());
        }
        walk(own);
    }
    return page;
}

result<page_of<head_row>> memory_store::overdue_cases(const tenant_tables& tables,
                                                      const case_query& which,
                                                      const std::string& cursor,
                                                      std::size_t limit) {
    std::optional<store_cursor::due_place> from;
    if (!cursor.empty()) {
        auto read = store_cursor::read_cursor<store_cursor::due_place>(cursor);
        if (!read) return read.failure();
        from = std::move(*read);
    }
    // Seldom asked, and all of it lies in memory: sorted now rather than kept in order all along.
    using place = std::pair<micros, std::string>;
    std::map<place, const head_row*> late;
    for (const one_case* of : tables.openings) {
        const head_row& head = of->head;
        if (head.status != stored_status::open || !head.due_before ||
            *head.due_before > *which.overdue_at)
            continue;
        if (!which.procedure.empty() && head.procedure != which.procedure) continue;
        if (which.status && head.status != *which.status) continue;
        if (!which.reference.empty() && head.reference != which.reference) continue;
        place at{count(*head.due_before), head.id.str()};
        if (from && at <= place{from->due, from->of}) continue;
        late.emplace(std::move(at), &head);
        // Only the first ones are shown.
        if (late.size() > limit + 1) late.erase(std::prev(late.end()));
    }
    page_of<head_row> page;
    for (const auto& [at, head] : late) {
        if (page.rows.size() == limit) {
            const head_row& last = page.rows.back();
            page.next = store_cursor::write_cursor(
                store_cursor::due_place{count(*last.due_before), last.id.str()});
            break;
        }
        page.rows.push_back(*head);
    }
    return page;
}

result<page_of<head_row>> memory_store::query_cases(const std::string& tenant,
                                                    const case_query& which,
                                                    const std::string& cursor, std::size_t limit) {
    if (which.overdue_at) {
        const std::lock_guard lock{mutex_};
        const auto* tables = find(tenant);
        const tenant_tables none;
        return overdue_cases(tables != nullptr ? *tables : none, which, cursor,
                             store_cursor::rows_of_page(limit));
    }
    std::optional<store_cursor::case_place> from;
    if (!cursor.empty()) {
        auto read = store_cursor::read_cursor<store_cursor::case_place>(cursor);
        if (!read) return read.failure();
        from = std::move(*read);
    }
    limit = store_cursor::rows_of_page(limit);
    const std::lock_guard lock{mutex_};
    page_of<head_row> page;
    const auto* tables = find(tenant);
    if (tables == nullptr) return page;
    if (!which.reference.empty()) {
        const auto named = tables->references.find(which.reference);
        if (named == tables->references.end() || from) return page;
        const head_row& head = tables->cases.find(named->second)->second.head;
        if ((which.procedure.empty() || head.procedure == which.procedure) &&
            (!which.status || head.status == *which.status))
            page.rows.push_back(head);
        return page;
    }
    for (auto at = from ? tables->openings.upper_bound(*from) : tables->openings.begin();
         at != tables->openings.end(); ++at) {
        const head_row& head = (*at)->head;
        if (!which.procedure.empty() && head.procedure != which.procedure) continue;
        if (which.status && head.status != *which.status) continue;
        if (page.rows.size() == limit) {
            const head_row& last = page.rows.back();
            page.next = store_cursor::write_cursor(
                store_cursor::case_place{count(last.opened_at), last.id.str()});
            break;
        }
        page.rows.push_back(head);
    }
    return page;
}

}  // namespace quytrinh::detail::memory_store
