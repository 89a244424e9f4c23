// SPDX-License-Identifier: BSL-1.0
// src/cli/walk.cpp: run: a case walked by hand. The menu is made of what `options` allows to every
// unit that has to do with what is open; each answer is one line, so that a pipe can walk a case
// too.
#include "commands.hpp"
#include "events.hpp"
#include "office.hpp"

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
};

/// Thrown when the input ends: the walk is over, cleanly.
struct input_ended {};

constexpr std::size_t longest_line = 64u << 10;
constexpr std::size_t most_choices = 500;
constexpr std::string_view somebody = "nv01";

class walker {
public:
    walker(const common& as, runtime& office, case_id first, bool virtual_time)
        : as_(as), office_(office), cases_{std::move(first)}, virtual_time_(virtual_time) {}

    int walk() {
        try {
            while (turn()) {}
        } catch (const input_ended&) {
            line("");
        }
        if (auto found = office_.find(cases_.front()))
            line(as_.say(word::walk_bye, found->state.version));
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
    bool ask_yes(const std::string& prompt) {
        const std::string text = ask(prompt);
        return !text.empty() &&
               (text[0] == 'c' || text[0] == 'C' || text[0] == 'y' || text[0] == 'Y');
    }

    // -- one turn

    bool turn() {
        if (auto did = office_.run_due(); !did) report(as_, did.error());
        const std::vector<choice> menu = show();
        if (!any_open_) {
            line(as_.say(word::walk_ended));
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
            line(as_.say(word::walk_unknown, safe(text)));
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
            line(as_.say(word::walk_now, when(*now, office_.offset())));
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
        line(as_.say(word::walk_choices));
        for (std::size_t i = 0; i < menu.size(); ++i)
            line(fmt::format("{:>4}. {}", i + 1, name_of(menu[i])));
        if (virtual_time_) line("   " + as_.say(word::walk_time));
        line("   " + as_.say(word::walk_more));
        return menu;
    }

    void show_case(const case_details& c) {
        line(as_.say(word::show_case, c.state.id.str()) + " · " + safe(c.state.procedure));
        const auto seats = [](const std::vector<seat>& all) {
            std::vector<std::string> names;
            for (const seat& s : all) names.push_back(cli::name_of(s));
            return join(names);
        };
        for (const task_state& t : c.state.tasks) {
            if (t.status != task_status::open) continue;
            std::string text = "  " + cli::name_of(*c.definition, t.task) + " – " + seats(t.leads);
            if (!t.with.empty())
                text += "; " + as_.say(word::word_coordinate) + " " + seats(t.with);
            text += ", " + limit_of(as_, t.due, c.offset);
            if (!t.assignee.empty()) text += ", " + as_.say(word::taken_by, safe(t.assignee));
            if (t.overdue) text += ", " + as_.say(word::word_overdue);
            line(text);
        }
        for (const consultation_state& q : c.state.consultations)
            if (q.status == task_status::open)
                line("  " + cli::name_of(*c.definition, q.consultation) + " – " + seats(q.asked) +
                     ", " + limit_of(as_, q.due, c.offset) +
                     (q.text.empty() ? "" : ": " + safe(q.text)));
    }

    /// Every unit with what it may do; what two units may do alike is listed for each.
    void collect(const case_details& c, std::vector<choice>& menu) {
        for (const std::string& unit : units_of(c.state)) {
            const actor by{unit, person_of(c.state, unit)};
            auto options = office_.options(c.state.id, by);
            if (!options) continue;
            for (option& o : *options) {
                if (!o.allowed || hidden(o.command) || menu.size() >= most_choices) continue;
                choice one{c.state.id, by, o, {}, false};
                if (o.outcomes.empty()) {
                    menu.push_back(std::move(one));
                    continue;
                }
                for (const option::outcome& out : o.outcomes) {
                    one.outcome = out.name;
                    one.reason = out.reason;
                    menu.push_back(one);
                }
            }
        }
    }
    /// What needs a file or another case is for `quytrinh do`.
    static bool hidden(const std::string& command) {
        static constexpr std::string_view not_here[] = {"attach", "link", "record", "release",
                                                        "claim"};
        return std::find(std::begin(not_here), std::end(not_here), command) != std::end(not_here);
    }
    /// Whoever has a task of the unit acts for it, else somebody.
    static std::string person_of(const case_state& state, const std::string& unit) {
        for (const task_state& t : state.tasks) {
            if (t.status != task_status::open) continue;
            for (const seat& s : t.leads) {
                if (s.unit != unit && s.role != unit) continue;
                if (!t.assignee.empty()) return t.assignee;
                if (!s.person.empty()) return s.person;
            }
        }
        for (const seat& s : state.seats)
            if ((s.unit == unit || s.role == unit) && !s.person.empty()) return s.person;
        return std::string(somebody);
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
            text += " “" + safe(one.what.title) + "”";
        }
        for (const option::outcome& out : one.what.outcomes) {
            if (out.name != one.outcome) continue;
            if (is_choice(out.name)) text += ", " + safe(out.name);
            if (!out.leads_to.empty()) text += " → " + safe(out.leads_to);
            if (out.reason) text += ", " + as_.say(word::with_reason);
        }
        if (cases_.size() > 1) text += "  [" + one.of.str().substr(0, 6) + "]";
        return text;
    }

    // -- acting

    void ask_fields(const option& what, std::vector<field_entry>& out) {
        for (const option::field& f : what.fields) {
            std::string more = f.choices.empty() ? "" : ": " + safe(join(f.choices, " / "));
            if (!f.columns.empty()) more += ": " + safe(join(f.columns, " | "));
            if (!f.current.empty()) more += " = " + text_of(as_, f.current);
            const std::string need =
                as_.say(f.required ? word::required_mark : word::walk_optional);
            const std::string given =
                ask(as_.say(word::walk_field, safe(f.name), safe(f.type), need, more));
            if (!given.empty()) {
                // Several entries of a list are parted by ';', cells of a row by '|'.
                std::vector<std::string> texts;
                std::size_t begin = 0;
                while (begin <= given.size()) {
                    std::size_t end = given.find(';', begin);
                    if (end == std::string::npos || !many(f)) end = given.size();
                    std::string one = given.substr(begin, end - begin);
                    while (!one.empty() && one.front() == ' ') one.erase(0, 1);
                    if (!one.empty()) texts.push_back(f.name + " trong " + f.form + "=" + one);
                    begin = end + 1;
                }
                if (definition_ && !read_fields(texts, *definition_, out))
                    line(as_.say(word::walk_unknown, safe(given)));
            }
        }
    }
    static bool many(const option::field& f) {
        return f.kind == field_type::any_of || f.kind == field_type::list ||
               f.kind == field_type::checklist;
    }

    /// "2.3", or "2" where the procedure has a step 2.3 of its own.
    [[nodiscard]] std::string task_of(const option& what) const {
        if (what.task.round == 0) return what.task.step;
        const std::string exact = to_string(what.task);
        return definition_ && definition_->find_step(exact) != nullptr ? what.task.step : exact;
    }

    command::complete make_complete(const choice& one) {
        command::complete c;
        c.task = task_of(one.what);
        c.outcome = one.outcome;
        ask_fields(one.what, c.fields);
        if (one.reason) c.reason = ask(as_.say(word::walk_reason));
        for (const option::condition_to_confirm& p : one.what.preconditions) {
            if (!ask_yes(as_.say(word::walk_confirm, safe(p.text)))) continue;
            c.confirmed.texts.push_back(p.text);
            if (!p.evidence) continue;
            attachment paper;
            paper.name = ask(as_.say(word::walk_evidence, safe(p.text)));
            paper.media_type = "application/octet-stream";
            paper.precondition = p.text;
            if (!paper.name.empty()) c.attachments.push_back(std::move(paper));
        }
        for (const std::string& role : one.what.assign_roles) {
            const std::string who = ask(as_.say(word::walk_assign, safe(role)));
            if (who.empty()) continue;
            const actor to = read_actor(who);
            c.assign.push_back({role, to.unit, to.person});
        }
        for (const std::string& code : one.what.may_open)
            if (ask_yes(as_.say(word::walk_may_open, safe(code)))) c.open_linked.push_back(code);
        return c;
    }

    std::optional<command::body> make_body(const choice& one) {
        const std::string& name = one.what.command;
        const std::string task = task_of(one.what);
        const auto text = [&] { return ask(as_.say(word::walk_text)); };
        if (name == "complete") return make_complete(one);
        if (name == "receive") return command::receive{task};
        if (name == "opine") return command::opine{task, text()};
        if (name == "comment") return command::comment{task, text()};
        if (name == "withdraw") return command::withdraw{ask(as_.say(word::walk_reason))};
        if (name == "cancel") return command::cancel{ask(as_.say(word::walk_reason))};
        if (name == "assign" || name == "reassign") {
            const actor to = read_actor(ask(as_.say(word::walk_person)));
            const bool bare = to.person.empty();
            const std::string person = bare ? to.unit : to.person;
            const std::string unit = bare ? "" : to.unit;
            if (name == "assign") return command::assign{task, unit, person, {}};
            return command::reassign{task, unit, person, ask(as_.say(word::walk_reason))};
        }
        if (name == "consult") {
            command::consult c;
            c.consultation = one.what.consultation;
            c.task = task;
            ask_fields(one.what, c.fields);
            c.text = text();
            return c;
        }
        if (name == "answer") {
            command::answer c;
            c.consultation = task;
            ask_fields(one.what, c.fields);
            if (!one.what.answers.empty())
                c.chosen = ask("  " + safe(join(one.what.answers, " / ")) + ": ");
            c.text = text();
            return c;
        }
        if (name == "signal") {
            command::signal c;
            c.event = one.what.title.empty() ? text() : one.what.title;
            return c;
        }
        return std::nullopt;
    }

    void act(const choice& one, const std::string& person) {
        auto found = office_.find(one.of);
        if (!found) {
            report(as_, found.error());
            return;
        }
        definition_ = found->definition;
        case_command what;
        what.target = one.of;
        what.by = one.by;
        if (!person.empty()) what.by.person = person;
        auto body = make_body(one);
        if (!body) {
            line(as_.say(word::walk_unknown, safe(one.what.command)));
            return;
        }
        what.body = std::move(*body);
        auto result = office_.execute(std::move(what));
        if (!result) {
            report(as_, result.error());
            return;
        }
        for (const case_id& child : result->children) {
            if (std::find(cases_.begin(), cases_.end(), child) == cases_.end())
                cases_.push_back(child);
            line(as_.say(word::walk_child, child.str()));
        }
    }

    void show_history() {
        for (const case_id& of : cases_) {
            auto events = office_.history(of);
            auto found = office_.find(of);
            if (!events || !found) continue;
            for (const history_entry& entry : *events)
                line(describe(as_, *found->definition, entry, found->offset));
        }
    }

    /// "", "3d", "4h", "30m", or an instant.
    void pass_time(const std::string& text) {
        if (!virtual_time_) {
            line(as_.say(word::walk_no_time));
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
                line(as_.say(word::walk_no_due));
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
            line(as_.say(word::walk_unknown, safe(text)));
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
            for (const task_state& t : found->state.tasks) look(t.status, t.due);
            for (const consultation_state& q : found->state.consultations) look(q.status, q.due);
        }
        return next;
    }

    const common& as_;
    runtime& office_;
    std::vector<case_id> cases_;
    bool virtual_time_;
    bool typed_ = ::isatty(STDIN_FILENO) != 0;
    bool any_open_ = false;
    procedure_ptr definition_;
};

/// In memory unless a store was named; virtual time unless the real one was asked for.
result<std::unique_ptr<runtime>> office_of(const common& as, const walk_args& given) {
    if (!given.store.path.empty()) return open_office(as, given.store, opening::or_create);
    memory_options options;
    options.seed = given.store.seed;
    if (!given.real) {
        std::optional<instant> at =
            std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now());
        if (!given.store.at.empty()) at = read_when(given.store.at, std::chrono::minutes{420});
        if (!at) return fail(errc::invalid_argument, {"--at " + given.store.at});
        options.manual_clock = at;
    } else {
        options.seed.reset();
    }
    return std::make_unique<runtime>(bundled(), open_memory(options), trust_host);
}

}  // namespace

