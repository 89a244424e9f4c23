// SPDX-License-Identifier: BSL-1.0
// src/store/sqlite/outcome.hpp: private. What SQLite's result codes mean to a store.
#pragma once

#include <quytrinh/base/result.hpp>

#include <string>
#include <string_view>

namespace quytrinh::detail::sqlite {

/// A call of SQLite that did not succeed: its extended result code, and errno where there was one.
/// Thrown inside the adapter, never out of it.
struct failure {
    int code = 0;
    int system = 0;
};

/// A row that cannot have been written by this library. Thrown inside the adapter.
struct bad_row {
    const char* what;
};

/// Every extended result code as a reason. Codes of later versions fall back on their primary code.
[[nodiscard]] errc reason_of(const failure& why) noexcept;

/// Nothing of the store may be trusted any more.
[[nodiscard]] bool is_corruption(const failure& why) noexcept;

/// `path` is named, SQL and values never are.
[[nodiscard]] error error_of(const failure& why, std::string_view path);
[[nodiscard]] error error_of(const bad_row& why, std::string_view path);

}  // namespace quytrinh::detail::sqlite
