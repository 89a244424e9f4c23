// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_calendar.ipp: working calendars. A calendar may stand in any file,
// several in one.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/impl/near.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

/// Minutes of `08:00`; 24:00 only where it closes.
std::optional<std::int16_t> minutes_of(const std::string& text, bool closing) {
    const std::size_t mark = text.find(':');
    const auto hour = decimal::read(text.substr(0, mark));
    const auto minute = decimal::read(text.substr(mark + 1));
    if (!hour || !minute) return std::nullopt;
    const std::int64_t all = hour->mantissa * 60 + minute->mantissa;
    if (minute->mantissa > 59 || all > 1440 || (all == 1440 && !closing)) return std::nullopt;
    return static_cast<std::int16_t>(all);
}

/// `07:30-11:30, 13:30-17:30`, as a calendar writes it.
std::string text_of(const std::vector<opening>& hours) {
    std::string out;
    const auto time = [&out](int minute) {
        const std::string hour = std::to_string(minute / 60), rest = std::to_string(minute % 60);
        out.append(2 - hour.size(), '0').append(hour).append(":");
        out.append(2 - rest.size(), '0').append(rest);
    };
    for (const opening& one : hours) {
        if (!out.empty()) out += ", ";
        time(one.from);
        out += '-';
        time(one.to);
    }
    return out;
}

}  // namespace

void builder::build_version(clause_line& line) {
    word_at text;
    draft_.version_written = true;
    if (!line.read(read_string, text) || !not_empty(line, text)) return;
    this_calendar().version = text.text;
}

void builder::build_time_zone(clause_line& line) {
    offset_words words;
    if (!line.read(read_time_zone, words)) return;
    const auto minutes = minutes_of(words.offset.text.substr(1), true);
    const int sign = words.offset.text.front() == '-' ? -1 : 1;
    const int offset = sign * (minutes ? *minutes : 0);
    if (!minutes || offset < -12 * 60 || offset > 14 * 60) {
        report_->report(diag::no_such_offset, line.at(words.offset.where), {words.offset.text});
        return;
    }
    this_calendar().offset = std::chrono::minutes{offset};
}

std::vector<opening> builder::to_hours(clause_line& line, const hours_words& words) {
    std::vector<opening> out;
    if (words.hours.size() > 8) {
        report_->report(diag::too_many_hours, line.where(), {"8"});
        return out;
    }
    for (const auto& [from, to] : words.hours) {
        const auto begin = minutes_of(from.text, false);
        const auto end = minutes_of(to.text, true);
        const place where = line.at({from.where.begin, to.where.end});
        if (!begin || !end) {
            report_->report(diag::no_such_time, where, {text_at(where.range)});
        } else if (*end <= *begin || (!out.empty() && *begin < out.back().to)) {
            report_->report(diag::hours_not_in_order, where, {text_at(where.range)});
        } else {
            out.push_back({*begin, *end});
        }
    }
    return out;
}

void builder::build_working(clause_line& line) {
    hours_words words;
    if (!std::exchange(draft_.week_written, true))
        for (auto& day : this_calendar().week) day.clear();
    if (!line.read(read_working, words)) return;
    std::vector<std::pair<int, span>> days = words.days;
    if (words.range && words.days.size() == 2) {
        const auto [first, last] = std::pair{words.days[0].first, words.days[1].first};
        const span where{words.days[0].second.begin, words.days[1].second.end};
        if (last < first) {
            report_->report(diag::range_runs_backwards, line.at(where), {text_at(where)});
            return;
        }
        days.clear();
        for (int day = first; day <= last; ++day) days.emplace_back(day, where);
    }
    const std::vector<opening> hours = to_hours(line, words);
    bool told = false;  // five days of one line are one mistake
    for (const auto& [day, where] : days) {
        const auto [before, fresh] = draft_.weekdays.try_emplace(day, line.at(where));
        if (fresh)
            this_calendar().week[static_cast<std::size_t>(day)] = hours;
        else if (!std::exchange(told, true))
            report_->report(diag::weekday_twice, line.at(where), {text_at(where)}, {},
                            {related_place{before->second, diag::written_before, {}}});
    }
}

