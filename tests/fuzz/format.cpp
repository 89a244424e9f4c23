// SPDX-License-Identifier: BSL-1.0
// tests/fuzz/format.cpp: any bytes laid out and translated; the laws of tests/support/text_laws.hpp
// must hold whatever they are.
#include "../support/text_laws.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const std::string& broken : {text_laws::of_format(text), text_laws::of_translate(text)}) {
        if (broken.empty()) continue;
        std::cerr << "a law does not hold: " << broken << '\n';
        std::abort();
    }
    return 0;
}
