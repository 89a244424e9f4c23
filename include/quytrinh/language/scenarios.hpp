// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/scenarios.hpp: scenarios as text, and what a procedure has to say about the
// names in them.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/model/procedure_ptr.hpp>
#include <quytrinh/model/scenario.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace quytrinh {

/// The text of a scenario, header line first, each line ended with LF, in the words of a dialect.
/// Read again it gives an equal scenario. Bounded by the size of the scenario.
[[nodiscard]] QUYTRINH_DECL std::string write_scenario(const scenario& what, dialect words);
/// One line of it, without indentation and line end.
[[nodiscard]] QUYTRINH_DECL std::string write_scenario_line(const scenario_line& what,
                                                            dialect words);

/// Steps, parties, forms, fields, outcomes, records that a scenario names and the procedure does
/// not have (6xxx, with suggestions), places as the scenario has them. `find` gives a procedure
/// that may be linked to, or null. `parse` has done this for the scenarios of a procedure's own
/// file.
[[nodiscard]] QUYTRINH_DECL diagnostic_list
judge_scenarios(std::span<const scenario> what, const procedure& of,
                const std::function<const procedure*(std::string_view)>& find, dialect words);

}  // namespace quytrinh
