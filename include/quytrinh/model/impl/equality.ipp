// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/impl/equality.ipp: equal meaning. Places say where a sentence stands, never what
// it means, so no comparison here looks at them.
#pragma once

#include <quytrinh/model/procedure.hpp>

namespace quytrinh {

bool operator==(const party& a, const party& b) {
    return a.kind == b.kind && a.code == b.code && a.title == b.title && a.aliases == b.aliases &&
           a.binding == b.binding && a.bound_by == b.bound_by && a.bound_from == b.bound_from &&
           a.relative_to == b.relative_to && a.members == b.members && a.within == b.within &&
           a.source == b.source && a.doc == b.doc;
}

bool operator==(const form_field& a, const form_field& b) {
    return a.name == b.name && a.type == b.type && a.choices == b.choices &&
           a.catalogue == b.catalogue && a.other_allowed == b.other_allowed &&
           a.required == b.required && a.required_if == b.required_if && a.box == b.box &&
           a.columns == b.columns && a.source == b.source;
}

bool operator==(const form_box& a, const form_box& b) {
    return a.number == b.number && a.title == b.title && a.append_only == b.append_only &&
           a.source == b.source;
}

bool operator==(const form& a, const form& b) {
    return a.code == b.code && a.title == b.title && a.boxes == b.boxes && a.fields == b.fields &&
           a.content_of == b.content_of && a.source == b.source && a.doc == b.doc;
}

bool operator==(const catalogue& a, const catalogue& b) {
    return a.code == b.code && a.title == b.title && a.items == b.items && a.columns == b.columns &&
           a.rows == b.rows && a.extensible == b.extensible && a.is_checklist == b.is_checklist &&
           a.source == b.source && a.doc == b.doc;
}

bool operator==(const record& a, const record& b) {
    return a.code == b.code && a.title == b.title && a.parts == b.parts &&
           a.keepers_not_stated == b.keepers_not_stated && a.keepers == b.keepers &&
           a.kept == b.kept && a.kept_for == b.kept_for && a.from == b.from &&
           a.from_step == b.from_step && a.afterwards == b.afterwards && a.source == b.source &&
           a.doc == b.doc;
}

bool operator==(const lead_clause& a, const lead_clause& b) {
    return a.how == b.how && a.parties == b.parties && a.as_step == b.as_step &&
           a.or_delegate == b.or_delegate;
}

bool operator==(const party_clause& a, const party_clause& b) {
    return a.parties == b.parties && a.when == b.when;
}

bool operator==(const form_act& a, const form_act& b) {
    return a.what == b.what && a.code == b.code && a.paper == b.paper && a.box == b.box &&
           a.only == b.only && a.when == b.when;
}

bool operator==(const precondition& a, const precondition& b) {
    return a.text == b.text && a.evidence == b.evidence && a.when == b.when;
}

bool operator==(const assignment_clause& a, const assignment_clause& b) {
    return a.role == b.role && a.different_from == b.different_from && a.within == b.within &&
           a.at_most == b.at_most && a.when == b.when;
}

bool operator==(const separation_clause& a, const separation_clause& b) {
    return a.steps == b.steps;
}

bool operator==(const time_limit& a, const time_limit& b) {
    return a.what == b.what && a.length == b.length && a.from == b.from && a.field == b.field &&
           a.approval_not_needed == b.approval_not_needed && a.day == b.day && a.text == b.text &&
           a.when == b.when && a.source == b.source;
}

bool operator==(const target& a, const target& b) {
    return a.ends == b.ends && a.ends_all == b.ends_all && a.step == b.step &&
           a.end_kind == b.end_kind;
}

bool operator==(const branch& a, const branch& b) {
    return a.what == b.what && a.name == b.name && a.when == b.when && a.to == b.to &&
           a.reason == b.reason && a.at_most == b.at_most && a.afterwards == b.afterwards &&
           a.source == b.source;
}

bool operator==(const link_clause& a, const link_clause& b) {
    return a.procedure == b.procedure && a.may == b.may && a.at_step == b.at_step &&
           a.carrying == b.carrying && a.replacing == b.replacing && a.when == b.when;
}

bool operator==(const step& a, const step& b) {
    return a.kind == b.kind && a.id == b.id && a.title == b.title && a.lead == b.lead &&
           a.recorder == b.recorder && a.with == b.with && a.inform == b.inform &&
           a.work == b.work && a.channels == b.channels &&
           a.channel_catalogue == b.channel_catalogue && a.inputs == b.inputs &&
           a.outputs == b.outputs && a.acts == b.acts && a.preconditions == b.preconditions &&
           a.assignments == b.assignments && a.separations == b.separations &&
           a.limits == b.limits && a.not_counted == b.not_counted &&
           a.must_acknowledge == b.must_acknowledge && a.branches == b.branches &&
           a.links == b.links && a.at_steps == b.at_steps && a.at_any_step == b.at_any_step &&
           a.answers == b.answers && a.source == b.source && a.doc == b.doc;
}

bool operator==(const term& a, const term& b) {
    return a.code == b.code && a.meaning == b.meaning && a.source == b.source;
}

bool operator==(const document& a, const document& b) {
    return a.code == b.code && a.title == b.title && a.source == b.source;
}

bool operator==(const right_clause& a, const right_clause& b) {
    return a.what == b.what && a.parties == b.parties && a.before_step == b.before_step;
}

bool operator==(const overall_limit& a, const overall_limit& b) {
    return a.length == b.length && a.from_step == b.from_step && a.to_step == b.to_step &&
           a.when == b.when;
}

bool operator==(const silence& a, const silence& b) {
    return a.code == b.code && a.reason == b.reason;
}

}  // namespace quytrinh
