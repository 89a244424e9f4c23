// SPDX-License-Identifier: BSL-1.0
// bindings/c/views.hpp: JSON of what the runtime and its stores give. What the kernel gives has its
// views in quytrinh/codec/json.hpp.
#pragma once

#include "json_text.hpp"

#include <quytrinh/base/diagnostic.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/codec/json_tree.hpp>
#include <quytrinh/engine/actor.hpp>
#include <quytrinh/runtime/notification.hpp>
#include <quytrinh/runtime/runtime.hpp>
#include <quytrinh/store/store.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh {
struct calendar;
struct procedure;
struct case_details;
}  // namespace quytrinh

namespace quytrinh::c_abi {

[[nodiscard]] std::string view_of(const task_view& task);
[[nodiscard]] std::string view_of(const head_row& head, std::chrono::minutes offset);
[[nodiscard]] std::string view_of(const refusal_row& row, std::chrono::minutes offset);
[[nodiscard]] std::string view_of(const outbox_counts& counts, std::chrono::minutes offset);
[[nodiscard]] std::string view_of(const store_caps& caps);
[[nodiscard]] std::string view_of(const due_report& report, language words);
[[nodiscard]] std::string view_of(const notification& told, std::chrono::minutes offset,
                                  language words);
[[nodiscard]] std::string view_of(const case_details& found);
/// The bytes as they are kept, in hexadecimal: what an export is made of.
[[nodiscard]] std::string view_of(const stored_event& kept);
/// In short: code, title, hash, dialect, effective.
[[nodiscard]] json_object short_view(const procedure& of);
/// And parties, forms, steps, the texts themselves.
[[nodiscard]] std::string whole_view(const procedure& of);
[[nodiscard]] std::string view_of(const calendar& days);

/// A request {"query":"tasks", …} carried out. Throws exception.
[[nodiscard]] std::string answer_query(runtime& office, const std::string& tenant,
                                       std::string_view request, language words);

}  // namespace quytrinh::c_abi
