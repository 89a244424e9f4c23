// SPDX-License-Identifier: BSL-1.0
// tests/language/manual_tables.hpp: the appendices of the manual as Markdown, from the tables that
// the library itself is made from: keywords, clauses with their examples, messages.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/language/keywords.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace manual {

/// Words of the page: Vietnamese or English.
struct tongue {
    quytrinh::language words;
    [[nodiscard]] std::string_view say(std::string_view vi, std::string_view en) const {
        return words == quytrinh::language::vi ? vi : en;
    }
};

/// A line of language/impl/clauses.inc.
struct clause_line {
    quytrinh::keyword id;
    std::uint32_t blocks;
    bool once;
    std::string_view vi, en;
};

namespace blocks {
// The letters of clauses.inc.
inline constexpr std::uint32_t P = 1, A = 2, T = 4, D = 8, F = 16, C = 32, K = 64, R = 128, S = 256,
                               Q = 512, L = 1024, N = 4096;
}  // namespace blocks

inline std::span<const clause_line> clause_lines() {
    using namespace blocks;
    static constexpr clause_line all[] = {
#define QUYTRINH_CLAUSE(name, places, once, builder, vi, en) \
    {quytrinh::keyword::name, (places), once, vi, en},
#include <quytrinh/language/impl/clauses.inc>
#undef QUYTRINH_CLAUSE
    };
    return all;
}

/// "`được hủy`, `được huỷ`": every spelling; the first is the one that is printed.
inline std::string spellings(std::string_view cell) {
    std::string out = "`";
    for (const char c : cell) out += c == '|' ? "`, `" : std::string(1, c);
    return out + "`";
}

inline std::string row_of(const std::vector<std::string>& cells) {
    std::string out = "|";
    for (const std::string& one : cells) out += " " + one + " |";
    return out + "\n";
}

inline std::string head_of(std::vector<std::string> cells) {
    const std::size_t count = cells.size();
    return row_of(cells) + row_of(std::vector<std::string>(count, "---"));
}

/// "`bước`, `xin ý kiến`": the headers below which a clause may stand.
inline std::string places(std::uint32_t of, const tongue& t) {
    using quytrinh::keyword;
    static constexpr std::pair<std::uint32_t, keyword> names[] = {
        {blocks::P, keyword::procedure}, {blocks::A, keyword::role},
        {blocks::A, keyword::unit},      {blocks::A, keyword::position},
        {blocks::A, keyword::committee}, {blocks::A, keyword::group},
        {blocks::A, keyword::external},  {blocks::T, keyword::term},
        {blocks::D, keyword::document},  {blocks::F, keyword::form},
        {blocks::C, keyword::catalogue}, {blocks::K, keyword::checklist},
        {blocks::R, keyword::record},    {blocks::S, keyword::step},
        {blocks::Q, keyword::consult},   {blocks::L, keyword::calendar},
        {blocks::N, keyword::scenario},
    };
    std::uint32_t all = 0;
    for (const auto& [letter, id] : names) all |= letter;
    if (of == all) return std::string(t.say("mọi tiêu đề", "every header"));
    if (of == (all & ~blocks::N))
        return std::string(t.say("mọi tiêu đề, trừ `kịch bản`", "every header but `scenario`"));
    if (of == (all & ~blocks::L & ~blocks::N))
        return std::string(t.say("mọi tiêu đề, trừ `lịch`, `kịch bản`",
                                 "every header but `calendar`, `scenario`"));
    std::string out;
    bool parties = false;
    for (const auto& [letter, id] : names) {
        if ((of & letter) == 0) continue;
        std::string name;
        if (letter == blocks::A) {
            if (std::exchange(parties, true)) continue;
            name = t.say("mọi bên", "every party");
        } else {
            for (const quytrinh::keyword_row& row : quytrinh::keyword_table())
                if (row.id == id) {
                    const std::string_view cell = t.say(row.vi, row.en);
                    name = "`" + std::string(cell.substr(0, cell.find('|'))) + "`";
                }
        }
        out += (out.empty() ? "" : ", ") + name;
    }
    return out;
}

