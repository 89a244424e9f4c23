// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/explain_amount.ipp: amounts of time as documents write them, `không quá 03
// (ba) ngày`, `24h`, `từ 3 đến 5 ngày`; and words that documents put after the head of a line.
#pragma once

#include <quytrinh/language/impl/explanation.hpp>

#include <algorithm>
#include <iterator>
#include <optional>

namespace quytrinh::detail::grammar {

namespace {

/// Folded, several after '|': `chậm nhất`, `không nêu` as documents say them.
constexpr std::string_view at_most_vi =
    "khong qua|trong vong|toi da|toi da khong qua|trong|nhieu nhat|muon nhat|muon nhat la|lau nhat|"
    "khong vuot qua|khong muon hon|khong cham hon|khong lau hon|trong thoi han|trong thoi gian|"
    "trong thoi han khong qua|trong vong khong qua|sau khong qua|cham nhat la|cham nhat trong|"
    "cham nhat khong qua|cham nhat trong vong|cham nhat sau";
constexpr std::string_view at_most_en =
    "within|no more than|not more than|no later than|not later than|not exceeding|up to|maximum|"
    "a maximum of|at the latest|in";
/// What stands over the column of limits.
constexpr std::string_view limit_heads_vi =
    "thoi gian|thoi gian thuc hien|thoi gian giai quyet|thoi gian xu ly|thoi gian hoan thanh|han|"
    "han giai quyet|han xu ly|han hoan thanh|thoi luong";
constexpr std::string_view limit_heads_en =
    "time|time limit|processing time|time allowed|duration|limit|due";
constexpr std::string_view not_stated_vi =
    "khong quy dinh|khong ghi|khong xac dinh|khong co thoi han|khong neu ro|khong de cap";
constexpr std::string_view not_stated_en = "not specified|unspecified|none|not given|n a";

/// Words between the head of a line and what it says, which say nothing more.
struct filler {
    keyword opener;
    std::string_view vi, en;
};
constexpr filler fillers[] = {
    {keyword::lead, "thuc hien|la|boi|chinh|thuc hien la", "unit|is|by"},
    {keyword::ask, "y kien|y kien cua|la", "for|the opinion of"},
    {keyword::with, "voi|cung|cung voi|thuc hien|la|thuc hien voi|chinh", "unit|units"},
    {keyword::inform, "cho|toi|den|la", "to|unit"},
    {keyword::work, "thuc hien|can lam|phai lam|la|chinh|cu the", "is|to do"},
    {keyword::channel, "la|bang|qua|thuc hien|thuc hien la", "is|by"},
    {keyword::input, "la|gom|bao gom", "is"},
    {keyword::output, "la|gom|bao gom", "is"},
    {keyword::deadline,
     "giai quyet|thuc hien|xu ly|hoan thanh|la|giai quyet la|thuc hien la|xu ly la|hoan thanh la|"
     "giai quyet ho so|xu ly ho so|tra ket qua",
     "is|of|for completion"},
    {keyword::overall_limit, "la|giai quyet|giai quyet la|cua ho so|cua quy trinh", "is|of"},
    {keyword::kept_for, "la", "is"},
};

bool among(std::string_view list, std::string_view words) {
    const auto all = spellings(list);
    return std::find(all.begin(), all.end(), words) != all.end();
}

struct number_word {
    std::string_view word;
    int value;
};
constexpr number_word number_words_vi[] = {
    {"khong", 0}, {"mot", 1}, {"hai", 2}, {"ba", 3},  {"bon", 4}, {"tu", 4},
    {"nam", 5},   {"lam", 5}, {"sau", 6}, {"bay", 7}, {"tam", 8}, {"chin", 9},
};
constexpr number_word number_words_en[] = {
    {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
    {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
    {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"ninety", 90},
};

/// `mười lăm`, `một trăm hai mươi`, `forty five`, folded; nothing when it is no number below 1000.
std::optional<int> number_said(std::string_view folded, dialect words) {
    int sum = 0, open = -1;
    bool any = false;
    while (!folded.empty()) {
        const std::size_t end = std::min(folded.find_first_of(" -"), folded.size());
        const std::string_view word = folded.substr(0, end);
        folded.remove_prefix(std::min(folded.size(), end + 1));
        any = true;
        if (words == dialect::en) {
            const auto at = std::find_if(std::begin(number_words_en), std::end(number_words_en),
                                         [&](const auto& one) { return one.word == word; });
            if (at == std::end(number_words_en) || (sum != 0 && (sum % 10 != 0 || at->value > 9)))
                return std::nullopt;
            sum += at->value;
            continue;
        }
        const int unit = word == "muoi" ? 10 : word == "tram" ? 100 : 0;
        if (unit != 0) {
            sum += (open < 0 ? 1 : open) * unit;
            open = -1;
            continue;
        }
        if (word == "linh" || word == "le") continue;
        const auto at = std::find_if(std::begin(number_words_vi), std::end(number_words_vi),
                                     [&](const auto& one) { return one.word == word; });
        if (at == std::end(number_words_vi) || open >= 0) return std::nullopt;
        open = at->value;
    }
    sum += std::max(open, 0);
    return any && sum > 0 && sum < 1000 ? std::optional(sum) : std::nullopt;
}

bool is_number(const token& one) {
    return one.kind == token_kind::integer || one.kind == token_kind::decimal ||
           one.kind == token_kind::pair || one.kind == token_kind::step_id;
}
bool is_word(const token& one) {
    return one.kind == token_kind::word || one.kind == token_kind::phrase;
}

}  // namespace

keyword unit_of_letters(std::string_view letters) {
    if (letters == "h" || letters == "H" || letters == "g") return keyword::hour;
    if (letters == "p" || letters == "ph" || letters == "min") return keyword::minute;
    return keyword::none;
}

bool says_limit(std::string_view folded, dialect words) {
    const bool vi = words == dialect::vi;
    const std::string_view most = vi ? at_most_vi : at_most_en;
    if (among(most, folded)) return true;
    for (const std::string_view head : spellings(vi ? limit_heads_vi : limit_heads_en)) {
        if (!folded.starts_with(head)) continue;
        const std::string_view rest = folded.substr(head.size());
        if (rest.empty() || (rest.front() == ' ' && among(most, rest.substr(1)))) return true;
    }
    return false;
}

/// The words from `at` on that stand in the list, the longest such run; 0: none.
std::size_t explanation::run_of(std::string_view list, const token* at) const {
    std::size_t found = 0;
    for (const token* last = at; last - at < 5 && is_word(*last); ++last)
        if (among(list, fold(owner_.text_at({at->begin, last->end}))))
            found = static_cast<std::size_t>(last - at) + 1;
    return found;
}

/// `thời hạn giải quyết 03 ngày`, `phối hợp với ĐVYC`: what the line says is behind it.
explanation::verdict explanation::filler_word() {
    if (at_ != state_.begin() + 1) return verdict::silent;
    const bool vi = state_.words().words() == dialect::vi;
    for (const filler& one : fillers) {
        if (one.opener != line_.opener()) continue;
        const std::size_t count = run_of(vi ? one.vi : one.en, at_);
        const token* const next = at_ + count;
        if (count == 0) continue;
        bool said = is_number(*next) || next->kind == token_kind::code ||
                    next->kind == token_kind::string || next->kind == token_kind::colon ||
                    (one.opener == keyword::deadline && is_word(*next) &&
                     run_of(vi ? at_most_vi : at_most_en, next) != 0);
        if (!said && is_word(*next))  // `báo tin cho Lãnh đạo`
            said =
                !owner_.code_like(owner_.text_at({next->begin, (state_.last() - 1)->end})).empty();
        if (!said) continue;
        return needless_words(at_, count + (next->kind == token_kind::colon ? 1 : 0));
    }
    return verdict::silent;
}

/// Reported, to be taken out, and read on without them.
explanation::verdict explanation::needless_words(const token* at, std::size_t count) {
    const span where{at->begin, (at + count - 1)->end};
    say(diag::needless_word, where, {owner_.text_at(where), std::string(line_.example())},
        replace(line_.at({where.begin, (at + count)->begin}), "", true));
    replace_tokens(at, count, {});
    return verdict::mended;
}

/// One keyword, or `right` as it is, in the place of what a document says.
explanation::verdict explanation::said_otherwise(const token* at, std::size_t count,
                                                 std::string right,
                                                 const std::vector<token>& with) {
    const span where{at->begin, (at + count - 1)->end};
    say(diag::words_of_document, where,
        {owner_.text_at(where), right, std::string(line_.example())},
        replace(line_.at(where), right, true));
    if (with.empty()) return verdict::reported;
    replace_tokens(at, count, with);
    return verdict::mended;
}

/// `không quá 03 ngày`, `ba ngày`, `24h`, `từ 3 đến 5 ngày`, where an amount of time must stand.
explanation::verdict explanation::amount_of_document() {
    const keyword opener = line_.opener();
    const bool limit = opener == keyword::deadline || opener == keyword::overall_limit ||
                       opener == keyword::kept_for;
    if (wants(wanted::word, keyword::working_day) && wants(wanted::word, keyword::week))
        return unit_of_document();
    if (at_->kind == token_kind::open && at_ != state_.begin() &&
        (at_ - 1)->kind == token_kind::integer && !wants(wanted::open))
        return number_again();
    if (!wants(wanted::amount) || at_ == state_.begin()) return verdict::silent;
    for (const token* one = state_.begin(); one < at_; ++one)
        if (state_.peeks(one, keyword::if_word)) return verdict::silent;
    if (at_->kind == token_kind::step_id) {
        // `24h`: the number and its unit in one.
        const std::string written = text(*at_);
        const std::size_t digits =
            std::min(written.find_first_not_of("0123456789"), written.size());
        const keyword unit = unit_of_letters(std::string_view(written).substr(digits));
        if (digits == 0 || unit == keyword::none) return verdict::silent;
        const auto middle = static_cast<std::uint32_t>(at_->begin + digits);
        return said_otherwise(at_, 1, written.substr(0, digits) + " " + owner_.spelled_here(unit),
                              {token{token_kind::integer, no_phrase, at_->begin, middle},
                               keyword_token(unit, {middle, at_->end})});
    }
    if (!limit) return verdict::silent;
    const bool vi = state_.words().words() == dialect::vi;
    if (state_.peeks(at_, keyword::from_step) && at_[1].kind == token_kind::integer &&
        state_.peeks(at_ + 2, keyword::to_step) && at_[3].kind == token_kind::integer)
        return range(at_, at_ + 3);
    if (const std::size_t count = run_of(vi ? at_most_vi : at_most_en, at_);
        count != 0 && (is_number(at_[count]) || number_at_token(at_ + count).first != 0)) {
        if (!wants(wanted::word, keyword::at_latest)) return needless_words(at_, count);
        return said_otherwise(
            at_, count, owner_.spelled_here(keyword::at_latest),
            {keyword_token(keyword::at_latest, {at_->begin, at_[count - 1].end})});
    }
    if (const std::size_t count = run_of(vi ? not_stated_vi : not_stated_en, at_);
        count != 0 && at_[count].kind == token_kind::end &&
        wants(wanted::word, keyword::not_stated))
        return meant(at_, count, keyword::not_stated);
    // Behind `chậm nhất`: `chậm nhất là 03 ngày`.
    if (at_ > state_.begin() && state_.peeks(at_ - 1, keyword::at_latest)) {
        const std::size_t count =
            run_of(vi ? "la|trong|trong vong|khong qua|sau|vao" : "of|within", at_);
        if (count != 0 && (is_number(at_[count]) || number_at_token(at_ + count).first != 0))
            return needless_words(at_, count);
    }
    return number_in_words();
}

/// How many words from `at` on say a number, and which.
std::pair<std::size_t, int> explanation::number_at_token(const token* at) const {
    std::pair<std::size_t, int> found{0, 0};
    for (const token* last = at; last - at < 6 && is_word(*last); ++last)
        if (const auto number =
                number_said(fold(owner_.text_at({at->begin, last->end})), state_.words().words()))
            found = {static_cast<std::size_t>(last - at) + 1, *number};
    return found;
}

/// `ba ngày`, `ba (03) ngày`.
explanation::verdict explanation::number_in_words() {
    auto [count, number] = number_at_token(at_);
    if (count == 0) return verdict::silent;
    const token* const behind = at_ + count;
    if (behind->kind == token_kind::open && behind[1].kind == token_kind::integer &&
        behind[2].kind == token_kind::close) {
        const token digits = behind[1];
        const std::string written = text(digits);
        if (!same_number(written, number)) {
            differ(digits, {at_->begin, (behind - 1)->end});
            replace_tokens(at_, count + 3, {digits});
            return verdict::mended;
        }
        return said_otherwise(at_, count + 3, written, {digits});
    }
    const bool unit = behind->kind == token_kind::phrase && behind->kind != token_kind::end;
    if (!unit) return verdict::silent;
    const std::string right = (number < 10 ? "0" : "") + std::to_string(number);
    return said_otherwise(at_, count, right, {});
}

bool explanation::same_number(std::string_view digits, int number) {
    const auto read = decimal::read(digits);
    return read && read->scale == 0 && read->mantissa == number;
}

void explanation::differ(const token& digits, span words) {
    say(diag::number_and_words_differ, words, {text(digits), owner_.text_at(words)});
}

/// `03 (ba) ngày`: the number again in words.
explanation::verdict explanation::number_again() {
    const token* close = at_ + 1;
    while (is_word(*close) && close - at_ < 8) ++close;
    if (close->kind != token_kind::close || close == at_ + 1) return verdict::silent;
    const span words{at_[1].begin, (close - 1)->end};
    const auto number = number_said(fold(owner_.text_at(words)), state_.words().words());
    if (!number) return verdict::silent;
    const auto count = static_cast<std::size_t>(close - at_) + 1;
    if (same_number(text(*(at_ - 1)), *number)) return needless_words(at_, count);
    differ(*(at_ - 1), words);
    replace_tokens(at_, count, {});
    return verdict::mended;
}

/// Where the unit must stand: `24 h`, `03 (ba) ngày`, `3-5 ngày`.
explanation::verdict explanation::unit_of_document() {
    if (at_->kind == token_kind::open) return number_again();
    if (at_->kind == token_kind::dash && at_[1].kind == token_kind::integer &&
        (at_ - 1)->kind == token_kind::integer)
        return range(at_ - 1, at_ + 1);
    if (at_->kind != token_kind::word) return verdict::silent;
    const keyword unit = unit_of_letters(text(*at_));
    if (unit == keyword::none) return verdict::silent;
    return said_otherwise(at_, 1, owner_.spelled_here(unit), {keyword_token(unit, at_->range())});
}

/// `3-5 ngày`, `từ 3 đến 5 ngày`: read on with the largest.
explanation::verdict explanation::range(const token* first, const token* last) {
    const span where{first->begin, last->end};
    const token largest = *last;
    say(diag::limit_is_range, where, {owner_.text_at(where), std::string(line_.example())},
        replace(line_.at(where), text(largest), false));
    replace_tokens(first, static_cast<std::size_t>(last - first) + 1, {largest});
    return verdict::mended;
}

/// `kết quả "Giấy xác nhận"`: an outcome without its way, or what the step produces.
explanation::verdict explanation::outcome_alone() {
    if (line_.opener() != keyword::outcome || at_->kind != token_kind::end ||
        !wants(wanted::arrow) || state_.last() - state_.begin() != 2)
        return verdict::silent;
    const std::string name = owner_.text_at((state_.begin() + 1)->range());
    const std::string output = owner_.spelled_here(keyword::output);
    const span where{state_.begin()->begin, (at_ - 1)->end};
    say(diag::outcome_without_way, where,
        {owner_.text_at(where), owner_.spelled_here(keyword::step), output + " " + name},
        replace(line_.at(state_.begin()->range()), output, false));
    return verdict::reported;
}

}  // namespace quytrinh::detail::grammar
