// SPDX-License-Identifier: BSL-1.0
// tests/model/form.cpp: forms, catalogues and records compared by what they say.
#include <quytrinh/model/form.hpp>

#include <doctest/doctest.h>

using namespace quytrinh;

namespace {

template <class T, class Change>
bool changes(const T& original, Change change) {
    T other = original;
    change(other);
    return !(original == other) && original == T(original);
}

}  // namespace

TEST_CASE("forms, boxes and fields are equal by what they say") {
    form f;
    f.code = "BM.01";
    f.boxes.resize(1);
    f.fields.resize(1);
    f.fields[0].name = "Hạn";
    form moved = f;
    moved.where.range = {5, 9};
    moved.boxes[0].where.range = {5, 9};
    moved.fields[0].where.range = {5, 9};
    CHECK(f == moved);
    CHECK(changes(f, [](form& o) { o.content_of = "BM.02"; }));
    CHECK(changes(f, [](form& o) { o.doc = "x"; }));
    CHECK(changes(f, [](form& o) { o.boxes[0].append_only = true; }));
    CHECK(changes(f, [](form& o) { o.fields[0].type = field_type::day; }));
    CHECK(changes(f, [](form& o) { o.fields[0].required_if = condition{}; }));
    CHECK(changes(f, [](form& o) { o.fields[0].columns.resize(1); }));
    CHECK(changes(f, [](form& o) { o.fields[0].choices = {"a"}; }));
}

TEST_CASE("catalogues and records are equal by what they say") {
    catalogue c;
    c.items.push_back({"1", "chat"});
    catalogue moved = c;
    moved.where.range = {5, 9};
    CHECK(c == moved);
    CHECK(changes(c, [](catalogue& o) { o.items[0].number = "2"; }));
    CHECK(changes(c, [](catalogue& o) { o.rows.resize(1); }));
    CHECK(changes(c, [](catalogue& o) { o.extensible = true; }));
    CHECK(changes(c, [](catalogue& o) { o.is_checklist = true; }));

    record r;
    r.parts.resize(1);
    CHECK(changes(r, [](record& o) { o.parts[0].one_of = true; }));
    CHECK(changes(r, [](record& o) { o.kept = record::retention::not_stated; }));
    CHECK(changes(r, [](record& o) { o.keepers_not_stated = true; }));
    CHECK(changes(r, [](record& o) { o.from = record::start::case_end; }));
    CHECK(changes(r, [](record& o) { o.afterwards = "tiêu hủy"; }));
}

TEST_CASE("finding a field by its exact name") {
    form f;
    CHECK(f.find("Hạn") == nullptr);
    f.fields.resize(2);
    f.fields[1].name = "Hạn";
    CHECK(f.find("Hạn") == &f.fields[1]);
    CHECK(f.find("hạn") == nullptr);
}
