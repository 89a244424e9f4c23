// SPDX-License-Identifier: BSL-1.0
// src/cli/help.hpp: how pages of help are written: CLI11's layout, without a word of its own.
#pragma once

#include "output.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace cli {

/// Labels, names of arguments and kinds of values in the language asked for, columns as wide as
/// people see them.
[[nodiscard]] std::shared_ptr<CLI::Formatter> help_pages(const common& as);
/// What an argument is called for people; an option is its own name.
[[nodiscard]] std::string argument_named(const common& as, const std::string& name);

}  // namespace cli
