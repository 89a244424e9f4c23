// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/upgrade.hpp: private. What a schema number defines, and from one to the next.
#pragma once

#include "connection.hpp"
#include "rows.hpp"
#include "schema.hpp"
#include "standing.hpp"

#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace quytrinh::detail::sqlite {

using object = std::tuple<std::string, std::string, std::string, std::string>;

/// Everything that a schema defines, as its text.
inline std::vector<object> objects_of(connection& on) {
    std::vector<object> out;
    run row{on, sql::objects};
    while (row.step()) out.emplace_back(row.bytes(0), row.bytes(1), row.bytes(2), row.bytes(3));
    return out;
}

/// All tables and indexes of a schema number, in an empty database.
inline void make_schema(connection& on, int number) {
    on.script(create_schema);
    for (int step = 1; step < number; ++step) {
        on.script(schema_steps[step - 1].make);
        on.script(schema_steps[step - 1].end);
    }
}

/// The objects that a file of ours has: those of an empty database made just now.
inline std::vector<object> objects_of_ours(int number) {
    connection empty{":memory:", purpose::make, {}};
    make_schema(empty, number);
    return objects_of(empty);
}

inline int schema_number(connection& on) {
    return static_cast<int>(std::strtol(on.pragma("PRAGMA user_version").c_str(), nullptr, 10));
}

/// What was claimed before leases had a table of their own is offered as if nobody had: whoever has
/// it finds its fence stale, and a timer that fires twice is one command.
inline void end_old_leases(connection& on) {
    std::int64_t last = 0;
    std::vector<standing> leased;
    for (bool more = true; more;) {
        more = false;
        leased.clear();
        {
            run row{on, sql::with_timers};
            row.bind(last);
            while (row.step()) {
                more = true;
                standing of;
                of.no = last = row.number(0);
                of.tenant = row.number(1);
                of.head.id = case_id{row.bytes(3)};
                bool any = false;
                try {
                    of.tasks = unpack_tasks(row.view(2));
                } catch (const bad_row&) {
                    continue;  // the claim that meets it sets the case apart
                }
                for (auto& t : of.tasks) {
                    if (t.fence == 0) continue;
                    t.fence = 0;
                    t.offered_at = t.timer_at;
                    any = true;
                }
                if (any) leased.push_back(std::move(of));
            }
        }
        for (const auto& of : leased) {
            const std::string tasks = pack_tasks(of.tasks);
            run{on, sql::rewrite_tasks}.bind(of.no).bind_blob(tasks).finish();
            if (const auto first = first_offer(of.tasks)) make_moment(on, of, *first);
        }
    }
}

/// Timers that were claimed are offered again as if nobody had.
inline void drop_timer_leases(connection& on) {
    std::int64_t last = 0;
    std::vector<standing> leased;
    for (bool more = true; more;) {
        more = false;
        leased.clear();
        {
            run row{on, sql::with_lease};
            row.bind(last);
            while (row.step()) {
                more = true;
                standing of;
                of.no = last = row.number(0);
                of.tenant = row.number(1);
                of.head.id = case_id{row.bytes(3)};
                try {
                    of.tasks = unpack_tasks(row.view(2));
                } catch (const bad_row&) {
                    continue;  // at the end of the lease the claim that meets it sets it apart
                }
                leased.push_back(std::move(of));
            }
        }
        for (const auto& of : leased)
            if (const auto first = first_offer(of.tasks)) make_moment(on, of, *first);
    }
    run{on, sql::drop_timer_leases}.finish();
}

/// place_in_list for SQL: list, due, case, step, round, entry.
inline void place_function(sqlite3_context* to, int, sqlite3_value** values) noexcept {
    const auto number = [&](int i) { return sqlite3_value_int64(values[i]); };
    const auto text = [&](int i) {
        const auto* bytes = static_cast<const char*>(sqlite3_value_blob(values[i]));
        return std::string_view{bytes != nullptr ? bytes : "",
                                static_cast<std::size_t>(sqlite3_value_bytes(values[i]))};
    };
    try {
        const std::string place = place_in_list(number(0), number(1), text(2), text(3),
                                                static_cast<std::uint32_t>(number(4)),
                                                static_cast<std::uint32_t>(number(5)));
        sqlite3_result_blob64(to, place.data(), place.size(), SQLITE_TRANSIENT);
    } catch (const std::bad_alloc&) {
        sqlite3_result_error_nomem(to);
    }
}

/// Brings an older file up to date: all of it or nothing. Only under the lock of the file.
inline void bring_up_to_date(connection& on) {
    const int found = schema_number(on);
    if (found >= schema_version) return;
    transaction whole{on, sql::begin_write};
    on.add_function("quytrinh_place", 6, &place_function);
    for (int number = found; number < schema_version; ++number) {
        const schema_step& step = schema_steps[number - 1];
        for (const char* part : {step.make, step.carry_over, step.end}) on.script(part);
    }
    // A process of the version before cannot settle what it has claimed: the table is not there.
    if (found < first_with_leases)
        end_old_leases(on);
    else
        drop_timer_leases(on);
    on.script("PRAGMA user_version = 4");
    whole.commit();
}

}  // namespace quytrinh::detail::sqlite
