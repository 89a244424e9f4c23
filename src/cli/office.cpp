// SPDX-License-Identifier: BSL-1.0
// src/cli/office.cpp: the runtime behind a command of the program.
#include "office.hpp"

#include "files.hpp"

#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/sqlite.hpp>
#include <quytrinh/store/store.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace cli {

using namespace quytrinh;

namespace {

constexpr std::chrono::minutes default_offset{420};

result<std::shared_ptr<store>> open_store(const store_args& given, opening how,
                                          const std::optional<instant>& at) {
    sqlite_options options;
    options.create = how == opening::or_create;
    options.read_only = how == opening::look;
    options.manual_clock = at;
    options.clock_waits = how == opening::command || how == opening::or_create;
    if (at) options.seed = given.seed;
    auto opened = open_sqlite(given.path, options);
    if (opened || at || opened.error().code != errc::clock_differs) return opened;
    // A trial store without --at: its clock stands.
    options.create = false;
    options.manual_clock = instant{};
    return open_sqlite(given.path, options);
}

/// Adds what a file holds, a procedure or a library; what is wrong with it is shown.
result<added> add_file(const common& as, runtime& office, const std::string& file) {
    const limits bounds;
    auto text = read_file(as, file, bounds.definition_bytes);
    if (!text) return text.failure();
    const import_resolver imports = folder_imports(as, file, bounds.import_bytes);
    auto read = office.add(*text, file, imports);
    if (!read) {
        // The same text read again gives the texts that the places of the diagnostics stand in.
        const diagnostic_list& found = read.error().diagnostics;
        if (found.total() > 0 && !as.json && !as.told)
            error_part(render(found, parse(file, *text, imports).sources, as.words));
        return read.failure();
    }
    if (read->diagnostics.total() > 0 && !as.json && !as.told)
        error_part(render(read->diagnostics, read->sources, as.words));
    return read;
}

}  // namespace

result<std::unique_ptr<runtime>> open_office(const common& as, const store_args& given,
                                             opening how) {
    std::optional<instant> at;
    if (!given.at.empty()) {
        at = read_when(given.at, default_offset);
        if (!at) return fail(errc::invalid_argument, {"--at " + given.at});
    }
    // What the file system says of the path is said in the language asked for.
    std::error_code failed;
    const auto what = std::filesystem::status(given.path, failed);
    if (how != opening::or_create && what.type() == std::filesystem::file_type::not_found)
        return fail(errc::store_unavailable, {given.path, as.say(word::file_no_store)});
    if (how != opening::or_create && is_new_store(given))
        return fail(errc::store_unavailable, {given.path, as.say(word::file_empty_store)});
    if (what.type() == std::filesystem::file_type::directory)
        return fail(errc::store_unavailable, {given.path, as.say(word::file_is_directory)});
    auto opened = open_store(given, how, at);
    if (!opened && opened.error().code == errc::clock_differs)
        return fail(errc::clock_differs, {as.say(word::clock_real), as.say(word::clock_manual)});
    if (!opened) return opened.failure();
    if (at) {
        auto now = (*opened)->now();
        if (!now) return now.failure();
        if (*at < *now)
            return fail(errc::invalid_argument,
                        {as.say(word::clock_back, when(*now, default_offset))});
        if (how == opening::existing)
            if (auto set = (*opened)->set_clock(*at); !set) return set.failure();
    }
    auto office = std::make_unique<runtime>(bundled(), std::move(*opened), trust_host);
    if (auto more = add_files(as, *office, given.with); !more) return more.failure();
    return office;
}

result<std::unique_ptr<runtime>> open_memory_office(const common& as, const store_args& given,
                                                    std::optional<instant> at) {
    memory_options options;
    options.manual_clock = at;
    if (at) options.seed = given.seed;
    auto office = std::make_unique<runtime>(bundled(), open_memory(options), trust_host);
    if (auto more = add_files(as, *office, given.with); !more) return more.failure();
    return office;
}

