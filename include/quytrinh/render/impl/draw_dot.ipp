// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/impl/draw_dot.ipp: the flow for Graphviz.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/render/draw.hpp>
#include <quytrinh/render/impl/draw_words.hpp>

#include <string>

namespace quytrinh {

namespace detail::dot_drawing {

/// A quoted string of DOT. Control characters are shown as escape_controls shows them.
inline std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : escape_controls(text)) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}
/// Two lines of a label.
inline std::string two_lines(std::string_view a, std::string_view b) {
    std::string first = quoted(a);
    if (b.empty()) return first;
    first.pop_back();
    return first + "\\n" + quoted(b).substr(1);
}

inline std::string node(std::uint32_t v) { return "n" + std::to_string(v); }

}  // namespace detail::dot_drawing

std::string draw_dot(const procedure& of, language words) {
    namespace own = detail::dot_drawing;
    const flow_graph graph(of);
    const detail::drawing::draw_words say(of, words);
    std::string out = "digraph " + own::quoted(of.code) + " {\n  label=" + own::quoted(of.title) +
                      ";\n  labelloc=t;\n  node [shape=box, fontname=\"sans-serif\"];\n"
                      "  edge [fontname=\"sans-serif\"];\n";
    for (std::uint32_t v = 0; v < graph.vertices().size(); ++v) {
        const auto& vertex = graph.vertices()[v];
        out += "  " + own::node(v) + " [";
        switch (vertex.what) {
        case flow_vertex::kind::step:
        case flow_vertex::kind::consultation: {
            const step& s = of.steps[vertex.step];
            out += "label=" + own::two_lines(detail::drawing::draw_words::title(s), say.lead(s));
            if (vertex.what == flow_vertex::kind::consultation) out += ", style=\"dashed,rounded\"";
            break;
        }
        case flow_vertex::kind::end:
            out += "label=" + own::quoted(say.end(vertex.end_kind)) + ", shape=oval, style=bold";
            break;
        }
        out += "];\n";
    }
    for (const auto& e : graph.edges()) {
        const bool asked = e.what == flow_edge::kind::consultation;
        if (asked && graph.vertices()[e.from].what == flow_vertex::kind::consultation) continue;
        out += "  " + own::node(e.from) + " -> " + own::node(e.to);
        const std::string label = say.label(e);
        if (asked)
            out += " [style=dashed, dir=both, constraint=false]";
        else if (!label.empty())
            out += " [label=" + own::quoted(label) + ']';
        out += ";\n";
    }
    return out + "}\n";
}

}  // namespace quytrinh
