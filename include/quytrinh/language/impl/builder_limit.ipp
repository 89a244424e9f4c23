// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_limit.ipp: limits and the events they run from.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/time/counting.hpp>

#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

constexpr std::pair<keyword, time_unit> units[] = {
    {keyword::minute, time_unit::minute},
    {keyword::hour, time_unit::hour},
    {keyword::running_hour, time_unit::hour},
    {keyword::working_hour, time_unit::working_hour},
    {keyword::day, time_unit::day},
    {keyword::calendar_day, time_unit::day},
    {keyword::working_day, time_unit::working_day},
    {keyword::week, time_unit::week},
    {keyword::month, time_unit::month},
    {keyword::year, time_unit::year},
};

time_unit unit_of(keyword id) {
    for (const auto& [word, unit] : units)
        if (word == id) return unit;
    return time_unit::day;
}

}  // namespace

amount builder::to_amount(clause_line& line, const amount_words& words, bool of_limit) {
    amount one;
    one.count = words.number.number;
    one.unit = unit_of(words.unit);
    const std::string_view written =
        text_.substr(words.number.where.begin, words.number.where.end - words.number.where.begin);
    bool doubtful = words.number.doubtful;
    if (doubtful && written.find_first_not_of("0123456789,") == std::string::npos)
        report_->report(diag::number_out_of_range, line.at(words.number.where),
                        {std::string(written), "0", "1000000"});
    if (!doubtful && written.find(',') != std::string::npos && written.back() == '0') {
        // `10,0` is how a spreadsheet writes it, not how a document does.
        const std::string right = words.number.number.text();
        report_->report(diag::useless_decimals, line.at(words.number.where),
                        {std::string(written), right},
                        replace(line.at(words.number.where), right, true));
        doubtful = true;
    }
    // A draft is judged with it: what was told here is not told again as a limit of nothing.
    if (doubtful && one.count.mantissa <= 0) one.count = decimal::of(1);
    if (of_limit) {
        plain_amount plain;
        plain.unit = words.unit;
        plain.doubtful = doubtful;
        plain.where = line.at(words.where);
        plain.heading = report_->heading();
        amounts_.push_back(plain);
    }
    return one;
}

anchor builder::to_anchor(clause_line& line, const anchor_words& words) {
    using from = anchor_words::kind;
    using kind = anchor::kind;
    anchor one;
    if (!words.written) return one;
    one.first = words.first;
    one.step = words.step.text;
    use(name_use::kind::step, words.step);
    switch (words.what) {
    case from::receipt: one.what = words.step.written() ? kind::receipt : kind::task_receipt; break;
    case from::start: one.what = kind::start; break;
    case from::completion: one.what = kind::completion; break;
    case from::ok: one.what = kind::ok; break;
    case from::nok: one.what = kind::nok; break;
    case from::opening: one.what = kind::opening; break;
    case from::approval:
        one.what = kind::signing;
        one.form = words.form.text;
        use(name_use::kind::form, words.form);
        break;
    case from::field:
        one.what = kind::field;
        one.field = {words.field.form.text, words.field.field.text};
        if (words.field.form.written()) use(name_use::kind::form, words.field.form);
        use_field(words.field);
        break;
    case from::event:
        one.what = kind::event;
        one.text = words.event.text;
        (void)not_empty(line, words.event);
        break;
    case from::not_stated:
    case from::case_end:
    case from::year_end: break;
    }
    const bool of_a_step = one.what == kind::start || one.what == kind::completion ||
                           one.what == kind::ok || one.what == kind::nok;
    if (of_a_step && !words.step.written())
        report_->report(diag::limit_without_step, line.at(words.where),
                        {text_at(words.where), std::string(line.example())});
    return one;
}

void builder::build_limit(clause_line& line) {
    using kind = time_limit::kind;
    limit_words words;
    above_ = &this_step().source;
    if (!line.read(read_limit, words)) return;
    time_limit one;
    one.what = words.what;
    one.where = line.where();
    switch (words.what) {
    case kind::not_stated:
    case kind::immediately: break;
    case kind::count:
        one.length = to_amount(line, words.length, true);
        amounts_.back().who = plain_amount::owner::step;
        amounts_.back().index = model_.steps.size() - 1;
        amounts_.back().limit = this_step().limits.size();
        one.from = to_anchor(line, words.from);
        one.approval_not_needed = words.approval_not_needed;
        break;
    case kind::from_field:
        one.field = {words.field.form.text, words.field.field.text};
        one.approval_not_needed = words.approval_not_needed;
        if (words.field.form.written()) use(name_use::kind::form, words.field.form);
        use_field(words.field);
        break;
    case kind::before_date:
    case kind::through_date:
        if (words.date_kind == token_kind::pair) {
            report_->report(diag::later_yearless, line.at(words.date.where), {words.date.text});
            return;
        }
        one.day = whole_date(line, words.date, words.date_kind);
        if (!one.day) return;
        break;
    case kind::laid_down:
        if (!not_empty(line, words.text)) return;
        one.text = words.text.text;
        break;
    }
    one.when = std::move(words.when);
    this_step().limits.push_back(std::move(one));
    above_ = &this_step().limits.back().source;
}

