// SPDX-License-Identifier: BSL-1.0
// src/cli/rewrite.cpp: format, translate: texts written anew.
#include "commands.hpp"
#include "diff.hpp"
#include "files.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/format.hpp>
#include <quytrinh/language/translate.hpp>
#include <quytrinh/quytrinh.hpp>

namespace cli {

using namespace quytrinh;

namespace {

result<std::string> read_text(const common& as, const std::string& path) {
    const limits bounds;
    return path == "-" ? read_input(as, bounds.definition_bytes)
                       : read_file(as, path, bounds.definition_bytes);
}

/// An error of a text, with its findings where it has them.
int report_text(const common& as, const std::string& path, const std::string& text,
                const error& why) {
    const std::vector<source_text> sources{source_text(path, text)};
    if (!why.diagnostics.items.empty())
        error_part(as.json ? to_json_lines(why.diagnostics, sources, as.words)
                           : render(why.diagnostics, sources, as.words));
    if (as.json) {
        error told = why;
        told.diagnostics = {};  // by the lines above
        return report(as, told);
    }
    if (why.diagnostics.items.empty()) return report(as, why);
    error_line(as.say(word::error_line, safe(path) + ": " + why.text(as.words)));
    return wrong;
}

std::string numbers_of(const std::vector<std::uint32_t>& lines) {
    constexpr std::size_t most = 10;
    std::vector<std::string> out;
    for (const std::uint32_t one : lines) {
        if (out.size() == most) {
            out.emplace_back("…");
            break;
        }
        out.push_back(std::to_string(one));
    }
    return join(out);
}

/// Lines that were left are named beside the result, never in it.
void tell_left(const common& as, const std::string& path, const formatted& laid_out) {
    if (laid_out.left.empty() || as.json) return;
    error_line(as.say(laid_out.left.size() == 1 ? word::format_left_one : word::format_left,
                      safe(path), laid_out.left.size(), numbers_of(laid_out.left)));
}

void print_json(const std::string& path, const formatted& laid_out, bool written,
                const std::string& diff, bool with_text) {
    std::vector<std::string> left;
    for (const std::uint32_t one : laid_out.left) left.push_back(std::to_string(one));
    json_object out;
    out.text("file", path).flag("changed", laid_out.changed).flag("written", written);
    out.raw("left", json_array(left));
    if (!diff.empty()) out.text("diff", diff);
    if (with_text) out.text("text", laid_out.text);
    line(out.str());
}

int format_one(const common& as, const format_args& given, const std::string& path) {
    const auto text = read_text(as, path);
    if (!text) return report(as, text.error());
    const auto laid_out = format(*text);
    if (!laid_out) return report_text(as, path, *text, laid_out.error());
    const bool input = path == "-";
    const bool look_only = given.check || given.diff;
    const std::string diff = given.diff && laid_out->changed
                                 ? unified_diff(path, *text, path, laid_out->text)
                                 : std::string();
    bool written = false;
    if (!look_only && !input && laid_out->changed) {
        if (const auto replaced = replace_file(as, path, *text, laid_out->text); !replaced)
            return report(as, replaced.error());
        written = true;
    }
    if (as.json) {
        print_json(path, *laid_out, written, diff, input && !look_only);
    } else {
        if (input && !look_only) part(laid_out->text);
        part(diff);
        if (written) line(as.say(word::format_written, safe(path)));
        if (given.check && laid_out->changed) line(as.say(word::format_would, safe(path)));
    }
    tell_left(as, path, *laid_out);
    return given.check && laid_out->changed ? wrong : done;
}

}  // namespace

int run_format(const common& as, const format_args& given) {
    int code = done;
    for (const std::string& path : given.files)
        if (format_one(as, given, path) != done) code = wrong;
    return code;
}

int run_translate(const common& as, const translate_args& given) {
    const auto text = read_text(as, given.file);
    if (!text) return report(as, text.error());
    const auto out = translate(*text, given.to == "en" ? dialect::en : dialect::vi);
    if (!out) return report_text(as, given.file, *text, out.error());
    if (!given.out.empty()) {
        if (const auto written = write_file(as, given.out, *out, given.force); !written)
            return report(as, written.error());
    }
    if (as.json)
        line(json_object()
                 .text("file", given.file)
                 .text("to", given.to)
                 .text(given.out.empty() ? "text" : "out", given.out.empty() ? *out : given.out)
                 .str());
    else if (given.out.empty())
        part(*out);
    else
        error_line(as.say(word::file_written, safe(given.out)));
    return done;
}

}  // namespace cli
