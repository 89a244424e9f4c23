// SPDX-License-Identifier: BSL-1.0
// bindings/c/ask.cpp: questions about days, texts and proofs, of which no case needs to be there.
#include "json_text.hpp"
#include "surroundings.hpp"
#include "views.hpp"

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/keywords.hpp>
#include <quytrinh/model/graph.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/render/draw.hpp>
#include <quytrinh/time/counting.hpp>
#include <quytrinh/time/lunar.hpp>

#include <algorithm>
#include <limits>

namespace quytrinh::c_abi {

namespace {

struct asking {
    const surroundings& known;
    request& with;
    language words;
};

// -- days

std::string working_day(const asking& by) {
    const date day = day_of("day", by.with.needed("day"));
    const calendar days = must(by.known.calendar_of(by.with.text("calendar")));
    by.with.finish();
    const bool working = must(is_working(days, day));
    json_array hours;
    for (const opening& one : must(hours_of(days, day)))
        hours.raw(json_array().raw(std::to_string(one.from)).raw(std::to_string(one.to)).str());
    return json_object()
        .truth("working", working)
        .text("reason", reason_of(days, day))
        .raw("hours", hours.str())
        .str();
}

std::string minutes_between(const asking& by) {
    const calendar days = must(by.known.calendar_of(by.with.text("calendar")));
    const instant from = moment_of("from", by.with.needed("from"), days.offset);
    const instant to = moment_of("to", by.with.needed("to"), days.offset);
    by.with.finish();
    return json_object().number("minutes", must(working_minutes(days, from, to))).str();
}

amount length_of(const asking& by, const std::string& text) {
    const auto first = by.words == language::vi ? dialect::vi : dialect::en;
    const auto read = parse_limit(text, first);
    if (!read) throw wrong_text{read.error(), {source_text{"limit", text}}};
    if (read->what != written_limit::kind::count) request::fault("limit", "must be a length");
    return read->length;
}

std::string back(const asking& by) {
    const amount length = length_of(by, by.with.needed("limit"));
    const date from = day_of("from", by.with.needed("from"));
    const counting_rule rule = rule_of(by.with.text("rule"), length);
    const calendar days = must(by.known.calendar_of(by.with.text("calendar")));
    by.with.finish();
    return to_json(must(count_back(days, rule, from, length)), days.offset, by.words);
}

std::string shift(const asking& by) {
    const calendar days = must(by.known.calendar_of(by.with.text("calendar")));
    const amount length = length_of(by, by.with.needed("limit"));
    const counting_rule rule = rule_of(by.with.text("rule"), length);
    due_instant due;
    due.before = moment_of("before", by.with.needed("before"), days.offset);
    due.last_day = day_of("last_day", by.with.needed("last_day"));
    due.to_the_hour = by.with.truth("to_the_hour");
    const instant from = moment_of("paused_from", by.with.needed("paused_from"), days.offset);
    const instant to = moment_of("paused_to", by.with.needed("paused_to"), days.offset);
    by.with.finish();
    const due_instant out = must(shift_due(days, rule, due, from, to, length.unit));
    return json_object()
        .text("last_day", to_iso(out.last_day))
        .text("before", to_iso(out.before, days.offset))
        .truth("to_the_hour", out.to_the_hour)
        .str();
}

int small(const asking& by, const char* name) {
    return static_cast<int>(std::min<std::uint64_t>(by.with.number(name), 10'000));
}

std::string lunar(const asking& by) {
    const date day = day_of("day", by.with.needed("day"));
    by.with.finish();
    const lunar_date out = must(to_lunar(day));
    return json_object()
        .number("year", out.year)
        .number("month", out.month)
        .number("day", out.day)
        .truth("leap", out.leap)
        .str();
}

std::string solar(const asking& by) {
    const lunar_date of{small(by, "year"), small(by, "month"), small(by, "day"),
                        by.with.truth("leap")};
    by.with.finish();
    return json_object().text("day", to_iso(must(to_solar(of)))).str();
}

std::string lunar_year(const asking& by) {
    const int year = small(by, "year");
    by.with.finish();
    const int leap = must(leap_month(year));
    json_array months;
    const auto add = [&](int month, bool second) {
        months.raw(json_object()
                       .number("month", month)
                       .truth("leap", second)
                       .number("days", must(month_length(year, month, second)))
                       .str());
    };
    for (int month = 1; month <= 12; ++month) {
        add(month, false);
        if (month == leap) add(month, true);
    }
    return json_object().number("leap_month", leap).raw("months", months.str()).str();
}

// -- texts

std::string catalogue(const asking& by) {
    const std::uint64_t code = by.with.number("code");
    by.with.finish();
    const bool vi = by.words == language::vi;
    json_array rows;
    for (const catalogue_row& row : diagnostic_catalogue()) {
        if (code != 0 && row.code != code) continue;
        const char* level = "error";
        if (row.level == severity::warning) level = "warning";
        if (row.level == severity::hint) level = "hint";
        rows.raw(json_object()
                     .text("code", code_text(row.code))
                     .text("name", row.name)
                     .text("severity", level)
                     .text("message", vi ? row.vi : row.en)
                     .text("help", vi ? row.help_vi : row.help_en)
                     .str());
    }
    return json_object().raw("rows", rows.str()).str();
}

std::string_view word_of(keyword_context context) {
    switch (context) {
    case keyword_context::header: return "header";
    case keyword_context::clause: return "clause";
    case keyword_context::word: return "word";
    }
    return "unknown";
}

std::string keywords(const asking& by) {
    by.with.finish();
    json_array rows;
    for (const keyword_row& row : keyword_table())
        rows.raw(json_object()
                     .text("name", row.name)
                     .text("context", word_of(row.context))
                     .text("vi", row.vi)
                     .text("en", row.en)
                     .text("help", by.words == language::vi ? row.help_vi : row.help_en)
                     .truth("later", row.status == keyword_status::later)
                     .str());
    return json_object().raw("rows", rows.str()).str();
}

std::string texts(const asking& by) {
    by.with.finish();
    json_array rows;
    for (const bundled_text& one : bundled_texts()) rows.text(one.name);
    return json_object().raw("rows", rows.str()).str();
}

std::string one_text(const asking& by) {
    const std::string name = by.with.needed("name");
    by.with.finish();
    for (const bundled_text& one : bundled_texts())
        if (one.name == name) return json_object().text("text", one.text).str();
    refuse(errc::not_found, {name});
}

// -- procedures

std::string_view word_of(flow_vertex::kind what) {
    switch (what) {
    case flow_vertex::kind::step: return "step";
    case flow_vertex::kind::consultation: return "consultation";
    case flow_vertex::kind::end: return "end";
    }
    return "unknown";
}
std::string_view word_of(flow_edge::kind what) {
    switch (what) {
    case flow_edge::kind::flow: return "flow";
    case flow_edge::kind::loop: return "loop";
    case flow_edge::kind::consultation: return "consultation";
    }
    return "unknown";
}

std::string graph(const asking& by) {
    const auto of = must(by.known.procedure_of(by.with.needed("procedure")));
    by.with.finish();
    const flow_graph flow{*of};
    json_array vertices, edges;
    for (const flow_vertex& one : flow.vertices()) {
        const bool end = one.what == flow_vertex::kind::end;
        vertices.raw(json_object()
                         .text("kind", word_of(one.what))
                         .text("step", end ? std::string{} : of->steps[one.step].id)
                         .text("end_kind", one.end_kind)
                         .str());
    }
    for (const flow_edge& one : flow.edges())
        edges.raw(json_object()
                      .text("kind", word_of(one.what))
                      .number("from", one.from)
                      .number("to", one.to)
                      .number("branch", one.branch)
                      .truth("afterwards", one.afterwards)
                      .truth("implied", one.implied)
                      .text("label", one.label)
                      .str());
    return json_object()
        .number("entry", flow.entry())
        .raw("vertices", vertices.str())
        .raw("edges", edges.str())
        .str();
}

draw_overlay::mark mark_of(const std::string& word) {
    if (word == "done") return draw_overlay::mark::done;
    if (word == "partly") return draw_overlay::mark::partly;
    if (word == "missing") return draw_overlay::mark::missing;
    if (word == "none") return draw_overlay::mark::none;
    request::fault("mark", "must be none, done, partly or missing");
}

/// Rows of one list, each as a request of its own, so that nothing in it is passed over.
template <class Each>
void each_row(request& with, const char* name, Each&& each) {
    constexpr std::size_t most = 10'000;
    const auto* rows = with.items(name);
    if (rows == nullptr) return;
    if (rows->size() > most) request::fault(name, "has too many rows");
    for (const json_tree& row : *rows) {
        request one{to_json(row)};
        each(one);
        one.finish();
    }
}

std::string drawing(const asking& by) {
    const auto of = must(by.known.procedure_of(by.with.needed("procedure")));
    draw_overlay over;
    over.under = by.with.text("under");
    const auto index = [](request& row) {
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(row.number("n"), 1'000'000));
    };
    each_row(by.with, "steps", [&](request& row) {
        const std::string step = row.needed("step");
        if (row.has("mark")) over.steps[step] = mark_of(row.text("mark"));
        if (const std::string note = row.text("note"); !note.empty())
            over.notes[step].push_back(note);
    });
    each_row(by.with, "branches", [&](request& row) {
        auto& to = row.truth("afterwards") ? over.afterwards : over.branches;
        to[{row.needed("step"), index(row)}] = mark_of(row.needed("mark"));
    });
    each_row(by.with, "limits", [&](request& row) {
        over.limits[{row.needed("step"), index(row)}] = row.text("note");
    });
    each_row(by.with, "legend", [&](request& row) {
        over.legend.emplace_back(mark_of(row.needed("mark")), row.text("note"));
    });
    by.with.finish();
    return json_object().text("drawing", draw_svg(*of, over, by.words)).str();
}

// -- proofs

std::string bytes_of(const char* name, const std::string& hex) {
    const auto digit = [&](char c) -> unsigned {
        if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
        if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
        request::fault(name, "must be hexadecimal");
    };
    if (hex.size() % 2 != 0) request::fault(name, "must be hexadecimal");
    std::string out;
    out.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2)
        out += static_cast<char>((digit(hex[i]) << 4) | digit(hex[i + 1]));
    return out;
}

template <class Array>
Array array_of(const char* name, const std::string& hex) {
    const std::string bytes = bytes_of(name, hex);
    Array out{};
    if (bytes.size() != out.size()) request::fault(name, "has another length");
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

/// Rows of the query `export`, wherever they were kept, against their hashes.
std::string chain(const asking& by) {
    chain_identity identity;
    identity.store = array_of<decltype(identity.store)>("store", by.with.needed("store"));
    identity.tenant = by.with.needed("tenant");
    identity.of = case_id{by.with.needed("case")};
    identity.definition = array_of<digest256>("definition", by.with.needed("definition"));
    digest256 previous{};
    if (const std::string before = by.with.text("previous"); !before.empty())
        previous = array_of<digest256>("previous", before);
    std::uint64_t next = 0, count = 0;
    each_row(by.with, "events", [&](request& row) {
        stored_event event;
        event.seq = row.number("seq");
        event.at = moment_of("at", row.needed("at"), std::chrono::minutes{0});
        event.hash = array_of<digest256>("hash", row.needed("hash"));
        event.salt = array_of<salt16>("salt", row.needed("salt"));
        event.header = bytes_of("header", row.needed("header"));
        event.payload = bytes_of("payload", row.text("payload"));
        if (next != 0 && event.seq != next)
            refuse(errc::store_corrupt, {"event " + std::to_string(next) + " is missing"});
        must(verify_event(identity, previous, event));
        previous = event.hash;
        next = event.seq + 1;
        ++count;
    });
    by.with.finish();
    return json_object().number("events", count).text("hash", to_hex(previous)).str();
}

std::string derived(const asking& by) {
    const auto store = array_of<decltype(chain_identity::store)>("store", by.with.needed("store"));
    const std::string tenant = by.with.needed("tenant");
    const command_id opening{by.with.needed("id")};
    by.with.finish();
    return json_object().text("case", derive_case_id(store, tenant, opening).str()).str();
}

std::string ask(const asking& by) {
    static constexpr std::pair<std::string_view, std::string (*)(const asking&)> known[] = {
        {"working_day", working_day},
        {"working_minutes", minutes_between},
        {"back", back},
        {"shift", shift},
        {"lunar", lunar},
        {"solar", solar},
        {"lunar_year", lunar_year},
        {"catalogue", catalogue},
        {"keywords", keywords},
        {"texts", texts},
        {"text", one_text},
        {"graph", graph},
        {"drawing", drawing},
        {"chain", chain},
        {"case_id", derived}};
    const std::string what = by.with.needed("ask");
    for (const auto& [name, answer] : known)
        if (name == what) return answer(by);
    request::fault("ask", "is not known");
}

}  // namespace

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;

std::int32_t quytrinh_ask(quytrinh_office* office, const char* request, std::size_t request_size,
                          std::int32_t words, quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = perhaps(office);
        const auto as = language_of(words);
        quytrinh::c_abi::request with{given(request, request_size, "text")};
        const surroundings known{in};
        give_text(json, ask({known, with, as}));
    });
}
