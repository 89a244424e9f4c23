// SPDX-License-Identifier: BSL-1.0
// src/cli/events.cpp: what a case has been through, in words.
#include "events.hpp"

#include "office.hpp"

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>

namespace cli {

using namespace quytrinh;

bool is_choice(const std::string& outcome) {
    return !outcome.empty() && outcome != "xong" && outcome != "done";
}

std::string outcome_text(const std::string& name) {
    return name == "OK" || name == "NOK" ? name : "“" + safe(name) + "”";
}

std::string keeping_of(const common& as, const procedure& of, const kept_record& kept) {
    std::string text = safe(kept.code);
    if (!kept.papers.empty()) text += " (" + safe(join(kept.papers)) + ")";
    text += ": ";
    const record* written = of.find_record(kept.code);
    const auto length = [&] {
        return written == nullptr ? std::string()
                                  : as.say(word::keep_for, to_text(written->kept_for, as.words));
    };
    switch (kept.term) {
    case keep_term::not_stated: text += as.say(word::keep_not_stated); break;
    case keep_term::start_not_stated:
        text += length() + ", " + as.say(word::keep_from_not_stated);
        break;
    case keep_term::waiting: text += length() + ", " + as.say(word::keep_waiting); break;
    case keep_term::counted:
        text += as.say(word::keep_until, kept.last_day ? to_day_first(*kept.last_day) : "");
        break;
    case keep_term::forever: text += as.say(word::keep_forever); break;
    }
    if (!kept.keepers.empty()) {
        std::vector<std::string> names;
        for (const seat& one : kept.keepers) names.push_back(name_of(one));
        text += ", " + as.say(word::keep_by, join(names));
    }
    if (!kept.afterwards.empty()) text += ", " + as.say(word::keep_then, safe(kept.afterwards));
    return text;
}

namespace {

struct teller {
    const common& as;
    const procedure& of;
    std::chrono::minutes offset;

    [[nodiscard]] std::string task(const task_key& key) const { return name_of(of, key); }
    [[nodiscard]] std::string fields(const std::vector<field_entry>& entries) const {
        std::string out;
        for (const field_entry& e : entries)
            out += "; “" + safe(e.field) + "” = " + text_of(as, of.words, e.content);
        return out;
    }
    [[nodiscard]] std::string outcome(const std::string& name, const std::string& reason) const {
        std::string out;
        if (is_choice(name)) out += ", " + as.say(word::outcome_is, outcome_text(name));
        return out + why(reason);
    }
    [[nodiscard]] std::string why(const std::string& reason) const {
        return reason.empty() ? std::string() : ", " + as.say(word::reason_is, safe(reason));
    }
    /// What was ticked and attached.
    [[nodiscard]] std::string proof(const std::vector<std::string>& ticked,
                                    const std::vector<attachment>& files) const {
        std::string out;
        if (!ticked.empty()) out += "; " + as.say(word::ev_ticked) + " " + quoted(ticked);
        for (const attachment& file : files)
            out += "; " + as.say(word::ev_files) + " " + safe(file.name);
        return out;
    }
    [[nodiscard]] std::string channel(const std::string& name) const {
        return name.empty() ? std::string() : "; " + as.say(word::ev_channel, safe(name));
    }
    [[nodiscard]] std::string late(bool is) const {
        return is ? ", " + as.say(word::word_late) : std::string();
    }
    [[nodiscard]] static std::string said(const std::string& text) {
        return text.empty() ? std::string() : ": “" + safe(text) + "”";
    }
    /// Behind a "; ", where there is something to tell.
    template <class... Args>
    [[nodiscard]] std::string more(bool is, word which, const Args&... args) const {
        return is ? "; " + as.say(which, args...) : std::string();
    }
    [[nodiscard]] std::string seats(word which, const std::vector<seat>& who) const {
        return more(!who.empty(), which, names_of(as, who, false));
    }
    [[nodiscard]] static std::string bound(const std::vector<seat>& roles) {
        std::string out;
        for (const seat& s : roles) {
            // A party that stands for itself has nothing to tell.
            const std::string who = name_of(seat{"", s.unit, s.person, false});
            if (who != safe(s.role)) out += "; " + safe(s.role) + " = " + who;
        }
        return out;
    }
    /// Which of several leads somebody acted for.
    [[nodiscard]] std::string lead(const task_key& of_task, const std::string& code) const {
        const step* where = of.find_step(of_task.step);
        const bool several = where != nullptr && where->lead.parties.size() > 1;
        return more(several && !code.empty(), word::ev_as_lead, safe(code));
    }

