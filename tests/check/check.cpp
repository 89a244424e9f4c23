// SPDX-License-Identifier: BSL-1.0
// tests/check/check.cpp: findings as a whole: order, count, bounded work, words.
#include <quytrinh/check/check.hpp>

#include <doctest/doctest.h>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/language/keywords.hpp>

#include <support/findings.hpp>
#include <support/model_builder.hpp>

#include <algorithm>
#include <set>

using namespace quytrinh;
using namespace build;

TEST_CASE("findings are sorted by place, cut to what is kept, and all counted") {
    procedure_builder p;
    for (int i = 300; i > 0; --i) {
        auto s = a_step(std::to_string(i)).go(ok(end()));
        s.made.where.range = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1)};
        p.add(std::move(s));
    }
    check_context context;
    context.bounds.diagnostics = 10;
    const auto d = check(p.made, context);
    CHECK(d.items.size() == 10);
    CHECK(d.errors == 300 + 299);  // no NOK, and all but the first are never reached
    CHECK(std::is_sorted(d.items.begin(), d.items.end(),
                         [](const diagnostic& a, const diagnostic& b) {
                             return a.where.range.begin < b.where.range.begin;
                         }));
    CHECK(d.items[0].where.range.begin == 1);
}

TEST_CASE("hundreds of facts over one graph: every step counts from every other") {
    // more than 64 facts, so several sets are solved
    procedure_builder p;
    constexpr int count = 200;
    for (int i = 1; i <= count; ++i) {
        auto s = a_step(std::to_string(i)).go(done(i == count ? end() : to(std::to_string(i + 1))));
        if (i > 1) s.limit(within(days(1), anchor::kind::completion, std::to_string(i - 1)));
        p.add(std::move(s));
    }
    CHECK(check(p.made).total() == 0);
    p.made.steps[150].limits[0].from.step = "152";
    CHECK(findings::lines(check(p.made)) ==
          std::vector<std::string>{"limit_event_never: hoàn thành bước 152, bước 151"});
    p.made.steps[99].branches = {ok(to("101")), nok(to("102"))};
    CHECK(findings::names(check(p.made)) ==
          std::vector<std::string>{"limit_event_never", "limit_event_maybe"});
}

TEST_CASE("a long path is shown by its beginning and its end") {
    procedure_builder p;
    p.role_by("NTH", {"x"});
    p.add(a_step("0").go(ok(to("1"))).go(nok(to("x"))));
    for (int i = 1; i <= 30; ++i)
        p.add(a_step(std::to_string(i)).go(done(to(std::to_string(i + 1)))));
    p.add(a_step("31", {"NTH"}).go(done(end()))).add(a_step("x").assign("NTH").go(done(to("31"))));
    const auto d = check(p.made);
    REQUIRE(d.items.size() == 1);
    CHECK(d.items[0].args[2] ==
          "bước 0 → bước 1 → bước 2 → bước 3 → bước 4 → … → bước 28 → bước 29 → bước 30 → bước 31");
}