/// Appendix A. The page's own dialect stands first.
inline std::string keyword_tables(const tongue& t) {
    using quytrinh::keyword_context;
    using quytrinh::keyword_status;
    const bool vi = t.words == quytrinh::language::vi;
    const auto both = [&](const quytrinh::keyword_row& row) {
        std::vector<std::string> cells{spellings(row.vi), spellings(row.en)};
        if (!vi) std::swap(cells[0], cells[1]);
        return cells;
    };
    std::vector<std::string> columns{"Tiếng Việt", "Tiếng Anh", "Nghĩa"};
    if (!vi) columns = {"English", "Vietnamese", "Meaning"};
    const auto simple = [&](std::string_view title, keyword_status status, keyword_context only,
                            bool any) {
        std::string out = "### " + std::string(title) + "\n\n" + head_of(columns);
        for (const auto& row : quytrinh::keyword_table()) {
            if (row.status != status || (!any && row.context != only)) continue;
            auto cells = both(row);
            cells.emplace_back(t.say(row.help_vi, row.help_en));
            out += row_of(cells);
        }
        return out + "\n";
    };
    std::string out = "\n" + simple(t.say("Tiêu đề", "Headers"), keyword_status::now,
                                    keyword_context::header, false);
    out += "### " + std::string(t.say("Dòng thuộc tiêu đề", "Clauses")) + "\n\n";
    out += vi ? head_of({columns[0], columns[1], columns[2], "Đứng dưới", "Mấy lần", "Ví dụ"})
              : head_of({columns[0], columns[1], columns[2], "Below", "How often", "Example"});
    for (const auto& row : quytrinh::keyword_table()) {
        for (const clause_line& line : clause_lines()) {
            if (line.id != row.id) continue;
            auto cells = both(row);
            cells.emplace_back(t.say(row.help_vi, row.help_en));
            cells.push_back(places(line.blocks, t));
            cells.emplace_back(line.once ? t.say("một", "once") : t.say("nhiều", "repeatable"));
            cells.push_back("`" + std::string(t.say(line.vi, line.en)) + "`");
            out += row_of(cells);
        }
    }
    out += "\n" + simple(t.say("Từ dùng trong dòng", "Words inside a line"), keyword_status::now,
                         keyword_context::word, false);
    out += simple(
        t.say("Sẽ có sau: được nhận ra và bị từ chối", "Still to come: recognised and refused"),
        keyword_status::later, keyword_context::word, true);
    return out;
}

/// "{0}" as a reader sees it.
inline std::string without_arguments(std::string_view words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == '{' && i + 2 < words.size() && words[i + 2] == '}') {
            out += "…";
            i += 2;
        } else if (words[i] == '|') {
            out += "\\|";
        } else {
            out += words[i];
        }
    }
    return out;
}

/// Appendix B. Rows that only point at a second place (a hint without help) are left out.
inline std::string message_tables(const tongue& t) {
    using quytrinh::severity;
    static constexpr std::pair<std::string_view, std::string_view> groups[] = {
        {"0xxx: chữ và dấu", "0xxx: bytes and characters"},
        {"1xxx: cách viết một dòng", "1xxx: how a line is written"},
        {"2xxx: tên gọi", "2xxx: names"},
        {"3xxx: đường đi và người làm", "3xxx: flow, and who acts"},
        {"4xxx: thời hạn và lịch", "4xxx: limits and calendars"},
        {"5xxx: biểu mẫu, điều kiện, hồ sơ lưu", "5xxx: forms, conditions, records"},
        {"6xxx: kịch bản", "6xxx: scenarios"},
        {"7xxx: lấy từ tệp, phiên bản", "7xxx: imports and editions"},
    };
    std::string out;
    int group = -1;
    for (const quytrinh::catalogue_row& row : quytrinh::diagnostic_catalogue()) {
        if (row.level == severity::hint && row.help_vi.empty()) continue;
        if (row.code / 1000 != group) {
            group = row.code / 1000;
            const auto& [vi, en] = groups[group];
            out += "\n### " + std::string(t.say(vi, en)) + "\n\n";
            out += t.words == quytrinh::language::vi
                       ? head_of({"Số", "Mức", "Thông báo", "Cách sửa"})
                       : head_of({"Number", "Level", "Message", "What to do"});
        }
        const auto level = row.level == severity::error     ? t.say("lỗi", "error")
                           : row.level == severity::warning ? t.say("cảnh báo", "warning")
                                                            : t.say("gợi ý", "hint");
        // The page of `quytrinh explain`, where the manual stands beside the sources.
        const std::string number = quytrinh::code_text(row.code);
        out += row_of({"[" + number + "](../src/cli/pages/" + number + ".md)", std::string(level),
                       without_arguments(t.say(row.vi, row.en)),
                       without_arguments(t.say(row.help_vi, row.help_en))});
    }
    return out + "\n";
}

}  // namespace manual
