// SPDX-License-Identifier: BSL-1.0
// bindings/c/tests.cpp: scenarios carried out, made and sought, from JSON to JSON.
#include "tests.hpp"

#include "json_text.hpp"

#include <quytrinh/check/check.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/scenario.hpp>
#include <quytrinh/render/draw.hpp>
#include <quytrinh/testing/coverage.hpp>
#include <quytrinh/testing/explore.hpp>
#include <quytrinh/testing/generate.hpp>
#include <quytrinh/testing/scenario.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

namespace quytrinh::c_abi {

namespace {

/// Asks the host whether to go on.
struct watcher {
    quytrinh_progress_fn tell;
    void* user;
    void operator()(std::size_t done, std::size_t found) const {
        if (tell == nullptr) return;
        std::int32_t said = 0;
        try {
            said = tell(user, done, found);
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& thrown) {
            refuse(errc::host_callback_failed, {thrown.what()});
        } catch (...) {
            refuse(errc::host_callback_failed, {"?"});
        }
        if (said != 0) refuse(errc::host_callback_failed, {std::to_string(said)});
    }
};

struct testing_of {
    const surroundings& known;
    const std::string& name;
    const std::string& text;
    const import_resolver& imports;
    request& with;
    const watcher& watch;
    language words;
};

std::uint32_t small(std::uint64_t n, std::uint32_t unless) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    return n == 0 ? unless : static_cast<std::uint32_t>(std::min(n, most));
}

// -- scenarios carried out

struct tested {
    const scenario* what;
    testing::scenario_result went;
    std::optional<error> fault;  ///< why it was not carried out
    diagnostic_list found;       ///< what is wrong with its names, or with its procedure
    const std::vector<source_text>* sources = nullptr;  ///< of `found`; null: of the scenario
};

/// The errors of the checker, for which an office refuses a text; each procedure is judged once.
class judge {
public:
    explicit judge(const definitions& all) : all_(&all) {}
    [[nodiscard]] procedure_ptr find(std::string_view code) const {
        for (const auto& one : all_->procedures)
            if (one->code == code) return one;
        return nullptr;
    }
    const diagnostic_list& errors_of(const procedure_ptr& of) {
        const auto [at, is_new] = errors_.try_emplace(of);
        if (!is_new) return at->second;
        check_context known;
        known.find_procedure = [this](std::string_view code) { return find(code).get(); };
        for (const diagnostic& one : check(*of, known).items)
            if (one.level == severity::error) at->second.add(one);
        return at->second;
    }

private:
    const definitions* all_;
    std::map<procedure_ptr, diagnostic_list> errors_;
};

/// From the header of a scenario to the next one.
bool is_within(const place& at, const scenario& what, const parsed& from) {
    if (at.file != what.where.file || at.range.begin < what.where.range.begin) return false;
    return std::none_of(from.scenarios->items.begin(), from.scenarios->items.end(),
                        [&](const scenario& other) {
                            return other.where.range.begin > what.where.range.begin &&
                                   other.where.range.begin <= at.range.begin;
                        });
}

/// Names are judged here where the file of the scenario could not judge them.
tested carry_out(const parsed& from, const scenario& what, judge& by,
                 const testing::scenario_options& options) {
    tested out{&what, {}, {}, {}};
    const auto wrong = [&](std::uint32_t errors) {
        out.fault = error{errc::text_is_wrong, {std::to_string(errors)}, {}, {}};
    };
    const bool own = what.procedure.empty();
    const procedure_ptr of = own ? from.definition : by.find(what.procedure);
    out.went.title = what.title;
    out.went.procedure = own && of ? of->code : what.procedure;
    if (!of) {
        out.fault = error{errc::procedure_unknown, {what.procedure}, {}, {}};
        return out;
    }
    if (what.errors > 0) {
        for (const diagnostic& one : from.diagnostics.items)
            if (one.level == severity::error && is_within(one.where, what, from))
                out.found.add(one);
        wrong(what.errors);
        return out;
    }
    // No office would take the text; a green test of it would say what is not so.
    if (const diagnostic_list& errors = by.errors_of(of); !errors.ok()) {
        out.found = errors;
        out.sources = &of->sources;
        wrong(errors.errors);
        return out;
    }
    if (!from.definition) {
        const auto other = [&](std::string_view code) { return by.find(code).get(); };
        out.found = judge_scenarios({&what, 1}, *of, other, of->words);
        if (!out.found.ok()) {
            wrong(out.found.errors);
            return out;
        }
    }
    out.went = testing::run(what, of, options);
    return out;
}

bool passed(const tested& one) { return !one.fault && one.went.passed(); }

json_object begin_view(const tested& one, const parsed& from) {
    json_object out;
    out.text("scenario", one.what->title)
        .text("procedure", one.went.procedure)
        .number("line", line_at(from.sources, one.what->where));
    return out;
}

std::string view_of(const tested& one, const testing::scenario_run& run, const parsed& from,
                    language words) {
    json_object out = begin_view(one, from);
    out.number("row", run.row).truth("ok", run.passed()).number("lines", run.lines);
    if (!run.first) return out.str();
    json_array timeline;
    for (const auto& each : run.timeline)
        timeline.raw(json_object()
                         .text("at", to_iso(each.at, std::chrono::minutes{420}))
                         .text("when", each.when)
                         .text("case", each.of.str())
                         .text("what", each.what.in(words))
                         .str());
    return out.number("at", line_at(from.sources, run.first->where))
        .text("expected", run.first->expected.in(words))
        .text("seen", run.first->seen.in(words))
        .truth("stopped", run.first->stopped != testing::run_stop::none)
        .raw("timeline", timeline.str())
        .text("text", testing::to_text(*one.what, run, from.sources, words))
        .str();
}

std::string fault_view(const tested& one, const parsed& from, language words) {
    json_object out = begin_view(one, from);
    out.number("row", 0).truth("ok", false).number("lines", 0);
    out.raw("error", to_json(*one.fault, words));
    add_diagnostics(out, one.found, one.sources ? *one.sources : from.sources, words);
    return out.str();
}

/// Counts of all runs together, by procedure.
std::string coverage_view(const std::vector<tested>& all, const definitions& known, bool draw,
                          language words) {
    std::map<std::string, testing::coverage> counts;
    for (const tested& one : all)
        for (const auto& procedure : known.procedures)
            if (procedure->code == one.went.procedure)
                counts.try_emplace(procedure->code, procedure);
    // A linked case counts for its own procedure, where that is tested too.
    for (const tested& one : all)
        for (const auto& run : one.went.runs)
            for (const auto& seen : run.cases) {
                if (!seen.definition) continue;
                const auto count = counts.find(seen.definition->code);
                if (count != counts.end()) must(count->second.add(seen.history, one.what->title));
            }
    json_array out;
    for (const auto& [code, count] : counts) {
        std::string json = testing::to_json(count);
        if (draw) {
            json.pop_back();
            json += ",\"drawing\":";
            json += json_quoted(draw_svg(count.of(), testing::overlay_of(count, words), words));
            json += '}';
        }
        out.raw(json);
    }
    return out.str();
}

std::string run(const testing_of& by) {
    testing::scenario_options options;
    auto& bounds = options.bounds;
    const bool cover = by.with.truth("coverage"), draw = by.with.truth("draw");
    options.person = by.with.text("person");
    bounds.lines = small(by.with.number("lines"), bounds.lines);
    bounds.rows = small(by.with.number("rows"), bounds.rows);
    bounds.timers = small(by.with.number("timers"), bounds.timers);
    const std::uint64_t years = by.with.number("years");
    if (years != 0) bounds.years = static_cast<std::int64_t>(std::min<std::uint64_t>(years, 300));
    by.with.finish();
    const parsed read = read_right(by.known, by.name, by.text, by.imports);
    const auto known = by.known.all(read.definition);
    options.known = known;
    judge with(*known);
    std::vector<tested> all;
    std::size_t failed = 0;
    json_array runs;
    if (read.scenarios)
        for (const scenario& what : read.scenarios->items) {
            by.watch(all.size(), failed);
            const tested& one = all.emplace_back(carry_out(read, what, with, options));
            failed += passed(one) ? 0 : 1;
            if (one.fault) runs.raw(fault_view(one, read, by.words));
            for (const auto& each : one.went.runs) runs.raw(view_of(one, each, read, by.words));
        }
    by.watch(all.size(), failed);
    json_object out;
    out.truth("ok", failed == 0)
        .number("scenarios", all.size())
        .number("failed", failed)
        .raw("runs", runs.str());
    if (cover || draw) out.raw("coverage", coverage_view(all, *known, draw, by.words));
    return out.str();
}

// -- scenarios made and sought

/// The procedure of the text, or the one of this code where there is no text.
procedure_ptr subject_of(const testing_of& by, const std::string& code) {
    if (by.text.empty()) {
        if (code.empty()) request::fault("procedure", "is missing");
        return must(by.known.procedure_of(code));
    }
    if (!code.empty()) request::fault("procedure", "is for an empty text");
    auto read = read_right(by.known, by.name, by.text, by.imports);
    if (!read.definition) refuse(errc::procedure_unknown, {by.name});
    return read.definition;
}

std::optional<instant> start_of_walk(request& with) {
    const std::string start = with.text("start");
    if (start.empty()) return std::nullopt;
    return moment_of("start", start, std::chrono::minutes{420});
}

template <class Options, class N>
void bound(request& with, const char* name, N Options::*member, Options& of) {
    const std::uint64_t n = with.number(name);
    if (n != 0) of.*member = static_cast<N>(n);
}

std::string file_of(const std::vector<scenario>& all, const procedure& of) {
    std::string text = of.words == dialect::vi ? "ngôn ngữ quy trình 1, tiếng Việt\n"
                                               : "procedure language 1, English\n";
    for (scenario one : all) {
        if (one.procedure.empty()) one.procedure = of.code;
        text += "\n" + write_scenario(one, of.words);
    }
    return text;
}

std::string generate(const testing_of& by) {
    testing::generate_options options;
    options.start = start_of_walk(by.with);
    const std::string code = by.with.text("procedure");
    bound(by.with, "seed", &testing::generate_options::seed, options);
    bound(by.with, "scenarios", &testing::generate_options::scenarios, options);
    bound(by.with, "tries", &testing::generate_options::tries, options);
    bound(by.with, "moves", &testing::generate_options::moves, options);
    bound(by.with, "effort", &testing::generate_options::effort, options);
    by.with.finish();
    const procedure_ptr of = subject_of(by, code);
    options.known = by.known.all(of);
    options.progress = by.watch;
    const testing::generated made = must(testing::generate_scenarios(of, options));
    json_array scenarios, unreached;
    for (const scenario& one : made.scenarios.items)
        scenarios.raw(json_object()
                          .text("title", one.title)
                          .text("text", write_scenario(one, of->words))
                          .str());
    for (const auto& one : made.unreached)
        unreached.raw(json_object()
                          .text("what", testing::describe(one.item, *of, by.words))
                          .raw("error", one.why ? to_json(*one.why, by.words) : "null")
                          .str());
    return json_object()
        .text("procedure", of->code)
        .text("text", file_of(made.scenarios.items, *of))
        .raw("scenarios", scenarios.str())
        .number("tried", made.tried)
        .raw("coverage", testing::to_json(made.reached))
        .raw("unreached", unreached.str())
        .raw("gave_up", made.gave_up ? to_json(*made.gave_up, by.words) : "null")
        .str();
}

std::string_view word_of(testing::finding::kind what) {
    switch (what) {
    case testing::finding::kind::dead_end: return "dead_end";
    case testing::finding::kind::refused: return "refused";
    case testing::finding::kind::thrown: return "thrown";
    case testing::finding::kind::damaged: return "damaged";
    }
    return "unknown";
}

std::string explored(const testing_of& by) {
    testing::explore_options options;
    options.start = start_of_walk(by.with);
    const std::string code = by.with.text("procedure");
    bound(by.with, "seed", &testing::explore_options::seed, options);
    bound(by.with, "steps", &testing::explore_options::steps, options);
    bound(by.with, "moves", &testing::explore_options::moves, options);
    bound(by.with, "findings", &testing::explore_options::findings, options);
    by.with.finish();
    const procedure_ptr of = subject_of(by, code);
    options.known = by.known.all(of);
    options.progress = by.watch;
    const testing::exploration found = must(testing::explore(of, options));
    json_array findings;
    for (const testing::finding& one : found.findings)
        findings.raw(json_object()
                         .text("kind", word_of(one.what))
                         .text("step", one.step)
                         .text("outcome", one.outcome)
                         .raw("error", one.why ? to_json(*one.why, by.words) : "null")
                         .text("message", testing::describe(one, by.words))
                         .number("moves", one.moves)
                         .text("scenario", write_scenario(one.course, of->words))
                         .str());
    return json_object()
        .text("procedure", of->code)
        .number("steps", found.steps)
        .number("cases", found.cases)
        .number("ended", found.ended)
        .raw("findings", findings.str())
        .raw("coverage", testing::to_json(found.reached))
        .str();
}

std::string test(const testing_of& by) {
    const std::string what = by.with.needed("do");
    if (what == "run") return run(by);
    if (what == "generate") return generate(by);
    if (what == "explore") return explored(by);
    request::fault("do", "is not known");
}

/// The first line of a run that can be written anew, in the file itself.
std::optional<testing::divergence::rewrite> first_mend(const parsed& read, const definitions& all,
                                                       const testing::scenario_options& options) {
    judge with(all);
    for (const scenario& what : read.scenarios->items)
        for (const auto& run : carry_out(read, what, with, options).went.runs)
            if (run.first && run.first->mend && run.first->mend->where.file == 0)
                return run.first->mend;
    return std::nullopt;
}

}  // namespace

