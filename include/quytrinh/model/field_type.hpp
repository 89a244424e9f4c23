// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/field_type.hpp: what kinds of fields a form can have.
#pragma once

#include <cstdint>

namespace quytrinh {

enum class field_type : std::uint8_t {
    text,
    number,
    day,
    yes_no,
    person,
    unit,
    attachment,
    one_of,     ///< of `choices` or of catalogue `catalogue`
    any_of,     ///< `các mục trong …`
    checklist,  ///< `bảng kiểm BK`: all items before the box can be closed
    list,       ///< rows of `columns`
};

}  // namespace quytrinh
