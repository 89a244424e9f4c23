// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/world_people.ipp: people of the virtual office: opening a case and acting
// in it.
#pragma once

#include <quytrinh/testing/world.hpp>

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::testing {

std::string somebody_of(std::string_view unit) { return std::string(unit) + "-nv01"; }

// -- opening

case_opening::case_opening(world& of, std::string procedure) : world_(&of) {
    what_.procedure = std::move(procedure);
}
case_opening& case_opening::bind(std::string role, std::string unit, std::string person) {
    what_.bind.push_back({std::move(role), std::move(unit), std::move(person)});
    return *this;
}
case_opening& case_opening::with(std::string field, value content) {
    what_.fields.emplace_back(std::move(field), std::move(content));
    return *this;
}
case_opening& case_opening::reference(std::string number) {
    what_.reference = std::move(number);
    return *this;
}
case_opening& case_opening::at_step(std::string step) {
    what_.at_step = std::move(step);
    return *this;
}
case_id case_opening::by(std::string unit, std::string person) {
    if (person.empty()) person = somebody_of(unit);
    return world_->open_case({std::move(unit), std::move(person)}, what_).value();
}

case_opening world::open(std::string procedure) { return {*this, std::move(procedure)}; }
person world::as(std::string unit, std::string name) {
    if (name.empty()) name = somebody_of(unit);
    return {*this, {std::move(unit), std::move(name)}};
}

result<case_id> world::open_case(const actor& by, command::open what) {
    case_command whole;
    whole.by = by;
    whole.body = std::move(what);
    auto done = office().execute(std::move(whole));
    if (!done) return done.failure();
    know(*done);
    hold(done->target);
    return done->target;
}

result<command_result> world::send(const actor& by, command::body body, const case_id& of) {
    // Nobody's command: an office says it (runtime::say_late).
    if (const auto* late = std::get_if<command::timer_fired>(&body))
        return office().say_late(of.empty() ? at_hand() : of, late->task);
    case_command whole;
    whole.target = of.empty() ? at_hand() : of;
    whole.by = by;
    whole.body = std::move(body);
    auto done = office().execute(std::move(whole));
    if (done) know(*done);
    return done;
}

world& world::says_late(const std::string& task) {
    (void)send({}, command::timer_fired{task}).value();
    return *this;
}

error world::refused(const std::function<void()>& attempt) {
    try {
        attempt();
    } catch (const exception& refusal) {
        return refusal.reason();
    }
    throw programming_error("nothing was refused");
}

// -- acting

person::person(world& of, actor who) : world_(&of), who_(std::move(who)) {
    form_.confirmed = all_preconditions;
}
person& person::because(std::string reason) {
    form_.reason = std::move(reason);
    return *this;
}
person& person::with(std::string field, value content) {
    form_.fields.emplace_back(std::move(field), std::move(content));
    return *this;
}
person& person::with(std::string form, std::string field, value content) {
    form_.fields.emplace_back(std::move(form), std::move(field), std::move(content));
    return *this;
}
person& person::ticking(std::vector<std::string> texts) {
    form_.confirmed = {false, std::move(texts)};
    return *this;
}
person& person::assigning(std::string role, std::string unit, std::string name) {
    form_.assign.push_back({std::move(role), std::move(unit), std::move(name)});
    return *this;
}
person& person::by_channel(std::string channel) {
    form_.channel = std::move(channel);
    return *this;
}
person& person::attaching(std::string file, std::string evidence_of) {
    attachment one;
    one.name = std::move(file);
    one.precondition = std::move(evidence_of);
    form_.attachments.push_back(std::move(one));
    return *this;
}
person& person::opening_linked(std::string procedure) {
    form_.open_linked.push_back(std::move(procedure));
    return *this;
}
person& person::sending_to(std::string lead) {
    form_.lead = std::move(lead);
    return *this;
}

command_result person::does(command::body body) {
    return world_->send(who_, std::move(body)).value();
}

command_result person::completes(std::string task) { return chooses({}, std::move(task)); }
command_result person::chooses(std::string outcome, std::string task) {
    form_.outcome = std::move(outcome);
    form_.task = std::move(task);
    return does(form_);
}
command_result person::records(std::string task) {
    return does(command::record{std::move(task), form_.fields, form_.channel});
}
command_result person::receives(std::string task) {
    return does(command::receive{std::move(task)});
}
command_result person::claims(std::string task) { return does(command::claim{std::move(task)}); }
command_result person::releases(std::string task) {
    return does(command::release{std::move(task)});
}
command_result person::assigns(std::string task, std::string to) {
    return does(command::assign{std::move(task), {}, std::move(to), form_.reason});
}
command_result person::opines(std::string task, std::string text) {
    return does(command::opine{std::move(task), std::move(text)});
}
command_result person::asks(std::string consultation, std::string text, std::string task) {
    return does(command::consult{std::move(consultation), std::move(task), std::move(text),
                                 form_.fields, form_.channel});
}
command_result person::answers(std::string consultation, std::string answer, std::string text) {
    // Where the text names no answers, the answer is the text itself.
    const case_details c = world_->look();
    const step* asked = c.definition->find_step(consultation);
    if (asked == nullptr)
        asked = c.definition->find_step(consultation.substr(0, consultation.rfind('.')));
    if (asked != nullptr && asked->answers.empty() && text.empty()) std::swap(answer, text);
    return does(
        command::answer{std::move(consultation), std::move(answer), std::move(text), form_.fields});
}
command_result person::comments(std::string text, std::string task) {
    return does(command::comment{std::move(task), std::move(text)});
}
command_result person::withdraws() { return does(command::withdraw{form_.reason}); }
command_result person::cancels() { return does(command::cancel{form_.reason}); }
command_result person::signals(std::string event, std::string text) {
    return does(command::signal{std::move(event), std::nullopt, std::move(text)});
}

}  // namespace quytrinh::testing
