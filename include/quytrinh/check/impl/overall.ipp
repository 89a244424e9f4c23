// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/overall.ipp: `hạn chung` against the steps. Without its loops the flow has no
// cycle, so the longest path is one pass in topological order; returns are left out, and the
// finding says so. Signed decisions are often wrong here, so nothing in this file is an error
// except a stretch of steps that cannot be.
#pragma once

#include <quytrinh/check/impl/longest_path.hpp>
#include <quytrinh/check/impl/rules.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace quytrinh::detail::checking {

namespace overall_rules {

/// Amounts of different units, each taken as what it takes in any case: how much that is, and on
/// which path, where even so it is more than is allowed.
inline std::optional<std::pair<std::string, std::string>> certainly_more(const study& s,
                                                                         std::uint32_t start,
                                                                         std::uint32_t stop,
                                                                         const length& allowed,
                                                                         int minutes_a_day) {
    const auto most = at_most(allowed);
    if (!most) return std::nullopt;
    const longest_path path(s, start, family::at_least, minutes_a_day);
    const std::uint32_t last = stop == none ? path.last() : stop;
    const std::int64_t sum = path.finish(last);
    if (sum <= *most) return std::nullopt;
    return std::pair{s.say.amount(amount_of({family::running, sum}, minutes_a_day)),
                     path.path_to(last)};
}

/// The longest overall limit of the whole procedure, where its lines can be compared.
inline std::optional<length> longest_of_whole(const study& s, const overall_limit*& line,
                                              int minutes_a_day) {
    std::optional<length> most;
    for (const auto& o : s.of.overall) {
        if (!o.from_step.empty() || !o.to_step.empty()) continue;
        const auto l = length_of(o.length, minutes_a_day);
        if (!l || (most && most->of != l->of)) return std::nullopt;
        if (most && most->value >= l->value) continue;
        most = l;
        line = &o;
    }
    return most;
}

/// The name of the step where a part begins or ends; `or_else` where none is written.
inline std::string end_of_part(const study& s, const std::string& id, std::uint32_t or_else) {
    return s.say.step(!id.empty() || or_else == none ? id : s.of.steps[or_else].id);
}

/// A part that may take longer than the whole. True: reported.
inline bool longer_than_whole(study& s, const overall_limit& o, const length& allowed,
                              int minutes_a_day) {
    if (o.from_step.empty() && o.to_step.empty()) return false;
    const overall_limit* whole = nullptr;
    const auto most = longest_of_whole(s, whole, minutes_a_day);
    if (!most || most->of != allowed.of || most->value >= allowed.value) return false;
    s.report(
        diag::part_longer_than_whole, study::or_else(o.where, s.of.where), s.heading(),
        {s.say.amount(o.length), end_of_part(s, o.from_step, s.graph.entry()),
         end_of_part(s, o.to_step, none), s.say.amount(whole->length)},
        {{study::or_else(whole->where, s.of.where), diag::note_other_line, {s.say.overall()}}});
    return true;
}

/// The lines of one stretch: alternatives (`nếu`), of which the longest is what the steps must fit
/// into.
struct stretch {
    std::vector<const overall_limit*> lines;
    const overall_limit* most = nullptr;
    std::optional<length> allowed;  ///< nothing: which is longer depends on the days
};

/// Steps on some way from one to the other, loops left out.
inline std::vector<char> between(const study& s, std::uint32_t from, std::uint32_t to) {
    std::vector<char> behind(s.graph.vertices().size(), 0), both(behind);
    const auto usual = [](const flow_edge& e) { return e.what == flow_edge::kind::flow; };
    behind[from] = 1;
    for (const auto v : s.shape.order)
        for (const auto e : s.graph.in(v))
            if (usual(s.graph.edges()[e]) && behind[s.graph.edges()[e].from] != 0) behind[v] = 1;
    if (behind[to] == 0) return both;
    both[to] = 1;
    for (auto v = s.shape.order.rbegin(); v != s.shape.order.rend(); ++v) {
        if (both[*v] == 0) continue;
        for (const auto e : s.graph.in(*v))
            if (usual(s.graph.edges()[e]) && behind[s.graph.edges()[e].from] != 0 && *v != from)
                both[s.graph.edges()[e].from] = 1;
    }
    return both;
}

/// The parts whose limits can be added to what is counted in `f`. At most 32 are looked at.
inline std::vector<part_of_way> parts_in(const study& s, const std::vector<stretch>& all,
                                         family f) {
    constexpr std::size_t most = 32;
    std::vector<part_of_way> parts;
    for (const auto& one : all) {
        if (!one.allowed || one.allowed->of != f || one.most->to_step.empty()) continue;
        const std::uint32_t from =
            one.most->from_step.empty() ? s.graph.entry() : s.step_of(one.most->from_step);
        const std::uint32_t to = s.step_of(one.most->to_step);
        if (!s.is_step(from) || to == none || parts.size() == most) continue;
        auto covers = between(s, from, to);
        if (covers[to] != 0)
            parts.push_back({one.most, from, to, one.allowed->value, std::move(covers)});
    }
    return parts;
}

/// Parts within parts: the inner one may not take longer, and adds nothing to a sum.
inline void take_out_inner(study& s, std::vector<part_of_way>& parts,
                           std::vector<const overall_limit*>& told) {
    std::vector<part_of_way> outer;
    for (const auto& inner : parts) {
        const auto around = std::find_if(parts.begin(), parts.end(), [&](const part_of_way& other) {
            const bool same = other.from == inner.from && other.to == inner.to;
            return (same ? &other < &inner : &other != &inner) && other.covers[inner.from] != 0 &&
                   other.covers[inner.to] != 0;
        });
        if (around == parts.end()) {
            outer.push_back(inner);
            continue;
        }
        if (inner.value <= around->value) continue;
        told.push_back(inner.line);
        const std::uint32_t entry = s.graph.entry();
        s.report(diag::part_longer_than_part, study::or_else(inner.line->where, s.of.where),
                 s.heading(),
                 {s.say.amount(inner.line->length), end_of_part(s, inner.line->from_step, entry),
                  end_of_part(s, inner.line->to_step, none), s.say.amount(around->line->length),
                  end_of_part(s, around->line->from_step, entry),
                  end_of_part(s, around->line->to_step, none)},
                 {{study::or_else(around->line->where, s.of.where),
                   diag::note_other_line,
                   {s.say.overall()}}});
    }
    parts = std::move(outer);
}

/// The steps keep within the whole, but the parts of the way are given more between them.
inline void report_parts(study& s, const overall_limit& o, const longest_path& path,
                         std::uint32_t last, std::string total) {
    std::vector<related_place> related;
    for (const auto* part : path.parts_to(last))
        if (related.size() < 5)
            related.push_back({study::or_else(part->line->where, s.of.where),
                               diag::note_other_line,
                               {s.say.overall()}});
    std::reverse(related.begin(), related.end());
    s.report(diag::parts_longer_than_whole, study::or_else(o.where, s.of.where), s.heading(),
             {std::move(total), s.say.amount(o.length), path.path_to(last)}, std::move(related));
}

/// The parts that the whole is held against. One that is longer by itself was told as that.
inline std::vector<part_of_way> own_parts(const overall_limit& o, const length& allowed,
                                          const std::vector<part_of_way>& parts) {
    std::vector<part_of_way> some;
    if (!o.from_step.empty() || !o.to_step.empty()) return some;
    for (const auto& one : parts)
        if (one.value <= allowed.value) some.push_back(one);
    return some;
}

/// More than is allowed: by the steps alone, or only with what the parts are given.
inline void report_exceeded(study& s, const overall_limit& o, const length& allowed,
                            int minutes_a_day, std::uint32_t start, const longest_path& path) {
    const std::uint32_t stop = o.to_step.empty() ? none : s.step_of(o.to_step);
    const auto last_of = [&](const longest_path& one) { return stop == none ? one.last() : stop; };
    const auto total = [&](const longest_path& one) {
        return s.say.amount(amount_of({allowed.of, one.finish(last_of(one))}, minutes_a_day));
    };
    const longest_path steps(s, start, allowed.of, minutes_a_day);
    if (steps.finish(last_of(steps)) <= allowed.value)
        return report_parts(s, o, path, last_of(path), total(path));
    s.report(diag::overall_exceeded, study::or_else(o.where, s.of.where), s.heading(),
             {total(steps), s.say.amount(o.length), steps.path_to(last_of(steps))});
}

inline void compare(study& s, const overall_limit& o, const length& allowed, int minutes_a_day,
                    const std::vector<part_of_way>& parts, bool told) {
    const place where = study::or_else(o.where, s.of.where);
    const std::uint32_t start = o.from_step.empty() ? s.graph.entry() : s.step_of(o.from_step);
    const std::uint32_t stop = o.to_step.empty() ? none : s.step_of(o.to_step);
    if (!s.is_step(start) || (!o.to_step.empty() && stop == none)) return;
    // A part is held against its own steps, the whole against its parts too.
    const longest_path path(s, start, allowed.of, minutes_a_day, own_parts(o, allowed, parts));
    if (stop != none && !path.reaches(stop)) {
        s.report(diag::overall_range_empty, where, s.heading(),
                 {s.say.step(o.from_step.empty() ? s.of.steps[start].id : o.from_step),
                  s.say.step(o.to_step)});
        return;
    }
    const bool too_long = longer_than_whole(s, o, allowed, minutes_a_day) || told;
    const std::uint32_t last = stop == none ? path.last() : stop;
    const std::int64_t sum = path.finish(last);
    const std::string total = s.say.amount(amount_of({allowed.of, sum}, minutes_a_day));
    const std::string limit = s.say.amount(o.length);
    const auto mixed = path.mixed(stop), unknown = path.unknown(stop);
    if (sum > allowed.value)
        report_exceeded(s, o, allowed, minutes_a_day, start, path);
    else if (const auto more = certainly_more(s, start, stop, allowed, minutes_a_day))
        s.report(diag::overall_exceeded_at_least, where, s.heading(),
                 {more->first, limit, more->second});
    else if (!mixed.empty())
        s.report(diag::overall_not_comparable, where, s.heading(), {limit, s.say.list(mixed)});
    else if (!unknown.empty())
        s.report(diag::overall_partly_unknown, where, s.heading(),
                 {total, limit, s.say.list(unknown)});
    else if (sum < allowed.value && !too_long)
        s.report(diag::overall_not_used_up, where, s.heading(), {total, limit, path.path_to(last)});
}

inline void find_longest(stretch& one, int minutes_a_day) {
    for (const auto* o : one.lines) {
        const auto l = length_of(o->length, minutes_a_day);
        if (!l || (one.allowed && l->of != one.allowed->of)) {
            one.allowed.reset();
            return;
        }
        if (!one.allowed || l->value > one.allowed->value) {
            one.allowed = l;
            one.most = o;
        }
    }
}

inline void check_order(study& s, const std::vector<const overall_limit*>& lines) {
    const overall_limit* applies = nullptr;
    for (const auto* o : lines) {
        if (applies != nullptr)
            s.report(diag::limit_never_applies, study::or_else(o->where, s.of.where), s.heading(),
                     {},
                     {{study::or_else(applies->where, s.of.where), diag::note_applies_before, {}}});
        else if (!o->when)
            applies = o;
    }
    if (applies == nullptr)
        s.report(diag::last_overall_conditional, study::or_else(lines.back()->where, s.of.where),
                 s.heading(), {});
}

}  // namespace overall_rules

