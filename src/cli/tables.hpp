// SPDX-License-Identifier: BSL-1.0
// src/cli/tables.hpp: rows of the tables that stand with the office and not in the text: given with
// `--row`, or said while a case is walked.
#pragma once

#include "output.hpp"

#include <quytrinh/base/value.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// Does the text leave the rows of this table to the office?
[[nodiscard]] bool is_of_office(const quytrinh::catalogue& table);

/// What is known of such tables. A table of which anything was told has the rows that were told and
/// no other; of the rest nothing is known. The runtime is answered from here, and keeps what it
/// needs for that.
class office_tables {
public:
    using row = std::vector<quytrinh::value>;

    explicit office_tables(quytrinh::runtime& office) : office_(office) {}

    /// `PQ="nv03", "Tra cứu thuốc"`, read as a row of that table in a text is, as the types of its
    /// columns. The tables of `of` come first, then those of every procedure that is known. The
    /// exit code of a mistake, which has been reported.
    [[nodiscard]] std::optional<int> read(const common& as, const quytrinh::procedure& of,
                                          const std::vector<std::string>& given);

    /// Nothing when nobody has said whether the table has the row.
    [[nodiscard]] std::optional<bool> has(const std::string& table, const row& cells) const;
    void tell(const std::string& table, row cells, bool there);

private:
    struct told {
        std::vector<row> there, not_there;
    };
    quytrinh::runtime& office_;
    std::map<std::string, std::shared_ptr<told>> tables_;
};

/// The same for a command of a case: the rows of `--row`, by the text that it is pinned to.
[[nodiscard]] std::optional<int> read_rows(const common& as, quytrinh::runtime& office,
                                           const quytrinh::case_id& of,
                                           const std::vector<std::string>& given);

/// "“nv03”, “Tra cứu thuốc”".
[[nodiscard]] std::string text_of_row(const common& as, quytrinh::dialect typed,
                                      const office_tables::row& cells);

}  // namespace cli
