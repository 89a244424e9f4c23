// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/words.ipp: the few words that refusals are filled with.
#pragma once

#include <quytrinh/engine/impl/words.hpp>

#include <iterator>
#include <variant>

namespace quytrinh::detail::engine {

std::string verb(const procedure& of, const command::body& body) {
    struct row {
        std::string_view vi, en;
    };
    // In the order of command::body.
    static constexpr row all[] = {
        {"mở hồ sơ", "open a case"},
        {"xác nhận đã nhận", "acknowledge receipt"},
        {"nhận việc", "claim the task"},
        {"thôi nhận việc", "release the task"},
        {"giao việc", "assign the task"},
        {"giao lại việc", "reassign the task"},
        {"ghi thông tin", "record fields"},
        {"hoàn thành việc", "complete the task"},
        {"cho ý kiến", "give an opinion"},
        {"xin ý kiến", "ask for an opinion"},
        {"trả lời", "answer"},
        {"nhận xét", "comment"},
        {"kèm tài liệu", "attach a file"},
        {"rút hồ sơ", "withdraw the case"},
        {"hủy hồ sơ", "cancel the case"},
        {"báo sự kiện", "report an event"},
        {"báo quá hạn", "report a limit"},
        {"liên kết hồ sơ", "link a case"},
        {"báo hồ sơ liên kết", "report a linked case"},
    };
    static_assert(std::size(all) == std::variant_size_v<command::body>,
                  "one verb for each command");
    if (body.valueless_by_exception()) return {};
    const row& found = all[body.index()];
    return say(of, found.vi, found.en);
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
