// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/clauses_shared.ipp: the lines that many blocks share: a code, codes,
// strings, steps, a title.
#pragma once

#include <quytrinh/language/impl/rules.hpp>

namespace quytrinh::detail::grammar {

bool read_bare(line_state& s, bare_words&) { return run(s, word(s.opener())); }

bool read_code(line_state& s, word_at& out) {
    out = {};
    return run(s, word(s.opener()) >> must(code(out)));
}

bool read_codes(line_state& s, words_list& out) {
    out = {};
    return run(s, word(s.opener()) >> must(codes(out.words)));
}

bool read_codes_or_not_stated(line_state& s, words_list& out) {
    out = {};
    return run(
        s, word(s.opener()) >> must(flag(keyword::not_stated, out.not_stated) | codes(out.words)));
}

bool read_string(line_state& s, word_at& out) {
    out = {};
    return run(s, word(s.opener()) >> must(string(out)));
}

bool read_strings(line_state& s, words_list& out) {
    out = {};
    return run(s, word(s.opener()) >> must(strings(out.words)));
}

bool read_codes_or_strings(line_state& s, words_list& out) {
    out = {};
    const auto one = a_code(out.words) | a_string(out.words);
    return run(s, word(s.opener()) >> must(one) >> *(list_comma() >> must(one)));
}

bool read_steps(line_state& s, words_list& out) {
    out = {};
    return run(
        s, word(s.opener()) >> -word(keyword::at, keyword::at_place) >> must(the_steps(out.words)));
}

bool read_sections(line_state& s, words_list& out) {
    out = {};
    const auto one = a_section(out.words) | a_string(out.words);
    return run(s, word(s.opener()) >> must(one) >> *(list_comma() >> must(one)));
}

bool read_titled(line_state& s, titled_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(code(out.code) >> string(out.title)));
}

bool take_field(line_state& s, const token*& at, field_words& out) {
    out = {};
    const token* const first = at;
    if (!run_at(s, at, string(out.field) >> -(word(keyword::in_form) >> must(code(out.form)))))
        return false;
    out.where = {first->begin, (at - 1)->end};
    return true;
}

bool read_field_reference(line_state& s, field_words& out) {
    out = {};
    return run(s, word(s.opener()) >> must(a_field(out)));
}

}  // namespace quytrinh::detail::grammar
