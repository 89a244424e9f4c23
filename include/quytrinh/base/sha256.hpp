// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/sha256.hpp: SHA-256 (FIPS 180-4), the only hash the library keeps.
#pragma once

#include <quytrinh/base/config.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace quytrinh {

using digest256 = std::array<std::uint8_t, 32>;

/// Digest of one text. Thread-safe. Throws std::bad_alloc only.
[[nodiscard]] QUYTRINH_DECL digest256 sha256(std::string_view bytes);

/// Digest of several pieces, reusing one OpenSSL context (twice as fast as the one-shot call). One
/// thread at a time.
class QUYTRINH_DECL sha256_stream {
public:
    sha256_stream();
    ~sha256_stream();
    sha256_stream(sha256_stream&&) noexcept;
    sha256_stream& operator=(sha256_stream&&) noexcept;

    sha256_stream& add(std::string_view bytes);
    sha256_stream& add(const digest256& digest);
    sha256_stream& add(std::uint8_t byte);
    /// The digest so far; the stream then starts again from nothing.
    [[nodiscard]] digest256 finish();

private:
    struct context;
    std::unique_ptr<context> context_;
};

[[nodiscard]] QUYTRINH_DECL std::string to_hex(const digest256& digest);
[[nodiscard]] QUYTRINH_DECL std::optional<digest256> digest_from_hex(std::string_view hex) noexcept;
/// Lower-case RFC 4648 base32 without padding, cut to `length` characters (case ids use 26).
[[nodiscard]] QUYTRINH_DECL std::string to_base32(const digest256& digest, std::size_t length);

}  // namespace quytrinh
