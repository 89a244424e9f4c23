// SPDX-License-Identifier: BSL-1.0
// quytrinh/procedures/impl/bundled.ipp: the texts that ship, parsed. Their bytes stand in
// texts.ipp, which the build generates from the folder procedures/.
#pragma once

#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace quytrinh {

definitions::definitions() = default;
definitions::definitions(const definitions& other) = default;
definitions::definitions(definitions&& other) noexcept = default;
definitions& definitions::operator=(const definitions& other) = default;
definitions& definitions::operator=(definitions&& other) noexcept = default;
definitions::~definitions() = default;

namespace detail::bundled {
namespace {

/// A bundled text that is wrong is a fault of the library's build.
[[noreturn]] void refuse(const bundled_text& text, diagnostic_list found) {
    error wrong;
    wrong.code = errc::text_is_wrong;
    wrong.args = {std::to_string(found.errors), std::string(text.name)};
    wrong.diagnostics = std::move(found);
    throw exception(std::move(wrong));
}

/// A procedure that ships in both dialects is one procedure: the Vietnamese text is the signed one.
void take(std::vector<procedure_ptr>& all, procedure_ptr definition) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const procedure_ptr& other) {
        return other->code == definition->code;
    });
    if (same == all.end())
        all.push_back(std::move(definition));
    else if ((*same)->words == dialect::en && definition->words == dialect::vi)
        *same = std::move(definition);
}

}  // namespace
}  // namespace detail::bundled

import_resolver bundled_imports() {
    return [](std::string_view name) -> result<std::string> {
        for (const bundled_text& text : bundled_texts())
            if (text.name == name) return std::string(text.text);
        return fail(errc::file_unreadable, {std::string(name), "not bundled"});
    };
}

definitions bundled() {
    definitions out;
    const import_resolver imports = bundled_imports();
    for (const bundled_text& text : bundled_texts()) {
        parsed read = parse(std::string(text.name), std::string(text.text), imports);
        if (!read.ok()) detail::bundled::refuse(text, std::move(read.diagnostics));
        if (read.definition) detail::bundled::take(out.procedures, std::move(read.definition));
        if (!read.library) continue;
        for (const calendar& days : read.library->calendars) out.calendars.push_back(days);
    }
    return out;
}

}  // namespace quytrinh
