// SPDX-License-Identifier: BSL-1.0
// src/cli/explore.cpp: explore: random walks through a procedure, and what they found as short
// scenarios.
#include "commands.hpp"
#include "definition.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/explore.hpp>

namespace cli {

using namespace quytrinh;

namespace {

std::string_view name_of(testing::finding::kind what) {
    switch (what) {
    case testing::finding::kind::dead_end: return "dead_end";
    case testing::finding::kind::refused: return "refused";
    case testing::finding::kind::thrown: return "thrown";
    case testing::finding::kind::damaged: return "damaged";
    }
    return {};
}

std::string json_of(const testing::exploration& found, const procedure& of, language words) {
    json_object out;
    out.text("procedure", of.code).number("steps", found.steps).number("cases", found.cases);
    out.number("ended", found.ended);
    out.number("covered", found.reached.covered()).number("total", found.reached.total());
    std::string all;
    for (const testing::finding& one : found.findings) {
        json_object each;
        each.text("kind", name_of(one.what)).text("step", one.step);
        if (!one.outcome.empty()) each.text("outcome", one.outcome);
        if (one.why) each.raw("error", to_json(*one.why, words));
        each.text("message", describe(one, words)).number("moves", one.moves);
        each.text("scenario", write_scenario(one.course, of.words));
        all += (all.empty() ? "" : ",") + each.str();
    }
    out.raw("findings", "[" + all + "]");
    return out.str();
}

}  // namespace

int run_explore(const common& as, const explore_args& given) {
    const auto what = read_walked(as, given.procedure, given.with, given.at);
    if (!what) return wrong;
    const procedure_ptr& definition = what->of;
    testing::explore_options options;
    options.known = what->known;
    options.start = what->start;
    options.seed = given.seed;
    options.steps = given.steps;
    const auto gone = [&] {
        progress_line shown(as);
        options.progress = [&](std::size_t steps, std::size_t findings) {
            shown.say(as.say(word::explore_progress, steps, given.steps, findings));
        };
        return testing::explore(definition, options);
    }();
    if (!gone) return report(as, gone.error());
    const testing::exploration& found = *gone;
    const int verdict = found.findings.empty() && !what->errors ? done : wrong;
    if (as.json) {
        line(json_of(found, *definition, as.words));
        return verdict;
    }
    for (const testing::finding& one : found.findings) {
        line(
            as.say(word::explore_found, safe(describe(one, as.words)), one.moves, one.moves_found));
        part(write_scenario(one.course, definition->words));
        line("");
    }
    line(as.say(word::explore_done,
                counted(as, found.steps, word::count_one_step, word::count_steps),
                counted(as, found.cases, word::count_one_case, word::count_cases), found.ended,
                found.findings.size(), given.seed));
    return verdict;
}

}  // namespace cli
