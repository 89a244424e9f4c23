// SPDX-License-Identifier: BSL-1.0
// src/cli/tables.cpp: rows of tables that stand with the office.
#include "tables.hpp"

#include "office.hpp"

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/runtime/views.hpp>

#include <algorithm>
#include <utility>

namespace cli {

using namespace quytrinh;

namespace {

/// The table and the procedure that declares it.
struct found_table {
    const procedure* of = nullptr;
    const catalogue* table = nullptr;
};

found_table find_table(const procedure& first, const std::vector<procedure_ptr>& others,
                       const std::string& code) {
    if (const catalogue* table = first.find_catalogue(code)) return {&first, table};
    for (const procedure_ptr& other : others)
        if (const catalogue* table = other->find_catalogue(code)) return {other.get(), table};
    return {};
}

/// The cells as a text would write them behind `dòng`; the language itself reads them.
std::optional<std::vector<std::string>> cells_of(const std::string& written,
                                                 const catalogue& table) {
    // One line: what follows it in the text would be another line of the table.
    if (written.find_first_of("\r\n") != std::string::npos) return std::nullopt;
    std::string text = "ngôn ngữ quy trình 1, tiếng Việt\n\ndanh mục T \"T\"\n";
    for (std::size_t i = 1; i <= table.columns.size(); ++i)
        text += "  cột \"" + std::to_string(i) + "\" là chữ\n";
    text += "  dòng " + written + "\n";
    const parsed read = parse("--row", std::move(text));
    const catalogue* made = read.ok() && read.library ? read.library->find_catalogue("T") : nullptr;
    if (made == nullptr || made->rows.size() != 1) return std::nullopt;
    return made->rows.front();
}

bool among(const std::vector<office_tables::row>& rows, const office_tables::row& cells) {
    return std::find(rows.begin(), rows.end(), cells) != rows.end();
}

}  // namespace

bool is_of_office(const catalogue& table) { return !table.columns.empty() && table.rows.empty(); }

std::optional<int> office_tables::read(const common& as, const procedure& of,
                                       const std::vector<std::string>& given) {
    const std::vector<procedure_ptr> known =
        given.empty() ? std::vector<procedure_ptr>() : office_.procedures();
    for (const std::string& text : given) {
        // Without a '=' it is a table without cells.
        const auto pair = read_pair(text).value_or(std::pair{to_nfc(text), std::string()});
        const found_table found = find_table(of, known, pair.first);
        if (found.table == nullptr || !is_of_office(*found.table)) {
            std::vector<std::string> codes;
            for (const catalogue& one : of.catalogues)
                if (is_of_office(one)) codes.push_back(one.code);
            if (found.table != nullptr && !found.table->rows.empty())
                return misuse(as, as.say(word::usage_row_of_text, pair.first));
            return misuse(as, codes.empty() ? as.say(word::usage_row_none, of.code, pair.first)
                                            : as.say(word::usage_row_unknown, of.code, pair.first,
                                                     join(codes)));
        }
        const auto cells = cells_of(to_nfc(pair.second), *found.table);
        if (!cells) {
            std::vector<std::string> columns;
            for (const form_field& column : found.table->columns)
                columns.push_back('"' + column.name + '"');
            return misuse(as, as.say(word::usage_row, pair.first, join(columns), text));
        }
        row typed;
        for (std::size_t i = 0; i < cells->size(); ++i) {
            auto cell = coerce(*found.of, found.table->columns[i], value((*cells)[i]));
            if (!cell) return report(as, cell.error());
            typed.push_back(std::move(*cell));
        }
        tell(pair.first, std::move(typed), true);
    }
    return std::nullopt;
}

std::optional<bool> office_tables::has(const std::string& table, const row& cells) const {
    const auto found = tables_.find(table);
    if (found == tables_.end()) return std::nullopt;
    if (among(found->second->there, cells)) return true;
    if (among(found->second->not_there, cells)) return false;
    return std::nullopt;
}

void office_tables::tell(const std::string& table, row cells, bool there) {
    std::shared_ptr<told>& known = tables_[table];
    const bool first = known == nullptr;
    if (first) known = std::make_shared<told>();
    (there ? known->there : known->not_there).push_back(std::move(cells));
    if (first)
        office_.set_table(table, [known](const row& asked) { return among(known->there, asked); });
}

std::optional<int> read_rows(const common& as, runtime& office, const case_id& of,
                             const std::vector<std::string>& given) {
    if (given.empty()) return std::nullopt;
    const auto found = office.find(of);
    if (!found) return report(as, found.error());
    return office_tables(office).read(as, *found->definition, given);
}

std::string text_of_row(const common& as, dialect typed, const office_tables::row& cells) {
    std::vector<std::string> texts;
    for (const value& cell : cells) texts.push_back("“" + text_of(as, typed, cell) + "”");
    return join(texts);
}

}  // namespace cli
