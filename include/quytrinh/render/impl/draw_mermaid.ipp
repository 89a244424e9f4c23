// SPDX-License-Identifier: BSL-1.0
// quytrinh/render/impl/draw_mermaid.ipp: the flow for Mermaid.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/render/draw.hpp>
#include <quytrinh/render/impl/draw_words.hpp>

#include <string>

namespace quytrinh {

namespace detail::mermaid_drawing {

/// Text in quotes. Mermaid reads HTML and entities of its own inside; everything that could begin
/// one is written as an entity.
inline std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : escape_controls(text)) {
        switch (c) {
        case '"': out += "#quot;"; break;
        case '#': out += "#35;"; break;
        case '&': out += "#amp;"; break;
        case '<': out += "#lt;"; break;
        case '>': out += "#gt;"; break;
        case '`': out += "#96;"; break;  // a text in backticks is Markdown
        default: out += c;
        }
    }
    return out + '"';
}
inline std::string two_lines(std::string_view a, std::string_view b) {
    std::string first = quoted(a);
    if (b.empty()) return first;
    first.pop_back();
    return first + "<br/>" + quoted(b).substr(1);
}

inline std::string node(std::uint32_t v) { return "n" + std::to_string(v); }

}  // namespace detail::mermaid_drawing

std::string draw_mermaid(const procedure& of, language words) {
    namespace own = detail::mermaid_drawing;
    const flow_graph graph(of);
    const detail::drawing::draw_words say(of, words);
    std::string out = "flowchart TD\n";
    for (std::uint32_t v = 0; v < graph.vertices().size(); ++v) {
        const auto& vertex = graph.vertices()[v];
        out += "    " + own::node(v);
        switch (vertex.what) {
        case flow_vertex::kind::step: {
            const step& s = of.steps[vertex.step];
            out += '[' + own::two_lines(detail::drawing::draw_words::title(s), say.lead(s)) + ']';
            break;
        }
        case flow_vertex::kind::consultation: {
            const step& s = of.steps[vertex.step];
            out += '(' + own::two_lines(detail::drawing::draw_words::title(s), say.lead(s)) + ')';
            break;
        }
        case flow_vertex::kind::end:
            out += "([" + own::quoted(say.end(vertex.end_kind)) + "])";
            break;
        }
        out += '\n';
    }
    for (const auto& e : graph.edges()) {
        const bool asked = e.what == flow_edge::kind::consultation;
        if (asked && graph.vertices()[e.from].what == flow_vertex::kind::consultation) continue;
        const std::string label = say.label(e);
        out += "    " + own::node(e.from) + (asked ? " <-.->" : " -->");
        if (!asked && !label.empty()) out += '|' + own::quoted(label) + '|';
        out += ' ' + own::node(e.to) + '\n';
    }
    return out;
}

}  // namespace quytrinh
