// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_party.ipp: clauses of parties, the furniture of every block, and
// what all builders share.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

// --- shared by all builders

void builder::use(name_use::kind what, const word_at& word) {
    if (!word.written()) return;
    if (library_ && what == name_use::kind::step) {
        report_->report(diag::step_of_library, {file_, word.where});
        return;
    }
    uses_.push_back({what, word.text, {file_, word.where}, report_->heading()});
}

std::vector<std::string> builder::use_all(name_use::kind what, const std::vector<word_at>& words) {
    std::vector<std::string> out;
    out.reserve(words.size());
    for (const word_at& one : words) {
        use(what, one);
        out.push_back(one.text);
    }
    return out;
}

void builder::use_field(const field_words& words, std::string own_form) {
    field_uses_.push_back({words.form.text,
                           words.field.text,
                           std::move(own_form),
                           {file_, words.where},
                           report_->heading(),
                           false});
}

bool builder::not_empty(clause_line& line, const word_at& text) {
    if (text.text.find_first_not_of(" \t\n") != std::string::npos) return true;
    report_->report(diag::empty_name, line.at(text.where), {line.opener_text()});
    return false;
}

std::uint32_t builder::small_number(clause_line& line, const number_at& number, std::uint32_t least,
                                    std::uint32_t most, std::uint32_t otherwise) {
    if (!number.written()) return otherwise;
    if (number.doubtful || number.number.mantissa < least || number.number.mantissa > most) {
        report_->report(diag::number_out_of_range, line.at(number.where),
                        {text_at(number.where), std::to_string(least), std::to_string(most)});
        return otherwise;
    }
    return static_cast<std::uint32_t>(number.number.mantissa);
}

std::optional<date> builder::whole_date(clause_line& line, const word_at& written,
                                        token_kind kind) {
    if (kind != token_kind::date) {
        report_->report(diag::date_not_whole, line.at(written.where), {written.text});
        return std::nullopt;
    }
    const auto day = read_date(written.text);
    if (day) return day;
    // `12/31/2023`, the month first.
    std::optional<text_fix> fix;
    const std::size_t first = written.text.find('/');
    const std::size_t second =
        first == std::string::npos ? first : written.text.find('/', first + 1);
    if (second != std::string::npos) {
        std::string turned = written.text.substr(first + 1, second - first) +
                             written.text.substr(0, first) + written.text.substr(second);
        if (read_date(turned)) fix = replace(line.at(written.where), std::move(turned), false);
    }
    report_->report(diag::no_such_date, line.at(written.where), {written.text}, std::move(fix));
    return std::nullopt;
}

// --- parties

std::string builder::code_like(std::string_view words) const {
    const std::string folded = fold(words);
    std::size_t looked_at = 0;
    const auto among = [&](const auto& all) {
        for (const auto& one : all) {
            if (++looked_at > 2'000) break;
            if (fold(one.title) == folded || fold(one.code) == folded) return one.code;
        }
        return std::string{};
    };
    std::string code = among(model_.parties);
    return code.empty() ? among(model_.forms) : code;
}

void builder::build_aka(clause_line& line) {
    words_list words;
    if (!line.read(read_codes_or_strings, words)) return;
    for (const word_at& one : words.words) {
        if (!not_empty(line, one)) continue;
        this_party().aliases.push_back(one.text);
        const auto [before, fresh] = aliases_.try_emplace(one.text, this_party().code);
        if (!fresh && before->second != this_party().code)
            report_->report(diag::alias_twice, line.at(one.where), {one.text, before->second}, {},
                            {related_place{alias_places_[one.text], diag::written_before, {}}});
        alias_places_.try_emplace(one.text, line.at(one.where));
    }
}

/// `gọi tắt B` where B is declared: every B of the text would mean the other one.
void builder::report_aliases_of_others() {
    report_->resume(0);
    for (const auto& [alias, owner] : aliases_) {
        const auto known = codes_.find(alias);
        if (known == codes_.end() || alias == owner) continue;
        report_->report(diag::alias_is_code, alias_places_.at(alias),
                        {alias, owner, spelled_here(known->second.header)}, {},
                        {related_place{known->second.where, diag::declared_here, {alias}}});
    }
}

bool builder::bind_once(clause_line& line) {
    if (header_ != keyword::role && header_ != keyword::group && header_ != keyword::position) {
        report_->report(diag::binding_of_no_role, line.at(line.line().first().range()),
                        {spelled_here(keyword::role), line.opener_text()});
        return false;
    }
    if (binding_.range.end != 0) {
        report_->report(diag::bound_twice, line.at(line.line().first().range()), {}, {},
                        {related_place{binding_, diag::written_before, {}}});
        return false;
    }
    binding_ = line.where();
    return true;
}

void builder::build_binding(clause_line& line) {
    bare_words words;
    if (!line.read(read_bare, words) || !bind_once(line)) return;
    this_party().binding =
        line.opener() == keyword::is_opener ? binding_kind::opener : binding_kind::at_opening;
}

void builder::build_binding_steps(clause_line& line) {
    words_list words;
    if (!line.read(read_steps, words) || !bind_once(line)) return;
    this_party().binding = binding_kind::by_step;
    this_party().bound_by = use_all(name_use::kind::step, words.words);
}

void builder::build_binding_field(clause_line& line) {
    field_words words;
    if (!line.read(read_field_reference, words) || !bind_once(line)) return;
    this_party().binding = binding_kind::from_field;
    this_party().bound_from = {words.form.text, words.field.text};
    if (words.form.written()) use(name_use::kind::form, words.form);
    use_field(words);
}

void builder::build_binding_party(clause_line& line) {
    word_at code;
    if (!line.read(read_code, code) || !bind_once(line)) return;
    this_party().binding =
        line.opener() == keyword::is_head_of ? binding_kind::head_of : binding_kind::unit_of;
    this_party().relative_to = code.text;
    use(name_use::kind::party, code);
}

void builder::build_made_of(clause_line& line) {
    if (block_ == in_record) return build_parts(line);
    words_list words;
    if (!line.read(read_codes, words)) return;
    if (this_party().kind != party_kind::group && this_party().kind != party_kind::committee) {
        report_->report(diag::group_needed, line.at(line.line().first().range()),
                        {line.opener_text(), spelled_here(keyword::group)});
        return;
    }
    for (std::string& one : use_all(name_use::kind::party, words.words))
        this_party().members.push_back(std::move(one));
}

void builder::build_within(clause_line& line) {
    word_at code;
    if (!line.read(read_code, code)) return;
    this_party().within = code.text;
    use(name_use::kind::party, code);
}

// --- furniture

void builder::build_sections(clause_line& line) {
    words_list words;
    if (!line.read(read_sections, words) || above_ == nullptr) return;
    for (const word_at& one : words.words) above_->sections.push_back(one.text);
}

void builder::build_furniture(clause_line& line) {
    word_at text;
    if (!line.read(read_string, text) || !not_empty(line, text) || above_ == nullptr) return;
    (line.opener() == keyword::read_as ? above_->readings : above_->notes).push_back(text.text);
}

}  // namespace quytrinh::detail::grammar
