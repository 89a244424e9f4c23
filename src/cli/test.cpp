// SPDX-License-Identifier: BSL-1.0
// src/cli/test.cpp: runs the scenarios of files, folders and bundled procedures.
#include "commands.hpp"
#include "diff.hpp"
#include "files.hpp"
#include "test_coverage.hpp"
#include "test_files.hpp"
#include "test_report.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>

#include <chrono>
#include <iostream>
#include <optional>
#include <utility>

#include <unistd.h>

namespace cli {

using namespace quytrinh;

namespace {

/// Mends of one file that may follow one another; each makes at least one line right.
constexpr int most_mends = 1'000;

/// "127 kịch bản…", now and then, where somebody watches a terminal.
class progress {
public:
    explicit progress(const common& as) : as_(as), shown_(!as.json && ::isatty(2) == 1) {}
    ~progress() {
        if (told_) error_part("\r\x1b[K");
    }
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    void step(std::size_t count) {
        const auto now = std::chrono::steady_clock::now();
        if (!shown_ || now - last_ < std::chrono::seconds{1}) return;
        last_ = now;
        told_ = true;
        error_part("\r" + as_.say(word::test_progress, count));
    }

private:
    const common& as_;
    bool shown_;
    bool told_ = false;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

void show(const common& as, const diagnostic_list& found, const std::vector<source_text>& sources) {
    part(as.json ? to_json_lines(found, sources, as.words) : render(found, sources, as.words));
}

/// Runs one scenario, after its names were judged where its file could not judge them.
tested run_one(const common& as, const test_text& from, const scenario& what,
               test_procedures& known) {
    tested out;
    out.from = &from;
    out.what = &what;
    const bool own = what.procedure.empty();
    const procedure_ptr of = own ? from.read.definition : known.find(what.procedure, from.path);
    out.went.procedure = own && of ? of->code : what.procedure;
    if (what.errors > 0) {
        out.fault = as.say(word::test_names_wrong, what.errors);
        return out;
    }
    if (!of) {
        out.fault = known.why_not_found(what.procedure, from.path);
        return out;
    }
    const diagnostic_list& wrong_text = known.errors_of(of, from.path);
    if (!wrong_text.ok()) {
        if (known.is_first_told(of)) show(as, wrong_text, of->sources);
        out.fault = as.say(word::test_text_wrong, of->code, wrong_text.errors);
        return out;
    }
    if (!from.read.definition) {
        // One by one: what is wrong with another scenario is told there.
        const auto find = [&](std::string_view code) -> const procedure* {
            return known.find(code, from.path).get();
        };
        diagnostic_list found = judge_scenarios({&what, 1}, *of, find, of->words);
        if (found.total() > 0) show(as, found, from.read.sources);
        if (!found.ok()) {
            out.fault = as.say(word::test_names_wrong, found.errors);
            return out;
        }
    }
    testing::scenario_options options;
    options.known = known.all();
    const auto begun = std::chrono::steady_clock::now();
    out.went = testing::run(what, of, options);
    out.took = std::chrono::steady_clock::now() - begun;
    return out;
}

/// The texts of a file with every line mended that can be, or nothing.
std::optional<std::string> mended(const common& as, const test_text& from, test_procedures& known) {
    std::string text = from.text;
    bool any = false;
    for (int i = 0; i < most_mends; ++i) {
        test_text now{from.path, text,
                      parse(from.path, text, folder_imports(as, from.path, limits{}.import_bytes)),
                      false};
        if (!now.read.scenarios || !now.read.sound()) break;
        if (now.read.definition) known.replace(now.read.definition);
        std::optional<testing::divergence::rewrite> mend;
        for (const scenario& what : now.read.scenarios->items) {
            const tested one = run_one(as, now, what, known);
            for (const auto& run : one.went.runs)
                if (!mend && run.first && run.first->mend && run.first->mend->where.file == 0)
                    mend = run.first->mend;
            if (mend) break;
        }
        if (!mend) break;
        const span where = mend->where.range;
        if (where.end > text.size() || where.begin >= where.end) break;
        if (text.compare(where.begin, where.end - where.begin, mend->text) == 0) break;
        text.replace(where.begin, where.end - where.begin, mend->text);
        any = true;
    }
    if (!any) return std::nullopt;
    return text;
}

/// Somebody at a terminal who says so.
bool agrees(const common& as, const std::string& path) {
    if (as.json || ::isatty(0) == 0 || ::isatty(1) == 0) return false;
    part(as.say(word::test_update_ask, safe(path)));
    static_cast<void>(flush());
    std::string said;
    if (!std::getline(std::cin, said)) return false;
    return said == "c" || said == "C" || said == "y" || said == "Y" || said == "có" ||
           said == "yes";
}

/// Shows what `--update` would change; writes it when that was looked at and agreed to.
result<void> update(const common& as, bool yes, test_text& from, test_procedures& known) {
    if (from.shipped || !from.read.scenarios || !from.read.sound()) return {};
    const auto text = mended(as, from, known);
    if (!text) return {};
    const std::string diff = unified_diff(from.path, from.text, from.path, *text);
    if (as.json)
        line(json_object().text("file", from.path).text("diff", diff).flag("written", yes).str());
    else
        part(diff);
    if (!yes && !agrees(as, from.path)) {
        if (from.read.definition) known.replace(from.read.definition);
        if (!as.json) line(as.say(word::test_update_kept, safe(from.path)));
        return {};
    }
    if (auto written = replace_file(as, from.path, from.text, *text); !written) return written;
    if (!as.json) line(as.say(word::test_update_done, safe(from.path)));
    from.read =
        parse(from.path, *text, folder_imports(as, from.path, limits{}.import_bytes), limits{});
    from.text = *text;
    if (from.read.definition) known.replace(from.read.definition);
    return {};
}

}  // namespace

int run_test(const common& as, const test_args& given) {
    auto texts = test_texts(as, given.what.empty() ? std::vector<std::string>{"."} : given.what);
    if (!texts) {
        report(as, texts.error());
        return texts.error().code == errc::not_found ? usage : wrong;
    }
    auto others = with_texts(as, given.with);
    if (!others) return report(as, others.error());
    for (const test_text& one : *others)
        if (!one.read.sound()) {
            show(as, one.read.diagnostics, one.read.sources);
            return wrong;
        }
    test_procedures known(as, *texts, *others);
    std::vector<const test_text*> wrong_texts;
    std::vector<tested> all;
    progress shown(as);
    for (test_text& from : *texts) {
        if (!from.read.ok()) show(as, from.read.diagnostics, from.read.sources);
        if (!from.read.sound()) {
            // A text that is wrong tests nothing, whatever its scenarios say.
            wrong_texts.push_back(&from);
            if (as.json)
                line(json_object()
                         .text("file", from.path)
                         .flag("ok", false)
                         .number("errors", from.read.diagnostics.errors)
                         .str());
            continue;
        }
        if (!from.read.scenarios) continue;
        if (given.update)
            if (auto done_ = update(as, given.yes, from, known); !done_)
                return report(as, done_.error());
        if (!from.read.scenarios) continue;
        if (!as.json) line(safe(from.path));
        for (const scenario& what : from.read.scenarios->items) {
            shown.step(all.size());
            all.push_back(run_one(as, from, what, known));
            print_tested(as, all.back());
        }
    }
    const std::size_t unread = wrong_texts.size();
    if (all.empty() && unread == 0) return misuse(as, as.say(word::test_none));
    const std::size_t failed = all.empty() ? 0 : print_total(as, all);
    if (unread > 0 && !as.json)
        line(as.say(unread == 1 ? word::test_unread_one : word::test_unread, unread));
    const auto enough = report_coverage(as, given, all, known);
    if (!enough) return report(as, enough.error());
    if (!given.junit.empty())
        if (const auto written = write_own(as, given.junit, junit_of(as, all, wrong_texts),
                                           own_kind::junit, given.force);
            !written)
            return report(as, written.error());
    return unread == 0 && failed == 0 && *enough == done ? done : wrong;
}

}  // namespace cli
