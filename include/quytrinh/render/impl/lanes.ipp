// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/impl/lanes.ipp: where everything stands. First the boxes of each row, then how
// each edge goes, then tracks and exits beside the boxes, at last the pixels.
#pragma once

#include <quytrinh/render/impl/draw_text.hpp>
#include <quytrinh/render/impl/lanes.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>

namespace quytrinh::detail::drawing {

/// Builds a layout; the steps are in the order in which lay_out calls them.
class lane_planner {
public:
    lane_planner(const procedure& of, const flow_graph& graph, const draw_words& say)
        : of_(of), graph_(graph), say_(say), row_of_(graph.vertices().size(), 0) {
        for (std::uint32_t i = 0; i < of.parties.size(); ++i)
            parties_.try_emplace(of.parties[i].code, i);
    }

    void make_boxes();
    void make_connectors();
    void assign_tracks();
    void gather_sides();
    void place_boxes(int top);
    void place_connectors();
    layout take() { return std::move(plan_); }

private:
    using route = connector::route;

    /// A line at one side of a box.
    struct side_use {
        std::uint32_t connector = 0, track = 0;
        bool entry = false, upward = false;
        std::size_t slot = 0;
    };
    struct box_side {
        std::vector<side_use> uses;
        std::vector<int> heights;  ///< of its slots, from above
        int total = 0;
    };

    std::uint32_t lane_of(const step& s);
    std::uint32_t lane_of(const std::string& code);
    void add_box(box b);
    void add_step(std::uint32_t v);
    void add_ends();
    void connect(const flow_edge& e);
    void connect_consultation(std::uint32_t host, std::uint32_t asked);
    [[nodiscard]] bool is_free(std::uint32_t lane, std::uint32_t after, std::uint32_t before) const;
    void label(connector& c, const std::string& text, int width);
    [[nodiscard]] int side_room(bool left) const;
    void spread_exits();
    [[nodiscard]] int edge_x(const box& b, bool left, int y) const;
    void draw(connector& c);

