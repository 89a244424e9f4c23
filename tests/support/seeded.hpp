// SPDX-License-Identifier: BSL-1.0
// tests/support/seeded.hpp: randomness that can be repeated. QUYTRINH_SEED and QUYTRINH_COUNT
// before the command choose another run and a longer one; a failing test prints its seed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace quytrinh_tests {

inline std::uint64_t seed_or(std::uint64_t otherwise) {
    const char* given = std::getenv("QUYTRINH_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : otherwise;
}

struct share {
    std::size_t times = 1;
    std::size_t parts = 1;
};
/// QUYTRINH_COUNT: `20` for twenty times the ordinary work of a loop, `1/8` for a part of it.
inline share asked_for() {
    const char* given = std::getenv("QUYTRINH_COUNT");
    if (given == nullptr) return {};
    char* rest = nullptr;
    const auto times = static_cast<std::size_t>(std::strtoull(given, &rest, 10));
    const auto parts =
        *rest == '/' ? static_cast<std::size_t>(std::strtoull(rest + 1, nullptr, 10)) : 1;
    return times == 0 || parts == 0 ? share{} : share{times, parts};
}
/// How often a loop goes round: at least once.
inline std::size_t count_of(std::size_t ordinary) {
    const share asked = asked_for();
    return std::max<std::size_t>(1, ordinary * asked.times / asked.parts);
}
/// How far a sweep goes at each step, the other way round: 1 leaves nothing out.
inline std::size_t stride_of(std::size_t ordinary) {
    const share asked = asked_for();
    return std::max<std::size_t>(1, ordinary * asked.parts / asked.times);
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
