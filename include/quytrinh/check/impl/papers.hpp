// SPDX-License-Identifier: BSL-1.0
// quytrinh/check/impl/papers.hpp: how a field that may be empty is reported, for every rule that
// reads fields.
#pragma once

#include <quytrinh/check/impl/facts.hpp>

namespace quytrinh::detail::checking {

/// The first act that fills the field, as a note; nothing when no step does.
[[nodiscard]] std::vector<related_place> filled_where(const study& s, const found_field& f);

/// Reports by the answer: filled on no path (error), or not on every path (warning, with a path).
void report_unfilled(study& s, path_facts& facts, std::uint32_t v, const place& where,
                     const found_field& f, path_facts::question q);

/// Does the condition ask whether the field is filled in: is it read with open eyes?
/// Nobody has to fill the field in, whatever else is written.
[[nodiscard]] inline bool may_stay_empty(const found_field& f) {
    return f && !f.ambiguous && !f.field->required && !f.field->required_if;
}
[[nodiscard]] bool asks_if_filled(const study& s, const condition& c, const found_field& f);

}  // namespace quytrinh::detail::checking
