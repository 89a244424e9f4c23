// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/entries.ipp: what is written into forms: fields, boxes, versions.
#pragma once

#include <quytrinh/engine/impl/entries.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace entries_bodies {
namespace {

const form_field* field_named(const form& of, const std::string& name) {
    if (const auto* found = of.find(name)) return found;
    for (const auto& f : of.fields)
        if (same_word(f.name, name)) return &f;
    return nullptr;
}

bool works_on(const step& where, const std::string& code) {
    return std::any_of(where.acts.begin(), where.acts.end(), [&](const form_act& a) {
        return a.code == code &&
               (a.what == form_act::kind::fill || a.what == form_act::kind::append);
    });
}

result<entry> find_entry(const procedure& of, const step* where, const field_entry& given) {
    const auto step_id = [&] { return where != nullptr ? where->id : std::string{}; };
    if (!given.form.empty()) {
        const form* f = of.find_form(given.form);
        const form_field* field = f != nullptr ? field_named(*f, given.field) : nullptr;
        if (field == nullptr) return fail(errc::field_unknown, {given.field, step_id()});
        return entry{f, field, {}};
    }
    const auto is_here = [&](const form& f) {
        return where != nullptr && works_on(*where, f.code);
    };
    // Of several forms with that field the one that this step works on is meant, else the one that
    // any step does: a form whose content another took over may itself never be filled in.
    const auto is_filled = [&](const form& f) {
        return std::any_of(of.steps.begin(), of.steps.end(),
                           [&](const step& s) { return works_on(s, f.code); });
    };
    const form *any = nullptr, *here = nullptr, *filled = nullptr;
    std::size_t all = 0, worked_on = 0, filled_somewhere = 0;
    for (const auto& f : of.forms) {
        if (field_named(f, given.field) == nullptr) continue;
        if (++all == 1) any = &f;
        if (is_here(f) && ++worked_on == 1) here = &f;
    }
    if (all == 0) return fail(errc::field_unknown, {given.field, step_id()});
    if (worked_on == 0 && all > 1)
        for (const auto& f : of.forms)
            if (field_named(f, given.field) != nullptr && is_filled(f) && ++filled_somewhere == 1)
                filled = &f;
    const form* only = worked_on == 1          ? here
                       : worked_on != 0        ? nullptr
                       : all == 1              ? any
                       : filled_somewhere == 1 ? filled
                                               : nullptr;
    if (only != nullptr) return entry{only, field_named(*only, given.field), {}};
    std::vector<std::string> codes;
    for (const auto& f : of.forms)
        if (field_named(f, given.field) != nullptr && (worked_on == 0 || is_here(f)))
            codes.push_back(f.code);
    return fail(errc::field_ambiguous, {given.field, listed(codes)});
}

const form_box* box_of(const form& of, const std::string& number) noexcept {
    const auto found = std::find_if(of.boxes.begin(), of.boxes.end(),
                                    [&](const form_box& b) { return b.number == number; });
    return found == of.boxes.end() ? nullptr : &*found;
}

bool closed(const reading& seen, const form& of, const std::string& box) {
    const auto* form = seen.form_of(of.code);
    return form != nullptr && std::find(form->closed_boxes.begin(), form->closed_boxes.end(),
                                        box) != form->closed_boxes.end();
}

/// The step at which what stands in a closed box was entered; empty when nothing was.
std::string closed_at(const reading& seen, const form& of, const form_field& field) {
    const auto* form = seen.form_of(of.code);
    if (form == nullptr) return {};
    const auto entered = form->fields.find(field.name);
    return entered != form->fields.end() ? entered->second.step : form->version_of.step;
}

/// A list that grows by `ghi thêm` keeps the rows that it has.
value grown(const reading& seen, const entry& e) {
    const auto* form = seen.form_of(e.of->code);
    if (form == nullptr || e.field->type != field_type::list) return e.content;
    const auto before = form->fields.find(e.field->name);
    if (before == form->fields.end()) return e.content;
    const auto* old_rows = before->second.content.get_if<value_rows>();
    const auto* new_rows = e.content.get_if<value_rows>();
    if (old_rows == nullptr || new_rows == nullptr) return e.content;
    value_rows rows = *old_rows;
    rows.insert(rows.end(), new_rows->begin(), new_rows->end());
    return value{std::move(rows)};
}

bool covered_by(const std::vector<const form_act*>& acts, const entry& e) {
    return std::any_of(acts.begin(), acts.end(),
                       [&](const form_act* a) { return covers(*a, *e.of, *e.field); });
}

void add_once(std::vector<std::string>& words, const std::string& word) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

/// A later `lập` makes a new version. What was approved falls with it, unless only other boxes
/// were.
void renew(const reading& seen, const acts& held, const std::string& code, const task_key& key,
           form_effects& effects) {
    const auto* form = seen.form_of(code);
    if (form != nullptr && form->version != 0 && form->version_of == key) return;
    add_once(effects.renewed, code);
    if (form == nullptr || !form->approved_version) return;
    const bool touched =
        form->approved_boxes.empty() ||
        std::any_of(held.fill.begin(), held.fill.end(), [&](const form_act* a) {
            return a->code == code && (a->box.empty() || among(form->approved_boxes, a->box));
        });
    if (touched) add_once(effects.unapproved, code);
}

void close_boxes(const reading& seen, const acts& held, form_effects& effects) {
    const procedure& of = *seen.with->definition;
    const auto close = [&](const form& f, const std::string& box) {
        const auto is_this = [&](const auto& one) {
            return one.first == f.code && one.second == box;
        };
        if (!closed(seen, f, box) &&
            std::none_of(effects.closed.begin(), effects.closed.end(), is_this))
            effects.closed.emplace_back(f.code, box);
    };
    for (const auto* act : held.fill) {
        const form* f = of.find_form(act->code);
        if (f == nullptr) continue;
        if (!act->box.empty() || f->boxes.empty())
            close(*f, act->box);
        else
            for (const auto& box : f->boxes) close(*f, box.number);
    }
}

/// What a form shows as an empty line, however the host spells it: "", blanks, no item, no row.
bool says_nothing(const value& v) {
    if (const auto* text = v.get_if<std::string>()) return blank(*text);
    if (const auto* items = v.get_if<std::vector<std::string>>())
        return std::all_of(items->begin(), items->end(),
                           [](const std::string& one) { return blank(one); });
    if (const auto* rows = v.get_if<value_rows>())
        return std::all_of(rows->begin(), rows->end(), [](const std::vector<value>& row) {
            return std::all_of(row.begin(), row.end(), says_nothing);
        });
    return v.empty();
}

result<void> demand_row_cells(const step& where, const form& of, const form_field& field,
                              const value& v) {
    const auto* rows = v.get_if<value_rows>();
    if (rows == nullptr) return {};
    for (const auto& row : *rows)
        for (std::size_t i = 0; i < row.size() && i < field.columns.size(); ++i)
            if (field.columns[i].required && says_nothing(row[i]))
                return fail(errc::field_missing,
                            {where.id, field.name + " › " + field.columns[i].name, of.code});
    return {};
}

result<void> demand_field(const reading& seen, const step& where, const form& of,
                          const form_field& field) {
    const value* v = seen.find(of.code, field.name);
    bool needed = field.required;
    if (!needed && field.required_if) {
        // What makes it required may itself be empty: then it is not required.
        const auto judged_if = judge_only(*field.required_if, seen);
        if (!judged_if) return judged_if.failure();
        needed = *judged_if == truth::yes;
    }
    const bool empty = v == nullptr || says_nothing(*v);
    if (needed && empty) return fail(errc::field_missing, {where.id, field.name, of.code});
    if (field.type == field_type::checklist) {
        // All items before the box can be closed.
        const auto* ticked = v != nullptr ? v->get_if<std::vector<std::string>>() : nullptr;
        std::vector<std::string> missing;
        for (const auto& item : choices_of(*seen.with->definition, field))
            if (ticked == nullptr || !among(*ticked, item)) missing.push_back(item);
        if (!missing.empty())
            return fail(errc::checklist_incomplete,
                        {field.catalogue.empty() ? field.name : field.catalogue,
                         listed(in_quotes(missing))});
    }
    if (v != nullptr) return demand_row_cells(where, of, field, *v);
    return {};
}

}  // namespace
}  // namespace entries_bodies

