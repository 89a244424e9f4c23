// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/diagnostic.ipp: findings put in order, counted, and shown to people.
#pragma once

#include <quytrinh/base/catalogue.hpp>
#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/impl/excerpt.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace quytrinh {

namespace detail::diagnostic_text {

/// The few words around a diagnostic, which are no message of their own.
struct phrase {
    std::string_view vi, en;
    [[nodiscard]] std::string_view in(language words) const noexcept {
        return words == language::vi ? vi : en;
    }
};

inline std::string_view name_of_level(severity level, language words) noexcept {
    switch (level) {
    case severity::error: return phrase{"lỗi", "error"}.in(words);
    case severity::warning: return phrase{"cảnh báo", "warning"}.in(words);
    case severity::hint: return phrase{"gợi ý", "hint"}.in(words);
    }
    return {};
}

inline std::string message(std::uint16_t code, const std::vector<std::string>& args,
                           language words) {
    const catalogue_row* row = find_diagnostic(code);
    if (row == nullptr) return code_text(code);
    return fill_in(words == language::vi ? row->vi : row->en, args);
}

/// Headings and names of files come from texts and hosts: escaped, and cut to a line's length.
inline std::string name(std::string_view text) { return excerpt::cut_end(text, 200); }

/// Writes the places of one diagnostic, each with its line and a marker under it.
class place_writer {
public:
    place_writer(const std::vector<source_text>& sources, excerpt::locator& locator,
                 std::size_t gutter, std::string& out)
        : sources_(sources), locator_(locator), gutter_(gutter), out_(out) {}

    void write(std::string_view corner, const place& where, std::string_view beside) {
        out_.append(gutter_, ' ');
        out_ += corner;
        if (where.file >= sources_.size()) {
            out_ += ' ';
            out_ += beside;
            out_ += '\n';
            return;
        }
        const source_text& source = sources_[where.file];
        const auto at = locator_.find(source, where.file, where.range.begin);
        out_ += ' ';
        out_ += name(source.name());
        out_ += ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
        if (!beside.empty()) {
            out_ += " · ";
            out_ += beside;
        }
        out_ += '\n';
        write_line(source, at.line, where.range);
    }

    void write_note(std::string_view text) {
        if (text.empty()) return;
        out_.append(gutter_, ' ');
        out_ += "= ";
        out_ += text;
        out_ += '\n';
    }

private:
    void write_line(const source_text& source, std::uint32_t line, span range) {
        const auto shown = excerpt::around(source, line, range);
        const std::string number = std::to_string(line);
        out_.append(gutter_ - std::min(gutter_, number.size()), ' ');
        out_ += number + "│";
        if (!shown.text.empty()) out_ += ' ' + shown.text;
        out_ += '\n';
        out_.append(gutter_, ' ');
        out_ += "│ ";
        out_.append(shown.marker_cell, ' ');
        out_.append(shown.marker_cells, '^');
        out_ += '\n';
    }

