// SPDX-License-Identifier: BSL-1.0
// bindings/c/definitions.cpp: procedures and calendars as JSON, as far as a host shows them; the
// text itself says everything.
#include "views.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

namespace quytrinh::c_abi {

namespace {

std::string_view word_of(party_kind kind) {
    switch (kind) {
    case party_kind::role: return "role";
    case party_kind::unit: return "unit";
    case party_kind::position: return "position";
    case party_kind::committee: return "committee";
    case party_kind::group: return "group";
    case party_kind::external: return "external";
    }
    return "unknown";
}

std::string_view word_of(lead_clause::mode mode) {
    switch (mode) {
    case lead_clause::mode::one: return "one";
    case lead_clause::mode::joint: return "joint";
    case lead_clause::mode::any: return "any";
    }
    return "unknown";
}

template <class List, class View>
std::string each(const List& items, View&& view) {
    json_array out;
    for (const auto& item : items) out.raw(view(item));
    return out.str();
}

std::string view_of(const form_field& field) {
    std::vector<std::string> columns;
    for (const auto& column : field.columns) columns.push_back(column.name);
    return json_object()
        .text("name", field.name)
        .text("kind", json_word(field.type))
        .text("box", field.box)
        .truth("required", field.required)
        .raw("choices", json_texts(field.choices))
        .text("catalogue", field.catalogue)
        .truth("other_allowed", field.other_allowed)
        .raw("columns", json_texts(columns))
        .str();
}

std::string view_of(const target& to) {
    return json_object()
        .text("step", to.step)
        .truth("ends", to.ends)
        .text("end_kind", to.end_kind)
        .str();
}

std::vector<std::string> names_of(const std::vector<party_clause>& clauses) {
    std::vector<std::string> out;
    for (const auto& clause : clauses)
        out.insert(out.end(), clause.parties.begin(), clause.parties.end());
    return out;
}

std::string view_of(const step& one) {
    return json_object()
        .text("id", one.id)
        .text("title", one.title)
        .truth("consultation", one.kind == step_kind::consultation)
        .text("lead_mode", word_of(one.lead.how))
        .raw("leads", json_texts(one.lead.parties))
        .text("lead_as_step", one.lead.as_step)
        .raw("with", json_texts(names_of(one.with)))
        .raw("inform", json_texts(names_of(one.inform)))
        .raw("work", json_texts(one.work))
        .raw("channels", json_texts(one.channels))
        .raw("answers", json_texts(one.answers))
        .raw("at_steps", json_texts(one.at_steps))
        .raw("preconditions", each(one.preconditions,
                                   [](const precondition& p) {
                                       return json_object()
                                           .text("text", p.text)
                                           .truth("evidence", p.evidence)
                                           .truth("conditional", p.when.has_value())
                                           .str();
                                   }))
        .raw("branches", each(one.branches,
                              [](const branch& way) {
                                  return json_object()
                                      .text("outcome", way.outcome())
                                      .truth("conditional", way.when.has_value())
                                      .truth("reason", way.reason)
                                      .number("at_most", way.at_most)
                                      .raw("to", view_of(way.to))
                                      .str();
                              }))
        .str();
}

}  // namespace

json_object short_view(const procedure& of) {
    json_object out;
    out.text("code", of.code)
        .text("title", of.title)
        .text("hash", to_hex(of.hash))
        .text("dialect", of.words == dialect::vi ? "vi" : "en")
        .text("effective", to_day_first(of.head.effective));
    return out;
}

std::string whole_view(const procedure& of) {
    return short_view(of)
        .text("rule", json_word(of.rule))
        .text("calendar", of.calendar_code)
        .raw("may_open_at", json_texts(of.may_open_at))
        .raw("parties", each(of.parties,
                             [](const party& p) {
                                 return json_object()
                                     .text("code", p.code)
                                     .text("title", p.title)
                                     .text("kind", word_of(p.kind))
                                     .str();
                             }))
        .raw("forms", each(of.forms,
                           [](const form& f) {
                               return json_object()
                                   .text("code", f.code)
                                   .text("title", f.title)
                                   .raw("fields", each(f.fields,
                                                       [](const form_field& field) {
                                                           return view_of(field);
                                                       }))
                                   .str();
                           }))
        .raw("steps", each(of.steps, [](const step& one) { return view_of(one); }))
        .raw(
            "texts",
            each(of.sources,
                 [](const source_text& text) {
                     return json_object().text("name", text.name()).text("text", text.text()).str();
                 }))
        .str();
}

std::string view_of(const calendar& days) {
    const auto hours = [](const std::vector<opening>& of) {
        return each(of, [](const opening& one) {
            return json_array().raw(std::to_string(one.from)).raw(std::to_string(one.to)).str();
        });
    };
    json_array entries, switches, years;
    for (const auto& [day, entry] : days.days)
        entries.raw(json_object()
                        .text("day", to_iso(day))
                        .truth("working", entry.kind == day_kind::working)
                        .text("reason", entry.reason)
                        .str());
    for (const auto& [code, one] : days.switches)
        switches.raw(
            json_object().text("code", code).text("title", one.title).truth("on", one.on).str());
    for (const int year : days.years) years.raw(std::to_string(year));
    return json_object()
        .text("code", days.code)
        .text("title", days.title)
        .text("version", days.version)
        .number("offset_minutes", days.offset.count())
        .raw("week", each(days.week, hours))
        .raw("make_up_hours", hours(days.make_up_hours))
        .raw("days", entries.str())
        .raw("switches", switches.str())
        .raw("years", years.str())
        .str();
}

}  // namespace quytrinh::c_abi
