// SPDX-License-Identifier: BSL-1.0
// tests/fuzz/parser.cpp: any bytes as a procedure: read, judged, shown. What must hold whatever
// they are stands below as ordinary checks; the sanitizers look after the rest.
#include <quytrinh/base.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

void must(bool holds, const char* what) {
    if (holds) return;
    std::cerr << "must hold: " << what << '\n';
    std::abort();
}

/// Every finding lies in its text and can be shown in both languages, in well-formed UTF-8.
void look_at(const quytrinh::diagnostic_list& list,
             const std::vector<quytrinh::source_text>& sources) {
    must(list.total() >= list.items.size(), "what is kept was counted");
    for (const auto& item : list.items) {
        must(quytrinh::find_diagnostic(item.code) != nullptr, "every code is in the catalogue");
        must(item.where.file < sources.size(), "a finding names a text");
        const auto size = sources[item.where.file].text().size();
        must(item.where.range.begin <= item.where.range.end, "a range is not reversed");
        must(item.where.range.end <= size, "a range ends in its text");
    }
    for (const auto words : {quytrinh::language::vi, quytrinh::language::en}) {
        const std::string shown = quytrinh::render(list, sources, words);
        must(!quytrinh::first_ill_formed(shown), "what is shown is UTF-8");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto read = quytrinh::parse("fuzz.quytrinh", text);
    must(!read.sources.empty() && read.sources[0].text() == text, "the text is kept byte for byte");
    look_at(read.diagnostics, read.sources);
    must(!read.definition || read.sound(), "no procedure comes of a wrong text, scenarios aside");
    if (read.definition) look_at(quytrinh::check(*read.definition), read.sources);

    const auto again = quytrinh::parse("fuzz.quytrinh", text);
    must(again.diagnostics.total() == read.diagnostics.total(), "the same text is judged the same");
    static_cast<void>(quytrinh::parse_limit(text));
    static_cast<void>(quytrinh::parse_calendars("fuzz.quytrinh", text));
    return 0;
}
