// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/explain.ipp: why a line could not be read, said by what was wanted at the
// furthest place; and the repair, where it is plain what was meant.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

namespace {

/// Options that follow a comma; written without one, only the comma is missing.
constexpr keyword option_words[] = {
    keyword::with_reason,
    keyword::at_most_times,
    keyword::afterwards,
    keyword::required,
    keyword::or_other,
    keyword::with_evidence,
    keyword::only,
    keyword::different_from,
    keyword::from_group,
    keyword::carrying,
    keyword::replacing,
    keyword::append_only,
    keyword::approval_not_needed,
    keyword::for_purpose,
    keyword::revision,
    keyword::before,
    keyword::including_first_day,
    keyword::no_roll,
    keyword::roll_back,
    keyword::on,
    keyword::off,
    keyword::dialect_name,
};

class explanation {
public:
    explanation(builder& owner, clause_line& line)
        : owner_(owner), line_(line), state_(line.state()), at_(state_.furthest()) {}

    bool run() {
        if (line_.line().blind) return false;
        if (state_.exhausted()) {
            owner_.report().report(diag::too_much_work, line_.where());
            return false;
        }
        if (!state_.complaints().empty()) {
            for (const complaint& one : state_.complaints())
                owner_.report().report(one.code, line_.at(one.where), one.args);
            return false;
        }
        for (const auto attempt :
             {&explanation::respell, &explanation::number_forms, &explanation::quote,
              &explanation::marks, &explanation::wrong_kind}) {
            const verdict said = (this->*attempt)();
            if (said != verdict::silent) return said == verdict::mended;
        }
        missing();
        return false;
    }

private:
    /// What one kind of explanation had to say.
    enum class verdict : std::uint8_t { silent, reported, mended };

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
    [[nodiscard]] std::string before() const {
        if (at_ == state_.begin()) return line_.opener_text();
        const token& last = *(at_ - 1);
        return last.kind == token_kind::string ? string_text(state_.text_of(last)) : text(last);
    }
    [[nodiscard]] std::string word_list() const {
        std::string out;
        std::size_t count = 0;
        for (const keyword id : wanted_words()) {
            const std::string quoted = "“" + owner_.spelled_here(id) + "”";
            if (out.find(quoted) != std::string::npos) continue;
            if (++count > 10) return out + ", …";
            if (!out.empty()) out += ", ";
            out += quoted;
        }
        return out;
    }
    void say(std::uint16_t code, span where, std::vector<std::string> args,
             std::optional<text_fix> fix = {}) {
        owner_.report().report(code, line_.at(where), std::move(args), std::move(fix));
    }
    token& mutable_at() { return state_.tokens()[static_cast<std::size_t>(at_ - state_.begin())]; }
    void replace_tokens(std::size_t count, std::initializer_list<token> with) {
        auto& tokens = state_.tokens();
        const auto where = tokens.begin() + (at_ - state_.begin());
        tokens.insert(tokens.erase(where, where + static_cast<std::ptrdiff_t>(count)), with);
    }

    /// A word that is nearly one of the words that may stand here.
    verdict respell() {
        if (at_->kind != token_kind::word || !owner_.report().keeping()) return verdict::silent;
        const guess meant = guess_keyword(state_, at_, wanted_words());
        if (meant.id == keyword::none) return verdict::silent;
        const span where{at_->begin, (at_ + meant.words - 1)->end};
        const std::string right = owner_.spelled_here(meant.id);
        say(diag::misspelt_word, where, {owner_.text_at(where), right},
            replace(line_.at(where), right, false));
        token repaired;
        repaired.kind = token_kind::phrase;
        repaired.phrase = state_.words().find(right);
        repaired.begin = where.begin;
        repaired.end = where.end;
        replace_tokens(meant.words, {repaired});
        return verdict::mended;
    }

    verdict number_forms() {
        const std::string written = text(*at_);
        if (at_->kind == token_kind::decimal &&
            (wants(wanted::step) || wants(wanted::section) || wants(wanted::number))) {
            const std::size_t mark = written.find(',');
            const std::string right = written.substr(0, mark) + ", " + written.substr(mark + 1);
            say(diag::decimal_not_allowed, at_->range(), {written, right},
                replace(line_.at(at_->range()), right, true));
            const auto middle = static_cast<std::uint32_t>(at_->begin + mark);
            replace_tokens(1, {token{token_kind::integer, no_phrase, at_->begin, middle},
                               token{token_kind::comma, no_phrase, middle, middle + 1},
                               token{token_kind::integer, no_phrase, middle + 1, at_->end}});
            return verdict::mended;
        }
        if (!wants(wanted::amount)) return verdict::silent;
        if (at_->kind == token_kind::step_id &&
            std::count(written.begin(), written.end(), '.') == 1 &&
            written.find_first_not_of("0123456789.") == std::string::npos) {
            std::string right = written;
            right[right.find('.')] = ',';
            say(diag::decimal_point, at_->range(), {written, right},
                replace(line_.at(at_->range()), right, true));
            mutable_at().kind = token_kind::decimal;
            return verdict::mended;
        }
        if (at_->kind == token_kind::pair) {
            const std::string right = as_decimal(written);
            std::optional<text_fix> fix;
            if (!right.empty()) fix = replace(line_.at(at_->range()), right, true);
            say(diag::fraction_bar, at_->range(), {written, right.empty() ? "0,…" : right},
                std::move(fix));
            mutable_at().kind = token_kind::decimal;
            return verdict::mended;
        }
        return verdict::silent;
    }

