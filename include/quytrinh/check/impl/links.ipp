// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/links.ipp: linked procedures: known, may be entered there, and have the
// fields carried over.
#pragma once

#include <quytrinh/base/impl/near.hpp>
#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/papers.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking {

namespace link_rules {

/// A linked procedure with its fields by name: it may be linked from many steps.
struct linked {
    const procedure* it = nullptr;
    std::unordered_map<std::string_view, const form_field*> fields;
    /// Fields of which the kernel cannot tell which form is meant: those forms.
    std::unordered_map<std::string_view, std::vector<std::string>> in_many;
};

/// Of several forms with a field the one that some step fills is meant (a form whose content
/// another took over may itself never be filled); of several such, none.
inline void note_many(linked& l) {
    std::unordered_set<std::string_view> filled;
    for (const auto& at : l.it->steps)
        for (const auto& act : at.acts)
            if (act.what == form_act::kind::fill || act.what == form_act::kind::append)
                filled.insert(act.code);
    std::unordered_map<std::string_view, std::vector<const form*>> all;
    for (const auto& f : l.it->forms)
        for (const auto& field : f.fields) all[field.name].push_back(&f);
    for (const auto& [name, forms] : all) {
        if (forms.size() < 2) continue;
        const auto count = std::count_if(forms.begin(), forms.end(),
                                         [&](const form* f) { return filled.count(f->code) != 0; });
        if (count == 1) continue;
        for (const auto* f : forms)
            if (l.in_many[name].size() < 12) l.in_many[name].push_back(f->code);
    }
}

class linked_procedures {
public:
    explicit linked_procedures(const study& s) : s_(s) {}
    const linked& find(const std::string& code) {
        const auto [at, is_new] = known_.try_emplace(code);
        if (!is_new) return at->second;
        linked& l = at->second;
        l.it = code == s_.of.code          ? &s_.of
               : s_.context.find_procedure ? s_.context.find_procedure(code)
                                           : nullptr;
        if (l.it != nullptr)
            for (const auto& f : l.it->forms)
                for (const auto& field : f.fields) l.fields.try_emplace(field.name, &field);
        if (l.it != nullptr) note_many(l);
        return l;
    }

private:
    const study& s_;
    std::unordered_map<std::string_view, linked> known_;
};

/// `QT.02` beside `QT.01`: a digit in the place of another says nothing, as with numbers of steps.
inline bool other_number(const std::string& a, const std::string& b) {
    if (a.size() != b.size()) return false;
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i] && !(digit(a[i]) && digit(b[i]))) return false;
    return true;
}

/// A code that nothing has; a code like it is proposed where the host says which there are.
inline void report_unknown(study& s, const step& at, const link_clause& l) {
    const place where = study::or_else(l.procedure_where, study::or_else(l.where, at.where));
    std::optional<text_fix> fix;
    if (s.still_shown()) {
        near::nearest_name nearest{l.procedure};
        if (s.context.known_procedures)
            for (const std::string& code : s.context.known_procedures())
                if (code != s.of.code && !other_number(code, l.procedure)) nearest.offer(code);
        if (!nearest.found().empty() && l.procedure_where.range.end > 0) {
            fix.emplace();
            fix->edits.push_back({l.procedure_where, nearest.found()});
        }
    }
    s.report(diag::link_not_known, where, at, {l.procedure}, {}, std::move(fix));
}

inline void check_entry(study& s, const step& at, const link_clause& l, const procedure& other) {
    if (l.at_step.empty()) return;
    const place where = study::or_else(l.where, at.where);
    const step* entry = other.find_step(l.at_step);
    if (entry == nullptr || entry->kind != step_kind::step) {
        s.report(diag::link_step_not_found, where, at, {l.procedure, s.say.step(l.at_step)});
        return;
    }
    const bool first = entry == other.first_step();
    if (!first && std::find(other.may_open_at.begin(), other.may_open_at.end(), l.at_step) ==
                      other.may_open_at.end())
        s.report(diag::link_entry_closed, where, at, {l.procedure, s.say.step(l.at_step)});
}

