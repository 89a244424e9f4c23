// SPDX-License-Identifier: BSL-1.0
// tests/check/unread.cpp: a line that cannot be read hides what it may have said, and nothing else:
// five independent mistakes of a text give five messages in one run, and none that is not so.
#include <quytrinh/check/check.hpp>

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/unread.hpp>
#include <quytrinh/time/calendar.hpp>

#include "support/seeded.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

const fs::path golden = fs::path(QUYTRINH_TESTS_DIR) / "golden" / "check";

std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE_MESSAGE(in, path.string());
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}
std::string text_of(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

result<std::string> bundled_file(std::string_view name) {
    return text_of(lines_of(fs::path(QUYTRINH_PROCEDURES_DIR) / std::string(name)));
}

struct judged {
    parsed text;
    diagnostic_list found;  ///< by the checker
};

judged judge(const std::string& text) {
    judged out{parse("thu.quytrinh", text, &bundled_file), {}};
    check_context context;
    std::vector<procedure_ptr> linked;
    context.find_procedure = [&](std::string_view code) -> const procedure* {
        for (const fs::path& folder : {golden / "linked", fs::path(QUYTRINH_PROCEDURES_DIR)}) {
            const fs::path file = folder / (std::string(code) + ".quytrinh");
            if (!fs::is_regular_file(file)) continue;
            linked.push_back(
                parse(file.filename().string(), text_of(lines_of(file)), &bundled_file).definition);
            return linked.back().get();
        }
        return nullptr;
    };
    const calendar office_days = plain_week();
    context.find_calendar = [&](std::string_view code) {
        return code.empty() || code == "HC.VN" ? &office_days : nullptr;
    };
    const procedure_ptr& readable = out.text.definition ? out.text.definition : out.text.draft;
    if (readable) out.found = check(*readable, context);
    return out;
}

bool tells(const diagnostic_list& found, std::uint16_t code) {
    return std::any_of(found.items.begin(), found.items.end(),
                       [&](const diagnostic& one) { return one.code == code; });
}

std::string shown(const judged& one) {
    return render(one.text.diagnostics, one.text.sources, language::en) +
           render(one.found, one.text.sources, language::en);
}

/// Where a block of this kind begins, by its first word.
bool opens(const std::string& line, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return line.rfind(word, 0) == 0; });
}
bool opens_step(const std::string& line) {
    return opens(line, {"bước ", "step ", "xin ý kiến ", "consult "});
}

}  // namespace

TEST_CASE("whatever line of a real procedure is spoiled, nothing is told that is not so") {
    const fs::path folder = QUYTRINH_PROCEDURES_DIR;
    for (const char* name : {"QT.HTKH.03", "QT.HTKH.03.en", "QT.HTKH.02", "QT.CTCL.B"}) {
        std::vector<std::string> lines = lines_of(folder / (std::string(name) + ".quytrinh"));
        const judged whole = judge(text_of(lines));
        REQUIRE(whole.text.definition);
        std::set<std::uint16_t> right;
        for (const diagnostic& one : whole.found.items) right.insert(one.code);
        const std::size_t stride = quytrinh_tests::stride_of(lines.size() > 150 ? 5 : 1);
        for (std::size_t spoiled = 0; spoiled < lines.size(); spoiled += stride) {
            const std::string good = lines[spoiled];
            const std::size_t first = good.find_first_not_of(' ');
            if (first == std::string::npos || good[first] == '#') continue;
            const std::size_t word = good.find(' ', first);
            // Its first word lost, its end lost, a quote put in, and all of it lost.
            const std::string wrongs[] = {
                good.substr(0, first) + "xyz" +
                    (word == std::string::npos ? "" : good.substr(word)),
                good.substr(0, word), good.substr(0, first) + "\"" + good.substr(first), "  ???"};
            for (const std::string& wrong : wrongs) {
                lines[spoiled] = wrong;
                const judged now = judge(text_of(lines));
                if (now.text.diagnostics.ok()) continue;  // it was a word that may be left out
                for (const diagnostic& one : now.found.items) {
                    if (right.count(one.code) != 0) continue;
                    INFO(name << ":" << spoiled + 1 << ": " << wrong << "\n" << shown(now));
                    CHECK(one.code == 0);
                }
            }
            lines[spoiled] = good;
        }
    }
}

