// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/links.ipp: cases that a completion opens (`mở quy trình X`, `khi cần mở quy
// trình X`). The child is opened after the commit, so everything that could refuse it is tried
// here, by the same function that will open it.
#pragma once

#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/others.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/model/condition.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail::engine {

namespace link_bodies {
namespace {

/// Roles of the same code mean the same in both texts; the child inherits who stands behind them
/// where it leaves that open.
std::vector<binding> inherited(const desk& d, const procedure& child) {
    std::vector<binding> bind;
    for (const auto& s : d.state.seats) {
        const party* p = child.find_party(s.role);
        if (p == nullptr || s.head) continue;
        if (p->binding != binding_kind::open && p->binding != binding_kind::at_opening) continue;
        const bool default_seat = s.unit == s.role && s.person.empty();
        if (default_seat && p->binding == binding_kind::open) continue;
        const bool again = std::any_of(bind.begin(), bind.end(), [&](const binding& b) {
            return b.role == s.role && p->kind != party_kind::group;
        });
        if (!again) bind.push_back({s.role, s.unit, s.person});
    }
    return bind;
}

/// Opens the child in thought. Its refusal is the parent's.
result<void> try_opening(const desk& d, const procedure& child, const link_request& request,
                         std::uint32_t index) {
    context with = d.with;
    with.definition = &child;
    if (d.with.find_calendar) {
        if (const calendar* days = d.with.find_calendar(child.calendar_code)) with.days = days;
    }
    command::open c;
    c.procedure = child.code;
    c.bind = request.bind;
    c.fields = request.carried;
    c.at_step = request.at_step;
    c.parent = d.state.id.empty() ? d.what.target : d.state.id;
    c.parent_seq = d.next_seq();
    c.parent_index = index;
    case_command opening;
    opening.id = d.what.id;
    opening.target = request.child;
    opening.by = d.by;
    opening.body = std::move(c);
    const auto tried = decide(with, case_state{}, opening);
    if (!tried) return tried.failure();
    return {};
}

result<link_request> request_for(const desk& d, const link_clause& clause, const reading& seen,
                                 std::uint32_t index) {
    const procedure* child =
        d.with.find_procedure ? d.with.find_procedure(clause.procedure) : nullptr;
    if (child == nullptr) return fail(errc::procedure_unknown, {clause.procedure});
    if (!d.with.child_id) return fail(errc::internal, {"child_id"});
    link_request r;
    r.procedure = child->code;
    r.definition = child->hash;
    r.at_step = clause.at_step;
    r.replacing = clause.replacing;
    r.child = d.with.child_id(d.next_seq(), index);
    for (const auto& [here, there] : clause.carrying)
        if (const value* v = seen.find({{}, here}))
            r.carried.emplace_back(there.empty() ? here : there, *v);
    r.bind = inherited(d, *child);
    if (auto done = try_opening(d, *child, r, index); !done) return done.failure();
    return r;
}

}  // namespace
}  // namespace link_bodies

result<std::vector<link_request>> link_requests(const desk& d, const step& where,
                                                const reading& seen,
                                                const std::vector<std::string>& asked,
                                                std::vector<judged>& notes) {
    std::vector<link_request> requests;
    std::vector<std::string> opened;
    for (const auto& clause : where.links) {
        const bool wanted = among(asked, clause.procedure);
        if (clause.may && (!wanted || among(opened, clause.procedure))) continue;
        std::string missing;
        const auto held = weigh(clause.when, seen, notes, missing);
        if (!held) return held.failure();
        if (*held == truth::unknown)
            return fail(unknown_condition(d.text, d.state, where, missing));
        if (*held != truth::yes) continue;
        auto r =
            link_bodies::request_for(d, clause, seen, static_cast<std::uint32_t>(requests.size()));
        if (!r) return r.failure();
        opened.push_back(clause.procedure);
        requests.push_back(std::move(*r));
    }
    for (const auto& code : asked)
        if (!among(opened, code))
            return fail(errc::right_not_written, {d.text.code, "open_linked", where.id, code});
    return requests;
}

}  // namespace quytrinh::detail::engine
