// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/line_notes.hpp: what reading a text saw of its lines, for those who write
// the text anew: which lines were understood, and which keyword each of their words was taken for.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/language/impl/lines.hpp>
#include <quytrinh/language/impl/reporter.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/scenario.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::grammar {

/// A logical line as it was read.
struct noted_line {
    std::uint32_t first = 0, count = 0;  ///< its tokens, in line_notes::tokens
    std::uint32_t begin = 0, end = 0;    ///< from its first token to past its last
    std::uint32_t block = 0;             ///< the block that it stands in, or opens (block_bit)
    keyword header = keyword::none;      ///< the keyword that opens a block, if one does
    bool understood = false;             ///< the grammar read it as it stands

    void opens(keyword id) noexcept {
        if (id != keyword::none && row_of(id).context == keyword_context::header) header = id;
    }
};

class line_notes {
public:
    void begin(const text_line& line, const vocabulary& words) {
        open_ = !line.empty();
        if (!open_) return;
        noted_line one;
        one.first = static_cast<std::uint32_t>(tokens.size());
        one.count = static_cast<std::uint32_t>(line.tokens.size() - 1);  // without the end
        one.begin = line.begin;
        one.end = line.end;
        if (line.first().kind == token_kind::phrase)
            for (const keyword id : words.at(line.first().phrase).ids) one.opens(id);
        tokens.insert(tokens.end(), line.tokens.begin(), line.tokens.end() - 1);
        meanings.resize(tokens.size(), keyword::none);
        lines.push_back(one);
    }
    /// The words of the line were taken for `taken_for`; `count` tells whether they are still the
    /// tokens of the text, or repaired ones.
    void understood(std::size_t count) {
        if (!open_ || count != lines.back().count + std::size_t{1}) return;
        noted_line& one = lines.back();
        one.understood = true;
        std::copy_n(taken_for.begin(), one.count, meanings.begin() + one.first);
        one.header = keyword::none;
        one.opens(taken_for.front());
    }
    /// The line only looks like a header.
    void opens_none() { lines.back().header = keyword::none; }
    /// Line 1 has been judged already.
    void edition() {
        noted_line& one = lines.back();
        one.understood = one.count == 4;
        if (!one.understood) return;
        meanings[one.first] = keyword::edition_line;
        meanings[one.first + 3] = keyword::dialect_name;
    }
    void end(std::uint32_t block) {
        if (open_) lines.back().block = block;
        open_ = false;
    }

    dialect words = dialect::vi;
    std::vector<token> tokens;      ///< of all lines, without trivia
    std::vector<keyword> meanings;  ///< what each of them was taken for
    std::vector<noted_line> lines;
    std::vector<error_place> errors;
    std::vector<keyword> taken_for;  ///< of the line being read

private:
    bool open_ = false;
};

/// A text read alone, with what was seen of its lines.
struct noted {
    bool readable = false;  ///< it has lines, in an encoding that can be read
    line_notes lines;
    diagnostic_list findings;
    procedure meaning;
    std::vector<scenario> scenarios;

    [[nodiscard]] bool says_the_same(const noted& other) const {
        return meaning.same_meaning(other.meaning) && scenarios == other.scenarios;
    }
};

/// Findings that are kept, and after which suggestions are no longer looked for.
inline constexpr std::size_t most_findings_noted = 2'000;

/// Reads a text without what it imports: names that it may have from there are not missed.
[[nodiscard]] noted note_lines(std::string_view text, const limits& bounds);

}  // namespace quytrinh::detail::grammar
