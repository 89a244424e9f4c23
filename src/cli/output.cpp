// SPDX-License-Identifier: BSL-1.0
// src/cli/output.cpp: what the program prints, as text and as JSON.
#include "output.hpp"

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace cli {

using namespace quytrinh;

namespace {
bool output_failed = false;

void put(std::FILE* to, std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), to) != text.size()) output_failed = true;
}
}  // namespace

void line(std::string_view text) {
    put(stdout, text);
    put(stdout, "\n");
}
void line(const common& as, std::string_view text, std::size_t hang) {
    const auto cells = [](std::string_view part) -> std::size_t { return text_width(part); };
    if (as.width == 0 || cells(text) <= as.width) {
        line(text);
        return;
    }
    const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
    hang = std::min(hang == 0 ? indent + 4 : hang, as.width / 2);
    std::string row(text.substr(0, indent));
    bool fresh = true;  // nothing stands in the row but what moves it in
    std::string_view rest = text.substr(indent);
    while (!rest.empty()) {
        const std::size_t gap = std::min(rest.find(' '), rest.size());
        const std::size_t after = std::min(rest.find_first_not_of(' ', gap), rest.size());
        if (!fresh && cells(row) + cells(rest.substr(0, gap)) > as.width) {
            line(std::string_view(row).substr(0, row.find_last_not_of(' ') + 1));
            row.assign(hang, ' ');
        }
        row += rest.substr(0, after);
        fresh = false;
        rest.remove_prefix(after);
    }
    line(row);
}
void error_line(std::string_view text) {
    std::fflush(stdout);
    put(stderr, text);
    put(stderr, "\n");
}
void part(std::string_view text) {
    put(stdout, text);
    std::fflush(stdout);
}
void error_part(std::string_view text) {
    std::fflush(stdout);
    put(stderr, text);
}
bool flush() {
    if (std::fflush(stdout) != 0) output_failed = true;
    return !output_failed;
}

