// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/impl/json.hpp: writing small JSON objects, keys in the order they are given.
#pragma once

#include <quytrinh/base/value.hpp>
#include <quytrinh/codec/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace quytrinh::testing::detail::json {

/// `"text"`, escaped as in every other view.
[[nodiscard]] inline std::string quoted(std::string_view text) {
    return to_json(value(std::string(text)));
}

class object {
public:
    object& raw(std::string_view key, std::string_view json) {
        body_ += body_.empty() ? "{" : ",";
        body_ += quoted(key) + ":";
        body_ += json;
        return *this;
    }
    object& text(std::string_view key, std::string_view value) { return raw(key, quoted(value)); }
    object& number(std::string_view key, std::uint64_t value) {
        return raw(key, std::to_string(value));
    }
    object& flag(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }
    [[nodiscard]] std::string str() const { return body_.empty() ? "{}" : body_ + "}"; }

private:
    std::string body_;
};

}  // namespace quytrinh::testing::detail::json
