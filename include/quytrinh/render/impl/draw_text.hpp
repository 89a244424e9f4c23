// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/impl/draw_text.hpp: text for drawings: escaped for XML, and broken into lines by
// an estimate of its width. No font is measured, so that a drawing is the same everywhere; the
// estimate is for the widest of the usual sans-serif fonts.
#pragma once

#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::drawing {

/// Escapes for XML text and attributes. What XML cannot hold is shown as U+FFFD.
inline std::string xml(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t i = 0; i < text.size();) {
        const decoded c = decode_utf8(text, i);
        const char32_t p = c.code_point;
        const bool allowed = c.valid && (p >= 0x20 || p == '\t' || p == '\n' || p == '\r') &&
                             p != 0xfffe && p != 0xffff && !is_invisible_control(p);
        if (!allowed)
            out += "\xef\xbf\xbd";
        else if (p == '&')
            out += "&amp;";
        else if (p == '<')
            out += "&lt;";
        else if (p == '>')
            out += "&gt;";
        else if (p == '"')
            out += "&quot;";
        else if (p == '\'')
            out += "&#39;";
        else
            out += text.substr(i, c.length);
        i += std::max<std::size_t>(1, c.length);
    }
    return out;
}

/// Thousandths of the font size that a code point takes.
inline int milli_em(char32_t c) {
    switch (c) {
    case U' ': return 330;
    case U'i':
    case U'j':
    case U'l':
    case U'I':
    case U'.':
    case U',':
    case U':':
    case U';':
    case U'|':
    case U'\'':
    case U'!': return 320;
    case U'f':
    case U't':
    case U'r':
    case U'(':
    case U')':
    case U'-':
    case U'/':
    case U'"': return 420;
    case U'm':
    case U'w':
    case U'M':
    case U'W':
    case U'…':
    case U'→': return 960;
    default: break;
    }
    const int cells = cell_width(c);
    if (cells == 0) return 0;
    if (cells == 2) return 1040;
    return is_upper(c) ? 730 : 620;
}

/// Estimated width in pixels, rounded up.
inline int width_of(std::string_view text, int font_px, bool bold = false) {
    long milli = 0;
    for (std::size_t i = 0; i < text.size();) {
        const decoded c = decode_utf8(text, i);
        milli += c.valid ? milli_em(c.code_point) : 620;
        i += std::max<std::size_t>(1, c.length);
    }
    milli = milli * font_px * (bold ? 110 : 100) / 100;
    return static_cast<int>(std::min<long>((milli + 999) / 1000, 1'000'000));
}

/// Breaks into at most `most` lines of at most `width` pixels; what does not fit ends with `…`.
/// Words longer than a line are cut where they must be.
inline std::vector<std::string> wrap(std::string_view text, int width, int font_px, bool bold,
                                     std::size_t most) {
    std::vector<std::string> lines;
    std::string line;
    bool more = false;
    const auto fits = [&](const std::string& s) { return width_of(s, font_px, bold) <= width; };
    const auto flush = [&] {
        if (line.empty()) return true;
        if (lines.size() == most) return false;
        lines.push_back(std::move(line));
        line.clear();
        return true;
    };
    std::size_t i = 0;
    const auto blank = [&] {
        return text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r';
    };
    while (i < text.size() && !more) {
        while (i < text.size() && blank()) ++i;
        std::size_t begin = i;
        while (i < text.size() && !blank()) ++i;
        std::string word(text.substr(begin, i - begin));
        if (word.empty()) break;
        std::string longer = line.empty() ? word : line + ' ' + word;
        if (fits(longer)) {
            line = std::move(longer);
            continue;
        }
        more = !flush();
        while (!more && !fits(word)) {  // one word longer than a line
            std::size_t cut = 0;
            while (cut < word.size()) {
                const std::size_t next =
                    cut + std::max<std::size_t>(1, decode_utf8(word, cut).length);
                if (cut > 0 && !fits(word.substr(0, next))) break;
                cut = next;
            }
            line = word.substr(0, cut);
            word.erase(0, cut);
            more = !flush();
        }
        if (!more) line = std::move(word);
    }
    if (!flush()) more = true;
    if (more && !lines.empty()) {
        std::string& last = lines.back();
        while (!last.empty() && !fits(last + "…")) {
            std::size_t cut = last.size() - 1;
            while (cut > 0 && (static_cast<unsigned char>(last[cut]) & 0xc0u) == 0x80u) --cut;
            last.erase(cut);
        }
        last += "…";
    }
    return lines;
}

}  // namespace quytrinh::detail::drawing
