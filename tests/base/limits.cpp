// SPDX-License-Identifier: BSL-1.0
// tests/base/limits.cpp: the defaults and the hard maxima are those of the published contract.
#include <quytrinh/base/limits.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <functional>
#include <iterator>

using namespace quytrinh;

namespace {

struct row {
    const char* name;
    std::size_t standard, most;
    std::function<std::size_t(const limits&)> get;
    std::function<void(limits&, std::size_t)> set;
};

#define ROW(name, standard, most)                                            \
    row {                                                                    \
#name, standard, most,                                                     \
            [](const limits& l) { return static_cast<std::size_t>(l.name); },      \
            [](limits& l, std::size_t n) { l.name = static_cast<decltype(l.name)>(n); } \
    }
const row rows[] = {
    ROW(definition_bytes, 1'048'576, 16'777'216),
    ROW(nesting, 64, 256),
    ROW(tokens_per_line, 2'000, 20'000),
    ROW(steps, 5'000, 20'000),
    ROW(import_files, 64, 256),
    ROW(import_depth, 8, 32),
    ROW(import_bytes, 4'194'304, 16'777'216),
    ROW(identifier_code_points, 128, 256),
    ROW(diagnostics, 100, 10'000),
    ROW(events_per_case, 50'000, 500'000),
    ROW(history_bytes, 67'108'864, 536'870'912),
    ROW(payload_bytes, 262'144, 2'097'152),
    ROW(open_tasks, 2'000, 20'000),
    ROW(command_id_bytes, 128, 128),
    ROW(id_bytes, 255, 255),
    ROW(text_bytes, 65'536, 1'048'576),
    ROW(fields_per_command, 1'000, 10'000),
    ROW(evaluation_steps, 100'000, 1'000'000),
    ROW(delivery_attempts, 20, 1'000),
    ROW(page, 100, 1'000),
    ROW(page_max, 1'000, 1'000),
    ROW(limit_years, 100, 200),
};
#undef ROW

}  // namespace

TEST_CASE("every limit: its default, its hard maximum, and never zero") {
    for (const row& r : rows) {
        CAPTURE(r.name);
        CHECK(r.get(limits{}) == r.standard);
        CHECK(r.get(within_maxima(limits{})) == r.standard);
        const auto held = [&](std::size_t wanted) {
            limits l;
            r.set(l, wanted);
            return r.get(within_maxima(l));
        };
        CHECK(held(r.most) == r.most);
        CHECK(held(r.most + 1) == r.most);
        CHECK(held(SIZE_MAX / 4) == r.most);
        CHECK(held(1) == 1);
        CHECK(held(0) == 1);
    }
    // Every member has its row: they fill the type, but for the padding behind delivery_attempts.
    CHECK(sizeof(limits) == std::size(rows) * sizeof(std::size_t));
}

TEST_CASE("a page that nobody sized is no larger than a page may be") {
    limits l;
    l.page_max = 7;
    CHECK(within_maxima(l).page == 7);
}
