// SPDX-License-Identifier: BSL-1.0
// bindings/c/query.cpp: requests that change nothing, from JSON to JSON.
#include "office.hpp"
#include "request.hpp"
#include "surroundings.hpp"
#include "views.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/engine/option.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>

namespace quytrinh::c_abi {

namespace {

struct asked {
    runtime& office;
    const std::string& tenant;
    request& with;
    language words;
};

template <class Row, class View>
std::string page_view(const std::vector<Row>& rows, const std::string& next, View&& view) {
    json_array shown;
    for (const auto& row : rows) shown.raw(view(row));
    return json_object().raw("rows", shown.str()).text("next", next).str();
}

/// The place after which a page goes on, as its own cursors say it.
std::uint64_t place_of(const std::string& cursor) {
    if (cursor.empty()) return 0;
    const bool digits = cursor.size() < 19 && std::all_of(cursor.begin(), cursor.end(), [](char c) {
                            return c >= '0' && c <= '9';
                        });
    if (!digits) refuse(errc::bad_cursor);
    return std::stoull(cursor);
}

std::size_t rows_of(std::uint64_t limit) {
    constexpr std::size_t usual = 100, most = 1'000;
    return limit == 0 ? usual : std::min<std::size_t>(limit, most);
}

std::string tasks(asked by) {
    task_query which;
    which.unit = by.with.text("unit");
    which.person = by.with.text("person");
    which.procedure = by.with.text("procedure");
    which.of = case_id{by.with.text("case")};
    which.overdue_only = by.with.truth("overdue");
    if (const std::string word = by.with.text("relation"); !word.empty()) {
        for (const relation known :
             {relation::lead, relation::joint, relation::coordinate, relation::inform,
              relation::opener, relation::asked, relation::keeper})
            if (json_word(known) == word) which.as = known;
        if (!which.as) request::fault("relation", "is not known");
    }
    const std::string cursor = by.with.text("cursor");
    const std::uint64_t limit = by.with.number("limit");
    by.with.finish();
    const auto page = must(by.office.task_page(which, cursor, limit));
    return page_view(page.rows, page.next, [](const task_view& row) { return view_of(row); });
}

std::string cases(asked by) {
    case_query which;
    which.reference = by.with.text("reference");
    which.procedure = by.with.text("procedure");
    if (const std::string word = by.with.text("status"); !word.empty()) {
        const std::pair<std::string_view, stored_status> known[] = {
            {"open", stored_status::open},
            {"ended", stored_status::ended},
            {"withdrawn", stored_status::withdrawn},
            {"cancelled", stored_status::cancelled},
            {"quarantined", stored_status::quarantined}};
        for (const auto& [name, status] : known)
            if (name == word) which.status = status;
        if (!which.status) request::fault("status", "is not known");
    }
    if (by.with.truth("overdue")) which.overdue_at = must(by.office.backing().now());
    if (const std::string at = by.with.text("overdue_at"); !at.empty())
        which.overdue_at = moment_of("overdue_at", at, by.office.offset());
    const std::string cursor = by.with.text("cursor");
    const std::uint64_t limit = by.with.number("limit");
    by.with.finish();
    const auto page = must(by.office.cases(which, cursor, limit));
    return page_view(page.rows, page.next,
                     [&](const head_row& row) { return view_of(row, by.office.offset()); });
}

std::string one_case(asked by) {
    const case_id of{by.with.needed("case")};
    by.with.finish();
    return view_of(must(by.office.find(of)));
}

std::string options(asked by) {
    const case_id of{by.with.needed("case")};
    const actor who{by.with.text("unit"), by.with.text("person")};
    by.with.finish();
    return json_object().raw("rows", to_json(must(by.office.options(of, who)))).str();
}

std::string history(asked by) {
    const case_id of{by.with.needed("case")};
    const std::uint64_t after = place_of(by.with.text("cursor"));
    const std::size_t limit = rows_of(by.with.number("limit"));
    by.with.finish();
    const auto offset = must(by.office.find(of)).offset;
    const auto all = must(by.office.history(of));
    json_array rows;
    std::uint64_t at = after;
    for (; at < all.size() && at - after < limit; ++at)
        rows.raw(to_json(all[at].fact, all[at].hash, offset));
    return json_object()
        .raw("rows", rows.str())
        .text("next", at < all.size() ? std::to_string(at) : std::string{})
        .str();
}

std::string exported(asked by) {
    const case_id of{by.with.needed("case")};
    const std::uint64_t after = place_of(by.with.text("cursor"));
    const std::size_t limit = rows_of(by.with.number("limit"));
    by.with.finish();
    const auto page = must(by.office.backing().history(by.tenant, of, after, limit));
    if (page.empty() && after == 0) refuse(errc::not_found, {of.str()});
    return page_view(page, page.size() < limit ? std::string{} : std::to_string(page.back().seq),
                     [](const stored_event& row) { return view_of(row); });
}

std::string refusals(asked by) {
    const case_id of{by.with.needed("case")};
    by.with.finish();
    return page_view(must(by.office.refusals(of)), {},
                     [&](const refusal_row& row) { return view_of(row, by.office.offset()); });
}

std::string lookup(asked by) {
    const case_id of{by.with.needed("case")};
    const command_id id{by.with.needed("id")};
    by.with.finish();
    const auto found = must(by.office.lookup(of, id));
    return json_object().raw("result", found ? to_json(*found) : "null").str();
}

std::string outbox(asked by) {
    by.with.finish();
    return view_of(must(by.office.outbox()), by.office.offset());
}

std::string set_aside(asked by) {
    const std::uint64_t limit = by.with.number("limit");
    by.with.finish();
    return page_view(must(by.office.set_aside(limit)), {}, [&](const notification& row) {
        return view_of(row, by.office.offset(), by.words);
    });
}

std::string procedures(asked by) {
    by.with.finish();
    return page_view(by.office.procedures(), {},
                     [](const procedure_ptr& row) { return short_view(*row).str(); });
}

std::string one_procedure(asked by) {
    const std::string code = by.with.needed("code");
    by.with.finish();
    return whole_view(*must(by.office.procedure_of(code)));
}

std::string one_calendar(asked by) {
    const std::string code = by.with.needed("code");
    by.with.finish();
    return view_of(must(by.office.calendar_of(code)));
}

std::string backing(asked by) {
    by.with.finish();
    return json_object()
        .raw("store", view_of(by.office.caps()))
        .text("tenant", by.tenant)
        .number("offset_minutes", by.office.offset().count())
        .str();
}

}  // namespace

std::string answer_query(runtime& office, const std::string& tenant, std::string_view text,
                         language words) {
    static constexpr std::pair<std::string_view, std::string (*)(asked)> queries[] = {
        {"tasks", tasks},           {"cases", cases},           {"case", one_case},
        {"options", options},       {"history", history},       {"export", exported},
        {"refusals", refusals},     {"lookup", lookup},         {"outbox", outbox},
        {"set_aside", set_aside},   {"procedures", procedures}, {"procedure", one_procedure},
        {"calendar", one_calendar}, {"store", backing}};
    request with{text};
    const std::string what = with.needed("query");
    for (const auto& [name, answer] : queries)
        if (name == what) return answer({office, tenant, with, words});
    request::fault("query", "is not known");
}

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;

std::int32_t quytrinh_query(quytrinh_office* office, const char* request, std::size_t request_size,
                            std::int32_t words, quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        give_text(json,
                  answer_query(in->office, in->tenant, given(request, request_size, "text"), as));
    });
}
