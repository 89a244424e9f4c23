// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/unicode.ipp: what the library knows about Unicode, by utf8proc, with a short
// way for ASCII and for the letters of Vietnamese, which is what the texts are made of.
#pragma once

#include <quytrinh/base/impl/common_utf8.hpp>
#include <quytrinh/base/unicode.hpp>

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#if defined(__SSE2__)
#    include <emmintrin.h>
#endif

namespace quytrinh {

namespace detail::unicode {

inline const utf8proc_uint8_t* bytes_of(std::string_view text) noexcept {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

inline bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// decode_utf8 for `at` inside the text. Two bytes, and three that can be neither overlong nor a
/// surrogate, are most of what Vietnamese is written with and need no more than a look.
inline decoded decode(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    const std::size_t left = text.size() - at;
    const char32_t first = byte(0);
    if (first < 0x80) return {first, 1, true};
    if (first >= 0xC2 && first <= 0xDF && left > 1 && follows(1))
        return {(first & 0x1Fu) << 6 | (byte(1) & 0x3Fu), 2, true};
    if (first >= 0xE1 && first <= 0xEC && left > 2 && follows(1) && follows(2))
        return {(first & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu), 3, true};
    utf8proc_int32_t code_point = 0;
    const auto length =
        utf8proc_iterate(bytes_of(text) + at, static_cast<utf8proc_ssize_t>(left), &code_point);
    if (length <= 0) return {0, 1, false};
    return {static_cast<char32_t>(code_point), static_cast<std::uint8_t>(length), true};
}

/// Where the ASCII that the text has at `at` ends: eight bytes at a time.
inline std::size_t after_ascii(std::string_view text, std::size_t at) noexcept {
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, 8);
        if ((eight & 0x8080808080808080u) != 0) break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

/// Code points that NFC leaves alone wherever they stand, as long as no other than these stand
/// beside them: Latin below the combining marks, precomposed Vietnamese, common punctuation, plain
/// arrows.
inline bool is_plain(char32_t c) noexcept {
    return c < 0x300 || (c >= 0x1EA0 && c <= 0x1EF9) || (c >= 0x2010 && c <= 0x2027) ||
           (c >= 0x2190 && c <= 0x2193);
}

#if defined(__SSE2__)
/// Past what is well-formed, sixteen bytes at a time: the bytes that go on with a code point must
/// be those that its first one asks for. It stops at what needs a look of its own (what could be
/// overlong, a surrogate or beyond U+10FFFF, four bytes, a fault) and always before a whole code
/// point.
inline std::size_t after_well_formed(std::string_view text, std::size_t at) noexcept {
    const auto mask = [](__m128i bytes) { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); };
    const auto each = [](int byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
    unsigned owed = 0;  // of the next sixteen, from what the last ones began
    const std::size_t from = at;
    for (; at + 16 <= text.size(); at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
        const unsigned high = mask(bytes);
        if ((high | owed) == 0) continue;
        // Compared as signed numbers: 0x80 is the least, 0xFF is -1, ASCII is above.
        const unsigned follow = mask(_mm_cmplt_epi8(bytes, each(0xC0)));
        const unsigned two = high & ~follow;
        const unsigned three = high & mask(_mm_cmpgt_epi8(bytes, each(0xDF)));
        const unsigned seldom = (two & mask(_mm_or_si128(_mm_cmplt_epi8(bytes, each(0xC2)),
                                                         _mm_cmpeq_epi8(bytes, each(0xE0))))) |
                                (high & mask(_mm_cmpgt_epi8(bytes, each(0xEC))));
        const unsigned asked = (two << 1) | (three << 2) | owed;
        if (seldom != 0 || (asked & 0xFFFFu) != follow) break;
        owed = asked >> 16;
    }
    if (owed == 0) return at;
    // The last code point goes on behind: back to where it begins.
    do --at;
    while (at > from && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u);
    return at;
}
#else
inline std::size_t after_well_formed(std::string_view text, std::size_t at) noexcept {
    return after_ascii(text, at);
}
#endif

enum class plainness { plain, other, ill_formed };

/// Past everything that is ASCII, or of common_length and below U+0300 or one of U+1EA0 to U+1EF9.
inline std::size_t after_plain(std::string_view text, std::size_t at) noexcept {
    const char* const p = text.data();
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(p[i]); };
    while (at < text.size()) {
        if (byte(at) < 0x80) {
            ++at;
            continue;
        }
        const std::size_t length = common_length(p + at, text.size() - at);
        const bool plain =
            (length == 2 && byte(at) < 0xCC) || (length == 3 && byte(at) == 0xE1 &&
                                                 ((byte(at + 1) == 0xBA && byte(at + 2) >= 0xA0) ||
                                                  (byte(at + 1) == 0xBB && byte(at + 2) <= 0xB9)));
        if (!plain) break;
        at += length;
    }
    return at;
}

inline plainness look_over(std::string_view text) noexcept {
    plainness found = plainness::plain;
    for (std::size_t at = after_plain(text, after_ascii(text, 0)); at < text.size();
         at = after_plain(text, at)) {
        const decoded one = decode(text, at);
        if (!one.valid) return plainness::ill_formed;
        if (!is_plain(one.code_point)) found = plainness::other;
        at += one.length;
    }
    return found;
}

/// utf8proc_map over well-formed text.
inline std::string map(std::string_view text, int options) {
    utf8proc_uint8_t* raw = nullptr;
    const auto length = utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()),
                                     &raw, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{raw, &std::free};
    if (length == UTF8PROC_ERROR_NOMEM || length == UTF8PROC_ERROR_OVERFLOW) throw std::bad_alloc{};
    if (length < 0) return std::string{text};
    return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)};
}

