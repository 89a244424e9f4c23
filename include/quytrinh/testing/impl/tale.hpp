// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/tale.hpp: private. A course of events in one case as moves that can be told
// again: what generated scenarios are made of, and what an exploration shrinks.
#pragma once

#include <quytrinh/testing/world.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh::testing::detail {

/// Time passes until `at`, where it is set; then somebody acts, unless only time passes.
struct move {
    std::optional<instant> at{};
    actor by{};
    std::optional<command::body> what{};
};

/// From the opening on; `moves` were accepted in this order.
struct tale {
    procedure_ptr of;
    instant start{};
    std::vector<std::pair<std::string, std::vector<value>>> rows;  ///< table, cells
    actor opener;
    command::open opening;
    std::vector<move> moves;
};

/// The world in which a tale begins: its procedure, its rows, its time; nothing is open yet.
[[nodiscard]] world world_of(const tale& t, const std::shared_ptr<const definitions>& known,
                             std::uint64_t seed, const limits& bounds);
/// Tells it again up to what is refused, which is given; nothing when all of it was accepted.
[[nodiscard]] std::optional<error> retell(world& in, const tale& t);

}  // namespace quytrinh::testing::detail
