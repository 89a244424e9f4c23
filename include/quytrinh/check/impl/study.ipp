// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/study.ipp: names by hash and the collection of findings.
#pragma once

#include <quytrinh/check/impl/study.hpp>

#include <algorithm>

namespace quytrinh::detail::checking {

/// `có đủ nội dung như` may point to a form that points on; more than this is a circle or nonsense.
inline constexpr int content_depth = 8;
/// Findings held at once for sorting; more are counted only.
inline constexpr std::size_t findings_held = 10'000;

/// A clause that the words of a finding quote.
struct example {
    diag::code finding;
    std::string_view vi, en;
};
inline constexpr example examples[] = {
#define QUYTRINH_EXAMPLE(finding, vi, en) {diag::finding, vi, en},
#include <quytrinh/check/impl/examples.inc>
#include <quytrinh/model/condition.hpp>
#undef QUYTRINH_EXAMPLE
};

study::study(const procedure& p, const check_context& c)
    : of(p),
      context(c),
      graph(p),
      say(p.words),
      parties(p.parties),
      forms(p.forms),
      catalogues(p.catalogues),
      records(p.records),
      fields_(p.forms.size()),
      consultations_at_(p.steps.size()),
      hosts_of_(p.steps.size()) {
    for (std::uint32_t f = 0; f < p.forms.size(); ++f)
        for (const auto& field : p.forms[f].fields)
            if (fields_[f].try_emplace(field.name, &field).second)
                forms_with_field_[field.name].push_back(f);
    for (std::uint32_t v = 0; v < p.steps.size(); ++v) {
        if (!is_consultation(v)) continue;
        if (p.steps[v].at_any_step) consultations_anywhere_.push_back(v);
        for (const auto& id : p.steps[v].at_steps)
            if (const auto at = step_of(id); at != none) {
                consultations_at_[at].push_back(v);
                hosts_of_[v].push_back(at);
            }
    }
    find_lost();
}

/// What was not understood, and the names that mean nothing: those may stand for any other.
void study::find_lost() {
    if (of.unread == nullptr) return;
    lost_ = of.unread->steps;
    lost_.resize(of.steps.size());
    lost_anywhere_ = of.unread->heading | of.unread->elsewhere;
    for (std::uint32_t v = 0; v < of.steps.size(); ++v) {
        for (const auto& act : of.steps[v].acts) {
            const std::uint32_t form = forms.find(act.code);
            const bool of_form = act.what == form_act::kind::fill ||
                                 act.what == form_act::kind::append ||
                                 act.what == form_act::kind::approve;
            const auto in_box = [&](const form_box& box) { return box.number == act.box; };
            const bool known =
                form == none ? !of_form
                             : (act.box.empty() || std::any_of(of.forms[form].boxes.begin(),
                                                               of.forms[form].boxes.end(), in_box));
            if (!known) lost_[v] |= lost::acts;
        }
        for (const auto& a : of.steps[v].assignments)
            if (parties.find(a.role) == none) lost_[v] |= lost::assigned;
        lost_anywhere_ |= lost_[v];
    }
}

found_field study::find_field(const field_ref& name) const {
    if (name.form.empty()) {
        const auto at = forms_with_field_.find(name.field);
        if (at == forms_with_field_.end()) return {};
        const std::uint32_t form = at->second.front();
        return {form, fields_[form].find(name.field)->second, at->second.size() > 1};
    }
    const std::uint32_t named = forms.find(name.form);
    std::uint32_t form = named;
    for (int depth = 0; form != none && depth < content_depth; ++depth) {
        const auto at = fields_[form].find(name.field);
        if (at != fields_[form].end()) return {named, at->second, false};
        form = forms.find(of.forms[form].content_of);
    }
    return {};
}

void study::report(diag::code code, const place& where, std::string heading,
                   std::vector<std::string> args, std::vector<related_place> related,
                   std::optional<text_fix> fix) {
    diagnostic d;
    d.code = code;
    if (const auto* row = find_diagnostic(code)) d.level = row->level;
    if (found_.size() >= findings_held) {
        ++dropped_[static_cast<std::size_t>(d.level)];
        return;
    }
    const std::vector<std::string> own = args;
    for (const auto& e : examples)
        if (e.finding == code) args.push_back(fill_in(say.vi() ? e.vi : e.en, own));
    d.where = where;
    d.heading = std::move(heading);
    d.args = std::move(args);
    d.related = std::move(related);
    d.fix = std::move(fix);
    found_.push_back(std::move(d));
}

/// Was this judged at all? Without the other procedures and calendars of the host some is not.
bool study::judged_here(std::uint16_t code) const {
    if (code == diag::link_not_known) return static_cast<bool>(context.find_procedure);
    if (code == diag::calendar_not_known || code == diag::last_day_is_off)
        return static_cast<bool>(context.find_calendar);
    return true;
}

/// What the text answers for goes; an answer to nothing is a finding itself. Of a draft, what it
/// answers for may not have been judged.
void study::answer_silences() {
    if (of.silences.empty()) return;
    std::vector<silence> silences = of.silences;
    hush(silences, found_);
    if (of.unread != nullptr) return;
    for (const auto& one : silences)
        if (!one.met && judged_here(one.code))
            report(diag::silence_unneeded, one.where, heading(), {code_text(one.code)});
}

diagnostic_list study::take_findings() {
    diagnostic_list all;
    answer_silences();
    all.items = std::move(found_);
    all.sort();
    diagnostic_list kept;
    for (auto& d : all.items) kept.add(std::move(d), context.bounds.diagnostics);
    kept.errors += dropped_[static_cast<std::size_t>(severity::error)];
    kept.warnings += dropped_[static_cast<std::size_t>(severity::warning)];
    kept.hints += dropped_[static_cast<std::size_t>(severity::hint)];
    return kept;
}

}  // namespace quytrinh::detail::checking
