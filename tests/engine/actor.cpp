// SPDX-License-Identifier: BSL-1.0
// tests/engine/actor.cpp: "ĐVTH/nv07" and back.
#include <quytrinh/engine/actor.hpp>

#include <doctest/doctest.h>

using namespace quytrinh;

TEST_CASE("an actor is a unit, perhaps with a person") {
    CHECK(to_string(actor{"ĐVTH", "nv07"}) == "ĐVTH/nv07");
    CHECK(to_string(actor{"ĐVTH", ""}) == "ĐVTH");
    CHECK(read_actor("ĐVTH/nv07") == actor{"ĐVTH", "nv07"});
    CHECK(read_actor("ĐVTH") == actor{"ĐVTH", ""});
    // Everything after the first slash is the person: ids of people belong to the host.
    CHECK(read_actor("ĐVTH/a/b") == actor{"ĐVTH", "a/b"});
    CHECK(read_actor("/nv07") == actor{"", "nv07"});
    CHECK(read_actor("") == actor{});
}