result<std::vector<entry>> read_entries(const procedure& of, const step* where,
                                        const std::vector<field_entry>& given) {
    std::vector<entry> entries;
    entries.reserve(given.size());
    for (const auto& one : given) {
        auto found = entries_bodies::find_entry(of, where, one);
        if (!found) return found.failure();
        auto content = coerce(of, *found->field, one.content);
        if (!content) return content.failure();
        found->content = std::move(*content);
        // The same field twice in one command: the last word counts.
        const auto before = std::find_if(entries.begin(), entries.end(), [&](const entry& e) {
            return e.of == found->of && e.field == found->field;
        });
        if (before != entries.end())
            *before = std::move(*found);
        else
            entries.push_back(std::move(*found));
    }
    return entries;
}

result<void> settle_files(const case_state& state, const std::vector<attachment>& given,
                          std::vector<entry>& entries) {
    const auto names = [&] {
        std::vector<std::string> all;
        for (const auto& one : state.attachments) all.push_back(one.file.name);
        for (const auto& file : given) all.push_back(file.name);
        return all;
    };
    const auto settle = [&](const form_field& field, value& content) -> result<void> {
        const auto* text = content.get_if<std::string>();
        if (field.type != field_type::attachment || text == nullptr) return {};
        const auto known = names();
        auto meant = std::find_if(known.rbegin(), known.rend(),
                                  [&](const std::string& name) { return same_word(name, *text); });
        if (meant == known.rend())
            meant = std::find_if(known.rbegin(), known.rend(), [&](const std::string& name) {
                return std::to_string(&name - known.data() + 1) == *text;
            });
        if (meant == known.rend())
            return fail(errc::field_type,
                        {field.name, "file_of_case", *text, listed(in_quotes(known))});
        content = value{*meant};
        return {};
    };
    for (auto& e : entries) {
        // What stands there is sent back as it is, though its file came with another case.
        const field_state* before = state.find_field({e.of->code, e.field->name});
        if (before != nullptr && before->content == e.content) continue;
        if (auto done = settle(*e.field, e.content); !done) return done;
        const auto& columns = e.field->columns;
        if (std::none_of(columns.begin(), columns.end(), [](const form_field& column) {
                return column.type == field_type::attachment;
            }))
            continue;
        const auto* read = e.content.get_if<value_rows>();
        if (read == nullptr) continue;
        value_rows rows = *read;
        for (auto& row : rows)
            for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i)
                if (auto done = settle(columns[i], row[i]); !done) return done;
        e.content = value{std::move(rows)};
    }
    return {};
}

