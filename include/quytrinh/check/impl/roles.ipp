// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/roles.ipp: who acts: a lead for every step, bound before it is needed, and
// people who can be different where the text says so.
#pragma once

#include <quytrinh/check/impl/bindings.hpp>
#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/papers.hpp>
#include <quytrinh/check/impl/rules.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking {

namespace role_rules {

/// Is this role the first declared of a circle of relative roles? So each circle is reported once.
inline bool begins_circle(const study& s, std::uint32_t role) {
    std::uint32_t p = role;
    for (int depth = 0; depth < relation_depth; ++depth) {
        const party& it = s.of.parties[p];
        if (it.binding != binding_kind::head_of && it.binding != binding_kind::unit_of)
            return false;
        p = s.parties.find(it.relative_to);
        if (p == role) return true;
        if (p == none || p < role) return false;
    }
    return false;
}

/// What a party does in a step: without its lead a step cannot begin, others may be missed.
enum class part : std::uint8_t { lead, any_of_leads, beside };

inline diag::code unbound_finding(const party& base, certainty sure, part as) {
    const bool never = sure == certainty::never && as != part::beside;
    if (base.binding == binding_kind::from_field)
        return never ? diag::role_field_empty : diag::role_field_maybe_empty;
    return never || (sure == certainty::sometimes && as == part::lead) ? diag::role_not_bound
                                                                       : diag::role_maybe_not_bound;
}

inline void report_unbound(study& s, path_facts& facts, std::uint32_t v, const place& where,
                           const std::string& code, path_facts::question q, part as) {
    const step& at = s.of.steps[v];
    const party& base = s.of.parties[base_of(s, s.parties.find(code))];
    const auto finding = unbound_finding(base, facts.answer(q), as);
    auto path = facts.new_path_without(q, finding);
    if (!path) return;
    std::vector<std::string> args{code, s.say.named(at), std::move(*path)};
    std::vector<related_place> related{{base.where, diag::note_declared_here, {s.say.party(base)}}};
    if (base.binding == binding_kind::from_field) args.push_back(base.bound_from.field);
    s.report(finding, where, at, std::move(args), std::move(related));
}

/// The field that names who holds the role, where it may stay empty.
inline found_field optional_source(const study& s, std::uint32_t role) {
    const std::uint32_t p = base_of(s, role);
    if (p == none || s.of.parties[p].binding != binding_kind::from_field) return {};
    const auto f = s.find_field(s.of.parties[p].bound_from);
    return may_stay_empty(f) ? f : found_field{};
}

/// A branch that asks for it may lead around every step of the role.
inline bool asked_by_branch(const study& s, const found_field& f) {
    return std::any_of(s.of.steps.begin(), s.of.steps.end(), [&](const step& at) {
        return std::any_of(at.branches.begin(), at.branches.end(), [&](const branch& b) {
            return b.when && asks_if_filled(s, *b.when, f);
        });
    });
}

/// Told once for a role, where it first acts.
inline bool leads_before(const study& s, std::uint32_t v, const std::string& code) {
    return std::any_of(s.of.steps.begin(), s.of.steps.begin() + v, [&](const step& at) {
        const auto& leads = at.lead.parties;
        return at.recorder == code || std::find(leads.begin(), leads.end(), code) != leads.end();
    });
}

/// A step fills the form in any case, but what the role is taken from may stay empty there.
inline void report_optional(study& s, std::uint32_t v, const place& where,
                            const std::string& code) {
    const auto f = optional_source(s, s.parties.find(code));
    if (!f || leads_before(s, v, code) || asked_by_branch(s, f)) return;
    const step& at = s.of.steps[v];
    s.report(diag::role_field_optional, where, at,
             {code, f.field->name, s.of.forms[f.form].code, s.say.named(at)},
             {{f.field->where, diag::note_declared_here, {'"' + f.field->name + '"'}}});
}

/// Asks whether these parties are bound at step v. Of several who may lead, one is enough. Who
/// coordinates or is told may be assigned in the step itself.
inline void ask_bound(study& s, path_facts& facts, std::uint32_t v, const place& where,
                      const std::vector<std::string>& codes, part as) {
    const bool any = as == part::any_of_leads;
    const moment when = as == part::beside ? moment::completion : moment::opening;
    struct asked {
        std::string code;
        path_facts::question question;
    };
    std::vector<asked> questions;
    for (const auto& code : codes) {
        const std::uint32_t p = s.parties.find(code);
        const auto needs = p == none ? std::nullopt : binding_fact(s, p);
        if (needs)
            questions.push_back({code, facts.ask(*needs, v, when)});
        else if (any)
            return;  // somebody may always take it
    }
    if (questions.empty()) return;
    facts.then([&s, &facts, v, where, any, as, questions] {
        const auto better = [&](const asked& a, const asked& b) {
            return facts.answer(a.question) < facts.answer(b.question);
        };
        if (any) {
            const auto& best = *std::max_element(questions.begin(), questions.end(), better);
            if (facts.answer(best.question) != certainty::always)
                report_unbound(s, facts, v, where, best.code, best.question,
                               questions.size() > 1 ? as : part::lead);
            else if (std::all_of(questions.begin(), questions.end(), [&](const asked& a) {
                         return optional_source(s, s.parties.find(a.code)).field != nullptr;
                     }))
                report_optional(s, v, where, best.code);
            return;
        }
        for (const auto& a : questions)
            if (facts.answer(a.question) != certainty::always)
                report_unbound(s, facts, v, where, a.code, a.question, as);
            else if (as == part::lead)
                report_optional(s, v, where, a.code);
    });
}

/// Who leads has nobody to take part with. Of several who may lead each may take part where another
/// does.
inline void check_takes_part(study& s, std::uint32_t v) {
    const step& at = s.of.steps[v];
    if (at.lead.how == lead_clause::mode::any && at.lead.parties.size() > 1) return;
    std::set<std::string_view> told;
    for (const auto& one : at.with)
        for (const auto& code : one.parties)
            if (std::find(at.lead.parties.begin(), at.lead.parties.end(), code) !=
                    at.lead.parties.end() &&
                told.insert(code).second)
                s.report(diag::lead_takes_part, study::or_else(one.where, at.where), at,
                         {code, s.say.named(at)},
                         {{study::or_else(at.lead.where, at.where),
                           diag::note_declared_here,
                           {(s.say.vi() ? "chủ trì " : "lead ") + code}}});
}

inline void check_lead(study& s, path_facts& facts, std::uint32_t v) {
    const step& at = s.of.steps[v];
    const place where = study::or_else(at.lead.where, at.where);
    if (at.lead.parties.empty() && at.lead.as_step.empty()) {
        if (!s.is_lost(v, study::lost::lead))
            s.report(diag::lead_missing, at.where, at, {s.say.named(at)});
        return;
    }
    ask_bound(s, facts, v, where, at.lead.parties,
              at.lead.how == lead_clause::mode::any ? part::any_of_leads : part::lead);
    if (!at.recorder.empty()) ask_bound(s, facts, v, where, {at.recorder}, part::lead);
    if (at.lead.as_step.empty()) return;
    const std::uint32_t other = s.step_of(at.lead.as_step);
    if (other == none) return;
    const auto q = facts.ask({fact_kind::done, other, {}, {}}, v, moment::opening);
    facts.then([&s, &facts, &at, where, q] {
        if (facts.answer(q) == certainty::always) return;
        s.report(diag::lead_as_step_not_done, where, at,
                 {s.say.step(at.lead.as_step), s.say.named(at), facts.path_without(q)});
    });
}

inline void check_recorder(study& s, const step& at) {
    const auto external =
        std::find_if(at.lead.parties.begin(), at.lead.parties.end(), [&](const std::string& code) {
            const auto p = s.parties.find(code);
            return p != none && s.of.parties[p].kind == party_kind::external;
        });
    const bool known =
        std::all_of(at.lead.parties.begin(), at.lead.parties.end(),
                    [&](const std::string& code) { return s.parties.find(code) != none; });
    if (s.is_lost(at, study::lost::lead) || !known) return;
    if (external != at.lead.parties.end() && at.recorder.empty())
        s.report(diag::recorder_missing, study::or_else(at.lead.where, at.where), at,
                 {*external, s.say.named(at)});
    if (external == at.lead.parties.end() && !at.recorder.empty() && at.lead.as_step.empty())
        s.report(diag::recorder_not_needed, at.where, at, {at.recorder, s.say.named(at)});
}

inline bool assigns(const step& at, const std::string& role) {
    return std::any_of(at.assignments.begin(), at.assignments.end(),
                       [&](const auto& a) { return a.role == role; });
}

inline std::string name_of(const study& s, field_type type) {
    const bool vi = s.say.vi();
    switch (type) {
    case field_type::text: return vi ? "chữ" : "text";
    case field_type::number: return vi ? "số" : "number";
    case field_type::day: return vi ? "ngày" : "date";
    case field_type::yes_no: return vi ? "có hoặc không" : "yes-or-no";
    case field_type::person: return vi ? "người" : "person";
    case field_type::unit: return vi ? "đơn vị" : "unit";
    case field_type::attachment: return vi ? "tệp đính kèm" : "attachment";
    case field_type::list: return vi ? "danh sách" : "list";
    case field_type::one_of: return vi ? "một trong" : "one of";
    case field_type::any_of: return vi ? "các mục trong" : "any of";
    case field_type::checklist: return vi ? "bảng kiểm" : "checklist";
    }
    return {};
}

/// `lấy theo "Số tiền"`: whatever is written there, nobody is named. That is told where the role is
/// declared, and nothing of what follows from it.
inline void check_source(study& s, const party& role, const std::string& heading) {
    if (role.binding != binding_kind::from_field) return;
    const auto found = s.find_field(role.bound_from);
    if (!found || found.ambiguous || names_somebody(found.field->type)) return;
    s.report(diag::role_field_no_party, role.where, heading,
             {role.code, found.field->name, name_of(s, found.field->type)},
             {{found.field->where, diag::note_declared_here, {'"' + found.field->name + '"'}}});
}

/// `nhóm G gồm G`, or by way of other groups: whoever asks for its people would never be done.
/// Each group is gone into once; `way` holds those that are being gone into.
inline void check_groups(study& s) {
    struct visit {
        std::uint32_t group = 0;
        std::size_t next = 0;
    };
    constexpr std::uint32_t fresh = none, done = none - 1, told = none - 2;
    std::vector<std::uint32_t> place_on_way(s.of.parties.size(), fresh);
    std::vector<visit> way;
    const auto enter = [&](std::uint32_t p) {
        place_on_way[p] = static_cast<std::uint32_t>(way.size());
        way.push_back({p, 0});
    };
    for (std::uint32_t first = 0; first < s.of.parties.size(); ++first) {
        if (place_on_way[first] == fresh) enter(first);
        while (!way.empty()) {
            const auto [p, next] = way.back();
            const party& group = s.of.parties[p];
            if (next == group.members.size()) {
                place_on_way[p] = done;
                way.pop_back();
                continue;
            }
            ++way.back().next;
            const std::uint32_t member = s.parties.find(group.members[next]);
            if (member == none) continue;
            const std::uint32_t open = place_on_way[member];
            if (open == fresh) enter(member);
            if (open >= told) continue;
            const party& of = s.of.parties[member];
            std::string path;
            for (std::size_t v = open; v < way.size(); ++v)
                path.append(s.of.parties[way[v].group].code).append(" → ");
            s.report(diag::group_in_a_circle, of.where, s.heading(s.say.party(of), of),
                     {of.code, path + of.code});
            for (; way.size() > open; way.pop_back()) place_on_way[way.back().group] = told;
        }
    }
}

inline void check_bindings(study& s) {
    check_groups(s);
    for (std::uint32_t p = 0; p < s.of.parties.size(); ++p) {
        const party& role = s.of.parties[p];
        const std::string heading = s.heading(s.say.party(role), role);
        if (begins_circle(s, p))
            s.report(diag::role_in_a_circle, role.where, heading, {role.code, role.relative_to});
        check_source(s, role, heading);
        if (role.binding != binding_kind::by_step) continue;
        for (const auto& id : role.bound_by) {
            const std::uint32_t v = s.graph.vertex_of(id);
            if (v < s.of.steps.size() && !s.is_lost(v, study::lost::assigned) &&
                !assigns(s.of.steps[v], role.code))
                s.report(diag::role_not_assigned_there, role.where, heading,
                         {role.code, s.say.step(id)},
                         {{s.of.steps[v].where, diag::note_declared_here, {s.say.step(id)}}});
        }
    }
}

inline void check_assignments(study& s, const step& at) {
    for (const auto& a : at.assignments) {
        const place where = study::or_else(a.where, at.where);
        const std::uint32_t p = s.parties.find(a.role);
        if (p != none && !s.party_lost(p)) {
            const party& role = s.of.parties[p];
            if (role.binding != binding_kind::by_step ||
                std::find(role.bound_by.begin(), role.bound_by.end(), at.id) == role.bound_by.end())
                s.report(diag::assignment_not_declared, where, at, {a.role, s.say.step(at.id)},
                         {{role.where, diag::note_declared_here, {s.say.party(role)}}});
        }
        if (std::find(a.different_from.begin(), a.different_from.end(), a.role) !=
            a.different_from.end())
            s.report(diag::separation_impossible, where, at, {a.role, a.role});
    }
}

/// The only party that leads a step, if there is one and nobody may stand in for it.
inline std::uint32_t sole_lead(const study& s, const step& at) {
    const step* where = &at;
    for (int depth = 0; depth < relation_depth && !where->lead.as_step.empty(); ++depth) {
        const std::uint32_t v = s.step_of(where->lead.as_step);
        if (v == none) return none;
        where = &s.of.steps[v];
    }
    if (where->lead.parties.size() != 1 || at.lead.or_delegate || where->lead.or_delegate)
        return none;
    return s.parties.find(where->lead.parties.front());
}

inline void check_separations(study& s, const step& at) {
    for (const auto& c : at.separations)
        for (const auto& id : c.steps) {
            const place where = study::or_else(c.where, at.where);
            const std::uint32_t v = s.graph.vertex_of(id);
            if (v >= s.of.steps.size()) continue;
            const step& other = s.of.steps[v];
            if (&other == &at) {
                s.report(diag::separation_impossible, where, at, {s.say.step(id), s.say.step(id)});
                continue;
            }
            const std::uint32_t lead = sole_lead(s, at);
            if (lead == none || lead != sole_lead(s, other)) continue;
            const party& who = s.of.parties[lead];
            const std::vector<related_place> related{
                {study::or_else(other.lead.where, other.where), diag::note_same_lead, {who.code}}};
            if (who.binding == binding_kind::opener)
                s.report(diag::separation_impossible, where, at,
                         {s.say.step(at.id), s.say.step(id)}, related);
            else if (who.kind == party_kind::position || who.binding == binding_kind::head_of)
                s.report(diag::separation_needs_two, where, at,
                         {s.say.step(at.id), s.say.step(id), who.code}, related);
        }
}

/// `chủ trì MC, MC`: one party cannot lead jointly with itself.
inline void check_twice(study& s, const step& at) {
    const auto look = [&](const std::vector<std::string>& parties, const place& where,
                          std::string clause) {
        for (auto p = parties.begin(); p != parties.end(); ++p)
            if (std::find(parties.begin(), p, *p) != p)
                return s.report(diag::party_twice, study::or_else(where, at.where), at,
                                {*p, std::move(clause)});
    };
    const bool asks = at.kind == step_kind::consultation;
    look(at.lead.parties, at.lead.where,
         asks ? (s.say.vi() ? "hỏi" : "ask") : (s.say.vi() ? "chủ trì" : "lead"));
    for (const auto& p : at.with) look(p.parties, p.where, s.say.vi() ? "phối hợp" : "with");
    for (const auto& p : at.inform) look(p.parties, p.where, s.say.vi() ? "báo tin" : "inform");
}

}  // namespace role_rules

void check_roles(study& s, path_facts& facts) {
    namespace own = role_rules;
    own::check_bindings(s);
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        const step& at = s.of.steps[v];
        own::check_lead(s, facts, v);
        own::check_recorder(s, at);
        own::check_twice(s, at);
        own::check_takes_part(s, v);
        own::check_separations(s, at);
        own::check_assignments(s, at);
        for (const auto* clauses : {&at.with, &at.inform})
            for (const auto& p : *clauses)
                own::ask_bound(s, facts, v, study::or_else(p.where, at.where), p.parties,
                               own::part::beside);
    }
}

}  // namespace quytrinh::detail::checking
