// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/rules.hpp: Spirit X3 over tokens. Primitives write what they read straight
// into a plain struct and record what they wanted, so rules have no attributes and X3's own
// messages are never seen. Included only by the clause parsers (impl/clauses_*.ipp).
#pragma once

#include <quytrinh/language/impl/clauses.hpp>
#include <quytrinh/language/impl/line_state.hpp>

#include <boost/spirit/home/x3/core.hpp>
#include <boost/spirit/home/x3/nonterminal.hpp>
#include <boost/spirit/home/x3/operator.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

namespace x3 = boost::spirit::x3;

/// Walks the tokens of a line and knows the state of its reading.
class token_iterator {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = token;
    using difference_type = std::ptrdiff_t;
    using pointer = const token*;
    using reference = const token&;

    token_iterator() = default;
    token_iterator(const token* at, line_state& state) : at_(at), state_(&state) {}

    reference operator*() const noexcept { return *at_; }
    pointer operator->() const noexcept { return at_; }
    token_iterator& operator++() noexcept {
        ++at_;
        return *this;
    }
    token_iterator operator++(int) noexcept {
        token_iterator before = *this;
        ++at_;
        return before;
    }
    friend bool operator==(const token_iterator& a, const token_iterator& b) noexcept {
        return a.at_ == b.at_;
    }

    const token*& position() noexcept { return at_; }
    [[nodiscard]] line_state& state() const noexcept { return *state_; }

private:
    const token* at_ = nullptr;
    line_state* state_ = nullptr;
};

/// A parser made of a function `bool (line_state&, const token*&)`.
template <class Take>
struct primitive : x3::parser<primitive<Take>> {
    using attribute_type = x3::unused_type;
    static constexpr bool has_attribute = false;

    explicit primitive(Take one) : take(std::move(one)) {}

    template <class Context, class RContext, class Attribute>
    bool parse(token_iterator& first, const token_iterator&, const Context&, RContext&,
               Attribute&) const {
        return !first.state().dead() && take(first.state(), first.position());
    }

    Take take;
};

/// After a word that decides the kind of clause nothing else can be meant: failing here fails the
/// line.
template <class Subject>
struct must_directive : x3::unary_parser<Subject, must_directive<Subject>> {
    using base_type = x3::unary_parser<Subject, must_directive<Subject>>;
    static constexpr bool is_pass_through_unary = true;
    using base_type::base_type;

    template <class Context, class RContext, class Attribute>
    bool parse(token_iterator& first, const token_iterator& last, const Context& context,
               RContext& rcontext, Attribute& attribute) const {
        return this->subject.parse(first, last, context, rcontext, attribute) ||
               first.state().give_up();
    }
};
template <class Subject>
auto must(const Subject& subject) {
    return must_directive<typename x3::extension::as_parser<Subject>::value_type>(
        x3::as_parser(subject));
}

inline auto word(keyword id) {
    return primitive([id](line_state& s, const token*& at) { return s.take_word(at, id); });
}
/// The first word is the one that is asked for, and printed; the second is taken too.
inline auto word(keyword id, keyword synonym) {
    return primitive([id, synonym](line_state& s, const token*& at) {
        const bool other = !s.peeks(at, id) && s.peeks(at, synonym);
        const token* const first = at;
        if (!s.take_word(at, other ? synonym : id)) return false;
        s.remember(first, id);
        return true;
    });
}
inline auto comma() {
    return primitive([](line_state& s, const token*& at) {
        return s.take_kind(at, token_kind::comma, wanted::comma);
    });
}
/// A comma that goes on to another element of a list. After it, a keyword would start an option
/// instead.
inline auto list_comma() {
    return primitive([](line_state& s, const token*& at) {
        const token_kind after = at->kind == token_kind::comma ? at[1].kind : token_kind::end;
        if (at->kind == token_kind::comma && after == token_kind::phrase)
            return s.expected(at, wanted::comma);
        return s.take_kind(at, token_kind::comma, wanted::comma);
    });
}
/// The comma before an option that begins with one of these words.
inline auto option_comma(keyword a, keyword b = keyword::none, keyword c = keyword::none,
                         keyword d = keyword::none) {
    return primitive([a, b, c, d](line_state& s, const token*& at) {
        if (at->kind != token_kind::comma) return s.expected(at, wanted::comma);
        for (const keyword id : {a, b, c, d}) {
            if (id == keyword::none) continue;
            if (s.peeks(at + 1, id)) {
                ++at;
                return true;
            }
            s.expected(at + 1, wanted::word, id);
        }
        return false;
    });
}
inline auto arrow() {
    return primitive([](line_state& s, const token*& at) {
        return s.take_kind(at, token_kind::arrow, wanted::arrow);
    });
}
inline auto colon() {
    return primitive([](line_state& s, const token*& at) {
        return s.take_kind(at, token_kind::colon, wanted::colon);
    });
}
inline auto open() {
    return primitive([](line_state& s, const token*& at) {
        return s.take_kind(at, token_kind::open, wanted::open);
    });
}
inline auto close() {
    return primitive([](line_state& s, const token*& at) {
        return s.take_kind(at, token_kind::close, wanted::close);
    });
}

