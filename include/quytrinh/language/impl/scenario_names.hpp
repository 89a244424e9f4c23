// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/scenario_names.hpp: looks up what a scenario names, and says what could
// have been meant.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

/// The names that a scenario uses, looked up in one procedure, or in that whose case it has turned
/// to.
class scenario_names {
public:
    using kind = scenario_value::kind;
    using finder = std::function<const procedure*(std::string_view)>;

    scenario_names(reporter& report, const scenario& what, const procedure& of, const finder& find,
                   dialect words)
        : report_(report), what_(what), home_(&of), of_(&of), find_(find), words_(words) {}

protected:
    [[nodiscard]] std::string say(keyword id) const { return std::string(spelled(id, words_)); }

    /// The names that could be meant: at most twelve of them.
    [[nodiscard]] std::string list_of(const std::vector<std::string>& names) const {
        if (names.empty()) return words_ == dialect::vi ? "không có" : "none";
        std::string out;
        for (std::size_t i = 0; i < names.size() && i < 12; ++i)
            out += (out.empty() ? "" : ", ") + names[i];
        return names.size() > 12 ? out + ", …" : out;
    }
    void missing(std::uint16_t code, place where, const std::string& name, std::string of,
                 const std::vector<std::string>& known, bool quoted,
                 std::vector<std::string> more = {}) {
        std::optional<text_fix> fix;
        // Only where the name itself is known to stand there is it replaced.
        if (report_.keeping() && where != act_where_) {
            const std::string folded = fold(name);
            std::size_t best = folded.size() < 3 ? 0 : folded.size() < 8 ? 1 : 3;
            for (std::size_t i = 0; i < known.size() && i < 2'000; ++i) {
                const std::size_t distance = edit_distance(folded, fold(known[i]), best);
                if (distance > best || (distance == best && fix)) continue;
                best = distance;
                fix = replace(where, quoted ? "\"" + known[i] + "\"" : known[i], false);
            }
        }
        std::vector<std::string> shown = known;
        if (quoted)
            for (std::string& one : shown) one = "“" + one + "”";
        std::vector<std::string> args{name, std::move(of), list_of(shown)};
        for (std::string& one : more) args.push_back(std::move(one));
        report_.report(code, where, std::move(args), std::move(fix));
    }

    // --- columns

    /// What a value is, or what it is in each row of the table.
    template <class Judge>
    void each(const scenario_value& one, keyword as, std::initializer_list<kind> fits,
              const Judge& judge) {
        if (one.what == kind::none) return;
        if (one.what != kind::column) return judge(one);
        const auto& columns = what_.table.columns;
        const auto at = std::find(columns.begin(), columns.end(), one.text);
        if (at == columns.end()) return missing_column(one);
        used_.push_back(one.text);
        const auto index = static_cast<std::size_t>(at - columns.begin());
        for (const scenario_table::row& row : what_.table.rows) {
            if (index >= row.cells.size()) continue;
            const scenario_value& cell = row.cells[index];
            const bool right =
                fits.size() == 0 || std::find(fits.begin(), fits.end(), cell.what) != fits.end();
            if (right)
                judge(cell);
            else
                report_.report(diag::cell_of_other_kind, cell.where,
                               {one.text, say(as), kind_word(cell.what)});
        }
    }
    void missing_column(const scenario_value& one) {
        std::optional<text_fix> fix;
        const std::string name = fold(one.text);
        for (const std::string& column : what_.table.columns)
            if (!fix && edit_distance(name, fold(column), 2) <= 2)
                fix = replace(one.where, say(keyword::per_column) + " \"" + column + "\"", false);
        report_.report(diag::scenario_unknown_column, one.where,
                       {one.text, list_of(what_.table.columns)}, std::move(fix));
    }
    [[nodiscard]] std::string kind_word(kind what) const {
        switch (what) {
        case kind::text: return say(keyword::type_text);
        case kind::code: return say(keyword::unit);
        case kind::step: return say(keyword::step);
        case kind::number: return say(keyword::type_number);
        case kind::date:
        case kind::moment: return say(keyword::type_date);
        case kind::ok:
        case kind::nok: return say(keyword::outcome);
        case kind::yes:
        case kind::no: return say(keyword::type_yes_no);
        case kind::not_stated: return say(keyword::not_stated);
        case kind::immediately: return say(keyword::immediately);
        case kind::none:
        case kind::column: break;
        }
        return {};
    }
    void moment(const scenario_value& one, bool due) {
        const auto nothing = [](const scenario_value&) {};
        if (due)
            each(one, keyword::type_date,
                 {kind::date, kind::moment, kind::not_stated, kind::immediately}, nothing);
        else
            each(one, keyword::type_date, {kind::date, kind::moment}, nothing);
    }
    void text(const scenario_value& one) {
        each(one, keyword::type_text, {kind::text}, [](const scenario_value&) {});
    }

