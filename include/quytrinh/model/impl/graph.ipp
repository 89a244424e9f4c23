// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/impl/graph.ipp: from branches to vertices and edges, and which edges lead back.
#pragma once

#include <quytrinh/model/graph.hpp>
#include <quytrinh/model/unread.hpp>

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <numeric>

namespace quytrinh {

namespace detail::graph_bodies {

/// Where a step stands in a table by the hash of its id, or the free slot where it would. At most
/// half of the slots are taken.
inline std::size_t slot_of(const std::vector<std::uint32_t>& table, const procedure& of,
                           std::string_view id) {
    std::size_t at = std::hash<std::string_view>{}(id) & (table.size() - 1);
    while (table[at] != 0 && of.steps[table[at] - 1].id != id) at = (at + 1) & (table.size() - 1);
    return at;
}

/// A condition as it stands in the text, white space run together; empty when the text is not at
/// hand.
inline std::string as_written(const procedure& of, const condition& c) {
    if (c.where.file >= of.sources.size()) return {};
    std::string words;
    bool gap = false;
    for (const char byte : of.sources[c.where.file].slice(c.where.range)) {
        if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
            gap = !words.empty();
            continue;
        }
        if (gap) words += ' ';
        gap = false;
        words += byte;
    }
    return words;
}

/// What an edge is called in a drawing: the outcome, and the condition where there is one.
inline std::string label_of(const procedure& of, const branch& b) {
    const bool vi = of.words == dialect::vi;
    std::string label;
    switch (b.what) {
    case branch::kind::done:
    case branch::kind::next: label = vi ? "xong" : "done"; break;
    case branch::kind::ok:
    case branch::kind::nok:
    case branch::kind::named: label = b.outcome(); break;
    case branch::kind::otherwise: label = vi ? "còn lại" : "otherwise"; break;
    case branch::kind::condition: break;
    }
    if (!b.when) return label;
    const std::string_view keyword = vi ? "nếu" : "if";
    std::string words = as_written(of, *b.when);
    if (words.compare(0, keyword.size(), keyword) != 0)
        words = std::string(keyword) + (words.empty() ? "" : " ") + words;
    return label.empty() ? words : label + ' ' + words;
}

/// Strongly connected components of the flow edges (Tarjan, without recursion): a number per
/// vertex.
class components {
public:
    components(std::span<const flow_edge> edges, std::span<const std::uint32_t> first_out)
        : edges_(edges),
          first_out_(first_out),
          size_(first_out.size() - 1),
          component_(size_, none),
          index_(size_, none),
          low_(size_, 0) {
        for (std::uint32_t v = 0; v < size_; ++v)
            if (index_[v] == none) visit(v);
    }
    [[nodiscard]] std::uint32_t operator[](std::uint32_t vertex) const {
        return component_[vertex];
    }

private:
    static constexpr std::uint32_t none = 0xffffffff;
    struct frame {
        std::uint32_t vertex, next_edge;
    };

    void enter(std::uint32_t vertex) {
        index_[vertex] = low_[vertex] = next_index_++;
        open_.push_back(vertex);
        calls_.push_back({vertex, first_out_[vertex]});
    }

    void visit(std::uint32_t root) {
        enter(root);
        while (!calls_.empty()) {
            const std::uint32_t v = calls_.back().vertex;
            if (calls_.back().next_edge == first_out_[v + 1]) {
                leave(v);
                continue;
            }
            const flow_edge& e = edges_[calls_.back().next_edge++];
            if (e.what == flow_edge::kind::consultation) continue;
            if (index_[e.to] == none)
                enter(e.to);
            else if (component_[e.to] == none)
                low_[v] = std::min(low_[v], index_[e.to]);
        }
    }

