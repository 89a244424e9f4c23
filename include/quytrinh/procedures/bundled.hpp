// SPDX-License-Identifier: BSL-1.0
// quytrinh/procedures/bundled.hpp: the texts that ship with the library.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace quytrinh {

/// A file of the folder `procedures/`, byte for byte.
struct bundled_text {
    std::string_view name;  ///< "QT.HTKH.03.quytrinh"
    std::string_view text;
};
[[nodiscard]] QUYTRINH_DECL std::span<const bundled_text> bundled_texts() noexcept;

/// Imports between the bundled files, and nothing else.
[[nodiscard]] QUYTRINH_DECL import_resolver bundled_imports();

/// What a runtime starts with: procedures and calendars.
struct definitions {
    std::vector<procedure_ptr> procedures;
    std::vector<calendar> calendars;
};

/// The bundled procedures and calendars, parsed once a call (about a millisecond). Throws
/// quytrinh::exception if a bundled text were wrong, which the tests exclude.
[[nodiscard]] QUYTRINH_DECL definitions bundled();

}  // namespace quytrinh