inline void append_escape(std::string& out, char kind, std::uint32_t value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::array<char, 8> reversed{};
    std::size_t count = 0;
    do {
        reversed[count++] = digits[value & 15u];
        value >>= 4;
    } while (value != 0);
    if (count == 1) reversed[count++] = '0';
    out += '\\';
    out += kind;
    out += '{';
    while (count > 0) out += reversed[--count];
    out += '}';
}

inline bool is_control(char32_t c) noexcept { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

inline bool is_blank(char32_t c) noexcept {
    return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

inline std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const decoded one = decode_utf8(text, at);
        out.push_back(one.valid ? one.code_point : 0xFFFD);
        at += one.length;
    }
    return out;
}

}  // namespace detail::unicode

decoded decode_utf8(std::string_view text, std::size_t at) noexcept {
    if (at >= text.size()) return {0, 0, false};
    return detail::unicode::decode(text, at);
}

std::optional<std::size_t> first_ill_formed(std::string_view text) noexcept {
    namespace own = detail::unicode;
    for (std::size_t at = 0; at < text.size();) {
        at = own::after_well_formed(text, at);
        // What stopped it lies within the next sixteen bytes, or it is the end.
        for (const std::size_t from = at; at < text.size() && at < from + 16;) {
            if (static_cast<unsigned char>(text[at]) < 0x80) {
                ++at;
                continue;
            }
            if (const auto length = own::common_length(text.data() + at, text.size() - at)) {
                at += length;
                continue;
            }
            const decoded one = own::decode(text, at);
            if (!one.valid) return at;
            at += one.length;
        }
    }
    return std::nullopt;
}

void append_utf8(std::string& out, char32_t code_point) {
    // What is no code point becomes the replacement character, so that the text stays well-formed.
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = 0xFFFD;
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length =
        utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

std::string to_nfc(std::string_view text) {
    if (detail::unicode::look_over(text) != detail::unicode::plainness::other)
        return std::string{text};
    return detail::unicode::map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

bool is_nfc(std::string_view text) {
    switch (detail::unicode::look_over(text)) {
    case detail::unicode::plainness::plain: return true;
    case detail::unicode::plainness::ill_formed: return false;
    case detail::unicode::plainness::other: break;
    }
    return detail::unicode::map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE) == text;
}

void make_nfc(std::string& text) {
    if (detail::unicode::look_over(text) != detail::unicode::plainness::other) return;
    text = detail::unicode::map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string fold(std::string_view text) {
    std::string folded;
    if (detail::unicode::is_ascii(text)) {
        folded = text;
        for (char& c : folded)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return folded;
    }
    if (first_ill_formed(text)) return std::string{text};
    folded = detail::unicode::map(
        text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    // đ has no decomposition: it is a letter of its own, and a typist without it writes d.
    std::string out;
    out.reserve(folded.size());
    for (std::size_t at = 0; at < folded.size();) {
        if (folded.compare(at, 2, "\xC4\x91") == 0) {
            out += 'd';
            at += 2;
        } else {
            out += folded[at++];
        }
    }
    return out;
}

int cell_width(char32_t code_point) noexcept {
    if (code_point >= 0x20 && code_point < 0x7F) return 1;
    // Vowels and finals of Hangul join the letter before them; utf8proc gives each a cell.
    if ((code_point >= 0x1160 && code_point <= 0x11FF) ||
        (code_point >= 0xD7B0 && code_point <= 0xD7FF))
        return 0;
    return utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point));
}

std::uint32_t text_width(std::string_view text) noexcept {
    std::uint32_t cells = 0;
    for (std::size_t at = 0; at < text.size();) {
        const decoded one = decode_utf8(text, at);
        cells += one.valid ? static_cast<std::uint32_t>(cell_width(one.code_point)) : 1u;
        at += one.length;
    }
    return cells;
}

bool is_upper(char32_t code_point) noexcept {
    if (code_point < 0x80) return code_point >= 'A' && code_point <= 'Z';
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) == UTF8PROC_CATEGORY_LU;
}

bool is_letter(char32_t code_point) noexcept {
    if (code_point < 0x80)
        return (code_point >= 'A' && code_point <= 'Z') || (code_point >= 'a' && code_point <= 'z');
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL ||
           category == UTF8PROC_CATEGORY_LT || category == UTF8PROC_CATEGORY_LM ||
           category == UTF8PROC_CATEGORY_LO;
}

