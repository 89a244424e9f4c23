// SPDX-License-Identifier: BSL-1.0
// tests/fuzz/edit.cpp: any bytes as a procedure that is being written: after every edit the reading
// by parts says what a reading of the whole says. The last bytes are the dice.
#include "support/edit_laws.hpp"

#include <quytrinh/language/edited_text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::uint64_t seed = size;
    for (std::size_t i = size - std::min<std::size_t>(size, 8); i < size; ++i)
        seed = seed * 257 + data[i];
    quytrinh_tests::dice d(seed);
    quytrinh::edited_text text{"fuzz.quytrinh",
                               std::string(reinterpret_cast<const char*>(data), size)};
    for (int k = 0; k < 4; ++k) {
        const edit_laws::one_edit one = edit_laws::any_edit(text.text(), d);
        std::string expected{text.text()};
        expected.replace(one.where.begin, one.where.end - one.where.begin, one.with);
        const bool taken = text.edit(one.where, one.with).has_value();
        const auto whole = quytrinh::parse("fuzz.quytrinh", expected);
        const std::string what = !taken ? "the edit was refused"
                                 : text.text() != expected
                                     ? "the text differs"
                                     : edit_laws::difference(text.reading(), whole);
        if (what.empty()) continue;
        std::cerr << "must hold: an edited text reads as the whole: " << what << '\n';
        std::abort();
    }
    return 0;
}
