// SPDX-License-Identifier: BSL-1.0
// quytrinh/src.hpp: every body of the library. Header-only use: exactly one source file of a program
// includes this; link Boost.JSON, utf8proc and libcrypto.
#pragma once

#include <quytrinh/base/impl/config.ipp>
