// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/pack.hpp: private. Several small values in one BLOB: whole numbers in as many
// groups of seven bits as they need (lowest first), texts with their length in front. Reading
// trusts nothing: what does not fit throws bad_row.
#pragma once

#include "outcome.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace quytrinh::detail::sqlite {

class packer {
public:
    void natural(std::uint64_t n) {
        while (n >= 0x80) {
            bytes_ += static_cast<char>((n & 0x7F) | 0x80);
            n >>= 7;
        }
        bytes_ += static_cast<char>(n);
    }
    /// Small ones of either sign stay short.
    void integer(std::int64_t n) {
        natural((static_cast<std::uint64_t>(n) << 1) ^ static_cast<std::uint64_t>(n >> 63));
    }
    void text(std::string_view value) {
        natural(value.size());
        bytes_ += value;
    }
    template <std::size_t N>
    void octets(const std::array<std::uint8_t, N>& value) {
        bytes_.append(reinterpret_cast<const char*>(value.data()), N);
    }
    void reserve(std::size_t size) { bytes_.reserve(size); }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] const std::string& str() const noexcept { return bytes_; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }
    void clear() noexcept { bytes_.clear(); }

private:
    std::string bytes_;
};

class unpacker {
public:
    explicit unpacker(std::string_view bytes) : left_(bytes) {}

    [[nodiscard]] bool finished() const noexcept { return left_.empty(); }
    [[nodiscard]] std::uint64_t natural() {
        std::uint64_t n = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1).front());
            n |= static_cast<std::uint64_t>(byte & 0x7Fu) << shift;
            if ((byte & 0x80u) == 0) return n;
        }
        throw bad_row{"a packed number without end"};
    }
    [[nodiscard]] std::uint64_t natural(std::uint64_t most) {
        const std::uint64_t n = natural();
        if (n > most) throw bad_row{"a packed number out of range"};
        return n;
    }
    [[nodiscard]] std::int64_t integer() {
        const std::uint64_t n = natural();
        return static_cast<std::int64_t>((n >> 1) ^ (~(n & 1) + 1));
    }
    [[nodiscard]] std::string_view text() { return take(natural()); }
    template <std::size_t N>
    void octets(std::array<std::uint8_t, N>& out) {
        const std::string_view bytes = take(N);
        for (std::size_t i = 0; i < N; ++i) out[i] = static_cast<std::uint8_t>(bytes[i]);
    }

private:
    std::string_view take(std::uint64_t count) {
        if (count > left_.size()) throw bad_row{"a packed value cut off"};
        const auto out = left_.substr(0, static_cast<std::size_t>(count));
        left_.remove_prefix(static_cast<std::size_t>(count));
        return out;
    }

    std::string_view left_;
};

}  // namespace quytrinh::detail::sqlite
