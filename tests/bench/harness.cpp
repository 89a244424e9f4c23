// SPDX-License-Identifier: BSL-1.0
// tests/bench/harness.cpp: medians, the table and its JSON.
#include "harness.hpp"

#include <algorithm>
#include <cstdio>

namespace bench {
namespace {

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto n = values.size();
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

std::string number(double value) {
    char text[64];
    const char* shape = value >= 1000  ? "%.0f"
                        : value >= 10  ? "%.1f"
                        : value >= 0.1 ? "%.2f"
                                       : "%.4f";
    std::snprintf(text, sizeof text, shape, value);
    return text;
}

std::string bound_text(const row& r) {
    if (r.how == gate::remark) return "–";
    return (r.how == gate::at_most ? "≤ " : "≥ ") + number(r.bound);
}

}  // namespace

double seconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

bool row::met() const {
    const double judged = base > 0 ? ratio : subject;
    switch (how) {
    case gate::at_most: return judged <= bound;
    case gate::at_least: return judged >= bound;
    case gate::remark: return true;
    }
    return true;
}

row paired(std::string what, std::string floor_name, std::string unit, double scale,
           const std::function<double()>& subject, const std::function<double()>& floor, gate how,
           double bound, std::string goal, int pairs) {
    keep(subject());
    keep(floor());
    std::vector<double> subjects, floors, ratios;
    for (int i = 0; i < pairs; ++i) {
        const double base = floor();
        const double cost = subject();
        subjects.push_back(cost);
        floors.push_back(base);
        ratios.push_back(cost / base);
    }
    row r;
    r.what = std::move(what);
    r.floor = std::move(floor_name);
    r.unit = std::move(unit);
    r.subject = median(subjects) * scale;
    r.base = median(floors) * scale;
    r.ratio = median(ratios);
    r.how = how;
    r.bound = bound;
    r.goal = std::move(goal);
    return r;
}

row single(std::string what, std::string unit, double scale, const std::function<double()>& subject,
           gate how, double bound, std::string goal, int runs) {
    keep(subject());
    std::vector<double> subjects;
    for (int i = 0; i < runs; ++i) subjects.push_back(subject());
    row r;
    r.what = std::move(what);
    r.unit = std::move(unit);
    r.subject = median(subjects) * scale;
    r.ratio = r.subject;
    r.how = how;
    r.bound = bound;
    r.goal = std::move(goal);
    return r;
}

std::string table(const std::vector<row>& rows) {
    std::string out =
        "| what | measured | floor beside it | ratio | gate | goal | met "
        "|\n|---|---|---|---|---|---|---|\n";
    for (const auto& r : rows) {
        out += "| " + r.what + " | " + number(r.subject) + " " + r.unit + " | ";
        out += r.base > 0 ? r.floor + ": " + number(r.base) + " " + r.unit : std::string("–");
        out += " | " + (r.base > 0 ? number(r.ratio) : std::string("–")) + " | " + bound_text(r) +
               " | " + r.goal + " | " +
               (r.how == gate::remark ? "–"
                : r.met()             ? "yes"
                                      : "**no**") +
               " |\n";
    }
    return out;
}

std::string json(const std::vector<row>& rows) {
    std::string out = "[\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& r = rows[i];
        out += "  {\"what\": \"" + r.what + "\", \"unit\": \"" + r.unit +
               "\", \"measured\": " + std::to_string(r.subject) + ", \"floor\": \"" + r.floor +
               "\", \"floor_measured\": " + std::to_string(r.base) +
               ", \"ratio\": " + std::to_string(r.ratio) + ", \"gate\": \"" + bound_text(r) +
               "\", \"met\": " + (r.met() ? "true" : "false") + "}" +
               (i + 1 < rows.size() ? "," : "") + "\n";
    }
    return out + "]\n";
}

}  // namespace bench