bool builder::read_limit_alone(std::string_view text, const vocabulary& words, written_limit& out) {
    text_ = text;
    words_ = &words;
    steps_left_ = 10'000;
    line_reader reader{text, words, *bounds_};
    text_line line;
    while (reader.next(line) && line.empty()) report_faults(line);
    if (line.empty()) {
        report_->report(diag::empty_text, {0, {0, 0}});
        return false;
    }
    report_faults(line);
    // Alone it is counted from what the reader says, so the example has no anchor.
    clause_line one{
        *this, line, keyword::deadline,
        words.words() == dialect::vi ? "chậm nhất 03 ngày làm việc" : "at most 03 working days"};
    limit_words read;
    if (!one.read(read_limit_words, read)) return false;
    using kind = time_limit::kind;
    switch (read.what) {
    case kind::not_stated: out.what = written_limit::kind::not_stated; break;
    case kind::immediately: out.what = written_limit::kind::immediately; break;
    case kind::before_date:
    case kind::through_date:
        out.what = read.what == kind::before_date ? written_limit::kind::before_date
                                                  : written_limit::kind::through_date;
        if (read.date_kind == token_kind::pair)
            report_->report(diag::later_yearless, one.at(read.date.where), {read.date.text});
        else
            out.day = whole_date(one, read.date, read.date_kind);
        break;
    case kind::count:
    case kind::from_field:
    case kind::laid_down:
        out.length = to_amount(one, read.length, false);
        if (is_nothing(out.length) && report_->list().ok())
            report_->report(diag::limit_is_zero, one.at(read.length.where),
                            {text_at(read.length.where), spelled_here(keyword::immediately)});
        break;
    }
    text_line more;
    while (reader.next(more)) {
        if (more.empty()) continue;
        report_->report(diag::extra_text, {0, {more.begin, more.end}},
                        {text_at(more.first().range()), std::string(one.example())});
    }
    return report_->list().ok();
}

/// `04 giờ` under `cách tính giờ hành chính`: nobody can see which of the two was meant, so no fix
/// is certain.
void builder::warn_of_running_on(const plain_amount& one, const amount& length) {
    const std::string written = text_at(one.where.range);
    std::string meant = written.substr(0, written.find_last_of("0123456789") + 1);
    // Minutes of opening are written as parts of an hour; four digits give back each minute.
    if (one.unit == keyword::minute)
        meant = decimal::of(length.count.times(10'000).value_or(0) / 60, 4).text();
    meant += ' ' + spelled_here(keyword::working_hour);
    report_->resume(one.heading);
    report_->report(
        diag::runs_on_in_working_time, one.where,
        {written, spelled_here(keyword::count_by) + ' ' + spelled_here(keyword::working_time),
         meant,
         spelled_here(keyword::an_hour_is) + ' ' +
             (words_->words() == dialect::vi ? spelled_here(keyword::running_hour)
                                             : "a running hour")},
        replace(one.where, meant, false));
}

/// A plain `ngày` or `giờ` means what the header of the procedure says, wherever it stands.
void builder::settle_amounts() {
    for (const plain_amount& one : amounts_) {
        const bool runs_on = one.unit == keyword::hour || one.unit == keyword::minute;
        if (one.unit != keyword::day && !runs_on) continue;
        amount* length = nullptr;
        if (one.who == plain_amount::owner::overall && one.index < model_.overall.size())
            length = &model_.overall[one.index].length;
        else if (one.who == plain_amount::owner::step && one.index < model_.steps.size() &&
                 one.limit < model_.steps[one.index].limits.size())
            length = &model_.steps[one.index].limits[one.limit].length;
        if (length == nullptr) continue;
        if (one.unit == keyword::day) length->unit = model_.plain_day;
        if (one.unit == keyword::hour) length->unit = model_.plain_hour;
        if (runs_on && model_.rule == counting_rule::working_time && !hours_settled_ &&
            !one.doubtful)
            warn_of_running_on(one, *length);
    }
    amounts_.clear();
}

}  // namespace quytrinh::detail::grammar
