// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_unknown.ipp: lines that no keyword opens here, and what their
// author meant: a branch, a limit, a keyword in other letters, a clause of another block.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/language/impl/explanation.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

/// How documents begin a refusal and an agreement, folded.
constexpr std::string_view refusals[] = {"khong", "chua",   "tu choi", "tra lai", "tra ve",
                                         "bac",   "loai",   "sai",     "thieu",   "not",
                                         "no",    "reject", "refus",   "return",  "fail"};
constexpr std::string_view agreements[] = {
    "dong y",    "dat",    "duyet", "phe duyet", "chap thuan", "du", "hop le",
    "thong qua", "approv", "agree", "accept",    "pass",       "yes"};

/// How documents say that a step is done and the next begins, folded.
constexpr std::string_view ways_on[] = {"hoan thanh", "xong viec", "tiep theo", "chuyen", "sau do",
                                        "complete",   "finish",    "next",      "then",   "go to"};

bool begins_with_any(const std::string& folded, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view one) {
        return folded.starts_with(one) &&
               (folded.size() == one.size() || folded[one.size()] == ' ' || one.size() > 4);
    });
}

constexpr keyword branch_keywords[] = {keyword::done,    keyword::ok,      keyword::nok,
                                       keyword::outcome, keyword::if_word, keyword::otherwise};
bool is_branch(keyword id) {
    return std::find(std::begin(branch_keywords), std::end(branch_keywords), id) !=
           std::end(branch_keywords);
}

/// Clauses that stand for each other in different blocks.
struct counterpart {
    keyword written, meant;
    std::uint32_t where;
};
constexpr counterpart counterparts[] = {
    {keyword::lead, keyword::ask, in_consult},
    {keyword::ask, keyword::lead, in_step},
    {keyword::overall_limit, keyword::deadline, in_step | in_consult},
    {keyword::deadline, keyword::overall_limit, in_procedure},
};

bool is_unit_of_time(const phrase& words) {
    for (const keyword id : {keyword::day, keyword::working_day, keyword::calendar_day,
                             keyword::hour, keyword::working_hour, keyword::running_hour,
                             keyword::week, keyword::month, keyword::year, keyword::minute})
        if (words.is(id)) return true;
    return false;
}

/// `xyz CODE "…"`, `xyz 3 "…"`: a name, then a title.
bool looks_like_header(const text_line& line) {
    bool name = false;
    bool title = false;
    for (const token& one : line.tokens) {
        name = name || one.kind == token_kind::code || one.kind == token_kind::integer ||
               one.kind == token_kind::step_id;
        title = title || (name && one.kind == token_kind::string);
    }
    return title && line.tokens.size() <= 10;
}

/// Does the step go on with OK, with NOK, or with words that agree or refuse before an arrow? Read
/// as lines, so that neither a blank nor a keyword of the other dialect makes a difference.
struct pair_below {
    bool ok = false, nok = false, agrees = false, refuses = false;
};
pair_below below_in_step(std::string_view rest, const vocabulary& words, const limits& bounds) {
    constexpr int most = 16;
    pair_below found;
    line_reader reader{rest, words, bounds};
    text_line line;
    for (int lines = 0; lines < most && reader.next(line); ++lines) {
        if (line.empty()) continue;
        if (line.first().kind == token_kind::phrase) {
            const phrase& opening = words.at(line.first().phrase);
            if (opening.header) break;
            found.ok = found.ok || opening.is(keyword::ok);
            found.nok = found.nok || opening.is(keyword::nok);
        }
        const auto arrow =
            std::find_if(line.tokens.begin(), line.tokens.end(),
                         [](const token& one) { return one.kind == token_kind::arrow; });
        if (arrow == line.tokens.end() || arrow == line.tokens.begin()) continue;
        const std::string said = fold(
            string_text(rest.substr(line.first().begin, (arrow - 1)->end - line.first().begin)));
        found.agrees = found.agrees || begins_with_any(said, agreements);
        found.refuses = found.refuses || begins_with_any(said, refusals);
    }
    return found;
}

}  // namespace

std::string builder::field_like(std::string_view words) const {
    if (!report_->keeping()) return {};
    const std::string wanted = fold(words);
    for (const form& one : model_.forms)
        for (const form_field& field : one.fields)
            if (fold(field.name) == wanted) return field.name;
    return {};
}

