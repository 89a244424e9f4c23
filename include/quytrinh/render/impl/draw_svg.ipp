// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/impl/draw_svg.ipp: the layout as SVG. Colours are few and carry no meaning that a
// label does not, so that a black-and-white print reads the same.
#pragma once

#include <quytrinh/render/draw.hpp>
#include <quytrinh/render/impl/draw_text.hpp>
#include <quytrinh/render/impl/draw_words.hpp>
#include <quytrinh/render/impl/lanes.hpp>

#include <string>

namespace quytrinh {

namespace detail::drawing {

inline constexpr std::string_view style_sheet = R"(
text { font-family: "Noto Sans", "Segoe UI", Roboto, "DejaVu Sans", Arial, sans-serif;
  fill: #1d2733; }
.title { font-size: 20px; font-weight: bold; }
.under { font-size: 12px; fill: #5a6675; }
.head { font-size: 14px; font-weight: bold; }
.sub { font-size: 12px; fill: #4a5563; }
.name { font-size: 13px; font-weight: bold; }
.note { font-size: 11px; fill: #4a5563; }
.limit { font-size: 12px; }
.label { font-size: 11px; font-weight: bold; paint-order: stroke; stroke: #ffffff;
  stroke-width: 4px; stroke-linejoin: round; }
.lane { fill: #ffffff; stroke: #c5ced9; }
.odd { fill: #f6f8fb; }
.cap { fill: #e3eaf3; stroke: #c5ced9; }
.out { fill: #f1ead9; }
.box { fill: #ffffff; stroke: #2f5d8a; stroke-width: 1.5; }
.choice { fill: #eef5fc; }
.asked { fill: #fffdf5; stroke: #8a6d1f; stroke-dasharray: 5 3; }
.pill { fill: #2f3b4a; stroke: none; }
.word { font-size: 13px; font-weight: bold; fill: #ffffff; }
.line { fill: none; stroke: #44505e; stroke-width: 1.4; marker-end: url(#arrow); }
.ok { stroke: #2a7a3b; marker-end: url(#arrow-ok); }
.nok { stroke: #b3261e; marker-end: url(#arrow-nok); }
.dash { stroke: #8a6d1f; stroke-dasharray: 5 3;
  marker-start: url(#arrow-asked); marker-end: url(#arrow-asked); }
)";

/// Beside the colours, the kind of line and the sign tell marks apart.
inline constexpr std::string_view overlay_sheet = R"(
.is-done { stroke: #1f6f8b; stroke-width: 2.5; fill: #e8f4f8; }
.is-partly { stroke: #b7791f; stroke-width: 2.5; stroke-dasharray: 9 3; fill: #fff8e6; }
.is-missing { stroke: #b3261e; stroke-width: 2.5; stroke-dasharray: 2 3; fill: #fdecea; }
.way-done { stroke-width: 2.4; }
.way-partly { stroke-width: 2.4; stroke-dasharray: 9 3; }
.way-missing { stroke-width: 2.4; stroke-dasharray: 2 3; }
)";

inline std::string marked(std::string kind, std::string_view what, draw_overlay::mark m) {
    if (m == draw_overlay::mark::none) return kind;
    kind += ' ';
    kind += what;
    switch (m) {
    case draw_overlay::mark::none: break;
    case draw_overlay::mark::done: return kind + "-done";
    case draw_overlay::mark::partly: return kind + "-partly";
    case draw_overlay::mark::missing: return kind + "-missing";
    }
    return kind;
}

/// Writes elements; every number is a whole one, so no locale and no rounding can change the bytes.
class svg_writer {
public:
    explicit svg_writer(std::string& out) : out_(out) {}

    void text(int x, int y, std::string_view kind, std::string_view words,
              std::string_view anchor = {}) {
        out_ += "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" class=\"";
        out_ += kind;
        out_ += '"';
        if (!anchor.empty()) {
            out_ += " text-anchor=\"";
            out_ += anchor;
            out_ += '"';
        }
        out_ += '>' + xml(words) + "</text>\n";
    }
    void rectangle(int x, int y, int width, int height, std::string_view kind, int round = 0) {
        out_ += "<rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
                std::to_string(width) + "\" height=\"" + std::to_string(height) + '"';
        if (round != 0) out_ += " rx=\"" + std::to_string(round) + '"';
        out_ += " class=\"";
        out_ += kind;
        out_ += "\"/>\n";
    }
    void line(std::string_view element, const std::vector<std::pair<int, int>>& points,
              std::string_view kind, std::string_view tip = {}) {
        out_ += '<';
        out_ += element;
        out_ += " points=\"";
        for (std::size_t i = 0; i < points.size(); ++i)
            out_ += (i == 0 ? "" : " ") + std::to_string(points[i].first) + ',' +
                    std::to_string(points[i].second);
        out_ += "\" class=\"";
        out_ += kind;
        if (tip.empty()) {
            out_ += "\"/>\n";
        } else {
            out_ += "\"><title>" + xml(tip) + "</title></";
            out_ += element;
            out_ += ">\n";
        }
    }
    void marker(std::string_view id, std::string_view colour) {
        out_ += "<marker id=\"";
        out_ += id;
        out_ +=
            "\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" "
            "orient=\"auto-start-reverse\"><path d=\"M0,0 L10,5 L0,10 z\" fill=\"";
        out_ += colour;
        out_ += "\"/></marker>\n";
    }
    void raw(std::string_view bytes) { out_ += bytes; }

private:
    std::string& out_;
};

struct heading {
    std::vector<std::string> title, under;
    int height = 0;
};

inline heading heading_of(const procedure& of, const draw_words& say, int width) {
    heading h;
    h.title = wrap(of.title.empty() ? of.code : of.code + " · " + of.title, width, size::title_font,
                   true, 3);
    std::string under = of.head.agency;
    const auto add = [&](std::string_view word, const std::string& value) {
        if (value.empty()) return;
        if (!under.empty()) under += " · ";
        under += word;
        under += value;
    };
    add(say.pick("lần ban hành ", "issue "), of.head.issue);
    add(say.pick("sửa đổi ", "revision "), of.head.revision);
    h.under = wrap(under, width, size::note_font + 1, false, 2);
    if (say.over() != nullptr && !say.over()->under.empty())
        for (auto& line : wrap(say.over()->under, width, size::note_font + 1, false, 3))
            h.under.push_back(std::move(line));
    h.height = size::margin + static_cast<int>(h.title.size()) * 26 +
               static_cast<int>(h.under.size()) * 17 + 10;
    if (say.over() != nullptr) h.height += 22 * static_cast<int>(say.over()->legend.size());
    return h;
}

/// A sample of each mark with its words, a line each, below the heading.
inline void draw_legend(svg_writer& w, const draw_overlay& over, int y) {
    for (const auto& [m, words] : over.legend) {
        w.rectangle(size::margin, y + 6, 34, 15, marked("box", "is", m), 3);
        w.text(size::margin + 44, y + 18, "limit", std::string(sign_of(m)) + words);
        y += 22;
    }
}

inline void draw_lanes(svg_writer& w, const layout& plan, const draw_words& say) {
    const int height = plan.lanes_bottom - plan.lanes_top;
    for (std::size_t i = 0; i < plan.lanes.size(); ++i) {
        const lane& l = plan.lanes[i];
        const int x = plan.lanes_left + static_cast<int>(i) * size::lane;
        w.rectangle(x, plan.lanes_top, size::lane, height, i % 2 == 0 ? "lane" : "lane odd");
        w.rectangle(x, plan.lanes_top, size::lane, plan.head_height,
                    l.external ? "cap out" : "cap");
        int y = plan.lanes_top + 7 + size::line - 3;
        w.text(x + size::lane / 2, y, "head",
               wrap(l.code, size::lane - 16, size::head_font, true, 1).front(), "middle");
        for (const auto& line : wrap(l.title, size::lane - 16, size::note_font + 1, false, 3))
            w.text(x + size::lane / 2, y += size::line, "sub", line, "middle");
    }
    if (plan.limits_left == 0) return;
    w.rectangle(plan.limits_left, plan.lanes_top, size::limits, height, "lane");
    w.rectangle(plan.limits_left, plan.lanes_top, size::limits, plan.head_height, "cap");
    w.text(plan.limits_left + size::limits / 2, plan.lanes_top + 7 + size::line - 3, "head",
           say.pick("Thời hạn", "Time limit"), "middle");
}

inline void draw_connector(svg_writer& w, const connector& c) {
    std::string kind = "line";
    if (c.dashed) kind += " dash";
    if (c.outcome == "OK") kind += " ok";
    if (c.outcome == "NOK") kind += " nok";
    w.line("polyline", c.points, marked(std::move(kind), "way", c.mark), c.text);
}

inline void draw_label(svg_writer& w, const connector& c) {
    int y = c.label_y;
    for (const auto& line : c.label) {
        w.text(c.label_x, y, "label", line, c.label_at_end ? "end" : "");
        y += 13;
    }
}

inline void draw_shape(svg_writer& w, const box& b) {
    const int right = b.x + b.width, bottom = b.bottom(), middle = b.y + b.height / 2;
    switch (b.what) {
    case box::shape::start:
    case box::shape::end: w.rectangle(b.x, b.y, b.width, b.height, "pill", b.height / 2); break;
    case box::shape::step:
        w.rectangle(b.x, b.y, b.width, b.height, marked("box", "is", b.mark), 4);
        break;
    case box::shape::consultation:
        w.rectangle(b.x, b.y, b.width, b.height, marked("box asked", "is", b.mark), 14);
        break;
    case box::shape::choice:
        w.line("polygon",
               {{b.x, middle},
                {b.x + 12, b.y},
                {right - 12, b.y},
                {right, middle},
                {right - 12, bottom},
                {b.x + 12, bottom}},
               marked("box choice", "is", b.mark));
        break;
    }
}

inline void draw_box(svg_writer& w, const box& b, const layout& plan, const draw_words& say) {
    draw_shape(w, b);
    const bool pill = b.what == box::shape::start || b.what == box::shape::end;
    const int text = static_cast<int>(b.title.size()) * size::line +
                     static_cast<int>(b.notes.size()) * size::note_line;
    int y = b.y + (b.height - text) / 2 - 4;
    for (const auto& line : b.title)
        w.text(b.middle_x(), y += size::line, pill ? "word" : "name", line, "middle");
    for (const auto& line : b.notes)
        w.text(b.middle_x(), y += size::note_line, "note", line, "middle");
    y = b.y + (b.height - static_cast<int>(b.limits.size()) * (size::note_line + 1)) / 2 - 4;
    for (const auto& line : b.limits)
        w.text(plan.limits_left + size::pad, y += size::note_line + 1,
               line == say.not_stated() ? "note" : "limit", line);
}

/// Thin lines through the column of limits at the height of each row would suggest a table; a rule
/// above each limit does, without cutting the lanes.
inline void draw_limit_rules(svg_writer& w, const layout& plan) {
    if (plan.limits_left == 0) return;
    for (const auto& b : plan.boxes)
        if (!b.limits.empty())
            w.line("polyline",
                   {{plan.limits_left, b.y - 6}, {plan.limits_left + size::limits, b.y - 6}},
                   "lane");
}

inline std::string whole_svg(const procedure& of, const draw_overlay* over, language words) {
    const flow_graph graph(of);
    const draw_words say(of, words, over);
    // The heading needs the width of the drawing and the drawing the height of the heading.
    layout plan = lay_out(of, graph, say, 0);
    const heading head = heading_of(of, say, plan.width - 2 * size::margin);
    plan = lay_out(of, graph, say, head.height);

    std::string out;
    svg_writer w(out);
    const std::string width = std::to_string(plan.width), height = std::to_string(plan.height);
    w.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "width=\"" +
        width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + ' ' + height +
        "\" role=\"img\">\n<title>" + xml(of.code + " " + of.title) + "</title>\n<defs>\n<style>");
    w.raw(style_sheet);
    if (over != nullptr) w.raw(overlay_sheet);
    w.raw("</style>\n");
    w.marker("arrow", "#44505e");
    w.marker("arrow-ok", "#2a7a3b");
    w.marker("arrow-nok", "#b3261e");
    w.marker("arrow-asked", "#8a6d1f");
    w.raw("</defs>\n");
    w.raw("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    int y = size::margin - 6;
    for (const auto& line : head.title) w.text(size::margin, y += 26, "title", line);
    for (const auto& line : head.under) w.text(size::margin, y += 17, "under", line);
    if (over != nullptr) draw_legend(w, *over, y);
    draw_lanes(w, plan, say);
    draw_limit_rules(w, plan);
    for (const auto& c : plan.connectors) draw_connector(w, c);
    for (const auto& b : plan.boxes) draw_box(w, b, plan, say);
    for (const auto& c : plan.connectors) draw_label(w, c);
    w.raw("</svg>\n");
    return out;
}

}  // namespace detail::drawing

std::string draw_svg(const procedure& of, language words) {
    return detail::drawing::whole_svg(of, nullptr, words);
}

std::string draw_svg(const procedure& of, const draw_overlay& over, language words) {
    return detail::drawing::whole_svg(of, &over, words);
}

}  // namespace quytrinh
