// SPDX-License-Identifier: BSL-1.0
// src/cli/refusals.cpp: the commands that were refused, as the store keeps them: by the minute, and
// by rule without the words of the moment.
#include "commands.hpp"
#include "office.hpp"

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>

namespace cli {

using namespace quytrinh;

namespace {

/// The rule in words. What it was about then is not kept: it stands as "…".
std::string words_of_rule(const common& as, std::uint16_t rule) {
    const std::string text = error{static_cast<errc>(rule), {}, {}, {}}.text(as.words);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t hole = std::min(text.find('{', at), text.size());
        out += text.substr(at, hole - at);
        if (hole == text.size()) break;
        const std::size_t end = text.find('}', hole);
        if (end == std::string::npos) break;
        out += "…";
        at = end + 1;
    }
    return out;
}

/// Of one case, or of all: openings first, which belong to no case, then case by case.
result<std::vector<refusal_row>> rows_of(const common& as, const runtime& office,
                                         const refusals_args& given) {
    if (!given.of.empty()) {
        auto of = find_case(as, office, given.of);
        if (!of) return of.failure();
        // A case that is not there has no refusals either: that it is not there is said.
        if (auto found = office.find(*of); !found) return found.failure();
        return office.refusals(*of);
    }
    auto rows = office.refusals({});
    if (!rows) return rows;
    std::string cursor;
    do {
        auto page = office.cases({}, cursor);
        if (!page) return page.failure();
        for (const head_row& one : page->rows) {
            auto more = office.refusals(one.id);
            if (!more) return more;
            rows->insert(rows->end(), more->begin(), more->end());
        }
        cursor = page->next;
    } while (!cursor.empty());
    std::stable_sort(rows->begin(), rows->end(), [](const refusal_row& a, const refusal_row& b) {
        return a.first_at < b.first_at;
    });
    return rows;
}

}  // namespace

int run_refusals(const common& as, const refusals_args& given) {
    auto office = open_office(as, given.store, opening::look);
    if (!office) return report(as, office.error());
    auto rows = rows_of(as, **office, given);
    if (!rows) return report(as, rows.error());
    const bool more = rows->size() > given.limit;
    // The last ones are what somebody looks for.
    if (more) rows->erase(rows->begin(), rows->end() - static_cast<std::ptrdiff_t>(given.limit));
    const std::chrono::minutes offset = (*office)->offset();
    std::vector<std::string> views;
    for (const refusal_row& row : *rows) {
        const std::string who = to_string(actor{row.unit, row.person});
        const std::string words = words_of_rule(as, row.rule);
        if (as.json) {
            json_object out;
            out.text("case", row.of.str()).text("by", who).text("command", row.command);
            out.number("code", row.rule).text("name", name_of(static_cast<errc>(row.rule)));
            out.text("message", words).text("first", to_iso(row.first_at, offset));
            out.text("last", to_iso(row.last_at, offset)).number("count", row.count);
            views.push_back(out.str());
            continue;
        }
        std::string text = when(row.first_at, offset) + "  ";
        if (given.of.empty() && !row.of.empty()) text += row.of.str() + "  ";
        text += safe(who) + "  " + safe(row.command) + ": " + words;
        if (row.count > 1)
            text += " (" + as.say(word::refused_often, row.count, when(row.last_at, offset)) + ")";
        line(as, text);
    }
    if (as.json)
        line(json_object().raw("refusals", json_array(views)).flag("more", more).str());
    else if (rows->empty())
        line(as, as.say(word::no_refusals));
    else if (more)
        line(as, as.say(word::more_rows));
    return done;
}

}  // namespace cli
