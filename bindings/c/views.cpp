// SPDX-License-Identifier: BSL-1.0
// bindings/c/views.cpp: JSON of lists, notifications and the state of a store.
#include "views.hpp"

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/runtime/views.hpp>

namespace quytrinh::c_abi {

namespace {

std::string moment(const std::optional<instant>& at, std::chrono::minutes offset) {
    return at ? json_quoted(to_iso(*at, offset)) : "null";
}

std::string hex_of(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}
template <std::size_t N>
std::string hex_of(const std::array<std::uint8_t, N>& bytes) {
    return hex_of({reinterpret_cast<const char*>(bytes.data()), N});
}

std::string_view word_of(stored_status status) {
    switch (status) {
    case stored_status::open: return "open";
    case stored_status::ended: return "ended";
    case stored_status::withdrawn: return "withdrawn";
    case stored_status::cancelled: return "cancelled";
    case stored_status::quarantined: return "quarantined";
    }
    return "unknown";
}

std::string view_of(const actor& who) {
    return json_object().text("unit", who.unit).text("person", who.person).str();
}

/// As its error says it, in words; empty when healthy.
std::string reason_of(const std::string& quarantine, language words) {
    if (quarantine.empty()) return {};
    return error{errc::store_corrupt, {quarantine}, {}, {}}.text(words);
}

}  // namespace

std::string view_of(const task_view& task) {
    const task_row& row = task.entry.row;
    json_object out;
    out.text("case", row.of.str())
        .text("task", task.key())
        .number("n", row.n)
        .text("relation", json_word(row.as))
        .text("role", row.role)
        .text("unit", row.unit)
        .text("person", row.person)
        .text("title", task.title())
        .text("procedure", task.entry.procedure)
        .text("procedure_title", task.procedure_title)
        .text("reference", task.entry.reference)
        .raw("opened_at", moment(row.opened_at, task.offset))
        .text("due", task.due())
        .text("due_kind", json_word(task.how))
        .raw("due_before", task.due_at ? moment(task.due_at->before, task.offset) : "null")
        .truth("overdue", row.overdue)
        .truth("overdue_by_case", task.by_case)
        .truth("consultation", row.consultation)
        .text("quarantine", reason_of(task.quarantine, language::en));
    return out.str();
}

std::string view_of(const head_row& head, std::chrono::minutes offset) {
    return json_object()
        .text("case", head.id.str())
        .text("procedure", head.procedure)
        .text("definition", to_hex(head.definition))
        .number("version", head.version)
        .text("hash", to_hex(head.hash))
        .text("status", word_of(head.status))
        .text("end_kind", head.end_kind)
        .text("reference", head.reference)
        .raw("opener", view_of(actor{head.opener_unit, head.opener_person}))
        .raw("opened_at", moment(head.opened_at, offset))
        .raw("last_at", moment(head.last_at, offset))
        .raw("due_before", moment(head.due_before, offset))
        .number("history_bytes", head.history_bytes)
        .str();
}

std::string view_of(const refusal_row& row, std::chrono::minutes offset) {
    return json_object()
        .text("case", row.of.str())
        .raw("by", view_of(actor{row.unit, row.person}))
        .number("code", row.rule)
        .text("name", name_of(static_cast<errc>(row.rule)))
        .text("command", row.command)
        .raw("first_at", moment(row.first_at, offset))
        .raw("last_at", moment(row.last_at, offset))
        .number("count", row.count)
        .str();
}

std::string view_of(const outbox_counts& counts, std::chrono::minutes offset) {
    return json_object()
        .number("pending", counts.pending)
        .number("set_aside", counts.set_aside)
        .raw("next_try", moment(counts.next_try, offset))
        .str();
}

std::string view_of(const store_caps& caps) {
    const char* durable = "none";
    switch (caps.durable) {
    case durability::none: break;
    case durability::weak: durable = "weak"; break;
    case durability::durable: durable = "durable"; break;
    }
    return json_object()
        .text("kind", caps.kind)
        .text("durability", durable)
        .truth("many_processes", caps.many_processes)
        .text("clock", caps.clock == clock_kind::manual ? "manual" : "real")
        .text("store_id", hex_of(caps.store_id))
        .number("epoch", caps.epoch)
        .number("schema", caps.schema)
        .str();
}

std::string view_of(const due_report& report, language words) {
    json_array problems;
    for (const auto& problem : report.problems) problems.raw(to_json(problem, words));
    return json_object()
        .number("timers", report.timers)
        .number("links", report.links)
        .number("delivered", report.delivered)
        .number("failed", report.failed)
        .number("set_aside", report.set_aside)
        .truth("more", report.more)
        .raw("problems", problems.str())
        .str();
}

std::string view_of(const notification& told, std::chrono::minutes offset, language words) {
    const seat& to = told.what.to;
    json_object out;
    if (!told.receipt.empty()) out.text("receipt", told.receipt);
    return out.text("key", told.key)
        .number("fence", told.fence)
        .number("attempt", told.attempt)
        .text("kind", json_word(told.what.kind))
        .raw("to", json_object()
                       .text("role", to.role)
                       .text("unit", to.unit)
                       .text("person", to.person)
                       .truth("head", to.head)
                       .str())
        .text("relation", json_word(told.what.as))
        .text("case", told.of.str())
        .text("procedure", told.procedure)
        .text("procedure_title", told.procedure_title)
        .text("reference", told.reference)
        .text("task", told.task.step.empty() ? std::string{} : to_string(told.task))
        .text("task_title", told.task_title)
        .raw("at", moment(told.at, offset))
        .text("due", told.due)
        .text("due_kind", json_word(told.due_how))
        .text("outcome", told.outcome)
        .text("reason", told.reason)
        .text("content", told.text_of)
        .raw("by", view_of(told.by))
        .text("other", told.other.str())
        .text("last_error", told.last_error)
        .text("text", told.text(words))
        .str();
}

std::string view_of(const case_details& found) {
    json_object out;
    out.raw("state", to_json(found.state, found.offset))
        .text("quarantine", reason_of(found.quarantine, language::en));
    if (found.definition) out.raw("procedure", short_view(*found.definition).str());
    return out.str();
}

std::string view_of(const stored_event& kept) {
    return json_object()
        .number("seq", kept.seq)
        .text("at", to_iso(kept.at, std::chrono::minutes{0}))
        .text("hash", to_hex(kept.hash))
        .text("salt", hex_of(kept.salt))
        .text("header", hex_of(kept.header))
        .text("payload", hex_of(kept.payload))
        .str();
}

}  // namespace quytrinh::c_abi
