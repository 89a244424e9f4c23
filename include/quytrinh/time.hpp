// SPDX-License-Identifier: BSL-1.0
// quytrinh/time.hpp: everything of the module `time`.
#pragma once

#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>
#include <quytrinh/time/due.hpp>
#include <quytrinh/time/lunar.hpp>
