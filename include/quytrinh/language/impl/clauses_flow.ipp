// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_flow.ipp: where a step leads.
#pragma once

#include <quytrinh/language/impl/rules.hpp>

namespace quytrinh::detail::grammar {

bool take_target(line_state& s, const token*& at, target_words& out) {
    out = {};
    const token* const first = at;
    // `bước 4, bước 5` is read whole and refused by name later; a comma before a word starts an
    // option.
    const auto another = primitive([](line_state& state, const token*& here) {
        if (here->kind != token_kind::comma) return state.expected(here, wanted::comma);
        const token_kind after = here[1].kind;
        if (after == token_kind::integer || after == token_kind::step_id ||
            state.peeks(here + 1, keyword::step)) {
            ++here;
            return true;
        }
        return false;
    });
    const auto steps = word(keyword::step) >> must(a_step(out.steps)) >>
                       *(another >> -word(keyword::step) >> must(a_step(out.steps)));
    const auto rule =
        steps | ((flag(keyword::end, out.ends) | flag(keyword::end_all, out.ends_all)) >>
                 -string(out.end_kind));
    if (!run_at(s, at, rule)) return false;
    out.ends = out.ends || out.ends_all;
    out.where = {first->begin, (at - 1)->end};
    return true;
}

bool read_branch(line_state& s, branch_words& out) {
    out = {};
    target_words after;
    const auto kept = primitive([&](line_state&, const token*&) {
        out.afterwards = after;
        return true;
    });
    const auto option =
        flag(keyword::with_reason, out.reason) |
        (word(keyword::at_most_times) >> must(integer(out.at_most) >> word(keyword::times)) >>
         -(option_comma(keyword::afterwards) >>
           must(word(keyword::afterwards) >> arrow() >> a_target(after) >> kept)));
    const auto opener = word(s.opener());
    const auto rest = must(arrow() >> a_target(out.to)) >>
                      *(option_comma(keyword::with_reason, keyword::at_most_times) >> must(option));
    if (s.opener() == keyword::if_word)
        return run(s, opener >> must(a_condition(out.guard)) >> rest);
    if (s.opener() == keyword::outcome)
        return run(s, opener >> must(string(out.name)) >> rest >> -if_condition(out.when));
    return run(s, opener >> rest >> -if_condition(out.when));
}

}  // namespace quytrinh::detail::grammar