    [[nodiscard]] std::string limit(const task_due& due) const { return limit_of(as, due, offset); }
    /// A limit of which only the first moment is known that is too late.
    [[nodiscard]] std::string limit_before(instant late) const {
        const instant last = late - std::chrono::minutes{1};
        const date day = quytrinh::day_of(last, offset);
        return day == quytrinh::day_of(late, offset) ? when(late, offset) : to_day_first(day);
    }
    /// Limits that came out anew with what happened.
    [[nodiscard]] std::string dues(const std::vector<std::pair<task_key, task_due>>& all) const {
        std::string out;
        for (const auto& [key, due] : all)
            out += "; " + as.say(word::ev_due_now, task(key), limit(due));
        return out;
    }
    [[nodiscard]] std::string case_due(const std::optional<due_instant>& due) const {
        return more(due.has_value(), word::ev_case_due_now, due ? day_of(*due, offset) : "");
    }
    [[nodiscard]] std::string part_dues(
        const std::vector<std::pair<std::uint32_t, due_instant>>& all) const {
        std::string out;
        for (const auto& [part, due] : all)
            if (part < of.overall.size())
                out += "; " +
                       as.say(word::ev_part_due_now, way(of.overall[part]), day_of(due, offset));
        return out;
    }
    [[nodiscard]] static std::string way(const overall_limit& part) {
        return safe(part.from_step) + " → " + safe(part.to_step);
    }
    [[nodiscard]] static std::string boxes(
        const std::vector<std::pair<std::string, std::string>>& all) {
        std::vector<std::string> names;
        for (const auto& [form, box] : all)
            names.push_back(safe(form) + (box.empty() ? "" : "." + safe(box)));
        return join(names);
    }
    [[nodiscard]] std::string effects(const form_effects& e) const {
        return more(!e.renewed.empty(), word::ev_filled_in, safe(join(e.renewed))) +
               fields(e.appended) +
               more(!e.unapproved.empty(), word::ev_unapproved, safe(join(e.unapproved))) +
               more(!e.approved_boxes.empty(), word::ev_approved, boxes(e.approved_boxes)) +
               more(!e.closed.empty(), word::ev_boxes_closed, boxes(e.closed)) + dues(e.dues) +
               case_due(e.case_due);
    }
    /// Why the case went where it went: what was judged, with the values read.
    [[nodiscard]] std::string judgements(const std::vector<judged>& all) const {
        std::string out;
        for (const judged& one : all) {
            // What hangs on the outcome alone is said with the outcome.
            if (one.read.empty()) continue;
            std::vector<std::string> values;
            for (const auto& [name, content] : one.read)
                values.push_back(safe(name) + " = " + text_of(as, of.words, content));
            out += "; " + as.say(one.held ? word::ev_held : word::ev_held_not, safe(one.what));
            out += " (" + join(values) + ")";
        }
        return out;
    }

