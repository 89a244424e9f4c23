// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/papers.ipp: fields read before they are filled, approvals of nothing, papers
// that nobody keeps.
#pragma once

#include <quytrinh/check/impl/facts.hpp>
#include <quytrinh/check/impl/papers.hpp>
#include <quytrinh/check/impl/reasoning.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/check/impl/sites.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <set>
#include <unordered_set>

namespace quytrinh::detail::checking {

std::vector<related_place> filled_where(const study& s, const found_field& f) {
    for (const auto& at : s.of.steps)
        for (const auto& act : at.acts)
            if ((act.what == form_act::kind::fill || act.what == form_act::kind::append) &&
                act.code == s.of.forms[f.form].code &&
                (act.box.empty() || act.box == f.field->box) &&
                (act.only.empty() ||
                 std::find(act.only.begin(), act.only.end(), f.field->name) != act.only.end()))
                return {{study::or_else(act.where, at.where),
                         diag::note_filled_here,
                         {s.say.named(at)}}};
    return {};
}

void report_unfilled(study& s, path_facts& facts, std::uint32_t v, const place& where,
                     const found_field& f, path_facts::question q) {
    const step& at = s.of.steps[v];
    const bool never = facts.answer(q) == certainty::never;
    const auto finding = never ? diag::field_never_filled : diag::field_maybe_not_filled;
    auto path = facts.new_path_without(q, finding);
    if (!path) return;
    std::vector<std::string> args{f.field->name, s.of.forms[f.form].code, s.say.named(at)};
    if (!never) args.push_back(std::move(*path));
    s.report(finding, where, at, std::move(args), filled_where(s, f));
}

namespace paper_rules {

using field_key = std::pair<std::uint32_t, std::string_view>;

/// Fields that `đã có` or `chưa có` asks for in this condition: it reads them with open eyes.
inline std::set<field_key> guarded_fields(const study& s, const condition& c) {
    std::set<field_key> guarded;
    for (const auto& node : c.nodes) {
        if (node.what != condition_node::kind::compare || node.left.what != operand::kind::field)
            continue;
        if (node.op != comparison::filled && node.op != comparison::not_filled) continue;
        if (const auto f = s.find_field(node.left.field)) guarded.emplace(f.form, f.field->name);
    }
    return guarded;
}

/// Where a condition names the field; the whole condition when its places are not known.
inline place where_named(const condition_site& site, const study& s, const field_ref& name) {
    const auto names = [&](const operand& o) {
        return o.what == operand::kind::field && o.field == name &&
               o.where.range.end > o.where.range.begin;
    };
    for (const auto& node : site.what->nodes) {
        if (names(node.left)) return node.left.where;
        for (const auto& right : node.right)
            if (names(right)) return right.where;
    }
    return site.where(s);
}

/// `bắt buộc nếu "G" …` where nobody has to fill in G: left empty, nothing is asked for.
inline void check_required_if(study& s, const form& of, const form_field& field) {
    if (!field.required_if) return;
    const auto guarded = guarded_fields(s, *field.required_if);
    std::unordered_set<const form_field*> seen;
    for (const auto& name : fields_of(*field.required_if)) {
        const auto f = s.find_field(name);
        if (!may_stay_empty(f)) continue;
        if (guarded.count({f.form, f.field->name}) != 0 || !seen.insert(f.field).second) continue;
        s.report(diag::demand_hangs_on_optional,
                 study::or_else(field.required_if->where, study::or_else(field.where, of.where)),
                 s.heading(s.say.form(of.code), of), {field.name, f.field->name},
                 {{f.field->where, diag::note_declared_here, {'"' + f.field->name + '"'}}});
    }
}

/// Keeping is counted in whole days, weeks, months or years.
inline void check_keeping(study& s, const record& of, const std::string& name) {
    if (of.kept != record::retention::amount) return;
    std::int64_t most = 0;
    switch (of.kept_for.unit) {
    case time_unit::day: most = std::int64_t{200} * 366; break;
    case time_unit::week: most = std::int64_t{200} * 53; break;
    case time_unit::month: most = std::int64_t{200} * 12; break;
    case time_unit::year: most = 200; break;
    case time_unit::minute:
    case time_unit::hour:
    case time_unit::working_hour:
    case time_unit::working_day: break;
    }
    const decimal& n = of.kept_for.count;
    if (n.is_integer() && n.mantissa > 0 && n.mantissa <= most) return;
    s.report(diag::keeping_not_counted, of.where, s.heading(name, of), {s.say.amount(of.kept_for)});
}

inline void ask_condition(study& s, path_facts& facts, const condition_site& site,
                          std::set<std::pair<field_key, moment>>& asked) {
    const auto guarded = guarded_fields(s, *site.what);
    for (const auto& name : fields_of(*site.what)) {
        const auto f = s.find_field(name);
        if (!f || f.ambiguous) continue;
        const field_key key{f.form, f.field->name};
        if (!asked.emplace(key, site.when).second) continue;  // one finding a field and step
        const bool careful = guarded.count(key) != 0;
        const std::uint32_t v = site.vertex;
        const place where = where_named(site, s, name);
        const auto q =
            facts.ask({fact_kind::filled, f.form, f.field->box, f.field->name}, v, site.when);
        facts.then([&s, &facts, v, where, f, q, careful] {
            const certainty sure = facts.answer(q);
            if (sure == certainty::never || (sure != certainty::always && !careful))
                report_unfilled(s, facts, v, where, f, q);
        });
    }
}

/// Conditions of forms and of `hạn chung` are read at no step in particular.
inline void check_elsewhere(study& s, const condition_site& site) {
    if (!s.of.may_open_at.empty()) return;  // whoever opens the case may carry the field over
    if (s.lost_anywhere(study::lost::acts | study::lost::entries)) return;
    for (const auto& name : fields_of(*site.what)) {
        const auto f = s.find_field(name);
        if (!f || f.ambiguous || !filled_where(s, f).empty()) continue;
        // A form that this procedure never fills is not read either.
        if (site.form != none && site.form == f.form) continue;
        s.report(diag::field_filled_nowhere, site.where(s), site.heading(s),
                 {f.field->name, s.of.forms[f.form].code});
    }
}

inline void check_reads(study& s, path_facts& facts) {
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        std::set<std::pair<field_key, moment>> asked;
        for_each_condition_of_step(
            s, v, [&](const condition_site& site) { ask_condition(s, facts, site, asked); });
    }
    for_each_condition(s, [&](const condition_site& site) {
        if (site.vertex == none) check_elsewhere(s, site);
    });
}

/// `nếu` without `còn lại`: an empty field stops the case.
inline void check_empty_field(study& s, const step& at) {
    const bool guarded_only =
        !at.branches.empty() &&
        std::all_of(at.branches.begin(), at.branches.end(),
                    [](const branch& b) { return b.what == branch::kind::condition; });
    if (!guarded_only || s.is_lost(at, study::lost::ways)) return;
    std::unordered_set<const form_field*> seen;
    for (const auto& b : at.branches) {
        if (!b.when) continue;
        for (const auto& name : fields_of(*b.when)) {
            const auto f = s.find_field(name);
            if (!f || f.ambiguous || f.field->required || !seen.insert(f.field).second) continue;
            s.report(diag::empty_field_stops, study::or_else(b.when->where, at.where), at,
                     {f.field->name, s.say.step(at.id)},
                     {{f.field->where, diag::note_declared_here, {'"' + f.field->name + '"'}}});
        }
    }
}

/// `lập X nếu OK` beside `duyệt X nếu OK`: whenever the one is done, so is the other.
template <class Meant>
bool filled_beside(const step& at, const form_act& act, const Meant& meant) {
    if (!act.when) return false;  // a filling without a condition is known as it is
    std::vector<known_part> known;
    learn(*act.when, true, known);
    const auto& nodes = act.when->nodes;
    const bool of_outcome =
        nodes.size() == 1 && nodes.front().what == condition_node::kind::outcome;
    const auto outcome =
        of_outcome ? std::optional<std::string>{nodes.front().outcome} : std::nullopt;
    return std::any_of(at.acts.begin(), at.acts.end(), [&](const form_act& other) {
        const bool fills =
            other.what == form_act::kind::fill || other.what == form_act::kind::append;
        return fills && meant(other) &&
               (!other.when || follows(*other.when, known, outcome) == truth::yes);
    });
}

/// Forms of which one must be filled before something can be kept: of `gồm một trong` one each,
/// else one of all. Papers without a form here are attachments, and may be all that there is. Each
/// as a subject of `any_filled`.
inline std::vector<std::uint32_t> kept_forms(const study& s, path_facts& facts, const record& of) {
    std::vector<std::uint32_t> out, all;
    bool other = s.record_lost(static_cast<std::size_t>(&of - s.of.records.data()));
    const auto ask_one_of = [&](std::vector<std::uint32_t> forms) {
        std::sort(forms.begin(), forms.end());
        out.push_back(facts.one_of(std::move(forms)));
    };
    for (const auto& part : of.parts) {
        std::vector<std::uint32_t> forms;
        for (const auto& code : part.forms)
            if (const auto form = s.forms.find(code); form != none) forms.push_back(form);
        const bool only_forms = forms.size() == part.forms.size();
        other = other || !only_forms;
        all.insert(all.end(), forms.begin(), forms.end());
        if (part.one_of && only_forms && !forms.empty()) ask_one_of(std::move(forms));
    }
    if (out.empty() && !other && !all.empty()) ask_one_of(std::move(all));
    return out;
}

/// `lưu` of what holds nothing: the step could never be completed.
inline void ask_kept(study& s, path_facts& facts, std::uint32_t v, const form_act& act,
                     std::uint32_t several) {
    const auto meant = [&](const form_act& other) {
        const auto& forms = facts.forms_of(several);
        return std::binary_search(forms.begin(), forms.end(), s.forms.find(other.code));
    };
    if (filled_beside(s.of.steps[v], act, meant)) return;
    const auto q = facts.ask({fact_kind::any_filled, several, {}, {}}, v, moment::completion);
    facts.then([&s, &facts, &act, several, v, q] {
        const certainty sure = facts.answer(q);
        if (sure == certainty::always) return;
        const step& at = s.of.steps[v];
        const bool never = sure == certainty::never;
        const auto finding = never ? diag::keeps_nothing : diag::keeps_maybe_nothing;
        auto path = facts.new_path_without(q, finding);
        if (!path) return;
        std::vector<std::string> codes;
        for (const auto form : facts.forms_of(several)) {
            if (codes.size() > 12) break;  // a list shows no more
            codes.push_back(s.of.forms[form].code);
        }
        std::vector<std::string> args{act.code, s.say.named(at), s.say.list(codes)};
        if (!never) args.push_back(std::move(*path));
        s.report(finding, study::or_else(act.where, at.where), at, std::move(args));
    });
}

/// `duyệt`, `dùng` of a form: something must have been written in it.
inline void ask_act(study& s, path_facts& facts, std::uint32_t v, const form_act& act) {
    const bool approves = act.what == form_act::kind::approve;
    if (!approves && act.what != form_act::kind::use) return;
    const std::uint32_t form = s.forms.find(act.code);
    if (form == none) return;
    const auto same = [&](const form_act& other) {
        return other.code == act.code &&
               (other.box.empty() || act.box.empty() || other.box == act.box);
    };
    if (filled_beside(s.of.steps[v], act, same)) return;
    const auto q = facts.ask({fact_kind::filled, form, act.box, {}}, v, moment::completion);
    facts.then([&s, &facts, &act, v, approves, q] {
        const certainty sure = facts.answer(q);
        if (sure == certainty::always) return;
        const step& at = s.of.steps[v];
        const bool never = sure == certainty::never;
        const auto finding = !never     ? diag::form_maybe_not_filled
                             : approves ? diag::approves_nothing
                                        : diag::form_not_yet_filled;
        auto path = facts.new_path_without(q, finding);
        if (!path) return;
        std::vector<std::string> args{act.code, s.say.named(at)};
        if (!never) args.push_back(std::move(*path));
        s.report(finding, study::or_else(act.where, at.where), at, std::move(args));
    });
}

/// `lưu` in every step; a question keeps nothing.
inline void ask_keeping(study& s, path_facts& facts) {
    std::vector<std::vector<std::uint32_t>> of_records;
    for (const auto& record : s.of.records) of_records.push_back(kept_forms(s, facts, record));
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        if (!s.is_step(v)) continue;
        for (const auto& act : s.of.steps[v].acts) {
            if (act.what != form_act::kind::keep) continue;
            if (const auto r = s.records.find(act.code); r != none) {
                for (const auto several : of_records[r]) ask_kept(s, facts, v, act, several);
            } else if (const auto form = s.forms.find(act.code); form != none) {
                ask_kept(s, facts, v, act, facts.one_of({form}));
            }
        }
    }
}

