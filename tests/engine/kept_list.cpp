// SPDX-License-Identifier: BSL-1.0
// tests/engine/kept_list.cpp: a list that grows at one end and that copies share.
#include <quytrinh/engine/kept_list.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using quytrinh::kept_list;

namespace {

kept_list<std::string> numbered(std::size_t count) {
    kept_list<std::string> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(std::to_string(i));
    return made;
}

}  // namespace

TEST_CASE("entries stand in the order they were added, across blocks") {
    for (const std::size_t count : {0u, 1u, 31u, 32u, 33u, 64u, 65u, 1000u}) {
        CAPTURE(count);
        const auto list = numbered(count);
        CHECK(list.size() == count);
        CHECK(list.empty() == (count == 0));
        std::size_t seen = 0;
        for (const auto& entry : list) CHECK(entry == std::to_string(seen++));
        CHECK(seen == count);
        for (std::size_t i = 0; i < count; ++i) CHECK(list[i] == std::to_string(i));
        if (count > 0) CHECK(list.back() == std::to_string(count - 1));
    }
    const auto list = numbered(300);
    CHECK(std::count(list.begin(), list.end(), "299") == 1);
}

TEST_CASE("what is added to a copy is not in the other, wherever a block ends") {
    for (const std::size_t count : {0u, 1u, 31u, 32u, 33u, 63u, 64u}) {
        CAPTURE(count);
        const auto before = numbered(count);
        auto one = before;
        auto other = before;
        one.push_back("one");
        other.push_back("other");
        other.push_back("more");
        CHECK(before == numbered(count));
        CHECK(one.size() == count + 1);
        CHECK(one.back() == "one");
        CHECK(other.size() == count + 2);
        CHECK(other[count] == "other");
        CHECK_FALSE(one == other);
        CHECK_FALSE(one == before);
    }
}

TEST_CASE("copies share their entries") {
    const auto list = numbered(300);
    const auto copy = list;
    for (std::size_t i = 0; i < list.size(); ++i) CHECK(&list[i] == &copy[i]);
}

TEST_CASE(
    "an entry that is changed is changed in this list alone, in the last block and in full ones") {
    for (const std::size_t at : {0u, 31u, 32u, 255u, 288u, 299u}) {
        CAPTURE(at);
        auto list = numbered(300);
        const auto before = list;
        list.edit(at) = "changed";
        CHECK(list[at] == "changed");
        CHECK(before == numbered(300));
        for (std::size_t i = 0; i < list.size(); ++i)
            if (i != at) CHECK(&list[i] == &before[i]);
        // What is its own already is changed where it is.
        const auto* mine = &list[at];
        list.edit(at) = "again";
#if !defined(__SANITIZE_THREAD__)
        CHECK(&list[at] == mine);
#endif
        CHECK(list[at] == "again");
    }
}

TEST_CASE("a list reads backwards too") {
    const auto list = numbered(130);
    std::size_t left = list.size();
    for (auto at = list.rbegin(); at != list.rend(); ++at) CHECK(*at == std::to_string(--left));
    CHECK(left == 0);
    CHECK(list.front() == "0");
}

TEST_CASE("lists are equal when their entries are, shared or not") {
    CHECK(numbered(300) == numbered(300));
    auto other = numbered(299);
    other.push_back("x");
    CHECK_FALSE(numbered(300) == other);
    auto early = kept_list<std::string>{};
    early.push_back("x");
    for (std::size_t i = 1; i < 300; ++i) early.push_back(std::to_string(i));
    CHECK_FALSE(numbered(300) == early);
}
