// SPDX-License-Identifier: BSL-1.0
// src/cli/scenarios.cpp: scenarios: tests for a procedure that nobody had to write, as a scenario
// file to keep or to edit.
#include "commands.hpp"
#include "definition.hpp"
#include "files.hpp"

#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/generate.hpp>

namespace cli {

using namespace quytrinh;

namespace {

std::string file_of(const std::vector<scenario>& all, dialect words) {
    std::string text = words == dialect::vi ? "ngôn ngữ quy trình 1, tiếng Việt\n"
                                            : "procedure language 1, English\n";
    for (const scenario& one : all) text += "\n" + write_scenario(one, words);
    return text;
}

std::string json_of(const testing::generated& made, const procedure& of, language words) {
    json_object out;
    out.text("procedure", of.code);
    std::string all;
    for (const scenario& one : made.scenarios.items) {
        json_object each;
        each.text("title", one.title).text("text", write_scenario(one, of.words));
        all += (all.empty() ? "" : ",") + each.str();
    }
    out.raw("scenarios", "[" + all + "]");
    out.number("covered", made.reached.covered()).number("total", made.reached.total());
    std::vector<std::string> left;
    for (const auto& one : made.unreached) left.push_back(describe(one.item, of, words));
    out.raw("unreached", json_array(left));
    if (made.gave_up) out.text("gave_up", made.gave_up->text(words));
    return out.str();
}

}  // namespace

int run_scenarios(const common& as, const scenarios_args& given) {
    const auto what = read_walked(as, given.procedure, given.with, given.at);
    if (!what) return wrong;
    const procedure_ptr& definition = what->of;
    testing::generate_options options;
    options.known = what->known;
    options.start = what->start;
    if (given.seed) options.seed = *given.seed;
    progress_line shown(as);
    options.progress = [&](std::size_t tried, std::size_t missing) {
        shown.say(as.say(word::scenarios_progress, tried, missing));
    };
    const auto made = testing::generate_scenarios(definition, options);
    if (!made) return report(as, made.error());
    const std::string text = file_of(made->scenarios.items, definition->words);
    if (!given.out.empty()) {
        if (const auto written = write_file(as, given.out, text, given.force); !written)
            return report(as, written.error());
    }
    if (as.json) {
        line(json_of(*made, *definition, as.words));
        return what->errors ? wrong : done;
    }
    if (given.out.empty()) part(text);
    error_line(as.say(
        word::scenarios_made,
        counted(as, made->scenarios.items.size(), word::count_one_scenario, word::count_scenarios),
        made->reached.covered(), made->reached.total()));
    if (made->gave_up)
        error_line(as.say(word::scenarios_gave_up, made->tried, made->gave_up->text(as.words),
                          made->unreached.size()));
    for (const auto& one : made->unreached)
        error_line("  " + describe(one.item, *definition, as.words) +
                   (one.why ? " (" + safe(one.why->text(as.words)) + ")" : std::string()));
    if (!given.out.empty()) error_line(as.say(word::file_written, safe(given.out)));
    return what->errors ? wrong : done;
}

}  // namespace cli
