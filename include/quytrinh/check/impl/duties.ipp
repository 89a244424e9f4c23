// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/duties.ipp: different persons where there are not enough of them: duties that
// must all differ from one another, against the people who may have them. Only parties that are one
// person each are counted (a post, the head of a unit, whoever opened the case): a unit has people
// enough.
#pragma once

#include <quytrinh/check/impl/rules.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking {

namespace duty_rules {

/// `là lãnh đạo của NPH`, NPH itself relative to another, and groups of groups.
inline constexpr int depth_of_relations = 16;
/// Duties that are matched together, people of one duty, and duties in all.
inline constexpr std::size_t together = 12, people_of_a_duty = 32, duties_at_most = 4'000;

/// What has to be done by different people: a step, or a role that a step assigns.
struct duty {
    std::string name;
    place where;
    const step* at = nullptr;
    std::vector<std::string> people;  ///< empty: not known, or as many as are needed
    std::vector<std::uint32_t> others;
};

/// Adds the persons that a party stands for; false when it stands for more than can be counted.
inline bool add_people(const study& s, std::uint32_t p, std::vector<std::string>& people,
                       int depth = depth_of_relations) {
    if (p == none || s.party_lost(p) || depth <= 0 || people.size() > people_of_a_duty)
        return false;
    const party& it = s.of.parties[p];
    const auto add = [&](std::string name) {
        if (std::find(people.begin(), people.end(), name) == people.end())
            people.push_back(std::move(name));
        return true;
    };
    const bool vi = s.say.vi();
    switch (it.binding) {
    case binding_kind::opener: return add(vi ? "người mở hồ sơ" : "the opener");
    case binding_kind::head_of: {
        const std::uint32_t of = s.parties.find(it.relative_to);
        // Of a unit that the case or a step names there is one head too, but which is not known.
        return of != none && add((vi ? "lãnh đạo của " : "head of ") + it.relative_to);
    }
    case binding_kind::unit_of:
    case binding_kind::at_opening:
    case binding_kind::by_step:
    case binding_kind::from_field: return false;
    case binding_kind::open: break;
    }
    if (it.kind == party_kind::position) return add(it.code);
    if (it.kind != party_kind::group || it.members.empty()) return false;
    return std::all_of(it.members.begin(), it.members.end(), [&](const std::string& member) {
        return add_people(s, s.parties.find(member), people, depth - 1);
    });
}

/// Gives every duty a person of its own, if that can be done (augmenting paths).
inline bool can_all_differ(const std::vector<const duty*>& all) {
    std::map<std::string, std::size_t> taken;
    for (std::size_t i = 0; i < all.size(); ++i) {
        // Breadth first, so that nothing recurses: person → the duty that would give it up.
        std::map<std::string, std::size_t> offered;  ///< person, and which duty asked for it
        std::vector<std::size_t> asking{i};
        std::string free;
        bool found = false;
        for (std::size_t a = 0; a < asking.size() && !found; ++a)
            for (const auto& person : all[asking[a]]->people) {
                if (!offered.try_emplace(person, asking[a]).second) continue;
                const auto holder = taken.find(person);
                if (holder == taken.end()) {
                    free = person;
                    found = true;
                    break;
                }
                asking.push_back(holder->second);
            }
        if (!found) return false;
        // Hand the persons on along the way.
        for (std::string person = free;;) {
            const std::size_t who = offered.at(person);
            std::string gives_up;
            for (const auto& [p, holder] : taken)
                if (holder == who) gives_up = p;
            taken[person] = who;
            if (who == i || gives_up.empty()) break;
            taken.erase(gives_up);
            person = gives_up;
        }
    }
    return true;
}

inline void tell(study& s, const std::vector<const duty*>& all) {
    std::vector<std::string> names, people;
    for (const auto* d : all) {
        names.push_back(d->name);
        for (const auto& person : d->people)
            if (std::find(people.begin(), people.end(), person) == people.end())
                people.push_back(person);
    }
    const duty& last = *all.back();
    s.report(diag::separation_too_few, study::or_else(last.where, last.at->where), *last.at,
             {s.say.list(names), std::to_string(all.size()), std::to_string(people.size()),
              s.say.list(people)});
}

/// Of every duty the others that differ from it and from one another, as they come: three or more
/// that need as many people. Two are told by other rules.
inline void match(study& s, const std::vector<duty>& duties) {
    std::set<std::vector<std::uint32_t>> told;
    for (std::uint32_t d = 0; d < duties.size(); ++d) {
        if (duties[d].people.empty()) continue;
        std::vector<std::uint32_t> clique{d};
        for (const auto other : duties[d].others) {
            const bool fits =
                clique.size() < together && other < d && !duties[other].people.empty() &&
                std::all_of(clique.begin() + 1, clique.end(), [&](std::uint32_t one) {
                    const auto& known = duties[one].others;
                    return std::find(known.begin(), known.end(), other) != known.end();
                });
            if (fits) clique.push_back(other);
        }
        if (clique.size() < 3) continue;
        std::sort(clique.begin(), clique.end());
        if (!told.insert(clique).second) continue;
        std::vector<const duty*> all;
        for (const auto one : clique) all.push_back(&duties[one]);
        std::sort(all.begin(), all.end(),
                  [](const duty* a, const duty* b) { return a->at < b->at; });
        if (!can_all_differ(all)) tell(s, all);
    }
}

inline void link(std::vector<duty>& duties, std::uint32_t a, std::uint32_t b) {
    if (a == b || duties[a].others.size() >= 64 || duties[b].others.size() >= 64) return;
    duties[a].others.push_back(b);
    duties[b].others.push_back(a);
}

/// `khác người ở bước …` among steps.
inline void check_steps(study& s) {
    std::vector<duty> duties;
    std::map<std::uint32_t, std::uint32_t> of_step;
    const auto duty_of = [&](std::uint32_t v) {
        const auto [at, is_new] = of_step.try_emplace(v, static_cast<std::uint32_t>(duties.size()));
        if (is_new) {
            const step& it = s.of.steps[v];
            duty d{s.say.named(it), it.where, &it, {}, {}};
            bool known = !s.is_lost(v, study::lost::lead) && it.lead.as_step.empty() &&
                         !it.lead.or_delegate && it.lead.how != lead_clause::mode::joint;
            for (const auto& code : it.lead.parties)
                known = known && add_people(s, s.parties.find(code), d.people);
            if (!known) d.people.clear();
            duties.push_back(std::move(d));
        }
        return at->second;
    };
    for (std::uint32_t v = 0; v < s.of.steps.size() && duties.size() < duties_at_most; ++v)
        for (const auto& c : s.of.steps[v].separations)
            for (const auto& id : c.steps) {
                const std::uint32_t other = s.graph.vertex_of(id);
                if (other >= s.of.steps.size() || other == v) continue;
                const auto a = duty_of(v), b = duty_of(other);
                duties[a].where = study::or_else(c.where, duties[a].where);
                link(duties, a, b);
                // Two roles that are one person. One role twice is told where leads are judged.
                const auto& mine = duties[a].people;
                if (mine.size() == 1 && mine == duties[b].people &&
                    s.of.steps[v].lead.parties != s.of.steps[other].lead.parties)
                    s.report(
                        diag::separation_too_few, study::or_else(c.where, duties[a].where),
                        *duties[a].at,
                        {s.say.list({duties[b].name, duties[a].name}), "2", "1", mine.front()});
            }
    match(s, duties);
}

/// `phân công C, khác A, B, trong PCM` among roles.
inline void check_roles(study& s) {
    std::vector<duty> duties;
    std::map<std::uint32_t, std::uint32_t> of_role;
    const auto known = [&](std::uint32_t p) {
        const auto [at, is_new] = of_role.try_emplace(p, static_cast<std::uint32_t>(duties.size()));
        if (is_new) {
            duty d{s.of.parties[p].code, {}, nullptr, {}, {}};
            if (!add_people(s, p, d.people)) d.people.clear();
            duties.push_back(std::move(d));
        }
        return at->second;
    };
    for (const auto& at : s.of.steps)
        for (const auto& a : at.assignments) {
            const std::uint32_t role = s.parties.find(a.role);
            if (role == none || duties.size() >= duties_at_most) continue;
            const auto mine = known(role);
            duties[mine].at = &at;
            duties[mine].where = study::or_else(a.where, at.where);
            std::vector<std::string> people;
            const std::uint32_t group = s.parties.find(a.within);
            if (!a.within.empty() && add_people(s, group, people))
                duties[mine].people = std::move(people);
        }
    for (const auto& at : s.of.steps)
        for (const auto& a : at.assignments)
            for (const auto& code : a.different_from) {
                const std::uint32_t role = s.parties.find(a.role), other = s.parties.find(code);
                if (role == none || other == none || duties.size() >= duties_at_most) continue;
                const auto mine = known(role), others = known(other);
                link(duties, mine, others);
                if (duties[others].at == nullptr) duties[others].at = &at;
                // Two that share their only person.
                const auto& a_people = duties[mine].people;
                if (a_people.size() == 1 && a_people == duties[others].people && mine != others)
                    s.report(diag::separation_too_few, study::or_else(a.where, at.where), at,
                             {s.say.list({a.role, code}), "2", "1", a_people.front()});
            }
    match(s, duties);
}

}  // namespace duty_rules

void check_duties(study& s) {
    duty_rules::check_steps(s);
    duty_rules::check_roles(s);
}

}  // namespace quytrinh::detail::checking
