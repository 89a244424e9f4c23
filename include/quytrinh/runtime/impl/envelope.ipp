// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/impl/envelope.ipp: what no command may look like, whatever the procedure says.
// All text of a command is hostile: its encoding and lengths are judged here, its meaning by the
// kernel.
#pragma once

#include <quytrinh/runtime/impl/shell.hpp>

#include <quytrinh/base/impl/common_utf8.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace quytrinh {

namespace detail::envelope {
namespace {

/// Walks over every text of a command and remembers the first fault.
class inspector {
public:
    explicit inspector(const limits& bounds) : bounds_(bounds) {}

    /// Is every text that was looked at in NFC already?
    [[nodiscard]] bool composed() const noexcept { return composed_; }

    [[nodiscard]] result<void> verdict() const {
        return fault_ ? result<void>(fail(*fault_)) : result<void>();
    }

    void id(const std::string& text, const char* what) {
        judge(text, what, bounds_.id_bytes, "id_bytes");
    }
    void words(const std::string& text, const char* what) {
        judge(text, what, bounds_.text_bytes, "text_bytes");
    }
    void who(const actor& by) {
        id(by.unit, "by.unit");
        id(by.person, "by.person");
    }
    void count(std::size_t given, const char* what) {
        if (!fault_ && given > bounds_.fields_per_command)
            fault_ = error{
                errc::limit_exceeded, {what, std::to_string(bounds_.fields_per_command)}, {}, {}};
    }
    void content(const value& v) {
        if (const auto* text = v.get_if<std::string>()) words(*text, "value");
        if (const auto* items = v.get_if<std::vector<std::string>>()) {
            count(items->size(), "items");
            for (const std::string& item : *items) words(item, "value");
        }
        if (const auto* rows = v.get_if<value_rows>()) {
            count(rows->size(), "rows");
            for (const auto& row : *rows) {
                count(row.size(), "columns");
                // A cell holds plain values: a list inside a list has no form that could declare
                // it.
                for (const value& cell : row) {
                    if (cell.get_if<value_rows>() != nullptr) refuse("value");
                    if (const auto* text = cell.get_if<std::string>()) words(*text, "value");
                    if (const auto* items = cell.get_if<std::vector<std::string>>())
                        for (const std::string& item : *items) words(item, "value");
                }
            }
        }
    }
    void fields(const std::vector<field_entry>& entries) {
        count(entries.size(), "fields_per_command");
        for (const field_entry& entry : entries) {
            id(entry.form, "form");
            words(entry.field, "field");
            content(entry.content);
        }
    }
    void bindings(const std::vector<binding>& all) {
        count(all.size(), "bindings");
        for (const binding& one : all) {
            id(one.role, "role");
            id(one.unit, "unit");
            id(one.person, "person");
        }
    }
    void file(const attachment& a) {
        words(a.name, "attachment");
        id(a.media_type, "media_type");
        words(a.precondition, "precondition");
        if (a.name.empty()) refuse("attachment");
    }
    void refuse(const char* what) {
        if (!fault_) fault_ = error{errc::invalid_argument, {what}, {}, {}};
    }

