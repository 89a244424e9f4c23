// SPDX-License-Identifier: BSL-1.0
// tests/check/golden.cpp: every finding of the checker has a text that provokes it, the words it
// prints in both languages, and the mended text beside it. QUYTRINH_RESET_GOLDEN=1 writes what is
// printed now; review it as a diff.
#include <quytrinh/check/check.hpp>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

const fs::path root = fs::path(QUYTRINH_TESTS_DIR) / "golden" / "check";

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<fs::path> texts(const char* folder) {
    std::vector<fs::path> out;
    for (const auto& one : fs::directory_iterator(root / folder))
        if (one.path().extension() == ".quytrinh") out.push_back(one.path());
    std::sort(out.begin(), out.end());
    REQUIRE(out.size() > 60);
    return out;
}

struct judged {
    parsed text;
    diagnostic_list found;
    [[nodiscard]] std::string shown(language words) const {
        return render(found, text.sources, words);
    }
};

judged judge(const fs::path& path) {
    judged out{parse(path.filename().string(), read_all(path)), {}};
    INFO(render(out.text.diagnostics, out.text.sources, language::en));
    REQUIRE(out.text.diagnostics.total() == 0);
    REQUIRE(out.text.definition != nullptr);
    std::vector<procedure_ptr> linked;
    check_context context;
    context.find_procedure = [&](std::string_view code) -> const procedure* {
        const fs::path file = root / "linked" / (std::string(code) + ".quytrinh");
        if (!fs::is_regular_file(file)) return nullptr;
        linked.push_back(parse(file.filename().string(), read_all(file)).definition);
        return linked.back().get();
    };
    calendar office_days = plain_week();
    context.find_calendar = [&](std::string_view code) {
        return code.empty() || code == "HC.VN" ? &office_days : nullptr;
    };
    out.found = check(*out.text.definition, context);
    return out;
}

std::uint16_t code_of(const fs::path& path) {
    return static_cast<std::uint16_t>(std::stoi(path.filename().string().substr(0, 4)));
}

bool resetting() {
    const char* value = std::getenv("QUYTRINH_RESET_GOLDEN");
    return value != nullptr && *value != '\0' && *value != '0';
}

}  // namespace

TEST_CASE("one mistake gives one finding, in the words of both languages") {
    for (const auto& path : texts("bad")) {
        INFO(path.filename().string());
        const judged one = judge(path);
        INFO(one.shown(language::en));
        CHECK(one.found.total() == 1);
        REQUIRE_FALSE(one.found.items.empty());
        CHECK(one.found.items[0].code == code_of(path));
        // No argument is missing and none is printed as a number in braces.
        CHECK(one.shown(language::vi).find('{') == std::string::npos);
        for (const auto& [words, suffix] :
             {std::pair{language::vi, ".vi.txt"}, std::pair{language::en, ".en.txt"}}) {
            fs::path expected = path;
            expected.replace_extension(suffix);
            if (resetting())
                std::ofstream(expected, std::ios::binary) << one.shown(words);
            else
                CHECK(read_all(expected) == one.shown(words));
        }
    }
}

TEST_CASE("the mended text has no finding at all") {
    std::set<std::string> bad, good;
    for (const auto& path : texts("bad")) bad.insert(path.filename().string());
    for (const auto& path : texts("good")) {
        INFO(path.filename().string());
        good.insert(path.filename().string());
        const judged one = judge(path);
        INFO(one.shown(language::en));
        CHECK(one.found.total() == 0);
    }
    CHECK(bad == good);
}

TEST_CASE("every row of the checker's catalogue is provoked by a text") {
    // What the reader itself refuses is among its texts (golden/diagnostics).
    const std::set<std::uint16_t> elsewhere{
        diag::consultation_has_branches, diag::carried_field_ambiguous, diag::week_not_written,
        diag::make_up_hours_not_written, diag::runs_on_in_working_time, diag::first_time_behind,
        diag::cell_of_other_type};
    std::set<std::uint16_t> provoked;
    for (const auto& path : texts("bad")) provoked.insert(code_of(path));
    for (const auto& row : diagnostic_catalogue()) {
        const bool note = row.code / 100 == 39, of_calendars = row.code / 100 == 41;
        if (row.code < 3000 || row.code >= 6000 || note || of_calendars) continue;
        if (elsewhere.count(row.code) != 0) continue;
        INFO(row.code << " " << row.name);
        CHECK(provoked.count(row.code) == 1);
    }
}