bool is_invisible_control(char32_t c) noexcept {
    if (c == '\t' || c == '\n' || c == '\r') return false;
    if (detail::unicode::is_control(c)) return true;
    // Letters of Vietnamese, and nearly all else that is written.
    if (c < 0xAD || (c > 0xAD && c < 0x34F) || (c >= 0x1E00 && c < 0x200B)) return false;
    struct range {
        char32_t first, last;
    };
    // Bidirectional controls (UAX #9) and Default_Ignorable_Code_Point (Unicode 15), with the line
    // and paragraph separators, which end a line for some tools and not for others. Ascending.
    static constexpr range ranges[] = {
        {0x00AD, 0x00AD},   {0x034F, 0x034F}, {0x061C, 0x061C},   {0x115F, 0x1160},
        {0x17B4, 0x17B5},   {0x180B, 0x180F}, {0x200B, 0x200F},   {0x2028, 0x202E},
        {0x2060, 0x206F},   {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
        {0xE0000, 0xE0FFF},
    };
    const auto* after =
        std::upper_bound(std::begin(ranges), std::end(ranges), c,
                         [](char32_t wanted, const range& r) { return wanted < r.first; });
    return after != std::begin(ranges) && c <= (after - 1)->last;
}

std::optional<id_flaw> first_id_flaw(std::string_view text, char also) noexcept {
    std::size_t place = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char plain = text[at];
        if (plain > ' ' && plain < '\x7F' && plain != also) {
            ++place;
            ++at;
            continue;
        }
        const decoded one = detail::unicode::decode(text, at);
        const char32_t c = one.code_point;
        ++place;
        const bool edge = at == 0 || at + one.length == text.size();
        if (!one.valid) return id_flaw{0xFFFD, place};
        if (detail::unicode::is_control(c) || is_invisible_control(c)) return id_flaw{c, place};
        if (c < 0x80 && also != '\0' && static_cast<char>(c) == also) return id_flaw{c, place};
        // Blanks that look like U+0020 but are another character part nothing that can be told.
        if (detail::unicode::is_blank(c) && (edge || c != ' ')) return id_flaw{c, place};
        at += one.length;
    }
    return std::nullopt;
}

std::string code_point_name(char32_t code_point) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string name = "U+";
    for (int shift = 20; shift >= 0; shift -= 4) {
        const auto digit = (static_cast<std::uint32_t>(code_point) >> shift) & 15u;
        if (digit == 0 && shift > 12 && name.size() == 2) continue;
        name += digits[digit];
    }
    return name;
}

std::string escape_controls(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const decoded one = decode_utf8(text, at);
        if (!one.valid)
            detail::unicode::append_escape(out, 'x', static_cast<unsigned char>(text[at]));
        else if (detail::unicode::is_control(one.code_point) ||
                 is_invisible_control(one.code_point))
            detail::unicode::append_escape(out, 'u', one.code_point);
        else
            out.append(text, at, one.length);
        at += one.length;
    }
    return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    // Optimal string alignment: insert, delete, replace, swap two neighbours. Cells further than
    // `limit` from the diagonal cannot matter, which makes it O(length × limit) for hostile lengths
    // too.
    const auto left = detail::unicode::code_points(a);
    const auto right = detail::unicode::code_points(b);
    const std::size_t rows = left.size();
    const std::size_t columns = right.size();
    const std::size_t gap = rows > columns ? rows - columns : columns - rows;
    if (gap > limit) return limit + 1;
    limit = std::min(limit, std::max(rows, columns));
    const std::size_t too_far = limit + 1;

    std::vector<std::size_t> before_last(columns + 1, too_far);
    std::vector<std::size_t> last(columns + 1, too_far);
    std::vector<std::size_t> row(columns + 1, too_far);
    for (std::size_t j = 0; j <= std::min(columns, limit); ++j) last[j] = j;
    for (std::size_t i = 1; i <= rows; ++i) {
        const std::size_t from = i > limit ? i - limit : 1;
        const std::size_t to = std::min(columns, i + limit);
        row[from - 1] = from == 1 && i <= limit ? i : too_far;
        std::size_t best = row[from - 1];
        for (std::size_t j = from; j <= to; ++j) {
            const bool same = left[i - 1] == right[j - 1];
            std::size_t cost = last[j - 1] + (same ? 0u : 1u);
            cost = std::min(cost, row[j - 1] + 1);
            if (j < i + limit) cost = std::min(cost, last[j] + 1);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                cost = std::min(cost, before_last[j - 2] + 1);
            row[j] = std::min(cost, too_far);
            best = std::min(best, row[j]);
        }
        if (to < columns) row[to + 1] = too_far;
        if (best > limit) return too_far;
        before_last.swap(last);
        last.swap(row);
    }
    return last[columns];
}

}  // namespace quytrinh
