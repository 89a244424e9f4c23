// SPDX-License-Identifier: BSL-1.0
// tests/engine/state.cpp: finding things in a state.
#include <quytrinh/engine/state.hpp>

#include <doctest/doctest.h>

#include <quytrinh/model/condition.hpp>

using namespace quytrinh;

TEST_CASE("what is not there is null") {
    const case_state s;
    CHECK(s.find_task({"1", 1}) == nullptr);
    CHECK(s.find_consultation({"6a", 1}) == nullptr);
    CHECK(s.find_seat("A") == nullptr);
    CHECK(s.find_field({"F", "X"}) == nullptr);
    CHECK(s.find_field({"", "X"}) == nullptr);
}

TEST_CASE("tasks by round, fields by form or by name alone") {
    case_state s;
    for (std::uint32_t round : {1u, 2u}) {
        task_state t;
        t.task = {"2", round};
        s.tasks.push_back(t);
    }
    REQUIRE(s.find_task({"2", 2}) != nullptr);
    CHECK(s.find_task({"2", 2})->task.round == 2);
    CHECK(s.find_task({"2", 3}) == nullptr);
    s.forms["F"].fields["X"].content = value{"f"};
    s.forms["G"].fields["Y"].content = value{"g"};
    CHECK(s.find_field({"F", "X"})->content == value{"f"});
    CHECK(s.find_field({"G", "X"}) == nullptr);
    CHECK(s.find_field({"", "Y"})->content == value{"g"});
    s.seats.push_back({"A", "P.A", "", false});
    CHECK(s.find_seat("A")->unit == "P.A");
}
