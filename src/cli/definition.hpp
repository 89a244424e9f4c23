// SPDX-License-Identifier: BSL-1.0
// src/cli/definition.hpp: the procedure that a command is about, by its bundled code or its file,
// without a store.
#pragma once

#include "output.hpp"

#include <quytrinh/base/chrono.hpp>
#include <quytrinh/procedures/bundled.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The procedure of a file or of a bundled code; null when what is wrong has been said.
[[nodiscard]] quytrinh::procedure_ptr read_procedure(const common& as,
                                                     const std::string& code_or_file);

/// What is bundled and what the files of `--with` bring; null when what is wrong has been said.
[[nodiscard]] std::shared_ptr<const quytrinh::definitions> known_with(
    const common& as, const std::vector<std::string>& files);

/// What a walk through a procedure begins with.
struct walked {
    quytrinh::procedure_ptr of;
    std::shared_ptr<const quytrinh::definitions> known;
    std::optional<quytrinh::instant> start;  ///< `--at`
    bool errors = false;                     ///< of the checker, which have been said
};
/// Nothing when what is wrong has been said.
[[nodiscard]] std::optional<walked> read_walked(const common& as, const std::string& code_or_file,
                                                const std::vector<std::string>& with,
                                                const std::string& at);

/// Says on the error stream how long work goes on, a line that is written over, and only to a
/// terminal.
class progress_line {
public:
    explicit progress_line(const common& as);
    ~progress_line();
    progress_line(const progress_line&) = delete;
    progress_line& operator=(const progress_line&) = delete;
    void say(const std::string& text);

private:
    bool shown_ = false, terminal_ = false;
    std::int64_t begun_ms_ = 0, last_ms_ = 0;
};

}  // namespace cli