inline void check_approval(study& s, const step& at, const form_act& act) {
    if (act.what != form_act::kind::approve || act.when) return;
    const auto refuses = std::find_if(at.branches.begin(), at.branches.end(),
                                      [](const branch& b) { return b.what == branch::kind::nok; });
    if (refuses == at.branches.end()) return;
    s.report(diag::approves_when_refused, study::or_else(act.where, at.where), at,
             {act.code, s.say.step(at.id)},
             {{study::or_else(refuses->where, at.where), diag::note_other_line, {"NOK"}}});
}

/// `ghi thêm` into a box that is not append-only; `chỉ` of a field that stands in another box.
inline void check_box(study& s, const step& at, const form_act& act) {
    const std::uint32_t form = s.forms.find(act.code);
    if (form == none || s.form_lost(form)) return;
    const auto& of = s.of.forms[form];
    const place where = study::or_else(act.where, at.where);
    if (act.what == form_act::kind::append &&
        std::none_of(of.boxes.begin(), of.boxes.end(), [&](const form_box& box) {
            return box.append_only && (act.box.empty() || box.number == act.box);
        })) {
        const std::string what = act.box.empty() ? act.code : act.code + ' ' + s.say.box(act.box);
        s.report(diag::append_to_plain_box, where, at, {what, s.say.named(at)});
    }
    if (act.box.empty()) return;
    for (const auto& name : act.only) {
        const auto f = s.find_field({act.code, name});
        if (!f || f.field->box == act.box) continue;
        s.report(diag::field_of_other_box, where, at,
                 {name, act.code, act.box,
                  f.field->box.empty() ? s.say.form(act.code) : s.say.box(f.field->box)},
                 {{f.field->where, diag::note_declared_here, {'"' + name + '"'}}});
    }
}