inline auto code(word_at& out) {
    return primitive([&out](line_state& s, const token*& at) { return s.take_code(at, out); });
}
inline auto string(word_at& out) {
    return primitive([&out](line_state& s, const token*& at) { return s.take_string(at, out); });
}
inline auto step_id(word_at& out) {
    return primitive([&out](line_state& s, const token*& at) { return s.take_step(at, out); });
}
inline auto integer(number_at& out) {
    return primitive([&out](line_state& s, const token*& at) { return s.take_integer(at, out); });
}
template <bool (line_state::*Take)(const token*&, word_at&)>
auto into_list(std::vector<word_at>& out) {
    return primitive([&out](line_state& s, const token*& at) {
        word_at one;
        if (!(s.*Take)(at, one)) return false;
        out.push_back(std::move(one));
        return true;
    });
}
inline auto a_code(std::vector<word_at>& out) { return into_list<&line_state::take_code>(out); }
inline auto a_string(std::vector<word_at>& out) { return into_list<&line_state::take_string>(out); }
inline auto a_step(std::vector<word_at>& out) { return into_list<&line_state::take_step>(out); }
inline auto a_section(std::vector<word_at>& out) {
    return into_list<&line_state::take_section>(out);
}

inline auto codes(std::vector<word_at>& out) {
    return a_code(out) >> *(list_comma() >> must(a_code(out)));
}
inline auto strings(std::vector<word_at>& out) {
    return a_string(out) >> *(list_comma() >> must(a_string(out)));
}

/// Notes that a word was read: `-flag(keyword::required, out.required)`.
inline auto flag(keyword id, bool& out) {
    return primitive([id, &out](line_state& s, const token*& at) {
        if (!s.take_word(at, id)) return false;
        out = true;
        return true;
    });
}
/// One word of several, as a value: `choice(out.kind, {{keyword::ok, kind::ok}, …})`.
template <class T, std::size_t N>
auto choice(T& out, const std::pair<keyword, T> (&words)[N]) {
    // Rules are made anew for each line and copied into one another: nothing in them may own
    // memory.
    return primitive([&out, all = std::to_array(words)](line_state& s, const token*& at) {
        for (const auto& [id, value] : all) {
            if (s.take_word(at, id)) {
                out = value;
                return true;
            }
        }
        return false;
    });
}

// Rules shared by many clauses, each compiled once in a unit of its own.
bool take_condition(line_state& s, const token*& at, std::optional<condition_words>& out);
bool take_amount(line_state& s, const token*& at, amount_words& out);
bool take_target(line_state& s, const token*& at, target_words& out);
bool take_field(line_state& s, const token*& at, field_words& out);

inline auto amount_of_time(amount_words& out) {
    return primitive([&out](line_state& s, const token*& at) { return take_amount(s, at, out); });
}
/// `nếu …`; a comma may stand before it, since only a comma lets a line go on in the next one.
inline auto if_condition(std::optional<condition_words>& out) {
    return primitive([&out](line_state& s, const token*& at) {
        if (at->kind == token_kind::comma && s.peeks(at + 1, keyword::if_word)) ++at;
        return s.take_word(at, keyword::if_word) && (take_condition(s, at, out) || s.give_up());
    });
}
inline auto a_condition(std::optional<condition_words>& out) {
    return primitive(
        [&out](line_state& s, const token*& at) { return take_condition(s, at, out); });
}
inline auto a_target(target_words& out) {
    return primitive([&out](line_state& s, const token*& at) { return take_target(s, at, out); });
}
/// `"Gấp" trong XYK`
inline auto a_field(field_words& out) {
    return primitive([&out](line_state& s, const token*& at) { return take_field(s, at, out); });
}
/// `bước 5`, without or with the word for "at" before it.
inline auto the_step(word_at& out) { return word(keyword::step) >> must(step_id(out)); }
inline auto at_step(word_at& out) { return -word(keyword::at, keyword::at_place) >> the_step(out); }
inline auto at_place_of_step(word_at& out) {
    return -word(keyword::at_place, keyword::at) >> the_step(out);
}
inline auto the_steps(std::vector<word_at>& out) {
    return word(keyword::step) >> must(a_step(out)) >>
           *(comma() >> -word(keyword::step) >> must(a_step(out)));
}

/// Runs a rule over the whole line.
template <class Rule>
bool run(line_state& s, const Rule& rule) {
    token_iterator at{s.begin(), s};
    const token_iterator last{s.last(), s};
    x3::unused_type nothing;
    return rule.parse(at, last, x3::unused, x3::unused, nothing) && !s.dead() &&
           s.take_line_end(at.position());
}
/// Runs a rule from a place inside a line.
template <class Rule>
bool run_at(line_state& s, const token*& at, const Rule& rule) {
    token_iterator first{at, s};
    const token_iterator last{s.last(), s};
    x3::unused_type nothing;
    if (!rule.parse(first, last, x3::unused, x3::unused, nothing) || s.dead()) return false;
    at = first.position();
    return true;
}

}  // namespace quytrinh::detail::grammar
