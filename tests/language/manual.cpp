// SPDX-License-Identifier: BSL-1.0
// tests/language/manual.cpp: the author's manual (procedures/language.*.md) and the README say only
// what is so: every example is read and checked, every message and due date printed in them comes
// out that way, and their tables are the library's. QUYTRINH_RESET_GOLDEN=1 writes the messages,
// due dates and tables as they are now; review it as a diff.
//
// How a block is marked:
//   ```quytrinh        a procedure, or a change of the one before, without any finding
//   ```quytrinh-wrong  a change that is not kept, with exactly the findings of the line above
//   ```quytrinh-whole  all of the procedure as it stands there
//   ```text            after a wrong block its messages, after `quytrinh due` what that prints
// The line above may say `<!-- file: NAME -->`: a file of its own, which others may import or open;
// `<!-- QT3035 -->`: the findings that there are.
#include <quytrinh/language/parse.hpp>

#include "manual_page.hpp"
#include "manual_tables.hpp"

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/procedures/bundled.hpp>
#include <quytrinh/time/calendar.hpp>
#include <quytrinh/time/counting.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <set>

using namespace quytrinh;

namespace {

struct manual_file {
    const char* name;
    dialect words;
    manual::tongue speaks;
};

const manual_file pages[] = {
    {"language.vi.md", dialect::vi, {language::vi}},
    {"language.en.md", dialect::en, {language::en}},
};

std::string folder() { return std::string(QUYTRINH_PROCEDURES_DIR) + "/"; }

bool resetting() {
    const char* value = std::getenv("QUYTRINH_RESET_GOLDEN");
    return value != nullptr && *value != '\0' && *value != '0';
}

/// What `quytrinh check` finds in a text.
struct verdict {
    diagnostic_list found;
    std::vector<source_text> sources;
    procedure_ptr definition;

    [[nodiscard]] std::string codes() const {
        std::string out;
        for (const diagnostic& one : found.items)
            out += (out.empty() ? "" : " ") + code_text(one.code);
        return out;
    }
    /// Without the closing count.
    [[nodiscard]] std::string messages(language words) const {
        std::string out;
        for (const diagnostic& one : found.items)
            out += (out.empty() ? "" : "\n") + render(one, sources, words);
        return out;
    }
};

/// The examples of one page, from the first to the last.
class examples {
public:
    explicit examples(dialect words) : text_(words) {
        for (const procedure_ptr& one : bundled().procedures) known_[one->code] = one;
    }

    verdict take(const manual::block& one) {
        if (one.above.rfind("file: ", 0) == 0) {
            const std::string name = one.above.substr(6);
            CHECK(text_.is_whole(one.text));
            verdict out = judge(name, one.text);
            files_[name] = one.text;
            if (out.definition) known_[out.definition->code] = out.definition;
            return out;
        }
        text_.take(one.text);
        return judge("QT.01.quytrinh", text_.text());
    }
    [[nodiscard]] std::string whole() const { return text_.text(); }
    verdict try_out(const manual::block& one) const {
        manual::growing_text text = text_;
        text.take(one.text);
        return judge("QT.01.quytrinh", text.text());
    }

private:
    verdict judge(const std::string& name, const std::string& text) const {
        const import_resolver imports = [this](std::string_view wanted) -> result<std::string> {
            const auto found = files_.find(std::string(wanted));
            if (found == files_.end()) return fail(errc::not_found, {std::string(wanted)});
            return found->second;
        };
        parsed read = parse(name, text, imports);
        verdict out{std::move(read.diagnostics), std::move(read.sources), read.definition};
        if (const procedure_ptr readable = read.definition ? read.definition : read.draft) {
            check_context context;
            context.find_procedure = [this](std::string_view code) -> const procedure* {
                const auto found = known_.find(code);
                return found == known_.end() ? nullptr : found->second.get();
            };
            for (diagnostic& one : check(*readable, context).items) out.found.add(std::move(one));
        }
        out.found.sort();
        return out;
    }

    manual::growing_text text_;
    std::map<std::string, std::string> files_;
    std::map<std::string, procedure_ptr, std::less<>> known_;
};

/// `quytrinh due "LIMIT" --from WHEN`, as words between blanks, quotes kept together.
std::optional<std::vector<std::string>> due_command(const manual::block& one) {
    if (one.kind != "sh" || one.text.rfind("quytrinh due ", 0) != 0) return std::nullopt;
    std::vector<std::string> words(1);
    bool quoted = false;
    for (const char c : one.text.substr(0, one.text.find('\n'))) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ' ' && !quoted)
            words.emplace_back();
        else
            words.back() += c;
    }
    return words;
}

/// What that command prints, from the same functions of the library.
std::string due_of(const std::vector<std::string>& words, language in) {
    REQUIRE(words.size() == 5);
    REQUIRE(words[3] == "--from");
    const auto limit = parse_limit(words[2]);
    REQUIRE_MESSAGE(limit.has_value(), words[2]);
    const calendar days = bundled().calendars.front();
    std::optional<instant> from = read_instant(words[4], days.offset);
    if (!from)
        if (const auto day = read_date(words[4])) from = start_of(*day, days.offset);
    REQUIRE_MESSAGE(from.has_value(), words[4]);
    const auto counted = count_limit(days, usual_rule(limit->length), *from, limit->length);
    if (!counted)
        return (in == language::vi ? "lỗi: " : "error: ") + counted.error().text(in) + "\n";
    std::string out = to_iso(counted->due, days.offset) + "\n";
    for (const trace_line& one : counted->trace) out += to_text(one, in) + "\n";
    return out;
}

