// SPDX-License-Identifier: BSL-1.0
// tests/check/overlaps.cpp: lines with conditions on one field, drawn at random: that they overlap,
// never hold or are taken before is said exactly where counting through a small domain finds it.
#include <quytrinh/check/check.hpp>

#include "support/condition_laws.hpp"
#include "support/seeded.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quytrinh;

namespace {

/// One comparison of one of the fields with a closed, or a small, domain.
std::string comparison_of(std::size_t field, quytrinh_tests::dice& d) {
    static const char* const orders[] = {"là",      "khác",    "lớn hơn",
                                         "nhỏ hơn", "ít nhất", "nhiều nhất"};
    const auto number = [&] { return std::to_string(d.below(6)); };
    switch (field) {
    case 0: return std::string("\"Số\" trong BM ") + orders[d.below(6)] + " " + number();
    case 1:
        return std::string("\"Ngày\" ") + orders[d.below(6)] + " 0" +
               std::to_string(1 + d.below(6)) + "/12/2026";
    case 2: return std::string("\"Gấp\" là ") + (d.one_in(2) ? "có" : "không");
    case 3: {
        static const char* const words[] = {"\"A\"", "\"B\"", "\"C\""};
        if (d.one_in(3))
            return std::string("\"Loại\" có trong ") + words[d.below(3)] + ", " + words[d.below(3)];
        return std::string("\"Loại\" ") + orders[d.below(2)] + " " + words[d.below(3)];
    }
    default:
        return std::string("\"Mục\" ") + orders[d.below(2)] +
               (d.one_in(2) ? " \"Một\"" : " \"Hai\"");
    }
}

std::string line_of(std::size_t field, quytrinh_tests::dice& d) {
    const std::size_t parts = 1 + d.below(3);
    const char* const between = d.one_in(2) ? " và " : " hoặc ";
    std::string out;
    for (std::size_t i = 0; i < parts; ++i) {
        std::string one = comparison_of(field, d);
        if (d.one_in(5)) one = "không (" + one + ")";
        if (parts > 1) one = "(" + one + ")";
        out += (i == 0 ? "" : between) + one;
    }
    return out;
}

}  // namespace

TEST_CASE("lines overlap where counting through says so, and nowhere else") {
    const std::uint64_t seed = quytrinh_tests::seed_or(20261122);
    std::size_t judged = 0, overlapping = 0;
    const std::size_t rounds = quytrinh_tests::count_of(400);
    for (std::size_t i = 0; i < rounds; ++i) {
        quytrinh_tests::dice d(seed + i);
        const std::size_t field = i % 5;
        std::vector<std::string> lines;
        for (std::size_t k = 0, most = 2 + d.below(3); k < most; ++k)
            lines.push_back(line_of(field, d));
        const std::string text = condition_laws::procedure_with(lines);
        INFO(seed << " " << i << "\n" << text);
        const parsed read = parse("dieu-kien.quytrinh", text);
        REQUIRE(read.definition);
        const step* at = read.definition->find_step("2");
        REQUIRE(at != nullptr);
        const diagnostic_list found = check(*read.definition);
        judged += found.ok() ? 1 : 0;
        for (const diagnostic& one : found.items)
            overlapping += one.code == diag::conditions_overlap ? 1 : 0;
        const std::string broken = condition_laws::overlaps_of(*read.definition, *at);
        CHECK_MESSAGE(broken.empty(), broken);
    }
    CHECK(judged > rounds / 2);
    CHECK(overlapping > rounds / 20);
}
