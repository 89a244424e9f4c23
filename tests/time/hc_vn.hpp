// SPDX-License-Identifier: BSL-1.0
// tests/time/hc_vn.hpp: the public-sector calendar 2020–2026 as a value, written a second time
// beside procedures/HC.VN.quytrinh so that a slip in either is seen. For every test that needs a
// calendar.
#pragma once

#include <quytrinh/time/calendar.hpp>

#include <stdexcept>

namespace test {

inline quytrinh::date day(std::string_view text) {
    const auto read = quytrinh::read_date(text);
    if (!read) throw std::runtime_error("not a date: " + std::string(text));
    return *read;
}
inline quytrinh::instant at(std::string_view text) {
    const auto read = quytrinh::read_instant(text, std::chrono::minutes{420});
    if (!read) throw std::runtime_error("not an instant: " + std::string(text));
    return *read;
}

inline quytrinh::calendar hc_vn() {
    using quytrinh::day_kind;
    struct row {
        const char* from;
        const char* through;
        const char* reason;
        day_kind kind = day_kind::off;
    };
    static constexpr row rows[]{
        {"2020-01-01", "2020-01-01", "Tết Dương lịch"},
        {"2020-01-23", "2020-01-27", "Tết Nguyên đán"},
        {"2020-01-28", "2020-01-29", "nghỉ bù Tết Nguyên đán"},
        {"2020-04-02", "2020-04-02", "Giỗ Tổ Hùng Vương"},
        {"2020-04-30", "2020-04-30", "Ngày Chiến thắng"},
        {"2020-05-01", "2020-05-01", "Ngày Quốc tế lao động"},
        {"2020-09-02", "2020-09-02", "Quốc khánh"},

        {"2021-01-01", "2021-01-01", "Tết Dương lịch"},
        {"2021-02-10", "2021-02-16", "Tết Nguyên đán"},
        {"2021-04-21", "2021-04-21", "Giỗ Tổ Hùng Vương"},
        {"2021-04-30", "2021-04-30", "Ngày Chiến thắng"},
        {"2021-05-01", "2021-05-01", "Ngày Quốc tế lao động"},
        {"2021-05-03", "2021-05-03", "nghỉ bù ngày 01/05/2021"},
        {"2021-09-02", "2021-09-03", "Quốc khánh"},

        {"2022-01-01", "2022-01-01", "Tết Dương lịch"},
        {"2022-01-03", "2022-01-03", "nghỉ bù ngày 01/01/2022"},
        {"2022-01-31", "2022-02-04", "Tết Nguyên đán"},
        {"2022-04-10", "2022-04-10", "Giỗ Tổ Hùng Vương"},
        {"2022-04-11", "2022-04-11", "nghỉ bù ngày 10/04/2022"},
        {"2022-04-30", "2022-04-30", "Ngày Chiến thắng"},
        {"2022-05-01", "2022-05-01", "Ngày Quốc tế lao động"},
        {"2022-05-02", "2022-05-02", "nghỉ bù ngày 30/04/2022"},
        {"2022-05-03", "2022-05-03", "nghỉ bù ngày 01/05/2022"},
        {"2022-09-01", "2022-09-02", "Quốc khánh"},

        {"2023-01-01", "2023-01-01", "Tết Dương lịch"},
        {"2023-01-02", "2023-01-02", "nghỉ bù ngày 01/01/2023"},
        {"2023-01-20", "2023-01-26", "Tết Nguyên đán"},
        {"2023-04-29", "2023-04-29", "Giỗ Tổ Hùng Vương"},
        {"2023-04-30", "2023-04-30", "Ngày Chiến thắng"},
        {"2023-05-01", "2023-05-01", "Ngày Quốc tế lao động"},
        {"2023-05-02", "2023-05-02", "nghỉ bù ngày 29/04/2023"},
        {"2023-05-03", "2023-05-03", "nghỉ bù ngày 30/04/2023"},
        {"2023-09-01", "2023-09-02", "Quốc khánh"},
        {"2023-09-04", "2023-09-04", "nghỉ bù ngày 02/09/2023"},

        {"2024-01-01", "2024-01-01", "Tết Dương lịch"},
        {"2024-02-08", "2024-02-14", "Tết Nguyên đán"},
        {"2024-04-18", "2024-04-18", "Giỗ Tổ Hùng Vương"},
        {"2024-04-29", "2024-04-29", "hoán đổi sang thứ Bảy 04/05/2024"},
        {"2024-04-30", "2024-04-30", "Ngày Chiến thắng"},
        {"2024-05-01", "2024-05-01", "Ngày Quốc tế lao động"},
        {"2024-05-04", "2024-05-04", "hoán đổi cho ngày 29/04/2024", day_kind::working},
        {"2024-09-02", "2024-09-03", "Quốc khánh"},

        {"2025-01-01", "2025-01-01", "Tết Dương lịch"},
        {"2025-01-27", "2025-01-31", "Tết Nguyên đán"},
        {"2025-04-07", "2025-04-07", "Giỗ Tổ Hùng Vương"},
        {"2025-04-26", "2025-04-26", "hoán đổi cho ngày 02/05/2025", day_kind::working},
        {"2025-04-30", "2025-04-30", "Ngày Chiến thắng"},
        {"2025-05-01", "2025-05-01", "Ngày Quốc tế lao động"},
        {"2025-05-02", "2025-05-02", "hoán đổi sang thứ Bảy 26/04/2025"},
        {"2025-09-01", "2025-09-02", "Quốc khánh"},

        {"2026-01-01", "2026-01-01", "Tết Dương lịch"},
        {"2026-01-02", "2026-01-02", "hoán đổi sang thứ Bảy 10/01/2026"},
        {"2026-01-10", "2026-01-10", "hoán đổi cho ngày 02/01/2026", day_kind::working},
        {"2026-02-16", "2026-02-20", "Tết Nguyên đán"},
        {"2026-04-26", "2026-04-26", "Giỗ Tổ Hùng Vương"},
        {"2026-04-27", "2026-04-27", "nghỉ bù ngày 26/04/2026"},
        {"2026-04-30", "2026-04-30", "Ngày Chiến thắng"},
        {"2026-05-01", "2026-05-01", "Ngày Quốc tế lao động"},
        {"2026-08-22", "2026-08-22", "hoán đổi cho ngày 31/08/2026", day_kind::working},
        {"2026-08-31", "2026-08-31", "hoán đổi sang thứ Bảy 22/08/2026"},
        {"2026-09-01", "2026-09-02", "Quốc khánh"},
    };
    quytrinh::calendar c = quytrinh::plain_week();
    c.code = "HC.VN";
    c.title = "Lịch làm việc của cơ quan hành chính nhà nước";
    c.version = "2026-11";
    for (int year = 2020; year <= 2026; ++year) c.years.push_back(year);
    for (const row& one : rows) {
        for (auto d = day(one.from); d <= day(one.through); d += std::chrono::days{1}) {
            c.days.emplace(d, quytrinh::day_entry{one.kind, one.reason});
        }
    }
    auto& culture = c.switches["NGAY.VH"];
    culture.title = "Ngày Văn hóa Việt Nam";
    culture.days.emplace(day("2026-11-24"),
                         quytrinh::day_entry{day_kind::off, "Ngày Văn hóa Việt Nam"});
    return c;
}

}  // namespace test