/// Puts tokens in the place of the first `count` and reads the line again, as what they open.
void builder::reopen(text_line& line, std::size_t count, std::vector<token> with) {
    line.tokens.erase(line.tokens.begin(),
                      line.tokens.begin() + static_cast<std::ptrdiff_t>(count));
    line.tokens.insert(line.tokens.begin(), with.begin(), with.end());
    const phrase& opening = words_->at(line.first().phrase);
    if (!opening.header) return read_clause(line, opening);
    close_block();
    report_->enter(procedure_heading_);
    read_header(line, opening);
}

/// `Không đạt → bước 1`: a result in words of its own, where the step has OK and NOK, or a name in
/// quotes.
bool builder::read_as_branch(text_line& line) {
    if (block_ != in_step || line.blind) return false;
    std::size_t arrow = 0;
    while (arrow < line.tokens.size() && line.tokens[arrow].kind != token_kind::arrow) {
        const token& one = line.tokens[arrow];
        const bool quoted = one.kind == token_kind::string && arrow == 0;
        if (one.kind != token_kind::word && one.kind != token_kind::phrase &&
            one.kind != token_kind::code && !quoted)
            return false;
        ++arrow;
    }
    if (arrow == 0 || arrow >= line.tokens.size()) return false;
    const span where{line.first().begin, line.tokens[arrow - 1].end};
    const std::string name = string_text(text_at(where));
    const std::string folded = fold(name);
    const bool no = begins_with_any(folded, refusals), yes = begins_with_any(folded, agreements);
    clause_line probe{*this, line, keyword::none, {}};
    const guess near = guess_keyword(probe.state(), line.tokens.data(),
                                     {std::begin(branch_keywords), std::end(branch_keywords)});
    // `xog → bước 2` is a keyword badly typed, and told as one.
    if (near.id != keyword::none && !no && !yes &&
        (near.words == arrow || near.id == keyword::outcome || near.id == keyword::if_word))
        return false;
    bool ok = false;
    bool nok = false;
    std::string known;
    for (const branch& one : this_step().branches) {
        ok = ok || one.what == branch::kind::ok;
        nok = nok || one.what == branch::kind::nok;
        if (one.what == branch::kind::named && fold(one.name) == folded) known = one.name;
    }
    // What the step says below counts too: a refusal may stand first.
    pair_below below;
    if (!ok || !nok) {
        below = below_in_step(text_.substr(line.end), *words_, *bounds_);
        ok = ok || below.ok;
        nok = nok || below.nok;
    }
    keyword meant = keyword::outcome;
    if (known.empty() && !nok && no && (ok || below.agrees)) meant = keyword::nok;
    if (known.empty() && !ok && yes && !no && (nok || below.refuses)) meant = keyword::ok;
    if (this_step().branches.empty() && !yes && !no && !below.ok && !below.nok &&
        begins_with_any(folded, ways_on))
        meant = keyword::done;
    const std::string named =
        spelled_here(keyword::outcome) + " \"" + (known.empty() ? name : known) + "\"";
    const std::string right = meant == keyword::outcome ? named : spelled_here(meant);
    report_->report(diag::branch_without_keyword, {file_, where},
                    {text_at(where), right, named + " → …", spelled_here(keyword::done) + " → …"},
                    replace({file_, where}, right, false));
    token opener;
    opener.kind = token_kind::phrase;
    opener.phrase = words_->find(spelled_here(meant));
    opener.begin = where.begin;
    opener.end = meant == keyword::outcome ? where.begin : where.end;
    std::vector<token> with{opener};
    if (meant == keyword::outcome)
        with.push_back({token_kind::string, no_phrase, where.begin, where.end});
    reopen(line, arrow, std::move(with));
    // What the result is called was guessed: nothing is missing beside it, and what the step does
    // `nếu OK` may be done by this way.
    for (const keyword guessed : {keyword::done, keyword::fill, keyword::assign}) lose(guessed);
    return true;
}

