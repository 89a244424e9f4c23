// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine.hpp: everything of the module `engine`.
#pragma once

#include <quytrinh/engine/actor.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/command_result.hpp>
#include <quytrinh/engine/context.hpp>
#include <quytrinh/engine/entry.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/fact.hpp>
#include <quytrinh/engine/kept_list.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/option.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/engine/task.hpp>
