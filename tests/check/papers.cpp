// SPDX-License-Identifier: BSL-1.0
// tests/check/papers.cpp: fields before they are filled, approvals, records.
#include <quytrinh/check/check.hpp>
#include <quytrinh/model/unread.hpp>

#include <doctest/doctest.h>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

using namespace quytrinh;
using namespace build;
using list = std::vector<std::string>;

static list found(const procedure_builder& p) { return findings::lines(check(p.made)); }
static condition urgent() { return is("Gấp", value::yes_no(true)); }

/// 1 chooses: 2 fills the form, or straight to 3, which reads it.
static procedure_builder two_paths() {
    procedure_builder p;
    p.form_of("BM", {{"Gấp", field_type::yes_no}});
    p.add(a_step("1").go(ok(to("2"))).go(nok(to("3"))))
        .add(a_step("2").fill("BM").go(done(to("3"))))
        .add(a_step("3").go(when(urgent(), end())).go(otherwise(end())));
    return p;
}

TEST_CASE("a field that only some paths have filled") {
    auto p = two_paths();
    const auto d = check(p.made);
    CHECK(findings::lines(d) == list{"field_maybe_not_filled: Gấp, BM, bước 3, bước 1 → bước 3"});
    REQUIRE(d.items[0].related.size() == 1);
    CHECK(d.items[0].related[0].args == list{"bước 2"});
    CHECK(d.items[0].level == severity::warning);
}

TEST_CASE("a field that no path has filled, whether filled later or never") {
    auto p = two_paths();
    p.made.steps[1].acts.clear();
    CHECK(found(p) == list{"field_never_filled: Gấp, BM, bước 3"});
    CHECK(check(p.made).errors == 1);
    procedure_builder q;
    q.form_of("BM", {{"Gấp", field_type::yes_no}});
    q.add(a_step("1").go(when(urgent(), to("2"))).go(otherwise(to("2"))))
        .add(a_step("2").fill("BM").go(done(end())));
    CHECK(found(q) == list{"field_never_filled: Gấp, BM, bước 1"});
}

TEST_CASE("what the step itself fills is known when its outcome is chosen, not when it opens") {
    procedure_builder p;
    p.form_of("BM", {{"Gấp", field_type::yes_no}});
    p.add(a_step("1").fill("BM").go(when(urgent(), end())).go(otherwise(end())));
    CHECK(found(p).empty());
    p.made.steps[0].limits = {within(days(1)), within(days(2))};
    p.made.steps[0].limits[0].when = urgent();
    CHECK(found(p) == list{"field_never_filled: Gấp, BM, bước 1"});
}

TEST_CASE("đã có asks with open eyes, unless the field is never filled at all") {
    auto p = two_paths();
    p.made.steps[2].branches[0].when = both(filled("Gấp"), urgent());
    CHECK(found(p).empty());
    p.made.steps[1].acts.clear();
    CHECK(found(p) == list{"field_never_filled: Gấp, BM, bước 3"});
}

TEST_CASE("filling under a condition may not happen; on its own branch it does") {
    auto p = two_paths();
    p.made.steps[0].branches.pop_back();
    p.made.steps[0].branches[0] = done(to("2"));
    p.made.steps[1].branches = {ok(to("3")), nok(end())};
    p.made.steps[1].acts[0].when = outcome("OK");
    CHECK(found(p).empty());
    p.made.steps[1].acts[0].when = outcome("NOK");
    CHECK(found(p) == list{"field_never_filled: Gấp, BM, bước 3"});
    p.made.steps[1].acts[0].when = negate(outcome("NOK"));
    CHECK(found(p).empty());
    p.made.steps[1].acts[0].when =
        compare(special(operand::kind::rounds), comparison::is, {literal(decimal{1, 0})});
    CHECK(found(p) == list{"field_maybe_not_filled: Gấp, BM, bước 3, bước 1 → bước 2 → bước 3"});
}

