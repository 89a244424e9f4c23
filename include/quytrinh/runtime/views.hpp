// SPDX-License-Identifier: BSL-1.0
// quytrinh/runtime/views.hpp: a case and its history as `find` and `history` give them.
#pragma once

#include <quytrinh/base/sha256.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/procedure_ptr.hpp>

#include <chrono>
#include <string>

namespace quytrinh {

/// A case with the definition that it is pinned to.
struct case_details {
    case_state state;
    procedure_ptr definition;
    std::chrono::minutes offset{420};
    /// Why every write of the case is refused, as the argument of errc::store_corrupt, which has
    /// words for it; empty when it is healthy.
    std::string quarantine;
};

/// One line of a case's history: the fact and its place in the chain.
struct history_entry {
    case_event fact;
    digest256 hash{};
};

}  // namespace quytrinh
