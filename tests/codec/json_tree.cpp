// SPDX-License-Identifier: BSL-1.0
// tests/codec/json_tree.cpp
#include <quytrinh/codec/json_tree.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace quytrinh;

TEST_CASE("what is read is what was written, member by member") {
    const std::string text =
        R"({"b":[1,-2,18446744073709551615],"a":{"t":true,"n":null},"s":"Đề nghị"})";
    const auto tree = read_json(text).value();
    CHECK_EQ(to_json(tree), text);
    REQUIRE(tree.find("b") != nullptr);
    const auto* numbers = tree.find("b")->get_if<json_tree::list>();
    REQUIRE(numbers != nullptr);
    CHECK_EQ(*(*numbers)[1].get_if<std::int64_t>(), -2);
    CHECK_EQ(*(*numbers)[2].get_if<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
    CHECK(tree.find("c") == nullptr);
    CHECK((*numbers)[0].find("b") == nullptr);
}

TEST_CASE("trees are equal whatever the order of members, not of items") {
    const auto a = read_json(R"({"x":1,"y":[1,2]})").value();
    CHECK(a == read_json(R"({"y":[1,2],"x":1})").value());
    CHECK_FALSE(a == read_json(R"({"y":[2,1],"x":1})").value());
    CHECK_FALSE(a == read_json(R"({"x":1})").value());
    CHECK_FALSE(a == read_json(R"({"x":1,"y":[1,2],"z":null})").value());
    CHECK_FALSE(read_json("[]").value() == read_json("{}").value());
}

TEST_CASE("fractions, repetitions, depth, size and bytes that are no UTF-8 are refused") {
    const std::string deep = std::string(30, '[') + std::string(30, ']');
    for (const std::string& text :
         {std::string{}, std::string{"1.5"}, std::string{"[1e3]"}, std::string{R"({"a":1,"a":2})"},
          std::string{"{} {}"}, std::string{"\"\xff\""}, std::string{"[1,]"}, deep}) {
        const auto read = read_json(text);
        INFO(text);
        REQUIRE_FALSE(read);
        CHECK_EQ(read.error().code, errc::bad_json);
    }
    const auto huge = read_json(std::string(std::size_t{9} << 20, ' '));
    REQUIRE_FALSE(huge);
    CHECK_EQ(huge.error().code, errc::limit_exceeded);
}
