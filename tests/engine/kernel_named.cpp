// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_named.cpp: who could act instead, tried: every command in every state of a
// few cases, by everybody. `one_case::send` itself sends what was refused in the name of each whom
// the refusal names.
#include <quytrinh/engine/kernel.hpp>

#include "engine/play.hpp"

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::procedure_builder;
using build::to;
using words = std::vector<std::string>;

namespace {

std::vector<command::body> every_command(const one_case& c) {
    std::vector<command::body> all = {
        command::withdraw{"x"},
        command::cancel{"x"},
        command::signal{"Có kết quả", {}, {}},
        command::comment{{}, "x"},
        command::attach{{}, {"a.pdf", "application/pdf", 1, {}, ""}},
    };
    std::vector<std::string> tasks = {"1", "2"};
    for (const auto& t : c.state.tasks) tasks.push_back(to_string(t.task));
    for (const auto& t : tasks) {
        command::complete bare;
        bare.task = t;
        command::complete full = bare;
        full.confirmed = all_preconditions;
        full.outcome = "OK";
        command::complete back = full;
        back.outcome = "NOK";
        back.reason = "x";
        for (const auto& one : {bare, full, back}) all.emplace_back(one);
        all.emplace_back(command::receive{t});
        all.emplace_back(command::claim{t});
        all.emplace_back(command::release{t});
        all.emplace_back(command::assign{t, {}, "b", {}});
        all.emplace_back(command::assign{t, "Z", "b", {}});
        all.emplace_back(command::reassign{t, {}, "b", "x"});
        all.emplace_back(command::opine{t, "x"});
        all.emplace_back(command::record{t, {{"X", "1"}}, {}});
        all.emplace_back(command::consult{"6a", t, "x", {}, {}});
        all.emplace_back(command::comment{t, "x"});
    }
    for (const auto& q : c.state.consultations)
        all.emplace_back(command::answer{to_string(q.consultation), {}, "x", {}});
    return all;
}

/// What each of them may and may not do here; what is accepted changes a copy only.
void try_everything(const one_case& c, const words& who) {
    for (const auto& body : every_command(c))
        for (const auto& by : who) {
            CAPTURE(std::string(name_of(body)));
            CAPTURE(by);
            one_case trial = c;
            trial.send(by, body);
        }
}

}  // namespace

TEST_CASE("whom a refusal names could do it: every command at every step") {
    for (int step = 1; step <= 6; ++step) {
        one_case c = htkh03_at(step);
        try_everything(c, {"ĐVYC/nv01", "ĐVTH/nv07", "LĐTT/gđ", "X/x"});
        if (step != 5) continue;
        c.ok("ĐVTH/nv07",
             command::consult{"6a", "", "?", {{"Khó khăn, vướng mắc", "x"}, {"Gấp", "có"}}, {}});
        try_everything(c, {"ĐVYC/nv01", "ĐVTH/nv07", "LĐTT/gđ", "X/x"});
    }
}

TEST_CASE("whom a refusal names could do it: joint leads, receipts, rights, work that is taken") {
    procedure_builder b;
    b.unit("P").unit("Q").form_of("F", {{"X", field_type::text}});
    b.made.forms[0].fields[0].required = true;
    auto first = a_step("1", {"A", "P"}).fill("F").go(done(to("2")));
    auto second = a_step("2", {"P"}).go(build::ok(to("3"))).go(build::nok(to("1")));
    second.made.must_acknowledge = true;
    b.add(first).add(second).add(a_step("3", {"A", "Q"}).go(done(end("Đạt"))));
    b.made.steps.back().lead.how = lead_clause::mode::any;
    right_clause cancelling;
    cancelling.what = right_clause::kind::cancel;
    cancelling.parties = {"Q"};
    b.made.rights = {cancelling};
    const words who = {"A/a", "A/b", "P/p", "Q/q", "P", "X/x"};
    one_case c(b);
    c.open("A/a");
    try_everything(c, who);
    c.complete("A/a", "1");
    try_everything(c, who);
    // An item left empty at a joint lead: the one who has confirmed can fill in no more.
    CHECK(c.cannot_complete("P/p", "1") == errc::field_missing);
    CHECK(c.refused.who_could.empty());
    c.complete("P/p", "1", {.fields = {{"X", "1"}}});
    try_everything(c, who);
    c.ok("P/p", command::receive{"2"});
    try_everything(c, who);
    c.ok("P/p", command::claim{"2"});
    try_everything(c, who);
    c.complete("P/p", "2", {.outcome = "OK"});
    try_everything(c, who);
    c.ok("Q/q", command::claim{"3"});
    try_everything(c, who);
}