void builder::build_make_up_hours(clause_line& line) {
    hours_words words;
    draft_.make_up_written = true;
    if (line.read(read_hours, words)) this_calendar().make_up_hours = to_hours(line, words);
}

void builder::build_years(clause_line& line) {
    years_words words;
    if (!line.read(read_years, words)) return;
    const auto year_of = [](const word_at& word) {
        return static_cast<int>(decimal::read(word.text.substr(0, 6)).value_or(decimal{}).mantissa);
    };
    const word_at& end = words.to.written() ? words.to : words.from;
    const int first = year_of(words.from);
    const int last = year_of(end);
    const place where = line.at({words.from.where.begin, end.where.end});
    if (first < 1900 || last > 2199 || last < first) {
        report_->report(diag::no_such_years, where, {text_at(where.range)});
        return break_block();
    }
    for (int year = first; year <= last; ++year) {
        const auto [before, fresh] = draft_.years.try_emplace(year, where);
        if (fresh) continue;
        report_->report(diag::year_twice, where, {std::to_string(year)}, {},
                        {related_place{before->second, diag::written_before, {}}});
        return;
    }
}

void builder::add_day(clause_line& line, const day_words& words, date day, day_kind kind) {
    const place where = line.at(
        {words.from.where.begin, words.to.written() ? words.to.where.end : words.from.where.end});
    const auto [before, fresh] = draft_.days.try_emplace(day, where);
    if (!fresh) {
        report_->report(diag::day_twice, where, {to_day_first(day)}, {},
                        {related_place{before->second, diag::written_before, {}}});
        return;
    }
    draft_.dates.emplace_back(day, where);
    day_entry entry{kind, words.reason.text};
    if (words.when.written())
        draft_.when_on.push_back({day, std::move(entry), words.when, line.at(words.when.where)});
    else
        this_calendar().days.emplace(day, std::move(entry));
}

void builder::build_day(clause_line& line) {
    day_words words;
    if (!line.read(read_day, words) || !not_empty(line, words.reason)) return;
    const auto kind = line.opener() == keyword::day_off ? day_kind::off : day_kind::working;
    const auto first = whole_date(line, words.from, words.from_kind);
    if (!first) return;
    date last = *first;
    if (words.to.written()) {
        const auto end = whole_date(line, words.to, words.to_kind);
        if (!end) return;
        last = *end;
    }
    if (last < *first || last - *first > std::chrono::days{366}) {
        const place where = line.at({words.from.where.begin, words.to.where.end});
        report_->report(diag::range_runs_backwards, where, {text_at(where.range)});
        return;
    }
    for (date day = *first; day <= last; day += std::chrono::days{1})
        add_day(line, words, day, kind);
}

void builder::build_cut_off(clause_line& line) {
    offset_words words;
    if (!line.read(read_cut_off, words)) return;
    const auto minutes = minutes_of(words.offset.text, false);
    if (minutes)
        this_calendar().cut_off = *minutes;
    else
        report_->report(diag::no_such_time, line.at(words.offset.where), {words.offset.text});
}

void builder::build_switch(clause_line& line) {
    switch_words words;
    if (!line.read(read_switch, words) || !not_empty(line, words.title)) return;
    const auto [before, fresh] =
        draft_.switches.try_emplace(words.code.text, std::pair{line.at(words.code.where), false});
    if (!fresh) {
        report_->report(
            diag::code_twice, line.at(words.code.where), {words.code.text}, {},
            {related_place{before->second.first, diag::declared_here, {words.code.text}}});
        return;
    }
    calendar_switch one;
    one.title = words.title.text;
    one.on = words.on;
    this_calendar().switches.emplace(words.code.text, std::move(one));
}

