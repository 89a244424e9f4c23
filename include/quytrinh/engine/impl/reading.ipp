// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/reading.ipp: values for conditions, and the note of what was read.
#pragma once

#include <quytrinh/engine/impl/reading.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace reading_bodies {
namespace {

std::string as_text(const value& v) {
    if (const auto* text = v.get_if<std::string>()) return *text;
    if (const auto* number = v.get_if<decimal>()) return number->text();
    if (const auto* day = v.get_if<date>()) return to_day_first(*day);
    if (const auto* yes = v.get_if<bool>()) return *yes ? "có" : "không";
    return {};
}

/// Reads for one condition and remembers what it read.
class case_reader final : public condition_reader {
public:
    case_reader(const reading& from, bool noting) : from_(from), noting_(noting) {}

    value read(const operand& what) override {
        const procedure& of = *from_.with->definition;
        value found;
        std::string_view name, key;
        const auto call = [&](std::string_view vi, std::string_view en) {
            return of.words == dialect::vi ? vi : en;
        };
        switch (what.what) {
        case operand::kind::field:
            name = what.field.field;
            if (const value* v = from_.find(what.field)) found = *v;
            break;
        case operand::kind::literal: return what.literal;
        case operand::kind::actor:
            name = call("người thực hiện", "actor");
            key = "(actor)";
            if (from_.by != nullptr && !from_.by->person.empty()) found = value{from_.by->person};
            break;
        case operand::kind::channel:
            name = call("hình thức", "channel");
            key = "(channel)";
            if (!from_.channel.empty()) found = value{std::string(from_.channel)};
            break;
        case operand::kind::rounds:
            name = call("số vòng", "rounds");
            key = "(rounds)";
            found = value{decimal::of(from_.round)};
            break;
        case operand::kind::entered_from:
            name = call("vào từ", "entered from");
            key = "(entered_from)";
            if (!from_.entered_from.empty()) found = value{std::string(from_.entered_from)};
            break;
        }
        note(name, found, key);
        return found;
    }

    truth has_row(const std::string& table, const std::vector<value>& row) override {
        const auto* known = from_.with->known;
        if (known != nullptr && known->table) {
            const truth t = known->table(table, row);
            if (t != truth::unknown) return t;
        }
        const catalogue* list = from_.with->definition->find_catalogue(table);
        // A table without a row in the text stands with the host, and the host gave none.
        if (list == nullptr || list->rows.empty()) {
            note(table, {});
            if (row_.empty()) row_ = row_of(table, row);
            return truth::unknown;
        }
        for (const auto& written : list->rows) {
            if (written.size() != row.size()) continue;
            bool same = true;
            for (std::size_t i = 0; same && i < row.size(); ++i)
                same = same_word(written[i], as_text(row[i]));
            if (same) return truth::yes;
        }
        return truth::no;
    }

    std::string outcome() override { return std::string(from_.outcome); }

    std::vector<std::pair<std::string, value>> read_;
    /// What was looked for in a table that nobody has given a row of: `PQ "nv01", "Tra cứu"`.
    std::string row_;

    /// The first of what was read and is empty, as a refusal names it: what is no field by its
    /// neutral key, since the words of the file may not be the reader's.
    [[nodiscard]] std::string empty() const {
        for (std::size_t i = 0; i < read_.size(); ++i)
            if (read_[i].second.empty())
                return keys_[i].empty() ? read_[i].first : std::string(keys_[i]);
        return {};
    }

private:
    static std::string row_of(const std::string& table, const std::vector<value>& row) {
        std::vector<std::string> cells;
        for (const value& cell : row) cells.push_back('"' + as_text(cell) + '"');
        return table + ' ' + listed(cells);
    }
    void note(std::string_view name, const value& v, std::string_view key = {}) {
        if (!noting_) return;
        for (const auto& [before, unused] : read_)
            if (before == name) return;
        read_.emplace_back(std::string(name), v);
        keys_.push_back(key);
    }
    std::vector<std::string_view> keys_;
    const reading& from_;
    const bool noting_;
};

bool has(const std::vector<std::string>* codes, const std::string& code) {
    return codes != nullptr && std::find(codes->begin(), codes->end(), code) != codes->end();
}

}  // namespace
}  // namespace reading_bodies

