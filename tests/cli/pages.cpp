// SPDX-License-Identifier: BSL-1.0
// tests/cli/pages.cpp: every code has a page in both languages whose examples are true, and every
// page has a code.
#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/unicode.hpp>

#include <quytrinh/check/check.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/translate.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>

#include <doctest/doctest.h>

#include "support/reached_elsewhere.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

const fs::path golden = fs::path(QUYTRINH_TESTS_DIR) / "golden";
const fs::path folder = fs::path(QUYTRINH_TESTS_DIR).parent_path() / "src" / "cli" / "pages";

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::map<std::uint16_t, std::string> pages() {
    std::map<std::uint16_t, std::string> out;
    for (const auto& one : fs::directory_iterator(folder)) {
        const std::string name = one.path().filename().string();
        if (name == "README.md") continue;
        INFO(name);
        REQUIRE(name.size() == 9);
        REQUIRE(name.substr(0, 2) == "QT");
        REQUIRE(name.substr(6) == ".md");
        out[static_cast<std::uint16_t>(std::stoi(name.substr(2, 4)))] = read_all(one.path());
    }
    return out;
}

bool excused(std::uint16_t code) {
    return std::any_of(std::begin(reached_elsewhere::excuses), std::end(reached_elsewhere::excuses),
                       [code](const auto& one) { return one.code == code; });
}

bool is_english(const std::string& text) {
    const auto first = text.substr(0, text.find('\n'));
    return first.find("procedure language") != std::string::npos;
}

/// The text in the English dialect, as the project translates it; one that cannot be read, and so
/// not translated, has a twin of its own.
std::string in_english(const fs::path& path) {
    std::string twin = path.generic_string();
    const std::size_t at = twin.rfind("/bad/");
    if (at != std::string::npos) twin.replace(at, 5, "/english/");
    if (at != std::string::npos && fs::is_regular_file(twin)) return read_all(twin);
    const std::string text = read_all(path);
    if (is_english(text)) return text;
    const auto there = translate(text, dialect::en);
    INFO(path.string() << ": " << (there ? std::string() : there.error().text(language::en)));
    REQUIRE(there);
    return *there;
}

std::string in_dialect(const fs::path& path, language words) {
    return words == language::en ? in_english(path) : read_all(path);
}

/// Codes of what both passes say of a text, notes at second places included.
std::set<std::uint16_t> said_of(const fs::path& path, language dialect_of) {
    std::set<std::uint16_t> out;
    const auto see = [&](const diagnostic_list& list) {
        for (const diagnostic& one : list.items) {
            out.insert(one.code);
            for (const related_place& other : one.related) out.insert(other.message);
        }
    };
    const import_resolver imports = [&](std::string_view name) -> result<std::string> {
        const fs::path other = path.parent_path() / std::string(name);
        if (!fs::is_regular_file(other)) return fail(errc::not_found, {std::string(name)});
        return in_dialect(other, dialect_of);
    };
    const parsed read = parse(path.filename().string(), in_dialect(path, dialect_of), imports);
    see(read.diagnostics);
    std::vector<procedure_ptr> linked;
    check_context context;
    const calendar office_days = plain_week();
    context.find_calendar = [&](std::string_view code) {
        return code.empty() || code == "HC.VN" ? &office_days : nullptr;
    };
    context.find_procedure = [&](std::string_view code) -> const procedure* {
        const fs::path other =
            path.parent_path().parent_path() / "linked" / (std::string(code) + ".quytrinh");
        if (!fs::is_regular_file(other)) return nullptr;
        linked.push_back(parse(other.filename().string(), read_all(other)).definition);
        return linked.back().get();
    };
    if (read.definition) see(check(*read.definition, context));
    return out;
}

/// Does the text hold a finding of the code that `check --fix` mends?
bool mends_itself(const fs::path& path, std::uint16_t code, language words) {
    const parsed read = parse(path.filename().string(), in_dialect(path, words));
    return std::any_of(
        read.diagnostics.items.begin(), read.diagnostics.items.end(),
        [&](const diagnostic& one) { return one.code == code && one.fix && one.fix->safe; });
}