    void operator()(const command::open& c) {
        id(c.procedure, "procedure");
        bindings(c.bind);
        id(c.reference, "reference");
        fields(c.fields);
        id(c.at_step, "at_step");
    }
    void operator()(const command::receive& c) { id(c.task, "task"); }
    void operator()(const command::claim& c) { id(c.task, "task"); }
    void operator()(const command::release& c) { id(c.task, "task"); }
    void operator()(const command::assign& c) { assignment(c.task, c.unit, c.person, c.reason); }
    void operator()(const command::reassign& c) { assignment(c.task, c.unit, c.person, c.reason); }
    void operator()(const command::record& c) {
        id(c.task, "task");
        fields(c.fields);
        words(c.channel, "channel");
    }
    void operator()(const command::complete& c) {
        id(c.task, "task");
        words(c.outcome, "outcome");
        words(c.reason, "reason");
        fields(c.fields);
        count(c.confirmed.texts.size(), "confirmed");
        for (const std::string& text : c.confirmed.texts) words(text, "confirmed");
        bindings(c.assign);
        count(c.attachments.size(), "attachments");
        for (const attachment& a : c.attachments) file(a);
        words(c.channel, "channel");
        count(c.open_linked.size(), "open_linked");
        for (const std::string& code : c.open_linked) id(code, "open_linked");
        id(c.lead, "lead");
    }
    void operator()(const command::opine& c) { said(c.task, c.text); }
    void operator()(const command::consult& c) {
        id(c.consultation, "consultation");
        said(c.task, c.text);
        fields(c.fields);
        words(c.channel, "channel");
    }
    void operator()(const command::answer& c) {
        words(c.chosen, "chosen");
        said(c.consultation, c.text);
        fields(c.fields);
    }
    void operator()(const command::comment& c) { said(c.task, c.text); }
    void operator()(const command::attach& c) {
        id(c.task, "task");
        file(c.file);
    }
    void operator()(const command::withdraw& c) { words(c.reason, "reason"); }
    void operator()(const command::cancel& c) { words(c.reason, "reason"); }
    void operator()(const command::signal& c) {
        words(c.event, "event");
        words(c.text, "text");
    }
    void operator()(const command::timer_fired& c) { id(c.task, "task"); }
    void operator()(const command::link& c) {
        id(c.other.str(), "other");
        words(c.relation, "relation");
        if (c.other.empty()) refuse("other");
    }
    void operator()(const command::link_report& c) {
        id(c.child.str(), "child");
        words(c.end_kind, "end_kind");
    }

private:
    void assignment(const task_name& task, const std::string& unit, const std::string& person,
                    const std::string& reason) {
        id(task, "task");
        id(unit, "unit");
        id(person, "person");
        words(reason, "reason");
    }
    void said(const task_name& task, const std::string& text) {
        id(task, "task");
        words(text, "text");
    }
    void judge(const std::string& text, const char* what, std::size_t most, const char* limit) {
        if (fault_) return;
        if (text.size() <= std::min(most, unicode::short_text) && unicode::is_plain_text(text, ' '))
            return;
        if (text.size() > most) {
            fault_ = error{errc::limit_exceeded, {limit, std::to_string(most)}, {}, {}};
        } else if (!text.empty()) {
            // Text in NFC is well-formed too.
            const bool nfc = is_nfc(text);
            composed_ = composed_ && nfc;
            if ((!nfc && first_ill_formed(text)) || text.find('\0') != std::string::npos)
                fault_ = error{errc::invalid_utf8, {what}, {}, {}};
        }
    }

    const limits& bounds_;
    std::optional<error> fault_;
    bool composed_ = true;
};

/// Puts every text of a command into NFC, so that a name is the same name however it was typed and
/// a command sent again in the other form is the same command. Left as they are: the name of a
/// file, which is the host's, and ids of commands and cases, which are bytes.
class composer {
public:
    void who(actor& by) {
        make_nfc(by.unit);
        make_nfc(by.person);
    }

