// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/entropy.hpp: random bytes of a store: the system's, or those of a seed, which
// are the same in every store.
#pragma once

#include <quytrinh/base/sha256.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
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

    void fill(std::span<std::uint8_t> out) {
        if (seed_)
            fill_seeded(out);
        else
            fill_unpredictable(out);
    }

private:
    void fill_seeded(std::span<std::uint8_t> out) {
        for (std::size_t i = 0; i < out.size(); i += 32) {
            const digest256 block = sha256(name_ + std::to_string(next_++));
            const std::size_t length = std::min<std::size_t>(block.size(), out.size() - i);
            for (std::size_t k = 0; k < length; ++k) out[i + k] = block[k];
        }
    }
    void fill_unpredictable(std::span<std::uint8_t> out) {
        if (!device_) device_.emplace();
        for (std::size_t i = 0; i < out.size(); i += 4) {
            const std::uint32_t four = (*device_)();
            for (std::size_t k = 0; k < 4 && i + k < out.size(); ++k)
                out[i + k] = static_cast<std::uint8_t>(four >> (8 * k));
        }
    }

    std::optional<std::uint64_t> seed_;
    std::string name_;
    std::uint64_t next_ = 0;
    std::optional<std::random_device> device_;
};

}  // namespace quytrinh::detail::store_entropy
