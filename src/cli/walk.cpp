// SPDX-License-Identifier: BSL-1.0
// src/cli/walk.cpp: run: a case walked by hand. The menu is made of what `options` allows to every
// unit that has to do with what is open; each answer is one line, so that a pipe can walk a case
// too.
#include "commands.hpp"
#include "events.hpp"
#include "interview.hpp"
#include "office.hpp"
#include "tables.hpp"

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <charconv>
#include <iostream>

#include <unistd.h>

namespace cli {

using namespace quytrinh;

namespace {

/// A line of the menu.
struct choice {
    case_id of;
    actor by;
    option what;
    std::string outcome;
    bool reason = false;
    std::string name;  ///< as the menu shows it
};

/// Thrown when the input ends: the walk is over, cleanly.
struct input_ended {};

constexpr std::size_t longest_line = 64u << 10;
constexpr std::size_t most_choices = 500;
constexpr std::string_view somebody = "nv01";

class walker {
public:
    walker(const common& as, runtime& office, office_tables& tables, case_id first,
           bool virtual_time)
        : as_(as),
          office_(office),
          tables_(tables),
          cases_{std::move(first)},
          virtual_time_(virtual_time) {}

    int walk() {
        try {
            while (turn()) {}
        } catch (const input_ended&) {
            line("");
        }
        if (auto found = office_.find(cases_.front()))
            line(as_, as_.say(word::walk_bye, found->state.version));
        return done;
    }

private:
    // -- input

    std::string ask(const std::string& prompt) {
        part(prompt);
        std::string text;
        if (!std::getline(std::cin, text) || text.size() > longest_line) throw input_ended{};
        while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.pop_back();
        // What comes through a pipe is shown, as a terminal would have.
        if (!typed_) line(safe(text));
        while (!text.empty() && text.front() == ' ') text.erase(0, 1);
        return text;
    }

    // -- one turn

    bool turn() {
        if (auto did = office_.run_due(); !did) report(as_, did.error());
        const std::vector<choice> menu = show();
        if (!any_open_) {
            line(as_, as_.say(word::walk_ended));
            return false;
        }
        std::string text = ask(as_.say(word::walk_prompt));
        if (text.empty()) return true;
        const auto space = text.find(' ');
        const std::string first = text.substr(0, space);
        const std::string rest = space == std::string::npos ? "" : text.substr(space + 1);
        if (first == "q") return false;
        if (first == "h") return show_history(), true;
        if (first == "t") return pass_time(rest), true;
        std::size_t number = 0;
        const auto read = std::from_chars(first.data(), first.data() + first.size(), number);
        if (read.ptr != first.data() + first.size() || number == 0 || number > menu.size()) {
            line(as_, as_.say(word::walk_unknown, safe(text)));
            return true;
        }
        act(menu[number - 1], rest);
        return true;
    }

    /// Prints what is open and what may be done; returns the menu.
    std::vector<choice> show() {
        std::vector<choice> menu;
        any_open_ = false;
        line("");
        if (auto now = office_.backing().now())
            line(as_, as_.say(word::walk_now, when(*now, office_.offset())));
        for (std::size_t i = 0; i < cases_.size(); ++i) {
            auto found = office_.find(cases_[i]);
            if (!found) {
                report(as_, found.error());
                continue;
            }
            if (found->state.status != case_status::open) continue;
            any_open_ = true;
            show_case(*found);
            collect(*found, menu);
        }
        if (!any_open_) return menu;
        line(as_, as_.say(word::walk_choices));
        for (std::size_t i = 0; i < menu.size(); ++i)
            line(as_, fmt::format("{:>4}. {}", i + 1, menu[i].name));
        if (virtual_time_) line(as_, "   " + as_.say(word::walk_time));
        line(as_, "   " + as_.say(word::walk_more));
        return menu;
    }

