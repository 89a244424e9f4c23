// SPDX-License-Identifier: BSL-1.0
// tests/structure/one_definition_b.cpp: one of two units that include every public header. What a
// header defines without `inline` shows when they are linked.
#include <all_headers.hpp>

quytrinh::result<quytrinh::case_id> made_in_the_other_unit(bool good);

quytrinh::result<quytrinh::case_id> made_in_the_other_unit(bool good) {
    if (!good) return quytrinh::fail(quytrinh::errc::not_found, {"x"});
    return quytrinh::case_id{"a"};
}
