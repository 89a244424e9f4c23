// SPDX-License-Identifier: BSL-1.0
// tests/language/laws.cpp: what must hold whatever the text, for those that write texts anew:
// format(format(x)) is format(x), the meaning and the comments stay, wrong lines are not touched;
// there and back is the same. QUYTRINH_COUNT and QUYTRINH_SEED run it longer and otherwise.
#include <quytrinh/language/format.hpp>
#include <quytrinh/language/translate.hpp>

#include "../support/text_laws.hpp"
#include "../support/text_maker.hpp"

#include <quytrinh/language/keywords.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;
using quytrinh_tests::count_of;
using quytrinh_tests::dice;
using quytrinh_tests::seed_or;
using quytrinh_tests::stride_of;
namespace fs = std::filesystem;

namespace {

struct file {
    std::string name, text;
};

std::vector<file> files_of(const fs::path& folder) {
    std::vector<file> out;
    for (const auto& one : fs::recursive_directory_iterator(folder)) {
        if (!one.is_regular_file() || one.path().extension() != ".quytrinh") continue;
        std::ifstream in(one.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        out.push_back({one.path().lexically_relative(folder).string(), bytes.str()});
    }
    std::sort(out.begin(), out.end(), [](const file& a, const file& b) { return a.name < b.name; });
    return out;
}
std::vector<file> bundled_files() { return files_of(QUYTRINH_PROCEDURES_DIR); }
std::vector<file> golden_files() { return files_of(fs::path(QUYTRINH_TESTS_DIR) / "golden"); }

void lawful(const file& one) {
    const std::string broken = text_laws::of_format(one.text);
    CHECK_MESSAGE(broken.empty(), one.name << ": " << broken << "\n" << one.text);
}
void translatable(const file& one) {
    const std::string broken = text_laws::of_translate(one.text);
    CHECK_MESSAGE(broken.empty(), one.name << ": " << broken << "\n" << one.text);
}

}  // namespace

TEST_CASE("the texts that ship are laid out as the formatter does it") {
    const auto all = bundled_files();
    CHECK(all.size() >= 7);
    for (const file& one : all) {
        lawful(one);
        const auto out = format(one.text);
        REQUIRE(out);
        CHECK_MESSAGE(out->text == one.text, one.name << " should read:\n" << out->text);
        CHECK(out->left.empty());
    }
}

TEST_CASE("every file of the golden tests, right or wrong, obeys the laws") {
    const auto all = golden_files();
    CHECK(all.size() > 500);
    for (std::size_t i = 0; i < all.size(); i += stride_of(1)) {
        lawful(all[i]);
        translatable(all[i]);
    }
}

TEST_CASE("the texts that ship can be translated there and back") {
    for (const file& one : bundled_files()) {
        translatable(one);
        const bool english = one.text.starts_with("procedure");
        const auto there = translate(one.text, english ? dialect::vi : dialect::en);
        REQUIRE(there);
        CHECK(*there != one.text);
        const auto back = translate(*there, english ? dialect::en : dialect::vi);
        REQUIRE(back);
        CHECK(*back == one.text);
    }
}

TEST_CASE("generated procedures obey the laws, and come out the same after careless typing") {
    const std::uint64_t seed = seed_or(20'231'211);
    INFO("QUYTRINH_SEED=" << seed);
    dice d{seed};
    for (std::size_t i = 0; i < count_of(60); ++i) {
        const file made{"generated " + std::to_string(i), text_maker::procedure_text{d}.make()};
        const parsed read = text_laws::read(made.text);
        REQUIRE_MESSAGE(read.ok(), render(read.diagnostics, read.sources, language::en)
                                       << made.text);
        lawful(made);
        translatable(made);
        const auto plain = format(made.text);
        REQUIRE(plain);
        CHECK_MESSAGE(plain->text == made.text, plain->text << "\n--- from:\n" << made.text);
        for (int k = 0; k < 3; ++k) {
            const std::string worse = text_maker::damaged(made.text, d);
            const auto mended = format(worse);
            REQUIRE_MESSAGE(mended, worse);
            CHECK_MESSAGE(mended->text == plain->text, worse << "\n--- gives:\n" << mended->text);
            CHECK(mended->left.empty());
        }
    }
}

TEST_CASE("the texts that ship come out the same after careless typing") {
    const std::uint64_t seed = seed_or(42);
    INFO("QUYTRINH_SEED=" << seed);
    dice d{seed};
    for (const file& one : bundled_files()) {
        for (std::size_t k = 0; k < count_of(2); ++k) {
            const std::string worse = text_maker::damaged(one.text, d);
            const auto mended = format(worse);
            REQUIRE_MESSAGE(mended, one.name);
            CHECK_MESSAGE(mended->text == one.text, one.name << ":\n" << mended->text);
        }
    }
}

TEST_CASE("texts with changes in any place obey the laws") {
    const std::uint64_t seed = seed_or(7);
    INFO("QUYTRINH_SEED=" << seed);
    dice d{seed};
    std::vector<file> all = golden_files();
    for (std::size_t i = 0; i < count_of(300); ++i) {
        const bool make = d.one_in(3);
        const std::string from =
            make ? text_maker::procedure_text{d}.make() : all[d.below(all.size())].text;
        const file one{"mutant " + std::to_string(i), text_maker::mutated(from, d)};
        lawful(one);
        translatable(one);
    }
}
