// SPDX-License-Identifier: BSL-1.0
// tests/check/soundness.cpp: can a case always end? What the checker says is held against every
// state that the kernel itself can reach, for procedures drawn at random.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/model/procedure.hpp>

#include "engine/play.hpp"
#include "support/findings.hpp"
#include "support/model_builder.hpp"
#include "support/seeded.hpp"

#include <algorithm>
#include <deque>
#include <random>
#include <set>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

namespace {

branch counted(branch b, std::uint32_t times) {
    b.at_most = times;
    return b;
}
branch counted(branch b, std::uint32_t times, target then) {
    b.at_most = times;
    b.afterwards = std::move(then);
    return b;
}
condition rounds(comparison op, std::int64_t n) {
    return compare(special(operand::kind::rounds), op, {literal(decimal{n, 0})});
}
condition from(const std::string& step) {
    return compare(special(operand::kind::entered_from), comparison::is, {literal(step)});
}

/// Only what is said of the end of a case.
list faults(const procedure& p) {
    list all;
    for (const auto& d : check(p).items)
        if (d.code == diag::case_stuck || d.code == diag::end_out_of_reach ||
            d.code == diag::too_large_to_explore)
            all.push_back(findings::line(d));
    return all;
}

}  // namespace

TEST_CASE("branches that are used up one after the other leave a case nowhere to go") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").go(counted(ok(to("3")), 1)).go(counted(nok(to("1")), 1)))
        .add(a_step("3").go(ok(end())).go(nok(to("1"))));
    CHECK(faults(p.made) ==
          list{"case_stuck: bước 2, bước 1 \"Bước 1\" → bước 2 \"Bước 2\" → OK → bước 3 \"Bước 3\" "
               "→ NOK → bước 1 → bước 2 → NOK → bước 1 → bước 2"});
    // With one way out the hint that a count has no `sau đó` stands alone again.
    p.made.steps[1].branches[1].afterwards = end("Dừng");
    CHECK(faults(p.made).empty());
}

TEST_CASE("a loop that turns for ever once its only way out is used up") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").go(counted(ok(to("3")), 1, to("1"))).go(nok(to("1"))))
        .add(a_step("3").go(ok(end())).go(nok(to("1"))));
    CHECK(faults(p.made) ==
          list{"end_out_of_reach: bước 1, bước 1 \"Bước 1\" → bước 2 \"Bước 2\" → "
               "OK → bước 3 \"Bước 3\" → NOK → bước 1"});
}

TEST_CASE("conditions on rounds and on where a task came from are followed") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").go(when(rounds(comparison::at_most, 2), end())).go(otherwise(to("1"))));
    CHECK(faults(p.made).empty());  // it ends in the first round
    p.made.steps[1].branches[0].when = rounds(comparison::is, 2);
    CHECK(faults(p.made).empty());  // in the second
    p.made.steps[1].branches[0].when = rounds(comparison::less, 1);
    CHECK(faults(p.made).size() == 1);  // in none
    procedure_builder q;
    q.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").go(when(from("3"), end())).go(otherwise(to("1"))))
        .add(a_step("3").go(done(to("2"))));
    q.made.may_open_at = {"3"};
    CHECK(faults(q.made).size() == 1);
}

TEST_CASE("a field that the loop cannot change decides for ever") {
    procedure_builder p;
    p.form_of("F", {{"Gấp", field_type::yes_no}});
    p.add(a_step("1").fill("F").go(done(to("2"))))
        .add(a_step("2").go(when(is("Gấp", value::yes_no(true)), to("3"))).go(otherwise(end())))
        .add(a_step("3").go(done(to("2"))));
    CHECK(faults(p.made) == list{"end_out_of_reach: bước 2, bước 1 \"Bước 1\" → bước 2 \"Bước 2\" "
                                 "(\"Gấp\" là có)"});
    p.made.steps[2].acts = p.made.steps[0].acts;  // step 3 may write it anew
    CHECK(faults(p.made).empty());
}

TEST_CASE("thousands of counted loops are settled without counting") {
    procedure_builder p;
    constexpr int count = 2'000;
    for (int i = 1; i <= count; ++i)
        p.add(a_step(std::to_string(i))
                  .go(ok(i == count ? end() : to(std::to_string(i + 1))))
                  .go(counted(nok(to(std::to_string(i > 1 ? i - 1 : 1))), 3, end("Dừng"))));
    CHECK(check(p.made).total() == 0);
    // Also where every way on is counted, as long as each count leads to an end at last.
    for (auto& s : p.made.steps) {
        s.branches[0].at_most = 5;
        s.branches[0].afterwards = end("Quá");
    }
    CHECK(check(p.made).total() == 0);
}