/// Declarations that hold nothing, or contradict the heading.
inline void check_declared(study& s) {
    for (const auto& form : s.of.forms)
        for (const auto& field : form.fields) {
            check_required_if(s, form, field);
            const auto f = static_cast<std::size_t>(&form - s.of.forms.data());
            if (field.type == field_type::list && field.columns.empty() && !s.form_lost(f))
                s.report(diag::list_field_without_columns, study::or_else(field.where, form.where),
                         s.heading(s.say.form(form.code), form), {field.name});
        }
    for (const auto& record : s.of.records) {
        if (record.where.file != s.of.where.file) continue;  // declared for others too
        const std::string name = s.say.record(record.code);
        check_keeping(s, record, name);
        if (s.record_lost(static_cast<std::size_t>(&record - s.of.records.data()))) continue;
        if (record.kept == record::retention::forever && !record.afterwards.empty())
            s.report(diag::never_after_keeping, record.where, s.heading(name, record), {name});
        if (record.parts.empty())
            s.report(diag::record_of_nothing, record.where, s.heading(name, record), {name});
        // A model made by a program has no places, and no heading that it contradicts.
        if (s.of.no_records_stated && record.where.range.end != 0)
            s.report(diag::records_kept_after_all, record.where, s.heading(name, record), {name});
    }
}

