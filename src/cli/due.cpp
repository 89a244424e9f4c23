// SPDX-License-Identifier: BSL-1.0
// src/cli/due.cpp: one time limit counted, with the reason of every day.
#include "commands.hpp"
#include "files.hpp"
#include "office.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

namespace cli {

using namespace quytrinh;

namespace {

constexpr std::pair<std::string_view, counting_rule> rules[] = {
    {"BLDS.2015", counting_rule::blds_2015},
    {"giờ hành chính", counting_rule::working_time},
    {"working-time", counting_rule::working_time},
    {"include-first-day", counting_rule::include_first_day},
    {"no-roll", counting_rule::no_roll},
};

/// What the amount itself asks for: hours and fractions need working time.
counting_rule rule_for(const amount& length) {
    const bool fraction = !length.count.is_integer();
    return fraction || length.unit == time_unit::working_hour ? counting_rule::working_time
                                                              : counting_rule::blds_2015;
}

result<calendar> calendar_for(const common& as, const std::string& file) {
    if (file.empty()) {
        for (calendar& days : bundled().calendars)
            if (days.code == "HC.VN") return days;
        return fail(errc::calendar_unknown, {"HC.VN"});
    }
    auto text = read_file(as, file, limits{}.definition_bytes);
    if (!text) return text.failure();
    auto all = parse_calendars(file, *text);
    if (!all) {
        if (all.error().diagnostics.total() > 0 && !as.json)
            error_part(render(all.error().diagnostics, {source_text(file, *text)}, as.words));
        return all.failure();
    }
    if (all->empty()) return fail(errc::calendar_unknown, {file});
    return all->front();
}

}  // namespace

int run_due_date(const common& as, const due_args& given) {
    auto written = parse_limit(given.limit);
    if (!written) {
        const diagnostic_list& found = written.error().diagnostics;
        if (found.total() > 0 && !as.json) {
            error_part(render(found, {source_text("due", given.limit)}, as.words));
            return wrong;
        }
        return report(as, written.error());
    }
    counting_rule rule = rule_for(written->length);
    if (!given.rule.empty()) {
        bool known = false;
        std::vector<std::string> names;
        for (const auto& [name, which] : rules) {
            names.emplace_back(name);
            if (name == given.rule) rule = which, known = true;
        }
        if (!known) return misuse(as, as.say(word::usage_rule, given.rule, join(names)));
    }
    auto days = calendar_for(as, given.calendar);
    if (!days) return report(as, days.error());
    const auto from = read_when(given.from, days->offset);
    if (!from) return misuse(as, as.say(word::usage_instant, given.from));
    auto counted = count_limit(*days, rule, *from, written->length);
    if (!counted) return report(as, counted.error());
    if (as.json) {
        line(to_json(*counted, days->offset, as.words));
        return done;
    }
    line(to_iso(counted->due, days->offset));
    for (const trace_line& step : counted->trace) line(to_text(step, as.words));
    return done;
}

}  // namespace cli
