// SPDX-License-Identifier: BSL-1.0
// src/cli/test_files.hpp: the texts that `quytrinh test` reads, and the procedures that their
// scenarios are about.
#pragma once

#include "output.hpp"

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/language/parse.hpp>
#include <quytrinh/procedures/bundled.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// What a search for files may cost; a folder beyond it is refused, never read in part.
inline constexpr std::size_t most_test_files = 10'000;
inline constexpr int deepest_test_folder = 32;

/// A text with scenarios, or one that could not be read.
struct test_text {
    std::string path;  ///< as given, or as found in a folder
    std::string text;
    quytrinh::parsed read;
    bool shipped = false;  ///< built into the program: never written
};

/// Files as they are given; folders give every `.quytrinh` file below them, sorted by name, links
/// to folders not followed; a code gives the scenarios that ship with that procedure.
[[nodiscard]] quytrinh::result<std::vector<test_text>> test_texts(
    const common& as, const std::vector<std::string>& what);

/// Files that are not tested themselves (`--with`).
[[nodiscard]] quytrinh::result<std::vector<test_text>> with_texts(
    const common& as, const std::vector<std::string>& files);

/// Procedures by code: those of the texts and of `--with`, then those that ship, then a file beside
/// a text or its folder: `X.quytrinh` of `X.test.quytrinh`, and `CODE.quytrinh`.
class test_procedures {
public:
    test_procedures(const common& as, const std::vector<test_text>& texts,
                    const std::vector<test_text>& with);

    [[nodiscard]] quytrinh::procedure_ptr find(std::string_view code, const std::string& beside);
    /// Where it was looked for in vain, in words.
    [[nodiscard]] std::string why_not_found(std::string_view code, const std::string& beside) const;
    /// The errors of the checker, for which an office refuses the text; looked for once.
    [[nodiscard]] const quytrinh::diagnostic_list& errors_of(const quytrinh::procedure_ptr& one,
                                                             const std::string& beside);
    /// True the first time that it is asked of a procedure.
    [[nodiscard]] bool is_first_told(const quytrinh::procedure_ptr& one) {
        return told_.insert(one).second;
    }
    /// All that are known, for a world.
    [[nodiscard]] std::shared_ptr<const quytrinh::definitions> all() const { return all_; }
    /// Puts a procedure that was read anew in the place of the one of its code.
    void replace(const quytrinh::procedure_ptr& one);

private:
    void add(const test_text& one);
    common as_;
    std::map<quytrinh::procedure_ptr, quytrinh::diagnostic_list> judged_;
    std::set<quytrinh::procedure_ptr> told_;
    std::shared_ptr<quytrinh::definitions> all_;
};

}  // namespace cli
