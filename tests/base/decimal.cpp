// SPDX-License-Identifier: BSL-1.0
// tests/base/decimal.cpp: exact decimals at and past their edges.
#include <quytrinh/base/decimal.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <vector>

using namespace quytrinh;

namespace {
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
constexpr auto largest = std::numeric_limits<std::int64_t>::max();
}  // namespace

TEST_CASE("lowest terms: equal numbers have equal members") {
    CHECK(decimal::of(250, 3) == decimal{25, 2});
    CHECK(decimal::of(100, 2) == decimal{1, 0});
    CHECK(decimal::of(1000) == decimal{1000, 0});
    CHECK(decimal::of(0, 9) == decimal{});
    CHECK(decimal::of(-50, 1) == decimal{-5, 0});
    CHECK(decimal::of(smallest, 18) == decimal{smallest, 18});
}

TEST_CASE("a scale past 18 is rounded half away from zero") {
    CHECK(decimal::of(14, 19) == decimal{1, 18});
    CHECK(decimal::of(15, 19) == decimal{2, 18});
    CHECK(decimal::of(-15, 19) == decimal{-2, 18});
    CHECK(decimal::of(149, 20) == decimal{1, 18});
    CHECK(decimal::of(largest, 255) == decimal{});
}

TEST_CASE("reading") {
    CHECK(decimal::read("0") == decimal{});
    CHECK(decimal::read("-0,0") == decimal{});
    CHECK(decimal::read("03") == decimal{3, 0});
    CHECK(decimal::read("0,25") == decimal{25, 2});
    CHECK(decimal::read("-12,5") == decimal{-125, 1});
    CHECK(decimal::read("12.5", '.') == decimal{125, 1});
    CHECK(decimal::read("10,0") == decimal{10, 0});
    CHECK(decimal::read("9223372036854775807") == decimal{largest, 0});
    CHECK(decimal::read("-9223372036854775808") == decimal{smallest, 0});
    CHECK(decimal::read("0,000000000000000001") == decimal{1, 18});
    CHECK(decimal::read("1,50000000000000000000000000000") == decimal{15, 1});
    for (const char* wrong : {"",
                              "-",
                              ",",
                              ",5",
                              "5,",
                              "1,2,3",
                              "1.5",
                              "+1",
                              "--1",
                              " 1",
                              "1 ",
                              "1e3",
                              "0x10",
                              "٣",
                              "−1",
                              "9223372036854775808",
                              "-9223372036854775809",
                              "0,0000000000000000001",
                              "99999999999999999999999",
                              "18446744073709551616",
                              "92233720368547758,08 "}) {
        CAPTURE(wrong);
        CHECK_FALSE(decimal::read(wrong));
    }
}

TEST_CASE("printing is the reverse of reading") {
    CHECK(decimal{}.text() == "0");
    CHECK(decimal{25, 2}.text() == "0,25");
    CHECK(decimal{-5, 1}.text() == "-0,5");
    CHECK(decimal{125, 1}.text('.') == "12.5");
    CHECK(decimal{smallest, 0}.text() == "-9223372036854775808");
    CHECK(decimal{smallest, 18}.text() == "-9,223372036854775808");
    CHECK(decimal{1, 18}.text() == "0,000000000000000001");
    for (const std::int64_t mantissa :
         {smallest, smallest + 1, std::int64_t{-1}, std::int64_t{7}, largest})
        for (std::uint8_t scale = 0; scale <= 18; ++scale) {
            const decimal number = decimal::of(mantissa, scale);
            CHECK(decimal::read(number.text()) == number);
        }
}

TEST_CASE("a product is rounded half away from zero, and refused when it does not fit") {
    CHECK(decimal{25, 2}.times(8) == 2);
    CHECK(decimal{5, 1}.times(1) == 1);
    CHECK(decimal{-5, 1}.times(1) == -1);
    CHECK(decimal{5, 1}.times(-1) == -1);
    CHECK(decimal{49, 2}.times(1) == 0);
    CHECK(decimal{-49, 2}.times(1) == 0);
    CHECK(decimal{15, 1}.times(28'800'000'000) == 43'200'000'000);
    CHECK(decimal{largest, 0}.times(1) == largest);
    CHECK(decimal{smallest, 0}.times(1) == smallest);
    CHECK_FALSE(decimal{smallest, 0}.times(-1));
    CHECK_FALSE(decimal{largest, 0}.times(2));
    CHECK(decimal{largest, 18}.times(1'000'000'000'000'000'000) == largest);
    CHECK(decimal{largest, 18}.times(largest) == std::nullopt);
    CHECK(decimal{largest, 1}.times(10) == largest);
    CHECK(decimal{1, 18}.times(largest) == 9);
    CHECK(decimal{0, 0}.times(smallest) == 0);
}

TEST_CASE("order is that of the numbers, whatever their scales") {
    const std::vector<decimal> ascending{{smallest, 0}, {smallest, 1}, {-10, 0},    {-95, 1},
                                         {-1, 0},       {-1, 18},      {0, 0},      {1, 18},
                                         {1, 1},        {11, 2},       {1, 0},      {largest, 18},
                                         {10, 0},       {largest, 1},  {largest, 0}};
    for (std::size_t i = 0; i < ascending.size(); ++i)
        for (std::size_t j = 0; j < ascending.size(); ++j) {
            CAPTURE(ascending[i].text());
            CAPTURE(ascending[j].text());
            CHECK((ascending[i] <=> ascending[j]) == (i <=> j));
        }
}
