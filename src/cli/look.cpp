// SPDX-License-Identifier: BSL-1.0
// src/cli/look.cpp: options, tasks, show, history.
#include "commands.hpp"
#include "events.hpp"
#include "office.hpp"
#include "tables.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>
#include <quytrinh/time/counting.hpp>

#include <algorithm>
#include <set>

namespace cli {

using namespace quytrinh;

namespace {

/// Names for programs, the same in every language.
std::string_view name_of_relation(relation how) {
    switch (how) {
    case relation::lead: return "lead";
    case relation::joint: return "joint";
    case relation::coordinate: return "coordinate";
    case relation::inform: return "inform";
    case relation::opener: return "opener";
    case relation::asked: return "asked";
    case relation::keeper: return "keeper";
    }
    return {};
}

/// Why a case is quarantined, kept in neutral form, in the words of who looks.
std::string words_of_fault(const common& as, const std::string& kept) {
    return error{errc::store_corrupt, {kept}, {}, {}}.text(as.words);
}

void print_quarantine(const common& as, const std::string& kept) {
    if (!kept.empty()) line(as, as.say(word::show_quarantine, safe(words_of_fault(as, kept))));
}

/// A view of something of a case, with its flag when the case is quarantined.
std::string flagged(const common& as, std::string view, const std::string& kept) {
    if (kept.empty() || view.empty() || view.back() != '}') return view;
    view.pop_back();
    return view + ",\"quarantined\":" + json_text(words_of_fault(as, kept)) + "}";
}

/// Why nobody, or not this one, may do it now.
std::string why_not(const common& as, const option& o) {
    std::string why = as.say(word::not_allowed);
    if (o.rule == errc::not_received) why = as.say(word::why_not_received);
    if (o.rule == errc::consultation_open) why = as.say(word::why_consultation_open);
    if (o.rule == errc::already_confirmed) why = as.say(word::why_already_confirmed);
    if (o.rule == errc::taken_by_other) why = as.say(word::why_taken);
    if (o.rule == errc::case_quarantined) why = as.say(word::why_quarantined);
    if (o.rule == errc::same_person) why = as.say(word::why_same_person);
    if (o.rule == errc::person_missing) why = as.say(word::why_person_missing);
    if (!o.who_could.empty()) why += "; " + as.say(word::who_could, safe(join(o.who_could)));
    return why;
}

void print(const common& as, const procedure& of, const option& o) {
    std::string head = "  " + o.command;
    const std::string task = o.task.step.empty() ? "" : name_of(of, o.task);
    if (o.consultation.empty())
        head += task.empty() ? "" : " " + task;
    else
        head += " " + safe(o.consultation) + " “" + safe(o.title) + "” " +
                as.say(word::opt_inside, task);
    if (!o.allowed) {
        line(as, head + " – " + why_not(as, o));
        return;
    }
    line(as, head);
    for (const option::outcome& out : o.outcomes) {
        std::string text = "    " + as.say(word::opt_line_outcomes) + ": " + safe(out.name);
        if (!out.ways.empty()) text += " → " + ways_on(as, out);
        if (out.reason) text += " (" + as.say(word::with_reason) + ")";
        line(as, text);
    }
    const auto only_for = [&](const std::vector<std::string>& outcomes) {
        return outcomes.empty() ? std::string()
                                : " (" + as.say(word::only_for, quoted(outcomes)) + ")";
    };
    for (const option::field& f : o.fields) {
        std::string text = "    " + as.say(word::opt_line_fields) + ": " + safe(f.form) + " “" +
                           safe(f.name) + "” (" + words_of(as, f.kind) + ")";
        if (f.closed)
            text += " (" + as.say(word::closed_mark) + ")";
        else if (f.required)
            text += " " + as.say(word::required_mark);
        text += only_for(f.outcomes);
        if (!f.choices.empty()) text += ": " + quoted(f.choices) + (f.other_allowed ? "…" : "");
        if (!f.columns.empty()) text += ": " + safe(join(f.columns, " | "));
        if (!f.current.empty()) text += " = " + text_of(as, of.words, f.current);
        line(as, text);
    }
    for (const option::condition_to_confirm& c : o.preconditions)
        line(as, "    " + as.say(word::opt_line_preconditions) + ": “" + safe(c.text) + "”" +
                     (c.evidence ? " (" + as.say(word::evidence_mark) + ")" : "") +
                     only_for(c.outcomes));
    if (!o.papers.empty())
        line(as, "    " + as.say(word::opt_line_papers) + ": " + quoted(o.papers));
    if (!o.awaiting.empty())
        line(as, "    " + as.say(word::opt_line_awaiting) + ": " + safe(join(o.awaiting)));
    const auto list = [&](word title, const std::vector<std::string>& items) {
        if (!items.empty()) line(as, "    " + as.say(title) + ": " + safe(join(items)));
    };
    // Texts may hold commas, codes may not.
    const auto texts = [&](word title, const std::vector<std::string>& items) {
        if (!items.empty()) line(as, "    " + as.say(title) + ": " + quoted(items));
    };
    std::vector<std::string> roles;
    for (const option::role_to_assign& one : o.assign_roles)
        roles.push_back(one.role + only_for(one.outcomes));
    list(word::opt_line_assign, roles);
    texts(word::opt_line_channels, o.channels);
    // A question is put in words, or in the form that it fills.
    if (!o.consultation.empty() && o.fields.empty())
        line(as, "    " + as.say(word::opt_line_text) + ": " + as.say(word::required_mark));
    texts(o.command == "signal" ? word::opt_line_events : word::opt_line_answers, o.answers);
    list(word::opt_line_may_open, o.may_open);
}

std::string status_of(const common& as, case_status status) {
    switch (status) {
    case case_status::none:
    case case_status::open: return as.say(word::status_open);
    case case_status::ended: return as.say(word::status_ended);
    case case_status::withdrawn: return as.say(word::status_withdrawn);
    case case_status::cancelled: return as.say(word::status_cancelled);
    }
    return {};
}

void print_task(const common& as, const case_details& c, const task_state& t) {
    std::string text =
        "  " + name_of(*c.definition, t.task) + " – " + names_of(as, t.leads, t.any_lead);
    if (t.status == task_status::open) {
        text += ", " + limit_of(as, t.due, c.offset);
        if (!t.assignee.empty()) text += ", " + as.say(word::taken_by, safe(t.assignee));
        if (t.overdue) text += ", " + as.say(word::word_overdue);
        const confirmations who = confirmations_of(t);
        if (!who.given.empty()) text += "; " + as.say(word::confirmed_by, join(who.given));
        if (!who.missing.empty()) text += "; " + as.say(word::awaiting_of, join(who.missing));
    } else if (t.status == task_status::done) {
        if (is_choice(t.outcome)) text += ", " + as.say(word::outcome_is, outcome_text(t.outcome));
        if (!t.reason.empty()) text += ", " + as.say(word::reason_is, safe(t.reason));
        if (t.closed_at) text += ", " + when(*t.closed_at, c.offset);
        text += ", " + safe(to_string(t.closed_by));
        if (t.late) text += ", " + as.say(word::word_late);
    }
    line(as, text);
}

void print_tasks(const common& as, const case_details& c, task_status status, word title) {
    bool titled = false;
    for (const task_state& t : c.state.tasks) {
        if (t.status != status) continue;
        if (!titled) line(as, as.say(title));
        titled = true;
        print_task(as, c, t);
    }
}

void print_opinions(const common& as, const case_details& c) {
    bool titled = false;
    for (const task_state& t : c.state.tasks)
        for (const task_state::opinion& said : t.opinions) {
            if (!titled) line(as, as.say(word::show_opinions));
            titled = true;
            line(as, "  " + safe(to_string(t.task)) + " – " + safe(to_string(said.by)) + ", " +
                         when(said.at, c.offset) + ": “" + safe(said.text) + "”");
        }
}

/// What stands in one instance of a form, in the order of the paper; of an append-only box every
/// entry, the last counts.
void print_form(const common& as, const case_details& c, const std::string& code,
                const form_state& form, const std::string& indent) {
    const auto put = [&](const std::string& name, const field_state& f) {
        line(as, indent + safe(code) + " “" + safe(name) +
                     "” = " + text_of(as, c.definition->words, f.content) + " (" +
                     safe(to_string(f.by)) + ", " + when(f.at, c.offset) + ")");
    };
    const auto is_appended = [&](const std::string& name) {
        return std::any_of(form.appended.begin(), form.appended.end(),
                           [&](const auto& one) { return one.first == name; });
    };
    if (const quytrinh::form* paper = c.definition->find_form(code))
        for (const form_field& field : paper->fields)
            if (const auto f = form.fields.find(field.name);
                f != form.fields.end() && !is_appended(field.name))
                put(f->first, f->second);
    for (const auto& [name, f] : form.appended) put(name, f);
}

/// A form that each question has its own instance of is shown with its question.
void print_fields(const common& as, const case_details& c) {
    bool titled = false;
    for (const auto& entry : c.state.forms) {
        // clang 14 cannot capture a structured binding.
        const std::string& code = entry.first;
        const form_state& form = entry.second;
        const bool of_questions =
            std::any_of(c.state.consultations.begin(), c.state.consultations.end(),
                        [&](const consultation_state& q) { return q.forms.count(code) != 0; });
        const bool shown = !of_questions && (!form.fields.empty() || !form.appended.empty());
        if (!shown && !form.approved_at) continue;
        if (!titled) line(as, as.say(word::show_fields));
        titled = true;
        if (shown) print_form(as, c, code, form, "  ");
        if (form.approved_at)
            line(as, "  " + safe(code) + " " + as.say(word::show_approved) + " (" +
                         safe(to_string(form.approved_by)) + ", " +
                         when(*form.approved_at, c.offset) + ")");
    }
}

void print_rest(const common& as, const case_details& c) {
    const case_state& s = c.state;
    print_opinions(as, c);
    if (!s.consultations.empty()) line(as, as.say(word::show_consultations));
    for (const consultation_state& q : s.consultations) {
        std::string text =
            "  " + name_of(*c.definition, q.consultation) + " – " + names_of(as, q.asked, true);
        if (!q.text.empty()) text += ": “" + safe(q.text) + "”";
        if (q.status == task_status::open)
            text += ", " + limit_of(as, q.due, c.offset);
        else if (q.status == task_status::closed)
            text += ", " + as.say(word::question_dropped);
        else
            for (const std::string& said : {q.answer, q.answer_text})
                if (!said.empty())
                    text +=
                        (said == q.answer || q.answer.empty() ? " → “" : ": “") + safe(said) + "”";
        line(as, text);
        for (const auto& [code, form] : q.forms) print_form(as, c, code, form, "    ");
    }
    if (!s.attachments.empty()) line(as, as.say(word::show_attachments));
    for (const attachment_state& a : s.attachments)
        line(as, "  " + safe(a.file.name) + " (" + std::to_string(a.file.size) + " B, " +
                     to_hex(a.file.sha256).substr(0, 16) + "…) – " + safe(to_string(a.by)));
    if (!s.comments.empty()) line(as, as.say(word::show_comments));
    for (const comment_state& said : s.comments)
        line(as, "  " + safe(to_string(said.by)) + ", " + when(said.at, c.offset) + ": “" +
                     safe(said.text) + "”");
    if (!s.links.empty()) line(as, as.say(word::show_links));
    for (const link_state& l : s.links)
        line(as, "  " + l.other.str() + " " + safe(l.procedure.empty() ? l.relation : l.procedure) +
                     (l.replacing ? ", " + as.say(word::link_replaces) : "") +
                     (l.ended ? ", " + as.say(word::status_ended) +
                                    (l.end_kind.empty() ? "" : ": “" + safe(l.end_kind) + "”")
                              : ""));
    if (!s.records.empty()) line(as, as.say(word::show_records) + " " + safe(join(s.records)));
    for (const kept_record& kept : s.keeping) line(as, "  " + keeping_of(as, *c.definition, kept));
}

}  // namespace

int run_options(const common& as, const options_args& given) {
    auto office = open_office(as, given.store, opening::look);
    if (!office) return report(as, office.error());
    auto of = find_case(as, **office, given.of);
    if (!of) return report(as, of.error());
    auto found = (*office)->find(*of);
    if (!found) return report(as, found.error());
    if (const auto fault = read_rows(as, **office, *of, given.rows)) return *fault;
    std::vector<actor> who;
    if (!given.by.empty()) {
        who.push_back(read_actor(given.by));
    } else {
        for (const std::string& unit : units_of(found->state))
            who.push_back({unit, person_of(found->state, unit)});
    }
    std::vector<std::string> views;
    bool any = false;
    if (!as.json) print_quarantine(as, found->quarantine);
    for (const actor& by : who) {
        auto options = (*office)->options(*of, by);
        if (!options) return report(as, options.error());
        if (as.json) {
            json_object out;
            out.text("by", to_string(by)).raw("options", to_json(*options));
            views.push_back(flagged(as, out.str(), found->quarantine));
            continue;
        }
        if (options->empty()) continue;
        any = true;
        line(as, safe(to_string(by)));
        for (const option& o : *options) print(as, *found->definition, o);
    }
    if (as.json)
        line(json_array(views));
    else if (!any)
        line(as, found->state.status == case_status::open
                     ? as.say(word::no_options)
                     : as.say(word::no_options_closed, status_of(as, found->state.status)));
    return done;
}

int run_tasks(const common& as, const tasks_args& given) {
    auto office = open_office(as, given.store, opening::look);
    if (!office) return report(as, office.error());
    task_query which;
    which.unit = given.unit;
    which.person = given.person;
    which.procedure = given.procedure;
    which.overdue_only = given.overdue;
    auto views = (*office)->tasks(which, given.limit + 1);
    if (!views) return report(as, views.error());
    const bool more = views->size() > given.limit;
    if (more) views->resize(given.limit);
    std::vector<std::string> rows;
    for (const task_view& t : *views) {
        const task_row& row = t.entry.row;
        const std::string unit = name_of(seat{row.role, row.unit, row.person, false});
        if (as.json) {
            json_object out;
            out.text("case", row.of.str()).text("task", t.key()).text("title", t.title());
            out.text("procedure", t.entry.procedure).text("reference", t.entry.reference);
            out.text("role", row.role).text("unit", row.unit).text("person", row.person);
            out.text("relation", name_of_relation(row.as));
            out.text("due", t.due())
                .flag("overdue", row.overdue)
                .flag("overdue_by_case", t.by_case)
                .flag("consultation", row.consultation);
            rows.push_back(flagged(as, out.str(), t.quarantine));
            continue;
        }
        std::string text = row.of.str();
        if (!t.entry.reference.empty()) text += " (" + safe(t.entry.reference) + ")";
        text += "  " + safe(t.key());
        // Of a case that cannot be read its row alone speaks: no title, and no words on a limit
        // that the row does not have.
        const bool unread = !t.quarantine.empty() && t.procedure_title.empty();
        if (!unread) text += " “" + safe(t.title()) + "”";
        text += "  " + unit + " " + words_of(as, row.as);
        if (!unread || t.due_at) text += ", " + limit_of(as, t.how, t.due_at, "", t.offset);
        if (row.overdue)
            text += ", " + as.say(t.by_case ? word::word_case_overdue : word::word_overdue);
        if (!t.quarantine.empty())
            text += "; " + as.say(word::task_quarantined, safe(words_of_fault(as, t.quarantine)));
        line(as, text);
    }
    if (as.json)
        line(json_object().raw("tasks", json_array(rows)).flag("more", more).str());
    else if (views->empty())
        line(as, as.say(word::no_tasks));
    else if (more)
        line(as, as.say(word::more_rows));
    return done;
}

int run_show(const common& as, const show_args& given) {
    auto office = open_office(as, given.store, opening::look);
    if (!office) return report(as, office.error());
    auto of = find_case(as, **office, given.of);
    if (!of) return report(as, of.error());
    auto found = (*office)->find(*of);
    if (!found) return report(as, found.error());
    if (as.json) {
        line(flagged(as, to_json(found->state, found->offset), found->quarantine));
        return done;
    }
    const case_state& s = found->state;
    line(as, as.say(word::show_case, s.id.str()));
    line(as, as.say(word::show_procedure, safe(s.procedure), safe(found->definition->title)));
    line(as, as.say(word::show_pinned, to_hex(s.definition)));
    if (!s.reference.empty()) line(as, as.say(word::show_reference, safe(s.reference)));
    print_quarantine(as, found->quarantine);
    std::string status = as.say(word::show_status, status_of(as, s.status));
    if (!s.end_kind.empty()) status += " “" + safe(s.end_kind) + "”";
    if (!s.end_reason.empty()) status += ", " + as.say(word::reason_is, safe(s.end_reason));
    if (s.late) status += ", " + as.say(word::word_late);
    line(as, status);
    line(as, as.say(word::show_version, s.version));
    line(as,
         as.say(word::show_opened, when(s.opened_at, found->offset), safe(to_string(s.opener))));
    if (s.closed_at) line(as, as.say(word::show_closed, when(*s.closed_at, found->offset)));
    const auto clock = [&](std::string text, bool overdue, bool late) {
        if (overdue) text += ", " + as.say(word::word_overdue);
        if (late) text += ", " + as.say(word::word_late);
        line(as, text);
    };
    // While the clock stands still nobody knows the date that will hold: it is not said as one.
    const auto date_of = [&](const due_instant& due, bool runs) {
        const std::string on = day_of(due, found->offset);
        if (!runs || !s.clock_stopped_at || s.status != case_status::open) return on;
        return as.say(word::show_paused, when(*s.clock_stopped_at, found->offset), on);
    };
    if (s.case_due)
        clock(as.say(word::show_case_due, date_of(*s.case_due, true)),
              s.overdue && s.status == case_status::open, false);
    for (const part_clock& p : s.parts) {
        if (p.limit >= found->definition->overall.size()) continue;
        const overall_limit& part = found->definition->overall[p.limit];
        clock(as.say(word::show_part_due, safe(part.from_step), safe(part.to_step),
                     date_of(p.due, !p.closed_at)),
              p.overdue && !p.closed_at, p.late);
    }
    if (!s.parent.empty()) line(as, as.say(word::show_parent, s.parent.str()));
    if (!s.seats.empty()) {
        std::vector<std::string> names;
        for (const seat& who : s.seats)
            names.push_back(safe(who.role) + " = " + safe(who.unit) +
                            (who.person.empty() ? "" : "/" + safe(who.person)));
        line(as, as.say(word::show_parties) + " " + join(names));
    }
    print_tasks(as, *found, task_status::open, word::show_open_tasks);
    print_tasks(as, *found, task_status::done, word::show_done_tasks);
    print_tasks(as, *found, task_status::closed, word::show_dropped_tasks);
    print_fields(as, *found);
    print_rest(as, *found);
    return done;
}

int run_history(const common& as, const history_args& given) {
    auto office = open_office(as, given.store, opening::look);
    if (!office) return report(as, office.error());
    auto of = find_case(as, **office, given.of);
    if (!of) return report(as, of.error());
    auto events = (*office)->history(*of);
    if (!events) return report(as, events.error());
    auto found = (*office)->find(*of);
    if (!found) return report(as, found.error());
    if (!as.json) print_quarantine(as, found->quarantine);
    for (const history_entry& entry : *events) {
        if (as.json)
            line(flagged(as, to_json(entry.fact, entry.hash, found->offset), found->quarantine));
        else
            line(as, describe(as, *found->definition, entry, found->offset), history_hang);
        if (as.json || !given.trace) continue;
        for (const trace_line& day : trace_of(entry.fact))
            line(as, "       " + to_text(day, as.words));
    }
    if (!given.verify) return done;
    // Only looked at: to set the case apart is for those who write, who meet the fault themselves.
    if (auto good = (*office)->verify(*of); !good) return report(as, good.error());
    if (!as.json)
        line(as, as.say(word::chain_good,
                        counted(as, events->size(), word::count_one_event, word::count_events)));
    return done;
}

}  // namespace cli