    void show_case(const case_details& c) {
        line(as_, as_.say(word::show_case, c.state.id.str()) + " · " + safe(c.state.procedure) +
                      (c.state.clock_passed() ? ", " + as_.say(word::word_case_overdue) : ""));
        for (const task_state& t : c.state.tasks) {
            if (t.status != task_status::open) continue;
            std::string text = "  " + cli::name_of(*c.definition, t.task) + " – " +
                               names_of(as_, t.leads, t.any_lead);
            if (!t.with.empty())
                text += "; " + as_.say(word::word_coordinate) + " " + names_of(as_, t.with, false);
            text += ", " + limit_of(as_, t.due, c.offset);
            if (!t.assignee.empty()) text += ", " + as_.say(word::taken_by, safe(t.assignee));
            if (t.overdue) text += ", " + as_.say(word::word_overdue);
            const confirmations who = confirmations_of(t);
            if (!who.given.empty()) text += "; " + as_.say(word::confirmed_by, join(who.given));
            if (!who.missing.empty()) text += "; " + as_.say(word::awaiting_of, join(who.missing));
            line(as_, text);
        }
        for (const consultation_state& q : c.state.consultations)
            if (q.status == task_status::open)
                line(as_, "  " + cli::name_of(*c.definition, q.consultation) + " – " +
                              names_of(as_, q.asked, true) + ", " + limit_of(as_, q.due, c.offset) +
                              (q.text.empty() ? "" : ": “" + safe(q.text) + "”"));
    }

    /// Every unit with what it may do; what two units may do alike is listed for each.
    void collect(const case_details& c, std::vector<choice>& menu) {
        for (const std::string& unit : units_of(c.state)) {
            // Whoever has a task of the unit acts for it, else somebody.
            actor by{unit, person_of(c.state, unit)};
            if (by.person.empty()) by.person = somebody;
            auto options = office_.options(c.state.id, by);
            if (!options) continue;
            for (const option& o : *options) {
                if (!o.allowed && o.rule == errc::same_person) {
                    add_for_another(c, unit, o, menu);
                    continue;
                }
                if (!o.allowed || hidden(o.command)) continue;
                add(c, by, o, menu);
            }
        }
    }
    void add(const case_details& c, const actor& by, const option& o, std::vector<choice>& menu) {
        if (menu.size() >= most_choices) return;
        choice one{c.state.id, by, o, {}, false, {}};
        one.name = name_of(one);
        if (o.outcomes.empty()) menu.push_back(one);
        for (const option::outcome& out : o.outcomes) {
            one.outcome = out.name;
            one.reason = out.reason;
            one.name = name_of(one);
            menu.push_back(one);
        }
    }
    /// Whoever did an earlier step may not do this one: a colleague of the unit is offered instead.
    void add_for_another(const case_details& c, const std::string& unit, const option& wanted,
                         std::vector<choice>& menu) {
        for (const char* person : {"nv02", "nv03", "nv04"}) {
            const actor by{unit, person};
            auto options = office_.options(c.state.id, by);
            if (!options) return;
            for (const option& o : *options)
                if (o.allowed && o.command == wanted.command && o.task == wanted.task)
                    return add(c, by, o, menu);
        }
    }
    /// What needs a file or another case is for `quytrinh do`.
    static bool hidden(const std::string& command) {
        static constexpr std::string_view not_here[] = {"attach", "link", "record", "release",
                                                        "claim"};
        return std::find(std::begin(not_here), std::end(not_here), command) != std::end(not_here);
    }
    static word verb_of(const std::string& command) {
        static constexpr std::pair<std::string_view, word> verbs[] = {
            {"complete", word::do_complete}, {"receive", word::do_receive},
            {"claim", word::do_claim},       {"release", word::do_release},
            {"assign", word::do_assign},     {"reassign", word::do_reassign},
            {"record", word::do_record},     {"opine", word::do_opine},
            {"consult", word::do_consult},   {"answer", word::do_answer},
            {"comment", word::do_comment},   {"attach", word::do_attach},
            {"withdraw", word::do_withdraw}, {"cancel", word::do_cancel},
            {"signal", word::do_signal},     {"link", word::do_link},
        };
        for (const auto& [name, verb] : verbs)
            if (name == command) return verb;
        return word::do_comment;
    }

