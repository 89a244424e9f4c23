// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/others.hpp: private. Who could act instead: what a refusal says beside the
// rule. Only names that the text and the case know; an empty answer means that nobody is known.
#pragma once

#include <quytrinh/engine/impl/parties.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::engine {

/// Whose turn a task is: who took it, else its leads, who notes for an outside one.
[[nodiscard]] std::vector<std::string> workers_of(const procedure& of, const task_state& t);
/// Who is to answer an open question; who notes for an outside body.
[[nodiscard]] std::vector<std::string> workers_of(const procedure& of, const consultation_state& c);
/// Whoever does the work of a step, open or not; who notes for an outside lead.
[[nodiscard]] std::vector<std::string> workers_of(const procedure& of, const case_state& state,
                                                  const step& where);
/// Has the lead under this role confirmed a joint task?
[[nodiscard]] bool has_confirmed(const task_state& t, std::string_view role);
/// Joint leads that have still to confirm.
[[nodiscard]] std::vector<seat> not_confirmed(const task_state& t);
/// errc::task_not_open: what is open instead, and whose turn it is.
[[nodiscard]] error not_open(const procedure& of, const case_state& state, std::string_view name);
/// Who has the right to cancel and may still use it.
[[nodiscard]] std::vector<std::string> cancellers_of(const procedure& of, const case_state& state);
/// Whoever fills in a form, or one field of it where `field` is not empty: at the open tasks, else
/// at the steps of the text.
[[nodiscard]] std::vector<std::string> fillers_of(const procedure& of, const case_state& state,
                                                  std::string_view form, std::string_view field);

/// The table in which a row was looked for, when that is what is missing (reading.ipp).
[[nodiscard]] const catalogue* table_of_row(const procedure& of, std::string_view missing);

/// errc::condition_unknown: the field that is empty, and who fills it in.
[[nodiscard]] error unknown_condition(const procedure& of, const case_state& state,
                                      const step& where, const std::string& missing);

/// A refusal with who could.
[[nodiscard]] error with_others(errc rule, std::vector<std::string> args,
                                std::vector<std::string> who_could);

}  // namespace quytrinh::detail::engine
