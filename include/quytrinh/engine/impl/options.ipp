// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/options.ipp: what one person may do now, with everything that a form needs.
// Asks the same gate as decide does, so what is shown as allowed is allowed.
#pragma once

#include <quytrinh/engine/impl/completion.hpp>
#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/gate.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace quytrinh {

namespace detail::engine::options_bodies {
namespace {

/// Builds the list. Completing and answering are always listed, with who could; the rest only when
/// allowed.
class catalogue_of_options {
public:
    catalogue_of_options(const context& with, const case_state& state, const actor& who)
        : with_(with), text_(*with.definition), state_(state), who_(who) {}

    std::vector<option> all() && {
        if (state_.status != case_status::open) return {};
        for (const auto& t : state_.tasks)
            if (t.status == task_status::open) of_task(t);
        for (const auto& c : state_.consultations)
            if (c.status == task_status::open) of_question(c);
        of_case();
        return std::move(made_);
    }

private:
    case_command asked(command::body body) const {
        case_command what;
        what.id = command_id{"options"};
        what.target = state_.id;
        what.by = who_;
        what.body = std::move(body);
        return what;
    }

    permission ask(command::body body) const {
        return permit(with_, state_, asked(std::move(body)));
    }

    option start(std::string name, const task_key& key, const std::string& title,
                 const permission& may) const {
        option o;
        o.command = std::move(name);
        o.task = key;
        o.title = title;
        o.allowed = may.allowed;
        if (!may.allowed) {
            o.who_could = may.who_could;
            o.rule = may.rule;
        }
        return o;
    }

    /// Adds a command without a form, when it is allowed.
    void plain(command::body body, const task_key& key, const std::string& title) {
        const auto may = ask(std::move(body));
        if (may.allowed) made_.push_back(start(name_, key, title, may));
    }

    void of_task(const task_state& t) {
        const step* where = text_.find_step(t.task.step);
        if (where == nullptr) return;
        const task_name name = to_string(t.task);
        reading seen;
        seen.with = &with_;
        seen.state = &state_;
        seen.by = &who_;
        seen = seen.from(t);

        const auto may = ask(command::complete{name, {}, {}, {}, {}, {}, {}, {}, {}, {}});
        auto done = start("complete", t.task, where->title, may);
        of_confirming(done, t, may.lead);
        // What stands in the way for everybody: the form would be filled in for nothing.
        if (done.allowed && t.awaiting_receipt) block(done, errc::not_received);
        const bool asked = std::any_of(state_.consultations.begin(), state_.consultations.end(),
                                       [&](const consultation_state& c) {
                                           return c.status == task_status::open && c.task == t.task;
                                       });
        if (done.allowed && asked) block(done, errc::consultation_open);
        fill_completion(done, t, *where, seen);
        const bool works = done.allowed || done.rule == errc::consultation_open;
        auto entry = start("record", t.task, where->title, ask(command::record{name, {}, {}}));
        // Before an outcome is chosen nothing can be entered that hangs on it.
        entry.fields = fields_of_step(*where, seen, {}, true);
        entry.channels = done.channels;
        made_.push_back(std::move(done));
        if (entry.allowed && works && (!entry.fields.empty() || !entry.channels.empty()))
            made_.push_back(std::move(entry));
        of_holding(t, *where, name);
        for (const auto& s : text_.steps) of_asking(t, s, name, seen);
        for (const auto& [command, body] : of_anybody(name)) {
            name_ = command;
            plain(body, t.task, where->title);
        }
    }

    /// Joint leads: who has yet to confirm; whoever has, has nothing left to complete.
    void of_confirming(option& o, const task_state& t, const std::string& lead) const {
        if (t.any_lead || t.leads.size() < 2) return;
        o.awaiting = names_of(not_confirmed(t));
        if (!o.allowed || !has_confirmed(t, lead)) return;
        block(o, errc::already_confirmed);
        o.who_could = o.awaiting;
        command::complete same;
        same.task = to_string(t.task);
        gate(with_, state_, asked(std::move(same))).keep_able(o.who_could);
    }

    static void block(option& o, errc rule) {
        o.allowed = false;
        o.rule = rule;
    }

    void of_holding(const task_state& t, const step& where, const task_name& name) {
        if (t.awaiting_receipt) {
            name_ = "receive";
            plain(command::receive{name}, t.task, where.title);
        }
        name_ = "claim";
        if (t.assignee_unit.empty()) plain(command::claim{name}, t.task, where.title);
        name_ = "release";
        if (!t.assignee_unit.empty()) plain(command::release{name}, t.task, where.title);
        name_ = t.assignee_unit.empty() ? "assign" : "reassign";
        if (t.assignee_unit.empty())
            plain(command::assign{name, {}, {}, {}}, t.task, where.title);
        else
            plain(command::reassign{name, {}, {}, {}}, t.task, where.title);
    }

