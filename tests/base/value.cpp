// SPDX-License-Identifier: BSL-1.0
// tests/base/value.cpp: what a field can hold, and that nothing turns into something else by
// itself.
#include <quytrinh/base/value.hpp>

#include <doctest/doctest.h>

using namespace quytrinh;

TEST_CASE("an empty value is not an empty string") {
    CHECK(value{}.empty());
    CHECK_FALSE(value{""}.empty());
    CHECK_FALSE(value{} == value{""});
}

TEST_CASE("each kind keeps its kind") {
    CHECK(*value{"chữ"}.get_if<std::string>() == "chữ");
    CHECK(*value{decimal::of(25, 2)}.get_if<decimal>() == decimal{25, 2});
    CHECK(*value::yes_no(true).get_if<bool>());
    CHECK(value{"true"}.get_if<bool>() == nullptr);
    CHECK(value{std::vector<std::string>{"a", "b"}}.get_if<std::vector<std::string>>()->size() ==
          2);
    const value rows{value_rows{{value{"x"}, value{}}, {value{"y"}, value::yes_no(false)}}};
    CHECK(rows.get_if<value_rows>()->at(1).at(1) == value::yes_no(false));
    CHECK(rows.get_if<std::string>() == nullptr);
}

TEST_CASE("values compare by kind and content") {
    CHECK(value{decimal::of(10, 1)} == value{decimal::of(1)});
    CHECK_FALSE(value{"1"} == value{decimal::of(1)});
    CHECK_FALSE(value::yes_no(false) == value{});
}
