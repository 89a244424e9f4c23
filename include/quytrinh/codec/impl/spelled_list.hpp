// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/spelled_list.hpp: what a long list was spelled like the last time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace quytrinh {

struct case_state;

namespace detail::codec {

/// The first entries of a list that only grows, as bytes. A case of ten thousand comments has them
/// all in every snapshot: looking each of them up and over again was most of what a comment cost
/// there. Parts are shared by copies and never changed, so a copy is a few counted pointers.
struct spelled_list {
    std::size_t count = 0;
    std::vector<std::shared_ptr<const std::string>> parts;

    /// A shorter list is spelled anew: that costs less than to remember it.
    static constexpr std::size_t least = 128;
    /// More parts than these are put together.
    static constexpr std::size_t most_parts = 32;
};

/// `encode_state` of a state that has the same comments as the one that `comments` was filled from,
/// and perhaps more behind them; these are added. The bytes are the same.
[[nodiscard]] std::string encode_state(const case_state& state, spelled_list& comments);

}  // namespace detail::codec
}  // namespace quytrinh
