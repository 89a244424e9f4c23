// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/explain.ipp: why a line could not be read, said by what was wanted at the
// furthest place; and the repair, where it is plain what was meant.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/explanation.hpp>

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

/// `1/4` as `0,25`; empty when it has no short decimal.
std::string as_decimal(const std::string& fraction) {
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

bool has_code(const token* at, std::size_t count) {
    return std::any_of(at, at + count,
                       [](const token& one) { return one.kind == token_kind::code; });
}

/// `1.000.000`: digits in groups of three.
bool in_thousands(const std::string& written) {
    std::size_t group = 0;
    bool first = true;
    for (const char c : written) {
        if (c == '.') {
            if (group == 0 || group > 3 || (!first && group != 3)) return false;
            first = false;
            group = 0;
        } else if (c >= '0' && c <= '9') {
            ++group;
        } else {
            return false;
        }
    }
    return !first && group == 3;
}

}  // namespace

bool explanation::run() {
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
         {&explanation::longer_opener, &explanation::needless, &explanation::filler_word,
          &explanation::amount_of_document, &explanation::outcome_alone, &explanation::time_zone,
          &explanation::yes_or_no, &explanation::first_time_behind, &explanation::anchor_words_here,
          &explanation::respell, &explanation::comparison, &explanation::number_forms,
          &explanation::quote, &explanation::marks, &explanation::wrong_kind}) {
        const verdict said = (this->*attempt)();
        if (said != verdict::silent) return said == verdict::mended;
    }
    missing();
    return false;
}

/// A word that is nearly one of the words that may stand here.
explanation::verdict explanation::respell() {
    const bool unmarked =
        at_->kind == token_kind::phrase && state_.words().at(at_->phrase).how != spelling::exact;
    if ((at_->kind != token_kind::word && !unmarked) || !owner_.report().keeping())
        return verdict::silent;
    guess near = guess_keyword(state_, at_, wanted_words());
    if (near.id == keyword::none) near = part_of_keyword(state_, at_, wanted_words());
    if (near.id == keyword::none) return verdict::silent;
    if (near.distance != 0) return meant(at_, near.words, near.id);
    // Only capitals or marks differ: nothing else can be meant.
    const span where{at_->begin, (at_ + near.words - 1)->end};
    const std::string right = owner_.spelled_here(near.id);
    say(diag::keyword_without_marks, where, {owner_.text_at(where), right},
        replace(line_.at(where), right, true));
    replace_tokens(at_, near.words, {keyword_token(near.id, where)});
    return verdict::mended;
}

