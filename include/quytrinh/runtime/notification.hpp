// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/notification.hpp: what a host is told, one value per recipient.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/engine/task.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace quytrinh {

/// Delivered at least once, in event order per case; `key` is the same every time, for the receiver
/// to drop repetitions. Addressed to units and parties of the text: who stands behind them and how
/// to reach them is the host's.
struct notification {
    std::string key;          ///< store/case/seq/n
    std::uint64_t fence = 0;  ///< grows with every attempt
    std::uint32_t attempt = 1;
    notice what;
    case_id of;
    std::string procedure;  ///< code
    std::string procedure_title;
    std::string reference;
    task_key task;  ///< or consultation; empty for the case itself
    std::string task_title;
    instant at{};     ///< of the event
    std::string due;  ///< as task_view::due()
    due_kind due_how = due_kind::not_stated;
    std::string outcome, reason,
        text_of;  ///< outcome and reason of the event, text of a question or opinion
    actor by;
    case_id other;           ///< linked case
    std::string last_error;  ///< of what is set aside: why the last attempt failed
    std::string receipt;     ///< of what was taken: for runtime::confirm and give_back

    /// One sentence, in "vi" or "en". Rendered now, never stored.
    [[nodiscard]] QUYTRINH_DECL std::string text(std::string_view words) const;
    [[nodiscard]] QUYTRINH_DECL std::string text(language words) const;
};

}  // namespace quytrinh
