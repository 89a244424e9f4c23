// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/start.hpp: private. Where a case that nobody wrote begins: when, and beside
// which tables of the host.
#pragma once

#include <quytrinh/testing/impl/solver.hpp>

#include <vector>

namespace quytrinh::testing::detail {

/// The second of January 2024, a day of work, at eight; or the first day in force; or before a date
/// that a limit names.
[[nodiscard]] inline instant usual_start(const procedure& of) {
    constexpr std::chrono::minutes offset{420};
    date day{std::chrono::local_days{std::chrono::year{2024} / 1 / 2}};
    for (const step& s : of.steps)
        for (const time_limit& l : s.limits)
            if (l.day && *l.day <= day) day = *l.day - std::chrono::days{30};
    if (const auto first = first_day_of(of.head.effective); first && *first > day) day = *first;
    return start_of(day, offset) + std::chrono::hours{8};
}

/// Tables that the host keeps stand there from the beginning, with a row that nothing asks for.
[[nodiscard]] inline std::vector<table_row> rows_of_nobody(const procedure& of, date today) {
    std::vector<table_row> rows;
    for (const catalogue& list : of.catalogues) {
        if (!is_table_of_host(of, list.code)) continue;
        std::vector<value> cells;
        for (const form_field& column : list.columns)
            cells.push_back(column.type == field_type::person ? value("nv99")
                                                              : plausible(of, column, today));
        rows.emplace_back(list.code, std::move(cells));
    }
    return rows;
}

}  // namespace quytrinh::testing::detail
