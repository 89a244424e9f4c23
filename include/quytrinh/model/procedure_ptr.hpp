// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/procedure_ptr.hpp: a procedure as headers hand it on that do not look into it.
#pragma once

#include <cstdint>
#include <memory>

namespace quytrinh {

/// The dialect of a file, named on its first line.
enum class dialect : std::uint8_t { vi, en };

struct procedure;  // model/procedure.hpp
/// Shared and never changed, so any thread may read it.
using procedure_ptr = std::shared_ptr<const procedure>;

}  // namespace quytrinh