bool covers(const form_act& act, const form& of, const form_field& field) noexcept {
    return act.code == of.code && (act.box.empty() || act.box == field.box) &&
           (act.only.empty() ||
            std::find(act.only.begin(), act.only.end(), field.name) != act.only.end());
}

result<acts> acts_of(const step& where, const reading& seen) {
    result<acts> out{acts{}};
    acts& held = *out;
    for (const auto& act : where.acts) {
        std::string missing;
        const auto holds_now = weigh(act.when, seen, held.notes, missing);
        if (!holds_now) return holds_now.failure();
        const bool writes = act.what == form_act::kind::fill || act.what == form_act::kind::use;
        // An outcome that is not chosen yet leaves `duyệt … nếu OK` open; it is judged at the
        // completion.
        if (*holds_now == truth::unknown && !writes && !seen.outcome.empty())
            return fail(unknown_condition(*seen.with->definition, *seen.state, where, missing));
        if (*holds_now != truth::yes) continue;
        switch (act.what) {
        case form_act::kind::fill:
            (act.code.empty() ? held.papers : held.fill).push_back(&act);
            break;
        case form_act::kind::append:
            if (!act.code.empty()) held.append.push_back(&act);
            break;
        case form_act::kind::approve: held.approve.push_back(&act); break;
        case form_act::kind::keep: held.keep.push_back(&act); break;
        case form_act::kind::check: held.check.push_back(&act); break;
        case form_act::kind::use: break;
        }
    }
    return out;
}

std::vector<std::string> filled_by(const acts& held) {
    std::vector<std::string> codes;
    for (const auto* act : held.fill) entries_bodies::add_once(codes, act->code);
    return codes;
}

std::vector<std::string> own_papers(const procedure& of, const step& question) {
    const auto fills = [](const step& s, const std::string& code) {
        return std::any_of(s.acts.begin(), s.acts.end(), [&](const form_act& a) {
            return a.what == form_act::kind::fill && a.code == code;
        });
    };
    std::vector<std::string> codes;
    for (const auto& act : question.acts)
        if (act.what == form_act::kind::fill && !act.code.empty() &&
            std::none_of(of.steps.begin(), of.steps.end(), [&](const step& s) {
                return s.kind == step_kind::step && fills(s, act.code);
            }))
            entries_bodies::add_once(codes, act.code);
    return codes;
}

result<void> write_entries(const reading& seen, const step& where, const task_key& key,
                           const acts& held, bool closing, written& out) {
    namespace own = entries_bodies;
    if (seen.pending != nullptr) out.fields.reserve(seen.pending->size());
    static const std::vector<entry> none;
    for (const auto& e : seen.pending != nullptr ? *seen.pending : none) {
        const bool filled = own::covered_by(held.fill, e);
        const bool appended = !filled && own::covered_by(held.append, e);
        if (!filled && !appended) {
            if (own::closed(seen, *e.of, e.field->box))
                return fail(errc::field_locked,
                            {e.field->name, own::closed_at(seen, *e.of, *e.field)});
            return fail(errc::field_unknown, {e.field->name, where.id});
        }
        const form_box* box = own::box_of(*e.of, e.field->box);
        const bool only_added =
            box != nullptr && box->append_only && own::closed(seen, *e.of, box->number);
        if (appended || only_added)
            out.effects.appended.emplace_back(e.of->code, e.field->name, own::grown(seen, e));
        else
            out.fields.emplace_back(e.of->code, e.field->name, e.content);
        if (filled) own::renew(seen, held, e.of->code, key, out.effects);
    }
    if (closing) {
        for (const auto* act : held.fill) own::renew(seen, held, act->code, key, out.effects);
        own::close_boxes(seen, held, out.effects);
    }
    return {};
}

result<void> demand_fields(const reading& seen, const step& where, const acts& held) {
    const procedure& of = *seen.with->definition;
    for (const auto* act : held.fill) {
        const form* f = of.find_form(act->code);
        if (f == nullptr) continue;
        for (const auto& field : f->fields) {
            if (!covers(*act, *f, field)) continue;
            if (auto done = entries_bodies::demand_field(seen, where, *f, field); !done)
                return done;
        }
    }
    return {};
}

}  // namespace quytrinh::detail::engine
