// SPDX-License-Identifier: BSL-1.0
// src/cli/draw.cpp: a procedure as SVG, DOT or Mermaid.
#include "commands.hpp"
#include "files.hpp"
#include "office.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/render/draw.hpp>

namespace cli {

using namespace quytrinh;

namespace {

/// The procedure of a file or of a bundled code; null when what is wrong has been said.
procedure_ptr read_procedure(const common& as, const std::string& code_or_file) {
    if (!names_a_file(code_or_file)) {
        std::vector<std::string> codes;
        for (procedure_ptr& p : bundled().procedures) {
            if (p->code == code_or_file) return std::move(p);
            codes.push_back(p->code);
        }
        if (!as.json) error_line(as.say(word::known_procedures, join(codes)));
        report(as, error{errc::procedure_unknown, {code_or_file}, {}, {}});
        return nullptr;
    }
    const limits bounds;
    auto text = read_file(as, code_or_file, bounds.definition_bytes);
    if (!text) {
        report(as, text.error());
        return nullptr;
    }
    parsed read = parse(code_or_file, std::move(*text),
                        folder_imports(as, code_or_file, bounds.import_bytes), bounds);
    if (!read.ok()) {
        error_part(as.json ? to_json_lines(read.diagnostics, read.sources, as.words)
                           : render(read.diagnostics, read.sources, as.words));
        return nullptr;
    }
    if (!read.definition)
        report(
            as,
            error{errc::procedure_unknown, {as.say(word::file_is_library, code_or_file)}, {}, {}});
    return read.definition;
}

}  // namespace

int run_draw(const common& as, const draw_args& given) {
    const procedure_ptr definition = read_procedure(as, given.procedure);
    if (!definition) return wrong;
    const std::string drawing = given.format == "dot"       ? draw_dot(*definition, as.words)
                                : given.format == "mermaid" ? draw_mermaid(*definition, as.words)
                                                            : draw_svg(*definition, as.words);
    if (!given.out.empty()) {
        if (const auto written = write_file(as, given.out, drawing, true); !written)
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
