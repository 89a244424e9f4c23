// SPDX-License-Identifier: BSL-1.0
// src/cli/events.hpp: the facts of a case in words.
#pragma once

#include "output.hpp"

#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/runtime/views.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace cli {

/// Where "who" begins in such a line: what does not fit into a row goes on below it.
inline constexpr std::size_t history_hang = 23;

/// One line: number, instant, who in which capacity, what, and the beginning of its hash.
[[nodiscard]] std::string describe(const common& as, const quytrinh::procedure& of,
                                   const quytrinh::history_entry& entry,
                                   std::chrono::minutes offset);

/// How the limits that an event tells were counted, day by day.
[[nodiscard]] std::vector<quytrinh::trace_line> trace_of(const quytrinh::case_event& fact);

/// "HS.01 (BM.CTCL.01): lưu đến hết ngày 05/03/2027, P.HTKH lưu, sau đó tiêu hủy".
[[nodiscard]] std::string keeping_of(const common& as, const quytrinh::procedure& of,
                                     const quytrinh::kept_record& kept);

/// Is the outcome worth naming? "xong" is not: there was nothing to choose.
[[nodiscard]] bool is_choice(const std::string& outcome);

/// OK and NOK as they are, a named outcome in quotes.
[[nodiscard]] std::string outcome_text(const std::string& name);

/// Whoever has, or is bound to, a task of the unit; empty when nobody is named.
[[nodiscard]] std::string person_of(const quytrinh::case_state& state, const std::string& unit);

/// Units that have to do with what is open, each once, leads first.
[[nodiscard]] std::vector<std::string> units_of(const quytrinh::case_state& state);

}  // namespace cli
