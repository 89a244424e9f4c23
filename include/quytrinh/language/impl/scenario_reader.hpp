// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/scenario_reader.hpp: reads the parts of a scenario line by hand over the
// primitives. The words after the deciding one are many and stand in few orders; rules for all of
// them would cost more than they say.
#pragma once

#include <quytrinh/language/impl/clauses.hpp>
#include <quytrinh/language/impl/line_state.hpp>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

bool take_amount(line_state& s, const token*& at, amount_words& out);

/// Reads the parts of a scenario line. Every function moves `at` over what it read; where it
/// returns false the line cannot be read, and what was wanted is recorded.
class scenario_reader {
public:
    using kind = scenario_value::kind;

    scenario_reader(line_state& s, const token*& at) : s_(s), at_(at) {}

    [[nodiscard]] bool word(keyword id) { return s_.take_word(at_, id); }
    /// The first word is the one that is asked for, and printed; the second is taken too.
    [[nodiscard]] bool word(keyword id, keyword synonym) {
        const token* const said = at_;
        if (!word(!peeks(id) && peeks(synonym) ? synonym : id)) return false;
        s_.remember(said, id);
        return true;
    }
    [[nodiscard]] bool peeks(keyword id) const { return s_.peeks(at_, id); }
    /// Noted as what may be here, so that who reads of a mistake knows that the line may end.
    [[nodiscard]] bool ends() const {
        return at_->kind == token_kind::end || s_.expected(at_, wanted::line_end);
    }
    /// None of these words stands here, but could.
    bool could_be(std::initializer_list<keyword> words) const {
        for (const keyword id : words) s_.expected(at_, wanted::word, id);
        return false;
    }
    bool could_be(wanted what) const { return s_.expected(at_, what); }
    [[nodiscard]] const token* here() const { return at_; }
    [[nodiscard]] bool begins_with_number() const {
        return at_->kind == token_kind::integer || at_->kind == token_kind::decimal;
    }
    [[nodiscard]] bool amount(amount_words& out) { return take_amount(s_, at_, out); }
    [[nodiscard]] bool comma() { return s_.take_kind(at_, token_kind::comma, wanted::comma); }
    void skip_comma() {
        if (at_->kind == token_kind::comma) ++at_;
    }
    [[nodiscard]] place since(const token* first) const {
        return s_.at_place({first->begin, at_ == first ? first->end : (at_ - 1)->end});
    }

    bool set(scenario_value& out, kind what, const token* first, std::string text = {}) {
        out = {what, std::move(text), since(first)};
        return true;
    }
    bool text(std::string& out) {
        word_at one;
        if (!s_.take_string(at_, one)) return false;
        out = one.text;
        return true;
    }
    bool text(scenario_value& out) {
        const token* const first = at_;
        std::string words;
        return column(out) || (text(words) && set(out, kind::text, first, std::move(words)));
    }
    bool code(std::string& out) {
        word_at one;
        if (!s_.take_code(at_, one)) return false;
        out = one.text;
        return true;
    }
    bool column(scenario_value& out) {
        const token* const first = at_;
        std::string name;
        if (!word(keyword::per_column)) return false;
        return text(name) && set(out, kind::column, first, std::move(name));
    }

    /// `11/12/2023`, `11/12/2023 08:00`
    bool moment(scenario_value& out);

    bool outcome(scenario_value& out);

    /// Whatever a field or a cell of a table may hold.
    bool value(scenario_value& out);

    /// `2`, `6a`
    bool step_id(scenario_value& out) {
        const token* const first = at_;
        if (column(out)) return true;
        word_at one;
        return s_.take_step(at_, one) && set(out, kind::step, first, one.text);
    }
    bool step(scenario_value& out) { return word(keyword::step) && step_id(out); }
    bool at_step(scenario_value& out) { return word(keyword::at, keyword::at_place) && step(out); }
    /// Nothing, or `ở bước 2`.
    bool maybe_at_step(scenario_value& out);
    bool round_number(scenario_value& out);
    /// `, vòng 2` behind what may be open several times.
    bool round_behind(scenario_value& out);
    /// `ở câu hỏi 6a, vòng 2` behind a field: of which question, where each has its own paper.
    bool at_question(scenario_expectation& out);

    bool who(scenario_person& out);

    bool values(std::vector<scenario_value>& out) {
        do {
            if (!value(out.emplace_back())) return false;
        } while (at_->kind == token_kind::comma && comma());
        return true;
    }
    /// `("nv01", "Dịch vụ A")`
    bool cells(std::vector<scenario_value>& out) {
        return s_.take_kind(at_, token_kind::open, wanted::open) && values(out) &&
               s_.take_kind(at_, token_kind::close, wanted::close);
    }

    /// `"Gấp" trong XYK`
    bool field_name(scenario_field& out) {
        const token* const first = at_;
        if (!text(out.field)) return false;
        out.where = since(first);
        if (!word(keyword::in_form)) return true;
        const token* const form = at_;
        if (!code(out.form)) return false;
        out.form_where = since(form);
        return true;
    }
    /// `là có`, `là "A" và "B"`, `là ("a", 1) và ("b", 2)`
    bool field_value(scenario_field& out);
    bool fields(std::vector<scenario_field>& out);

    bool options(scenario_act& out);
    bool deed(scenario_act& out);
    bool possible(scenario_act& out);
    bool of_task(scenario_expectation& out);
    bool of_party(scenario_expectation& out);
    bool of_record(scenario_expectation& out);
    bool of_case(scenario_expectation& out);
    bool due(scenario_expectation& out);
    bool details(scenario_expectation& out);

private:
    /// A task, open or done, or an open question; not several.
    [[nodiscard]] static bool of_one_task(const scenario_expectation& one) {
        return one.kind_of == scenario_expectation::kind::task ||
               one.kind_of == scenario_expectation::kind::question ||
               one.kind_of == scenario_expectation::kind::done;
    }
    bool form_behind(scenario_field& out, const token* first);
    bool assignments(scenario_act& out);
    bool files(scenario_act& out);

    line_state& s_;
    const token*& at_;
};

}  // namespace quytrinh::detail::grammar
