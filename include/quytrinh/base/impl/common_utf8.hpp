// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/common_utf8.hpp: private. What nearly all bytes beyond ASCII are, told apart
// where they stand, without a call.
#pragma once

#include <cstddef>
#include <string_view>

namespace quytrinh::detail::unicode {

/// The length of a code point of two or three bytes that can be neither overlong nor a surrogate,
/// nearly all that a Vietnamese text has beside ASCII; 0 for every other.
inline std::size_t common_length(const char* at, std::size_t left) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(at[i]); };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    if (byte(0) >= 0xC2 && byte(0) <= 0xDF && left > 1 && follows(1)) return 2;
    if (byte(0) >= 0xE1 && byte(0) <= 0xEC && left > 2 && follows(1) && follows(2)) return 3;
    return 0;
}

/// What is longer is better looked through sixteen bytes at a time.
inline constexpr std::size_t short_text = 24;

/// Printable ASCII from `least` on but for `also`, Latin letters and those of Vietnamese, nothing
/// else: well-formed, in NFC, and nothing in it that cannot be seen.
inline bool is_plain_text(std::string_view text, char least, char also = '\0') noexcept {
    const char *at = text.data(), *const end = at + text.size();
    while (at != end) {
        const auto first = static_cast<unsigned char>(*at);
        if (first < 0x7F) {
            if (*at < least || *at == also) return false;
            ++at;
            continue;
        }
        const std::size_t length = common_length(at, static_cast<std::size_t>(end - at));
        // U+00C0 to U+01BF, U+1EA0 to U+1EF9.
        const auto second = static_cast<unsigned char>(length > 1 ? at[1] : 0);
        const auto third = static_cast<unsigned char>(length > 2 ? at[2] : 0);
        const bool letter = (length == 2 && first >= 0xC3 && first <= 0xC6) ||
                            (first == 0xE1 && ((second == 0xBA && third >= 0xA0) ||
                                               (second == 0xBB && third <= 0xB9 && third != 0)));
        if (!letter) return false;
        at += length;
    }
    return true;
}

}  // namespace quytrinh::detail::unicode
