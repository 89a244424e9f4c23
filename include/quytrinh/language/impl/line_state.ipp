// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/line_state.ipp: the primitives behind every clause parser.
#pragma once

#include <quytrinh/language/impl/line_state.hpp>

#include <algorithm>

namespace quytrinh::detail::grammar {

void line_state::restart() {
    furthest_ = begin();
    expected_ = 0;
    respelled_.clear();
    complaints_.clear();
    if (meanings_ != nullptr) meanings_->assign(tokens_->size(), keyword::none);
    levels.clear();
    dead_ = false;
    reading = nullptr;
}

bool line_state::step_left() noexcept {
    if (*steps_left_ == 0) {
        exhausted_ = true;
        dead_ = true;
    } else {
        --*steps_left_;
    }
    return !dead_;
}

bool line_state::expected(const token* at, wanted what, keyword id) {
    if (dead_) return false;
    if (at > furthest_) {
        furthest_ = at;
        expected_ = 0;
    }
    if (at == furthest_) {
        const expectation one{what, id};
        const auto known = expectations();
        if (expected_ < expectations_.size() &&
            std::find(known.begin(), known.end(), one) == known.end())
            expectations_[expected_++] = one;
    }
    return false;
}

bool line_state::peeks(const token* at, keyword id) const noexcept {
    return at->kind == token_kind::phrase && words_->at(at->phrase).is(id);
}

bool line_state::take_word(const token*& at, keyword id) {
    if (!step_left()) return false;
    if (!peeks(at, id)) return expected(at, wanted::word, id);
    if (words_->at(at->phrase).how != spelling::exact) {
        // The same token may be tried by several rules; the last that took it says what it means.
        while (!respelled_.empty() && respelled_.back().at >= at) respelled_.pop_back();
        respelled_.push_back({at, id});
    }
    remember(at, id);
    ++at;
    return true;
}

bool line_state::take_kind(const token*& at, token_kind kind, wanted what) {
    if (!step_left()) return false;
    if (at->kind != kind) return expected(at, what);
    ++at;
    return true;
}

bool line_state::take_code(const token*& at, word_at& out) {
    if (!step_left()) return false;
    if (at->kind != token_kind::code) return expected(at, wanted::code);
    out = {name_text(text_of(*at)), at->range(), false};
    ++at;
    return true;
}

bool line_state::take_string(const token*& at, word_at& out) {
    if (!step_left()) return false;
    if (at->kind != token_kind::string && at->kind != token_kind::block)
        return expected(at, wanted::string);
    out = {string_text(text_of(*at)), at->range(), true};
    ++at;
    return true;
}

bool line_state::take_step(const token*& at, word_at& out) {
    if (!step_left()) return false;
    if (at->kind != token_kind::integer && at->kind != token_kind::step_id)
        return expected(at, wanted::step);
    out = {std::string(text_of(*at)), at->range(), false};
    ++at;
    return true;
}

bool line_state::take_section(const token*& at, word_at& out) {
    if (!step_left()) return false;
    if (at->kind != token_kind::integer && at->kind != token_kind::step_id)
        return expected(at, wanted::section);
    out = {std::string(text_of(*at)), at->range(), false};
    ++at;
    return true;
}

bool line_state::take_integer(const token*& at, number_at& out) {
    if (!step_left()) return false;
    if (at->kind != token_kind::integer) return expected(at, wanted::number);
    const auto number = decimal::read(text_of(*at));
    out = {number.value_or(decimal{}), at->range(), !number.has_value()};
    ++at;
    return true;
}

bool line_state::take_amount(const token*& at, number_at& out) {
    if (!step_left()) return false;
    if (at->kind != token_kind::integer && at->kind != token_kind::decimal)
        return expected(at, wanted::amount);
    const std::string_view written = text_of(*at);
    const auto number =
        decimal::read(written, written.find('.') == std::string_view::npos ? ',' : '.');
    out = {number.value_or(decimal{}), at->range(), !number.has_value()};
    ++at;
    return true;
}

bool line_state::take_date(const token*& at, word_at& out, token_kind& kind) {
    if (!step_left()) return false;
    if (at->kind != token_kind::date && at->kind != token_kind::month &&
        at->kind != token_kind::pair)
        return expected(at, wanted::date);
    kind = at->kind;
    out = {std::string(text_of(*at)), at->range(), false};
    ++at;
    return true;
}

bool line_state::take_digits(const token*& at, word_at& out) {
    if (!step_left()) return false;
    if (at->kind != token_kind::integer) return expected(at, wanted::number);
    out = {std::string(text_of(*at)), at->range(), false};
    ++at;
    return true;
}

bool line_state::take_time(const token*& at, word_at& out) {
    if (!step_left()) return false;
    if (at->kind != token_kind::time) return expected(at, wanted::time);
    out = {std::string(text_of(*at)), at->range(), false};
    ++at;
    return true;
}

bool line_state::take_line_end(const token* at) {
    if (at->kind == token_kind::end) return !dead_;
    return expected(at, wanted::line_end);
}

}  // namespace quytrinh::detail::grammar
