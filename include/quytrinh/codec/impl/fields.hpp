// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/fields.hpp: every structure that is stored or shown, member by member, once:
// its key in canonical bytes and its name in JSON. Archives (archive.hpp, json_archive.hpp) walk
// these lists.
//
// state_fields.hpp and command_fields.hpp go on with the other two thirds.
//
// WARNING: keys are persisted and hashed. A new member takes the next free key of its structure; a
// member that goes leaves its key unused. Keys ascend. A member is written only when it is not
// empty, zero or false, so every default member initialiser must be that. tests/codec counts the
// members.
#pragma once

#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/event.hpp>

#include <concepts>
#include <type_traits>

namespace quytrinh::detail::codec {

/// T, or const T.
template <class Given, class T>
concept is = std::same_as<std::remove_const_t<Given>, T>;

// -- who ------------------------------------------------------------------------------------------

void fields(auto& io, is<actor> auto& v) {
    io(1, "unit", v.unit);
    io(2, "person", v.person);
}
void fields(auto& io, is<seat> auto& v) {
    io(1, "role", v.role);
    io(2, "unit", v.unit);
    io(3, "person", v.person);
    io(4, "head", v.head);
}
void fields(auto& io, is<binding> auto& v) {
    io(1, "role", v.role);
    io(2, "unit", v.unit);
    io(3, "person", v.person);
}
void fields(auto& io, is<notice> auto& v) {
    io(1, "kind", v.kind);
    io(2, "to", v.to);
    io(3, "as", v.as);
}

// -- what -----------------------------------------------------------------------------------------

void fields(auto& io, is<field_entry> auto& v) {
    io(1, "form", v.form);
    io(2, "field", v.field);
    io(3, "value", v.content);
}
void fields(auto& io, is<attachment> auto& v) {
    io(1, "name", v.name);
    io(2, "media_type", v.media_type);
    io(3, "size", v.size);
    io(4, "sha256", v.sha256);
    io(5, "precondition", v.precondition);
}
void fields(auto& io, is<confirmation> auto& v) {
    io(1, "all", v.all);
    io(2, "texts", v.texts);
}
void fields(auto& io, is<judged> auto& v) {
    io(1, "what", v.what);
    io(2, "held", v.held);
    io(3, "read", v.read);
}
void fields(auto& io, is<link_request> auto& v) {
    io(1, "procedure", v.procedure);
    io(2, "definition", v.definition);
    io(3, "at_step", v.at_step);
    io(4, "carried", v.carried);
    io(5, "bind", v.bind);
    io(6, "replacing", v.replacing);
    io(7, "child", v.child);
}
void fields(auto& io, is<kept_record> auto& v) {
    io(1, "code", v.code);
    io(2, "papers", v.papers);
    io(3, "keepers", v.keepers);
    io(4, "term", v.term);
    io(5, "last_day", v.last_day);
    io(6, "afterwards", v.afterwards);
}
void fields(auto& io, is<form_effects> auto& v) {
    io(1, "appended", v.appended);
    io(2, "renewed", v.renewed);
    io(3, "unapproved", v.unapproved);
    io(4, "closed", v.closed);
    io(5, "approved_boxes", v.approved_boxes);
    io(6, "dues", v.dues);
    io(7, "case_due", v.case_due);
    io(8, "emptied", v.emptied);
    io(9, "own", v.own);
}

// -- by when --------------------------------------------------------------------------------------

void fields(auto& io, is<due_instant> auto& v) {
    io(1, "before", v.before);
    io(2, "to_the_hour", v.to_the_hour);
    io(3, "last_day", v.last_day);
}
void fields(auto& io, is<task_due> auto& v) {
    io(1, "kind", v.kind);
    io(2, "due", v.due);
    io(3, "anchored_at", v.anchored_at);
    io(4, "limit_index", v.limit_index);
    io(5, "text", v.text);
    io(6, "calendar_code", v.calendar_code);
    io(7, "calendar_version", v.calendar_version);
    io(8, "rule", v.rule);
    io(9, "trace", v.trace);
}

// -- events: the payload of each type -------------------------------------------------------------

void fields(auto& io, is<event::case_opened> auto& v) {
    io(1, "procedure", v.procedure);
    io(2, "definition", v.definition);
    io(3, "reference", v.reference);
    io(4, "seats", v.seats);
    io(5, "fields", v.fields);
    io(6, "opener", v.opener);
    io(7, "parent", v.parent);
    io(8, "parent_seq", v.parent_seq);
    io(9, "parent_index", v.parent_index);
    io(10, "case_due", v.case_due);
    io(11, "case_due_trace", v.case_due_trace);
    io(12, "entry_step", v.entry_step);
    io(13, "effects", v.effects);
}
void fields(auto& io, is<event::task_opened> auto& v) {
    io(1, "task", v.task);
    io(2, "leads", v.leads);
    io(3, "any_lead", v.any_lead);
    io(4, "with", v.with);
    io(5, "inform", v.inform);
    io(6, "from_step", v.from_step);
    io(7, "returned", v.returned);
    io(8, "received_at", v.received_at);
    io(9, "awaiting_receipt", v.awaiting_receipt);
    io(10, "not_counted", v.not_counted);
    io(11, "due", v.due);
    io(12, "case_due", v.case_due);
    io(13, "notices", v.notices);
    io(14, "recorder", v.recorder);
    io(15, "return_reason", v.return_reason);
    io(16, "parts", v.parts);
}
void fields(auto& io, is<event::task_received> auto& v) {
    io(1, "task", v.task);
    io(2, "due", v.due);
}
void fields(auto& io, is<event::task_claimed> auto& v) {
    io(1, "task", v.task);
    io(2, "lead", v.lead);
}
void fields(auto& io, is<event::task_released> auto& v) { io(1, "task", v.task); }
void fields(auto& io, is<event::task_assigned> auto& v) {
    io(1, "task", v.task);
    io(2, "unit", v.unit);
    io(3, "person", v.person);
    io(4, "reason", v.reason);
    io(5, "by_authority", v.by_authority);
    io(6, "again", v.again);
    io(7, "notices", v.notices);
    io(8, "lead", v.lead);
}
void fields(auto& io, is<event::fields_recorded> auto& v) {
    io(1, "task", v.task);
    io(2, "fields", v.fields);
    io(3, "channel", v.channel);
    io(4, "effects", v.effects);
}
void fields(auto& io, is<event::task_confirmed> auto& v) {
    io(1, "task", v.task);
    io(2, "lead", v.lead);
    io(3, "outcome", v.outcome);
    io(4, "reason", v.reason);
    io(5, "fields", v.fields);
    io(6, "notices", v.notices);
    io(7, "confirmed", v.confirmed);
    io(8, "attachments", v.attachments);
    io(9, "channel", v.channel);
    io(10, "effects", v.effects);
}
void fields(auto& io, is<event::task_completed> auto& v) {
    io(1, "task", v.task);
    io(2, "lead", v.lead);
    io(3, "outcome", v.outcome);
    io(4, "reason", v.reason);
    io(5, "fields", v.fields);
    io(6, "confirmed", v.confirmed);
    io(7, "assigned", v.assigned);
    io(8, "approved", v.approved);
    io(9, "kept", v.kept);
    io(10, "attachments", v.attachments);
    io(11, "channel", v.channel);
    io(12, "conditions", v.conditions);
    io(13, "branch", v.branch);
    io(14, "late", v.late);
    io(15, "links", v.links);
    io(16, "notices", v.notices);
    io(17, "afterwards", v.afterwards);
    io(18, "effects", v.effects);
    io(19, "keeping", v.keeping);
    io(20, "parts_done", v.parts_done);
    io(21, "parts_moved", v.parts_moved);
}
void fields(auto& io, is<event::opinion_given> auto& v) {
    io(1, "task", v.task);
    io(2, "role", v.role);
    io(3, "text", v.text);
    io(4, "notices", v.notices);
}
void fields(auto& io, is<event::consultation_opened> auto& v) {
    io(1, "consultation", v.consultation);
    io(2, "task", v.task);
    io(3, "text", v.text);
    io(4, "fields", v.fields);
    io(5, "asked", v.asked);
    io(6, "due", v.due);
    io(7, "notices", v.notices);
    io(8, "recorder", v.recorder);
    io(9, "effects", v.effects);
    io(10, "channel", v.channel);
}
void fields(auto& io, is<event::consultation_answered> auto& v) {
    io(1, "consultation", v.consultation);
    io(2, "answer", v.answer);
    io(3, "text", v.text);
    io(4, "fields", v.fields);
    io(5, "late", v.late);
    io(6, "notices", v.notices);
    io(7, "effects", v.effects);
}
void fields(auto& io, is<event::commented> auto& v) {
    io(1, "task", v.task);
    io(2, "text", v.text);
    io(3, "notices", v.notices);
}
void fields(auto& io, is<event::attached> auto& v) {
    io(1, "task", v.task);
    io(2, "file", v.file);
}
void fields(auto& io, is<event::signalled> auto& v) {
    io(1, "name", v.name);
    io(2, "text", v.text);
    io(3, "happened_at", v.happened_at);
    io(4, "dues", v.dues);
}
void fields(auto& io, is<event::task_overdue> auto& v) {
    io(1, "task", v.task);
    io(2, "due", v.due);
    io(3, "notices", v.notices);
}
void fields(auto& io, is<event::linked> auto& v) {
    io(1, "other", v.other);
    io(2, "relation", v.relation);
}
void fields(auto& io, is<event::link_reported> auto& v) {
    io(1, "child", v.child);
    io(2, "seq", v.seq);
    io(3, "index", v.index);
    io(4, "ended", v.ended);
    io(5, "end_kind", v.end_kind);
    io(6, "notices", v.notices);
}
void fields(auto& io, is<event::case_ended> auto& v) {
    io(1, "how", v.how);
    io(2, "end_kind", v.end_kind);
    io(3, "reason", v.reason);
    io(4, "late", v.late);
    io(5, "notices", v.notices);
    io(6, "keeping", v.keeping);
    io(7, "case_due", v.case_due);
    io(8, "parts_moved", v.parts_moved);
}
void fields(auto& io, is<event::case_overdue> auto& v) {
    io(1, "due", v.due);
    io(2, "part", v.part);
    io(3, "notices", v.notices);
}

// -- enumerations: how many of each are known
// -------------------------------------------------------

template <class E>
inline constexpr unsigned known_values = 0;
template <>
inline constexpr unsigned known_values<relation> = 7;
template <>
inline constexpr unsigned known_values<notice_kind> = 15;
template <>
inline constexpr unsigned known_values<due_kind> = 5;
template <>
inline constexpr unsigned known_values<keep_term> = 5;
template <>
inline constexpr unsigned known_values<counting_rule> = 5;
template <>
inline constexpr unsigned known_values<trace_step> = 13;
template <>
inline constexpr unsigned known_values<event::case_ended::way> = 3;
template <>
inline constexpr unsigned known_values<capacity> = 4;
template <>
inline constexpr unsigned known_values<basis> = 5;

}  // namespace quytrinh::detail::codec

#include <quytrinh/codec/impl/command_fields.hpp>
#include <quytrinh/codec/impl/state_fields.hpp>
#include <quytrinh/model/procedure.hpp>