bool reading::counts(const std::string& code) const {
    if (!reading_bodies::has(own, code)) return true;
    if (other != nullptr && other->forms.find(code) != other->forms.end()) return false;
    return asked != nullptr || !outside;
}

const form_state* reading::form_of(const std::string& code) const {
    const auto in = [&](const std::map<std::string, form_state>& forms) -> const form_state* {
        const auto found = forms.find(code);
        return found == forms.end() ? nullptr : &found->second;
    };
    if (other != nullptr)
        if (const auto* form = in(other->forms)) return form;
    if (reading_bodies::has(own, code)) {
        if (asked != nullptr) return in(asked->forms);
        if (!outside) return nullptr;
    }
    return in(state->forms);
}

const value* reading::find(const std::string& in_form, const std::string& field) const {
    if (pending != nullptr) {
        const auto found = std::find_if(pending->rbegin(), pending->rend(), [&](const entry& e) {
            return e.field->name == field && (in_form.empty() || e.of->code == in_form) &&
                   counts(e.of->code);
        });
        if (found != pending->rend()) return found->content.empty() ? nullptr : &found->content;
    }
    const auto in = [&](const std::string& code) -> const value* {
        const form_state* form = form_of(code);
        if (form == nullptr) return nullptr;
        const auto found = form->fields.find(field);
        return found == form->fields.end() || found->second.content.empty()
                   ? nullptr
                   : &found->second.content;
    };
    if (!in_form.empty()) return in(in_form);
    for (const auto& one : state->forms)
        if (const value* v = in(one.first)) return v;
    if (own != nullptr)
        for (const auto& code : *own)
            if (const value* v = in(code)) return v;
    if (other != nullptr)
        for (const auto& one : other->forms)
            if (const value* v = in(one.first)) return v;
    return nullptr;
}

bool reading::approved(const field_ref& field) const {
    const auto is = [&](const std::string& code) {
        if (reading_bodies::has(approving, code)) return true;
        if (coming != nullptr && reading_bodies::has(&coming->unapproved, code)) return false;
        const auto form = state->forms.find(code);
        return form != state->forms.end() && form->second.approved_version.has_value();
    };
    if (!field.form.empty()) return is(field.form);
    for (const auto& f : with->definition->forms)
        if (f.find(field.field) != nullptr && is(f.code)) return true;
    return false;
}

reading reading::from(const task_state& task) const {
    reading seen = *this;
    const bool recorded_now = about != nullptr && *about == task.task && !channel.empty();
    if (!recorded_now) seen.channel = task.channel;
    seen.entered_from = task.from_step;
    seen.round = task.task.round;
    seen.outside = true;
    seen.other = nullptr;
    return seen;
}

reading reading::from(const consultation_state& question) const {
    reading seen = *this;
    seen.channel = question.channel;
    seen.entered_from = question.task.step;
    seen.round = question.consultation.round;
    seen.outside = true;
    seen.other = &question;
    return seen;
}

result<verdict> judge(const condition& c, const reading& from) {
    reading_bodies::case_reader reader(from, true);
    const auto held = evaluate(c, reader, from.with->bounds.evaluation_steps);
    if (!held) return held.failure();
    verdict v;
    v.held = *held;
    v.note.what = as_written(*from.with->definition, c);
    v.note.held = v.held == truth::yes;
    if (v.held == truth::unknown) {
        v.missing = reader.empty();
        if (v.missing.empty()) v.missing = v.note.what;
        if (!reader.row_.empty() &&
            reader.row_.compare(0, v.missing.size() + 1, v.missing + ' ') == 0)
            v.missing = std::move(reader.row_);
    }
    v.note.read = std::move(reader.read_);
    return v;
}

result<truth> weigh(const std::optional<condition>& c, const reading& from,
                    std::vector<judged>& notes, std::string& missing) {
    if (!c) return truth::yes;
    auto v = judge(*c, from);
    if (!v) return v.failure();
    if (v->held == truth::unknown) missing = std::move(v->missing);
    notes.push_back(std::move(v->note));
    return v->held;
}

result<truth> judge_only(const condition& c, const reading& from) {
    reading_bodies::case_reader reader(from, false);
    return evaluate(c, reader, from.with->bounds.evaluation_steps);
}

bool holds(const condition& c, const reading& from) {
    const auto held = judge_only(c, from);
    return held && *held == truth::yes;
}

}  // namespace quytrinh::detail::engine
