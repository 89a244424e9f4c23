// SPDX-License-Identifier: BSL-1.0
// tests/engine/find_open.cpp: names of tasks.
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include "support/model_builder.hpp"

#include <doctest/doctest.h>

using namespace quytrinh;
using build::a_consultation;
using build::a_step;

namespace {

case_state with_open(std::vector<task_key> tasks, std::vector<task_key> questions = {}) {
    case_state s;
    for (auto& key : tasks) {
        task_state t;
        t.task = std::move(key);
        s.tasks.push_back(std::move(t));
    }
    for (auto& key : questions) {
        consultation_state c;
        c.consultation = std::move(key);
        s.consultations.push_back(std::move(c));
    }
    return s;
}

procedure text() {
    build::procedure_builder p;
    p.add(a_step("5")).add(a_step("5.2")).add(a_consultation("6a", {"5"}));
    return p.made;
}

}  // namespace

TEST_CASE("a step id wins over step and round") {
    const auto p = text();
    CHECK(*find_open(p, with_open({{"5", 2}}), "5") == task_key{"5", 2});
    CHECK(*find_open(p, with_open({{"5", 3}}), "5.3") == task_key{"5", 3});
    // "5.2" reads as step 5.2, so round 2 of step 5 has only its short name.
    CHECK(find_open(p, with_open({{"5", 2}}), "5.2").error().code == errc::task_not_open);
    CHECK(*find_open(p, with_open({{"5.2", 1}}), "5.2") == task_key{"5.2", 1});
    CHECK(*find_open(p, with_open({{"5.2", 4}}), "5.2.4") == task_key{"5.2", 4});
}

TEST_CASE("several open: the round must be named") {
    const auto p = text();
    const auto s = with_open({{"5", 1}}, {{"6a", 1}, {"6a", 2}});
    const auto which = find_open(p, s, "6a");
    CHECK(which.error().code == errc::task_ambiguous);
    CHECK(which.error().args[1] == "6a.1, 6a.2");
    CHECK(*find_open(p, s, "6a.2") == task_key{"6a", 2});
}

TEST_CASE("what is closed, never was, or is no name at all") {
    const auto p = text();
    auto s = with_open({{"5", 1}});
    s.tasks.edit(0).status = task_status::done;
    CHECK(find_open(p, s, "5").error().code == errc::task_not_open);
    CHECK(find_open(p, s, "5.1").error().code == errc::task_not_open);
    CHECK(find_open(p, s, "9").error().code == errc::no_such_step);
    for (const char* bad :
         {"", ".", "5.", ".5", "5.0", "5.01", "5.x", "5.9999999999", "5.-1", "5. 1"})
        CHECK_FALSE(find_open(p, s, bad).has_value());
}
