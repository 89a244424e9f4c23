// SPDX-License-Identifier: BSL-1.0
// The texts that ship, as texts: nothing is wrong with them, every step says where it comes from
// and what its limit is, and the English edition is the Vietnamese procedure in other words.
#include <quytrinh/procedures/bundled.hpp>

#include <quytrinh/check/check.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/graph.hpp>
#include <quytrinh/model/procedure.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace quytrinh;

parsed read(std::string_view name) {
    for (const auto& text : bundled_texts())
        if (text.name == name)
            return parse(std::string(text.name), std::string(text.text), bundled_imports());
    FAIL("no bundled text " << name);
    return {};
}

procedure_ptr procedure_of(std::string_view code) {
    static const definitions all = bundled();
    for (const auto& p : all.procedures)
        if (p->code == code) return p;
    FAIL("no bundled procedure " << code);
    return nullptr;
}

constexpr std::string_view codes[] = {"QT.HTKH.02", "QT.HTKH.03", "QT.HTKH.03.EN", "QT.CTCL.A",
                                      "QT.CTCL.B"};

/// What does not depend on the words: who, in what way, where to, until when.
std::string skeleton(const procedure& p) {
    std::string text;
    const auto add = [&text](std::string_view word) { (text += word) += ' '; };
    const auto count = [&](const char* what, std::size_t n) { add(what + std::to_string(n)); };
    for (const auto& party : p.parties) {
        add(party.code);
        for (const auto& member : party.members) add(member);
        count("readings", party.source.readings.size());
    }
    for (const auto& one : p.terms) {
        add(one.code);
        count("readings", one.source.readings.size());
    }
    for (const auto& form : p.forms) {
        add(form.code);
        for (const auto& field : form.fields) {
            count("type", static_cast<std::size_t>(field.type));
            add(field.required ? "required" : field.required_if ? "required-if" : "optional");
            count("columns", field.columns.size());
            count("readings", field.source.readings.size());
        }
        count("readings", form.source.readings.size());
    }
    for (const auto& step : p.steps) {
        text += '\n';
        add(step.id);
        for (const auto& lead : step.lead.parties) add(lead);
        for (const auto& clause : step.with)
            for (const auto& party : clause.parties) add(party);
        for (const auto& limit : step.limits) {
            count("limit", static_cast<std::size_t>(limit.what));
            add(limit.length.count.text());
            count("unit", static_cast<std::size_t>(limit.length.unit));
            count("from", static_cast<std::size_t>(limit.from.what));
            add(limit.from.step);
            add(limit.when ? "if" : "always");
            count("readings", limit.source.readings.size());
        }
        for (const auto& act : step.acts) {
            count("act", static_cast<std::size_t>(act.what));
            add(act.code);
            add(act.box);
            count("only", act.only.size());
            add(act.when ? "if" : "always");
        }
        for (const auto& branch : step.branches) {
            count("branch", static_cast<std::size_t>(branch.what));
            add(branch.to.ends ? "end" : branch.to.step);
            add(branch.reason ? "reason" : "-");
            count("readings", branch.source.readings.size());
        }
        count("work", step.work.size());
        count("conditions", step.preconditions.size());
        count("readings", step.source.readings.size());
    }
    text += '\n';
    for (const auto& right : p.rights) {
        count("right", static_cast<std::size_t>(right.what));
        for (const auto& party : right.parties) add(party);
        add(right.before_step);
    }
    count("readings", p.source.readings.size());
    count("notes", p.source.notes.size());
    return text;
}

}  // namespace

TEST_CASE("every bundled text is read and checked without a single finding") {
    check_context known;
    known.find_procedure = [](std::string_view code) -> const procedure* {
        for (const auto one : codes)
            if (one == code) return procedure_of(code).get();
        return nullptr;
    };
    std::size_t procedures = 0;
    for (const auto& text : bundled_texts()) {
        CAPTURE(text.name);
        const auto p = read(text.name);
        INFO(render(p.diagnostics, p.sources, language::en));
        CHECK(p.diagnostics.total() == 0);
        REQUIRE((p.definition != nullptr || p.library != nullptr));
        if (!p.definition) continue;
        ++procedures;
        const auto found = check(*p.definition, known);
        INFO(render(found, p.sources, language::en));
        CHECK(found.total() == 0);
    }
    CHECK(procedures == std::size(codes));
}

