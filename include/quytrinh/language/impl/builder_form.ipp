// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_form.ipp: forms, catalogues, checklists and records.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

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
    contents_.push_back({model_.forms.size() - 1, line.at(code.where), report_->heading()});
}

namespace {

/// Fields that one text may take over; chains of long forms would grow without end.
constexpr std::size_t most_taken_over = 20'000;

keyword word_for(field_type type) {
    switch (type) {
    case field_type::text: return keyword::type_text;
    case field_type::number: return keyword::type_number;
    case field_type::day: return keyword::type_date;
    case field_type::yes_no: return keyword::type_yes_no;
    case field_type::person: return keyword::type_person;
    case field_type::unit: return keyword::type_unit;
    case field_type::attachment: return keyword::type_attachment;
    case field_type::list: return keyword::type_list;
    case field_type::one_of: return keyword::one_of;
    case field_type::any_of: return keyword::any_of;
    case field_type::checklist: return keyword::type_checklist;
    }
    return keyword::type_text;
}

/// What the condition says of the fields of one form it says of the same fields of the other.
void speak_of(std::optional<condition>& when, const std::string& of, const std::string& instead) {
    if (!when) return;
    const auto turn = [&](operand& one) {
        if (one.what == operand::kind::field && one.field.form == of) one.field.form = instead;
    };
    for (condition_node& node : when->nodes) {
        turn(node.left);
        for (operand& one : node.right) turn(one);
    }
}

}  // namespace

/// The boxes and fields of `from`, required ones too, after those of its own. What the form
/// declares itself stands, but is not asked for less than there. False when that is too much.
bool builder::take_over(const content_line& line, const form& from) {
    form& into = model_.forms[line.form];
    std::unordered_map<std::string, std::size_t> own;
    for (std::size_t i = 0; i < into.fields.size(); ++i) own.try_emplace(into.fields[i].name, i);
    for (const form_box& box : from.boxes)
        if (std::none_of(into.boxes.begin(), into.boxes.end(),
                         [&](const form_box& b) { return b.number == box.number; }))
            into.boxes.push_back(box);
    for (const form_field& field : from.fields) {
        const auto found = own.find(field.name);
        if (found == own.end()) {
            if (++taken_over_ > most_taken_over) {
                report_->report(diag::content_too_long, line.where,
                                {std::to_string(most_taken_over)});
                return false;
            }
            form_field& taken = into.fields.emplace_back(field);
            speak_of(taken.required_if, from.code, into.code);
            for (form_field& column : taken.columns)
                speak_of(column.required_if, from.code, into.code);
            continue;
        }
        form_field& mine = into.fields[found->second];
        if (mine.type != field.type) {
            report_->report(diag::content_differs, mine.where,
                            {mine.name, into.code, spelled_here(word_for(mine.type)), from.code,
                             spelled_here(word_for(field.type))},
                            {}, {related_place{field.where, diag::declared_here, {from.code}}});
            continue;
        }
        if (mine.required) continue;
        mine.required = field.required;
        if (!mine.required && !mine.required_if && field.required_if) {
            mine.required_if = field.required_if;
            speak_of(mine.required_if, from.code, into.code);
        }
    }
    return true;
}

