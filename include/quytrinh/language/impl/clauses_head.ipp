// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_head.ipp: headers, and the clauses of a procedure's first lines.
#pragma once

#include <quytrinh/language/impl/rules.hpp>

namespace quytrinh::detail::grammar {

namespace {

auto number_text(word_at& out) {
    return primitive([&out](line_state& s, const token*& at) { return s.take_digits(at, out); });
}

}  // namespace

bool read_edition(line_state& s, edition_words& out) {
    out = {};
    return run(s, word(keyword::edition_line) >>
                      must(number_text(out.edition) >> comma() >> word(keyword::dialect_name)));
}

bool read_step_header(line_state& s, titled_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(step_id(out.code) >> string(out.title)));
}

bool read_consult_header(line_state& s, consult_words& out) {
    out = {};
    const auto place = flag(keyword::any_step, out.any_step) |
                       (word(keyword::at_place, keyword::at) >> must(the_steps(out.steps.words)));
    return run(s, word(s.opener()) >> must(step_id(out.id) >> string(out.title) >> place));
}

bool read_issue(line_state& s, issue_words& out) {
    out = {};
    return run(s, word(s.opener()) >>
                      must(flag(keyword::not_stated, out.not_stated) | number_text(out.issue)) >>
                      -(option_comma(keyword::revision) >> word(keyword::revision) >>
                        must(number_text(out.revision))));
}

bool read_document_date(line_state& s, date_words& out) {
    out = {};
    const auto date = primitive([&out](line_state& state, const token*& at) {
        if (at->kind == token_kind::integer && at->end - at->begin == 4) {
            out.kind = at->kind;
            return state.take_digits(at, out.date);
        }
        return state.take_date(at, out.date, out.kind);
    });
    return run(s, word(s.opener()) >> must(flag(keyword::not_stated, out.not_stated) | date));
}

bool read_signatory(line_state& s, signatory_words& out) {
    out = {};
    return run(
        s, word(s.opener()) >> must(string(out.first)) >> -(comma() >> must(string(out.second))));
}

bool read_silence(line_state& s, silence_words& out) {
    out = {};
    return run(s, word(s.opener()) >>
                      must(code(out.code) >> word(keyword::because) >> string(out.reason)));
}

bool read_copy_to(line_state& s, copy_words& out) {
    out = {};
    const auto purpose = primitive([&out](line_state& state, const token*& at) {
        const token* const written = at;
        word_at one;
        for (const keyword id :
             {keyword::for_information, keyword::for_action, keyword::for_report}) {
            if (!state.take_word(at, id)) continue;
            // One word of the model in whatever dialect it is said.
            out.purposes.push_back(
                {std::string(spelled(id, dialect::vi)), written->range(), false});
            return true;
        }
        if (!state.take_string(at, one)) return false;
        out.purposes.push_back(std::move(one));
        return true;
    });
    return run(s, word(s.opener()) >> must(codes(out.parties)) >>
                      -(option_comma(keyword::for_purpose) >> word(keyword::for_purpose) >>
                        must(purpose) >> *(comma() >> must(purpose))));
}

bool read_count_by(line_state& s, counting_words& out) {
    out = {};
    const std::pair<keyword, counting_rule> named[] = {
        {keyword::working_time, counting_rule::working_time}};
    const std::pair<keyword, counting_rule> options[] = {
        {keyword::including_first_day, counting_rule::include_first_day},
        {keyword::no_roll, counting_rule::no_roll},
        {keyword::roll_back, counting_rule::roll_back},
    };
    return run(s, word(s.opener()) >>
                      must(choice(out.rule, named) |
                           (code(out.code) >> -(comma() >> must(choice(out.rule, options))))));
}

bool read_a_day_is(line_state& s, unit_words& out) {
    out = {};
    const std::pair<keyword, time_unit> units[] = {{keyword::working_day, time_unit::working_day},
                                                   {keyword::calendar_day, time_unit::day}};
    return run(s, word(s.opener()) >> must(choice(out.unit, units)));
}

bool read_an_hour_is(line_state& s, unit_words& out) {
    out = {};
    const std::pair<keyword, time_unit> units[] = {{keyword::working_hour, time_unit::working_hour},
                                                   {keyword::running_hour, time_unit::hour}};
    return run(s, word(s.opener()) >> must(choice(out.unit, units)));
}

bool read_right(line_state& s, right_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(colon() >> codes(out.parties)) >>
                      -(option_comma(keyword::before) >> word(keyword::before) >>
                        must(the_step(out.before))));
}

bool read_overall(line_state& s, overall_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(amount_of_time(out.length)) >>
                      -(word(keyword::from_step) >>
                        must(the_step(out.from) >> word(keyword::to_step) >> the_step(out.to))) >>
                      -if_condition(out.when));
}

}  // namespace quytrinh::detail::grammar
