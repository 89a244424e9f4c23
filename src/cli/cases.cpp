// SPDX-License-Identifier: BSL-1.0
// src/cli/cases.cpp: the list of cases, and of those that are past their overall limit.
#include "commands.hpp"
#include "office.hpp"

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/counting.hpp>

namespace cli {

using namespace quytrinh;

namespace {

/// For programs, the same in every language.
std::string_view name_of_status(stored_status status) {
    switch (status) {
    case stored_status::open: return "open";
    case stored_status::ended: return "ended";
    case stored_status::withdrawn: return "withdrawn";
    case stored_status::cancelled: return "cancelled";
    case stored_status::quarantined: return "quarantined";
    }
    return {};
}

std::string words_of_status(const common& as, stored_status status) {
    switch (status) {
    case stored_status::open: return as.say(word::status_open);
    case stored_status::ended: return as.say(word::status_ended);
    case stored_status::withdrawn: return as.say(word::status_withdrawn);
    case stored_status::cancelled: return as.say(word::status_cancelled);
    case stored_status::quarantined: return as.say(word::why_quarantined);
    }
    return {};
}

/// The last day of the case's own limit; its row alone knows only the instant after it.
std::string limit_of_case(const runtime& office, const head_row& row, bool for_people) {
    if (!row.due_before) return {};
    const auto found = office.find(row.id);
    if (!found || !found->state.case_due) return to_iso(*row.due_before, office.offset());
    const due_instant& due = *found->state.case_due;
    return for_people ? day_of(due, found->offset) : to_iso(due, found->offset);
}

}  // namespace

int run_cases(const common& as, const cases_args& given) {
    auto office = open_office(as, given.store, opening::look);
    if (!office) return report(as, office.error());
    auto now = (*office)->backing().now();
    if (!now) return report(as, now.error());
    case_query which;
    which.procedure = given.procedure;
    if (given.overdue) which.overdue_at = *now;
    std::vector<head_row> found;
    std::string cursor;
    do {
        auto page = (*office)->cases(which, cursor, given.limit + 1 - found.size());
        if (!page) return report(as, page.error());
        found.insert(found.end(), page->rows.begin(), page->rows.end());
        cursor = page->next;
    } while (!cursor.empty() && found.size() <= given.limit);
    const bool more = found.size() > given.limit;
    if (more) found.resize(given.limit);

    std::vector<std::string> rows;
    for (const head_row& row : found) {
        if (as.json) {
            json_object out;
            out.text("case", row.id.str()).text("procedure", row.procedure);
            out.text("reference", row.reference).text("status", name_of_status(row.status));
            out.text("opened", to_iso(row.opened_at, (*office)->offset()));
            out.text("due", limit_of_case(**office, row, false));
            rows.push_back(out.str());
            continue;
        }
        std::string text = row.id.str();
        if (!row.reference.empty()) text += " (" + safe(row.reference) + ")";
        text += "  " + safe(row.procedure) + "  ";
        text += as.say(word::case_opened_on, when(row.opened_at, (*office)->offset()));
        text += ", " + words_of_status(as, row.status);
        if (row.due_before)
            text += ", " + as.say(word::case_limit, limit_of_case(**office, row, true));
        line(as, text);
    }
    if (as.json)
        line(json_object().raw("cases", json_array(rows)).flag("more", more).str());
    else if (found.empty())
        line(as, as.say(word::no_cases));
    else if (more)
        line(as, as.say(word::more_rows));
    return done;
}

}  // namespace cli
