// SPDX-License-Identifier: BSL-1.0
// src/cli/definition.cpp: a procedure by its bundled code or its file, without a store.
#include "definition.hpp"

#include "files.hpp"
#include "office.hpp"

#include <quytrinh/check/check.hpp>
#include <quytrinh/codec/json.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>

#include <chrono>

#include <unistd.h>

namespace cli {

using namespace quytrinh;

procedure_ptr read_procedure(const common& as, const std::string& code_or_file) {
    if (!names_a_file(code_or_file)) {
        std::vector<std::string> codes;
        for (procedure_ptr& p : bundled().procedures) {
            if (p->code == code_or_file) return std::move(p);
            codes.push_back(p->code);
        }
        if (!as.json) error_line(as.say(word::known_procedures, join(codes)));
        report(as, error{errc::procedure_unknown, {code_or_file}, {}, {}});
        return nullptr;
    }
    const limits bounds;
    auto text = read_file(as, code_or_file, bounds.definition_bytes);
    if (!text) {
        report(as, text.error());
        return nullptr;
    }
    parsed read = parse(code_or_file, std::move(*text),
                        folder_imports(as, code_or_file, bounds.import_bytes), bounds);
    if (!read.sound()) {
        error_part(as.json ? to_json_lines(read.diagnostics, read.sources, as.words)
                           : render(read.diagnostics, read.sources, as.words));
        return nullptr;
    }
    // What is wrong with a scenario is no reason not to look at the procedure.
    if (read.definition && read.scenario_errors > 0 && !as.json)
        error_line(as.say(word::scenarios_wrong, safe(code_or_file), read.scenario_errors));
    if (!read.definition)
        report(
            as,
            error{errc::procedure_unknown, {as.say(word::file_is_library, code_or_file)}, {}, {}});
    return read.definition;
}

std::shared_ptr<const definitions> known_with(const common& as,
                                              const std::vector<std::string>& files) {
    auto known = std::make_shared<definitions>(bundled());
    const limits bounds;
    for (const std::string& file : files) {
        auto text = read_file(as, file, bounds.definition_bytes);
        if (!text) {
            report(as, text.error());
            return nullptr;
        }
        parsed read =
            parse(file, std::move(*text), folder_imports(as, file, bounds.import_bytes), bounds);
        if (!read.sound()) {
            error_part(as.json ? to_json_lines(read.diagnostics, read.sources, as.words)
                               : render(read.diagnostics, read.sources, as.words));
            return nullptr;
        }
        const procedure_ptr& what = read.definition ? read.definition : read.library;
        if (!what) continue;
        known->calendars.insert(known->calendars.end(), what->calendars.begin(),
                                what->calendars.end());
        if (!read.definition) continue;
        std::erase_if(known->procedures,
                      [&](const procedure_ptr& one) { return one->code == what->code; });
        known->procedures.push_back(what);
    }
    return known;
}

std::optional<walked> read_walked(const common& as, const std::string& code_or_file,
                                  const std::vector<std::string>& with, const std::string& at) {
    walked out;
    out.of = read_procedure(as, code_or_file);
    if (!out.of) return std::nullopt;
    out.known = known_with(as, with);
    if (!out.known) return std::nullopt;
    // It is walked all the same: what the walk comes to shows what the errors mean. Whoever walks
    // it says in the end that something is wrong.
    check_context known;
    known.find_procedure = [&](std::string_view code) -> const procedure* {
        for (const procedure_ptr& one : out.known->procedures)
            if (one->code == code) return one.get();
        return nullptr;
    };
    diagnostic_list errors;
    for (const diagnostic& found : check(*out.of, known).items)
        if (found.level == severity::error) errors.add(found, known.bounds.diagnostics);
    out.errors = !errors.ok();
    if (out.errors)
        error_part(as.json ? to_json_lines(errors, out.of->sources, as.words)
                           : render(errors, out.of->sources, as.words));
    if (!at.empty()) out.start = read_when(at, usual_offset);
    return out;
}

namespace {

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

progress_line::progress_line(const common& as)
    : terminal_(!as.json && ::isatty(STDERR_FILENO) != 0), begun_ms_(now_ms()) {}

progress_line::~progress_line() {
    if (shown_) error_part("\r\033[K");
}

void progress_line::say(const std::string& text) {
    constexpr std::int64_t quiet_ms = 700, pause_ms = 200;
    if (!terminal_) return;
    const std::int64_t now = now_ms();
    if (now - begun_ms_ < quiet_ms || now - last_ms_ < pause_ms) return;
    last_ms_ = now;
    shown_ = true;
    error_part("\r\033[K" + safe(text));
    static_cast<void>(flush());
}

}  // namespace cli
