// SPDX-License-Identifier: BSL-1.0
// quytrinh/time/impl/trace_recorder.hpp: private to `time`. Keeps the first and the last lines of a
// trace of any length.
#pragma once

#include <quytrinh/time/counting.hpp>
#include <quytrinh/time/impl/day_reader.hpp>

#include <algorithm>
#include <utility>

namespace quytrinh::detail {

class trace_recorder {
public:
    static constexpr std::size_t kept = 200;  ///< at each end

    explicit trace_recorder(std::int64_t expected_lines) {
        head_.reserve(static_cast<std::size_t>(
            std::clamp<std::int64_t>(expected_lines, 1, static_cast<std::int64_t>(kept))));
    }

    void add(trace_step step, date day, std::int32_t minute = 0, std::int64_t value = 0,
             const day_entry* why = nullptr) {
        trace_line& line = next();
        line.step = step;
        line.day = day;
        line.minute = minute;
        line.value = value;
        if (why != nullptr) {
            line.note = why->reason;
        } else {
            line.note.clear();
        }
    }
    void add(trace_step step, date day, const day_view& view, std::int64_t value = 0) {
        add(step, day, 0, value, view.entry);
    }
    /// A moment of its day, to the second that has begun. `value` of a whole minute.
    void add_moment(trace_step step, date day, std::int64_t us, std::int64_t value) {
        add(step, day, static_cast<std::int32_t>(us / minute_us),
            value + us % minute_us / second_us);
    }
    /// Working time of a day in whole seconds.
    void add_hours(date day, std::int64_t seconds) {
        add(trace_step::hours, day, static_cast<std::int32_t>(seconds % 60), seconds / 60);
    }

    [[nodiscard]] std::vector<trace_line> finish() && {
        const auto oldest = tail_.begin() + static_cast<std::ptrdiff_t>(oldest_);
        std::rotate(tail_.begin(), oldest, tail_.end());
        head_.insert(head_.end(), std::make_move_iterator(tail_.begin()),
                     std::make_move_iterator(tail_.end()));
        return std::move(head_);
    }

private:
    trace_line& next() {
        if (head_.size() < kept) return head_.emplace_back();
        if (tail_.size() < kept) return tail_.emplace_back();
        trace_line& line = tail_[oldest_];
        oldest_ = (oldest_ + 1) % kept;
        return line;
    }

    std::vector<trace_line> head_;
    std::vector<trace_line> tail_;  // a ring once it is full
    std::size_t oldest_ = 0;
};

}  // namespace quytrinh::detail
