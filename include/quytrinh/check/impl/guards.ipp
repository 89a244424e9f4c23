// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/guards.ipp: conditions that never hold, that lines before have taken already,
// that overlap, and the cases that no branch takes.
#pragma once

#include <quytrinh/check/impl/guards.hpp>
#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/check/impl/samples.hpp>
#include <quytrinh/check/impl/sites.hpp>

#include <algorithm>
#include <unordered_set>

namespace quytrinh::detail::checking {

namespace guard_rules {

/// Combinations of values that are tried for the lines of one clause, and leaves that are judged
/// for them. What would need more is not judged.
inline constexpr std::size_t combinations = 512, leaves = 20'000;

/// Lines of one kind, tried with every combination of values that they can tell apart.
class tried_lines {
public:
    tried_lines(const study& s, const std::vector<const condition*>& lines) : s_(s) {
        ok_ = choose_fields(lines) && count(lines);
        if (ok_) run(lines);
    }
    explicit operator bool() const noexcept { return ok_; }
    [[nodiscard]] std::size_t points() const noexcept { return points_; }
    [[nodiscard]] truth at(std::size_t line, std::size_t point) const {
        return table_[line * points_ + point];
    }
    [[nodiscard]] std::size_t fields() const noexcept { return fields_.size(); }
    /// `"Gấp" là có, "Số" là 5`
    [[nodiscard]] std::string say(std::size_t point) const {
        std::vector<std::string> parts;
        for (const auto& f : fields_) {
            parts.push_back(say_value(s_, f.of, f.values[point % f.values.size()]));
            point /= f.values.size();
        }
        return s_.say.list(parts);
    }

private:
    bool choose_fields(const std::vector<const condition*>& lines) {
        std::vector<const condition*> written;
        for (const auto* c : lines)
            if (c != nullptr) written.push_back(c);
        for (const auto* c : written)
            for (const auto& name : fields_of(*c)) {
                const auto f = s_.find_field(name);
                if (!f || f.ambiguous) return false;
                if (std::any_of(fields_.begin(), fields_.end(),
                                [&](const auto& known) { return known.of.field == f.field; }))
                    continue;
                if (fields_.size() == 4) return false;
                auto one = sample(s_, f, written);
                if (!one) return false;
                fields_.push_back(std::move(*one));
            }
        return !fields_.empty();
    }
    bool count(const std::vector<const condition*>& lines) {
        for (const auto& f : fields_) {
            points_ *= f.values.size();
            if (points_ > combinations) return false;
        }
        std::size_t nodes = 0;
        for (const auto* c : lines) nodes += c == nullptr ? 0 : c->nodes.size();
        if (nodes * points_ > std::min(leaves, s_.trials_left)) return false;
        s_.trials_left -= nodes * points_;
        return true;
    }
    void run(const std::vector<const condition*>& lines) {
        table_.assign(lines.size() * points_, truth::yes);
        for (std::size_t p = 0; p < points_; ++p)
            for (std::size_t l = 0; l < lines.size(); ++l)
                if (lines[l] != nullptr)
                    table_[l * points_ + p] = combine(
                        *lines[l], [&](const condition_node& node) { return leaf(node, p); });
    }
    [[nodiscard]] truth leaf(const condition_node& node, std::size_t point) const {
        if (node.what != condition_node::kind::compare || node.left.what != operand::kind::field ||
            !samples_own::literals_only(node))
            return truth::unknown;
        const auto f = s_.find_field(node.left.field);
        for (const auto& one : fields_) {
            if (one.of.field == f.field)
                return judge_leaf(node, one.values[point % one.values.size()]);
            point /= one.values.size();
        }
        return truth::unknown;
    }

