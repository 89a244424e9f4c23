// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/draw.hpp: a procedure as a drawing: SVG swim lanes, DOT, Mermaid.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/model/procedure.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh {

/// The figure that agencies draw themselves: a lane for each lead, a row for each step, returns at
/// the left, consultations dashed, ends below, limits at the right. The words around the
/// procedure's own are in `words`. Deterministic: equal models give equal bytes, no font is
/// measured and no clock read. A whole SVG 1.1 document in UTF-8, without scripts, links or outside
/// resources, so it can be shown inside a page; every text of the procedure is escaped. Time and
/// size are linear in the procedure, apart from the returns that overlap. Throws std::bad_alloc
/// only; thread-safe.
[[nodiscard]] QUYTRINH_DECL std::string draw_svg(const procedure& of,
                                                 language words = language::vi);

/// What a drawing says beside its procedure: a mark on steps and ways, words under limits, a
/// legend. A mark is a sign and a kind of line beside its colour, so that a black-and-white print
/// and every eye tell them apart. Ids and numbers that the procedure does not have are ignored.
struct draw_overlay {
    enum class mark : std::uint8_t { none, done, partly, missing };
    std::map<std::string, mark> steps;  ///< by the id of the step or consultation
    /// By step and number of the branch; a step without branches has number 0.
    std::map<std::pair<std::string, std::uint32_t>, mark> branches;
    /// Of the `sau đó →` of a branch.
    std::map<std::pair<std::string, std::uint32_t>, mark> afterwards;
    /// By step and number of the limit: said after it.
    std::map<std::pair<std::string, std::uint32_t>, std::string> limits;
    std::map<std::string, std::vector<std::string>> notes;  ///< small lines in the box of a step
    std::string under;                                      ///< a line under the title
    std::vector<std::pair<mark, std::string>> legend;
};
/// The same figure with an overlay.
[[nodiscard]] QUYTRINH_DECL std::string draw_svg(const procedure& of, const draw_overlay& over,
                                                 language words = language::vi);

/// The flow for Graphviz: a node for each step, consultation and end. As above.
[[nodiscard]] QUYTRINH_DECL std::string draw_dot(const procedure& of,
                                                 language words = language::vi);

/// The flow for Mermaid (`flowchart TD`), as pages and wikis show it. As above.
[[nodiscard]] QUYTRINH_DECL std::string draw_mermaid(const procedure& of,
                                                     language words = language::vi);

}  // namespace quytrinh
