// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/keywords.ipp: the keyword table as data, and its index for the lexer.
#pragma once

#include <quytrinh/base/impl/word_table.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/vocabulary.hpp>
#include <quytrinh/language/keywords.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quytrinh {

namespace detail::grammar {

/// What a row has beside its words; rows stand in the order of the enumeration.
struct keyword_traits {
    keyword_context context;
    keyword_status status;
    std::uint8_t since_edition;
};

inline constexpr keyword_traits traits_of_keywords[] = {
#define QUYTRINH_KEYWORD(id, context, vi, en, help_vi, help_en, since, status) \
    keyword_traits{keyword_context::context, keyword_status::status, since},
#include <quytrinh/language/keywords.inc>
#undef QUYTRINH_KEYWORD
};

#define QUYTRINH_WORDS(id, vi, en, help_vi, help_en) #id "\0" vi "\0" en "\0" help_vi "\0" help_en
struct keyword_words {
#define QUYTRINH_KEYWORD(id, context, vi, en, help_vi, help_en, since, status) \
    char id[sizeof(QUYTRINH_WORDS(id, vi, en, help_vi, help_en))];
#include <quytrinh/language/keywords.inc>
#undef QUYTRINH_KEYWORD
};

inline constexpr keyword_words words_of_keywords = {
#define QUYTRINH_KEYWORD(id, context, vi, en, help_vi, help_en, since, status) \
    QUYTRINH_WORDS(id, vi, en, help_vi, help_en),
#include <quytrinh/language/keywords.inc>
#undef QUYTRINH_KEYWORD
};
#undef QUYTRINH_WORDS

using keyword_rows = std::array<keyword_row, std::size(traits_of_keywords)>;

/// The table, set out when the first of its rows is asked for.
inline const keyword_rows& all_keywords() noexcept {
    static const keyword_rows rows = [] {
        keyword_rows out;
        words_in_turn word{words_of_keywords};
        for (std::size_t i = 0; i < out.size(); ++i) {
            keyword_row& row = out[i];
            row.id = static_cast<keyword>(i + 1);
            row.context = traits_of_keywords[i].context;
            row.name = word.next();
            row.vi = word.next();
            row.en = word.next();
            row.help_vi = word.next();
            row.help_en = word.next();
            row.since_edition = traits_of_keywords[i].since_edition;
            row.status = traits_of_keywords[i].status;
        }
        return out;
    }();
    return rows;
}

std::vector<std::string_view> spellings(std::string_view cell) {
    std::vector<std::string_view> out;
    for (std::size_t from = 0;;) {
        const std::size_t bar = cell.find('|', from);
        out.push_back(cell.substr(from, bar == std::string_view::npos ? bar : bar - from));
        if (bar == std::string_view::npos) return out;
        from = bar + 1;
    }
}

const keyword_row& row_of(keyword id) noexcept {
    // Rows stand in the order of the enumeration, which begins with `none`.
    return all_keywords()[static_cast<std::size_t>(id) - 1];
}

std::string_view spelled(keyword id, dialect words) noexcept {
    if (id == keyword::none) return {};
    const std::string_view cell = words == dialect::vi ? row_of(id).vi : row_of(id).en;
    return cell.substr(0, cell.find('|'));
}

std::size_t phrase_trie::slot(std::uint32_t node, std::string_view word) const noexcept {
    std::uint64_t hash = 14'695'981'039'346'656'037u ^ node;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
    std::size_t at = static_cast<std::size_t>(hash ^ (hash >> 29)) & (edges_.size() - 1);
    while (edges_[at].from != nowhere && (edges_[at].from != node || edges_[at].word != word))
        at = (at + 1) & (edges_.size() - 1);
    return at;
}

void phrase_trie::add(std::string_view text, std::uint16_t phrase) {
    std::uint32_t node = root;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t blank = std::min(text.find(' ', from), text.size());
        const std::string_view word = text.substr(from, blank - from);
        std::size_t at = slot(node, word);
        if (edges_[at].from == nowhere) {
            if (++used_ * 2 > edges_.size()) {
                std::vector<edge> old(edges_.size() * 2);
                old.swap(edges_);
                for (edge& one : old)
                    if (one.from != nowhere) edges_[slot(one.from, one.word)] = std::move(one);
                at = slot(node, word);
            }
            edges_[at] = {node, static_cast<std::uint32_t>(accepts_.size()), std::string(word)};
            accepts_.push_back(no_phrase);
        }
        node = edges_[at].to;
        from = blank + 1;
    }
    if (accepts_[node] == no_phrase) accepts_[node] = phrase;
}

std::uint32_t phrase_trie::step(std::uint32_t node, std::string_view word) const noexcept {
    return edges_[slot(node, word)].to;
}

vocabulary::vocabulary(dialect words) : words_(words) {
    const bool vi = words == dialect::vi;
    for (const keyword_row& row : all_keywords())
        for (const std::string_view text : spellings(vi ? row.vi : row.en))
            add(text, row.id, spelling::exact);
    // Only what differs from every right spelling is a mistake.
    for (const keyword_row& row : all_keywords()) {
        for (const std::string_view text : spellings(vi ? row.vi : row.en)) {
            const std::string unmarked = fold(text);
            if (find(unmarked) == no_phrase) add(unmarked, row.id, spelling::unmarked);
        }
        for (const std::string_view text : spellings(vi ? row.en : row.vi))
            if (find(text) == no_phrase) add(text, row.id, spelling::foreign);
    }
}

void vocabulary::add(std::string_view text, keyword id, spelling how) {
    const auto [known, fresh] = by_text_[static_cast<std::size_t>(how)].try_emplace(
        std::string(text), static_cast<std::uint16_t>(phrases_.size()));
    if (fresh) {
        phrase one;
        one.text = text;
        one.how = how;
        one.later = true;
        phrases_.push_back(std::move(one));
        tries_[static_cast<std::size_t>(how)].add(text, known->second);
    }
    phrase& one = phrases_[known->second];
    if (!one.is(id)) one.ids.push_back(id);
    const keyword_row& row = row_of(id);
    one.header = one.header || row.context == keyword_context::header;
    one.clause = one.clause || row.context == keyword_context::clause;
    one.later = one.later && row.status == keyword_status::later;
}

std::uint16_t vocabulary::find(std::string_view text) const {
    const auto& exact = by_text_[static_cast<std::size_t>(spelling::exact)];
    const auto known = exact.find(std::string(text));
    return known == exact.end() ? no_phrase : known->second;
}

const vocabulary& vocabulary_of(dialect words) {
    static const vocabulary vi{dialect::vi};
    static const vocabulary en{dialect::en};
    return words == dialect::vi ? vi : en;
}

}  // namespace detail::grammar

std::span<const keyword_row> keyword_table() noexcept { return detail::grammar::all_keywords(); }

}  // namespace quytrinh
