// SPDX-License-Identifier: BSL-1.0
// src/cli/test_files.cpp: finding texts with scenarios, within limits.
#include "test_files.hpp"

#include "files.hpp"

#include <quytrinh/base/limits.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace cli {

using namespace quytrinh;
namespace fs = std::filesystem;

namespace {

/// The scenarios that ship beside the bundled procedures.
constexpr std::pair<std::string_view, std::string_view> shipped_scenarios[] = {
    {"", ""},
#include <scenarios.inc>
};

unexpected too_many() {
    return fail(errc::limit_exceeded, {"files", std::to_string(most_test_files)});
}

/// Every `.quytrinh` file below a folder. Hidden folders and links to folders are left alone.
result<std::vector<std::string>> files_below(const std::string& folder) {
    std::vector<std::string> out;
    std::error_code failed;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                        failed);
    for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
        const std::string name = at->path().filename().string();
        std::error_code none;
        if (at->is_directory(none)) {
            if (name.starts_with('.') || at.depth() >= deepest_test_folder)
                at.disable_recursion_pending();
            continue;
        }
        if (at->path().extension() != ".quytrinh" || !at->is_regular_file(none)) continue;
        out.push_back(at->path().string());
        if (out.size() > most_test_files) return too_many();
    }
    if (failed) return fail(errc::file_unreadable, {folder, failed.message()});
    std::sort(out.begin(), out.end());
    return out;
}

test_text read_text(const common& as, std::string path, std::string text, bool shipped) {
    const limits bounds;
    test_text out;
    const import_resolver imports =
        shipped ? bundled_imports() : folder_imports(as, path, bounds.import_bytes);
    out.read = parse(path, text, imports, bounds);
    out.path = std::move(path);
    out.text = std::move(text);
    out.shipped = shipped;
    return out;
}

/// Where a procedure may lie that a scenario of this file is about.
std::vector<std::string> places_of(std::string_view code, const std::string& beside) {
    std::vector<std::string> names;
    constexpr std::string_view ending = ".test.quytrinh";
    const std::string own = fs::path(beside).filename().string();
    if (own.size() > ending.size() && own.ends_with(ending))
        names.push_back(own.substr(0, own.size() - ending.size()));
    if (names.empty() || names.front() != code) names.emplace_back(code);
    const fs::path folder = fs::path(beside).parent_path();
    // "a/b.quytrinh" has "a" and the folder above it; a bare name has this folder and the one
    // above.
    const fs::path above = folder.empty() ? fs::path("..") : folder / "..";
    std::vector<std::string> out;
    const fs::path plain = above.lexically_normal();
    for (const fs::path& place : {folder, plain == "." ? fs::path() : plain})
        for (const std::string& name : names)
            out.push_back((place / (name + ".quytrinh")).string());
    return out;
}

/// The scenarios that ship for a code; nothing when it ships with none.
bool add_shipped(const common& as, const std::string& code, std::vector<test_text>& out) {
    bool found = false;
    for (const auto& [name, text] : shipped_scenarios) {
        const std::string_view of = name.substr(0, name.find(".test.quytrinh"));
        if (of.empty() || of != code) continue;
        out.push_back(read_text(as, std::string(name), std::string(text), true));
        found = true;
    }
    return found;
}

}  // namespace

result<std::vector<test_text>> test_texts(const common& as, const std::vector<std::string>& what) {
    const limits bounds;
    std::vector<test_text> out;
    for (const std::string& one : what) {
        std::error_code none;
        std::vector<std::string> paths{one};
        if (fs::is_directory(one, none)) {
            auto below = files_below(one);
            if (!below) return below.failure();
            paths = std::move(*below);
        } else if (!names_a_file(one)) {
            if (add_shipped(as, one, out)) continue;
            return fail(errc::not_found, {one});
        }
        for (const std::string& path : paths) {
            const auto same = [&](const test_text& before) { return before.path == path; };
            if (std::any_of(out.begin(), out.end(), same)) continue;
            if (out.size() >= most_test_files) return too_many();
            auto text = read_file(as, path, bounds.definition_bytes);
            if (!text) return text.failure();
            out.push_back(read_text(as, path, std::move(*text), false));
        }
    }
    return out;
}

result<std::vector<test_text>> with_texts(const common& as, const std::vector<std::string>& files) {
    std::vector<test_text> out;
    for (const std::string& path : files) {
        auto text = read_file(as, path, limits{}.definition_bytes);
        if (!text) return text.failure();
        out.push_back(read_text(as, path, std::move(*text), false));
    }
    return out;
}

test_procedures::test_procedures(const common& as, const std::vector<test_text>& texts,
                                 const std::vector<test_text>& with)
    : as_(as), all_(std::make_shared<definitions>(bundled())) {
    for (const auto* some : {&with, &texts})
        for (const test_text& one : *some) add(one);
}

void test_procedures::add(const test_text& one) {
    if (one.read.definition) replace(one.read.definition);
    if (!one.read.library) return;
    for (const calendar& days : one.read.library->calendars) {
        std::erase_if(all_->calendars, [&](const calendar& old) { return old.code == days.code; });
        all_->calendars.push_back(days);
    }
}

void test_procedures::replace(const procedure_ptr& one) {
    // A world that was given the old ones keeps them.
    auto now = std::make_shared<definitions>(*all_);
    std::erase_if(now->procedures, [&](const auto& old) { return old->code == one->code; });
    now->procedures.push_back(one);
    all_ = std::move(now);
}

const diagnostic_list& test_procedures::errors_of(const procedure_ptr& one,
                                                  const std::string& beside) {
    const auto [at, is_new] = judged_.try_emplace(one);
    if (!is_new) return at->second;
    check_context with;
    with.find_procedure = [&](std::string_view code) { return find(code, beside).get(); };
    const diagnostic_list found = check(*one, with);
    for (const diagnostic& each : found.items)
        if (each.level == severity::error) at->second.add(each, with.bounds.diagnostics);
    return at->second;
}

procedure_ptr test_procedures::find(std::string_view code, const std::string& beside) {
    for (const procedure_ptr& one : all_->procedures)
        if (one->code == code) return one;
    const limits bounds;
    for (const std::string& path : places_of(code, beside)) {
        auto text = read_file(as_, path, bounds.definition_bytes);
        if (!text) continue;
        const parsed read =
            parse(path, std::move(*text), folder_imports(as_, path, bounds.import_bytes), bounds);
        if (!read.definition || read.definition->code != code) continue;
        replace(read.definition);
        return read.definition;
    }
    return nullptr;
}

std::string test_procedures::why_not_found(std::string_view code, const std::string& beside) const {
    const limits bounds;
    std::string places;
    for (const std::string& path : places_of(code, beside)) {
        places += (places.empty() ? "" : ", ") + safe(path);
        auto text = read_file(as_, path, bounds.definition_bytes);
        if (!text) continue;
        const parsed read =
            parse(path, std::move(*text), folder_imports(as_, path, bounds.import_bytes), bounds);
        if (!read.sound())
            return as_.say(word::test_wrong_there, safe(std::string(code)), safe(path));
    }
    return as_.say(word::test_no_procedure, safe(std::string(code)), places);
}

}  // namespace cli
