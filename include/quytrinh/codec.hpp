// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec.hpp: everything of the module `codec`.
#pragma once

#include <quytrinh/codec/chain.hpp>
#include <quytrinh/codec/event_codec.hpp>
#include <quytrinh/codec/json.hpp>
