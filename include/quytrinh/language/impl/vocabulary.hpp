// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/vocabulary.hpp: the keyword table of one dialect, ready for longest-phrase
// lookup, with the spellings that are mistakes a reader would forgive: without marks, or of the
// other dialect.
#pragma once

#include <quytrinh/language/keywords.hpp>
#include <quytrinh/model/procedure.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace quytrinh::detail::grammar {

/// How a phrase was recognised. Only `exact` is right; the others are repaired and reported.
enum class spelling : std::uint8_t { exact, unmarked, foreign };

/// One spelling and every keyword that it may stand for.
struct phrase {
    std::string text;
    std::vector<keyword> ids;
    spelling how = spelling::exact;
    bool header = false;  ///< one of the ids opens a block
    bool clause = false;  ///< one of the ids opens a clause
    bool later = false;   ///< all ids belong to a later version

    [[nodiscard]] bool is(keyword id) const noexcept {
        for (const keyword one : ids)
            if (one == id) return true;
        return false;
    }
};

inline constexpr std::uint16_t no_phrase = 0xFFFF;

/// Phrases by their words: a trie whose edges are whole words.
class phrase_trie {
public:
    static constexpr std::uint32_t root = 0;
    static constexpr std::uint32_t nowhere = 0xFFFFFFFF;

    void add(std::string_view text, std::uint16_t phrase);
    /// Where a word leads from a node. One probe of a table, since every word of a text asks.
    [[nodiscard]] std::uint32_t step(std::uint32_t node, std::string_view word) const noexcept;
    [[nodiscard]] std::uint16_t phrase_at(std::uint32_t node) const noexcept {
        return accepts_[node];
    }

private:
    struct edge {
        std::uint32_t from = nowhere;
        std::uint32_t to = nowhere;
        std::string word;
    };
    [[nodiscard]] std::size_t slot(std::uint32_t node, std::string_view word) const noexcept;

    std::vector<edge> edges_ =
        std::vector<edge>(2'048);  ///< open addressing, never more than half full
    std::size_t used_ = 0;
    std::vector<std::uint16_t> accepts_{no_phrase};
};

/// All words of one dialect. Immutable once built; one of each dialect per process.
class vocabulary {
public:
    explicit vocabulary(dialect words);

    [[nodiscard]] dialect words() const noexcept { return words_; }
    [[nodiscard]] const phrase& at(std::uint16_t index) const noexcept { return phrases_[index]; }
    [[nodiscard]] std::span<const phrase> phrases() const noexcept { return phrases_; }
    [[nodiscard]] const phrase_trie& trie(spelling how) const noexcept {
        return tries_[static_cast<std::size_t>(how)];
    }
    /// The exact phrase of a spelling, else no_phrase.
    [[nodiscard]] std::uint16_t find(std::string_view text) const;

private:
    void add(std::string_view text, keyword id, spelling how);

    dialect words_;
    std::vector<phrase> phrases_;
    std::unordered_map<std::string, std::uint16_t> by_text_[3];
    phrase_trie tries_[3];
};

[[nodiscard]] const vocabulary& vocabulary_of(dialect words);

/// The row of a keyword.
[[nodiscard]] const keyword_row& row_of(keyword id) noexcept;
/// The spelling that is printed, in a dialect.
[[nodiscard]] std::string_view spelled(keyword id, dialect words) noexcept;
/// All spellings of a cell of the table, in order.
[[nodiscard]] std::vector<std::string_view> spellings(std::string_view cell);

}  // namespace quytrinh::detail::grammar