inline void check_kept(study& s) {
    if (s.of.no_records_stated || s.lost_anywhere(study::lost::acts | study::lost::no_records) ||
        (s.of.unread != nullptr && !s.of.unread->records.empty()))
        return;
    std::unordered_set<std::string_view> kept;
    for (const auto& at : s.of.steps)
        for (const auto& act : at.acts) {
            if (act.what != form_act::kind::keep) continue;
            kept.insert(act.code);
            if (const auto r = s.records.find(act.code); r != none)
                for (const auto& part : s.of.records[r].parts)
                    kept.insert(part.forms.begin(), part.forms.end());
        }
    for (const auto& at : s.of.steps)
        for (const auto& act : at.acts)
            if (act.what == form_act::kind::fill && s.forms.find(act.code) != none &&
                kept.insert(act.code).second)
                s.report(diag::form_not_kept, study::or_else(act.where, at.where), at, {act.code});
}

}  // namespace paper_rules

bool asks_if_filled(const study& s, const condition& c, const found_field& f) {
    return paper_rules::guarded_fields(s, c).count({f.form, f.field->name}) != 0;
}

void check_papers(study& s, path_facts& facts) {
    namespace own = paper_rules;
    own::check_reads(s, facts);
    own::ask_keeping(s, facts);
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        const step& at = s.of.steps[v];
        own::check_empty_field(s, at);
        for (const auto& act : at.acts) {
            own::ask_act(s, facts, v, act);
            own::check_approval(s, at, act);
            own::check_box(s, at, act);
        }
    }
    own::check_declared(s);
    own::check_kept(s);
}

}  // namespace quytrinh::detail::checking
