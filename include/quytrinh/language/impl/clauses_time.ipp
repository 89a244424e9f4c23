// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_time.ipp: amounts of time, the events they run from, limits.
#pragma once

#include <quytrinh/language/impl/rules.hpp>

namespace quytrinh::detail::grammar {

bool take_amount(line_state& s, const token*& at, amount_words& out) {
    out = {};
    const token* const first = at;
    const auto number = primitive([&out](line_state& state, const token*& here) {
        return state.take_amount(here, out.number);
    });
    const std::pair<keyword, keyword> units[] = {
        {keyword::day, keyword::day},
        {keyword::working_day, keyword::working_day},
        {keyword::calendar_day, keyword::calendar_day},
        {keyword::hour, keyword::hour},
        {keyword::working_hour, keyword::working_hour},
        {keyword::running_hour, keyword::running_hour},
        {keyword::week, keyword::week},
        {keyword::month, keyword::month},
        {keyword::year, keyword::year},
        {keyword::minute, keyword::minute},
    };
    if (!run_at(s, at, number >> must(choice(out.unit, units)))) return false;
    out.where = {first->begin, (at - 1)->end};
    return true;
}

namespace {

/// What stands after `kể từ khi`.
bool take_anchor(line_state& s, const token*& at, anchor_words& out, bool of_record) {
    using kind = anchor_words::kind;
    out = {};
    const token* const first = at;
    const std::pair<keyword, kind> of_a_step[] = {
        {keyword::receipt, kind::receipt},
        {keyword::start, kind::start},
        {keyword::completion, kind::completion},
        {keyword::ok, kind::ok},
        {keyword::nok, kind::nok},
    };
    const std::pair<keyword, kind> approval[] = {{keyword::approval, kind::approval}};
    const std::pair<keyword, kind> opening[] = {{keyword::opening, kind::opening}};
    const std::pair<keyword, kind> event[] = {{keyword::outside_event, kind::event}};
    const std::pair<keyword, kind> kept[] = {{keyword::case_end, kind::case_end},
                                             {keyword::year_end, kind::year_end},
                                             {keyword::not_stated, kind::not_stated}};
    const std::pair<keyword, kind> finished[] = {{keyword::completion, kind::completion}};
    const auto field = primitive([&out](line_state& state, const token*& here) {
        if (!take_field(state, here, out.field)) return false;
        out.what = kind::field;
        return true;
    });
    // Before the date of a form, and before an event.
    const auto since = primitive([](line_state& state, const token*& here) {
        const bool date = here->kind != token_kind::end && here[1].kind == token_kind::string;
        const token* const said = here;
        if (!state.take_word(here, keyword::since_event) &&
            !state.take_word(here, keyword::since_date))
            return false;
        state.remember(said, date ? keyword::since_date : keyword::since_event);
        return true;
    });
    bool read = false;
    if (of_record) {
        const auto rule = since >> must(choice(out.what, kept) |
                                        (choice(out.what, finished) >> must(at_step(out.step))));
        read = run_at(s, at, rule);
    } else {
        const auto first_time = flag(keyword::first_time, out.first);
        const auto rule =
            since >>
            must((-first_time >> choice(out.what, of_a_step) >> -first_time >> -at_step(out.step)) |
                 (choice(out.what, approval) >> must(code(out.form))) | choice(out.what, opening) |
                 (choice(out.what, event) >> must(string(out.event))) | field);
        read = run_at(s, at, rule);
    }
    if (!read) return false;
    out.written = true;
    out.where = {first->begin, (at - 1)->end};
    return true;
}

auto anchor_rule(anchor_words& out, bool of_record) {
    return primitive([&out, of_record](line_state& s, const token*& at) {
        return take_anchor(s, at, out, of_record);
    });
}

}  // namespace

bool read_limit(line_state& s, limit_words& out) {
    using kind = time_limit::kind;
    out = {};
    const std::pair<keyword, kind> plain[] = {{keyword::not_stated, kind::not_stated},
                                              {keyword::immediately, kind::immediately}};
    const std::pair<keyword, kind> elsewhere[] = {{keyword::laid_down, kind::laid_down}};
    const std::pair<keyword, kind> field[] = {{keyword::by_field, kind::from_field}};
    const std::pair<keyword, kind> dates[] = {{keyword::before_date, kind::before_date},
                                              {keyword::through_date, kind::through_date}};
    const auto date = primitive([&out](line_state& state, const token*& at) {
        return state.take_date(at, out.date, out.date_kind);
    });
    const auto counted = primitive([&out](line_state&, const token*&) {
        out.what = kind::count;
        return true;
    });
    const auto not_approved = -(option_comma(keyword::approval_not_needed) >>
                                flag(keyword::approval_not_needed, out.approval_not_needed));
    const auto from_a_field = primitive([&out](line_state&, const token*&) {
        return out.from.written && out.from.what == anchor_words::kind::field;
    });
    const auto limit =
        choice(out.what, plain) | (choice(out.what, elsewhere) >> must(string(out.text))) |
        (choice(out.what, field) >> must(a_field(out.field)) >> not_approved) |
        (choice(out.what, dates) >> must(date)) |
        (((word(keyword::at_latest) >> must(amount_of_time(out.length))) |
          amount_of_time(out.length)) >>
         counted >> -(anchor_rule(out.from, false) >> -(from_a_field >> not_approved)));
    return run(s, word(s.opener()) >> must(limit) >> -if_condition(out.when));
}

bool read_kept_for(line_state& s, kept_words& out) {
    out = {};
    return run(
        s, word(s.opener()) >> must(flag(keyword::not_stated, out.not_stated) |
                                    flag(keyword::forever, out.forever) |
                                    (amount_of_time(out.length) >> -anchor_rule(out.from, true))));
}

bool read_limit_words(line_state& s, limit_words& out) {
    using kind = time_limit::kind;
    out = {};
    const std::pair<keyword, kind> plain[] = {{keyword::not_stated, kind::not_stated},
                                              {keyword::immediately, kind::immediately}};
    const std::pair<keyword, kind> dates[] = {{keyword::before_date, kind::before_date},
                                              {keyword::through_date, kind::through_date}};
    const auto date = primitive([&out](line_state& state, const token*& at) {
        return state.take_date(at, out.date, out.date_kind);
    });
    const auto counted = primitive([&out](line_state&, const token*&) {
        out.what = kind::count;
        return true;
    });
    return run(s, -word(keyword::deadline) >>
                      (choice(out.what, plain) | (choice(out.what, dates) >> must(date)) |
                       (-(word(keyword::at_latest) | word(keyword::at_most_times)) >>
                        must(amount_of_time(out.length)) >> counted)));
}

}  // namespace quytrinh::detail::grammar