    void leave(std::uint32_t v) {
        calls_.pop_back();
        if (!calls_.empty())
            low_[calls_.back().vertex] = std::min(low_[calls_.back().vertex], low_[v]);
        if (low_[v] != index_[v]) return;
        for (std::uint32_t member = none; member != v;) {
            member = open_.back();
            open_.pop_back();
            component_[member] = v;
        }
    }

    std::span<const flow_edge> edges_;
    std::span<const std::uint32_t> first_out_;
    std::size_t size_;
    std::vector<std::uint32_t> component_, index_, low_, open_;
    std::vector<frame> calls_;
    std::uint32_t next_index_ = 0;
};

/// Collects the edges of a procedure in the order of its text.
class edge_builder {
public:
    edge_builder(const flow_graph& graph, const procedure& of, std::vector<flow_vertex>& vertices)
        : graph_(graph), of_(of), vertices_(vertices) {}

    std::vector<flow_edge> build() {
        for (std::uint32_t v = 0; v < of_.steps.size(); ++v)
            if (of_.steps[v].kind == step_kind::step) add_step(v);
        for (std::uint32_t v = 0; v < of_.steps.size(); ++v)
            if (of_.steps[v].kind == step_kind::consultation) add_consultation(v);
        const auto above = [](const flow_edge& a, const flow_edge& b) { return a.from < b.from; };
        // Only consultations come out of turn.
        if (!std::is_sorted(edges_.begin(), edges_.end(), above))
            std::stable_sort(edges_.begin(), edges_.end(), above);
        return std::move(edges_);
    }

private:
    void add_step(std::uint32_t v) {
        const step& s = of_.steps[v];
        if (s.branches.empty() && of_.steps_in_order && !perhaps_elsewhere(v)) {
            flow_edge e;
            e.from = v;
            e.to = next_of(v);
            e.implied = true;
            e.label = of_.words == dialect::vi ? "xong" : "done";
            edges_.push_back(std::move(e));
        }
        for (std::uint32_t b = 0; b < s.branches.size(); ++b) {
            const branch& way = s.branches[b];
            const std::string label = label_of(of_, way);
            add(v, b, way, way.to, false, label);
            if (!way.afterwards) continue;
            const std::string times = std::to_string(way.at_most);
            add(v, b, way, *way.afterwards, true,
                label + (of_.words == dialect::vi ? ", sau " + times + " lần"
                                                  : ", after " + times + " times"));
        }
    }

    /// Of a draft: the line that says where it leads, or the step that is next, may be one that was
    /// not understood.
    [[nodiscard]] bool perhaps_elsewhere(std::uint32_t v) const {
        if (of_.unread == nullptr) return false;
        const unread_clauses& lost = *of_.unread;
        const auto here = v < lost.steps.size() ? lost.steps[v] : 0;
        return ((here | lost.elsewhere) & unread_clauses::ways) != 0;
    }

    void add(std::uint32_t v, std::uint32_t b, const branch& way, const target& to, bool afterwards,
             std::string label) {
        flow_edge e;
        e.from = v;
        e.branch = b;
        e.afterwards = afterwards;
        e.label = std::move(label);
        const bool written = to.ends || !to.step.empty();
        if (to.ends) {
            e.to = end_of(to.end_kind);
        } else if (!written && way.what == branch::kind::next && !afterwards) {
            e.to = next_of(v);
        } else {
            e.to = graph_.vertex_of(to.step);
            // A branch into a consultation is wrong as an unknown target is: no flow goes through
            // one.
            if (e.to >= of_.steps.size() || of_.steps[e.to].kind != step_kind::step) return;
        }
        edges_.push_back(std::move(e));
    }

    void add_consultation(std::uint32_t v) {
        const step& s = of_.steps[v];
        for (const auto& id : s.at_steps) {
            const std::uint32_t at = graph_.vertex_of(id);
            if (at >= of_.steps.size() || of_.steps[at].kind != step_kind::step) continue;
            flow_edge out;
            out.what = flow_edge::kind::consultation;
            out.from = at;
            out.to = v;
            flow_edge back = out;
            std::swap(back.from, back.to);
            edges_.push_back(std::move(out));
            edges_.push_back(std::move(back));
        }
    }

