// SPDX-License-Identifier: BSL-1.0
// tests/engine/kernel_random.cpp: random commands, sensible and not, never crash the kernel, and
// every accepted one is the fold of its events (play.hpp proves that at each send).
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure.hpp>

#include "engine/play.hpp"
#include "support/seeded.hpp"

#include <cstdlib>
#include <random>

using namespace play;
using build::a_step;
using build::done;
using build::end;
using build::nok;
using build::procedure_builder;
using build::to;
using quytrinh_tests::count_of;

namespace {

/// A procedure with something of everything.
procedure everything() {
    procedure_builder b;
    b.made.rule = counting_rule::blds_2015;
    b.unit("P").unit("Q").external("KH").role("R").role_by("T", {"2"}).role_by("K", {"2"});
    party g = procedure_builder::party_of(party_kind::group, "G");
    g.members = {"P", "Q"};
    b.add(g);
    b.form_of("F",
              {{"Số", field_type::number}, {"Hạn", field_type::day}, {"Gấp", field_type::yes_no}});
    b.made.forms[0].fields[2].required = false;
    b.form_of("X", {{"Hỏi", field_type::text}});
    b.overall(build::working_days(20));
    time_limit event_limit = build::within(build::days(2));
    event_limit.from.what = anchor::kind::event;
    event_limit.from.text = "SK";
    auto s1 = a_step("1", {"A", "KH"}).fill("F").go(done(to("2")));
    s1.made.lead.how = lead_clause::mode::any;
    s1.made.recorder = "A";
    b.add(s1);
    auto s2 = a_step("2", {"R"})
                  .with({"P", "KH"})
                  .assign("T")
                  .assign("K", {"T"})
                  .limit(build::within(build::days(3)));
    s2.made.lead.or_delegate = true;
    s2.made.must_acknowledge = true;
    auto back = nok(to("1"));
    back.reason = true;
    back.at_most = 3;
    back.afterwards = end("Quá ba lần");
    b.add(s2.go(build::ok(to("3"))).go(back));
    b.add(a_step("3", {"T"})
              .limit(build::from_field("F", "Hạn"))
              .limit(event_limit)
              .go(done(to("4"))));
    auto s4 = a_step("4", {"K", "G"}).approve("F").act_if(build::outcome("OK")).limit(event_limit);
    s4.made.not_counted = true;
    s4.made.separations.push_back({{"1"}, {}});
    b.add(s4.go(build::ok(to("5"))).go(nok(to("3"))));
    auto s5 = a_step("5", {"G"})
                  .act(form_act::kind::append, "F")
                  .go(build::when(build::is("Gấp", value::yes_no(true)), end("Nhanh")));
    b.add(s5.go(build::otherwise(to("6"))));
    auto s6 = a_step("6", {}).go(done(end()));
    s6.made.lead.as_step = "1";
    b.add(s6);
    auto q = build::a_consultation("q", {"3", "5"}, {"R"})
                 .fill("X")
                 .limit(build::within(build::days(1)));
    b.add(q);
    right_clause w, k;
    w.parties = {"A"};
    w.before_step = "3";
    k.what = right_clause::kind::cancel;
    k.parties = {"R"};
    b.made.rights = {w, k};
    return b.made;
}

class dice {
public:
    explicit dice(std::uint32_t seed) : engine_(seed) {}
    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_);
    }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <std::size_t N>
    const char* any(const char* const (&list)[N]) {
        return list[below(N)];
    }

private:
    std::mt19937 engine_;
};

std::string who(dice& d) {
    static const char* const units[] = {"A", "P", "Q", "R", "T", "K", "G", "KH", "X", "P.R", ""};
    static const char* const people[] = {"", "/1", "/2", "/3"};
    return std::string(d.any(units)) + d.any(people);
}
std::string task(dice& d) {
    static const char* const names[] = {"1", "2",   "3",   "4", "5", "6",
                                        "q", "q.1", "2.2", "9", "",  "1.1"};
    return d.any(names);
}
std::vector<field_entry> fields(dice& d) {
    std::vector<field_entry> all;
    static const char* const dates[] = {"10/03/2024", "01/05/2024", "31/12/2024", "sai", ""};
    if (d.one_in(2)) all.emplace_back("Số", d.one_in(3) ? "không số" : "2,5");
    if (d.one_in(2)) all.emplace_back("Hạn", d.any(dates));
    if (d.one_in(3)) all.emplace_back("Gấp", d.one_in(2) ? "có" : "không");
    if (d.one_in(3)) all.emplace_back("Hỏi", "vì sao");
    if (d.one_in(9)) all.emplace_back("Lạ", "x");
    return all;
}
std::vector<binding> people(dice& d) {
    if (d.one_in(4)) return {};
    static const char* const units[] = {"P", "Q", "R", "X"};
    return {{"T", d.any(units), d.one_in(4) ? "" : "1"},
            {"K", d.any(units), d.one_in(4) ? "" : "2"}};
}

