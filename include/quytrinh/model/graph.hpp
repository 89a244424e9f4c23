// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/graph.hpp: the flow of a procedure as indices and ranges. No algorithm lives here.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/model/procedure.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace quytrinh {

/// A vertex of the graph: a step, a consultation, or an end (one per named kind, one plain).
struct flow_vertex {
    enum class kind : std::uint8_t { step, consultation, end };
    kind what = kind::step;
    std::uint32_t step = 0;  ///< index into procedure::steps; unused for an end
    std::string end_kind;    ///< of an end
};

/// An edge. Flow algorithms see flow and loop edges; a consultation edge leads from the step where
/// it may be raised to the consultation and back. A consultation that may be raised at any step has
/// none: it stands beside the whole flow.
struct flow_edge {
    enum class kind : std::uint8_t { flow, loop, consultation };
    kind what = kind::flow;
    std::uint32_t from = 0, to = 0;
    std::uint32_t branch = 0;  ///< index into the step's branches; `afterwards` is marked below
    bool afterwards = false;   ///< the `sau đó →` of a counted branch
    bool implied =
        false;  ///< no branch is written (`các bước theo thứ tự`); `branch` means nothing
    std::string label;  ///< "OK", "NOK", "xong", the name, or the condition as written
};

/// The graph of a procedure: vertices in printed order, then the ends in order of appearance.
/// Targets that name no step are left out (the checker reports them). A step without a branch leads
/// to the next printed step, after the last to the plain end, where the procedure says `các bước
/// theo thứ tự`. A flow edge that leads to the same or an earlier printed step which can reach back
/// is a loop, so that without the loops the flow has no cycle. Keeps a pointer to the procedure,
/// which must outlive it. Built in time linear in the text; read from any thread.
class QUYTRINH_DECL flow_graph {
public:
    explicit flow_graph(const procedure& of);

    [[nodiscard]] const procedure& of() const noexcept { return *procedure_; }
    [[nodiscard]] std::span<const flow_vertex> vertices() const noexcept { return vertices_; }
    [[nodiscard]] std::span<const flow_edge> edges() const noexcept { return edges_; }
    /// Edges that leave a vertex, contiguous in `edges()`.
    [[nodiscard]] std::span<const flow_edge> out(std::uint32_t vertex) const noexcept;
    /// The edges that enter a vertex, as indices into `edges()`, ascending.
    [[nodiscard]] std::span<const std::uint32_t> in(std::uint32_t vertex) const noexcept;
    /// The vertex where a case starts: the first printed step; vertices().size() when there is
    /// none.
    [[nodiscard]] std::uint32_t entry() const noexcept;
    /// The vertex of a step id, the first printed of equal ones; vertices().size() when there is
    /// none.
    [[nodiscard]] std::uint32_t vertex_of(std::string_view step) const noexcept;

private:
    const procedure* procedure_;
    std::vector<flow_vertex> vertices_;
    std::vector<flow_edge> edges_;
    std::vector<std::uint32_t> first_out_;
    std::vector<std::uint32_t> in_, first_in_;
    std::vector<std::uint32_t> by_id_;  ///< a table by hash: a step plus one, or 0
};

}  // namespace quytrinh