    std::uint32_t next_of(std::uint32_t v) {
        for (std::uint32_t n = v + 1; n < of_.steps.size(); ++n)
            if (of_.steps[n].kind == step_kind::step) return n;
        return end_of({});
    }

    std::uint32_t end_of(const std::string& kind) {
        const auto [at, is_new] =
            ends_.try_emplace(kind, static_cast<std::uint32_t>(vertices_.size()));
        if (is_new) vertices_.push_back({flow_vertex::kind::end, 0, kind});
        return at->second;
    }

    const flow_graph& graph_;
    const procedure& of_;
    std::vector<flow_vertex>& vertices_;
    std::vector<flow_edge> edges_;
    std::map<std::string, std::uint32_t> ends_;
};

}  // namespace detail::graph_bodies

flow_graph::flow_graph(const procedure& of) : procedure_(&of) {
    namespace own = detail::graph_bodies;
    const auto steps = static_cast<std::uint32_t>(of.steps.size());
    by_id_.assign(std::bit_ceil(std::size_t{2} * steps + 1), 0);
    for (std::uint32_t v = 0; v < steps; ++v) {
        std::uint32_t& slot = by_id_[own::slot_of(by_id_, of, of.steps[v].id)];
        if (slot == 0) slot = v + 1;
    }
    vertices_.reserve(steps + 1);
    for (std::uint32_t v = 0; v < steps; ++v) {
        const bool side = of.steps[v].kind == step_kind::consultation;
        vertices_.push_back(
            {side ? flow_vertex::kind::consultation : flow_vertex::kind::step, v, {}});
    }
    edges_ = own::edge_builder(*this, of, vertices_).build();

    const std::size_t count = vertices_.size();
    first_out_.assign(count + 1, 0);
    first_in_.assign(count + 1, 0);
    for (const auto& e : edges_) {
        ++first_out_[e.from + 1];
        ++first_in_[e.to + 1];
    }
    std::partial_sum(first_out_.begin(), first_out_.end(), first_out_.begin());
    std::partial_sum(first_in_.begin(), first_in_.end(), first_in_.begin());
    in_.resize(edges_.size());
    auto next = first_in_;
    for (std::uint32_t i = 0; i < edges_.size(); ++i) in_[next[edges_[i].to]++] = i;

    const own::components component(edges_, first_out_);
    for (auto& e : edges_)
        if (e.what == flow_edge::kind::flow && e.to <= e.from &&
            component[e.to] == component[e.from])
            e.what = flow_edge::kind::loop;
}

std::span<const flow_edge> flow_graph::out(std::uint32_t vertex) const noexcept {
    if (vertex >= vertices_.size()) return {};
    return std::span(edges_).subspan(first_out_[vertex],
                                     first_out_[vertex + 1] - first_out_[vertex]);
}

std::span<const std::uint32_t> flow_graph::in(std::uint32_t vertex) const noexcept {
    if (vertex >= vertices_.size()) return {};
    return std::span(in_).subspan(first_in_[vertex], first_in_[vertex + 1] - first_in_[vertex]);
}

std::uint32_t flow_graph::entry() const noexcept {
    const auto found = std::find_if(vertices_.begin(), vertices_.end(), [](const flow_vertex& v) {
        return v.what == flow_vertex::kind::step;
    });
    return static_cast<std::uint32_t>(found - vertices_.begin());
}

std::uint32_t flow_graph::vertex_of(std::string_view step) const noexcept {
    const std::uint32_t found = by_id_[detail::graph_bodies::slot_of(by_id_, *procedure_, step)];
    return found != 0 ? found - 1 : static_cast<std::uint32_t>(vertices_.size());
}

}  // namespace quytrinh
