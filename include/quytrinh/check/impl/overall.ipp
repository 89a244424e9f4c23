// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/overall.ipp: `hạn chung` against the steps. Without its loops the flow has no
// cycle, so the longest path is one pass in topological order; returns are left out, and the
// finding says so. Signed decisions are often wrong here, so nothing in this file is an error
// except a stretch of steps that cannot be.
#pragma once

#include <quytrinh/check/impl/lengths.hpp>
#include <quytrinh/check/impl/rules.hpp>

#include <algorithm>
#include <optional>

namespace quytrinh::detail::checking {

namespace overall_rules {

/// What the limits of one step add, for one family of amounts.
struct step_length {
    bool known = true;  ///< false: some line is no amount, or there is no line
    bool same_family = true;
    const time_limit* longest = nullptr;
    std::int64_t value = 0;
};

inline step_length length_of_step(const step& at, family f, int minutes_a_day) {
    step_length sum;
    if (at.not_counted) return sum;
    sum.known = !at.limits.empty();
    for (const auto& l : at.limits) {
        switch (l.what) {
        case time_limit::kind::immediately: continue;
        case time_limit::kind::count: break;
        case time_limit::kind::not_stated:
        case time_limit::kind::from_field:
        case time_limit::kind::before_date:
        case time_limit::kind::through_date:
        case time_limit::kind::laid_down: sum.known = false; continue;
        }
        auto one = length_of(l.length, minutes_a_day);
        if (one && f == family::at_least) one = length{f, at_least(*one, minutes_a_day)};
        if (!one || one->of != f) {
            sum.same_family = false;
        } else if (sum.longest == nullptr || one->value > sum.value) {
            sum.longest = &l;
            sum.value = one->value;
        }
    }
    return sum;
}

/// The longest way from a step to each other step, in appointed time.
class longest_path {
public:
    longest_path(const study& s, std::uint32_t start, family f, int minutes_a_day)
        : s_(s),
          start_(start),
          arrive_(s.graph.vertices().size(), unreached),
          finish_(arrive_),
          before_(s.graph.vertices().size(), none) {
        arrive_[start] = 0;
        for (const auto v : s.shape.order) {
            for (const auto e : s.graph.in(v)) take(s.graph.edges()[e]);
            if (arrive_[v] == unreached) continue;
            finish_[v] = arrive_[v];
            if (!s.is_step(v)) continue;
            const auto own = length_of_step(s.of.steps[v], f, minutes_a_day);
            if (!own.known) unknown_.push_back(v);
            if (!own.same_family) mixed_.push_back(v);
            if (own.longest != nullptr)
                finish_[v] = std::max(finish_[v], base_of(v, own.longest->from) + own.value);
        }
    }

    [[nodiscard]] bool reaches(std::uint32_t v) const { return finish_[v] != unreached; }
    [[nodiscard]] std::int64_t finish(std::uint32_t v) const { return finish_[v]; }
    /// The vertex that is finished last: the end of the longest path.
    [[nodiscard]] std::uint32_t last() const {
        return static_cast<std::uint32_t>(std::max_element(finish_.begin(), finish_.end()) -
                                          finish_.begin());
    }
    [[nodiscard]] std::string path_to(std::uint32_t v) const {
        std::vector<std::string> names;
        for (; v != none; v = before_[v])
            if (s_.is_step(v)) names.push_back(s_.say.step(s_.of.steps[v].id));
        std::string text;
        for (std::size_t i = names.size(); i > 0; --i) {
            if (names.size() > 12 && i == names.size() - 6) {
                text += " → …";
                i = 6;
            }
            text += (text.empty() ? "" : " → ") + names[i - 1];
        }
        return text;
    }
    /// Steps that `to` can come after (all reached ones when it is none) and that cannot be added.
    [[nodiscard]] std::vector<std::string> unknown(std::uint32_t to) const {
        return names(unknown_, to);
    }
    [[nodiscard]] std::vector<std::string> mixed(std::uint32_t to) const {
        return names(mixed_, to);
    }

private:
    static constexpr std::int64_t unreached = -1;

    void take(const flow_edge& e) {
        if (e.what != flow_edge::kind::flow || finish_[e.from] == unreached || e.to == start_)
            return;
        if (arrive_[e.to] != unreached && arrive_[e.to] >= finish_[e.from]) return;
        arrive_[e.to] = finish_[e.from];
        before_[e.to] = e.from;
    }

    /// When the event of a limit happens at the latest; the arrival where that is not another
    /// step's.
    [[nodiscard]] std::int64_t base_of(std::uint32_t v, const anchor& a) const {
        switch (a.what) {
        case anchor::kind::opening: return 0;
        case anchor::kind::receipt:
        case anchor::kind::completion:
        case anchor::kind::ok:
        case anchor::kind::nok: {
            const auto other = s_.step_of(a.step);
            if (other != none && other != v && finish_[other] != unreached) return finish_[other];
            break;
        }
        case anchor::kind::start: {
            const auto other = s_.step_of(a.step);
            if (other != none && arrive_[other] != unreached) return arrive_[other];
            break;
        }
        case anchor::kind::task_receipt:
        case anchor::kind::signing:
        case anchor::kind::field:
        case anchor::kind::event: break;
        }
        return arrive_[v];
    }

