// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_calendar.ipp: the lines of a working calendar.
#pragma once

#include <quytrinh/language/impl/rules.hpp>

namespace quytrinh::detail::grammar {

namespace {

auto time_of_day(word_at& out) {
    return primitive([&out](line_state& s, const token*& at) { return s.take_time(at, out); });
}
auto year_text(word_at& out) {
    return primitive([&out](line_state& s, const token*& at) { return s.take_digits(at, out); });
}

/// `07:30-11:30, 13:30-17:30`, kept for as long as the rule that holds it runs.
struct hours_rule {
    hours_words& out;
    word_at from, to;

    bool take(line_state& s, const token*& at) {
        const auto dash = primitive([](line_state& state, const token*& here) {
            return state.take_kind(here, token_kind::dash, wanted::dash);
        });
        const auto kept = primitive([this](line_state&, const token*&) {
            out.hours.emplace_back(from, to);
            return true;
        });
        const auto range = time_of_day(from) >> must(dash >> time_of_day(to)) >> kept;
        return run_at(s, at, range >> *(comma() >> must(range)));
    }
};

bool take_weekday(line_state& s, const token*& at, hours_words& out) {
    static constexpr keyword days[] = {keyword::monday,   keyword::tuesday, keyword::wednesday,
                                       keyword::thursday, keyword::friday,  keyword::saturday,
                                       keyword::sunday};
    for (int i = 0; i < 7; ++i) {
        const token& first = *at;
        if (!s.take_word(at, days[i])) continue;
        out.days.emplace_back(i, first.range());
        return true;
    }
    return false;
}

}  // namespace

bool read_time_zone(line_state& s, offset_words& out) {
    out = {};
    const auto offset = primitive([&out](line_state& state, const token*& at) {
        const token& first = *at;
        if (!state.take_kind(at, token_kind::offset, wanted::offset)) return false;
        out.offset = {std::string(state.text_of(first)), first.range(), false};
        return true;
    });
    return run(s, word(s.opener()) >> must(offset));
}

bool read_hours(line_state& s, hours_words& out) {
    out = {};
    hours_rule hours{out, {}, {}};
    const auto all =
        primitive([&hours](line_state& state, const token*& at) { return hours.take(state, at); });
    return run(s, word(s.opener()) >> must(all));
}

bool read_working(line_state& s, hours_words& out) {
    out = {};
    hours_rule hours{out, {}, {}};
    const auto all =
        primitive([&hours](line_state& state, const token*& at) { return hours.take(state, at); });
    const auto day = primitive(
        [&out](line_state& state, const token*& at) { return take_weekday(state, at, out); });
    const auto ranged = primitive([&out](line_state&, const token*&) { return out.range = true; });
    return run(s, word(s.opener()) >> must(day >> ((word(keyword::to_step) >> must(day) >> ranged) |
                                                   *(comma() >> must(day))) >>
                                           all));
}

bool read_years(line_state& s, years_words& out) {
    out = {};
    return run(
        s, word(s.opener()) >>
               must((word(keyword::in_year) >> must(year_text(out.from))) |
                    (word(keyword::from_year) >>
                     must(year_text(out.from) >> word(keyword::to_year) >> year_text(out.to)))));
}

bool read_day(line_state& s, day_words& out) {
    out = {};
    const auto from = primitive([&out](line_state& state, const token*& at) {
        return state.take_date(at, out.from, out.from_kind);
    });
    const auto to = primitive([&out](line_state& state, const token*& at) {
        return state.take_date(at, out.to, out.to_kind);
    });
    const auto when =
        word(keyword::if_word) >> must(code(out.when) >> word(keyword::is) >> word(keyword::on));
    const auto range = word(keyword::from_date) >> must(from >> word(keyword::through_date) >> to);
    if (s.opener() == keyword::make_up_day)
        return run(s, word(s.opener()) >> must(from >> string(out.reason)) >> -when);
    return run(s, word(s.opener()) >> must((from | range) >> string(out.reason)) >> -when);
}

bool read_cut_off(line_state& s, offset_words& out) {
    out = {};
    return run(
        s, word(s.opener()) >> must(time_of_day(out.offset) >> word(keyword::counts_from_next)));
}

bool read_switch(line_state& s, switch_words& out) {
    out = {};
    const std::pair<keyword, bool> states[] = {{keyword::off, false}, {keyword::on, true}};
    return run(s, word(s.opener()) >> must(code(out.code) >> string(out.title) >> comma() >>
                                           choice(out.on, states)));
}

}  // namespace quytrinh::detail::grammar
