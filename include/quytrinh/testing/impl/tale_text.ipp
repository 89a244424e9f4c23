// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/tale_text.ipp: moves and what follows from them as lines of a scenario.
#pragma once

#include <quytrinh/testing/impl/tale_text.hpp>

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

namespace quytrinh::testing::detail {

namespace telling {
namespace {

using kind = scenario_value::kind;

scenario_value made(kind what, std::string text) { return {what, std::move(text), {}}; }
scenario_value text_of(std::string text) {
    return text.empty() ? scenario_value{} : made(kind::text, std::move(text));
}
scenario_value code_of(const std::string& code) {
    return code.empty() ? scenario_value{} : made(kind::code, code);
}
scenario_value step_of(const std::string& id) { return made(kind::step, id); }

/// "11/12/2023 08:00", local.
scenario_value moment_of(instant at, std::chrono::minutes offset) {
    const std::string iso = to_iso(at, offset);  // 2023-12-11T08:00:00+07:00
    return made(kind::moment, iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4) +
                                  " " + iso.substr(11, 5));
}

scenario_value outcome_of(const std::string& name) {
    if (name == "OK") return made(kind::ok, {});
    if (name == "NOK") return made(kind::nok, {});
    if (name == "xong" || name == "done") return {};
    return text_of(name);
}

scenario_person person_of(const actor& who) {
    return {code_of(who.unit), who.person == somebody_of(who.unit) ? std::string() : who.person};
}

scenario_value item_of(const value& v) {
    return std::visit(
        [](const auto& one) -> scenario_value {
            using type = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<type, std::string>)
                return made(kind::text, one);
            else if constexpr (std::is_same_v<type, decimal>)
                return made(kind::number, one.text());
            else if constexpr (std::is_same_v<type, date>)
                return made(kind::date, to_day_first(one));
            else if constexpr (std::is_same_v<type, bool>)
                return made(one ? kind::yes : kind::no, {});
            else
                return {};
        },
        v.data());
}

scenario_field field_of(const procedure& of, const field_entry& entry) {
    scenario_field out;
    out.field = entry.field;
    // The form is said only where the name alone would not do.
    std::size_t forms = 0;
    for (const form& f : of.forms)
        if (f.find(entry.field) != nullptr) ++forms;
    if (forms > 1) out.form = entry.form;
    if (const auto* items = entry.content.get_if<std::vector<std::string>>()) {
        for (const std::string& item : *items) out.items.push_back(made(kind::text, item));
    } else if (const auto* rows = entry.content.get_if<value_rows>()) {
        for (const auto& row : *rows) {
            out.rows.emplace_back();
            for (const value& cell : row) out.rows.back().push_back(item_of(cell));
        }
    } else {
        out.items.push_back(item_of(entry.content));
    }
    return out;
}

std::string step_named(const procedure& of, const std::string& task) {
    if (of.find_step(task) != nullptr) return task;
    return task.substr(0, task.rfind('.'));
}

/// Puts one kind of command into words; kinds that the language has no line for return false.
struct speaker {
    const procedure& of;
    scenario_act& out;
    using act = scenario_act::kind;

    bool say(act what, const std::string& task = {}) {
        out.kind_of = what;
        if (task.empty()) return true;
        const std::string step = step_named(of, task);
        out.step = step_of(step);
        // Several are open: which of them is not left to the order.
        if (step.size() < task.size() &&
            (what == act::answer || what == act::complete || what == act::receive))
            out.round = made(kind::number, task.substr(step.size() + 1));
        return true;
    }
    void fill(const std::vector<field_entry>& fields) {
        for (const field_entry& one : fields) out.fields.push_back(field_of(of, one));
    }
    void attach(const std::vector<attachment>& files) {
        for (const attachment& one : files) out.files.emplace_back(one.name, one.precondition);
    }
    bool operator()(const command::complete& c) {
        say(act::complete, c.task);
        out.outcome = outcome_of(c.outcome);
        out.because = text_of(c.reason);
        fill(c.fields);
        attach(c.attachments);
        for (const binding& b : c.assign)
            out.assigned.emplace_back(b.role, scenario_person{code_of(b.unit), b.person});
        out.channel = c.channel;
        out.opens = c.open_linked;
        out.lead = c.lead;
        out.unticked.clear();
        out.nothing_ticked = !c.confirmed.all && c.confirmed.texts.empty();
        return c.confirmed.all || c.confirmed.texts.empty();
    }
    bool operator()(const command::record& c) {
        fill(c.fields);
        out.channel = c.channel;
        return say(act::record, c.task) && !out.fields.empty();
    }
    bool operator()(const command::receive& c) { return say(act::receive, c.task); }
    bool operator()(const command::claim& c) { return say(act::claim, c.task); }
    bool operator()(const command::release& c) { return say(act::release, c.task); }
    bool operator()(const command::assign& c) {
        out.to = {code_of(c.unit.empty() ? out.who.unit.text : c.unit), c.person};
        out.because = text_of(c.reason);
        return say(act::assign, c.task);
    }
    bool operator()(const command::reassign& c) {
        out.to = {code_of(c.unit.empty() ? out.who.unit.text : c.unit), c.person};
        out.because = text_of(c.reason);
        return say(act::reassign, c.task);
    }
    bool operator()(const command::opine& c) {
        out.text = text_of(c.text);
        return say(act::opine, c.task);
    }
    bool operator()(const command::consult& c) {
        out.text = text_of(c.text);
        out.channel = c.channel;
        fill(c.fields);
        return say(act::consult, c.consultation);
    }
    bool operator()(const command::answer& c) {
        out.outcome = text_of(c.chosen.empty() ? c.text : c.chosen);
        fill(c.fields);
        return say(act::answer, c.consultation);
    }
    bool operator()(const command::withdraw& c) {
        out.because = text_of(c.reason);
        return say(act::withdraw);
    }
    bool operator()(const command::cancel& c) {
        out.because = text_of(c.reason);
        return say(act::cancel);
    }
    bool operator()(const command::signal& c) {
        out.text = text_of(c.event);
        return say(act::signal);
    }
    bool operator()(const command::timer_fired& c) {
        out.who = {};
        say(act::say_late, c.task);
        const step* at = of.find_step(out.step.text);
        out.of_question = at != nullptr && at->kind == step_kind::consultation;
        return true;
    }
    bool operator()(const command::attach& c) {
        attach({c.file});
        return say(act::attach, c.task);
    }
    template <class Other>
    bool operator()(const Other&) {
        return false;
    }
};

/// Writes what is seen after a move as what must be seen.
class witness {
public:
    witness(world& in, const procedure& of, scenario& into) : in_(in), of_(of), into_(into) {}

