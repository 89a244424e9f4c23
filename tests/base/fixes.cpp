// SPDX-License-Identifier: BSL-1.0
// tests/base/fixes.cpp: which safe fixes go into a text together, and where they stood.
#include <quytrinh/base/fixes.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quytrinh;

namespace {

text_edit edit(std::uint32_t begin, std::uint32_t end, std::string text, std::uint32_t file = 0) {
    return {{file, {begin, end}}, std::move(text)};
}

diagnostic finding(std::vector<text_edit> edits, bool safe = true, std::uint16_t code = 1003) {
    diagnostic out;
    out.code = code;
    out.where = edits.empty() ? place{} : edits.front().where;
    out.fix = text_fix{safe, std::move(edits)};
    return out;
}

diagnostic_list all(std::vector<diagnostic> items) {
    diagnostic_list out;
    for (diagnostic& one : items) out.add(std::move(one));
    return out;
}

}  // namespace

TEST_CASE("safe fixes go in together, others stay out") {
    const auto done = apply_safe_fixes(
        "một\nhai ba", all({finding({edit(10, 12, "BA")}), finding({edit(0, 5, "MOT")}, false),
                            finding({edit(6, 9, "HAI")}, true, 1002)}));
    CHECK(done.text == "một\nHAI BA");
    REQUIRE(done.applied.size() == 2);
    CHECK(done.applied[0].at == 6);
    CHECK(done.applied[0].what.code == 1002);
    CHECK(done.applied[1].at == 10);
    CHECK(done.rounds == 1);
}

TEST_CASE("a text without safe fixes stays as it is, byte for byte") {
    const std::string text =
        "\xEF\xBB\xBF"
        "một\r\nhai\rba";
    CHECK(apply_safe_fixes(text, diagnostic_list{}).text == text);
    CHECK(apply_safe_fixes(text, all({finding({})})).applied.empty());
    CHECK(apply_safe_fixes("", all({finding({edit(0, 0, "x")})})).text == "x");
}

// `check --fix` once put a line of the language before a document of a word processor and took its
// control characters out, which no program could open again.
TEST_CASE("what is no text is left as it is, whatever is safe to do to a text") {
    using namespace std::string_literals;
    for (const std::string& bytes : {"PK\x03\x04\0ab"s, "Quy tr\xECnh"s, "a\0"s}) {
        CAPTURE(bytes);
        const auto done = apply_safe_fixes(bytes, all({finding({edit(0, 0, "x")})}));
        CHECK(done.text == bytes);
        CHECK(done.applied.empty());
        const auto judge = [&](std::string_view) { return all({finding({edit(0, 1, "")})}); };
        const auto again = apply_safe_fixes(bytes, judge);
        CHECK(again.text == bytes);
        CHECK(again.rounds == 1);
    }
    CHECK(apply_safe_fixes("PK\x03\x04", all({finding({edit(2, 4, "")})})).text == "PK");
}

TEST_CASE("of two fixes that overlap the one that was found first goes in") {
    const auto done =
        apply_safe_fixes("abcdef", all({finding({edit(1, 4, "X")}), finding({edit(3, 5, "Y")}),
                                        finding({edit(0, 6, "Z")}), finding({edit(2, 2, "!")})}));
    CHECK(done.text == "aXef");
    CHECK(done.applied.size() == 1);
}

TEST_CASE("edits that touch go in together; two at one place do not") {
    CHECK(apply_safe_fixes("abcd", all({finding({edit(2, 4, "Y")}), finding({edit(0, 2, "X")})}))
              .text == "XY");
    CHECK(apply_safe_fixes("ab", all({finding({edit(1, 1, "1")}), finding({edit(1, 1, "2")})}))
              .text == "a1b");
    CHECK(apply_safe_fixes("ab", all({finding({edit(1, 1, "1")}), finding({edit(1, 2, "B")})}))
              .text == "a1b");
}

TEST_CASE("a fix goes in whole or not at all") {
    const auto done = apply_safe_fixes(
        "(a) (b)", all({finding({edit(0, 1, "[")}), finding({edit(4, 5, "["), edit(0, 1, "{")}),
                        finding({edit(6, 7, "]"), edit(4, 5, "<")})}));
    CHECK(done.text == "[a) <b]");
    CHECK(done.applied.size() == 2);
}

