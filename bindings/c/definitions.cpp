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

std::string_view word_of(form_act::kind kind) {
    switch (kind) {
    case form_act::kind::fill: return "fill";
    case form_act::kind::use: return "use";
    case form_act::kind::approve: return "approve";
    case form_act::kind::append: return "append";
    case form_act::kind::keep: return "keep";
    case form_act::kind::check: return "check";
    }
    return "unknown";
}

std::string_view word_of(time_limit::kind kind) {
    switch (kind) {
    case time_limit::kind::not_stated: return "not_stated";
    case time_limit::kind::immediately: return "immediately";
    case time_limit::kind::count: return "count";
    case time_limit::kind::from_field: return "from_field";
    case time_limit::kind::before_date: return "before_date";
    case time_limit::kind::through_date: return "through_date";
    case time_limit::kind::laid_down: return "laid_down";
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

/// A clause or a condition as it stands in its text; empty where nothing is written.
std::string written(const procedure& in, const place& where) {
    if (where.file >= in.sources.size()) return {};
    return std::string{in.sources[where.file].slice(where.range)};
}
std::string written(const procedure& in, const std::optional<condition>& when) {
    return when ? written(in, when->where) : std::string{};
}

std::string view_of(const form_act& act, const procedure& in) {
    return json_object()
        .text("kind", word_of(act.what))
        .text("code", act.code)
        .text("paper", act.paper)
        .text("box", act.box)
        .raw("only", json_texts(act.only))
        .text("when", written(in, act.when))
        .str();
}

std::string view_of(const time_limit& limit, const procedure& in) {
    return json_object()
        .text("kind", word_of(limit.what))
        .text("from_step", limit.from.step)
        .text("field", limit.field.field)
        .text("day", limit.day ? to_iso(*limit.day) : std::string{})
        .text("when", written(in, limit.when))
        .text("text", written(in, limit.where))
        .str();
}

std::string view_of(const link_clause& link, const procedure& in) {
    return json_object()
        .text("procedure", link.procedure)
        .truth("may", link.may)
        .text("at_step", link.at_step)
        .raw("carrying", each(link.carrying,
                              [](const auto& pair) {
                                  return json_texts({pair.first, pair.second});
                              }))
        .truth("replacing", link.replacing)
        .text("when", written(in, link.when))
        .str();
}

std::string view_of(const assignment_clause& clause, const procedure& in) {
    return json_object()
        .text("role", clause.role)
        .raw("different_from", json_texts(clause.different_from))
        .text("within", clause.within)
        .number("at_most", clause.at_most)
        .text("when", written(in, clause.when))
        .str();
}

std::string view_of(const branch& way, const procedure& in) {
    return json_object()
        .text("outcome", way.outcome())
        .truth("conditional", way.when.has_value())
        .text("when", written(in, way.when))
        .truth("reason", way.reason)
        .number("at_most", way.at_most)
        .raw("to", view_of(way.to))
        .raw("afterwards", way.afterwards ? view_of(*way.afterwards) : "null")
        .str();
}

std::string view_of(const precondition& p, const procedure& in) {
    return json_object()
        .text("text", p.text)
        .truth("evidence", p.evidence)
        .truth("conditional", p.when.has_value())
        .text("when", written(in, p.when))
        .str();
}

std::string view_of(const step& one, const procedure& in) {
    const auto with_text = [&](const auto& clause) { return view_of(clause, in); };
    std::vector<std::string> apart;
    for (const auto& clause : one.separations)
        apart.insert(apart.end(), clause.steps.begin(), clause.steps.end());
    return json_object()
        .text("id", one.id)
        .text("title", one.title)
        .truth("consultation", one.kind == step_kind::consultation)
        .text("lead_mode", word_of(one.lead.how))
        .raw("leads", json_texts(one.lead.parties))
        .text("lead_as_step", one.lead.as_step)
        .truth("or_delegate", one.lead.or_delegate)
        .text("recorder", one.recorder)
        .raw("with", json_texts(names_of(one.with)))
        .raw("inform", json_texts(names_of(one.inform)))
        .raw("different_from_steps", json_texts(apart))
        .raw("work", json_texts(one.work))
        .raw("inputs", json_texts(one.inputs))
        .raw("outputs", json_texts(one.outputs))
        .raw("channels", json_texts(one.channels))
        .text("channel_catalogue", one.channel_catalogue)
        .raw("answers", json_texts(one.answers))
        .raw("at_steps", json_texts(one.at_steps))
        .truth("at_any_step", one.at_any_step)
        .truth("must_acknowledge", one.must_acknowledge)
        .truth("not_counted", one.not_counted)
        .raw("limits", each(one.limits, with_text))
        .raw("acts", each(one.acts, with_text))
        .raw("assignments", each(one.assignments, with_text))
        .raw("preconditions", each(one.preconditions, with_text))
        .raw("branches", each(one.branches, with_text))
        .raw("links", each(one.links, with_text))
        .str();
}

std::string view_of(const catalogue& list) {
    return json_object()
        .text("code", list.code)
        .text("title", list.title)
        .truth("checklist", list.is_checklist)
        .truth("extensible", list.extensible)
        .raw(
            "items",
            each(list.items,
                 [](const catalogue::item& item) {
                     return json_object().text("number", item.number).text("text", item.text).str();
                 }))
        .raw("columns", each(list.columns, [](const form_field& f) { return view_of(f); }))
        .raw("rows", each(list.rows, json_texts))
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
        .raw("catalogues", each(of.catalogues, [](const catalogue& c) { return view_of(c); }))
        .raw("records", each(of.records,
                             [&](const record& r) {
                                 return json_object()
                                     .text("code", r.code)
                                     .text("title", r.title)
                                     .text("text", written(of, r.where))
                                     .str();
                             }))
        .raw("rights", each(of.rights,
                            [](const right_clause& r) {
                                return json_object()
                                    .text("kind", r.what == right_clause::kind::withdraw
                                                      ? "withdraw"
                                                      : "cancel")
                                    .raw("parties", json_texts(r.parties))
                                    .text("before_step", r.before_step)
                                    .str();
                            }))
        .raw("overall_limits", each(of.overall,
                                    [&](const overall_limit& l) {
                                        return json_object()
                                            .text("from_step", l.from_step)
                                            .text("to_step", l.to_step)
                                            .text("when", written(of, l.when))
                                            .text("text", written(of, l.where))
                                            .str();
                                    }))
        .raw("steps", each(of.steps, [&](const step& one) { return view_of(one, of); }))
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
