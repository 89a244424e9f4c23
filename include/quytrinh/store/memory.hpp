// SPDX-License-Identifier: BSL-1.0
// quytrinh/store/memory.hpp: the store that lives as long as the process.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/config.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace quytrinh {

class store;  // store/store.hpp

/// The reference semantics: a mutex and five checks. Nothing survives the process. With a manual
/// clock it starts at `start`; a seed makes its entropy and its store id reproducible. Without one,
/// open_memory throws exception (errc::no_entropy) where the system gives no random bytes.
struct memory_options {
    std::optional<instant> manual_clock{};
    std::optional<std::uint64_t> seed{};
};
[[nodiscard]] QUYTRINH_DECL std::shared_ptr<store> open_memory(const memory_options& options = {});

}  // namespace quytrinh
