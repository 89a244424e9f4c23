// SPDX-License-Identifier: BSL-1.0
// tests/language/manual_page.hpp: a page of Markdown as its fenced blocks and generated sections,
// and a procedure that grows from block to block.
#pragma once

#include <doctest/doctest.h>

#include <quytrinh/language/keywords.hpp>
#include <quytrinh/model/procedure.hpp>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace manual {

inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// "```quytrinh-wrong" … "```": what stands in it, and the comment in the line above.
struct block {
    std::string kind;       ///< "quytrinh", "quytrinh-wrong", "sh", "text", "cpp"…
    std::string above;      ///< the words of `<!-- … -->`, else empty
    std::string text;       ///< with its last line end
    std::size_t line = 0;   ///< of the opening fence, from 1
    std::size_t begin = 0;  ///< of `text` in the page
};

/// One file of Markdown. Changes are collected and written at the end, so that places stay right.
class page {
public:
    explicit page(std::string path) : path_(std::move(path)) {
        std::ifstream in(path_, std::ios::binary);
        std::ostringstream all;
        all << in.rdbuf();
        text_ = all.str();
        REQUIRE_MESSAGE(!text_.empty(), path_);
        read();
    }

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] const std::vector<block>& blocks() const noexcept { return blocks_; }

    [[nodiscard]] std::string at(const block& one) const {
        return path_.substr(path_.rfind('/') + 1) + ":" + std::to_string(one.line);
    }
    /// What stands between `<!-- generated: name … -->` and `<!-- end of name -->`.
    [[nodiscard]] std::string_view section(const std::string& name) const {
        const std::size_t mark = text_.find("<!-- generated: " + name);
        REQUIRE_MESSAGE(mark != std::string::npos, path_ << ": " << name);
        const std::size_t begin = text_.find('\n', mark) + 1;
        const std::size_t end = text_.find("<!-- end of " + name + " -->", begin);
        REQUIRE_MESSAGE(end != std::string::npos, path_ << ": " << name);
        return std::string_view(text_).substr(begin, end - begin);
    }

    void put(std::string_view old, std::string text) {
        changes_.emplace_back(static_cast<std::size_t>(old.data() - text_.data()), old.size(),
                              std::move(text));
    }
    void put(const block& old, std::string text) {
        put(std::string_view(text_).substr(old.begin, old.text.size()), std::move(text));
    }
    void write() {
        std::sort(changes_.begin(), changes_.end(),
                  [](const change& a, const change& b) { return a.begin > b.begin; });
        for (const change& one : changes_) text_.replace(one.begin, one.size, one.text);
        std::ofstream(path_, std::ios::binary) << text_;
    }

private:
    struct change {
        change(std::size_t at, std::size_t bytes, std::string words)
            : begin(at), size(bytes), text(std::move(words)) {}
        std::size_t begin, size;
        std::string text;
    };

    void read() {
        std::string before;
        std::size_t number = 0, offset = 0;
        bool inside = false;
        for (const std::string& line : lines_of(text_)) {
            ++number;
            const bool fence = line.rfind("```", 0) == 0;
            if (fence && !inside) {
                block one;
                one.kind = line.substr(3);
                if (before.rfind("<!-- ", 0) == 0 && before.size() > 9)
                    one.above = before.substr(5, before.size() - 9);
                one.line = number;
                one.begin = offset + line.size() + 1;
                blocks_.push_back(std::move(one));
            } else if (inside && !fence) {
                blocks_.back().text += line + "\n";
            }
            inside = inside != fence;
            if (!inside) before = line;
            offset += line.size() + 1;
        }
        CHECK_MESSAGE(!inside, path_ << ": a block is not closed");
    }

    std::string path_, text_;
    std::vector<block> blocks_;
    std::vector<change> changes_;
};

/// The keyword that begins a line, by the table alone: the longest spelling that fits. A capital
/// first letter is not understood here; the manual has none.
inline const quytrinh::keyword_row* opener_of(std::string_view line, quytrinh::dialect words) {
    const std::string_view start = trimmed(line);
    const quytrinh::keyword_row* best = nullptr;
    std::size_t longest = 0;
    for (const quytrinh::keyword_row& row : quytrinh::keyword_table()) {
        if (row.context == quytrinh::keyword_context::word) continue;
        std::string_view rest = words == quytrinh::dialect::vi ? row.vi : row.en;
        while (!rest.empty()) {
            const std::string_view one = rest.substr(0, rest.find('|'));
            rest.remove_prefix(std::min(one.size() + 1, rest.size()));
            const bool whole = start.size() == one.size() ||
                               (start.size() > one.size() && start[one.size()] == ' ');
            if (start.substr(0, one.size()) == one && whole && one.size() > longest) {
                longest = one.size();
                best = &row;
            }
        }
    }
    return best;
}

