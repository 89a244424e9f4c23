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

    std::string operator()(const event::case_opened& e) const {
        std::string text = as.say(word::ev_case_opened, safe(e.procedure));
        if (!e.reference.empty()) text += " (" + safe(e.reference) + ")";
        if (!e.parent.empty())
            text += ", " + as.say(word::ev_from_case, safe(e.entry_step), safe(e.parent.str()),
                                  safe(to_string(e.opener)));
        return text + fields(e.fields);
    }
    std::string operator()(const event::task_opened& e) const {
        // A way back is a return for people only when somebody gave a reason for it.
        const bool back = e.returned && !e.return_reason.empty();
        return as.say(back ? word::ev_task_returned : word::ev_task_opened, task(e.task)) + ": " +
               names_of(as, e.leads, e.any_lead) + ", " + limit_of(as, e.due, offset);
    }
    std::string operator()(const event::task_received& e) const {
        return as.say(word::ev_task_received, task(e.task)) + ", " + limit_of(as, e.due, offset);
    }
    std::string operator()(const event::task_claimed& e) const {
        return as.say(word::ev_task_claimed, task(e.task));
    }
    std::string operator()(const event::task_released& e) const {
        return as.say(word::ev_task_released, task(e.task));
    }
    std::string operator()(const event::task_assigned& e) const {
        const std::string to = e.unit.empty() ? e.person : e.unit + "/" + e.person;
        return as.say(word::ev_task_assigned, task(e.task), safe(to)) + why(e.reason);
    }
    std::string operator()(const event::fields_recorded& e) const {
        return as.say(word::ev_fields_recorded, task(e.task)) + channel(e.channel) +
               fields(e.fields);
    }
    std::string operator()(const event::task_confirmed& e) const {
        return as.say(word::ev_task_confirmed, task(e.task)) + outcome(e.outcome, e.reason) +
               channel(e.channel) + fields(e.fields) + proof(e.confirmed, e.attachments);
    }
    std::string operator()(const event::task_completed& e) const {
        std::string text = as.say(word::ev_task_completed, task(e.task)) +
                           outcome(e.outcome, e.reason) + late(e.late) + channel(e.channel) +
                           fields(e.fields) + proof(e.confirmed, e.attachments);
        if (!e.approved.empty()) text += "; " + as.say(word::ev_approved, safe(join(e.approved)));
        if (!e.kept.empty()) text += "; " + as.say(word::ev_kept, safe(join(e.kept)));
        for (const kept_record& kept : e.keeping) text += "; " + keeping_of(as, of, kept);
        for (const seat& s : e.assigned)
            text += "; " + safe(s.role) + " = " + name_of(seat{"", s.unit, s.person, false});
        for (const link_request& l : e.links)
            text += "; → " + safe(l.procedure) + " " + l.child.str();
        return text;
    }
    std::string operator()(const event::opinion_given& e) const {
        return as.say(word::ev_opinion_given, task(e.task)) + said(e.text);
    }
    std::string operator()(const event::consultation_opened& e) const {
        return as.say(word::ev_consultation_opened, task(e.consultation), safe(to_string(e.task))) +
               said(e.text) + channel(e.channel) + fields(e.fields) + ", " +
               limit_of(as, e.due, offset);
    }
    std::string operator()(const event::consultation_answered& e) const {
        return as.say(word::ev_consultation_answered, task(e.consultation)) +
               outcome(e.answer, "") + said(e.text) + late(e.late) + fields(e.fields);
    }
    std::string operator()(const event::commented& e) const {
        return as.say(word::ev_commented) + (e.task ? " " + task(*e.task) : "") + said(e.text);
    }
    std::string operator()(const event::attached& e) const {
        return as.say(word::ev_attached, safe(e.file.name)) + (e.task ? " – " + task(*e.task) : "");
    }
    std::string operator()(const event::signalled& e) const {
        return as.say(word::ev_signalled, safe(e.name)) + said(e.text);
    }
    std::string operator()(const event::task_overdue& e) const {
        return as.say(word::ev_task_overdue, task(e.task));
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
        const overall_limit& part = of.overall[*e.part];
        return as.say(word::ev_part_overdue, safe(part.from_step) + " → " + safe(part.to_step),
                      due);
    }
    std::string operator()(const event::case_ended& e) const {
        std::string text;
        switch (e.how) {
        case event::case_ended::way::reached_end: text = as.say(word::ev_case_ended); break;
        case event::case_ended::way::withdrawn: text = as.say(word::ev_case_withdrawn); break;
        case event::case_ended::way::cancelled: text = as.say(word::ev_case_cancelled); break;
        }
        text += outcome(e.end_kind, e.reason) + late(e.late);
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
