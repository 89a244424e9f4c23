// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/diagnostic.hpp: what is wrong in a text, as data; the words are added when it is
// shown.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/source.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// Language of messages. The dialect of a file is another thing (model/procedure.hpp).
enum class language : std::uint8_t { vi, en };

enum class severity : std::uint8_t { error, warning, hint };

/// Replace the bytes of `where` by `text`.
struct text_edit {
    place where;
    std::string text;
};

/// A way to mend the text. Safe fixes never change what a healthy part of the text means.
struct text_fix {
    bool safe = false;
    std::vector<text_edit> edits;
};

/// Another place that explains a diagnostic; `message` is a row of the catalogue, as `code` is.
struct related_place {
    place where;
    std::uint16_t message = 0;
    std::vector<std::string> args;
};

/// One finding. `code` is printed as QT1010 and never reused; the words in both languages stand in
/// the message catalogue (base/messages/*.inc) with {0}, {1}… for `args`. Arguments are in the
/// file's own words (names, keywords of its dialect), so they need no translation.
struct diagnostic {
    std::uint16_t code = 0;
    severity level = severity::error;
    place where;
    /// The headers around the place, in the file's words: `quy trình QT.HTKH.03 › bước 2 "…"`.
    std::string heading;
    std::vector<std::string> args;
    std::vector<related_place> related;
    std::optional<text_fix> fix;
};

/// Findings of one run, sorted by place, at most `limits::diagnostics` of them kept.
struct diagnostic_list {
    std::vector<diagnostic> items;
    /// All that were found, kept or not.
    std::uint32_t errors = 0;
    std::uint32_t warnings = 0;
    std::uint32_t hints = 0;

    [[nodiscard]] bool ok() const noexcept { return errors == 0; }
    [[nodiscard]] std::uint32_t total() const noexcept { return errors + warnings + hints; }
    /// Counts it and keeps it while fewer than `keep` are kept.
    QUYTRINH_DECL void add(diagnostic item, std::size_t keep = 100);
    /// By file, then place, then code. Stable.
    QUYTRINH_DECL void sort();
};

/// The sentence of a diagnostic, without place or code.
[[nodiscard]] QUYTRINH_DECL std::string message_of(const diagnostic& item, language words);
/// What to do about it; empty when the catalogue has nothing to add.
[[nodiscard]] QUYTRINH_DECL std::string help_of(const diagnostic& item, language words);
/// "QT1010".
[[nodiscard]] QUYTRINH_DECL std::string code_text(std::uint16_t code);

/// One diagnostic as people read it: code, sentence, file:line:column and heading, the line as
/// typed with a marker under the right characters, related places, help. Ends with a line end. No
/// colours.
[[nodiscard]] QUYTRINH_DECL std::string render(const diagnostic& item,
                                               const std::vector<source_text>& sources,
                                               language words);
/// All of them and the closing count.
[[nodiscard]] QUYTRINH_DECL std::string render(const diagnostic_list& list,
                                               const std::vector<source_text>& sources,
                                               language words);

}  // namespace quytrinh
