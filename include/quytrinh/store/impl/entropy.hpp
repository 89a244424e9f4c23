// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/impl/entropy.hpp: random bytes of a store: the system's, or those of a seed, which
// are the same in every store.
#pragma once

#include <quytrinh/base/sha256.hpp>

#include <algorithm>
#include <chrono>
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
            const digest256 block = hash_.add(name_).add(std::to_string(next_++)).finish();
            const std::size_t length = std::min<std::size_t>(block.size(), out.size() - i);
            for (std::size_t k = 0; k < length; ++k) out[i + k] = block[k];
        }
    }
    /// The system is asked for 32 bytes at a time, since each of its answers can cost microseconds.
    /// They are a key; what is given out are hashes of key and counter, and the key is replaced by
    /// its own hash at once, so that nothing given out can be found from what memory holds later.
    void fill_unpredictable(std::span<std::uint8_t> out) {
        if (fills_left_ == 0) {
            if (!device_) device_.emplace();
            hash_.add(key_mark).add(key_);
            for (int i = 0; i < 8; ++i) {
                const std::uint32_t four = (*device_)();
                for (unsigned k = 0; k < 4; ++k)
                    hash_.add(static_cast<std::uint8_t>(four >> (8 * k)));
            }
            key_ = hash_.finish();
            fills_left_ = fills_of_a_key;
        }
        --fills_left_;
        // No secret, but two processes that share a key after a fork part here.
        const auto moment =
            static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
        hash_.add(next_mark).add(key_);
        for (unsigned k = 0; k < 8; ++k) hash_.add(static_cast<std::uint8_t>(moment >> (8 * k)));
        key_ = hash_.finish();
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < out.size(); i += 32) {
            hash_.add(out_mark).add(key_);
            for (unsigned k = 0; k < 4; ++k)
                hash_.add(static_cast<std::uint8_t>(number >> (8 * k)));
            ++number;
            const digest256 block = hash_.finish();
            const std::size_t length = std::min<std::size_t>(block.size(), out.size() - i);
            for (std::size_t k = 0; k < length; ++k) out[i + k] = block[k];
        }
        key_ = hash_.add(next_mark).add(key_).finish();
    }

    static constexpr std::uint8_t key_mark = 1, out_mark = 2, next_mark = 3;
    static constexpr std::uint32_t fills_of_a_key = 1024;

    std::optional<std::uint64_t> seed_;
    std::string name_;
    std::uint64_t next_ = 0;
    std::optional<std::random_device> device_;
    sha256_stream hash_;
    digest256 key_{};
    std::uint32_t fills_left_ = 0;
};

}  // namespace quytrinh::detail::store_entropy