    std::string name_of(const choice& one) {
        std::string text = safe(to_string(one.by)) + ": " + as_.say(verb_of(one.what.command));
        if (!one.what.consultation.empty()) {
            text += " " + safe(one.what.consultation) + " “" + safe(one.what.title) + "” (" +
                    safe(to_string(one.what.task)) + ")";
        } else if (!one.what.task.step.empty()) {
            text += " " +
                    safe(one.what.task.round == 0 ? one.what.task.step : to_string(one.what.task));
            if (!one.what.title.empty()) text += " “" + safe(one.what.title) + "”";
        } else if (one.what.command == "signal") {
            text += " " + quoted(one.what.answers, " / ");
        }
        for (const option::outcome& out : one.what.outcomes) {
            if (out.name != one.outcome) continue;
            if (is_choice(out.name)) text += ", " + outcome_text(out.name);
            if (!out.ways.empty()) text += " → " + ways_on(as_, out);
            if (out.reason) text += ", " + as_.say(word::with_reason);
        }
        if (cases_.size() > 1) text += "  [" + one.of.str().substr(0, 6) + "]";
        return text;
    }

    // -- acting

    void act(const choice& one, const std::string& person) {
        auto found = office_.find(one.of);
        if (!found) {
            report(as_, found.error());
            return;
        }
        case_command what;
        what.target = one.of;
        what.by = one.by;
        if (!person.empty()) what.by.person = person;
        interview form{as_,
                       *found,
                       one.what,
                       what.by,
                       one.outcome,
                       one.reason,
                       [this](const std::string& prompt) { return ask(prompt); },
                       typed_so_far_,
                       tables_};
        auto body = form.body();
        if (!body) {
            line(as_, as_.say(word::walk_unknown, safe(one.what.command)));
            return;
        }
        what.body = std::move(*body);
        auto result = office_.execute(std::move(what));
        if (!result) {
            report(as_, result.error());
            return;
        }
        typed_so_far_.clear();
        for (const case_id& child : result->children) {
            if (std::find(cases_.begin(), cases_.end(), child) == cases_.end())
                cases_.push_back(child);
            line(as_, as_.say(word::walk_child, child.str()));
        }
    }

    void show_history() {
        for (const case_id& of : cases_) {
            auto events = office_.history(of);
            auto found = office_.find(of);
            if (!events || !found) continue;
            for (const history_entry& entry : *events)
                line(as_, describe(as_, *found->definition, entry, found->offset), history_hang);
        }
    }

    /// "", "3d", "4h", "30m", or an instant.
    void pass_time(const std::string& text) {
        if (!virtual_time_) {
            line(as_, as_.say(word::walk_no_time));
            return;
        }
        auto now = office_.backing().now();
        if (!now) {
            report(as_, now.error());
            return;
        }
        std::optional<instant> to;
        if (text.empty()) {
            to = next_due(*now);
            if (!to) {
                line(as_, as_.say(word::walk_no_due));
                return;
            }
        } else if (to = read_when(text, office_.offset()); !to) {
            std::int64_t number = 0;
            const char* end = text.data() + text.size();
            const auto read = std::from_chars(text.data(), end, number);
            const std::string unit(read.ptr, end);
            if (number > 0 && number <= 100'000) {
                if (unit == "d") to = *now + std::chrono::days{number};
                if (unit == "h") to = *now + std::chrono::hours{number};
                if (unit == "m") to = *now + std::chrono::minutes{number};
            }
        }
        if (!to) {
            line(as_, as_.say(word::walk_unknown, safe(text)));
            return;
        }
        if (auto set = office_.backing().set_clock(*to); !set) report(as_, set.error());
    }
    std::optional<instant> next_due(instant now) {
        std::optional<instant> next;
        for (const case_id& of : cases_) {
            auto found = office_.find(of);
            if (!found) continue;
            const auto look = [&](task_status status, const task_due& due) {
                if (status != task_status::open || due.kind != due_kind::counted || !due.due)
                    return;
                if (due.due->before > now && (!next || due.due->before < *next))
                    next = due.due->before;
            };
            if (const auto clock = found->state.next_clock();
                clock && *clock > now && (!next || *clock < *next))
                next = clock;
            for (const task_state& t : found->state.tasks) look(t.status, t.due);
            for (const consultation_state& q : found->state.consultations) look(q.status, q.due);
        }
        return next;
    }

