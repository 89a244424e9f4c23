// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/tale_text.hpp: private. A tale as a scenario that an officer can read.
#pragma once

#include <quytrinh/model/scenario.hpp>
#include <quytrinh/testing/impl/tale.hpp>

#include <optional>

namespace quytrinh::testing::detail {

/// Tells the tale in `in` (see world_of) and writes what is seen after each move as what must be
/// seen. The error is a move that is refused.
[[nodiscard]] result<scenario> scenario_of(world& in, const tale& t);

/// One move as a line; nothing for a move that the language has no words for.
[[nodiscard]] std::optional<scenario_act> act_of(const procedure& of, const move& one,
                                                 std::chrono::minutes offset);
/// "Trả lại ở bước 2, quá hạn ở bước 4": what is particular in the history of a case.
[[nodiscard]] std::string title_of(const procedure& of, const std::vector<case_event>& history);

}  // namespace quytrinh::testing::detail