TEST_CASE("chỉ fills only what it names; a box fills its own fields") {
    auto p = two_paths();
    p.made.steps[0].branches[1].to = to("2");
    CHECK(found(p).empty());
    p.made.forms[0].fields.push_back(p.made.forms[0].fields[0]);
    p.made.forms[0].fields[1].name = "Lý do";
    p.made.steps[1].acts[0].only = {"Lý do"};
    CHECK(found(p) == list{"field_never_filled: Gấp, BM, bước 3"});
    p.made.steps[1].acts[0].only = {"Lý do", "Gấp"};
    CHECK(found(p).empty());
    p.made.forms[0].boxes.resize(2);
    p.made.forms[0].boxes[0].number = "1";
    p.made.forms[0].boxes[1].number = "2";
    p.made.forms[0].fields[0].box = "2";
    p.made.steps[1].acts[0].only.clear();
    p.made.steps[1].acts[0].box = "1";
    CHECK(found(p) == list{"field_never_filled: Gấp, BM, bước 3"});
    p.made.steps[1].acts[0].box = "2";
    CHECK(found(p).empty());
}

TEST_CASE("a consultation fills its own form before its limit is read, and may never be raised") {
    procedure_builder p;
    p.form_of("XYK", {{"Gấp", field_type::yes_no}});
    time_limit at_once;
    at_once.what = time_limit::kind::immediately;
    p.add(a_step("5").go(done(to("6"))));
    p.add(a_consultation("5a", {"5"})
              .fill("XYK")
              .limit(at_once)
              .limit_if(urgent())
              .limit(within(days(2))));
    p.add(a_step("6").go(done(end())));
    CHECK(found(p).empty());
    p.made.steps[2].branches = {when(urgent(), end()), otherwise(end())};
    CHECK(found(p) == list{"field_maybe_not_filled: Gấp, XYK, bước 6, bước 5 → bước 6"});
}

TEST_CASE("who opens a case at a later step may carry the fields over") {
    procedure_builder p;
    p.form_of("BM", {{"Gấp", field_type::yes_no}});
    p.add(a_step("1").fill("BM").go(done(to("2"))))
        .add(a_step("2").go(when(urgent(), end())).go(otherwise(end())));
    p.made.may_open_at = {"2"};
    CHECK(found(p).empty());
}

TEST_CASE("conditions of forms and of hạn chung read no step's field") {
    procedure_builder p;
    p.form_of("A1", {{"Loại", field_type::text}}).form_of("B1", {{"Ghi", field_type::text}});
    p.made.forms[1].fields[0].required_if = is("Loại", "x");
    p.add(a_step("1").fill("B1").use("A1").go(done(end())));
    CHECK(findings::names(check(p.made)) == list{"field_filled_nowhere", "form_not_yet_filled"});
    p.made.steps[0].acts[1].what = form_act::kind::fill;
    CHECK(found(p).empty());
}

TEST_CASE("approving and using what nobody has filled") {
    procedure_builder p;
    p.form_of("KH", {{"Hạn", field_type::day}});
    p.add(a_step("1").approve("KH").go(done(to("2")))).add(a_step("2").use("KH").go(done(end())));
    CHECK(found(p) == list{"approves_nothing: KH, bước 1"});  // what follows has the same cause
    p.made.steps[0].acts.insert(p.made.steps[0].acts.begin(), a_step("").fill("KH").made.acts[0]);
    CHECK(found(p).empty());
    p.made.steps[0].acts[0].when =
        compare(special(operand::kind::rounds), comparison::is, {literal(decimal{1, 0})});
    CHECK(found(p) == list{"form_maybe_not_filled: KH, bước 1, bước 1"});
}

TEST_CASE("a warning does not hide the error that follows from the same lack") {
    procedure_builder p;
    p.form_of("KH", {{"Hạn", field_type::day}});
    p.add(a_step("1").use("KH").go(done(to("2")))).add(a_step("2").approve("KH").go(done(end())));
    CHECK(found(p) == list{"approves_nothing: KH, bước 2", "form_not_yet_filled: KH, bước 1"});
}

TEST_CASE("one lack is told again only where another path comes to it") {
    procedure_builder p;
    p.form_of("BM", {{"Gấp", field_type::yes_no}});
    const auto reads = [](const char* id, target on) {
        return a_step(id).go(when(urgent(), on)).go(otherwise(on));
    };
    p.add(a_step("1").go(ok(to("2"))).go(nok(to("4"))))
        .add(reads("2", to("3")))
        .add(reads("3", end()))
        .add(reads("4", end()));
    CHECK(found(p) ==
          list{"field_never_filled: Gấp, BM, bước 2", "field_never_filled: Gấp, BM, bước 4"});
}

