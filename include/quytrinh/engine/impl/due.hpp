// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/due.hpp: private. From the `thời hạn` lines of a step to the due of one
// task.
#pragma once

#include <quytrinh/engine/impl/reading.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace quytrinh::detail::engine {

/// The task (or question) whose limit is counted.
struct occasion {
    const step* where = nullptr;
    std::string_view from_step;
    bool returned = false;
    instant opened_at{};
    /// Nothing while the receipt has not been acknowledged.
    std::optional<instant> received_at;
    /// How the limit came out before, when it is counted again.
    const task_due* before = nullptr;
};

/// Lines are read in order, the first that holds applies. `seen` must look from the task itself.
[[nodiscard]] result<task_due> count_due(const occasion& of, const reading& seen);

/// Open tasks and questions whose limit comes out differently when the values of `seen` stand.
/// `closing` will not be open any more.
[[nodiscard]] result<std::vector<std::pair<task_key, task_due>>> recount(
    const reading& seen, const task_key* closing = nullptr);

/// The case's own clock: counted from the opening, moved by the time that was not counted. Nothing
/// when no overall limit of the whole case holds.
struct overall {
    std::optional<due_instant> due;
    std::vector<trace_line> trace;
};
[[nodiscard]] result<overall> count_case(const reading& seen, instant opened_at);
/// The same when a conditional overall limit comes out differently with the values of `seen`.
[[nodiscard]] result<std::optional<due_instant>> recount_case(const reading& seen);
/// The appointed date when the clock, stopped since `clock_stopped_at`, runs again at `at`.
[[nodiscard]] result<std::optional<due_instant>> resume_case(const reading& seen, instant at);

/// Limits of a part of the way (`hạn chung … từ bước a đến bước b`): those that begin with a task
/// of `where` at `at`, and those that move because the clock had stopped. A way that is gone again
/// while its clock runs is the same way. Conditions are judged at the beginning.
[[nodiscard]] result<std::vector<std::pair<std::uint32_t, due_instant>>> part_clocks(
    const reading& seen, const step& where, instant at);
/// Running limits of a part of the way as the time moves them that was not counted, for those of
/// `ending` (null: all of them) that end at `at` while the clock stands. Nothing is refused for it:
/// a date that no calendar reaches stays as it was.
[[nodiscard]] std::vector<std::pair<std::uint32_t, due_instant>> moved_at_end(
    const reading& seen, const std::vector<std::uint32_t>* ending, instant at);
/// Those that end with a step.
[[nodiscard]] std::vector<std::uint32_t> parts_ending(const procedure& of, const case_state& state,
                                                      std::string_view step);

/// Is it done after its limit? What must be done at once is late when its lead had to be told so:
/// its text gives no length that could be counted.
[[nodiscard]] bool is_late(const task_due& due, bool overdue, instant at) noexcept;

}  // namespace quytrinh::detail::engine
