// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/command_result.hpp: what the sender of a command gets back.
#pragma once

#include <quytrinh/base/ids.hpp>
#include <quytrinh/engine/task.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace quytrinh {

/// What the caller of a command gets back; kept with the command id, so that a repetition answers
/// the same.
struct command_result {
    case_id target;
    std::uint64_t version = 0;      ///< of the case after the command
    std::vector<task_key> opened;   ///< tasks and consultations
    std::vector<case_id> children;  ///< linked cases asked for
    bool ended = false;
    std::string end_kind;
    /// As given, or as the runtime made it. Set by the runtime on the way out; decide and the codec
    /// leave it alone.
    command_id id;
    friend bool operator==(const command_result&, const command_result&) = default;
};

}  // namespace quytrinh
