// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/longest_path.hpp: how long a case may take from a step to each other step, by
// the limits of the steps and of parts of the way; loops are left out.
#pragma once

#include <quytrinh/check/impl/lengths.hpp>
#include <quytrinh/check/impl/study.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking::overall_rules {

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

/// A `hạn chung` of a part of the way: how long its steps may take together.
struct part_of_way {
    const overall_limit* line = nullptr;
    std::uint32_t from = none, to = none;
    std::int64_t value = 0;
    std::vector<char> covers;  ///< by vertex: lies on some way between the two
};

/// The longest way from a step to each other step, in appointed time. A part with a limit of its
/// own may take that limit, whatever its steps say.
class longest_path {
public:
    longest_path(const study& s, std::uint32_t start, family f, int minutes_a_day,
                 const std::vector<part_of_way>& parts = {})
        : s_(s),
          start_(start),
          parts_(parts),
          arrive_(s.graph.vertices().size(), unreached),
          finish_(arrive_),
          before_(s.graph.vertices().size(), none),
          by_part_(s.graph.vertices().size(), none) {
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
            for (std::uint32_t p = 0; p < parts_.size(); ++p) take_part(v, p);
        }
    }

    [[nodiscard]] bool reaches(std::uint32_t v) const { return finish_[v] != unreached; }
    [[nodiscard]] std::int64_t finish(std::uint32_t v) const { return finish_[v]; }
    /// The vertex that is finished last: the end of the longest path.
    [[nodiscard]] std::uint32_t last() const {
        return static_cast<std::uint32_t>(std::max_element(finish_.begin(), finish_.end()) -
                                          finish_.begin());
    }
    /// The parts that the way to `v` takes, the last first.
    [[nodiscard]] std::vector<const part_of_way*> parts_to(std::uint32_t v) const {
        std::vector<const part_of_way*> list;
        for (; v != none; v = before_[v]) {
            if (by_part_[v] == none) continue;
            list.push_back(&parts_[by_part_[v]]);
            v = list.back()->from;
        }
        return list;
    }
    /// `bước 1 → bước 2 … bước 4 → bước 5`, where a part has its limit.
    [[nodiscard]] std::string path_to(std::uint32_t v) const {
        std::vector<std::string> names;
        for (; v != none; v = before_[v]) {
            if (!s_.is_step(v)) continue;
            std::string name = s_.say.step(s_.of.steps[v].id);
            if (by_part_[v] != none && parts_[by_part_[v]].from != v) {
                v = parts_[by_part_[v]].from;
                name = s_.say.step(s_.of.steps[v].id) + " … " + name;
            }
            names.push_back(std::move(name));
        }
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

    void take_part(std::uint32_t v, std::uint32_t p) {
        const part_of_way& part = parts_[p];
        if (part.to != v || arrive_[part.from] == unreached) return;
        if (arrive_[part.from] + part.value <= finish_[v]) return;
        finish_[v] = arrive_[part.from] + part.value;
        by_part_[v] = p;
    }
    [[nodiscard]] bool in_part(std::uint32_t v) const {
        return std::any_of(parts_.begin(), parts_.end(),
                           [&](const part_of_way& p) { return p.covers[v] != 0; });
    }

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
            if (before[v] != 0 && !in_part(v)) list.push_back(s_.say.step(s_.of.steps[v].id));
        return list;
    }

    const study& s_;
    std::uint32_t start_;
    std::vector<part_of_way> parts_;
    std::vector<std::int64_t> arrive_, finish_;
    std::vector<std::uint32_t> before_, by_part_;
    std::vector<std::uint32_t> unknown_, mixed_;
};

}  // namespace quytrinh::detail::checking::overall_rules
