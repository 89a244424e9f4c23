// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/fixes.ipp: which safe fixes go together, and the text with them in it.
#pragma once

#include <quytrinh/base/fixes.hpp>

#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace quytrinh::detail::fixes {

/// Bytes that an edit takes, in the order of the text; nothing else may lie in them.
struct taken {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator<(const taken& a, const taken& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    }
};

/// Two edits that touch go together, unless it is uncertain which of them stands first.
inline bool overlap(const taken& a, const taken& b) {
    if (a.begin == b.begin) return true;
    return a.begin < b.begin ? b.begin < a.end : a.begin < b.end;
}

inline bool fits(const std::set<taken>& all, const taken& one) {
    const auto next = all.lower_bound(one);
    if (next != all.end() && overlap(*next, one)) return false;
    return next == all.begin() || !overlap(*std::prev(next), one);
}

/// Adds all edits of a fix, or none.
inline bool take(std::set<taken>& all, const text_fix& fix, std::size_t length,
                 std::uint32_t file) {
    std::vector<taken> added;
    bool good = fix.safe && !fix.edits.empty();
    for (const text_edit& edit : fix.edits) {
        const taken one{edit.where.range.begin, edit.where.range.end};
        good = good && edit.where.file == file && one.begin <= one.end && one.end <= length &&
               fits(all, one);
        if (!good) break;
        all.insert(one);
        added.push_back(one);
    }
    if (!good)
        for (const taken& one : added) all.erase(one);
    return good;
}

/// Where the line of this byte begins.
inline std::size_t line_begin(std::string_view text, std::size_t at) {
    const std::size_t end = at == 0 ? std::string_view::npos : text.find_last_of("\r\n", at - 1);
    return end == std::string_view::npos ? 0 : end + 1;
}

/// Where each piece of a text stood before its edits; places within an insertion are that of the
/// edit.
struct shift {
    std::uint32_t after = 0;   ///< from this byte of the new text on …
    std::uint32_t before = 0;  ///< … the bytes follow this one of the old text
    bool kept = false;         ///< copied, not put in
};

inline std::uint32_t place_before(const std::vector<shift>& pieces, std::uint32_t at) {
    const auto next =
        std::upper_bound(pieces.begin(), pieces.end(), at,
                         [](std::uint32_t wanted, const shift& one) { return wanted < one.after; });
    if (next == pieces.begin()) return at;
    const shift& one = *std::prev(next);
    return one.kept ? one.before + (at - one.after) : one.before;
}

inline void sort(std::vector<applied_fix>& applied) {
    std::stable_sort(applied.begin(), applied.end(),
                     [](const applied_fix& a, const applied_fix& b) { return a.at < b.at; });
}

/// A line that is put in ends as the first line of the text does.
inline std::string with_line_ends_of(std::string_view text, const std::string& added) {
    const std::size_t first = text.find('\n');
    if (first == std::string_view::npos || first == 0 || text[first - 1] != '\r') return added;
    std::string out;
    for (const char c : added) {
        if (c == '\n' && (out.empty() || out.back() != '\r')) out += '\r';
        out += c;
    }
    return out;
}

/// Bytes of another coding, or of no text at all, are nobody's to mend.
inline bool is_text(std::string_view bytes) {
    return bytes.find('\0') == std::string_view::npos && !first_ill_formed(bytes);
}

inline bool mends_safely(const diagnostic& item) { return item.fix && item.fix->safe; }

/// Where the lines begin of which an error remains that nothing safe mends: what is wrong there is
/// not understood, and neither is what a mended word of such a line would mean. Names that mean
/// nothing (2xxx) and whatever is judged later stand in lines that were read.
inline std::set<std::size_t> lines_in_doubt(std::string_view text, const diagnostic_list& found,
                                            std::uint32_t file) {
    std::set<std::size_t> out;
    for (const diagnostic& item : found.items) {
        const bool read = item.code >= 2000 && item.code < 7000;
        if (read || item.level != severity::error || mends_safely(item) || item.where.file != file)
            continue;
        out.insert(line_begin(text, item.where.range.begin));
    }
    return out;
}

