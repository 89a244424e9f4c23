// SPDX-License-Identifier: BSL-1.0
// src/cli/test_report.hpp: how tests went: for people, as JSON Lines, as JUnit XML.
#pragma once

#include "output.hpp"
#include "test_files.hpp"

#include <quytrinh/model/scenario.hpp>
#include <quytrinh/testing/scenario.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace cli {

/// A scenario of a text and how it went. `judged` is what is wrong with its names; then it was not
/// run.
struct tested {
    const test_text* from = nullptr;
    const quytrinh::scenario* what = nullptr;
    quytrinh::testing::scenario_result went;
    std::chrono::steady_clock::duration took{};  ///< of all runs together
    std::string fault;                           ///< why it was not run, in the language asked for

    [[nodiscard]] bool passed() const { return fault.empty() && went.passed(); }
};

/// Line of the text on which the scenario begins, from 1.
[[nodiscard]] std::size_t line_of(const tested& one);
/// "Thiếu tài liệu, dòng 2": a row of a table has a name of its own.
[[nodiscard]] std::string title_of(const common& as, const tested& one, std::size_t run);

void print_tested(const common& as, const tested& one);
/// The last line; returns how many runs failed.
std::size_t print_total(const common& as, const std::vector<tested>& all);
/// Well-formed whatever stands in the texts. A text that could not be read is an error of its own,
/// so that nobody who reads only the report takes silence for success.
[[nodiscard]] std::string junit_of(const common& as, const std::vector<tested>& all,
                                   const std::vector<const test_text*>& unread);

}  // namespace cli
