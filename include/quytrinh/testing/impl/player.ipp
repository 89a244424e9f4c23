// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/player.ipp: everybody's part. What a step asks for is read from the text;
// what was overlooked is mended from the words of the refusal, a bounded number of times.
#pragma once

#include <quytrinh/testing/impl/player.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::testing::detail {

namespace playing {
namespace {

constexpr int most_tries = 40;
/// People of one unit that are tried, where one may not be another.
constexpr int most_people = 5;

bool covers(const form_act& act, const form& of, const form_field& field) {
    return act.code == of.code && (act.box.empty() || act.box == field.box) &&
           (act.only.empty() ||
            std::find(act.only.begin(), act.only.end(), field.name) != act.only.end());
}

bool holds(const std::optional<condition>& c, const trial_reader& seen) {
    if (!c) return true;
    trial_reader reader = seen;
    const auto held = evaluate(*c, reader);
    return held && *held == truth::yes;
}

/// The parts of a refusal that a next try may mend.
bool is_about_person(errc code) {
    return code == errc::same_person || code == errc::person_missing ||
           code == errc::taken_by_other || code == errc::not_permitted ||
           code == errc::already_confirmed;
}

std::string argument(const error& why, std::size_t n) {
    return n < why.args.size() ? why.args[n] : std::string();
}

/// A field names a file that the case does not have.
bool wants_file(const error& why) { return argument(why, 1) == "file_of_case"; }

/// Each field that the step fills in now, once.
template <class Each>
void each_field(const procedure& of, const step& where, const trial_reader& seen, Each&& each) {
    std::vector<const form_field*> met;
    for (const form_act& act : where.acts) {
        const bool fills = act.what == form_act::kind::fill;
        if ((!fills && act.what != form_act::kind::append) || !holds(act.when, seen)) continue;
        const form* in = of.find_form(act.code);
        if (in == nullptr) continue;
        for (const form_field& field : in->fields) {
            if (!covers(act, *in, field)) continue;
            if (std::find(met.begin(), met.end(), &field) != met.end()) continue;
            met.push_back(&field);
            each(*in, field, fills);
        }
    }
}

}  // namespace
}  // namespace playing

player::player(procedure_ptr of, const std::shared_ptr<const definitions>& known, instant start,
               std::uint64_t seed, const limits& bounds)
    : told_{std::move(of), start, {}, {}, {}, {}}, world_(world_of(told_, known, seed, bounds)) {}

std::string player::say(const char* vi, const char* en) const {
    return of().words == dialect::vi ? vi : en;
}

void player::stand(const std::vector<table_row>& rows) {
    for (const table_row& row : rows) {
        if (std::find(told_.rows.begin(), told_.rows.end(), row) != told_.rows.end()) continue;
        world_.row(row.first, row.second);
        told_.rows.push_back(row);
    }
}

// ---------------------------------------------------------------- moves

result<void> player::open(const std::string& at_step) {
    const step* first = at_step.empty() ? of().first_step() : of().find_step(at_step);
    if (first == nullptr) return fail(errc::no_such_step, {of().code, at_step});
    command::open what;
    what.procedure = of().code;
    what.at_step = at_step;
    for (const party& p : of().parties) {
        const bool later = !at_step.empty() && p.binding == binding_kind::by_step;
        if (p.binding == binding_kind::at_opening || later)
            what.bind.push_back({p.code, p.code, somebody_of(p.code)});
    }
    // Somebody for whom another notes cannot open by himself.
    std::string unit = !first->recorder.empty()       ? first->recorder
                       : !first->lead.parties.empty() ? first->lead.parties.front()
                                                      : std::string("P.A");
    if (const party* p = of().find_party(unit)) {
        if (p->kind == party_kind::group && !p->members.empty()) unit = p->members.front();
    }
    const actor by{unit, somebody_of(unit)};
    auto opened = world_.open_case(by, what);
    if (!opened) return opened.failure();
    told_.opener = by;
    told_.opening = std::move(what);
    state_ = world_.look().state;
    return {};
}

result<void> player::follow(const tale& t) {
    stand(t.rows);
    if (auto refused = retell(world_, t)) return fail(*refused);
    told_ = t;
    state_ = world_.look().state;
    return {};
}

result<void> player::wait_until(instant to) {
    if (to <= world_.now()) return {};
    if (auto passed = world_.pass_to(to); !passed) return passed;
    told_.moves.push_back({to, {}, std::nullopt});
    state_ = world_.look().state;
    return {};
}

result<command_result> player::send(const actor& by, command::body body) {
    last_try_ = {std::nullopt, by, body};
    auto done = world_.send(by, body);
    if (!done) return done;
    told_.moves.push_back({std::nullopt, by, std::move(body)});
    state_ = world_.look().state;
    return done;
}

