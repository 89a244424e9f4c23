// SPDX-License-Identifier: BSL-1.0
// src/cli/pages.cpp: the pages of `quytrinh explain`, embedded, and how one is read.
#include "pages.hpp"

#include <algorithm>
#include <array>

namespace cli {

using quytrinh::language;

namespace {

/// What stands between the line that begins with `heading` and the next line that begins with
/// `stop`; the rest of the heading's line does not belong to it.
std::string_view section(std::string_view text, std::string_view heading, std::string_view stop) {
    const std::size_t begins = text.find(heading);
    if (begins == std::string_view::npos) return {};
    const std::size_t after = text.find('\n', begins + heading.size());
    if (after == std::string_view::npos) return {};
    text.remove_prefix(after);
    return text.substr(0, text.find(stop));
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of("\n ");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of("\n ") + 1 - first);
}

/// The paragraphs after a bold label, to the next label.
std::string labelled(std::string_view text, std::string_view label) {
    const std::size_t begins = text.find(label);
    if (begins == std::string_view::npos) return {};
    text.remove_prefix(begins + label.size());
    return std::string(trimmed(text.substr(0, text.find("\n**"))));
}

/// The first fenced block, or the second where there is one.
std::string code_block(std::string_view text, bool second) {
    constexpr std::string_view fence = "```";
    if (second) {
        std::size_t at = 0;
        for (int skipped = 0; skipped < 2 && at != std::string_view::npos; ++skipped)
            at = text.find(fence, at == 0 ? 0 : at + fence.size());
        const std::size_t next =
            at == std::string_view::npos ? at : text.find(fence, at + fence.size());
        if (next != std::string_view::npos) text.remove_prefix(next);
    }
    const std::size_t begins = text.find(fence);
    if (begins == std::string_view::npos) return {};
    const std::size_t first = text.find('\n', begins);
    if (first == std::string_view::npos) return {};
    text.remove_prefix(first + 1);
    std::string_view block = text.substr(0, text.find(fence));
    while (!block.empty() && block.back() == '\n') block.remove_suffix(1);
    return std::string(block);
}

}  // namespace

std::span<const page> all_pages() noexcept {
    static constexpr page none{};
    // Not constexpr: the lengths of so many texts are more steps than clang counts.
    static const auto rows = std::to_array<page>({
        none,
#include "pages.inc"
    });
    return std::span<const page>(rows).subspan(1);
}

const page* find_page(std::uint16_t code) noexcept {
    const std::span<const page> all = all_pages();
    const auto found =
        std::lower_bound(all.begin(), all.end(), code,
                         [](const page& one, std::uint16_t wanted) { return one.code < wanted; });
    return found != all.end() && found->code == code ? &*found : nullptr;
}

page_words read_page(std::string_view text, language words) {
    const bool vi = words == language::vi;
    const std::string_view part = section(text, vi ? "\n## Tiếng Việt" : "\n## English", "\n## ");
    page_words out;
    out.meaning = labelled(part, vi ? "**Nghĩa là gì.**" : "**What it means.**");
    out.reason = labelled(part, vi ? "**Vì sao.**" : "**Why.**");
    out.mend = labelled(part, vi ? "**Cách sửa.**" : "**How to mend it.**");
    // Vietnamese first; an example that is the same in both dialects stands once.
    out.wrong = code_block(section(text, "\n## Sai / Wrong", "\n## "), !vi);
    out.right = code_block(section(text, "\n## Đúng / Right", "\n## "), !vi);
    return out;
}

}  // namespace cli
