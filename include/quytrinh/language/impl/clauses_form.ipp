// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_form.ipp: boxes, fields, items, and what is kept.
#pragma once

#include <quytrinh/language/impl/rules.hpp>

namespace quytrinh::detail::grammar {

bool read_box(line_state& s, box_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(step_id(out.number) >> string(out.title)) >>
                      -(option_comma(keyword::append_only) >>
                        flag(keyword::append_only, out.append_only)));
}

bool read_field_declaration(line_state& s, declared_words& out) {
    out = {};
    const std::pair<keyword, field_type> plain[] = {
        {keyword::type_text, field_type::text},
        {keyword::type_number, field_type::number},
        {keyword::type_date, field_type::day},
        {keyword::type_yes_no, field_type::yes_no},
        {keyword::type_person, field_type::person},
        {keyword::type_unit, field_type::unit},
        {keyword::type_attachment, field_type::attachment},
        {keyword::type_list, field_type::list},
    };
    const std::pair<keyword, field_type> one[] = {{keyword::one_of, field_type::one_of}};
    const std::pair<keyword, field_type> any[] = {{keyword::any_of, field_type::any_of}};
    const std::pair<keyword, field_type> list[] = {
        {keyword::type_checklist, field_type::checklist}};
    const auto type = choice(out.type, plain) |
                      ((choice(out.type, one) | choice(out.type, any)) >>
                       must(code(out.catalogue) | strings(out.choices))) |
                      (choice(out.type, list) >> must(code(out.catalogue)));
    const auto option = (flag(keyword::required, out.required) >> -if_condition(out.required_if)) |
                        flag(keyword::or_other, out.other);
    return run(s, word(s.opener()) >> must(string(out.name) >> word(keyword::is) >> type) >>
                      *(option_comma(keyword::required, keyword::or_other) >> must(option)));
}

bool read_item(line_state& s, item_words& out) {
    out = {};
    return run(s, word(s.opener()) >> -step_id(out.number) >> must(string(out.text)));
}

bool read_parts(line_state& s, words_list& out) {
    out = {};
    const auto one = a_code(out.words) | a_string(out.words);
    return run(s, word(s.opener()) >> must(one) >>
                      *((list_comma() | word(keyword::and_word)) >> must(one)));
}

bool read_after_that(line_state& s, afterwards_words& out) {
    out = {};
    const auto what = primitive([&out](line_state& state, const token*& at) {
        const token* const written = at;
        for (const keyword id : {keyword::dispose, keyword::archive, keyword::review}) {
            if (!state.take_word(at, id)) continue;
            // One word of the model in whatever dialect it is said.
            out.what = {std::string(spelled(id, dialect::vi)), written->range(), false};
            return true;
        }
        return state.take_string(at, out.what);
    });
    return run(s, word(s.opener()) >> must(colon() >> what));
}

}  // namespace quytrinh::detail::grammar
