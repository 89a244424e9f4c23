// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/entropy.hpp: random bytes of a store: the system's, or those of a seed, which
// are the same in every store.
#pragma once

#include <quytrinh/base/random.hpp>
#include <quytrinh/base/sha256.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace quytrinh::detail::store_entropy {

/// One thread at a time. `run` tells apart the processes that open one seeded store one after
/// another.
class source {
public:
    explicit source(std::optional<std::uint64_t> seed, std::uint64_t run = 1) : seed_(seed) {
        if (!seed_) return;
        name_ = "quytrinh-seed-1/" + std::to_string(*seed_) + '/';
        if (run > 1) name_ += std::to_string(run) + '/';
    }

    [[nodiscard]] result<void> fill(std::span<std::uint8_t> out) {
        if (!seed_) return random_bytes(out);
        for (std::size_t i = 0; i < out.size(); i += 32) {
            const digest256 block = hash_.add(name_ + std::to_string(next_++)).finish();
            const std::size_t length = std::min<std::size_t>(block.size(), out.size() - i);
            for (std::size_t k = 0; k < length; ++k) out[i + k] = block[k];
        }
        return {};
    }

private:
    std::optional<std::uint64_t> seed_;
    std::string name_;
    sha256_stream hash_;
    std::uint64_t next_ = 0;
};

}  // namespace quytrinh::detail::store_entropy
