// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/parse.ipp: a file and its imports, from bytes to a procedure.
#pragma once

#include <quytrinh/base/diagnostic_codes.hpp>
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/language/impl/encoding.hpp>
#include <quytrinh/language/impl/reading.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/scenario.hpp>
#include <quytrinh/time/calendar.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quytrinh {

namespace detail::grammar {

namespace {

constexpr int newest_edition = 1;

std::string edition_text(dialect words) {
    return words == dialect::vi ? "ngôn ngữ quy trình 1, tiếng Việt"
                                : "procedure language 1, English";
}

/// Lines whose first words are keywords of this dialect, among the first hundred.
std::size_t openers(std::string_view text, const vocabulary& words, const limits& bounds,
                    std::size_t enough = 100) {
    line_reader reader{text.substr(0, 32u << 10), words, bounds};
    text_line line;
    std::size_t count = 0;
    for (int i = 0; i < 100 && count < enough && reader.next(line); ++i) {
        if (line.empty() || line.first().kind != token_kind::phrase) continue;
        const phrase& first = words.at(line.first().phrase);
        if (first.how == spelling::exact && (first.header || first.clause) &&
            !first.is(keyword::edition_line) && !first.is(keyword::ok) && !first.is(keyword::nok))
            ++count;
    }
    return count;
}

/// Judges line 1 and says which dialect to read in.
dialect read_first_line(const source_text& source, std::uint32_t file, reporter& report,
                        const limits& bounds) {
    const std::string_view text = source.text();
    const auto read_line = [&](dialect words, text_line& line) {
        line_reader reader{text, vocabulary_of(words), bounds};
        while (reader.next(line))
            if (!line.empty()) return true;
        return false;
    };
    text_line line;
    if (!read_line(dialect::vi, line)) return dialect::vi;
    const auto opens = [&](dialect words) {
        return line.first().kind == token_kind::phrase &&
               vocabulary_of(words).at(line.first().phrase).is(keyword::edition_line);
    };
    const place whole{file, {line.begin, line.end}};
    const auto count = [&](dialect words) { return openers(text, vocabulary_of(words), bounds); };
    if (!opens(dialect::vi)) {
        const dialect likely = count(dialect::en) > count(dialect::vi) ? dialect::en : dialect::vi;
        const std::string right = edition_text(likely);
        report.report(diag::edition_line_missing, {file, {line.begin, line.begin}}, {right},
                      replace({file, {line.begin, line.begin}}, right + "\n", true));
        return likely;
    }
    // The line opens with the keyword of one of the dialects; it must be right in that one to its
    // end.
    dialect named = vocabulary_of(dialect::vi).at(line.first().phrase).how == spelling::foreign
                        ? dialect::en
                        : dialect::vi;
    if (named == dialect::en && !read_line(dialect::en, line)) return dialect::en;
    const vocabulary& words = vocabulary_of(named);
    const auto exact = [&](const token& one, keyword id) {
        return one.kind == token_kind::phrase && words.at(one.phrase).how == spelling::exact &&
               words.at(one.phrase).is(id);
    };
    const auto& t = line.tokens;
    const bool right = t.size() == 5 && exact(t[0], keyword::edition_line) &&
                       t[1].kind == token_kind::integer && t[2].kind == token_kind::comma &&
                       exact(t[3], keyword::dialect_name);
    const std::string written = t.size() > 1 && t[1].kind == token_kind::integer
                                    ? std::string(source.slice(t[1].range()))
                                    : "1";
    const auto edition = decimal::read(written);
    if (edition && edition->mantissa > newest_edition)
        report.report(diag::edition_newer, {file, t[1].range()},
                      {written, std::to_string(newest_edition)});
    else if (!right || !edition || edition->mantissa < 1)
        report.report(diag::edition_line_wrong, whole, {edition_text(named)},
                      replace(whole, edition_text(named), true));
    // The first line after it nearly always settles the question; else all that open with a keyword
    // vote.
    const dialect other = named == dialect::vi ? dialect::en : dialect::vi;
    if (openers(text, words, bounds, 1) == 0 && count(named) == 0 && count(other) >= 2) {
        report.report(diag::dialect_differs, whole,
                      {std::string(spelled(keyword::dialect_name, named)),
                       std::string(spelled(keyword::dialect_name, other))},
                      replace(whole, edition_text(other), true));
        named = other;
    }
    return named;
}

/// The folder part of a name, with its slash.
std::string folder_of(const std::string& name) {
    const std::size_t slash = name.rfind('/');
    return slash == std::string::npos ? std::string{} : name.substr(0, slash + 1);
}

/// `chung/../don-vi.quytrinh` seen from `folder`: relative to the root, without `..`; empty when it
/// leaves the root or is no plain name.
std::string clean_name(const std::string& folder, std::string_view written, const limits& bounds) {
    if (written.empty() || written.size() > bounds.id_bytes || written.front() == '/') return {};
    for (const char c : written)
        if (c == '\\' || c == ':' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return {};
    const std::string whole = folder + std::string(written);
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= whole.size();) {
        const std::size_t slash = std::min(whole.find('/', from), whole.size());
        const std::string_view part = std::string_view(whole).substr(from, slash - from);
        from = slash + 1;
        if (part.empty() || part == ".") continue;
        if (part != "..") {
            parts.push_back(part);
        } else if (parts.empty()) {
            return {};
        } else {
            parts.pop_back();
        }
    }
    std::string out;
    for (const std::string_view part : parts) {
        if (!out.empty()) out += '/';
        out += part;
    }
    return out;
}

}  // namespace

// --- a file and what it imports

void reading::run(std::string name, std::string text) {
    // Imports are named from the folder of the first file, whatever that folder is called
    // outside.
    const std::size_t slash = name.find_last_of("/\\");
    names_.push_back(slash == std::string::npos ? name : name.substr(slash + 1));
    if (text.size() > bounds_.definition_bytes) {
        sources_.emplace_back(std::move(name), text.substr(0, 256));
        report_.report(diag::text_too_long, {0, {0, 0}},
                       {std::to_string(text.size()), std::to_string(bounds_.definition_bytes)});
        return;
    }
    total_ = text.size();
    sources_.emplace_back(std::move(name), std::move(text));
    index_[names_.front()] = 0;
    if (!readable(0)) return;
    builder_.parts = parts_;
    read(0, false);
    builder_.parts = nullptr;
    follow(0, 1);
    if (parts_ != nullptr) {
        of_imports_ = text_parts::take_doubts(builder_);
        parts_->together(builder_, of_imports_);
    }
    builder_.resolve_names();
    finish();
    // What scenarios name is judged when nothing else is wrong: whether a line is laid out
    // must not depend on that.
    if (notes_ == nullptr) builder_.judge_own_scenarios();
}

void reading::note_in(line_notes& notes) {
    notes_ = &notes;
    builder_.notes = &notes;
    report_.note_errors(&notes.errors);
}

void reading::keep_parts(text_parts& parts) { parts_ = &parts; }

bool reading::readable(std::uint32_t file) {
    const std::string_view text = sources_[file].text();
    if (encodings::verdict said = encodings::judge(text); said.code != 0) {
        report_.report(said.code, {file, {said.at, said.end}}, {std::move(said.name)});
        return false;
    }
    line_reader reader{text, vocabulary_of(dialect::vi), bounds_};
    text_line line;
    bool faults = false;
    while (reader.next(line)) {
        if (!line.empty()) return true;
        faults = faults || !line.faults.empty();
    }
    if (!faults) report_.report(diag::empty_text, {file, {0, 0}});
    return faults;
}

void reading::read(std::uint32_t file, bool library) {
    const dialect words = read_first_line(sources_[file], file, report_, bounds_);
    if (notes_ != nullptr) notes_->words = words;
    if (!library) builder_.model().words = words;
    builder_.read_file(file, sources_[file].text(), vocabulary_of(words), library);
}

void reading::follow(std::uint32_t file, std::size_t depth) {
    stack_.push_back(file);
    const auto lines = std::exchange(builder_.imports, {});
    for (const builder::import_line& line : lines) {
        report_.resume(line.heading);
        import(file, line, depth);
    }
    stack_.pop_back();
}

void reading::import(std::uint32_t from, const builder::import_line& line, std::size_t depth) {
    const std::string name = clean_name(folder_of(names_[from]), line.name, bounds_);
    if (name.empty()) return give_up(diag::import_name_wrong, line, {line.name});
    if (notes_ != nullptr) return builder_.excuse_unknown_names();
    const auto known = index_.find(name);
    if (known != index_.end()) {
        const auto open = std::find(stack_.begin(), stack_.end(), known->second);
        if (open == stack_.end()) return;  // read already by another way
        std::string circle;
        for (auto at = open; at != stack_.end(); ++at) circle += names_[*at] + " → ";
        return give_up(diag::import_cycle, line, {circle + name});
    }
    if (!imports_) return give_up(diag::no_imports_here, line, {});
    if (depth > bounds_.import_depth)
        return give_up(diag::imports_too_deep, line, {std::to_string(bounds_.import_depth)});
    if (sources_.size() > bounds_.import_files)
        return give_up(diag::too_many_imports, line, {std::to_string(bounds_.import_files)});
    auto text = imports_(name);
    if (!text) {
        const language words = builder_.model().words == dialect::vi ? language::vi : language::en;
        return give_up(diag::import_failed, line, {name, text.error().text(words)});
    }
    total_ += text->size();
    if (total_ > bounds_.import_bytes || text->size() > bounds_.definition_bytes)
        return give_up(diag::imports_too_long, line,
                       {std::to_string(std::min(bounds_.import_bytes, bounds_.definition_bytes))});
    const auto file = static_cast<std::uint32_t>(sources_.size());
    index_[name] = file;
    names_.push_back(name);
    sources_.emplace_back(name, std::move(text).value());
    if (!readable(file)) return;
    read(file, true);
    if (!builder_.imported_procedure().empty()) {
        report_.resume(line.heading);
        const std::string code = builder_.imported_procedure();
        builder_.imports.clear();
        return give_up(diag::import_of_procedure, line, {name, code});
    }
    follow(file, depth + 1);
}

void reading::give_up(std::uint16_t code, const builder::import_line& line,
                      std::vector<std::string> args) {
    report_.report(code, line.where, std::move(args));
    builder_.excuse_unknown_names();
    if (parts_ != nullptr) parts_->whole_only = true;
}

void reading::finish() {
    procedure& model = builder_.model();
    if (!builder_.has_procedure() && !model.steps.empty() && !builder_.refused_header()) {
        report_.resume(0);
        report_.report(diag::step_in_library, model.steps.front().where,
                       {std::string(spelled(keyword::procedure, model.words)) + " QT.01 \"…\""});
    }
    model.edition = newest_edition;
    model.hash = sha256(closed_text(sources_));
    model.index_steps();
}

namespace {

unexpected wrong_text(diagnostic_list list) {
    error reason;
    reason.code = errc::text_is_wrong;
    reason.args = {std::to_string(list.errors)};
    reason.diagnostics = std::move(list);
    return fail(std::move(reason));
}

}  // namespace

parsed conclude(builder& from, std::vector<source_text> sources, diagnostic_list found,
                const std::shared_ptr<procedure>& made) {
    parsed out;
    out.diagnostics = std::move(found);
    procedure& model = from.model();
    const silenced gone = hush(model.silences, out.diagnostics.items);
    out.diagnostics.warnings -= gone.warnings;
    out.diagnostics.hints -= gone.hints;
    out.scenario_errors = static_cast<std::uint32_t>(from.errors_in_scenarios);
    const bool right = out.sound();
    if (right || from.judged_at_all()) {
        model.unread =
            right ? nullptr : std::make_shared<const unread_clauses>(from.what_is_unread());
        model.sources = sources;
        *made = std::move(model);
        (!right ? out.draft : from.has_procedure() ? out.definition : out.library) = made;
    }
    if (!from.scenarios().empty())
        out.scenarios = std::make_shared<scenario_list>(scenario_list{std::move(from.scenarios())});
    out.sources = std::move(sources);
    return out;
}

noted note_lines(std::string_view text, const limits& bounds) {
    const import_resolver none;
    limits many = bounds;
    many.diagnostics = std::max(many.diagnostics, most_findings_noted);
    reading read{none, many};
    noted out;
    read.note_in(out.lines);
    read.run("", std::string(text));
    out.readable = !out.lines.lines.empty();
    out.findings = read.report().take();
    out.meaning = std::move(read.built().model());
    out.scenarios = std::move(read.built().scenarios());
    return out;
}

}  // namespace detail::grammar

