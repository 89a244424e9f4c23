// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/party.hpp: who takes part: roles, units, positions, groups, outside bodies.
#pragma once

#include <quytrinh/base/source.hpp>
#include <quytrinh/model/condition.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace quytrinh {

/// What the text says about where a sentence comes from and how it is read. Printed, never
/// executed.
struct furniture {
    std::vector<std::string> sections;  ///< `theo mục 5.2.1`
    std::vector<std::string> readings;  ///< `hiểu là "…"`
    std::vector<std::string> notes;     ///< `ghi chú "…"`
    friend bool operator==(const furniture&, const furniture&) = default;
};

enum class party_kind : std::uint8_t { role, unit, position, committee, group, external };

/// How a role gets its unit or person. Exactly one way per role.
enum class binding_kind : std::uint8_t {
    open,        ///< nothing written: bound when the case opens, else the unit of the same code
    at_opening,  ///< `chọn khi mở hồ sơ`: must be bound when the case opens
    by_step,     ///< `được phân công ở bước 4`
    from_field,  ///< `lấy theo "Đơn vị" trong BM.01`
    opener,      ///< `là người mở hồ sơ`
    head_of,     ///< `là lãnh đạo của NPH`
    unit_of,     ///< `là đơn vị của NPH`
};

struct party {
    party_kind kind = party_kind::role;
    std::string code;
    std::string title;
    std::vector<std::string> aliases;  ///< `gọi tắt`
    binding_kind binding = binding_kind::open;
    std::vector<std::string> bound_by;  ///< steps, for by_step
    field_ref bound_from;               ///< for from_field
    std::string relative_to;            ///< party code, for head_of and unit_of
    std::vector<std::string> members;   ///< `gồm A, B` of a group
    std::string within;                 ///< `thuộc BISO`
    furniture source;
    std::string doc;  ///< `##` lines above the header
    place where;
    QUYTRINH_DECL friend bool operator==(const party& a, const party& b);
};

}  // namespace quytrinh