    /// `1/4` as `0,25`; empty when it has no short decimal.
    static std::string as_decimal(const std::string& fraction) {
        const std::size_t bar = fraction.find('/');
        const auto above = decimal::read(fraction.substr(0, bar));
        const auto below = decimal::read(fraction.substr(bar + 1));
        if (!above || !below || below->mantissa == 0 || above->mantissa > 1'000'000) return {};
        std::int64_t scaled = above->mantissa;
        for (std::uint8_t scale = 0; scale <= 4; ++scale, scaled *= 10)
            if (scaled % below->mantissa == 0)
                return decimal::of(scaled / below->mantissa, scale).text();
        return {};
    }

    /// Free text that stands without quotes.
    verdict quote() {
        if (!wants(wanted::string)) return verdict::silent;
        const bool text_only = !wants(wanted::code) && !wants_words();
        const bool lone_code = at_->kind == token_kind::code && at_[1].kind == token_kind::end;
        const bool free_text = at_->kind == token_kind::word ||
                               (text_only && !lone_code &&
                                (at_->kind == token_kind::phrase || at_->kind == token_kind::code));
        if (!free_text || (wants(wanted::code) && wants_words())) return verdict::silent;
        const token* last = at_;
        while (last[1].kind != token_kind::end && !ends_free_text(last + 1)) ++last;
        const span where{at_->begin, last->end};
        std::string quoted = "\"" + owner_.text_at(where) + "\"";
        say(diag::unquoted_text, where, {quoted}, replace(line_.at(where), quoted, true));
        replace_tokens(static_cast<std::size_t>(last - at_) + 1,
                       {token{token_kind::string, no_phrase, where.begin, where.end}});
        return verdict::mended;
    }
    [[nodiscard]] bool ends_free_text(const token* one) const {
        if (one->kind == token_kind::arrow || one->kind == token_kind::string ||
            one->kind == token_kind::block || one->kind == token_kind::junk)
            return true;
        if (one->kind == token_kind::comma)
            return one[1].kind == token_kind::phrase || one[1].kind == token_kind::string;
        if (state_.peeks(one, keyword::if_word) || state_.peeks(one, keyword::is)) return true;
        return line_.opener() == keyword::consult &&
               (state_.peeks(one, keyword::at_place) || state_.peeks(one, keyword::any_step));
    }

    /// Arrows, colons and commas that are missing.
    verdict marks() {
        const std::uint32_t here =
            at_->kind == token_kind::end && at_ != state_.begin() ? (at_ - 1)->end : at_->begin;
        if (wants(wanted::arrow) && !wants(wanted::line_end))
            return insert(token_kind::arrow, "→", here, state_.expectations().size() == 1);
        if (wants(wanted::colon)) return insert(token_kind::colon, ":", here, true);
        if (wants(wanted::close)) {
            say(diag::unclosed_parenthesis, at_->range(), {before(), std::string(line_.example())});
            return verdict::reported;
        }
        if (at_->kind == token_kind::phrase && wants(wanted::comma))
            for (const keyword id : option_words)
                if (state_.peeks(at_, id))
                    return insert(token_kind::comma, ",", (at_ - 1)->end, true);
        return verdict::silent;
    }
    verdict insert(token_kind kind, std::string_view mark, std::uint32_t here, bool sure) {
        const bool more = at_->kind != token_kind::end;
        std::optional<text_fix> fix;
        if (sure && more) {
            std::string added{mark};
            if (kind == token_kind::arrow) added += ' ';
            const std::uint32_t where = kind == token_kind::arrow ? here : (at_ - 1)->end;
            fix = replace(line_.at({where, where}), std::move(added), true);
        }
        say(diag::missing_mark, at_->range(),
            {before(), std::string(line_.example()), "“" + std::string(mark) + "”"},
            std::move(fix));
        if (!sure || !more) return verdict::reported;
        replace_tokens(0, {token{kind, no_phrase, here, here}});
        return verdict::mended;
    }

