// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_unread.ipp: lines that were not understood: which clauses of which
// block they may have been. The checker holds back only what those could change, so that all other
// mistakes of the text are told in the same run.
#pragma once

#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::grammar {

namespace unread {

/// What may be missing where a line of this keyword was not understood; none: it may be any.
inline unread_clauses::kinds lost_with(keyword opener) {
    using lost = unread_clauses;
    static constexpr std::pair<void (builder::*)(clause_line&), lost::kinds> of_builders[] = {
        {&builder::build_branch, lost::ways},        {&builder::build_lead, lost::lead},
        {&builder::build_recorded_by, lost::lead},   {&builder::build_parties, lost::beside},
        {&builder::build_act, lost::acts},           {&builder::build_assign, lost::assigned},
        {&builder::build_limit, lost::limits},       {&builder::build_step_flag, lost::limits},
        {&builder::build_link, lost::links},         {&builder::build_channel, lost::channels},
        {&builder::build_precondition, lost::needs}, {&builder::build_count_by, lost::rule},
        {&builder::build_a_day_is, lost::plain},     {&builder::build_an_hour_is, lost::plain},
        {&builder::build_overall, lost::overall},    {&builder::build_may_open_at, lost::entries},
        {&builder::build_right, lost::rights},       {&builder::build_owner, lost::rights},
        {&builder::build_copy_to, lost::rights},
    };
    switch (opener) {
    case keyword::steps_in_order: return lost::order;
    case keyword::no_deadlines_stated: return lost::no_deadlines;
    case keyword::no_records_stated: return lost::no_records;
    case keyword::by_calendar: return lost::calendar;
    default: break;  // not an enumeration of ours to walk: a table of some two hundred words
    }
    const clause_rule* rule = rule_of(opener);
    if (rule == nullptr) return lost::everything;
    const auto found = std::find_if(std::begin(of_builders), std::end(of_builders),
                                    [&](const auto& one) { return one.first == rule->build; });
    return found == std::end(of_builders) ? 0 : found->second;
}

}  // namespace unread

bool builder::judged_at_all() const noexcept {
    return procedure_seen_ && !lines_lost_ && !too_tangled_ && steps_left_ != 0;
}

/// The clause that the line opens here, as far as its first word tells.
keyword builder::opener_here(const text_line& line) const {
    if (line.empty() || line.first().kind != token_kind::phrase) return keyword::none;
    for (const keyword id : words_->at(line.first().phrase).ids)
        if (const clause_rule* rule = rule_of(id); rule != nullptr && (rule->blocks & block_) != 0)
            return id;
    return keyword::none;
}

void builder::break_block(keyword opener) {
    broken_ = true;
    lose(opener);
}

void builder::lose(keyword opener) {
    const unread_clauses::kinds kinds = unread::lost_with(opener);
    const clause_rule* rule = opener == keyword::none ? nullptr : rule_of(opener);
    const bool stands_here = rule == nullptr || (rule->blocks & block_) != 0;
    const auto last = [](const auto& items) { return items.empty() ? 0 : items.size() - 1; };
    if (opener == keyword::none) torn_ = true;
    if (!stands_here) unread_.elsewhere |= kinds;
    switch (block_) {
    case in_step:
    case in_consult:
        if (!model_.steps.empty()) lost_[last(model_.steps)] |= kinds;
        break;
    case in_procedure: unread_.heading |= kinds; break;
    case in_party: unread_.parties.insert(last(model_.parties)); break;
    case in_form: unread_.forms.insert(last(model_.forms)); break;
    case in_catalogue:
    case in_checklist: unread_.catalogues.insert(last(model_.catalogues)); break;
    case in_record: unread_.records.insert(last(model_.records)); break;
    case in_calendar: unread_.calendars = true; break;
    default: unread_.elsewhere |= kinds; break;  // a block of texts, or none at all
    }
    // A step that is missing may be the one where a case begins.
    if ((unread_.elsewhere & unread_clauses::ways) != 0 && model_.steps.empty())
        unread_.heading |= unread_clauses::entries;
}

/// What follows belongs to something that is not known, not to the block above.
void builder::open_lost_block() {
    close_block();
    enter_block(in_refused, keyword::none, {});
    break_block();
}

unread_clauses builder::what_is_unread() const {
    unread_clauses out = unread_;
    out.steps.resize(lost_.empty() ? 0 : model_.steps.size());
    for (const auto& [at, kinds] : lost_)
        if (at < out.steps.size()) out.steps[at] = kinds;
    for (std::size_t i = 0; i < model_.forms.size(); ++i)
        if (broken_forms_.count(model_.forms[i].code) != 0) out.forms.insert(i);
    out.names = perhaps_;
    out.nameless = nameless_;
    return out;
}

}  // namespace quytrinh::detail::grammar
