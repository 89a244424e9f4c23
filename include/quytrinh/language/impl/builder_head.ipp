// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_head.ipp: headers open blocks and declare names; the first lines
// of a document.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

// --- blocks

void builder::close_block() {
    if (block_ == in_calendar) close_calendar();
    if (block_ == in_scenario) close_scenario();
    if (broken_ && block_ == in_form) broken_forms_.insert(this_form().code);
    if (broken_ && block_ == in_refused) nameless_ = true;
    block_ = in_nothing;
    header_ = keyword::none;
    seen_.clear();
    names_here_.clear();
    above_ = nullptr;
    broken_ = torn_ = false;
    binding_ = {};
    list_above_ = false;
}

void builder::enter_block(std::uint32_t block, keyword header, std::string name) {
    block_ = block;
    header_ = header;
    std::string heading;
    if (header != keyword::none) heading = spelled_here(header) + (name.empty() ? "" : " " + name);
    if (block == in_procedure)
        procedure_heading_ = heading;
    else if (!procedure_heading_.empty() && !heading.empty())
        heading = procedure_heading_ + " › " + heading;
    report_->enter(std::move(heading));
}

titled_words builder::read_title(clause_line& line, bool (*reader)(line_state&, titled_words&)) {
    titled_words words;
    if (line.read(reader, words)) {
        (void)not_empty(line, words.title);
        broken_ = line.line().blind;
        return words;
    }
    // What can be seen of the header is used, so that the lines below have a home.
    const bool step = reader == read_step_header;
    for (const token& one : line.line().tokens) {
        const bool name = step ? one.kind == token_kind::integer || one.kind == token_kind::step_id
                               : one.kind == token_kind::code;
        if (name && !words.code.written())
            words.code = {name_text(text_at(one.range())), one.range(), false};
        if (one.kind == token_kind::string && !words.title.written())
            words.title = {string_text(text_at(one.range())), one.range(), true};
    }
    if (!words.code.written()) nameless_ = true;
    if (step && !words.code.written()) unread_.elsewhere = unread_clauses::everything;
    broken_ = true;
    return words;
}

void builder::declare(keyword header, const word_at& code, place where, std::size_t index) {
    if (!code.written()) return;
    auto& known = header == keyword::term ? terms_ : documents_;
    if (header == keyword::term || header == keyword::document) {
        const auto [before, fresh] = known.try_emplace(code.text, where);
        if (!fresh)
            report_->report(diag::code_twice, {file_, code.where}, {code.text}, {},
                            {related_place{before->second, diag::declared_here, {code.text}}});
        return;
    }
    const auto [before, fresh] = codes_.try_emplace(code.text, declared{header, where, index});
    if (!fresh)
        report_->report(diag::code_twice, {file_, code.where}, {code.text}, {},
                        {related_place{before->second.where, diag::declared_here, {code.text}}});
}

void builder::open_procedure(clause_line& line) {
    const titled_words words = read_title(line, read_titled);
    const place where = line.where();
    const bool broken = broken_;
    enter_block(in_procedure, keyword::procedure, words.code.text);
    broken_ = broken;
    above_ = &model_.source;
    if (procedure_seen_ && !library_) {
        report_->report(diag::second_procedure, {file_, line.line().first().range()}, {}, {},
                        {related_place{procedure_place, diag::written_before, {}}});
        block_ = in_refused;
        lines_lost_ = true;
        return;
    }
    if (library_) {
        // Reported where it is imported; the rest of the file is of no use here.
        imported_procedure_ = words.code.text.empty() ? "?" : words.code.text;
        block_ = in_refused;
        return;
    }
    procedure_seen_ = true;
    procedure_place = where;
    model_.code = words.code.text;
    model_.title = words.title.text;
    model_.doc = line.line().doc;
    model_.where = where;
}

