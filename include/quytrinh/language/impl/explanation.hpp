// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/explanation.hpp: one line that could not be read: what was wanted where it
// stopped, and the kinds of mistake that are tried on it in turn.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

class explanation {
public:
    explanation(builder& owner, clause_line& line)
        : owner_(owner), line_(line), state_(line.state()), at_(state_.furthest()) {}

    /// True when the tokens were mended and reading should be tried again.
    bool run();

private:
    /// What one kind of explanation had to say.
    enum class verdict : std::uint8_t { silent, reported, mended };

    // how words are written (explain.ipp)
    verdict respell();
    verdict number_forms();
    verdict quote();
    verdict marks();
    verdict wrong_kind();
    void missing();
    verdict insert(token_kind kind, std::string_view mark, std::uint32_t here, bool sure);
    [[nodiscard]] bool ends_free_text(const token* one) const;
    [[nodiscard]] std::optional<text_fix> the_code() const;
    [[nodiscard]] std::pair<span, std::string> named_in_words() const;
    [[nodiscard]] std::string mark_name() const;

    // what was meant by words that are right elsewhere (explain_meaning.ipp)
    verdict longer_opener();
    verdict needless();
    verdict anchor_words_here();
    [[nodiscard]] verdict first_time_behind();
    verdict tell_event(const token* since, const token* event);
    verdict yes_or_no();
    verdict comparison();
    verdict time_zone();

    // as documents write it (explain_amount.ipp)
    verdict filler_word();
    verdict amount_of_document();
    verdict unit_of_document();
    verdict number_again();
    verdict number_in_words();
    verdict outcome_alone();
    verdict range(const token* first, const token* last);
    verdict needless_words(const token* at, std::size_t count);
    verdict said_otherwise(const token* at, std::size_t count, std::string right,
                           const std::vector<token>& with);
    void differ(const token& digits, span words);
    [[nodiscard]] static bool same_number(std::string_view digits, int number);
    [[nodiscard]] std::pair<std::size_t, int> number_at_token(const token* at) const;
    [[nodiscard]] std::size_t run_of(std::string_view list, const token* at) const;

    [[nodiscard]] bool in_condition() const {
        return wants(wanted::string) && wants(wanted::word, keyword::ok);
    }

    [[nodiscard]] bool wants(wanted what, keyword id = keyword::none) const {
        const auto all = state_.expectations();
        return std::find(all.begin(), all.end(), expectation{what, id}) != all.end();
    }
    [[nodiscard]] std::vector<keyword> wanted_words() const {
        std::vector<keyword> out;
        for (const expectation& one : state_.expectations())
            if (one.what == wanted::word) out.push_back(one.id);
        return out;
    }
    [[nodiscard]] bool wants_words() const {
        return std::any_of(state_.expectations().begin(), state_.expectations().end(),
                           [](const expectation& one) { return one.what == wanted::word; });
    }
    [[nodiscard]] std::string text(const token& one) const {
        return std::string(state_.text_of(one));
    }
    /// The word before the place, for “sau … cần …”.
    [[nodiscard]] std::string before() const {
        if (at_ == state_.begin()) return line_.opener_text();
        const token& last = *(at_ - 1);
        if (last.begin == last.end)  // a mark that was put in
            return last.kind == token_kind::arrow   ? "→"
                   : last.kind == token_kind::colon ? ":"
                                                    : ",";
        return last.kind == token_kind::string ? string_text(state_.text_of(last)) : text(last);
    }
    [[nodiscard]] bool in_scenario_line() const {
        const keyword id = line_.opener();
        return id == keyword::when || id == keyword::expect || id == keyword::given ||
               id == keyword::also;
    }
    [[nodiscard]] std::string word_list() const {
        std::string out;
        std::size_t count = 0;
        const std::size_t most = in_scenario_line() ? expected_words : 10;
        // Where a code may stand too, which is what is asked for.
        if (in_scenario_line() && wants(wanted::code)) {
            if (wants(wanted::amount))
                out = "“2 " + owner_.spelled_here(keyword::day) + " " +
                      owner_.spelled_here(keyword::later_on) + "”";
            if (wants(wanted::string)) out += out.empty() ? "“\"…\"”" : ", “\"…\"”";
        }
        for (const keyword id : wanted_words()) {
            const std::string quoted = "“" + owner_.spelled_here(id) + "”";
            if (out.find(quoted) != std::string::npos) continue;
            if (++count > most) return out + ", …";
            if (!out.empty()) out += ", ";
            out += quoted;
        }
        return out;
    }
    /// In a scenario, where words are many and each line has its own, all of them are said.
    static constexpr std::size_t expected_words = 40;
    void say(std::uint16_t code, span where, std::vector<std::string> args,
             std::optional<text_fix> fix = {}) {
        owner_.report().report(code, line_.at(where), std::move(args), std::move(fix));
    }
    token& mutable_at() { return state_.tokens()[static_cast<std::size_t>(at_ - state_.begin())]; }
    /// Puts tokens in the place of `count` tokens from `at` on.
    void replace_tokens(const token* at, std::size_t count, const std::vector<token>& with) {
        auto& tokens = state_.tokens();
        const auto where = tokens.begin() + (at - state_.begin());
        tokens.insert(tokens.erase(where, where + static_cast<std::ptrdiff_t>(count)), with.begin(),
                      with.end());
    }
    [[nodiscard]] token keyword_token(keyword id, span where) const {
        token one;
        one.kind = token_kind::phrase;
        one.phrase = state_.words().find(owner_.spelled_here(id));
        one.begin = where.begin;
        one.end = where.end;
        return one;
    }
    /// One keyword in the place of `count` tokens: reported as a misspelt word, to be reviewed.
    verdict meant(const token* at, std::size_t count, keyword id);

    builder& owner_;
    clause_line& line_;
    line_state& state_;
    const token* at_;
};

/// The unit that one letter behind a number stands for, as in `24h`.
[[nodiscard]] keyword unit_of_letters(std::string_view letters);
/// Do these words, folded, head a limit in documents, and say nothing else?
[[nodiscard]] bool says_limit(std::string_view folded, dialect words);

}  // namespace quytrinh::detail::grammar