explanation::verdict explanation::number_forms() {
    const std::string written = text(*at_);
    if (at_->kind == token_kind::decimal &&
        (wants(wanted::step) || wants(wanted::section) || wants(wanted::number))) {
        const std::size_t mark = written.find(',');
        const std::string right = written.substr(0, mark) + ", " + written.substr(mark + 1);
        say(diag::decimal_not_allowed, at_->range(), {written, right},
            replace(line_.at(at_->range()), right, true));
        const auto middle = static_cast<std::uint32_t>(at_->begin + mark);
        replace_tokens(at_, 1,
                       {token{token_kind::integer, no_phrase, at_->begin, middle},
                        token{token_kind::comma, no_phrase, middle, middle + 1},
                        token{token_kind::integer, no_phrase, middle + 1, at_->end}});
        return verdict::mended;
    }
    if (!wants(wanted::amount)) return verdict::silent;
    if (at_->kind == token_kind::step_id && in_thousands(written)) {
        std::string right = written;
        right.erase(std::remove(right.begin(), right.end(), '.'), right.end());
        // `1.500` may also be meant as a decimal; of `1.500.000` there is no doubt.
        say(diag::thousands_marks, at_->range(), {written, right},
            replace(line_.at(at_->range()), right,
                    std::count(written.begin(), written.end(), '.') > 1));
        mutable_at().kind = token_kind::integer;
        return verdict::mended;
    }
    if (at_->kind == token_kind::step_id && std::count(written.begin(), written.end(), '.') == 1 &&
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

/// Free text that stands without quotes.
explanation::verdict explanation::quote() {
    if (!wants(wanted::string)) return verdict::silent;
    if (at_->kind == token_kind::code && at_ != state_.begin() &&
        (at_ - 1)->kind == token_kind::code && at_[1].kind == token_kind::string &&
        !wants_words()) {
        const token* first = at_ - 1;
        const span where{first->begin, at_->end};
        const std::string right = text(*first) + text(*at_);
        say(diag::code_with_blank, where, {owner_.text_at(where), right},
            replace(line_.at(where), right, false));
        owner_.excuse_unknown_names();  // what was declared is named by the code that was meant
        replace_tokens(first, 2, {token{token_kind::code, no_phrase, where.begin, where.end}});
        return verdict::mended;
    }
    const bool condition = in_condition() && at_->kind == token_kind::word;
    // `lập bm.01`: a form of the procedure, not a paper of that name.
    if (wants(wanted::code) && !condition && at_->kind == token_kind::word && the_code())
        return wrong_kind();
    const bool text_only = !wants(wanted::code) && !wants_words();
    const bool lone_code = at_->kind == token_kind::code && at_[1].kind == token_kind::end;
    const bool free_text = at_->kind == token_kind::word ||
                           (text_only && !lone_code &&
                            (at_->kind == token_kind::phrase || at_->kind == token_kind::code));
    if (!free_text || (wants(wanted::code) && wants_words() && !condition)) return verdict::silent;
    const token* last = at_;
    while (last[1].kind != token_kind::end && !ends_free_text(last + 1)) ++last;
    const span where{at_->begin, last->end};
    // A field is written as it was declared, whatever letters it stands in here.
    const std::string field = condition ? owner_.field_like(owner_.text_at(where)) : std::string{};
    std::string quoted = "\"" + (field.empty() ? owner_.text_at(where) : field) + "\"";
    // Where a number or a word may stand as well, as in `là dưới 3`, quotes need not be what was
    // meant.
    say(diag::unquoted_text, where, {quoted},
        replace(line_.at(where), quoted, !condition && text_only));
    if (!field.empty() && field != owner_.text_at(where)) return verdict::reported;
    replace_tokens(at_, static_cast<std::size_t>(last - at_) + 1,
                   {token{token_kind::string, no_phrase, where.begin, where.end}});
    return verdict::mended;
}

bool explanation::ends_free_text(const token* one) const {
    if (one->kind == token_kind::arrow || one->kind == token_kind::string ||
        one->kind == token_kind::block || one->kind == token_kind::junk)
        return true;
    if (one->kind == token_kind::comma)
        return one[1].kind == token_kind::phrase || one[1].kind == token_kind::string;
    if (state_.peeks(one, keyword::if_word) || state_.peeks(one, keyword::is)) return true;
    if (in_condition())
        for (const keyword id :
             {keyword::is_not, keyword::greater, keyword::less, keyword::at_least,
              keyword::at_most_value, keyword::among, keyword::filled, keyword::not_filled,
              keyword::and_word, keyword::or_word})
            if (state_.peeks(one, id)) return true;
    return line_.opener() == keyword::consult &&
           (state_.peeks(one, keyword::at_place) || state_.peeks(one, keyword::any_step));
}

/// Arrows, colons and commas that are missing.
explanation::verdict explanation::marks() {
    const std::uint32_t here =
        at_->kind == token_kind::end && at_ != state_.begin() ? (at_ - 1)->end : at_->begin;
    if (wants(wanted::arrow) && at_->kind == token_kind::colon) {
        // `OK: kết thúc`, as a list in a document has it.
        say(diag::missing_mark, at_->range(), {before(), std::string(line_.example()), "“→”"},
            replace(line_.at(at_->range()), " →", true));
        mutable_at().kind = token_kind::arrow;
        return verdict::mended;
    }
    if (wants(wanted::arrow) && !wants(wanted::line_end))
        return insert(token_kind::arrow, "→", here, state_.expectations().size() == 1);
    if (wants(wanted::colon)) return insert(token_kind::colon, ":", here, true);
    if (wants(wanted::close)) {
        say(diag::unclosed_parenthesis, at_->range(), {before(), std::string(line_.example())});
        return verdict::reported;
    }
    if (wants(wanted::comma) && at_ != state_.begin()) {
        // `"Thường" "Khẩn"`, `VT và LĐ`: a list as it is spoken.
        const token_kind item = (at_ - 1)->kind;
        const std::uint32_t gap = (at_ - 1)->end;
        if (item == token_kind::string && at_->kind == item)
            return insert(token_kind::comma, ",", gap, true);
        const bool spoken =
            state_.peeks(at_, keyword::and_word) ||
            (line_.opener() == keyword::field && state_.peeks(at_, keyword::or_word));
        if (spoken && at_[1].kind == item &&
            (item == token_kind::string || item == token_kind::code)) {
            say(diag::missing_mark, at_->range(), {before(), std::string(line_.example()), "“,”"},
                replace(line_.at({gap, at_->end}), ",", false));
            mutable_at().kind = token_kind::comma;
            return verdict::mended;
        }
    }
    if (line_.opener() == keyword::when && wants(wanted::comma) && at_->kind == token_kind::code &&
        (state_.peeks(at_ - 1, keyword::later_on) || (at_ - 1)->kind == token_kind::date ||
         (at_ - 1)->kind == token_kind::time))
        return insert(token_kind::comma, ",", (at_ - 1)->end, true);  // `khi 2 ngày sau MC …`
    if (at_->kind == token_kind::phrase && wants(wanted::comma))
        for (const keyword id : option_words) {
            if (!state_.peeks(at_, id)) continue;
            const std::uint32_t gap = (at_ - 1)->end;
            const keyword opener = line_.opener();
            if (id != keyword::only || opener == keyword::fill || opener == keyword::append)
                return insert(token_kind::comma, ",", gap, true);
            // `lưu GXN chỉ "Gấp"`: the option does not go with this line at all, which is told
            // when it has been read; its comma is no second mistake.
            replace_tokens(at_, 0, {token{token_kind::comma, no_phrase, gap, gap}});
            return verdict::mended;
        }
    return verdict::silent;
}

explanation::verdict explanation::insert(token_kind kind, std::string_view mark, std::uint32_t here,
                                         bool sure) {
    const bool more = at_->kind != token_kind::end;
    std::optional<text_fix> fix;
    if (sure && more) {
        std::string added{mark};
        if (kind == token_kind::arrow) added += ' ';
        const std::uint32_t where = kind == token_kind::arrow ? here : (at_ - 1)->end;
        fix = replace(line_.at({where, where}), std::move(added), true);
    }
    say(diag::missing_mark, at_->range(),
        {before(), std::string(line_.example()), "“" + std::string(mark) + "”"}, std::move(fix));
    if (!sure || !more) return verdict::reported;
    replace_tokens(at_, 0, {token{kind, no_phrase, here, here}});
    return verdict::mended;
}

explanation::verdict explanation::wrong_kind() {
    const std::string example{line_.example()};
    if (at_->kind == token_kind::code && at_ != state_.begin() &&
        (at_ - 1)->kind == token_kind::comma && wants(wanted::word, keyword::only)) {
        // `lưu HS.01, HS.02`
        const std::string opener = line_.opener_text();
        say(diag::one_code_a_line, at_->range(), {opener, text(*at_), opener + " " + text(*at_)});
        return verdict::reported;
    }
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
        const auto [where, code] = named_in_words();
        // Much else may begin there: that is told.
        if (code.empty() && in_scenario_line() && wants_words()) return verdict::silent;
        std::optional<text_fix> fix;
        if (!code.empty()) fix = replace(line_.at(where), code, false);
        say(diag::not_a_code, where, {owner_.text_at(where), example}, std::move(fix));
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
std::optional<text_fix> explanation::the_code() const {
    const std::string code = owner_.report().keeping()
                                 ? owner_.code_like(string_text(state_.text_of(*at_)))
                                 : std::string{};
    if (code.empty()) return std::nullopt;
    return replace(line_.at(at_->range()), code, false);
}

/// The words of what may stand here: the kind that matters most decides the message.
void explanation::missing() {
    const std::vector<std::string> args{before(), std::string(line_.example()), word_list()};
    const bool words = !args[2].empty();
    const bool codes_first = in_scenario_line() && wants(wanted::code);
    const auto pick = [words](std::uint16_t alone, std::uint16_t with_words) {
        return words ? with_words : alone;
    };
    std::uint16_t code = diag::extra_text;
    if (wants(wanted::line_end)) {
        code = pick(diag::extra_text, diag::extra_text_or);
        // Without it the line is right: no example says more.
        const token& first = line_.line().first();
        const bool whole = code == diag::extra_text && at_ != &first && first.begin < at_->begin;
        std::string right = whole ? owner_.text_at({first.begin, (at_ - 1)->end}) : args[1];
        say(code, at_->range(), {text(*at_), std::move(right), args[2]});
        return;
    }
    if (wants(wanted::string) && wants(wanted::word, keyword::ok))
        code = diag::missing_condition;
    else if ((wants(wanted::amount) && !codes_first) || wants(wanted::number) ||
             wants(wanted::year))
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

std::string explanation::mark_name() const {
    if (wants(wanted::comma)) return "“,”";
    if (wants(wanted::dash)) return "“-”";
    if (wants(wanted::open)) return "“(”";
    return "“→”";
}

guess guess_keyword(const line_state& state, const token* at, const std::vector<keyword>& allowed) {
    guess best;
    std::size_t best_distance = 4;
    best.distance = 4;
    std::vector<std::pair<std::string, std::size_t>> written;  // folded text of 1, 2, 3… tokens
    for (const token* last = at; last - at < 4; ++last) {
        if (last->kind != token_kind::word && last->kind != token_kind::phrase &&
            last->kind != token_kind::code)
            break;
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
                // In two letters there is no likeness, and a code is a word only letter by letter.
                if (distance > limit || distance * 2 >= text.size() + (distance == 0)) continue;
                if (distance != 0 && has_code(at, words)) continue;
                best = {id, words, distance};
                best_distance = distance;
                if (distance == 0) return best;
            }
        }
    }
    return best;
}

guess part_of_keyword(const line_state& state, const token* at,
                      const std::vector<keyword>& allowed) {
    guess found;
    const bool vi = state.words().words() == dialect::vi;
    for (const token* last = at; last - at < 3; ++last) {
        if (last->kind != token_kind::word && last->kind != token_kind::phrase) break;
        const std::string words = to_nfc(state.text().substr(at->begin, last->end - at->begin));
        keyword only = keyword::none;
        std::size_t count = 0;
        for (const keyword id : allowed) {
            if (id == keyword::none || row_of(id).status == keyword_status::later) continue;
            for (const std::string_view right : spellings(vi ? row_of(id).vi : row_of(id).en)) {
                const bool begins = right.size() > words.size() && right.starts_with(words) &&
                                    right[words.size()] == ' ';
                const bool ends = right.size() > words.size() && right.ends_with(words) &&
                                  right[right.size() - words.size() - 1] == ' ';
                if ((!begins && !ends) || id == only) continue;
                only = id;
                ++count;
            }
        }
        if (count == 1) found = {only, static_cast<std::size_t>(last - at) + 1, 1};
    }
    return found;
}

bool explain(builder& owner, clause_line& line) { return explanation{owner, line}.run(); }

}  // namespace quytrinh::detail::grammar