result<command_result> player::complete(const task_key& key, const wanted& to) {
    const task_state* found = state_.find_task(key);
    const step* where = found == nullptr ? nullptr : of().find_step(key.step);
    if (where == nullptr) return fail(errc::task_not_open, {key.step, ""});
    const task_state t = *found;
    error last{errc::not_permitted, {"", "complete", key.step}, {}, {}};
    for (const actor& by : workers(t, to.lead)) {
        trial_reader seen = reader(t, to.outcome, to.values);
        seen.person = by.person;
        command::complete c;
        c.task = name_of(key);
        c.outcome = to.outcome;
        c.confirmed = all_preconditions;
        c.fields = entries(*where, seen, to.values);
        c.assign = assignments(*where, seen, by);
        c.open_linked = to.open_linked;
        for (const branch& b : where->branches)
            if (b.reason && (to.outcome.empty() || b.outcome() == to.outcome))
                c.reason = to.outcome == "NOK" ? say("chưa đạt", "not yet right")
                                               : say("đã xem xét", "it has been considered");
        if (const auto channels = channels_of(*where); !channels.empty() && t.channel.empty()) {
            const auto wish = to.values.find(channel_variable);
            const auto* word =
                wish == to.values.end() ? nullptr : wish->second.get_if<std::string>();
            c.channel = word != nullptr ? *word : channels.front();
        }
        for (int tries = 0; tries < playing::most_tries; ++tries) {
            auto done = send(by, c);
            if (done) {
                note_absent(*where, seen);
                return done;
            }
            last = done.error();
            if (playing::is_about_person(last.code) || !mend(c, *where, last)) break;
        }
        if (!playing::is_about_person(last.code)) break;
    }
    return fail(last);
}

result<command_result> player::receive(const task_key& key) {
    const task_state* t = state_.find_task(key);
    if (t == nullptr) return fail(errc::task_not_open, {key.step, ""});
    error last{errc::not_permitted, {"", "receive", key.step}, {}, {}};
    for (const actor& by : workers(task_state(*t), {})) {
        auto done = send(by, command::receive{name_of(key)});
        if (done) return done;
        last = done.error();
    }
    return fail(last);
}

result<command_result> player::ask(const step& question, const task_key& task,
                                   const assignment& values) {
    const task_state* found = state_.find_task(task);
    if (found == nullptr) return fail(errc::task_not_open, {task.step, ""});
    const task_state t = *found;
    error last{errc::not_permitted, {"", "consult", task.step}, {}, {}};
    for (const actor& by : workers(t, {})) {
        trial_reader seen = reader(t, {}, values);
        seen.person = by.person;
        command::consult c{
            question.id, to_string(task), say("đề nghị cho ý kiến", "please advise"), {}};
        c.fields = entries(question, seen, values);
        const auto channels = channels_of(question);
        const auto wish = values.find(channel_variable);
        const auto* word = wish == values.end() ? nullptr : wish->second.get_if<std::string>();
        if (!channels.empty()) c.channel = word != nullptr ? *word : channels.front();
        for (int tries = 0; tries < playing::most_tries; ++tries) {
            auto done = send(by, c);
            if (done) return done;
            last = done.error();
            if (playing::is_about_person(last.code) || !mend(c.fields, by, last)) break;
        }
        if (!playing::is_about_person(last.code)) break;
    }
    return fail(last);
}

result<command_result> player::answer(const task_key& key, const std::string& chosen) {
    const consultation_state* found = state_.find_consultation(key);
    if (found == nullptr) return fail(errc::task_not_open, {key.step, ""});
    const consultation_state asked = *found;
    error last{errc::not_permitted, {"", "answer", key.step}, {}, {}};
    for (const actor& by : seated(asked.asked, asked.recorder, {})) {
        command::answer c{name_of(key), chosen, {}, {}};
        if (chosen.empty()) c.text = say("đồng ý", "agreed");
        for (int tries = 0; tries < playing::most_tries; ++tries) {
            auto done = send(by, c);
            if (done) return done;
            last = done.error();
            if (playing::is_about_person(last.code) || !mend(c.fields, by, last)) break;
        }
        if (!playing::is_about_person(last.code)) break;
    }
    return fail(last);
}

result<command_result> player::say_late(const task_key& key) {
    return send({}, command::timer_fired{name_of(key)});
}

result<command_result> player::signal(const std::string& event) {
    error last{errc::not_permitted, {"", "signal", ""}, {}, {}};
    std::vector<actor> who{told_.opener};
    for (const task_state& t : state_.tasks)
        if (t.status == task_status::open)
            for (const actor& by : workers(t, {})) who.push_back(by);
    for (const actor& by : who) {
        auto done = send(by, command::signal{event, std::nullopt, {}});
        if (done) return done;
        last = done.error();
        if (!playing::is_about_person(last.code)) break;
    }
    return fail(last);
}

