// SPDX-License-Identifier: BSL-1.0
// tests/bench/scenario.cpp: lines of scenarios carried out in a second, on the real kernel, each
// scenario in a world of its own.
#include "harness.hpp"

#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/testing/scenario.hpp>

#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

namespace bench {

std::vector<row> scenario_rows(bool quick) {
    const auto known = std::make_shared<const quytrinh::definitions>(quytrinh::bundled());
    std::ifstream in(std::string(QUYTRINH_PROCEDURES_DIR) + "/QT.HTKH.03.test.quytrinh");
    std::ostringstream text;
    text << in.rdbuf();
    const auto read = quytrinh::parse("QT.HTKH.03.test.quytrinh", text.str());
    if (!read.scenarios) throw std::runtime_error("the scenarios do not parse");
    quytrinh::procedure_ptr of;
    for (const auto& one : known->procedures)
        if (one->code == "QT.HTKH.03") of = one;
    quytrinh::testing::scenario_options options;
    options.known = known;
    const int times = quick ? 2 : 20;
    return {single(
        "scenarios of QT.HTKH.03, lines carried out", "lines/s", 1,
        [&] {
            double lines = 0;
            const double seconds = seconds_of([&] {
                for (int i = 0; i < times; ++i)
                    for (const auto& what : read.scenarios->items) {
                        const auto went = quytrinh::testing::run(what, of, options);
                        if (!went.passed()) throw std::runtime_error("a scenario fails");
                        lines += static_cast<double>(went.lines());
                    }
            });
            return lines / seconds;
        },
        gate::at_least, 10'000, "≥ 10,000")};
}

}  // namespace bench