    void operator()(command::open& c) {
        make_nfc(c.procedure);
        bindings(c.bind);
        make_nfc(c.reference);
        fields(c.fields);
        make_nfc(c.at_step);
    }
    void operator()(command::receive& c) { make_nfc(c.task); }
    void operator()(command::claim& c) { make_nfc(c.task); }
    void operator()(command::release& c) { make_nfc(c.task); }
    void operator()(command::assign& c) { all(c.task, c.unit, c.person, c.reason); }
    void operator()(command::reassign& c) { all(c.task, c.unit, c.person, c.reason); }
    void operator()(command::record& c) {
        all(c.task, c.channel);
        fields(c.fields);
    }
    void operator()(command::complete& c) {
        all(c.task, c.outcome, c.reason, c.channel, c.lead);
        fields(c.fields);
        for (std::string& text : c.confirmed.texts) make_nfc(text);
        bindings(c.assign);
        for (attachment& a : c.attachments) all(a.media_type, a.precondition);
        for (std::string& code : c.open_linked) make_nfc(code);
    }
    void operator()(command::opine& c) { all(c.task, c.text); }
    void operator()(command::consult& c) {
        all(c.consultation, c.task, c.text, c.channel);
        fields(c.fields);
    }
    void operator()(command::answer& c) {
        all(c.consultation, c.chosen, c.text);
        fields(c.fields);
    }
    void operator()(command::comment& c) { all(c.task, c.text); }
    void operator()(command::attach& c) { all(c.task, c.file.media_type, c.file.precondition); }
    void operator()(command::withdraw& c) { make_nfc(c.reason); }
    void operator()(command::cancel& c) { make_nfc(c.reason); }
    void operator()(command::signal& c) { all(c.event, c.text); }
    void operator()(command::timer_fired& c) { make_nfc(c.task); }
    void operator()(command::link& c) { make_nfc(c.relation); }
    void operator()(command::link_report& c) { make_nfc(c.end_kind); }

private:
    template <class... Texts>
    void all(Texts&... texts) {
        (make_nfc(texts), ...);
    }
    void bindings(std::vector<binding>& given) {
        for (binding& b : given) all(b.role, b.unit, b.person);
    }
    void fields(std::vector<field_entry>& given) {
        for (field_entry& entry : given) {
            all(entry.form, entry.field);
            if (is_composed(entry.content)) continue;
            value changed = entry.content;
            compose(changed);
            entry.content = std::move(changed);
        }
    }
    static bool is_composed(const value& v) {
        const auto plain = [](const std::string& text) { return is_nfc(text); };
        if (const auto* text = v.get_if<std::string>()) return plain(*text);
        if (const auto* items = v.get_if<std::vector<std::string>>())
            return std::all_of(items->begin(), items->end(), plain);
        if (const auto* rows = v.get_if<value_rows>())
            for (const auto& row : *rows)
                if (!std::all_of(row.begin(), row.end(), is_composed)) return false;
        return true;
    }
    static void compose(value& v) {
        if (const auto* text = v.get_if<std::string>()) {
            v = value{to_nfc(*text)};
        } else if (const auto* items = v.get_if<std::vector<std::string>>()) {
            auto changed = *items;
            for (std::string& item : changed) make_nfc(item);
            v = value{std::move(changed)};
        } else if (const auto* rows = v.get_if<value_rows>()) {
            auto changed = *rows;
            for (auto& row : changed)
                for (value& cell : row) compose(cell);
            v = value{std::move(changed)};
        }
    }
};

/// Commands that only the runtime may send.
bool is_internal(const command::body& body) noexcept {
    if (const auto* opening = std::get_if<command::open>(&body)) return !opening->parent.empty();
    return std::holds_alternative<command::timer_fired>(body) ||
           std::holds_alternative<command::link_report>(body);
}

}  // namespace
}  // namespace detail::envelope

void detail::shell::compose(case_command& what) {
    envelope::composer put;
    put.who(what.by);
    std::visit([&](auto& body) { put(body); }, what.body);
}

result<bool> detail::shell::admit(const case_command& what, const limits& bounds, bool from_host) {
    const std::string& id = what.id.str();
    if (id.empty()) return fail(errc::invalid_argument, {"id"});
    if (id.size() > bounds.command_id_bytes)
        return fail(errc::limit_exceeded,
                    {"command_id_bytes", std::to_string(bounds.command_id_bytes)});
    if (from_host) {
        if (id.compare(0, own_prefix.size(), own_prefix) == 0)
            return fail(errc::invalid_argument, {"id"});
        if (envelope::is_internal(what.body))
            return fail(errc::invalid_argument, {std::string(name_of(what.body))});
    }
    envelope::inspector look(bounds);
    look.id(id, "id");
    look.id(what.target.str(), "target");
    look.who(what.by);
    std::visit([&](const auto& body) { look(body); }, what.body);
    if (auto fine = look.verdict(); !fine) return fine.failure();
    return look.composed();
}

}  // namespace quytrinh