parsed parse(std::string name, std::string text, const import_resolver& imports,
             const limits& bounds) {
    using namespace detail::grammar;
    reading read{imports, bounds};
    read.run(std::move(name), std::move(text));
    diagnostic_list found = read.report().take();
    return conclude(read.built(), std::move(read.sources()), std::move(found),
                    std::make_shared<procedure>());
}

result<procedure_ptr> parse_pinned(std::string_view closed, const limits& bounds) {
    auto sources = open_closed_text(closed);
    if (!sources) return sources.failure();
    if (sources->empty()) return fail(errc::store_corrupt, {"closed text: no text"});
    const import_resolver imports = [&sources](std::string_view name) -> result<std::string> {
        for (std::size_t i = 1; i < sources->size(); ++i)
            if ((*sources)[i].name() == name) return std::string((*sources)[i].text());
        return fail(errc::not_found, {std::string(name)});
    };
    // It was within the limits of the day it was pinned; those of today may be lower.
    limits wide = bounds;
    wide.definition_bytes = std::max(wide.definition_bytes, std::size_t{16} << 20);
    wide.import_bytes = std::max(wide.import_bytes, std::size_t{16} << 20);
    wide.steps = std::max<std::size_t>(wide.steps, 20'000);
    wide.nesting = std::max<std::size_t>(wide.nesting, 256);
    wide.tokens_per_line = std::max<std::size_t>(wide.tokens_per_line, 20'000);
    wide.import_files = std::max<std::size_t>(wide.import_files, 256);
    wide.import_depth = std::max<std::size_t>(wide.import_depth, 32);
    wide.identifier_code_points = std::max<std::size_t>(wide.identifier_code_points, 256);
    detail::grammar::reading read{imports, wide};
    read.built().passes_scenarios = true;
    read.run(std::string(sources->front().name()), std::string(sources->front().text()));
    diagnostic_list found = read.report().take();
    // Names, flow and limits were judged when the text was accepted; what is asked here is that it
    // can be read.
    const bool unreadable =
        found.errors > 0 &&
        std::any_of(found.items.begin(), found.items.end(), [](const diagnostic& one) {
            const bool judged = one.code >= 2000 && one.code < 7000;
            return one.level == severity::error && !judged;
        });
    if (unreadable || !read.built().has_procedure())
        return detail::grammar::wrong_text(std::move(found));
    procedure made = std::move(read.built().model());
    made.sources = std::move(read.sources());
    return procedure_ptr{std::make_shared<procedure>(std::move(made))};
}

result<written_limit> parse_limit(std::string_view text, dialect first) {
    using namespace detail::grammar;
    if (text.size() > 1'000) return fail(errc::limit_exceeded, {"text", "1000"});
    const limits bounds;
    // The dialect is not said: it is the one in which less is wrong.
    std::optional<diagnostic_list> findings;
    const dialect second = first == dialect::vi ? dialect::en : dialect::vi;
    for (const dialect words : {first, second}) {
        reporter report{bounds.diagnostics};
        builder owner{report, bounds};
        written_limit out;
        out.words = words;
        if (owner.read_limit_alone(text, vocabulary_of(words), out)) return out;
        diagnostic_list found = report.take();
        if (!findings || found.errors < findings->errors) findings = std::move(found);
    }
    return wrong_text(std::move(*findings));
}

result<std::vector<calendar>> parse_calendars(std::string name, std::string text) {
    const import_resolver none;
    const limits bounds;
    detail::grammar::reading read{none, bounds};
    read.run(std::move(name), std::move(text));
    diagnostic_list found = read.report().take();
    if (!found.ok()) return detail::grammar::wrong_text(std::move(found));
    return std::move(read.built().model().calendars);
}

}  // namespace quytrinh
