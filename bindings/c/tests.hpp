// SPDX-License-Identifier: BSL-1.0
// bindings/c/tests.hpp: scenarios of a text that are carried out.
#pragma once

#include "surroundings.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace quytrinh::c_abi {

/// The text with every line of its scenarios that can be written anew saying what really happens;
/// how many were. Throws wrong_text for a text with errors.
[[nodiscard]] std::pair<std::string, std::size_t> mend(const surroundings& known,
                                                       const std::string& name,
                                                       const std::string& text,
                                                       const import_resolver& imports);

}  // namespace quytrinh::c_abi
