// SPDX-License-Identifier: BSL-1.0
// tests/engine/command.cpp: the stable names of commands.
#include <quytrinh/engine/command.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

using namespace quytrinh;

namespace {
template <std::size_t I = 0>
void names(std::set<std::string_view>& all) {
    if constexpr (I < std::variant_size_v<command::body>) {
        all.insert(name_of(command::body{std::in_place_index<I>}));
        names<I + 1>(all);
    }
}
}  // namespace

TEST_CASE("every command has a name of its own") {
    std::set<std::string_view> all;
    names(all);
    CHECK(all.size() == std::variant_size_v<command::body>);
    CHECK(all.count("") == 0);
    CHECK(name_of(command::body{command::complete{}}) == "complete");
    CHECK(name_of(command::body{command::timer_fired{}}) == "timer_fired");
    CHECK(name_of(command::body{command::link_report{}}) == "link_report");
}