result<std::unique_ptr<runtime>> try_in_memory(const common& as, const store_args& given) {
    std::optional<instant> at;
    if (!given.at.empty()) at = read_when(given.at, usual_offset);
    return open_memory_office(as, given, at);
}

bool is_new_store(const store_args& given) {
    std::error_code failed;
    const auto type = std::filesystem::status(given.path, failed).type();
    if (type == std::filesystem::file_type::regular)
        return std::filesystem::file_size(given.path, failed) == 0 && !failed;
    return type == std::filesystem::file_type::not_found;
}

result<void> add_files(const common& as, runtime& office, const std::vector<std::string>& files) {
    for (const std::string& file : files)
        if (auto more = add_file(as, office, file); !more) return more.failure();
    return {};
}

result<procedure_ptr> add_procedure(const common& as, runtime& office,
                                    const std::string& code_or_file) {
    if (!names_a_file(code_or_file)) {
        auto known = office.procedure_of(code_or_file);
        if (known) return known;
        std::vector<std::string> codes;
        for (const procedure_ptr& p : office.procedures()) codes.push_back(p->code);
        if (!as.json) error_line(as.say(word::known_procedures, join(codes)));
        return known.failure();
    }
    auto added = add_file(as, office, code_or_file);
    if (!added) return added.failure();
    if (!added->definition || added->definition->steps.empty())
        return fail(errc::procedure_unknown, {as.say(word::file_is_library, code_or_file)});
    return added->definition;
}

result<void> in_use(const runtime& office, const procedure& of) {
    auto present = office.procedure_of(of.code);
    if (!present) return present.failure();
    if ((*present)->hash == of.hash) return {};
    return fail(errc::not_in_force, {of.code, to_day_first(of.head.effective)});
}

result<case_id> find_case(const common& as, const runtime& office, const std::string& text) {
    const auto is_id = [](const std::string& t) {
        return t.size() == 26 && std::all_of(t.begin(), t.end(), [](unsigned char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
               });
    };
    if (is_id(text)) return case_id{text};
    auto page = office.cases({.reference = text}, {}, 1);
    if (!page) return page.failure();
    if (text.empty() || page->rows.empty())
        return fail(errc::not_found, {as.say(word::error_case, text)});
    return page->rows.front().id;
}

std::optional<instant> read_when(const std::string& text, std::chrono::minutes offset) {
    if (const auto at = read_instant(text, offset)) return at;
    if (const auto day = read_date(text)) return start_of(*day, offset);
    return std::nullopt;
}

std::optional<std::pair<std::string, std::string>> read_pair(const std::string& text) {
    const auto sign = text.find('=');
    if (sign == std::string::npos || sign == 0) return std::nullopt;
    // A name is looked up as the text spells it: composed, however it was typed.
    return std::pair{to_nfc(text.substr(0, sign)), text.substr(sign + 1)};
}

bool read_bindings(const std::vector<std::string>& texts, std::vector<binding>& out) {
    for (const std::string& text : texts) {
        const auto pair = read_pair(text);
        if (!pair || pair->second.empty()) return false;
        const actor who = read_actor(pair->second);
        out.push_back({pair->first, who.unit, who.person});
    }
    return true;
}

namespace {

/// The field that a name means: with its form when the name says so.
struct meant {
    std::string form, name;
    const form_field* field = nullptr;
};

meant look_up(const std::string& text, const procedure& of) {
    for (const char* between : {" trong ", " in "}) {
        const auto at = text.rfind(between);
        if (at == std::string::npos) continue;
        const std::string code = text.substr(at + std::string_view(between).size());
        const form* found = of.find_form(code);
        if (found == nullptr) continue;
        const std::string name = text.substr(0, at);
        return {code, name, found->find(name)};
    }
    for (const form& f : of.forms)
        if (const form_field* found = f.find(text)) return {{}, text, found};
    return {{}, text, nullptr};
}

std::vector<value> cells_of(const std::string& text) {
    std::vector<value> cells;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        std::size_t end = text.find('|', begin);
        if (end == std::string::npos) end = text.size();
        std::string cell = text.substr(begin, end - begin);
        while (!cell.empty() && cell.front() == ' ') cell.erase(0, 1);
        while (!cell.empty() && cell.back() == ' ') cell.pop_back();
        // An empty cell is shown as "–".
        cells.push_back(cell.empty() || cell == "–" ? value() : value(std::move(cell)));
        begin = end + 1;
    }
    return cells;
}

