// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/word_table.hpp: how a table of words lies in a program.
#pragma once

#include <string_view>

namespace quytrinh::detail {

/// Reads texts that lie one behind the other, each ended by NUL. A row of views would cost, for
/// every word of it, two machine words and a relocation of three: more than most of the words.
class words_in_turn {
public:
    /// `words` is a structure of nothing but arrays of characters.
    template <class Words>
    explicit words_in_turn(const Words& words) noexcept
        : at_(reinterpret_cast<const char*>(&words)) {
        static_assert(alignof(Words) == 1);
    }

    std::string_view next() noexcept {
        const std::string_view word{at_};
        at_ += word.size() + 1;
        return word;
    }

private:
    const char* at_;
};

}  // namespace quytrinh::detail