void check_overall(study& s) {
    namespace own = overall_rules;
    using lost = study::lost;
    if (s.shape.open || s.lost_anywhere(lost::ways | lost::limits | lost::rule | lost::plain |
                                        lost::overall | lost::entries))
        return;
    const int minutes_a_day = minutes_per_working_day(s);
    std::vector<own::stretch> all;
    for (const auto& o : s.of.overall) {
        const auto same = std::find_if(all.begin(), all.end(), [&](const own::stretch& one) {
            return one.lines.front()->from_step == o.from_step &&
                   one.lines.front()->to_step == o.to_step;
        });
        if (same != all.end())
            same->lines.push_back(&o);
        else if (all.size() < s.context.bounds.diagnostics)
            all.push_back({{&o}, nullptr, {}});
    }
    for (auto& one : all) own::find_longest(one, minutes_a_day);
    std::map<family, std::vector<own::part_of_way>> parts;
    std::vector<const overall_limit*> told;  // longer than the part around them
    for (const auto& one : all) {
        if (!one.allowed || parts.count(one.allowed->of) != 0) continue;
        auto some = own::parts_in(s, all, one.allowed->of);
        own::take_out_inner(s, some, told);
        parts[one.allowed->of] = std::move(some);
    }
    for (const auto& one : all) {
        own::check_order(s, one.lines);
        if (!one.allowed) continue;
        const bool too_long = std::find(told.begin(), told.end(), one.most) != told.end();
        own::compare(s, *one.most, *one.allowed, minutes_a_day, parts[one.allowed->of], too_long);
    }
}

}  // namespace quytrinh::detail::checking
