// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/error.ipp: the words of base/messages/errors.inc, and the exceptions.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/error.hpp>
#include <quytrinh/base/impl/word_table.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace quytrinh {

namespace detail::error_rows {

struct row {
    errc code;
    std::string_view name, vi, en;
};

#define QUYTRINH_ERROR(number, name, vi, en) errc::name,
inline constexpr errc codes[] = {
#include <quytrinh/base/messages/errors.inc>
};
#undef QUYTRINH_ERROR

constexpr bool ascending() {
    for (std::size_t i = 1; i < std::size(codes); ++i)
        if (codes[i - 1] >= codes[i]) return false;
    return true;
}
static_assert(ascending(), "rows of errors.inc stand by ascending number, each number once");

struct words {
#define QUYTRINH_ERROR(number, name, vi, en) char name[sizeof(#name "\0" vi "\0" en)];
#include <quytrinh/base/messages/errors.inc>
#undef QUYTRINH_ERROR
};

#define QUYTRINH_ERROR(number, name, vi, en) #name "\0" vi "\0" en,
inline constexpr words worded = {
#include <quytrinh/base/messages/errors.inc>
};
#undef QUYTRINH_ERROR

using table = std::array<row, std::size(codes)>;

/// The rows, set out when the first of them is asked for.
inline const table& all() noexcept {
    static const table rows = [] {
        table out;
        words_in_turn word{worded};
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i].code = codes[i];
            out[i].name = word.next();
            out[i].vi = word.next();
            out[i].en = word.next();
        }
        return out;
    }();
    return rows;
}

inline const row* find(errc code) noexcept {
    const auto found = std::lower_bound(all().begin(), all().end(), code,
                                        [](const row& r, errc c) { return r.code < c; });
    return found != all().end() && found->code == code ? &*found : nullptr;
}

struct term {
    std::string_view list, key, vi, en;
};

