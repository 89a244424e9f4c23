// SPDX-License-Identifier: BSL-1.0
// src/cli/pages.hpp: the pages that explain each code, as they lie in src/cli/pages/*.md.
#pragma once

#include <quytrinh/base/diagnostic.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cli {

/// One page, Markdown in both languages, as the file has it.
struct page {
    std::uint16_t code = 0;
    std::string_view text;
};
/// All that the program was built with, by ascending code.
[[nodiscard]] std::span<const page> all_pages() noexcept;
[[nodiscard]] const page* find_page(std::uint16_t code) noexcept;

/// What a page says in one language, with its examples in the dialect of that language. A page of a
/// note that only stands beside other messages may have no example.
struct page_words {
    std::string meaning, reason, mend;
    std::string wrong, right;
};
/// Reads the headings that src/cli/pages/README.md describes; what is missing stays empty.
[[nodiscard]] page_words read_page(std::string_view text, quytrinh::language words);

}  // namespace cli
