// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/unread.hpp: what is not known of a draft, because lines of its text were not
// understood. Whoever judges a draft asks here before saying that something is missing.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

/// By kind of clause and by the block that carries it: one line that was not understood takes
/// nothing from the rest of the text.
struct unread_clauses {
    using kinds = std::uint32_t;  ///< a set of the following
    enum kind : kinds {
        // of a step or a consultation
        ways = 1u << 0,  ///< where it leads
        lead = 1u << 1,  ///< who leads, or is asked, or notes it for others
        beside = 1u << 2,
        acts = 1u << 3,
        limits = 1u << 4,  ///< and that its time does not count
        assigned = 1u << 5,
        links = 1u << 6,
        channels = 1u << 7,
        needs = 1u << 8,  ///< preconditions
        asked_at = 1u << 9,
        // of the heading
        order = 1u << 10,  ///< `các bước theo thứ tự`
        no_deadlines = 1u << 11,
        no_records = 1u << 12,
        rule = 1u << 13,   ///< how days are counted
        plain = 1u << 14,  ///< what a plain day or hour is
        calendar = 1u << 15,
        overall = 1u << 16,
        entries = 1u << 17,
        rights = 1u << 18,  ///< and who else is named there
        everything = ~kinds{0},
    };
    std::vector<kinds> steps;  ///< by index; shorter than the steps where the rest is whole
    kinds heading = 0;
    /// Clauses of steps that stand in none: a step may be missing, or say more.
    kinds elsewhere = 0;
    /// By index, what was declared there; of calendars none is told apart.
    std::set<std::size_t> parties, forms, catalogues, records;
    bool calendars = false;
    /// What the lines that were not understood name: they may declare it.
    std::set<std::string, std::less<>> names;
    bool nameless = false;  ///< one of them may declare any name

    [[nodiscard]] bool may_declare(std::string_view name) const {
        return nameless || names.find(name) != names.end();
    }
};

}  // namespace quytrinh