void builder::open_titled(clause_line& line, keyword header) {
    const titled_words words = read_title(line, read_titled);
    const place where = line.where();
    const place name{file_, words.code.where};
    const bool broken = broken_;
    const auto enter = [&](std::uint32_t block) {
        enter_block(block, header, words.code.text);
        broken_ = broken;
    };
    const auto fill = [&](auto& one) {
        one.code = words.code.text;
        one.title = words.title.text;
        one.where = where;
        above_ = &one.source;
    };
    const auto party_of = [&](party_kind kind) {
        enter(in_party);
        party& one = model_.parties.emplace_back();
        fill(one);
        one.kind = kind;
        one.doc = line.line().doc;
        declare(header, words.code, name, model_.parties.size() - 1);
    };
    const auto list_of = [&](bool checklist) {
        enter(checklist ? in_checklist : in_catalogue);
        catalogue& one = model_.catalogues.emplace_back();
        fill(one);
        one.is_checklist = checklist;
        one.doc = line.line().doc;
        declare(header, words.code, name, model_.catalogues.size() - 1);
    };
    static constexpr std::pair<keyword, party_kind> kinds[] = {
        {keyword::role, party_kind::role},         {keyword::unit, party_kind::unit},
        {keyword::position, party_kind::position}, {keyword::committee, party_kind::committee},
        {keyword::group, party_kind::group},       {keyword::external, party_kind::external},
    };
    for (const auto& [id, kind] : kinds)
        if (header == id) return party_of(kind);
    if (header == keyword::catalogue || header == keyword::checklist)
        return list_of(header == keyword::checklist);
    if (header == keyword::form) {
        enter(in_form);
        form& one = model_.forms.emplace_back();
        fill(one);
        one.doc = line.line().doc;
        form_headings_.try_emplace(one.code, report_->heading());
        return declare(header, words.code, name, model_.forms.size() - 1);
    }
    if (header == keyword::record) {
        enter(in_record);
        record& one = model_.records.emplace_back();
        fill(one);
        one.doc = line.line().doc;
        return declare(header, words.code, name, model_.records.size() - 1);
    }
    if (header == keyword::calendar) {
        enter(in_calendar);
        draft_ = {};
        draft_.where = where;
        draft_.broken = broken;
        calendar& one = model_.calendars.emplace_back(plain_week());
        one.code = words.code.text;
        one.title = words.title.text;
        return declare(header, words.code, name, model_.calendars.size() - 1);
    }
    if (header == keyword::term) {
        enter(in_term);
        term& one = model_.terms.emplace_back();
        one.code = words.code.text;
        one.meaning = words.title.text;
        one.where = where;
        above_ = &one.source;
        return declare(header, words.code, name, 0);
    }
    enter(in_document);
    document& one = model_.documents.emplace_back();
    fill(one);
    declare(keyword::document, words.code, name, 0);
}

bool builder::room_for_step(place where) {
    if (library_) {
        if (!std::exchange(library_steps_, true))
            report_->report(diag::step_in_library, where,
                            {spelled_here(keyword::procedure) + " QT.01 \"…\""});
        enter_block(in_refused, keyword::none, {});
        return false;
    }
    if (model_.steps.size() < bounds_->steps) return true;
    if (model_.steps.size() == bounds_->steps && !too_tangled_)
        report_->report(diag::too_many_steps, where, {std::to_string(bounds_->steps)});
    too_tangled_ = true;
    enter_block(in_refused, keyword::none, {});
    return false;
}

void builder::declare_step(const word_at& id, place where) {
    if (!id.written()) return;
    const auto [before, fresh] = steps_.try_emplace(id.text, place{file_, id.where});
    if (!fresh)
        report_->report(diag::step_twice, {file_, id.where}, {id.text}, {},
                        {related_place{before->second, diag::declared_here, {id.text}}});
    step_headings_.try_emplace(id.text, report_->heading());
    (void)where;
}

void builder::open_step(clause_line& line) {
    const titled_words words = read_title(line, read_step_header);
    const bool broken = broken_;
    if (!room_for_step(line.where())) return;
    enter_block(in_step, keyword::step, words.code.text + " \"" + words.title.text + "\"");
    broken_ = broken;
    step& one = model_.steps.emplace_back();
    one.id = words.code.text;
    one.title = words.title.text;
    one.doc = line.line().doc;
    one.where = line.where();
    above_ = &one.source;
    declare_step(words.code, line.where());
}

