// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/facts.hpp: what has happened on every path, or on some path, before a step:
// steps done, roles bound, fields filled, forms approved. Forward data-flow in bit sets of 64 facts
// at a time.
#pragma once

#include <quytrinh/check/impl/study.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace quytrinh::detail::checking {

enum class fact_kind : std::uint8_t {
    done,  ///< the step (subject: vertex) was completed, whatever the outcome
    ok,
    nok,         ///< with this outcome
    bound,       ///< the role (subject: party) was assigned by a step
    filled,      ///< the field (subject: form, with box and name) was filled in; without a name:
                 ///< anything in the box or, without a box either, in the form
    any_filled,  ///< anything in one of several forms (subject: what one_of gave for them)
    approved,  ///< the box (subject: form, with box; without: any) is approved and not filled since
};

struct fact {
    fact_kind kind = fact_kind::done;
    std::uint32_t subject = none;
    std::string_view box, field;
};

/// When, at a step, something must be known.
enum class moment : std::uint8_t {
    first_opening,  ///< the task opens, not by a return (limits count from the return then)
    opening,        ///< the task opens
    completion,     ///< the outcome is chosen: what the step itself does has been done
};

/// How sure a fact is at a place, over all paths to it.
enum class certainty : std::uint8_t {
    never,      ///< on no path
    sometimes,  ///< there is a path without it
    mostly,     ///< on every path, but somewhere only under a condition that may not hold
    always,
};

/// Questions are asked first and answered together, so that one pass over the graph serves 64
/// facts.
class path_facts {
public:
    explicit path_facts(const study& s) : study_(s) {}

    using question = std::uint32_t;
    /// The vertex may be a consultation: then it is asked of the steps where it may be raised.
    question ask(const fact& what, std::uint32_t vertex, moment when);
    /// The subject of a fact about several forms.
    [[nodiscard]] std::uint32_t one_of(std::vector<std::uint32_t> forms);
    [[nodiscard]] const std::vector<std::uint32_t>& forms_of(std::uint32_t several) const {
        return several_[several];
    }
    /// Runs after all questions are answered, in the order given.
    void then(std::function<void()> judge) { judges_.push_back(std::move(judge)); }

    void answer_all();

    [[nodiscard]] certainty answer(question q) const { return questions_[q].answer; }
    /// A shortest path to the place of the question on which the fact is missing, steps joined by
    /// arrows; only `…` once so many were asked for that nobody will see them.
    [[nodiscard]] std::string path_without(question q);
    /// The same for a finding to come, but only if there is a path that passes no place where this
    /// lack was reported as gravely before; nothing when the earlier finding explains this one
    /// too. The place then counts as reported.
    [[nodiscard]] std::optional<std::string> new_path_without(question q, diag::code finding);

private:
    friend class fact_solver;
    struct asked {
        std::uint32_t fact = 0;
        std::uint32_t vertex = 0;
        moment when = moment::opening;
        certainty answer = certainty::always;
    };

    /// A clause of a step: acts first, then assignments.
    struct site {
        std::uint32_t vertex = 0;
        std::uint32_t clause = 0;
        bool conditional = false;
    };

    void read_sites();
    void compare_with_branches(std::uint32_t v, const std::vector<const condition*>& conditions,
                               std::size_t nodes);

    [[nodiscard]] std::optional<std::string> search(question q,
                                                    const std::vector<std::uint32_t>& closed);

    const study& study_;
    std::vector<std::vector<site>> acts_on_;         ///< filling and approving, by form
    std::vector<std::vector<site>> assignments_of_;  ///< by party
    std::vector<fact> facts_;
    std::vector<std::vector<std::uint32_t>> several_;  ///< forms, by subject of any_filled
    std::map<std::vector<std::uint32_t>, std::uint32_t> several_ids_;
    std::map<std::tuple<fact_kind, std::uint32_t, std::string_view, std::string_view>,
             std::uint32_t>
        fact_ids_;
    std::vector<asked> questions_;
    std::vector<std::function<void()>> judges_;
    /// Per step with conditional acts: how sure each is on each way out (facts.ipp).
    std::vector<std::vector<truth>> on_branch_;
    struct told {
        std::uint32_t vertex = 0;
        severity level = severity::error;
    };
    std::vector<std::vector<told>> reported_;  ///< by fact
    std::size_t paths_searched_ = 0;
};

}  // namespace quytrinh::detail::checking
