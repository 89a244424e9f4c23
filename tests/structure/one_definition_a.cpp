// SPDX-License-Identifier: BSL-1.0
// tests/structure/one_definition_a.cpp: one of two units that include every public header. What a
// header defines without `inline` shows when they are linked.
#include <all_headers.hpp>

#include <doctest/doctest.h>

quytrinh::result<quytrinh::case_id> made_in_the_other_unit(bool good);

TEST_CASE("values made in one unit are the same in another") {
    CHECK(made_in_the_other_unit(true).value() == quytrinh::case_id{"a"});
    CHECK(made_in_the_other_unit(false).error().code == quytrinh::errc::not_found);
    // The type crosses units, so a host can catch what the library throws.
    CHECK_THROWS_AS(static_cast<void>(made_in_the_other_unit(false).value()), quytrinh::exception);
}
