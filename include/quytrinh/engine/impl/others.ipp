// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/others.ipp: who could act instead of whoever was refused.
#pragma once

#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace others_bodies {
namespace {

void add_once(std::vector<std::string>& names, const std::vector<std::string>& more) {
    for (const auto& name : more)
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::vector<std::string> names_behind(const procedure& of, const std::vector<seat>& leads,
                                      const std::vector<seat>& recorders) {
    std::vector<seat> could;
    bool outside = false;
    for (const auto& s : leads) {
        if (is_external(of, s))
            outside = true;
        else
            could.push_back(s);
    }
    if (outside) could.insert(could.end(), recorders.begin(), recorders.end());
    return names_of(could);
}

std::vector<seat> noted_by(const seat& recorder) {
    return recorder.role.empty() ? std::vector<seat>{} : std::vector<seat>{recorder};
}

bool fills(const step& where, std::string_view form, std::string_view field, std::string_view box) {
    return std::any_of(where.acts.begin(), where.acts.end(), [&](const form_act& a) {
        if (a.what != form_act::kind::fill && a.what != form_act::kind::append) return false;
        if (a.code != form) return false;
        if (field.empty()) return true;
        return (a.box.empty() || a.box == box) &&
               (a.only.empty() || std::find(a.only.begin(), a.only.end(), field) != a.only.end());
    });
}

}  // namespace
}  // namespace others_bodies

std::vector<std::string> workers_of(const procedure& of, const task_state& t) {
    if (!t.assignee_unit.empty()) return {to_string(actor{t.assignee_unit, t.assignee})};
    return others_bodies::names_behind(of, t.leads, others_bodies::noted_by(t.recorder));
}

std::vector<std::string> workers_of(const procedure& of, const consultation_state& c) {
    return others_bodies::names_behind(of, c.asked, others_bodies::noted_by(c.recorder));
}

std::vector<std::string> workers_of(const procedure& of, const case_state& state,
                                    const step& where) {
    const auto who = leads_of(of, state, where);
    std::vector<seat> recorders;
    if (!where.recorder.empty()) recorders = seats_of(of, state, where.recorder);
    return others_bodies::names_behind(of, who.seats, recorders);
}

bool has_confirmed(const task_state& t, std::string_view role) {
    return std::any_of(t.confirmed.begin(), t.confirmed.end(),
                       [&](const auto& c) { return c.lead == role; });
}

std::vector<seat> not_confirmed(const task_state& t) {
    std::vector<seat> left = t.leads;
    std::erase_if(left, [&](const seat& s) { return has_confirmed(t, s.role); });
    return left;
}

error with_others(errc rule, std::vector<std::string> args, std::vector<std::string> who_could) {
    error why;
    why.code = rule;
    why.args = std::move(args);
    why.who_could = std::move(who_could);
    return why;
}

error not_open(const procedure& of, const case_state& state, std::string_view name) {
    std::vector<std::string> open;
    const auto one = [&](const task_key& key, const std::vector<std::string>& workers) {
        const std::string turn = listed(workers);
        open.push_back(to_string(key) + (turn.empty() ? turn : " – " + turn));
    };
    for (const auto& t : state.tasks)
        if (t.status == task_status::open) one(t.task, workers_of(of, t));
    for (const auto& c : state.consultations)
        if (c.status == task_status::open) one(c.consultation, workers_of(of, c));
    return with_others(errc::task_not_open, {std::string(name), listed(open)}, {});
}

std::vector<std::string> cancellers_of(const procedure& of, const case_state& state) {
    std::vector<std::string> names;
    for (const auto& right : of.rights) {
        if (right.what != right_clause::kind::cancel) continue;
        const auto reached = state.steps.find(right.before_step);
        if (!right.before_step.empty() && reached != state.steps.end() &&
            reached->second.rounds > 0)
            continue;
        for (const auto& code : right.parties) {
            const party* p = party_named(of, code);
            if (p == nullptr || p->kind != party_kind::external) {
                others_bodies::add_once(names, names_of(members_of(of, state, code)));
                continue;
            }
            for (const auto& s : of.steps)
                if (!s.recorder.empty() && among(s.lead.parties, code))
                    others_bodies::add_once(names, names_of(seats_of(of, state, s.recorder)));
        }
    }
    return names;
}

std::vector<std::string> fillers_of(const procedure& of, const case_state& state,
                                    std::string_view form, std::string_view field) {
    std::string_view box;
    if (const auto* f = of.find_form(form))
        if (const auto* declared = f->find(std::string(field))) box = declared->box;
    std::vector<std::string> now, later;
    for (const auto& s : of.steps) {
        if (!others_bodies::fills(s, form, field, box)) continue;
        for (const auto& t : state.tasks)
            if (t.status == task_status::open && t.task.step == s.id)
                others_bodies::add_once(now, workers_of(of, t));
        others_bodies::add_once(later, workers_of(of, state, s));
    }
    return now.empty() ? later : now;
}

const catalogue* table_of_row(const procedure& of, std::string_view missing) {
    const auto space = missing.find(' ');
    if (space == std::string_view::npos) return nullptr;
    for (const auto& f : of.forms)
        if (f.find(std::string(missing)) != nullptr) return nullptr;
    return of.find_catalogue(std::string(missing.substr(0, space)));
}

error unknown_condition(const procedure& of, const case_state& state, const step& where,
                        const std::string& missing) {
    std::vector<std::string> could;
    for (const auto& f : of.forms)
        if (f.find(missing) != nullptr)
            others_bodies::add_once(could, fillers_of(of, state, f.code, missing));
    if (const catalogue* table = table_of_row(of, missing))
        return with_others(errc::condition_unknown,
                           {where.id, {}, {}, table->code, missing.substr(table->code.size() + 1)},
                           {});
    return with_others(errc::condition_unknown, {where.id, missing, listed(could)}, {});
}

}  // namespace quytrinh::detail::engine
