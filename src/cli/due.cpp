// SPDX-License-Identifier: BSL-1.0
// src/cli/due.cpp: one time limit counted, with the reason of every day.
#include "commands.hpp"
#include "files.hpp"
#include "office.hpp"

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

#include <optional>

namespace cli {

using namespace quytrinh;

namespace {

/// Every rule as `cách tính` names it in both dialects, and in a word without blanks.
constexpr std::pair<std::string_view, counting_rule> rules[] = {
    {"BLDS.2015", counting_rule::blds_2015},
    {"tính cả ngày đầu", counting_rule::include_first_day},
    {"including the first day", counting_rule::include_first_day},
    {"include-first-day", counting_rule::include_first_day},
    {"không chuyển ngày nghỉ", counting_rule::no_roll},
    {"no roll", counting_rule::no_roll},
    {"no-roll", counting_rule::no_roll},
    {"chuyển về ngày làm việc trước", counting_rule::roll_back},
    {"roll back", counting_rule::roll_back},
    {"roll-back", counting_rule::roll_back},
    {"giờ hành chính", counting_rule::working_time},
    {"working time", counting_rule::working_time},
    {"working-time", counting_rule::working_time},
};

/// "BLDS.2015, không chuyển ngày nghỉ", as a heading has it, or the rule alone.
std::optional<counting_rule> rule_named(std::string_view text) {
    constexpr std::string_view code = "BLDS.2015";
    const std::string given = to_nfc(text);
    std::string_view name = given;
    const bool of_code = name.starts_with(code) && name.size() > code.size();
    if (of_code) {
        name.remove_prefix(code.size());
        const auto word = name.find_first_not_of(", ");
        if (name.front() != ',' || word == std::string_view::npos) return std::nullopt;
        name.remove_prefix(word);
    }
    for (const auto& [known, which] : rules)
        if (known == name && !(of_code && which == counting_rule::working_time)) return which;
    return std::nullopt;
}

/// A limit that says when without counting.
int say_plain(const common& as, const written_limit& limit, const calendar& days) {
    using kind = written_limit::kind;
    if (limit.what == kind::not_stated || limit.what == kind::immediately) {
        const bool at_once = limit.what == kind::immediately;
        if (as.json)
            line(json_object().text("kind", at_once ? "immediately" : "not_stated").str());
        else
            line(as.say(at_once ? word::due_at_once : word::due_not_stated));
        return done;
    }
    const auto counted = due_at(days, *limit.day, limit.what == kind::through_date);
    if (!counted) return report(as, counted.error());
    if (as.json) {
        line(to_json(*counted, days.offset, as.words));
        return done;
    }
    line(to_iso(counted->due, days.offset));
    for (const trace_line& step : counted->trace) line(to_text(step, as.words));
    return done;
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
    auto written = parse_limit(given.limit, as.words == language::vi ? dialect::vi : dialect::en);
    if (!written) {
        const diagnostic_list& found = written.error().diagnostics;
        if (found.total() > 0 && !as.json) {
            error_part(render(found, {source_text("due", given.limit)}, as.words));
            return wrong;
        }
        return report(as, written.error());
    }
    counting_rule rule = usual_rule(written->length);
    if (!given.rule.empty()) {
        const auto named = rule_named(given.rule);
        std::vector<std::string> names;
        for (const auto& [name, which] : rules) names.emplace_back(name);
        if (!named) return misuse(as, as.say(word::usage_rule, given.rule, join(names)));
        rule = *named;
    }
    auto days = calendar_for(as, given.calendar);
    if (!days) return report(as, days.error());
    if (written->what != written_limit::kind::count) return say_plain(as, *written, *days);
    if (given.from.empty()) {
        const int code = misuse(as, as.say(word::usage_missing, "--from"));
        if (!as.json) error_line(as.say(word::usage_help, "due "));
        return code;
    }
    const auto from = read_when(given.from, days->offset);
    if (!from) return misuse(as, as.say(word::usage_instant, given.from));
    auto counted = count_limit(*days, rule, *from, written->length);
    if (!counted) {
        const int code = report(as, counted.error());
        if (!as.json && rule == counting_rule::working_time &&
            counted.error().code == errc::rule_mismatch && written->length.unit == time_unit::day) {
            // Only of a working day is it known how long a part of it is.
            error_line(as.say(word::due_part_of_day, written->length.count.text()));
        }
        return code;
    }
    if (as.json) {
        line(to_json(*counted, days->offset, as.words));
        return done;
    }
    line(to_iso(counted->due, days->offset));
    for (const trace_line& step : counted->trace) line(to_text(step, as.words));
    return done;
}

}  // namespace cli
