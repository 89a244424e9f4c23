// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_scenario.ipp: the lines of a scenario become values; what can be
// judged without its procedure is.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

void builder::open_scenario(clause_line& line) {
    scenario_head_words words;
    // Those of an import belong to whoever tests that file.
    if (passes_scenarios || library_) {
        enter_block(in_refused, keyword::scenario, {});
        return;
    }
    errors_before_ = report_->list().errors;
    const bool read = line.read(read_scenario_header, words);
    enter_block(in_scenario, keyword::scenario,
                words.title.written() ? "\"" + words.title.text + "\"" : std::string{});
    broken_ = !read || line.line().blind;
    scenario_ = {};
    scenario& one = scenarios_.emplace_back();
    one.title = words.title.text;
    one.procedure = words.procedure.text;
    one.doc = line.line().doc;
    one.where = line.where();
    if (words.procedure.written()) one.procedure_where = line.at(words.procedure.where);
    if (read && not_empty(line, words.title)) {
        const place title = line.at(words.title.where);
        const auto [before, fresh] = scenario_titles_.try_emplace(one.title, title);
        if (!fresh)
            report_->report(diag::scenario_twice, title, {one.title}, {},
                            {related_place{before->second, diag::written_before, {}}});
    }
    errors_in_scenarios += report_->list().errors - errors_before_;
}

void builder::judge_own_scenarios() {
    if (scenarios_.empty() || !procedure_seen_ || report_->list().errors != scenario_errors_)
        return;
    const std::string above =
        procedure_heading_.empty() ? std::string{} : procedure_heading_ + " › ";
    const auto find = [this](std::string_view code) -> const procedure* {
        return code == model_.code ? &model_ : nullptr;
    };
    for (scenario& one : scenarios_) {
        const std::size_t before = report_->list().errors;
        judge(*report_, {&one, 1}, model_, find, model_.words, above);
        const std::size_t found = report_->list().errors - before;
        one.errors += static_cast<std::uint32_t>(found);
        errors_in_scenarios += found;
    }
}

void builder::close_scenario() {
    const std::size_t before = report_->list().errors;
    judge_whole_scenario();
    const std::size_t now = report_->list().errors;
    errors_in_scenarios += now - before;
    scenario_errors_ += now - errors_before_;
    scenarios_.back().errors = static_cast<std::uint32_t>(now - errors_before_);
}

/// What is missing of a scenario is told only when every line of it was understood.
void builder::judge_whole_scenario() {
    scenario& one = scenarios_.back();
    const bool vi = words_->words() == dialect::vi;
    if (one.procedure.empty() && !procedure_seen_ && !broken_)
        report_->report(diag::scenario_without_procedure, one.where,
                        {spelled_here(keyword::scenario) + " \"…\" " +
                         spelled_here(keyword::of_procedure) + " QT.01"});
    if (!one.procedure.empty() && procedure_seen_ && one.procedure != model_.code)
        report_->report(diag::scenario_of_other_procedure, one.procedure_where,
                        {one.procedure, model_.code, spelled_here(keyword::of_procedure)});
    if (broken_) return;
    if (!scenario_.timed)
        report_->report(
            diag::scenario_without_time, one.where,
            {vi ? "giả sử thời điểm 11/12/2023 08:00" : "given the time 11/12/2023 08:00"});
    if (!scenario_.expected)
        report_->report(diag::scenario_expects_nothing, one.where, {spelled_here(keyword::expect)});
    if (!one.table.columns.empty() && one.table.rows.empty())
        report_->report(diag::table_without_rows, one.table.where,
                        {spelled_here(keyword::row) + " …"});
}

void builder::add_scenario_line(clause_line& line, scenario_line what) {
    what.where = line.where();
    what.also = line.opener() == keyword::also;
    scenarios_.back().lines.push_back(std::move(what));
}

/// Moments that are written must follow one another; what runs on between them is not known here.
void builder::note_moment(const scenario_value& when) {
    const bool moment = when.what == scenario_value::kind::moment;
    if ((!moment && when.what != scenario_value::kind::date) || when.text.size() < 10) return;
    const auto day = read_date(when.text.substr(0, 10));
    if (!day) return;
    std::string now = to_iso(*day) + " " + (moment ? when.text.substr(11) : "08:00");
    if (now < scenario_.latest)
        report_->report(
            diag::time_goes_back, when.where,
            {text_at(when.where.range), to_day_first(*read_date(scenario_.latest.substr(0, 10))) +
                                            scenario_.latest.substr(10)});
    scenario_.latest = std::max(scenario_.latest, now);
}

void builder::build_given(clause_line& line) {
    scenario_given words;
    scenario_.last = scenario_draft::line::given;
    if (line.opener() == keyword::given_time) scenario_.timed = true;
    if (scenario_.acted)
        report_->report(diag::given_too_late, line.at(line.line().first().range()),
                        {line.opener_text(), spelled_here(keyword::when)});
    if (!line.read(read_given, words)) return;
    note_moment(words.what);
    add_scenario_line(line, {std::move(words), false, {}});
}

void builder::build_when(clause_line& line) {
    when_words words;
    scenario_.last = scenario_draft::line::act;
    scenario_.acted = true;
    if (!line.read(read_when, words)) return;
    if (words.later.where.end != 0) words.act.later = to_amount(line, words.later, false);
    note_moment(words.act.until);
    if (words.act.kind_of != scenario_act::kind::wait &&
        words.act.kind_of != scenario_act::kind::turn_to)
        scenario_.deed = true;
    add_scenario_line(line, {std::move(words.act), false, {}});
}

void builder::build_expect(clause_line& line) {
    scenario_expectation words;
    scenario_.last = scenario_draft::line::expectation;
    scenario_.expected = true;
    if (!line.read(read_expect, words)) return;
    if (words.kind_of == scenario_expectation::kind::refused && !scenario_.deed && !broken_)
        report_->report(diag::refusal_of_nothing, line.where(),
                        {spelled_here(keyword::is_refused), spelled_here(keyword::when)});
    add_scenario_line(line, {std::move(words), false, {}});
}

/// `và …`: of the kind of the line above.
void builder::build_also(clause_line& line) {
    switch (scenario_.last) {
    case scenario_draft::line::given: return build_given(line);
    case scenario_draft::line::act: return build_when(line);
    case scenario_draft::line::expectation: return build_expect(line);
    case scenario_draft::line::none: break;
    }
    if (!broken_)
        report_->report(diag::also_without_line, line.at(line.line().first().range()),
                        {line.opener_text(), spelled_here(keyword::given),
                         spelled_here(keyword::when), spelled_here(keyword::expect)});
    break_block();
}

void builder::build_table(clause_line& line) {
    words_list words;
    scenario_table& table = scenarios_.back().table;
    table.where = line.where();
    if (!line.read(read_strings, words)) return;
    for (const word_at& one : words.words) {
        first_here(diag::item_twice, "cột ", one);
        table.columns.push_back(one.text);
    }
}

void builder::build_scenario_row(clause_line& line) {
    scenario_table::row one;
    one.where = line.where();
    if (!line.read(read_cells, one.cells)) return;
    scenario_table& table = scenarios_.back().table;
    const std::size_t width = table.columns.size();
    if (width == 0 && !broken_)
        report_->report(diag::row_without_table, line.at(line.line().first().range()),
                        {line.opener_text(), spelled_here(keyword::table)});
    else if (one.cells.size() != width && !broken_)
        report_->report(diag::scenario_row_width, line.where(),
                        {std::to_string(one.cells.size()), std::to_string(width)});
    else
        table.rows.push_back(std::move(one));
}

}  // namespace quytrinh::detail::grammar
