// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/names.ipp: every name that was used is looked up once all texts are read;
// the model gets canonical codes and the form of every field.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/impl/near.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

class name_resolver {
public:
    explicit name_resolver(builder& owner) : b_(owner) {}

    void run() {
        b_.report_->looking = looking_at::names;
        b_.take_contents();
        index_fields();
        uses();
        const std::span<step> all{b_.model_.steps};
        conditions();
        conditions(all);
        boxes(all);
        fill_forms(all);
        for (party& one : b_.model_.parties) fill_form(one.bound_from);
        canonical_codes();
        canonical_codes(all);
        confusable_codes();
        b_.report_aliases_of_others();
        b_.judge_cells();
        b_.report_->looking = looking_at::whole;
    }
    /// Declarations and all other steps are as they were.
    void run(std::span<step> some) {
        b_.report_->looking = looking_at::names;
        index_fields();
        uses();
        conditions(some);
        boxes(some);
        fill_forms(some);
        canonical_codes(some);
    }

private:
    // --- codes ----------------------------------------------------------------------------

    struct wanted_code {
        std::uint16_t missing;
        keyword header;
        bool (*fits)(keyword);
    };
    static bool is_party(keyword id) {
        return id == keyword::role || id == keyword::unit || id == keyword::position ||
               id == keyword::committee || id == keyword::group || id == keyword::external;
    }
    static wanted_code wanted_for(name_use::kind what) {
        using kind = name_use::kind;
        switch (what) {
        case kind::party: return {diag::unknown_party, keyword::role, &is_party};
        case kind::role:
            return {diag::unknown_party, keyword::role,
                    [](keyword id) { return id == keyword::role; }};
        case kind::form:
        case kind::form_or_document:
            return {diag::unknown_form, keyword::form,
                    [](keyword id) { return id == keyword::form; }};
        case kind::record_or_form:
            return {diag::unknown_record, keyword::record,
                    [](keyword id) { return id == keyword::record || id == keyword::form; }};
        case kind::catalogue:
        case kind::list:
        case kind::table:
            return {diag::unknown_list, keyword::catalogue,
                    [](keyword id) { return id == keyword::catalogue; }};
        case kind::checklist:
            return {diag::unknown_checklist, keyword::checklist,
                    [](keyword id) { return id == keyword::checklist; }};
        case kind::step: break;
        }
        return {diag::unknown_step, keyword::step, [](keyword) { return false; }};
    }

    void uses() {
        for (const name_use& one : b_.uses_) resolve(one);
        for (const field_use& one : b_.field_uses_) {
            b_.report_->resume(one.heading);
            carried_ = one.carried;
            (void)find_field({one.form, one.field}, one.own_form, one.where, true);
        }
        carried_ = false;
    }

    [[nodiscard]] bool excused(const std::string& name) const {
        if (b_.nameless_) return true;
        if (b_.perhaps_.find(name) == b_.perhaps_.end()) return false;
        b_.pardoned_.insert(name);
        return true;
    }

    void resolve(const name_use& one) {
        b_.report_->resume(one.heading);
        if (one.what == name_use::kind::step) {
            if (b_.steps_.count(one.text) != 0 || excused(one.text)) return;
            const std::string word = b_.spelled_here(keyword::step);
            const std::string near = step_like(one.text);
            if (near.empty())
                return b_.report_->report(diag::unknown_step, one.where, {one.text, word});
            b_.report_->report(
                diag::unknown_step, one.where, {one.text, word}, replace(one.where, near, false),
                {related_place{b_.steps_.at(near), diag::did_you_mean, {word + ' ' + near}}});
            return;
        }
        const wanted_code wanted = wanted_for(one.what);
        const auto known = b_.codes_.find(one.text);
        if (known != b_.codes_.end()) {
            if (wanted.fits(known->second.header)) return;
            b_.report_->report(
                diag::wrong_kind_of_code, one.where,
                {one.text, b_.spelled_here(known->second.header), b_.spelled_here(wanted.header)},
                {}, {related_place{known->second.where, diag::declared_here, {one.text}}});
            return;
        }
        if (one.what == name_use::kind::form_or_document && b_.documents_.count(one.text) != 0)
            return;
        const bool party = one.what == name_use::kind::party || one.what == name_use::kind::role;
        if (party && b_.aliases_.count(one.text) != 0) return;
        if (excused(one.text)) return;
        report_missing(one, wanted);
    }

