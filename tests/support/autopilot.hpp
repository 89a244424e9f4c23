// SPDX-License-Identifier: BSL-1.0
// tests/support/autopilot.hpp: plays the part of everybody: fills what an option asks for, so that
// a test or a benchmark can drive any procedure to its end without knowing its forms.
#pragma once

#include <quytrinh/engine/kernel.hpp>

#include <string>
#include <vector>

namespace quytrinh::test {

/// A value that the field takes.
[[nodiscard]] inline value plausible(const option::field& field) {
    const bool some = field.kind == field_type::any_of || field.kind == field_type::checklist;
    if (!field.choices.empty()) return some ? value(field.choices) : value(field.choices.front());
    switch (field.kind) {
    case field_type::number: return value(decimal::of(1));
    case field_type::day:
        return value(date{std::chrono::local_days{std::chrono::year{2024} / 1 / 15}});
    case field_type::yes_no: return value::yes_no(false);
    case field_type::unit: return value("P.HTKH");
    case field_type::person: return value("nv07");
    case field_type::any_of:
    case field_type::checklist:
    case field_type::list: return value{};
    case field_type::text:
    case field_type::attachment:
    case field_type::one_of: break;
    }
    return value("đủ");
}

/// A completion of an option's task with everything that is required; the first outcome unless
/// named.
[[nodiscard]] inline command::complete fill_in_all(const option& what,
                                                   const std::string& outcome = {}) {
    command::complete done;
    done.task = to_string(what.task);
    done.outcome = outcome;
    if (outcome.empty() && !what.outcomes.empty()) done.outcome = what.outcomes.front().name;
    done.reason = "lý do";
    for (const auto& field : what.fields)
        if (field.required && field.current.empty())
            done.fields.emplace_back(field.form, field.name, plausible(field));
    done.confirmed = all_preconditions;
    for (const auto& one : what.assign_roles)
        done.assign.push_back({one.role, "P.HTKH", "nv-" + one.role});
    for (const auto& paper : what.papers)
        done.attachments.push_back({paper + ".pdf", "application/pdf", 1, {}, paper});
    if (!what.channels.empty()) done.channel = what.channels.front();
    return done;
}

}  // namespace quytrinh::test
