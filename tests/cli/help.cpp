// SPDX-License-Identifier: BSL-1.0
// tests/cli/help.cpp: every page of help is all in the language that was asked for. What stands in
// both the Vietnamese and the English page must be a name, never a word of a library.
#include "shell.hpp"

#include <cctype>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace shell_of;

namespace {

std::string page(const fs::path& where, const std::string& command, const std::string& language) {
    const outcome got = run(where, "quytrinh " + command + " --help --lang " + language);
    CHECK(got.code == 0);
    return got.output;
}

std::vector<std::string> commands(const fs::path& where) {
    std::istringstream lines(page(where, "", "vi"));
    std::vector<std::string> names;
    std::string line;
    bool below = false;
    while (std::getline(lines, line)) {
        if (line == "Lệnh:") below = true;
        if (below && line.size() > 2 && line.rfind("  ", 0) == 0 && line[2] != ' ')
            names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return names;
}

/// Words of Latin letters alone, three or more. An option is a name, and so is what stands in
/// quotes.
std::set<std::string> words(const std::string& text) {
    std::set<std::string> out;
    std::string word;
    bool whole = true;
    const auto end = [&] {
        if (whole && word.size() >= 3) out.insert(word);
        word.clear();
        whole = true;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '-' && word.empty() && i + 1 < text.size() && text[i + 1] == '-') {
            while (i < text.size() && text[i] != ' ' && text[i] != '\n') ++i;
            continue;
        }
        if (c >= 0x80 || c == '-' || std::isdigit(c) != 0) whole = false;
        if (c >= 0x80 || std::isalnum(c) != 0 || c == '-')
            word += static_cast<char>(c);
        else
            end();
    }
    end();
    return out;
}

}  // namespace

TEST_CASE("no page of help has a word that is not of its language") {
    const folder where;
    const std::vector<std::string> names = commands(where.path());
    CHECK(names.size() >= 20);
    // Names of formats and programs, and of commands of the library.
    std::set<std::string> known{"quytrinh", "JSON", "JUnit", "XML",  "svg",  "dot", "mermaid",
                                "help",     "all",  "seed",  "BLDS", "HTKH", "NTH"};
    for (const std::string& name : names) known.insert(name);
    for (const char* name :
         {"complete", "receive", "claim", "release", "assign", "reassign", "record", "opine",
          "consult", "answer", "comment", "attach", "withdraw", "cancel", "signal", "link"})
        known.insert(name);
    std::vector<std::string> all{""};
    all.insert(all.end(), names.begin(), names.end());
    for (const std::string& name : all) {
        const std::set<std::string> there = words(page(where.path(), name, "en"));
        for (const std::string& word : words(page(where.path(), name, "vi"))) {
            const bool foreign = there.count(word) != 0 && known.count(word) == 0;
            CHECK_MESSAGE(!foreign, "quytrinh " << name << " --help --lang vi: " << word);
        }
    }
}

TEST_CASE("columns of help stand under each other, however many bytes a letter has") {
    const folder where;
    const std::string text = page(where.path(), "test", "vi");
    CHECK(text.find("\n  TỆP|THƯ-MỤC|MÃ …            tệp, thư mục") != std::string::npos);
    CHECK(text.find("\n  --yes (dùng cùng --update)  ghi luôn") != std::string::npos);
    CHECK(text.find("\nTùy chọn:\n  -h,--help ") != std::string::npos);
}