std::pair<std::string, std::size_t> mend(const surroundings& known, const std::string& name,
                                         const std::string& text, const import_resolver& imports) {
    // Lines of one text; each makes at least one right.
    constexpr std::size_t most = 1'000;
    std::string now = text;
    std::size_t lines = 0;
    for (; lines < most; ++lines) {
        const parsed read = read_right(known, name, now, imports);
        if (!read.scenarios) break;
        testing::scenario_options options;
        const auto all = known.all(read.definition);
        options.known = all;
        const auto next = first_mend(read, *all, options);
        if (!next) break;
        const span where = next->where.range;
        if (where.end > now.size() || where.begin >= where.end) break;
        if (now.compare(where.begin, where.end - where.begin, next->text) == 0) break;
        now.replace(where.begin, where.end - where.begin, next->text);
    }
    return {now, lines};
}

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;
namespace qt = quytrinh;

std::int32_t quytrinh_test(quytrinh_office* office, const char* name, std::size_t name_size,
                           const char* text, std::size_t text_size, quytrinh_import_fn import,
                           void* import_user, const char* request, std::size_t request_size,
                           quytrinh_progress_fn progress, void* progress_user, std::int32_t words,
                           quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = perhaps(office);
        const auto as = language_of(words);
        const surroundings known{in};
        const auto called = name_or(given(name, name_size, "text"), "procedure.quytrinh");
        const std::string all{given(text, text_size, "text")};
        quytrinh::c_abi::request with{given(request, request_size, "text")};
        give_text(json, test({known, called, all, imports_of(import, import_user), with,
                              watcher{progress, progress_user}, as}));
    });
}
