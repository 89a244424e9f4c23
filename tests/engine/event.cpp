// SPDX-License-Identifier: BSL-1.0
// tests/engine/event.cpp: numbers and names of events are stored, so they are written down here
// once more.
#include <quytrinh/engine/event.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace quytrinh;

TEST_CASE("the numbers and names that stores keep") {
    struct row {
        event::body body;
        int number;
        const char* name;
    };
    const row rows[] = {
        {event::case_opened{}, 1, "case_opened"},
        {event::task_opened{}, 2, "task_opened"},
        {event::task_received{}, 3, "task_received"},
        {event::task_claimed{}, 4, "task_claimed"},
        {event::task_released{}, 5, "task_released"},
        {event::task_assigned{}, 6, "task_assigned"},
        {event::fields_recorded{}, 7, "fields_recorded"},
        {event::task_confirmed{}, 8, "task_confirmed"},
        {event::task_completed{}, 9, "task_completed"},
        {event::opinion_given{}, 10, "opinion_given"},
        {event::consultation_opened{}, 11, "consultation_opened"},
        {event::consultation_answered{}, 12, "consultation_answered"},
        {event::commented{}, 13, "commented"},
        {event::attached{}, 14, "attached"},
        {event::signalled{}, 15, "signalled"},
        {event::task_overdue{}, 16, "task_overdue"},
        {event::linked{}, 17, "linked"},
        {event::link_reported{}, 18, "link_reported"},
        {event::case_ended{}, 19, "case_ended"},
        {event::case_overdue{}, 20, "case_overdue"},
    };
    for (const auto& r : rows) {
        CHECK(type_of(r.body) == r.number);
        CHECK(name_of(r.body) == r.name);
    }
    CHECK(std::size(rows) == std::variant_size_v<event::body>);
}

TEST_CASE("a task is printed as step.round") {
    CHECK(to_string(task_key{"2", 3}) == "2.3");
    CHECK(to_string(task_key{"5.8.1a", 12}) == "5.8.1a.12");
}

TEST_CASE("the notices of an event, and none for those that tell nobody") {
    event::task_completed done;
    done.notices.push_back(
        {notice_kind::task_completed, {"A", "P.A", "", false}, relation::inform});
    CHECK(notices_of(event::body{done}).size() == 1);
    CHECK(notices_of(event::body{event::task_claimed{}}).empty());
}
