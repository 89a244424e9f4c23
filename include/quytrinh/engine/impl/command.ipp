// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/command.ipp: the stable names of commands.
#pragma once

#include <quytrinh/engine/command.hpp>

#include <iterator>
#include <variant>

namespace quytrinh {

namespace detail::command_names {

// In the order of command::body.
inline constexpr std::string_view all[] = {
    "open",     "receive", "claim",       "release", "assign",     "reassign", "record",
    "complete", "opine",   "consult",     "answer",  "comment",    "attach",   "withdraw",
    "cancel",   "signal",  "timer_fired", "link",    "link_report"};
static_assert(std::size(all) == std::variant_size_v<command::body>, "one name for each command");

}  // namespace detail::command_names

std::string_view name_of(const command::body& body) noexcept {
    return body.valueless_by_exception() ? std::string_view{}
                                         : detail::command_names::all[body.index()];
}

}  // namespace quytrinh
