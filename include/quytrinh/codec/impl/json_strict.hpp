// SPDX-License-Identifier: BSL-1.0
// quytrinh/codec/impl/json_strict.hpp: JSON from outside (RFC 8259): bounded, and nothing said
// twice. A text is read once into a row of places in it, by the events of Boost.JSON's parser;
// nothing of it is copied but what is escaped. Most texts are commands of another language, and a
// tree of them cost as much as half of what the kernel does with one.
#pragma once

#include <quytrinh/base/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quytrinh::detail::codec {

/// A command's text: payload_max of content, escaped.
inline constexpr std::size_t json_max = std::size_t{8} << 20;
inline constexpr std::size_t json_depth = 20;

/// `whole` fits std::int64_t, `natural` only std::uint64_t; `fraction` is every other number.
enum class json_kind : std::uint8_t { null, no, yes, whole, natural, fraction, text, list, object };

/// A value, or the name before one. What a list or an object holds follows it.
struct json_place {
    std::uint64_t number = 0;  ///< of a number; of a text where it begins
    std::uint32_t size = 0;  ///< of a text its bytes, of a list its items, of an object its members
    std::uint32_t past = 0;  ///< the row that comes after all that is inside
    json_kind kind = json_kind::null;
    bool escaped = false;  ///< a text that lies apart, without its escapes
};

class json_source;

/// One value of a text that was read. Valid as long as the text and its json_source.
class json_value {
public:
    json_value(const json_source& of, std::uint32_t row) noexcept : of_(&of), row_(row) {}

    [[nodiscard]] json_kind kind() const noexcept { return place().kind; }
    [[nodiscard]] bool is(json_kind which) const noexcept { return kind() == which; }
    [[nodiscard]] bool is_truth() const noexcept { return is(json_kind::no) || is(json_kind::yes); }
    [[nodiscard]] std::size_t size() const noexcept { return place().size; }
    [[nodiscard]] json_value first() const noexcept { return {*of_, row_ + 1}; }
    [[nodiscard]] json_value next() const noexcept { return {*of_, place().past}; }
    /// The value of a member of this object.
    [[nodiscard]] std::optional<json_value> member(const char* name) const;

    /// Of a text or a name.
    [[nodiscard]] std::string_view text() const noexcept;
    /// Of a number; nothing where it is not whole or does not fit.
    [[nodiscard]] std::optional<std::int64_t> number() const noexcept;
    [[nodiscard]] std::optional<std::uint64_t> natural() const noexcept;

private:
    [[nodiscard]] const json_place& place() const noexcept;
    const json_source* of_;
    std::uint32_t row_;
};

/// A text and the places in it.
class json_source {
public:
    /// errc::limit_exceeded or errc::bad_json, with the place. `text` must outlive it.
    [[nodiscard]] static result<json_source> read(std::string_view text);
    [[nodiscard]] json_value all() const noexcept { return {*this, 0}; }

private:
    friend class json_value;
    friend class json_reader;
    std::string_view text_;
    std::string apart_;  ///< texts without their escapes
    std::vector<json_place> places_;
};

inline const json_place& json_value::place() const noexcept { return of_->places_[row_]; }
inline std::string_view json_value::text() const noexcept {
    const std::string_view all = place().escaped ? std::string_view{of_->apart_} : of_->text_;
    return all.substr(place().number, place().size);
}

}  // namespace quytrinh::detail::codec
