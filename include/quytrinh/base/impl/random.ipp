// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/random.ipp: random bytes by OpenSSL. Not std::random_device: which source that
// is depends on library and processor (one instruction of it alone, say), and it throws.
#pragma once

#include <quytrinh/base/random.hpp>

#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstddef>

namespace quytrinh {

result<void> random_bytes(std::span<std::uint8_t> out) {
    constexpr std::size_t at_once = std::size_t{1} << 20;  // OpenSSL counts in int
    // What it says of a failure is ours to drop: the host reads this list, too.
    ERR_set_mark();
    bool good = true;
    for (std::size_t done = 0; good && done < out.size(); done += at_once) {
        const std::size_t length = std::min(at_once, out.size() - done);
        good = RAND_bytes(out.data() + done, static_cast<int>(length)) == 1;
    }
    ERR_pop_to_mark();
    if (good) return {};
    std::fill(out.begin(), out.end(), std::uint8_t{0});
    return fail(errc::no_entropy);
}

}  // namespace quytrinh
