// SPDX-License-Identifier: BSL-1.0
// src/cli/words.cpp: messages of the program in both languages.
#include "words.hpp"

#include <cstdlib>

namespace cli {

std::string_view pattern(word which, quytrinh::language words) noexcept {
    struct row {
        std::string_view vi, en;
    };
    static constexpr row rows[] = {
#define QUYTRINH_WORD(name, vi, en) {vi, en},
#include "words.inc"
#undef QUYTRINH_WORD
    };
    const row& found = rows[static_cast<std::size_t>(which)];
    return words == quytrinh::language::vi ? found.vi : found.en;
}

quytrinh::language language_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* set = std::getenv(name);
        if (set == nullptr || *set == '\0') continue;
        return std::string_view(set).substr(0, 2) == "vi" ? quytrinh::language::vi
                                                          : quytrinh::language::en;
    }
    return quytrinh::language::en;
}

}  // namespace cli