void builder::open_consult(clause_line& line) {
    consult_words words;
    const bool read = line.read(read_consult_header, words);
    if (!read) {
        for (const token& token : line.line().tokens) {
            if ((token.kind == token_kind::integer || token.kind == token_kind::step_id) &&
                !words.id.written())
                words.id = {text_at(token.range()), token.range(), false};
            if (token.kind == token_kind::string && !words.title.written())
                words.title = {string_text(text_at(token.range())), token.range(), true};
        }
        if (!words.id.written()) nameless_ = true;
    } else {
        (void)not_empty(line, words.title);
    }
    if (!room_for_step(line.where())) return;
    enter_block(in_consult, keyword::consult, words.id.text + " \"" + words.title.text + "\"");
    broken_ = !read;
    step& one = model_.steps.emplace_back();
    one.kind = step_kind::consultation;
    one.id = words.id.text;
    one.title = words.title.text;
    one.at_any_step = words.any_step;
    one.doc = line.line().doc;
    one.where = line.where();
    above_ = &one.source;
    declare_step(words.id, line.where());
    if (!read) lost_[model_.steps.size() - 1] |= unread_clauses::asked_at;
    one.at_steps = use_all(name_use::kind::step, words.steps.words);
}

void builder::open_import(clause_line& line) {
    word_at name;
    if (!line.read(read_string, name)) {
        nameless_ = true;
        return;
    }
    imports.push_back({name.text, {file_, name.where}, report_->heading()});
}

// --- first lines of a document

void builder::build_issue(clause_line& line) {
    issue_words words;
    if (!line.read(read_issue, words)) return;
    model_.head.issue = words.issue.text;
    model_.head.revision = words.revision.text;
}

void builder::build_document_date(clause_line& line) {
    date_words words;
    if (!line.read(read_document_date, words)) return;
    document_date& out =
        line.opener() == keyword::issued ? model_.head.issued : model_.head.effective;
    out.written = true;
    if (words.not_stated) return;
    out.stated = true;
    const std::string& text = words.date.text;
    const auto number = [&text](std::size_t from, std::size_t count) {
        return static_cast<int>(
            decimal::read(text.substr(from, count)).value_or(decimal{}).mantissa);
    };
    if (words.kind == token_kind::integer) {
        out.year = number(0, 4);
    } else if (words.kind == token_kind::month) {
        const std::size_t bar = text.find('/');
        out.month = static_cast<unsigned>(number(0, bar));
        out.year = number(bar + 1, 4);
        if (out.month < 1 || out.month > 12)
            report_->report(diag::no_such_date, line.at(words.date.where), {text});
    } else if (const auto day = whole_date(line, words.date, words.kind)) {
        const std::chrono::year_month_day ymd{*day};
        out.year = static_cast<int>(ymd.year());
        out.month = static_cast<unsigned>(ymd.month());
        out.day = static_cast<unsigned>(ymd.day());
        return;
    } else {
        return;
    }
    if (out.year < 1900 || out.year > 2199)
        report_->report(diag::no_such_date, line.at(words.date.where), {text});
}

void builder::build_head_text(clause_line& line) {
    word_at text;
    if (!line.read(read_string, text) || !not_empty(line, text)) return;
    auto& head = model_.head;
    (line.opener() == keyword::agency    ? head.agency
     : line.opener() == keyword::purpose ? head.purpose
                                         : head.scope) = text.text;
}

void builder::build_head_list(clause_line& line) {
    words_list words;
    if (!line.read(read_strings, words)) return;
    if (block_ == in_calendar) return;  // `căn cứ` of a calendar is read and stays in the text
    auto& out = line.opener() == keyword::basis ? model_.head.bases : model_.head.cites;
    for (const word_at& one : words.words)
        if (not_empty(line, one)) out.push_back(one.text);
}

void builder::build_head_code(clause_line& line) {
    word_at code;
    if (!line.read(read_code, code)) return;
    (line.opener() == keyword::part_of ? model_.head.part_of : model_.calendar_code) = code.text;
    if (line.opener() == keyword::by_calendar) model_.calendar_where = line.at(code.where);
}

