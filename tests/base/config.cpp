// SPDX-License-Identifier: BSL-1.0
// tests/base/config.cpp: a failed assertion throws and names its place; it never ends the process.
#include <quytrinh/base/config.hpp>

#include <quytrinh/base/error.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace quytrinh;

TEST_CASE("an assertion that holds costs nothing and does nothing") {
    int evaluated = 0;
    QUYTRINH_ASSERT(++evaluated == 1);
    CHECK(evaluated == 1);
}

TEST_CASE("an assertion that fails throws programming_error with the condition and the place") {
    try {
        QUYTRINH_ASSERT(1 + 1 == 3);
        FAIL("did not throw");
    } catch (const programming_error& e) {
        const std::string what = e.what();
        CHECK(what.find("1 + 1 == 3") != std::string::npos);
        CHECK(what.find("config.cpp:") != std::string::npos);
        // The builder's folders are nobody's business.
        CHECK(what.find('/') == std::string::npos);
    }
}

TEST_CASE("the version is a number of three parts") {
    CHECK(QUYTRINH_VERSION_MAJOR == 1);
    CHECK(QUYTRINH_VERSION_MINOR >= 0);
    CHECK(QUYTRINH_VERSION_PATCH >= 0);
}
