// SPDX-License-Identifier: BSL-1.0
// tests/model/step.cpp: outcomes by name and equality without places.
#include <quytrinh/model/step.hpp>

#include <doctest/doctest.h>

#include <support/model_builder.hpp>

using namespace quytrinh;

TEST_CASE("the outcome of a branch, as a command names it") {
    CHECK(build::done(build::end()).outcome() == "xong");
    CHECK(build::ok(build::end()).outcome() == "OK");
    CHECK(build::nok(build::end()).outcome() == "NOK");
    CHECK(build::named("Làm lại", build::end()).outcome() == "Làm lại");
    CHECK(build::otherwise(build::end()).outcome() == "xong");
    CHECK(build::when(build::is("Gấp", value::yes_no(true)), build::end()).outcome() == "xong");
}

TEST_CASE("equal steps: where they stand in the text does not matter, what they say does") {
    step a =
        build::a_step("1").fill("F").assign("NTH").with({"B"}).go(build::ok(build::end())).made;
    step b = a;
    b.where.range = {9, 12};
    b.lead.where.range = {1, 2};
    b.acts[0].where.range = {1, 2};
    b.assignments[0].where.range = {1, 2};
    b.with[0].where.range = {1, 2};
    CHECK(a == b);
    b.with[0].when = build::filled("x");
    CHECK_FALSE(a == b);
    b = a;
    b.assignments[0].at_most = 2;
    CHECK_FALSE(a == b);
    b = a;
    b.separations.emplace_back().steps = {"1"};
    CHECK_FALSE(a == b);
    b = a;
    b.preconditions.emplace_back().evidence = true;
    CHECK_FALSE(a == b);
    b = a;
    b.links.emplace_back().procedure = "QT.02";
    CHECK_FALSE(a == b);
    b = a;
    b.at_any_step = true;
    CHECK_FALSE(a == b);
}
