// SPDX-License-Identifier: BSL-1.0
// tests/base/result.cpp: a value or an error, also when moved, copied and iterated as a temporary.
#include <quytrinh/base/result.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

using namespace quytrinh;

namespace {
result<std::vector<int>> three() { return std::vector<int>{1, 2, 3}; }
result<int> none() { return fail(errc::not_found, {"x"}); }
result<std::string> handed_on() {
    auto r = none();
    if (!r) return r.failure();
    return std::string{"unreachable"};
}
result<void> done() { return {}; }
}  // namespace

static_assert(!std::is_convertible_v<result<int>, bool>);
static_assert(!std::is_constructible_v<bool, result<bool>>, "it could be mistaken for the value");

TEST_CASE("a value") {
    const auto r = three();
    CHECK(r.has_value());
    CHECK(static_cast<bool>(r));
    CHECK(r.value().size() == 3);
    CHECK(r->front() == 1);
    CHECK((*r)[2] == 3);
    CHECK_THROWS_AS(static_cast<void>(r.error()), programming_error);
}

TEST_CASE("value() of a temporary outlives the loop over it") {
    int sum = 0;
    for (const int i : three().value()) sum += i;
    CHECK(sum == 6);
    static_assert(std::is_same_v<decltype(three().value()), std::vector<int>>);
}

TEST_CASE("an error") {
    const auto r = none();
    CHECK_FALSE(r.has_value());
    CHECK(r.error().code == errc::not_found);
    CHECK(r.value_or(7) == 7);
    CHECK_THROWS_AS(static_cast<void>(r.value()), exception);
    CHECK_THROWS_AS(static_cast<void>(*r), programming_error);
    try {
        static_cast<void>(r.value());
    } catch (const exception& e) {
        CHECK(e.reason().args == std::vector<std::string>{"x"});
    }
}

TEST_CASE("an error is handed on whole") {
    const auto r = handed_on();
    CHECK(r.error().code == errc::not_found);
    CHECK(r.error().args == std::vector<std::string>{"x"});
}

TEST_CASE("copies are independent, moved-from errors are not read") {
    auto first = none();
    auto second = first;
    CHECK(second.error().code == errc::not_found);
    const auto third = std::move(first);
    CHECK(third.error().code == errc::not_found);
    second = three().has_value() ? result<int>{5} : none();
    CHECK(second.value() == 5);
    CHECK(third.error().code == errc::not_found);
}

TEST_CASE("a value that can only be moved") {
    result<std::unique_ptr<int>> r{std::make_unique<int>(4)};
    CHECK(**r == 4);
    const std::unique_ptr<int> out = std::move(r).value();
    CHECK(*out == 4);
}

TEST_CASE("result<void>") {
    CHECK(done().has_value());
    CHECK_NOTHROW(done().value());
    const result<void> r = fail(errc::store_busy);
    CHECK_FALSE(static_cast<bool>(r));
    CHECK_THROWS_AS(r.value(), exception);
    result<void> copy = r;
    CHECK(copy.error().code == errc::store_busy);
    copy = done();
    CHECK(copy.has_value());
}
