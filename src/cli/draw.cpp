// SPDX-License-Identifier: BSL-1.0
// src/cli/draw.cpp: a procedure as SVG, DOT or Mermaid.
#include "commands.hpp"
#include "definition.hpp"
#include "files.hpp"

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/render/draw.hpp>

namespace cli {

using namespace quytrinh;

int run_draw(const common& as, const draw_args& given) {
    const procedure_ptr definition = read_procedure(as, given.procedure);
    if (!definition) return wrong;
    const std::string drawing = given.format == "dot"       ? draw_dot(*definition, as.words)
                                : given.format == "mermaid" ? draw_mermaid(*definition, as.words)
                                                            : draw_svg(*definition, as.words);
    if (!given.out.empty()) {
        if (const auto written = write_file(as, given.out, drawing, given.force); !written)
            return report(as, written.error());
    }
    if (as.json) {
        json_object out;
        out.text("procedure", definition->code).text("format", given.format);
        out.text(given.out.empty() ? "drawing" : "file", given.out.empty() ? drawing : given.out);
        line(out.str());
    } else if (given.out.empty()) {
        part(drawing);
    } else {
        error_line(as.say(word::file_written, safe(given.out)));
    }
    return done;
}

}  // namespace cli
