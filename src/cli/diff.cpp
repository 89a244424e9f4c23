// SPDX-License-Identifier: BSL-1.0
// src/cli/diff.cpp: the unified difference of two texts.
#include "diff.hpp"

#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cli {

namespace {

using lines = std::vector<std::string_view>;

/// Lines with their line ends, so that a missing last one is a difference too.
lines lines_of(std::string_view text) {
    lines out;
    while (!text.empty()) {
        const std::size_t stop = text.find('\n');
        const std::size_t length = stop == std::string_view::npos ? text.size() : stop + 1;
        out.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return out;
}

/// One line of the difference: ' ' kept, '-' removed, '+' added.
struct step {
    char kind;
    std::string_view text;
};

/// The shortest way from one list of lines to the other, by Myers' greedy search; with more than
/// `most` changes, all out and all in.
std::vector<step> steps_between(const lines& a, const lines& b) {
    constexpr std::ptrdiff_t most = 2000;
    const auto n = static_cast<std::ptrdiff_t>(a.size());
    const auto m = static_cast<std::ptrdiff_t>(b.size());
    const auto line = [](const lines& of, std::ptrdiff_t at) {
        return of[static_cast<std::size_t>(at)];
    };
    // furthest[d] holds, a diagonal, how far d changes lead: what the way back needs.
    std::vector<std::vector<std::ptrdiff_t>> furthest;
    const auto reach = [&](const std::vector<std::ptrdiff_t>& row, std::ptrdiff_t d,
                           std::ptrdiff_t k) {
        return k < -d || k > d ? std::ptrdiff_t{-1} : row[static_cast<std::size_t>((k + d) / 2)];
    };
    const auto comes_from_above = [&](std::ptrdiff_t d, std::ptrdiff_t k) {
        const auto& before = furthest[static_cast<std::size_t>(d - 1)];
        return k == -d || (k != d && reach(before, d - 1, k - 1) < reach(before, d - 1, k + 1));
    };
    std::ptrdiff_t changes = -1;
    for (std::ptrdiff_t d = 0; d <= std::min(most, n + m) && changes < 0; ++d) {
        std::vector<std::ptrdiff_t> row(static_cast<std::size_t>(d + 1), 0);
        for (std::ptrdiff_t k = -d; k <= d && changes < 0; k += 2) {
            std::ptrdiff_t x = 0;
            if (d > 0) {
                const auto& before = furthest[static_cast<std::size_t>(d - 1)];
                x = comes_from_above(d, k) ? reach(before, d - 1, k + 1)
                                           : reach(before, d - 1, k - 1) + 1;
            }
            while (x < n && x - k < m && x - k >= 0 && line(a, x) == line(b, x - k)) ++x;
            row[static_cast<std::size_t>((k + d) / 2)] = x;
            if (x >= n && x - k >= m) changes = d;
        }
        furthest.push_back(std::move(row));
    }
    std::vector<step> back;
    if (changes < 0) {
        for (const std::string_view one : a) back.push_back({'-', one});
        for (const std::string_view one : b) back.push_back({'+', one});
        return back;
    }
    std::ptrdiff_t x = n;
    std::ptrdiff_t y = m;
    for (std::ptrdiff_t d = changes; d >= 0; --d) {
        const std::ptrdiff_t k = x - y;
        const bool above = d > 0 && comes_from_above(d, k);
        const std::ptrdiff_t from_k = above ? k + 1 : k - 1;
        const std::ptrdiff_t from_x =
            d == 0 ? 0 : reach(furthest[static_cast<std::size_t>(d - 1)], d - 1, from_k);
        const std::ptrdiff_t start = d == 0 ? 0 : above ? from_x : from_x + 1;
        for (; x > start; --x, --y) back.push_back({' ', line(a, x - 1)});
        if (d == 0) break;
        if (above)
            back.push_back({'+', line(b, --y)});
        else
            back.push_back({'-', line(a, --x)});
    }
    std::reverse(back.begin(), back.end());
    return back;
}

void print(std::string& out, const step& one) {
    std::string_view text = one.text;
    const bool ends = !text.empty() && text.back() == '\n';
    if (ends) text.remove_suffix(1);
    // The line end of a file of Windows is part of the difference, and harmless where it stands.
    const bool returns = ends && !text.empty() && text.back() == '\r';
    if (returns) text.remove_suffix(1);
    out += one.kind;
    out += quytrinh::escape_controls(text) + (returns ? "\r\n" : "\n");
    if (!ends) out += "\\ No newline at end of file\n";
}

std::string range(std::size_t first, std::size_t count) {
    // An empty range names the line before it.
    return std::to_string(count == 0 ? first - 1 : first) +
           (count == 1 ? std::string() : "," + std::to_string(count));
}

}  // namespace

std::string unified_diff(std::string_view before_name, std::string_view before,
                         std::string_view after_name, std::string_view after) {
    if (before == after) return {};
    constexpr std::size_t around = 3;
    const std::vector<step> steps = steps_between(lines_of(before), lines_of(after));
    std::string out = "--- " + quytrinh::escape_controls(before_name) + "\n+++ " +
                      quytrinh::escape_controls(after_name) + "\n";
    std::size_t at = 0;
    std::size_t left = 1;
    std::size_t right = 1;
    while (at < steps.size()) {
        std::size_t change = at;
        while (change < steps.size() && steps[change].kind == ' ') ++change;
        if (change == steps.size()) break;
        const std::size_t begin = change - std::min(around, change - at);
        left += begin - at;
        right += begin - at;
        // A hunk goes on while the next change is near enough to share the lines between.
        std::size_t last = change;
        for (std::size_t i = change; i < steps.size() && i <= last + 2 * around; ++i)
            if (steps[i].kind != ' ') last = i;
        const std::size_t end = std::min(steps.size(), last + 1 + around);
        std::size_t removed = 0;
        std::size_t added = 0;
        std::string body;
        for (std::size_t i = begin; i < end; ++i) {
            removed += steps[i].kind != '+';
            added += steps[i].kind != '-';
            print(body, steps[i]);
        }
        out += "@@ -" + range(left, removed) + " +" + range(right, added) + " @@\n" + body;
        left += removed;
        right += added;
        at = end;
    }
    return out;
}

}  // namespace cli
