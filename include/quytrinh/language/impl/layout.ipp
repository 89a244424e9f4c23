// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/layout.ipp: rows out of tokens, their depth and the blank lines.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/language/impl/layout.hpp>
#include <quytrinh/language/impl/wording.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace quytrinh::detail::grammar {

namespace {

/// Errors that laying a text out mends.
constexpr bool is_mended(std::uint16_t code) {
    return code == diag::keyword_without_marks || code == diag::keyword_of_other_dialect ||
           code == diag::unusual_blank || code == diag::quotes_differ || code == diag::empty_text;
}

std::string_view without_blanks_at_end(std::string_view text) {
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

/// Line ends inside a block are the only thing that changes there.
std::string with_plain_line_ends(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r')
            out += text[i];
        else if (i + 1 >= text.size() || text[i + 1] != '\n')
            out += '\n';
    }
    return out;
}

std::uint32_t line_ends_in(std::string_view text) {
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n')))
            ++count;
    return count;
}

/// `"…"` for Word's quotes, unless a straight one stands inside.
std::string straight(std::string_view text) {
    constexpr std::string_view left = "\xE2\x80\x9C";
    constexpr std::string_view right = "\xE2\x80\x9D";
    std::string_view inside = text;
    inside.remove_prefix(inside.starts_with(left) ? left.size() : 1);
    inside.remove_suffix(inside.ends_with(right) ? right.size() : 1);
    if (inside.find('"') != std::string_view::npos) return to_nfc(text);
    return '"' + to_nfc(inside) + '"';
}

/// 0 for what stands before all blocks, 1 for declarations of a line or two, 2 for other blocks.
int kind_of_block(keyword header) {
    for (const keyword id : {keyword::edition_line, keyword::import_file})
        if (id == header) return 0;
    for (const keyword id : {keyword::role, keyword::unit, keyword::position, keyword::committee,
                             keyword::group, keyword::external, keyword::term, keyword::document})
        if (id == header) return 1;
    return 2;
}

bool is_furniture(keyword id) {
    return id == keyword::per_section || id == keyword::read_as || id == keyword::note;
}

}  // namespace

layout::layout(std::string_view text, const noted& read, const limits& bounds)
    : text_(text), read_(&read), notes_(&read.lines) {
    cut(bounds);
    join_rows();
    leave_wrong_rows();
    leave_what_stands_between();
    indent();
    indent_comments();
    ask_for_blanks();
}

void layout::cut(const limits& bounds) {
    lexer cutter{text_, vocabulary_of(notes_->words), bounds};
    layout_row row;
    std::uint32_t number = 1;
    const auto close = [&](std::uint32_t end) {
        row.end = end;
        row.count = static_cast<std::uint32_t>(tokens_.size()) - row.first;
        const bool comment = row.count > 0 && is_trivia(tokens_[row.first].kind);
        if (row.count > 0)
            row.what = comment ? layout_row::kind::comment : layout_row::kind::content;
        row.number = number;
        rows_.push_back(row);
        number += 1 + line_ends_in(slice(row.begin, end));
        row = {};
        row.first = static_cast<std::uint32_t>(tokens_.size());
    };
    for (;;) {
        const token one = cutter.next();
        static_cast<void>(cutter.take_faults());
        switch (one.kind) {
        case token_kind::byte_order_mark: row.begin = one.end; continue;
        case token_kind::blank: continue;
        case token_kind::line_end:
            close(one.begin);
            row.begin = one.end;
            continue;
        case token_kind::end: close(one.begin); return;
        case token_kind::comment:
        case token_kind::doc_comment:
        case token_kind::phrase:
        case token_kind::word:
        case token_kind::code:
        case token_kind::integer:
        case token_kind::decimal:
        case token_kind::step_id:
        case token_kind::date:
        case token_kind::month:
        case token_kind::pair:
        case token_kind::time:
        case token_kind::offset:
        case token_kind::string:
        case token_kind::block:
        case token_kind::comma:
        case token_kind::colon:
        case token_kind::arrow:
        case token_kind::open:
        case token_kind::close:
        case token_kind::dash:
        case token_kind::junk: tokens_.push_back(one); continue;
        }
    }
}

void layout::join_rows() {
    const auto& lines = notes_->lines;
    std::uint32_t at = 0;
    for (layout_row& row : rows_) {
        while (at < lines.size() && lines[at].end <= row.begin) ++at;
        if (at == lines.size()) break;
        if (row.what == layout_row::kind::content || row.begin > lines[at].begin) {
            row.line = at;
            row.goes_on = row.begin > lines[at].begin;
        }
    }
}

std::size_t layout::row_at(std::uint32_t offset) const {
    const auto after = std::upper_bound(
        rows_.begin(), rows_.end(), offset,
        [](std::uint32_t wanted, const layout_row& row) { return wanted < row.begin; });
    return after == rows_.begin() ? 0 : static_cast<std::size_t>(after - rows_.begin()) - 1;
}

