// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/generate.hpp: scenarios that nobody had to write: every branch and every limit,
// kept and missed, of a procedure, each found by walking a case through the real kernel.
#pragma once

#include <quytrinh/base/limits.hpp>
#include <quytrinh/model/scenario.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/testing/coverage.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh::testing {

struct generate_options {
    /// When cases open; unless set, 02/01/2024 08:00 at UTC+7 or the first day in force, earlier
    /// where a date of the text would have passed already.
    std::optional<instant> start{};
    /// What else is known: procedures to open, calendars. Null: the bundled ones.
    std::shared_ptr<const definitions> known{};
    limits bounds{};
    std::uint64_t seed = 1;
    std::size_t scenarios = 500;  ///< at most so many are kept [10,000]
    std::size_t tries = 2'000;    ///< cases that are walked at most [100,000]
    std::size_t moves = 400;      ///< of one case at most [10,000]
    /// What the search may cost in all, in conditions worked out and steps looked at [10^12]. It
    /// counts work and not time, so that the result is the same on every machine; the usual bound
    /// is some ten seconds.
    std::uint64_t effort = 40'000'000;
    /// Called after each case that was walked: how many, and what is still not covered. Not called
    /// from another thread; what it throws ends the generation.
    std::function<void(std::size_t tried, std::size_t missing)> progress{};
};

struct generated {
    /// Few, not provably fewest: greedy, then without those that the others make superfluous.
    scenario_list scenarios;
    coverage reached;  ///< by all of them together
    /// What no walk came to, each with the refusal that stood last in its way where there was one.
    struct beyond {
        coverage_item item;
        std::optional<error> why;
    };
    std::vector<beyond> unreached;
    std::size_t tried = 0;
    /// The bound that ended the search before everything was tried (errc::limit_exceeded with the
    /// name of the option and its value); nothing when the search ended by itself.
    std::optional<error> gave_up;
};

/// Walks cases of `of` until everything that can be covered is, or the options' bounds are met.
/// Values of fields are found by trying those that the conditions of the text speak of.
/// A case that cannot come to an end, or takes too long for it, is told up to the last move that
/// covered something. Deterministic: equal texts and options give equal scenarios. Errors: what
/// refuses to open any case at all.
[[nodiscard]] QUYTRINH_DECL result<generated> generate_scenarios(
    const procedure_ptr& of, const generate_options& options = {});

}  // namespace quytrinh::testing