/// `bỏ qua QT4015 vì "…"`. Errors are never passed over, so their codes are refused here.
void builder::build_silence(clause_line& line) {
    silence_words words;
    if (!line.read(read_silence, words) || !not_empty(line, words.reason)) return;
    const std::string& written = words.code.text;
    const place where = line.at(words.code.where);
    std::uint32_t number = 0;
    bool is_code = written.size() == 6 && written.compare(0, 2, "QT") == 0;
    for (std::size_t i = 2; is_code && i < written.size(); ++i) {
        is_code = written[i] >= '0' && written[i] <= '9';
        number = number * 10 + static_cast<std::uint32_t>(written[i] - '0');
    }
    const auto* row = is_code ? find_diagnostic(static_cast<std::uint16_t>(number)) : nullptr;
    // Notes at a second place (39xx) are no messages of their own.
    if (row == nullptr || number / 100 == 39) {
        report_->report(diag::silence_of_no_code, where, {written});
        return;
    }
    if (row->level == severity::error) {
        report_->report(diag::silence_of_error, where, {written});
        return;
    }
    silence made;
    made.code = static_cast<std::uint16_t>(number);
    made.reason = words.reason.text;
    made.where = line.where();
    made.header = header_line_;
    model_.silences.push_back(std::move(made));
    ++silences_waiting_;
}

void builder::build_head_flag(clause_line& line) {
    bare_words words;
    if (!line.read(read_bare, words)) return;
    (line.opener() == keyword::steps_in_order        ? model_.steps_in_order
     : line.opener() == keyword::no_deadlines_stated ? model_.no_deadlines_stated
                                                     : model_.no_records_stated) = true;
}

void builder::build_signatory(clause_line& line) {
    signatory_words words;
    if (!line.read(read_signatory, words) || !not_empty(line, words.first)) return;
    // One text is the post; with two the first is the name.
    signatory one;
    if (words.second.written())
        one = {words.first.text, words.second.text};
    else
        one.title = words.first.text;
    auto& head = model_.head;
    (line.opener() == keyword::drafted_by   ? head.drafters
     : line.opener() == keyword::checked_by ? head.checkers
                                            : head.approvers)
        .push_back(std::move(one));
}

void builder::build_owner(clause_line& line) {
    words_list words;
    if (!line.read(read_codes, words)) return;
    model_.head.owners = use_all(name_use::kind::party, words.words);
}

void builder::build_copy_to(clause_line& line) {
    copy_words words;
    if (!line.read(read_copy_to, words)) return;
    document_head::copy_to one;
    one.parties = use_all(name_use::kind::party, words.parties);
    for (const word_at& purpose : words.purposes) one.purposes.push_back(purpose.text);
    model_.head.copies.push_back(std::move(one));
}

void builder::build_count_by(clause_line& line) {
    counting_words words;
    if (!line.read(read_count_by, words)) return;
    if (words.code.written() && words.code.text != "BLDS.2015")
        report_->report(diag::unknown_counting_rule, line.at(words.code.where),
                        {words.code.text, spelled_here(keyword::working_time)});
    model_.rule = words.rule;
}

void builder::build_a_day_is(clause_line& line) {
    unit_words words;
    if (line.read(read_a_day_is, words)) model_.plain_day = words.unit;
}

void builder::build_an_hour_is(clause_line& line) {
    unit_words words;
    hours_settled_ = true;  // a line that was not understood said it too
    if (line.read(read_an_hour_is, words)) model_.plain_hour = words.unit;
}

void builder::build_overall(clause_line& line) {
    overall_words words;
    if (!line.read(read_overall, words)) return;
    overall_limit one;
    one.length = to_amount(line, words.length, true);
    amounts_.back().who = plain_amount::owner::overall;
    amounts_.back().index = model_.overall.size();
    if (words.from.written()) {
        use(name_use::kind::step, words.from);
        use(name_use::kind::step, words.to);
        one.from_step = words.from.text;
        one.to_step = words.to.text;
    }
    one.when = std::move(words.when);
    one.where = line.where();
    model_.overall.push_back(std::move(one));
}

void builder::build_may_open_at(clause_line& line) {
    words_list words;
    if (!line.read(read_steps, words)) return;
    for (std::string& id : use_all(name_use::kind::step, words.words))
        model_.may_open_at.push_back(std::move(id));
}

void builder::build_right(clause_line& line) {
    right_words words;
    if (!line.read(read_right, words)) return;
    right_clause one;
    one.what = line.opener() == keyword::may_withdraw ? right_clause::kind::withdraw
                                                      : right_clause::kind::cancel;
    one.parties = use_all(name_use::kind::party, words.parties);
    if (words.before.written()) use(name_use::kind::step, words.before);
    one.before_step = words.before.text;
    one.where = line.where();
    model_.rights.push_back(std::move(one));
}

}  // namespace quytrinh::detail::grammar
