// SPDX-License-Identifier: BSL-1.0
// src/cli/output.hpp: printing. Whatever comes from a text, a store or a file is escaped, so that
// nothing can forge a line or move the cursor of a terminal.
#pragma once

#include "words.hpp"

#include <quytrinh/base/error.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/field_type.hpp>
#include <quytrinh/model/procedure_ptr.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// What every command is told.
struct common {
    quytrinh::language words = quytrinh::language::en;
    bool json = false;
    bool told = false;      ///< what is wrong with the texts has been said: do not say it twice
    std::size_t width = 0;  ///< cells of a line that people read, 0: lines are never broken
    bool asks = false;      ///< it asks for what it needs: no word of options

    template <class... Args>
    [[nodiscard]] std::string say(word which, const Args&... args) const {
        return cli::say(words, which, args...);
    }
};

/// "“A”, “B”": texts that may hold commas of their own, safe to print.
[[nodiscard]] std::string quoted(const std::vector<std::string>& items,
                                 std::string_view between = ", ");

/// Exit codes.
inline constexpr int done = 0, wrong = 1, usage = 2;

/// One line to the standard output or the standard error; `text` is printed as it is.
void line(std::string_view text);
/// The same for people: broken at spaces where it is wider than `as.width`, what follows moved in
/// by `hang` cells, or by four more than the first line.
void line(const common& as, std::string_view text, std::size_t hang = 0);
void error_line(std::string_view text);
/// Without a line end of their own; for prompts and for what ends its lines itself.
void part(std::string_view text);
void error_part(std::string_view text);
/// 0 where nobody reads on a terminal: what goes into a file or a pipe keeps its lines.
[[nodiscard]] std::size_t width_of_terminal();
/// False when something printed could not be written.
[[nodiscard]] bool flush();

/// Control characters shown, never sent.
[[nodiscard]] std::string safe(std::string_view text);

/// An error as the command was asked to print them, with the option that gives what is missing;
/// returns the exit code `wrong`.
int report(const common& as, const quytrinh::error& why);
/// A mistake in the command line; returns the exit code `usage`.
int misuse(const common& as, const std::string& why);

/// `"text"` as JSON, escaped.
[[nodiscard]] std::string json_text(std::string_view text);
[[nodiscard]] std::string json_array(const std::vector<std::string>& items);

/// Builds one JSON object, keys in the order they are given.
class json_object {
public:
    json_object& raw(std::string_view key, std::string_view json);
    json_object& text(std::string_view key, std::string_view value) {
        return raw(key, json_text(value));
    }
    json_object& number(std::string_view key, std::uint64_t value) {
        return raw(key, std::to_string(value));
    }
    json_object& flag(std::string_view key, bool value) {
        return raw(key, value ? "true" : "false");
    }
    [[nodiscard]] std::string str() const { return body_.empty() ? "{}" : body_ + "}"; }

private:
    std::string body_;
};

/// "11/12/2023 08:00", local time of the offset.
[[nodiscard]] std::string when(quytrinh::instant at, std::chrono::minutes offset);
/// "14/12/2023", or "14:00 14/12/2023" where hours count.
[[nodiscard]] std::string day_of(const quytrinh::due_instant& due, std::chrono::minutes offset);
/// "hạn 14/12/2023", "không nêu hạn"…
[[nodiscard]] std::string limit_of(const common& as, const quytrinh::task_due& due,
                                   std::chrono::minutes offset);
[[nodiscard]] std::string limit_of(const common& as, quytrinh::due_kind how,
                                   const std::optional<quytrinh::due_instant>& due,
                                   const std::string& laid_down, std::chrono::minutes offset);
/// "P.HTKH (ĐVTH)", "ĐVTH/nv07", "LĐĐV (P.MC)" for the head of P.MC.
[[nodiscard]] std::string name_of(const quytrinh::seat& who);
/// Leads: jointly parted by commas, any one of them by "hoặc".
[[nodiscard]] std::string names_of(const common& as, const std::vector<quytrinh::seat>& seats,
                                   bool any);
[[nodiscard]] std::string words_of(const common& as, quytrinh::relation how);
/// A type of field, in the language asked for, whatever the dialect of the procedure.
[[nodiscard]] std::string words_of(const common& as, quytrinh::field_type type);
/// "1 step", "2 steps".
[[nodiscard]] std::string counted(const common& as, std::size_t n, word one, word many);
/// A value as people read it; numbers as they are typed in a procedure of that dialect, so that
/// what is shown can be typed again, whoever reads it.
[[nodiscard]] std::string text_of(const common& as, quytrinh::dialect typed,
                                  const quytrinh::value& v);
[[nodiscard]] std::string join(const std::vector<std::string>& items,
                               std::string_view between = ", ");

}  // namespace cli