    /// The number of the step that was perhaps meant.
    [[nodiscard]] std::string step_like(const std::string& wanted) const {
        if (!b_.report_->keeping()) return {};
        near::nearest_step nearest{wanted};
        for (const auto& [id, where] : b_.steps_) nearest.offer(id);
        return nearest.found();
    }

    void report_missing(const name_use& one, const wanted_code& wanted) {
        std::optional<text_fix> fix;
        std::vector<related_place> related;
        if (b_.report_->keeping()) {
            near::nearest_name nearest{one.text};
            for (const auto& [code, what] : b_.codes_) {
                if (!wanted.fits(what.header) || !nearest.offer(code)) continue;
                fix = replace(one.where, code, false);
                related = {related_place{what.where, diag::did_you_mean, {code}}};
            }
        }
        b_.report_->report(wanted.missing, one.where, {one.text, b_.spelled_here(wanted.header)},
                           std::move(fix), std::move(related));
    }

    // --- fields ---------------------------------------------------------------------------

    void index_fields() {
        for (std::size_t i = 0; i < b_.model_.forms.size(); ++i)
            for (const form_field& field : b_.model_.forms[i].fields) {
                auto& forms = fields_[field.name];
                if (forms.empty() || forms.back() != i) forms.push_back(i);
            }
    }
    [[nodiscard]] const form* form_of(const std::string& code) const {
        const auto known = b_.codes_.find(code);
        if (known == b_.codes_.end() || known->second.header != keyword::form) return nullptr;
        return &b_.model_.forms[known->second.index];
    }
    using field_index = std::unordered_map<std::string, std::vector<std::size_t>>;
    [[nodiscard]] bool has_field(const form* of, field_index::const_iterator field) const {
        if (of == nullptr || field == fields_.end()) return false;
        const auto index = static_cast<std::size_t>(of - b_.model_.forms.data());
        return std::binary_search(field->second.begin(), field->second.end(), index);
    }
    [[nodiscard]] const catalogue* list_of(const std::string& code) const {
        const auto known = b_.codes_.find(code);
        if (known == b_.codes_.end() || known->second.header != keyword::catalogue) return nullptr;
        return &b_.model_.catalogues[known->second.index];
    }
    [[nodiscard]] bool some_form_broken() const {
        return !b_.broken_forms_.empty() || b_.nameless_;
    }

    /// The form that has the field, or an empty code. `own` is the form inside which the field is
    /// mentioned.
    std::string find_field(const field_ref& wanted, const std::string& own, place where,
                           bool complain) {
        const auto named = fields_.find(wanted.field);
        if (!wanted.form.empty()) {
            const form* of = form_of(wanted.form);
            if (of == nullptr) return {};  // the form itself was reported
            if (has_field(of, named) || has_field(form_of(of->content_of), named))
                return wanted.form;
            if (complain && b_.broken_forms_.count(wanted.form) == 0 && !excused(wanted.field))
                missing_field(diag::unknown_field_of_form, wanted, where, of);
            return {};
        }
        if (named == fields_.end()) {
            if (complain && !some_form_broken() && !excused(wanted.field))
                missing_field(diag::unknown_field, wanted, where, nullptr);
            return {};
        }
        if (named->second.size() == 1) return b_.model_.forms[named->second.front()].code;
        if (has_field(form_of(own), named)) return own;
        if (complain) ambiguous_field(wanted, where, named->second);
        return {};
    }

