// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/draw.hpp: a procedure as a drawing: SVG swim lanes, DOT, Mermaid.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/model/procedure.hpp>

#include <string>

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

/// The flow for Graphviz: a node for each step, consultation and end. As above.
[[nodiscard]] QUYTRINH_DECL std::string draw_dot(const procedure& of,
                                                 language words = language::vi);

/// The flow for Mermaid (`flowchart TD`), as pages and wikis show it. As above.
[[nodiscard]] QUYTRINH_DECL std::string draw_mermaid(const procedure& of,
                                                     language words = language::vi);

}  // namespace quytrinh
