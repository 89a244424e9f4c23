// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/sha256.ipp: SHA-256 by OpenSSL's EVP. The algorithm is fetched once a process
// and a context is reused, which is twice as fast as the one-shot call.
#pragma once

#include <quytrinh/base/sha256.hpp>

#include <openssl/evp.h>

#include <new>

namespace quytrinh {

namespace detail::sha256_evp {

/// The algorithm, looked up at the first use. Never freed: OpenSSL's own clean-up at exit does it,
/// and a destructor of ours would run in no known order to it.
inline const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = [] {
        const EVP_MD* found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        return found != nullptr ? found : EVP_sha256();
    }();
    return fetched;
}

/// SHA-256 itself cannot fail; what OpenSSL reports here is want of memory.
inline void require(int answer) {
    if (answer != 1) throw std::bad_alloc{};
}

}  // namespace detail::sha256_evp

struct sha256_stream::context {
    EVP_MD_CTX* handle = EVP_MD_CTX_new();

    context() {
        if (handle == nullptr) throw std::bad_alloc{};
    }
    ~context() { EVP_MD_CTX_free(handle); }
    context(const context&) = delete;
    context& operator=(const context&) = delete;

    /// Only before the first byte: most contexts make one digest and are never begun again.
    void start() {
        if (started) return;
        detail::sha256_evp::require(
            EVP_DigestInit_ex(handle, detail::sha256_evp::algorithm(), nullptr));
        started = true;
    }
    bool started = false;
};

sha256_stream::sha256_stream() : context_(std::make_unique<context>()) {}
sha256_stream::~sha256_stream() = default;
sha256_stream::sha256_stream(sha256_stream&&) noexcept = default;
sha256_stream& sha256_stream::operator=(sha256_stream&&) noexcept = default;

sha256_stream& sha256_stream::add(std::string_view bytes) {
    QUYTRINH_ASSERT(context_ != nullptr);
    context_->start();
    detail::sha256_evp::require(EVP_DigestUpdate(context_->handle, bytes.data(), bytes.size()));
    return *this;
}

sha256_stream& sha256_stream::add(const digest256& digest) {
    return add(std::string_view{reinterpret_cast<const char*>(digest.data()), digest.size()});
}

sha256_stream& sha256_stream::add(std::uint8_t byte) {
    const char one = static_cast<char>(byte);
    return add(std::string_view{&one, 1});
}

digest256 sha256_stream::finish() {
    QUYTRINH_ASSERT(context_ != nullptr);
    digest256 digest{};
    context_->start();
    context_->started = false;
    detail::sha256_evp::require(EVP_DigestFinal_ex(context_->handle, digest.data(), nullptr));
    return digest;
}

digest256 sha256(std::string_view bytes) { return sha256_stream{}.add(bytes).finish(); }

std::string to_hex(const digest256& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(digest.size() * 2);
    for (const std::uint8_t byte : digest) {
        out += digits[byte >> 4];
        out += digits[byte & 15u];
    }
    return out;
}

std::optional<digest256> digest_from_hex(std::string_view hex) noexcept {
    digest256 digest{};
    if (hex.size() != digest.size() * 2) return std::nullopt;
    for (std::size_t i = 0; i < hex.size(); ++i) {
        const char c = hex[i];
        int value = 0;
        if (c >= '0' && c <= '9')
            value = c - '0';
        else if (c >= 'a' && c <= 'f')
            value = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            value = c - 'A' + 10;
        else
            return std::nullopt;
        digest[i / 2] = static_cast<std::uint8_t>(digest[i / 2] << 4 | value);
    }
    return digest;
}

std::string to_base32(const digest256& digest, std::size_t length) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
    std::string out;
    std::uint32_t bits = 0;
    int have = 0;
    for (const std::uint8_t byte : digest) {
        bits = (bits << 8) | byte;
        have += 8;
        while (have >= 5) {
            have -= 5;
            out += letters[(bits >> have) & 31u];
        }
    }
    if (have > 0) out += letters[(bits << (5 - have)) & 31u];
    if (out.size() > length) out.resize(length);
    return out;
}

}  // namespace quytrinh
