// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/drafts.hpp: what lines leave to be settled when their block, or the text,
// has been read.
#pragma once

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/language/impl/clauses.hpp>
#include <quytrinh/time/calendar.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace quytrinh::detail::grammar {

/// An amount whose unit may mean what the header of the procedure says.
struct plain_amount {
    enum class owner : std::uint8_t { step, overall } who = owner::step;
    std::size_t index = 0, limit = 0;
    keyword unit = keyword::none;
    bool doubtful = false;
    place where;
    std::uint32_t heading = 0;
};

/// Cells of lookup tables whose column offers a choice: its list may stand further down.
struct chosen_cell {
    std::size_t catalogue = 0, column = 0;
    std::string text;
    place where;
    std::uint32_t heading = 0;
};

/// The calendar being read.
struct calendar_draft {
    bool week_written = false, make_up_written = false, version_written = false, broken = false;
    std::map<int, place> years;
    std::map<int, place> weekdays;
    std::map<date, place> days;
    std::map<std::string, std::pair<place, bool>> switches;  ///< place, used
    struct conditional {
        date day;
        day_entry entry;
        word_at when;
        place where;
    };
    std::vector<conditional> when_on;
    std::vector<std::pair<date, place>> dates;
    place where{};
};

}  // namespace quytrinh::detail::grammar
