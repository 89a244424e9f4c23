// SPDX-License-Identifier: BSL-1.0
// src/cli/words.hpp: what the program says, in two languages. Diagnostics, refusals and
// notifications are the library's own words.
#pragma once

#include <quytrinh/base/diagnostic.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cli {

enum class word : std::uint16_t {
#define QUYTRINH_WORD(name, vi, en) name,
#include "words.inc"
#undef QUYTRINH_WORD
};

/// The words of a language, or their pattern.
[[nodiscard]] std::string_view pattern(word which, quytrinh::language words) noexcept;

/// The words with their arguments put in.
template <class... Args>
[[nodiscard]] std::string say(quytrinh::language words, word which, const Args&... args) {
    return fmt::vformat(pattern(which, words), fmt::make_format_args(args...));
}

/// "vi" or "en" of the environment (LC_ALL, LC_MESSAGES, LANG), as POSIX orders them; English when
/// they say nothing. The process's own locale is never touched.
[[nodiscard]] quytrinh::language language_of_environment();

}  // namespace cli