/// The first line in which two texts differ, as both have it.
std::string difference(std::string_view old, std::string_view now) {
    const auto a = manual::lines_of(old), b = manual::lines_of(now);
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
    return "\n  printed: " + (i < a.size() ? a[i] : "(nothing)") +
           "\n  now:     " + (i < b.size() ? b[i] : "(nothing)");
}

}  // namespace

TEST_CASE(
    "every example of the manual is right, and the wrong ones say what they are shown to say") {
    for (const manual_file& which : pages) {
        manual::page page(folder() + which.name);
        examples shown(which.words);
        std::string said;  // by the block before
        bool any = false;
        int right = 0, wrong = 0;
        for (const manual::block& one : page.blocks()) {
            INFO(page.at(one));
            if (one.kind == "text" && any) {
                if (resetting())
                    page.put(one, said);
                else
                    CHECK_MESSAGE((one.text == said), difference(one.text, said));
            }
            any = false;
            if (one.kind == "quytrinh") {
                ++right;
                const verdict found = shown.take(one);
                const bool file = one.above.rfind("file: ", 0) == 0;
                CHECK_MESSAGE(found.codes() == (file ? "" : one.above),
                              found.messages(which.speaks.words));
                CHECK(found.found.ok());
            } else if (one.kind == "quytrinh-wrong") {
                ++wrong;
                const verdict found = shown.try_out(one);
                CHECK_MESSAGE(found.codes() == one.above, found.messages(which.speaks.words));
                CHECK_FALSE(one.above.empty());
                said = found.messages(which.speaks.words);
                any = true;
            } else if (one.kind == "quytrinh-whole") {
                if (resetting())
                    page.put(one, shown.whole());
                else
                    CHECK_MESSAGE((one.text == shown.whole()), difference(one.text, shown.whole()));
            } else if (const auto command = due_command(one)) {
                said = due_of(*command, which.speaks.words);
                any = true;
            }
        }
        CHECK(right > 15);
        CHECK(wrong > 5);
        if (resetting()) page.write();
    }
}

TEST_CASE("the appendices of the manual are the tables of the library") {
    for (const manual_file& which : pages) {
        manual::page page(folder() + which.name);
        INFO(std::string(which.name) << ": run with QUYTRINH_RESET_GOLDEN=1 and review the diff");
        const auto hold = [&](const std::string& name, std::string now) {
            if (resetting())
                page.put(page.section(name), std::move(now));
            else
                CHECK_MESSAGE((page.section(name) == now), difference(page.section(name), now));
        };
        hold("keywords", manual::keyword_tables(which.speaks));
        hold("messages", manual::message_tables(which.speaks));
        if (resetting()) page.write();
    }
}

TEST_CASE("every keyword stands in the appendix, every clause with where it stands") {
    const std::string table = manual::keyword_tables({language::vi});
    for (const keyword_row& row : keyword_table()) {
        INFO(row.name);
        CHECK(table.find("| " + manual::spellings(row.vi) + " | " + manual::spellings(row.en) +
                         " |") != std::string::npos);
        if (row.context != keyword_context::clause || row.status == keyword_status::later) continue;
        const auto lines = manual::clause_lines();
        CHECK(std::any_of(lines.begin(), lines.end(),
                          [&](const manual::clause_line& line) { return line.id == row.id; }));
    }
}

TEST_CASE("both manuals show the same things in the same order") {
    const manual::page vi(folder() + pages[0].name), en(folder() + pages[1].name);
    REQUIRE(vi.blocks().size() == en.blocks().size());
    for (std::size_t i = 0; i < vi.blocks().size(); ++i) {
        INFO(vi.at(vi.blocks()[i]) << ", " << en.at(en.blocks()[i]));
        CHECK(vi.blocks()[i].kind == en.blocks()[i].kind);
        CHECK(vi.blocks()[i].above == en.blocks()[i].above);
    }
    const auto chapters = [](const manual::page& of) {
        std::size_t count = 0;
        for (const std::string& line : manual::lines_of(of.text()))
            count += line.rfind("## ", 0) == 0 ? 1u : 0u;
        return count;
    };
    CHECK(chapters(vi) == chapters(en));
}

TEST_CASE("the first procedure of the README is right") {
    const manual::page page(folder() + "../README.md");
    examples shown(dialect::vi);
    int seen = 0;
    for (const manual::block& one : page.blocks()) {
        if (one.kind != "quytrinh") continue;
        INFO(page.at(one));
        ++seen;
        const verdict found = shown.take(one);
        CHECK_MESSAGE(found.codes().empty(), found.messages(language::vi));
        CHECK(found.definition != nullptr);
        CHECK(manual::lines_of(one.text).size() <= 15);
    }
    CHECK(seen == 1);
}
