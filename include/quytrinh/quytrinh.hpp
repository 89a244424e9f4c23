// SPDX-License-Identifier: BSL-1.0
// quytrinh/quytrinh.hpp: what a host includes. A store other than memory is one more header, and so
// is looking into a case or its history (runtime/views.hpp).
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/error.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/option.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/runtime/notification.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/store/memory.hpp>
