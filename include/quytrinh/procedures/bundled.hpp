// SPDX-License-Identifier: BSL-1.0
// quytrinh/procedures/bundled.hpp: the texts that ship with the library.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/language/imports.hpp>
#include <quytrinh/model/procedure_ptr.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace quytrinh {

struct calendar;  // time/calendar.hpp

/// A file of the folder `procedures/`, byte for byte.
struct bundled_text {
    std::string_view name;  ///< "QT.HTKH.03.quytrinh"
    std::string_view text;
};
[[nodiscard]] QUYTRINH_DECL std::span<const bundled_text> bundled_texts() noexcept;

/// Imports between the bundled files, and nothing else.
[[nodiscard]] QUYTRINH_DECL import_resolver bundled_imports();

/// What a runtime starts with: procedures and calendars.
struct QUYTRINH_DECL definitions {
    std::vector<procedure_ptr> procedures;
    std::vector<calendar> calendars;

    // Out of line, so that who only hands them on need not know what a calendar is made of.
    definitions();
    definitions(const definitions& other);
    definitions(definitions&& other) noexcept;
    definitions& operator=(const definitions& other);
    definitions& operator=(definitions&& other) noexcept;
    ~definitions();
};

/// The bundled procedures and calendars, parsed once a call (about a millisecond). Throws
/// quytrinh::exception if a bundled text were wrong, which the tests exclude.
[[nodiscard]] QUYTRINH_DECL definitions bundled();

}  // namespace quytrinh
