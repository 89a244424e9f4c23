// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/shape.ipp: the shape of the flow, by Boost.Graph. The only unit that pays for
// its headers.
#pragma once

#include <quytrinh/check/impl/rules.hpp>
#include <quytrinh/ext/boost_graph.hpp>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>

#include <algorithm>
#include <iterator>

namespace quytrinh::detail::checking {

namespace shape_bodies {

template <class T>
auto by_vertex(std::vector<T>& values) {
    return boost::make_iterator_property_map(values.begin(),
                                             boost::typed_identity_property_map<std::uint32_t>{});
}

inline void find_entries(study& s) {
    auto& entries = s.shape.entries;
    if (s.is_step(s.graph.entry())) entries.push_back(s.graph.entry());
    for (const auto& id : s.of.may_open_at) {
        const std::uint32_t v = s.step_of(id);
        if (v != none && std::find(entries.begin(), entries.end(), v) == entries.end())
            entries.push_back(v);
    }
}

inline bool resolves(const study& s, const branch& b) {
    const auto good = [&](const target& t) {
        if (t.ends) return true;
        if (t.step.empty()) return b.what == branch::kind::next;
        return s.step_of(t.step) != none;
    };
    return good(b.to) && (!b.afterwards || good(*b.afterwards));
}

/// The edges that are looked at, by index.
struct chosen_edges {
    const std::vector<char>* keep = nullptr;
    bool operator()(flow_edge_id e) const { return (*keep)[e.index] != 0; }
};

}  // namespace shape_bodies

void find_shape(study& s) {
    namespace own = shape_bodies;
    const flow_graph& g = s.graph;
    const std::size_t count = num_vertices(g);
    flow_shape& shape = s.shape;
    own::find_entries(s);

    const auto flow = flow_of(g);
    std::vector<boost::default_color_type> color(count, boost::white_color);
    boost::queue<std::uint32_t> queue;
    boost::breadth_first_visit(flow, shape.entries.begin(), shape.entries.end(), queue,
                               boost::default_bfs_visitor(), own::by_vertex(color));
    shape.reachable.resize(count);
    std::transform(color.begin(), color.end(), shape.reachable.begin(),
                   [](boost::default_color_type c) { return c != boost::white_color; });

    shape.component.resize(count);
    shape.components =
        static_cast<std::uint32_t>(boost::strong_components(flow, own::by_vertex(shape.component)));

    const auto acyclic = flow_without_loops(g);
    shape.order.reserve(count);
    boost::topological_sort(acyclic, std::back_inserter(shape.order));
    std::reverse(shape.order.begin(), shape.order.end());

    shape.unresolved.assign(count, 0);
    for (std::uint32_t v = 0; v < s.of.steps.size(); ++v) {
        const step& at = s.of.steps[v];
        bool unknown = s.is_lost(v, study::lost::ways);
        for (const auto& b : at.branches) unknown = unknown || !own::resolves(s, b);
        // Where it leads may be said in the heading, or by a step that is missing.
        if (at.branches.empty() && s.is_step(v))
            unknown = unknown || s.heading_lost(study::lost::order) ||
                      (s.of.steps_in_order && s.graph.out(v).empty());
        shape.unresolved[v] = unknown ? 1 : 0;
        shape.open = shape.open || (unknown && shape.reachable[v] != 0);
    }
}

std::vector<std::uint32_t> dominators(const study& s, const std::vector<char>& keep) {
    namespace own = shape_bodies;
    const flow_graph& g = s.graph;
    std::vector<std::uint32_t> tree(num_vertices(g), none);
    if (!s.is_step(g.entry())) return tree;
    const boost::filtered_graph<flow_graph, own::chosen_edges> chosen(g, own::chosen_edges{&keep});
    boost::lengauer_tarjan_dominator_tree(chosen, g.entry(), own::by_vertex(tree));
    for (auto& v : tree)
        if (v >= num_vertices(g)) v = none;
    return tree;
}

std::vector<std::uint32_t> components_over(const study& s, const std::vector<char>& keep) {
    namespace own = shape_bodies;
    const flow_graph& g = s.graph;
    std::vector<std::uint32_t> component(num_vertices(g));
    const boost::filtered_graph<flow_graph, own::chosen_edges> chosen(g, own::chosen_edges{&keep});
    boost::strong_components(chosen, own::by_vertex(component));
    return component;
}

}  // namespace quytrinh::detail::checking