void layout::leave_wrong_rows() {
    // Ranges of rows as steps up and down, so that many long errors cost no more than many short
    // ones.
    std::vector<std::int32_t> change(rows_.size() + 1, 0);
    for (const error_place& one : notes_->errors) {
        if (is_mended(one.code)) continue;
        const std::uint32_t last = one.where.end > one.where.begin ? one.where.end - 1 : 0;
        ++change[row_at(one.where.begin)];
        --change[row_at(std::max(one.where.begin, last)) + 1];
    }
    std::int32_t depth = 0;
    std::vector<bool> wrong(notes_->lines.size(), false);
    for (std::size_t i = 0; i < wrong.size(); ++i) wrong[i] = !notes_->lines[i].understood;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        depth += change[i];
        layout_row& row = rows_[i];
        // Nothing but a character that cannot be seen: that is no blank line.
        if (depth > 0 && row.what == layout_row::kind::blank && row.begin < row.end)
            row.what = layout_row::kind::comment;
        row.own_error = depth > 0 && row.what != layout_row::kind::blank;
        if (row.what == layout_row::kind::content && row.line == layout_row::no_line)
            row.own_error = true;
        if (row.own_error && row.line != layout_row::no_line) wrong[row.line] = true;
    }
    for (layout_row& row : rows_) {
        if (row.line != layout_row::no_line && wrong[row.line]) row.own_error = true;
        row.left = row.own_error;
    }
}

void layout::leave_what_stands_between() {
    std::size_t anchor = rows_.size();  // the last wrong row, while only blanks and comments follow
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].own_error) {
            for (std::size_t k = anchor + 1; anchor < rows_.size() && k < i; ++k)
                rows_[k].left = true;
            anchor = i;
        } else if (rows_[i].what == layout_row::kind::content) {
            anchor = rows_.size();
        }
    }
}

void layout::indent() {
    std::uint8_t before = 0;
    std::uint32_t last = layout_row::no_line;
    for (layout_row& row : rows_) {
        if (row.line == layout_row::no_line) continue;
        if (row.line != last) {
            last = row.line;
            const noted_line& line = notes_->lines[last];
            const keyword opener = notes_->meanings[line.first];
            const bool column = opener == keyword::column && line.block == in_form;
            const bool of_column = is_furniture(opener) && before == 2;
            before = line.header != keyword::none           ? 0
                     : (!row.left && (column || of_column)) ? 2
                                                            : 1;
        }
        row.depth = before;
    }
    indent_silences();
}

/// `bỏ qua` speaks of the line below it and stands where that one does.
void layout::indent_silences() {
    std::uint8_t below = 1;
    for (std::size_t i = rows_.size(); i-- > 0;) {
        layout_row& row = rows_[i];
        if (row.what != layout_row::kind::content || row.line == layout_row::no_line) continue;
        const bool silence =
            notes_->meanings[notes_->lines[row.line].first] == keyword::ignore && !row.left;
        if (silence)
            row.depth = below;
        else
            below = row.depth;
    }
}

/// A comment belongs to the line below it; if there is none directly below, to the one directly
/// above; a comment between blank lines to what comes next. One that ends the text is at the
/// margin.
void layout::indent_comments() {
    bool below = false;  // a line stands directly below
    bool any_below = false;
    std::uint8_t next = 0;
    for (std::size_t i = rows_.size(); i-- > 0;) {
        layout_row& row = rows_[i];
        if (row.what == layout_row::kind::blank) {
            below = false;
            continue;
        }
        if (row.what == layout_row::kind::comment && row.line == layout_row::no_line) {
            std::size_t above = i;
            while (above > 0 && rows_[above].what == layout_row::kind::comment) --above;
            const bool direct = rows_[above].what == layout_row::kind::content;
            row.depth = !below && any_below && direct ? rows_[above].depth : next;
            const bool run_ends = i == 0 || rows_[i - 1].what != layout_row::kind::comment;
            // The whole run of comments above takes the same decision.
            if (!run_ends) {
                std::size_t k = i;
                while (k > 0 && rows_[k - 1].what == layout_row::kind::comment &&
                       rows_[k - 1].line == layout_row::no_line)
                    rows_[--k].depth = row.depth;
                i = k;
            }
            next = row.depth;
            any_below = true;
            below = true;
            continue;
        }
        next = row.depth;
        below = any_below = true;
    }
}

void layout::ask_for_blanks() {
    const auto is_blank = [](const layout_row& row) { return row.what == layout_row::kind::blank; };
    const auto first = std::find_if_not(rows_.begin(), rows_.end(), is_blank);
    const auto last = std::find_if_not(rows_.rbegin(), rows_.rend(), is_blank).base();
    airy_ = first < last && std::any_of(first, last, is_blank);
    int before = -1;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const layout_row& row = rows_[i];
        if (row.line == layout_row::no_line || row.goes_on) continue;
        const noted_line& line = notes_->lines[row.line];
        if (line.header == keyword::none) continue;
        const int kind = kind_of_block(line.header);
        const bool together = before == kind && kind < 2;
        before = kind;
        if (together || row.left) continue;
        std::size_t top = i;  // with the comments that belong to it
        while (top > 0 && rows_[top - 1].what == layout_row::kind::comment) --top;
        if (!rows_[top].left) rows_[top].needs_blank = true;
    }
}