    void of_asking(const task_state& t, const step& s, const task_name& name, const reading& seen) {
        if (s.kind != step_kind::consultation) return;
        if (!s.at_any_step && !among(s.at_steps, t.task.step)) return;
        const auto may = ask(command::consult{s.id, name, {}, {}, {}});
        if (!may.allowed || t.awaiting_receipt) return;
        auto o = start("consult", t.task, s.title, may);
        o.consultation = s.id;
        const auto own = own_papers(text_, s);
        reading put = seen;
        put.own = &own;
        put.entered_from = t.task.step;
        put.outside = false;
        o.fields = fields_of_step(s, put, {});
        o.answers = s.answers;
        o.channels = channels_of(text_, s);
        made_.push_back(std::move(o));
    }

    static std::vector<std::pair<std::string, command::body>> of_anybody(const task_name& name) {
        return {{"opine", command::opine{name, {}}},
                {"comment", command::comment{name, {}}},
                {"attach", command::attach{name, {}}}};
    }

    void of_question(const consultation_state& c) {
        const step* question = text_.find_step(c.consultation.step);
        if (question == nullptr) return;
        reading seen;
        seen.with = &with_;
        seen.state = &state_;
        seen.by = &who_;
        seen = seen.from(c);
        auto o = start("answer", c.consultation, question->title,
                       ask(command::answer{to_string(c.consultation), {}, {}, {}}));
        o.answers = question->answers;
        o.fields = fields_of_step(*question, seen, {});
        for (auto& field : o.fields)
            field.closed = c.forms.find(field.form) != c.forms.end() && !field.current.empty();
        made_.push_back(std::move(o));
    }

    void of_case() {
        name_ = "withdraw";
        plain(command::withdraw{}, {}, text_.title);
        name_ = "cancel";
        plain(command::cancel{}, {}, text_.title);
        std::vector<std::string> events;
        for (const auto& s : text_.steps)
            for (const auto& l : s.limits)
                if (l.what == time_limit::kind::count && l.from.what == anchor::kind::event &&
                    !among(events, l.from.text))
                    events.push_back(l.from.text);
        if (events.empty()) return;
        const auto may = ask(command::signal{events.front(), {}, {}});
        if (!may.allowed) return;
        auto o = start("signal", {}, text_.title, may);
        o.answers = std::move(events);
        made_.push_back(std::move(o));
    }

    // ---------------------------------------------------------------- the parts of a form

    option::way way_to(const step& from, const target& to) const {
        if (to.ends) return {{}, {}, to.end_kind};
        const step* next = to.step.empty() ? next_printed(text_, from) : text_.find_step(to.step);
        return next == nullptr ? option::way{} : option::way{{}, next->id, next->title};
    }

    void fill_completion(option& o, const task_state& t, const step& where,
                         const reading& seen) const {
        for (const auto& name : outcomes_of(where)) {
            option::outcome one;
            one.name = name == "xong" ? say(text_, "xong", "done") : name;
            for (std::size_t i = 0; i < where.branches.size(); ++i) {
                const branch& b = where.branches[i];
                if (b.outcome() != name) continue;
                one.reason = one.reason || b.reason;
                const auto taken = state_.taken.find({where.id, static_cast<std::uint32_t>(i)});
                const bool used_up = b.at_most != 0 && b.afterwards &&
                                     taken != state_.taken.end() && taken->second >= b.at_most;
                one.ways.push_back(way_to(where, used_up ? *b.afterwards : b.to));
                if (b.when)
                    one.ways.back().when = as_written(text_, *b.when);
                else if (b.what == branch::kind::otherwise)
                    one.ways.back().when = say(text_, "còn lại", "otherwise");
            }
            if (where.branches.empty()) one.ways.push_back(way_to(where, target{}));
            o.outcomes.push_back(std::move(one));
        }
        // A joint lead that comes later can only confirm what the first has chosen.
        if (!t.confirmed.empty())
            std::erase_if(o.outcomes, [&](const option::outcome& one) {
                return one.name != t.confirmed.front().outcome &&
                       !(t.confirmed.front().outcome == "xong");
            });
        std::vector<std::string> left;  // as the kernel names them
        for (const auto& name : outcomes_of(where))
            if (std::any_of(o.outcomes.begin(), o.outcomes.end(), [&](const option::outcome& one) {
                    return one.name == shown_outcome(text_, name);
                }))
                left.push_back(name);
        o.fields = fields_of_step(where, seen, left);
        o.channels = channels_of(text_, where);
        for (const auto& p : where.preconditions)
            if (auto asking = asking_for(p.when, seen, left); asking && !among(t.ticked, p.text))
                o.preconditions.push_back({p.text, p.evidence, std::move(*asking)});
        for (const auto& act : where.acts) {
            if (act.what != form_act::kind::check) continue;
            const auto asking = asking_for(act.when, seen, left);
            if (!asking) continue;
            if (const catalogue* list = text_.find_catalogue(act.code))
                for (const auto& item : list->items)
                    if (!among(t.ticked, item.text))
                        o.preconditions.push_back({item.text, false, *asking});
        }
        for (const auto& act : where.acts) {
            if (act.what != form_act::kind::fill || act.paper.empty()) continue;
            if (!asking_for(act.when, seen, left)) continue;
            if (!among(o.papers, act.paper) && !has_paper(state_, t.task, act.paper))
                o.papers.push_back(act.paper);
        }
        for (const auto& clause : where.assignments)
            if (auto asking = asking_for(clause.when, seen, left))
                also_for(o.assign_roles, {clause.role, std::move(*asking)}, left.size(),
                         [](const auto& a, const auto& b) { return a.role == b.role; });
        for (const auto& link : where.links)
            if (link.may && !among(o.may_open, link.procedure))
                o.may_open.push_back(link.procedure);
    }