    const study& s_;
    bool ok_ = false;
    std::size_t points_ = 1;
    std::vector<sampled_field> fields_;
    std::vector<truth> table_;
};

/// A line with its condition and where it leads.
struct line {
    const condition* when = nullptr;
    place where;
    const target* to = nullptr;
};

inline bool never(const tried_lines& t, std::size_t l) {
    for (std::size_t p = 0; p < t.points(); ++p)
        if (t.at(l, p) != truth::no) return false;
    return true;
}

/// Is one of the lines before certain to take every case that this one might take?
inline bool taken_before(const tried_lines& t, std::size_t l) {
    for (std::size_t p = 0; p < t.points(); ++p) {
        if (t.at(l, p) == truth::no) continue;
        bool taken = false;
        for (std::size_t before = 0; before < l && !taken; ++before)
            taken = t.at(before, p) == truth::yes;
        if (!taken) return false;
    }
    return true;
}

/// A case that both take, where neither is a part of the other: a chain from narrow to wide, or of
/// different fields, is meant to overlap.
inline std::optional<std::size_t> crossing(const tried_lines& t, std::size_t a, std::size_t b) {
    std::optional<std::size_t> both;
    bool only_a = false, only_b = false;
    for (std::size_t p = 0; p < t.points(); ++p) {
        const truth in_a = t.at(a, p), in_b = t.at(b, p);
        if (in_a == truth::unknown || in_b == truth::unknown) return std::nullopt;
        if (in_a == truth::yes && in_b == truth::yes && !both) both = p;
        only_a = only_a || (in_a == truth::yes && in_b == truth::no);
        only_b = only_b || (in_a == truth::no && in_b == truth::yes);
    }
    return only_a && only_b ? both : std::nullopt;
}

/// The heading of what is judged, put into words where something is found.
struct told_under {
    const step* at = nullptr;
    const form* of = nullptr;
    [[nodiscard]] std::string in(const study& s) const {
        return at != nullptr ? s.heading(*at) : s.heading(s.say.form(of->code), *of);
    }
};

inline void judge_lines(study& s, const told_under& heading, const std::vector<line>& lines) {
    const step* at = heading.at;
    std::vector<const condition*> conditions;
    for (const auto& l : lines) conditions.push_back(l.when);
    if (std::all_of(conditions.begin(), conditions.end(),
                    [](const condition* c) { return c == nullptr; }))
        return;
    const tried_lines all(s, conditions);
    constexpr std::size_t looked_back = 16;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const condition* c = lines[i].when;
        if (c == nullptr) continue;
        const place fallback =
            study::or_else(lines[i].where, at != nullptr ? at->where : s.of.where);
        const place where = study::or_else(c->where, fallback);
        // Alone when the lines together are too much to try.
        const bool empty = all ? never(all, i) : [&] {
            const tried_lines alone(s, {c});
            return alone && never(alone, 0);
        }();
        if (empty) {
            s.report(diag::condition_never_holds, where, heading.in(s), {});
            continue;
        }
        if (!all || i == 0) continue;
        if (taken_before(all, i)) {
            s.report(
                diag::condition_already_met, where, heading.in(s), {},
                {{study::or_else(lines[i - 1].where, fallback), diag::note_applies_before, {}}});
            continue;
        }
        if (all.fields() != 1 || lines[i].to == nullptr) continue;
        for (std::size_t before = i > looked_back ? i - looked_back : 0; before < i; ++before) {
            if (lines[before].when == nullptr || *lines[before].to == *lines[i].to) continue;
            const auto point = crossing(all, before, i);
            if (!point) continue;
            s.report(
                diag::conditions_overlap, where, heading.in(s), {all.say(*point)},
                {{study::or_else(lines[before].where, fallback), diag::note_applies_before, {}}});
            break;
        }
    }
}

template <class Clauses>
bool none_conditional(const Clauses& clauses) {
    return std::none_of(clauses.begin(), clauses.end(),
                        [](const auto& one) { return one.when.has_value(); });
}

inline void judge_branches(study& s, const step& at) {
    if (none_conditional(at.branches)) return;
    std::vector<std::pair<std::string, std::vector<line>>> groups;
    for (const auto& b : at.branches) {
        const bool guard = b.what == branch::kind::condition || b.what == branch::kind::otherwise;
        if (b.what == branch::kind::otherwise) continue;
        const std::string name = guard ? std::string{} : b.outcome();
        auto same = std::find_if(groups.begin(), groups.end(),
                                 [&](const auto& g) { return g.first == name; });
        if (same == groups.end()) {
            if (groups.size() >= 64) continue;
            same = groups.insert(groups.end(), {name, {}});
        }
        same->second.push_back({b.when ? &*b.when : nullptr, b.where, &b.to});
    }
    for (const auto& g : groups) judge_lines(s, {&at, nullptr}, g.second);
}

template <class Clauses>
void judge_alone(study& s, const step& at, const Clauses& clauses) {
    for (const auto& one : clauses)
        if (one.when) judge_lines(s, {&at, nullptr}, {{&*one.when, one.where, nullptr}});
}

template <class Clauses>
void judge_in_order(study& s, const step& at, const Clauses& clauses) {
    if (none_conditional(clauses)) return;
    std::vector<line> lines;
    for (const auto& one : clauses)
        lines.push_back({one.when ? &*one.when : nullptr, one.where, nullptr});
    // A line after the last without a condition is found by other rules.
    while (!lines.empty() && lines.back().when == nullptr) lines.pop_back();
    if (std::none_of(lines.begin(), lines.end(), [](const line& l) { return l.when == nullptr; }))
        judge_lines(s, {&at, nullptr}, lines);
}

}  // namespace guard_rules

guard_cover cover_of_guards(const study& s, const step& at) {
    std::vector<const condition*> guards;
    for (const auto& b : at.branches)
        if (b.what == branch::kind::condition && b.when) guards.push_back(&*b.when);
    const guard_rules::tried_lines all(s, guards);
    guard_cover cover;
    if (!all) return cover;
    cover.what = guard_cover::kind::all;
    for (std::size_t p = 0; p < all.points(); ++p) {
        bool certainly = false, perhaps = false;
        for (std::size_t l = 0; l < guards.size(); ++l) {
            certainly = certainly || all.at(l, p) == truth::yes;
            perhaps = perhaps || all.at(l, p) == truth::unknown;
        }
        if (certainly) continue;
        if (!perhaps) return {guard_cover::kind::gap, all.say(p)};
        cover.what = guard_cover::kind::unknown;
    }
    return cover;
}

void check_guards(study& s) {
    namespace own = guard_rules;
    for (const auto& at : s.of.steps) {
        own::judge_branches(s, at);
        own::judge_in_order(s, at, at.limits);
        own::judge_alone(s, at, at.acts);
        own::judge_alone(s, at, at.with);
        own::judge_alone(s, at, at.inform);
        own::judge_alone(s, at, at.preconditions);
        own::judge_alone(s, at, at.assignments);
        own::judge_alone(s, at, at.links);
    }
    for (const auto& f : s.of.forms)
        for (const auto& field : f.fields)
            if (field.required_if)
                own::judge_lines(s, {nullptr, &f}, {{&*field.required_if, field.where, nullptr}});
}

}  // namespace quytrinh::detail::checking
