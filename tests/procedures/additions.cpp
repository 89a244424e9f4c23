// SPDX-License-Identifier: BSL-1.0
// What the bundled texts add to their sources: the table of procedures/README.md and the marks
// "phần thêm" in the texts name the same things. A mark stands in the reading under what it marks.
#include <quytrinh/procedures/bundled.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace quytrinh;

using lines = std::vector<std::string>;

lines lines_of(std::string_view text) {
    lines all;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
}

lines text_named(const std::string& name) {
    for (const auto& text : bundled_texts())
        if (text.name == name) return lines_of(text.text);
    FAIL("no bundled text " << name);
    return {};
}

bool holds(const std::string& line, std::string_view words) {
    return line.find(words) != std::string::npos;
}

bool is_furniture(const std::string& line) {
    return holds(line, "  theo mục ") || holds(line, "  hiểu là ") || holds(line, "  ghi chú ") ||
           holds(line, "  per section ") || holds(line, "  read as ") || holds(line, "  note ");
}

/// A mark: the reading itself and the lines that it speaks of, which stand right above.
struct mark {
    std::string reading;
    lines above;
};

std::vector<mark> marks_of(const lines& text, std::string_view word) {
    std::vector<mark> all;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!holds(text[i], word)) continue;
        REQUIRE(is_furniture(text[i]));
        mark one{text[i], {}};
        std::size_t above = i;
        while (above > 0 && is_furniture(text[above - 1])) --above;
        for (std::size_t n = 0; n < 2 && above > n; ++n) one.above.push_back(text[above - 1 - n]);
        all.push_back(one);
    }
    return all;
}

/// What one row of the table names: `code` as it stands in the text, "names" in quotes, forms.
lines named_in(const std::string& cell) {
    lines all;
    for (const char sign : {'`', '"'})
        for (std::size_t from = cell.find(sign); from != std::string::npos;) {
            const std::size_t to = cell.find(sign, from + 1);
            REQUIRE(to != std::string::npos);
            const std::string inside = cell.substr(from + 1, to - from - 1);
            all.push_back(sign == '"' ? "\"" + inside + "\"" : inside);
            from = cell.find(sign, to + 1);
        }
    for (std::size_t at = cell.find("form "); at != std::string::npos;
         at = cell.find("form ", at + 1)) {
        const std::size_t end = cell.find_first_of(";, ", at + 5);
        all.push_back("biểu mẫu " + cell.substr(at + 5, end - at - 5) + " ");
    }
    return all;
}

struct row {
    std::string file;
    lines named;
};

std::vector<row> table_of_the_page() {
    std::ifstream page(std::string(QUYTRINH_TESTS_DIR) + "/../procedures/README.md");
    REQUIRE(page.good());
    std::vector<row> all;
    bool here = false;
    for (std::string line; std::getline(page, line);) {
        if (line.rfind("## ", 0) == 0) here = line == "## What goes beyond the sources";
        if (!here || line.rfind("| ", 0) != 0 || line.rfind("| file", 0) == 0) continue;
        std::istringstream in(line);
        std::string skip;
        std::string file;
        std::string what;
        std::getline(in, skip, '|');
        std::getline(in, file, '|');
        std::getline(in, what, '|');
        file = file.substr(1, file.size() - 2);
        all.push_back(
            {file == "CTCL" ? "CTCL.quytrinh" : "QT." + file + ".quytrinh", named_in(what)});
    }
    return all;
}

bool is_about(const mark& m, const std::string& name) {
    const bool found = std::any_of(m.above.begin(), m.above.end(),
                                   [&](const std::string& line) { return holds(line, name); });
    // An answer among several: the reading names which one.
    if (!found || name.front() != '"') return found;
    const std::string bare = name.substr(1, name.size() - 2);
    const bool alone = holds(m.above.front(), "thông tin " + name);
    return alone || holds(m.reading, "«" + bare + "»");
}

}  // namespace

TEST_CASE("what the page lists as added is marked in the texts, and nothing else is") {
    const auto table = table_of_the_page();
    REQUIRE(table.size() == 5);
    for (const auto& text : bundled_texts()) {
        const std::string name(text.name);
        if (name.find(".en.") != std::string::npos) continue;
        CAPTURE(name);
        const auto marks = marks_of(text_named(name), "phần thêm");
        std::vector<bool> listed(marks.size(), false);
        for (const auto& one : table) {
            if (one.file != name) continue;
            CHECK_FALSE(one.named.empty());
            for (const auto& thing : one.named) {
                CAPTURE(thing);
                bool marked = false;
                for (std::size_t i = 0; i < marks.size(); ++i)
                    if (is_about(marks[i], thing)) marked = listed[i] = true;
                CHECK(marked);
            }
        }
        for (std::size_t i = 0; i < marks.size(); ++i) {
            CAPTURE(marks[i].reading);
            CHECK(listed[i]);
        }
    }
}

TEST_CASE("the English edition marks as many additions as the Vietnamese") {
    CHECK(marks_of(text_named("QT.HTKH.03.en.quytrinh"), "an addition").size() ==
          marks_of(text_named("QT.HTKH.03.quytrinh"), "phần thêm").size());
}