command::body any_command(dice& d) {
    static const char* const outcomes[] = {"", "OK", "NOK", "xong", "done", "lạ"};
    const std::string t = task(d);
    switch (d.below(24)) {
    case 0: return command::receive{t};
    case 1: return command::claim{t};
    case 2: return command::release{t};
    case 3: return command::assign{t, d.one_in(2) ? "" : "Q", "1", ""};
    case 4: return command::reassign{t, "", "2", "thay người"};
    case 5: return command::record{t, fields(d), d.one_in(3) ? "email" : ""};
    case 6: return command::opine{t, "ý kiến"};
    case 7: return command::consult{"q", d.one_in(2) ? "" : t, "hỏi", fields(d)};
    case 8: return command::answer{d.one_in(2) ? "q" : "q.2", "", "đáp", {}};
    case 9: return command::comment{d.one_in(2) ? "" : t, "x"};
    case 10: return command::attach{t, {"tệp", "", 1, {}, ""}};
    case 11: return command::signal{"SK", {}, {}};
    case 12: return command::timer_fired{t};
    case 13:
        return d.one_in(40) ? command::body{command::withdraw{""}}
                            : command::body{command::receive{t}};
    case 14:
        return d.one_in(40) ? command::body{command::cancel{"thôi"}}
                            : command::body{command::claim{t}};
    case 15: return command::link{case_id{d.one_in(3) ? "case" : "khác"}, "liên quan"};
    case 16: return command::link_report{case_id{"x"}, d.below(9), 0, d.one_in(2), ""};
    default: break;
    }
    command::complete c;
    c.task = t;
    c.outcome = d.any(outcomes);
    if (!d.one_in(3)) c.reason = "lý do";
    c.fields = fields(d);
    c.assign = people(d);
    c.confirmed.all = d.one_in(2);
    if (d.one_in(6)) c.lead = "A";
    return c;
}

/// What somebody who knows the text would do next with a task.
command::body sensible(dice& d, const task_state& t) {
    if (t.awaiting_receipt) return command::receive{to_string(t.task)};
    command::complete c;
    c.task = to_string(t.task);
    c.outcome = t.task.step == "2" || t.task.step == "4" ? (d.one_in(3) ? "NOK" : "OK") : "";
    c.reason = "lý do";
    if (t.task.step == "1") c.fields = {{"Số", "2,5"}, {"Hạn", "10/04/2024"}};
    if (t.task.step == "5" && d.one_in(2)) c.fields = {{"Gấp", d.one_in(2) ? "có" : "không"}};
    if (t.task.step == "2") c.assign = {{"T", "P", "1"}, {"K", "Q", "2"}};
    c.confirmed.all = true;
    return c;
}

}  // namespace

TEST_CASE("random commands") {
    std::uint32_t seed = 20'231'211;
    if (const char* given = std::getenv("QUYTRINH_SEED"))
        seed = static_cast<std::uint32_t>(std::atoll(given));
    const procedure text = everything();
    std::size_t accepted = 0, ended = 0, steps = 0;
    const auto runs = static_cast<std::uint32_t>(count_of(60));
    for (std::uint32_t run = 0; run < runs; ++run) {
        CAPTURE(seed + run);
        dice d(seed + run);
        one_case c(text);
        c.go_to("04/03/2024 08:00");
        command::open o;
        o.procedure = text.code;
        if (d.one_in(2)) o.bind = {{"R", "P.R", ""}};
        if (!c.send("A/1", o)) continue;
        for (int i = 0; i < 120 && c.state.status == case_status::open; ++i) {
            if (d.one_in(5)) c.now += std::chrono::hours{d.below(60)};
            if (d.one_in(40)) c.now -= std::chrono::hours{d.below(60)};
            // Half of the time somebody who may act does, so that cases get far.
            std::string by = who(d);
            const task_state t = c.state.tasks.back();
            const seat& lead = t.leads[d.below(t.leads.size())];
            const bool insider = d.one_in(2);
            if (insider) by = lead.unit + '/' + (lead.person.empty() ? "3" : lead.person);
            if (insider && !t.assignee_unit.empty())
                by = to_string(actor{t.assignee_unit, t.assignee});
            if (c.send(by, insider && d.one_in(3) ? sensible(d, t) : any_command(d))) ++accepted;
            const auto options = options_for(c.with(), c.state, read_actor(by));
            CHECK(options.size() < 100);
        }
        steps += c.state.tasks.size();
        if (c.state.status != case_status::open) ++ended;
    }
    // The dice must not be so unlucky that nothing is tested.
    CHECK(accepted > runs * 8);
    CHECK(steps > runs * 3);
    CHECK(ended > runs / 6);
    MESSAGE("seed ", seed, ": ", accepted, " commands accepted, ", steps, " tasks, ", ended,
            " cases ended");
}

TEST_CASE("random events never crash evolve, and a refused one changes nothing") {
    std::uint32_t seed = 7;
    if (const char* given = std::getenv("QUYTRINH_SEED"))
        seed = static_cast<std::uint32_t>(std::atoll(given));
    CAPTURE(seed);
    dice d(seed);
    one_case source = htkh03_at(6);
    source.complete("ĐVTH/nv07", "6");
    source.complete("ĐVYC/nv01", "6");
    for (int run = 0; run < 200; ++run) {
        case_state state;
        for (int i = 0; i < 40; ++i) {
            case_event e = source.log[d.below(source.log.size())];
            if (d.one_in(2)) e.seq = state.version + 1;
            if (d.one_in(2)) e.at = state.last_at;
            const case_state before = state;
            if (!evolve(state, e)) CHECK(state == before);
        }
    }
}
