// SPDX-License-Identifier: BSL-1.0
// src/cli/test_coverage.cpp: test --coverage: counts the cases of all scenarios of a procedure
// together.
#include "test_coverage.hpp"

#include "files.hpp"

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/coverage.hpp>

#include <map>

namespace cli {

using namespace quytrinh;

namespace {

/// Of several procedures each has a drawing of its own: "a.svg" becomes "a.QT.X.svg".
std::string drawing_of(const std::string& out, const std::string& code, bool several) {
    if (!several) return out;
    const std::size_t slash = out.find_last_of('/');
    const std::size_t dot = out.find_last_of('.');
    const bool has_ending =
        dot != std::string::npos && (slash == std::string::npos || dot > slash + 1);
    return has_ending ? out.substr(0, dot) + "." + code + out.substr(dot) : out + "." + code;
}

}  // namespace

result<int> report_coverage(const common& as, const test_args& given,
                            const std::vector<tested>& all, test_procedures& known) {
    if (!given.coverage && given.coverage_svg.empty() && !given.require) return done;
    std::map<std::string, testing::coverage> counts;
    for (const tested& one : all) {
        if (counts.count(one.went.procedure) != 0) continue;
        if (const auto of = known.find(one.went.procedure, one.from->path))
            counts.emplace(one.went.procedure, testing::coverage(of));
    }
    // A linked case counts for its own procedure, where that is tested too.
    for (const tested& one : all)
        for (const auto& run : one.went.runs)
            for (const auto& seen : run.cases) {
                if (!seen.definition) continue;
                const auto count = counts.find(seen.definition->code);
                if (count == counts.end()) continue;
                if (auto done_ = count->second.add(seen.history, one.what->title); !done_)
                    return done_.failure();
            }
    int code = done;
    for (const auto& [name, count] : counts) {
        if (as.json)
            line(json_object().raw("coverage", to_json(count)).str());
        else
            part("\n" + to_text(count, as.words));
        if (given.require && count.percent() < *given.require) {
            code = wrong;
            error_line(as.say(word::error_line, as.say(word::coverage_less, safe(name),
                                                       count.percent(), *given.require)));
        }
        if (given.coverage_svg.empty()) continue;
        const std::string file = drawing_of(given.coverage_svg, name, counts.size() > 1);
        const std::string drawing = draw_svg(count.of(), overlay_of(count, as.words), as.words);
        if (const auto written = write_own(as, file, drawing, own_kind::drawing, given.force);
            !written)
            return written.failure();
        if (!as.json) error_line(as.say(word::file_written, safe(file)));
    }
    return code;
}

}  // namespace cli