TEST_CASE("only the file itself is written, never what it imports") {
    const diagnostic_list found =
        all({finding({edit(0, 1, "X", 1)}), finding({edit(1, 2, "Y"), edit(0, 1, "Z", 2)}),
             finding({edit(2, 3, "C")})});
    CHECK(apply_safe_fixes("abc", found).text == "abC");
    CHECK(apply_safe_fixes("abc", found, 1).text == "Xbc");
}

TEST_CASE("an edit that does not lie in the text is no edit") {
    CHECK(apply_safe_fixes("abc", all({finding({edit(2, 9, "X")}), finding({edit(9, 9, "X")}),
                                       finding({edit(2, 1, "X")})}))
              .text == "abc");
    CHECK(apply_safe_fixes("abc", all({finding({edit(3, 3, "d")})})).text == "abcd");
}

TEST_CASE("a line that is put in ends as the lines of the file do") {
    // A file of Windows that got its first line by a fix had two kinds of line ends.
    const diagnostic_list found =
        all({finding({edit(0, 0, "một\n")}), finding({edit(3, 3, "\r\n")})});
    CHECK(apply_safe_fixes("a\r\nb\n", found).text == "một\r\na\r\n\r\nb\n");
    CHECK(apply_safe_fixes("a\nbc\r\n", found).text == "một\na\nb\r\nc\r\n");
}

TEST_CASE("rounds go on while a fix brings another to light, and tell where each stood at first") {
    // "b" becomes "bb" at first; then each "x" is removed; "!" comes last.
    const auto judge = [](std::string_view text) {
        diagnostic_list out;
        const auto at = [&](std::string_view what) {
            return static_cast<std::uint32_t>(text.find(what));
        };
        if (text.find("bb") == std::string_view::npos) {
            out.add(finding({edit(at("b"), at("b") + 1, "bb")}, true, 1));
        } else if (text.find('x') != std::string_view::npos) {
            out.add(finding({edit(at("x"), at("x") + 1, "")}, true, 2));
        } else if (text.back() != '!') {
            const auto end = static_cast<std::uint32_t>(text.size());
            out.add(finding({edit(end, end, "!")}, true, 3));
        }
        return out;
    };
    const auto done = apply_safe_fixes(std::string("abcxdx"), judge);
    CHECK(done.text == "abbcd!");
    CHECK(done.rounds == 5);
    REQUIRE(done.applied.size() == 4);
    CHECK(done.applied[0].at == 1);
    CHECK(done.applied[1].at == 3);
    CHECK(done.applied[2].at == 5);
    CHECK(done.applied[3].at == 5);
}

TEST_CASE("fixes that never come to an end are stopped") {
    unsigned asked = 0;
    const auto judge = [&](std::string_view) {
        ++asked;
        return all({finding({edit(0, 0, "x")}, true, static_cast<std::uint16_t>(asked))});
    };
    const auto done = apply_safe_fixes(std::string("a"), judge, 7);
    CHECK(done.text == "xxxxxxa");
    CHECK(done.rounds == 7);
    CHECK(asked == 7);
}

TEST_CASE("a fix that leaves its mistake, or makes more of them, is not put in") {
    // Words of a line that was not understood were mended, and then nobody understood the next.
    const auto judge = [](std::string_view text) {
        diagnostic_list out;
        const auto end = static_cast<std::uint32_t>(text.size());
        for (std::uint32_t at = 0; at < end; ++at) {
            if (text[at] == 'a') out.add(finding({edit(at, at + 1, "a")}, true, 1));
            if (text[at] == 'b') out.add(finding({edit(at, at + 1, "bb")}, true, 2));
            if (text[at] == 'c') out.add(finding({edit(at, at + 1, "-")}, true, 3));
        }
        return out;
    };
    const auto done = apply_safe_fixes(std::string("a\nb\nc\nc"), judge);
    CHECK(done.text == "a\nb\n-\n-");
    REQUIRE(done.applied.size() == 2);
    CHECK(done.applied[1].at == 6);
}

TEST_CASE("a line that nobody understands is not mended in part") {
    diagnostic_list found = all({finding({edit(0, 1, "A")}), finding({edit(4, 5, "B")})});
    diagnostic unknown = finding({}, false, 1001);
    unknown.level = severity::error;
    unknown.fix.reset();
    unknown.where = {0, {2, 3}};
    found.add(unknown);
    CHECK(apply_safe_fixes("a x\nb\n", found).text == "a x\nB\n");
    // A name that means nothing stands in a line that was read.
    found.items.back().code = 2001;
    CHECK(apply_safe_fixes("a x\nb\n", found).text == "A x\nB\n");
}
