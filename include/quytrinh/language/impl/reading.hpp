// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/impl/reading.hpp: a file and what it imports on their way to a procedure, each
// text once.
#pragma once

#include <quytrinh/base/limits.hpp>
#include <quytrinh/language/impl/builder.hpp>
#include <quytrinh/language/impl/parts.hpp>
#include <quytrinh/language/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace quytrinh::detail::grammar {

class reading {
public:
    reading(const import_resolver& imports, const limits& bounds)
        : imports_(imports),
          bounds_(within_maxima(bounds)),
          report_(bounds_.diagnostics),
          builder_(report_, bounds_) {}
    reading(const reading&) = delete;
    reading& operator=(const reading&) = delete;

    void run(std::string name, std::string text);
    /// Reads the text alone, without what it imports, and writes down what is seen of its lines.
    void note_in(line_notes& notes);
    /// Writes down what each part of the first text has given, so that one can be read again.
    void keep_parts(text_parts& parts);

    [[nodiscard]] reporter& report() noexcept { return report_; }
    [[nodiscard]] builder& built() noexcept { return builder_; }
    [[nodiscard]] const limits& bounds() const noexcept { return bounds_; }
    [[nodiscard]] std::vector<source_text>& sources() noexcept { return sources_; }
    [[nodiscard]] const doubts& of_imports() const noexcept { return of_imports_; }

private:
    bool readable(std::uint32_t file);
    void read(std::uint32_t file, bool library);
    void follow(std::uint32_t file, std::size_t depth);
    void import(std::uint32_t from, const builder::import_line& line, std::size_t depth);
    void give_up(std::uint16_t code, const builder::import_line& line,
                 std::vector<std::string> args);
    void finish();

    const import_resolver& imports_;
    limits bounds_;
    reporter report_;
    builder builder_;
    std::vector<source_text> sources_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint32_t> index_;
    std::vector<std::uint32_t> stack_;
    std::size_t total_ = 0;
    line_notes* notes_ = nullptr;
    text_parts* parts_ = nullptr;
    doubts of_imports_;
};

/// What a text gave, when all of it has been read: `found` is sorted and has every finding. The
/// model moves into `made`, and the texts into the result.
[[nodiscard]] parsed conclude(builder& from, std::vector<source_text> sources,
                              diagnostic_list found, const std::shared_ptr<procedure>& made);

}  // namespace quytrinh::detail::grammar
