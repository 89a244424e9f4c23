// SPDX-License-Identifier: BSL-1.0
// tests/base/unicode.cpp: strict UTF-8, NFC and its short way, widths, and what a reader cannot
// see.
#include <quytrinh/base/unicode.hpp>

#include <utf8proc.h>

#include "support/seeded.hpp"

#include <doctest/doctest.h>

#include <quytrinh/base/impl/common_utf8.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace quytrinh;
using quytrinh_tests::stride_of;

namespace {
std::string utf8(char32_t c) {
    std::string out;
    append_utf8(out, c);
    return out;
}
/// NFC without any short way.
std::string plain_nfc(const std::string& text) {
    utf8proc_uint8_t* raw = nullptr;
    const auto length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                     static_cast<utf8proc_ssize_t>(text.size()), &raw,
                     static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    std::string out(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length));
    std::free(raw);
    return out;
}
bool is_code_point(char32_t c) { return c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF); }
/// Full-matrix optimal string alignment, as the textbook has it.
std::size_t slow_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1,
                                d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}
}  // namespace

TEST_CASE("every code point is written and read back; nothing else is read") {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (!is_code_point(c)) continue;
        const std::string bytes = utf8(c);
        const decoded one = decode_utf8(bytes, 0);
        if (!one.valid || one.code_point != c || one.length != bytes.size())
            FAIL(static_cast<unsigned>(c));
    }
    CHECK(utf8(0xD800) == utf8(0xFFFD));
    CHECK(utf8(0x110000) == utf8(0xFFFD));
}

TEST_CASE("what a short look finds plain is well-formed, in NFC and seen, byte by byte") {
    namespace own = quytrinh::detail::unicode;
    const auto judge = [](const std::string& text) {
        if (!own::is_plain_text(text, '!')) return;
        if (first_ill_formed(text) || text != plain_nfc(text) || first_id_flaw(text))
            FAIL(escape_controls(text));
    };
    for (unsigned a = 0; a < 0x100; ++a)
        for (unsigned b = 0; b < 0x100; ++b) {
            const std::string two{static_cast<char>(a), static_cast<char>(b)};
            judge(two);
            for (unsigned c = 0x7E; c < 0xC1; ++c) judge(two + static_cast<char>(c));
        }
    for (const auto* plain : {"", "ĐVTH", "nv-07", "P.HTKH/Ỹ", "ư"})
        CHECK(own::is_plain_text(plain, '!'));
    CHECK(own::is_plain_text("hai từ", ' '));
    for (const auto* other : {"hai từ", "a\n", "\x7F", "\u0300", "\u200B", "\xC3"})
        CHECK_FALSE(own::is_plain_text(other, '!'));
    CHECK_FALSE(own::is_plain_text("P/a", '!', '/'));
}

TEST_CASE("ill-formed bytes are found where they stand") {
    struct row {
        std::string_view bytes;
        std::size_t at;
    };
    for (const row& r : {
             row{"\x80", 0},
             row{"a\xFF", 1},
             row{"\xC0\x80", 0},
             row{"\xC1\xBF", 0},
             row{"\xE0\x80\x80", 0},
             row{"\xE0\x9F\xBF", 0},
             row{"\xED\xA0\x80", 0},
             row{"\xED\xBF\xBF", 0},
             row{"\xF0\x80\x80\x80", 0},
             row{"\xF4\x90\x80\x80", 0},
             row{"\xF5\x80\x80\x80", 0},
             row{"ngà\xC3", 4},
             row{"\xE1\xBB", 0},
             row{"x\xF0\x9F\x98", 1},
             row{"\xC3(", 0},
             row{"\xE1\xBB\xFF", 0},
             row{"\xFE", 0},
         }) {
        CAPTURE(r.bytes);
        REQUIRE(first_ill_formed(r.bytes));
        CHECK(*first_ill_formed(r.bytes) == r.at);
        CHECK(decode_utf8(r.bytes, r.at).length == 1);
    }
    CHECK_FALSE(first_ill_formed(""));
    CHECK_FALSE(first_ill_formed("Quy trình hỗ trợ khách hàng 漢 \U0001F600"));
    CHECK_FALSE(first_ill_formed(std::string_view("\0", 1)));
    CHECK_FALSE(decode_utf8("a", 1).valid);
}

