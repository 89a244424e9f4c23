// SPDX-License-Identifier: BSL-1.0
// src/cli/explain.cpp: explain: what a code means, why the rule exists, and how to mend a text.
#include "commands.hpp"
#include "pages.hpp"

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/unicode.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <tuple>

namespace cli {

using namespace quytrinh;

namespace {

/// "QT4017", "qt4017" or "4017"; nothing else is a code.
std::optional<std::uint16_t> read_code(std::string_view text) {
    if (text.size() > 2 && (text[0] == 'Q' || text[0] == 'q') && (text[1] == 'T' || text[1] == 't'))
        text.remove_prefix(2);
    std::uint16_t code = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, code);
    if (text.empty() || text.size() > 4 || read.ec != std::errc{} || read.ptr != end)
        return std::nullopt;
    return code;
}

/// The message without a text to speak of: the places of its arguments are left open.
std::string open_message(std::string_view words) {
    std::string out;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool argument = words[at] == '{' && at + 2 < words.size() && words[at + 2] == '}';
        out += argument ? std::string_view("…") : words.substr(at, 1);
        if (argument) at += 2;
    }
    return out;
}

std::string message_of_row(const common& as, const catalogue_row& row) {
    return open_message(as.words == language::vi ? row.vi : row.en);
}
std::string help_of_row(const common& as, const catalogue_row& row) {
    return open_message(as.words == language::vi ? row.help_vi : row.help_en);
}

std::string level_of(const common& as, severity level) {
    switch (level) {
    case severity::error: return as.say(word::explain_error);
    case severity::warning: return as.say(word::explain_warning);
    case severity::hint: return as.say(word::explain_hint);
    }
    return {};
}

std::string_view name_of(severity level) {
    switch (level) {
    case severity::error: return "error";
    case severity::warning: return "warning";
    case severity::hint: return "hint";
    }
    return {};
}

/// Paragraphs at most 90 cells wide, two in from the edge.
void print_wrapped(std::string_view text) {
    constexpr std::uint32_t most = 90;
    std::string row = " ";
    std::uint32_t width = 1;
    const auto end_row = [&] {
        line(row.size() > 1 ? row : std::string());
        row = " ";
        width = 1;
    };
    while (!text.empty()) {
        const std::size_t stop = std::min(text.find_first_of(" \n"), text.size());
        const std::string_view one = text.substr(0, stop);
        const bool paragraph = text.substr(stop, 2) == "\n\n";
        text.remove_prefix(std::min(text.size(), stop + (paragraph ? 2 : 1)));
        const std::uint32_t needs = text_width(one) + 1;
        if (width + needs > most && row.size() > 1) end_row();
        if (!one.empty()) {
            row += " " + std::string(one);
            width += needs;
        }
        if (paragraph) {
            end_row();
            line("");
        }
    }
    if (row.size() > 1) end_row();
}

void print_block(std::string_view text) {
    while (!text.empty()) {
        const std::size_t stop = std::min(text.find('\n'), text.size());
        line("  │ " + std::string(text.substr(0, stop)));
        text.remove_prefix(std::min(text.size(), stop + 1));
    }
}

void part_of_page(const common& as, word heading, std::string_view text, bool block) {
    if (text.empty()) return;
    line("");
    line(as.say(heading));
    if (block)
        print_block(text);
    else
        print_wrapped(text);
}

json_object row_as_json(const common& as, const catalogue_row& row) {
    json_object out;
    out.text("code", code_text(row.code))
        .text("name", row.name)
        .text("severity", name_of(row.level))
        .text("message", message_of_row(as, row))
        .text("help", help_of_row(as, row));
    return out;
}

void print_page(const common& as, const catalogue_row& row) {
    const page* const found = find_page(row.code);
    const page_words says = found == nullptr ? page_words{} : read_page(found->text, as.words);
    if (as.json) {
        line(row_as_json(as, row)
                 .text("meaning", says.meaning)
                 .text("reason", says.reason)
                 .text("wrong", says.wrong)
                 .text("right", says.right)
                 .text("mend", says.mend)
                 .str());
        return;
    }
    line(code_text(row.code) + " · " + level_of(as, row.level) + " · " + message_of_row(as, row));
    part_of_page(as, word::explain_meaning, says.meaning, false);
    part_of_page(as, word::explain_reason, says.reason, false);
    part_of_page(as, word::explain_wrong, says.wrong, true);
    part_of_page(as, word::explain_right, says.right, true);
    part_of_page(as, word::explain_mend, says.mend, false);
}

word heading_of(std::uint16_t thousand) {
    switch (thousand) {
    case 0: return word::explain_range_0;
    case 1: return word::explain_range_1;
    case 2: return word::explain_range_2;
    case 3: return word::explain_range_3;
    case 4: return word::explain_range_4;
    case 5: return word::explain_range_5;
    case 6: return word::explain_range_6;
    default: return word::explain_range_7;
    }
}

void print_list(const common& as) {
    std::optional<std::uint16_t> range;
    for (const catalogue_row& row : diagnostic_catalogue()) {
        if (as.json) {
            line(row_as_json(as, row).str());
            continue;
        }
        const auto thousand = static_cast<std::uint16_t>(row.code / 1000);
        if (range != thousand) {
            if (range) line("");
            line(as.say(heading_of(thousand)));
            range = thousand;
        }
        line("  " + code_text(row.code) + "  " + message_of_row(as, row));
    }
    if (!as.json) line("\n" + as.say(word::explain_how));
}

/// How many of the four digits differ, then how far apart the numbers are: a slip of one finger is
/// nearer than the neighbour in the list.
std::tuple<int, int> distance(std::uint16_t a, std::uint16_t b) {
    int differ = 0;
    for (int i = 0, x = a, y = b; i < 4; ++i, x /= 10, y /= 10) differ += x % 10 != y % 10;
    return {differ, std::abs(int{a} - int{b})};
}

int unknown_code(const common& as, std::string_view given) {
    const std::string shown = safe(given);
    const std::optional<std::uint16_t> code = read_code(given);
    if (!code) return misuse(as, as.say(word::explain_no_code, shown));
    std::vector<const catalogue_row*> rows;
    for (const catalogue_row& row : diagnostic_catalogue()) rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [&](const catalogue_row* a, const catalogue_row* b) {
        return distance(a->code, *code) < distance(b->code, *code);
    });
    std::vector<std::string> near;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, rows.size()); ++i)
        near.push_back(code_text(rows[i]->code));
    return misuse(as, as.say(word::explain_unknown, code_text(*code), join(near)));
}

}  // namespace

int run_explain(const common& as, const explain_args& given) {
    if (given.codes.empty()) {
        print_list(as);
        return done;
    }
    bool first = true;
    for (const std::string& asked : given.codes) {
        const std::optional<std::uint16_t> code = read_code(asked);
        const catalogue_row* const row = code ? find_diagnostic(*code) : nullptr;
        if (row == nullptr) return unknown_code(as, asked);
        if (!first && !as.json) line("");
        first = false;
        print_page(as, *row);
    }
    return done;
}

}  // namespace cli
