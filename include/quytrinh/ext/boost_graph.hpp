// SPDX-License-Identifier: BSL-1.0
// quytrinh/ext/boost_graph.hpp: opt-in: a flow_graph is a Boost.Graph, without copying. Include
// this and any algorithm of Boost.Graph runs on a procedure.
//
//     const quytrinh::flow_graph flow(*procedure);
//     std::vector<int> of(num_vertices(flow));
//     boost::strong_components(quytrinh::flow_of(flow),   // consultations aside
//                              boost::make_iterator_property_map(of.begin(),
//                              get(boost::vertex_index, flow)));
//
// flow_graph models VertexListGraph, BidirectionalGraph (hence IncidenceGraph), AdjacencyGraph and
// EdgeListGraph, with the interior properties vertex_index and edge_index. A vertex is its index in
// vertices(); an edge is a quytrinh::flow_edge_id. All functions are O(1), throw nothing and may be
// called from any thread.
#pragma once

#include <quytrinh/model/graph.hpp>

#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace quytrinh {

/// An edge as Boost.Graph passes it about: an index into flow_graph::edges().
struct flow_edge_id {
    std::uint32_t index = 0;
    friend auto operator<=>(const flow_edge_id&, const flow_edge_id&) = default;

    // Hidden friends, because `quytrinh::target` is already the name of where a branch leads: code
    // that has `using namespace quytrinh` reads `edges()[e.index].to` instead of calling target(e,
    // g).
    friend std::uint32_t source(flow_edge_id e, const flow_graph& g) noexcept {
        return g.edges()[e.index].from;
    }
    friend std::uint32_t target(flow_edge_id e, const flow_graph& g) noexcept {
        return g.edges()[e.index].to;
    }
};

namespace ext {

/// Edges that stand side by side: all of them, or those that leave a vertex.
class edge_iterator
    : public boost::iterator_facade<edge_iterator, flow_edge_id, boost::random_access_traversal_tag,
                                    flow_edge_id> {
public:
    edge_iterator() = default;
    explicit edge_iterator(std::uint32_t at) : at_(at) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] flow_edge_id dereference() const { return {at_}; }
    [[nodiscard]] bool equal(const edge_iterator& other) const { return at_ == other.at_; }
    void increment() { ++at_; }
    void decrement() { --at_; }
    void advance(std::ptrdiff_t n) { at_ = static_cast<std::uint32_t>(at_ + n); }
    [[nodiscard]] std::ptrdiff_t distance_to(const edge_iterator& other) const {
        return static_cast<std::ptrdiff_t>(other.at_) - static_cast<std::ptrdiff_t>(at_);
    }
    std::uint32_t at_ = 0;
};

/// Edges that enter a vertex.
class in_edge_iterator
    : public boost::iterator_facade<in_edge_iterator, flow_edge_id,
                                    boost::random_access_traversal_tag, flow_edge_id> {
public:
    in_edge_iterator() = default;
    explicit in_edge_iterator(const std::uint32_t* at) : at_(at) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] flow_edge_id dereference() const { return {*at_}; }
    [[nodiscard]] bool equal(const in_edge_iterator& other) const { return at_ == other.at_; }
    void increment() { ++at_; }
    void decrement() { --at_; }
    void advance(std::ptrdiff_t n) { at_ += n; }
    [[nodiscard]] std::ptrdiff_t distance_to(const in_edge_iterator& other) const {
        return other.at_ - at_;
    }
    const std::uint32_t* at_ = nullptr;
};

/// Vertices that the edges of a vertex lead to.
class adjacency_iterator
    : public boost::iterator_facade<adjacency_iterator, std::uint32_t,
                                    boost::random_access_traversal_tag, std::uint32_t> {
public:
    adjacency_iterator() = default;
    explicit adjacency_iterator(const flow_edge* at) : at_(at) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] std::uint32_t dereference() const { return at_->to; }
    [[nodiscard]] bool equal(const adjacency_iterator& other) const { return at_ == other.at_; }
    void increment() { ++at_; }
    void decrement() { --at_; }
    void advance(std::ptrdiff_t n) { at_ += n; }
    [[nodiscard]] std::ptrdiff_t distance_to(const adjacency_iterator& other) const {
        return other.at_ - at_;
    }
    const flow_edge* at_ = nullptr;
};

struct edge_index_map {
    using key_type = flow_edge_id;
    using value_type = std::uint32_t;
    using reference = std::uint32_t;
    using category = boost::readable_property_map_tag;
    friend std::uint32_t get(const edge_index_map&, flow_edge_id e) noexcept { return e.index; }
    std::uint32_t operator[](flow_edge_id e) const noexcept { return e.index; }
};

/// Keeps the edges that a case can take: flow and loops, not consultations.
struct takes_a_case {
    const flow_graph* graph = nullptr;
    bool operator()(flow_edge_id e) const noexcept {
        return graph->edges()[e.index].what != flow_edge::kind::consultation;
    }
};