/// `kết thúc`, `→ bước 3`: a way on without its first word.
bool builder::read_as_way_on(text_line& line) {
    const token& first = line.first();
    const bool arrow = first.kind == token_kind::arrow;
    const bool end = first.kind == token_kind::phrase && words_->at(first.phrase).is(keyword::end);
    if (block_ != in_step || line.blind || (!arrow && !end) || !this_step().branches.empty())
        return false;
    const span where{first.begin, line.tokens[line.tokens.size() - 2].end};
    const std::string opener = spelled_here(keyword::done) + (arrow ? " " : " → ");
    report_->report(
        diag::branch_without_keyword, {file_, first.range()},
        {text_at(where), opener + text_at(where), spelled_here(keyword::outcome) + " \"…\" → …",
         spelled_here(keyword::done) + " → …"},
        replace({file_, {first.begin, first.begin}}, opener, false));
    token done;
    done.kind = token_kind::phrase;
    done.phrase = words_->find(spelled_here(keyword::done));
    done.begin = done.end = first.begin;
    std::vector<token> with{done};
    if (end) with.push_back({token_kind::arrow, no_phrase, first.begin, first.begin});
    reopen(line, 0, std::move(with));
    return true;
}

/// `hạn 03 ngày`, `trong vòng 05 ngày làm việc`, `03 ngày`: an amount of time in a step.
bool builder::read_as_limit(text_line& line) {
    if ((block_ & (in_step | in_consult)) == 0 || line.blind) return false;
    std::size_t number = 0;
    const auto& t = line.tokens;
    while (number < t.size() &&
           (t[number].kind == token_kind::word || t[number].kind == token_kind::phrase ||
            t[number].kind == token_kind::colon))
        ++number;
    if (number > 6 || number + 1 >= t.size()) return false;
    const token_kind kind = t[number].kind;
    if (kind != token_kind::integer && kind != token_kind::decimal && kind != token_kind::pair &&
        kind != token_kind::step_id)
        return false;
    const std::string digits = text_at(t[number].range());
    const std::size_t letters = std::min(digits.find_first_not_of("0123456789"), digits.size());
    const bool glued = unit_of_letters(digits.substr(letters)) != keyword::none;  // `24h`
    std::size_t behind = number + 1;
    if (t[behind].kind == token_kind::open) {  // `03 (ba) ngày`
        while (t[behind].kind != token_kind::close && behind + 1 < t.size()) ++behind;
        if (behind + 1 < t.size()) ++behind;
    }
    const token& unit = t[behind];
    const bool timed =
        (unit.kind == token_kind::phrase && is_unit_of_time(words_->at(unit.phrase))) ||
        (unit.kind == token_kind::word && unit_of_letters(text_at(unit.range())) != keyword::none);
    if (!glued && !timed) return false;
    // `chậm nhất 03 ngày` only lacks its first word.
    std::size_t count = number;
    if (count > 0 && t[count - 1].kind == token_kind::phrase &&
        words_->at(t[count - 1].phrase).is(keyword::at_latest))
        --count;
    const std::string right = spelled_here(keyword::deadline);
    const span said{t.front().begin, count == 0 ? t.front().end : t[count - 1].end};
    const span gone{t.front().begin, count == 0 ? t.front().begin : t[count - 1].end};
    const bool vi = words_->words() == dialect::vi;
    // Of words that say nothing but this the step has one such line.
    std::string before =
        text_at({t.front().begin, count == 0 ? t.front().begin : t[count - 1].end});
    before.erase(std::remove(before.begin(), before.end(), ':'), before.end());
    while (!before.empty() && before.back() == ' ') before.pop_back();
    const bool sure = (before.empty() ? number > 0 : says_limit(fold(before), words_->words())) &&
                      std::none_of(seen_.begin(), seen_.end(),
                                   [](const auto& one) { return one.first == keyword::deadline; });
    report_->report(diag::limit_without_keyword, {file_, said},
                    {text_at(said), right,
                     vi ? "thời hạn chậm nhất 03 ngày làm việc kể từ khi nhận ở bước 1"
                        : "deadline at most 03 working days from receipt at step 1"},
                    replace({file_, gone}, count == 0 ? right + " " : right, sure));
    token opener;
    opener.kind = token_kind::phrase;
    opener.phrase = words_->find(right);
    opener.begin = gone.begin;
    opener.end = gone.end;
    reopen(line, count, {opener});
    return true;
}

/// A consultation answers and comes back; told once, whatever the number of its branches.
bool builder::refuse_branch_of_consultation(const text_line& line, keyword opener) {
    if (block_ != in_consult || !is_branch(opener)) return false;
    const auto told = [](const auto& one) { return is_branch(one.first); };
    const bool first = std::none_of(seen_.begin(), seen_.end(), told);
    const place where{file_, line.first().range()};
    seen_.emplace_back(opener, where);
    if (first && !line.blind)
        report_->report(diag::consultation_has_branches, where,
                        {this_step().id, spelled_here(keyword::answers) + " \"…\""});
    broken_ = true;
    salvage(line);
    return true;
}

