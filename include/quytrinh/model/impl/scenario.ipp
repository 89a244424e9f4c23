// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/impl/scenario.ipp: when two scenarios say the same.
#pragma once

#include <quytrinh/model/scenario.hpp>

namespace quytrinh {

bool operator==(const scenario_value& a, const scenario_value& b) {
    return a.what == b.what && a.text == b.text;
}

bool operator==(const scenario_field& a, const scenario_field& b) {
    return a.field == b.field && a.form == b.form && a.items == b.items && a.rows == b.rows;
}

bool operator==(const scenario_given& a, const scenario_given& b) {
    return a.kind_of == b.kind_of && a.subject == b.subject && a.what == b.what && a.who == b.who &&
           a.cells == b.cells;
}

bool operator==(const scenario_act& a, const scenario_act& b) {
    return a.kind_of == b.kind_of && a.later == b.later && a.until == b.until && a.who == b.who &&
           a.step == b.step && a.round == b.round && a.outcome == b.outcome &&
           a.because == b.because && a.text == b.text && a.case_of == b.case_of &&
           a.of_question == b.of_question && a.to == b.to && a.fields == b.fields &&
           a.unticked == b.unticked && a.nothing_ticked == b.nothing_ticked &&
           a.assigned == b.assigned && a.files == b.files && a.channel == b.channel &&
           a.opens == b.opens && a.lead == b.lead;
}

bool operator==(const scenario_expectation& a, const scenario_expectation& b) {
    return a.kind_of == b.kind_of && a.steps == b.steps && a.who == b.who && a.due == b.due &&
           a.round == b.round && a.outcome == b.outcome && a.overdue == b.overdue &&
           a.in_time == b.in_time && a.of == b.of && a.how == b.how && a.field == b.field &&
           a.code == b.code && a.code_quoted == b.code_quoted && a.forever == b.forever &&
           a.last_day_unknown == b.last_day_unknown && a.papers == b.papers &&
           a.channel == b.channel && a.act == b.act;
}

bool operator==(const scenario_line& a, const scenario_line& b) {
    return a.also == b.also && a.what == b.what;
}

bool operator==(const scenario_table::row& a, const scenario_table::row& b) {
    return a.cells == b.cells;
}

bool operator==(const scenario_table& a, const scenario_table& b) {
    return a.columns == b.columns && a.rows == b.rows;
}

bool operator==(const scenario& a, const scenario& b) {
    return a.title == b.title && a.procedure == b.procedure && a.doc == b.doc &&
           a.table == b.table && a.lines == b.lines;
}

}  // namespace quytrinh