int run_walk(const common& as, const walk_args& given) {
    if (given.real && !given.store.at.empty()) return misuse(as, as.say(word::usage_real_store));
    auto office = office_of(as, given);
    if (!office) return report(as, office.error());
    auto code = add_procedure(as, **office, given.procedure);
    if (!code) return report(as, code.error());
    auto definition = (*office)->procedure_of(*code);
    if (!definition) return report(as, definition.error());
    (*office)->on_notification([&](const notification& n) {
        line(as.say(word::walk_told, n.text(as.words)));
        if (!flush()) throw std::runtime_error("output");
    });
    open_options options;
    options.reference = given.reference;
    if (!read_bindings(given.bind, options.bind))
        return misuse(as, as.say(word::usage_pair, "--bind", given.bind.front()));
    // Whoever leads the first step opens the case.
    const step* first = (*definition)->first_step();
    std::string role =
        first == nullptr || first->lead.parties.empty() ? "" : first->lead.parties.front();
    options.by = {role, std::string(somebody)};
    for (const binding& b : options.bind)
        if (b.role == role)
            options.by = {b.unit, b.person.empty() ? std::string(somebody) : b.person};
    line(as.say(word::walk_title, safe(*code), safe((*definition)->title)));
    auto opened = (*office)->open(*code, options);
    if (!opened) return report(as, opened.error());
    const bool virtual_time = (*office)->caps().clock == clock_kind::manual;
    return walker(as, **office, *opened, virtual_time).walk();
}

}  // namespace cli
