// SPDX-License-Identifier: BSL-1.0
// tests/fuzz/condition.cpp: the lines before the first `=` as conditions of a step, the bytes after
// it as values; the laws of tests/support/condition_laws.hpp must hold whatever they are.
#include "../support/condition_laws.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 10'000) return 0;
    std::string_view left(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> lines;
    constexpr std::size_t most = 6;
    while (!left.empty() && lines.size() < most) {
        const std::size_t end = std::min(left.find('\n'), left.size());
        const std::string_view line = left.substr(0, end);
        left.remove_prefix(std::min(left.size(), end + 1));
        if (line == "=") break;
        lines.emplace_back(line);
    }
    const std::string broken = condition_laws::of_lines(lines, left);
    if (broken.empty()) return 0;
    std::cerr << "a law does not hold: " << broken << '\n';
    std::abort();
}
