// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_form.ipp: forms, catalogues, checklists and records.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/model/form.hpp>

#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

form_field to_field(const declared_words& words, place where) {
    form_field one;
    one.name = words.name.text;
    one.type = words.type;
    for (const word_at& choice : words.choices) one.choices.push_back(choice.text);
    one.catalogue = words.catalogue.text;
    one.other_allowed = words.other;
    one.required = words.required && !words.required_if.has_value();
    one.required_if = words.required_if;
    one.where = where;
    return one;
}

}  // namespace

/// Complains when a name was written before in this block; `prefix` keeps kinds of names apart.
void builder::first_here(std::uint16_t code, std::string prefix, const word_at& name) {
    const place where{file_, name.where};
    const auto [before, fresh] = names_here_.try_emplace(std::move(prefix) + name.text, where);
    if (!fresh)
        report_->report(code, where, {name.text}, {},
                        {related_place{before->second, diag::written_before, {}}});
}

void builder::build_box(clause_line& line) {
    box_words words;
    list_above_ = false;
    if (!line.read(read_box, words) || !not_empty(line, words.title)) return;
    first_here(diag::box_twice, "#", words.number);
    form_box& one = this_form().boxes.emplace_back();
    one.number = words.number.text;
    one.title = words.title.text;
    one.append_only = words.append_only;
    one.where = line.where();
    above_ = &one.source;
}

void builder::build_append_only(clause_line& line) {
    bare_words words;
    if (!line.read(read_bare, words)) return;
    if (this_form().boxes.empty()) {
        report_->report(diag::box_without_form, line.where(),
                        {line.opener_text(), spelled_here(keyword::box)});
        return;
    }
    this_form().boxes.back().append_only = true;
    above_ = &this_form().boxes.back().source;
}

void builder::build_field(clause_line& line) {
    declared_words words;
    list_above_ = false;
    if (!line.read(read_field_declaration, words) || !not_empty(line, words.name)) return;
    first_here(diag::field_twice, "", words.name);
    if (words.catalogue.written())
        use(words.type == field_type::checklist ? name_use::kind::checklist : name_use::kind::list,
            words.catalogue);
    form_field one = to_field(words, line.where());
    if (!this_form().boxes.empty()) one.box = this_form().boxes.back().number;
    this_form().fields.push_back(std::move(one));
    list_above_ = words.type == field_type::list;
    above_ = &this_form().fields.back().source;
}

void builder::build_column(clause_line& line) {
    declared_words words;
    if (!line.read(read_field_declaration, words) || !not_empty(line, words.name)) return;
    if (block_ == in_form && !list_above_) {
        report_->report(
            diag::box_without_form, line.where(),
            {line.opener_text(), spelled_here(keyword::field) + " … " + spelled_here(keyword::is) +
                                     " " + spelled_here(keyword::type_list)});
        return;
    }
    auto& columns =
        block_ == in_form ? this_form().fields.back().columns : this_catalogue().columns;
    first_here(diag::field_twice,
               std::to_string(block_ == in_form ? this_form().fields.size() : 0) + "|", words.name);
    if (words.catalogue.written())
        use(words.type == field_type::checklist ? name_use::kind::checklist : name_use::kind::list,
            words.catalogue);
    columns.push_back(to_field(words, line.where()));
    above_ = &columns.back().source;
}

void builder::build_content_of(clause_line& line) {
    word_at code;
    if (!line.read(read_code, code)) return;
    this_form().content_of = code.text;
    above_ = &this_form().source;
    use(name_use::kind::form, code);
}

void builder::build_item(clause_line& line) {
    item_words words;
    if (!line.read(read_item, words) || !not_empty(line, words.text)) return;
    first_here(diag::item_twice, "", words.text);
    if (words.number.written()) first_here(diag::item_twice, "#", words.number);
    this_catalogue().items.push_back({words.number.text, words.text.text});
    above_ = &this_catalogue().source;
}

void builder::build_extensible(clause_line& line) {
    bare_words words;
    above_ = &this_catalogue().source;
    if (line.read(read_bare, words)) this_catalogue().extensible = true;
}

void builder::build_row(clause_line& line) {
    words_list words;
    above_ = &this_catalogue().source;
    if (!line.read(read_strings, words)) return;
    if (words.words.size() != this_catalogue().columns.size()) {
        if (!broken_)
            report_->report(
                diag::row_of_other_width, line.where(),
                {std::to_string(words.words.size()),
                 std::to_string(this_catalogue().columns.size()), this_catalogue().code});
        return;
    }
    std::vector<std::string> row;
    for (const word_at& one : words.words) row.push_back(one.text);
    this_catalogue().rows.push_back(std::move(row));
}

// --- records

void builder::build_parts(clause_line& line) {
    words_list words;
    if (!line.read(read_parts, words)) return;
    record::part one;
    one.one_of = line.opener() == keyword::made_of_one;
    for (const word_at& word : words.words) {
        if (!word.quoted) use(name_use::kind::form_or_document, word);
        one.forms.push_back(word.text);
    }
    this_record().parts.push_back(std::move(one));
}

void builder::build_kept_by(clause_line& line) {
    words_list words;
    if (!line.read(read_codes_or_not_stated, words)) return;
    this_record().keepers_not_stated = words.not_stated;
    this_record().keepers = use_all(name_use::kind::party, words.words);
}

void builder::build_kept_for(clause_line& line) {
    using kind = anchor_words::kind;
    kept_words words;
    if (!line.read(read_kept_for, words)) return;
    record& one = this_record();
    if (words.not_stated) {
        one.kept = record::retention::not_stated;
        return;
    }
    one.kept = record::retention::amount;
    one.kept_for = to_amount(line, words.length, false);
    if (!words.from.written) return;
    switch (words.from.what) {
    case kind::not_stated: one.from = record::start::not_stated; break;
    case kind::case_end: one.from = record::start::case_end; break;
    case kind::year_end: one.from = record::start::year_end; break;
    case kind::completion:
        one.from = record::start::step_end;
        one.from_step = words.from.step.text;
        use(name_use::kind::step, words.from.step);
        break;
    case kind::receipt:
    case kind::start:
    case kind::ok:
    case kind::nok:
    case kind::opening:
    case kind::approval:
    case kind::field:
    case kind::event: break;
    }
}

void builder::build_after_that(clause_line& line) {
    afterwards_words words;
    if (!line.read(read_after_that, words)) return;
    if (words.what.quoted && !not_empty(line, words.what)) return;
    this_record().afterwards = words.what.text;
}

}  // namespace quytrinh::detail::grammar