    void missing_field(std::uint16_t code, const field_ref& wanted, place where, const form* of) {
        std::optional<text_fix> fix;
        std::vector<related_place> related;
        if (b_.report_->keeping()) {
            const std::string folded = fold(wanted.field);
            std::size_t best = wanted.field.size() < 8 ? 2 : 3;
            std::size_t looked_at = 0;
            for (const form& one : b_.model_.forms) {
                if (of != nullptr && &one != of) continue;
                for (const form_field& field : one.fields) {
                    if (++looked_at > 2'000) break;
                    const std::size_t distance = edit_distance(folded, fold(field.name), best);
                    if (distance > best || (distance == best && !related.empty())) continue;
                    best = distance;
                    related = {
                        related_place{field.where, diag::did_you_mean, {"“" + field.name + "”"}}};
                    fix = replace(where, in_form(field.name, wanted.form), false);
                }
            }
            if (!fix && of != nullptr) fix = of_another_form(wanted, where, related);
        }
        b_.report_->report(code, where, {wanted.field, wanted.form}, std::move(fix),
                           std::move(related));
    }

    /// A field as a condition or a limit names it; the form only where one was written.
    [[nodiscard]] std::string in_form(const std::string& field, const std::string& form) const {
        const std::string name = "\"" + field + "\"";
        return form.empty() ? name : name + " " + b_.spelled_here(keyword::in_form) + " " + form;
    }

    /// The right field with the wrong form, where one form alone has it.
    [[nodiscard]] std::optional<text_fix> of_another_form(const field_ref& wanted, place where,
                                                          std::vector<related_place>& related) {
        const auto named = fields_.find(wanted.field);
        if (named == fields_.end() || named->second.size() != 1) return std::nullopt;
        const form& one = b_.model_.forms[named->second.front()];
        const std::string right = in_form(wanted.field, one.code);
        related = {related_place{one.find(wanted.field)->where, diag::did_you_mean, {right}}};
        return replace(where, right, false);
    }

    void ambiguous_field(const field_ref& wanted, place where,
                         const std::vector<std::size_t>& forms) {
        std::string list;
        std::vector<related_place> related;
        for (const std::size_t i : forms) {
            if (related.size() == 4) {
                list += ", …";
                break;
            }
            const form& one = b_.model_.forms[i];
            list += (list.empty() ? "" : ", ") + one.code;
            related.push_back({one.find(wanted.field)->where, diag::declared_here, {one.code}});
        }
        if (carried_)
            return b_.report_->report(diag::carried_field_ambiguous, where,
                                      {wanted.field, list, b_.spelled_here(keyword::carrying)}, {},
                                      std::move(related));
        const std::string right = in_form(wanted.field, b_.model_.forms[forms.front()].code);
        b_.report_->report(diag::ambiguous_field, where, {wanted.field, list, right},
                           replace(where, right, false), std::move(related));
    }

    // --- conditions -----------------------------------------------------------------------

    void conditions() {
        for (form& one : b_.model_.forms) {
            const auto heading = b_.form_headings_.find(one.code);
            if (heading != b_.form_headings_.end()) b_.report_->resume(heading->second);
            for (form_field& field : one.fields) {
                resolve(field.required_if, one.code);
                for (form_field& column : field.columns) resolve(column.required_if, one.code);
            }
        }
        b_.report_->resume(0);
        for (overall_limit& one : b_.model_.overall) resolve(one.when, {});
    }
    void conditions(std::span<step> steps) {
        for (step& one : steps) {
            const auto heading = b_.step_headings_.find(one.id);
            if (heading != b_.step_headings_.end()) b_.report_->resume(heading->second);
            for (party_clause& clause : one.with) resolve(clause.when, {});
            for (party_clause& clause : one.inform) resolve(clause.when, {});
            for (form_act& clause : one.acts) resolve(clause.when, {});
            for (precondition& clause : one.preconditions) resolve(clause.when, {});
            for (assignment_clause& clause : one.assignments) resolve(clause.when, {});
            for (time_limit& clause : one.limits) resolve(clause.when, {});
            for (branch& clause : one.branches) resolve(clause.when, {});
            for (link_clause& clause : one.links) resolve(clause.when, {});
        }
    }

    void resolve(std::optional<condition>& when, const std::string& own) {
        if (!when) return;
        for (condition_node& node : when->nodes) {
            if (node.what == condition_node::kind::in_table) table(node);
            resolve(node.left, own);
            for (operand& one : node.right) resolve(one, own);
        }
    }

    void resolve(operand& one, const std::string& own) {
        if (one.what != operand::kind::field) return;
        if (!one.field.form.empty() && form_of(one.field.form) == nullptr) {
            resolve(
                name_use{name_use::kind::form, one.field.form, one.where, b_.report_->heading()});
            return;
        }
        std::string form = find_field(one.field, own, one.where, true);
        if (!form.empty()) one.field.form = std::move(form);
    }

    void table(const condition_node& node) {
        resolve(
            name_use{name_use::kind::table, node.table, node.left.where, b_.report_->heading()});
        const catalogue* list = list_of(node.table);
        if (list != nullptr && list->columns.empty() && !excused(node.table))
            b_.report_->report(diag::list_without_columns, node.left.where,
                               {node.table, b_.spelled_here(keyword::column)});
    }

    // --- the model ------------------------------------------------------------------------

    void boxes(std::span<const step> steps) {
        for (const step& one : steps) {
            const auto heading = b_.step_headings_.find(one.id);
            if (heading != b_.step_headings_.end()) b_.report_->resume(heading->second);
            for (const form_act& act : one.acts) {
                const form* of = act.box.empty() ? nullptr : form_of(act.code);
                if (of == nullptr || b_.broken_forms_.count(of->code) != 0) continue;
                const bool known =
                    std::any_of(of->boxes.begin(), of->boxes.end(),
                                [&](const form_box& box) { return box.number == act.box; });
                if (!known)
                    b_.report_->report(diag::unknown_box, act.where, {act.box, act.code}, {},
                                       {related_place{of->where, diag::declared_here, {act.code}}});
            }
        }
    }

    void fill_form(field_ref& one) {
        if (one.field.empty() || !one.form.empty()) return;
        one.form = find_field(one, {}, {}, false);
    }
    void fill_forms(std::span<step> steps) {
        for (step& one : steps)
            for (time_limit& limit : one.limits) {
                fill_form(limit.field);
                fill_form(limit.from.field);
            }
    }

    void canonical(std::string& code) {
        if (code.empty() || b_.codes_.count(code) != 0) return;
        const auto alias = b_.aliases_.find(code);
        if (alias != b_.aliases_.end()) code = alias->second;
    }
    void canonical(std::vector<std::string>& codes) {
        for (std::string& one : codes) canonical(one);
    }
    void canonical_codes() {
        if (b_.aliases_.empty()) return;
        procedure& p = b_.model_;
        canonical(p.head.owners);
        for (auto& copy : p.head.copies) canonical(copy.parties);
        for (right_clause& one : p.rights) canonical(one.parties);
        for (record& one : p.records) canonical(one.keepers);
        for (party& one : p.parties) {
            canonical(one.members);
            canonical(one.within);
            canonical(one.relative_to);
        }
    }
    void canonical_codes(std::span<step> steps) {
        if (b_.aliases_.empty()) return;
        for (step& one : steps) {
            canonical(one.lead.parties);
            canonical(one.recorder);
            for (party_clause& clause : one.with) canonical(clause.parties);
            for (party_clause& clause : one.inform) canonical(clause.parties);
            for (assignment_clause& clause : one.assignments) {
                canonical(clause.role);
                canonical(clause.different_from);
                canonical(clause.within);
            }
        }
    }

    /// `ĐV` beside `DV`: a reviewer reads one for the other.
    void confusable_codes() {
        std::vector<std::pair<std::string, const std::pair<const std::string, declared>*>> folded;
        folded.reserve(b_.codes_.size());
        for (const auto& one : b_.codes_) folded.emplace_back(fold(one.first), &one);
        std::sort(folded.begin(), folded.end(), [](const auto& a, const auto& b) {
            return std::tie(a.first, a.second->second.where.file,
                            a.second->second.where.range.begin) <
                   std::tie(b.first, b.second->second.where.file,
                            b.second->second.where.range.begin);
        });
        b_.report_->resume(0);
        for (std::size_t i = 1; i < folded.size(); ++i) {
            if (folded[i].first != folded[i - 1].first) continue;
            const auto& [code, what] = *folded[i].second;
            b_.report_->report(diag::code_nearly_taken, what.where,
                               {code, folded[i - 1].second->first}, {},
                               {related_place{folded[i - 1].second->second.where,
                                              diag::declared_here,
                                              {folded[i - 1].second->first}}});
        }
    }

    builder& b_;
    field_index fields_;
    bool carried_ = false;  ///< the field that is looked up is carried into another case
};

void builder::resolve_names() { name_resolver{*this}.run(); }
void builder::resolve_names_of(std::size_t first_step, std::size_t count) {
    name_resolver{*this}.run(std::span<step>{model_.steps}.subspan(first_step, count));
}

}  // namespace quytrinh::detail::grammar