/// `chọn khi mở hồ sơ` over there: a linked case gets it from the role of the same code here, which
/// must be bound itself by choice, by a step, or as the opener.
inline void check_roles(study& s, const step& at, const link_clause& l, const procedure& other) {
    for (const auto& p : other.parties) {
        if (p.binding != binding_kind::at_opening) continue;
        const std::uint32_t own = s.parties.find(p.code);
        if (own != none) {
            const party& here = s.of.parties[own];
            switch (here.binding) {
            case binding_kind::at_opening:
            case binding_kind::by_step:
            case binding_kind::opener: continue;
            case binding_kind::open:
                // Only roles have somebody behind them from the first event on.
                if (here.kind == party_kind::role) continue;
                break;
            case binding_kind::from_field:
            case binding_kind::head_of:
            case binding_kind::unit_of: break;
            }
        }
        s.report(diag::link_role_not_given, study::or_else(l.where, at.where), at,
                 {l.procedure, p.code});
    }
}

inline void check_field(study& s, path_facts& facts, std::uint32_t v, const link_clause& l,
                        const std::pair<std::string, std::string>& carried, const linked& other) {
    const step& at = s.of.steps[v];
    const place where = study::or_else(l.where, at.where);
    const auto here = s.find_field({{}, carried.first});
    if (here && !here.ambiguous) {
        const auto q = facts.ask({fact_kind::filled, here.form, here.field->box, here.field->name},
                                 v, moment::completion);
        facts.then([&s, &facts, v, where, here, q] {
            if (facts.answer(q) != certainty::always) report_unfilled(s, facts, v, where, here, q);
        });
    }
    if (other.it == nullptr) return;
    const std::string& name = carried.second.empty() ? carried.first : carried.second;
    const auto there = other.fields.find(name);
    if (there == other.fields.end())
        s.report(diag::link_field_not_found, where, at, {l.procedure, name});
    else if (const auto many = other.in_many.find(name); many != other.in_many.end())
        s.report(diag::link_field_ambiguous, where, at,
                 {l.procedure, name, s.say.list(many->second)});
    else if (here && !here.ambiguous && here.field->type != there->second->type)
        s.report(diag::link_field_differs, where, at, {carried.first, name, l.procedure});
}

/// Does every way from one step to an end pass another? Without an end at all it does not: then
/// that is what is wrong.
inline bool always_passed(const study& s, std::uint32_t from, std::uint32_t by) {
    if (from == by) return true;
    std::vector<char> seen(s.graph.vertices().size(), 0);
    std::vector<std::uint32_t> left{from};
    seen[from] = 1;
    bool comes_by = false;
    while (!left.empty()) {
        const std::uint32_t v = left.back();
        left.pop_back();
        if (s.graph.vertices()[v].what == flow_vertex::kind::end || s.shape.unresolved[v] != 0)
            return false;
        for (const auto& edge : s.graph.out(v)) {
            comes_by = comes_by || edge.to == by;
            if (edge.what == flow_edge::kind::consultation || edge.to == by || seen[edge.to] != 0)
                continue;
            seen[edge.to] = 1;
            left.push_back(edge.to);
        }
    }
    return comes_by;
}

/// `mở quy trình` of the procedure itself, where every case comes by: each opens the next.
inline void check_itself(study& s, std::uint32_t v, const link_clause& l) {
    const step& at = s.of.steps[v];
    if (l.procedure != s.of.code || l.may || l.when || s.shape.open || !s.is_step(v)) return;
    const std::uint32_t entry = l.at_step.empty() ? s.graph.entry() : s.graph.vertex_of(l.at_step);
    if (!s.is_step(entry) || s.shape.reachable[v] == 0 || !always_passed(s, entry, v)) return;
    s.report(diag::opens_itself, study::or_else(l.where, at.where), at,
             {s.of.code, s.say.step(at.id)});
}

}  // namespace link_rules

void check_links(study& s, path_facts& facts) {
    namespace own = link_rules;
    own::linked_procedures others(s);
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v)
        for (const auto& l : s.of.steps[v].links) {
            const own::linked& other = others.find(l.procedure);
            own::check_itself(s, v, l);
            // What of itself was not understood may be what the link needs.
            if (other.it == &s.of && s.of.unread != nullptr) continue;
            if (other.it != nullptr) {
                own::check_entry(s, s.of.steps[v], l, *other.it);
                own::check_roles(s, s.of.steps[v], l, *other.it);
            } else if (s.context.find_procedure) {
                own::report_unknown(s, s.of.steps[v], l);
            }
            for (const auto& carried : l.carrying) own::check_field(s, facts, v, l, carried, other);
        }
}

}  // namespace quytrinh::detail::checking