TEST_CASE("ill-formed bytes are found wherever in a long text they stand") {
    // Sixteen bytes are judged at a time: each place of a fault among them, and of a code point
    // that lies across two of them, is one of these.
    const std::string_view filling[] = {"abcd", "à lố đỡ", "ệệệệ", "漢\U0001F600\uFEFF",
                                        "\u0800\uD7FF"};
    const std::string_view faults[] = {
        "\x80", "\xC0\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xC3", "\xE1\xBB", "\xF0\x9F\x98", "\xC3\xC3",     "\xFF"};
    for (const auto fill : filling) {
        for (std::size_t before = 0; before < 40; ++before) {
            std::string text(before % 17, 'x');
            while (text.size() < before) text += fill;
            for (const auto fault : faults) {
                std::string tail;
                for (int more = 0; more < 12; ++more) {
                    const std::string all = text + std::string{fault} + tail;
                    const auto found = first_ill_formed(all);
                    CAPTURE(all);
                    REQUIRE(found);
                    // Two beginnings: the first of them is the fault.
                    CHECK(*found == text.size());
                    CHECK_FALSE(first_ill_formed(text + tail));
                    tail += more % 2 == 0 ? "y" : "ỹ";
                }
            }
        }
    }
}

TEST_CASE(
    "NFC: the short way agrees with the long one for every code point beside a mark and a letter") {
    // All of them, unless only a part was asked for.
    const auto stride = static_cast<char32_t>(stride_of(1));
    for (char32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : stride) {
        if (!is_code_point(c)) continue;
        const std::string alone = "a" + utf8(c) + "e";
        if (to_nfc(alone) != plain_nfc(alone)) FAIL(static_cast<unsigned>(c));
        if (is_nfc(alone) != (plain_nfc(alone) == alone)) FAIL(static_cast<unsigned>(c));
    }
    for (char32_t c = 1; c < 0x3000; ++c) {
        const std::string marked = utf8(c) + "\u0300" + utf8(c) + "\u0323\u0302";
        if (to_nfc(marked) != plain_nfc(marked)) FAIL(static_cast<unsigned>(c));
    }
}

TEST_CASE("NFC of Vietnamese typed with combining marks") {
    CHECK(to_nfc("nga\u0300y") == "ngày");
    CHECK(to_nfc("bu\u031Bo\u031B\u0301c") ==
          "bướ"
          "c");
    CHECK(to_nfc("\u0110VTH") == "ĐVTH");
    // Not canonical equivalents: they stay what they are, and are told apart.
    CHECK(to_nfc("\u00D0") == "\u00D0");
    CHECK(to_nfc("hòa") != to_nfc("hoà"));
    CHECK(is_nfc("Thời hạn chậm nhất 03 ngày → bước 2"));
    CHECK_FALSE(is_nfc("nga\u0300y"));
    CHECK(to_nfc("a\xFF\xCC\x80") == "a\xFF\xCC\x80");
    CHECK_FALSE(is_nfc("\xFF"));
    CHECK(to_nfc(std::string_view("a\0b", 3)).size() == 3);
}

TEST_CASE("folding is for search: case, marks and the bar of đ are gone") {
    CHECK(fold("CHẬM NHẤT") == "cham nhat");
    CHECK(fold("Đơn vị") == "don vi");
    CHECK(fold("nga\u0300y") == "ngay");
    CHECK(fold("ABC xyz") == "abc xyz");
    CHECK(fold("ĐĐđ") == "ddd");
    CHECK(fold("\xFF") == "\xFF");
    CHECK(fold("").empty());
}

TEST_CASE("widths") {
    CHECK(cell_width('a') == 1);
    CHECK(cell_width(U'ậ') == 1);
    CHECK(cell_width(0x0300) == 0);
    CHECK(cell_width(U'漢') == 2);
    CHECK(cell_width(0x1F600) == 2);
    CHECK(text_width("ngày") == 4);
    CHECK(text_width("nga\u0300y") == 4);
    CHECK(text_width("\xFF") == 1);
    for (char32_t c = 0; c <= 0x10FFFF; ++c)
        if (is_code_point(c) && (cell_width(c) < 0 || cell_width(c) > 2))
            FAIL(static_cast<unsigned>(c));
}

TEST_CASE("letters and capitals") {
    for (const char32_t c : {U'A', U'Z', U'Đ', U'Ậ', U'Ơ', U'Ư'}) {
        CHECK(is_upper(c));
        CHECK(is_letter(c));
    }
    for (const char32_t c : {U'a', U'đ', U'ậ', U'漢'}) {
        CHECK_FALSE(is_upper(c));
        CHECK(is_letter(c));
    }
    for (const char32_t c : {U'0', U' ', U'.', char32_t{0x300}, U'“', char32_t{0x10FFFF}})
        CHECK_FALSE(is_letter(c));
}