    verdict wrong_kind() {
        const std::string example{line_.example()};
        if (wants(wanted::code) && at_->kind == token_kind::string && !wants(wanted::string)) {
            say(diag::text_for_code, at_->range(), {text(*at_), example}, the_code());
            return verdict::reported;
        }
        if (wants(wanted::code) &&
            (state_.peeks(at_, keyword::ok) || state_.peeks(at_, keyword::nok))) {
            say(diag::reserved_code, at_->range(), {text(*at_)});
            return verdict::reported;
        }
        if (wants(wanted::code) && at_->kind == token_kind::word && !wants(wanted::line_end)) {
            say(diag::not_a_code, at_->range(), {text(*at_), example}, the_code());
            return verdict::reported;
        }
        if (wants(wanted::string) && at_->kind == token_kind::code && !wants(wanted::code)) {
            const std::string quoted = "\"" + text(*at_) + "\"";
            say(diag::code_for_text, at_->range(), {text(*at_), example},
                replace(line_.at(at_->range()), quoted, false));
            mutable_at().kind = token_kind::string;
            return verdict::mended;
        }
        return verdict::silent;
    }

    /// The code that was declared above with these words as its title, or in other letters.
    [[nodiscard]] std::optional<text_fix> the_code() const {
        const std::string code = owner_.report().keeping()
                                     ? owner_.code_like(string_text(state_.text_of(*at_)))
                                     : std::string{};
        if (code.empty()) return std::nullopt;
        return replace(line_.at(at_->range()), code, false);
    }

    /// The words of what may stand here: the kind that matters most decides the message.
    void missing() {
        const std::vector<std::string> args{before(), std::string(line_.example()), word_list()};
        const bool words = wants_words();
        const auto pick = [words](std::uint16_t alone, std::uint16_t with_words) {
            return words ? with_words : alone;
        };
        std::uint16_t code = diag::extra_text;
        if (wants(wanted::line_end)) {
            code = pick(diag::extra_text, diag::extra_text_or);
            say(code, at_->range(), {text(*at_), args[1], args[2]});
            return;
        }
        if (wants(wanted::string) && wants(wanted::word, keyword::ok))
            code = diag::missing_condition;
        else if (wants(wanted::amount) || wants(wanted::number) || wants(wanted::year))
            code = pick(diag::missing_number, diag::missing_number_or_word);
        else if (wants(wanted::date))
            code = diag::missing_date;
        else if (wants(wanted::time) || wants(wanted::offset))
            code = diag::missing_time;
        else if (wants(wanted::code))
            code = pick(diag::missing_code, diag::missing_code_or_word);
        else if (wants(wanted::string))
            code = pick(diag::missing_string, diag::missing_string_or_word);
        else if (wants(wanted::step) || wants(wanted::section))
            code = diag::missing_step;
        else if (wants(wanted::word, keyword::working_day) && wants(wanted::word, keyword::week))
            code = diag::missing_unit;
        else if (words)
            code = wanted_words().size() == 1 ? diag::missing_word : diag::missing_one_of;
        else {
            say(diag::missing_mark, at_->range(), {args[0], args[1], mark_name()});
            return;
        }
        say(code, at_->range(), args);
    }
    [[nodiscard]] std::string mark_name() const {
        if (wants(wanted::comma)) return "“,”";
        if (wants(wanted::dash)) return "“-”";
        if (wants(wanted::open)) return "“(”";
        return "“→”";
    }

    builder& owner_;
    clause_line& line_;
    line_state& state_;
    const token* at_;
};

}  // namespace

guess guess_keyword(const line_state& state, const token* at, const std::vector<keyword>& allowed) {
    guess best;
    std::size_t best_distance = 4;
    std::vector<std::pair<std::string, std::size_t>> written;  // folded text of 1, 2, 3… tokens
    for (const token* last = at; last - at < 4; ++last) {
        if (last->kind != token_kind::word && last->kind != token_kind::phrase) break;
        if (last->end - at->begin > 80) break;
        written.emplace_back(fold(state.text().substr(at->begin, last->end - at->begin)),
                             static_cast<std::size_t>(last - at) + 1);
    }
    const bool vi = state.words().words() == dialect::vi;
    for (const keyword id : allowed) {
        if (id == keyword::none) continue;
        for (const std::string_view spelling : spellings(vi ? row_of(id).vi : row_of(id).en)) {
            const std::string right = fold(spelling);
            const std::size_t allowed_distance = right.size() <= 3 ? 1 : right.size() <= 8 ? 2 : 3;
            for (const auto& [text, words] : written) {
                const std::size_t limit = std::min(allowed_distance, best_distance - 1);
                const std::size_t distance = edit_distance(text, right, limit);
                if (distance > limit || distance * 2 > text.size()) continue;
                best = {id, words};
                best_distance = distance;
                if (distance == 0) return best;
            }
        }
    }
    return best;
}

bool explain(builder& owner, clause_line& line) { return explanation{owner, line}.run(); }

}  // namespace quytrinh::detail::grammar
