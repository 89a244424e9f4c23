// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/builder_table.ipp: lines that begin as the columns of the tables in
// documents are headed: `đơn vị chủ trì`, `nội dung công việc`, `thời gian thực hiện`.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

/// Heads of columns, folded, several after '|', and the clause that says the same. `sure`: whatever
/// the procedure, nothing else can be meant.
struct table_head {
    keyword id;
    bool sure;
    std::string_view vi, en;
};
constexpr table_head table_heads[] = {
    {keyword::lead, true,
     "don vi chu tri|co quan chu tri|bo phan chu tri|phong chu tri|ban chu tri|nguoi chu tri",
     "lead unit|leading unit|unit in charge"},
    {keyword::lead, false,
     "don vi thuc hien|bo phan thuc hien|co quan thuc hien|nguoi thuc hien|doi tuong thuc hien|"
     "trach nhiem|trach nhiem thuc hien|chiu trach nhiem|don vi chiu trach nhiem|"
     "nguoi chiu trach nhiem|phu trach|nguoi phu trach|don vi xu ly|nguoi xu ly",
     "responsible|responsibility|responsible unit|responsible person|person in charge|"
     "implementing unit|performed by|done by"},
    {keyword::with, true, "don vi phoi hop|co quan phoi hop|bo phan phoi hop|nguoi phoi hop",
     "coordinating unit|coordinating units|in coordination with|together with"},
    {keyword::with, false, "don vi lien quan|bo phan lien quan|nguoi lien quan",
     "units concerned|participants"},
    {keyword::work, true, "noi dung cong viec|mo ta cong viec|noi dung thuc hien",
     "description of work|work description"},
    {keyword::work, false, "noi dung|mo ta|dien giai|hoat dong|nhiem vu",
     "description|content|activity|task"},
    {keyword::deadline, true,
     "thoi gian thuc hien|thoi gian giai quyet|thoi gian xu ly|thoi gian hoan thanh",
     "time limit|processing time|time allowed"},
    {keyword::deadline, false, "thoi gian|thoi luong", "duration|time"},
    {keyword::channel, false, "cach thuc|cach thuc thuc hien|phuong thuc|phuong thuc thuc hien",
     "method|means"},
    {keyword::output, false, "san pham|san pham dau ra|san pham cong viec", "product|deliverable"},
    {keyword::requires_word, false, "yeu cau|yeu cau dieu kien", "condition|prerequisite"},
};

constexpr std::size_t most_head_words = 6;

/// May this token be a word of a head? A code is: heads are often in capitals.
bool is_head_word(const token& one) {
    return one.kind == token_kind::word || one.kind == token_kind::phrase ||
           one.kind == token_kind::code;
}

struct found_head {
    const table_head* it = nullptr;
    std::size_t words = 0;  ///< tokens that it takes
};
found_head find_head(std::string_view text, const text_line& line, dialect words) {
    found_head found;
    for (std::size_t i = 0; i < line.tokens.size() && i < most_head_words; ++i) {
        if (!is_head_word(line.tokens[i]) || line.tokens[i].end - line.first().begin > 80) break;
        const std::string folded =
            fold(text.substr(line.first().begin, line.tokens[i].end - line.first().begin));
        for (const table_head& one : table_heads)
            for (const std::string_view head : spellings(words == dialect::vi ? one.vi : one.en))
                if (head == folded) found = {&one, i + 1};
    }
    return found;
}

}  // namespace

/// `đơn vị chủ trì …` in a step opens no block, although its first word does elsewhere. No header
/// goes on with a word: it has a code, a number or a text.
bool builder::heads_a_column(const text_line& line) const {
    if ((block_ & (in_step | in_consult)) == 0 || line.tokens.size() < 3) return false;
    const token& second = line.tokens[1];
    // `Đơn vị/cá nhân thực hiện`: the stroke is told, and the step goes on.
    if (second.kind == token_kind::junk) return text_at(second.range()) == "/";
    return (second.kind == token_kind::phrase || second.kind == token_kind::word) &&
           find_head(text_, line, words_->words()).words > 1;
}

/// Reads a line that begins like a column. False: nothing was done.
bool builder::read_as_table_head(text_line& line) {
    if ((block_ & (in_step | in_consult)) == 0 || line.blind) return false;
    const found_head head = find_head(text_, line, words_->words());
    if (head.it == nullptr) return false;
    keyword id = head.it->id;
    if (block_ == in_consult && id == keyword::lead) id = keyword::ask;
    const clause_rule* const rule = rule_of(id);
    if ((rule->blocks & block_) == 0) return false;
    // `thời gian 03 ngày` is told with the rest of the limit.
    if (id == keyword::deadline && read_as_limit(line)) return true;
    std::size_t count = head.words;
    const token_kind next = line.tokens[count].kind;
    if (next == token_kind::colon) ++count;
    const bool taken = rule->once && std::any_of(seen_.begin(), seen_.end(),
                                                 [id](const auto& one) { return one.first == id; });
    const std::string right = spelled_here(id);
    const span said{line.first().begin, line.tokens[head.words - 1].end};
    const span gone{said.begin, line.tokens[count - 1].end};
    std::optional<text_fix> fix;
    if (!taken) fix = replace({file_, gone}, right, head.it->sure);
    const bool vi = words_->words() == dialect::vi;
    report_->report(diag::head_of_table, {file_, said},
                    {text_at(said), right, std::string(vi ? rule->vi : rule->en)}, std::move(fix));
    if (taken) {
        break_block(id);
        salvage(line);
        return true;
    }
    token opener;
    opener.kind = token_kind::phrase;
    opener.phrase = words_->find(right);
    opener.begin = gone.begin;
    opener.end = gone.end;
    reopen(line, count, {opener});
    return true;
}

}  // namespace quytrinh::detail::grammar
