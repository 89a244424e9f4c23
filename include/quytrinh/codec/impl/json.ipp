// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json.ipp: JSON views (Boost.JSON).
#pragma once

#include <quytrinh/codec/json.hpp>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/codec/impl/json_archive.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/time/counting.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace quytrinh {

namespace detail::codec {

inline constexpr std::chrono::minutes utc{0};
template <class T>
[[nodiscard]] std::string view_of(const T& v, std::chrono::minutes offset, bool everything) {
    return json::serialize(json_out{offset, everything}.show(v));
}

// Views that are shown only, never stored: their keys do not matter.

void fields(auto& io, is<option::way> auto& v) {
    io(0, "when", v.when);
    io(0, "step", v.step);
    io(0, "title", v.title);
}
void fields(auto& io, is<option::outcome> auto& v) {
    io(0, "name", v.name);
    io(0, "reason", v.reason);
    io(0, "ways", v.ways);
}
void fields(auto& io, is<option::field> auto& v) {
    io(0, "form", v.form);
    io(0, "name", v.name);
    io(0, "kind", v.kind);
    io(0, "type", v.type);
    io(0, "required", v.required);
    io(0, "choices", v.choices);
    io(0, "other_allowed", v.other_allowed);
    io(0, "columns", v.columns);
    io(0, "current", v.current);
    io(0, "outcomes", v.outcomes);
    io(0, "closed", v.closed);
}
void fields(auto& io, is<option::condition_to_confirm> auto& v) {
    io(0, "text", v.text);
    io(0, "evidence", v.evidence);
    io(0, "outcomes", v.outcomes);
}
void fields(auto& io, is<option::role_to_assign> auto& v) {
    io(0, "role", v.role);
    io(0, "outcomes", v.outcomes);
}
void fields(auto& io, is<option> auto& v) {
    io(0, "command", v.command);
    io(0, "task", v.task);
    io(0, "title", v.title);
    io(0, "allowed", v.allowed);
    io(0, "who_could", v.who_could);
    io(0, "outcomes", v.outcomes);
    io(0, "fields", v.fields);
    io(0, "preconditions", v.preconditions);
    io(0, "assign_roles", v.assign_roles);
    io(0, "channels", v.channels);
    io(0, "answers", v.answers);
    io(0, "may_open", v.may_open);
    io(0, "consultation", v.consultation);
    io(0, "awaiting", v.awaiting);
    io(0, "papers", v.papers);
}

inline json::value show_strings(const std::vector<std::string>& list) {
    return json_out{utc, true}.show(list);
}

inline const char* word_of(severity level) noexcept {
    switch (level) {
    case severity::error: return "error";
    case severity::warning: return "warning";
    case severity::hint: return "hint";
    }
    return "unknown";
}

inline void show_place(json::object& out, const place& where,
                       const std::vector<source_text>& sources) {
    if (where.file < sources.size()) {
        const auto at = sources[where.file].locate(where.range.begin);
        out["file"] = json_out::text(sources[where.file].name());
        out["begin"] = where.range.begin;
        out["end"] = where.range.end;
        out["line"] = at.line;
        out["column"] = at.column;
    } else {
        out["file"] = nullptr;
        out["begin"] = where.range.begin;
        out["end"] = where.range.end;
    }
}

inline json::object show_diagnostic(const diagnostic& item, const std::vector<source_text>& sources,
                                    language words) {
    json::object out;
    out["code"] = json_out::text(code_text(item.code));
    const catalogue_row* const row = find_diagnostic(item.code);
    out["name"] = json_out::text(row == nullptr ? std::string_view() : row->name);
    out["severity"] = word_of(item.level);
    show_place(out, item.where, sources);
    out["heading"] = json_out::text(item.heading);
    out["message"] = json_out::text(message_of(item, words));
    out["help"] = json_out::text(help_of(item, words));
    json::array related;
    for (const auto& other : item.related) {
        json::object one;
        show_place(one, other.where, sources);
        diagnostic as_item;
        as_item.code = other.message;
        as_item.args = other.args;
        one["code"] = json_out::text(code_text(other.message));
        one["message"] = json_out::text(message_of(as_item, words));
        related.push_back(std::move(one));
    }
    out["related"] = std::move(related);
    json::array edits;
    if (item.fix)
        for (const auto& edit : item.fix->edits) {
            json::object one;
            show_place(one, edit.where, sources);
            one["text"] = json_out::text(edit.text);
            edits.push_back(std::move(one));
        }
    out["safe"] = item.fix && item.fix->safe;
    out["edits"] = std::move(edits);
    return out;
}

}  // namespace detail::codec

