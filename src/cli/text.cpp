// SPDX-License-Identifier: BSL-1.0
// src/cli/text.cpp: new, check: a text to begin with, and everything that is wrong with one.
#include "commands.hpp"
#include "diff.hpp"
#include "files.hpp"
#include "office.hpp"

#include <quytrinh/base/fixes.hpp>
#include <quytrinh/check/check.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/language/scenarios.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/scenario.hpp>
#include <quytrinh/quytrinh.hpp>
#include <quytrinh/time/calendar.hpp>

#include <map>

namespace cli {

using namespace quytrinh;

namespace {

constexpr std::string_view template_vi = R"(ngôn ngữ quy trình 1, tiếng Việt
quy trình QT.01 "Cấp giấy xác nhận"
  một ngày là ngày làm việc
vai trò MC "Bộ phận một cửa"
vai trò LĐ "Lãnh đạo đơn vị"
bước 1 "Tiếp nhận hồ sơ"
  chủ trì MC
  thời hạn chậm nhất 01 ngày kể từ khi nhận
  xong → bước 2
bước 2 "Phê duyệt"
  chủ trì LĐ
  thời hạn chậm nhất 02 ngày kể từ khi nhận
  OK → kết thúc "Đã cấp"
  NOK → bước 1, nêu lý do
# kiểm tra: quytrinh check TỆP · đi thử: quytrinh run TỆP
)";

constexpr std::string_view template_en = R"(procedure language 1, English
procedure QT.01 "Confirmation letter"
  a day is a working day
role MC "Front desk"
role HD "Head of the unit"
step 1 "Receive the request"
  lead MC
  deadline at most 01 days from receipt
  done → step 2
step 2 "Approve"
  lead HD
  deadline at most 02 days from receipt
  OK → end "Issued"
  NOK → step 1, with reason
# check it: quytrinh check FILE · walk it: quytrinh run FILE
)";

/// One file read and judged; the sources stay for the messages.
struct judged_file {
    std::string path;
    parsed text;
    diagnostic_list found;
};

/// Adds what the checker found to what the parser found.
void judge(judged_file& file, const check_context& known) {
    file.found = file.text.diagnostics;
    const procedure_ptr& readable = file.text.definition ? file.text.definition : file.text.draft;
    if (!readable) return;
    const diagnostic_list more = check(*readable, known);
    const diagnostic_list before = file.found;
    for (const diagnostic& item : more.items) file.found.add(item, known.bounds.diagnostics);
    file.found.errors = before.errors + more.errors;
    file.found.warnings = before.warnings + more.warnings;
    file.found.hints = before.hints + more.hints;
    file.found.sort();
}

/// Scenarios in a file of their own are judged by the procedure that they are about.
void judge_scenario_file(judged_file& file, const check_context& known) {
    if (!file.text.scenarios || !file.text.library) return;
    for (const scenario& one : file.text.scenarios->items) {
        const procedure* of = known.find_procedure(one.procedure);
        if (of == nullptr) continue;
        diagnostic_list found = judge_scenarios({&one, 1}, *of, known.find_procedure, of->words);
        for (diagnostic& item : found.items)
            file.found.add(std::move(item), known.bounds.diagnostics);
    }
    file.found.sort();
}

/// How many scenarios a file holds that has nothing else to give.
std::size_t scenarios_alone(const judged_file& file) {
    const bool alone = !file.text.definition && file.text.scenarios;
    return alone ? file.text.scenarios->items.size() : 0;
}

void print(const common& as, const judged_file& file) {
    if (as.json) {
        part(to_json_lines(file.found, file.text.sources, as.words));
        // The verdict, one line a file: all that were found are counted, also those not shown.
        json_object verdict;
        verdict.text("checked", file.path).flag("ok", file.found.ok());
        if (file.text.definition) verdict.text("procedure", file.text.definition->code);
        verdict.number("errors", file.found.errors)
            .number("warnings", file.found.warnings)
            .number("hints", file.found.hints)
            .number("shown", file.found.items.size());
        line(verdict.str());
        return;
    }
    const std::string name = safe(file.path);
    if (file.found.total() > 0) {
        part(render(file.found, file.text.sources, as.words));
    }
    const std::string errors =
        counted(as, file.found.errors, word::count_one_error, word::count_errors);
    const std::string warnings =
        counted(as, file.found.warnings, word::count_one_warning, word::count_warnings);
    const std::string hints =
        counted(as, file.found.hints, word::count_one_hint, word::count_hints);
    if (!file.found.ok())
        line(as.say(word::check_bad, name, errors, warnings, hints));
    else if (const std::size_t told = scenarios_alone(file); told > 0)
        line(file.found.total() > 0
                 ? as.say(word::check_scenarios_warnings, name, told, warnings, hints)
                 : as.say(word::check_scenarios_ok, name, told));
    else if (file.found.total() > 0)
        line(as.say(word::check_warnings, name, warnings, hints));
    else if (file.text.definition)
        line(as.say(word::check_ok, name, safe(file.text.definition->code),
                    counted(as, file.text.definition->steps.size(), word::count_one_step,
                            word::count_steps)));
    else
        line(as.say(word::check_library_ok, name));
}

