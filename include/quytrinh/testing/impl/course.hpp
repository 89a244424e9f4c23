// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/course.hpp: private. One case on its way to what is not covered yet: at
// each task the way that leads there soonest, and then to an end.
#pragma once

#include <quytrinh/model/graph.hpp>
#include <quytrinh/testing/coverage.hpp>
#include <quytrinh/testing/impl/player.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::testing::detail {

/// Is this still to be covered?
using wanting = std::function<bool(cover what, const std::string& step, std::uint32_t index,
                                   const std::string& subject)>;

class course {
public:
    /// `reached` is what was covered before; `wants` may leave out what is beyond reach.
    course(player& by, const flow_graph& graph, coverage& reached, wanting wants,
           assignment wishes);

    /// Walks to an end, or until nothing more can be done. At most `moves`.
    void walk(const std::string& at_step, std::size_t moves);

    [[nodiscard]] const std::optional<error>& stuck() const noexcept { return stuck_; }
    [[nodiscard]] bool opened() const noexcept { return opened_; }

private:
    /// A way on from a task: a branch, or the next printed step where none is written.
    struct way {
        std::uint32_t index = 0;
        const branch* by = nullptr;
        std::string outcome;   ///< as a command names it; empty where there is no choice
        std::uint32_t to = 0;  ///< vertex
        bool gains = false;
        std::uint32_t cost = 0, to_end = 0;
    };
    [[nodiscard]] bool want(cover what, const std::string& step, std::uint32_t index = 0,
                            const std::string& subject = {}) const;
    bool move_on();
    bool answer_open();
    bool start_task(const task_state& t);
    bool ask(const task_state& t, const step& where);
    bool wait_for_limit(const task_key& task, const task_due& due, bool overdue);
    bool wait_for_case(const task_state& t);
    bool finish(const task_state& t, const step& where);
    [[nodiscard]] std::vector<way> ways(const task_state& t, const step& where) const;
    [[nodiscard]] std::vector<demand> demands_of(const step& where, const way& to) const;
    void add_bonus(const step& where, const way& to, std::vector<demand>& into, wanted& done) const;
    bool take(const task_state& t, const step& where, const way& to);
    [[nodiscard]] bool rewarding(const step& where) const;
    void measure();
    void observe();
    [[nodiscard]] bool clocks_wanted(cover what) const;

    player& by_;
    const flow_graph& graph_;
    coverage& reached_;
    wanting wants_;
    assignment wishes_;
    case_state followed_;
    std::vector<std::uint32_t> to_gain_, to_end_;  ///< by vertex
    std::map<std::string, std::uint32_t> visits_;
    std::map<std::string, std::uint32_t> asked_;
    std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> taken_;
    std::set<std::pair<std::string, std::uint32_t>> barred_;  ///< ways that were refused
    std::set<std::string> signalled_;
    std::optional<error> stuck_;
    bool opened_ = false;
    std::size_t idle_ = 0;  ///< moves since something was covered
};

/// What makes limit line `index` of a list apply: it holds and none before it does. Works for every
/// kind of line that ends with `nếu`.
template <class Line>
[[nodiscard]] std::vector<demand> demands_of_line(const std::vector<Line>& lines,
                                                  std::size_t index) {
    std::vector<demand> all;
    for (std::size_t i = 0; i < index && i < lines.size(); ++i)
        if (lines[i].when) all.push_back({&*lines[i].when, false, {}});
    if (index < lines.size() && lines[index].when) all.push_back({&*lines[index].when, true, {}});
    return all;
}

}  // namespace quytrinh::testing::detail
