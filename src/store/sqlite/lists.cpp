// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/lists.cpp: pages of tasks, cases and outbox, each along one index.
#include "rows.hpp"
#include "turns.hpp"

#include <quytrinh/store/impl/cursor.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <tuple>

namespace quytrinh::detail::sqlite {

namespace {

/// Before the first task of any list: no due is that early, no case has an empty name.
store_cursor::task_place before_tasks() {
    store_cursor::task_place place;
    place.due = std::numeric_limits<std::int64_t>::min();
    return place;
}

store_cursor::task_place place_of(const task_row& row) {
    return {store_cursor::due_key(row), row.of.str(), row.task, row.n};
}

bool comes_before(const task_entry& a, const task_entry& b) {
    const auto key = [](const task_entry& e) {
        return std::tuple<std::int64_t, const std::string&, const std::string&, std::uint32_t,
                          std::uint32_t>{store_cursor::due_key(e.row), e.row.of.str(),
                                         e.row.task.step, e.row.task.round, e.row.n};
    };
    return key(a) < key(b);
}

task_entry task_of(const run& row) {
    task_entry out;
    out.row.of = case_id{row.bytes(0)};
    out.row.task.step = row.bytes(1);
    out.row.task.round = static_cast<std::uint32_t>(row.number(2, UINT32_MAX));
    out.row.n = static_cast<std::uint32_t>(row.number(3, UINT32_MAX));
    out.row.as = static_cast<relation>(row.number(4, 6));
    out.row.role = row.bytes(5);
    out.row.unit = row.bytes(6);
    out.row.person = row.bytes(7);
    out.row.opened_at = row.time(8);
    if (row.number(9) != store_cursor::no_due) out.row.due_before = row.time(9);
    out.row.overdue = row.number(10) != 0;
    out.row.consultation = row.number(11) != 0;
    out.row.timer_at = row.maybe_time(12);
    out.procedure = row.bytes(13);
    row.octets(14, out.definition);
    out.reference = row.bytes(15);
    return out;
}

/// At most `limit` tasks after a place, along the index that `which` runs on with `key`.
std::vector<task_entry> list_tasks(connection& on, sql which, const std::string& tenant,
                                   const task_query& query, const store_cursor::task_place& after,
                                   std::size_t limit, const std::string& key) {
    run row{on, which};
    row.bind_all(tenant, after.due, after.of, after.task.step, after.task.round, after.n,
                 static_cast<std::int64_t>(limit), query.unit, query.person,
                 query.as ? static_cast<int>(*query.as) : -1, query.procedure,
                 query.overdue_only ? 1 : 0, key);
    std::vector<task_entry> out;
    while (row.step()) out.push_back(task_of(row));
    return out;
}

/// The tasks of one unit, a few at a time, in order.
struct unit_stream {
    std::string unit;
    std::vector<task_entry> rows;
    std::size_t at = 0;
};

/// The first `limit` tasks of all units after a place: a merge that looks into each unit only as
/// far as it must.
std::vector<task_entry> merge_units(connection& on, const std::string& tenant,
                                    const task_query& query, const store_cursor::task_place& after,
                                    std::size_t limit) {
    constexpr std::size_t chunk = 8;
    std::vector<std::unique_ptr<unit_stream>> streams;
    const auto later = [](const auto& a, const auto& b) {
        return comes_before(b->rows[b->at], a->rows[a->at]);
    };
    std::optional<std::string> unit;
    do {
        {
            run row{on, unit ? sql::next_unit : sql::first_unit};
            row.bind(tenant);
            if (unit) row.bind(*unit);
            if (!row.step() || row.is_null(0)) break;
            std::string next = row.bytes(0);
            // In a damaged index the next one may be this one again, for ever.
            if (unit && next <= *unit) throw bad_row{"units out of order"};
            unit = std::move(next);
        }
        auto stream = std::make_unique<unit_stream>();
        stream->unit = *unit;
        stream->rows = list_tasks(on, sql::tasks_of_unit, tenant, query, after, chunk, *unit);
        if (stream->rows.empty()) continue;
        streams.push_back(std::move(stream));
        std::push_heap(streams.begin(), streams.end(), later);
    } while (true);
    std::vector<task_entry> out;
    while (out.size() < limit && !streams.empty()) {
        std::pop_heap(streams.begin(), streams.end(), later);
        unit_stream& first = *streams.back();
        out.push_back(std::move(first.rows[first.at++]));
        if (first.at == first.rows.size()) {
            const bool more = first.rows.size() == chunk;
            first.rows = more ? list_tasks(on, sql::tasks_of_unit, tenant, query,
                                           place_of(out.back().row), chunk, first.unit)
                              : std::vector<task_entry>{};
            first.at = 0;
        }
        if (first.rows.empty())
            streams.pop_back();
        else
            std::push_heap(streams.begin(), streams.end(), later);
    }
    return out;
}

}  // namespace

result<page_of<task_entry>> sqlite_store::query_tasks(const std::string& tenant,
                                                      const task_query& which,
                                                      const std::string& cursor,
                                                      std::size_t limit) {
    auto after = before_tasks();
    if (!cursor.empty()) {
        auto read = store_cursor::read_cursor<store_cursor::task_place>(cursor);
        if (!read) return read.failure();
        after = std::move(*read);
        // The key of the first page is before any row; an entry 0 can be the last one shown.
    }
    limit = store_cursor::rows_of_page(limit);
    return reading([&](connection& on) -> result<page_of<task_entry>> {
        page_of<task_entry> page;
        const auto list = [&](sql along, const std::string& key) {
            return list_tasks(on, along, tenant, which, after, limit + 1, key);
        };
        if (!which.of.empty())
            page.rows = list(sql::tasks_of_case, which.of.str());
        else if (!which.person.empty())
            page.rows = list(sql::tasks_of_person, which.person);
        else if (!which.unit.empty()) {
            // A code may name the unit of a row or, where that is another, its role: two runs,
            // merged.
            const auto by_unit = list(sql::tasks_of_unit, which.unit);
            const auto by_role = list(sql::tasks_of_role, which.unit);
            page.rows.reserve(by_unit.size() + by_role.size());
            std::merge(by_unit.begin(), by_unit.end(), by_role.begin(), by_role.end(),
                       std::back_inserter(page.rows), comes_before);
        } else
            page.rows = merge_units(on, tenant, which, after, limit + 1);
        if (page.rows.size() > limit) {
            page.rows.resize(limit);
            page.next = store_cursor::write_cursor(place_of(page.rows.back().row));
        }
        return page;
    });
}

result<page_of<head_row>> sqlite_store::query_cases(const std::string& tenant,
                                                    const case_query& which,
                                                    const std::string& cursor, std::size_t limit) {
    store_cursor::case_place before{std::numeric_limits<std::int64_t>::max(), {}};
    if (!cursor.empty()) {
        auto read = store_cursor::read_cursor<store_cursor::case_place>(cursor);
        if (!read) return read.failure();
        before = std::move(*read);
    }
    limit = store_cursor::rows_of_page(limit);
    const int status = which.status ? static_cast<int>(*which.status) : -1;
    return reading([&](connection& on) -> result<page_of<head_row>> {
        page_of<head_row> page;
        if (!which.reference.empty()) {
            if (!cursor.empty()) return page;
            run row{on, sql::case_of_reference};
            row.bind_all(tenant, which.reference, which.procedure, status);
            if (row.step()) page.rows.push_back(head_of(row));
            return page;
        }
        run row{on, !which.procedure.empty() ? sql::cases_of_procedure
                    : which.status           ? sql::cases_of_status
                                             : sql::cases_of_all};
        row.bind_all(tenant, before.opened_at, before.of, static_cast<std::int64_t>(limit + 1),
                     which.procedure, status);
        while (row.step()) page.rows.push_back(head_of(row));
        if (page.rows.size() > limit) {
            page.rows.resize(limit);
            const head_row& last = page.rows.back();
            page.next = store_cursor::write_cursor(
                store_cursor::case_place{micros(last.opened_at), last.id.str()});
        }
        return page;
    });
}

result<page_of<outbox_entry>> sqlite_store::query_outbox(const std::string& tenant,
                                                         bool set_aside_only,
                                                         const std::string& cursor,
                                                         std::size_t limit) {
    store_cursor::outbox_place after;
    if (!cursor.empty()) {
        auto read = store_cursor::read_cursor<store_cursor::outbox_place>(cursor);
        if (!read) return read.failure();
        after = std::move(*read);
    }
    limit = store_cursor::rows_of_page(limit);
    return reading([&](connection& on) -> result<page_of<outbox_entry>> {
        page_of<outbox_entry> page;
        std::int64_t no = 0;
        if (!after.of.empty()) {
            run row{on, sql::case_no};
            row.bind_all(tenant, after.of);
            if (!row.step()) return fail(errc::bad_cursor);
            no = row.number(0);
        }
        run row{on, set_aside_only ? sql::aside_page : sql::outbox_page};
        row.bind_all(tenant, no, after.seq, after.n, static_cast<std::int64_t>(limit + 1));
        while (row.step()) {
            outbox_entry entry;
            entry.row.of = case_id{row.bytes(0)};
            entry.row.seq = row.number(1, INT64_MAX);
            entry.row.n = static_cast<std::uint32_t>(row.number(2, UINT32_MAX));
            entry.row.kind = static_cast<outbox_kind>(row.number(3, 1));
            entry.row.body = row.bytes(4);
            entry.attempts = static_cast<std::uint32_t>(row.number(5, UINT32_MAX));
            entry.set_aside = row.number(6) != 0;
            entry.last_error = row.bytes(7);
            page.rows.push_back(std::move(entry));
        }
        if (page.rows.size() > limit) {
            page.rows.resize(limit);
            const auto& last = page.rows.back().row;
            page.next = store_cursor::write_cursor(
                store_cursor::outbox_place{last.of.str(), last.seq, last.n});
        }
        return page;
    });
}

result<outbox_counts> sqlite_store::count_outbox(const std::string& tenant) {
    return reading([&](connection& on) -> result<outbox_counts> {
        const auto count = [&](sql which) {
            run row{on, which};
            row.bind(tenant);
            return row.step() ? row.number(0, INT64_MAX) : 0;
        };
        outbox_counts counts;
        counts.pending = count(sql::count_pending);
        counts.set_aside = count(sql::count_aside);
        return counts;
    });
}

}  // namespace quytrinh::detail::sqlite