    const common& as_;
    runtime& office_;
    office_tables& tables_;
    std::vector<case_id> cases_;
    bool virtual_time_;
    bool typed_ = ::isatty(STDIN_FILENO) != 0;
    bool any_open_ = false;
    drafts typed_so_far_;
};

/// In memory unless a store was named; virtual time unless the real one was asked for.
result<std::unique_ptr<runtime>> office_of(const common& as, const walk_args& given) {
    if (!given.store.path.empty()) return open_office(as, given.store, opening::or_create);
    if (given.real) return open_memory_office(as, given.store, std::nullopt);
    std::optional<instant> at =
        std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now());
    if (!given.store.at.empty()) at = read_when(given.store.at, usual_offset);
    if (!at) return fail(errc::invalid_argument, {"--at " + given.store.at});
    return open_memory_office(as, given.store, at);
}

/// A text is tried before it is in force: time that is nobody's begins on its day.
void begin_in_force(runtime& office, const procedure& of) {
    const auto first = first_day_of(of.head.effective);
    const auto now = office.backing().now();
    if (!first || !now) return;
    const instant start = start_of(*first, office.offset()) + std::chrono::hours{8};
    if (*now < start) (void)office.backing().set_clock(start);
}

/// What the walk opens, or the exit code of a refusal that has been reported.
struct beginning {
    procedure_ptr definition;
    open_options options;
    int code = done;
};

beginning begin(const common& as, runtime& office, const walk_args& given) {
    beginning all;
    auto definition = add_procedure(as, office, given.procedure);
    if (!definition) return {{}, {}, report(as, definition.error())};
    all.definition = *definition;
    if (given.store.path.empty() && given.store.at.empty() && !given.real)
        begin_in_force(office, *all.definition);
    if (const auto used = in_use(office, *all.definition); !used)
        return {{}, {}, report(as, used.error())};
    all.options.reference = given.reference;
    if (!read_bindings(given.bind, all.options.bind))
        return {{}, {}, misuse(as, as.say(word::usage_pair, "--bind", given.bind.front()))};
    // Whoever leads the first step opens the case, or whoever records for one outside the office.
    const step* first = all.definition->first_step();
    std::string role =
        first == nullptr || first->lead.parties.empty() ? "" : first->lead.parties.front();
    if (first != nullptr && !first->recorder.empty()) role = first->recorder;
    all.options.by = {role, std::string(somebody)};
    for (const binding& b : all.options.bind)
        if (b.role == role)
            all.options.by = {b.unit, b.person.empty() ? std::string(somebody) : b.person};
    if (!given.by.empty()) {
        all.options.by = read_actor(given.by);
        if (all.options.by.person.empty()) all.options.by.person = somebody;
    }
    return all;
}

/// What is refused leaves no file behind: before there is a store, it is tried without one.
int try_first(const common& as, const walk_args& given) {
    auto trial = try_in_memory(as, given.store);
    if (!trial) return report(as, trial.error());
    const beginning tried = begin(as, **trial, given);
    if (tried.code != done) return tried.code;
    if (const auto fault = office_tables(**trial).read(as, *tried.definition, given.rows))
        return *fault;
    if (auto opened = (*trial)->open(tried.definition->code, tried.options); !opened)
        return report(as, opened.error());
    return done;
}

}  // namespace

int run_walk(const common& as, const walk_args& given) {
    if (as.json) return misuse(as, as.say(word::usage_run_json));
    if (given.real && !given.store.at.empty()) return misuse(as, as.say(word::usage_real_store));
    common now = as;
    if (!given.store.path.empty() && is_new_store(given.store)) {
        if (const int code = try_first(as, given); code != done) return code;
        now.told = true;
    }
    auto office = office_of(now, given);
    if (!office) return report(now, office.error());
    const beginning first = begin(now, **office, given);
    if (first.code != done) return first.code;
    (*office)->on_notification([&](const notification& n) {
        line(as, as.say(word::walk_told, n.text(as.words)));
        if (!flush()) throw std::runtime_error("output");
    });
    line(as, as.say(word::walk_title, safe(first.definition->code), safe(first.definition->title)));
    office_tables tables(**office);
    if (const auto fault = tables.read(now, *first.definition, given.rows)) return *fault;
    auto opened = (*office)->open(first.definition->code, first.options);
    if (!opened) return report(now, opened.error());
    const bool virtual_time = (*office)->caps().clock == clock_kind::manual;
    now.asks = true;
    return walker(now, **office, tables, *opened, virtual_time).walk();
}

}  // namespace cli
