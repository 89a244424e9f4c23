// SPDX-License-Identifier: BSL-1.0
// quytrinh/quytrinh.hpp: what a host includes. A store other than memory is one more header.
#pragma once

#include <quytrinh/base.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/engine.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/store/store.hpp>
#include <quytrinh/time.hpp>