    const procedure& of_;
    const flow_graph& graph_;
    const draw_words& say_;
    layout plan_;
    std::unordered_map<std::string_view, std::uint32_t> parties_, lanes_;
    std::vector<std::uint32_t> row_of_;                         ///< by vertex
    std::vector<std::vector<std::uint32_t>> in_lane_;           ///< rows of each lane, ascending
    std::vector<char> leaves_below_;                            ///< by row: the bottom is taken
    std::map<std::pair<std::uint32_t, bool>, box_side> sides_;  ///< by row; true: the left
    std::vector<int> exit_y_, entry_y_;  ///< by connector, where it uses a side
    std::uint32_t tracks_left_ = 0, tracks_right_ = 0;
    int room_left_ = 0, room_right_ = 0;  ///< between the lanes and the first track
};

inline std::uint32_t lane_planner::lane_of(const std::string& code) {
    const auto [at, is_new] =
        lanes_.try_emplace(code, static_cast<std::uint32_t>(plan_.lanes.size()));
    if (is_new) {
        lane made;
        made.code = code.empty() ? "?" : code;
        if (const auto p = parties_.find(code); p != parties_.end()) {
            made.title = of_.parties[p->second].title;
            made.external = of_.parties[p->second].kind == party_kind::external;
        }
        plan_.lanes.push_back(std::move(made));
        in_lane_.emplace_back();
    }
    return at->second;
}

inline std::uint32_t lane_planner::lane_of(const step& s) {
    static const std::string nobody;
    const step* where = &s;
    for (int depth = 0; depth < 16 && where->lead.parties.empty(); ++depth) {
        const auto v = graph_.vertex_of(where->lead.as_step);
        if (v >= of_.steps.size()) return lane_of(nobody);
        where = &of_.steps[v];
    }
    return where->lead.parties.empty() ? lane_of(nobody) : lane_of(where->lead.parties.front());
}

inline void lane_planner::add_box(box b) {
    in_lane_[b.lane].push_back(static_cast<std::uint32_t>(plan_.boxes.size()));
    plan_.boxes.push_back(std::move(b));
}

inline void lane_planner::add_step(std::uint32_t v) {
    const step& s = of_.steps[v];
    box b;
    b.vertex = v;
    b.lane = lane_of(s);
    const bool chooses = std::any_of(s.branches.begin(), s.branches.end(), [](const branch& way) {
        return way.what != branch::kind::done && way.what != branch::kind::next;
    });
    b.what = s.kind == step_kind::consultation ? box::shape::consultation
             : chooses                         ? box::shape::choice
                                               : box::shape::step;
    // A choice has slanted sides, which take room from the text.
    b.width = size::box;
    const int text = size::box - 2 * size::pad - (chooses ? 14 : 0);
    b.mark = say_.mark_of(s);
    b.title =
        wrap(std::string(sign_of(b.mark)) + draw_words::title(s), text, size::step_font, true, 5);
    for (const auto& note : say_.notes(s)) {
        const auto lines = wrap(note, text, size::note_font, false, 3);
        b.notes.insert(b.notes.end(), lines.begin(), lines.end());
        if (b.notes.size() >= 9) break;
    }
    for (const auto& limit : say_.limits(s)) {
        const auto lines = wrap(limit, size::limits - 2 * size::pad, size::note_font + 1, false, 4);
        b.limits.insert(b.limits.end(), lines.begin(), lines.end());
        if (b.limits.size() >= 12) break;
    }
    row_of_[v] = static_cast<std::uint32_t>(plan_.boxes.size());
    add_box(std::move(b));
}

/// An end stands in the lane of the last step that leads to it.
inline void lane_planner::add_ends() {
    for (std::uint32_t v = static_cast<std::uint32_t>(of_.steps.size());
         v < graph_.vertices().size(); ++v) {
        const auto in = graph_.in(v);
        box b;
        b.what = box::shape::end;
        b.vertex = v;
        b.lane = in.empty() ? 0 : plan_.boxes[row_of_[graph_.edges()[in.back()].from]].lane;
        b.title = wrap(say_.end(graph_.vertices()[v].end_kind), size::box - 2 * size::pad,
                       size::step_font, true, 3);
        row_of_[v] = static_cast<std::uint32_t>(plan_.boxes.size());
        add_box(std::move(b));
    }
}

inline void lane_planner::make_boxes() {
    const step* first = of_.first_step();
    box start;
    start.what = box::shape::start;
    start.lane = first == nullptr ? lane_of(std::string{}) : lane_of(*first);
    start.title = {say_.start()};
    add_box(std::move(start));
    for (std::uint32_t v = 0; v < of_.steps.size(); ++v) add_step(v);
    add_ends();
    leaves_below_.assign(plan_.boxes.size(), 0);
}

/// No box of the lane stands in the rows between.
inline bool lane_planner::is_free(std::uint32_t lane, std::uint32_t after,
                                  std::uint32_t before) const {
    const auto& rows = in_lane_[lane];
    const auto next = std::upper_bound(rows.begin(), rows.end(), after);
    return next == rows.end() || *next >= before;
}

inline void lane_planner::label(connector& c, const std::string& text, int width) {
    c.text = text;
    c.label = wrap(text, width, size::note_font, true, 2);
}

inline void lane_planner::connect(const flow_edge& e) {
    connector c;
    c.from = row_of_[e.from];
    c.to = row_of_[e.to];
    const auto& boxes = plan_.boxes;
    const std::uint32_t here = boxes[c.from].lane, there = boxes[c.to].lane;
    if (!e.implied && e.what != flow_edge::kind::consultation) {
        const auto what = of_.steps[e.from].branches[e.branch].what;
        if (what == branch::kind::ok) c.outcome = "OK";
        if (what == branch::kind::nok) c.outcome = "NOK";
    }
    const bool down = c.to > c.from;
    if (down && leaves_below_[c.from] == 0 && is_free(here, c.from, c.to)) {
        c.way = route::down_then_across;
    } else if (down && leaves_below_[c.from] == 0 && here != there &&
               is_free(there, c.from, c.to)) {
        c.way = route::across_then_down;
    } else {
        c.way = down ? route::right : route::left;
    }
    const bool below = c.way == route::down_then_across || c.way == route::across_then_down;
    if (below) leaves_below_[c.from] = 1;
    // No box stands between two rows, so a label there may reach into the lanes at its right.
    const int free_lanes = static_cast<int>(plan_.lanes.size() - here) * size::lane;
    c.mark = say_.mark_of(of_.steps[e.from], e);
    label(c, std::string(sign_of(c.mark)) + say_.label(e),
          below ? std::min(230, free_lanes - size::lane / 2 - 14) : 150);
    plan_.connectors.push_back(std::move(c));
}

inline void lane_planner::connect_consultation(std::uint32_t host, std::uint32_t asked) {
    connector c;
    c.from = row_of_[host];
    c.to = row_of_[asked];
    c.dashed = true;
    const std::uint32_t here = plan_.boxes[c.from].lane, there = plan_.boxes[c.to].lane;
    c.to_left = there < here;
    const bool beside = c.to > c.from && here != there && is_free(there, c.from, c.to);
    c.way = beside ? route::aside : route::right;
    plan_.connectors.push_back(std::move(c));
}

inline void lane_planner::make_connectors() {
    const auto entry = graph_.entry();
    if (entry < of_.steps.size()) {
        connector c;
        c.to = row_of_[entry];
        c.way = is_free(plan_.boxes[0].lane, 0, c.to) ? route::down_then_across : route::right;
        plan_.connectors.push_back(std::move(c));
    }
    for (std::uint32_t v = 0; v < of_.steps.size(); ++v) {
        // The nearest step below goes straight down, so edges are taken in the order of their rows.
        std::vector<const flow_edge*> ways;
        for (const auto& e : graph_.out(v))
            if (e.what != flow_edge::kind::consultation) ways.push_back(&e);
        std::stable_sort(ways.begin(), ways.end(), [&](const flow_edge* a, const flow_edge* b) {
            const bool a_down = row_of_[a->to] > row_of_[v], b_down = row_of_[b->to] > row_of_[v];
            return a_down != b_down ? a_down : a_down && row_of_[a->to] < row_of_[b->to];
        });
        for (const auto* e : ways) connect(*e);
        for (const auto& e : graph_.out(v))
            if (e.what == flow_edge::kind::consultation && of_.steps[v].kind == step_kind::step)
                connect_consultation(v, e.to);
    }
}

/// Lines at one side that go to the same box share a track; a track holds what does not overlap.
/// Short ones stand nearest to the lanes.
inline void lane_planner::assign_tracks() {
    struct bundle {
        std::uint32_t first = 0, last = 0;
        std::vector<std::uint32_t> members;
    };
    for (const route side : {route::left, route::right}) {
        std::map<std::pair<std::uint32_t, bool>, bundle> bundles;
        for (std::uint32_t i = 0; i < plan_.connectors.size(); ++i) {
            const connector& c = plan_.connectors[i];
            if (c.way != side) continue;
            auto [at, is_new] = bundles.try_emplace({c.to, c.dashed});
            bundle& b = at->second;
            const auto first = std::min(c.from, c.to), last = std::max(c.from, c.to);
            b.first = is_new ? first : std::min(b.first, first);
            b.last = is_new ? last : std::max(b.last, last);
            b.members.push_back(i);
        }
        std::vector<const bundle*> order;
        for (const auto& [key, b] : bundles) order.push_back(&b);
        std::stable_sort(order.begin(), order.end(), [](const bundle* a, const bundle* b) {
            return a->last - a->first < b->last - b->first;
        });
        // Of each track, what is taken: last row by first row.
        std::vector<std::map<std::uint32_t, std::uint32_t>> tracks;
        const auto fits = [](const std::map<std::uint32_t, std::uint32_t>& taken, const bundle& b) {
            const auto after = taken.upper_bound(b.last);
            return after == taken.begin() || std::prev(after)->second < b.first;
        };
        for (const auto* b : order) {
            std::uint32_t t = 0;
            while (t < tracks.size() && !fits(tracks[t], *b)) ++t;
            if (t == tracks.size()) tracks.emplace_back();
            tracks[t].emplace(b->first, b->last);
            for (const auto i : b->members) plan_.connectors[i].track = t;
        }
        (side == route::left ? tracks_left_ : tracks_right_) =
            static_cast<std::uint32_t>(tracks.size());
    }
}

/// Room between the lanes and the first track, for labels of boxes in the outermost lane.
inline int lane_planner::side_room(bool left) const {
    const int beside_box = (size::lane - size::box) / 2;
    int room = size::side;
    for (const auto& c : plan_.connectors) {
        if (c.way != (left ? route::left : route::right)) continue;
        const std::uint32_t lane = plan_.boxes[c.from].lane;
        if (lane != (left ? 0 : plan_.lanes.size() - 1)) continue;
        for (const auto& line : c.label)
            room = std::max(room, width_of(line, size::note_font, true) + 18 - beside_box);
    }
    return room;
}

inline void lane_planner::place_boxes(int top) {
    const int tracks_left = static_cast<int>(tracks_left_) * size::track;
    const int tracks_right = static_cast<int>(tracks_right_) * size::track;
    room_left_ = side_room(true);
    room_right_ = side_room(false);
    plan_.lanes_left = size::margin + (tracks_left_ == 0 ? 0 : tracks_left + room_left_);
    plan_.lanes_top = top;
    std::size_t head_lines = 1;
    for (const auto& l : plan_.lanes)
        head_lines = std::max(
            head_lines, 1 + wrap(l.title, size::lane - 16, size::note_font + 1, false, 3).size());
    plan_.head_height = 14 + static_cast<int>(head_lines) * size::line;

    bool any_limit = false;
    int y = top + plan_.head_height + 18;
    for (auto& b : plan_.boxes) {
        any_limit = any_limit || !b.limits.empty();
        const int text = static_cast<int>(b.title.size()) * size::line +
                         static_cast<int>(b.notes.size()) * size::note_line;
        const bool small = b.what == box::shape::start || b.what == box::shape::end;
        b.height = small ? text + 12 : std::max(52, text + 2 * size::pad);
        b.height =
            std::max(b.height, static_cast<int>(b.limits.size()) * (size::note_line + 1) + 8);
        const auto row = static_cast<std::uint32_t>(&b - plan_.boxes.data());
        for (const bool left : {true, false})
            if (const auto side = sides_.find({row, left}); side != sides_.end())
                b.height = std::max(b.height, side->second.total + 6);
        int widest = 60;
        for (const auto& line : b.title)
            widest = std::max(widest, width_of(line, size::step_font, true));
        b.width = small ? std::min(size::box, (widest + 34) / 2 * 2) : size::box;
        b.x = plan_.lanes_left + static_cast<int>(b.lane) * size::lane + (size::lane - b.width) / 2;
        b.y = y;
        y += b.height + (b.what == box::shape::start ? 30 : size::gap);
    }
    plan_.lanes_bottom = y - size::gap + 22;
    const int right = plan_.lanes_right() + (tracks_right_ == 0 ? 0 : tracks_right + room_right_);
    plan_.limits_left = any_limit ? right + 12 : 0;
    plan_.width = (any_limit ? plan_.limits_left + size::limits : right) + size::margin;
    plan_.height = plan_.lanes_bottom + size::margin;
}

/// What uses each side of each box. Lines that go up stand above those that go down, so that they
/// do not cross; lines of one bundle come in together; a line with a label needs room for it.
inline void lane_planner::gather_sides() {
    const auto& connectors = plan_.connectors;
    for (std::uint32_t i = 0; i < connectors.size(); ++i) {
        const connector& c = connectors[i];
        if (c.way == route::aside) sides_[{c.from, c.to_left}].uses.push_back({i, 0, false, false});
        if (c.way != route::left && c.way != route::right) continue;
        const bool left = c.way == route::left;
        sides_[{c.from, left}].uses.push_back({i, c.track, false, c.to <= c.from});
        sides_[{c.to, left}].uses.push_back({i, c.track, true, c.to > c.from});
    }
    for (auto& [key, side] : sides_) {
        std::stable_sort(
            side.uses.begin(), side.uses.end(),
            [](const side_use& a, const side_use& b) { return a.upward && !b.upward; });
        std::map<std::pair<std::uint32_t, bool>, std::size_t> bundles;
        for (auto& use : side.uses) {
            const std::size_t next = side.heights.size();
            use.slot =
                use.entry ? bundles.try_emplace({use.track, use.upward}, next).first->second : next;
            if (use.slot < next) continue;
            const auto lines =
                use.entry ? 0 : static_cast<int>(connectors[use.connector].label.size());
            side.heights.push_back(lines == 0 ? 14 : 8 + 13 * lines);
            side.total += side.heights.back();
        }
    }
}

/// Where each line leaves and enters, once the boxes have their heights. A label stands above its
/// line.
inline void lane_planner::spread_exits() {
    exit_y_.assign(plan_.connectors.size(), 0);
    entry_y_.assign(plan_.connectors.size(), 0);
    for (const auto& [key, side] : sides_) {
        const box& b = plan_.boxes[key.first];
        std::vector<int> y;
        int bottom = b.y + (b.height - side.total) / 2;
        for (const int height : side.heights)
            y.push_back((bottom += height) - (height > 14 ? 4 : height / 2));
        if (y.size() == 1) y[0] = b.y + b.height / 2;
        for (const auto& use : side.uses)
            (use.entry ? entry_y_ : exit_y_)[use.connector] = y[use.slot];
    }
}

/// The edge of a box at a height: a choice has slanted sides.
inline int lane_planner::edge_x(const box& b, bool left, int y) const {
    const int half = std::max(1, b.height / 2);
    const int away = std::min(half, std::abs(y - (b.y + half)));
    const int inset = b.what == box::shape::choice ? 12 * away / half : 0;
    return left ? b.x + inset : b.x + b.width - inset;
}

inline void lane_planner::draw(connector& c) {
    const auto i = static_cast<std::size_t>(&c - plan_.connectors.data());
    const box &a = plan_.boxes[c.from], &b = plan_.boxes[c.to];
    const int lines = static_cast<int>(c.label.size());
    switch (c.way) {
    case route::down_then_across:
    case route::across_then_down: {
        const int y = c.way == route::down_then_across ? b.y - 16 : a.bottom() + 22;
        c.points = {{a.middle_x(), a.bottom()}};
        if (a.middle_x() != b.middle_x()) {
            c.points.emplace_back(a.middle_x(), y);
            c.points.emplace_back(b.middle_x(), y);
        }
        c.points.emplace_back(b.middle_x(), b.y);
        c.label_x = a.middle_x() + 7;
        c.label_y = a.bottom() + 14;
        break;
    }
    case route::left:
    case route::right: {
        const bool left = c.way == route::left;
        const int offset = size::track * static_cast<int>(c.track);
        const int x = left ? plan_.lanes_left - room_left_ - offset
                           : plan_.lanes_right() + room_right_ + offset;
        const int from = edge_x(a, left, exit_y_[i]), to = edge_x(b, left, entry_y_[i]);
        c.points = {{from, exit_y_[i]}, {x, exit_y_[i]}, {x, entry_y_[i]}, {to, entry_y_[i]}};
        c.label_x = left ? a.x - 8 : a.x + a.width + 8;
        c.label_at_end = left;
        c.label_y = exit_y_[i] - 5 - (lines - 1) * 13;
        break;
    }
    case route::aside: {
        const int from = edge_x(a, c.to_left, exit_y_[i]);
        c.points = {{from, exit_y_[i]}, {b.middle_x(), exit_y_[i]}, {b.middle_x(), b.y}};
        break;
    }
    }
}

inline void lane_planner::place_connectors() {
    spread_exits();
    for (auto& c : plan_.connectors) draw(c);
}

layout lay_out(const procedure& of, const flow_graph& graph, const draw_words& say, int top) {
    lane_planner planner(of, graph, say);
    planner.make_boxes();
    planner.make_connectors();
    planner.assign_tracks();
    planner.gather_sides();
    planner.place_boxes(top);
    planner.place_connectors();
    return planner.take();
}

}  // namespace quytrinh::detail::drawing
