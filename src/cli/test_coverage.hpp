// SPDX-License-Identifier: BSL-1.0
// src/cli/test_coverage.hpp: what of the procedures their scenarios have touched.
#pragma once

#include "commands.hpp"
#include "test_report.hpp"

#include <vector>

namespace cli {

/// Prints the coverage of each procedure that a scenario is about, and draws it, as it was asked
/// for. `wrong` where less is covered than is required, else `done`.
[[nodiscard]] quytrinh::result<int> report_coverage(const common& as, const test_args& given,
                                                    const std::vector<tested>& all,
                                                    test_procedures& known);

}  // namespace cli
