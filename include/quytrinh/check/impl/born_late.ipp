// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/born_late.ipp: a limit that has run out before its task is there, when the
// steps before take the time that they are given. A sum of limits can only warn: people may be
// faster.
#pragma once

#include <quytrinh/check/impl/lengths.hpp>
#include <quytrinh/check/impl/rules.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace quytrinh::detail::checking {

namespace born_late_rules {

/// From where time is counted: the opening of a step, or its end.
struct origin {
    std::uint32_t vertex = none;
    bool finished = false;
    family of = family::running;
    friend auto operator<=>(const origin&, const origin&) = default;
};

/// The shortest way from an event to every step, in appointed time: what no path can do without.
class shortest_path {
public:
    shortest_path(const study& s, const origin& from, int minutes_a_day)
        : s_(s),
          from_(from),
          minutes_a_day_(minutes_a_day),
          arrive_(s.graph.vertices().size(), unreached),
          finish_(arrive_) {
        for (const auto v : s.shape.order) {
            if (v == from.vertex) {
                arrive_[v] = 0;
                finish_[v] = from.finished ? 0 : finish_of(v);
                continue;
            }
            for (const auto i : s.graph.in(v)) {
                const auto& e = s.graph.edges()[i];
                if (e.what != flow_edge::kind::flow || finish_[e.from] == unreached) continue;
                if (arrive_[v] == unreached || finish_[e.from] < arrive_[v])
                    arrive_[v] = finish_[e.from];
            }
            if (arrive_[v] != unreached) finish_[v] = finish_of(v);
        }
    }
    /// Nothing when no path leads there.
    [[nodiscard]] std::optional<std::int64_t> to(std::uint32_t v) const {
        if (arrive_[v] == unreached) return std::nullopt;
        return arrive_[v];
    }

private:
    static constexpr std::int64_t unreached = -1;

    /// By the line that gives least; a line that states no amount of this kind gives nothing.
    [[nodiscard]] std::int64_t finish_of(std::uint32_t v) const {
        if (!s_.is_step(v)) return arrive_[v];
        const step& at = s_.of.steps[v];
        if (at.limits.empty()) return arrive_[v];
        std::int64_t least = -1;
        for (const auto& l : at.limits) {
            std::int64_t end = arrive_[v];
            const auto own = l.what == time_limit::kind::count ? length_of(l.length, minutes_a_day_)
                                                               : std::optional<length>{};
            if (own && own->of == from_.of) end = std::max(end, base_of(v, l.from) + own->value);
            if (least < 0 || end < least) least = end;
        }
        return least;
    }
    [[nodiscard]] std::int64_t base_of(std::uint32_t v, const anchor& a) const {
        const std::uint32_t other = s_.step_of(a.step);
        const bool known = other != none && other != v && finish_[other] != unreached;
        switch (a.what) {
        case anchor::kind::task_receipt: return arrive_[v];
        case anchor::kind::start: return known ? arrive_[other] : 0;
        case anchor::kind::receipt:
        case anchor::kind::completion:
        case anchor::kind::ok:
        case anchor::kind::nok: return known ? finish_[other] : 0;
        case anchor::kind::opening:
        case anchor::kind::signing:
        case anchor::kind::field:
        case anchor::kind::event: break;
        }
        return 0;
    }

    const study& s_;
    const origin from_;
    const int minutes_a_day_;
    std::vector<std::int64_t> arrive_, finish_;
};

/// Where the limit is counted from, when that is an event of the flow before this step.
inline std::optional<origin> origin_of(const study& s, std::uint32_t v, const anchor& a) {
    origin from;
    switch (a.what) {
    case anchor::kind::opening:
        // Whoever opens a case at a later step is not late.
        if (s.shape.entries.size() != 1) return std::nullopt;
        from.vertex = s.graph.entry();
        break;
    case anchor::kind::start: from.vertex = s.step_of(a.step); break;
    case anchor::kind::receipt:
    case anchor::kind::completion:
    case anchor::kind::ok:
    case anchor::kind::nok:
        from.vertex = s.step_of(a.step);
        from.finished = true;
        break;
    case anchor::kind::task_receipt:
    case anchor::kind::signing:
    case anchor::kind::field:
    case anchor::kind::event: return std::nullopt;
    }
    if (from.vertex == none || from.vertex == v) return std::nullopt;
    // Right after the event no time has passed.
    const auto out = s.graph.out(from.vertex);
    if (from.finished &&
        std::any_of(out.begin(), out.end(), [&](const flow_edge& e) { return e.to == v; }))
        return std::nullopt;
    return from;
}

}  // namespace born_late_rules

void check_born_late(study& s) {
    namespace own = born_late_rules;
    using lost = study::lost;
    if (s.shape.open ||
        s.lost_anywhere(lost::ways | lost::limits | lost::rule | lost::plain | lost::entries))
        return;
    constexpr std::size_t origins_looked_at = 64;
    const int minutes_a_day = minutes_per_working_day(s);
    std::map<own::origin, own::shortest_path> paths;
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        if (!s.is_step(v)) continue;
        const step& at = s.of.steps[v];
        for (const auto& l : at.limits) {
            if (l.what != time_limit::kind::count) continue;
            const auto given = length_of(l.length, minutes_a_day);
            auto from = own::origin_of(s, v, l.from);
            if (!given || !from) continue;
            from->of = given->of;
            auto known = paths.find(*from);
            if (known == paths.end()) {
                if (paths.size() >= origins_looked_at) continue;
                known = paths.emplace(*from, own::shortest_path(s, *from, minutes_a_day)).first;
            }
            const auto passed = known->second.to(v);
            if (!passed || *passed <= given->value) continue;
            s.report(diag::limit_born_late, study::or_else(l.where, at.where), at,
                     {s.say.named(at), s.say.amount(l.length), s.say.event(l.from),
                      s.say.amount(amount_of({given->of, *passed}, minutes_a_day))});
        }
    }
}

}  // namespace quytrinh::detail::checking