/// Rows as they were given, one a time, or as `show` prints them: "a | b; c | d". A text is split
/// only where every part has its cells, for a cell may hold a ';' itself.
std::vector<std::string> rows_of(const std::vector<std::string>& values, std::size_t columns) {
    std::vector<std::string> rows;
    for (const std::string& text : values) {
        std::vector<std::string> parts;
        std::size_t begin = 0;
        while (begin <= text.size()) {
            const std::size_t end = std::min(text.find(';', begin), text.size());
            parts.push_back(text.substr(begin, end - begin));
            begin = end + 1;
        }
        const bool whole = columns < 2 || std::any_of(parts.begin(), parts.end(), [&](auto& part) {
                               return static_cast<std::size_t>(
                                          std::count(part.begin(), part.end(), '|')) != columns - 1;
                           });
        if (whole) parts = {text};
        rows.insert(rows.end(), parts.begin(), parts.end());
    }
    return rows;
}

}  // namespace

bool read_fields(const std::vector<std::string>& texts, const procedure& of,
                 std::vector<field_entry>& out) {
    std::vector<std::pair<meant, std::vector<std::string>>> given;
    for (const std::string& text : texts) {
        const auto pair = read_pair(text);
        if (!pair) return false;
        meant what = look_up(pair->first, of);
        const auto same = std::find_if(given.begin(), given.end(), [&](const auto& g) {
            return g.first.form == what.form && g.first.name == what.name;
        });
        if (same != given.end())
            same->second.push_back(pair->second);
        else
            given.push_back({std::move(what), {pair->second}});
    }
    for (auto& [what, values] : given) {
        const field_type type = what.field == nullptr ? field_type::text : what.field->type;
        value content;
        if (type == field_type::list) {
            value_rows rows;
            for (const std::string& row : rows_of(values, what.field->columns.size())) {
                rows.push_back(cells_of(row));
                // Cells that are left off at the end are empty.
                if (rows.back().size() < what.field->columns.size())
                    rows.back().resize(what.field->columns.size());
            }
            content = value(std::move(rows));
        } else if (values.size() > 1) {
            content = value(values);
        } else {
            content = value(values.front());
        }
        out.push_back({what.form, what.name, std::move(content)});
    }
    return true;
}

std::string ways_on(const common& as, const option::outcome& of) {
    std::vector<std::string> ways;
    for (const option::way& one : of.ways) {
        std::string to = as.say(word::way_to_end);
        if (!one.step.empty())
            to = as.say(word::way_to_step, safe(one.step));
        else if (!one.title.empty())
            to = as.say(word::way_to_named_end, "“" + safe(one.title) + "”");
        const bool otherwise = one.when == "còn lại" || one.when == "otherwise";
        if (otherwise)
            to = as.say(word::way_otherwise, to);
        else if (!one.when.empty())
            to = as.say(word::way_if, safe(one.when), to);
        ways.push_back(std::move(to));
    }
    return join(ways, "; ");
}

confirmations confirmations_of(const task_state& task) {
    confirmations out;
    if (task.any_lead || task.leads.size() < 2 || task.status != task_status::open) return out;
    for (const seat& lead : task.leads) {
        const auto found = std::find_if(task.confirmed.begin(), task.confirmed.end(),
                                        [&](const auto& one) { return one.lead == lead.role; });
        if (found == task.confirmed.end())
            out.missing.push_back(name_of(lead));
        else
            out.given.push_back(safe(to_string(found->by)));
    }
    return out;
}

std::string name_of(const procedure& of, const task_key& task) {
    const step* found = of.find_step(task.step);
    std::string text = safe(to_string(task));
    if (found != nullptr && !found->title.empty()) text += " “" + safe(found->title) + "”";
    return text;
}

}  // namespace cli
