// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/guards.hpp: lines with conditions against one another, tried with every
// combination of values that they can tell apart.
#pragma once

#include <quytrinh/check/impl/study.hpp>

#include <string>

namespace quytrinh::detail::checking {

/// Do the `nếu` branches of a step take every case? `gap`: a combination of values that none takes.
struct guard_cover {
    enum class kind : std::uint8_t { unknown, all, gap };
    kind what = kind::unknown;
    std::string gap;  ///< `"Số" là 5`
};
[[nodiscard]] guard_cover cover_of_guards(const study& s, const step& at);

}  // namespace quytrinh::detail::checking
