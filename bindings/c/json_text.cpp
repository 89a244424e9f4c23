// SPDX-License-Identifier: BSL-1.0
// bindings/c/json_text.cpp: JSON put together.
#include "json_text.hpp"

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/codec/json.hpp>

#include <algorithm>

namespace quytrinh::c_abi {

std::string json_quoted(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x80) {
            const decoded next = decode_utf8(text, at);
            out += next.valid ? text.substr(at, next.length) : std::string_view{"\xEF\xBF\xBD"};
            at += next.length;
            continue;
        }
        if (byte == '"' || byte == '\\')
            (out += '\\') += text[at];
        else if (byte == '\n')
            out += "\\n";
        else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else
            out += text[at];
        ++at;
    }
    return out + '"';
}

std::string json_texts(const std::vector<std::string>& items) {
    json_array out;
    for (const auto& item : items) out.text(item);
    return out.str();
}

std::uint32_t line_at(const std::vector<source_text>& sources, const place& where) {
    return where.file < sources.size() ? sources[where.file].locate(where.range.begin).line : 0;
}

void add_diagnostics(json_object& to, const diagnostic_list& list,
                     const std::vector<source_text>& sources, language words) {
    to.number("errors", list.errors).number("warnings", list.warnings).number("hints", list.hints);
    // One line each, and no line end inside one.
    std::string lines = to_json_lines(list, sources, words);
    if (!lines.empty()) lines.pop_back();
    std::replace(lines.begin(), lines.end(), '\n', ',');
    to.raw("diagnostics", "[" + lines + "]");
}

}  // namespace quytrinh::c_abi
