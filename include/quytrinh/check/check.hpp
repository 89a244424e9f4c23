// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/check.hpp: static analysis of a procedure: flow, limits, roles, forms.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/model/procedure_ptr.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

struct calendar;  // time/calendar.hpp

/// What the checker may know beside the procedure itself.
struct check_context {
    /// Another procedure by code (for links); null when it is not known, which is a warning.
    std::function<const procedure*(std::string_view code)> find_procedure;
    /// Codes that `find_procedure` knows, so that one can be proposed in the place of one that it
    /// does not; may be left empty. Asked only when one is missing.
    std::function<std::vector<std::string>()> known_procedures;
    limits bounds;
    /// The calendar of that code beside those that the text brings along, the one by default for an
    /// empty code; null when it is not known, which is a warning. Left empty, calendars that are
    /// named are not judged and days off are known only from those of the text.
    std::function<const calendar*(std::string_view code)> find_calendar;
};

/// Everything that is wrong with a procedure whose names are resolved (the language reports a code
/// that names nothing): unknown target, unreachable step, step that cannot reach an end, missing OK
/// or NOK, unused party and form, a role not bound on some path, a limit anchored to something that
/// may not have happened, a field read before any step fills it, a loop without exit, the overall
/// limit against the sum of every path. One cause gives one finding. Of a draft
/// (procedure::unread) all that the lines that were not understood cannot change is judged. Pure;
/// thread-safe; near-linear in the size of the graph (measured: 2 µs a step at 1,000 steps).
[[nodiscard]] QUYTRINH_DECL diagnostic_list check(const procedure& of,
                                                  const check_context& context = {});

}  // namespace quytrinh
