// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/fixes.hpp: puts the fixes that are marked safe into a text. Opt-in: no other header
// includes it.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/diagnostic.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// A fix that was put in.
struct applied_fix {
    /// The finding that it mends; its place is of the text of its round.
    diagnostic what;
    /// Where that stood in the text that was given (bytes); what an earlier round put in counts as
    /// the place before it.
    std::uint32_t at = 0;
};

struct fixed_text {
    std::string text;
    /// In the order of `at`.
    std::vector<applied_fix> applied;
    /// How often a text was judged, the last time included; 1 when nothing was to be fixed.
    unsigned rounds = 0;
};

/// Puts the safe fixes of `found` into `text`, once. A fix goes in whole or not at all: not when
/// one of its edits is of another file than `file` (imports are never written), lies outside of the
/// text, or overlaps an edit that stands before it; two insertions at one place overlap. Nor on a
/// line of which something else was not understood that nothing safe mends. A line
/// that is put in ends as the first line of the text does. Bytes that are not UTF-8 or have a NUL
/// stay as they are: a file of another program, or of another coding, which must be saved anew.
/// Linear in the length of the text, n log
/// n in the edits. Pure; thread-safe.
[[nodiscard]] QUYTRINH_DECL fixed_text apply_safe_fixes(std::string_view text,
                                                        const diagnostic_list& found,
                                                        std::uint32_t file = 0);

/// Judges and fixes until nothing safe is left, at most `rounds` times: a fix may bring to light
/// what stood behind it. What would leave more errors than before, or the very error that it was to
/// mend, is not put in. `judge` gives the findings of a text, the first file of which is that
/// text: parse, or parse and check. It is called at least once; what it throws passes through.
[[nodiscard]] QUYTRINH_DECL fixed_text
apply_safe_fixes(std::string text, const std::function<diagnostic_list(std::string_view)>& judge,
                 unsigned rounds = 20);

}  // namespace quytrinh
