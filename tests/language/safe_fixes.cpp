// SPDX-License-Identifier: BSL-1.0
// tests/language/safe_fixes.cpp: what `check --fix` puts in never makes a text worse, and mends
// what it says it mends.
#include <quytrinh/base/fixes.hpp>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/parse.hpp>

#include "support/seeded.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE_MESSAGE(in, path.string());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

diagnostic_list judge(std::string_view text) {
    return parse("thu.quytrinh", std::string(text)).diagnostics;
}

/// Gives how many fixes went in.
std::size_t hold_to_it(const std::string& text) {
    const diagnostic_list before = judge(text);
    const fixed_text fixed = apply_safe_fixes(text, &judge);
    const diagnostic_list after = judge(fixed.text);
    INFO(fixed.text);
    CHECK(after.errors <= before.errors);
    if (fixed.applied.empty()) CHECK(fixed.text == text);
    // Nothing that could go in is left lying: a second run changes nothing.
    CHECK(apply_safe_fixes(fixed.text, &judge).applied.empty());
    return fixed.applied.size();
}

}  // namespace

TEST_CASE("no text of the catalogue gets worse by its safe fixes") {
    std::size_t mended = 0;
    for (const char* folder : {"diagnostics/bad", "check/bad", "check/unread/bad"})
        for (const auto& entry :
             fs::directory_iterator(fs::path(QUYTRINH_TESTS_DIR) / "golden" / folder)) {
            if (entry.path().extension() != ".quytrinh") continue;
            INFO(entry.path().filename().string());
            mended += hold_to_it(read_all(entry.path()));
        }
    CHECK(mended > 50);
}

TEST_CASE("whatever word of a real text is mistyped, its safe fixes make nothing worse") {
    std::size_t mended = 0;
    for (const char* name : {"QT.HTKH.03", "QT.HTKH.03.en"}) {
        const std::string text =
            read_all(fs::path(QUYTRINH_PROCEDURES_DIR) / (std::string(name) + ".quytrinh"));
        const std::size_t stride = quytrinh_tests::stride_of(7);
        std::size_t count = 0;
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t end = std::min(text.find_first_of(" \n", from), text.size());
            const std::string word = text.substr(from, end - from);
            const auto put = [&](const std::string& other) {
                INFO(name << ": " << word << " -> " << other);
                mended += hold_to_it(text.substr(0, from) + other + text.substr(end));
            };
            if (!word.empty() && ++count % stride == 0) {
                put(fold(word));         // without marks
                put(word + " " + word);  // twice
                put("");                 // left out
                put(word + ";");         // a sign of documents
                put("'" + word + "'");   // other quotes
                put(word.substr(0, 1));  // cut off
            }
            from = end + 1;
        }
    }
    CHECK(mended > 20);
}
