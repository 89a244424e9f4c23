// SPDX-License-Identifier: BSL-1.0
// tests/model/party.cpp: parties compared by what they say.
#include <quytrinh/model/party.hpp>

#include <doctest/doctest.h>

using namespace quytrinh;

TEST_CASE("parties are equal by what they say, not by where") {
    party a;
    a.code = "ĐVTH";
    party b = a;
    b.where.range = {3, 8};
    CHECK(a == b);
    const auto differs = [&](auto change) {
        party other = a;
        change(other);
        return !(a == other);
    };
    CHECK(differs([](party& o) { o.kind = party_kind::external; }));
    CHECK(differs([](party& o) { o.binding = binding_kind::opener; }));
    CHECK(differs([](party& o) { o.bound_by = {"4"}; }));
    CHECK(differs([](party& o) { o.bound_from = {"BM", "Đơn vị"}; }));
    CHECK(differs([](party& o) { o.relative_to = "NPH"; }));
    CHECK(differs([](party& o) { o.members = {"A"}; }));
    CHECK(differs([](party& o) { o.within = "BISO"; }));
    CHECK(differs([](party& o) { o.aliases = {"Ban"}; }));
    CHECK(differs([](party& o) { o.source.readings = {"x"}; }));
}
