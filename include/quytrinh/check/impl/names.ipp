// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/names.ipp: declarations that nothing uses. That a name means something is the
// language's to say; a name that means nothing may be a misspelt one, so it excuses the unused of
// its kind.
#pragma once

#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/check/impl/sites.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>

namespace quytrinh::detail::checking {

namespace name_rules {

/// What is used by what. Assignments stand apart: a role that is only assigned is used by nobody.
class usage {
public:
    explicit usage(study& s)
        : s_(s),
          party_{std::vector<char>(s.of.parties.size())},
          form_{std::vector<char>(s.of.forms.size())},
          catalogue_{std::vector<char>(s.of.catalogues.size())},
          assigned_(s.of.parties.size()),
          record_(s.of.records.size()) {}

    void party(const std::string& code) { mark(party_, party_.used, s_.parties.find(code), code); }
    void parties(const std::vector<std::string>& codes) {
        for (const auto& code : codes) party(code);
    }
    void assigned(const std::string& code) { mark(party_, assigned_, s_.parties.find(code), code); }
    void form(const std::string& code) { mark(form_, form_.used, s_.forms.find(code), code); }
    void catalogue(const std::string& code) {
        mark(catalogue_, catalogue_.used, s_.catalogues.find(code), code);
    }
    void field(const field_ref& name) {
        const auto found = s_.find_field(name);
        if (found)
            form_.used[found.form] = 1;
        else
            form_.misspelt = true;
    }
    /// A record or a form; a name that is neither is a paper.
    void kept(const std::string& code) {
        if (const auto r = s_.records.find(code); r != none) record_[r] = 1;
        if (const auto f = s_.forms.find(code); f != none) form_.used[f] = 1;
    }
    /// A code as the value of a unit or person field.
    void word(const std::string& text) {
        if (const auto p = s_.parties.find(text); p != none) party_.used[p] = 1;
    }

    void report_unused();

private:
    /// A name that means nothing may be meant for any that is not used of its kind.
    struct kind {
        std::vector<char> used;
        bool misspelt = false;
    };
    static void mark(kind& of, std::vector<char>& used, std::uint32_t index,
                     const std::string& code) {
        if (index != none)
            used[index] = 1;
        else if (!code.empty())
            of.misspelt = true;
    }
    /// What a shared file declares need not be used by each procedure that imports it.
    [[nodiscard]] bool here(const place& where) const { return where.file == s_.of.where.file; }