TEST_CASE("duyệt without nếu OK approves what is refused") {
    procedure_builder p;
    p.form_of("KH", {{"Hạn", field_type::day}});
    p.add(a_step("1").fill("KH").go(done(to("2"))));
    p.add(a_step("2").approve("KH").go(ok(end())).go(nok(to("1"))));
    CHECK(found(p) == list{"approves_when_refused: KH, bước 2"});
    p.made.steps[1].acts[0].when = outcome("OK");
    CHECK(found(p).empty());
}

TEST_CASE("forms that nobody keeps, unless the source states no records") {
    procedure_builder p;
    p.form_of("A1", {{"x", field_type::text}}).form_of("B1", {{"y", field_type::text}});
    p.made.records.emplace_back().code = "HS";
    p.made.records[0].parts.emplace_back().forms = {"A1"};
    p.add(a_step("1").fill("A1").fill("B1").fill("A1").keep("HS").go(done(end())));
    CHECK(found(p).empty());
    p.made.no_records_stated = false;
    CHECK(found(p) == list{"form_not_kept: B1"});
    p.made.steps[0].acts.push_back(a_step("").keep("B1").made.acts[0]);
    CHECK(found(p).empty());
    p.made.steps[0].acts.erase(p.made.steps[0].acts.begin() + 3);
    CHECK(found(p) == list{"record_never_kept: HS", "form_not_kept: A1"});
}

TEST_CASE("a form filled and approved under one condition has been filled when it is approved") {
    procedure_builder p;
    p.form_of("GXN", {{"Số", field_type::text}});
    p.add(a_step("1").fill("GXN").go(ok(end())).go(nok(end())));
    auto& acts = p.made.steps[0].acts;
    acts.push_back(acts[0]);
    acts[1].what = form_act::kind::approve;
    acts[0].when = outcome("OK");
    acts[1].when = outcome("OK");
    CHECK(found(p).empty());
    // Filled only where it is not approved, or under a condition that says nothing of the other.
    acts[0].when = outcome("NOK");
    CHECK(found(p) == list{"form_maybe_not_filled: GXN, bước 1, bước 1"});
    acts[0].when =
        compare(special(operand::kind::rounds), comparison::is, {literal(decimal{1, 0})});
    CHECK(found(p) == list{"form_maybe_not_filled: GXN, bước 1, bước 1"});
    // More is asked of the approval than of the filling.
    acts[0].when = outcome("OK");
    acts[1].when = both(outcome("OK"), compare(special(operand::kind::rounds), comparison::is,
                                               {literal(decimal{1, 0})}));
    CHECK(found(p).empty());
    // Another box is another paper.
    p.made.forms[0].boxes.resize(2);
    p.made.forms[0].boxes[0].number = "1";
    p.made.forms[0].boxes[1].number = "2";
    acts[0].box = "1";
    acts[1].box = "2";
    CHECK(found(p).size() == 1);
}

TEST_CASE("appending needs an append-only box, and the fields of an act stand in its box") {
    procedure_builder p;
    p.form_of("BM", {{"A", field_type::text}, {"B", field_type::text}});
    p.add(a_step("1").fill("BM").go(done(end())));
    form& f = p.made.forms[0];
    f.boxes.resize(2);
    f.boxes[0].number = "1";
    f.boxes[1].number = "2";
    f.fields[0].box = "1";
    f.fields[1].box = "2";
    form_act& act = p.made.steps[0].acts[0];
    act.what = form_act::kind::append;
    CHECK(found(p) == list{"append_to_plain_box: BM, bước 1"});
    f.boxes[1].append_only = true;
    CHECK(found(p).empty());
    act.box = "1";
    CHECK(found(p) == list{"append_to_plain_box: BM ô 1, bước 1"});
    act.what = form_act::kind::fill;
    act.only = {"A", "B"};
    CHECK(found(p) == list{"field_of_other_box: B, BM, 1, ô 2"});
    act.box.clear();
    CHECK(found(p).empty());
    // Of a draft the line of the box may be the one that was not understood.
    act.what = form_act::kind::append;
    f.boxes[1].append_only = false;
    unread_clauses of_box;
    of_box.forms = {0};
    p.made.unread = std::make_shared<const unread_clauses>(of_box);
    CHECK(found(p).empty());
}

