// SPDX-License-Identifier: BSL-1.0
// tests/ext/boost_graph.cpp: a procedure as a Boost.Graph: concepts and algorithms.
#include <quytrinh/ext/boost_graph.hpp>

#include <doctest/doctest.h>

#include <support/model_builder.hpp>

#include <boost/concept/assert.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>

#include <algorithm>
#include <iterator>
#include <map>

// Before the using directives, after which `target` is the name of a type.
template <class Edge, class Graph>
static std::pair<std::uint32_t, std::uint32_t> ends_of(Edge e, const Graph& g) {
    return {source(e, g), target(e, g)};
}

using namespace quytrinh;
using namespace build;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<flow_graph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<flow_graph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<flow_graph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<flow_graph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<flow_graph>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<flow_graph, std::uint32_t, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<flow_graph, flow_edge_id, boost::edge_index_t>));

namespace {

/// 1 → 2 ⇄ 1, 2 → 3 → end; consultation 2a at 2; step 4 → 3 is never reached.
procedure sample() {
    procedure_builder p;
    p.add(a_step("1").go(done(to("2"))))
        .add(a_step("2").go(ok(to("3"))).go(nok(to("1"))))
        .add(a_consultation("2a", {"2"}))
        .add(a_step("3").go(done(end())))
        .add(a_step("4").go(done(to("3"))));
    return p.made;
}

}  // namespace

TEST_CASE("the same numbers as the view") {
    const procedure p = sample();
    const flow_graph g(p);
    CHECK(num_vertices(g) == 6);
    CHECK(num_edges(g) == 7);
    CHECK(static_cast<std::size_t>(std::distance(vertices(g).first, vertices(g).second)) == 6);
    std::size_t out = 0, in = 0;
    for (auto [v, last] = vertices(g); v != last; ++v) {
        out += out_degree(*v, g);
        in += in_degree(*v, g);
        CHECK(degree(*v, g) == out_degree(*v, g) + in_degree(*v, g));
        for (auto [e, past] = out_edges(*v, g); e != past; ++e) CHECK(ends_of(*e, g).first == *v);
        for (auto [e, past] = in_edges(*v, g); e != past; ++e) CHECK(ends_of(*e, g).second == *v);
        auto e = out_edges(*v, g).first;
        for (auto [a, past] = adjacent_vertices(*v, g); a != past; ++a, ++e)
            CHECK(ends_of(*e, g).second == *a);
    }
    CHECK(out == num_edges(g));
    CHECK(in == num_edges(g));
    CHECK(out_edges(5, g).first == out_edges(5, g).second);
}

TEST_CASE("boost::breadth_first_search: distances from the first step") {
    const procedure p = sample();
    const flow_graph g(p);
    std::vector<int> distance(num_vertices(g), -1);
    distance[g.entry()] = 0;
    boost::breadth_first_search(
        g, g.entry(),
        boost::visitor(boost::make_bfs_visitor(boost::record_distances(
            boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, g)),
            boost::on_tree_edge()))));
    CHECK(distance == std::vector<int>{0, 1, 2, 2, -1, 3});
}

TEST_CASE(
    "boost::strong_components: consultations are round trips, the flow alone shows the loop") {
    const procedure p = sample();
    const flow_graph g(p);
    std::vector<int> c(num_vertices(g));
    const auto component =
        boost::make_iterator_property_map(c.begin(), get(boost::vertex_index, g));
    CHECK(boost::strong_components(g, component) == 4);
    CHECK(c[0] == c[1]);
    CHECK(c[1] == c[2]);
    CHECK(boost::strong_components(flow_of(g), component,
                                   boost::vertex_index_map(get(boost::vertex_index, g))) == 5);
    CHECK(c[0] == c[1]);
    CHECK(c[1] != c[2]);
}

TEST_CASE("boost::topological_sort: the flow without its loops has no cycle") {
    const procedure p = sample();
    const flow_graph g(p);
    std::vector<std::uint32_t> order;
    const auto acyclic = flow_without_loops(g);
    boost::topological_sort(acyclic, std::back_inserter(order),
                            boost::vertex_index_map(get(boost::vertex_index, g)));
    std::reverse(order.begin(), order.end());
    REQUIRE(order.size() == num_vertices(g));
    std::vector<std::size_t> rank(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    for (const auto& e : g.edges())
        if (e.what == flow_edge::kind::flow) CHECK(rank[e.from] < rank[e.to]);
    std::vector<std::uint32_t> unused;
    CHECK_THROWS_AS(boost::topological_sort(g, std::back_inserter(unused)), boost::not_a_dag);
}

TEST_CASE("boost::reverse_graph and boost::lengauer_tarjan_dominator_tree run on it too") {
    const procedure p = sample();
    const flow_graph g(p);
    const auto back = boost::make_reverse_graph(g);
    std::vector<boost::default_color_type> color(num_vertices(g));
    boost::queue<std::uint32_t> queue;
    boost::breadth_first_visit(
        back, std::uint32_t{5}, queue, boost::default_bfs_visitor(),
        boost::make_iterator_property_map(color.begin(), get(boost::vertex_index, g)));
    CHECK(std::count(color.begin(), color.end(), boost::black_color) == 6);

    // Boost's dominators are only right when every vertex can be reached.
    procedure reachable = p;
    reachable.steps.pop_back();
    const flow_graph h(reachable);
    const auto none = boost::graph_traits<flow_graph>::null_vertex();
    std::vector<std::uint32_t> dominator(num_vertices(h), none);
    boost::lengauer_tarjan_dominator_tree(
        h, h.entry(),
        boost::make_iterator_property_map(dominator.begin(), get(boost::vertex_index, h)));
    CHECK(dominator == std::vector<std::uint32_t>{none, 0, 1, 1, 3});
}