    [[nodiscard]] std::vector<std::string> names(const std::vector<std::uint32_t>& some,
                                                 std::uint32_t to) const {
        std::vector<char> before(s_.graph.vertices().size(), to == none ? 1 : 0);
        std::vector<std::uint32_t> work;
        if (to != none) {
            before[to] = 1;
            work.push_back(to);
        }
        while (!work.empty()) {
            const std::uint32_t v = work.back();
            work.pop_back();
            for (const auto i : s_.graph.in(v)) {
                const auto& e = s_.graph.edges()[i];
                if (e.what != flow_edge::kind::flow || before[e.from] != 0 || v == start_) continue;
                before[e.from] = 1;
                work.push_back(e.from);
            }
        }
        std::vector<std::string> list;
        for (const auto v : some)
            if (before[v] != 0) list.push_back(s_.say.step(s_.of.steps[v].id));
        return list;
    }

    const study& s_;
    std::uint32_t start_;
    std::vector<std::int64_t> arrive_, finish_;
    std::vector<std::uint32_t> before_;
    std::vector<std::uint32_t> unknown_, mixed_;
};

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

/// A part that may take longer than the whole. True: reported.
inline bool longer_than_whole(study& s, const overall_limit& o, const length& allowed,
                              int minutes_a_day) {
    if (o.from_step.empty() && o.to_step.empty()) return false;
    const overall_limit* whole = nullptr;
    const auto most = longest_of_whole(s, whole, minutes_a_day);
    if (!most || most->of != allowed.of || most->value >= allowed.value) return false;
    const auto name = [&](const std::string& id, std::uint32_t or_else) {
        return s.say.step(!id.empty() || or_else == none ? id : s.of.steps[or_else].id);
    };
    s.report(
        diag::part_longer_than_whole, study::or_else(o.where, s.of.where), s.heading(),
        {s.say.amount(o.length), name(o.from_step, s.graph.entry()), name(o.to_step, none),
         s.say.amount(whole->length)},
        {{study::or_else(whole->where, s.of.where), diag::note_other_line, {s.say.overall()}}});
    return true;
}

inline void compare(study& s, const overall_limit& o, const length& allowed, int minutes_a_day) {
    const place where = study::or_else(o.where, s.of.where);
    const std::uint32_t start = o.from_step.empty() ? s.graph.entry() : s.step_of(o.from_step);
    const std::uint32_t stop = o.to_step.empty() ? none : s.step_of(o.to_step);
    if (!s.is_step(start) || (!o.to_step.empty() && stop == none)) return;
    const longest_path path(s, start, allowed.of, minutes_a_day);
    if (stop != none && !path.reaches(stop)) {
        s.report(diag::overall_range_empty, where, s.heading(),
                 {s.say.step(o.from_step.empty() ? s.of.steps[start].id : o.from_step),
                  s.say.step(o.to_step)});
        return;
    }
    const bool too_long = longer_than_whole(s, o, allowed, minutes_a_day);
    const std::uint32_t last = stop == none ? path.last() : stop;
    const std::int64_t sum = path.finish(last);
    const std::string total = s.say.amount(amount_of({allowed.of, sum}, minutes_a_day));
    const std::string limit = s.say.amount(o.length);
    const auto mixed = path.mixed(stop), unknown = path.unknown(stop);
    if (sum > allowed.value)
        s.report(diag::overall_exceeded, where, s.heading(), {total, limit, path.path_to(last)});
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

/// Lines of the same stretch are alternatives (`nếu`): the longest is what the steps must fit into.
inline void check_group(study& s, const std::vector<const overall_limit*>& lines,
                        int minutes_a_day) {
    const overall_limit* most = nullptr;
    std::optional<length> allowed;
    for (const auto* o : lines) {
        const auto l = length_of(o->length, minutes_a_day);
        if (!l) return;
        if (allowed && l->of != allowed->of) return;  // which is longer depends on the days
        if (!allowed || l->value > allowed->value) {
            allowed = l;
            most = o;
        }
    }
    if (most != nullptr) compare(s, *most, *allowed, minutes_a_day);
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
    const int minutes_a_day = minutes_per_working_day(s);
    std::vector<std::vector<const overall_limit*>> groups;
    for (const auto& o : s.of.overall) {
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& g) {
            return g.front()->from_step == o.from_step && g.front()->to_step == o.to_step;
        });
        if (same != groups.end()) {
            same->push_back(&o);
        } else if (groups.size() < s.context.bounds.diagnostics) {
            groups.push_back({&o});
        }
    }
    for (const auto& lines : groups) {
        own::check_order(s, lines);
        own::check_group(s, lines, minutes_a_day);
    }
}

}  // namespace quytrinh::detail::checking
