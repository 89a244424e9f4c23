// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/impl/lanes.hpp: the layout of a swim-lane drawing, in whole pixels: boxes in a
// grid of lanes and rows, connectors routed straight where the column is free and else along the
// sides.
#pragma once

#include <quytrinh/model/graph.hpp>
#include <quytrinh/render/impl/draw_words.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace quytrinh::detail::drawing {

/// Sizes of the drawing. Everything is derived from these and the text.
namespace size {
inline constexpr int margin = 24, lane = 216, box = 192, gap = 50, track = 16, side = 22;
inline constexpr int title_font = 20, head_font = 14, step_font = 13, note_font = 11;
inline constexpr int line = 17, note_line = 15, pad = 10, limits = 216;
}  // namespace size

struct lane {
    std::string code, title;
    bool external = false;
};

/// A box of the grid. There is one box a row, so a horizontal line beside it meets no other.
struct box {
    enum class shape : std::uint8_t { start, step, choice, consultation, end };
    shape what = shape::step;
    std::uint32_t vertex = 0;  ///< of the graph; unused for the start
    std::uint32_t lane = 0;
    draw_overlay::mark mark = draw_overlay::mark::none;
    std::vector<std::string> title, notes, limits;
    int x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] int middle_x() const { return x + width / 2; }
    [[nodiscard]] int bottom() const { return y + height; }
};

/// A line from box to box. `points` are the corners, `label` stands at the beginning.
struct connector {
    enum class route : std::uint8_t {
        down_then_across,  ///< through the sender's column, across above the receiver
        across_then_down,  ///< across below the sender, through the receiver's column
        left,
        right,  ///< out at the side, along a track, in at the same side
        aside,  ///< out at the side, then down into a consultation
    };
    route way = route::down_then_across;
    std::uint32_t from = 0, to = 0;  ///< boxes
    bool dashed = false;
    std::string outcome;  ///< "OK", "NOK" or empty, for the colour
    draw_overlay::mark mark = draw_overlay::mark::none;
    std::string text;  ///< the whole label
    std::vector<std::string> label;
    bool to_left = false;  ///< of `aside`: the consultation stands to the left
    std::uint32_t track = 0;
    std::vector<std::pair<int, int>> points;
    int label_x = 0, label_y = 0;
    bool label_at_end = false;  ///< anchored at its right end
};

struct layout {
    std::vector<lane> lanes;
    std::vector<box> boxes;  ///< one a row, from top to bottom
    std::vector<connector> connectors;
    int lanes_left = 0, lanes_top = 0, head_height = 0, lanes_bottom = 0;
    int limits_left = 0;  ///< 0 when there is no column of limits
    int width = 0, height = 0;
    [[nodiscard]] int lanes_right() const {
        return lanes_left + static_cast<int>(lanes.size()) * size::lane;
    }
};

/// Lays out a whole procedure, the heading above it `top` pixels high.
[[nodiscard]] layout lay_out(const procedure& of, const flow_graph& graph, const draw_words& say,
                             int top);

}  // namespace quytrinh::detail::drawing
