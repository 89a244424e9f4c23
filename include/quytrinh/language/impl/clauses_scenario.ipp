// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_scenario.ipp: the lines of a scenario. Only the line as a whole is
// a rule; its parts are read by hand (impl/scenario_reader.hpp).
#pragma once

#include <quytrinh/language/impl/rules.hpp>
#include <quytrinh/language/impl/scenario_reader.hpp>

#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

/// A hand-written reader as a parser: once it has taken a word, nothing else can be meant.
template <class Read>
auto scenario_part(const Read& read) {
    return primitive([&read](line_state& state, const token*& at) {
        const token* const before = at;
        scenario_reader reader{state, at};
        if (read(reader)) return true;
        if (at != before) state.give_up();
        at = before;
        return false;
    });
}
/// Runs one over the whole line, behind its opener.
template <class Read>
bool run_scenario(line_state& s, const Read& read) {
    return run(s, word(s.opener()) >> must(scenario_part(read)));
}

}  // namespace

bool read_scenario_header(line_state& s, scenario_head_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(string(out.title)) >>
                      -(word(keyword::of_procedure) >> must(code(out.procedure))));
}

bool read_given(line_state& s, scenario_given& out) {
    using kind = scenario_given::kind;
    out = {};
    return run_scenario(s, [&](scenario_reader& r) {
        if (s.opener() == keyword::given_time) return r.moment(out.what);
        if (r.word(keyword::by_calendar)) {
            out.kind_of = kind::calendar;
            return r.code(out.subject);
        }
        if (r.word(keyword::case_number)) {
            out.kind_of = kind::reference;
            return r.text(out.what);
        }
        const token* const first = r.here();
        if (!r.code(out.subject)) return false;
        out.subject_where = r.since(first);
        if (r.word(keyword::has_row)) {
            out.kind_of = kind::row;
            return r.cells(out.cells);
        }
        out.kind_of = kind::binding;
        return r.word(keyword::stands_for) && r.who(out.who);
    });
}

bool read_when(line_state& s, when_words& out) {
    out = {};
    const auto passing = [&](scenario_reader& r) {
        if (r.begins_with_number()) return r.amount(out.later) && r.word(keyword::later_on);
        r.could_be(wanted::amount);
        return r.word(keyword::moment) && r.moment(out.act.until);
    };
    const auto act = [&](scenario_reader& r) {
        const token* const first = r.here();
        if (r.word(keyword::turns_to)) {
            out.act.kind_of = scenario_act::kind::turn_to;
            return r.code(out.act.case_of);
        }
        if (r.word(keyword::notes_overdue)) {
            out.act.kind_of = scenario_act::kind::say_late;
            out.act.of_question = r.peeks(keyword::question);
            const bool read = out.act.of_question
                                  ? r.word(keyword::question) && r.step_id(out.act.step)
                                  : r.step(out.act.step) || r.could_be({keyword::question});
            out.act.act_where = r.since(first);
            return read;
        }
        if (!r.who(out.act.who) || !r.deed(out.act) || !r.options(out.act)) return false;
        out.act.act_where = r.since(first);
        return true;
    };
    const auto deed = scenario_part(act);
    return run(
        s, word(s.opener()) >> must((scenario_part(passing) >> -(comma() >> must(deed))) | deed));
}

bool read_expect(line_state& s, scenario_expectation& out) {
    using seen = scenario_expectation::kind;
    // Those that are only looked for below, in words or as what they open.
    static constexpr std::initializer_list<keyword> first_words = {
        keyword::step,        keyword::question, keyword::is_kept,
        keyword::is_not_kept, keyword::new_case, keyword::no_new_case};
    out = {};
    const auto read = [&](scenario_reader& r) {
        if (r.peeks(keyword::step) || r.peeks(keyword::question)) return r.of_task(out);
        if (r.word(keyword::now_at)) {
            out.kind_of = seen::standing;
            if (!r.step(out.steps.emplace_back())) return false;
            while (!r.ends()) {
                if (!r.comma()) return false;
                if (r.peeks(keyword::round)) return r.details(out);
                if (r.peeks(keyword::step)) (void)r.word(keyword::step);
                if (!r.step_id(out.steps.emplace_back())) return false;
            }
            return true;
        }
        if (r.word(keyword::the_case)) return r.of_case(out);
        if (r.peeks(keyword::is_kept) || r.peeks(keyword::is_not_kept)) return r.of_record(out);
        if (r.peeks(keyword::new_case) || r.peeks(keyword::no_new_case)) {
            out.kind_of = r.peeks(keyword::new_case) ? seen::new_case : seen::no_new_case;
            if (!r.word(out.kind_of == seen::new_case ? keyword::new_case : keyword::no_new_case))
                return false;
            const token* const first = r.here();
            if (!r.code(out.code)) return false;
            out.code_where = r.since(first);
            if (out.kind_of == seen::no_new_case) return true;
            return r.ends() || r.at_step(out.steps.emplace_back());
        }
        if (r.word(keyword::is_refused)) {
            out.kind_of = seen::refused;
            return r.ends() || (r.word(keyword::because) && r.text(out.outcome));
        }
        if (r.field_name(out.field)) {
            using filling = scenario_expectation::filling;
            out.kind_of = seen::field;
            if (r.word(keyword::filled))
                out.how = filling::filled;
            else if (r.word(keyword::not_filled))
                out.how = filling::empty;
            else
                return r.field_value(out.field) && r.at_question(out);
            return r.at_question(out);
        }
        r.could_be(first_words);
        return r.of_party(out);
    };
    return run_scenario(s, read);
}

bool read_cells(line_state& s, std::vector<scenario_value>& out) {
    out.clear();
    return run_scenario(s, [&out](scenario_reader& r) { return r.values(out); });
}

}  // namespace quytrinh::detail::grammar
