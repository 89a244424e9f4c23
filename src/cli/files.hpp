// SPDX-License-Identifier: BSL-1.0
// src/cli/files.hpp: reading and writing files. Regular files only, of bounded size, and imports
// only from the folder of the file that asks for them.
#pragma once

#include "output.hpp"

#include <quytrinh/base/result.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/language/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace cli {

/// The bytes of a regular file; errc::file_unreadable with the reason in the program's language.
/// Neither a FIFO nor a device is ever waited for.
[[nodiscard]] quytrinh::result<std::string> read_file(const common& as, const std::string& path,
                                                      std::size_t most);
/// Name, size, type by extension and SHA-256 of a regular file of any size.
[[nodiscard]] quytrinh::result<quytrinh::attachment> describe_file(const common& as,
                                                                   const std::string& path);
/// Imports relative to the folder of `path`; what lies outside it, by a link for example, is
/// refused.
[[nodiscard]] quytrinh::import_resolver folder_imports(const common& as, const std::string& path,
                                                       std::size_t most);
/// Writes a new file; `replace` allows an existing one. Returns why it could not, else nothing.
[[nodiscard]] quytrinh::result<void> write_file(const common& as, const std::string& path,
                                                std::string_view bytes, bool replace);
/// What the program writes again and again without being asked.
enum class own_kind : std::uint8_t { junit, drawing };
/// Writes a report. A file that is there is replaced when it is of this kind or empty, any other
/// only with `force`: nobody should lose a procedure to a slip of the hand.
[[nodiscard]] quytrinh::result<void> write_own(const common& as, const std::string& path,
                                               std::string_view bytes, own_kind what, bool force);
/// The standard input, to its end.
[[nodiscard]] quytrinh::result<std::string> read_input(const common& as, std::size_t most);
/// Puts `bytes` in the place of a file that held `before`: written beside it, then moved over it,
/// so that a reader sees the one or the other whole. Follows a link to the file behind it, keeps
/// the file's mode, and refuses when somebody has changed the file meanwhile.
[[nodiscard]] quytrinh::result<void> replace_file(const common& as, const std::string& path,
                                                  std::string_view before, std::string_view bytes);
/// Is this argument meant as a file rather than a code?
[[nodiscard]] bool names_a_file(const std::string& text);

}  // namespace cli
