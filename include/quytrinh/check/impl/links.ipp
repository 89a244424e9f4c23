// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/links.ipp: linked procedures: known, may be entered there, and have the
// fields carried over.
#pragma once

#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/papers.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <unordered_map>

namespace quytrinh::detail::checking {

namespace link_rules {

/// A linked procedure with its fields by name: it may be linked from many steps.
struct linked {
    const procedure* it = nullptr;
    std::unordered_map<std::string_view, const form_field*> fields;
};

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
        return l;
    }

private:
    const study& s_;
    std::unordered_map<std::string_view, linked> known_;
};

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
    else if (here && !here.ambiguous && here.field->type != there->second->type)
        s.report(diag::link_field_differs, where, at, {carried.first, name, l.procedure});
}

}  // namespace link_rules

void check_links(study& s, path_facts& facts) {
    namespace own = link_rules;
    own::linked_procedures others(s);
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v)
        for (const auto& l : s.of.steps[v].links) {
            const own::linked& other = others.find(l.procedure);
            if (other.it != nullptr)
                own::check_entry(s, s.of.steps[v], l, *other.it);
            else if (s.context.find_procedure)
                s.report(diag::link_not_known, study::or_else(l.where, s.of.steps[v].where),
                         s.of.steps[v], {l.procedure});
            for (const auto& carried : l.carrying) own::check_field(s, facts, v, l, carried, other);
        }
}

}  // namespace quytrinh::detail::checking