    study& s_;
    kind party_, form_, catalogue_;
    std::vector<char> assigned_, record_;
};

inline void usage::report_unused() {
    const auto& of = s_.of;
    // What a line that was not understood may have named.
    using lost = study::lost;
    constexpr lost::kinds conditions = lost::ways | lost::beside | lost::acts | lost::limits |
                                       lost::assigned | lost::links | lost::needs | lost::overall;
    const bool declared =
        of.unread != nullptr && !(of.unread->parties.empty() && of.unread->forms.empty() &&
                                  of.unread->records.empty() && of.unread->catalogues.empty());
    const bool all = !declared && !s_.lost_anywhere(conditions);
    if (!all || s_.lost_anywhere(lost::lead | lost::channels | lost::rights)) return;
    for (std::uint32_t p = 0; !party_.misspelt && p < party_.used.size(); ++p) {
        const auto& it = of.parties[p];
        if (party_.used[p] != 0 || !here(it.where)) continue;
        const std::string name = s_.say.party(it);
        s_.report(assigned_[p] != 0 ? diag::assigned_role_unused : diag::party_never_used, it.where,
                  s_.heading(name, it), {name});
    }
    for (std::uint32_t f = 0; !form_.misspelt && f < form_.used.size(); ++f)
        if (form_.used[f] == 0 && here(of.forms[f].where))
            s_.report(diag::form_never_used, of.forms[f].where,
                      s_.heading(s_.say.form(of.forms[f].code), of.forms[f]), {of.forms[f].code});
    for (std::uint32_t c = 0; !catalogue_.misspelt && c < catalogue_.used.size(); ++c) {
        const auto& it = of.catalogues[c];
        if (catalogue_.used[c] == 0 && here(it.where))
            s_.report(diag::catalogue_never_used, it.where, s_.heading(s_.say.catalogue(it), it),
                      {s_.say.catalogue(it)});
    }
    for (std::uint32_t r = 0; r < record_.size(); ++r)
        if (record_[r] == 0 && here(of.records[r].where))
            s_.report(diag::record_never_kept, of.records[r].where,
                      s_.heading(s_.say.record(of.records[r].code), of.records[r]),
                      {of.records[r].code});
}

inline void see_operand(usage& u, const operand& o) {
    if (o.what == operand::kind::field) u.field(o.field);
    if (const auto* text = o.literal.get_if<std::string>()) u.word(*text);
}

inline void see_conditions(const study& s, usage& u) {
    for_each_condition(s, [&](const condition_site& site) {
        for (const auto& node : site.what->nodes) {
            if (node.what == condition_node::kind::in_table) u.catalogue(node.table);
            if (node.what == condition_node::kind::compare) see_operand(u, node.left);
            for (const auto& right : node.right) see_operand(u, right);
        }
    });
}

inline void see_acts(const study& s, usage& u, const step& at) {
    for (const auto& act : at.acts) {
        switch (act.what) {
        case form_act::kind::keep: u.kept(act.code); break;
        case form_act::kind::check: u.catalogue(act.code); break;
        case form_act::kind::use:  // a form, a record, or a document from elsewhere
            if (s.forms.find(act.code) != none || s.records.find(act.code) != none)
                u.kept(act.code);
            break;
        case form_act::kind::fill:
        case form_act::kind::approve:
        case form_act::kind::append: u.form(act.code); break;
        }
    }
}

inline void see_step(const study& s, usage& u, const step& at) {
    u.parties(at.lead.parties);
    u.party(at.recorder);
    for (const auto& p : at.with) u.parties(p.parties);
    for (const auto& p : at.inform) u.parties(p.parties);
    u.catalogue(at.channel_catalogue);
    see_acts(s, u, at);
    for (const auto& a : at.assignments) {
        u.assigned(a.role);
        u.parties(a.different_from);
        u.party(a.within);
    }
    for (const auto& l : at.limits) {
        if (l.what == time_limit::kind::from_field) u.field(l.field);
        if (l.what != time_limit::kind::count) continue;
        if (l.from.what == anchor::kind::field) u.field(l.from.field);
        if (l.from.what == anchor::kind::signing) u.form(l.from.form);
    }
    for (const auto& l : at.links)
        for (const auto& carried : l.carrying) u.field({{}, carried.first});
}

inline void see_declarations(const study& s, usage& u) {
    for (const auto& p : s.of.parties) {
        if (p.binding == binding_kind::from_field) u.field(p.bound_from);
        if (p.binding == binding_kind::head_of || p.binding == binding_kind::unit_of)
            u.party(p.relative_to);
        u.parties(p.members);
        u.party(p.within);
    }
    for (const auto& f : s.of.forms) {
        for (const auto& field : f.fields) {
            u.catalogue(field.catalogue);
            for (const auto& column : field.columns) u.catalogue(column.catalogue);
        }
        u.form(f.content_of);
    }
    for (const auto& r : s.of.records) {
        for (const auto& part : r.parts)
            for (const auto& code : part.forms)
                if (s.forms.find(code) != none) u.form(code);
        u.parties(r.keepers);
    }
    u.parties(s.of.head.owners);
    for (const auto& copy : s.of.head.copies) u.parties(copy.parties);
    for (const auto& right : s.of.rights) u.parties(right.parties);
}

}  // namespace name_rules

void check_names(study& s) {
    namespace own = name_rules;
    own::usage u(s);
    own::see_declarations(s, u);
    for (const auto& at : s.of.steps) own::see_step(s, u, at);
    own::see_conditions(s, u);
    u.report_unused();
}

}  // namespace quytrinh::detail::checking
