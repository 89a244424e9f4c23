// SPDX-License-Identifier: BSL-1.0
// src/cli/test_report.cpp: how tests went.
#include "test_report.hpp"

#include <quytrinh/base/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace cli {

using namespace quytrinh;
using quytrinh::testing::scenario_run;

namespace {

/// XML 1.0 takes no control character, escaped or not; they are shown as messages show them.
std::string xml_text(std::string_view text) {
    std::string out;
    std::size_t from = 0;
    while (from <= text.size()) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        for (const char c : escape_controls(std::string(text.substr(from, end - from)))) {
            switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
            }
        }
        if (end < text.size()) out += "&#10;";
        from = end + 1;
    }
    return out;
}

void print_json(const common& as, const tested& one) {
    const auto begin = [&](std::size_t row, bool ok) {
        json_object out;
        out.text("scenario", one.what->title)
            .text("procedure", one.went.procedure)
            .text("file", one.from->path)
            .number("line", line_of(one));
        if (row > 0) out.number("row", row);
        out.flag("ok", ok);
        return out;
    };
    if (!one.fault.empty()) return line(begin(0, false).text("fault", one.fault).str());
    for (const scenario_run& run : one.went.runs) {
        json_object out = begin(run.row, run.passed());
        out.number("lines", run.lines);
        if (run.first) {
            const auto& first = *run.first;
            out.number("at",
                       one.from->read.sources.empty()
                           ? 0
                           : one.from->read.sources.front().locate(first.where.range.begin).line)
                .text("expected", first.expected.in(as.words))
                .text("seen", first.seen.in(as.words));
            std::string timeline;
            for (const auto& each : run.timeline)
                timeline +=
                    (timeline.empty() ? "" : ",") +
                    json_object().text("at", each.when).text("what", each.what.in(as.words)).str();
            out.raw("timeline", "[" + timeline + "]");
        }
        line(out.str());
    }
}

std::size_t failed_runs(const tested& one) {
    if (!one.fault.empty()) return 1;
    return static_cast<std::size_t>(std::count_if(one.went.runs.begin(), one.went.runs.end(),
                                                  [](const auto& run) { return !run.passed(); }));
}

/// Seconds of one run, the way the schema has them.
std::string seconds(std::chrono::steady_clock::duration took, std::size_t runs) {
    const std::chrono::duration<double> all = took;
    return fmt::format("{:.3f}", all.count() / static_cast<double>(std::max<std::size_t>(runs, 1)));
}

std::string junit_case(const common& as, const tested& one, std::size_t at) {
    std::string out = fmt::format(
        "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"{}\"",
        xml_text(one.went.procedure), xml_text(title_of(as, one, at)), xml_text(one.from->path),
        line_of(one), seconds(one.took, one.went.runs.size()));
    if (!one.fault.empty())
        return out +
               fmt::format(">\n      <error type=\"not_run\" message=\"{}\"/>\n    </testcase>\n",
                           xml_text(one.fault));
    const scenario_run& run = one.went.runs[at];
    if (run.passed()) return out + "/>\n";
    const bool stopped = run.first->stopped != testing::run_stop::none;
    return out + fmt::format(
                     ">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n"
                     "    </testcase>\n",
                     stopped ? "stopped" : "divergence", xml_text(run.first->seen.in(as.words)),
                     xml_text(testing::to_text(*one.what, run, one.from->read.sources, as.words)));
}

/// A text whose scenarios could not even be read.
std::string junit_unread(const common& as, const test_text& text) {
    const auto& found = text.read.diagnostics;
    const std::string name = xml_text(text.path);
    return fmt::format(
        "  <testsuite name=\"{0}\" tests=\"1\" failures=\"0\" errors=\"1\" time=\"0.000\">\n"
        "    <testcase classname=\"{0}\" name=\"{0}\" file=\"{0}\" line=\"1\" time=\"0.000\">\n"
        "      <error type=\"text_is_wrong\" message=\"{1}\">{2}</error>\n"
        "    </testcase>\n  </testsuite>\n",
        name, xml_text(as.say(word::test_names_wrong, found.errors)),
        xml_text(render(found, text.read.sources, as.words)));
}

}  // namespace

std::size_t line_of(const tested& one) {
    if (one.from->read.sources.empty()) return 1;
    return one.from->read.sources.front().locate(one.what->where.range.begin).line;
}

std::string title_of(const common& as, const tested& one, std::size_t run) {
    if (run >= one.went.runs.size() || one.went.runs[run].row == 0) return one.what->title;
    return as.say(word::test_row, one.what->title, one.went.runs[run].row);
}

void print_tested(const common& as, const tested& one) {
    if (as.json) return print_json(as, one);
    if (!one.fault.empty()) {
        line(as.say(word::test_failed, safe(one.what->title)));
        line("  " + one.fault);
        return;
    }
    for (std::size_t i = 0; i < one.went.runs.size(); ++i) {
        const scenario_run& run = one.went.runs[i];
        line(as.say(run.passed() ? word::test_passed : word::test_failed,
                    safe(title_of(as, one, i))));
        if (!run.passed()) part(testing::to_text(*one.what, run, one.from->read.sources, as.words));
    }
}

std::size_t print_total(const common& as, const std::vector<tested>& all) {
    std::size_t runs = 0;
    std::size_t failed = 0;
    std::uint64_t lines = 0;
    for (const tested& one : all) {
        runs += std::max<std::size_t>(one.went.runs.size(), one.fault.empty() ? 0 : 1);
        failed += failed_runs(one);
        lines += one.went.lines();
    }
    if (as.json)
        line(json_object()
                 .number("scenarios", all.size())
                 .number("runs", runs)
                 .number("lines", lines)
                 .number("passed", runs - failed)
                 .number("failed", failed)
                 .str());
    else
        line(as.say(failed == 0 ? word::test_total : word::test_total_failed,
                    counted(as, all.size(), word::count_one_scenario, word::count_scenarios),
                    counted(as, runs, word::count_one_run, word::count_runs), runs - failed,
                    failed));
    return failed;
}

std::string junit_of(const common& as, const std::vector<tested>& all,
                     const std::vector<const test_text*>& unread) {
    std::string suites;
    std::size_t tests = unread.size(), failures = 0, errors = unread.size();
    std::chrono::steady_clock::duration took{};
    for (std::size_t from = 0; from < all.size();) {
        std::size_t to = from;
        std::size_t here = 0, failed = 0, faults = 0;
        std::chrono::steady_clock::duration spent{};
        std::string cases;
        for (; to < all.size() && all[to].from == all[from].from; ++to) {
            const tested& one = all[to];
            const std::size_t runs = one.fault.empty() ? one.went.runs.size() : 1;
            here += runs;
            spent += one.took;
            (one.fault.empty() ? failed : faults) += failed_runs(one);
            for (std::size_t i = 0; i < runs; ++i) cases += junit_case(as, one, i);
        }
        suites += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
            "time=\"{}\">\n{}  </testsuite>\n",
            xml_text(all[from].from->path), here, failed, faults, seconds(spent, 1), cases);
        tests += here;
        failures += failed;
        errors += faults;
        took += spent;
        from = to;
    }
    for (const test_text* text : unread) suites += junit_unread(as, *text);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"quytrinh test\" "
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{}\">\n{}</testsuites>\n",
        tests, failures, errors, seconds(took, 1), suites);
}

}  // namespace cli