std::string layout::token_text(const token& one) const {
    const std::string_view text = slice(one.begin, one.end);
    switch (one.kind) {
    case token_kind::string: return straight(text);
    case token_kind::block: return with_plain_line_ends(text);
    case token_kind::arrow: return "→";
    case token_kind::dash: return "-";
    case token_kind::comment:
    case token_kind::doc_comment: return to_nfc(without_blanks_at_end(text));
    case token_kind::byte_order_mark:
    case token_kind::blank:
    case token_kind::line_end:
    case token_kind::phrase:
    case token_kind::word:
    case token_kind::code:
    case token_kind::integer:
    case token_kind::decimal:
    case token_kind::step_id:
    case token_kind::date:
    case token_kind::month:
    case token_kind::pair:
    case token_kind::time:
    case token_kind::offset:
    case token_kind::comma:
    case token_kind::colon:
    case token_kind::open:
    case token_kind::close:
    case token_kind::junk:
    case token_kind::end: break;
    }
    return to_nfc(text);
}

/// The text of a token of a row that is not left, keywords in their one spelling.
std::string layout::written(const layout_row& row, std::size_t index) const {
    const token& one = tokens_[row.first + index];
    if (row.line == layout_row::no_line || is_trivia(one.kind)) return token_text(one);
    const noted_line& line = notes_->lines[row.line];
    const auto begin = notes_->tokens.begin() + line.first;
    const auto known =
        std::lower_bound(begin, begin + line.count, one.begin,
                         [](const token& a, std::uint32_t offset) { return a.begin < offset; });
    const auto at = static_cast<std::size_t>(known - begin);
    if (at >= line.count || known->begin != one.begin ||
        notes_->meanings[line.first + at] == keyword::none)
        return token_text(one);
    return std::string(printed_word(*notes_, text_, line, at, notes_->words));
}

void layout::write_row(std::string& out, const layout_row& row) const {
    if (row.left) {
        out += slice(row.begin, row.end);
        return;
    }
    out.append(std::size_t{2} * (row.depth + (row.goes_on ? 1u : 0u)), ' ');
    const auto kind = [&](std::size_t i) {
        return i < row.count ? tokens_[row.first + i].kind : token_kind::end;
    };
    for (std::size_t i = 0; i < row.count; ++i) {
        const token_kind one = kind(i);
        const token_kind before = i == 0 ? token_kind::end : kind(i - 1);
        const auto in_hours = [&](std::size_t dash) {  // `07:30-11:30`
            return kind(dash) == token_kind::dash && dash > 0 &&
                   kind(dash - 1) == token_kind::time && kind(dash + 1) == token_kind::time;
        };
        const bool together = i == 0 || one == token_kind::comma || one == token_kind::colon ||
                              one == token_kind::close || before == token_kind::open ||
                              in_hours(i) || in_hours(i - 1);
        if (is_trivia(one) && i > 0)
            out += "  ";
        else if (!together)
            out += ' ';
        out += written(row, i);
    }
}

std::string layout::write() const {
    std::string out;
    out.reserve(text_.size() + text_.size() / 8);
    bool blank = false;
    for (const layout_row& row : rows_) {
        if (row.what == layout_row::kind::blank && !row.left) {
            blank = true;
            continue;
        }
        if (!out.empty() && (blank || (airy_ && row.needs_blank))) out += '\n';
        blank = false;
        write_row(out, row);
        out += '\n';
    }
    return out;
}

std::vector<std::uint32_t> layout::left() const {
    std::vector<std::uint32_t> out;
    for (const layout_row& row : rows_)
        if (row.own_error && row.what != layout_row::kind::blank) out.push_back(row.number);
    return out;
}

std::uint32_t layout::differs_from(const layout& other) const {
    const auto skip_blanks = [](const layout& of, std::size_t& at) {
        while (at < of.rows_.size() && of.rows_[at].what == layout_row::kind::blank) ++at;
        return at < of.rows_.size();
    };
    std::size_t mine = 0;
    std::size_t theirs = 0;
    std::uint32_t number = 1;
    for (;; ++mine, ++theirs) {
        const bool more = skip_blanks(*this, mine);
        if (more) number = rows_[mine].number;
        if (more != skip_blanks(other, theirs)) return number;
        if (!more) break;
        const layout_row& a = rows_[mine];
        const layout_row& b = other.rows_[theirs];
        bool same = a.what == b.what && a.left == b.left && a.goes_on == b.goes_on;
        if (same && a.left) {
            same = slice(a.begin, a.end) == other.slice(b.begin, b.end);
        } else if (same) {
            same = a.count == b.count && a.line == b.line;
            for (std::size_t i = 0; same && i < a.count; ++i)
                same = written(a, i) == other.written(b, i);
        }
        if (!same) return number;
    }
    return read_->says_the_same(*other.read_) ? 0 : number;
}

}  // namespace quytrinh::detail::grammar
