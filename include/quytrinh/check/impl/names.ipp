// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/names.ipp: codes and step ids that name nothing, and declarations that
// nothing uses. The language has resolved the names of a text; a model that was made otherwise is
// judged here all the same.
#pragma once

#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/check/impl/sites.hpp>

#include <algorithm>

namespace quytrinh::detail::checking {

namespace name_rules {

/// Who and what is used by whom. Assignments stand apart: a role that is only assigned is used by
/// nobody.
class usage {
public:
    explicit usage(study& s)
        : s_(s),
          party_(s.of.parties.size()),
          assigned_(s.of.parties.size()),
          form_(s.of.forms.size()),
          catalogue_(s.of.catalogues.size()),
          record_(s.of.records.size()) {}

    void party(const std::string& code, const place& where, const std::string& heading) {
        const auto p = s_.parties.find(code);
        if (p != none)
            party_[p] = 1;
        else if (!code.empty())
            s_.report(diag::party_not_found, where, heading, {code});
    }
    void parties(const std::vector<std::string>& codes, const place& where,
                 const std::string& heading) {
        for (const auto& code : codes) party(code, where, heading);
    }
    void assigned(const std::string& code, const place& where, const std::string& heading) {
        const auto p = s_.parties.find(code);
        if (p != none)
            assigned_[p] = 1;
        else
            s_.report(diag::party_not_found, where, heading, {code});
    }
    void form(const std::string& code, const place& where, const std::string& heading) {
        const auto f = s_.forms.find(code);
        if (f != none)
            form_[f] = 1;
        else if (!code.empty())
            s_.report(diag::form_not_found, where, heading, {code});
    }
    void catalogue(const std::string& code) {
        if (const auto c = s_.catalogues.find(code); c != none) catalogue_[c] = 1;
    }
    void field(const field_ref& name, const place& where, const std::string& heading) {
        const auto found = s_.find_field(name);
        if (found) form_[found.form] = 1;
        if (!found)
            s_.report(
                diag::field_not_found, where, heading,
                {name.field,
                 name.form.empty() ? std::string{} : (s_.say.vi() ? "trong " : "in ") + name.form});
        else if (found.ambiguous)
            s_.report(diag::field_not_clear, where, heading, {name.field});
    }
    void step(const std::string& id, const std::string& by, const place& where,
              const std::string& heading) {
        if (!id.empty() && s_.graph.vertex_of(id) >= s_.of.steps.size())
            s_.report(diag::step_not_found, where, heading, {s_.say.step(id), by});
    }
    void kept(const std::string& code) {
        if (const auto r = s_.records.find(code); r != none) record_[r] = 1;
        if (const auto f = s_.forms.find(code); f != none) form_[f] = 1;
    }
    void word(const std::string& text) {  // a code as the value of a unit or person field
        if (const auto p = s_.parties.find(text); p != none) party_[p] = 1;
    }

    void report_unused();

private:
    [[nodiscard]] bool here(const place& where) const { return where.file == s_.of.where.file; }

