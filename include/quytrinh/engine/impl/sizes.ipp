// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/sizes.ipp: limits on what a command may carry, before
// anything else is looked at. Lengths come first: nothing is scanned that is too long. Then what
// the ids of persons, units and cases may be made of: two that look the same must be the same.
#pragma once

#include <quytrinh/base/impl/common_utf8.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/engine/impl/desk.hpp>

#include <string>
#include <variant>

namespace quytrinh::detail::engine {

namespace sizes_bodies {
namespace {

/// Walks a command; the first thing that does not fit stays.
class measure {
public:
    explicit measure(const limits& bounds) : bounds_(bounds) {}

    [[nodiscard]] result<void> answer() && {
        if (wrong_.reason() != nullptr) return std::move(wrong_);
        return {};
    }

    void envelope(const case_command& what) {
        if (what.id.empty()) return stop(fail(errc::invalid_argument, {"id"}));
        words(what.id.str(), bounds_.command_id_bytes, "command_id_bytes");
        if (what.target.empty()) return stop(fail(errc::invalid_argument, {"target"}));
        id(what.target.str());
        name(what.by.unit, "by.unit");
        name(what.by.person, "by.person");
    }

    void operator()(const command::open& c) {
        id(c.procedure);
        id(c.reference);
        identity(c.reference, "reference", '\0');
        id(c.at_step);
        id(c.parent.str());
        bindings(c.bind);
        fields(c.fields);
    }
    void operator()(const command::receive& c) { id(c.task); }
    void operator()(const command::claim& c) { id(c.task); }
    void operator()(const command::release& c) { id(c.task); }
    void operator()(const command::assign& c) { handing(c); }
    void operator()(const command::reassign& c) { handing(c); }
    void operator()(const command::record& c) {
        id(c.task);
        id(c.channel);
        fields(c.fields);
    }
    void operator()(const command::complete& c) {
        id(c.task);
        id(c.outcome);
        id(c.channel);
        id(c.lead);
        text(c.reason);
        fields(c.fields);
        bindings(c.assign);
        number(c.confirmed.texts.size());
        for (const auto& t : c.confirmed.texts) text(t);
        number(c.open_linked.size());
        for (const auto& code : c.open_linked) id(code);
        number(c.attachments.size());
        for (const auto& file : c.attachments) one(file);
    }
    void operator()(const command::opine& c) {
        id(c.task);
        text(c.text);
    }
    void operator()(const command::consult& c) {
        id(c.consultation);
        id(c.channel);
        id(c.task);
        text(c.text);
        fields(c.fields);
    }
    void operator()(const command::answer& c) {
        id(c.consultation);
        id(c.chosen);
        text(c.text);
        fields(c.fields);
    }
    void operator()(const command::comment& c) {
        id(c.task);
        text(c.text);
    }
    void operator()(const command::attach& c) {
        id(c.task);
        one(c.file);
    }
    void operator()(const command::withdraw& c) { text(c.reason); }
    void operator()(const command::cancel& c) { text(c.reason); }
    void operator()(const command::signal& c) {
        id(c.event);
        text(c.text);
    }
    void operator()(const command::timer_fired& c) { id(c.task); }
    void operator()(const command::link& c) {
        id(c.other.str());
        id(c.relation);
    }
    void operator()(const command::link_report& c) {
        id(c.child.str());
        id(c.end_kind);
    }

private:
    void stop(unexpected why) {
        if (wrong_.reason() == nullptr) wrong_ = std::move(why);
    }
    void words(const std::string& s, std::size_t most, const char* name) {
        if (s.empty() || wrong_.reason() != nullptr) return;
        if (s.size() <= unicode::short_text && s.size() <= most && unicode::is_plain_text(s, ' '))
            return;
        if (s.size() > most) return stop(fail(errc::limit_exceeded, {name, std::to_string(most)}));
        if (first_ill_formed(s)) stop(fail(errc::invalid_utf8, {"text"}));
    }
    void id(const std::string& s) { words(s, bounds_.id_bytes, "id_bytes"); }
    /// The id of a person or unit; '/' stands between the two.
    void name(const std::string& s, const char* part) {
        if (s.size() <= bounds_.id_bytes && unicode::is_plain_text(s, '!', '/')) return;
        id(s);
        identity(s, part, '/');
    }
    void identity(const std::string& s, const char* part, char also) {
        if (s.empty() || wrong_.reason() != nullptr) return;
        if (auto fine = check_identity(s, part, also); !fine) stop(fine.failure());
    }
    void text(const std::string& s) { words(s, bounds_.text_bytes, "text_bytes"); }
    void number(std::size_t n) {
        count_ += n;
        if (count_ > bounds_.fields_per_command)
            stop(fail(errc::limit_exceeded,
                      {"fields_per_command", std::to_string(bounds_.fields_per_command)}));
    }
    template <class Handing>
    void handing(const Handing& c) {
        id(c.task);
        name(c.unit, "unit");
        name(c.person, "person");
        text(c.reason);
    }
    void one(const attachment& file) {
        id(file.name);
        id(file.media_type);
        text(file.precondition);
    }
    void bindings(const std::vector<binding>& all) {
        number(all.size());
        for (const auto& b : all) {
            name(b.role, "role");
            name(b.unit, "unit");
            name(b.person, "person");
        }
    }
    void fields(const std::vector<field_entry>& all) {
        number(all.size());
        for (const auto& f : all) {
            if (wrong_.reason() != nullptr) return;
            id(f.form);
            id(f.field);
            content(f.content, 0);
        }
    }
    /// Rows hold cells, and a cell holds no rows: no field type is deeper than that.
    void content(const value& v, int depth) {
        if (wrong_.reason() != nullptr) return;
        if (const auto* s = v.get_if<std::string>()) text(*s);
        if (const auto* list = v.get_if<std::vector<std::string>>()) {
            number(list->size());
            for (const auto& s : *list) text(s);
        }
        if (const auto* rows = v.get_if<value_rows>()) {
            if (depth > 0) return stop(fail(errc::invalid_argument, {"rows_in_rows"}));
            for (const auto& row : *rows) {
                number(row.size() + 1);
                for (const auto& cell : row) content(cell, depth + 1);
            }
        }
    }

    const limits& bounds_;
    std::size_t count_ = 0;
    unexpected wrong_;
};

}  // namespace
}  // namespace sizes_bodies

result<void> check_identity(const std::string& text, const std::string& part, char also) {
    const auto flaw = first_id_flaw(text, also);
    if (flaw)
        return fail(errc::id_character,
                    {part, code_point_name(flaw->code_point), std::to_string(flaw->place), text});
    if (is_nfc(text)) return {};
    // The runtime puts names into NFC; whoever calls the kernel directly has to.
    const std::string composed = to_nfc(text);
    std::size_t at = 0, place = 1;
    while (at < text.size() && at < composed.size()) {
        const decoded given = decode_utf8(text, at);
        if (given.code_point != decode_utf8(composed, at).code_point) break;
        at += given.length;
        ++place;
    }
    return fail(errc::id_character, {part, code_point_name(decode_utf8(text, at).code_point),
                                     std::to_string(place), text});
}

result<void> check_sizes(const case_command& what, const limits& bounds) {
    if (what.body.valueless_by_exception()) return fail(errc::invalid_argument, {"command"});
    sizes_bodies::measure m(bounds);
    m.envelope(what);
    std::visit(m, what.body);
    return std::move(m).answer();
}

}  // namespace quytrinh::detail::engine
