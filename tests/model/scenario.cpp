// SPDX-License-Identifier: BSL-1.0
// tests/model/scenario.cpp: when two scenarios say the same.
#include <quytrinh/model/scenario.hpp>

#include <doctest/doctest.h>

using namespace quytrinh;

namespace {

scenario_value code(const char* text, std::uint32_t at = 0) {
    return {scenario_value::kind::code, text, {0, {at, at + 1}}};
}

}  // namespace

TEST_CASE("a value that is not written is not there") {
    CHECK_FALSE(scenario_value{}.written());
    CHECK(code("P.HTKH").written());
}

TEST_CASE("places say where a scenario stands, never what it says") {
    scenario a;
    a.title = "Đủ tài liệu";
    a.where = {0, {10, 20}};
    scenario_act act;
    act.kind_of = scenario_act::kind::complete;
    act.who.unit = code("ĐVTH", 5);
    act.step = {scenario_value::kind::step, "2", {0, {7, 8}}};
    a.lines.push_back({act, false, {0, {30, 40}}});
    scenario b = a;
    b.where = {1, {0, 5}};
    b.lines[0].where = {};
    act.who.unit.where = {};
    act.step.where = {2, {1, 2}};
    b.lines[0].what = act;
    CHECK(a == b);
}

TEST_CASE("every part of a line counts") {
    const auto differs = [](auto change) {
        scenario_act a;
        scenario_act b;
        change(b);
        return !(a == b);
    };
    CHECK(differs([](scenario_act& one) { one.kind_of = scenario_act::kind::open; }));
    CHECK(differs([](scenario_act& one) { one.later = amount{}; }));
    CHECK(differs([](scenario_act& one) { one.who.person = "nv01"; }));
    CHECK(differs([](scenario_act& one) { one.nothing_ticked = true; }));
    CHECK(differs([](scenario_act& one) { one.opens.emplace_back("QT.B"); }));
    scenario_expectation seen;
    scenario_expectation other = seen;
    CHECK(seen == other);
    other.overdue = true;
    CHECK_FALSE(seen == other);
    other = seen;
    other.act.lead = "MC";
    CHECK_FALSE(seen == other);
    scenario_line line{seen, false, {}};
    scenario_line also{seen, true, {}};
    CHECK_FALSE(line == also);
}