/// What follows `label` to the end of its line.
std::string after(const std::string& text, const std::string& label) {
    const std::size_t at = text.find(label);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + label.size();
    return text.substr(begin, text.find('\n', begin) - begin);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        out.push_back(line);
    }
    return out;
}

/// Where the fenced block of an example begins and ends in the page, its fences left out; the
/// first below a heading or the second.
struct block_place {
    std::size_t begin = std::string::npos, end = std::string::npos;
    [[nodiscard]] bool found() const { return begin != std::string::npos; }
};
block_place block(const std::string& page, const std::string& heading, int which) {
    const std::string fence = "\n```";
    const std::size_t at = page.find(heading);
    if (at == std::string::npos) return {};
    const std::size_t stop = std::min(page.find("\n## ", at + heading.size()), page.size());
    std::size_t from = at;
    for (;; --which) {
        const std::size_t opens = page.find(fence, from);
        if (opens == std::string::npos || opens >= stop) return {};
        const std::size_t begin = page.find('\n', opens + 1) + 1;
        const std::size_t end = page.find(fence, begin - 1);
        if (which == 0) return {begin, std::max(begin, end + 1)};
        from = end + fence.size();
    }
}

/// The lines of the example below a heading.
std::vector<std::string> example(const std::string& page, const std::string& heading, int which) {
    const block_place at = block(page, heading, which);
    return at.found() ? lines_of(page.substr(at.begin, at.end - at.begin))
                      : std::vector<std::string>{};
}

bool resetting() {
    const char* value = std::getenv("QUYTRINH_RESET_GOLDEN");
    return value != nullptr && *value != '\0' && *value != '0';
}

bool says_something(const std::vector<std::string>& lines) {
    return std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find_first_not_of(" …") != std::string::npos;
    });
}

bool left_out(const std::string& line) { return line.find_first_not_of(" …") == std::string::npos; }
bool cut_short(const std::string& line) {
    return line.size() > 100 && line.substr(line.size() - 3) == "…";
}

/// Each line of the example stands in the file, in the same order: where.
std::vector<std::size_t> stands_in(const std::vector<std::string>& lines, const fs::path& path) {
    INFO(path.string());
    const std::vector<std::string> all = lines_of(read_all(path));
    std::vector<std::size_t> where;
    auto from = all.begin();
    for (const std::string& line : lines) {
        if (left_out(line)) continue;
        // What cannot be seen or read is shown as the messages show it.
        const auto found = std::find_if(from, all.end(), [&](const std::string& other) {
            return other == line || escape_controls(other) == line ||
                   (cut_short(line) &&
                    escape_controls(other).rfind(line.substr(0, line.size() - 3), 0) == 0);
        });
        CHECK_MESSAGE(found != all.end(), line);
        if (found == all.end()) return {};
        where.push_back(static_cast<std::size_t>(found - all.begin()));
        from = found + 1;
    }
    return where;
}

/// The same lines of the English text.
std::vector<std::string> same_lines(const std::vector<std::string>& lines, const fs::path& path) {
    const auto where = stands_in(lines, path);
    const auto english = lines_of(in_english(path));
    INFO(path.string());
    CHECK(english.size() == lines_of(read_all(path)).size());
    std::vector<std::string> out;
    std::size_t next = 0;
    for (const std::string& line : lines) {
        if (left_out(line)) {
            out.push_back(line);
            continue;
        }
        if (next >= where.size() || where[next] >= english.size()) return {};
        std::string there = escape_controls(english[where[next++]]);
        if (cut_short(line) && there.size() > 100) {
            std::size_t end = 97;
            while ((static_cast<unsigned char>(there[end]) & 0xC0u) == 0x80u) --end;
            there = there.substr(0, end) + "…";
        }
        out.push_back(std::move(there));
    }
    return out;
}

