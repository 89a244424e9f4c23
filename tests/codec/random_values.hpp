// SPDX-License-Identifier: BSL-1.0
// tests/codec/random_values.hpp: fills any stored structure with random members.
#pragma once

#include <quytrinh/codec/impl/archive.hpp>

#include "support/seeded.hpp"

#include <limits>

namespace quytrinh_tests {

namespace qc = quytrinh::detail::codec;

class filler {
public:
    explicit filler(std::uint64_t seed) : roll(seed) {}

    /// Members of the outermost structure: all by chance, or only the n-th (from 0).
    std::size_t only = std::numeric_limits<std::size_t>::max();

    template <class T>
    void operator()(unsigned, const char*, T& v) {
        const bool wanted = only == std::numeric_limits<std::size_t>::max() || depth_ > 1
                                ? !roll.one_in(3)
                                : member_ == only;
        if (depth_ == 1) ++member_;
        if (wanted) fill(v);
    }

    template <class T>
    void fill(T& v) {
        using namespace quytrinh;
        if constexpr (std::is_same_v<T, bool>)
            v = true;
        else if constexpr (std::is_unsigned_v<T>)
            v = static_cast<T>(number());
        else if constexpr (std::is_enum_v<T>)
            v = static_cast<T>(roll.below(qc::known_values<T>));
        else if constexpr (std::is_same_v<T, std::string>)
            v = words();
        else if constexpr (qc::is_id<T>)
            v = T{words()};
        else if constexpr (qc::is_octets<T>)
            for (auto& byte : v) byte = static_cast<std::uint8_t>(roll.bits());
        else if constexpr (std::is_same_v<T, instant>)
            v = instant{std::chrono::microseconds{
                static_cast<std::int64_t>(roll.bits() % (std::uint64_t{1} << 52)) -
                (std::int64_t{1} << 50)}};
        else if constexpr (std::is_same_v<T, date>)
            v = date{std::chrono::days{static_cast<std::int64_t>(roll.below(100'000)) - 25'000}};
        else if constexpr (std::is_same_v<T, value>)
            v = any_value();
        else if constexpr (std::is_same_v<T, task_key>)
            v = {words(), static_cast<std::uint32_t>(number())};
        else if constexpr (std::is_same_v<T, trace_line>) {
            v.step = static_cast<trace_step>(roll.below(qc::known_values<trace_step>));
            fill(v.day);
            if (roll.one_in(2)) v.value = static_cast<std::int64_t>(roll.bits());
            if (roll.one_in(3)) v.minute = static_cast<std::int32_t>(roll.below(1440));
            if (roll.one_in(3)) v.note = words();
        } else if constexpr (qc::is_optional<T>)
            fill(v.emplace());
        else if constexpr (qc::is_vector<T>)
            for (std::size_t n = 1 + roll.below(3); n > 0; --n) fill(v.emplace_back());
        else if constexpr (qc::is_map<T>)
            for (std::size_t n = 1 + roll.below(3); n > 0; --n) {
                typename T::key_type key{};
                fill(key);
                fill(v[key]);
            }
        else if constexpr (qc::is_pair<T>) {
            fill(v.first);
            fill(v.second);
        } else {
            ++depth_;
            if (depth_ == 1) member_ = 0;
            qc::fields(*this, v);
            --depth_;
        }
    }

    quytrinh::value any_value() {
        using namespace quytrinh;
        switch (roll.below(7)) {
        case 0: return value{words()};
        case 1:
            return value{decimal::of(static_cast<std::int64_t>(roll.bits()),
                                     static_cast<std::uint8_t>(roll.below(19)))};
        case 2: return value{date{std::chrono::days{static_cast<int>(roll.below(60'000))}}};
        case 3: return value::yes_no(roll.one_in(2));
        case 4: return value{std::vector<std::string>{words(), words()}};
        case 5: return value{value_rows{{value{words()}, value{}}, {value::yes_no(true)}, {}}};
        default: return value{std::string{}};
        }
    }

    std::string words() {
        static const std::string pool[] = {"ĐVTH",
                                           "a",
                                           "2.3",
                                           "nv07",
                                           "Công văn số 12 về việc kiểm tra hồ sơ",
                                           std::string("\0x", 2),
                                           "\xC3\x28",
                                           "\xFF",
                                           "“",
                                           std::string(300, 'x'),
                                           ""};
        std::string out = pool[roll.below(std::size(pool))];
        if (roll.one_in(2)) out += std::to_string(roll.below(1000));
        return out;
    }
    std::uint64_t number() {
        switch (roll.below(5)) {
        case 0: return roll.below(24);
        case 1: return 24 + roll.below(300);
        case 2: return roll.below(70'000);
        case 3: return roll.bits();
        default: return 1;
        }
    }

    dice roll;

private:
    int depth_ = 0;
    std::size_t member_ = 0;
};

}  // namespace quytrinh_tests