TEST_CASE("a line that cannot be read hides no mistake that it could not be the cause of") {
    std::size_t looked_at = 0;
    for (const auto& entry : fs::directory_iterator(golden / "bad")) {
        if (entry.path().extension() != ".quytrinh") continue;
        const auto code =
            static_cast<std::uint16_t>(std::stoi(entry.path().filename().string().substr(0, 4)));
        // What a text answers for without need is only known of a text that is right.
        if (code == diag::silence_unneeded) continue;
        const std::vector<std::string> lines = lines_of(entry.path());
        const bool vi = lines.front().rfind("ngôn ngữ", 0) == 0;
        // A line that names nothing, in every step; in the heading; in every declaration.
        const std::string lost = vi ? "  công việc" : "  work", note = vi ? "  ghi chú" : "  note";
        for (std::size_t at = 1; at < lines.size(); ++at) {
            const bool step = opens_step(lines[at]);
            if (!step && !opens(lines[at], {"quy trình ", "procedure ", "hồ sơ lưu ", "record "}))
                continue;
            std::vector<std::string> spoiled = lines;
            spoiled.insert(spoiled.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                           step ? lost : note);
            const judged now = judge(text_of(spoiled));
            INFO(entry.path().filename().string() << " beside " << lines[at] << "\n" << shown(now));
            CHECK(now.text.diagnostics.errors == 1);
            const bool of_record = opens(lines[at], {"hồ sơ lưu ", "record "});
            const bool kept = of_record && code > diag::approves_when_refused;
            CHECK((kept || tells(now.found, code)));
            ++looked_at;
        }
    }
    CHECK(looked_at > 400);
}

TEST_CASE("a step that is nowhere is told although another line of the step is not understood") {
    const auto text = [](const std::string& line, const std::string& more) {
        return "ngôn ngữ quy trình 1, tiếng Việt\nquy trình A \"a\"\n  không nêu thời hạn\n  không "
               "nêu hồ sơ lưu\nvai trò MC \"m\"\n"
               "bước 1 \"x\"\n  chủ trì MC\n  " +
               line + "\n  OK → bước 7\n  NOK → bước 1\n" + more;
    };
    const auto bad = [](const std::string& some) {
        const judged one = judge(some);
        std::vector<std::uint16_t> codes;
        for (const diagnostic_list* list : {&one.text.diagnostics, &one.found})
            for (const diagnostic& item : list->items) codes.push_back(item.code);
        return codes;
    };
    const std::vector<std::uint16_t> both{diag::unknown_line, diag::unknown_target};
    CHECK(bad(text("xyz", "")) == both);
    CHECK(bad(text("phối hợp MC phải", "")).back() == diag::unknown_target);
    CHECK(bad(text("phối hợp MC phải", "")).size() == 2);
    const judged out = judge(text("xyz", ""));
    CHECK(out.found.items.back().heading == "quy trình A › bước 1 \"x\"");
    CHECK(message_of(out.found.items.back(), language::vi) ==
          "nhánh OK dẫn đến bước 7 nhưng quy trình không có bước ấy");
    CHECK(bad(text("ghi chú xyz", "")).size() == 2);
    // A line that was lost may have been the header of that step.
    const std::vector<std::uint16_t> one{diag::unknown_line};
    CHECK(bad(text("xyz 7", "")) == one);
    CHECK(bad(text("xyz", "buoc bay 7 \"y\"\n")).back() != diag::unknown_target);
    for (const std::string lost :
         {"bước \"y\"\n  chủ trì MC\n", "bước 7\n  chủ trì MC\n", "bước bảy \"y\"\n",
          "bước 7 \"y\n", "  ghi chú \"\"\"xyz\n", "xyz 7 \"y\"\n  chủ trì MC\n"}) {
        INFO(lost);
        const auto found = bad(text("xyz", lost));
        CHECK(std::count(found.begin(), found.end(), diag::unknown_target) == 0);
    }
}

