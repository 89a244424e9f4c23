// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/lookalikes.ipp: names that are misread for one another. Letters of other
// alphabets, and codes that differ by marks only, are found where the text is read.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/check/impl/rules.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quytrinh::detail::checking {

namespace lookalike_rules {

/// One letter apart is only told of names and words long enough that nobody chose the letter to
/// tell them apart, as in `Bên A`, `Bên B`.
inline constexpr std::size_t shortest_name = 8, shortest_word = 4, longest_name = 80;
/// Names of one group that are compared letter by letter.
inline constexpr std::size_t names_compared = 4'000;

/// O and 0, I, l and 1 as one.
inline std::string by_shape(std::string_view code) {
    std::string shape = fold(code);
    for (char& c : shape) {
        if (c == '0') c = 'o';
        if (c == '1' || c == 'l') c = 'i';
    }
    return shape;
}

struct named {
    std::string_view text;
    place where;
    std::string heading;
};

inline void check_codes(study& s) {
    std::unordered_map<std::string, named> known;
    const auto see = [&](const std::string& code, const place& where, std::string heading) {
        if (code.empty()) return;
        const auto [at, is_new] = known.try_emplace(by_shape(code), named{code, where, {}});
        // That only marks differ is the language's to say.
        if (is_new || at->second.text == code || fold(at->second.text) == fold(code)) return;
        s.report(diag::codes_look_alike, where, std::move(heading),
                 {code, std::string(at->second.text)},
                 {{at->second.where, diag::note_declared_here, {std::string(at->second.text)}}});
    };
    for (const auto& p : s.of.parties) {
        see(p.code, p.where, s.heading(s.say.party(p), p));
    }
    for (const auto& f : s.of.forms) see(f.code, f.where, s.heading(s.say.form(f.code), f));
    for (const auto& r : s.of.records) see(r.code, r.where, s.heading(s.say.record(r.code), r));
    for (const auto& c : s.of.catalogues) see(c.code, c.where, s.heading(s.say.catalogue(c), c));
}

inline std::u32string points_of(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const decoded one = decode_utf8(text, at);
        out += one.code_point;
        at += std::max<std::size_t>(one.length, 1);
    }
    return out;
}

/// Small letters in a word long enough on both sides.
inline bool in_a_word(const std::u32string& text, std::size_t at) {
    const auto letter = [](char32_t c) { return is_letter(c) && !is_upper(c); };
    if (at < text.size() && !letter(text[at])) return false;
    std::size_t from = at, to = at;
    while (from > 0 && is_letter(text[from - 1])) --from;
    while (to < text.size() && is_letter(text[to])) ++to;
    return to - from >= shortest_word;
}

/// Do they differ by one small letter, changed, left out or put in, inside of a word?
inline bool one_letter_apart(const std::u32string& a, const std::u32string& b) {
    const auto& longer = a.size() >= b.size() ? a : b;
    const auto& other = a.size() >= b.size() ? b : a;
    if (longer.size() - other.size() > 1) return false;
    std::size_t at = 0;
    while (at < other.size() && longer[at] == other[at]) ++at;
    const bool same_length = longer.size() == other.size();
    if (!std::equal(longer.begin() + static_cast<std::ptrdiff_t>(at + 1), longer.end(),
                    other.begin() + static_cast<std::ptrdiff_t>(at + (same_length ? 1 : 0)),
                    other.end()))
        return false;
    return in_a_word(longer, at) && (!same_length || in_a_word(other, at));
}

class group {
public:
    void add(std::string_view text, const place& where, std::string heading) {
        if (seen_.insert(text).second) names_.push_back({text, where, std::move(heading)});
    }
    void judge(study& s) {
        std::map<std::string, std::size_t> folded;
        std::vector<char> told(names_.size(), 0);
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto [at, is_new] = folded.try_emplace(fold(names_[i].text), i);
            if (is_new) continue;
            tell(s, i, at->second);
            told[i] = 1;
        }
        if (names_.size() <= names_compared) letters(s, told);
    }

private:
    /// Two names are one letter apart only if they are equal once a letter of each, at the same
    /// place, or of one, is left out; so equal hashes of what is left find all candidates.
    void letters(study& s, std::vector<char>& told) {
        struct left_out {
            std::uint64_t hash;
            std::size_t name;
        };
        std::vector<left_out> all;
        std::vector<std::u32string> points(names_.size());
        for (std::size_t n = 0; n < names_.size(); ++n) {
            points[n] = points_of(names_[n].text);
            const auto& text = points[n];
            if (text.size() < shortest_name || text.size() > longest_name) continue;
            // hash = t[0] + t[1]·b + t[2]·b² …; what follows a letter that is left out moves down.
            constexpr std::uint64_t base = 1'000'003;
            std::vector<std::uint64_t> after(text.size() + 1, 0), power(text.size() + 1, 1);
            for (std::size_t i = text.size(); i-- > 0;) after[i] = after[i + 1] * base + text[i];
            for (std::size_t i = 1; i <= text.size(); ++i) power[i] = power[i - 1] * base;
            std::uint64_t before = 0;
            all.push_back({after[0], n});
            for (std::size_t i = 0; i < text.size(); ++i) {
                all.push_back({before + after[i + 1] * power[i], n});
                before += text[i] * power[i];
            }
        }
        std::sort(all.begin(), all.end(), [](const left_out& a, const left_out& b) {
            return a.hash != b.hash ? a.hash < b.hash : a.name < b.name;
        });
        constexpr std::size_t neighbours = 8;
        std::vector<std::size_t> other(names_.size(), names_.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t j = i + 1;
                 j < all.size() && j <= i + neighbours && all[j].hash == all[i].hash; ++j) {
                const std::size_t a = all[i].name, b = all[j].name;
                if (a != b && told[b] == 0 && a < other[b] &&
                    one_letter_apart(points[a], points[b]))
                    other[b] = a;
            }
        for (std::size_t n = 0; n < names_.size(); ++n)
            if (other[n] != names_.size()) tell(s, n, other[n]);
    }
    void tell(study& s, std::size_t name, std::size_t other) const {
        const std::string before(names_[other].text);
        s.report(diag::names_look_alike, names_[name].where, names_[name].heading,
                 {std::string(names_[name].text), before},
                 {{names_[other].where, diag::note_declared_here, {'"' + before + '"'}}});
    }

    std::vector<named> names_;
    std::set<std::string_view> seen_;
};

}  // namespace lookalike_rules

void check_lookalikes(study& s) {
    namespace own = lookalike_rules;
    own::check_codes(s);
    own::group fields, outcomes, ends;
    for (const auto& f : s.of.forms)
        for (const auto& field : f.fields)
            fields.add(field.name, study::or_else(field.where, f.where),
                       s.heading(s.say.form(f.code), f));
    for (const auto& at : s.of.steps)
        for (const auto& b : at.branches) {
            const place where = study::or_else(b.where, at.where);
            if (b.what == branch::kind::named) outcomes.add(b.name, where, s.heading(at));
            if (!b.to.end_kind.empty()) ends.add(b.to.end_kind, where, s.heading(at));
            if (b.afterwards && !b.afterwards->end_kind.empty())
                ends.add(b.afterwards->end_kind, where, s.heading(at));
        }
    fields.judge(s);
    outcomes.judge(s);
    ends.judge(s);
}

}  // namespace quytrinh::detail::checking
