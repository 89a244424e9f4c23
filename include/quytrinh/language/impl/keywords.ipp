// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/keywords.ipp: the keyword table as data, and its index for the lexer.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/vocabulary.hpp>
#include <quytrinh/language/keywords.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

namespace detail::grammar {

inline constexpr keyword_row keyword_rows[] = {
#define QUYTRINH_KEYWORD(id, context, vi, en, help_vi, help_en, since, status)        \
    keyword_row{keyword::id, keyword_context::context, #id, vi, en, help_vi, help_en, \
                since,       keyword_status::status},
#include <quytrinh/language/keywords.inc>
#undef QUYTRINH_KEYWORD
};

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
    return keyword_rows[static_cast<std::size_t>(id) - 1];
}

std::string_view spelled(keyword id, dialect words) noexcept {
    if (id == keyword::none) return {};
    const std::string_view cell = words == dialect::vi ? row_of(id).vi : row_of(id).en;
    return cell.substr(0, cell.find('|'));
}

void phrase_trie::add(std::string_view text, std::uint16_t phrase) {
    std::uint32_t node = root;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t blank = std::min(text.find(' ', from), text.size());
        const auto word = words_
                              .try_emplace(std::string(text.substr(from, blank - from)),
                                           static_cast<std::uint32_t>(words_.size()))
                              .first->second;
        const auto [edge, fresh] = edges_.try_emplace((std::uint64_t{node} << 32) | word,
                                                      static_cast<std::uint32_t>(accepts_.size()));
        if (fresh) accepts_.push_back(no_phrase);
        node = edge->second;
        from = blank + 1;
    }
    if (accepts_[node] == no_phrase) accepts_[node] = phrase;
}

std::uint32_t phrase_trie::step(std::uint32_t node, std::string_view word) const noexcept {
    const auto known = words_.find(word);
    if (known == words_.end()) return nowhere;
    const auto edge = edges_.find((std::uint64_t{node} << 32) | known->second);
    return edge == edges_.end() ? nowhere : edge->second;
}

vocabulary::vocabulary(dialect words) : words_(words) {
    const bool vi = words == dialect::vi;
    for (const keyword_row& row : keyword_rows)
        for (const std::string_view text : spellings(vi ? row.vi : row.en))
            add(text, row.id, spelling::exact);
    // Only what differs from every right spelling is a mistake.
    for (const keyword_row& row : keyword_rows) {
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

std::uint16_t vocabulary::find(std::string_view text) const noexcept {
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

std::span<const keyword_row> keyword_table() noexcept { return detail::grammar::keyword_rows; }

}  // namespace quytrinh
