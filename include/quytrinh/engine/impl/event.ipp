// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/event.ipp: the stable numbers and names of events, and their notices.
#pragma once

#include <quytrinh/engine/event.hpp>

#include <iterator>
#include <variant>

namespace quytrinh {

namespace detail::event_names {

// In the order of event::body. WARNING: the number of a type is its place here, from 1, and is
// stored: rows are only ever added at the end.
inline constexpr std::string_view all[] = {
    "case_opened",    "task_opened",   "task_received",       "task_claimed",
    "task_released",  "task_assigned", "fields_recorded",     "task_confirmed",
    "task_completed", "opinion_given", "consultation_opened", "consultation_answered",
    "commented",      "attached",      "signalled",           "task_overdue",
    "linked",         "link_reported", "case_ended",          "case_overdue"};
static_assert(std::size(all) == std::variant_size_v<event::body>, "one name for each event");

inline const std::vector<notice> none;

}  // namespace detail::event_names

std::string to_string(const task_key& task) { return task.step + '.' + std::to_string(task.round); }

std::uint16_t type_of(const event::body& body) noexcept {
    return body.valueless_by_exception() ? std::uint16_t{0}
                                         : static_cast<std::uint16_t>(body.index() + 1);
}

std::string_view name_of(const event::body& body) noexcept {
    return body.valueless_by_exception() ? std::string_view{}
                                         : detail::event_names::all[body.index()];
}

const std::vector<notice>& notices_of(const event::body& body) noexcept {
    if (body.valueless_by_exception()) return detail::event_names::none;
    return std::visit(
        [](const auto& fact) -> const std::vector<notice>& {
            if constexpr (requires { fact.notices; })
                return fact.notices;
            else
                return detail::event_names::none;
        },
        body);
}

}  // namespace quytrinh
