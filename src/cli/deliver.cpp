// SPDX-License-Identifier: BSL-1.0
// src/cli/deliver.cpp: run-due, and notices: what was told, what waits, what was given up.
#include "commands.hpp"
#include "office.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace cli {

using namespace quytrinh;

namespace {

/// What both commands say of the outbox.
void add_counts(json_object& out, const outbox_counts& left, std::chrono::minutes offset) {
    out.number("waiting", left.pending);
    out.text("next_try", left.next_try ? to_iso(*left.next_try, offset) : "");
    out.number("all_set_aside", left.set_aside);
}

std::string what_waits(const common& as, const runtime& office, const outbox_counts& left) {
    // Nothing is offered of a case that is quarantined.
    if (!left.next_try) return as.say(word::due_waiting_halted, left.pending);
    const instant from_second = std::chrono::ceil<std::chrono::seconds>(*left.next_try);
    const std::string from = to_iso(from_second, office.offset());
    // The clock of a trial store stands still: waiting alone does not help.
    return as.say(
        office.caps().clock == clock_kind::manual ? word::due_waiting_trial : word::due_waiting,
        left.pending, from);
}

/// What is kept of a notification that could not be printed: no words of any language, for who
/// looks may read another one.
constexpr std::string_view not_printed = "file_unwritable stdout: ";

std::string why_not_told(const common& as, const std::string& kept) {
    if (kept.compare(0, not_printed.size(), not_printed) != 0) return kept;
    return error{errc::file_unwritable, {"stdout", kept.substr(not_printed.size())}, {}, {}}.text(
        as.words);
}

json_object json_of(const common& as, const notification& n) {
    json_object out;
    out.text("key", n.key)
        .text("case", n.of.str())
        .text("task", n.task.step.empty() ? "" : to_string(n.task));
    out.text("unit", n.what.to.unit).text("role", n.what.to.role).text("person", n.what.to.person);
    out.number("attempt", n.attempt).text("text", n.text(as.words));
    return out;
}

}  // namespace

int run_run_due(const common& as, const run_due_args& given) {
    auto office = open_office(as, given.store, opening::existing);
    if (!office) return report(as, office.error());
    (*office)->on_notification([&](const notification& n) {
        errno = 0;
        if (as.json)
            line(json_of(as, n).str());
        else
            line(as, n.text(as.words));
        if (flush()) return;
        const std::string why = std::generic_category().message(errno == 0 ? EIO : errno);
        throw std::runtime_error(std::string(not_printed) + why);
    });
    auto did = (*office)->run_due(given.batch);
    if (!did) return report(as, did.error());
    auto left = (*office)->outbox();
    if (!left) return report(as, left.error());
    if (as.json) {
        json_object out;
        out.number("timers", did->timers)
            .number("links", did->links)
            .number("delivered", did->delivered);
        out.number("failed", did->failed)
            .number("set_aside", did->set_aside)
            .flag("more", did->more);
        add_counts(out, *left, (*office)->offset());
        std::vector<std::string> problems;
        for (const error& e : did->problems) problems.push_back(to_json(e, as.words));
        line(out.raw("problems", json_array(problems)).str());
    } else {
        line(as, as.say(word::due_done, did->timers, did->links, did->delivered, did->failed,
                        did->set_aside));
        for (const error& e : did->problems) error_line(as.say(word::error_line, e.text(as.words)));
        if (did->more) line(as, as.say(word::due_more));
        // Where the notifications went nobody may be reading.
        const auto tell = [&](const std::string& text) {
            did->failed > 0 ? error_line(text) : line(as, text);
        };
        if (left->pending > 0) tell(what_waits(as, **office, *left));
        if (left->set_aside > 0) tell(as.say(word::due_aside, left->set_aside));
    }
    return did->problems.empty() ? done : wrong;
}

/// `--retry N|KEY|all`.
int retry(const common& as, const notices_args& given) {
    auto office = open_office(as, given.store, opening::existing);
    if (!office) return report(as, office.error());
    std::string key = given.retry;
    if (key == "all" || key == "tất cả") {
        key.clear();
    } else if (std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        // A number of the list as it is shown with the same --limit.
        std::size_t number = 0;
        const auto read = std::from_chars(key.data(), key.data() + key.size(), number);
        auto aside = (*office)->set_aside(given.limit);
        if (!aside) return report(as, aside.error());
        if (read.ec != std::errc{} || number == 0 || number > aside->size())
            return report(
                as, error{errc::not_found, {as.say(word::notices_no_such, given.retry)}, {}, {}});
        key = (*aside)[number - 1].key;
    }
    auto again = (*office)->offer_again(key);
    if (!again) return report(as, again.error());
    if (as.json)
        line(json_object().number("offered_again", *again).str());
    else
        line(as, as.say(word::notices_again, *again));
    return done;
}

int run_notices(const common& as, const notices_args& given) {
    if (!given.retry.empty()) return retry(as, given);
    auto office = open_office(as, given.store, opening::look);
    if (!office) return report(as, office.error());
    auto left = (*office)->outbox();
    if (!left) return report(as, left.error());
    auto aside = (*office)->set_aside(given.limit);
    if (!aside) return report(as, aside.error());
    if (as.json) {
        json_object out;
        add_counts(out, *left, (*office)->offset());
        std::vector<std::string> rows;
        for (const notification& n : *aside)
            rows.push_back(json_of(as, n).text("why", why_not_told(as, n.last_error)).str());
        line(out.raw("set_aside", json_array(rows)).str());
        return done;
    }
    if (aside->empty()) line(as, as.say(word::notices_none));
    std::size_t number = 0;
    for (const notification& n : *aside) {
        line(as, std::to_string(++number) + ") " + n.text(as.words));
        line(as, as.say(word::notices_why,
                        counted(as, n.attempt, word::count_one_time, word::count_times),
                        safe(why_not_told(as, n.last_error))));
    }
    if (aside->size() < left->set_aside) line(as, as.say(word::more_rows));
    if (left->pending > 0) line(as, what_waits(as, **office, *left));
    return done;
}

}  // namespace cli
