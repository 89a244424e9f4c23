// SPDX-License-Identifier: BSL-1.0
// quytrinh/language.hpp: everything of the module `language`.
#pragma once

#include <quytrinh/language/keywords.hpp>
#include <quytrinh/language/parse.hpp>
