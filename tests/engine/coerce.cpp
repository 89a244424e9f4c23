// SPDX-License-Identifier: BSL-1.0
// tests/engine/coerce.cpp: what people type, as the types of fields.
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/model/procedure.hpp>

#include "support/model_builder.hpp"

#include <doctest/doctest.h>

using namespace quytrinh;

namespace {

form_field field_of(field_type type, std::vector<std::string> choices = {}) {
    form_field f;
    f.name = "X";
    f.type = type;
    f.choices = std::move(choices);
    return f;
}

value read(const form_field& f, const value& given, dialect words = dialect::vi) {
    procedure p = build::procedure_builder().made;
    p.words = words;
    const auto v = coerce(p, f, given);
    REQUIRE_MESSAGE(v.has_value(), (v ? "" : v.error().text()));
    return *v;
}
errc refused(const form_field& f, const value& given, dialect words = dialect::vi) {
    procedure p = build::procedure_builder().made;
    p.words = words;
    const auto v = coerce(p, f, given);
    REQUIRE_FALSE(v.has_value());
    return v.error().code;
}

using items = std::vector<std::string>;

}  // namespace

TEST_CASE("an empty value stays empty for every type") {
    for (const auto type :
         {field_type::text, field_type::number, field_type::day, field_type::yes_no,
          field_type::person, field_type::unit, field_type::attachment, field_type::one_of,
          field_type::any_of, field_type::checklist, field_type::list})
        CHECK(read(field_of(type), value{}).empty());
}

TEST_CASE("an empty text is a text, and nothing for every other type") {
    CHECK(read(field_of(field_type::text), "") == value{""});
    CHECK(read(field_of(field_type::number), " ").empty());
    CHECK(read(field_of(field_type::day), "").empty());
    CHECK(read(field_of(field_type::unit), "  ").empty());
}

TEST_CASE("numbers are read in the dialect of the file") {
    const auto number = field_of(field_type::number);
    CHECK(read(number, "2,5") == value{decimal{25, 1}});
    CHECK(read(number, " 12 ") == value{decimal{12, 0}});
    CHECK(read(number, value{decimal{25, 1}}) == value{decimal{25, 1}});
    // 1.000 is a thousand to one reader and one to another: neither is guessed.
    CHECK(refused(number, "1.000") == errc::field_type);
    CHECK(refused(number, "nhiều") == errc::field_type);
    CHECK(read(number, "2.5", dialect::en) == value{decimal{25, 1}});
    CHECK(refused(number, "2,5", dialect::en) == errc::field_type);
    CHECK(refused(number, value::yes_no(true)) == errc::field_type);
}

TEST_CASE("days, day first or ISO") {
    const auto when = field_of(field_type::day);
    CHECK(read(when, "20/12/2026") == value{*read_date("2026-12-20")});
    CHECK(read(when, "2026-12-20") == value{*read_date("2026-12-20")});
    CHECK(refused(when, "31/02/2026") == errc::field_type);
    CHECK(refused(when, "12/2026") == errc::field_type);
    CHECK(refused(when, value{decimal{1, 0}}) == errc::field_type);
}

TEST_CASE("yes and no in both languages") {
    const auto f = field_of(field_type::yes_no);
    for (const char* yes : {"có", "Có", "yes", "co\xcc\x81"})
        CHECK(read(f, yes) == value::yes_no(true));
    for (const char* no : {"không", "no"}) CHECK(read(f, no) == value::yes_no(false));
    CHECK(refused(f, "1") == errc::field_type);
    CHECK(refused(f, "có lẽ") == errc::field_type);
}

TEST_CASE("one of: the choice as the text spells it") {
    auto f = field_of(field_type::one_of, {"Yêu cầu", "Phản ánh"});
    CHECK(read(f, "Phản ánh") == value{"Phản ánh"});
    CHECK(read(f, "Pha\xcc\x89n a\xcc\x81nh") == value{"Phản ánh"});  // decomposed
    CHECK(refused(f, "phản ánh") == errc::choice_unknown);
    CHECK(refused(f, value{items{"Yêu cầu"}}) == errc::field_type);
    f.other_allowed = true;
    CHECK(read(f, "Tố cáo") == value{"Tố cáo"});
}