/// One round; `pieces` is set to where the new text comes from. With `only` nothing else is mended.
inline fixed_text once(std::string_view text, const diagnostic_list& found, std::uint32_t file,
                       std::vector<shift>& pieces, const diagnostic* only = nullptr) {
    fixed_text out;
    std::set<taken> all;
    std::vector<const text_edit*> edits;
    const bool mendable = is_text(text);
    const std::set<std::size_t> doubtful = lines_in_doubt(text, found, file);
    for (const diagnostic& item : found.items) {
        if (!mendable || !mends_safely(item) || (only != nullptr && only != &item)) continue;
        if (doubtful.count(line_begin(text, item.where.range.begin)) != 0) continue;
        if (!take(all, *item.fix, text.size(), file)) continue;
        for (const text_edit& edit : item.fix->edits) edits.push_back(&edit);
        out.applied.push_back({item, item.fix->edits.front().where.range.begin});
    }
    std::sort(edits.begin(), edits.end(), [](const text_edit* a, const text_edit* b) {
        return a->where.range.begin < b->where.range.begin;
    });
    pieces.clear();
    const auto add = [&](std::string_view piece, std::size_t before, bool kept) {
        if (piece.empty()) return;
        pieces.push_back({static_cast<std::uint32_t>(out.text.size()),
                          static_cast<std::uint32_t>(before), kept});
        out.text += piece;
    };
    std::size_t from = 0;
    for (const text_edit* edit : edits) {
        add(text.substr(from, edit->where.range.begin - from), from, true);
        add(with_line_ends_of(text, edit->text), edit->where.range.begin, false);
        from = edit->where.range.end;
    }
    add(text.substr(from), from, true);
    sort(out.applied);
    return out;
}

/// Is the text better for it? No more errors than before, and none of those that were mended told
/// again at its place.
inline bool is_better(const fixed_text& next, const diagnostic_list& before,
                      const diagnostic_list& after, const std::vector<shift>& pieces) {
    if (after.errors > before.errors) return false;
    return std::none_of(after.items.begin(), after.items.end(), [&](const diagnostic& one) {
        if (one.where.file != 0) return false;
        const std::uint32_t was = place_before(pieces, one.where.range.begin);
        return std::any_of(next.applied.begin(), next.applied.end(), [&](const applied_fix& fix) {
            return fix.what.code == one.code && fix.what.where.range.begin == was;
        });
    });
}

}  // namespace quytrinh::detail::fixes

namespace quytrinh {

fixed_text apply_safe_fixes(std::string_view text, const diagnostic_list& found,
                            std::uint32_t file) {
    std::vector<detail::fixes::shift> ignored;
    fixed_text out = detail::fixes::once(text, found, file, ignored);
    out.rounds = 1;
    return out;
}

fixed_text apply_safe_fixes(std::string text,
                            const std::function<diagnostic_list(std::string_view)>& judge,
                            unsigned rounds) {
    fixed_text out;
    out.text = std::move(text);
    // One a round, the first round first: a place is followed back through all of them.
    std::vector<std::vector<detail::fixes::shift>> history;
    diagnostic_list found = judge(out.text);
    const auto put_in = [&](const diagnostic* only) {
        std::vector<detail::fixes::shift> pieces;
        fixed_text next = detail::fixes::once(out.text, found, 0, pieces, only);
        if (next.applied.empty()) return false;
        diagnostic_list after = judge(next.text);
        ++out.rounds;
        if (!detail::fixes::is_better(next, found, after, pieces)) return false;
        for (applied_fix& one : next.applied) {
            for (auto round = history.rbegin(); round != history.rend(); ++round)
                one.at = detail::fixes::place_before(*round, one.at);
            out.applied.push_back(std::move(one));
        }
        history.push_back(std::move(pieces));
        out.text = std::move(next.text);
        found = std::move(after);
        return true;
    };
    // Together; where that makes a text worse, the first that is good by itself.
    const auto put_in_one = [&] {
        for (const diagnostic& one : found.items) {
            if (out.rounds >= rounds) break;
            if (detail::fixes::mends_safely(one) && put_in(&one)) return true;
        }
        return false;
    };
    out.rounds = 1;
    while (out.rounds < rounds && (put_in(nullptr) || put_in_one())) {}
    detail::fixes::sort(out.applied);
    return out;
}

}  // namespace quytrinh
