// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/json.hpp: JSON views. Never hashed, never on the commit path.
#pragma once

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/base/sha256.hpp>
#include <quytrinh/engine/command.hpp>
#include <quytrinh/engine/event.hpp>
#include <quytrinh/engine/kernel.hpp>
#include <quytrinh/engine/state.hpp>
#include <quytrinh/model/field_type.hpp>
#include <quytrinh/time/due.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {

// Instants are ISO 8601 with the offset given; days are ISO; decimals are strings ("2.5"); digests
// hex. Every view is one line of UTF-8 without a final line end, keys in a fixed order.

[[nodiscard]] QUYTRINH_DECL std::string to_json(const case_event& fact,
                                                std::chrono::minutes offset);
/// With its hash in the chain, so that a history kept elsewhere can be held against this one.
[[nodiscard]] QUYTRINH_DECL std::string to_json(const case_event& fact, const digest256& hash,
                                                std::chrono::minutes offset);
[[nodiscard]] QUYTRINH_DECL std::string to_json(const case_state& state,
                                                std::chrono::minutes offset);
[[nodiscard]] QUYTRINH_DECL std::string to_json(const command_result& result_of);
[[nodiscard]] QUYTRINH_DECL std::string to_json(const std::vector<option>& options);
[[nodiscard]] QUYTRINH_DECL std::string to_json(const error& reason, language words);
[[nodiscard]] QUYTRINH_DECL std::string to_json(const counted_limit& limit,
                                                std::chrono::minutes offset, language words);
[[nodiscard]] QUYTRINH_DECL std::string to_json(const value& v);
/// One JSON line a diagnostic: code, severity, file, byte offsets, line, column, heading, message,
/// help, edits.
[[nodiscard]] QUYTRINH_DECL std::string to_json_lines(const diagnostic_list& list,
                                                      const std::vector<source_text>& sources,
                                                      language words);

/// The word of an enumerator in every view: "task_opened". Other views than these use them, too.
[[nodiscard]] QUYTRINH_DECL std::string_view json_word(relation which) noexcept;
[[nodiscard]] QUYTRINH_DECL std::string_view json_word(notice_kind which) noexcept;
[[nodiscard]] QUYTRINH_DECL std::string_view json_word(due_kind which) noexcept;
[[nodiscard]] QUYTRINH_DECL std::string_view json_word(counting_rule which) noexcept;
[[nodiscard]] QUYTRINH_DECL std::string_view json_word(field_type which) noexcept;

/// A command from its JSON view (what the C ABI and tests send). errc::bad_json, with the place.
[[nodiscard]] QUYTRINH_DECL result<case_command> command_from_json(std::string_view text);
[[nodiscard]] QUYTRINH_DECL std::string to_json(const case_command& what);

}  // namespace quytrinh
