// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_step.ipp: steps and consultations: who, with which papers, where
// to.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

void builder::build_lead(clause_line& line) {
    lead_words words;
    if (!line.read(read_lead, words)) return;
    const span all = words.parties.empty()
                         ? words.as_step.where
                         : span{words.parties.front().where.begin, words.parties.back().where.end};
    if (words.chain) {
        report_->report(diag::later_chain, line.at(all), {spelled_here(keyword::afterwards)});
        return;
    }
    if (words.any && words.joint) {
        report_->report(diag::mixed_leads, line.at(all), {spelled_here(keyword::or_word)});
        return;
    }
    lead_clause& lead = this_step().lead;
    lead.how = words.any                  ? lead_clause::mode::any
               : words.parties.size() > 1 ? lead_clause::mode::joint
                                          : lead_clause::mode::one;
    lead.parties = use_all(name_use::kind::party, words.parties);
    lead.as_step = words.as_step.text;
    use(name_use::kind::step, words.as_step);
    lead.or_delegate = words.or_delegate;
    lead.where = line.where();
    above_ = &this_step().source;
}

void builder::build_recorded_by(clause_line& line) {
    word_at code;
    if (!line.read(read_code, code)) return;
    this_step().recorder = code.text;
    use(name_use::kind::party, code);
    above_ = &this_step().source;
}

void builder::build_parties(clause_line& line) {
    party_words words;
    above_ = &this_step().source;
    if (!line.read(read_parties, words)) return;
    party_clause one;
    one.parties = use_all(name_use::kind::party, words.parties);
    one.when = std::move(words.when);
    one.where = line.where();
    (line.opener() == keyword::with ? this_step().with : this_step().inform)
        .push_back(std::move(one));
}

void builder::build_step_texts(clause_line& line) {
    words_list words;
    above_ = &this_step().source;
    if (!line.read(read_strings, words)) return;
    auto& out = line.opener() == keyword::work    ? this_step().work
                : line.opener() == keyword::input ? this_step().inputs
                                                  : this_step().outputs;
    for (const word_at& one : words.words)
        if (not_empty(line, one)) out.push_back(one.text);
}

void builder::build_channel(clause_line& line) {
    words_list words;
    above_ = &this_step().source;
    if (!line.read(read_codes_or_strings, words)) return;
    for (const word_at& one : words.words) {
        if (one.quoted) {
            if (not_empty(line, one)) this_step().channels.push_back(one.text);
        } else if (this_step().channel_catalogue.empty()) {
            this_step().channel_catalogue = one.text;
            use(name_use::kind::list, one);
        } else {
            report_->report(diag::clause_twice, line.at(one.where),
                            {line.opener_text() + " " + one.text});
        }
    }
}

void builder::build_act(clause_line& line) {
    using kind = form_act::kind;
    act_words words;
    above_ = &this_step().source;
    if (!line.read(read_act, words)) return;
    form_act one;
    name_use::kind named = name_use::kind::form;
    const keyword opener = line.opener();
    if (opener == keyword::use) {
        one.what = kind::use;
        named = name_use::kind::form_or_document;
    } else if (opener == keyword::approve) {
        one.what = kind::approve;
    } else if (opener == keyword::append) {
        one.what = kind::append;
    } else if (opener == keyword::keep) {
        one.what = kind::keep;
        named = name_use::kind::record_or_form;
    } else if (opener == keyword::complete_list) {
        one.what = kind::check;
        named = name_use::kind::checklist;
    }
    if (words.what.quoted) {
        const bool paper =
            one.what == kind::fill || one.what == kind::use || one.what == kind::keep;
        if (!paper || words.box.written()) {
            report_->report(diag::text_for_code, line.at(words.what.where),
                            {text_at(words.what.where), std::string(line.example())});
            return;
        }
        if (!not_empty(line, words.what)) return;
        one.paper = words.what.text;
    } else {
        one.code = words.what.text;
        use(named, words.what);
    }
    one.box = words.box.text;
    const bool writes = one.what == kind::fill || one.what == kind::append;
    if (!words.only.empty() && !writes) {
        report_->report(diag::only_when_written,
                        line.at({words.only.front().where.begin, words.only.back().where.end}),
                        {line.opener_text(), spelled_here(keyword::only),
                         spelled_here(keyword::fill), spelled_here(keyword::append)});
        words.only.clear();
    }
    for (const word_at& field : words.only) {
        one.only.push_back(field.text);
        if (!one.code.empty()) use_field({field, words.what, field.where});
    }
    one.when = std::move(words.when);
    one.where = line.where();
    this_step().acts.push_back(std::move(one));
}

