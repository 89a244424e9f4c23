// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/scenario.ipp: carrying out the lines of a scenario: what is given, time
// that passes, people who act.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/testing/impl/scenario_runner.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace quytrinh::testing {

namespace detail::scenario_runner {

std::string local_text(instant at, std::chrono::minutes offset) {
    const date day = day_of(at, offset);
    const auto minutes =
        std::chrono::floor<std::chrono::minutes>(at - start_of(day, offset)).count();
    const auto two = [](std::int64_t number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return to_day_first(day) + " " + two(minutes / 60) + ":" + two(minutes % 60);
}

two_words same_in_both(std::string text) { return {text, text}; }

runner::runner(const scenario& what, const procedure_ptr& of, const scenario_options& with,
               std::size_t row)
    : what_(what), of_(of), with_(with), row_(row) {
    run_.row = row;
}

// -- values

const scenario_value& runner::of_row(const scenario_value& one) const {
    if (one.what != kind::column || row_ == 0) return one;
    const auto& columns = what_.table.columns;
    const auto at = std::find(columns.begin(), columns.end(), one.text);
    const auto index = static_cast<std::size_t>(at - columns.begin());
    const auto& cells = what_.table.rows[row_ - 1].cells;
    return index < cells.size() ? cells[index] : one;
}

std::string runner::text_of(const scenario_value& one) const {
    const scenario_value& value = of_row(one);
    if (value.what == kind::ok) return "OK";
    if (value.what == kind::nok) return "NOK";
    return value.text;
}

/// A day without an hour is the beginning of office hours.
std::string runner::moment_of(const scenario_value& one) const {
    const scenario_value& value = of_row(one);
    return value.what == kind::date ? value.text + " 08:00" : value.text;
}

value runner::entered(const scenario_value& one) const {
    const scenario_value& wanted = of_row(one);
    switch (wanted.what) {
    case kind::yes: return value::yes_no(true);
    case kind::no: return value::yes_no(false);
    case kind::number:
        if (const auto number = decimal::read(wanted.text, ',')) return value{*number};
        break;
    case kind::date:
        if (const auto day = read_date(wanted.text)) return value{*day};
        break;
    case kind::text:
        // `""` is how a line says that nothing is written there.
        if (wanted.text.empty()) return {};
        break;
    case kind::none:
    case kind::code:
    case kind::step:
    case kind::moment:
    case kind::ok:
    case kind::nok:
    case kind::not_stated:
    case kind::immediately:
    case kind::column: break;
    }
    return value{text_of(wanted)};
}

field_entry runner::entry_of(const scenario_field& one) const {
    if (!one.rows.empty()) {
        value_rows rows;
        for (const auto& row : one.rows) {
            auto& cells = rows.emplace_back();
            for (const scenario_value& cell : row) cells.push_back(entered(cell));
        }
        return {one.form, one.field, value{std::move(rows)}};
    }
    if (one.items.size() == 1) return {one.form, one.field, entered(one.items.front())};
    std::vector<std::string> items;
    for (const scenario_value& item : one.items) items.push_back(text_of(item));
    return {one.form, one.field, value{std::move(items)}};
}

actor runner::actor_of(const scenario_person& who) const {
    actor out{text_of(who.unit), who.person.empty() ? with_.person : who.person};
    if (out.person.empty()) out.person = somebody_of(out.unit);
    return out;
}

// -- what happens

void runner::differ(two_words expected, two_words seen, std::optional<divergence::rewrite> mend) {
    if (over()) return;
    divergence one;
    one.line = at_;
    one.where = at_ < what_.lines.size() ? what_.lines[at_].where : what_.where;
    one.expected = std::move(expected);
    one.seen = std::move(seen);
    one.mend = std::move(mend);
    run_.first = std::move(one);
}

void runner::stop(run_stop why, two_words reason) {
    differ({"kịch bản chạy tới hết", "the scenario runs to its end"}, std::move(reason));
    if (run_.first->stopped == run_stop::none) run_.first->stopped = why;
}

/// Everything that is given, before the world begins: its clock starts at the first moment.
void runner::prepare() {
    world_options options;
    options.known = with_.known;
    options.bounds = with_.store;
    options.timers = with_.bounds.timers;
    std::string calendar_code;
    for (const scenario_line& line : what_.lines) {
        const auto* given = std::get_if<scenario_given>(&line.what);
        if (given == nullptr) continue;
        switch (given->kind_of) {
        case scenario_given::kind::time: options.start = moment_of(given->what); break;
        case scenario_given::kind::binding:
            bindings_.push_back({given->subject, text_of(given->who.unit), given->who.person});
            break;
        case scenario_given::kind::calendar: calendar_code = given->subject; break;
        case scenario_given::kind::reference: reference_ = text_of(given->what); break;
        case scenario_given::kind::row: break;
        }
    }
    world_.emplace(std::move(options));
    begun_ = world_->now();
    if (!calendar_code.empty())
        if (const auto set = world_->office().set_default_calendar(calendar_code); !set)
            return stop(run_stop::broken,
                        {set.error().text(language::vi), set.error().text(language::en)});
    for (const scenario_line& line : what_.lines) {
        const auto* given = std::get_if<scenario_given>(&line.what);
        if (given == nullptr || given->kind_of != scenario_given::kind::row) continue;
        std::vector<std::vector<value>> rows;
        for (const scenario_line& other : what_.lines) {
            const auto* more = std::get_if<scenario_given>(&other.what);
            if (more == nullptr || more->kind_of != scenario_given::kind::row ||
                more->subject != given->subject)
                continue;
            auto& row = rows.emplace_back();
            for (const scenario_value& cell : more->cells) row.push_back(entered(cell));
        }
        world_->office().set_table(given->subject, [rows](const std::vector<value>& row) {
            return std::find(rows.begin(), rows.end(), row) != rows.end();
        });
    }
}

/// Does a line before the next deed say that this one is refused?
bool runner::refusal_expected(std::size_t index) const {
    for (std::size_t i = index + 1; i < what_.lines.size(); ++i) {
        if (std::holds_alternative<scenario_act>(what_.lines[i].what)) return false;
        const auto* seen = std::get_if<scenario_expectation>(&what_.lines[i].what);
        if (seen != nullptr && seen->kind_of == scenario_expectation::kind::refused) return true;
    }
    return false;
}

bool runner::pass(const scenario_act& one) {
    std::optional<instant> to;
    if (one.later) {
        const auto then = world_->after(*one.later);
        if (!then) {
            stop(run_stop::broken,
                 {then.error().text(language::vi), then.error().text(language::en)});
            return false;
        }
        to = *then;
    } else if (one.until.written()) {
        to = read_instant(moment_of(one.until), world_->offset());
    }
    if (!to) return true;
    const std::string years = std::to_string(with_.bounds.years);
    if (*to - begun_ > std::chrono::days{366} * with_.bounds.years) {
        stop(run_stop::years, {"dừng: thời gian trong kịch bản đã quá " + years + " năm",
                               "stopped: the scenario has lasted more than " + years + " years"});
        return false;
    }
    if (const auto passed = world_->pass_to(*to); !passed) {
        const bool timers = passed.error().code == errc::limit_exceeded;
        const std::string count = std::to_string(with_.bounds.timers);
        if (passed.error().code == errc::time_out_of_range)
            differ({"lúc này là " + moment_of(one.until), "it is " + moment_of(one.until)},
                   {"đã là " + local_text(world_->now(), world_->offset()),
                    "it is " + local_text(world_->now(), world_->offset()) + " already"});
        else if (timers)
            stop(run_stop::timers, {"dừng: quá " + count + " hạn đến trong một dòng",
                                    "stopped: more than " + count + " limits passed in one line"});
        else
            stop(run_stop::broken,
                 {passed.error().text(language::vi), passed.error().text(language::en)});
        return false;
    }
    return true;
}

void runner::turn_to(const scenario_act& one) {
    const auto& all = world_->cases();
    for (std::size_t i = all.size(); i-- > 0;) {
        if (world_->look(all[i]).definition->code != one.case_of) continue;
        world_->look_at(all[i]);
        opened_ = true;
        return;
    }
    differ({"có hồ sơ " + one.case_of, "there is a case of " + one.case_of},
           {"chưa có hồ sơ nào của " + one.case_of, "there is no case of " + one.case_of});
}

result<void> runner::open(const scenario_act& one, const actor& by) {
    command::open what;
    what.procedure = of_->code;
    what.bind = bindings_;
    what.reference = reference_;
    if (one.kind_of == scenario_act::kind::open) {
        for (const scenario_field& field : one.fields) what.fields.push_back(entry_of(field));
        what.at_step = text_of(one.step);
    }
    auto done = world_->open_case(by, std::move(what));
    if (!done) return done.failure();
    opened_ = true;
    return {};
}

/// The task that is meant where no step is named: the only one that this unit leads, or the only
/// one.
std::string runner::only_task(const actor& by) const {
    const case_details c = look();
    std::vector<std::string> own;
    std::vector<std::string> all;
    for (const task_state& task : c.state.tasks) {
        if (task.status != task_status::open) continue;
        all.push_back(to_string(task.task));
        for (const seat& lead : task.leads)
            if (lead.role == by.unit || lead.unit == by.unit) {
                own.push_back(to_string(task.task));
                break;
            }
    }
    return own.size() == 1 ? own.front() : all.size() == 1 ? all.front() : std::string{};
}

/// The step or question, with its round where that is said.
std::string runner::task_of(const scenario_act& one) const {
    const std::string round = text_of(one.round);
    return text_of(one.step) + (round.empty() ? "" : "." + round);
}

command::complete runner::completion(const scenario_act& one) const {
    command::complete body;
    body.task = task_of(one);
    body.outcome = text_of(one.outcome);
    body.reason = text_of(one.because);
    for (const scenario_field& field : one.fields) body.fields.push_back(entry_of(field));
    body.confirmed.all = !one.nothing_ticked && one.unticked.empty();
    const case_details here = look();
    const step* at = here.definition->find_step(text_of(one.step));
    if (!one.unticked.empty() && at != nullptr) {
        const auto tick = [&](const std::string& text) {
            if (std::find(one.unticked.begin(), one.unticked.end(), text) == one.unticked.end())
                body.confirmed.texts.push_back(text);
        };
        for (const precondition& each : at->preconditions) tick(each.text);
        for (const form_act& each : at->acts)
            if (each.what == form_act::kind::check)
                if (const catalogue* list = here.definition->find_catalogue(each.code))
                    for (const auto& item : list->items) tick(item.text);
    }
    for (const auto& [role, who] : one.assigned)
        body.assign.push_back({role, text_of(who.unit), who.person});
    for (const auto& [name, evidence] : one.files) {
        attachment& file = body.attachments.emplace_back();
        file.name = name;
        file.precondition = evidence;
    }
    body.channel = one.channel;
    body.open_linked = one.opens;
    body.lead = one.lead;
    return body;
}

result<void> runner::deed(const scenario_act& one) {
    using act = scenario_act::kind;
    const actor by = actor_of(one.who);
    const auto send = [&](command::body body) -> result<void> {
        auto done = world_->send(by, std::move(body));
        if (!done) return done.failure();
        return {};
    };
    if (one.kind_of == act::open) return open(one, by);
    if (one.kind_of == act::say_late)
        return opened_ ? send(command::timer_fired{task_of(one)})
                       : result<void>{fail(errc::task_not_open, {task_of(one), ""})};
    if (!opened_) {
        if (auto done = open(one, by); !done) return done;
        world_->read_mail();  // the line speaks of what follows, not of the opening
    }
    std::vector<field_entry> fields;
    for (const scenario_field& field : one.fields) fields.push_back(entry_of(field));
    const std::string step = task_of(one);
    const std::string because = text_of(one.because);
    switch (one.kind_of) {
    case act::wait:
    case act::turn_to:
    case act::say_late:
    case act::open: break;
    case act::complete: return send(completion(one));
    case act::record:
        return send(command::record{step.empty() ? only_task(by) : step, fields, one.channel});
    case act::receive: return send(command::receive{step});
    case act::claim: return send(command::claim{step});
    case act::release: return send(command::release{step});
    case act::assign:
        return send(command::assign{step, text_of(one.to.unit), one.to.person, because});
    case act::reassign:
        return send(command::reassign{step, text_of(one.to.unit), one.to.person, because});
    case act::opine: return send(command::opine{step, text_of(one.text)});
    case act::consult:
        return send(
            command::consult{text_of(one.step), {}, text_of(one.text), fields, one.channel});
    case act::answer: {
        // One of the written answers, where there are any; else words.
        const std::string answer = text_of(one.outcome);
        const case_details here = look();
        const quytrinh::step* asked = here.definition->find_step(text_of(one.step));
        const bool listed = asked != nullptr && !asked->answers.empty();
        return send(command::answer{step, listed ? answer : std::string{},
                                    listed ? because : answer, fields});
    }
    case act::attach:
        for (const auto& [name, evidence] : one.files) {
            attachment file;
            file.name = name;
            file.precondition = evidence;
            if (auto done = send(command::attach{step, std::move(file)}); !done) return done;
        }
        return {};
    case act::withdraw: return send(command::withdraw{because});
    case act::cancel: return send(command::cancel{because});
    case act::signal: return send(command::signal{text_of(one.text), {}, because});
    }
    return {};
}

void runner::act(const scenario_act& one, std::size_t index) {
    if (!what_.lines[index].also) {
        world_->read_mail();
        cases_before_ = world_->cases().size();
    }
    refusal_.reset();
    accepted_ = false;
    if (!pass(one) || one.kind_of == scenario_act::kind::wait) return;
    if (one.kind_of == scenario_act::kind::turn_to) return turn_to(one);
    const auto done = deed(one);
    if (done) {
        accepted_ = true;
    } else if (refusal_expected(index)) {
        refusal_ = done.error();
    } else {
        differ({"việc này làm được", "this can be done"},
               {"bị từ chối: " + done.error().text(language::vi),
                "refused: " + done.error().text(language::en)});
    }
}

void runner::line(std::size_t index) {
    at_ = index;
    if (++run_.lines > with_.bounds.lines) {
        const std::string count = std::to_string(with_.bounds.lines);
        return stop(run_stop::lines, {"dừng: kịch bản dài quá " + count + " dòng",
                                      "stopped: the scenario has more than " + count + " lines"});
    }
    const scenario_line& line = what_.lines[index];
    if (const auto* happens = std::get_if<scenario_act>(&line.what)) return act(*happens, index);
    if (const auto* seen = std::get_if<scenario_expectation>(&line.what)) {
        const bool needs_case = seen->kind_of != scenario_expectation::kind::refused;
        if (needs_case && !opened_)
            return differ({"có một hồ sơ", "there is a case"},
                          {"chưa có hồ sơ nào được mở", "no case has been opened"});
        see(*seen);
    }
}

scenario_run runner::take() {
    try {
        prepare();
        for (std::size_t i = 0; i < what_.lines.size() && !over(); ++i) line(i);
    } catch (const exception& fault) {
        stop(run_stop::broken, {fault.reason().text(language::vi), fault.reason().text()});
    }
    if (!world_) return std::move(run_);
    for (const case_id& id : world_->cases()) {
        try {
            run_.cases.push_back({id, world_->look(id).definition, world_->history(id)});
        } catch (const exception&) {
            continue;  // a case that cannot be read has been told above
        }
    }
    if (over()) run_.timeline = timeline_of(run_.cases, world_->offset());
    return std::move(run_);
}

}  // namespace detail::scenario_runner

bool scenario_result::passed() const noexcept {
    return std::all_of(runs.begin(), runs.end(), [](const auto& one) { return one.passed(); });
}

std::uint64_t scenario_result::lines() const noexcept {
    std::uint64_t all = 0;
    for (const scenario_run& one : runs) all += one.lines;
    return all;
}

scenario_result run(const scenario& what, const procedure_ptr& of, const scenario_options& with) {
    using detail::scenario_runner::runner;
    scenario_result out;
    out.title = what.title;
    out.procedure = of->code;
    scenario_options options = with;
    if (!options.known) {
        static const auto shipped = std::make_shared<const definitions>(bundled());
        options.known = shipped;
    }
    const auto& all = options.known->procedures;
    if (std::find(all.begin(), all.end(), of) == all.end()) {
        auto known = std::make_shared<definitions>(*options.known);
        std::erase_if(known->procedures, [&](const auto& one) { return one->code == of->code; });
        known->procedures.push_back(of);
        options.known = std::move(known);
    }
    const std::size_t rows = what.table.columns.empty() ? 0 : what.table.rows.size();
    if (rows > options.bounds.rows) {
        const std::string count = std::to_string(options.bounds.rows);
        scenario_run& stopped = out.runs.emplace_back();
        stopped.first = divergence{0,
                                   what.table.where,
                                   run_stop::rows,
                                   {"kịch bản chạy tới hết", "the scenario runs to its end"},
                                   {"dừng: bảng có quá " + count + " dòng",
                                    "stopped: the table has more than " + count + " rows"},
                                   {}};
        return out;
    }
    if (what.table.columns.empty()) {
        out.runs.push_back(runner{what, of, options, 0}.take());
        return out;
    }
    for (std::size_t row = 1; row <= rows; ++row)
        out.runs.push_back(runner{what, of, options, row}.take());
    return out;
}

}  // namespace quytrinh::testing
