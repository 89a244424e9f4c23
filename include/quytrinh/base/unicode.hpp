// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/unicode.hpp: the few things the library must know about Unicode (utf8proc behind
// it).
#pragma once

#include <quytrinh/base/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quytrinh {

/// One decoded code point, or an ill-formed byte (`valid` false, `length` 1).
struct decoded {
    char32_t code_point = 0;
    std::uint8_t length = 0;
    bool valid = false;
};

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] QUYTRINH_DECL decoded decode_utf8(std::string_view text, std::size_t at) noexcept;
/// Offset of the first ill-formed byte, if any. Linear.
[[nodiscard]] QUYTRINH_DECL std::optional<std::size_t> first_ill_formed(
    std::string_view text) noexcept;
QUYTRINH_DECL void append_utf8(std::string& out, char32_t code_point);

/// NFC of well-formed UTF-8 (ill-formed input is returned unchanged). ASCII costs one scan.
[[nodiscard]] QUYTRINH_DECL std::string to_nfc(std::string_view text);
[[nodiscard]] QUYTRINH_DECL bool is_nfc(std::string_view text);
/// The same in place. Nothing is copied where nothing changes: ASCII and precomposed Vietnamese
/// cost one scan.
QUYTRINH_DECL void make_nfc(std::string& text);
/// For suggestions and search: lower case, without diacritics, đ as d. Never for identity.
[[nodiscard]] QUYTRINH_DECL std::string fold(std::string_view text);

/// Terminal cells of a code point: 0 for combining marks, 2 for wide ones.
[[nodiscard]] QUYTRINH_DECL int cell_width(char32_t code_point) noexcept;
[[nodiscard]] QUYTRINH_DECL std::uint32_t text_width(std::string_view text) noexcept;
[[nodiscard]] QUYTRINH_DECL bool is_upper(char32_t code_point) noexcept;
[[nodiscard]] QUYTRINH_DECL bool is_letter(char32_t code_point) noexcept;
/// Bidirectional controls and other characters that a reader cannot see (Trojan Source,
/// CVE-2021-42574): refused everywhere in a definition.
[[nodiscard]] QUYTRINH_DECL bool is_invisible_control(char32_t code_point) noexcept;

/// The first character that may not stand in the id of a person, a unit or a case: what nobody can
/// see, a line end or tabulator, a blank at either end, and `also` ('/' parts a unit from a person;
/// 0: nothing more). Two ids that look the same are then the same. Linear, allocates nothing.
struct id_flaw {
    char32_t code_point = 0;
    std::size_t place = 0;  ///< which character of the id, from 1
};
[[nodiscard]] QUYTRINH_DECL std::optional<id_flaw> first_id_flaw(std::string_view text,
                                                                 char also = '\0') noexcept;
/// "U+202E".
[[nodiscard]] QUYTRINH_DECL std::string code_point_name(char32_t code_point);

/// For error texts and logs: what cannot be seen is shown as \u{202E}, an ill-formed byte as
/// \x{FF}.
[[nodiscard]] QUYTRINH_DECL std::string escape_controls(std::string_view text);
/// Damerau–Levenshtein distance over code points, giving up past `limit` (returns limit + 1).
[[nodiscard]] QUYTRINH_DECL std::size_t edit_distance(std::string_view a, std::string_view b,
                                                      std::size_t limit);

}  // namespace quytrinh
