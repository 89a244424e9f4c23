// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/lists.cpp: pages of tasks, cases and outbox, each along one index.
#include "rows.hpp"
#include "turns.hpp"
#include "upgrade.hpp"

#include <quytrinh/store/impl/cursor.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

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

/// Whose a list is. Looked up once a query.
class list_names {
public:
    struct names {
        std::string unit, role, person;
    };
    explicit list_names(connection& on) : on_(on) {}
    const names& of(std::int64_t list) {
        if (const auto known = known_.find(list); known != known_.end()) return known->second;
        run row{on_, sql::list_of_no};
        row.bind(list);
        if (!row.step()) throw bad_row{"a task of no list"};
        return known_.emplace(list, names{row.bytes(0), row.bytes(1), row.bytes(2)}).first->second;
    }

private:
    connection& on_;
    std::map<std::int64_t, names> known_;
};

task_row row_of(const case_id& of, const task_entry_row& t, list_names& lists) {
    task_row row;
    row.of = of;
    row.task = {t.step, t.round};
    row.n = t.n;
    row.as = t.as;
    row.role = lists.of(t.list).role;
    row.unit = lists.of(t.list).unit;
    if (t.person != 0) row.person = lists.of(t.person).person;
    row.opened_at = at_micros(t.opened_at);
    if (t.due != no_due) row.due_before = at_micros(t.due);
    row.overdue = t.overdue;
    if (t.timer_at) row.timer_at = at_micros(*t.timer_at);
    row.consultation = t.consultation;
    return row;
}

bool of_unit(const task_row& row, const std::string& unit) {
    return unit.empty() || row.unit == unit || row.role == unit;
}

/// Columns first to first + 3: the words of the case.
task_entry entry_of(task_row task, const run& row, int first) {
    task_entry out;
    out.row = std::move(task);
    out.procedure = row.bytes(first);
    row.octets(first + 1, out.definition);
    out.reference = row.bytes(first + 2);
    out.quarantined = row.number(first + 3, 1) != 0;
    return out;
}

/// Lists of tasks: one, or several merged.
class task_lists {
public:
    task_lists(connection& on, const task_query& query, bool older)
        : on_(on), query_(query), older_(older), names_(on) {}

    void add(sql which, const std::string& tenant, const std::string& key) {
        run row{on_, which};
        row.bind(tenant);
        if (which != sql::lists_of_all) row.bind(key);
        while (row.step()) lists_.push_back(row.number(0));
    }
    /// The first `limit` tasks of all lists after a place: a merge that looks into each list only
    /// as far as it must.
    std::vector<task_entry> first(const store_cursor::task_place& after, std::size_t limit) {
        const std::size_t chunk = lists_.size() <= 2 ? limit : 8;
        std::vector<std::unique_ptr<stream>> streams;
        const auto later = [](const auto& a, const auto& b) {
            return comes_before(b->rows[b->at], a->rows[a->at]);
        };
        for (const std::int64_t list : lists_) {
            auto one = std::make_unique<stream>();
            one->list = list;
            one->last = after;
            fill(*one, chunk);
            if (one->rows.empty()) continue;
            streams.push_back(std::move(one));
            std::push_heap(streams.begin(), streams.end(), later);
        }
        std::vector<task_entry> out;
        while (out.size() < limit && !streams.empty()) {
            std::pop_heap(streams.begin(), streams.end(), later);
            stream& one = *streams.back();
            out.push_back(std::move(one.rows[one.at++]));
            if (one.at == one.rows.size()) fill(one, chunk);
            if (one.rows.empty())
                streams.pop_back();
            else
                std::push_heap(streams.begin(), streams.end(), later);
        }
        return out;
    }

private:
    struct stream {
        std::int64_t list = 0;
        std::vector<task_entry> rows;
        std::size_t at = 0;
        store_cursor::task_place last;  ///< read up to here
        bool ended = false;
    };

