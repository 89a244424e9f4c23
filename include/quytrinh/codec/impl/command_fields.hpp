// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/command_fields.hpp: commands, member by member: what their digest covers, and
// their JSON (see fields.hpp, which includes this file at its end).
#pragma once

#include <quytrinh/codec/impl/fields.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/model/procedure.hpp>

namespace quytrinh::detail::codec {

void fields(auto& io, is<command::open> auto& v) {
    io(1, "procedure", v.procedure);
    io(2, "bind", v.bind);
    io(3, "reference", v.reference);
    io(4, "fields", v.fields);
    io(5, "at_step", v.at_step);
    io(6, "parent", v.parent);
    io(7, "parent_seq", v.parent_seq);
    io(8, "parent_index", v.parent_index);
}
void fields(auto& io, is<command::receive> auto& v) { io(1, "task", v.task); }
void fields(auto& io, is<command::claim> auto& v) { io(1, "task", v.task); }
void fields(auto& io, is<command::release> auto& v) { io(1, "task", v.task); }
void fields(auto& io, is<command::assign> auto& v) {
    io(1, "task", v.task);
    io(2, "unit", v.unit);
    io(3, "person", v.person);
    io(4, "reason", v.reason);
}
void fields(auto& io, is<command::reassign> auto& v) {
    io(1, "task", v.task);
    io(2, "unit", v.unit);
    io(3, "person", v.person);
    io(4, "reason", v.reason);
}
void fields(auto& io, is<command::record> auto& v) {
    io(1, "task", v.task);
    io(2, "fields", v.fields);
    io(3, "channel", v.channel);
}
void fields(auto& io, is<command::complete> auto& v) {
    io(1, "task", v.task);
    io(2, "outcome", v.outcome);
    io(3, "reason", v.reason);
    io(4, "fields", v.fields);
    io(5, "confirmed", v.confirmed);
    io(6, "assign", v.assign);
    io(7, "attachments", v.attachments);
    io(8, "channel", v.channel);
    io(9, "open_linked", v.open_linked);
    io(10, "lead", v.lead);
}
void fields(auto& io, is<command::opine> auto& v) {
    io(1, "task", v.task);
    io(2, "text", v.text);
}
void fields(auto& io, is<command::consult> auto& v) {
    io(1, "consultation", v.consultation);
    io(2, "task", v.task);
    io(3, "text", v.text);
    io(4, "fields", v.fields);
    io(5, "channel", v.channel);
}
void fields(auto& io, is<command::answer> auto& v) {
    io(1, "consultation", v.consultation);
    io(2, "chosen", v.chosen);
    io(3, "text", v.text);
    io(4, "fields", v.fields);
}
void fields(auto& io, is<command::comment> auto& v) {
    io(1, "task", v.task);
    io(2, "text", v.text);
}
void fields(auto& io, is<command::attach> auto& v) {
    io(1, "task", v.task);
    io(2, "file", v.file);
}
void fields(auto& io, is<command::withdraw> auto& v) { io(1, "reason", v.reason); }
void fields(auto& io, is<command::cancel> auto& v) { io(1, "reason", v.reason); }
void fields(auto& io, is<command::signal> auto& v) {
    io(1, "event", v.event);
    io(2, "happened_at", v.happened_at);
    io(3, "text", v.text);
}
void fields(auto& io, is<command::timer_fired> auto& v) { io(1, "task", v.task); }
void fields(auto& io, is<command::link> auto& v) {
    io(1, "other", v.other);
    io(2, "relation", v.relation);
}
void fields(auto& io, is<command::link_report> auto& v) {
    io(1, "child", v.child);
    io(2, "seq", v.seq);
    io(3, "index", v.index);
    io(4, "ended", v.ended);
    io(5, "end_kind", v.end_kind);
}

/// `id` is the runtime's, on the way out; it is not stored.
void fields(auto& io, is<command_result> auto& v) {
    io(1, "case", v.target);
    io(2, "version", v.version);
    io(3, "opened", v.opened);
    io(4, "children", v.children);
    io(5, "ended", v.ended);
    io(6, "end_kind", v.end_kind);
}

}  // namespace quytrinh::detail::codec