void print_fix(const common& as, const std::string& path, const line_column& at,
               const diagnostic& what) {
    if (as.json)
        line(json_object()
                 .text("fixed", code_text(what.code))
                 .text("file", path)
                 .number("line", at.line)
                 .number("column", at.column)
                 .text("message", message_of(what, as.words))
                 .str());
    else
        line(as.say(word::fix_line, safe(path), at.line, at.column, code_text(what.code),
                    message_of(what, as.words)));
}

/// The text with its safe fixes, which are also written unless only the difference is wanted.
/// Nothing but this file is written: what it imports stays as it is.
result<std::string> mended(const common& as, const check_args& given, const std::string& path,
                           std::string text, const limits& bounds) {
    const import_resolver imports = folder_imports(as, path, bounds.import_bytes);
    const auto judge_text = [&](std::string_view some) {
        return parse(path, std::string(some), imports, bounds).diagnostics;
    };
    fixed_text out = apply_safe_fixes(text, judge_text);
    if (given.diff) {
        const std::string diff = unified_diff(path, text, path, out.text);
        if (as.json)
            line(json_object().text("file", path).text("diff", diff).str());
        else
            part(diff);
        return std::move(out.text);
    }
    if (out.text != text) {
        if (const auto written = replace_file(as, path, text, out.text); !written)
            return written.failure();
    }
    const source_text before(path, std::move(text));
    for (const applied_fix& one : out.applied) print_fix(as, path, before.locate(one.at), one.what);
    if (!as.json && out.applied.empty()) line(as.say(word::fix_none, safe(path)));
    if (!as.json && !out.applied.empty())
        line(as.say(word::fix_done, safe(path), out.applied.size()));
    return std::move(out.text);
}

}  // namespace

int run_new(const common& as, const new_args& given) {
    const std::string_view text = as.words == language::vi ? template_vi : template_en;
    if (const auto written = write_file(as, given.file, text, given.force); !written)
        return report(as, written.error());
    if (as.json) {
        line(json_object().text("file", given.file).str());
        return done;
    }
    const std::string name = safe(given.file);
    line(as.say(word::file_written, name));
    line(as.say(word::next_check, name));
    line(as.say(word::next_run, name));
    return done;
}

int run_check(const common& as, const check_args& given) {
    const limits bounds;
    bool good = true;
    std::vector<judged_file> files;
    for (const std::string& path : given.files) {
        auto text = read_file(as, path, bounds.definition_bytes);
        if (text && given.fix) text = mended(as, given, path, std::move(*text), bounds);
        if (!text) {
            report(as, text.error());
            good = false;
            continue;
        }
        judged_file file;
        file.path = path;
        file.text =
            parse(path, std::move(*text), folder_imports(as, path, bounds.import_bytes), bounds);
        files.push_back(std::move(file));
    }
    // The files may open cases of one another, or of what ships with the library.
    std::map<std::string, procedure_ptr, std::less<>> others;
    // Kept while anything may still point into it.
    const definitions shipped = bundled();
    for (const procedure_ptr& p : shipped.procedures) others[p->code] = p;
    for (const judged_file& file : files)
        if (file.text.definition) others[file.text.definition->code] = file.text.definition;
    check_context known;
    known.bounds = bounds;
    known.find_procedure = [&](std::string_view code) -> const procedure* {
        const auto found = others.find(code);
        return found == others.end() ? nullptr : found->second.get();
    };
    known.known_procedures = [&] {
        std::vector<std::string> codes;
        for (const auto& [code, of] : others) codes.push_back(code);
        return codes;
    };
    known.find_calendar = [&](std::string_view code) -> const calendar* {
        const std::string_view wanted = code.empty() ? std::string_view("HC.VN") : code;
        const auto find = [&](const std::vector<calendar>& some) -> const calendar* {
            for (const calendar& one : some)
                if (one.code == wanted) return &one;
            return nullptr;
        };
        for (const judged_file& file : files)
            if (file.text.library)
                if (const calendar* found = find(file.text.library->calendars)) return found;
        return find(shipped.calendars);
    };
    for (judged_file& file : files) {
        judge(file, known);
        judge_scenario_file(file, known);
        if (!given.diff) print(as, file);
        good = good && file.found.ok();
    }
    return good ? done : wrong;
}

}  // namespace cli
