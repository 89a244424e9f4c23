// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/explore.hpp: random walks through a procedure that look for what its author did
// not think of: cases where nobody can go on, moves that were offered and then refused.
#pragma once

#include <quytrinh/base/error.hpp>
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

struct explore_options {
    std::optional<instant> start{};              ///< as generate_options::start
    std::shared_ptr<const definitions> known{};  ///< null: the bundled ones
    limits bounds{};
    std::uint64_t seed = 1;      ///< equal seeds walk equal ways
    std::size_t steps = 10'000;  ///< moves of all cases together [10,000,000]
    std::size_t moves = 80;      ///< of one case at most [10,000]
    std::size_t findings = 10;   ///< different ones, after which the walk ends [1,000]
    /// Called now and then with the moves made and the findings so far.
    std::function<void(std::size_t steps, std::size_t findings)> progress{};
};

/// Something that should not be, with the shortest course that was found to lead there.
struct finding {
    enum class kind : std::uint8_t {
        dead_end,  ///< the case is open, and nobody can do anything that brings it on
        refused,   ///< `options` had offered the move, everything it asks for was given
        thrown,    ///< an exception, which no case may cause
        damaged,   ///< the case does not agree with its own events
    };
    kind what = kind::dead_end;
    std::string step;             ///< where
    std::string outcome;          ///< of a refused completion
    std::optional<error> why;     ///< of a refused move; what a dead end was refused last
    std::string words;            ///< of what was thrown
    scenario course;              ///< shrunk; ends with what is wrong
    std::size_t moves = 0;        ///< of the shrunk course
    std::size_t moves_found = 0;  ///< before shrinking
};

struct exploration {
    std::size_t steps = 0, cases = 0;
    std::size_t ended = 0;  ///< cases that came to an end
    std::vector<finding> findings;
    coverage reached;
};

/// Walks until `steps` or `findings` are reached. Whoever may act acts, with values that the
/// conditions of the text speak of; time passes now and then, past limits too. Bounded; the same
/// text, seed and options find the same. Errors: what refuses to open any case.
[[nodiscard]] QUYTRINH_DECL result<exploration> explore(const procedure_ptr& of,
                                                        const explore_options& options = {});

/// One sentence.
[[nodiscard]] QUYTRINH_DECL std::string describe(const finding& what, language words);

}  // namespace quytrinh::testing