    study& s_;
    std::vector<char> party_, assigned_, form_, catalogue_, record_;
};

/// What a shared file declares need not be used by each procedure that imports it.
inline void usage::report_unused() {
    const auto& of = s_.of;
    for (std::uint32_t p = 0; p < party_.size(); ++p) {
        const auto& it = of.parties[p];
        if (party_[p] != 0 || !here(it.where)) continue;
        const std::string name = s_.say.party(it);
        s_.report(assigned_[p] != 0 ? diag::assigned_role_unused : diag::party_never_used, it.where,
                  s_.heading(name, it), {name});
    }
    for (std::uint32_t f = 0; f < form_.size(); ++f)
        if (form_[f] == 0 && here(of.forms[f].where))
            s_.report(diag::form_never_used, of.forms[f].where,
                      s_.heading(s_.say.form(of.forms[f].code), of.forms[f]), {of.forms[f].code});
    for (std::uint32_t c = 0; c < catalogue_.size(); ++c) {
        const auto& it = of.catalogues[c];
        if (catalogue_[c] == 0 && here(it.where))
            s_.report(diag::catalogue_never_used, it.where, s_.heading(s_.say.catalogue(it), it),
                      {s_.say.catalogue(it)});
    }
    for (std::uint32_t r = 0; r < record_.size(); ++r)
        if (record_[r] == 0 && here(of.records[r].where))
            s_.report(diag::record_never_kept, of.records[r].where,
                      s_.heading(s_.say.record(of.records[r].code), of.records[r]),
                      {of.records[r].code});
}

inline void see_operand(usage& u, const operand& o, const place& where,
                        const std::string& heading) {
    if (o.what == operand::kind::field) u.field(o.field, study::or_else(o.where, where), heading);
    if (const auto* text = o.literal.get_if<std::string>()) u.word(*text);
}

inline void see_conditions(study& s, usage& u) {
    for_each_condition(s, [&](const condition_site& site) {
        const place where = site.where(s);
        const std::string heading = site.heading(s);
        for (const auto& node : site.what->nodes) {
            if (node.what == condition_node::kind::in_table) u.catalogue(node.table);
            if (node.what == condition_node::kind::compare)
                see_operand(u, node.left, where, heading);
            for (const auto& right : node.right) {
                see_operand(u, right, where, heading);
                if (node.left.what != operand::kind::entered_from) continue;
                if (const auto* id = right.literal.get_if<std::string>())
                    u.step(*id, s.say.vi() ? "vào từ" : "entered from", where, heading);
            }
        }
    });
}

inline void see_acts(study& s, usage& u, const step& at, const std::string& heading) {
    for (const auto& act : at.acts) {
        const place where = study::or_else(act.where, at.where);
        switch (act.what) {
        case form_act::kind::keep: u.kept(act.code); break;
        case form_act::kind::check: u.catalogue(act.code); break;
        case form_act::kind::use: {
            const auto& documents = s.of.documents;
            const bool document = std::any_of(documents.begin(), documents.end(),
                                              [&](const auto& d) { return d.code == act.code; });
            if (!document && s.records.find(act.code) == none) u.form(act.code, where, heading);
            break;
        }
        case form_act::kind::fill:
        case form_act::kind::approve:
        case form_act::kind::append: u.form(act.code, where, heading); break;
        }
        const auto f = s.forms.find(act.code);
        if (f == none) continue;
        const auto& form = s.of.forms[f];
        if (!act.box.empty() &&
            std::none_of(form.boxes.begin(), form.boxes.end(),
                         [&](const form_box& b) { return b.number == act.box; }))
            s.report(diag::box_not_found, where, heading, {form.code, act.box});
        for (const auto& name : act.only) u.field({act.code, name}, where, heading);
    }
}

inline void see_step(study& s, usage& u, const step& at) {
    const std::string heading = s.heading(at);
    const bool vi = s.say.vi();
    const place lead = study::or_else(at.lead.where, at.where);
    u.parties(at.lead.parties, lead, heading);
    u.step(at.lead.as_step, vi ? "chủ trì như" : "lead as", lead, heading);
    u.party(at.recorder, at.where, heading);
    for (const auto& p : at.with) u.parties(p.parties, study::or_else(p.where, at.where), heading);
    for (const auto& p : at.inform)
        u.parties(p.parties, study::or_else(p.where, at.where), heading);
    u.catalogue(at.channel_catalogue);
    see_acts(s, u, at, heading);
    for (const auto& a : at.assignments) {
        const place where = study::or_else(a.where, at.where);
        u.assigned(a.role, where, heading);
        u.parties(a.different_from, where, heading);
        u.party(a.within, where, heading);
    }
    for (const auto& c : at.separations)
        for (const auto& id : c.steps)
            u.step(id, vi ? "khác người ở" : "other person than", study::or_else(c.where, at.where),
                   heading);
    for (const auto& l : at.limits) {
        const place where = study::or_else(l.where, at.where);
        if (l.what == time_limit::kind::from_field) u.field(l.field, where, heading);
        if (l.what != time_limit::kind::count) continue;
        u.step(l.from.step, vi ? "kể từ khi" : "from", where, heading);
        if (l.from.what == anchor::kind::field) u.field(l.from.field, where, heading);
        if (l.from.what == anchor::kind::signing) u.form(l.from.form, where, heading);
    }
    for (const auto& l : at.links)
        for (const auto& [from, to] : l.carrying)
            u.field({{}, from}, study::or_else(l.where, at.where), heading);
    if (at.kind != step_kind::consultation) return;
    for (const auto& id : at.at_steps)
        if (s.step_of(id) == none)
            s.report(diag::consultation_nowhere, at.where, heading,
                     {s.say.consultation(at.id), s.say.step(id)});
}

inline void see_declarations(study& s, usage& u) {
    const bool vi = s.say.vi();
    for (const auto& p : s.of.parties) {
        const std::string heading = s.heading(s.say.party(p), p);
        for (const auto& id : p.bound_by)
            u.step(id, vi ? "được phân công ở" : "assigned at step", p.where, heading);
        if (p.binding == binding_kind::from_field) u.field(p.bound_from, p.where, heading);
        if (p.binding == binding_kind::head_of || p.binding == binding_kind::unit_of)
            u.party(p.relative_to, p.where, heading);
        u.parties(p.members, p.where, heading);
        u.party(p.within, p.where, heading);
    }
    for (const auto& f : s.of.forms) {
        for (const auto& field : f.fields) {
            u.catalogue(field.catalogue);
            for (const auto& column : field.columns) u.catalogue(column.catalogue);
        }
        if (!f.content_of.empty()) u.form(f.content_of, f.where, s.heading(s.say.form(f.code), f));
    }
    for (const auto& r : s.of.records) {
        const std::string heading = s.heading(s.say.record(r.code), r);
        for (const auto& part : r.parts)
            for (const auto& code : part.forms)
                if (s.forms.find(code) != none) u.form(code, r.where, heading);
        u.parties(r.keepers, r.where, heading);
        u.step(r.from_step, vi ? "thời gian lưu" : "kept for", r.where, heading);
    }
    const std::string heading = s.heading();
    u.parties(s.of.head.owners, s.of.where, heading);
    for (const auto& copy : s.of.head.copies) u.parties(copy.parties, s.of.where, heading);
    for (const auto& right : s.of.rights) {
        const place where = study::or_else(right.where, s.of.where);
        u.parties(right.parties, where, heading);
        u.step(right.before_step, vi ? "được rút" : "may withdraw", where, heading);
    }
    for (const auto& o : s.of.overall) {
        const place where = study::or_else(o.where, s.of.where);
        u.step(o.from_step, vi ? "hạn chung" : "overall limit", where, heading);
        u.step(o.to_step, vi ? "hạn chung" : "overall limit", where, heading);
    }
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