TEST_CASE("hostile shapes end in bounded time: wide, deep, and dense") {
    SUBCASE("a chain of 20,000 steps that all return to the first") {
        procedure_builder p;
        constexpr int count = 20'000;
        for (int i = 1; i <= count; ++i)
            p.add(a_step(std::to_string(i))
                      .go(ok(i == count ? end() : to(std::to_string(i + 1))))
                      .go(nok(to("1"))));
        CHECK(check(p.made).total() == 0);
    }
    SUBCASE("2,000 consultations that may be raised at any of 2,000 steps") {
        procedure_builder p;
        p.form_of("XYK", {{"Gấp", field_type::yes_no}});
        for (int i = 1; i <= 2'000; ++i) {
            p.add(a_step("b" + std::to_string(i))
                      .go(done(i == 2'000 ? end() : to("b" + std::to_string(i + 1)))));
            auto c = a_consultation("c" + std::to_string(i), {});
            c.made.at_any_step = true;
            c.fill("XYK")
                .limit(within(days(1)))
                .limit_if(is("Gấp", value::yes_no(true)))
                .limit(within(days(2)));
            p.add(std::move(c));
        }
        CHECK(check(p.made).total() == 0);
    }
    SUBCASE("one step with 2,000 guarded branches and 2,000 guarded acts") {
        procedure_builder p;
        p.form_of("BM", {{"Số", field_type::number}, {"Chữ", field_type::text}});
        auto s = a_step("2");
        for (int i = 0; i < 2'000; ++i) {
            const auto c = compare(field("Số"), comparison::is, {literal(decimal{i, 0})});
            s.go(when(c, end()));
            s.fill("BM").act_if(c);
        }
        s.go(otherwise(end()));
        p.add(a_step("1").fill("BM").go(done(to("2")))).add(std::move(s));
        CHECK(check(p.made).ok());
    }
    SUBCASE("malformed conditions are not followed") {
        procedure_builder p;
        p.form_of("BM", {{"Số", field_type::number}});
        condition_node n;
        n.what = condition_node::kind::conjunction;
        n.arity = 4'000'000'000;
        condition c;
        c.nodes.push_back(n);
        p.add(a_step("1").fill("BM").act_if(c).go(ok(end())).go(nok(end())));
        CHECK(check(p.made).ok());
    }
}

TEST_CASE("every row of the checker has words in both languages and as many arguments in each") {
    const auto args_of = [](std::string_view words) {
        std::set<char> used;
        for (std::size_t i = 0; i + 2 < words.size(); ++i)
            if (words[i] == '{' && words[i + 2] == '}') used.insert(words[i + 1]);
        return used;
    };
    int rows = 0;
    for (const auto& row : diagnostic_catalogue()) {
        if (row.code < 3000 || row.code >= 6000) continue;
        ++rows;
        CAPTURE(row.name);
        CHECK_FALSE(row.vi.empty());
        CHECK_FALSE(row.en.empty());
        CHECK(args_of(row.vi) == args_of(row.en));
        CHECK(args_of(row.help_vi) == args_of(row.help_en));
        CHECK(row.help_vi.empty() == row.help_en.empty());
        CHECK(row.vi.back() != '.');
        CHECK(row.en.back() != '.');
    }
    CHECK(rows >= 25);
}

namespace {

struct quoted_clause {
    std::string_view vi, en;
};
constexpr quoted_clause quoted_clauses[] = {
#define QUYTRINH_EXAMPLE(finding, vi, en) {vi, en},
#include <quytrinh/check/impl/examples.inc>
#undef QUYTRINH_EXAMPLE
};

/// Is some word of the text, after a comma or a quoted name, a keyword in this dialect?
bool begins_with_keyword(std::string_view text, bool vi) {
    if (text.substr(0, 2) == ", ") text.remove_prefix(2);
    if (text.front() == '"') text.remove_prefix(text.find("\" ") + 2);
    for (const auto& row : keyword_table()) {
        std::string_view spellings = vi ? row.vi : row.en;
        while (!spellings.empty()) {
            const auto bar = std::min(spellings.find('|'), spellings.size());
            const auto word = spellings.substr(0, bar);
            if (text.substr(0, word.size()) == word) return true;
            spellings.remove_prefix(std::min(bar + 1, spellings.size()));
        }
    }
    return false;
}

}  // namespace

TEST_CASE("clauses that messages quote are the language's, in the dialect of the file") {
    for (const auto& one : quoted_clauses) {
        CAPTURE(one.vi);
        CHECK(begins_with_keyword(one.vi, true));
        CHECK(begins_with_keyword(one.en, false));
    }
    procedure_builder p;
    p.add(a_step("1"));
    CHECK(help_of(check(p.made).items.at(0), language::en).find("“xong → bước 2”") !=
          std::string::npos);
    p.made.words = dialect::en;
    CHECK(help_of(check(p.made).items.at(0), language::vi).find("“done → step 2”") !=
          std::string::npos);
}
