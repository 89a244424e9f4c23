// SPDX-License-Identifier: BSL-1.0
// tests/model/graph.cpp: from branches to vertices and edges, and which of them lead back.
#include <quytrinh/model/graph.hpp>

#include <doctest/doctest.h>

#include <support/model_builder.hpp>

#include <string>
#include <vector>

using namespace quytrinh;
using namespace build;

namespace {

std::string name_of(const flow_graph& g, std::uint32_t v) {
    const auto& vertex = g.vertices()[v];
    if (vertex.what == flow_vertex::kind::end)
        return vertex.end_kind.empty() ? "end" : "end " + vertex.end_kind;
    return g.of().steps[vertex.step].id;
}

/// "2 -NOK-> 1 loop"
std::vector<std::string> edges_of(const flow_graph& g) {
    std::vector<std::string> lines;
    for (const auto& e : g.edges()) {
        std::string line = name_of(g, e.from) + " -" + e.label + "-> " + name_of(g, e.to);
        if (e.what == flow_edge::kind::loop) line += " loop";
        if (e.what == flow_edge::kind::consultation) line += " side";
        lines.push_back(line);
    }
    return lines;
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("vertices in printed order, then the ends as they appear; loops are marked") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").go(ok(to("3"))).go(nok(to("1"))))
        .add(a_consultation("2a", {"2"}))
        .add(a_step("3").go(named("Không", end("Không cần thiết"))).go(named("Có", end())));
    const flow_graph g(p.made);
    REQUIRE(g.vertices().size() == 6);
    CHECK(g.vertices()[2].what == flow_vertex::kind::consultation);
    CHECK(g.vertices()[4].end_kind == "Không cần thiết");
    CHECK(g.vertices()[5].end_kind.empty());
    CHECK(edges_of(g) == lines{"1 -xong-> 2", "2 -OK-> 3", "2 -NOK-> 1 loop", "2 --> 2a side",
                               "2a --> 2 side", "3 -Không-> end Không cần thiết", "3 -Có-> end"});
    CHECK(g.entry() == 0);
    CHECK(g.vertex_of("3") == 3);
    CHECK(g.vertex_of("9") == g.vertices().size());
}

TEST_CASE("edges of a vertex, out and in") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("3"))))
        .add(a_step("2").go(done(to("3"))))
        .add(a_step("3").go(ok(end())).go(nok(to("3"))));
    const flow_graph g(p.made);
    CHECK(g.out(0).size() == 1);
    CHECK(g.out(2).size() == 2);
    CHECK(g.out(3).empty());
    CHECK(g.out(99).empty());
    CHECK(g.in(99).empty());
    CHECK(g.in(0).empty());
    const auto in = g.in(2);
    REQUIRE(in.size() == 3);
    CHECK(g.edges()[in[0]].from == 0);
    CHECK(g.edges()[in[1]].from == 1);
    CHECK(g.edges()[in[2]].from == 2);
    CHECK(g.edges()[in[2]].what == flow_edge::kind::loop);
}

TEST_CASE("an edge that leads back is a loop only when there is a way round") {
    procedure_builder p;
    p.add(a_step("1").go(done(to("3"))))
        .add(a_step("2").go(done(end())))
        .add(a_step("3").go(done(to("2"))));  // printed before, but never comes back
    const flow_graph g(p.made);
    CHECK(edges_of(g) == lines{"1 -xong-> 3", "2 -xong-> end", "3 -xong-> 2"});
}

TEST_CASE("the loop of HTKH.02: only the edge that leads to an earlier step is the loop") {
    procedure_builder p;
    p.add(a_step("3").go(ok(to("4"))).go(nok(to("6"))))
        .add(a_step("4").go(ok(to("5"))).go(nok(to("6"))))
        .add(a_step("5").go(done(end())))
        .add(a_step("6").go(done(to("7"))))
        .add(a_step("7").go(done(to("4"))));
    const flow_graph g(p.made);
    CHECK(edges_of(g) == lines{"3 -OK-> 4", "3 -NOK-> 6", "4 -OK-> 5", "4 -NOK-> 6",
                               "5 -xong-> end", "6 -xong-> 7", "7 -xong-> 4 loop"});
}