/// A procedure that the manual builds up: a block that begins with line 1 starts it, any other
/// changes it. A header whose code the text has already takes the place of the old one with all of
/// its lines; a new one goes where the block puts it.
class growing_text {
public:
    explicit growing_text(quytrinh::dialect words) : words_(words) {}

    /// True when the text begins with line 1, so that it is a file of its own.
    [[nodiscard]] bool is_whole(std::string_view text) const {
        const auto lines = lines_of(text);
        const auto* first = lines.empty() ? nullptr : opener_of(lines.front(), words_);
        return first != nullptr && first->id == quytrinh::keyword::edition_line;
    }
    void take(std::string_view text) {
        changed_ = !is_whole(text);
        if (!changed_) pieces_.clear();
        std::size_t next = pieces_.size();
        bool placed = false;
        for (piece& one : split(text)) {
            const auto same = std::find_if(pieces_.begin(), pieces_.end(),
                                           [&](const piece& old) { return old.name == one.name; });
            if (same != pieces_.end()) {
                same->text = one.text;
                next = static_cast<std::size_t>(same - pieces_.begin()) + 1;
            } else {
                if (!placed && !one.is_step) next = before_the_steps();
                if (!placed && one.is_step) next = pieces_.size();
                pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(next), one);
                ++next;
            }
            placed = true;
        }
    }
    /// As it was written, and once it has been changed with an empty line around longer pieces.
    [[nodiscard]] std::string text() const {
        std::string out;
        bool long_before = false;
        for (const piece& one : pieces_) {
            const bool is_long = std::count(one.text.begin(), one.text.end(), '\n') > 1;
            if (changed_ && !out.empty() && (is_long || long_before)) out += "\n";
            out += one.text;
            long_before = is_long;
        }
        return out;
    }

private:
    struct piece {
        std::string name;  ///< what follows the keyword: "QT.01", "2a", "\"file\""
        std::string text;
        bool is_step = false;
    };

    [[nodiscard]] std::size_t before_the_steps() const {
        const auto first = std::find_if(pieces_.begin(), pieces_.end(),
                                        [](const piece& one) { return one.is_step; });
        return static_cast<std::size_t>(first - pieces_.begin());
    }
    [[nodiscard]] std::vector<piece> split(std::string_view text) const {
        std::vector<piece> out;
        std::string remarks;  // comments above a header belong to it
        bool in_block = false, goes_on = false;
        for (const std::string& line : lines_of(text)) {
            const bool free = !in_block && !goes_on;
            const auto* opener = free ? opener_of(line, words_) : nullptr;
            const bool header =
                opener != nullptr && opener->context == quytrinh::keyword_context::header;
            if (free && changed_ && trimmed(line).empty()) continue;
            std::size_t quotes = 0;
            for (std::size_t at = line.find("\"\"\""); at != std::string::npos;
                 at = line.find("\"\"\"", at + 3))
                ++quotes;
            in_block = in_block != (quotes % 2 == 1);
            goes_on = !in_block && !trimmed(line).empty() && trimmed(line).back() == ',';
            if (free && line.rfind('#', 0) == 0) {
                remarks += line + "\n";
                continue;
            }
            if (header || out.empty()) {
                piece one;
                one.is_step = opener != nullptr && (opener->id == quytrinh::keyword::step ||
                                                    opener->id == quytrinh::keyword::consult);
                one.name = header ? name_after(line, *opener) : "";
                out.push_back(std::move(one));
            }
            out.back().text += remarks + line + "\n";
            remarks.clear();
        }
        if (!out.empty()) out.back().text += remarks;
        return out;
    }
    [[nodiscard]] std::string name_after(std::string_view line,
                                         const quytrinh::keyword_row& opener) const {
        const std::string_view cell = words_ == quytrinh::dialect::vi ? opener.vi : opener.en;
        std::string_view rest =
            trimmed(trimmed(line).substr(cell.substr(0, cell.find('|')).size()));
        return std::string(rest.substr(0, rest.find(' ')));
    }

    quytrinh::dialect words_;
    bool changed_ = false;
    std::vector<piece> pieces_;
};

}  // namespace manual
