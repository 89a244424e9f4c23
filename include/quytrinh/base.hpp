// SPDX-License-Identifier: BSL-1.0
// quytrinh/base.hpp: everything of the module `base`, for those who want it in one line.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/config.hpp>
#include <quytrinh/base/decimal.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/error.hpp>
#include <quytrinh/base/ids.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/base/value.hpp>