    // --- names

    /// Units that are named by what is given or handed over need not be declared.
    void note_units(const scenario_line& line) {
        const auto note = [&](const scenario_person& who) {
            each_code(who.unit, [&](const std::string& code) { units_.push_back(code); });
        };
        if (const auto* given = std::get_if<scenario_given>(&line.what)) note(given->who);
        if (const auto* act = std::get_if<scenario_act>(&line.what)) {
            note(act->to);
            // Where the opener is a party, whoever opens the case is of a unit of their own.
            if (act->kind_of != scenario_act::kind::wait && !std::exchange(opened_, true) &&
                opener_is_a_party())
                note(act->who);
            for (const auto& [role, who] : act->assigned) note(who);
            for (const scenario_field& field : act->fields)
                for (const scenario_value& item : field.items)
                    each_code(item, [&](const std::string& code) { units_.push_back(code); });
        }
    }
    [[nodiscard]] bool opener_is_a_party() const {
        return std::any_of(of_->parties.begin(), of_->parties.end(),
                           [](const party& one) { return one.binding == binding_kind::opener; });
    }
    template <class Take>
    void each_code(const scenario_value& one, const Take& take) const {
        if (one.what == kind::code) take(one.text);
        if (one.what != kind::column) return;
        const auto& columns = what_.table.columns;
        const auto at = std::find(columns.begin(), columns.end(), one.text);
        const auto index = static_cast<std::size_t>(at - columns.begin());
        for (const scenario_table::row& row : what_.table.rows)
            if (index < row.cells.size() && row.cells[index].what == kind::code)
                take(row.cells[index].text);
    }
    [[nodiscard]] std::vector<std::string> party_codes() const {
        std::vector<std::string> out;
        for (const party& one : of_->parties) out.push_back(one.code);
        return out;
    }
    void party_code(const std::string& code, place where, bool or_unit) {
        if (of_ == nullptr) return;
        for (const party& one : of_->parties)
            if (one.code == code ||
                std::find(one.aliases.begin(), one.aliases.end(), code) != one.aliases.end())
                return;
        if (or_unit && std::find(units_.begin(), units_.end(), code) != units_.end()) return;
        const std::string first = of_->parties.empty() ? "…" : of_->parties.front().code;
        const std::string example =
            say(keyword::given) + " " + first + " " + say(keyword::stands_for) + " " + code;
        const std::uint16_t told =
            or_unit ? unknown_who_ : std::uint16_t{diag::scenario_unknown_party};
        missing(told, where, code, of_->code, party_codes(), false, {example});
    }
    void who(const scenario_person& one, bool may_be_stranger = false) {
        unknown_who_ = may_be_stranger ? diag::scenario_stranger : diag::scenario_unknown_party;
        each(one.unit, keyword::unit, {kind::code},
             [&](const scenario_value& unit) { party_code(unit.text, unit.where, true); });
    }

    [[nodiscard]] std::vector<std::string> steps_of(step_kind what) const {
        std::vector<std::string> out;
        for (const step& one : of_->steps)
            if (one.kind == what) out.push_back(one.id);
        return out;
    }
    /// The step, or a question where one is meant; null: told, or nothing is known.
    const step* find_step(const scenario_value& id, bool question) {
        if (of_ == nullptr) return nullptr;
        const step* found = of_->find_step(id.text);
        const auto meant = question ? step_kind::consultation : step_kind::step;
        if (found == nullptr)
            missing(question ? diag::scenario_unknown_question : diag::scenario_unknown_step,
                    id.where, id.text, of_->code, steps_of(meant), false);
        else if (found->kind == meant)
            return found;
        else if (question)
            report_.report(diag::question_is_step, id.where,
                           {id.text, list_of(steps_of(step_kind::consultation))});
        else
            report_.report(diag::step_is_question, id.where,
                           {id.text, say(keyword::question) + " " + id.text});
        return nullptr;
    }
    template <class Judge>
    void each_step(const scenario_value& id, bool question, const Judge& judge) {
        each(id, keyword::step, {kind::step, kind::number}, [&](const scenario_value& one) {
            if (const step* found = find_step(one, question)) judge(*found);
        });
    }
    void step_name(const scenario_value& id, bool question = false) {
        each_step(id, question, [](const step&) {});
    }