    /// The next rows that the query wants, if there are any.
    void fill(stream& of, std::size_t chunk) {
        of.rows.clear();
        of.at = 0;
        while (of.rows.empty() && !of.ended) {
            const auto after = of.last;
            const std::string from = place_in_list(of.list, after.due, after.of, after.task.step,
                                                   after.task.round, after.n);
            const std::string end = front_of_list(of.list + 1);
            run row{on_, older_ ? sql::waiting_2 : sql::waiting};
            if (older_)
                row.bind_all(of.list, after.due, after.of, after.task.step, after.task.round,
                             after.n);
            else
                row.bind_blob(from).bind_blob(end);
            row.bind_all(static_cast<std::int64_t>(chunk),
                         query_.as ? static_cast<int>(*query_.as) : -1, query_.overdue_only ? 1 : 0,
                         query_.procedure);
            std::size_t seen = 0;
            for (; row.step(); ++seen) {
                auto task = task_of(row, of.list);
                const auto place = place_of(task.row);
                // In a damaged index the next one may be an earlier one again, for ever.
                if (!comes_after(place, of.last)) throw bad_row{"tasks out of order"};
                of.last = place;
                if (of_unit(task.row, query_.unit)) of.rows.push_back(std::move(task));
            }
            of.ended = seen < chunk;
        }
    }
    static bool comes_after(const store_cursor::task_place& a, const store_cursor::task_place& b) {
        return std::tie(a.due, a.of, a.task.step, a.task.round, a.n) >
               std::tie(b.due, b.of, b.task.step, b.task.round, b.n);
    }
    /// The entry of the case that a row of the list stands for.
    task_entry task_of(const run& row, std::int64_t list) {
        const auto place = older_ ? older_place(row) : read_place(row.view(5));
        for (const auto& t : unpack_tasks(row.view(0)))
            if (t.n == place.n && t.round == place.task.round && t.step == place.task.step &&
                (t.list == list || t.person == list))
                return entry_of(row_of(case_id{place.of}, t, names_), row, 1);
        throw bad_row{"a list with a task that is not open"};
    }

    static list_place older_place(const run& row) {
        list_place out;
        out.of = row.bytes(5);
        out.task.step = row.bytes(6);
        out.task.round = static_cast<std::uint32_t>(row.number(7, UINT32_MAX));
        out.n = static_cast<std::uint32_t>(row.number(8, UINT32_MAX));
        return out;
    }

    connection& on_;
    const task_query& query_;
    bool older_;  ///< the file is of a schema before first_with_places
    list_names names_;
    std::vector<std::int64_t> lists_;
};

/// The tasks of one case after a place: few, so they are sorted here.
std::vector<task_entry> tasks_of_case(connection& on, const std::string& tenant,
                                      const task_query& query,
                                      const store_cursor::task_place& after) {
    std::vector<task_entry> out;
    run row{on, sql::tasks_of_case};
    row.bind_all(tenant, query.of);
    if (!row.step() || (!query.procedure.empty() && row.view(1) != query.procedure)) return out;
    list_names names{on};
    task_entry before;
    before.row.of = case_id{after.of};
    before.row.task = after.task;
    before.row.n = after.n;
    if (after.due != no_due) before.row.due_before = at_micros(after.due);
    for (const auto& t : unpack_tasks(row.view(0))) {
        auto task = entry_of(row_of(query.of, t, names), row, 1);
        if (!of_unit(task.row, query.unit) ||
            (!query.person.empty() && task.row.person != query.person) ||
            (query.as && task.row.as != *query.as) || (query.overdue_only && !task.row.overdue) ||
            !comes_before(before, task))
            continue;
        out.push_back(std::move(task));
    }
    std::sort(out.begin(), out.end(), comes_before);
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
        // Whoever writes has brought the file up to date; who looks may see that happen.
        task_lists lists{on, which, read_only_ && schema_number(on) < first_with_places};
        if (!which.of.empty()) {
            page.rows = tasks_of_case(on, tenant, which, after);
        } else {
            if (!which.person.empty())
                lists.add(sql::list_of_person, tenant, which.person);
            else if (!which.unit.empty()) {
                // A code may name the unit of a row or, where that is another, its role.
                lists.add(sql::lists_of_unit, tenant, which.unit);
                lists.add(sql::lists_of_role, tenant, which.unit);
            } else
                lists.add(sql::lists_of_all, tenant, {});
            page.rows = lists.first(after, limit + 1);
        }
        if (page.rows.size() > limit) {
            page.rows.resize(limit);
            page.next = store_cursor::write_cursor(place_of(page.rows.back().row));
        }
        return page;
    });
}

