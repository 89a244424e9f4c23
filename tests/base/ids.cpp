// SPDX-License-Identifier: BSL-1.0
// tests/base/ids.cpp: two kinds of id never meet.
#include <quytrinh/base/ids.hpp>

#include <doctest/doctest.h>

#include <set>
#include <type_traits>
#include <unordered_set>

using namespace quytrinh;

static_assert(!std::is_convertible_v<case_id, command_id>);
static_assert(!std::is_constructible_v<case_id, command_id>);
static_assert(!std::is_convertible_v<std::string, case_id>,
              "a string is no id until someone says so");

TEST_CASE("an id is its text") {
    CHECK(case_id{}.empty());
    CHECK(case_id{"a"}.str() == "a");
    CHECK(case_id{"a"} == case_id{std::string{"a"}});
    CHECK(case_id{"a"} != case_id{"b"});
}

TEST_CASE("ids are ordered by bytes and can be keys") {
    const std::set<case_id> ordered{case_id{"b"}, case_id{"a"}, case_id{"Đ"}, case_id{"a"}};
    CHECK(ordered.size() == 3);
    CHECK(ordered.begin()->str() == "a");
    CHECK(ordered.rbegin()->str() == "Đ");
    const std::unordered_set<command_id> hashed{command_id{"x"}, command_id{"x"}, command_id{"y"}};
    CHECK(hashed.size() == 2);
}