/// A clause of another block that has a counterpart in this one. False: nothing was done.
bool builder::read_in_other_words(text_line& line, keyword opener) {
    if (line.blind) return false;
    const bool later = row_of(opener).status == keyword_status::later;
    if (read_as_table_head(line)) return true;
    if ((opener == keyword::schedule || (!later && opener != keyword::overall_limit)) &&
        read_as_limit(line))
        return true;
    for (const counterpart& one : counterparts) {
        if (one.written != opener || (one.where & block_) == 0) continue;
        const bool taken = std::any_of(seen_.begin(), seen_.end(), [&](const auto& seen) {
            return seen.first == one.meant && rule_of(one.meant)->once;
        });
        if (taken) return false;
        const place first{file_, line.first().range()};
        const std::string right = spelled_here(one.meant);
        std::string where;
        for (const auto& [bit, header] :
             {std::pair{std::uint32_t{in_procedure}, keyword::procedure},
              std::pair{std::uint32_t{in_step}, keyword::step},
              std::pair{std::uint32_t{in_consult}, keyword::consult}})
            if ((rule_of(opener)->blocks & bit) != 0)
                where += (where.empty() ? "“" : ", “") + spelled_here(header) + "”";
        report_->report(diag::clause_in_wrong_block, first,
                        {text_at(first.range), spelled_here(header_), where},
                        replace(first, right, false));
        token repaired = line.first();
        repaired.phrase = words_->find(right);
        reopen(line, 1, {repaired});
        return true;
    }
    return false;
}

void builder::read_unknown(text_line& line) {
    salvage(line);
    if (line.blind || block_ == in_refused || read_as_table_head(line)) return;
    const token first = line.first();
    const bool words = first.kind == token_kind::word || first.kind == token_kind::phrase ||
                       first.kind == token_kind::code;
    if (words && report_->keeping()) {
        const std::vector<keyword> clauses = clauses_here();
        std::vector<keyword> headers;
        for (const keyword_row& row : keyword_table())
            if (row.context == keyword_context::header) headers.push_back(row.id);
        clause_line probe{*this, line, keyword::none, {}};
        const auto near = [&](const std::vector<keyword>& allowed) {
            const guess meant = guess_keyword(probe.state(), line.tokens.data(), allowed);
            return meant.id != keyword::none
                       ? meant
                       : part_of_keyword(probe.state(), line.tokens.data(), allowed);
        };
        guess meant = near(clauses);
        // A header is only guessed where a name and a title follow: a wrong guess would open a
        // block and take the lines below away from theirs.
        const guess header = near(headers);
        const bool titled = looks_like_header(line);
        if (header.id != keyword::none && (titled || header.distance == 0) &&
            (meant.id == keyword::none || header.distance < meant.distance || titled))
            meant = header;
        const bool exact = meant.id != keyword::none && meant.distance == 0;
        if (!exact && (read_as_branch(line) || read_as_limit(line))) return;
        if (meant.id != keyword::none) {
            const span where{first.begin, line.tokens[meant.words - 1].end};
            const std::string right = spelled_here(meant.id);
            report_->report(exact ? diag::keyword_without_marks : diag::misspelt_line,
                            {file_, where}, {text_at(where), right},
                            replace({file_, where}, right, exact));
            token repaired;
            repaired.kind = token_kind::phrase;
            repaired.phrase = words_->find(right);
            repaired.begin = where.begin;
            repaired.end = where.end;
            return reopen(line, meant.words, {repaired});
        }
    }
    if (!words && (read_as_branch(line) || read_as_limit(line))) return;
    if (read_as_way_on(line)) return;
    std::string list;
    std::size_t count = 0;
    for (const keyword id :
         block_ == in_nothing
             ? std::vector<keyword>{keyword::procedure, keyword::role, keyword::form, keyword::step}
             : clauses_here()) {
        if (++count > 8) break;
        list += (list.empty() ? "“" : ", “") + spelled_here(id) + "”";
    }
    if (count > 8) list += ", …";
    const auto excerpt = text_at(first.range());
    report_->report(diag::unknown_line, {file_, first.range()}, {excerpt, list});
    break_block();
    // `xyz CODE "…"` was meant as a header: the lines below it belong to it, not to the block
    // above.
    if (!looks_like_header(line) || line.tokens.size() > 8) return;
    open_lost_block();
}

}  // namespace quytrinh::detail::grammar