TEST_CASE("an import that does not ship is unreadable, and says so") {
    const auto text = bundled_imports()("khong-co.quytrinh");
    REQUIRE_FALSE(text.has_value());
    CHECK(text.error().code == errc::file_unreadable);
    CHECK(text.error().text(language::vi).find("khong-co.quytrinh") != std::string::npos);
    CHECK(bundled_imports()("CTCL.quytrinh").has_value());
}

TEST_CASE("every step names its place in the source and its limit, or that there is none") {
    for (const auto code : codes) {
        CAPTURE(code);
        const auto p = procedure_of(code);
        CHECK_FALSE(p->source.sections.empty());
        CHECK_FALSE(p->head.agency.empty());
        CHECK_FALSE(p->head.purpose.empty());
        CHECK_FALSE(p->head.scope.empty());
        CHECK(p->calendar_code.empty());
        for (const auto& step : p->steps) {
            CAPTURE(step.id);
            CHECK_FALSE(step.source.sections.empty());
            CHECK_FALSE(step.work.empty());
            CHECK((p->no_deadlines_stated || !step.limits.empty()));
        }
        for (const auto& form : p->forms) {
            CAPTURE(form.code);
            CHECK_FALSE(form.source.sections.empty());
        }
        for (const auto& record : p->records) {
            CAPTURE(record.code);
            CHECK_FALSE(record.source.sections.empty());
            CHECK(record.kept != record::retention::unset);
        }
    }
}

TEST_CASE("drafters, checkers and approvers are posts, not persons") {
    for (const auto code : codes) {
        CAPTURE(code);
        const auto p = procedure_of(code);
        for (const auto* who : {&p->head.drafters, &p->head.checkers, &p->head.approvers})
            for (const auto& one : *who) {
                CHECK(one.name.empty());
                CHECK_FALSE(one.title.empty());
            }
    }
}

TEST_CASE("no choice holds the sign that parts several choices typed in one line") {
    for (const auto code : codes) {
        CAPTURE(code);
        const auto p = procedure_of(code);
        for (const auto& list : p->catalogues)
            for (const auto& item : list.items) CHECK(item.text.find(';') == std::string::npos);
        for (const auto& form : p->forms)
            for (const auto& field : form.fields)
                for (const auto& choice : field.choices)
                    CHECK(choice.find(';') == std::string::npos);
    }
}

TEST_CASE("the English edition of HTKH.03 differs in words only") {
    const auto vi = procedure_of("QT.HTKH.03");
    const auto en = procedure_of("QT.HTKH.03.EN");
    CHECK(vi->words == dialect::vi);
    CHECK(en->words == dialect::en);
    CHECK(skeleton(*vi) == skeleton(*en));
    CHECK(vi->head.issued == en->head.issued);
    CHECK(vi->head.issue == en->head.issue);
    CHECK(vi->rule == en->rule);
    CHECK(vi->plain_day == en->plain_day);
    CHECK(vi->no_records_stated == en->no_records_stated);
    CHECK(vi->parties.size() == en->parties.size());
    for (std::size_t i = 0; i < std::min(vi->steps.size(), en->steps.size()); ++i) {
        CAPTURE(vi->steps[i].id);
        CHECK(vi->steps[i].title != en->steps[i].title);
    }
}

TEST_CASE("no step of the sources is missing, and none is added") {
    const auto steps = [](std::string_view code) {
        std::string text;
        for (const auto& step : procedure_of(code)->steps)
            text += (text.empty() ? "" : " ") + step.id;
        return text;
    };
    CHECK(steps("QT.HTKH.03") == "1 2 3 4 5 6a 6");
    CHECK(steps("QT.HTKH.02") == "1 2 3 4 5 6 8 7");
    CHECK(steps("QT.CTCL.A") == "5.1.1a 5.1.1b 5.1.1c 5.1.1d 5.1.1e 5.1.1f 5.1.2");
    CHECK(steps("QT.CTCL.B") ==
          "5.2.1 5.2.2a 5.2.2b 5.3a 5.3b 5.4a 5.4b 5.5a 5.5b 5.5c 5.6 5.7a 5.7b");
}
