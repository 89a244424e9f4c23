// SPDX-License-Identifier: BSL-1.0
// quytrinh/engine/impl/coerce.ipp: what somebody gave, as the declared type of a field. Text is
// read in the way of the file's dialect: `2,5` in Vietnamese, `2.5` in English.
#pragma once

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/engine/impl/desk.hpp>
#include <quytrinh/engine/impl/entries.hpp>
#include <quytrinh/engine/impl/words.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace quytrinh {

std::vector<std::string> detail::engine::choices_of(const procedure& of, const form_field& field) {
    std::vector<std::string> words = field.choices;
    if (field.catalogue.empty()) return words;
    if (const catalogue* list = of.find_catalogue(field.catalogue))
        for (const auto& item : list->items) words.push_back(item.text);
    return words;
}

namespace detail::coerce_bodies {
namespace {

using engine::choices_of;
using engine::same_word;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// A number is shown as it has to be typed: with the mark of the file's dialect.
unexpected wrong_type(const procedure& of, const form_field& field) {
    if (field.type == field_type::number)
        return fail(errc::field_type, {field.name, engine::type_key(field.type),
                                       of.words == dialect::vi ? "2,5" : "2.5"});
    return fail(errc::field_type, {field.name, engine::type_key(field.type)});
}

/// "P.HTKH/nv07", "P.HTKH" or, of a person, "nv07": compared with who acts, so made of the same
/// characters in the same form.
result<value> read_identity(const form_field& field, std::string_view word) {
    std::string text = to_nfc(word);
    const auto slash = text.find('/');
    const auto first = std::string_view(text).substr(0, slash);
    auto fine = engine::check_identity(std::string(first), field.name, '/');
    if (fine && slash != text.npos)
        fine = engine::check_identity(text.substr(slash + 1), field.name, '/');
    if (!fine) return fine.failure();
    return value{std::move(text)};
}

/// A choice as the text spells it; what was given where anything goes; nothing when it is not
/// taken.
std::optional<std::string> chosen(const form_field& field, const std::vector<std::string>& choices,
                                  std::string_view given) {
    const auto word = trimmed(given);
    for (const auto& choice : choices)
        if (same_word(choice, word)) return choice;
    if (field.other_allowed && !word.empty()) return std::string(word);
    return std::nullopt;
}

unexpected not_taken(const form_field& field, const std::vector<std::string>& choices,
                     std::string_view given) {
    return fail(errc::choice_unknown,
                {field.name, std::string(given), engine::listed(engine::in_quotes(choices))});
}

/// "A; B" in its items. A choice may itself hold a ';': the longest run of parts that is one
/// choice is taken, so that what is shown with "; " between the items is read back as it was.
std::vector<std::string> items_of(const std::vector<std::string>& choices, std::string_view text) {
    std::vector<std::size_t> ends;  // of the parts
    for (std::size_t at = text.find(';'); at != std::string_view::npos; at = text.find(';', at + 1))
        ends.push_back(at);
    ends.push_back(text.size());
    const auto is_choice = [&](std::string_view part) {
        return std::any_of(choices.begin(), choices.end(),
                           [&](const auto& choice) { return same_word(choice, part); });
    };
    std::size_t most = 1;  // parts that a choice can be made of
    for (const auto& choice : choices)
        most = std::max(
            most, 1 + static_cast<std::size_t>(std::count(choice.begin(), choice.end(), ';')));
    std::vector<std::string> items;
    std::size_t from = 0;
    for (std::size_t i = 0; i < ends.size();) {
        std::size_t taken = std::min(most, ends.size() - i);
        while (taken > 1 && !is_choice(trimmed(text.substr(from, ends[i + taken - 1] - from))))
            --taken;
        const auto part = trimmed(text.substr(from, ends[i + taken - 1] - from));
        if (!part.empty()) items.emplace_back(part);
        i += taken;
        from = std::min(ends[i - 1] + 1, text.size());
    }
    return items;
}

result<value> read_items(const procedure& of, const form_field& field, const value& given) {
    const auto choices = choices_of(of, field);
    std::vector<std::string> parts;
    if (const auto* list = given.get_if<std::vector<std::string>>()) {
        parts = *list;
    } else if (const auto* text = given.get_if<std::string>()) {
        parts = items_of(choices, *text);
    } else {
        return wrong_type(of, field);
    }
    std::vector<std::string> items;
    for (const auto& part : parts) {
        auto item = chosen(field, choices, part);
        if (!item) return not_taken(field, choices, part);
        if (!engine::among(items, *item)) items.push_back(std::move(*item));
    }
    if (items.empty()) return value{};
    return value{std::move(items)};
}

std::optional<bool> read_yes_no(std::string_view text) {
    for (const std::string_view yes : {"có", "Có", "yes", "Yes"})
        if (same_word(text, yes)) return true;
    for (const std::string_view no : {"không", "Không", "no", "No"})
        if (same_word(text, no)) return false;
    return std::nullopt;
}

/// Everything but lists with columns.
result<value> read_cell(const procedure& of, const form_field& field, const value& given) {
    if (given.empty()) return value{};
    const auto* text = given.get_if<std::string>();
    const std::string_view word = text == nullptr ? std::string_view{} : trimmed(*text);
    // A text field keeps an empty text; to every other type it says "not filled in".
    if (text != nullptr && word.empty() && field.type != field_type::text) return value{};
    switch (field.type) {
    case field_type::text:
        if (text == nullptr) break;
        return given;
    case field_type::person:
    case field_type::unit:
        if (text == nullptr) break;
        return read_identity(field, word);
    case field_type::attachment:
        if (text == nullptr) break;
        return value{std::string(word)};
    case field_type::number:
        if (given.get_if<decimal>() != nullptr) return given;
        if (text == nullptr) break;
        if (const auto number = decimal::read(word, of.words == dialect::vi ? ',' : '.'))
            return value{*number};
        break;
    case field_type::day:
        if (given.get_if<date>() != nullptr) return given;
        if (text == nullptr) break;
        if (const auto day = read_date(word)) return value{*day};
        break;
    case field_type::yes_no:
        if (given.get_if<bool>() != nullptr) return given;
        if (text == nullptr) break;
        if (const auto yes = read_yes_no(word)) return value::yes_no(*yes);
        break;
    case field_type::one_of: {
        if (text == nullptr) break;
        const auto choices = choices_of(of, field);
        if (auto choice = chosen(field, choices, word)) return value{std::move(*choice)};
        return not_taken(field, choices, word);
    }
    case field_type::any_of:
    case field_type::checklist: return read_items(of, field, given);
    case field_type::list: break;
    }
    return wrong_type(of, field);
}

/// Whoever sends an array as a text means its items: kept as one text, nothing could read them.
bool is_array_text(std::string_view text) {
    const auto word = trimmed(text);
    if (word.size() < 2) return false;
    const auto inside = trimmed(word.substr(1, word.size() - 2));
    const bool array = word.front() == '[' && word.back() == ']';
    const bool object = word.front() == '{' && word.back() == '}';
    return (array && !inside.empty() && std::string_view("\"[{").find(inside[0]) != inside.npos) ||
           (object && !inside.empty() && inside[0] == '"');
}

unexpected not_by_items(const form_field& field) {
    return fail(errc::field_type, {field.name, "list_of_items"});
}

result<value> read_rows(const procedure& of, const form_field& field, const value& given) {
    const auto* rows = given.get_if<value_rows>();
    if (rows == nullptr) {
        // A list without columns is a list of words.
        const auto* words = given.get_if<std::vector<std::string>>();
        const auto* text = given.get_if<std::string>();
        if (!field.columns.empty() || (words == nullptr && text == nullptr))
            return wrong_type(of, field);
        if (words != nullptr) return given;
        if (is_array_text(*text)) return not_by_items(field);
        return value{std::vector<std::string>{*text}};
    }
    if (rows->empty()) return value{};
    value_rows read;
    read.reserve(rows->size());
    for (const auto& row : *rows) {
        if (row.size() != field.columns.size()) return wrong_type(of, field);
        const auto* alone = row.empty() ? nullptr : row.front().get_if<std::string>();
        if (alone != nullptr && is_array_text(*alone) &&
            std::all_of(row.begin() + 1, row.end(), [](const value& v) { return v.empty(); }))
            return not_by_items(field);
        std::vector<value> cells;
        cells.reserve(row.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            auto cell = read_cell(of, field.columns[i], row[i]);
            if (!cell) return cell.failure();
            cells.push_back(std::move(*cell));
        }
        read.push_back(std::move(cells));
    }
    return value{std::move(read)};
}

}  // namespace
}  // namespace detail::coerce_bodies

result<value> coerce(const procedure& of, const form_field& field, const value& given) {
    namespace own = detail::coerce_bodies;
    if (given.empty()) return value{};
    return field.type == field_type::list ? own::read_rows(of, field, given)
                                          : own::read_cell(of, field, given);
}

}  // namespace quytrinh