/// The second example below a heading is the first in English; where they do not differ there is
/// none. Resetting writes it.
void has_english(const fs::path& file, std::string& page, const std::string& heading,
                 const fs::path& stands) {
    const auto mine = example(page, heading, 0);
    const auto wanted = same_lines(mine, stands);
    const block_place second = block(page, heading, 1);
    if (!resetting()) {
        CHECK((wanted == mine ? !second.found() : wanted == example(page, heading, 1)));
        return;
    }
    std::string text;
    for (const auto& line : wanted) text += line + "\n";
    const block_place first = block(page, heading, 0);
    const std::string fence = "```\n";
    const std::size_t after = first.end + fence.size();
    std::string rest = page.substr(after);
    if (second.found()) rest = page.substr(second.end + fence.size());
    page = page.substr(0, after) +
           (wanted == mine ? std::string() : "\n```quytrinh\n" + text + fence) + rest;
    std::ofstream(file, std::ios::binary) << page;
}

void has_words(const std::string& page, const std::vector<std::string>& labels) {
    for (const std::string& label : labels) {
        INFO(label);
        CHECK(page.find("\n" + label) == page.rfind("\n" + label));
        CHECK(after(page, "\n" + label).size() > 15);
    }
}

}  // namespace

TEST_CASE("every code has its page") {
    const auto all = pages();
    for (const catalogue_row& row : diagnostic_catalogue())
        CHECK_MESSAGE(all.count(row.code) == 1, code_text(row.code)
                                                    << " has no page: see src/cli/pages/README.md");
}

TEST_CASE("a page says in both languages what a code means, why, and how to mend the text") {
    for (const auto& [number, text] : pages()) {
        const std::uint16_t code = number;
        const std::string& page = text;
        INFO(code_text(code));
        const catalogue_row* const row = find_diagnostic(code);
        CHECK_MESSAGE(row != nullptr, "a page without a code");
        if (row == nullptr) continue;
        CHECK(lines_of(page).front() == "# " + code_text(code) + " " + std::string(row->name));
        has_words(page, {"**Nghĩa là gì.** ", "**Vì sao.** ", "**Cách sửa.** ",
                         "**What it means.** ", "**Why.** ", "**How to mend it.** "});
        CHECK(page.find("\n## Tiếng Việt\n") < page.find("\n## English\n"));
        CHECK(page.find("\n**Cách sửa.**") < page.find("\n## English\n"));
    }
}

TEST_CASE("the wrong text of a page gives that very code, the right one does not") {
    for (const auto& [number, text] : pages()) {
        const std::uint16_t code = number;
        std::string page = text;
        INFO(code_text(code));
        const std::string name = after(page, "\n## Sai / Wrong: ");
        if (excused(code)) {
            CHECK_MESSAGE(name.empty(), "named as out of reach, and has an example");
            continue;
        }
        REQUIRE(name.find('/') != std::string::npos);
        // "diagnostics/2021-step-of-library, with/2021-library": lines of a file that is imported.
        const std::size_t comma = std::min(name.find(", "), name.size());
        const fs::path bad =
            golden / name.substr(0, name.find('/')) / "bad" /
            (name.substr(name.find('/') + 1, comma - name.find('/') - 1) + ".quytrinh");
        const fs::path good = bad.parent_path().parent_path() / "good" / bad.filename();
        REQUIRE(fs::is_regular_file(bad));
        REQUIRE(fs::is_regular_file(good));
        for (const language words : {language::vi, language::en}) {
            INFO(std::string(words == language::vi ? "Vietnamese" : "English"));
            CHECK(said_of(bad, words).count(code) == 1);
            // A page promises that a fix is made by itself where, and only where, that is so.
            CHECK(mends_itself(bad, code, words) ==
                  (page.find("check --fix") != std::string::npos));
            CHECK(said_of(good, words).count(code) == 0);
        }
        const fs::path shown =
            comma == name.size() ? bad.filename() : fs::path(name.substr(comma + 2) + ".quytrinh");
        const auto wrong = example(page, "\n## Sai / Wrong: ", 0);
        const auto right = example(page, "\n## Đúng / Right\n", 0);
        CHECK((says_something(wrong) || fs::file_size(bad) == 0));
        CHECK(says_something(right));
        CHECK(wrong != right);
        const fs::path file = folder / (code_text(code) + ".md");
        has_english(file, page, "\n## Sai / Wrong: ", bad.parent_path() / shown);
        has_english(file, page, "\n## Đúng / Right\n", good.parent_path() / shown);
    }
}
