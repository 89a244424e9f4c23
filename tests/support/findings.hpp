// SPDX-License-Identifier: BSL-1.0
// tests/support/findings.hpp: findings as lines that a test can compare.
#pragma once

#include <doctest/doctest.h>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace findings {

/// How many clauses the words of a finding quote: they follow its own arguments.
inline std::size_t examples_of(std::uint16_t code) {
    std::size_t count = 0;
#define QUYTRINH_EXAMPLE(finding, vi, en) count += code == quytrinh::diag::finding ? 1 : 0;
#include <quytrinh/check/impl/examples.inc>
#undef QUYTRINH_EXAMPLE
    return count;
}

/// "unknown_target: OK, bước 9": the name of the row and its own arguments.
inline std::string line(const quytrinh::diagnostic& d) {
    const auto* row = quytrinh::find_diagnostic(d.code);
    std::string text(row == nullptr ? "?" : row->name);
    const std::size_t own = d.args.size() - std::min(d.args.size(), examples_of(d.code));
    for (std::size_t i = 0; i < own; ++i) text += (i == 0 ? ": " : ", ") + d.args[i];
    return text;
}
inline std::vector<std::string> lines(const quytrinh::diagnostic_list& list) {
    std::vector<std::string> all;
    for (const auto& d : list.items) all.push_back(line(d));
    return all;
}
/// Only the names of the rows.
inline std::vector<std::string> names(const quytrinh::diagnostic_list& list) {
    std::vector<std::string> all;
    for (const auto& d : list.items) {
        const auto* row = quytrinh::find_diagnostic(d.code);
        all.emplace_back(row == nullptr ? "?" : row->name);
    }
    return all;
}

}  // namespace findings

namespace doctest {
/// Lists of lines as a failed CHECK shows them.
template <>
struct StringMaker<std::vector<std::string>> {
    static String convert(const std::vector<std::string>& lines) {
        std::string text;
        for (const auto& line : lines) text += "\n    " + line;
        return String(text.c_str());
    }
};
}  // namespace doctest