TEST_CASE("a line of one step that may have said anything hides no mistake of another step") {
    // Of these, each by itself, one step says enough; of the rest a line elsewhere may be the
    // cause.
    const std::uint16_t of_one_step[] = {diag::unknown_target,
                                         diag::target_is_consultation,
                                         diag::outcome_pair_missing,
                                         diag::outcomes_mixed,
                                         diag::branch_never_taken,
                                         diag::last_branch_conditional,
                                         diag::lead_missing,
                                         diag::recorder_missing,
                                         diag::role_not_bound,
                                         diag::assignment_not_declared,
                                         diag::separation_impossible,
                                         diag::outcome_not_here,
                                         diag::limit_from_itself,
                                         diag::last_limit_conditional,
                                         diag::limit_never_applies,
                                         diag::fraction_not_counted,
                                         diag::working_hours_not_counted,
                                         diag::fraction_of_a_day,
                                         diag::limit_is_zero,
                                         diag::limit_too_long,
                                         diag::limit_field_not_a_day,
                                         diag::types_differ,
                                         diag::no_order,
                                         diag::choice_not_offered,
                                         diag::answer_in_quotes,
                                         diag::append_to_plain_box,
                                         diag::field_of_other_box,
                                         diag::lead_takes_part,
                                         diag::no_way_on};
    std::set<std::uint16_t> met;
    for (const auto& entry : fs::directory_iterator(golden / "bad")) {
        if (entry.path().extension() != ".quytrinh") continue;
        const auto code =
            static_cast<std::uint16_t>(std::stoi(entry.path().filename().string().substr(0, 4)));
        if (std::find(std::begin(of_one_step), std::end(of_one_step), code) ==
            std::end(of_one_step))
            continue;
        std::vector<std::string> lines = lines_of(entry.path());
        // A step of its own, that nothing leads to: it could be meant for anything.
        const bool vi = lines.front().rfind("ngôn ngữ", 0) == 0;
        lines.push_back(vi ? "bước 99 \"Khác\"" : "step 99 \"Khác\"");
        lines.push_back("  ???");
        const judged now = judge(text_of(lines));
        INFO(entry.path().filename().string() << "\n" << shown(now));
        CHECK(tells(now.found, code));
        met.insert(code);
    }
    CHECK(met.size() == std::size(of_one_step));
}

TEST_CASE("five independent mistakes of one text give five messages") {
    const bool resetting = [] {
        const char* value = std::getenv("QUYTRINH_RESET_GOLDEN");
        return value != nullptr && *value != '\0' && *value != '0';
    }();
    std::size_t texts = 0;
    for (const auto& entry : fs::directory_iterator(golden / "unread" / "bad")) {
        if (entry.path().extension() != ".quytrinh") continue;
        ++texts;
        const judged bad = judge(text_of(lines_of(entry.path())));
        INFO(entry.path().filename().string() << "\n" << shown(bad));
        CHECK(bad.text.diagnostics.errors >= 1);
        CHECK(bad.text.diagnostics.errors + bad.found.total() >= 5);
        for (const auto& [words, suffix] :
             {std::pair{language::vi, ".vi.txt"}, std::pair{language::en, ".en.txt"}}) {
            fs::path expected = entry.path();
            expected.replace_extension(suffix);
            const std::string now = render(bad.text.diagnostics, bad.text.sources, words) +
                                    render(bad.found, bad.text.sources, words);
            if (resetting)
                std::ofstream(expected, std::ios::binary) << now;
            else
                CHECK(text_of(lines_of(expected)) == now);
        }
        const judged good =
            judge(text_of(lines_of(golden / "unread" / "good" / entry.path().filename())));
        INFO(shown(good));
        CHECK(good.text.diagnostics.total() == 0);
        CHECK(good.found.total() == 0);
    }
    CHECK(texts >= 3);
}