/// Without a line of their own make-up days have the hours of Monday, which nobody can know where
/// the weekdays differ.
void builder::warn_of_make_up_hours() {
    const calendar& one = this_calendar();
    if (one.make_up_hours.empty()) return;  // an error already, if there are such days
    const bool differ = std::any_of(one.week.begin(), one.week.end(), [&](const auto& hours) {
        return !hours.empty() && hours != one.make_up_hours;
    });
    const auto made_up = [](const auto& day) { return day.second.kind == day_kind::working; };
    const bool any =
        std::any_of(one.days.begin(), one.days.end(), made_up) ||
        std::any_of(one.switches.begin(), one.switches.end(), [&](const auto& choice) {
            return std::any_of(choice.second.days.begin(), choice.second.days.end(), made_up);
        });
    if (differ && any)
        report_->report(diag::make_up_hours_not_written, draft_.where,
                        {spelled_here(keyword::make_up_hours), text_of(one.make_up_hours)});
}

void builder::close_calendar() {
    calendar& one = this_calendar();
    const bool broken = broken_ || draft_.broken;
    for (const calendar_draft::conditional& day : draft_.when_on) {
        const auto known = draft_.switches.find(day.when.text);
        if (known == draft_.switches.end()) {
            if (broken) continue;
            near::nearest_name nearest{day.when.text};
            std::optional<text_fix> fix;
            std::vector<related_place> related;
            for (const auto& [code, declared] : draft_.switches) {
                if (!nearest.offer(code)) continue;
                fix = replace(day.where, code, false);
                related = {related_place{declared.first, diag::did_you_mean, {code}}};
            }
            report_->report(diag::unknown_switch, day.where,
                            {day.when.text, spelled_here(keyword::switch_word)}, std::move(fix),
                            std::move(related));
            continue;
        }
        known->second.second = true;
        one.switches[day.when.text].days.emplace(day.day, day.entry);
    }
    if (broken) return;
    const bool named_wrong =
        std::any_of(draft_.when_on.begin(), draft_.when_on.end(), [&](const auto& day) {
            return draft_.switches.find(day.when.text) == draft_.switches.end();
        });
    if (one.version.empty() && !draft_.version_written)
        report_->report(diag::calendar_without_version, draft_.where,
                        {spelled_here(keyword::version)});
    if (draft_.years.empty())
        report_->report(diag::calendar_without_years, draft_.where,
                        {spelled_here(keyword::data_for)});
    for (const auto& [code, use] : draft_.switches)
        if (!use.second && !named_wrong) report_->report(diag::switch_unused, use.first, {code});
    if (!draft_.week_written)
        report_->report(diag::week_not_written, draft_.where,
                        {spelled_here(keyword::working),
                         spelled_here(keyword::monday) + ' ' + spelled_here(keyword::to_step) +
                             ' ' + spelled_here(keyword::friday) + ' ' + text_of(one.week[0])});
    if (!draft_.make_up_written) {
        one.make_up_hours = one.week[0];
        warn_of_make_up_hours();
    }
    one.years.clear();
    for (const auto& [year, where] : draft_.years) one.years.push_back(year);
    for (const auto& [day, where] : draft_.dates) {
        const int year = static_cast<int>(std::chrono::year_month_day{day}.year());
        if (!draft_.years.empty() && draft_.years.count(year) == 0)
            report_->report(
                diag::day_outside_years, where,
                {to_day_first(day), std::to_string(year), spelled_here(keyword::data_for)});
    }
    for (const auto& [day, where] : draft_.dates) {
        const auto entry = one.days.find(day);
        if (entry == one.days.end() || entry->second.kind != day_kind::working) continue;
        const unsigned weekday = std::chrono::weekday{day}.iso_encoding() - 1;
        // A half day that is worked whole is made up; the same hours again are not.
        if (one.week[weekday] == one.make_up_hours && !one.make_up_hours.empty())
            report_->report(diag::make_up_day_worked, where, {to_day_first(day)});
    }
    if (!report_->list().ok()) return;
    // Switches are built off; those that the file turns on take part in the decided days.
    std::vector<std::string> on;
    for (auto& [code, value] : one.switches)
        if (std::exchange(value.on, false)) on.push_back(code);
    for (const std::string& code : on) {
        auto turned = with_switch(one, code, true);
        if (turned) one = std::move(turned).value();
    }
    const auto valid = validate(one);
    if (!valid)
        report_->report(
            diag::calendar_not_valid, draft_.where,
            {valid.error().text(words_->words() == dialect::vi ? language::vi : language::en)});
}

}  // namespace quytrinh::detail::grammar
