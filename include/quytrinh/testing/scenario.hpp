// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/scenario.hpp: runs a scenario on the real kernel and runtime, in virtual time,
// and tells where it diverged.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/model/procedure_ptr.hpp>
#include <quytrinh/model/scenario.hpp>
#include <quytrinh/procedures/bundled.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh::testing {

/// What a run may use before it is stopped; each bound has a reason of its own (`run_stop`).
struct scenario_limits {
    std::uint32_t lines = 10'000;   ///< lines carried out in one run
    std::uint32_t rows = 1'000;     ///< rows of the table
    std::int64_t years = 100;       ///< virtual time from the first moment to the last
    std::uint32_t timers = 10'000;  ///< limits that pass while time runs on in one line
};

struct scenario_options {
    /// Procedures that may be linked to, and calendars. Null: `bundled()`, read once.
    std::shared_ptr<const definitions> known{};
    scenario_limits bounds{};
    limits store{};
    /// Who acts where the scenario names no person; empty: `somebody_of` the unit.
    std::string person{};
};

/// A sentence in both languages.
struct two_words {
    std::string vi, en;
    [[nodiscard]] const std::string& in(language words) const noexcept {
        return words == language::vi ? vi : en;
    }
};

/// Why a run was stopped before its end.
enum class run_stop : std::uint8_t {
    none,
    lines,   ///< scenario_limits::lines
    rows,    ///< scenario_limits::rows
    years,   ///< scenario_limits::years
    timers,  ///< scenario_limits::timers
    broken,  ///< a name that `judge_scenarios` would have told, or a store that failed
};

/// Where a run first differed from the scenario.
struct divergence {
    std::size_t line = 0;  ///< index into scenario::lines
    place where;
    run_stop stopped = run_stop::none;
    two_words expected, seen;
    /// What the text would have to say instead; `--update` writes it after it was shown.
    struct rewrite {
        place where;
        std::string text;
    };
    std::optional<rewrite> mend;
};

/// One thing that happened in a case, as an office would note it.
struct timeline_entry {
    instant at{};
    std::string when;  ///< "11/12/2023 08:00", local
    case_id of;
    two_words what;
};

/// A case of a run, whole, for coverage.
struct scenario_case {
    case_id id;
    procedure_ptr definition;
    std::vector<case_event> history;
};

/// The scenario once, or with one row of its table.
struct scenario_run {
    std::size_t row = 0;      ///< from 1; 0 without a table
    std::uint32_t lines = 0;  ///< carried out
    std::optional<divergence> first;
    std::vector<timeline_entry> timeline;  ///< of a run that diverged
    std::vector<scenario_case> cases;

    [[nodiscard]] bool passed() const noexcept { return !first.has_value(); }
};

struct scenario_result {
    std::string title;
    std::string procedure;  ///< its code
    std::vector<scenario_run> runs;

    [[nodiscard]] QUYTRINH_DECL bool passed() const noexcept;
    [[nodiscard]] QUYTRINH_DECL std::uint64_t lines() const noexcept;
};

/// Runs `what` against `of`, each row in a world of its own. Deterministic. Never throws for what a
/// scenario says; what it names wrongly diverges where it is used. Thread-safe. Time and memory are
/// bounded by `scenario_limits`.
[[nodiscard]] QUYTRINH_DECL scenario_result run(const scenario& what, const procedure_ptr& of,
                                                const scenario_options& with = {});

/// The divergence as people read it: where, what the line says, what was expected, what was seen,
/// and the timeline; empty for a run that passed. `sources` are those of the file of the scenario.
[[nodiscard]] QUYTRINH_DECL std::string to_text(const scenario& what, const scenario_run& one,
                                                const std::vector<source_text>& sources,
                                                language words);

}  // namespace quytrinh::testing