TEST_CASE("what a reader cannot see is known: CVE-2021-42574 and its kin") {
    for (const char32_t c :
         {0x202Au, 0x202Bu, 0x202Cu, 0x202Du, 0x202Eu, 0x2066u,  0x2067u,  0x2068u, 0x2069u,
          0x200Eu, 0x200Fu, 0x061Cu, 0x200Bu, 0x200Cu, 0x200Du,  0x2060u,  0xFEFFu, 0x00ADu,
          0x034Fu, 0x3164u, 0xFE0Fu, 0x2028u, 0x2029u, 0xE0041u, 0xE0100u, 0x115Fu, 0xFFF9u,
          0x0000u, 0x0007u, 0x001Bu, 0x007Fu, 0x0085u, 0x009Fu}) {
        CAPTURE(static_cast<unsigned>(c));
        CHECK(is_invisible_control(c));
    }
    for (const char32_t c :
         {U'\t', U'\n', U'\r', U' ', U'a', U'ậ', char32_t{0x300}, char32_t{0x303}, U'“', U'…', U'→',
          U'漢', char32_t{0x10FFFF}, char32_t{0xA0}}) {
        CAPTURE(static_cast<unsigned>(c));
        CHECK_FALSE(is_invisible_control(c));
    }
}

TEST_CASE("what is escaped stays one line and readable") {
    CHECK(escape_controls("ngày → “x”") == "ngày → “x”");
    CHECK(escape_controls("a\nb\r\tc") == "a\\u{0A}b\\u{0D}\\u{09}c");
    CHECK(escape_controls("\u202E") == "\\u{202E}");
    CHECK(escape_controls("\xFF"
                          "a") == "\\x{FF}a");
    CHECK(escape_controls(std::string_view("\0", 1)) == "\\u{00}");
    CHECK(escape_controls("\xE1\xBB") == "\\x{E1}\\x{BB}");
    CHECK(escape_controls("\U000E0041") == "\\u{E0041}");
}

TEST_CASE("edit distance counts characters, knows swaps, and gives up in time") {
    CHECK(edit_distance("", "", 3) == 0);
    CHECK(edit_distance("chậm", "chậm", 0) == 0);
    CHECK(edit_distance("chậm", "châm", 2) == 1);
    CHECK(edit_distance("buoc", "bouc", 2) == 1);
    CHECK(edit_distance("abc", "", 5) == 3);
    CHECK(edit_distance("abc", "", 2) == 3);
    CHECK(edit_distance("abc", "xyz", 1) == 2);
    CHECK(edit_distance("a", "b", 0) == 1);
    CHECK(edit_distance("ab", "ba", static_cast<std::size_t>(-1)) == 1);
    const std::string x(100'000, 'x');
    const std::string y(100'000, 'y');
    CHECK(edit_distance(x, y, 3) == 4);
    CHECK(edit_distance(x, x, 3) == 0);
}

TEST_CASE("edit distance agrees with the textbook on every pair of short words") {
    std::vector<std::string> words{""};
    for (std::size_t i = 0; words[i].size() < 4; ++i)
        for (const char c : {'a', 'b', 'c'}) words.push_back(words[i] + c);
    for (const auto& a : words)
        for (const auto& b : words)
            for (std::size_t limit = 0; limit <= 5; ++limit) {
                const auto right = std::min(slow_distance(a, b), limit + 1);
                if (edit_distance(a, b, limit) != right) {
                    CAPTURE(a);
                    CAPTURE(b);
                    CAPTURE(limit);
                    CHECK(edit_distance(a, b, limit) == right);
                }
            }
}

TEST_CASE("what is in NFC already is neither changed nor copied") {
    for (std::string text : {std::string(100, 'a'), std::string("P.KẾ – Lãnh đạo đơn vị")}) {
        const std::string before = text;
        const char* where = text.data();
        make_nfc(text);
        CHECK(text == before);
        CHECK(text.data() == where);
    }
    std::string apart = "P.KE\u0302\u0301";
    make_nfc(apart);
    CHECK(apart == "P.KẾ");
    std::string broken = "a\xFF";
    make_nfc(broken);
    CHECK(broken == "a\xFF");
}

TEST_CASE("the first character that no id may have, with its place") {
    const auto flaw = [](std::string_view text, char also = '\0') {
        const auto found = first_id_flaw(text, also);
        return found ? code_point_name(found->code_point) + " " + std::to_string(found->place)
                     : std::string("none");
    };
    CHECK(flaw("") == "none");
    CHECK(flaw("P.KẾ/nv 01") == "none");
    CHECK(flaw("P.KẾ/nv01", '/') == "U+002F 5");
    CHECK(flaw(" a") == "U+0020 1");
    CHECK(flaw("a ") == "U+0020 2");
    CHECK(flaw(" ") == "U+0020 1");
    CHECK(flaw("Kế\u00A0toán") == "U+00A0 3");
    CHECK(flaw("ế\u200D") == "U+200D 2");
    CHECK(flaw("a\tb") == "U+0009 2");
    CHECK(flaw(std::string_view("a\0b", 3)) == "U+0000 2");
    CHECK(flaw("a\xFF") == "U+FFFD 2");
    CHECK(flaw("\U000E0001") == "U+E0001 1");
    CHECK(code_point_name(0x10FFFF) == "U+10FFFF");
    CHECK(code_point_name(0) == "U+0000");
}
