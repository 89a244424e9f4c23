// SPDX-License-Identifier: BSL-1.0
// tests/support/seeded.hpp: randomness that can be repeated. QUYTRINH_SEED and QUYTRINH_COUNT
// before the command choose another run and a longer one; a failing test prints its seed.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace quytrinh_tests {

inline std::uint64_t seed_or(std::uint64_t otherwise) {
    const char* given = std::getenv("QUYTRINH_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

/// QUYTRINH_COUNT multiplies the ordinary count of a loop by itself.
inline std::size_t count_of(std::size_t ordinary) {
    const char* given = std::getenv("QUYTRINH_COUNT");
    const unsigned long long times = given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
    return ordinary * (times == 0 ? 1 : static_cast<std::size_t>(times));
}

/// std::mt19937_64 gives the same numbers everywhere; the standard distributions do not.
class dice {
public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t bits() { return engine_(); }
    /// 0 to n-1.
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
    bool one_in(std::size_t n) { return below(n) == 0; }

private:
    std::mt19937_64 engine_;
};

}  // namespace quytrinh_tests