/// The step alone names the only open task of it; so a move still fits when an earlier round is
/// left out of the tale.
task_name player::name_of(const task_key& key) const {
    std::size_t open = 0;
    for (const task_state& t : state_.tasks)
        if (t.status == task_status::open && t.task.step == key.step) ++open;
    for (const consultation_state& c : state_.consultations)
        if (c.status == task_status::open && c.consultation.step == key.step) ++open;
    return open == 1 ? key.step : to_string(key);
}

// ---------------------------------------------------------------- who

std::vector<actor> player::seated(const std::vector<seat>& seats, const seat& recorder,
                                  const std::string& first) const {
    std::vector<actor> all;
    const auto add = [&](const std::string& unit, const std::string& person) {
        const actor one{unit, person};
        if (!unit.empty() && std::find(all.begin(), all.end(), one) == all.end())
            all.push_back(one);
    };
    const auto people_of = [&](const seat& s) {
        if (!s.person.empty()) add(s.role.empty() ? s.unit : s.role, s.person);
        for (const std::string& unit : {s.role, s.unit}) {
            if (unit.empty()) continue;
            add(unit, somebody_of(unit));
            for (int n = 2; n <= playing::most_people; ++n)
                add(unit, unit + "-nv0" + std::to_string(n));
        }
        if (const party* p = of().find_party(s.role); p != nullptr && s.unit.empty())
            for (const std::string& member : p->members) add(member, somebody_of(member));
    };
    for (const bool wish : {true, false})
        for (const seat& s : seats)
            if ((s.role == first) == wish) people_of(s);
    if (!recorder.role.empty()) people_of(recorder);
    return all;
}

std::vector<actor> player::workers(const task_state& t, const std::string& first) const {
    std::vector<actor> all;
    if (!t.assignee_unit.empty())
        all.push_back(
            {t.assignee_unit, t.assignee.empty() ? somebody_of(t.assignee_unit) : t.assignee});
    std::vector<seat> leads;
    for (const seat& s : t.leads) {
        const bool done = std::any_of(t.confirmed.begin(), t.confirmed.end(),
                                      [&](const auto& c) { return c.lead == s.role; });
        const party* p = of().find_party(s.role);
        const bool outside = p != nullptr && p->kind == party_kind::external;
        if (!done && !outside) leads.push_back(s);
    }
    for (const actor& one : seated(leads, t.recorder, first)) all.push_back(one);
    return all;
}

// ---------------------------------------------------------------- what is filled in

trial_reader player::reader(const task_state& t, const std::string& outcome,
                            const assignment& over) const {
    trial_reader seen(of(), &state_, over);
    const auto who = workers(t, {});
    if (!who.empty()) seen.person = who.front().person;
    seen.channel = t.channel;
    if (const step* where = of().find_step(t.task.step); where != nullptr && t.channel.empty())
        if (const auto channels = channels_of(*where); !channels.empty())
            seen.channel = channels.front();
    seen.entered_from = t.from_step;
    seen.round = t.task.round;
    seen.outcome_of = outcome;
    seen.rows = &told_.rows;
    seen.absent = &absent_;
    return seen;
}

std::vector<std::string> player::channels_of(const step& where) const {
    return detail::channels_of(of(), where);
}

std::set<variable> player::fillable(const step& where, const trial_reader& seen) const {
    std::set<variable> names;
    playing::each_field(of(), where, seen, [&](const form& in, const form_field& field, bool) {
        const auto held = state_.forms.find(in.code);
        const bool closed =
            held != state_.forms.end() && !field.box.empty() &&
            std::find(held->second.closed_boxes.begin(), held->second.closed_boxes.end(),
                      field.box) != held->second.closed_boxes.end();
        if (!closed) names.insert({in.code, field.name});
    });
    if (!channels_of(where).empty()) names.insert(channel_variable);
    return names;
}

std::vector<field_entry> player::entries(const step& where, const trial_reader& seen,
                                         const assignment& values) const {
    std::vector<field_entry> made;
    assignment laid = values;
    trial_reader reader = seen;
    reader.lay(laid);
    const date now = today();
    playing::each_field(
        of(), where, seen, [&](const form& in, const form_field& field, bool fills) {
            const variable name{in.code, field.name};
            const field_state* before = state_.find_field({in.code, field.name});
            const bool empty = before == nullptr || before->content.empty();
            if (const auto wish = values.find(name); wish != values.end()) {
                if (!wish->second.empty() && (empty || !(before->content == wish->second)))
                    made.emplace_back(in.code, field.name, wish->second);
                return;
            }
            const bool asked =
                fills && (field.required ||
                          (field.required_if && playing::holds(field.required_if, reader)));
            const auto* day = empty ? nullptr : before->content.get_if<date>();
            const bool stale = day != nullptr && *day <= now && is_deadline(of(), {&in, &field});
            const bool decides = empty && fills && is_deadline(of(), {&in, &field});
            if (!stale && !decides && !(asked && empty)) return;
            const value chosen = plausible(of(), field, now);
            laid[name] = chosen;
            made.emplace_back(in.code, field.name, chosen);
        });
    return made;
}