result<page_of<head_row>> sqlite_store::overdue_cases(const std::string& tenant,
                                                      const case_query& which,
                                                      const std::string& cursor,
                                                      std::size_t limit) {
    store_cursor::due_place after{std::numeric_limits<std::int64_t>::min(), {}};
    if (!cursor.empty()) {
        auto read = store_cursor::read_cursor<store_cursor::due_place>(cursor);
        if (!read) return read.failure();
        after = std::move(*read);
    }
    limit = store_cursor::rows_of_page(limit);
    const int status = which.status ? static_cast<int>(*which.status) : -1;
    return reading([&](connection& on) -> result<page_of<head_row>> {
        page_of<head_row> page;
        run row{on, sql::cases_overdue};
        row.bind_all(tenant, after.due, after.of, static_cast<std::int64_t>(limit + 1),
                     which.procedure, status, micros(*which.overdue_at), which.reference);
        while (row.step()) page.rows.push_back(head_of(row));
        if (page.rows.size() > limit) {
            page.rows.resize(limit);
            const head_row& last = page.rows.back();
            page.next = store_cursor::write_cursor(
                store_cursor::due_place{micros(*last.due_before), last.id.str()});
        }
        return page;
    });
}

result<page_of<head_row>> sqlite_store::query_cases(const std::string& tenant,
                                                    const case_query& which,
                                                    const std::string& cursor, std::size_t limit) {
    if (which.overdue_at) return overdue_cases(tenant, which, cursor, limit);
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
        std::pair from{after.seq, after.n};
        if (!after.of.empty()) {
            run row{on, sql::case_no};
            row.bind_all(tenant, after.of);
            if (!row.step()) return fail(errc::bad_cursor);
            no = row.number(0);
            // The page goes on inside the row that has the last entry shown.
            if (const auto pack = find_outbox(on, no, after.seq, after.n))
                from = {pack->seq, pack->n};
        }
        run row{on, set_aside_only ? sql::aside_page : sql::outbox_page};
        row.bind_all(tenant, no, from.first, from.second);
        while (page.rows.size() <= limit && row.step()) {
            const std::string of = row.bytes(0);
            auto pack = outbox_of(row, 1);
            for (auto& e : pack.entries) {
                if (of == after.of && std::pair{e.seq, e.n} <= std::pair{after.seq, after.n})
                    continue;
                if (set_aside_only && !e.aside) continue;
                if (page.rows.size() > limit) break;
                outbox_entry entry;
                entry.row = {case_id{of}, e.seq, e.n, e.kind, std::move(e.body)};
                entry.attempts = e.attempts;
                entry.set_aside = e.aside;
                entry.last_error = std::move(e.last_error);
                page.rows.push_back(std::move(entry));
            }
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
        for (const sql which : {sql::first_notice, sql::first_link}) {
            run row{on, which};
            row.bind(tenant);
            if (!row.step()) continue;
            const instant first = row.time(0);
            if (!counts.next_try || first < *counts.next_try) counts.next_try = first;
        }
        return counts;
    });
}

}  // namespace quytrinh::detail::sqlite
