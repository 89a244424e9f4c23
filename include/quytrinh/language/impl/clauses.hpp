// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses.hpp: what each kind of line says, as plain words with places, and
// the functions that read it. One function per kind; the grammars behind them stand in
// impl/clauses_*.ipp.
#pragma once

#include <quytrinh/language/impl/line_state.hpp>
#include <quytrinh/model/form.hpp>
#include <quytrinh/model/scenario.hpp>
#include <quytrinh/model/step.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

using condition_words = condition;

struct amount_words {
    number_at number;
    keyword unit = keyword::none;
    span where;
};
struct field_words {
    word_at field, form;
    span where;
};
struct target_words {
    bool ends = false, ends_all = false;
    std::vector<word_at> steps;
    word_at end_kind;
    span where;
};
/// An event from which time runs. For records the end of the case or year, and `không nêu`.
struct anchor_words {
    enum class kind {
        receipt,
        start,
        completion,
        ok,
        nok,
        opening,
        approval,
        field,
        event,
        not_stated,
        case_end,
        year_end
    };
    bool written = false;
    kind what = kind::receipt;
    bool first = false;
    word_at step, form, event;
    field_words field;
    span where;
};

// --- lines that many blocks share
struct bare_words {};
struct words_list {
    std::vector<word_at> words;
    bool not_stated = false;
};
struct titled_words {
    word_at code, title;
};
bool read_bare(line_state& s, bare_words& out);
bool read_code(line_state& s, word_at& out);
bool read_codes(line_state& s, words_list& out);
bool read_codes_or_not_stated(line_state& s, words_list& out);
bool read_string(line_state& s, word_at& out);
bool read_strings(line_state& s, words_list& out);
bool read_row(line_state& s, std::vector<operand>& out);
bool read_codes_or_strings(line_state& s, words_list& out);
bool read_steps(line_state& s, words_list& out);
bool read_sections(line_state& s, words_list& out);
bool read_titled(line_state& s, titled_words& out);

// --- headers and the first lines of a document
struct edition_words {
    word_at edition;
};
struct consult_words {
    word_at id, title;
    words_list steps;
    bool any_step = false;
};
struct issue_words {
    bool not_stated = false;
    word_at issue, revision;
};
struct date_words {
    bool not_stated = false;
    word_at date;
    token_kind kind = token_kind::date;
};
struct signatory_words {
    word_at first, second;
};
struct silence_words {
    word_at code, reason;
};
struct copy_words {
    std::vector<word_at> parties, purposes;
};
struct counting_words {
    word_at code;
    counting_rule rule = counting_rule::blds_2015;
};
struct unit_words {
    time_unit unit = time_unit::day;
};
struct right_words {
    std::vector<word_at> parties;
    word_at before;
};
struct overall_words {
    amount_words length;
    word_at from, to;
    std::optional<condition_words> when;
};
bool read_edition(line_state& s, edition_words& out);
bool read_silence(line_state& s, silence_words& out);
bool read_step_header(line_state& s, titled_words& out);
bool read_consult_header(line_state& s, consult_words& out);
bool read_issue(line_state& s, issue_words& out);
bool read_document_date(line_state& s, date_words& out);
bool read_signatory(line_state& s, signatory_words& out);
bool read_copy_to(line_state& s, copy_words& out);
bool read_count_by(line_state& s, counting_words& out);
bool read_a_day_is(line_state& s, unit_words& out);
bool read_an_hour_is(line_state& s, unit_words& out);
bool read_right(line_state& s, right_words& out);
bool read_overall(line_state& s, overall_words& out);

// --- forms, lists, records
struct box_words {
    word_at number, title;
    bool append_only = false;
};
struct declared_words {
    word_at name, catalogue;
    field_type type = field_type::text;
    std::vector<word_at> choices;
    bool other = false, required = false;
    std::optional<condition_words> required_if;
};
struct item_words {
    word_at number, text;
};
struct kept_words {
    bool not_stated = false, forever = false;
    amount_words length;
    anchor_words from;
};
struct afterwards_words {
    word_at what;
};
bool read_box(line_state& s, box_words& out);
bool read_field_declaration(line_state& s, declared_words& out);
bool read_item(line_state& s, item_words& out);
bool read_field_reference(line_state& s, field_words& out);
bool read_parts(line_state& s, words_list& out);
bool read_kept_for(line_state& s, kept_words& out);
bool read_after_that(line_state& s, afterwards_words& out);

// --- steps
struct lead_words {
    std::vector<word_at> parties;
    bool any = false, joint = false, chain = false;
    word_at as_step;
    bool or_delegate = false;
};
struct party_words {
    std::vector<word_at> parties;
    std::optional<condition_words> when;
};
struct act_words {
    word_at what, box;
    std::vector<word_at> only;
    std::optional<condition_words> when;
};
struct precondition_words {
    word_at text;
    bool evidence = false;
    std::optional<condition_words> when;
};
struct assign_words {
    word_at role, group;
    std::vector<word_at> different_from;
    number_at at_most;
    std::optional<condition_words> when;
};
struct link_words {
    word_at procedure, at_step;
    std::vector<std::pair<word_at, word_at>> carrying;
    bool replacing = false;
    std::optional<condition_words> when;
};
struct branch_words {
    word_at name;
    std::optional<condition_words> guard, when;
    target_words to;
    bool reason = false;
    number_at at_most;
    std::optional<target_words> afterwards;
};
struct limit_words {
    time_limit::kind what = time_limit::kind::not_stated;
    amount_words length;
    anchor_words from;
    field_words field;
    bool approval_not_needed = false;
    word_at date, text;
    token_kind date_kind = token_kind::date;
    std::optional<condition_words> when;
};
bool read_lead(line_state& s, lead_words& out);
bool read_parties(line_state& s, party_words& out);
bool read_act(line_state& s, act_words& out);
bool read_precondition(line_state& s, precondition_words& out);
bool read_assign(line_state& s, assign_words& out);
bool read_link(line_state& s, link_words& out);
bool read_branch(line_state& s, branch_words& out);
bool read_limit(line_state& s, limit_words& out);
/// `chậm nhất 03 ngày làm việc` alone, with or without the word for a deadline.
/// A limit without what it runs from, with or without its keyword.
bool read_limit_words(line_state& s, limit_words& out);

// --- calendars
struct offset_words {
    word_at offset;
};
struct hours_words {
    std::vector<std::pair<int, span>> days;  ///< 0 is Monday
    bool range = false;                      ///< the two days are the ends of a range
    std::vector<std::pair<word_at, word_at>> hours;
};
struct years_words {
    word_at from, to;
};
struct day_words {
    word_at from, to, reason, when;
    token_kind from_kind = token_kind::date, to_kind = token_kind::date;
};
struct switch_words {
    word_at code, title;
    bool on = false;
};
bool read_time_zone(line_state& s, offset_words& out);
bool read_working(line_state& s, hours_words& out);
bool read_hours(line_state& s, hours_words& out);
bool read_years(line_state& s, years_words& out);
bool read_day(line_state& s, day_words& out);
bool read_cut_off(line_state& s, offset_words& out);
bool read_switch(line_state& s, switch_words& out);

// --- scenarios
struct scenario_head_words {
    word_at title, procedure;
};
struct when_words {
    scenario_act act;
    amount_words later;
};
bool read_scenario_header(line_state& s, scenario_head_words& out);
bool read_given(line_state& s, scenario_given& out);
bool read_when(line_state& s, when_words& out);
bool read_expect(line_state& s, scenario_expectation& out);
bool read_cells(line_state& s, std::vector<scenario_value>& out);

}  // namespace quytrinh::detail::grammar