std::vector<binding> player::assignments(const step& where, const trial_reader& seen,
                                         const actor& by) const {
    std::vector<binding> made;
    for (const assignment_clause& clause : where.assignments) {
        const bool given = std::any_of(made.begin(), made.end(),
                                       [&](const binding& b) { return b.role == clause.role; });
        if (given || state_.find_seat(clause.role) != nullptr) continue;
        if (!playing::holds(clause.when, seen)) continue;
        binding one{clause.role, by.unit, somebody_of(clause.role)};
        if (const party* within = of().find_party(clause.within)) {
            one.unit = within->members.empty() ? within->code : within->members.front();
            if (clause.different_from.empty()) one.person.clear();
        }
        made.push_back(std::move(one));
    }
    return made;
}

// ---------------------------------------------------------------- mending

bool player::mend(std::vector<field_entry>& fields, const actor& by, const error& why) {
    // What a field names is attached first, where the command itself takes no file.
    if (playing::wants_file(why))
        return send(by, command::attach{{}, {playing::argument(why, 2), {}, 0, {}, {}}})
            .has_value();
    const auto named = [&](const std::string& name) {
        return std::find_if(fields.begin(), fields.end(),
                            [&](const field_entry& e) { return e.field == name; });
    };
    if (why.code == errc::field_missing || why.code == errc::condition_unknown) {
        const std::string name = playing::argument(why, 1);
        const std::string in =
            why.code == errc::field_missing ? playing::argument(why, 2) : std::string();
        const found_field f = find_field(of(), {of().find_form(in) == nullptr ? "" : in, name});
        if (f.field == nullptr || named(name) != fields.end()) return false;
        fields.emplace_back(f.in->code, name, plausible(of(), *f.field, today()));
        return true;
    }
    if (why.code != errc::field_locked && why.code != errc::field_unknown) return false;
    const auto wrong = named(playing::argument(why, 0));
    if (wrong == fields.end()) return false;
    fields.erase(wrong);
    return true;
}

bool player::mend(command::complete& c, const step& where, const error& why) {
    const bool second = why.code == errc::assignment_missing || why.code == errc::paper_missing;
    const std::string role = playing::argument(why, second ? 1 : 0);
    const auto given = std::find_if(c.assign.begin(), c.assign.end(),
                                    [&](const binding& b) { return b.role == role; });
    if (why.code == errc::assignment_missing && given == c.assign.end()) {
        for (const assignment_clause& clause : where.assignments) {
            if (clause.role != role) continue;
            const party* within = of().find_party(clause.within);
            const bool listed = within != nullptr && !within->members.empty();
            c.assign.push_back(
                {role, listed ? within->members.front() : std::string{}, somebody_of(role)});
            return true;
        }
        return false;
    }
    if (why.code == errc::binding_wrong && given != c.assign.end()) {
        c.assign.erase(given);
        return true;
    }
    if (playing::wants_file(why)) {
        c.attachments.push_back({playing::argument(why, 2), {}, 0, {}, {}});
        return true;
    }
    if (why.code == errc::evidence_missing || why.code == errc::paper_missing) {
        attachment file;
        // The paper itself, where its name makes a name of a file.
        const bool fits = role.size() <= 80 && role.find('/') == std::string::npos;
        file.name = fits ? role + ".pdf" : say("tài liệu.pdf", "document.pdf");
        file.precondition = role;
        for (const attachment& one : c.attachments)
            if (one.precondition == file.precondition) return false;
        c.attachments.push_back(std::move(file));
        return true;
    }
    return mend(c.fields, {}, why);
}

void player::note_absent(const step& where, const trial_reader& seen) {
    // What the kernel has asked a table for was not there, unless it was.
    const auto look = [&](const std::optional<condition>& c) {
        if (!c) return;
        for (const condition_node& node : c->nodes) {
            if (node.what != condition_node::kind::in_table) continue;
            trial_reader reader = seen;
            std::vector<value> row;
            for (const operand& o : node.right) row.push_back(reader.read(o));
            if (!reader.has_row_now(node.table, row)) absent_.emplace_back(node.table, row);
        }
    };
    for (const branch& b : where.branches) look(b.when);
    for (const assignment_clause& a : where.assignments) look(a.when);
    for (const form_act& a : where.acts) look(a.when);
    for (const link_clause& l : where.links) look(l.when);
}

}  // namespace quytrinh::testing::detail
