// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/judge_scenarios.ipp: the names in a scenario, looked up in its procedure.
// Only what can be known without running it is judged.
#pragma once

#include <quytrinh/language/impl/scenario_names.hpp>
#include <quytrinh/language/scenarios.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

namespace {

/// One scenario, line by line.
class scenario_judge : scenario_names {
public:
    using scenario_names::scenario_names;

    void run() {
        for (const scenario_line& line : what_.lines) note_units(line);
        for (const scenario_line& line : what_.lines) {
            if (const auto* given = std::get_if<scenario_given>(&line.what)) {
                judge(*given);
            } else if (const auto* act = std::get_if<scenario_act>(&line.what)) {
                judge(*act);
            } else {
                judge(std::get<scenario_expectation>(line.what), line.where);
            }
        }
        for (const std::string& one : what_.table.columns)
            if (std::find(used_.begin(), used_.end(), one) == used_.end())
                report_.report(diag::column_not_used, what_.table.where,
                               {one, say(keyword::per_column) + " \"" + one + "\""});
    }

private:
    // --- lines

    void judge(const scenario_given& one) {
        moment(one.what, false);
        switch (one.kind_of) {
        case scenario_given::kind::binding:
            party_code(one.subject, one.subject_where, false);
            each(one.who.unit, keyword::unit, {kind::code}, [](const scenario_value&) {});
            break;
        case scenario_given::kind::row: table_row(one); break;
        case scenario_given::kind::time:
        case scenario_given::kind::calendar:
        case scenario_given::kind::reference: break;
        }
    }
    void table_row(const scenario_given& one) {
        for (const scenario_value& cell : one.cells) value(cell);
        if (of_ == nullptr) return;  // of a linked procedure that is not known here
        const catalogue* list = of_->find_catalogue(one.subject);
        if (list != nullptr && !list->columns.empty()) {
            if (list->columns.size() != one.cells.size())
                report_.report(
                    diag::scenario_row_width, one.subject_where,
                    {std::to_string(one.cells.size()), std::to_string(list->columns.size())});
            return;
        }
        std::vector<std::string> known;
        for (const catalogue& other : of_->catalogues)
            if (!other.columns.empty()) known.push_back(other.code);
        missing(diag::scenario_unknown_list, one.subject_where, one.subject, of_->code, known,
                false);
    }

    void judge(const scenario_act& one) {
        using act = scenario_act::kind;
        act_where_ = one.act_where;
        moment(one.until, false);
        if (one.kind_of == act::turn_to) {
            // In a linked case stand the units of the case that opened it, by the names it has.
            if (of_ != nullptr)
                for (const party& known : of_->parties) units_.push_back(known.code);
            of_ = one.case_of == home_->code ? home_ : find_ ? find_(one.case_of) : nullptr;
            return;
        }
        if (one.kind_of == act::wait) return;
        if (one.kind_of == act::say_late)
            return each_step(one.step, one.of_question, [&](const step& at) { at_once(one, at); });
        who(one.who);
        round(one.round);
        text(one.because);
        text(one.text);
        for (const scenario_field& entry : one.fields) field(entry);
        if (one.kind_of == act::assign || one.kind_of == act::reassign)
            each(one.to.unit, keyword::unit, {kind::code}, [](const scenario_value&) {});
        switch (one.kind_of) {
        case act::complete:
            each_step(one.step, false, [&](const step& at) { completion(one, at); });
            break;
        case act::consult: step_name(one.step, true); break;
        case act::answer:
            step_name(one.step, true);
            each(one.outcome, keyword::outcome, {kind::ok, kind::nok, kind::text},
                 [](const scenario_value&) {});
            break;
        case act::open:
        case act::record:
        case act::receive:
        case act::claim:
        case act::release:
        case act::assign:
        case act::reassign:
        case act::opine:
        case act::attach: step_name(one.step); break;
        case act::wait:
        case act::say_late:
        case act::withdraw:
        case act::cancel:
        case act::signal:
        case act::turn_to: break;
        }
    }
    /// Every other limit passes by itself.
    void at_once(const scenario_act& one, const step& at) {
        const bool any = std::any_of(at.limits.begin(), at.limits.end(), [](const time_limit& l) {
            return l.what == time_limit::kind::immediately;
        });
        if (!any)
            report_.report(diag::not_due_at_once, one.act_where,
                           {say(one.of_question ? keyword::question : keyword::step) + " " + at.id,
                            say(keyword::deadline) + " " + say(keyword::immediately)});
    }
    void completion(const scenario_act& one, const step& at) {
        outcome(one.outcome, at);
        std::vector<std::string> conditions;
        for (const precondition& each : at.preconditions) conditions.push_back(each.text);
        for (const form_act& each : at.acts) {
            if (each.what != form_act::kind::check) continue;
            if (const catalogue* list = of_->find_catalogue(each.code))
                for (const auto& item : list->items) conditions.push_back(item.text);
        }
        const auto known = [&](const std::string& text) {
            if (std::find(conditions.begin(), conditions.end(), text) == conditions.end())
                missing(diag::scenario_unknown_condition, one.act_where, text, at.id, conditions,
                        true);
        };
        for (const std::string& text : one.unticked) known(text);
        for (const auto& [file, evidence] : one.files)
            if (!evidence.empty()) known(evidence);
        for (const auto& [role, person] : one.assigned) party_code(role, one.act_where, false);
        for (const std::string& code : one.opens) {
            std::vector<std::string> linked;
            for (const link_clause& link : at.links) linked.push_back(link.procedure);
            if (std::find(linked.begin(), linked.end(), code) == linked.end())
                missing(diag::scenario_unknown_link, one.act_where, code,
                        say(keyword::step) + " " + at.id, linked, false);
        }
        if (!one.lead.empty()) party_code(one.lead, one.act_where, false);
    }

