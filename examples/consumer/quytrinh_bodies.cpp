// SPDX-License-Identifier: BSL-1.0
// The one source of a header-only program that compiles quytrinh.
#include <quytrinh/src.hpp>
