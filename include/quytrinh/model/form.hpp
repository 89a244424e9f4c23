// SPDX-License-Identifier: BSL-1.0
// quytrinh/model/form.hpp: forms with boxes and typed fields, catalogues, checklists, records.
#pragma once

#include <quytrinh/base/source.hpp>
#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/field_type.hpp>
#include <quytrinh/model/party.hpp>
#include <quytrinh/time/due.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quytrinh {

struct form_field {
    std::string name;
    field_type type = field_type::text;
    std::vector<std::string> choices;
    std::string catalogue;       ///< code of the catalogue or checklist
    bool other_allowed = false;  ///< `được ghi khác`
    bool required = false;
    std::optional<condition> required_if;
    std::string box;  ///< number of the box it belongs to; empty when the form has none
    std::vector<form_field> columns;  ///< of a list
    furniture source;
    place where;
    QUYTRINH_DECL friend bool operator==(const form_field& a, const form_field& b);
};

struct form_box {
    std::string number;
    std::string title;
    bool append_only = false;  ///< `chỉ ghi thêm`
    furniture source;
    place where;
    QUYTRINH_DECL friend bool operator==(const form_box& a, const form_box& b);
};

struct form {
    std::string code;
    std::string title;
    std::vector<form_box> boxes;
    std::vector<form_field> fields;
    std::string content_of;  ///< `có đủ nội dung như BM.CTCL.02`
    furniture source;
    std::string doc;
    place where;
    /// A field of this form by name, null when it has none.
    [[nodiscard]] QUYTRINH_DECL const form_field* find(const std::string& field) const noexcept;
    QUYTRINH_DECL friend bool operator==(const form& a, const form& b);
};

/// A named list of words, or a lookup table when it has columns. Rows may stand in the text
/// (`dòng`) or be given by the host.
struct catalogue {
    struct item {
        std::string number;
        std::string text;
        friend bool operator==(const item&, const item&) = default;
    };
    std::string code;
    std::string title;
    std::vector<item> items;
    std::vector<form_field> columns;
    std::vector<std::vector<std::string>> rows;
    bool extensible = false;    ///< `được bổ sung`
    bool is_checklist = false;  ///< header `bảng kiểm`
    furniture source;
    std::string doc;
    place where;
    QUYTRINH_DECL friend bool operator==(const catalogue& a, const catalogue& b);
};

/// `hồ sơ lưu`: what is kept, by whom, how long. "Not stated" is a value, never a default.
struct record {
    struct part {
        bool one_of = false;             ///< `gồm một trong A, B`
        std::vector<std::string> forms;  ///< codes, or titles of papers without a form
        friend bool operator==(const part&, const part&) = default;
    };
    enum class retention : std::uint8_t { unset, not_stated, amount, forever };
    enum class start : std::uint8_t { unset, not_stated, case_end, year_end, step_end };
    std::string code;
    std::string title;
    std::vector<part> parts;
    bool keepers_not_stated = false;
    std::vector<std::string> keepers;
    retention kept = retention::unset;
    amount kept_for;
    start from = start::unset;
    std::string from_step;
    std::string afterwards;  ///< `hết thời gian lưu: tiêu hủy`: the Vietnamese word, or a text
    furniture source;
    std::string doc;
    place where;
    QUYTRINH_DECL friend bool operator==(const record& a, const record& b);
};

}  // namespace quytrinh
