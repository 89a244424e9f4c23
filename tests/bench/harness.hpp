// SPDX-License-Identifier: BSL-1.0
// tests/bench/harness.hpp: a figure is a ratio to a floor measured in the same run. Each pair runs
// floor and subject one after the other; the median of the pairs' ratios is what a gate judges, so
// that a busy machine slows both.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// Runs `work` once and gives the seconds it took.
[[nodiscard]] double seconds_of(const std::function<void()>& work);

/// Keeps a value from being optimised away.
template <class T>
inline void keep(const T& value) {
    asm volatile("" : : "r,m"(value) : "memory");
}

/// How a gate reads a figure.
enum class gate : std::uint8_t { at_most, at_least, remark };

struct row {
    std::string what;
    std::string floor;   ///< what was measured beside it
    double subject = 0;  ///< in `unit`
    double base = 0;     ///< the floor, in `unit`; 0 when there is none
    std::string unit;
    double ratio = 0;  ///< what the gate judges when there is a floor, else subject
    gate how = gate::remark;
    double bound = 0;
    std::string goal;
    [[nodiscard]] bool met() const;
};

/// Median of `pairs` ratios subject/floor after one warm-up pair; fills subject, base and ratio
/// with the medians. Each function returns the cost of one unit of work (seconds per operation,
/// say).
[[nodiscard]] row paired(std::string what, std::string floor_name, std::string unit, double scale,
                         const std::function<double()>& subject,
                         const std::function<double()>& floor, gate how, double bound,
                         std::string goal, int pairs = 5);

/// A figure without a floor: the median of `runs`.
[[nodiscard]] row single(std::string what, std::string unit, double scale,
                         const std::function<double()>& subject, gate how, double bound,
                         std::string goal, int runs = 5);

/// The table in Markdown.
[[nodiscard]] std::string table(const std::vector<row>& rows);
[[nodiscard]] std::string json(const std::vector<row>& rows);

// The groups; `quick` cuts counts so that the whole run takes seconds (to see that everything
// runs).
[[nodiscard]] std::vector<row> kernel_rows(bool quick);
[[nodiscard]] std::vector<row> parse_rows(bool quick);
[[nodiscard]] std::vector<row> memory_rows(bool quick);
[[nodiscard]] std::vector<row> scenario_rows(bool quick);
[[nodiscard]] std::vector<row> binding_rows(bool quick);
[[nodiscard]] std::vector<row> sqlite_rows(bool quick, const std::string& folder);
/// `folder` must be there.
[[nodiscard]] std::vector<row> build_rows(bool quick, const std::string& folder);

/// `count` walks of a file of commands, in "cpp" or "c", after a warm-up.
struct walks_made {
    std::size_t commands;
    double seconds;
};
[[nodiscard]] walks_made walk_through(const std::string& language, const std::string& file,
                                      int count);

}  // namespace bench
