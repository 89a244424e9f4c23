// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/random.hpp: bytes that nobody can foretell, for ids and salts.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/result.hpp>

#include <cstdint>
#include <span>

namespace quytrinh {

/// Fills `out`, or leaves zeros and says errc::no_entropy: never a few bytes, never weaker ones.
/// From OpenSSL's generator, seeded by the operating system and anew in a forked child.
/// Thread-safe. The kernel, language, checker and codec must not ask (tests/structure).
[[nodiscard]] QUYTRINH_DECL result<void> random_bytes(std::span<std::uint8_t> out);

}  // namespace quytrinh
