// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/source.hpp: a text with its name, and places in it.
#pragma once

#include <quytrinh/base/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// A range of bytes [begin, end) of one text.
struct span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(const span&, const span&) = default;
};

/// A range of bytes in one of the texts of a definition; `file` counts the files in resolution
/// order.
struct place {
    std::uint32_t file = 0;
    span range;
    friend bool operator==(const place&, const place&) = default;
};

/// Line and column as people count them: both from 1. The column counts user-perceived characters
/// (grapheme clusters); `cell` counts terminal cells from 0, so that a marker drawn under wide and
/// combining characters stands where the eye expects it.
struct line_column {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::uint32_t cell = 0;
};

/// A named text with an index of its lines. Immutable after construction, so it may be read from
/// any thread. The text is kept byte for byte.
class QUYTRINH_DECL source_text {
public:
    source_text() = default;
    source_text(std::string name, std::string text);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] std::string_view slice(span range) const noexcept;
    /// At least 1; a text that ends with a line end has an empty last line. Lines end with LF, CR
    /// LF or CR.
    [[nodiscard]] std::uint32_t line_count() const noexcept;
    /// Bytes of a line (from 1) without its line end; empty past the last line.
    [[nodiscard]] span line(std::uint32_t number) const noexcept;
    /// Where a byte offset stands. O(log lines + bytes of the line).
    [[nodiscard]] line_column locate(std::uint32_t offset) const;

private:
    std::string name_;
    std::string text_;
    std::vector<std::uint32_t> line_starts_{0};
};

}  // namespace quytrinh
