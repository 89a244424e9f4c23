// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/words.ipp: names of types, and conditions as they are written.
#pragma once

#include <quytrinh/engine/impl/words.hpp>

namespace quytrinh::detail::engine {

std::string type_key(field_type type) {
    switch (type) {
    case field_type::text: return "text";
    case field_type::number: return "number";
    case field_type::day: return "day";
    case field_type::yes_no: return "yes_no";
    case field_type::person: return "person";
    case field_type::unit: return "unit";
    case field_type::attachment: return "attachment";
    case field_type::one_of: return "one_of";
    case field_type::any_of: return "any_of";
    case field_type::checklist: return "checklist";
    case field_type::list: return "list";
    }
    return {};
}

std::string type_word(const procedure& of, field_type type) {
    switch (type) {
    case field_type::text: return say(of, "chữ", "text");
    case field_type::number: return say(of, "số", "number");
    case field_type::day: return say(of, "ngày", "date");
    case field_type::yes_no: return say(of, "có hoặc không", "yes or no");
    case field_type::person: return say(of, "người", "person");
    case field_type::unit: return say(of, "đơn vị", "unit");
    case field_type::attachment: return say(of, "tệp đính kèm", "attachment");
    case field_type::one_of: return say(of, "một trong các lựa chọn", "one of the choices");
    case field_type::any_of:
        return say(of, "một hoặc nhiều lựa chọn", "one or more of the choices");
    case field_type::checklist: return say(of, "các mục của bảng kiểm", "items of the checklist");
    case field_type::list: return say(of, "danh sách", "list");
    }
    return {};
}

std::string as_written(const procedure& of, const condition& c) {
    if (c.where.file >= of.sources.size()) return {};
    std::string words;
    bool gap = false;
    for (const char byte : of.sources[c.where.file].slice(c.where.range)) {
        if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
            gap = !words.empty();
            continue;
        }
        if (gap) words += ' ';
        gap = false;
        words += byte;
    }
    return words;
}

}  // namespace quytrinh::detail::engine
