// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/ids.hpp: identifiers that cannot be mixed up with one another.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace quytrinh {

/// A string with a meaning. Two kinds of id never convert into each other.
template <class Tag>
class strong_id {
public:
    strong_id() = default;
    explicit strong_id(std::string text) : text_(std::move(text)) {}
    explicit strong_id(std::string_view text) : text_(text) {}
    explicit strong_id(const char* text) : text_(text) {}

    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    friend bool operator==(const strong_id&, const strong_id&) = default;
    friend std::strong_ordering operator<=>(const strong_id& a, const strong_id& b) noexcept {
        return a.text_.compare(b.text_) <=> 0;
    }

private:
    std::string text_;
};

/// A case: 26 characters of lower-case base32, derived from the command that opened it.
using case_id = strong_id<struct case_id_tag>;
/// A command: 1 to 128 bytes chosen by the caller, or made by the runtime.
using command_id = strong_id<struct command_id_tag>;

}  // namespace quytrinh

template <class Tag>
struct std::hash<quytrinh::strong_id<Tag>> {
    std::size_t operator()(const quytrinh::strong_id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.str());
    }
};