    void judge(const scenario_expectation& one, place where) {
        using seen = scenario_expectation::kind;
        act_where_ = where;
        moment(one.due, true);
        round(one.round);
        who(one.who, one.kind_of == seen::may || one.kind_of == seen::may_not);
        switch (one.kind_of) {
        case seen::done:
            each_step(one.steps.front(), false, [&](const step& at) {
                if (one.outcome.written()) outcome(one.outcome, at);
                channel(one.channel, at);
            });
            break;
        case seen::question:
            each_step(one.steps.front(), true, [&](const step& at) { channel(one.channel, at); });
            break;
        case seen::answered: step_name(one.steps.front(), true); break;
        case seen::task:
            each_step(one.steps.front(), false, [&](const step& at) { channel(one.channel, at); });
            break;
        case seen::not_open:
        case seen::standing:
            for (const scenario_value& id : one.steps) step_name(id);
            break;
        case seen::told:
        case seen::not_told:
            for (const scenario_value& id : one.steps)
                step_name(id, one.of == scenario_expectation::about::question);
            break;
        case seen::may:
        case seen::may_not: possible(one.act); break;
        case seen::field:
            field(one.field);
            for (const scenario_value& id : one.steps) step_name(id, true);
            break;
        case seen::record:
        case seen::not_kept: record_name(one); break;
        case seen::approved:
        case seen::not_approved:
            if (of_ != nullptr) (void)find_form(one.code, one.code_where);
            break;
        case seen::ended: end_name(one.outcome); break;
        case seen::new_case:
        case seen::no_new_case: new_case(one); break;
        case seen::refused: text(one.outcome); break;
        case seen::open:
        case seen::withdrawn:
        case seen::cancelled:
        case seen::case_late: break;
        }
    }
    void round(const scenario_value& which) {
        each(which, keyword::type_number, {kind::number}, [](const scenario_value&) {});
    }
    void possible(const scenario_act& one) {
        using act = scenario_act::kind;
        round(one.round);
        if (one.kind_of == act::complete)
            each_step(one.step, false, [&](const step& at) {
                if (one.outcome.written()) outcome(one.outcome, at);
            });
        else
            step_name(one.step, one.kind_of == act::consult || one.kind_of == act::answer);
        for (const scenario_field& each : one.fields) field(each);
    }
    void record_name(const scenario_expectation& one) {
        if (of_ == nullptr) return;
        std::vector<std::string> known;
        for (const record& each : of_->records) known.push_back(each.code);
        for (const step& each : of_->steps)
            for (const form_act& act : each.acts)
                if (act.what == form_act::kind::keep)
                    known.push_back(act.code.empty() ? act.paper : act.code);
        std::sort(known.begin(), known.end());
        known.erase(std::unique(known.begin(), known.end()), known.end());
        if (!std::binary_search(known.begin(), known.end(), one.code))
            missing(diag::scenario_unknown_record, one.code_where, one.code, of_->code, known,
                    false);
        // Of the papers only the line is known: none of them is put in the place of the record.
        for (const std::string& paper : one.papers) (void)find_form(paper, act_where_);
    }
    void end_name(const scenario_value& kind_of_end) {
        if (of_ == nullptr) return;
        each(kind_of_end, keyword::type_text, {kind::text}, [&](const scenario_value& one) {
            std::vector<std::string> known;
            const auto note = [&](const target& to) {
                if ((to.ends || to.ends_all) && !to.end_kind.empty()) known.push_back(to.end_kind);
            };
            for (const step& each_of : of_->steps)
                for (const branch& way : each_of.branches) {
                    note(way.to);
                    if (way.afterwards) note(*way.afterwards);
                }
            std::sort(known.begin(), known.end());
            known.erase(std::unique(known.begin(), known.end()), known.end());
            if (!std::binary_search(known.begin(), known.end(), one.text))
                missing(diag::scenario_unknown_end, one.where, one.text, of_->code, known, true);
        });
    }
    void new_case(const scenario_expectation& one) {
        if (of_ == nullptr) return;
        std::vector<std::string> linked;
        for (const step& each : of_->steps)
            for (const link_clause& link : each.links) linked.push_back(link.procedure);
        std::sort(linked.begin(), linked.end());
        linked.erase(std::unique(linked.begin(), linked.end()), linked.end());
        if (!std::binary_search(linked.begin(), linked.end(), one.code))
            return missing(diag::scenario_unknown_link, one.code_where, one.code, of_->code, linked,
                           false);
        const procedure* const here = of_;
        of_ = find_ ? find_(one.code) : nullptr;
        for (const scenario_value& id : one.steps) step_name(id);
        of_ = here;
    }
};

}  // namespace

void judge(reporter& report, std::span<const scenario> what, const procedure& of,
           const std::function<const procedure*(std::string_view)>& find, dialect words,
           const std::string& heading) {
    for (const scenario& one : what) {
        report.enter(heading + std::string(spelled(keyword::scenario, words)) + " \"" + one.title +
                     "\"");
        scenario_judge(report, one, of, find, words).run();
    }
}

}  // namespace quytrinh::detail::grammar

namespace quytrinh {

diagnostic_list judge_scenarios(std::span<const scenario> what, const procedure& of,
                                const std::function<const procedure*(std::string_view)>& find,
                                dialect words) {
    const limits bounds;
    detail::grammar::reporter report{bounds.diagnostics};
    detail::grammar::judge(report, what, of, find, words, {});
    return report.take();
}

}  // namespace quytrinh
