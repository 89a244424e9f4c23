// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/parts.ipp: parts of a text, written down while it is read, and read again.
#pragma once

#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/language/impl/parts.hpp>

#include <utility>

namespace quytrinh::detail::grammar {

void doubts::add(const doubts& other) {
    elsewhere |= other.elsewhere;
    lines = lines || other.lines;
    nameless = nameless || other.nameless;
    names.insert(other.names.begin(), other.names.end());
}

doubts text_parts::take_doubts(builder& b) {
    doubts out;
    out.elsewhere = std::exchange(b.unread_.elsewhere, 0);
    out.lines = std::exchange(b.lines_lost_, false);
    out.nameless = std::exchange(b.nameless_, false);
    out.names = std::exchange(b.perhaps_, {});
    return out;
}

void text_parts::together(builder& b, const doubts& of_imports) {
    doubts whole = of_imports;
    for (const text_part& one : all) whole.add(one.left);
    b.unread_.elsewhere = whole.elsewhere;
    b.lines_lost_ = whole.lines;
    b.nameless_ = whole.nameless;
    b.perhaps_ = std::move(whole.names);
}

std::uint32_t text_parts::behind_line(std::string_view text, std::uint32_t from) {
    const std::size_t at = text.find_first_of("\r\n", from);
    if (at == std::string_view::npos) return static_cast<std::uint32_t>(text.size());
    const bool two = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    return static_cast<std::uint32_t>(at + (two ? 2 : 1));
}

void text_parts::begin_part(builder& b, std::uint32_t at) {
    text_part& one = all.emplace_back();
    one.begin = at;
    one.first_step = b.model_.steps.size();
    steps_left_ = b.steps_left_;
    headers_ = 0;
    of_step_ = false;
}

void text_parts::end_part(builder& b, std::uint32_t at) {
    text_part& one = all.back();
    const bool in_its_block = (b.block_ & (in_step | in_consult)) != 0;
    // Closing twice changes nothing; what closing leaves behind belongs to the block.
    b.close_block();
    one.end = at;
    one.steps = b.model_.steps.size() - one.first_step;
    one.spent = steps_left_ - b.steps_left_;
    one.left = take_doubts(b);
    one.closed = !stray_ && b.silences_waiting_ == 0;
    one.alone = one.closed && of_step_ && headers_ == 1 && one.steps == 1 && in_its_block;
}

void text_parts::before(builder& b, const text_line& line) {
    if (line.empty()) {
        // Faults between the lines are told under the heading above them.
        whole_only = whole_only || !line.faults.empty();
        return;
    }
    ++lines_read;
    const token& first = line.first();
    const phrase* opening =
        first.kind == token_kind::phrase ? &b.words_->at(first.phrase) : nullptr;
    const bool header = opening != nullptr && opening->header && !b.heads_a_column(line);
    if (all.empty()) {
        begin_part(b, start_);
    } else if (header) {
        const std::uint32_t at = behind_line(b.text_, last_end_);
        end_part(b, at);
        begin_part(b, at);
    }
    if (header) {
        ++headers_;
        of_step_ = opening->is(keyword::step) || opening->is(keyword::consult);
    }
    if (settled == 0 && opening != nullptr && opening->how == spelling::exact && header &&
        !opening->is(keyword::edition_line) && lines_read <= 50 && line.end < (16u << 10))
        settled = line.end;
    last_end_ = line.end;
    stray_ = line.stray_comma;
}

void text_parts::finish(builder& b) {
    if (!all.empty()) end_part(b, static_cast<std::uint32_t>(b.text_.size()));
    whole_only = whole_only || b.steps_left_ == 0 || !b.imported_procedure_.empty();
    heading = b.procedure_heading_;
}

/// The first line opens a step; no other kind of header follows, and nothing is said between lines.
bool text_parts::may_stand(const builder& b, const text_line& line) const {
    if (line.empty()) return line.faults.empty();
    const token& first = line.first();
    const phrase* opening =
        first.kind == token_kind::phrase ? &b.words_->at(first.phrase) : nullptr;
    if (opening == nullptr || !opening->header || b.heads_a_column(line)) return !all.empty();
    return opening->is(keyword::step) || opening->is(keyword::consult);
}

bool text_parts::read_again(builder& b, std::string_view text, std::uint32_t begin,
                            std::uint32_t end, std::uint64_t budget) {
    start_ = begin;
    b.file_ = 0;
    b.text_ = text;
    b.words_ = &vocabulary_of(b.model_.words);
    b.library_ = false;
    b.first_line_ = false;
    b.procedure_heading_ = heading;
    b.header_line_ = {};
    b.silences_waiting_ = 0;
    b.steps_left_ = budget;
    b.close_block();
    (void)take_doubts(b);  // those of the whole, which are put together again
    line_reader reader{text.substr(0, end), *b.words_, *b.bounds_, begin};
    text_line line;
    while (reader.next(line)) {
        if (!may_stand(b, line)) return false;
        before(b, line);
        b.read_line(line);
    }
    if (all.empty() || b.steps_left_ == 0 || reader.doc_left()) return false;
    end_part(b, end);
    b.settle_amounts();
    for (const text_part& one : all)
        if (!one.alone) return false;
    return true;
}

}  // namespace quytrinh::detail::grammar