    /// The outcomes of a step as they are chosen, and as they are shown.
    static std::vector<std::string> outcomes_of(const step& of) {
        std::vector<std::string> out;
        for (const branch& one : of.branches) {
            const bool chosen = one.what == branch::kind::ok || one.what == branch::kind::nok ||
                                one.what == branch::kind::named;
            const std::string name = one.outcome();
            if (chosen && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
        }
        return out;
    }
    void outcome(const scenario_value& chosen, const step& of) {
        const std::vector<std::string> known = outcomes_of(of);
        if (!chosen.written()) {
            if (known.size() < 2) return;
            const std::string first = known.front() == "OK" || known.front() == "NOK"
                                          ? known.front()
                                          : "\"" + known.front() + "\"";
            report_.report(diag::outcome_not_said, act_where_,
                           {of.id, list_of(known),
                            say(keyword::chooses) + " " + first + " " + say(keyword::at) + " " +
                                say(keyword::step) + " " + of.id});
            return;
        }
        each(chosen, keyword::outcome, {kind::ok, kind::nok, kind::text},
             [&](const scenario_value& one) {
                 const std::string name = name_of(one);
                 if (std::find(known.begin(), known.end(), name) == known.end())
                     missing(diag::scenario_unknown_outcome, one.where, name, of.id, known,
                             one.what == kind::text);
             });
    }
    static std::string name_of(const scenario_value& outcome) {
        return outcome.what == kind::ok ? "OK" : outcome.what == kind::nok ? "NOK" : outcome.text;
    }

    /// `hình thức "email"`; a catalogue that stands with the host is not known here.
    void channel(const std::string& name, const step& at) {
        if (name.empty()) return;
        std::vector<std::string> known = at.channels;
        if (!at.channel_catalogue.empty()) {
            known.clear();
            if (const catalogue* list = of_->find_catalogue(at.channel_catalogue))
                for (const auto& item : list->items) known.push_back(item.text);
            if (known.empty()) return;
        }
        if (std::find(known.begin(), known.end(), name) == known.end())
            missing(diag::scenario_unknown_channel, act_where_, name, at.id, known, true);
    }

    [[nodiscard]] const form* find_form(const std::string& code, place where) {
        const form* found = of_->find_form(code);
        if (found != nullptr) return found;
        std::vector<std::string> known;
        for (const form& one : of_->forms) known.push_back(one.code);
        missing(diag::scenario_unknown_form, where, code, of_->code, known, false);
        return nullptr;
    }
    static bool has_field(const form& of, const std::string& name) {
        return std::any_of(of.fields.begin(), of.fields.end(),
                           [&](const form_field& one) { return one.name == name; });
    }
    void field(const scenario_field& one) {
        for (const scenario_value& item : one.items) value(item);
        for (const auto& row : one.rows)
            for (const scenario_value& cell : row) value(cell);
        if (of_ == nullptr) return;
        if (!one.form.empty()) {
            const form* in = find_form(one.form, one.form_where);
            if (in == nullptr || has_field(*in, one.field)) return;
            std::vector<std::string> known;
            for (const form_field& other : in->fields) known.push_back(other.name);
            return missing(diag::scenario_unknown_field, one.where, one.field, one.form, known,
                           true);
        }
        std::vector<std::string> forms;
        std::vector<std::string> known;
        for (const form& in : of_->forms) {
            if (has_field(in, one.field)) forms.push_back(in.code);
            for (const form_field& other : in.fields) known.push_back(other.name);
        }
        if (forms.empty())
            return missing(diag::scenario_unknown_field, one.where, one.field, of_->code, known,
                           true);
    }
    void value(const scenario_value& one) {
        each(one, keyword::type_text, {}, [](const scenario_value&) {});
    }

    reporter& report_;
    const scenario& what_;
    const procedure* home_;  ///< the procedure that the scenario is of
    const procedure* of_;    ///< that of the case at hand; null when it is not known
    const finder& find_;
    dialect words_;
    place act_where_{};
    std::uint16_t unknown_who_ = diag::scenario_unknown_party;
    bool opened_ = false;
    std::vector<std::string> units_, used_;
};

}  // namespace quytrinh::detail::grammar
