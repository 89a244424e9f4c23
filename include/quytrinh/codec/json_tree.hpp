// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/json_tree.hpp: any JSON from outside as plain values, for requests that have no
// view of their own.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace quytrinh {

struct json_member;

/// One JSON value. Numbers are whole; decimals stand in quotation marks, as everywhere here.
struct QUYTRINH_DECL json_tree {
    using list = std::vector<json_tree>;
    using members = std::vector<json_member>;  ///< in the order of the text
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, std::string, list, members>
        data;  ///< uint64_t only above the largest int64_t

    // Out of line: a list holds what this is, and only then is it whole.
    json_tree() noexcept;
    json_tree(const json_tree& other);
    json_tree(json_tree&& other) noexcept;
    json_tree& operator=(const json_tree& other);
    json_tree& operator=(json_tree&& other) noexcept;
    ~json_tree();

    template <class T>
    [[nodiscard]] const T* get_if() const noexcept {
        return std::get_if<T>(&data);
    }
    /// A member of an object; null when this is no object or has none of that name.
    [[nodiscard]] const json_tree* find(std::string_view name) const noexcept;
    /// Equal whatever the order of members.
    QUYTRINH_DECL friend bool operator==(const json_tree& a, const json_tree& b);
};

struct json_member {
    std::string name;
    json_tree value;
    friend bool operator==(const json_member&, const json_member&) = default;
};

/// Reads one JSON text: at most 8 MiB and 20 levels deep, no name twice in one object, no fraction
/// or exponent, well-formed UTF-8. errc::limit_exceeded or errc::bad_json, with the place.
[[nodiscard]] QUYTRINH_DECL result<json_tree> read_json(std::string_view text);
/// One line, members in their order.
[[nodiscard]] QUYTRINH_DECL std::string to_json(const json_tree& tree);

}  // namespace quytrinh