TEST_CASE("what is too large to try is said, not passed over, and takes bounded time") {
    procedure_builder p;
    auto s = a_step("2");
    for (int i = 0; i < 40; ++i)
        s.go(counted(named("K" + std::to_string(i), to(i == 0 ? "3" : "1")), 9, to("1")));
    p.add(a_step("1").go(done(to("2")))).add(s).add(a_step("3").go(ok(end())).go(nok(to("1"))));
    CHECK(faults(p.made) == list{"too_large_to_explore: bước 1, 20000"});
}

namespace {

using dice = std::mt19937_64;
std::size_t below(dice& d, std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(d);
}

/// Three to five steps with everything that decides where a case goes.
procedure drawn(dice& d) {
    procedure_builder p;
    p.form_of("F", {{"Gấp", field_type::yes_no}});
    const std::size_t count = 3 + below(d, 3);
    const auto somewhere = [&] {
        const std::size_t n = below(d, count + 2);
        return n < count ? to(std::to_string(n + 1)) : end(n == count ? "" : "Khác");
    };
    const auto perhaps_counted = [&](branch b) {
        if (below(d, 3) != 0) return b;
        const auto times = static_cast<std::uint32_t>(1 + below(d, 2));
        return below(d, 2) == 0 ? counted(b, times) : counted(b, times, somewhere());
    };
    const auto guard = [&] {
        switch (below(d, 3)) {
        case 0:
            return rounds(below(d, 2) == 0 ? comparison::greater : comparison::less,
                          static_cast<std::int64_t>(1 + below(d, 2)));
        case 1: return from(std::to_string(1 + below(d, count)));
        default: return is("Gấp", value::yes_no(below(d, 2) == 0));
        }
    };
    for (std::size_t i = 1; i <= count; ++i) {
        auto s = a_step(std::to_string(i));
        if (i == 1 || below(d, 4) == 0) s.fill("F");
        switch (below(d, 4)) {
        case 0: s.go(perhaps_counted(done(somewhere()))); break;
        case 1: s.go(perhaps_counted(ok(somewhere()))).go(perhaps_counted(nok(somewhere()))); break;
        case 2: s.go(perhaps_counted(when(guard(), somewhere()))).go(otherwise(somewhere())); break;
        default: {
            auto first = ok(somewhere());
            first.when = guard();
            s.go(perhaps_counted(first)).go(ok(somewhere())).go(perhaps_counted(nok(somewhere())));
        }
        }
        p.add(s);
    }
    return p.made;
}

/// What a failure is about.
std::string shown(const procedure& p) {
    std::string text;
    const auto where = [](const target& t) { return t.ends ? "end" : t.step; };
    for (const auto& s : p.steps) {
        text += "\n" + s.id + (s.acts.empty() ? "" : " fills");
        for (const auto& b : s.branches) {
            text += "\n  " + b.outcome() + " -> " + where(b.to);
            if (b.at_most != 0) text += " x" + std::to_string(b.at_most);
            if (b.afterwards) text += " then " + where(*b.afterwards);
            if (!b.when) continue;
            const auto& node = b.when->nodes.front();
            const auto& right = node.right.front().literal;
            const auto* number = right.get_if<decimal>();
            const auto* word = right.get_if<std::string>();
            const auto* yes = right.get_if<bool>();
            text += node.left.what == operand::kind::rounds ? " if rounds " : " if ";
            text += node.op == comparison::greater ? "> "
                    : node.op == comparison::less  ? "< "
                                                   : "= ";
            text += number != nullptr ? number->text('.')
                    : word != nullptr ? *word
                    : *yes            ? "yes"
                                      : "no";
        }
    }
    return text;
}

/// Every state that the kernel reaches, told apart by what decides where it can go.
class brute_force {
public:
    explicit brute_force(const procedure& p) : play_(p) {}

