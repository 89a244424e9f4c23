// SPDX-License-Identifier: BSL-1.0
// src/cli/office.hpp: a store and a runtime over it, and the small readings that several commands
// share.
#pragma once

#include "commands.hpp"

#include <quytrinh/model/procedure.hpp>
#include <quytrinh/quytrinh.hpp>

#include <memory>
#include <string>
#include <vector>

namespace cli {

/// How a command opens a store: only to look (the file is not changed, so that it may be a copy
/// that nobody can write to), to work with one that is there, to send a command to one that is
/// there (which moves its clock when it is accepted), or to one that may be new.
enum class opening : std::uint8_t { look, existing, command, or_create };

/// The runtime over a store. A store that was ever used with a manual clock keeps it: without `at`
/// its clock stands where it stood, with `at` it is moved forward (for the length of this command
/// when it only looks).
[[nodiscard]] quytrinh::result<std::unique_ptr<quytrinh::runtime>> open_office(
    const common& as, const store_args& given, opening how);

/// The same over a store in memory that is gone afterwards; with a manual clock when `at` is given.
[[nodiscard]] quytrinh::result<std::unique_ptr<quytrinh::runtime>> open_memory_office(
    const common& as, const store_args& given, std::optional<quytrinh::instant> at);

/// Where a command is tried that would make a store: what is refused there leaves no file behind.
[[nodiscard]] quytrinh::result<std::unique_ptr<quytrinh::runtime>> try_in_memory(
    const common& as, const store_args& given);

/// Is there nothing yet at the path of the store? An empty file is nothing too, as SQLite has it.
[[nodiscard]] bool is_new_store(const store_args& given);

/// Adds the procedures and calendars of `--with`.
[[nodiscard]] quytrinh::result<void> add_files(const common& as, quytrinh::runtime& office,
                                               const std::vector<std::string>& files);

/// The procedure of a code as it is in force now, or that of a file, which is added first; its
/// diagnostics are printed. A file may hold a text that is in force later: see in_use.
[[nodiscard]] quytrinh::result<quytrinh::procedure_ptr> add_procedure(
    const common& as, quytrinh::runtime& office, const std::string& code_or_file);

/// Refuses (errc::not_in_force) a text in whose place the runtime would open another one of the
/// same code, because its own day has not come: whoever names a file means that text.
[[nodiscard]] quytrinh::result<void> in_use(const quytrinh::runtime& office,
                                            const quytrinh::procedure& of);

/// A case by its id or by the host's reference.
[[nodiscard]] quytrinh::result<quytrinh::case_id> find_case(const common& as,
                                                            const quytrinh::runtime& office,
                                                            const std::string& text);

/// `2023-12-11T08:00:00+07:00`, `11/12/2023 08:00`, or a day (its first instant).
[[nodiscard]] std::optional<quytrinh::instant> read_when(const std::string& text,
                                                         std::chrono::minutes offset);

/// "NAME=VALUE" at the first '='; nothing without one or without a name.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> read_pair(const std::string& text);

/// "ROLE=UNIT[/person]"; false for what does not read so.
[[nodiscard]] bool read_bindings(const std::vector<std::string>& texts,
                                 std::vector<quytrinh::binding>& out);

/// "Name=value" with the types of the procedure's fields in mind: a field that is given several
/// times becomes a list, a row of a list is written `a | b | c`, and `Name trong BM.01` names the
/// form. What `show` prints ("A; B" for several choices or rows) reads back as it was.
[[nodiscard]] bool read_fields(const std::vector<std::string>& texts, const quytrinh::procedure& of,
                               std::vector<quytrinh::field_entry>& out);

/// Where an outcome may lead: "bước 3", "nếu "Gấp" là có: bước 4; còn lại: kết thúc “Đã cấp”".
[[nodiscard]] std::string ways_on(const common& as, const quytrinh::option::outcome& of);

/// The joint leads of an open task that have, and that have not, confirmed; both empty where one
/// lead is enough.
struct confirmations {
    std::vector<std::string> given, missing;
};
[[nodiscard]] confirmations confirmations_of(const quytrinh::task_state& task);

/// "2.1 “Title”".
[[nodiscard]] std::string name_of(const quytrinh::procedure& of, const quytrinh::task_key& task);

}  // namespace cli
