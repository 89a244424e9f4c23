// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/explain_meaning.ipp: words that a document would use and this language
// does not: what was meant by them, and how it is written here.
#pragma once

#include <quytrinh/language/impl/explanation.hpp>

namespace quytrinh::detail::grammar {

namespace {

/// What a document says, folded, and the keyword that says it here.
struct synonym {
    std::string_view vi, en;  ///< several after '|'
    keyword id;
};
constexpr synonym comparisons[] = {
    {"bang", "equals|equal to|=", keyword::is},
    {"khong la|khong phai la|khong phai|khong bang", "isn't|not|does not equal", keyword::is_not},
    {"hon|tren|qua|vuot|vuot qua|sau", "more than|over|above|after", keyword::greater},
    {"duoi|kem|truoc|it hon", "under|below|before|less", keyword::less},
    {"toi thieu|khong nho hon|khong it hon", "no less than|not less than", keyword::at_least},
    {"toi da|khong qua|khong lon hon|khong vuot qua", "no more than|not more than",
     keyword::at_most_value},
    {"thuoc|trong so|nam trong|la mot trong", "is one of|is in", keyword::among},
    {"da ghi|duoc ghi|co ghi", "is set|exists", keyword::filled},
    {"trong|de trong|rong|chua ghi", "is not filled|is missing", keyword::not_filled},
};
constexpr std::string_view since_vi =
    "tu|tu khi|tu ngay|tu luc|sau|sau khi|sau ngay|tinh tu|tinh tu khi|tinh tu ngay|tinh tu luc|ke";
constexpr std::string_view since_en = "since|after|counted from|starting from|starting|as of";

bool one_of_these(std::string_view list, std::string_view words) {
    for (const std::string_view one : spellings(list))
        if (one == words) return true;
    return false;
}
/// Is one of these words, folded, among those of the text?
bool says(const std::string& folded, std::string_view list) {
    const std::string padded = " " + folded + " ";
    for (const std::string_view one : spellings(list))
        if (padded.find(" " + std::string(one)) != std::string::npos) return true;
    return false;
}

constexpr std::string_view anchors_vi =
    "“nhận”, “nhận ở bước …”, “bắt đầu bước …”, “hoàn thành bước …”, “OK ở bước …”, “NOK ở bước "
    "…”, "
    "“mở hồ sơ”, “duyệt MÃ”, “\"…\" trong MÃ”, “sự kiện \"…\"”";
constexpr std::string_view anchors_en =
    "“receipt”, “receipt at step …”, “start of step …”, “completion of step …”, “OK at step …”, "
    "“NOK "
    "at step …”, “opening”, “approval of CODE”, “\"…\" in CODE”, “event \"…\"”";
constexpr std::string_view record_anchors_vi =
    "“kết thúc”, “hết năm”, “hoàn thành bước …”, “không nêu”";
constexpr std::string_view record_anchors_en =
    "“the end”, “the end of the year”, “completion of step …”, “not stated”";

/// The event of a record that folded words are nearest to; none when there is no likeness.
keyword record_event_like(const std::string& folded) {
    if (says(folded, "het nam|cuoi nam|year")) return keyword::year_end;
    if (says(folded, "ket thuc|dong|hoan|xong|end|close")) return keyword::case_end;
    return keyword::none;
}
/// The event of a limit that they are nearest to, given that they name a step or a code.
keyword event_like(const std::string& folded, bool step, bool code) {
    if (says(folded, "nhan|tiep nhan|receipt|receiv")) return keyword::receipt;
    if (step && says(folded, "hoan|xong|ket thuc|complet|finish|done|end"))
        return keyword::completion;
    if (step && says(folded, "bat dau|khoi|start|begin")) return keyword::start;
    if (code && says(folded, "duyet|phe duyet|ky|approv|sign")) return keyword::approval;
    if (says(folded, "mo|nop|dang ky|open|submi|fil")) return keyword::opening;
    return keyword::none;
}

/// A word in capitals, when that is plain: Latin letters without marks, and đ.
std::string in_capitals(std::string_view word) {
    std::string out;
    for (std::size_t at = 0; at < word.size(); ++at) {
        const char c = word[at];
        if (word.substr(at).starts_with("đ")) {
            out += "Đ";
            ++at;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            return {};
        } else {
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    return out;
}

}  // namespace

/// `phối hợp Lãnh đạo`: a title, or a code in small letters, and the code that is meant.
std::pair<span, std::string> explanation::named_in_words() const {
    std::pair<span, std::string> found{at_->range(), {}};
    constexpr std::ptrdiff_t most = 12;
    for (const token* last = at_; last - at_ < most; ++last) {
        if (last->kind != token_kind::word && last->kind != token_kind::phrase &&
            last->kind != token_kind::code && last->kind != token_kind::integer)
            break;
        if (state_.peeks(last, keyword::if_word) || state_.peeks(last, keyword::or_word)) break;
        const span words{at_->begin, last->end};
        if (found.second.empty()) found.first = words;
        if (!owner_.report().keeping()) break;
        std::string code = owner_.code_like(owner_.text_at(words));
        if (!code.empty()) found = {words, std::move(code)};
    }
    if (!found.second.empty()) return found;
    // `quy trình qt.05 "…"`
    const std::string word = text(*at_);
    const bool joined = word.find_first_of("0123456789.") != std::string::npos;
    if (joined || at_[1].kind == token_kind::string) {
        found.first = at_->range();
        found.second = in_capitals(word);
    }
    return found;
}

explanation::verdict explanation::meant(const token* at, std::size_t count, keyword id) {
    const span where{at->begin, (at + count - 1)->end};
    const std::string right = owner_.spelled_here(id);
    say(diag::misspelt_word, where, {owner_.text_at(where), right},
        replace(line_.at(where), right, false));
    replace_tokens(at, count, {keyword_token(id, where)});
    return verdict::mended;
}

/// `giả sử thời diểm 11/12/2023`: the line begins as one that it is not, because a word of the
/// longer keyword is misspelt.
explanation::verdict explanation::longer_opener() {
    if (at_ != state_.begin() + 1 || !owner_.report().keeping()) return verdict::silent;
    const bool vi = state_.words().words() == dialect::vi;
    const std::string begins = owner_.spelled_here(line_.opener()) + " ";
    constexpr std::size_t most = 2;
    std::size_t best = most + 1;
    span where;
    std::string right;
    for (const token* last = at_; last - at_ < 4; ++last) {
        if (last->kind != token_kind::word && last->kind != token_kind::phrase) break;
        const span here{at_->begin, last->end};
        const std::string written = fold(owner_.text_at(here));
        for (const keyword_row& row : keyword_table()) {
            if (row.status == keyword_status::later || row.context == keyword_context::word)
                continue;
            for (const std::string_view one : spellings(vi ? row.vi : row.en)) {
                if (best == 0) break;
                if (one.size() < begins.size() + 5 || !one.starts_with(begins)) continue;
                const std::string rest{one.substr(begins.size())};
                const std::size_t distance = edit_distance(written, fold(rest), best - 1);
                if (distance >= best || distance * 4 > rest.size()) continue;
                best = distance;
                where = here;
                right = rest;
            }
        }
    }
    if (best > most) return verdict::silent;
    say(diag::misspelt_word, where, {owner_.text_at(where), right},
        replace(line_.at(where), right, false));
    return verdict::reported;
}

/// `thời hạn: 03 ngày`, `ban hành ngày 12/12/2023`: a mark or word that documents add.
explanation::verdict explanation::needless() {
    const bool label = at_->kind == token_kind::colon && at_ == state_.begin() + 1 &&
                       !wants(wanted::colon) && !wants(wanted::arrow);
    const token_kind next = at_->kind == token_kind::end ? token_kind::end : at_[1].kind;
    const bool day = wants(wanted::date) &&
                     (state_.peeks(at_, keyword::day) || state_.peeks(at_, keyword::month) ||
                      state_.peeks(at_, keyword::on)) &&
                     (next == token_kind::date || next == token_kind::month);
    if (!label && !day) return verdict::silent;
    // The blank before the next word goes with it.
    const span where{at_->begin, at_->end};
    const span gone{label ? at_->begin : where.begin, label ? at_->end : at_[1].begin};
    say(diag::needless_word, where, {text(*at_), std::string(line_.example())},
        replace(line_.at(gone), "", true));
    replace_tokens(at_, 1, {});
    return verdict::mended;
}

/// `múi giờ Việt Nam`, `múi giờ GMT+7`.
explanation::verdict explanation::time_zone() {
    if (!wants(wanted::offset) || at_->kind == token_kind::end) return verdict::silent;
    const span where{at_->begin, (state_.last() - 1)->end};
    const std::string written = owner_.text_at(where);
    const std::string folded = fold(string_text(written));
    std::optional<text_fix> fix;
    for (const std::string_view one : {"viet", "ha noi", "ho chi minh", "ho_chi_minh", "+7", "+07"})
        if (!fix && folded.find(one) != std::string::npos)
            fix = replace(line_.at(where), "+07:00", false);
    say(diag::no_such_offset, where, {written}, std::move(fix));
    return verdict::reported;
}

/// `"Gấp" là có hoặc không (…)`: in a condition there are no types of fields.
explanation::verdict explanation::yes_or_no() {
    if (!state_.peeks(at_, keyword::type_yes_no) || !wants(wanted::word, keyword::yes))
        return verdict::silent;
    const token* left = at_ - 1;  // the comparison word, and what it compares
    while (left > state_.begin() && left->kind != token_kind::string) --left;
    const std::string is = owner_.spelled_here(keyword::is) + " ";
    const std::string name = left->kind == token_kind::string ? text(*left) : "\"…\"";
    const std::string grouped = "(" + name + " " + is + owner_.spelled_here(keyword::yes) + ") " +
                                owner_.spelled_here(keyword::or_word) + " " +
                                owner_.spelled_here(keyword::not_word) + " (…)";
    const token_kind next = at_[1].kind;
    const bool more = next == token_kind::open || next == token_kind::string ||
                      next == token_kind::code || next == token_kind::phrase;
    std::optional<text_fix> fix;
    if (more && left->kind == token_kind::string) {
        const span both{left->begin, at_->end};
        fix = replace(line_.at(both),
                      "(" + owner_.text_at({left->begin, at_->begin}) +
                          owner_.spelled_here(keyword::yes) + ") " +
                          owner_.spelled_here(keyword::or_word) + " " +
                          owner_.spelled_here(keyword::not_word),
                      false);
    }
    say(diag::type_in_condition, at_->range(),
        {text(*at_), is + owner_.spelled_here(keyword::yes), is + owner_.spelled_here(keyword::no),
         grouped},
        std::move(fix));
    std::vector<token> with{keyword_token(keyword::yes, at_->range())};
    if (more) {
        with.push_back(keyword_token(keyword::or_word, at_->range()));
        with.push_back(keyword_token(keyword::not_word, at_->range()));
    }
    replace_tokens(at_, 1, with);
    return verdict::mended;
}

/// `"Số tiền" trên 5`, `"Gấp" không là có`: a field wants a comparison after it.
explanation::verdict explanation::comparison() {
    if (!wants(wanted::word, keyword::is) || !wants(wanted::word, keyword::filled))
        return verdict::silent;
    if (at_->kind == token_kind::end || at_->kind == token_kind::comma) return verdict::silent;
    const bool vi = state_.words().words() == dialect::vi;
    std::size_t count = 0;
    keyword id = keyword::none;
    for (const token* last = at_; last - at_ < 3 && last->kind != token_kind::end; ++last) {
        if (last->kind != token_kind::word && last->kind != token_kind::phrase) break;
        const std::string words = fold(owner_.text_at({at_->begin, last->end}));
        for (const synonym& one : comparisons) {
            if (!one_of_these(vi ? one.vi : one.en, words)) continue;
            count = static_cast<std::size_t>(last - at_) + 1;
            id = one.id;
        }
    }
    if (id == keyword::is_not &&
        (state_.peeks(at_ + count, keyword::yes) || state_.peeks(at_ + count, keyword::no))) {
        // `không là có` is `là không`.
        const keyword other = state_.peeks(at_ + count, keyword::yes) ? keyword::no : keyword::yes;
        const span where{at_->begin, (at_ + count)->end};
        const std::string right =
            owner_.spelled_here(keyword::is) + " " + owner_.spelled_here(other);
        say(diag::misspelt_word, where, {owner_.text_at(where), right},
            replace(line_.at(where), right, false));
        replace_tokens(at_, count + 1,
                       {keyword_token(keyword::is, where), keyword_token(other, where)});
        return verdict::mended;
    }
    if (id != keyword::none) return meant(at_, count, id);
    if (wants(wanted::line_end)) return verdict::silent;
    if (at_->kind == token_kind::word &&
        guess_keyword(state_, at_, wanted_words()).id != keyword::none)
        return verdict::silent;
    std::string list;
    for (const keyword one : wanted_words()) {
        if (one == keyword::in_form || one == keyword::and_word || one == keyword::or_word)
            continue;
        list += (list.empty() ? "“" : ", “") + owner_.spelled_here(one) + "”";
    }
    say(diag::missing_one_of, at_->range(), {before(), std::string(line_.example()), list});
    return verdict::reported;
}

/// `kể từ khi hoàn thành bước 1 lần đầu`, as people say it: the words are put where they stand.
explanation::verdict explanation::first_time_behind() {
    if (!state_.peeks(at_, keyword::first_time)) return verdict::silent;
    const token* since = at_;
    while (since > state_.begin() && !state_.peeks(since, keyword::since_event)) --since;
    if (at_ - since < 2 || since == state_.begin()) return verdict::silent;
    const span where{since[1].begin, at_->end};
    const std::string first = text(*at_);
    const std::string right = first + ' ' + owner_.text_at({since[1].begin, (at_ - 1)->end});
    say(diag::first_time_behind, at_->range(),
        {first, owner_.text_at(since->range()) + ' ' + right},
        replace(line_.at(where), right, true));
    replace_tokens(at_, 1, {});
    return verdict::mended;
}

/// `kể từ ngày nhận hồ sơ`: an event in words of its own.
explanation::verdict explanation::anchor_words_here() {
    const bool of_record = line_.opener() == keyword::kept_for;
    if (!of_record && line_.opener() != keyword::deadline) return verdict::silent;
    if (at_->kind == token_kind::end) return verdict::silent;
    const bool vi = state_.words().words() == dialect::vi;
    const token* since = nullptr;
    for (const token* one = state_.begin(); one < at_; ++one) {
        if (state_.peeks(one, keyword::since_event) || state_.peeks(one, keyword::since_date))
            since = one;
        if (state_.peeks(one, keyword::if_word)) return verdict::silent;
    }
    const token* event = since == nullptr ? nullptr : since + 1;
    if (since == nullptr && wants(wanted::word, keyword::since_event)) {
        for (const token* last = at_; last - at_ < 4 && last->kind != token_kind::end; ++last)
            if (one_of_these(vi ? since_vi : since_en,
                             fold(owner_.text_at({at_->begin, last->end}))))
                since = at_, event = last + 1;
        if (since == nullptr) return verdict::silent;
        const token_kind after = event->kind == token_kind::end ? token_kind::end : event[1].kind;
        const bool known = event->kind == token_kind::phrase || event->kind == token_kind::string;
        const bool right =
            known && (after != token_kind::word || event->kind == token_kind::string);
        if (right) return meant(at_, static_cast<std::size_t>(event - at_), keyword::since_event);
    } else {
        if (since == nullptr) return verdict::silent;
        const bool at_event =
            wants(wanted::word, keyword::receipt) || wants(wanted::word, keyword::case_end);
        if (!at_event && !wants(wanted::word, keyword::step)) return verdict::silent;
        if (at_->kind == token_kind::integer || at_->kind == token_kind::step_id ||
            at_->kind == token_kind::comma || at_->kind == token_kind::code)
            return verdict::silent;
        // A word that is only misspelt is told as that.
        const guess near = guess_keyword(state_, at_, wanted_words());
        const token* behind = at_ + std::max<std::size_t>(near.words, 1);
        if (near.id != keyword::none && at_->kind == token_kind::word &&
            (behind->kind == token_kind::end || behind->kind == token_kind::integer ||
             behind->kind == token_kind::step_id || state_.peeks(behind, keyword::at) ||
             state_.peeks(behind, keyword::step)))
            return verdict::silent;
        if (!owner_.field_like(owner_.text_at({at_->begin, (state_.last() - 1)->end})).empty())
            return verdict::silent;
    }
    return tell_event(since, event);
}

/// Says that these words are no event, offers the nearest, and reads on with it.
explanation::verdict explanation::tell_event(const token* since, const token* event) {
    const bool vi = state_.words().words() == dialect::vi;
    const bool of_record = line_.opener() == keyword::kept_for;
    const token* end = event;
    const token* step = nullptr;
    const token* code = nullptr;
    for (; end->kind != token_kind::end && !state_.peeks(end, keyword::if_word); ++end) {
        if ((end->kind == token_kind::integer || end->kind == token_kind::step_id) &&
            state_.peeks(end - 1, keyword::step))
            step = end;
        if (end->kind == token_kind::code) code = end;
    }
    if (end == event) return verdict::silent;
    const span where{since->begin, (end - 1)->end};
    const std::string written = owner_.text_at({event->begin, where.end});
    const keyword id = of_record ? record_event_like(fold(written))
                                 : event_like(fold(written), step != nullptr, code != nullptr);
    std::string right;
    std::vector<token> with;
    if (id != keyword::none) {
        right = owner_.spelled_here(keyword::since_event) + " " + owner_.spelled_here(id);
        with = {keyword_token(keyword::since_event, {where.begin, where.begin}),
                keyword_token(id, where)};
    }
    const bool of_a_step =
        id == keyword::receipt || id == keyword::completion || id == keyword::start;
    if (step != nullptr && of_a_step) {
        const bool at = id == keyword::receipt;
        right += (at ? " " + owner_.spelled_here(keyword::at) : std::string{}) + " " +
                 owner_.spelled_here(keyword::step) + " " + text(*step);
        if (at) with.push_back(keyword_token(keyword::at, step->range()));
        with.push_back(keyword_token(keyword::step, step->range()));
        with.push_back(*step);
    } else if (id == keyword::approval) {
        right += " " + text(*code);
        with.push_back(*code);
    }
    std::optional<text_fix> fix;
    if (!right.empty()) fix = replace(line_.at(where), right, false);
    const std::string_view list =
        of_record ? (vi ? record_anchors_vi : record_anchors_en) : (vi ? anchors_vi : anchors_en);
    say(diag::unknown_anchor, where, {written, std::string(list)}, std::move(fix));
    replace_tokens(since, static_cast<std::size_t>(end - since), with);
    return verdict::mended;
}

}  // namespace quytrinh::detail::grammar
