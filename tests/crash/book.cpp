// SPDX-License-Identifier: BSL-1.0
// tests/crash/book.cpp: reads the lines.
#include "crash/book.hpp"

namespace crash_tests {

namespace {

std::vector<std::string> fields_of(std::string_view line) {
    std::vector<std::string> out;
    for (;;) {
        const auto tab = line.find('\t');
        out.emplace_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return out;
        line.remove_prefix(tab + 1);
    }
}

}  // namespace

void book::read(std::string_view line) {
    if (line.empty()) return;
    auto field = fields_of(line);
    const char what = field[0].empty() ? '?' : field[0][0];
    field.resize(5);
    const std::pair key{field[1], field[2]};
    switch (what) {
    case 'M': manual = field[1] == "manual"; return;
    case 'O': ++opened; return;
    case 'Z': ++finished; return;
    case 'T': sent.emplace(key, command{}); return;
    case 'A':
        sent[key] = {answer::committed, std::stoull(field[3]), field[4]};
        acknowledged.push_back(key);
        return;
    case 'R':
        sent[key].said = answer::refused;
        ++refused;
        return;
    case 'U':
        sent[key].said = answer::unknown;
        ++unknown;
        return;
    case 'H': {
        const auto slash = field[1].find('/');
        stores_named.insert(field[1].substr(0, slash));
        const std::string of = field[1].substr(slash + 1);
        if (++delivered[of] == 1) first_deliveries.push_back(of);
        return;
    }
    case 'F': ++thrown; return;
    case 'B': copies.push_back({field[1], false, acknowledged}); return;
    case 'C':
        for (auto& one : copies)
            if (one.path == field[1]) one.done = true;
        return;
    case 'E': faults.push_back("a process says: " + std::string{line.substr(2)}); return;
    default: faults.push_back("a line that is none: " + std::string{line}); return;
    }
}

void book::read_all(std::string_view lines) {
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        // write(2) of a line to a pipe is whole or not at all: an end without its mark is a fault.
        if (end == std::string_view::npos) {
            faults.push_back("half a line: " + std::string{lines});
            return;
        }
        read(lines.substr(0, end));
        lines.remove_prefix(end + 1);
    }
}

}  // namespace crash_tests