    /// Which of the outcomes that can still be chosen ask for something with this condition, none
    /// standing for all of them; nothing when it is asked for by none. What cannot be judged yet
    /// may be asked for.
    std::optional<std::vector<std::string>> asking_for(const std::optional<condition>& when,
                                                       const reading& seen,
                                                       const std::vector<std::string>& left) const {
        using words = std::vector<std::string>;
        if (!when) return words{};
        const auto may_be = [&](const reading& from) {
            const auto v = judge_only(*when, from);
            return !v || *v != truth::no;
        };
        if (left.empty()) return may_be(seen) ? std::optional{words{}} : std::nullopt;
        words asking;
        for (const auto& name : left) {
            reading chosen = seen;
            chosen.outcome = name;
            if (may_be(chosen)) asking.push_back(shown_outcome(text_, name));
        }
        if (asking.empty()) return std::nullopt;
        if (asking.size() == left.size()) asking.clear();
        return asking;
    }

    /// Adds what is asked for, or more outcomes to what stands there already.
    template <class T, class Same>
    static void also_for(std::vector<T>& all, T one, std::size_t outcomes, Same same) {
        const auto before =
            std::find_if(all.begin(), all.end(), [&](const T& each) { return same(each, one); });
        if (before == all.end()) {
            all.push_back(std::move(one));
            return;
        }
        if (one.outcomes.empty()) before->outcomes.clear();
        if (before->outcomes.empty()) return;
        for (auto& name : one.outcomes)
            if (!among(before->outcomes, name)) before->outcomes.push_back(std::move(name));
        if (before->outcomes.size() == outcomes) before->outcomes.clear();
    }

    /// Fields that the step fills or appends to; acts whose condition is certainly false are left
    /// out, so that a form never lacks a field that an outcome or value chosen in it would ask for.
    std::vector<option::field> fields_of_step(const step& where, const reading& seen,
                                              const std::vector<std::string>& left,
                                              bool certain = false) const {
        std::vector<option::field> fields;
        for (const auto& act : where.acts) {
            const bool fills = act.what == form_act::kind::fill;
            if (!fills && act.what != form_act::kind::append) continue;
            const form* f = text_.find_form(act.code);
            if (f == nullptr) continue;
            const auto asking = asking_for(act.when, seen, left);
            if (!asking || (certain && act.when && !holds(*act.when, seen))) continue;
            for (const auto& field : f->fields) {
                if (!covers(act, *f, field)) continue;
                auto one = field_option(*f, field, fills, seen);
                one.outcomes = *asking;
                also_for(fields, std::move(one), left.size(), [](const auto& a, const auto& b) {
                    return a.form == b.form && a.name == b.name;
                });
            }
        }
        return fields;
    }

    option::field field_option(const form& f, const form_field& field, bool fills,
                               const reading& seen) const {
        option::field one;
        one.form = f.code;
        one.name = field.name;
        one.kind = field.type;
        one.type = type_word(text_, field.type);
        one.required = fills && field.required;
        if (fills && !field.required && field.required_if)
            one.required = holds(*field.required_if, seen);
        one.choices = choices_of(text_, field);
        one.other_allowed = field.other_allowed;
        for (const auto& column : field.columns) one.columns.push_back(column.name);
        if (const value* v = seen.find({f.code, field.name})) one.current = *v;
        return one;
    }

    const context& with_;
    const procedure& text_;
    const case_state& state_;
    const actor& who_;
    std::string name_;
    std::vector<option> made_;
};

}  // namespace
}  // namespace detail::engine::options_bodies

std::vector<option> options_for(const context& with, const case_state& state, const actor& who) {
    QUYTRINH_ASSERT(with.definition != nullptr);
    return detail::engine::options_bodies::catalogue_of_options(with, state, who).all();
}

}  // namespace quytrinh