std::size_t width_of_terminal() {
    struct winsize size {};
    if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

std::string safe(std::string_view text) { return escape_controls(text); }

namespace {

/// The library knows no options of this program: which of them mends a refusal is said here.
std::string option_for(const error& why) {
    const auto argument = [&](std::size_t which) {
        return which < why.args.size() ? why.args[which] : std::string();
    };
    if (why.code == errc::condition_unknown && !argument(3).empty())
        return "--row '" + argument(3) + "=" + argument(4) + "'";
    if (why.code == errc::field_missing && argument(1) == "(channel)") return "--channel";
    if (why.code == errc::invalid_argument && argument(0) == "no_text") return "--text";
    if (why.code == errc::procedure_unknown) return "--with";
    return {};
}

}  // namespace

int report(const common& as, const error& why) {
    if (as.json) {
        error_line(to_json(why, as.words));
        return wrong;
    }
    error_line(as.say(word::error_line, why.text(as.words)));
    const std::string option = as.asks ? std::string() : option_for(why);
    if (option == "--with")
        error_line(as.say(word::hint_with));
    else if (!option.empty())
        error_line(as.say(word::hint_option, safe(option)));
    return wrong;
}

int misuse(const common& as, const std::string& why) {
    if (as.json)
        error_line(json_object().text("name", "wrong_usage").text("message", why).str());
    else
        error_line(as.say(word::usage_wrong, safe(why)));
    return usage;
}

std::string json_text(std::string_view text) { return to_json(value(std::string(text))); }

std::string json_array(const std::vector<std::string>& items) {
    return "[" + join(items, ",") + "]";
}

json_object& json_object::raw(std::string_view key, std::string_view json) {
    body_ += body_.empty() ? "{" : ",";
    body_ += json_text(key);
    body_ += ":";
    body_ += json;
    return *this;
}

std::string when(instant at, std::chrono::minutes offset) {
    const std::string iso = to_iso(at, offset);
    return to_day_first(quytrinh::day_of(at, offset)) + " " + iso.substr(11, 5);
}

std::string day_of(const due_instant& due, std::chrono::minutes offset) {
    const std::string day = to_day_first(due.last_day);
    return due.to_the_hour ? to_iso(due, offset).substr(11) + " " + day : day;
}

std::string limit_of(const common& as, due_kind how, const std::optional<due_instant>& due,
                     const std::string& laid_down, std::chrono::minutes offset) {
    switch (how) {
    case due_kind::not_stated: return as.say(word::word_not_stated);
    case due_kind::immediately: return as.say(word::word_immediately);
    case due_kind::counted:
        return due ? as.say(word::word_due, day_of(*due, offset)) : as.say(word::word_waiting);
    case due_kind::laid_down: return as.say(word::word_laid_down, safe(laid_down));
    case due_kind::waiting: return as.say(word::word_waiting);
    }
    return {};
}

std::string limit_of(const common& as, const task_due& due, std::chrono::minutes offset) {
    return limit_of(as, due.kind, due.due, due.text, offset);
}

std::string name_of(const seat& who) {
    // The head of a unit acts by the role's code, not by the unit's.
    if (who.head && !who.role.empty() && !who.unit.empty())
        return safe(who.role + " (" + who.unit + ")");
    std::string text = who.unit.empty() ? who.role : who.unit;
    if (!who.person.empty()) text += "/" + who.person;
    if (!who.unit.empty() && who.unit != who.role && !who.role.empty())
        text += " (" + who.role + ")";
    return safe(text);
}

std::string names_of(const common& as, const std::vector<seat>& seats, bool any) {
    std::vector<std::string> names;
    for (const seat& s : seats) names.push_back(name_of(s));
    return join(names, any ? as.say(word::or_another) : ", ");
}

std::string words_of(const common& as, relation how) {
    switch (how) {
    case relation::lead: return as.say(word::word_lead);
    case relation::joint: return as.say(word::word_joint);
    case relation::coordinate: return as.say(word::word_coordinate);
    case relation::inform: return as.say(word::word_inform);
    case relation::opener: return as.say(word::word_opener);
    case relation::asked: return as.say(word::word_asked);
    case relation::keeper: return as.say(word::word_keeper);
    }
    return {};
}

std::string words_of(const common& as, field_type type) {
    switch (type) {
    case field_type::text: return as.say(word::type_text);
    case field_type::number: return as.say(word::type_number);
    case field_type::day: return as.say(word::type_day);
    case field_type::yes_no: return as.say(word::type_yes_no);
    case field_type::person: return as.say(word::type_person);
    case field_type::unit: return as.say(word::type_unit);
    case field_type::attachment: return as.say(word::type_attachment);
    case field_type::one_of: return as.say(word::type_one_of);
    case field_type::any_of: return as.say(word::type_any_of);
    case field_type::checklist: return as.say(word::type_checklist);
    case field_type::list: return as.say(word::type_list);
    }
    return {};
}

std::string counted(const common& as, std::size_t n, word one, word many) {
    return as.say(n == 1 ? one : many, n);
}

std::string text_of(const common& as, dialect typed, const value& v) {
    struct reader {
        const common& as;
        dialect typed;
        std::string operator()(std::monostate) const { return "–"; }
        std::string operator()(const std::string& text) const { return safe(text); }
        std::string operator()(const decimal& number) const {
            return number.text(typed == dialect::vi ? ',' : '.');
        }
        std::string operator()(date day) const { return to_day_first(day); }
        std::string operator()(bool yes) const { return as.say(yes ? word::yes : word::no); }
        std::string operator()(const std::vector<std::string>& items) const {
            std::string out;
            for (const std::string& item : items) out += (out.empty() ? "" : "; ") + safe(item);
            return out;
        }
        std::string operator()(const value_rows& rows) const {
            std::string out;
            for (const auto& row : rows) {
                std::string cells;
                for (const value& cell : row)
                    cells += (cells.empty() ? "" : " | ") + text_of(as, typed, cell);
                out += (out.empty() ? "" : "; ") + cells;
            }
            return out;
        }
    };
    return std::visit(reader{as, typed}, v.data());
}

std::string quoted(const std::vector<std::string>& items, std::string_view between) {
    std::vector<std::string> out;
    for (const std::string& item : items) out.push_back("“" + safe(item) + "”");
    return join(out, between);
}

std::string join(const std::vector<std::string>& items, std::string_view between) {
    std::string out;
    for (const std::string& item : items) {
        if (!out.empty()) out += between;
        out += item;
    }
    return out;
}

}  // namespace cli