TEST_CASE("any of: a list, or words with semicolons; each once") {
    const auto f = field_of(field_type::any_of, {"A", "B; b", "C"});
    CHECK(read(f, value{items{"C", "A", "C"}}) == value{items{"C", "A"}});
    CHECK(read(f, "A; C") == value{items{"A", "C"}});
    CHECK(read(f, "B; b") == value{items{"B; b"}});
    CHECK(refused(f, "A; D") == errc::choice_unknown);
    CHECK(read(f, " ; ").empty());
    CHECK(refused(f, value{decimal{1, 0}}) == errc::field_type);
}

TEST_CASE("any of: choices that hold the sign between them are read back as they are shown") {
    const auto f = field_of(field_type::any_of, {"A", "B; b", "B", "C; c; c"});
    CHECK(read(f, "A; B; b") == value{items{"A", "B; b"}});
    CHECK(read(f, "C; c; c; B; A") == value{items{"C; c; c", "B", "A"}});
    CHECK(refused(f, "C; c; A") == errc::choice_unknown);
    auto open = f;
    open.other_allowed = true;
    CHECK(read(open, "khác; B; b") == value{items{"khác", "B; b"}});
    build::procedure_builder b;
    const auto why = coerce(b.made, field_of(field_type::any_of, {"A, a", "B"}), "C").error();
    CHECK(why.text(language::vi).find("chỉ có: “A, a”, “B”") != std::string::npos);
}

TEST_CASE("choices from a catalogue") {
    build::procedure_builder b;
    catalogue k;
    k.code = "K6";
    k.items = {{"1", "email"}, {"2", "chat"}};
    b.made.catalogues.push_back(k);
    auto f = field_of(field_type::one_of);
    f.catalogue = "K6";
    CHECK(*coerce(b.made, f, "chat") == value{"chat"});
    CHECK(coerce(b.made, f, "fax").error().code == errc::choice_unknown);
    CHECK(coerce(b.made, f, "fax").error().args[2] == "“email”, “chat”");
}

TEST_CASE("rows have the columns of the list, and no rows in a cell") {
    auto f = field_of(field_type::list);
    f.columns = {field_of(field_type::text), field_of(field_type::number)};
    const value good{value_rows{{value{"a"}, value{"1,5"}}, {value{"b"}, value{}}}};
    CHECK(read(f, good) ==
          value{value_rows{{value{"a"}, value{decimal{15, 1}}}, {value{"b"}, value{}}}});
    CHECK(refused(f, value{value_rows{{value{"a"}}}}) == errc::field_type);
    CHECK(refused(f, value{value_rows{{value{"a"}, value{"x"}}}}) == errc::field_type);
    CHECK(refused(f, value{value_rows{{value{value_rows{}}, value{}}}}) == errc::field_type);
    CHECK(refused(f, "a") == errc::field_type);
    CHECK(read(f, value{value_rows{}}).empty());
    const auto plain = field_of(field_type::list);
    CHECK(read(plain, "một dòng") == value{items{"một dòng"}});
    CHECK(read(plain, value{items{"a", "b"}}) == value{items{"a", "b"}});
}

TEST_CASE("text, people, units and files are words, never numbers") {
    CHECK(read(field_of(field_type::text), "  giữ nguyên ") == value{"  giữ nguyên "});
    CHECK(read(field_of(field_type::person), " nv07 ") == value{"nv07"});
    CHECK(refused(field_of(field_type::text), value{decimal{1, 0}}) == errc::field_type);
    CHECK(refused(field_of(field_type::attachment), value::yes_no(true)) == errc::field_type);
}
