// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_step.ipp: who does a step, with which papers, whom it assigns,
// what it opens.
#pragma once

#include <quytrinh/language/impl/rules.hpp>

namespace quytrinh::detail::grammar {

bool read_lead(line_state& s, lead_words& out) {
    out = {};
    word_at next;
    const auto also = primitive([&out](line_state&, const token*&) { return out.joint = true; });
    const auto any = primitive([&out](line_state&, const token*&) { return out.any = true; });
    const auto chain = primitive([&out](line_state&, const token*&) { return out.chain = true; });
    const auto parties = a_code(out.parties) >>
                         *((list_comma() >> also >> must(a_code(out.parties))) |
                           (word(keyword::or_word) >> any >> must(a_code(out.parties)))) >>
                         *(option_comma(keyword::afterwards) >> word(keyword::afterwards) >>
                           chain >> must(code(next)));
    return run(s, word(s.opener()) >>
                      must((word(keyword::as_word) >> must(the_step(out.as_step))) | parties) >>
                      -flag(keyword::or_delegate, out.or_delegate));
}

bool read_parties(line_state& s, party_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(codes(out.parties)) >> -if_condition(out.when));
}

bool read_act(line_state& s, act_words& out) {
    out = {};
    return run(
        s, word(s.opener()) >> must(code(out.what) | string(out.what)) >>
               -(word(keyword::box) >> must(step_id(out.box))) >>
               -(option_comma(keyword::only) >> word(keyword::only) >> must(strings(out.only))) >>
               -if_condition(out.when));
}

bool read_precondition(line_state& s, precondition_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(string(out.text)) >>
                      -(-option_comma(keyword::with_evidence) >>
                        flag(keyword::with_evidence, out.evidence)) >>
                      -if_condition(out.when));
}

bool read_assign(line_state& s, assign_words& out) {
    out = {};
    const auto option = (word(keyword::different_from) >> must(codes(out.different_from))) |
                        (word(keyword::at_most_times) >> must(integer(out.at_most))) |
                        (word(keyword::from_group) >> must(code(out.group)));
    return run(s, word(s.opener()) >> must(code(out.role)) >>
                      *(option_comma(keyword::different_from, keyword::at_most_times,
                                     keyword::from_group) >>
                        must(option)) >>
                      -if_condition(out.when));
}

bool read_link(line_state& s, link_words& out) {
    out = {};
    word_at here, there;
    const auto kept = primitive([&](line_state&, const token*&) {
        out.carrying.emplace_back(here, there.written() ? there : here);
        there = {};
        return true;
    });
    const auto carried =
        string(here) >> -(word(keyword::carried_as) >> must(string(there))) >> kept;
    const auto option =
        (word(keyword::carrying) >> must(carried) >> *(list_comma() >> must(carried))) |
        flag(keyword::replacing, out.replacing);
    const auto once =
        primitive([&out](line_state&, const token*&) { return !out.when.has_value(); });
    return run(s, word(s.opener()) >> must(code(out.procedure)) >> -at_place_of_step(out.at_step) >>
                      *((once >> if_condition(out.when)) |
                        (option_comma(keyword::carrying, keyword::replacing) >> must(option))));
}

}  // namespace quytrinh::detail::grammar
