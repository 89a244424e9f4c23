// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/sample.hpp: private. What people would write into a field whose name says
// what belongs there, so that a scenario that nobody wrote can be read as if somebody had.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/model/form.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace quytrinh::testing::detail::sampling {

/// A word of a name, folded, and what stands in such a field; the first that is found counts.
struct sample_words {
    std::string_view name, vi, en;
};
inline constexpr std::array<sample_words, 22> texts{{
    {"dien thoai", "0900 000 000", ""},
    {"phone", "", "0900 000 000"},
    {"thu dien tu", "nv01@example.com", ""},
    {"email", "nv01@example.com", "nv01@example.com"},
    {"dia chi", "số 1, phường 1", ""},
    {"address", "", "1 First Street"},
    {"ho ten", "nv01", ""},
    {"ho va ten", "nv01", ""},
    {"dau moi", "nv01", ""},
    {"nguoi ", "nv01", ""},
    {"can bo", "nv01", ""},
    {"contact", "", "nv01"},
    {"person", "", "nv01"},
    {"dich vu", "Dịch vụ A", "Dịch vụ A"},
    {"service", "", "Service A"},
    {"kinh phi", "10 triệu đồng", ""},
    {"so tien", "10 triệu đồng", ""},
    {"so hieu", "15/2024", ""},
    {"so van ban", "15/2024", ""},
    {"so phieu", "15", ""},
    {"ly do", "có yêu cầu mới", ""},
    {"reason", "", "a new request"},
}};

/// The same of numbers: years, days, money.
struct sample_number {
    std::string_view name;
    std::int64_t is;
};
inline constexpr std::array<sample_number, 16> numbers{{
    {"nam ", 2024},
    {"year", 2024},
    {"so ngay", 3},
    {"days", 3},
    {"so tien", 1'000'000},
    {"kinh phi", 1'000'000},
    {"thanh tien", 1'000'000},
    {"don gia", 100'000},
    {"amount", 1'000'000},
    {"cost", 1'000'000},
    {"phan tram", 50},
    {"ty le", 50},
    {"percent", 50},
    {"so luong", 2},
    {"so nguoi", 2},
    {"so lan", 2},
}};

/// Does the folded name hold the word, from the beginning of a word on?
[[nodiscard]] inline bool names(const std::string& folded, std::string_view word) {
    const std::size_t at = folded.find(word);
    return at != std::string::npos && (at == 0 || folded[at - 1] == ' ');
}

/// "mô tả (thử)": the name of the field itself, where it tells nothing more.
[[nodiscard]] inline std::string text_for(const procedure& of, const form_field& field) {
    const bool vi = of.words == dialect::vi;
    const std::string folded = fold(field.name) + ' ';
    for (const sample_words& one : texts) {
        const std::string_view words = vi ? one.vi : one.en;
        if (!words.empty() && names(folded, one.name)) return std::string(words);
    }
    constexpr std::size_t longest = 120;
    if (field.name.empty() || field.name.size() > longest) return vi ? "thử" : "a trial";
    return field.name + (vi ? " (thử)" : " (trial)");
}

[[nodiscard]] inline std::int64_t number_for(const form_field& field) {
    const std::string folded = fold(field.name) + ' ';
    for (const sample_number& one : numbers)
        if (names(folded, one.name)) return one.is;
    return 1;
}

/// Days before which something happened: `Ngày nhận`, not a limit.
[[nodiscard]] inline bool is_past_day(const form_field& field) {
    constexpr std::array<std::string_view, 12> words{
        "ngay nhan",     "ngay gui", "ngay lap",  "ngay phat hien", "ngay xay ra", "ngay tiep nhan",
        "ngay phan anh", "ngay ky",  "ngay sinh", "received",       "sent on",     "found on"};
    const std::string folded = fold(field.name) + ' ';
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return names(folded, word); });
}

}  // namespace quytrinh::testing::detail::sampling
