// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/encoding.hpp: what a file is saved as that is plainly not UTF-8: told once
// and by name, not byte by byte.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace quytrinh::detail::grammar::encodings {

/// What is told of a text as a whole; code 0: nothing, it can be read.
struct verdict {
    std::uint16_t code = 0;
    std::string name;       ///< of the encoding, or how many bytes 00
    std::uint32_t at = 0;   ///< the first byte that shows it
    std::uint32_t end = 0;  ///< past it
};

/// Bytes 00 in every second place, as Latin letters have them in UTF-16.
inline bool zeros_alternate(std::string_view head) noexcept {
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0';
    const auto [few, many] = std::minmax(zeros[0], zeros[1]);
    return many >= 2 && many * 6 >= head.size() && few * 10 <= many;
}

inline std::string_view wide(std::string_view text) noexcept {
    using namespace std::string_view_literals;
    if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return "UTF-16";
    return zeros_alternate(text.substr(0, 512)) ? "UTF-16" : std::string_view{};
}

/// The code pages that Vietnamese offices used before Unicode, each by what it makes of “bước”,
/// “trình”, “tiếng”, “Việt”, “chủ”, “thời”, “trò” and “được”, which hardly a text goes without.
struct code_page {
    std::string_view name;
    std::string_view words[8];
};
inline constexpr code_page code_pages[] = {
    {"TCVN3",
     {"b\xAD\xED"
      "c",
      "tr\xD7nh", "ti\xD5ng", "Vi\xD6t", "ch\xF1", "th\xEDi", "tr\xDF",
      "\xAE\xAD\xEE"
      "c"}},
    {"VNI",
     {"b\xF6\xF4\xF9"
      "c",
      "tr\xECnh", "tie\xE1ng", "Vie\xE4t", "chu\xFB", "th\xF4\xF8i", "tro\xF8",
      "\xF1\xF6\xF4\xEF"
      "c"}},
    {"Windows-1258",
     {"b\xFD\xF5\xEC"
      "c",
      "tri\xCCnh", "ti\xEA\xECng", "Vi\xEA\xF2t", "chu\xD2", "th\xF5\xCCi", "tro\xCC",
      "\xF0\xFD\xF5\xF2"
      "c"}},
};

inline std::size_t count(std::string_view text, std::string_view word) noexcept {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
        ++found;
    return found;
}

/// The likely one; all of them when none of the words is there.
inline std::string likely(std::string_view text) {
    constexpr std::size_t looked_at = 64u << 10;
    std::string all;
    std::string_view best;
    std::size_t most = 0;
    for (const code_page& page : code_pages) {
        std::size_t found = 0;
        for (const auto word : page.words) found += count(text.substr(0, looked_at), word);
        if (found > most) best = page.name;
        most = std::max(most, found);
        all += (all.empty() ? "" : ", ") + std::string(page.name);
    }
    return best.empty() ? all : std::string(best);
}

/// Ill-formed bytes here and there are damage, told where they stand. A text that has more of them
/// than letters of UTF-8 was never UTF-8.
inline verdict judge(std::string_view text) {
    if (const std::string_view name = wide(text); !name.empty())
        return {diag::not_utf8, std::string(name), 0, 0};
    if (const std::size_t first = text.find('\0'); first != std::string_view::npos) {
        const auto zeros = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\0'));
        const auto where = static_cast<std::uint32_t>(first);
        if (zeros > 3 && (zeros > 100 || zeros * 100 > text.size()))
            return {diag::not_a_text, std::to_string(zeros), where, where + 1};
    }
    // A text that begins well is not looked through: it is read in a moment anyway.
    constexpr std::size_t few = 4, beginning = 4096;
    std::size_t wrong = 0, right = 0, first = 0;
    for (std::size_t at = 0; at < (wrong == 0 ? std::min(beginning, text.size()) : text.size());) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        const decoded one = decode_utf8(text, at);
        if (!one.valid && wrong++ == 0) first = at;
        if (one.valid) ++right;
        at += one.length;
    }
    if (wrong <= few || wrong <= right) return {};
    const auto where = static_cast<std::uint32_t>(first);
    return {diag::old_code_page, likely(text), where, where + 1};
}

}  // namespace quytrinh::detail::grammar::encodings
