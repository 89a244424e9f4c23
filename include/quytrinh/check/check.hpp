// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/check.hpp: static analysis of a procedure: flow, limits, roles, forms.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/model/procedure.hpp>

#include <functional>
#include <string_view>

namespace quytrinh {

/// What the checker may know beside the procedure itself.
struct check_context {
    /// Another procedure by code (for links); null when it is not known, which is a warning.
    std::function<const procedure*(std::string_view code)> find_procedure;
    limits bounds;
};

/// Everything that is wrong with a procedure whose names are resolved: unknown target, unreachable step,
/// step that cannot reach an end, missing OK or NOK, undeclared or unused party and form, a role not
/// bound on some path, a limit anchored to something that may not have happened, a field read before any
/// step fills it, a loop without exit, the overall limit against the sum of every path. Pure;
/// thread-safe; near-linear in the size of the graph.
[[nodiscard]] QUYTRINH_DECL diagnostic_list check(const procedure& of, const check_context& context = {});

}  // namespace quytrinh