// Each row stands on a line of its own, which makes its name here.
#define QUYTRINH_JOINED(a, b) a##b
#define QUYTRINH_JOIN(a, b) QUYTRINH_JOINED(a, b)
struct term_words {
#define QUYTRINH_TERM(list, key, vi, en) \
    char QUYTRINH_JOIN(line_, __LINE__)[sizeof(#list "\0" key "\0" vi "\0" en)];
#include <quytrinh/base/messages/terms.inc>
#undef QUYTRINH_TERM
};
#undef QUYTRINH_JOIN
#undef QUYTRINH_JOINED

#define QUYTRINH_TERM(list, key, vi, en) #list "\0" key "\0" vi "\0" en,
inline constexpr term_words worded_terms = {
#include <quytrinh/base/messages/terms.inc>
};
#undef QUYTRINH_TERM

#define QUYTRINH_TERM(list, key, vi, en) +1
inline constexpr std::size_t term_count = 0
#include <quytrinh/base/messages/terms.inc>
    ;
#undef QUYTRINH_TERM

using term_table = std::array<term, term_count>;

inline const term_table& terms() noexcept {
    static const term_table rows = [] {
        term_table out;
        words_in_turn word{worded_terms};
        for (term& one : out) {
            one.list = word.next();
            one.key = word.next();
            one.vi = word.next();
            one.en = word.next();
        }
        return out;
    }();
    return rows;
}

inline const term* find_term(std::string_view list, std::string_view key) noexcept {
    const auto found = std::find_if(terms().begin(), terms().end(),
                                    [&](const term& t) { return t.list == list && t.key == key; });
    return found != terms().end() ? &*found : nullptr;
}

/// Is `part` said by a key in which '#' stands for a word? Gives the words.
inline bool says(std::string_view key, std::string_view part, std::vector<std::string>& words) {
    words.clear();
    for (; !key.empty(); key.remove_prefix(1)) {
        const std::size_t length = key[0] == '#'
                                       ? std::min(part.find(' '), part.size())
                                       : std::size_t{part.substr(0, 1) == key.substr(0, 1)};
        if (length == 0) return false;
        if (key[0] == '#') words.emplace_back(part.substr(0, length));
        part.remove_prefix(length);
    }
    return part.empty();
}

/// Puts arguments into the words of a row: {1} as it stands, {1:list} as the term that it names,
/// [1|…] only where argument 1 says something. A term may hold the same, one level deep.
class sentence {
public:
    sentence(const std::vector<std::string>& args, language words) : args_(args), words_(words) {}

    [[nodiscard]] std::string said(std::string_view pattern) && {
        add(pattern, 0);
        return std::move(out_);
    }

private:
    static constexpr int deepest = 4, fault_parts = 6;

    void add(std::string_view pattern, int depth) {
        for (std::size_t at = 0; at < pattern.size();) {
            const std::size_t length = depth < deepest ? special(pattern.substr(at), depth) : 0;
            if (length == 0) out_ += pattern[at];
            at += std::max<std::size_t>(length, 1);
        }
    }

    /// Handles a hole or an optional part at the beginning of the pattern; its length, 0 for none.
    std::size_t special(std::string_view from, int depth) {
        if (from.size() < 3 || from[1] < '0' || from[1] > '9') return 0;
        const auto which = static_cast<std::size_t>(from[1] - '0');
        const bool given = which < args_.size();
        if (from[0] == '{') {
            const std::size_t end = from.find('}');
            if (end == from.npos || (from[2] != '}' && from[2] != ':')) return 0;
            if (!given) {
                // Left as it stands, so that a fault is seen.
                out_ += from.substr(0, 2);
                out_ += '}';
            } else {
                hole(from.substr(2, end - 2), args_[which], depth);
            }
            return end + 1;
        }
        if (from[0] != '[' || from[2] != '|') return 0;
        std::size_t open = 1, end = 3;
        for (; end < from.size(); ++end) {
            if (from[end] == '[') ++open;
            if (from[end] == ']' && --open == 0) break;
        }
        if (given && !args_[which].empty()) add(from.substr(3, end - 3), depth + 1);
        return end + 1;
    }

    /// What is wrong with stored bytes, "event 4: the hash does not fit": part by part, so that the
    /// same reason, kept as the reason of a quarantine, is said in the language of who looks.
    void fault(std::string_view of) {
        // Older stores keep it with the words of its error before it.
        constexpr std::string_view before = "corrupt data: ", between = ": ";
        if (of.substr(0, before.size()) == before) of.remove_prefix(before.size());
        std::vector<std::string> held;
        for (int parts = 1;; ++parts) {
            const std::size_t end = parts < fault_parts ? of.find(between) : of.npos;
            const std::string_view part = of.substr(0, end);
            const auto found = std::find_if(terms().begin(), terms().end(), [&](const term& t) {
                return t.list == "fault" && says(t.key, part, held);
            });
            out_ += found == terms().end()
                        ? fill_in("{0}", {std::string{part}})
                        : fill_in(words_ == language::vi ? found->vi : found->en, held);
            if (end == of.npos) return;
            out_ += between;
            of.remove_prefix(end + between.size());
        }
    }

    /// "0,5 working_day": the number as the language writes it, the unit in its words.
    bool amount(std::string_view of) {
        const std::size_t blank = of.find(' ');
        if (blank == of.npos) return false;
        const term* unit = find_term("amount", of.substr(blank + 1));
        if (unit == nullptr) return false;
        std::string number = fill_in("{0}", {std::string{of.substr(0, blank)}});
        std::string_view word = words_ == language::vi ? unit->vi : unit->en;
        if (words_ == language::en) {
            std::replace(number.begin(), number.end(), ',', '.');
            if (number == "1") word.remove_suffix(1);
        }
        out_.append(number).append(" ").append(word);
        return true;
    }

    void hole(std::string_view list, const std::string& argument, int depth) {
        if (list == ":fault") return fault(argument);
        if (list == ":amount" && amount(argument)) return;
        const term* found = list.empty() ? nullptr : find_term(list.substr(1), argument);
        if (found == nullptr)
            out_ += fill_in("{0}", {argument});
        else
            add(words_ == language::vi ? found->vi : found->en, depth + 1);
    }

    const std::vector<std::string>& args_;
    language words_;
    std::string out_;
};

/// More names than a reader takes in help nobody; the rest is counted.
inline constexpr std::size_t names_shown = 12;

}  // namespace detail::error_rows

std::string_view name_of(errc code) noexcept {
    const auto* row = detail::error_rows::find(code);
    return row != nullptr ? row->name : std::string_view{"unknown"};
}

std::string error::text(language words) const {
    const bool vi = words == language::vi;
    const auto* row = detail::error_rows::find(code);
    // A number without a row can only come from a newer store or library: say the number.
    std::string out = row != nullptr
                          ? detail::error_rows::sentence(args, words).said(vi ? row->vi : row->en)
                          : (vi ? "lỗi " : "error ") + std::to_string(static_cast<int>(code));
    if (who_could.empty()) return out;
    out += vi ? "; người có thể làm: " : "; who could: ";
    const std::size_t shown = std::min(who_could.size(), detail::error_rows::names_shown);
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) out += ", ";
        out += fill_in("{0}", {who_could[i]});
    }
    if (const std::size_t rest = who_could.size() - shown; rest > 0)
        out += fill_in(vi ? " và {0} nơi khác" : " and {0} more", {std::to_string(rest)});
    return out;
}

exception::exception(struct error reason)
    : std::runtime_error(reason.text()),
      reason_(std::make_shared<struct error>(std::move(reason))) {}

}  // namespace quytrinh