TEST_CASE("a record is kept when something is in it, else its step is never completed") {
    procedure_builder p;
    p.form_of("A1", {{"x", field_type::text}}).form_of("B1", {{"y", field_type::text}});
    record& kept = p.made.records.emplace_back();
    kept.code = "HS";
    kept.parts.push_back({false, {"A1", "B1"}});
    p.add(a_step("1").keep("HS").go(ok(to("2"))).go(nok(to("3"))))
        .add(a_step("2").fill("A1").go(done(to("4"))))
        .add(a_step("3").fill("B1").go(done(to("4"))))
        .add(a_step("4").keep("HS").go(done(end())));
    // Filled later only; what is kept after that has one of the two on every path.
    CHECK(found(p) == list{"keeps_nothing: HS, bước 1, A1, B1"});
    p.made.steps[0].acts.clear();
    CHECK(found(p).empty());
    // One of each kind is asked for: each path lacks the other.
    p.made.records[0].parts = {{true, {"A1"}}, {true, {"B1"}}};
    CHECK(found(p) == list{"keeps_maybe_nothing: HS, bước 4, A1, bước 1 → bước 3 → bước 4",
                           "keeps_maybe_nothing: HS, bước 4, B1, bước 1 → bước 2 → bước 4"});
    p.made.records[0].parts = {{true, {"A1", "B1"}}};
    CHECK(found(p).empty());
    // What is filled at the step itself is in time.
    p.made.steps[1].acts.clear();
    p.made.steps[2].acts.clear();
    CHECK(found(p) == list{"keeps_nothing: HS, bước 4, A1, B1"});
    p.made.steps[3].acts.push_back(a_step("").fill("B1").made.acts[0]);
    CHECK(found(p).empty());
    // A paper without a form here may be all that there is.
    p.made.steps[3].acts.pop_back();
    p.made.records[0].parts = {{true, {"A1", "B1", "Biên bản"}}};
    CHECK(found(p).empty());
}

TEST_CASE("a form kept by itself, under a condition, and in a case that began elsewhere") {
    procedure_builder p;
    p.form_of("A1", {{"x", field_type::text}});
    p.add(a_step("1").keep("A1").go(ok(to("2"))).go(nok(to("1"))))
        .add(a_step("2").fill("A1").go(done(end())));
    CHECK(found(p) == list{"keeps_nothing: A1, bước 1, A1"});
    auto& acts = p.made.steps[0].acts;
    acts.push_back(a_step("").fill("A1").made.acts[0]);
    acts[0].when = outcome("OK");
    acts[1].when = outcome("OK");
    CHECK(found(p).empty());
    acts[1].when = outcome("NOK");
    CHECK(found(p) == list{"keeps_maybe_nothing: A1, bước 1, A1, bước 1"});
    // Whoever opens the case at step 2 may carry the form over.
    acts.clear();
    p.made.steps[1].acts = {a_step("").keep("A1").made.acts[0]};
    CHECK(found(p) == list{"keeps_nothing: A1, bước 2, A1"});
    p.made.may_open_at = {"2"};
    CHECK(found(p) == list{"keeps_maybe_nothing: A1, bước 2, A1, bước 1 → bước 2"});
}

TEST_CASE("nothing comes after keeping for all time") {
    procedure_builder p;
    p.form_of("A1", {{"x", field_type::text}});
    record& kept = p.made.records.emplace_back();
    kept.code = "HS";
    kept.parts.push_back({false, {"A1"}});
    kept.kept = record::retention::forever;
    kept.afterwards = "tiêu hủy";
    p.add(a_step("1").fill("A1").keep("HS").go(done(end())));
    CHECK(found(p) == list{"never_after_keeping: hồ sơ lưu HS"});
    p.made.records[0].kept = record::retention::not_stated;
    CHECK(found(p).empty());
}