/// `có đủ nội dung như`: before any name of a field is looked up. A form that others take over is
/// whole itself first.
void builder::take_contents() {
    if (contents_.empty()) return;
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::unordered_map<std::size_t, std::size_t> line_of;  // form → its line
    for (std::size_t i = 0; i < contents_.size(); ++i) line_of.emplace(contents_[i].form, i);
    const auto base_of = [&](const content_line& line) {
        const auto known = codes_.find(model_.forms[line.form].content_of);
        return known == codes_.end() || known->second.header != keyword::form ? none
                                                                              : known->second.index;
    };
    enum class mark : std::uint8_t { untouched, under_way, done };
    std::vector<mark> marks(contents_.size(), mark::untouched);
    for (std::size_t first = 0; first < contents_.size(); ++first) {
        std::vector<std::size_t> chain;
        for (std::size_t at = first; marks[at] == mark::untouched;) {
            marks[at] = mark::under_way;
            chain.push_back(at);
            const auto next = line_of.find(base_of(contents_[at]));
            if (next == line_of.end()) break;
            at = next->second;
            if (marks[at] != mark::under_way) continue;
            report_->resume(contents_[at].heading);
            report_->report(diag::content_of_itself, contents_[at].where,
                            {model_.forms[contents_[at].form].code});
            model_.forms[contents_[at].form].content_of.clear();
        }
        for (; !chain.empty(); chain.pop_back()) {
            const content_line& line = contents_[chain.back()];
            marks[chain.back()] = mark::done;
            const std::size_t base = base_of(line);
            report_->resume(line.heading);
            // What may be missing from a form that was not understood is missing here too.
            if (base == none || broken_forms_.count(model_.forms[base].code) != 0) {
                if (!model_.forms[line.form].content_of.empty())
                    broken_forms_.insert(model_.forms[line.form].code);
            } else if (base != line.form && !take_over(line, model_.forms[base])) {
                return;
            }
        }
    }
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

namespace {

/// What stands in a cell, as the kernel compares it: nothing when the column takes no such thing.
/// In quotes a number, a date, yes and no are what they are without.
std::optional<std::string> cell_of(field_type column, const value& written) {
    const auto* text = written.get_if<std::string>();
    switch (column) {
    case field_type::number: {
        const auto* number = written.get_if<decimal>();
        const auto quoted = text != nullptr ? decimal::read(*text) : std::nullopt;
        if (number == nullptr && !quoted) return std::nullopt;
        return (number != nullptr ? *number : *quoted).text();
    }
    case field_type::day: {
        const auto* day = written.get_if<date>();
        const auto quoted = text != nullptr ? read_date(*text) : std::nullopt;
        if (day == nullptr && !quoted) return std::nullopt;
        return to_day_first(day != nullptr ? *day : *quoted);
    }
    case field_type::yes_no:
        for (const keyword id : {keyword::yes, keyword::no}) {
            const std::string_view vi = spelled(id, dialect::vi);
            const bool* const yes = written.get_if<bool>();
            if (yes != nullptr
                    ? *yes == (id == keyword::yes)
                    : text != nullptr && (*text == vi || *text == spelled(id, dialect::en)))
                return std::string(vi);
        }
        return std::nullopt;
    case field_type::text:
    case field_type::person:
    case field_type::unit:
    case field_type::attachment:
    case field_type::list:
    case field_type::one_of:
    case field_type::any_of:
    case field_type::checklist: break;
    }
    return text != nullptr ? std::optional(*text) : std::nullopt;
}

}  // namespace

void builder::build_row(clause_line& line) {
    if (block_ == in_scenario) return build_scenario_row(line);
    std::vector<operand> words;
    above_ = &this_catalogue().source;
    if (!line.read(read_row, words)) return;
    const auto& columns = this_catalogue().columns;
    if (words.size() != columns.size()) {
        if (!broken_)
            report_->report(diag::row_of_other_width, line.where(),
                            {std::to_string(words.size()), std::to_string(columns.size()),
                             this_catalogue().code});
        return;
    }
    std::vector<std::string> row;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto cell = cell_of(columns[i].type, words[i].literal);
        if (!cell) {
            report_->report(diag::cell_of_other_type, words[i].where,
                            {text_at(words[i].where.range), columns[i].name,
                             spelled_here(word_for(columns[i].type)), spelled_here(keyword::yes),
                             spelled_here(keyword::no)});
            continue;
        }
        if (columns[i].type == field_type::one_of && !columns[i].other_allowed)
            chosen_cells_.push_back(
                {model_.catalogues.size() - 1, i, *cell, words[i].where, report_->heading()});
        row.push_back(*cell);
    }
    if (row.size() == words.size()) this_catalogue().rows.push_back(std::move(row));
}

/// What a row says under `một trong …` must be offered there.
void builder::judge_cells() {
    struct choices {
        std::vector<std::string> in_order;
        std::set<std::string_view> words;  // of in_order
    };
    std::map<const form_field*, choices> offered;
    const auto offered_by = [&](const form_field& column) -> const choices& {
        const auto [at, fresh] = offered.try_emplace(&column);
        if (!fresh) return at->second;
        std::vector<std::string>& words = at->second.in_order = column.choices;
        const auto list = codes_.find(column.catalogue);
        if (list != codes_.end() && list->second.header == keyword::catalogue) {
            const catalogue& of = model_.catalogues[list->second.index];
            if (!of.extensible)
                for (const auto& item : of.items) words.push_back(item.text);
        }
        at->second.words.insert(words.begin(), words.end());
        return at->second;
    };
    for (const chosen_cell& one : chosen_cells_) {
        const form_field& column = model_.catalogues[one.catalogue].columns[one.column];
        const choices& known = offered_by(column);
        if (known.words.empty() || known.words.count(one.text) != 0) continue;
        std::string shown;
        for (std::size_t i = 0; i < known.in_order.size() && i < 20; ++i)
            shown.append(shown.empty() ? "\"" : ", \"").append(known.in_order[i]).append("\"");
        report_->resume(one.heading);
        report_->report(diag::choice_not_offered, one.where,
                        {'"' + column.name + '"', '"' + one.text + '"', shown});
    }
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
    if (words.forever) {
        one.kept = record::retention::forever;
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
