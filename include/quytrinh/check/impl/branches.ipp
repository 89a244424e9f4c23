// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/branches.ipp: the branches of one step, read as its lead reads them: which
// outcomes there are, and which line of several applies.
#pragma once

#include <quytrinh/check/impl/guards.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/model/form.hpp>

#include <algorithm>
#include <map>

namespace quytrinh::detail::checking {

namespace branch_bodies {

/// Three ways to leave a step that cannot stand side by side.
enum class style : std::uint8_t { single, chosen, guarded };

inline style style_of(const branch& b) {
    switch (b.what) {
    case branch::kind::done:
    case branch::kind::next: return style::single;
    case branch::kind::ok:
    case branch::kind::nok:
    case branch::kind::named: return style::chosen;
    case branch::kind::condition:
    case branch::kind::otherwise: break;
    }
    return style::guarded;
}

inline bool check_styles(study& s, const step& at) {
    const branch& first = at.branches.front();
    for (const auto& b : at.branches) {
        if (style_of(b) == style_of(first)) continue;
        s.report(diag::outcomes_mixed, study::or_else(b.where, at.where), at,
                 {s.say.step(at.id), s.say.branch(first), s.say.branch(b)},
                 {{study::or_else(first.where, at.where),
                   diag::note_other_line,
                   {s.say.branch(first)}}});
        return false;
    }
    return true;
}

inline void check_pair(study& s, const step& at) {
    if (s.is_lost(at, study::lost::ways)) return;
    const auto first_of = [&](branch::kind kind) {
        return std::find_if(at.branches.begin(), at.branches.end(),
                            [&](const branch& b) { return b.what == kind; });
    };
    const auto ok = first_of(branch::kind::ok), nok = first_of(branch::kind::nok);
    if ((ok == at.branches.end()) == (nok == at.branches.end())) return;
    const branch& written = ok == at.branches.end() ? *nok : *ok;
    const bool lacks_nok = written.what == branch::kind::ok;
    s.report(diag::outcome_pair_missing, study::or_else(written.where, at.where), at,
             {s.say.step(at.id), lacks_nok ? "OK" : "NOK", lacks_nok ? "NOK" : "OK"});
}

/// A few lines without conditions, each of another outcome, as most steps have.
inline bool plainly_apart(const step& at) {
    const auto& all = at.branches;
    if (all.size() > 8) return false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].when || (all.size() > 1 && style_of(all[i]) == style::single)) return false;
        for (std::size_t j = 0; j < i; ++j)
            if (all[i].what == all[j].what && all[i].name == all[j].name) return false;
    }
    return true;
}

/// Lines of one outcome: the first that holds applies, so the last, and only the last, has no
/// condition.
inline void check_lines(study& s, const step& at) {
    if (plainly_apart(at)) return;
    std::map<std::string, const branch*> last, unconditional;
    for (const auto& b : at.branches) {
        const std::string name = s.say.branch(b);
        if (const auto before = unconditional.find(name); before != unconditional.end()) {
            s.report(
                diag::branch_never_taken, study::or_else(b.where, at.where), at, {name},
                {{study::or_else(before->second->where, at.where), diag::note_applies_before, {}}});
            continue;
        }
        if (!b.when) unconditional.emplace(name, &b);
        last[name] = &b;
    }
    if (s.is_lost(at, study::lost::ways)) return;
    for (const auto& [name, b] : last)
        if (b->when)
            s.report(diag::last_branch_conditional, study::or_else(b->where, at.where), at,
                     {name, s.say.step(at.id)});
}

/// A field that is read may be empty: of that the rules of papers warn (empty_field_stops).
inline bool may_be_empty(const study& s, const step& at) {
    for (const auto& b : at.branches)
        for (const auto& name : fields_of(b.when ? *b.when : condition{}))
            if (const auto f = s.find_field(name); f && !f.field->required) return true;
    return false;
}

inline void check_guards(study& s, const step& at) {
    const branch* otherwise = nullptr;
    for (const auto& b : at.branches) {
        if (otherwise != nullptr) {
            s.report(diag::branch_never_taken, study::or_else(b.where, at.where), at,
                     {s.say.branch(b)},
                     {{study::or_else(otherwise->where, at.where), diag::note_applies_before, {}}});
            continue;
        }
        if (b.what == branch::kind::otherwise) otherwise = &b;
    }
    if (otherwise != nullptr || s.is_lost(at, study::lost::ways) || may_be_empty(s, at)) return;
    const guard_cover cover = cover_of_guards(s, at);
    const place where = study::or_else(at.branches.back().where, at.where);
    switch (cover.what) {
    case guard_cover::kind::all: break;
    case guard_cover::kind::gap:
        s.report(diag::guards_leave_gap, where, at, {s.say.step(at.id), cover.gap});
        break;
    case guard_cover::kind::unknown:
        s.report(diag::no_otherwise, where, at, {s.say.step(at.id)});
        break;
    }
}

inline void check_counts(study& s, const step& at) {
    const auto v = static_cast<std::uint32_t>(&at - s.of.steps.data());
    if (!s.shape.stuck.empty() && s.shape.stuck[v] != 0) return;  // told as what it is
    for (const auto& b : at.branches)
        if (b.at_most != 0 && !b.afterwards)
            s.report(diag::counted_branch_stops, study::or_else(b.where, at.where), at,
                     {s.say.branch(b), std::to_string(b.at_most)});
}

}  // namespace branch_bodies

void check_branches(study& s) {
    namespace own = branch_bodies;
    for (const auto& at : s.of.steps) {
        if (at.kind == step_kind::consultation || at.branches.empty()) continue;
        if (!own::check_styles(s, at)) continue;
        switch (own::style_of(at.branches.front())) {
        case own::style::single: own::check_lines(s, at); break;
        case own::style::chosen:
            own::check_pair(s, at);
            own::check_lines(s, at);
            break;
        case own::style::guarded: own::check_guards(s, at); break;
        }
        own::check_counts(s, at);
    }
}

}  // namespace quytrinh::detail::checking