    enum class verdict { always_ends, does_not, too_many };
    verdict run() {
        command::open o;
        o.procedure = play_.text.code;
        const auto opened = decide(play_.with(), case_state{}, play_.envelope("A/1", o));
        REQUIRE(opened.has_value());
        std::vector<char> ends;
        add(opened->after);
        for (std::size_t i = 0; i < states_.size(); ++i) {
            if (states_.size() > 400) return verdict::too_many;
            ends.push_back(expand(i) ? 1 : 0);
        }
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& [a, b] : moves_)
                if (ends[a] == 0 && ends[b] != 0) {
                    ends[a] = 1;
                    changed = true;
                }
        }
        return std::all_of(ends.begin(), ends.end(), [](char c) { return c != 0; })
                   ? verdict::always_ends
                   : verdict::does_not;
    }

private:
    std::string key(const case_state& s) const {
        const task_state& t = s.tasks.back();
        std::string k = t.task.step + "<" + t.from_step;
        for (const auto& [branch, times] : s.taken) {
            const step* at = play_.text.find_step(branch.first);
            const auto most = at->branches[branch.second].at_most;
            if (most != 0)
                k += ";" + branch.first + "." + std::to_string(branch.second) + "=" +
                     std::to_string(std::min(times, most));
        }
        for (const auto& [id, history] : s.steps)
            k += ";" + id + "#" + std::to_string(std::min<std::uint32_t>(history.rounds, 4));
        const auto* urgent = s.find_field(field_ref{"F", "Gấp"});
        const auto* yes = urgent == nullptr ? nullptr : urgent->content.get_if<bool>();
        return k + (yes == nullptr ? "?" : *yes ? "!" : "-");
    }
    std::size_t add(const case_state& s) {
        const auto [at, is_new] = known_.try_emplace(key(s), states_.size());
        if (is_new) states_.push_back(s);
        return at->second;
    }
    /// Does a move from here end the case?
    bool expand(std::size_t i) {
        bool ends = false;
        const step* at = play_.text.find_step(states_[i].tasks.back().task.step);
        std::set<std::string> outcomes;
        for (const auto& b : at->branches) outcomes.insert(b.outcome());
        for (const auto& outcome : outcomes)
            for (const char* urgent : {"", "có", "không"}) {
                if (*urgent != '\0' && at->acts.empty()) continue;
                command::complete c;
                c.task = to_string(states_[i].tasks.back().task);
                c.outcome = outcome;
                if (*urgent != '\0') c.fields = {{"Gấp", urgent}};
                const auto made = decide(play_.with(), states_[i], play_.envelope("A/1", c));
                if (!made) continue;
                if (made->after.status != case_status::open)
                    ends = true;
                else
                    moves_.emplace_back(i, add(made->after));
            }
        return ends;
    }

    play::one_case play_;
    std::deque<case_state> states_;
    std::map<std::string, std::size_t> known_;
    std::vector<std::pair<std::size_t, std::size_t>> moves_;
};

}  // namespace

TEST_CASE("the verdict on random procedures is that of every state which the kernel reaches") {
    const std::uint64_t seed = quytrinh_tests::seed_or(20'240'229);
    std::size_t sound = 0, unsound = 0;
    const std::size_t runs = quytrinh_tests::count_of(400);
    for (std::size_t run = 0; run < runs; ++run) {
        dice d(seed + run);
        const procedure p = drawn(d);
        const auto found = check(p);
        const auto names = findings::names(found);
        const auto has = [&](const char* name) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        // What the mere shape, or a field that may be empty, makes impossible is told by others.
        if (has("loop_without_exit") || has("field_never_filled") ||
            has("field_maybe_not_filled") || has("last_branch_conditional"))
            continue;
        brute_force kernel(p);
        const auto truly = kernel.run();
        if (truly == brute_force::verdict::too_many) continue;
        const bool told = has("case_stuck") || has("end_out_of_reach");
        const std::uint64_t this_seed = seed + run;
        std::string said;
        CAPTURE(this_seed);
        INFO(shown(p));
        for (const auto& line : findings::lines(found)) said += "\n" + line;
        INFO(said);
        CHECK(told == (truly == brute_force::verdict::does_not));
        ++(told ? unsound : sound);
    }
    // The dice must not be so unlucky that nothing is tested.
    // Both kinds come up, in proportion: `-q` takes an eighth of the runs.
    CHECK(sound > runs * 3 / 40);
    CHECK(unsound > runs / 40);
    MESSAGE("seed ", seed, ": ", sound, " sound, ", unsound, " not");
}