    void add(scenario_line line) { into_.lines.push_back(std::move(line)); }
    void expect(scenario_expectation what) {
        const bool also = !into_.lines.empty() &&
                          std::holds_alternative<scenario_expectation>(into_.lines.back().what);
        add({std::move(what), also, {}});
    }

    /// Whatever the events since the last look say.
    void look() {
        for (const case_event& fact : in_.history({}, seen_)) {
            seen_ = fact.seq;
            std::visit([&](const auto& body) { on(body); }, fact.body);
        }
    }

private:
    using expects = scenario_expectation::kind;

    scenario_expectation about(expects what, const std::string& step) const {
        scenario_expectation e;
        e.kind_of = what;
        e.steps = {step_of(step)};
        return e;
    }
    void limit(scenario_expectation& e, const task_due& due) const {
        if (due.kind == due_kind::immediately) e.due = made(kind::immediately, {});
        if (due.kind != due_kind::counted || !due.due) return;
        e.due = due.due->to_the_hour ? moment_of(due.due->before, in_.offset())
                                     : made(kind::date, to_day_first(due.due->last_day));
    }
    void on(const event::task_opened& e) {
        // What the same command has closed again cannot be seen.
        const auto now = in_.look();
        const task_state* t = now.state.find_task(e.task);
        if (t == nullptr || t->status != task_status::open) return;
        auto x = about(expects::task, e.task.step);
        if (!e.leads.empty()) x.who.unit = code_of(e.leads.front().role);
        limit(x, e.due);
        if (e.task.round > 1) x.round = made(kind::number, std::to_string(e.task.round));
        expect(std::move(x));
    }
    void on(const event::consultation_opened& e) {
        auto x = about(expects::question, e.consultation.step);
        if (!e.asked.empty()) x.who.unit = code_of(e.asked.front().role);
        limit(x, e.due);
        expect(std::move(x));
    }
    void on(const event::consultation_answered& e) {
        auto x = about(expects::answered, e.consultation.step);
        x.outcome = text_of(e.answer);
        expect(std::move(x));
    }
    void on(const event::task_overdue& e) {
        const bool asked = of_.find_step(e.task.step) != nullptr &&
                           of_.find_step(e.task.step)->kind == step_kind::consultation;
        auto x = about(asked ? expects::question : expects::task, e.task.step);
        x.overdue = true;
        expect(std::move(x));
    }
    void on(const event::case_overdue&) {
        scenario_expectation x;
        x.kind_of = expects::case_late;
        expect(std::move(x));
    }
    void on(const event::task_completed& e) {
        for (const std::string& kept : e.kept) {
            scenario_expectation x;
            x.kind_of = expects::record;
            x.code = kept;
            x.code_quoted = of_.find_record(kept) == nullptr;
            expect(std::move(x));
        }
        for (const link_request& link : e.links) {
            scenario_expectation x;
            x.kind_of = expects::new_case;
            x.code = link.procedure;
            if (!link.at_step.empty()) x.steps = {step_of(link.at_step)};
            expect(std::move(x));
        }
    }
    void on(const event::case_ended& e) {
        scenario_expectation x;
        x.kind_of = e.how == event::case_ended::way::reached_end ? expects::ended
                    : e.how == event::case_ended::way::withdrawn ? expects::withdrawn
                                                                 : expects::cancelled;
        if (x.kind_of == expects::ended) x.outcome = text_of(e.end_kind);
        expect(std::move(x));
    }
    template <class Other>
    void on(const Other&) {}