    const std::vector<source_text>& sources_;
    excerpt::locator& locator_;
    std::size_t gutter_;
    std::string& out_;
};

/// What a fix would do, for a fix of one edit; several edits are for a machine.
inline std::string fix_text(const diagnostic& item, const std::vector<source_text>& sources,
                            language words) {
    if (!item.fix || item.fix->edits.size() != 1) return {};
    const text_edit& edit = item.fix->edits.front();
    if (edit.where.file >= sources.size()) return {};
    const std::string old_text =
        excerpt::cut_end(sources[edit.where.file].slice(edit.where.range), 60);
    // A whole line that is put in or out is shown without its line end.
    std::string_view added = edit.text;
    if (added.ends_with('\n')) added.remove_suffix(1);
    const std::string new_text = excerpt::cut_end(added, 60);
    const std::string lead{
        item.fix->safe
            ? phrase{"sửa tự động được: ", "can be fixed automatically: "}.in(words)
            : phrase{"có thể sửa, cần xem lại: ", "possible fix, to be reviewed: "}.in(words)};
    if (old_text.empty())
        return lead + fill_in(phrase{"thêm “{0}”", "insert “{0}”"}.in(words), {new_text});
    if (new_text.empty())
        return lead + fill_in(phrase{"bỏ “{0}”", "remove “{0}”"}.in(words), {old_text});
    return lead + "“" + old_text + "” → “" + new_text + "”";
}

inline std::size_t gutter_of(const diagnostic& item, const std::vector<source_text>& sources) {
    std::uint32_t last = 1;
    const auto see = [&](const place& where) {
        if (where.file < sources.size())
            last = std::max(last, excerpt::line_of(sources[where.file], where.range.begin));
    };
    see(item.where);
    for (const related_place& other : item.related) see(other.where);
    return std::max<std::size_t>(2, std::to_string(last).size());
}

inline void write(std::string& out, const diagnostic& item, const std::vector<source_text>& sources,
                  excerpt::locator& locator, language words) {
    out += name_of_level(item.level, words);
    out += '[' + code_text(item.code) + "]: " + message_of(item, words) + '\n';
    place_writer places{sources, locator, gutter_of(item, sources), out};
    places.write("┌─", item.where, name(item.heading));
    for (const related_place& other : item.related)
        places.write("├─", other.where, message(other.message, other.args, words));
    places.write_note(help_of(item, words));
    places.write_note(fix_text(item, sources, words));
}

inline std::string counted(std::uint32_t count, const phrase& one, const phrase& many,
                           language words) {
    return std::to_string(count) + ' ' + std::string{(count == 1 ? one : many).in(words)};
}

}  // namespace detail::diagnostic_text

void diagnostic_list::add(diagnostic item, std::size_t keep) {
    switch (item.level) {
    case severity::error: ++errors; break;
    case severity::warning: ++warnings; break;
    case severity::hint: ++hints; break;
    }
    if (items.size() < keep) items.push_back(std::move(item));
}

void diagnostic_list::sort() {
    const auto key = [](const diagnostic& d) {
        return std::tuple{d.where.file, d.where.range.begin, d.where.range.end, d.code};
    };
    std::stable_sort(items.begin(), items.end(),
                     [&](const diagnostic& a, const diagnostic& b) { return key(a) < key(b); });
}

std::string message_of(const diagnostic& item, language words) {
    return detail::diagnostic_text::message(item.code, item.args, words);
}

std::string help_of(const diagnostic& item, language words) {
    const catalogue_row* row = find_diagnostic(item.code);
    if (row == nullptr) return {};
    return fill_in(words == language::vi ? row->help_vi : row->help_en, item.args);
}

std::string code_text(std::uint16_t code) {
    std::string digits = std::to_string(code);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    return "QT" + digits;
}

std::string render(const diagnostic& item, const std::vector<source_text>& sources,
                   language words) {
    std::string out;
    detail::excerpt::locator locator;
    detail::diagnostic_text::write(out, item, sources, locator, words);
    return out;
}

std::string render(const diagnostic_list& list, const std::vector<source_text>& sources,
                   language words) {
    using detail::diagnostic_text::counted;
    using detail::diagnostic_text::phrase;
    std::string out;
    detail::excerpt::locator locator;
    for (const diagnostic& item : list.items) {
        detail::diagnostic_text::write(out, item, sources, locator, words);
        out += '\n';
    }
    out += counted(list.errors, {"lỗi", "error"}, {"lỗi", "errors"}, words);
    if (list.warnings > 0)
        out +=
            ", " + counted(list.warnings, {"cảnh báo", "warning"}, {"cảnh báo", "warnings"}, words);
    if (list.hints > 0)
        out += ", " + counted(list.hints, {"gợi ý", "hint"}, {"gợi ý", "hints"}, words);
    if (list.total() > list.items.size())
        out += fill_in(phrase{" (còn {0} không hiện ở đây)", " ({0} more not shown)"}.in(words),
                       {std::to_string(list.total() - list.items.size())});
    out += '\n';
    return out;
}

}  // namespace quytrinh
