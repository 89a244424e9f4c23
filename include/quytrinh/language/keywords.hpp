// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/keywords.hpp: the one table of keywords, as data.
#pragma once

#include <quytrinh/base/config.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace quytrinh {

/// Every keyword of the language. The rows (spellings, context, help, edition) stand in
/// language/keywords.inc, from which the lexer, suggestions, the manual and the tests are made.
enum class keyword : std::uint16_t {
    none = 0,
#define QUYTRINH_KEYWORD(id, context, vi, en, help_vi, help_en, since, status) id,
#include <quytrinh/language/keywords.inc>
#undef QUYTRINH_KEYWORD
};

/// Where a keyword may stand.
enum class keyword_context : std::uint8_t {
    header,    ///< opens a block: `quy trình`, `bước`
    clause,    ///< opens a clause line of a block
    word,      ///< inside a line: `kể từ khi`, `ngày làm việc`
};

/// `later` words are known and refused with "not yet in this version", never ignored.
enum class keyword_status : std::uint8_t { now, later };

struct keyword_row {
    keyword id = keyword::none;
    keyword_context context = keyword_context::word;
    std::string_view name;               ///< "deadline": stable, for tests and tools
    std::string_view vi, en;             ///< spellings; synonyms follow after '|'
    std::string_view help_vi, help_en;   ///< one line
    int since_edition = 1;
    keyword_status status = keyword_status::now;
};

[[nodiscard]] QUYTRINH_DECL std::span<const keyword_row> keyword_table() noexcept;

}  // namespace quytrinh
