// SPDX-License-Identifier: BSL-1.0
// tests/store/memory.cpp
#include <quytrinh/store/memory.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/impl/memory_tables.hpp>
#include <quytrinh/store/store.hpp>

#include "store/conformance.hpp"

#include <type_traits>

using namespace quytrinh_tests;

namespace {

class memory_maker final : public store_maker {
public:
    using store_maker::trial;
    std::shared_ptr<store> trial(instant start) override {
        return open_memory({.manual_clock = start, .seed = 1});
    }
    std::shared_ptr<store> real() override { return open_memory(); }
};

}  // namespace

TEST_CASE("the memory store does what every store must") {
    memory_maker make;
    CHECK_GE(run_conformance(make), 100);
}

TEST_CASE("a memory store says that nothing survives") {
    const auto caps = open_memory()->caps();
    CHECK_EQ(caps.kind, "memory");
    CHECK(caps.durable == durability::none);
    CHECK_FALSE(caps.many_processes);
}

TEST_CASE("another seed gives another store") {
    CHECK(open_memory({.seed = 1})->caps().store_id != open_memory({.seed = 2})->caps().store_id);
    CHECK(open_memory({.seed = 1})->caps().clock == clock_kind::real);
}

TEST_CASE("a command is found among the many of its case, and one that was not sent is not") {
    // They were nodes of a table that was walked whenever it grew: milliseconds at ten thousand.
    quytrinh::detail::memory_store::command_table all;
    CHECK(all.find(command_id("c0")) == nullptr);
    for (std::uint64_t i = 0; i < 3000; ++i) {
        command_row row;
        row.id = command_id("c" + std::to_string(i));
        row.first_seq = i + 1;
        all.add(std::move(row));
        const auto* const first = all.find(command_id("c0"));
        REQUIRE(first != nullptr);
        CHECK(first->first_seq == 1);
        CHECK(all.find(command_id("c" + std::to_string(i + 1))) == nullptr);
    }
    for (std::uint64_t i = 0; i < 3000; ++i) {
        const auto* const found = all.find(command_id("c" + std::to_string(i)));
        REQUIRE(found != nullptr);
        CHECK(found->first_seq == i + 1);
    }
}

TEST_CASE("the tables of a tenant cannot be copied") {
    // Asking for the cases past their limit took a copy of all that the tenant had, every time:
    // right, and slower the more there was.
    using tables = quytrinh::detail::memory_store::tenant_tables;
    CHECK_FALSE(std::is_copy_constructible_v<tables>);
    CHECK_FALSE(std::is_copy_assignable_v<tables>);
}