    world& in_;
    const procedure& of_;
    scenario& into_;
    std::uint64_t seen_ = 0;
};

std::string listed(std::vector<std::string> all, std::string_view word) {
    constexpr std::size_t most = 4;
    std::string text;
    for (std::size_t i = 0; i < all.size() && i < most; ++i) text += (i == 0 ? "" : ", ") + all[i];
    if (all.size() > most) text += "…";
    return std::string(word) + text;
}

void add_once(std::vector<std::string>& all, const std::string& one) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

}  // namespace
}  // namespace telling

std::optional<scenario_act> act_of(const procedure& of, const move& one,
                                   std::chrono::minutes offset) {
    scenario_act out;
    if (one.at) out.until = telling::moment_of(*one.at, offset);
    if (!one.what) return out;
    out.who = telling::person_of(one.by);
    telling::speaker says{of, out};
    if (!std::visit(says, *one.what)) return std::nullopt;
    return out;
}

std::string title_of(const procedure& of, const std::vector<case_event>& history) {
    const bool vi = of.words == dialect::vi;
    std::vector<std::string> back, named, late, asked;
    bool case_late = false;
    std::string end;
    for (const case_event& fact : history) {
        if (const auto* e = std::get_if<event::task_completed>(&fact.body)) {
            if (e->outcome == "NOK") telling::add_once(back, e->task.step);
            if (e->outcome != "NOK" && e->outcome != "OK" && e->outcome != "xong")
                telling::add_once(named, "“" + e->outcome + "”");
        } else if (const auto* o = std::get_if<event::task_overdue>(&fact.body)) {
            telling::add_once(late, o->task.step);
        } else if (const auto* q = std::get_if<event::consultation_opened>(&fact.body)) {
            telling::add_once(asked, q->consultation.step);
        } else if (std::holds_alternative<event::case_overdue>(fact.body)) {
            case_late = true;
        } else if (const auto* done = std::get_if<event::case_ended>(&fact.body)) {
            end = done->end_kind;
        }
    }
    std::vector<std::string> parts;
    if (!named.empty()) parts.push_back(telling::listed(named, ""));
    if (!back.empty()) parts.push_back(telling::listed(back, vi ? "NOK ở bước " : "NOK at step "));
    if (!asked.empty()) parts.push_back(telling::listed(asked, vi ? "hỏi " : "asks "));
    if (!late.empty())
        parts.push_back(telling::listed(late, vi ? "quá hạn ở bước " : "overdue at step "));
    if (case_late) parts.emplace_back(vi ? "quá hạn chung" : "overall limit missed");
    if (late.empty() && !case_late)
        parts.emplace_back(parts.empty() ? (vi ? "Đi thẳng, không trễ" : "Straight on, in time")
                                         : (vi ? "không trễ" : "in time"));
    if (!end.empty()) parts.push_back((vi ? "kết thúc “" : "ends “") + end + "”");
    std::string title;
    for (const std::string& part : parts) title += (title.empty() ? "" : "; ") + part;
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
    // A title stands in quotes of its own.
    std::replace(title.begin(), title.end(), '"', '\'');
    return title;
}

result<scenario> scenario_of(world& in, const tale& t) {
    using namespace telling;
    const procedure& of = *t.of;
    const auto offset = in.offset();
    scenario out;
    out.procedure = of.code;
    witness sees(in, of, out);
    const auto given = [&](scenario_given what) { sees.add({std::move(what), false, {}}); };
    scenario_given start;
    start.what = moment_of(t.start, offset);
    given(std::move(start));
    for (const binding& b : t.opening.bind) {
        scenario_given bound;
        bound.kind_of = scenario_given::kind::binding;
        bound.subject = b.role;
        bound.who = {code_of(b.unit), b.person};
        given(std::move(bound));
    }
    for (const auto& [table, cells] : t.rows) {
        scenario_given row;
        row.kind_of = scenario_given::kind::row;
        row.subject = table;
        for (const value& cell : cells) row.cells.push_back(item_of(cell));
        given(std::move(row));
    }
    scenario_act opens;
    opens.kind_of = scenario_act::kind::open;
    opens.who = person_of(t.opener);
    if (!t.opening.at_step.empty()) opens.step = step_of(t.opening.at_step);
    sees.add({std::move(opens), false, {}});
    if (auto opened = in.open_case(t.opener, t.opening); !opened) return opened.failure();
    sees.look();
    for (const move& one : t.moves) {
        auto line = act_of(of, one, offset);
        if (line) sees.add({*std::move(line), false, {}});
        if (one.at)
            if (auto passed = in.pass_to(*one.at); !passed) return passed.failure();
        if (one.what)
            if (auto done = in.send(one.by, *one.what); !done) return done.failure();
        sees.look();
    }
    out.title = title_of(of, in.history());
    return out;
}

}  // namespace quytrinh::testing::detail