TEST_CASE("targets that are no step, and consultations as targets, are left out") {
    procedure_builder p;
    p.add(a_step("1").go(ok(to("9"))).go(nok(to("1a"))))
        .add(a_consultation("1a", {"1", "9", "1a"}));
    const flow_graph g(p.made);
    CHECK(edges_of(g) == lines{"1 --> 1a side", "1a --> 1 side"});
}

TEST_CASE("steps in order: the next printed step, consultations skipped, then the end") {
    procedure_builder p;
    p.made.steps_in_order = true;
    branch next;
    next.what = branch::kind::next;
    p.add(a_step("1"))
        .add(a_consultation("1a", {"1"}))
        .add(a_step("2").go(ok(to("3"))).go(nok(to("1"))))
        .add(a_step("3").go(next))
        .add(a_step("4"));
    const flow_graph g(p.made);
    CHECK(edges_of(g) == lines{"1 -xong-> 2", "1 --> 1a side", "1a --> 1 side", "2 -OK-> 3",
                               "2 -NOK-> 1 loop", "3 -xong-> 4", "4 -xong-> end"});
    CHECK(g.edges()[0].implied);
    CHECK_FALSE(g.edges()[5].implied);  // a `next` branch stands in the model
    p.made.steps_in_order = false;
    CHECK(flow_graph(p.made).out(0).size() == 1);  // only the consultation
}

TEST_CASE("a counted return has two edges") {
    procedure_builder p;
    branch back = nok(to("1"));
    back.at_most = 3;
    back.afterwards = to("2");
    p.add(a_step("1").go(ok(end())).go(back)).add(a_step("2").go(done(end("Dừng"))));
    const flow_graph g(p.made);
    CHECK(edges_of(g) ==
          lines{"1 -OK-> end", "1 -NOK-> 1 loop", "1 -NOK, sau 3 lần-> 2", "2 -xong-> end Dừng"});
    CHECK(g.edges()[2].afterwards);
    CHECK(g.edges()[2].branch == 1);
}

TEST_CASE("labels are in the words of the file") {
    procedure_builder p;
    p.made.words = dialect::en;
    p.made.sources.emplace_back("x.quytrinh", "if \"Urgent\"   is\n   yes → step 2");
    condition urgent = is("Urgent", value::yes_no(true));
    urgent.where = {0, {3, 23}};
    p.add(a_step("1").go(when(urgent, to("2"))).go(otherwise(to("2"))))
        .add(a_step("2").go(done(end())));
    const flow_graph g(p.made);
    CHECK(edges_of(g) == lines{"1 -if \"Urgent\" is yes-> 2", "1 -otherwise-> 2", "2 -done-> end"});
}

TEST_CASE("degenerate procedures") {
    const procedure none;
    const flow_graph g(none);
    CHECK(g.vertices().empty());
    CHECK(g.entry() == 0);
    CHECK(g.vertex_of("1") == 0);

    procedure_builder twice;
    twice.add(a_step("1").go(done(to("1")))).add(a_step("1").go(done(end())));
    CHECK(edges_of(flow_graph(twice.made)) == lines{"1 -xong-> 1 loop", "1 -xong-> end"});

    procedure_builder only_consultation;
    only_consultation.add(a_consultation("1a", {"1a"}));
    CHECK(flow_graph(only_consultation.made).entry() == 1);
}

TEST_CASE("a chain of 20,000 steps with a return at its end needs no stack") {
    procedure_builder p;
    constexpr int count = 20'000;
    for (int i = 1; i < count; ++i)
        p.add(a_step(std::to_string(i)).go(done(to(std::to_string(i + 1)))));
    p.add(a_step(std::to_string(count)).go(ok(end())).go(nok(to("1"))));
    const flow_graph g(p.made);
    CHECK(g.edges().size() == count + 1);
    CHECK(g.edges().back().what == flow_edge::kind::loop);
    CHECK(g.vertex_of("12345") == 12344);
}