void builder::build_precondition(clause_line& line) {
    precondition_words words;
    above_ = &this_step().source;
    if (!line.read(read_precondition, words) || !not_empty(line, words.text)) return;
    precondition one;
    one.text = words.text.text;
    one.evidence = words.evidence;
    one.when = std::move(words.when);
    one.where = line.where();
    this_step().preconditions.push_back(std::move(one));
}

void builder::build_assign(clause_line& line) {
    assign_words words;
    above_ = &this_step().source;
    if (!line.read(read_assign, words)) return;
    assignment_clause one;
    one.role = words.role.text;
    use(name_use::kind::role, words.role);
    one.different_from = use_all(name_use::kind::party, words.different_from);
    one.within = words.group.text;
    use(name_use::kind::party, words.group);
    one.at_most = small_number(line, words.at_most, 1, 1'000, 1);
    one.when = std::move(words.when);
    one.where = line.where();
    this_step().assignments.push_back(std::move(one));
}

void builder::build_other_person(clause_line& line) {
    words_list words;
    above_ = &this_step().source;
    if (!line.read(read_steps, words)) return;
    separation_clause one;
    one.steps = use_all(name_use::kind::step, words.words);
    one.where = line.where();
    this_step().separations.push_back(std::move(one));
}

void builder::build_step_flag(clause_line& line) {
    bare_words words;
    above_ = &this_step().source;
    if (!line.read(read_bare, words)) return;
    (line.opener() == keyword::not_counted ? this_step().not_counted
                                           : this_step().must_acknowledge) = true;
}

void builder::build_answers(clause_line& line) {
    words_list words;
    above_ = &this_step().source;
    if (!line.read(read_strings, words)) return;
    for (const word_at& one : words.words)
        if (not_empty(line, one)) this_step().answers.push_back(one.text);
}

target builder::to_target(clause_line& line, const target_words& words) {
    target one;
    one.ends = words.ends;
    one.ends_all = words.ends_all;
    one.end_kind = words.end_kind.text;
    one.where = line.at(words.where);
    if (!words.steps.empty()) one.step = words.steps.front().text;
    if (words.steps.size() > 1)
        report_->report(diag::later_parallel, one.where, {text_at(words.where)});
    return one;
}

void builder::build_branch(clause_line& line) {
    using kind = branch::kind;
    branch_words words;
    above_ = &this_step().source;
    if (!line.read(read_branch, words)) return;
    branch one;
    const keyword opener = line.opener();
    if (opener == keyword::ok)
        one.what = kind::ok;
    else if (opener == keyword::nok)
        one.what = kind::nok;
    else if (opener == keyword::outcome)
        one.what = kind::named;
    else if (opener == keyword::if_word)
        one.what = kind::condition;
    else if (opener == keyword::otherwise)
        one.what = kind::otherwise;
    if (one.what == kind::named && !not_empty(line, words.name)) return;
    if (words.when && (one.what == kind::done || one.what == kind::otherwise)) {
        // `xong → bước 2 nếu …` is `nếu … → bước 2` with its words in another order.
        const std::string right = spelled_here(keyword::if_word) + " " +
                                  text_at(words.when->where.range) + " → " +
                                  text_at(words.to.where);
        report_->report(diag::done_with_condition, line.where(),
                        {line.opener_text(), spelled_here(keyword::if_word), right},
                        replace(line.where(), right, false));
        break_block(line.opener());
        return;
    }
    one.name = words.name.text;
    one.when = words.guard ? std::move(words.guard) : std::move(words.when);
    one.to = to_target(line, words.to);
    one.reason = words.reason;
    one.at_most = small_number(line, words.at_most, 1, 1'000, 0);
    if (words.afterwards) one.afterwards = to_target(line, *words.afterwards);
    one.where = line.where();
    this_step().branches.push_back(std::move(one));
    above_ = &this_step().branches.back().source;
}

void builder::build_link(clause_line& line) {
    link_words words;
    above_ = &this_step().source;
    if (!line.read(read_link, words)) return;
    link_clause one;
    one.procedure = words.procedure.text;
    one.may = line.opener() == keyword::may_open_procedure;
    one.at_step = words.at_step.text;
    for (const auto& [here, there] : words.carrying) {
        one.carrying.emplace_back(here.text, there.text);
        use_field({here, {}, here.where});
        field_uses_.back().carried = true;
    }
    one.procedure_where = line.at(words.procedure.where);
    one.replacing = words.replacing;
    one.when = std::move(words.when);
    one.where = line.where();
    this_step().links.push_back(std::move(one));
}

}  // namespace quytrinh::detail::grammar