/// Keeps the edges that lead on: neither loops nor consultations. What is left has no cycle.
struct leads_on {
    const flow_graph* graph = nullptr;
    bool operator()(flow_edge_id e) const noexcept {
        return graph->edges()[e.index].what == flow_edge::kind::flow;
    }
};

}  // namespace ext

}  // namespace quytrinh

template <>
struct boost::graph_traits<quytrinh::flow_graph> {
    using vertex_descriptor = std::uint32_t;
    using edge_descriptor = quytrinh::flow_edge_id;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    struct traversal_category : boost::bidirectional_graph_tag,
                                boost::adjacency_graph_tag,
                                boost::vertex_list_graph_tag,
                                boost::edge_list_graph_tag {};
    using vertex_iterator = boost::counting_iterator<std::uint32_t>;
    using edge_iterator = quytrinh::ext::edge_iterator;
    using out_edge_iterator = quytrinh::ext::edge_iterator;
    using in_edge_iterator = quytrinh::ext::in_edge_iterator;
    using adjacency_iterator = quytrinh::ext::adjacency_iterator;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    using degree_size_type = std::size_t;
    static vertex_descriptor null_vertex() { return 0xffffffff; }
};

template <>
struct boost::property_map<quytrinh::flow_graph, boost::vertex_index_t> {
    using type = boost::typed_identity_property_map<std::uint32_t>;
    using const_type = type;
};
template <>
struct boost::property_map<quytrinh::flow_graph, boost::edge_index_t> {
    using type = quytrinh::ext::edge_index_map;
    using const_type = type;
};

// What the concepts ask for, found by argument-dependent look-up.
namespace quytrinh {

namespace ext {
using graph_traits = boost::graph_traits<flow_graph>;
}

inline std::pair<ext::graph_traits::vertex_iterator, ext::graph_traits::vertex_iterator> vertices(
    const flow_graph& g) {
    using at = ext::graph_traits::vertex_iterator;
    return {at(0), at(static_cast<std::uint32_t>(g.vertices().size()))};
}
inline std::size_t num_vertices(const flow_graph& g) noexcept { return g.vertices().size(); }

inline std::pair<ext::edge_iterator, ext::edge_iterator> edges(const flow_graph& g) {
    return {ext::edge_iterator(0),
            ext::edge_iterator(static_cast<std::uint32_t>(g.edges().size()))};
}
inline std::size_t num_edges(const flow_graph& g) noexcept { return g.edges().size(); }

inline std::pair<ext::edge_iterator, ext::edge_iterator> out_edges(std::uint32_t v,
                                                                   const flow_graph& g) {
    const auto out = g.out(v);
    if (out.empty()) return {};
    const auto first = static_cast<std::uint32_t>(out.data() - g.edges().data());
    return {ext::edge_iterator(first),
            ext::edge_iterator(first + static_cast<std::uint32_t>(out.size()))};
}
inline std::size_t out_degree(std::uint32_t v, const flow_graph& g) noexcept {
    return g.out(v).size();
}

inline std::pair<ext::in_edge_iterator, ext::in_edge_iterator> in_edges(std::uint32_t v,
                                                                        const flow_graph& g) {
    const auto in = g.in(v);
    return {ext::in_edge_iterator(in.data()), ext::in_edge_iterator(in.data() + in.size())};
}
inline std::size_t in_degree(std::uint32_t v, const flow_graph& g) noexcept {
    return g.in(v).size();
}
inline std::size_t degree(std::uint32_t v, const flow_graph& g) noexcept {
    return g.out(v).size() + g.in(v).size();
}

inline std::pair<ext::adjacency_iterator, ext::adjacency_iterator> adjacent_vertices(
    std::uint32_t v, const flow_graph& g) {
    const auto out = g.out(v);
    return {ext::adjacency_iterator(out.data()), ext::adjacency_iterator(out.data() + out.size())};
}

inline boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t,
                                                             const flow_graph&) noexcept {
    return {};
}
inline std::uint32_t get(boost::vertex_index_t, const flow_graph&, std::uint32_t v) noexcept {
    return v;
}
inline ext::edge_index_map get(boost::edge_index_t, const flow_graph&) noexcept { return {}; }
inline std::uint32_t get(boost::edge_index_t, const flow_graph&, flow_edge_id e) noexcept {
    return e.index;
}

/// The graph that flow algorithms see: without consultation edges (the vertices stay).
[[nodiscard]] inline boost::filtered_graph<flow_graph, ext::takes_a_case> flow_of(
    const flow_graph& g) {
    return {g, ext::takes_a_case{&g}};
}

/// The flow without its loops: acyclic, for topological orders and longest paths.
[[nodiscard]] inline boost::filtered_graph<flow_graph, ext::leads_on> flow_without_loops(
    const flow_graph& g) {
    return {g, ext::leads_on{&g}};
}

}  // namespace quytrinh