    std::string operator()(const event::case_opened& e) const {
        std::string text = as.say(word::ev_case_opened, safe(e.procedure));
        if (!e.reference.empty()) text += " (" + safe(e.reference) + ")";
        if (!e.parent.empty())
            text += ", " + as.say(word::ev_from_case, safe(e.entry_step), safe(e.parent.str()),
                                  safe(to_string(e.opener)));
        return text + bound(e.seats) + fields(e.fields) +
               more(e.case_due.has_value(), word::case_limit,
                    e.case_due ? day_of(*e.case_due, offset) : "") +
               effects(e.effects);
    }
    std::string operator()(const event::task_opened& e) const {
        // A way back is a return for people only when somebody gave a reason for it.
        const bool back = e.returned && !e.return_reason.empty();
        return as.say(back ? word::ev_task_returned : word::ev_task_opened, task(e.task)) + ": " +
               names_of(as, e.leads, e.any_lead) + ", " + limit(e.due) + why(e.return_reason) +
               seats(word::ev_with, e.with) + seats(word::ev_informed, e.inform) +
               more(!e.recorder.role.empty(), word::ev_recorder, name_of(e.recorder)) +
               more(e.awaiting_receipt, word::ev_awaiting_receipt) +
               more(e.not_counted, word::ev_not_counted) + case_due(e.case_due) +
               part_dues(e.parts);
    }
    std::string operator()(const event::task_received& e) const {
        return as.say(word::ev_task_received, task(e.task)) + ", " + limit(e.due);
    }
    std::string operator()(const event::task_claimed& e) const {
        return as.say(word::ev_task_claimed, task(e.task)) + lead(e.task, e.lead);
    }
    std::string operator()(const event::task_released& e) const {
        return as.say(word::ev_task_released, task(e.task));
    }
    std::string operator()(const event::task_assigned& e) const {
        const std::string to = e.unit.empty() ? e.person : e.unit + "/" + e.person;
        return as.say(e.again ? word::ev_task_reassigned : word::ev_task_assigned, task(e.task),
                      safe(to)) +
               why(e.reason) + more(e.by_authority, word::ev_by_authority) + lead(e.task, e.lead);
    }
    std::string operator()(const event::fields_recorded& e) const {
        return as.say(word::ev_fields_recorded, task(e.task)) + channel(e.channel) +
               fields(e.fields) + effects(e.effects);
    }
    std::string operator()(const event::task_confirmed& e) const {
        return as.say(word::ev_task_confirmed, task(e.task)) + outcome(e.outcome, e.reason) +
               lead(e.task, e.lead) + channel(e.channel) + fields(e.fields) +
               proof(e.confirmed, e.attachments) + effects(e.effects);
    }
    std::string operator()(const event::task_completed& e) const {
        std::string text = as.say(word::ev_task_completed, task(e.task)) +
                           outcome(e.outcome, e.reason) + late(e.late) + lead(e.task, e.lead) +
                           channel(e.channel) + fields(e.fields) +
                           proof(e.confirmed, e.attachments) + effects(e.effects);
        if (!e.approved.empty()) text += "; " + as.say(word::ev_approved, safe(join(e.approved)));
        if (!e.kept.empty()) text += "; " + as.say(word::ev_kept, safe(join(e.kept)));
        for (const kept_record& kept : e.keeping) text += "; " + keeping_of(as, of, kept);
        text += bound(e.assigned) + judgements(e.conditions) +
                more(e.afterwards, word::ev_afterwards) + part_dues(e.parts_moved);
        for (const std::uint32_t part : e.parts_done)
            if (part < of.overall.size())
                text += "; " + as.say(word::ev_part_done, way(of.overall[part]));
        for (const link_request& l : e.links)
            text += "; → " + safe(l.procedure) + " " + l.child.str() +
                    (l.replacing ? ", " + as.say(word::link_replaces) : "");
        return text;
    }
    std::string operator()(const event::opinion_given& e) const {
        return as.say(word::ev_opinion_given, task(e.task)) + said(e.text) +
               more(!e.role.empty(), word::ev_as_lead, safe(e.role));
    }
    std::string operator()(const event::consultation_opened& e) const {
        return as.say(word::ev_consultation_opened, task(e.consultation), safe(to_string(e.task))) +
               said(e.text) + seats(word::ev_asked, e.asked) +
               more(!e.recorder.role.empty(), word::ev_recorder, name_of(e.recorder)) +
               channel(e.channel) + fields(e.fields) + ", " + limit(e.due) + effects(e.effects);
    }
    std::string operator()(const event::consultation_answered& e) const {
        return as.say(word::ev_consultation_answered, task(e.consultation)) +
               outcome(e.answer, "") + said(e.text) + late(e.late) + fields(e.fields) +
               effects(e.effects);
    }
    std::string operator()(const event::commented& e) const {
        return as.say(word::ev_commented) + (e.task ? " " + task(*e.task) : "") + said(e.text);
    }
    std::string operator()(const event::attached& e) const {
        return as.say(word::ev_attached, safe(e.file.name)) +
               (e.task ? " – " + task(*e.task) : "") + said(e.file.precondition);
    }
    std::string operator()(const event::signalled& e) const {
        return as.say(word::ev_signalled, safe(e.name), when(e.happened_at, offset)) +
               said(e.text) + dues(e.dues);
    }
    std::string operator()(const event::task_overdue& e) const {
        return as.say(word::ev_task_overdue, task(e.task), limit_before(e.due));
    }
    std::string operator()(const event::linked& e) const {
        return as.say(word::ev_linked, safe(e.other.str())) + said(e.relation);
    }
    std::string operator()(const event::link_reported& e) const {
        return as.say(e.ended ? word::ev_link_ended : word::ev_link_opened, safe(e.child.str())) +
               outcome(e.end_kind, "");
    }
    std::string operator()(const event::case_overdue& e) const {
        const std::string due = day_of(e.due, offset);
        if (!e.part || *e.part >= of.overall.size()) return as.say(word::ev_case_overdue, due);
        return as.say(word::ev_part_overdue, way(of.overall[*e.part]), due);
    }
    std::string operator()(const event::case_ended& e) const {
        std::string text;
        switch (e.how) {
        case event::case_ended::way::reached_end: text = as.say(word::ev_case_ended); break;
        case event::case_ended::way::withdrawn: text = as.say(word::ev_case_withdrawn); break;
        case event::case_ended::way::cancelled: text = as.say(word::ev_case_cancelled); break;
        }
        text += outcome(e.end_kind, e.reason) + late(e.late) + case_due(e.case_due) +
                part_dues(e.parts_moved);
        for (const kept_record& kept : e.keeping) text += "; " + keeping_of(as, of, kept);
        return text;
    }
};

std::string actor_of(const common& as, const case_event& fact) {
    std::string who = safe(to_string(fact.by));
    switch (fact.as) {
    case capacity::own: break;
    case capacity::tuq: who += " (" + as.say(word::as_tuq, safe(fact.on_behalf_of)) + ")"; break;
    case capacity::recorder:
        who += " (" + as.say(word::as_recorder, safe(fact.on_behalf_of)) + ")";
        break;
    case capacity::system: who = as.say(word::ev_system); break;
    }
    return who;
}

}  // namespace

std::string describe(const common& as, const procedure& of, const history_entry& entry,
                     std::chrono::minutes offset) {
    const case_event& fact = entry.fact;
    return fmt::format("{:>3}  {}  {}  {}  [{}]", fact.seq, when(fact.at, offset),
                       actor_of(as, fact), std::visit(teller{as, of, offset}, fact.body),
                       to_hex(entry.hash).substr(0, 8));
}

std::vector<trace_line> trace_of(const case_event& fact) {
    std::vector<trace_line> all;
    const auto add = [&](const std::vector<trace_line>& more) {
        all.insert(all.end(), more.begin(), more.end());
    };
    std::visit(
        [&](const auto& e) {
            if constexpr (requires { e.case_due_trace; }) add(e.case_due_trace);
            if constexpr (requires { e.due.trace; }) add(e.due.trace);
            if constexpr (requires { e.dues; })
                for (const auto& one : e.dues) add(one.second.trace);
            if constexpr (requires { e.effects; })
                for (const auto& one : e.effects.dues) add(one.second.trace);
        },
        fact.body);
    return all;
}

std::string person_of(const case_state& state, const std::string& unit) {
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
    return {};
}

std::vector<std::string> units_of(const case_state& state) {
    std::vector<std::string> units;
    const auto add = [&](const std::string& unit) {
        if (!unit.empty() && std::find(units.begin(), units.end(), unit) == units.end())
            units.push_back(unit);
    };
    const auto add_seat = [&](const seat& s) { add(s.unit.empty() || s.head ? s.role : s.unit); };
    for (const consultation_state& c : state.consultations)
        if (c.status == task_status::open)
            for (const seat& s : c.asked) add_seat(s);
    for (const task_state& t : state.tasks) {
        if (t.status != task_status::open) continue;
        for (const seat& s : t.leads) add_seat(s);
        for (const seat& s : t.with) add_seat(s);
    }
    if (state.status == case_status::open) add(state.opener.unit);
    return units;
}

}  // namespace cli
