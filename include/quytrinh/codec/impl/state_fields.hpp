// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/state_fields.hpp: the state of a case, member by member (see fields.hpp,
// which includes this file at its end).
#pragma once

#include <quytrinh/codec/impl/fields.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

namespace quytrinh::detail::codec {

void fields(auto& io, is<task_state::confirmation_of> auto& v) {
    io(1, "lead", v.lead);
    io(2, "by", v.by);
    io(3, "outcome", v.outcome);
}
void fields(auto& io, is<task_state::opinion> auto& v) {
    io(1, "role", v.role);
    io(2, "by", v.by);
    io(3, "at", v.at);
    io(4, "text", v.text);
}
void fields(auto& io, is<task_state> auto& v) {
    io(1, "task", v.task);
    io(2, "status", v.status);
    io(3, "leads", v.leads);
    io(4, "any_lead", v.any_lead);
    io(5, "with", v.with);
    io(6, "inform", v.inform);
    io(7, "from_step", v.from_step);
    io(8, "returned", v.returned);
    io(9, "opened_at", v.opened_at);
    io(10, "received_at", v.received_at);
    io(11, "awaiting_receipt", v.awaiting_receipt);
    io(12, "not_counted", v.not_counted);
    io(13, "due", v.due);
    io(14, "overdue", v.overdue);
    io(15, "assignee_unit", v.assignee_unit);
    io(16, "assignee", v.assignee);
    io(17, "assigned", v.assigned);
    io(18, "by_authority", v.by_authority);
    io(19, "confirmed", v.confirmed);
    io(20, "opinions", v.opinions);
    io(21, "channel", v.channel);
    io(22, "outcome", v.outcome);
    io(23, "reason", v.reason);
    io(24, "closed_at", v.closed_at);
    io(25, "closed_by", v.closed_by);
    io(26, "late", v.late);
    io(27, "recorder", v.recorder);
    io(28, "return_reason", v.return_reason);
    io(29, "assigned_for", v.assigned_for);
    io(30, "ticked", v.ticked);
    io(31, "acted_on", v.acted_on);
}
void fields(auto& io, is<consultation_state> auto& v) {
    io(1, "consultation", v.consultation);
    io(2, "task", v.task);
    io(3, "status", v.status);
    io(4, "asked", v.asked);
    io(5, "raised_by", v.raised_by);
    io(6, "text", v.text);
    io(7, "answer", v.answer);
    io(8, "answer_text", v.answer_text);
    io(9, "opened_at", v.opened_at);
    io(10, "due", v.due);
    io(11, "overdue", v.overdue);
    io(12, "closed_at", v.closed_at);
    io(13, "closed_by", v.closed_by);
    io(14, "late", v.late);
    io(15, "recorder", v.recorder);
    io(16, "channel", v.channel);
    io(17, "forms", v.forms);
}
void fields(auto& io, is<field_state> auto& v) {
    io(1, "value", v.content);
    io(2, "by", v.by);
    io(3, "at", v.at);
    io(4, "step", v.step);
    io(5, "from_case", v.from_case);
}
void fields(auto& io, is<form_state> auto& v) {
    io(1, "version", v.version);
    io(2, "approved_version", v.approved_version);
    io(3, "approved_at", v.approved_at);
    io(4, "approved_by", v.approved_by);
    io(5, "closed_boxes", v.closed_boxes);
    io(6, "fields", v.fields);
    io(7, "appended", v.appended);
    io(8, "version_of", v.version_of);
    io(9, "approved_boxes", v.approved_boxes);
}
void fields(auto& io, is<step_history> auto& v) {
    io(1, "rounds", v.rounds);
    io(2, "first_received", v.first_received);
    io(3, "received", v.received);
    io(4, "first_started", v.first_started);
    io(5, "started", v.started);
    io(6, "first_completed", v.first_completed);
    io(7, "completed", v.completed);
    io(8, "first_ok", v.first_ok);
    io(9, "ok", v.ok);
    io(10, "first_nok", v.first_nok);
    io(11, "nok", v.nok);
    io(12, "actors", v.actors);
}
void fields(auto& io, is<comment_state> auto& v) {
    io(1, "task", v.task);
    io(2, "by", v.by);
    io(3, "at", v.at);
    io(4, "text", v.text);
}
void fields(auto& io, is<attachment_state> auto& v) {
    io(1, "task", v.task);
    io(2, "by", v.by);
    io(3, "at", v.at);
    io(4, "file", v.file);
}
void fields(auto& io, is<link_state> auto& v) {
    io(1, "other", v.other);
    io(2, "procedure", v.procedure);
    io(3, "relation", v.relation);
    io(4, "seq", v.seq);
    io(5, "index", v.index);
    io(6, "replacing", v.replacing);
    io(7, "opened", v.opened);
    io(8, "ended", v.ended);
    io(9, "end_kind", v.end_kind);
}
void fields(auto& io, is<part_clock> auto& v) {
    io(1, "limit", v.limit);
    io(2, "from", v.from);
    io(3, "due", v.due);
    io(4, "overdue", v.overdue);
    io(5, "closed_at", v.closed_at);
    io(6, "late", v.late);
}
void fields(auto& io, is<case_state> auto& v) {
    io(1, "id", v.id);
    io(2, "procedure", v.procedure);
    io(3, "definition", v.definition);
    io(4, "reference", v.reference);
    io(5, "status", v.status);
    io(6, "end_kind", v.end_kind);
    io(7, "end_reason", v.end_reason);
    io(8, "version", v.version);
    io(9, "opened_at", v.opened_at);
    io(10, "last_at", v.last_at);
    io(11, "closed_at", v.closed_at);
    io(12, "opener", v.opener);
    io(13, "parent", v.parent);
    io(14, "parent_seq", v.parent_seq);
    io(15, "parent_index", v.parent_index);
    io(16, "case_due", v.case_due);
    io(17, "clock_stopped_at", v.clock_stopped_at);
    io(18, "late", v.late);
    io(19, "seats", v.seats);
    io(20, "tasks", v.tasks);
    io(21, "consultations", v.consultations);
    io(22, "forms", v.forms);
    io(23, "steps", v.steps);
    io(24, "taken", v.taken);
    io(25, "signals", v.signals);
    io(26, "comments", v.comments);
    io(27, "attachments", v.attachments);
    io(28, "links", v.links);
    io(29, "records", v.records);
    io(30, "pauses", v.pauses);
    io(31, "overdue", v.overdue);
    io(32, "parts", v.parts);
    io(33, "keeping", v.keeping);
}

template <>
inline constexpr unsigned known_values<case_status> = 5;
template <>
inline constexpr unsigned known_values<field_type> = 11;
template <>
inline constexpr unsigned known_values<task_status> = 3;

}  // namespace quytrinh::detail::codec