std::string_view json_word(relation which) noexcept { return detail::codec::word_of(which); }
std::string_view json_word(notice_kind which) noexcept { return detail::codec::word_of(which); }
std::string_view json_word(due_kind which) noexcept { return detail::codec::word_of(which); }
std::string_view json_word(counting_rule which) noexcept { return detail::codec::word_of(which); }
std::string_view json_word(field_type which) noexcept { return detail::codec::word_of(which); }

namespace detail::codec {
namespace {

json_out shown_event(const case_event& fact, std::chrono::minutes offset) {
    json_out io{offset, false};
    io.to["seq"] = fact.seq;
    io.to["at"] = io.show(fact.at);
    io.to["event"] = json_out::text(name_of(fact.body));
    io(0, "by", fact.by);
    io.to["as"] = io.show(fact.as);
    io(0, "on_behalf_of", fact.on_behalf_of);
    io.to["why"] = io.show(fact.why);
    io(0, "cause", fact.cause);
    io.to["body"] = std::visit([&](const auto& body) { return io.show(body); }, fact.body);
    return io;
}

}  // namespace
}  // namespace detail::codec

std::string to_json(const case_event& fact, std::chrono::minutes offset) {
    return boost::json::serialize(detail::codec::shown_event(fact, offset).to);
}

std::string to_json(const case_event& fact, const digest256& hash, std::chrono::minutes offset) {
    auto io = detail::codec::shown_event(fact, offset);
    io.to["hash"] = to_hex(hash);
    return boost::json::serialize(io.to);
}

std::string to_json(const case_state& state, std::chrono::minutes offset) {
    return detail::codec::view_of(state, offset, false);
}

std::string to_json(const std::vector<option>& options) {
    detail::codec::json_out io{detail::codec::utc, true};
    boost::json::array list;
    for (const auto& one : options) {
        boost::json::value shown = io.show(one);
        shown.get_object()["rule"] =
            one.allowed ? boost::json::value{} : detail::codec::json_out::text(name_of(one.rule));
        list.push_back(std::move(shown));
    }
    return boost::json::serialize(list);
}

std::string to_json(const error& reason, language words) {
    boost::json::object out;
    out["code"] = static_cast<unsigned>(reason.code);
    out["name"] = detail::codec::json_out::text(name_of(reason.code));
    out["message"] = detail::codec::json_out::text(reason.text(words));
    out["args"] = detail::codec::show_strings(reason.args);
    out["who_could"] = detail::codec::show_strings(reason.who_could);
    if (reason.diagnostics.total() > 0) {
        boost::json::array list;
        for (const auto& item : reason.diagnostics.items)
            list.push_back(detail::codec::show_diagnostic(item, {}, words));
        out["errors"] = reason.diagnostics.errors;
        out["warnings"] = reason.diagnostics.warnings;
        out["diagnostics"] = std::move(list);
    }
    return boost::json::serialize(out);
}

std::string to_json(const counted_limit& limit, std::chrono::minutes offset, language words) {
    const detail::codec::json_out io{offset, true};
    boost::json::object out;
    out["due"] = detail::codec::json_out::text(to_iso(limit.due, offset));
    out["before"] = io.show(limit.due.before);
    out["last_day"] = io.show(limit.due.last_day);
    out["to_the_hour"] = limit.due.to_the_hour;
    out["calendar_version"] = io.show(limit.calendar_version);
    boost::json::array trace;
    for (const auto& line : limit.trace) {
        boost::json::value one = io.show(line);
        one.get_object()["text"] = detail::codec::json_out::text(to_text(line, words));
        trace.push_back(std::move(one));
    }
    out["trace"] = std::move(trace);
    return boost::json::serialize(out);
}

std::string to_json(const value& v) { return detail::codec::view_of(v, detail::codec::utc, true); }

std::string to_json_lines(const diagnostic_list& list, const std::vector<source_text>& sources,
                          language words) {
    std::string out;
    for (const auto& item : list.items) {
        out += boost::json::serialize(detail::codec::show_diagnostic(item, sources, words));
        out += '\n';
    }
    return out;
}

std::string to_json(const case_command& what) {
    detail::codec::json_out io{detail::codec::utc, false, true};
    io.to["command"] = detail::codec::json_out::text(name_of(what.body));
    io(0, "id", what.id);
    io(0, "case", what.target);
    io(0, "by", what.by);
    if (what.expected_version) io.to["expected_version"] = *what.expected_version;
    std::visit([&](const auto& body) { detail::codec::fields(io, body); }, what.body);
    return boost::json::serialize(io.to);
}

}  // namespace quytrinh
