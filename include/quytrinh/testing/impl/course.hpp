// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/course.hpp: private. One case on its way to what is not covered yet: at
// each task the way that leads there soonest, and then to an end.
#pragma once

#include <quytrinh/model/graph.hpp>
#include <quytrinh/testing/coverage.hpp>
#include <quytrinh/testing/impl/player.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::testing::detail {

namespace coursing {

inline constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();
/// A step is visited so often for what can be gained there; after that it gains nothing.
inline constexpr std::uint32_t most_visits = 4;
inline constexpr std::uint32_t most_questions = 12;

inline std::uint32_t plus(std::uint32_t a, std::uint32_t b) {
    return a == nowhere ? nowhere : a + b;
}

inline bool is_among(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

inline bool may_be_raised(const step& question, const std::string& at) {
    return question.at_any_step || is_among(question.at_steps, at);
}

/// Steps in rings around the vertices that count 0, against the edges.
void spread(const flow_graph& graph, std::vector<std::uint32_t>& distance);

}  // namespace coursing

/// Is this still to be covered?
using wanting = std::function<bool(cover what, const std::string& step, std::uint32_t index,
                                   const std::string& subject)>;

class course {
public:
    /// `reached` is what was covered before; `wants` may leave out what is beyond reach. `wishes`
    /// are values that lead to `aim`: once it is covered, fields are written for the way on.
    course(player& by, const flow_graph& graph, coverage& reached, wanting wants,
           const coverage_item& aim, assignment wishes, effort& cost);

    /// Walks to an end, or until nothing more can be done. At most `moves`.
    void walk(const std::string& at_step, std::size_t moves);
    /// How much of the walk is worth telling: all of it when the case has ended; else, since it may
    /// stop anywhere, up to the last move that covered something.
    [[nodiscard]] std::size_t moves_told() const noexcept { return told_; }
    /// The last event of what is told.
    [[nodiscard]] std::uint64_t events_told() const noexcept { return told_version_; }

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
    [[nodiscard]] std::vector<demand> demands_ahead(const step& where, const way& to,
                                                    const std::set<variable>& free) const;
    [[nodiscard]] std::optional<solution> values_for(const task_state& t, const step& where,
                                                     const way& to, wanted& done,
                                                     const std::set<variable>& free,
                                                     assignment& fixed);
    [[nodiscard]] std::uint32_t patience() const;
    bool take(const task_state& t, const step& where, const way& to);
    [[nodiscard]] bool rewarding(const step& where) const;
    void measure();
    void observe();
    [[nodiscard]] bool clocks_wanted(cover what) const;

    player& by_;
    const flow_graph& graph_;
    coverage& reached_;
    wanting wants_;
    const coverage_item& aim_;
    assignment wishes_;
    effort& cost_;
    std::vector<const step*> questions_;  ///< the consultations of the procedure
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
    std::size_t clocks_ = 0;
    std::size_t told_ = 0;
    std::uint64_t told_version_ = 0;
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
